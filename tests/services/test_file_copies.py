"""The copy that a family gets: everything on one jeugdige, who saw it, and not a byte of what was made black."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from bren_desktop.documents.renderer import Documents
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.blackening import BLACK, mask_of
from bren_desktop.domain.cases import Case, GapRow, HistoryRow, InvolvedRow
from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.entities import BELOW_CASE, MODELS, Kind
from bren_desktop.domain.fields import Shape, notes
from bren_desktop.domain.file_copy import FileCopy
from bren_desktop.domain.records import ContactMoment
from bren_desktop.domain.requests import Request, Sort, Statement
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError, NotAllowedError
from bren_desktop.services.attachments import Attachments
from bren_desktop.services.audit import COPIED
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.concepts import Concepts
from bren_desktop.services.context import Context, author
from bren_desktop.services.disclosures import Disclosures
from bren_desktop.services.dossier import Dossier
from bren_desktop.services.doubles import Doubles
from bren_desktop.services.file_copies import FileCopies, MadeCopy
from bren_desktop.services.gathering import FILE, passages
from bren_desktop.services.links import Links
from bren_desktop.services.readlog import ReadLog
from bren_desktop.services.requests import Requests
from bren_desktop.services.team import TeamSettings

CAME = date(2026, 11, 2)
SEE = Request(soort=Sort.SEE, door="Moeder", ontvangen_op=CAME, identiteit="rijbewijs")
FULL = Case(
    roepnaam="Sam",
    achternaam="Lindewater",
    urgentie="UR-SPOED",
    hulpvraag="Sam slaapt slecht. Zijn neef Bartholomeus Krekelveld ook; bel 06-12345678.",
    knelpunten=("KP-OND",),
    verwijzer_contact="k.zeemeeuw@voorbeeld.example",
    betrokkenen=(
        InvolvedRow(naam="Bartholomeus Krekelveld", relatie="neef", telefoon="0612345678"),
        InvolvedRow(naam="Janna Lindewater", relatie="moeder", gezag=True),
    ),
    geschiedenis=(HistoryRow(van="2019", vorm="pleegzorg", ervaring="Krekelveld was daar ook."),),
)


@pytest.fixture
def copies(context: Context) -> FileCopies:
    return FileCopies(context, Documents(), TeamSettings(context), ReadLog(context))


@pytest.fixture
def requests(context: Context) -> Requests:
    return Requests(context, cast("Any", None), Documents(), TeamSettings(context))


@pytest.fixture
def case(cases: CaseWork, actor: Actor) -> str:
    return cases.record(actor, FULL).entity


@pytest.fixture
def asked(requests: Requests, actor: Actor, case: str) -> str:
    return granted(requests, actor, case, SEE)


def granted(requests: Requests, actor: Actor, case: str, request: Request) -> str:
    entity = requests.add(actor, case, request)
    requests.decide(actor, entity, Request(besluit="BZ-TOE", besluit_reden="Sam vindt het goed."))
    return entity


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def raw(made: MadeCopy) -> bytes:
    """The bytes of both files, and of every stream in the PDF unpacked."""
    streams = []
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", made.pdf, re.DOTALL):
        try:
            streams.append(zlib.decompress(found[1]))
        except zlib.error:
            streams.append(found[1])
    return b"\0".join([made.pdf, made.json, *streams])


def fields(made: MadeCopy) -> dict[str, str]:
    copy = FileCopy.model_validate_json(made.json)
    return {each.veld: each.waarde for ch in copy.hoofdstukken for rec in ch.onderdelen for each in rec.velden}


def test_unread_it_has_what_is_proposed_black_and_says_so(copies: FileCopies, actor: Actor, case: str) -> None:
    made = copies.make(actor, case)
    assert made.read_by == ""
    text = text_of(made.pdf)
    assert "Niemand heeft deze kopie doorgelezen" in text
    assert "Sam slaapt slecht" in text
    for hidden in ("Bartholomeus", "Krekelveld", "Janna", "06-12345678", "0612345678", "zeemeeuw"):
        assert hidden not in text
        assert hidden.encode() not in raw(made)
    assert "Lindewater" in text
    assert "neef" in text
    assert "Privacy van een ander" in text
    assert "Contactgegevens van een ander" in text
    assert re.search(r"pagina 1 van \d", text)
    assert "Inhoud" in text
    assert "Vera Voorbeeld (voorzitter) legde iets vast" in text


def test_a_concept_of_the_network_stands_there_by_its_name(
    copies: FileCopies, context: Context, cases: CaseWork, actor: Actor, case: str
) -> None:
    id = Concepts(context).save(actor, ConceptRecord(naam="Zee & ziek", herkomst="Team Delft"))
    cases.amend(
        actor,
        case,
        Case(begrippen=("autisme", id), begrippen_geschrapt=("nooit-gekend",)),
        ["begrippen", "begrippen_geschrapt"],
    )
    told = fields(copies.make(actor, case))
    assert (told["begrippen"], told["begrippen_geschrapt"]) == ("autisme; Zee & ziek", "nooit-gekend")


def test_the_json_fits_its_schema_and_is_read_back(
    copies: FileCopies, actor: Actor, case: str, asked: str, project: Path
) -> None:
    made = copies.make(actor, case)
    schema = json.loads((project / "docs" / "schemas" / "inzage.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(made.json))
    copy = FileCopy.model_validate_json(made.json)
    assert copy.verzoek_ontvangen_op == CAME
    case_fields = {each.veld: each for each in copy.hoofdstukken[0].onderdelen[0].velden}
    assert (case_fields["urgentie"].waarde, case_fields["urgentie"].codes) == ("spoed", ("UR-SPOED",))
    assert "wensen" not in case_fields
    assert [each.wie for each in copy.gezien] == ["Vera Voorbeeld"] * len(copy.gezien)
    assert copy.gezien


def test_what_a_person_made_black_is_black_and_the_rest_is_not(
    copies: FileCopies, actor: Actor, case: str, asked: str
) -> None:
    reading = copies.read(actor, asked)
    assert not reading.read
    [wish] = [each for each in passages(reading.chapters) if each.field == "hulpvraag"]
    start = wish.text.index("slaapt")
    mask = mask_of(wish, start, start + len("slaapt slecht"), "ZW-ANDER")
    copies.keep(actor, asked, [mask_of(wish, start, start + 2, "ZW-ANDER"), mask], reading)
    made = copies.make(actor, case)
    assert made.read_by == actor.name
    assert len(copies.read(actor, asked).masks) == 2, "from one character on two colleagues may black different words"
    assert fields(made)["hulpvraag"].startswith(f"Sam {BLACK}. Zijn neef Bartholomeus Krekelveld")
    assert b"slaapt" not in raw(made)
    assert "slaapt" not in text_of(made.pdf)
    assert "Doorgelezen Vera Voorbeeld op 22 november 2026" in text_of(made.pdf)
    assert copies.read(actor, asked).read


def test_each_request_has_its_own_black(
    copies: FileCopies, requests: Requests, actor: Actor, case: str, asked: str
) -> None:
    own = granted(requests, actor, case, SEE.model_copy(update={"door": "Sam"}))
    for request in (asked, own):
        reading = copies.read(actor, request)
        [wish] = [each for each in passages(reading.chapters) if each.field == "hulpvraag"]
        proposed = {mask.plek.partition("/")[0] for mask in reading.masks}
        assert proposed >= {asked, own} - {request}, "what another asked"
        copies.keep(actor, request, [mask_of(wish, 0, 18, "ZW-ANDER")] if request == asked else [], reading)
    shown = {request: fields(copies.make(actor, case, request))["hulpvraag"] for request in (asked, own)}
    assert shown[asked].startswith(f"{BLACK} Zijn neef")
    assert shown[own].startswith("Sam slaapt slecht")
    with pytest.raises(InvalidInputError, match="wachten 2 verzoeken"):
        copies.make(actor, case)


@pytest.mark.parametrize("decision", ["", "BZ-AFW"])
def test_before_it_is_granted_a_copy_is_looked_at_and_not_given(
    copies: FileCopies, requests: Requests, context: Context, actor: Actor, case: str, decision: str
) -> None:
    entity = requests.add(actor, case, SEE)
    if decision:
        requests.decide(actor, entity, Request(besluit=decision, besluit_reden="Het is niet van haar."))
    assert copies.make(actor, case, to_give=False).pdf
    with pytest.raises(InvalidInputError, match="niet toegewezen"):
        copies.make(actor, case, entity)
    with context.store.read() as reader:
        assert COPIED not in {entry.action for entry in reader.read_log(case, 99)}


def test_who_has_seen_it_is_read_through_and_made_black_too(
    copies: FileCopies, context: Context, actor: Actor, case: str, asked: str
) -> None:
    told = {"doel": "TD-C", "grond": "GZT-MELD", "ontvanger": "Veilig Thuis", "afweging": "Vader mag het niet weten."}
    decision = Disclosure(**told, geraadpleegd="Anouk", gezin_ingelicht=False, niet_ingelicht_reden="Gevaar.")
    Disclosures(context).add(actor, case, decision)
    reading = copies.read(actor, asked)
    black = {mask.plek for mask in reading.masks}
    hidden = [each for each in passages(reading.pages) if "zonder toestemming" in each.text or "deling" in each.text]
    assert hidden
    assert black.issuperset(each.place for each in hidden)
    seen = next(each for each in passages([reading.log]) if each.text == "legde iets vast: casus")
    copies.keep(actor, asked, [*reading.masks, mask_of(seen, 0, len(seen.text), "ZW-ANDER")], reading)
    context.log_read(replace(actor, person="p4"), "delen zonder toestemming", Kind.CASE, case, "komt later binnen")
    made = copies.make(actor, case)
    assert made.read_by == actor.name
    for text in (made.json.decode(), text_of(made.pdf)):
        for gone in ("Veilig Thuis", "meldcode", "zonder toestemming", "deling", "legde iets vast: casus"):
            assert gone not in text
    assert "een heel onderdeel weggelaten" in text_of(made.pdf)


def test_what_changed_since_it_was_read_is_black_until_it_is_read_again(
    copies: FileCopies, cases: CaseWork, dossier: Dossier, actor: Actor, case: str, asked: str
) -> None:
    reading = copies.read(actor, asked)
    copies.keep(actor, asked, reading.masks, reading)
    cases.set_field(actor, case, "hulpvraag", "Anders: Krekelveld is weg.")
    dossier.add_contact(actor, case, ContactMoment(datum=CAME, met="Bartholomeus Krekelveld", tekst="Gebeld."))
    again = copies.read(actor, asked)
    assert not again.read
    assert len(again.changed) == 1
    [changed] = again.changed
    assert [mask.plek for mask in again.masks].count(changed) == 1, "it is proposed anew"
    made = copies.make(actor, case)
    assert made.read_by == ""
    assert fields(made)["hulpvraag"] == BLACK
    assert fields(made)["met"] == BLACK
    assert b"Krekelveld" not in raw(made)
    assert "Sinds deze kopie is doorgelezen, is het dossier gewijzigd" in text_of(made.pdf)


def test_what_was_read_stays_read_while_the_request_is_answered(
    copies: FileCopies, requests: Requests, actor: Actor, case: str, asked: str
) -> None:
    reading = copies.read(actor, asked)
    copies.keep(actor, asked, reading.masks, reading)
    requests.handle(actor, asked)
    assert copies.make(actor, case).read_by == actor.name
    requests.add(actor, case, SEE.model_copy(update={"soort": Sort.ADD.value, "door": "Bartholomeus Krekelveld"}))
    made = copies.make(actor, case)
    assert made.read_by == ""
    assert b"Bartholomeus" not in made.json


def test_every_mask_has_a_reason_and_holds_no_content(
    copies: FileCopies, context: Context, actor: Actor, asked: str
) -> None:
    reading = copies.read(actor, asked)
    [first, *_] = reading.masks
    with pytest.raises(InvalidInputError, match="waarom zij zwart is"):
        copies.keep(actor, asked, [first.model_copy(update={"reden": ""})], reading)
    copies.keep(actor, asked, reading.masks, reading)
    with context.store.read() as reader:
        assert "Krekelveld" not in str(reader.registers(Kind.REQUEST, asked))


def _filled(kind: Kind) -> dict[tuple[str, str], object]:
    """A word of its own in every text field of a kind, and a row in every list."""
    values: dict[tuple[str, str], object] = {}
    for name, note in notes(MODELS[kind]).items():
        if note.shape is Shape.ROWS:
            row = MODELS[kind].model_fields[name].annotation.__args__[0]  # type: ignore[union-attr]
            parts = [part for part, info in row.model_fields.items() if info.annotation is str and part != "id"]
            values[name, "rij"] = {part: f"woord {kind} {name} {part}" for part in parts}
        elif note.shape is Shape.SINGLE and MODELS[kind].model_fields[name].annotation is str:
            values[name, ""] = f"woord {kind} {name}"
    return values


SILENT = {"casus", "zwart", "pdf", "bestand", "vrijgegeven_stempel", "doorgelezen_stempel"}


@pytest.mark.parametrize("kind", [Kind.CASE, *(kind for kind in BELOW_CASE if kind is not Kind.LINK)])
def test_every_text_of_every_kind_is_in_it(
    copies: FileCopies, context: Context, actor: Actor, case: str, kind: Kind
) -> None:
    entity = case if kind is Kind.CASE else context.store.new_entity()
    with context.store.write(author(actor)) as writer:
        writer.write(kind, entity, {**_filled(kind), **({} if kind is Kind.CASE else {("casus", ""): case})})
    written = copies.make(actor, case).json.decode()
    for (name, _), value in _filled(kind).items():
        if name in {"betrokkenen", "jim_naam"}:
            continue
        label = notes(MODELS[kind])[name].label
        texts = value.values() if isinstance(value, dict) else [value]
        for text in texts:
            assert (str(text) in written) is not (name in SILENT or label.endswith("(id)")), text


def test_another_case_is_only_said_to_be_there(
    copies: FileCopies, cases: CaseWork, context: Context, actor: Actor, case: str
) -> None:
    other = cases.record(actor, Case(roepnaam="Robin", achternaam="Zonnebloem")).entity
    link = Links(context).add(actor, case, other, "SV-BRZ")
    for one, two in ((case, other), (other, case)):
        made = copies.make(actor, one)
        assert b"Er is een verband met een andere casus." in made.json
        assert two.encode() not in made.json
    assert b"Zonnebloem" not in copies.make(actor, case).json
    Links(context).end(actor, link)
    assert b"met een andere casus" not in copies.make(actor, case).json


def test_attachments_go_along_by_number_unless_they_were_made_black(
    copies: FileCopies, context: Context, actor: Actor, case: str, asked: str
) -> None:
    attachments = Attachments(context)
    for name in ("brief van oma.txt", "geheim.txt"):
        attachments.add(actor, case, name, name.encode())
    reading = copies.read(actor, asked)
    (first, second) = [each for each in passages(reading.chapters) if each.field == FILE]
    masks = (*reading.masks, mask_of(second, 0, len(second.text), "ZW-ANDER"))
    copies.keep(actor, asked, masks, reading)
    made = copies.make(actor, case)
    assert (first.text, dict(made.attached)) == ("bijlage 1", {"-bijlage-1.txt": b"brief van oma.txt"})
    assert list(made.files) == [".pdf", ".json", "-bijlage-1.txt"]
    assert "nummer in de naam" in text_of(made.pdf)
    assert "Bijlagen" in text_of(made.pdf)


def test_what_a_merged_case_kept_for_itself_is_in_it(
    copies: FileCopies, context: Context, cases: CaseWork, chair: Actor, case: str
) -> None:
    double = cases.record(chair, FULL.model_copy(update={"hulpvraag": "Rust."})).entity
    with context.store.write(author(chair)) as writer:
        closing = {("casus", ""): double, ("toelichting", ""): "Het ging beter."}
        writer.write(Kind.CLOSING, context.store.new_entity(), closing)
    Doubles(context).merge(chair, case, double, {})
    made = copies.make(chair, case)
    written = made.json.decode()
    assert written.count("Het ging beter.") == 1
    assert written.count("Samengevoegd met casus") == 2, "the step of the one, the contact moment of the other"


def test_a_file_that_two_merged_cases_had_goes_once_under_both_names(
    copies: FileCopies, context: Context, cases: CaseWork, chair: Actor, case: str, requests: Requests
) -> None:
    other, attachments, doubles = cases.record(chair, FULL).entity, Attachments(context), Doubles(context)
    going_on = doubles.compare(chair, case, other).first.entity
    attachments.add(chair, case, "verslag.txt", b"hetzelfde")
    attachments.add(chair, other, "Verslag school.txt", b"hetzelfde")
    attachments.add(chair, other, "brief.txt", b"iets anders")
    doubles.merge(chair, case, other, {})
    made = copies.make(chair, going_on)
    assert sorted(made.attached.values()) == [b"hetzelfde", b"iets anders"]
    text = text_of(made.pdf)
    assert all(name in text for name in ("verslag.txt", "Verslag school.txt"))

    entity = granted(requests, chair, going_on, SEE)
    reading = copies.read(chair, entity)
    first = next(each for each in passages(reading.chapters) if each.field == FILE)
    copies.keep(chair, entity, [mask_of(first, 0, len(first.text), "ZW-ANDER")], reading)
    assert list(copies.make(chair, going_on, entity).attached.values()) == [b"iets anders"]


def test_two_versions_of_a_field_are_both_given(copies: FileCopies, context: Context, actor: Actor, case: str) -> None:
    store = cast("Any", context.store)
    with store.sync() as rows:
        space = rows.space_of(Kind.CASE, case)
        rows.write_in(space, author(actor), Kind.CASE, case, {("hulpvraag", ""): "Een andere lezing."})
    made = copies.make(actor, case)
    assert b"Een andere lezing." in made.json
    assert b"Sam slaapt slecht" in made.json
    assert b"Hulpvraag (versie 2)" in made.json


def test_a_row_goes_by_its_code_and_never_by_an_id(copies: FileCopies, cases: CaseWork, actor: Actor) -> None:
    gap = GapRow(id="OA-01", aard="CAP")
    period = HistoryRow(id="29b7fd617b092d9a9a0e75ab10", van="2019")
    both = ("DM-FOR", "DM-OND")
    entity = cases.record(actor, Case(aard_ontbrekend_aanbod=(gap,), geschiedenis=(period,), domeinen=both)).entity
    made = copies.make(actor, entity)
    written = made.json.decode()
    assert fields(made)["domeinen"] == "; ".join(map(vocabulary("domeinen").label, both))
    assert vocabulary("ontbrekend_aanbod").label("OA-01") in written
    assert period.id not in written


def test_statements_and_markup_come_as_they_are(
    copies: FileCopies, requests: Requests, actor: Actor, case: str
) -> None:
    requests.state(actor, case, Statement(van="Sam", tekst="<b>Dat</b> <img src='x'> klopt niet & nooit."))
    made = copies.make(actor, case)
    assert "<b>Dat</b> <img src='x'> klopt niet & nooit." in text_of(made.pdf)


def test_a_large_case_fits(copies: FileCopies, cases: CaseWork, actor: Actor) -> None:
    rows = tuple(HistoryRow(van=str(year), vorm="pleegzorg", ervaring=f"Regel {year}. " * 20) for year in range(300))
    text = "Een lange zin over hoe het ging. " * 6000
    entity = cases.record(actor, Case(roepnaam="Sam", omschrijving=text.strip(), geschiedenis=rows)).entity
    made = copies.make(actor, entity)
    pages = PdfReader(BytesIO(made.pdf)).pages
    assert len(pages) > 60
    assert f"van {len(pages)}" in pages[-1].extract_text()
    assert "Regel 299." in text_of(made.pdf)


@pytest.mark.parametrize("role", Role)
def test_only_who_may_read_the_log_makes_it(
    copies: FileCopies, actor: Actor, case: str, asked: str, role: Role
) -> None:
    other = replace(actor, person="p9", role=role)
    deeds: tuple[Callable[[], object], ...] = (lambda: copies.make(other, case), lambda: copies.read(other, asked))
    for deed in deeds:
        if role in {Role.VOORZITTER, Role.PLAATSVERVANGER, Role.PRIVACY}:
            deed()
        else:
            with pytest.raises(NotAllowedError):
                deed()
