"""Two laptops of one team, clocks apart: whatever their people do and take back, both end with the same cases."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case, HistoryRow
from bren_desktop.errors import InvalidInputError, NotFoundError
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context
from bren_desktop.storage.store import EncryptedStore
from tests.delivery import exchanged

KEY = b"k" * 32
ENTITIES = 2


@dataclass
class SkewedClock:
    """Moves a second at every look."""

    now: int

    def now_ms(self) -> int:
        self.now += 1000
        return self.now


@dataclass
class Laptop:
    """One profile with its user."""

    store: EncryptedStore
    actor: Actor
    cases: CaseWork

    def take_from(self, other: Laptop) -> None:
        exchanged(other.store, self.store)

    def set_field(self, entity: str, value: str) -> None:
        self.cases.set_field(self.actor, entity, "wensen", value)

    def tag(self, entity: str, value: str) -> None:
        self.cases.set_field(self.actor, entity, "knelpunten", ["KP-WLZ", value] if len(value) > 1 else ["KP-OND"])

    def rows(self, entity: str, value: str) -> None:
        case = self.cases.open(self.actor, entity).case
        kept = (*case.geschiedenis[-1:], HistoryRow(van=value))
        self.cases.amend(self.actor, entity, case.model_copy(update={"geschiedenis": kept}), ("geschiedenis",))

    def undo(self, entity: str, _value: str) -> None:
        self.cases.undo(self.actor, entity)


Deed = Callable[[Laptop, str, str], None]
DEEDS: tuple[Deed, ...] = (Laptop.set_field, Laptop.tag, Laptop.rows, Laptop.undo)
steps = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.none() | st.sampled_from(DEEDS),
        st.integers(0, ENTITIES - 1),
        st.sampled_from(["a", "bb", "c", "Wlz"]),
    ),
    max_size=12,
)


@pytest.fixture
def folders(tmp_path: Path) -> Callable[[], Path]:
    """Gives a folder of its own to each example."""
    numbers = itertools.count()
    return lambda: tmp_path / f"team{next(numbers)}"


def laptops(folder: Path, skews: tuple[int, int]) -> tuple[Laptop, Laptop]:
    """Two profiles that share their spaces; the second has device ids of its own."""
    first, second = folder / "a", folder / "b"
    first.mkdir(parents=True)
    EncryptedStore.create(first, KEY, clock=SkewedClock(0)).close()
    shutil.copytree(first, second)
    made = []
    for number, place in enumerate((first, second)):
        clock = SkewedClock(1_795_345_200_000 + skews[number])
        store = EncryptedStore.open(place, KEY, clock=clock)
        with store.sync() as rows:
            for index, space in enumerate(rows.spaces()):
                rows.put_space(replace(space, device=bytes([number, index]) * 8))
        actor = Actor(f"p{number}", f"Collega {number}", Role.VOORZITTER, "HGL", "JZ24", f"A{'AB'[number]}")
        made.append(Laptop(store, actor, CaseWork(Context(store, clock))))
    return made[0], made[1]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(todo=steps, skews=st.tuples(*[st.sampled_from([0, -(10**9), 10**7])] * 2))
def test_both_end_with_the_same_cases(
    folders: Callable[[], Path], todo: list[tuple[int, Deed | None, int, str]], skews: tuple[int, int]
) -> None:
    pair = laptops(folders(), skews)
    try:
        entities = [one.cases.record(one.actor, Case(hulpvraag="Van het begin")).entity for one in pair]
        for who, deed, which, value in todo:
            if deed is None:
                pair[who].take_from(pair[1 - who])
                continue
            with suppress(InvalidInputError, NotFoundError):
                deed(pair[who], entities[which], value)
        pair[0].take_from(pair[1])
        pair[1].take_from(pair[0])
        assert pair[0].store.state_hash() == pair[1].store.state_hash()
        for entity in entities:
            mine, theirs = (one.cases.open(one.actor, entity) for one in pair)
            assert (mine.case, mine.versions) == (theirs.case, theirs.versions)
            assert mine.case.hulpvraag == "Van het begin", "no undo takes the making of a case away"
        assert [one.store.integrity() for one in pair] == [[], []]
    finally:
        for one in pair:
            one.store.close()
