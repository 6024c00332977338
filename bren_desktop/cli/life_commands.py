"""`bren case move`: a case to its next state, with the records in the same file that the step asks for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from bren_desktop.cli.files import read_object
from bren_desktop.cli.output import show
from bren_desktop.cli.session import unlocked
from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.aftercare import Deployment
from bren_desktop.domain.closing import Closing, Lesson
from bren_desktop.domain.dutch import listing
from bren_desktop.domain.following import FollowUpSheet
from bren_desktop.domain.transitions import Transition
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError, UserFacingError
from bren_desktop.services.context import local_day
from bren_desktop.services.parsing import parse_strict
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import WallClock

_LARGEST_FILE = 2_000_000
_FILLED_IN = ("casus", "naar", "door", "besluit")


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
    said = dict(read_object(options.file, _LARGEST_FILE)) if options.file else {}
    today = local_day(WallClock().now_ms())
    records = {name: _record(name, said.pop(name), today) for name in _MODELS if name in said}
    details = _details(said, today)
    with unlocked(options) as workspace:
        case = workspace.cases.open(workspace.actor, options.case).entity
        filed: dict[str, str] = {}
        try:
            if _may_come_to(workspace, case, state):
                for name, record in records.items():
                    filed[name] = _FILE[name](workspace, case, record)
            workspace.life.move(workspace.actor, case, state, details)
        except UserFacingError as error:
            if filed:
                raise StepRefusedError(error, filed) from error
            raise
        after = workspace.cases.open(workspace.actor, case)
        day = workspace.life.history(workspace.actor, case)[0][1].op
    result = {"id": after.id, "nummer": after.case.nummer, "status": after.case.status, "op": day and day.isoformat()}
    show(options, {**result, **filed})


def _may_come_to(workspace: Workspace, case: str, state: str) -> bool:
    """Whether there is such a step for this role: if not, nothing need be recorded to find out."""
    options = workspace.life.steps(workspace.actor, case)
    return any(option.allowed and option.step.target == state for option in options)


def _details(said: Mapping[str, object], today: date) -> Transition:
    own = next((name for name in _FILLED_IN if name in said), None)
    if own:
        raise InvalidInputError("{veld} vult het programma zelf in. Haal dat uit het bestand.", field=own, veld=own)
    return parse_strict(Transition, said, today=today)


def _record(name: str, raw: object, today: date) -> BaseModel:
    if not isinstance(raw, dict):
        raise InvalidInputError("{veld} moet een JSON-object zijn.", field=name, veld=name)
    return parse_strict(_MODELS[name], raw, today=today)


def _discussion(workspace: Workspace, case: str, record: Discussion) -> str:
    return workspace.advising.add_discussion(workspace.actor, case, record)


def _advice(workspace: Workspace, case: str, record: Advice) -> str:
    """Record the advice on the last discussion, and release it: that is what the step to advies is."""
    found = workspace.advising.of(workspace.actor, case)
    held = next((each.entity for each in found.discussions), "")
    whole = record.model_copy(update={"bespreking": record.bespreking or held})
    lacking = found.missing(whole, workspace.context.today())
    if lacking:
        sentences = " ".join(each.sentence for each in lacking)
        raise InvalidInputError("{zinnen} Het advies is niet vastgelegd.", field=lacking[0].field, zinnen=sentences)
    entity = workspace.advising.add_advice(workspace.actor, case, whole)
    workspace.advising.release(workspace.actor, entity)
    return entity


def _deployment(workspace: Workspace, case: str, record: Deployment) -> str:
    expert = workspace.pool.open(workspace.actor, record.expert).entity if record.expert else ""
    return workspace.aftercare.request_expert(workspace.actor, case, record.model_copy(update={"expert": expert}))


def _follow_up(workspace: Workspace, case: str, record: FollowUpSheet) -> str:
    """Record what came of the points, which a file calls 1, 2 and so on."""
    standing = {str(n): each for n, each in enumerate(workspace.aftercare.standings(workspace.actor, case), 1)}
    points = tuple(
        row.model_copy(update={"id": standing[row.id].point.id}) if row.id in standing else row
        for row in record.opvolging
    )
    advice = next((each.advies for each in standing.values()), "")
    sheet = record.model_copy(update={"advies": record.advies or advice, "opvolging": points})
    return " ".join(workspace.aftercare.follow_up(workspace.actor, case, sheet))


def _lesson(workspace: Workspace, case: str, record: Lesson) -> str:
    return workspace.closing.add_lesson(workspace.actor, case, record)


def _closing(workspace: Workspace, case: str, record: Closing) -> str:
    """Propose the closing, or confirm what a colleague proposed; a witness confirms in a team of one laptop."""
    found = workspace.closing.of(workspace.actor, case)
    if found.closing is not None and record == Closing():
        workspace.closing.confirm(workspace.actor, found.entity)
        return found.entity
    entity = workspace.closing.propose(workspace.actor, case, record)
    if record.getuige:
        workspace.closing.confirm_with_witness(workspace.actor, entity, record.getuige)
    return entity


_MODELS: Mapping[str, type[BaseModel]] = {
    "bespreking": Discussion,
    "advies": Advice,
    "inzet": Deployment,
    "opvolging": FollowUpSheet,
    "leerpunt": Lesson,
    "afsluiting": Closing,
}
"""What a file may hold beside the step, in the order in which it is recorded."""
_FILE: Mapping[str, Callable[[Workspace, str, Any], str]] = {
    "bespreking": _discussion,
    "advies": _advice,
    "inzet": _deployment,
    "opvolging": _follow_up,
    "leerpunt": _lesson,
    "afsluiting": _closing,
}
