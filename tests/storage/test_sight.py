"""Whom the store shows a case: by role, assignment, the setting of the team, and emergency access; at every door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind, Values
from bren_desktop.domain.rights import SCOPES, Scope
from bren_desktop.errors import NotAssignedError, OnlyReadingError
from bren_desktop.oplog.operations import Author
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import CaseFilter, Page
from bren_desktop.storage.sight import GUARDED
from bren_desktop.storage.store import EncryptedStore
from tests.standing import StandingClock

TODAY = date(2026, 11, 22)
CHAIR = Author("p0", "Vera", Role.VOORZITTER)
LID = Author("p1", "Lid", Role.LID)
FOLLOWER = Author("p1", "Pia", Role.PROCESREGISSEUR)
HIDDEN: dict[tuple[str, str], Any] = {
    ("nummer", ""): "BREN-HGL-2026-AA0001",
    ("achternaam", ""): "Zeekraal",
    ("geboortedatum", ""): "2010-01-01",
    ("toegewezen", "p2"): True,
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EncryptedStore]:
    made = EncryptedStore.create(tmp_path, b"k" * 32, clock=StandingClock())
    yield made
    made.close()


def written(store: EncryptedStore, kind: Kind, values: Values, author: Author = CHAIR) -> str:
    entity = store.new_entity()
    with store.write(author) as writer:
        writer.write(kind, entity, values)
    return entity


@pytest.fixture
def hidden(store: EncryptedStore) -> str:
    """A case that is assigned to somebody else than the lid."""
    return written(store, Kind.CASE, HIDDEN)


@pytest.fixture
def open_to_all(store: EncryptedStore) -> str:
    """A case with nobody assigned."""
    return written(store, Kind.CASE, {("nummer", ""): "BREN-HGL-2026-AA0002", ("achternaam", ""): "Zeekraal"})


LISTS: dict[str, Callable[[Reader, str], object]] = {
    "cases": lambda reader, _: [row.entity for row in reader.cases(CaseFilter(), Page())],
    "cases by text": lambda reader, _: [row.entity for row in reader.cases(CaseFilter(text="zeek"), Page())],
    "namesakes": lambda reader, _: [row.entity for row in reader.namesakes("Zeekraal", "2010-01-01", "")],
    "search by word": lambda reader, _: [hit.entity for hit in reader.search("zeekraal", [Kind.CASE], 9)],
    "search by number": lambda reader, _: [hit.entity for hit in reader.search("BREN-HGL-2026-AA", [Kind.CASE], 9)],
    "entities": lambda reader, _: reader.entities(Kind.CASE),
    "recent": lambda reader, _: reader.recent(Kind.CASE, 9),
    "changed since": lambda reader, _: reader.changed_since(Kind.CASE, 0),
    "row": lambda reader, case: [case] if reader.case_row(case) else [],
    "drafts": lambda reader, _: [draft.key.partition(":")[2] for draft in reader.drafts()],
}
"""Every way to be told of cases: who may not see one is not told."""
DOORS: dict[str, Callable[[Reader, str], object]] = {
    "registers": lambda reader, case: reader.registers(Kind.CASE, case),
    "children": lambda reader, case: reader.children(Kind.CONTACT, case),
    "history": lambda reader, case: reader.history(case, 9),
    "last change": lambda reader, case: reader.last_change(case),
    "read log": lambda reader, case: reader.read_log(case, 9),
    "draft": lambda reader, case: reader.draft(f"casus:{case}"),
}
"""Every way to ask for one case: who may not see it is told why."""


@pytest.mark.parametrize("name", LISTS)
def test_no_list_tells_of_a_case_that_is_hidden(
    store: EncryptedStore, hidden: str, open_to_all: str, name: str
) -> None:
    with store.write(CHAIR) as writer:
        for case in (hidden, open_to_all):
            writer.put_draft(f"casus:{case}", "{}")
    for author, seen in ((LID, False), (Author("p2", "Bea", Role.LID), True), (CHAIR, True)):
        with store.read(author) as reader:
            assert (hidden in LISTS[name](reader, hidden)) is seen  # type: ignore[operator]
            assert reader.count_cases(CaseFilter()) == (2 if seen else 1)


@pytest.mark.parametrize("name", DOORS)
def test_no_door_opens_to_a_case_that_is_hidden(
    store: EncryptedStore, hidden: str, open_to_all: str, name: str
) -> None:
    with store.write(CHAIR) as writer:
        writer.put_draft(f"casus:{hidden}", "{}")
    with store.read(LID) as reader:
        with pytest.raises(NotAssignedError):
            DOORS[name](reader, hidden)
        DOORS[name](reader, open_to_all)
    with store.read(CHAIR) as reader:
        DOORS[name](reader, hidden)


@pytest.mark.parametrize("kind", sorted(GUARDED - {Kind.CASE}))
def test_what_hangs_below_a_hidden_case_is_hidden(store: EncryptedStore, hidden: str, kind: Kind) -> None:
    below = written(store, kind, {("casus", ""): hidden})
    with store.read(LID) as reader:
        assert reader.entities(kind) == []
        with pytest.raises(NotAssignedError):
            reader.registers(kind, below)
    with store.read(CHAIR) as reader:
        assert reader.entities(kind) == [below]


def test_every_kind_below_a_case_is_guarded_but_for_two() -> None:
    assert {kind.value for kind in set(Kind) - GUARDED} == {
        *("pareltje", "persoon", "organisatie", "begrip", "weging", "team", "waarneming"),
        *("consult", "noodtoegang"),
    }


def test_nothing_is_written_to_a_hidden_case(store: EncryptedStore, hidden: str) -> None:
    regisseur = Author("p1", "Rik", Role.PROCESREGISSEUR)
    with pytest.raises(NotAssignedError), store.write(regisseur) as writer:
        writer.write(Kind.CASE, hidden, {("wensen", ""): "x"}, seen={})
    with store.read() as reader:
        assert ("wensen", "") not in reader.registers(Kind.CASE, hidden)


@pytest.mark.parametrize("role", [*Role, "burgemeester"])
def test_each_role_sees_what_its_scope_says(store: EncryptedStore, hidden: str, open_to_all: str, role: str) -> None:
    expected = {Scope.ALL: {hidden, open_to_all}, Scope.ASSIGNED: {open_to_all}, Scope.NONE: set()}
    with store.read(Author("p1", "Iemand", role)) as reader:
        assert set(reader.entities(Kind.CASE)) == expected[SCOPES[Role(role)] if role in SCOPES else Scope.NONE]


def test_a_strict_team_shows_only_what_is_assigned(store: EncryptedStore, hidden: str, open_to_all: str) -> None:
    written(store, Kind.TEAM, {("alleen_toegewezen", ""): True})
    with store.read(LID) as reader:
        assert reader.entities(Kind.CASE) == []
    with store.read(Author("p2", "Bea", Role.PROCESREGISSEUR)) as reader:
        assert reader.entities(Kind.CASE) == [hidden]
    with store.read(CHAIR) as reader:
        assert len(reader.entities(Kind.CASE)) == 2


@pytest.mark.parametrize(("days_ago", "open_now"), [(-1, False), (0, True), (1, True), (2, False)])
def test_emergency_access_lasts_until_the_end_of_the_next_day(
    store: EncryptedStore, hidden: str, days_ago: int, open_now: bool
) -> None:
    begun = (TODAY - timedelta(days=days_ago)).isoformat()
    used: dict[tuple[str, str], Any] = {("casus", ""): hidden, ("persoon", ""): "p1", ("op", ""): begun}
    written(store, Kind.EMERGENCY_ACCESS, used, LID)
    with store.read(LID) as reader:
        assert (reader.case_row(hidden) is not None) is open_now
        assert reader.sees(hidden) is open_now
    with store.read(Author("p3", "Ander", Role.LID)) as reader:
        assert not reader.sees(hidden)


def test_emergency_access_reads_and_does_not_write(store: EncryptedStore, hidden: str) -> None:
    contact = written(store, Kind.CONTACT, {("casus", ""): hidden, ("tekst", ""): "Gebeld."})
    used: dict[tuple[str, str], Any] = {
        ("casus", ""): hidden,
        ("persoon", ""): "p1",
        ("op", ""): TODAY.isoformat(),
    }
    written(store, Kind.EMERGENCY_ACCESS, used, FOLLOWER)
    for kind, entity, values in (
        (Kind.CASE, hidden, {("wensen", ""): "Rust"}),
        (Kind.CONTACT, contact, {("tekst", ""): "Anders."}),
        (Kind.CONTACT, store.new_entity(), {("casus", ""): hidden, ("tekst", ""): "Nieuw."}),
    ):
        with store.write(FOLLOWER) as writer:
            assert writer.registers(Kind.CASE, hidden)
            with pytest.raises(OnlyReadingError):
                writer.write(kind, entity, values)
    with store.write(CHAIR) as writer:
        writer.write(Kind.CASE, hidden, {("toegewezen", "p1"): True})
    with store.write(FOLLOWER) as writer:
        assert writer.write(Kind.CASE, hidden, {("wensen", ""): "Rust"})


@pytest.mark.parametrize("begun", ["9999-12-31", "ooit", "", 7])
def test_a_day_that_is_none_opens_nothing(store: EncryptedStore, hidden: str, begun: object) -> None:
    used: dict[tuple[str, str], Any] = {("casus", ""): hidden, ("persoon", ""): "p1", ("op", ""): begun}
    written(store, Kind.EMERGENCY_ACCESS, used, LID)
    with store.read(LID) as reader:
        assert not reader.sees(hidden)


def test_taking_somebody_off_closes_the_case(store: EncryptedStore, hidden: str) -> None:
    with store.write(CHAIR) as writer:
        writer.write(Kind.CASE, hidden, {("toegewezen", "p1"): True, ("toegewezen", "p2"): None})
    with store.read(LID) as reader:
        assert reader.sees(hidden)
    with store.write(CHAIR) as writer:
        writer.write(Kind.CASE, hidden, {("toegewezen", "p1"): None, ("toegewezen", "p2"): True})
    with store.read(LID) as reader:
        assert not reader.sees(hidden)


def test_a_rebuild_leaves_who_may_see_what(store: EncryptedStore, hidden: str, open_to_all: str) -> None:
    store.rebuild()
    with store.read(LID) as reader:
        assert reader.entities(Kind.CASE) == [open_to_all]


def test_a_list_costs_one_more_statement_however_many_cases_there_are(store: EncryptedStore) -> None:
    with store.write(CHAIR) as writer:
        for place in range(300):
            values: dict[tuple[str, str], Any] = {("nummer", ""): f"N{place:03}"}
            writer.write(Kind.CASE, store.new_entity(), values | {("toegewezen", f"p{place % 3}"): True})
    counted = {author.role: statements(store, author) for author in (CHAIR, LID)}
    assert counted[Role.LID] <= counted[Role.VOORZITTER] + 1


def statements(store: EncryptedStore, author: Author) -> int:
    """How many statements a page of the list, its count and a search take."""
    found: list[str] = []
    with store.read(author) as reader:
        driver = reader._raw.connection.dbapi_connection  # type: ignore[attr-defined]
        driver.set_trace_callback(found.append)
        assert len(reader.cases(CaseFilter(), Page(limit=50))) == 50
        reader.count_cases(CaseFilter())
        reader.search("N0", [Kind.CASE], 9)
        driver.set_trace_callback(None)
    return len(found)


def test_hidden_cases_are_left_out_by_index(store: EncryptedStore) -> None:
    """No row of the table of who may see what is read that is not about the person, or about who is assigned."""
    with store.read(LID) as reader:
        condition = str(reader._sight.cases.compile(compile_kwargs={"literal_binds": True}))  # type: ignore[attr-defined]
        plan = reader._raw.exec_driver_sql(  # type: ignore[attr-defined]
            f"EXPLAIN QUERY PLAN SELECT rec FROM case_row WHERE {condition}"  # noqa: S608
        ).fetchall()
    used = [row.detail for row in plan if "case_access" in row.detail]
    assert used
    assert all("INDEX" in detail or "PRIMARY KEY" in detail for detail in used)
