"""Fill a profile with fictional cases and pareltjes, through the services that people use. Twice is once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.growing_up import plan_entity
from bren_desktop.domain.letters import PaperRequest
from bren_desktop.domain.rights import Right, require
from bren_desktop.fiction import around
from bren_desktop.fiction.cases import case
from bren_desktop.fiction.course import lived
from bren_desktop.fiction.days import ANCHOR, moved, weeks_until
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.experts import expert
from bren_desktop.fiction.teller import Teller
from bren_desktop.services import below
from bren_desktop.services.context import author
from bren_desktop.services.ports import Writer
from bren_desktop.services.workspace import Workspace

WITH_DOSSIER = 500
"""So many cases get a course of their own; more would measure nothing more."""
_LETTERS = {"ST-AAN": "ontvangstbevestiging", "ST-TRI": "ontvangstbevestiging", "ST-ADV": "adviesbrief"}
CONSULTED = 3
"""One in so many pareltjes was consulted in the past year."""


@dataclass(frozen=True, slots=True)
class Filled:
    """How many fictional cases and pareltjes are there now."""

    cases: int
    experts: int


def fill(workspace: Workspace, *, cases: int, experts: int, seed: int) -> Filled:
    """Add what is lacking of the first `cases` cases and `experts` pareltjes of `seed`; nothing that exists changes.

    It plays in the week in which it is added. All of it, or nothing for a role that may not release letters.
    """
    require(workspace.actor, Right.RELEASE_LETTER)
    by = weeks_until(workspace.context.today())
    pareltjes = _fill_experts(workspace, [moved(expert(seed, number), by) for number in range(1, experts + 1)])
    told = _fill_cases(workspace, [moved(case(seed, number), by) for number in range(1, cases + 1)], seed, pareltjes)
    for entity, name in list(pareltjes.items())[:WITH_DOSSIER:CONSULTED]:
        for consult in around.consults(Dice(seed, "consult", name), entity, told, ANCHOR + by):
            workspace.pool.register_consult(workspace.actor, consult)
    return Filled(cases, experts)


def _fill_cases(workspace: Workspace, wanted: Sequence[Case], seed: int, experts: Mapping[str, str]) -> list[str]:
    """Record the cases that are not there yet, oldest first, so that numbers follow dates. Returns their entities."""
    known = _known(workspace, Kind.CASE, [each.extern_id for each in wanted])
    new = sorted((each for each in wanted if each.extern_id not in known), key=_reported)
    entities = workspace.cases.record_all(workspace.actor, new)
    told = list(zip(entities, new, strict=True))[-WITH_DOSSIER:]
    with workspace.context.store.write(author(workspace.actor)) as writer:
        for entity, each in told:
            _fill_dossier(workspace, writer, entity, each, seed, [*experts])
    for entity, each in told:
        _write_to_the_verwijzer(workspace, entity, each)
    return list(entities)


def _reported(case: Case) -> tuple[date, str]:
    return case.datum_aanmelding or date.max, case.extern_id


def _fill_dossier(
    workspace: Workspace, writer: Writer, entity: str, case: Case, seed: int, experts: Sequence[str]
) -> None:
    """What hangs below a case, in the order in which it happened."""
    context, dice = workspace.context, Dice(seed, "dossier", case.extern_id)
    now = ANCHOR + weeks_until(context.today())

    def file(kind: Kind, record: BaseModel) -> str:
        if kind is not Kind.FUTURE_PLAN:
            return below.file_in(writer, context, kind, entity, record)
        writer.write(kind, plan_entity(entity), flatten(record.model_copy(update={"casus": entity})))
        return plan_entity(entity)

    for consent in around.consents(dice, case, now):
        if consent.gegeven_op and consent.gegeven_op <= now:
            file(Kind.CONSENT, consent)
    for moment in around.contacts(dice, case, now):
        file(Kind.CONTACT, moment)
    lived(Teller(Dice(seed, "verloop", case.extern_id), case, entity, now, workspace.actor.name, experts, file))


def _write_to_the_verwijzer(workspace: Workspace, entity: str, case: Case) -> None:
    """Release the letter that a case is about to need, of most of them."""
    kind = _LETTERS.get(case.status, "")
    if kind and Dice("brief", case.extern_id).chance(0.88):
        letter = workspace.letters.prepare_paper(workspace.actor, kind, entity, PaperRequest())
        if not letter.missing:
            workspace.letters.file(workspace.actor, letter, release=True)


def _fill_experts(workspace: Workspace, wanted: Sequence[Expert]) -> dict[str, str]:
    """Record the pareltjes that are not there yet. Returns the name of each by its entity."""
    known = _known(workspace, Kind.EXPERT, [each.extern_id for each in wanted])
    new = [each for each in wanted if each.extern_id not in known]
    entities = workspace.pool.record_all(workspace.actor, new)
    return {entity: each.extern_id for entity, each in zip(entities, new, strict=True)}


def _known(workspace: Workspace, kind: Kind, names: Sequence[str]) -> frozenset[str]:
    """Which of these ids exist already."""
    with workspace.context.store.read() as reader:
        shown = {reader.shown_id(kind, entity) for entity in reader.entities(kind)}
    return frozenset(names) & shown
