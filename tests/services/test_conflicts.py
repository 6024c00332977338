"""Versions of colleagues: told with who, when and what they replaced, settled in one operation, and never unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case, HistoryRow
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.errors import InvalidInputError, NotAllowedError, NotFoundError
from bren_desktop.oplog.operations import Author, Change, Dot, Operation
from bren_desktop.oplog.registers import conflicts
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.conflicts import Conflicts, OtherVersionsError, SettledElsewhereError
from bren_desktop.services.context import Context
from bren_desktop.services.pool import Pool
from bren_desktop.services.readlog import ReadLog

DEVICE = b"colleague-device"
ALI = Author("p9", "Ali Collega", "voorzitter")
LATER = (1_795_345_200_000 + 60_000) << 16
Colleague = Callable[..., None]


@pytest.fixture
def work(context: Context) -> Conflicts:
    return Conflicts(context)


@pytest.fixture
def colleague(context: Context, deliver: Callable[..., list[bool]]) -> Colleague:
    """Has a colleague change an entity, having seen what is there, or only the version before the last one."""
    counters = {"n": 0}

    def change(kind: Kind, entity: str, name: tuple[str, str], value: Any, *, seen: tuple[Dot, ...] = ()) -> None:
        counters["n"] += 1
        with context.store.read() as reader:
            space = reader.history(entity, 1)[0].space
        dot = Dot(DEVICE + space[:2].encode(), counters["n"])
        made = Operation(dot, LATER + counters["n"], space, kind.value, entity, ALI, (Change(*name, value, seen),))
        assert deliver(context.store, made) == [True]

    return change


def dots(context: Context, kind: Kind, entity: str, name: tuple[str, str]) -> tuple[Dot, ...]:
    with context.store.read() as reader:
        return tuple(version.dot for version in reader.registers(kind, entity)[name].versions)


@pytest.fixture
def torn(context: Context, cases: CaseWork, actor: Actor, colleague: Colleague) -> str:
    """A case of which two people changed the hulpvraag, each from the same text."""
    entity = cases.record(actor, Case(roepnaam="Noor", hulpvraag="Rust thuis.")).entity
    seen = dots(context, Kind.CASE, entity, ("hulpvraag", ""))
    cases.set_field(actor, entity, "hulpvraag", "Rust op school.")
    colleague(Kind.CASE, entity, ("hulpvraag", ""), "Rust en ritme thuis.", seen=seen)
    return entity


def test_a_field_is_told_with_its_versions_and_what_they_replaced(work: Conflicts, torn: str, actor: Actor) -> None:
    [conflict] = work.of(actor, Kind.CASE, torn)
    assert (conflict.name, conflict.label, conflict.base, conflict.base_known) == (
        "hulpvraag",
        "Hulpvraag",
        "Rust thuis.",
        True,
    )
    assert [(version.n, version.value, version.who) for version in conflict.versions] == [
        (1, "Rust en ritme thuis.", "Ali Collega"),
        (2, "Rust op school.", "Vera Voorbeeld"),
    ]
    assert conflict.versions[0].at_ms > conflict.versions[1].at_ms


@pytest.mark.parametrize(
    ("how", "expected"),
    [({"take": 1}, "Rust en ritme thuis."), ({"take": 2}, "Rust op school."), ({"value": "Beide."}, "Beide.")],
)
def test_settling_replaces_all_versions_at_once(
    work: Conflicts, context: Context, cases: CaseWork, torn: str, actor: Actor, how: dict[str, Any], expected: str
) -> None:
    before = set(dots(context, Kind.CASE, torn, ("hulpvraag", "")))
    assert work.settle(actor, torn, "hulpvraag", **how).touched == {("casus", torn)}
    assert cases.open(actor, torn).case.hulpvraag == expected
    assert work.of(actor, Kind.CASE, torn) == []
    with context.store.read() as reader:
        newest = max(reader.history(torn, 9), key=lambda operation: operation.dot.counter)
    assert {dot for change in newest.changes for dot in change.replaces} == before


def test_what_is_settled_cannot_be_settled_again(work: Conflicts, cases: CaseWork, torn: str, actor: Actor) -> None:
    work.settle(actor, torn, "hulpvraag", take=1)
    with pytest.raises(SettledElsewhereError):
        work.settle(actor, torn, "hulpvraag", take=2)
    assert cases.open(actor, torn).case.hulpvraag == "Rust en ritme thuis."


def test_a_version_that_nobody_saw_is_not_replaced(
    work: Conflicts, torn: str, actor: Actor, colleague: Colleague
) -> None:
    [conflict] = work.of(actor, Kind.CASE, torn)
    colleague(Kind.CASE, torn, ("hulpvraag", ""), "Een derde.")
    with pytest.raises(OtherVersionsError):
        work.settle(actor, torn, "hulpvraag", take=1, stamp=conflict.stamp)
    [again] = work.of(actor, Kind.CASE, torn)
    assert len(again.versions) == 3
    work.settle(actor, torn, "hulpvraag", take=3, stamp=again.stamp)
    assert work.of(actor, Kind.CASE, torn) == []


def test_equal_values_count_as_one_version(work: Conflicts, torn: str, actor: Actor, colleague: Colleague) -> None:
    colleague(Kind.CASE, torn, ("hulpvraag", ""), "Rust op school.")
    [conflict] = work.of(actor, Kind.CASE, torn)
    assert [(version.value, version.who) for version in conflict.versions] == [
        ("Rust op school.", "Ali Collega en Vera Voorbeeld"),
        ("Rust en ritme thuis.", "Ali Collega"),
    ]


def test_emptied_by_one_and_edited_by_another_is_told_as_such(
    work: Conflicts, context: Context, cases: CaseWork, actor: Actor, colleague: Colleague
) -> None:
    entity = cases.record(actor, Case(wensen="Thuis wonen.")).entity
    seen = dots(context, Kind.CASE, entity, ("wensen", ""))
    cases.set_field(actor, entity, "wensen", "Dichtbij wonen.")
    colleague(Kind.CASE, entity, ("wensen", ""), None, seen=seen)
    [conflict] = work.of(actor, Kind.CASE, entity)
    assert conflict.removed
    work.settle(actor, entity, "wensen", take=1)
    assert cases.open(actor, entity).case.wensen == ""


def test_a_row_is_settled_by_itself(
    work: Conflicts, context: Context, cases: CaseWork, actor: Actor, colleague: Colleague
) -> None:
    rows = (HistoryRow(van="2019", vorm="Verblijf"), HistoryRow(van="2021"))
    opened = cases.record(actor, Case(geschiedenis=rows))
    first = opened.case.geschiedenis[0]
    name = ("geschiedenis", first.id)
    seen = dots(context, Kind.CASE, opened.entity, name)
    after = opened.case.model_copy(
        update={"geschiedenis": (first.model_copy(update={"tot": "2020"}), *opened.case.geschiedenis[1:])}
    )
    cases.amend(actor, opened.entity, after, ("geschiedenis",))
    colleague(Kind.CASE, opened.entity, name, {"van": "2018", "nieuw": "x", "n": 0}, seen=seen)
    [conflict] = work.of(actor, Kind.CASE, opened.entity)
    assert conflict.name == f"geschiedenis/{first.id}"
    together = {**conflict.versions[0].value, "tot": "2020"}
    work.settle(actor, opened.entity, conflict.name, value=together)
    assert [(row.van, row.tot) for row in cases.open(actor, opened.entity).case.geschiedenis] == [
        ("2018", "2020"),
        ("2021", ""),
    ]
    with context.store.read() as reader:
        assert reader.registers(Kind.CASE, opened.entity)[name].versions[0].value["nieuw"] == "x"


def test_a_value_goes_through_the_door_of_its_field(
    work: Conflicts, cases: CaseWork, actor: Actor, colleague: Colleague
) -> None:
    entity = cases.record(actor, Case(urgentie="UR-REG", geboortedatum=date(2011, 3, 4))).entity
    colleague(Kind.CASE, entity, ("urgentie", ""), "UR-SPOED")
    colleague(Kind.CASE, entity, ("geboortedatum", ""), "2011-04-03")
    with pytest.raises(InvalidInputError):
        work.settle(actor, entity, "geboortedatum", value="31-02-2010")
    work.settle(actor, entity, "urgentie", value="crisis")
    assert cases.open(actor, entity).case.urgentie == "UR-CRISIS"


def test_a_number_is_chosen_never_typed(work: Conflicts, cases: CaseWork, actor: Actor, colleague: Colleague) -> None:
    entity = cases.record(actor, Case(roepnaam="Bo")).entity
    number = cases.open(actor, entity).case.nummer
    colleague(Kind.CASE, entity, ("nummer", ""), "BREN-HGL-2026-AB0001")
    with pytest.raises(InvalidInputError):
        work.settle(actor, entity, "nummer", value="Iets anders")
    work.settle(actor, entity, "nummer", take=2)
    assert cases.open(actor, entity).case.nummer == number


def test_pareltjes_and_their_overview(work: Conflicts, pool: Pool, actor: Actor, colleague: Colleague) -> None:
    opened = pool.record(actor, Expert(naam="A. Verzonnen", functie="Arts", extern_id="P-1"))
    colleague(Kind.EXPERT, opened.entity, ("functie", ""), "Psychiater")
    [row] = work.overview(actor)
    assert (row.kind, row.entity, row.id, row.title, row.fields) == (
        Kind.EXPERT,
        opened.entity,
        "P-1",
        "A. Verzonnen",
        1,
    )
    work.settle(actor, "P-1", "functie", take=1)
    assert pool.open(actor, "P-1").expert.functie == "Psychiater"
    assert work.overview(actor) == []
    work.undo(actor, Kind.EXPERT, opened.entity)
    assert pool.open(actor, "P-1").expert.functie == "Psychiater", "the version on top stands again"


def test_reading_versions_of_a_case_is_logged(
    work: Conflicts, context: Context, torn: str, actor: Actor, member: Actor
) -> None:
    work.overview(actor)
    assert "versies bekijken" not in [entry.action for entry in ReadLog(context).entries(actor, torn)]
    work.of(member, Kind.CASE, torn)
    work.list(actor)
    logged = [entry.name for entry in ReadLog(context).entries(actor, torn) if entry.action == "versies bekijken"]
    assert sorted(logged) == ["Lid Voorbeeld", "Vera Voorbeeld"]


def test_who_may_not_write_may_not_settle(work: Conflicts, torn: str, member: Actor, actor: Actor) -> None:
    assert work.overview(member) == []
    with pytest.raises(NotAllowedError):
        work.settle(member, torn, "hulpvraag", take=1)
    regisseur = replace(actor, role=Role.PROJECTLEIDER)
    assert work.list(regisseur) == []
    with pytest.raises(NotAllowedError):
        work.of(regisseur, Kind.CASE, torn)
    with pytest.raises(NotFoundError):
        work.settle(actor, "onbekend", "hulpvraag", take=1)
    with pytest.raises(InvalidInputError):
        work.settle(actor, torn, "hulpvraag", take=3)


def test_a_field_of_a_newer_version_can_be_chosen(
    work: Conflicts,
    context: Context,
    torn: str,
    actor: Actor,
    colleague: Colleague,
    deliver: Callable[..., list[bool]],
) -> None:
    colleague(Kind.CASE, torn, ("later_veld", ""), "a")
    with context.store.read() as reader:
        space = reader.history(torn, 1)[0].space
    change = (Change("later_veld", "", "b"),)
    deliver(context.store, Operation(Dot(b"other-device-xyz", 1), LATER, space, "casus", torn, ALI, change))
    found = {conflict.field: conflict for conflict in work.of(actor, Kind.CASE, torn)}
    assert found["later_veld"].label == "later_veld"
    assert not found["later_veld"].editable
    work.settle(actor, torn, "later_veld", take=2)
    with context.store.read() as reader:
        assert list(conflicts(reader.registers(Kind.CASE, torn))) == [("hulpvraag", "")]


def test_what_came_in_while_somebody_typed_stays_beside_what_they_saved(
    work: Conflicts, cases: CaseWork, actor: Actor, colleague: Colleague
) -> None:
    opened = cases.record(actor, Case(hulpvraag="Rust.", knelpunten=("KP-WLZ",)))
    seen = opened.seen["hulpvraag", ""].versions[0].dot
    colleague(Kind.CASE, opened.entity, ("hulpvraag", ""), "Rust en ritme.", seen=(seen,))
    colleague(Kind.CASE, opened.entity, ("knelpunten", "KP-SAM"), True)
    after = opened.case.model_copy(update={"hulpvraag": "Rust thuis.", "knelpunten": ("KP-WLZ", "KP-OND")})
    cases.amend(actor, opened.entity, after, ("hulpvraag", "knelpunten"), opened.seen)
    [conflict] = work.of(actor, Kind.CASE, opened.entity)
    assert {version.value for version in conflict.versions} == {"Rust en ritme.", "Rust thuis."}
    assert set(cases.open(actor, opened.entity).case.knelpunten) == {"KP-WLZ", "KP-SAM", "KP-OND"}


def test_a_profile_that_changed_meanwhile_keeps_both_versions(
    work: Conflicts, pool: Pool, actor: Actor, colleague: Colleague
) -> None:
    opened = pool.record(actor, Expert(naam="A. Verzonnen", functie="Arts"))
    dot = opened.seen["functie", ""].versions[0].dot
    colleague(Kind.EXPERT, opened.entity, ("functie", ""), "Psychiater", seen=(dot,))
    after = opened.expert.model_copy(update={"functie": "Kinderarts"})
    pool.amend(actor, opened.entity, after, ("functie",), opened.seen)
    [conflict] = work.of(actor, Kind.EXPERT, opened.entity)
    assert {version.value for version in conflict.versions} == {"Psychiater", "Kinderarts"}
