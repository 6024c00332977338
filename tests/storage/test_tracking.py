"""What clocks count from, as the store keeps it: by record, whatever stands in it, and for who may see the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bren_desktop.domain.clocks.events import Event, What
from bren_desktop.domain.entities import BELOW_CASE, Kind
from bren_desktop.oplog.operations import Author
from bren_desktop.services.rows import Tracked, TrackFilter
from bren_desktop.storage import schema
from bren_desktop.storage.store import EncryptedStore

CHAIR = Author("p1", "Vera", "voorzitter")
LID = Author("p2", "Noor", "lid")
ENDED = ("ST-AFG",)
OPEN_ONLY = TrackFilter(ENDED, date.max, date.min)


def put(store: EncryptedStore, kind: Kind, entity: str, **values: Any) -> None:
    with store.write(CHAIR) as writer:
        named = {(name, ""): value for name, value in values.items() if not isinstance(value, dict)}
        rows = {
            (name, key): row for name, value in values.items() if isinstance(value, dict) for key, row in value.items()
        }
        writer.write(kind, entity, {**named, **rows})


def tracked(store: EncryptedStore, wanted: TrackFilter = OPEN_ONLY, author: Author = CHAIR) -> list[Tracked]:
    with store.read(author) as reader:
        return list(reader.tracked(wanted))


@pytest.fixture
def case(store: EncryptedStore) -> str:
    entity = store.new_entity()
    put(store, Kind.CASE, entity, status="ST-RET")
    return entity


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (
            Kind.CONSENT,
            {"gegeven_op": "2026-01-02", "geldig_tot": "2027-01-02", "doelen": {"TD-A": True, "TD-C": True}},
            [(What.CONSENT, date(2026, 1, 2), "", "TD-A TD-C", "2027-01-02")],
        ),
        (Kind.CONSENT, {"gegeven_op": "2026-01-02", "ingetrokken_op": "2026-02-02"}, []),
        (
            Kind.TRANSITION,
            {"op": "2026-01-02", "van": "ST-TRI", "naar": "ST-AVU", "wacht_op": "school"},
            [(What.STEP, date(2026, 1, 2), "ST-TRI", "school", "ST-AVU")],
        ),
        (
            Kind.ADVICE,
            {"vrijgegeven_op": "2026-01-02", "punten": {"p1": {"uiterlijk": "2026-03-01"}, "p2": {"wat": "x"}}},
            [
                (What.ADVICE, date(2026, 1, 2), "", "", ""),
                (What.POINT, date(2026, 3, 1), "", "p1", ""),
                (What.POINT, None, "", "p2", ""),
            ],
        ),
        (Kind.ADVICE, {"punten": {"p1": {"uiterlijk": "2026-03-01"}}}, [(What.ADVICE, None, "", "", "")]),
        (
            Kind.BRIDGE,
            {"van": "2026-01-02", "volgende_check": "2026-01-16", "checks": {"c": {"op": "2026-01-09"}}},
            [(What.BRIDGE, date(2026, 1, 9), "2026-01-16", "", "")],
        ),
        (Kind.BRIDGE, {"van": "2026-01-02", "beeindigd_op": "2026-01-09"}, []),
        (
            Kind.DEPLOYMENT,
            {"antwoord": "IA-JA", "antwoord_op": "2026-01-02"},
            [(What.DEPLOYMENT, date(2026, 1, 2), "", "", "")],
        ),
        (Kind.DEPLOYMENT, {"antwoord": "IA-NEE", "antwoord_op": "2026-01-02"}, []),
        (Kind.ESCALATION, {"uiterlijk": "2026-01-02", "afgesloten_op": "2026-01-01"}, []),
        (
            Kind.REQUEST,
            {"ontvangen_op": "2026-01-02", "soort": "VZ-INZ"},
            [(What.REQUEST, date(2026, 1, 2), "", "", "VZ-INZ")],
        ),
        (Kind.REQUEST, {"ontvangen_op": "2026-01-02", "afgehandeld_op": "2026-01-03"}, []),
        (Kind.CLOSING, {"voorgesteld_door_id": "p9"}, [(What.CLOSING, None, "p9", "0", "")]),
        (Kind.CLOSING, {"voorgesteld_door_id": "p9", "teruggegeven_op": "2026-01-02"}, []),
        (Kind.SNOOZE, {"klok": "TM-STIL", "tot": "2026-01-02"}, [(What.SNOOZE, date(2026, 1, 2), "TM-STIL", "", "")]),
        (Kind.LESSON, {"tekst": "x"}, []),
    ],
)
def test_a_record_tells_what_clocks_count_from(
    store: EncryptedStore, case: str, kind: Kind, values: dict[str, Any], expected: list[tuple[Any, ...]]
) -> None:
    put(store, kind, store.new_entity(), casus=case, **values)
    (found,) = tracked(store)
    told = [(each.what, each.day, each.ref, each.part, each.value) for each in found.events]
    assert told == expected


@pytest.mark.parametrize("value", ["gisteren", 7, None, "2026-02-30", ""])
def test_a_day_that_is_none_is_left_out(store: EncryptedStore, case: str, value: Any) -> None:
    entity = store.new_entity()
    put(store, Kind.CONTACT, entity, casus=case, datum=value, tekst="x")
    assert tracked(store)[0].events == (Event(What.CONTACT, entity),)


def test_every_kind_below_a_case_is_a_sign_of_life(store: EncryptedStore, case: str) -> None:
    made = {kind: store.new_entity() for kind in BELOW_CASE}
    for kind, entity in made.items():
        put(store, kind, entity, casus=case)
    with store.read() as reader:
        rows = reader._sql.execute(schema.event.select()).all()  # type: ignore[attr-defined]
    assert {row.entity for row in rows} == {case, *made.values()}


def test_a_change_replaces_what_a_record_told(store: EncryptedStore, case: str) -> None:
    entity = store.new_entity()
    put(store, Kind.REQUEST, entity, casus=case, ontvangen_op="2026-01-02")
    put(store, Kind.REQUEST, entity, afgehandeld_op="2026-01-05")
    assert tracked(store)[0].events == ()


def test_closed_cases_come_along_when_something_may_be_due(store: EncryptedStore) -> None:
    ended = {day: store.new_entity() for day in ("2020-01-01", "2024-01-01", "2026-06-01")}
    for day, entity in ended.items():
        put(store, Kind.CASE, entity, status="ST-AFG")
        put(store, Kind.TRANSITION, store.new_entity(), casus=entity, naar="ST-AFG", op=day)
    wanted = TrackFilter(ENDED, recent=date(2026, 1, 1), old=date(2021, 1, 1))
    assert {each.row.entity for each in tracked(store, wanted)} == {ended["2020-01-01"], ended["2026-06-01"]}
    brought_in_a_state = store.new_entity()
    put(store, Kind.CASE, brought_in_a_state, status="ST-AFG")
    assert brought_in_a_state not in {each.row.entity for each in tracked(store, wanted)}
    assert brought_in_a_state in {each.row.entity for each in tracked(store, replace(wanted, old=date(2031, 12, 1)))}
    put(store, Kind.REQUEST, store.new_entity(), casus=ended["2024-01-01"], ontvangen_op="2026-01-02")
    assert [each.row.entity for each in tracked(store)] == [ended["2024-01-01"]]


def test_who_does_not_see_a_case_is_told_nothing_of_it(store: EncryptedStore, case: str) -> None:
    put(store, Kind.CASE, case, toegewezen={"p9": True})
    assert tracked(store)[0].assigned == {"p9"}
    assert tracked(store, author=LID) == []
