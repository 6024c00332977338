"""What hangs below fictional cases and pareltjes: consents, contact moments and consults."""

from __future__ import annotations

from datetime import date, timedelta

from bren_desktop.domain.cases import Case, known_age
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.deciders import deciders
from bren_desktop.domain.records import Consult, ContactMoment
from bren_desktop.domain.states import ENDED
from bren_desktop.fiction.banks import bank
from bren_desktop.fiction.days import ANCHOR, recent
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.names import pronouns
from bren_desktop.fiction.phrases import phrase

_MINUTES = (15, 20, 30, 30, 45, 60, 90)
_FORMS = ("IV-TEL", "IV-TEL", "IV-TAFEL", "IV-SO", "IV-LOOP")


def consents(dice: Dice, case: Case, now: date = ANCHOR) -> list[Consent]:
    """The consent of a case that has one: for the regional team, mostly also for a pareltje, valid for a year.

    Of a case that is open it was mostly asked anew before it ends, and for who turned 12 or 16.
    """
    if case.toestemming_status != "TS-JA" or case.datum_aanmelding is None:
        return []
    purposes = ["TD-A", *(["TD-C"] if dice.chance(0.75) else []), *(["TD-B"] if dice.chance(0.4) else [])]
    given = min(case.datum_aanmelding + timedelta(days=dice.between(0, 9)), now)
    form = "TV-SCHR" if dice.chance(0.7) else "TV-MOND"
    days = [given]
    if case.status not in ENDED and _lapses(case, given, now) and dice.chance(0.93):
        days.append(max(given, recent(dice, 1, 25, now)))
    return [
        Consent(
            doelen=tuple(purposes),
            gevers=deciders(case, day).ways[0],
            gegeven_op=day,
            geldig_tot=day + timedelta(days=364),
            vorm=form,
        )
        for day in days
    ]


def _lapses(case: Case, given: date, now: date) -> bool:
    """Whether a consent of that day ends soon, or somebody else has to give it."""
    soon = now + timedelta(days=35)
    ages = [known_age(case, day) or 0 for day in (given, soon)]
    return soon > given + timedelta(days=364) or any(ages[0] < age <= ages[1] for age in (12, 16))


def contacts(dice: Dice, case: Case, now: date = ANCHOR) -> list[ContactMoment]:
    """The contact moments since a case was reported, oldest first."""
    if case.datum_aanmelding is None:
        return []
    age_in_days = max(0, (now - case.datum_aanmelding).days)
    kinds = dice.some(bank("rondom")["contact"], dice.between(0, min(4, 1 + age_in_days // 14)))
    days = sorted(recent(dice, 0, age_in_days, now) for _ in kinds)
    words = {"roepnaam": case.roepnaam or "de jeugdige", **pronouns(case.geslacht)}
    return [
        ContactMoment(
            datum=max(day, case.datum_aanmelding),
            vorm=kind["vorm"],
            met=_with(dice, case, kind["met"]),
            tekst=phrase(dice.pick(kind["teksten"])).said(dice, words),
        )
        for day, kind in zip(days, kinds, strict=True)
    ]


def consults(dice: Dice, expert: str, cases: list[str], now: date = ANCHOR) -> list[Consult]:
    """The consults of a pareltje in the past year; some belong to a case, some do not."""
    return [
        Consult(
            expert=expert,
            casus=dice.pick(cases) if cases and dice.chance(0.6) else "",
            datum=recent(dice, 3, 330, now),
            minuten=dice.pick(_MINUTES),
            inzetvorm=dice.pick(_FORMS),
        )
        for _ in range(dice.between(1, 2))
    ]


def _with(dice: Dice, case: Case, people: list[str]) -> str:
    wanted = dice.pick(people)
    if wanted == "verwijzer":
        return case.verwijzer_naam or wanted
    if wanted == "jeugdige":
        return case.roepnaam or wanted
    return next((row.naam for row in case.betrokkenen if row.relatie == wanted), wanted)
