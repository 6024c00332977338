"""Filed documents on their way out: a Word file, an e-mail draft and a PDF with a password, read back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from email import message_from_bytes, policy
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from bren_desktop.documents.renderer import Documents
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.letters import PaperRequest
from bren_desktop.errors import InvalidInputError, NotAllowedError
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context, author
from bren_desktop.services.letters import Letters
from bren_desktop.services.outgoing import Outgoing
from bren_desktop.services.readlog import Leaving
from bren_desktop.services.team import TeamSettings
from bren_desktop.wiring.formats import DocumentFormats

HOSTILE = "<18 jaar & ouder <img src=//x> =cmd|x \u202e \x07 \ufffe " + "lang " * 1900
TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


@dataclass
class Desk:
    context: Context
    letters: Letters
    outgoing: Outgoing
    team: TeamSettings
    case: str

    def filed(self, actor: Actor, *, release: bool = True, **asked: object) -> str:
        request = PaperRequest.model_validate(asked)
        letter = self.letters.prepare_paper(actor, "toestemmingsformulier", self.case, request)
        return self.letters.file(actor, letter, release=release).entity

    def logged(self) -> list[str]:
        with self.context.store.read() as reader:
            return [entry.action for entry in reader.read_log(self.case, 50)]


@pytest.fixture
def desk(context: Context, actor: Actor) -> Desk:
    team = TeamSettings(context)
    letters = Letters(context, Documents(), team)
    about = Case(roepnaam="Daan", achternaam="Vries", geboortedatum=date(2012, 3, 4))
    case = CaseWork(context).record(actor, about).entity
    return Desk(context, letters, Outgoing(context, letters, team, DocumentFormats()), team, case)


def words(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314 - our own
    said = (part.text or "" for name in ("word/document.xml", "word/footer.xml") for part in parts[name].iter(TEXT))
    return "\n".join(said)


def test_the_word_file_says_what_the_pdf_says(desk: Desk, actor: Actor) -> None:
    entity = desk.filed(actor)
    told = words(desk.outgoing.word(actor, entity))
    for block in ("Waarvoor mag het", "Intrekken kan altijd", "Daan Vries, geboren op 4 maart 2012.", "/B01"):
        assert block in told
    assert "a. ☐ ja of ☐ nee:" in told
    assert "/B01 · pagina " in told
    assert "CONCEPT" not in told
    assert "CONCEPT" in words(desk.outgoing.word(actor, desk.filed(actor, release=False)))
    assert Leaving.WORD in desk.logged()


def test_hostile_text_stays_text_in_word(desk: Desk, actor: Actor) -> None:
    entity = desk.filed(actor, release=False, blokken={"voor_wie": HOSTILE, "met_wie": HOSTILE})
    told = words(desk.outgoing.word(actor, entity))
    assert "<18 jaar & ouder <img src=//x> =cmd|x" in told
    assert "\x07" not in told


def test_the_same_letter_gives_the_same_word_file(desk: Desk, actor: Actor) -> None:
    entity = desk.filed(actor)
    assert desk.outgoing.word(actor, entity) == desk.outgoing.word(actor, entity)


def test_the_mail_draft_names_nobody_and_carries_the_pdf(desk: Desk, actor: Actor) -> None:
    entity = desk.filed(actor)
    draft = message_from_bytes(desk.outgoing.mail(actor, entity), policy=policy.default)
    (attached,) = draft.iter_attachments()
    assert attached.get_content() == desk.letters.pdf(actor, entity)
    assert str(attached.get_filename()).endswith("-B01.pdf")
    assert draft["Subject"].startswith("Toestemmingsformulier, kenmerk ")
    assert (draft["To"], draft["From"], draft["X-Unsent"]) == (None, None, "1")
    body = draft.get_body()
    assert body is not None
    said = f"{draft['Subject']} {body.get_content()} {attached.get_filename()}"
    assert not any(name in said for name in ("Daan", "Vries"))
    assert Leaving.MAILED in desk.logged()


def test_a_pdf_with_a_password_opens_with_it_only(desk: Desk, actor: Actor) -> None:
    entity = desk.filed(actor)
    made, again = (desk.outgoing.protected(actor, entity) for _ in range(2))
    assert made.password != again.password
    assert len(made.password.replace("-", "")) == 16
    reader = PdfReader(BytesIO(made.pdf))
    assert reader.is_encrypted
    assert not reader.decrypt("fout")
    assert reader.decrypt(made.password)
    assert "Intrekken kan altijd" in reader.pages[0].extract_text()
    assert b"/AESV3" in made.pdf
    with desk.context.store.read() as store:
        assert made.password not in str(store.read_log(desk.case, 50))
    assert Leaving.PROTECTED in desk.logged()


@pytest.mark.parametrize("content", ["", "{}", "[]", "{kapot", '{"blocks": [{"name": 1}], "date": "gisteren"}'])
def test_what_another_version_kept_is_said_and_not_guessed(desk: Desk, actor: Actor, content: str) -> None:
    entity = desk.filed(actor, release=False)
    with desk.context.store.write(author(actor)) as writer:
        writer.write(Kind.DOCUMENT, entity, {("inhoud", ""): content or None})
    for read in (desk.outgoing.word, desk.letters.begun):
        with pytest.raises(InvalidInputError, match="andere versie"):
            read(actor, entity)


@pytest.mark.parametrize("way", ["mail", "protected"])
def test_a_concept_does_not_go_out(desk: Desk, actor: Actor, way: str) -> None:
    entity = desk.filed(actor, release=False)
    with pytest.raises(InvalidInputError, match="nog een concept"):
        getattr(desk.outgoing, way)(actor, entity)


def test_a_team_closes_the_doors_in_plain_form(desk: Desk, actor: Actor) -> None:
    entity = desk.filed(actor)
    closed = desk.team.get(actor).model_copy(update={"geen_open_bestanden": True})
    with pytest.raises(NotAllowedError, match="voorzitter of plaatsvervanger"):
        desk.team.save(replace(actor, role=Role.SECRETARIS), closed)
    desk.team.save(actor, closed)
    for way in (desk.outgoing.word, desk.outgoing.mail):
        with pytest.raises(NotAllowedError, match="pdf met wachtwoord kan wel"):
            way(actor, entity)
    assert desk.outgoing.protected(actor, entity).pdf
