"""Filling a profile works through the services, and twice is once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from bren_desktop.domain.cases import Case
from bren_desktop.domain.course import replay
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.sharing import missing_givers
from bren_desktop.fiction import around
from bren_desktop.fiction.days import ANCHOR, moved, weeks_until
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.filling import Filled, fill
from bren_desktop.services.course import read_transitions
from bren_desktop.services.rows import CaseFilter, ExpertFilter, Page
from bren_desktop.services.work_items import Section
from bren_desktop.services.workspace import Workspace


def _exported(workspace: Workspace, folder: Path, name: str) -> tuple[bytes, bytes]:
    paths = [folder / f"{name}-{kind.value}.jsonl" for kind in (Kind.CASE, Kind.EXPERT)]
    for kind, path in zip((Kind.CASE, Kind.EXPERT), paths, strict=True):
        workspace.exporting.export(workspace.actor, kind, path)
    return paths[0].read_bytes(), paths[1].read_bytes()


def _counts(workspace: Workspace) -> dict[str, int]:
    with workspace.context.store.read() as reader:
        return {kind.value: len(reader.entities(kind)) for kind in Kind}


def test_two_profiles_with_the_same_seed_export_the_same_bytes(
    new_workspace: Callable[[], Workspace], tmp_path: Path
) -> None:
    first, second, other = new_workspace(), new_workspace(), new_workspace()
    for workspace, seed in ((first, 4), (second, 4), (other, 5)):
        assert fill(workspace, cases=12, experts=15, seed=seed) == Filled(12, 15)
    assert _exported(first, tmp_path, "a") == _exported(second, tmp_path, "b")
    assert _exported(first, tmp_path, "a") != _exported(other, tmp_path, "c")


def test_filling_twice_adds_and_changes_nothing(new_workspace: Callable[[], Workspace], tmp_path: Path) -> None:
    workspace = new_workspace()
    fill(workspace, cases=30, experts=20, seed=1)
    before, counted = _exported(workspace, tmp_path, "a"), _counts(workspace)
    fill(workspace, cases=30, experts=20, seed=1)
    assert (_exported(workspace, tmp_path, "b"), _counts(workspace)) == (before, counted)


def test_filling_further_adds_only_what_is_lacking(new_workspace: Callable[[], Workspace]) -> None:
    workspace = new_workspace()
    fill(workspace, cases=10, experts=5, seed=1)
    fill(workspace, cases=16, experts=9, seed=1)
    assert workspace.cases.count(workspace.actor, CaseFilter()) == 16
    assert workspace.pool.count(workspace.actor, ExpertFilter()) == 9


def test_a_case_that_somebody_changed_stays_changed(new_workspace: Callable[[], Workspace]) -> None:
    workspace = new_workspace()
    fill(workspace, cases=5, experts=1, seed=1)
    workspace.cases.set_field(
        workspace.actor, workspace.cases.open(workspace.actor, "demo-1-c-00002").entity, "roepnaam", "Kim"
    )
    fill(workspace, cases=5, experts=1, seed=1)
    assert workspace.cases.open(workspace.actor, "demo-1-c-00002").case.roepnaam == "Kim"


def test_a_filled_profile_has_consents_contacts_consults_and_numbers(new_workspace: Callable[[], Workspace]) -> None:
    workspace = new_workspace()
    fill(workspace, cases=40, experts=30, seed=1)
    counted = _counts(workspace)
    rows = workspace.cases.page(workspace.actor, CaseFilter(), Page(limit=100))
    real = [row for row in rows if row.nummer.startswith("BREN-")]
    assert min(counted[kind] for kind in ("toestemming", "contactmoment", "consult")) >= 5
    assert len({row.nummer for row in rows}) == 40
    assert len(real) > 30
    assert {row.status for row in rows if row.nummer.startswith("CONCEPT-")} <= {"ST-CON"}
    assert min(counted[kind] for kind in ("bespreking", "advies", "opvolging", "afsluiting", "leerpunt")) >= 5
    with workspace.context.store.read() as reader:
        ended = {row.entity: replay(read_transitions(reader, row.entity)) for row in rows}
    assert {row.entity: row.status for row in rows} == {entity: end or "ST-CON" for entity, end in ended.items()}
    sections = Counter(item.section for item in workspace.worklist.entries(workspace.actor))
    assert sections[Section.LATE] <= sections.total() // 5, "a team that keeps up"


def test_a_profile_is_filled_as_if_it_played_this_week(cases: Sequence[Case]) -> None:
    for day, weeks in ((ANCHOR, 0), (ANCHOR + timedelta(days=6), 0), (ANCHOR + timedelta(days=7), 1)):
        assert weeks_until(day) == timedelta(weeks=weeks)
    later = moved(cases[0], timedelta(weeks=2))
    before, after = ([each for _, each in record if isinstance(each, date)] for record in (cases[0], later))
    assert after == [day + timedelta(weeks=2) for day in before]


def test_a_consent_that_was_written_down_held_on_its_day(cases: Sequence[Case]) -> None:
    found = 0
    for made in cases:
        for consent in around.consents(Dice("toestemming", made.extern_id), made):
            assert consent.gegeven_op is not None
            assert not missing_givers(consent, made, consent.gegeven_op), made.extern_id
            found += 1
    assert found > 100
