"""Files taken into a case: kept encrypted, judged by content, brought to colleagues, and given out with a trace."""

from __future__ import annotations

import io
from typing import cast

import pytest
from PIL import Image

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.attachments import Attachment
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.traces.removing import REMOVED
from bren_desktop.errors import InvalidInputError, NotAllowedError, NotFoundError
from bren_desktop.services.attachments import Attachments
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context, author
from bren_desktop.services.doubles import Doubles
from bren_desktop.services.readlog import ReadLog
from bren_desktop.services.sync_ports import SyncStore
from bren_desktop.services.team import TeamSettings
from bren_desktop.storage.ids import id_bytes
from tests.delivery import exchanged

REPORT = b"%PDF-1.7 Zeekraalgeheim"


def with_files(twins: tuple[Context, Context]) -> None:
    """What the first laptop wrote, brought to the second with its attachments."""
    mine, theirs = (cast("SyncStore", each.store) for each in twins)
    exchanged(mine, theirs)
    with mine.sync() as sent, theirs.sync() as got:
        for space in sent.spaces():
            for ref, sealed in sent.blobs_to_share(space.id):
                got.put_blob(space.id, ref, sealed)


@pytest.fixture
def attachments(context: Context) -> Attachments:
    return Attachments(context)


@pytest.fixture
def case(cases: CaseWork, chair: Actor) -> str:
    return cases.record(chair, Case(roepnaam="An")).entity


def test_a_file_is_kept_as_it_came(attachments: Attachments, chair: Actor, case: str) -> None:
    entity = attachments.add(chair, case, "Verslag school.pdf", REPORT)
    [(found, shown)] = attachments.of(chair, case)
    assert (found, shown.naam, shown.soort, shown.grootte) == (entity, "Verslag school.pdf", "PDF-document", 1)
    opened = attachments.open(chair, entity)
    assert (opened.data, opened.name) == (REPORT, "Verslag school.pdf")
    assert attachments.total(chair) == len(REPORT)


def test_a_photo_comes_in_and_leaves_without_where_it_was_taken(
    attachments: Attachments, context: Context, chair: Actor, case: str
) -> None:
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x0110] = "Zeemeeuwtelefoon"
    Image.new("RGB", (8, 8)).save(made, "JPEG", exif=exif)
    entity = attachments.add(chair, case, "tekening.jpg", made.getvalue())
    [(_, shown)] = attachments.of(chair, case)
    left = attachments.open(chair, entity).data
    assert (shown.sporen, b"Zeemeeuwtelefoon" in left) == (REMOVED, False)
    with pytest.raises(InvalidInputError, match="hangt al"):
        attachments.add(chair, case, "nog eens.jpg", made.getvalue())

    with context.store.write(author(chair)) as writer:
        older = Attachment(casus=case, naam="oud.jpg", bestand=writer.put_attachment(made.getvalue()))
        writer.write(Kind.ATTACHMENT, entity := context.store.new_entity(), flatten(older))
    assert attachments.open(chair, entity).data == left, "also what an older version of a colleague sent"


def test_a_team_that_lets_no_open_file_out_saves_no_mail_either(
    attachments: Attachments, context: Context, chair: Actor, case: str
) -> None:
    team = TeamSettings(context)
    team.save(chair, team.get(chair).model_copy(update={"geen_open_bestanden": True}))
    mail = attachments.add(chair, case, "bericht.eml", b"From: a@example.org\r\nSubject: x\r\n\r\nHallo")
    report = attachments.add(chair, case, "Verslag.pdf", REPORT)
    assert attachments.open(chair, mail).data
    assert attachments.open(chair, report, to_save=True).data == REPORT
    with pytest.raises(NotAllowedError, match="niet naar buiten"):
        attachments.open(chair, mail, to_save=True)


