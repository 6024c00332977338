"""`bren case move`: a case to its next state, with the records in the same file that the step asks for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from bren_desktop.cli import steps
from bren_desktop.cli.files import read_object
from bren_desktop.cli.hand_over_commands import HAND_OVER, hand_over
from bren_desktop.cli.output import show
from bren_desktop.cli.session import unlocked
from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.advising import RELEASE
from bren_desktop.domain.aftercare import Deployment
from bren_desktop.domain.closing import Closing, Lesson
from bren_desktop.domain.dutch import listing
from bren_desktop.domain.following import FollowUpSheet
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.states import State
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError, UserFacingError
from bren_desktop.services.closing import DECIDED
from bren_desktop.services.context import local_day
from bren_desktop.services.parsing import parse_strict
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import WallClock

_PROPOSED = ("voorgesteld_op", "voorgesteld_door", "voorgesteld_door_id")


class StepRefusedError(UserFacingError):
    """The step was refused after records of the file were recorded."""

    def __init__(self, reason: UserFacingError, filed: Mapping[str, str]) -> None:
        super().__init__(
            "{reden} Wat in het bestand stond over {wat}, is wel vastgelegd.", reden=reason, wat=listing(list(filed))
        )


def move(options: Namespace) -> None:
    """Bring a case to another state."""
    state = vocabulary("casusstatus").find(options.state)
    if state is None:
        labels = listing([term.label for term in vocabulary("casusstatus")])
        raise InvalidInputError("Deze status is niet bekend. Kies uit: {namen}.", field="status", namen=labels)
    said = dict(read_object(options.file, steps.LARGEST_FILE)) if options.file else {}
    if state == State.TRANSFERRED and HAND_OVER in said:
        hand_over(options, said)
        return
    today = local_day(WallClock().now_ms())
    records = {name: _record(name, said.pop(name), today) for name in _MODELS if name in said}
    details = steps.details(said, today)
    with unlocked(options) as workspace:
        case = workspace.cases.open(workspace.actor, options.case).entity
        filed: dict[str, str] = {}
        try:
            if _leads_to(workspace, case, state):
                for name, record in records.items():
                    for entity in _FILE[name](workspace, case, record):
                        filed[name] = entity
            workspace.life.move(workspace.actor, case, state, details)
        except UserFacingError as error:
            if filed:
                raise StepRefusedError(error, filed) from error
            raise
        after = steps.where_it_is(workspace, case)
    show(options, {**after, **filed})


def _leads_to(workspace: Workspace, case: str, state: str) -> bool:
    """Whether there is such a step, whoever makes it: if not, nothing is recorded."""
    return any(option.step.target == state for option in workspace.life.steps(workspace.actor, case))


def _record(name: str, raw: object, today: date) -> BaseModel:
    if not isinstance(raw, dict):
        raise InvalidInputError("{veld} moet een JSON-object zijn.", field=name, veld=name)
    own = next((field for field in raw if field in _OWN[name]), None)
    if own:
        raise steps.filled_in(f"{name}.{own}")
    return parse_strict(_MODELS[name], raw, today=today)


def _discussion(workspace: Workspace, case: str, record: Discussion) -> Iterator[str]:
    yield workspace.advising.add_discussion(workspace.actor, case, record)


def _advice(workspace: Workspace, case: str, record: Advice) -> Iterator[str]:
    """Record the advice on the last discussion, and release it: that is what the step to advies is."""
    require(workspace.actor, Right.RELEASE_ADVICE)
    found = workspace.advising.of(workspace.actor, case)
    held = next((each.entity for each in found.discussions), "")
    whole = record.model_copy(update={"bespreking": record.bespreking or held})
    lacking = found.missing(whole, workspace.context.today())
    if lacking:
        sentences = " ".join(each.sentence for each in lacking)
        raise InvalidInputError("{zinnen} Het advies is niet vastgelegd.", field=lacking[0].field, zinnen=sentences)
    entity = workspace.advising.add_advice(workspace.actor, case, whole)
    yield entity
    workspace.advising.release(workspace.actor, entity)


def _deployment(workspace: Workspace, case: str, record: Deployment) -> Iterator[str]:
    expert = workspace.pool.open(workspace.actor, record.expert).entity if record.expert else ""
    yield workspace.aftercare.request_expert(workspace.actor, case, record.model_copy(update={"expert": expert}))


def _follow_up(workspace: Workspace, case: str, record: FollowUpSheet) -> Iterator[str]:
    """Record what came of the points, which a file calls 1, 2 and so on, and of the plans by their letter."""
    standing = {str(n): each for n, each in enumerate(workspace.aftercare.standings(workspace.actor, case), 1)}
    points = tuple(
        row.model_copy(update={"id": standing[row.id].point.id}) if row.id in standing else row
        for row in record.opvolging
    )
    advice = next((each.advies for each in standing.values()), "")
    sheet = record.model_copy(update={"advies": record.advies or advice, "opvolging": points})
    yield " ".join(workspace.aftercare.follow_up(workspace.actor, case, sheet))


def _lesson(workspace: Workspace, case: str, record: Lesson) -> Iterator[str]:
    yield workspace.closing.add_lesson(workspace.actor, case, record)


def _closing(workspace: Workspace, case: str, record: Closing) -> Iterator[str]:
    """Propose the closing, or confirm what a colleague proposed; a witness confirms in a team of one laptop."""
    found = workspace.closing.of(workspace.actor, case)
    if found.closing is not None and record == Closing():
        workspace.closing.confirm(workspace.actor, found.entity)
        yield found.entity
        return
    entity = workspace.closing.propose(workspace.actor, case, record)
    yield entity
    if record.getuige:
        workspace.closing.confirm_with_witness(workspace.actor, entity, record.getuige)


_MODELS: Mapping[str, type[BaseModel]] = {
    "bespreking": Discussion,
    "advies": Advice,
    "inzet": Deployment,
    "opvolging": FollowUpSheet,
    "leerpunt": Lesson,
    "afsluiting": Closing,
}
"""What a file may hold beside the step, in the order in which it is recorded."""
_OWN: Mapping[str, frozenset[str]] = {
    "bespreking": frozenset({"casus"}),
    "advies": frozenset({"casus", "vervangt", *RELEASE}),
    "inzet": frozenset({"casus"}),
    "opvolging": frozenset(),
    "leerpunt": frozenset({"casus"}),
    "afsluiting": frozenset({"casus", "ronde", *_PROPOSED, *DECIDED}) - {"getuige"},
}
"""What the program fills in itself, and a file may not."""
_FILE: Mapping[str, Callable[[Workspace, str, Any], Iterator[str]]] = {
    "bespreking": _discussion,
    "advies": _advice,
    "inzet": _deployment,
    "opvolging": _follow_up,
    "leerpunt": _lesson,
    "afsluiting": _closing,
}
"""How each is recorded: every function gives the entity as soon as there is one, so that what stays is known."""
