"""The course of a fictional case: the steps that brought it where it is, and what each of them rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from bren_desktop.domain.advice import PointRow
from bren_desktop.domain.aftercare import FuturePlan
from bren_desktop.domain.cases import known_age
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.life import step_to
from bren_desktop.domain.requests import Request, Sort
from bren_desktop.domain.states import ENDED, State
from bren_desktop.domain.transitions import Transition
from bren_desktop.fiction import afterwards, table
from bren_desktop.fiction.teller import Teller, worked

S = State
_TO_ADVICE = (S.TRIAGE, S.TEAM, S.DISCUSSED, S.ADVISED)
_PATHS: Mapping[str, tuple[State, ...]] = {
    S.REGISTERED: (),
    S.TRIAGE: (S.TRIAGE,),
    S.AWAITING: (S.TRIAGE, S.AWAITING),
    S.DECLINED: (S.TRIAGE, S.DECLINED),
    S.TEAM: (S.TRIAGE, S.TEAM),
    S.AGENDA: (S.TRIAGE, S.TEAM, S.AGENDA),
    S.DISCUSSED: (S.TRIAGE, S.TEAM, S.DISCUSSED),
    S.DEPLOYED: (S.TRIAGE, S.TEAM, S.DEPLOYED),
    S.ADVISED: _TO_ADVICE,
    S.CARRIED_OUT: (*_TO_ADVICE, S.CARRIED_OUT),
    S.MONITORED: (*_TO_ADVICE, S.CARRIED_OUT, S.MONITORED),
    S.CLOSED: (*_TO_ADVICE, S.CARRIED_OUT, S.MONITORED, S.CLOSED),
    S.REOPENED: (*_TO_ADVICE, S.CARRIED_OUT, S.MONITORED, S.CLOSED, S.REOPENED),
}
_STAYS: Mapping[str, tuple[int, int]] = {
    S.TRIAGE: (0, 3),
    S.AWAITING: (0, 6),
    S.DECLINED: (5, 250),
    S.TEAM: (0, 11),
    S.AGENDA: (0, 11),
    S.DISCUSSED: (0, 5),
    S.DEPLOYED: (1, 40),
    S.ADVISED: (0, 10),
    S.CARRIED_OUT: (2, 75),
    S.MONITORED: (3, 330),
    S.CLOSED: (3, 620),
    S.REOPENED: (0, 3),
}
"""How many days a case has been in each state."""
_FROM = {S.CARRIED_OUT, S.MONITORED, S.CLOSED, S.REOPENED}


def lived(teller: Teller) -> None:
    """File what happened to a case since it was reported; a concept has nothing behind it."""
    case = teller.case
    if case.status not in _PATHS or case.datum_aanmelding is None:
        return
    _Course(teller, case.datum_aanmelding).run()
    if case.status not in ENDED:
        _plan(teller)
        _ask(teller)


class _Course:
    """One case on its way."""

    def __init__(self, teller: Teller, reported: date) -> None:
        self._teller, self._reported = teller, reported
        self._state = State.CONCEPT
        self._discussion, self._advice = "", ""
        self._points: tuple[PointRow, ...] = ()

    def run(self) -> None:
        self._step(State.REGISTERED, self._reported)
        path = _PATHS[self._teller.case.status]
        days = self._days(path)
        for state, day in zip(path, days, strict=True):
            self._rest_on(state, day)
            self._step(state, day)
        if days:
            self._stay(days[-1])

    def _days(self, path: tuple[State, ...]) -> list[date]:
        """A day for each step, from the aanmelding to when the case came to where it is."""
        if not path:
            return []
        last = max(self._teller.ago(*_STAYS[path[-1]]), self._reported)
        between = (last - self._reported).days
        return [
            *(worked(self._reported + timedelta(days=between * place // len(path))) for place in range(1, len(path))),
            last,
        ]

    def _rest_on(self, state: State, day: date) -> None:
        teller = self._teller
        if state is State.DISCUSSED:
            self._discussion = table.discussed(teller, day)
        elif state is State.DEPLOYED:
            afterwards.deployed(teller, day)
        elif state is State.ADVISED:
            self._advice, self._points = table.advised(teller, self._discussion, day, released=True)
        elif state is State.MONITORED:
            afterwards.followed(teller, self._advice, self._points, day)
        elif state is State.CLOSED:
            afterwards.closed(teller, day, confirmed=True)

    def _stay(self, since: date) -> None:
        """What happened while the case was where it is."""
        teller = self._teller
        if self._state is State.DISCUSSED and teller.dice.chance(0.6):
            table.advised(teller, self._discussion, teller.now, released=False)
        elif self._state is State.CARRIED_OUT:
            afterwards.carried_out(teller, self._advice, self._points, since)
            afterwards.beside(teller)
        elif self._state is State.MONITORED:
            afterwards.monitored(teller, self._advice, self._points, since)
            if teller.dice.chance(0.03):
                afterwards.closed(teller, teller.now, confirmed=False)
        elif self._state is State.CLOSED:
            afterwards.talked(teller, since)

    def _step(self, target: State, day: date) -> None:
        teller, step = self._teller, step_to(self._state, target)
        made = Transition(
            van=self._state.value,
            naar=target.value,
            op=max(day, self._reported),
            door=teller.case.behandelaar,
            besluit=teller.chair if step is not None and step.decides else "",
            verwijzer_akkoord=True if target is State.CARRIED_OUT else None,
            toestemming_nagekeken=True if target is State.REOPENED else None,
        )
        teller.file(Kind.TRANSITION, made.model_copy(update=_said(teller, target)))
        self._state = target


def _said(teller: Teller, target: State) -> dict[str, str]:
    """What people wrote with a step that asks for words."""
    if target is State.AWAITING:
        return {"reden": teller.say("aanvulling"), "wacht_op": teller.case.verwijzer_naam or "de verwijzer"}
    if target is State.DECLINED:
        return {"reden": teller.say("afgewezen"), "doorgeleid_naar": teller.say("doorgeleid")}
    return {"reden": teller.say("heropend")} if target is State.REOPENED else {}


def _plan(teller: Teller) -> None:
    """The Big 5 of most who are 16 or nearly so."""
    age = known_age(teller.case, teller.now + timedelta(days=35))
    if age is not None and age >= 16 and teller.dice.chance(0.9):
        teller.file(Kind.FUTURE_PLAN, FuturePlan(doorgenomen_op=teller.ago(1, 30), plan=teller.say("toekomst")))


def _ask(teller: Teller) -> None:
    """A family now and then asks to see the file."""
    if teller.case.status not in _FROM or not teller.dice.chance(0.015):
        return
    asked = Request(
        soort=Sort.SEE.value,
        door="Een van de ouders",
        relatie="TG-OUDER1",
        ontvangen_op=teller.ago(5, 25),
        inhoud=teller.say("verzoek"),
        identiteit="rijbewijs, aan de balie",
    )
    teller.file(Kind.REQUEST, asked)