def test_what_is_refused_leaves_nothing(attachments: Attachments, chair: Actor, case: str) -> None:
    attachments.add(chair, case, "a.pdf", REPORT)
    for name, data in (("b.pdf", REPORT), ("c.pdf", b"MZ"), ("d.pdf", b"\x89PNG\r\n\x1a\n")):
        with pytest.raises(InvalidInputError):
            attachments.add(chair, case, name, data)
    with pytest.raises(NotFoundError):
        attachments.add(chair, "nergens", "e.txt", b"x")
    assert len(attachments.of(chair, case)) == 1
    assert attachments.total(chair) == len(REPORT)


def test_who_opens_one_stands_in_the_log_without_its_name(
    attachments: Attachments, context: Context, chair: Actor, case: str
) -> None:
    attachments.open(chair, attachments.add(chair, case, "Zeekraalgeheim.pdf", REPORT))
    entries = ReadLog(context).entries(chair, case)
    assert [(entry.action, entry.detail) for entry in entries if "bijlage" in entry.action] == [
        ("bijlage lezen", "bijlage van 22-11-2026: PDF-document")
    ]


def test_what_is_set_aside_is_not_listed_and_may_come_again(
    attachments: Attachments, cases: CaseWork, chair: Actor, case: str
) -> None:
    attachments.set_aside(chair, attachments.add(chair, case, "a.pdf", REPORT))
    assert attachments.of(chair, case) == []
    attachments.add(chair, case, "a.pdf", REPORT)
    assert len(attachments.of(chair, case)) == 1
    told = [event.text for event in cases.timeline(chair, case)]
    assert told.count("Bijlage toegevoegd.") == 2
    assert "Bijlage weggelegd." in told


def test_a_file_that_both_cases_of_a_merge_had_is_shown_once(
    attachments: Attachments, context: Context, cases: CaseWork, chair: Actor, case: str
) -> None:
    double = cases.record(chair, Case(roepnaam="An")).entity
    for each, name in ((case, "a.pdf"), (double, "b.pdf")):
        attachments.add(chair, each, name, REPORT)
    Doubles(context).merge(chair, case, double, {})
    [(entity, _)] = attachments.of(chair, case)
    attachments.set_aside(chair, entity)
    assert attachments.of(chair, case) == [], "the copy does not come up in its place"


def test_a_colleague_gets_it_and_a_forged_one_is_not_given_out(twins: tuple[Context, Context], chair: Actor) -> None:
    mine, theirs = Attachments(twins[0]), Attachments(twins[1])
    case = CaseWork(twins[0]).record(chair, Case(roepnaam="An")).entity
    entity = mine.add(chair, case, "a.pdf", REPORT)
    with twins[0].store.write(author(chair)) as writer:
        forged = twins[0].store.new_entity()
        digest = writer.put_attachment(b"MZ\x90")
        writer.write(Kind.ATTACHMENT, forged, {("casus", ""): case, ("naam", ""): "b.pdf", ("bestand", ""): digest})
    with_files(twins)
    assert theirs.of(chair, case) == mine.of(chair, case)
    assert theirs.open(chair, entity).data == REPORT
    with pytest.raises(InvalidInputError):
        theirs.open(chair, forged)


def test_erasing_the_case_takes_it_along(attachments: Attachments, context: Context, chair: Actor, case: str) -> None:
    attachments.add(chair, case, "a.pdf", REPORT)
    with cast("SyncStore", context.store).sync() as rows:
        rows.erase(id_bytes(case))
    assert attachments.total(chair) == 0


def test_erasing_one_of_two_cases_with_the_same_file_leaves_it_to_the_other(
    attachments: Attachments, cases: CaseWork, context: Context, chair: Actor, case: str
) -> None:
    other = cases.record(chair, Case(roepnaam="Bo")).entity
    kept = attachments.add(chair, other, "a.pdf", REPORT)
    attachments.add(chair, case, "a.pdf", REPORT)
    with cast("SyncStore", context.store).sync() as rows:
        rows.erase(id_bytes(case))
    assert attachments.open(chair, kept).data == REPORT
