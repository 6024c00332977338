"""The read log in the terms of NEN 7513, and for a family; every action that is logged has a meaning."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.records import ContactMoment
from bren_desktop.errors import NotAllowedError
from bren_desktop.exchange.files import write_table
from bren_desktop.services import audit, readlog
from bren_desktop.services.access import Access
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.conflicts import _ACTION
from bren_desktop.services.context import Context
from bren_desktop.services.dossier import Dossier
from bren_desktop.services.exporting import Exporting
from bren_desktop.services.log_tables import readable
from bren_desktop.services.readlog import Leaving, Period, ReadLog
from bren_desktop.services.rows import ReadEntry

SECRET = "Zeekraalgeheim"
LOGGING = {"log_read", "read_entry", "note", "_log"}
NOON_MS = 1_795_345_200_000
ENTRY = ReadEntry(NOON_MS, "p2", "Lid", "lid", "AB", "lezen", "casus", "c" * 26)


def logged(project: Path) -> Iterator[str]:
    """Every action that a service or the wiring logs, as it stands in the code."""
    for room in ("services", "wiring"):
        for path in (project / "bren_desktop" / room).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in LOGGING:
                    yield from (text for each in node.args[1:2] for text in _texts(each))


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))


def test_every_action_that_is_logged_has_a_meaning(project: Path) -> None:
    found = {*logged(project), *Leaving, readlog.REFUSED, readlog.VIEWED, _ACTION}
    assert len(found) > 15
    assert found <= audit.ACTIONS.keys()


def test_what_the_norm_asks_for_at_least_is_logged() -> None:
    codes = {means.code for means in audit.ACTIONS.values()}
    assert codes == set("CRUDE")
    assert {means.outcome for means in audit.ACTIONS.values()} == {"0", "8"}
    assert {means.type for means in audit.ACTIONS.values()} >= {"110122", "110123", "110127", "110136", "110101"}


def test_an_entry_has_every_field_of_the_norm() -> None:
    event = audit.event(ENTRY, "HGL")
    local = datetime.fromtimestamp(NOON_MS / 1000, tz=UTC).astimezone().isoformat(timespec="milliseconds")
    assert asdict(event) == {
        "EventActionCode": "R",
        "EventDateTime": "2026-11-22T11:00:00.000+00:00",
        "EventDateTimeLocal": local,
        "EventOutcomeIndicator": "0",
        "EventID": "110110",
        "EventTypeCode": "110110",
        "UserID": "p2",
        "UserName": "Lid",
        "UserIsRequestor": "true",
        "RoleIDCode": "lid",
        "PurposeOfUse": "TREAT",
        "NetworkAccessPointTypeCode": "1",
        "NetworkAccessPointID": "AB",
        "ParticipantObjectTypeCode": "1",
        "ParticipantObjectTypeCodeRole": "1",
        "ParticipantObjectDataLifeCycle": "6",
        "ParticipantObjectIDTypeCode": "2",
        "ParticipantObjectID": "c" * 26,
        "ParticipantObjectDetail": "",
        "AuditEnterpriseSiteID": "HGL",
        "AuditSourceID": "AB",
        "AuditSourceTypeCode": "1",
        "Behandelrelatie": "toegewezen of open voor het team",
    }


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (replace(ENTRY, action="noodtoegang"), ("E", "ETREAT", "noodtoegang")),
        (replace(ENTRY, role="privacy"), ("R", "HCOMPL", "rol in het team")),
        (replace(ENTRY, action="logboek bekijken", role="voorzitter"), ("R", "HCOMPL", "rol in het team")),
        (replace(ENTRY, action="aanmelden mislukt", entity="", kind="team"), ("E", "TREAT", "")),
        (replace(ENTRY, action="iets van later"), ("R", "TREAT", "toegewezen of open voor het team")),
        (replace(ENTRY, role="burgemeester"), ("R", "TREAT", "")),
    ],
)
def test_purpose_and_relation_follow_from_role_and_action(entry: ReadEntry, expected: tuple[str, str, str]) -> None:
    event = audit.event(entry, "HGL")
    assert (event.EventActionCode, event.PurposeOfUse, event.Behandelrelatie) == expected


@pytest.fixture
def seen(context: Context, cases: CaseWork, actor: Actor, member: Actor) -> str:
    """A case with content that a lid opened by noodtoegang, read twice and that others changed."""
    entity = cases.record(actor, Case(achternaam=SECRET, hulpvraag=SECRET)).entity
    Dossier(context).add_contact(actor, entity, ContactMoment(tekst=SECRET))
    access = Access(context, tuple)
    access.assign(actor, [entity], ["p9"], [])
    access.open_in_emergency(member, entity, f"{SECRET} is in gevaar.")
    cases.open(member, entity)
    cases.open(member, entity)
    cases.set_field(actor, entity, "wensen", SECRET)
    access.review(actor, access.to_review(actor)[0].entity, f"Terecht, {SECRET}.")
    return entity


def test_a_family_reads_who_did_what(context: Context, actor: Actor, member: Actor, seen: str) -> None:
    lines = ReadLog(context).seen(actor, seen)
    told = {(one.name, one.what, one.times, one.emergency, one.detail) for one in lines}
    assert told == {
        (member.name, "opende de casus met noodtoegang", 1, True, ""),
        (member.name, "bekeek de casus", 2, True, ""),
        (actor.name, "legde iets vast", 1, False, "casus"),
        (actor.name, "legde iets vast", 1, False, "contactmoment"),
        (actor.name, "wijzigde aan wie de casus is toegewezen", 1, False, "Toegewezen aan"),
        (actor.name, "werkte de casus bij", 1, False, "Wensen van jeugdige en ouders"),
        (actor.name, "beoordeelde een noodtoegang", 1, False, ""),
    }


def test_looking_at_the_log_is_logged_once_per_sitting(context: Context, actor: Actor, seen: str) -> None:
    log = ReadLog(context)
    log.seen(actor, seen)
    log.seen(actor, seen)
    assert [one.action for one in log.entries(actor, seen)].count("logboek bekijken") == 1


def test_a_period_narrows_what_is_told(context: Context, actor: Actor, seen: str) -> None:
    today, log = date(2026, 11, 22), ReadLog(context)
    assert log.seen(actor, seen, Period(today, today))
    assert not log.seen(actor, seen, Period(last=date(2026, 11, 21)))
    assert not log.events(actor, seen, Period(first=date(2026, 11, 23)))


@pytest.mark.parametrize("norm", [True, False])
def test_no_content_leaves_with_the_log(context: Context, actor: Actor, seen: str, tmp_path: Path, norm: bool) -> None:
    path = tmp_path / "log.csv"
    count = Exporting(context, write_table).log(actor, seen, path, norm=norm)
    text = path.read_text("utf-8-sig")
    assert len(text.splitlines()) == count + 1
    assert SECRET not in text
    assert "noodtoegang" in text
    assert "logboek exporteren" in [one.action for one in ReadLog(context).entries(actor, seen)]


def test_a_table_for_a_family_has_words_for_everything(context: Context, actor: Actor, seen: str) -> None:
    table = readable(ReadLog(context).seen(actor, seen))
    assert all(set(row) == set(table.headers) for row in table.rows)
    assert {str(row["Dag"]) for row in table.rows} == {"22-11-2026"}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.VOORZITTER, Role.PLAATSVERVANGER, Role.PRIVACY}))
def test_only_chair_and_privacy_officer_read_the_log(
    context: Context, actor: Actor, seen: str, role: Role, tmp_path: Path
) -> None:
    other = replace(actor, role=role)
    with pytest.raises(NotAllowedError):
        ReadLog(context).seen(other, seen)
    with pytest.raises(NotAllowedError):
        Exporting(context, write_table).log(other, seen, tmp_path / "log.csv")
