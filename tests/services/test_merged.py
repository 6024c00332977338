"""What a colleague's laptop wrote, possibly with another clock or a newer version, in the hands of the services."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import InvalidInputError
from bren_desktop.oplog.operations import Author, Change, Dot, Operation
from bren_desktop.oplog.registers import Registers
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context

COLLEAGUE = Author("p9", "Ali Voorbeeld", "secretaris")
Merge = Callable[..., None]


@pytest.fixture
def merge(context: Context, deliver: Callable[..., list[bool]]) -> Merge:
    """Takes in a colleague's operation on a case; by default from a laptop whose clock is years behind."""
    counter = iter(range(1, 100))

    def take(entity: str, *changes: Change, kind: str = "casus", clock: int = 5) -> None:
        with context.store.read() as reader:
            space = reader.history(entity, 1)[0].space
        dot = Dot(b"colleague", next(counter))
        operation = Operation(dot, clock, space, kind, entity, COLLEAGUE, changes)
        assert deliver(context.store, operation) == [True]

    return take


def registers(context: Context, entity: str) -> Registers:
    with context.store.read() as reader:
        return reader.registers(Kind.CASE, entity)


def test_a_new_case_cannot_be_undone_away_by_a_colleague_with_a_slow_clock(
    cases: CaseWork, chair: Actor, merge: Merge
) -> None:
    opened = cases.record(chair, Case(hulpvraag="Een"))
    merge(opened.entity, Change("wensen", "", "Rust"))
    with pytest.raises(InvalidInputError):
        cases.undo(chair, opened.entity)
    assert cases.open(chair, opened.entity).case.hulpvraag == "Een"


def test_undoing_the_choice_between_two_versions_brings_back_the_one_that_was_shown(
    cases: CaseWork, chair: Actor, context: Context, merge: Merge
) -> None:
    opened = cases.record(chair, Case(hulpvraag="Van mij"))
    merge(opened.entity, Change("hulpvraag", "", "Van Ali"))
    assert cases.open(chair, opened.entity).versions["hulpvraag"][0].value == "Van mij"
    cases.set_field(chair, opened.entity, "hulpvraag", "Samen")
    assert len(registers(context, opened.entity)["hulpvraag", ""].versions) == 1
    cases.undo(chair, opened.entity)
    assert cases.open(chair, opened.entity).case.hulpvraag == "Van mij"


def test_a_case_with_values_of_a_newer_version_opens_and_keeps_them(
    cases: CaseWork, chair: Actor, context: Context, merge: Merge, caplog: pytest.LogCaptureFixture
) -> None:
    opened = cases.record(chair, Case(hulpvraag="Een"))
    merge(opened.entity, Change("wensen", "", {"geheim": 1}), Change("knelpunten", "KP-NIEUW", True))
    case = cases.open(chair, opened.entity).case
    assert (case.hulpvraag, case.wensen, case.knelpunten) == ("Een", "", ("KP-NIEUW",))
    cases.amend(chair, opened.entity, case.model_copy(update={"krachten": "Tekenen"}))
    top = registers(context, opened.entity)["wensen", ""].top
    assert top is not None
    assert top.value == {"geheim": 1}
    assert "wensen" in caplog.text
    assert "geheim" not in caplog.text


def test_the_timeline_leaves_out_what_this_version_does_not_know(cases: CaseWork, chair: Actor, merge: Merge) -> None:
    opened = cases.record(chair, Case(hulpvraag="Een"))
    merge(opened.entity, Change("iets", "", "x"), kind="van-later")
    assert [event.text for event in cases.timeline(chair, opened.entity)] == ["Casus vastgelegd."]
