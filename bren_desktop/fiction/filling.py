"""Fill a profile with fictional cases and pareltjes, through the services that people use. Twice is once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.fiction import around
from bren_desktop.fiction.cases import case
from bren_desktop.fiction.days import ANCHOR
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.experts import expert
from bren_desktop.services.workspace import Workspace

WITH_DOSSIER = 500
"""So many cases get contact moments and consents of their own; more would measure nothing more."""
CONSULTED = 3
"""One in so many pareltjes was consulted in the past year."""


@dataclass(frozen=True, slots=True)
class Filled:
    """How many fictional cases and pareltjes are there now."""

    cases: int
    experts: int


def fill(workspace: Workspace, *, cases: int, experts: int, seed: int) -> Filled:
    """Add what is lacking of the first `cases` cases and `experts` pareltjes of `seed`; nothing that exists changes."""
    told = _fill_cases(workspace, [case(seed, number) for number in range(1, cases + 1)], seed)
    _fill_experts(workspace, experts, seed, told)
    return Filled(cases, experts)


def _fill_cases(workspace: Workspace, wanted: Sequence[Case], seed: int) -> list[str]:
    """Record the cases that are not there yet, oldest first, so that numbers follow dates. Returns their entities."""
    known = _known(workspace, Kind.CASE, [each.extern_id for each in wanted])
    new = sorted((each for each in wanted if each.extern_id not in known), key=_reported)
    entities = workspace.cases.record_all(workspace.actor, new)
    for entity, each in list(zip(entities, new, strict=True))[-WITH_DOSSIER:]:
        _fill_dossier(workspace, entity, each, seed)
    return list(entities)


def _reported(case: Case) -> tuple[date, str]:
    return case.datum_aanmelding or ANCHOR, case.extern_id


def _fill_dossier(workspace: Workspace, entity: str, case: Case, seed: int) -> None:
    dice = Dice(seed, "dossier", case.extern_id)
    today = workspace.context.today()
    for consent in around.consents(dice, case):
        if consent.gegeven_op and consent.gegeven_op <= today:
            workspace.consents.add(workspace.actor, entity, consent)
    for moment in around.contacts(dice, case):
        workspace.dossier.add_contact(workspace.actor, entity, moment)


def _fill_experts(workspace: Workspace, count: int, seed: int, cases: Sequence[str]) -> None:
    wanted = [expert(seed, number) for number in range(1, count + 1)]
    known = _known(workspace, Kind.EXPERT, [each.extern_id for each in wanted])
    new = [each for each in wanted if each.extern_id not in known]
    entities = workspace.pool.record_all(workspace.actor, new)
    for entity, each in list(zip(entities, new, strict=True))[:WITH_DOSSIER:CONSULTED]:
        for consult in around.consults(Dice(seed, "consult", each.extern_id), entity, list(cases)):
            workspace.pool.register_consult(workspace.actor, consult)


def _known(workspace: Workspace, kind: Kind, names: Sequence[str]) -> frozenset[str]:
    """Which of these ids exist already."""
    with workspace.context.store.read() as reader:
        shown = {reader.shown_id(kind, entity) for entity in reader.entities(kind)}
    return frozenset(names) & shown
