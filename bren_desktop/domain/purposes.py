"""How a case stands for each purpose of sharing, and which consent is to be asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bren_desktop.domain.ages import birthday
from bren_desktop.domain.cases import Case
from bren_desktop.domain.clocks.levels import service_level
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.deciders import BAND_BIRTHDAYS
from bren_desktop.domain.sharing import GROUP_OF, GROUPS_FOR, State, Verdict, nearness, verdict
from bren_desktop.domain.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands for one purpose. `names`: for whom it holds, where it does not hold for everybody."""

    purpose: str
    verdict: Verdict
    names: tuple[str, ...] = ()


def standings(case: Case, consents: Sequence[Consent], day: date) -> tuple[Standing, ...]:
    """One line per purpose, in the order of the list."""
    return tuple(_standing(case, consents, purpose, day) for purpose in GROUP_OF)


@dataclass(frozen=True, slots=True)
class AskAgain:
    """A consent to ask again: for which purpose, before which day, and the clock that says so (`termijnen`)."""

    purpose: str
    due: date
    clock: str

    @property
    def sentence(self) -> str:
        return f"{service_level(self.clock).text} Het gaat om: {vocabulary('toestemmingsdoelen').label(self.purpose)}."


def prompts(case: Case, consents: Sequence[Consent], day: date) -> tuple[AskAgain, ...]:
    """What is to be asked again: four weeks before it lapses, and from then on until somebody asks."""
    found = []
    for each in standings(case, consents, day):
        until, state = each.verdict.until, each.verdict.state
        if until is None or state not in (State.ALLOWED, State.AGAIN, State.OVER):
            continue
        due = until + timedelta(days=1) if state is State.ALLOWED else until
        clock = _clock(case, due)
        if day >= due - timedelta(days=service_level(clock).ahead):
            found.append(AskAgain(each.purpose, due, clock))
    return tuple(found)


def _standing(case: Case, consents: Sequence[Consent], purpose: str, day: date) -> Standing:
    """For everybody of the purpose, or else for those persons, organisations and groups that the consents name."""
    general = verdict(case, consents, (), purpose, (), day)
    named = sorted({name for each in consents if purpose in each.doelen for name in _names(each, purpose)})
    found = [(name, verdict(case, consents, (), purpose, (name,), day)) for name in named]
    best = min([general, *(each for _, each in found)], key=nearness)
    if best is general:
        return Standing(purpose, general)
    return Standing(purpose, best, tuple(name for name, each in found if each.state is best.state))


def _names(consent: Consent, purpose: str) -> tuple[str, ...]:
    return (*consent.ontvangers, *(group for group in consent.ontvangersgroepen if group in GROUPS_FOR[purpose]))


def _clock(case: Case, due: date) -> str:
    for years in BAND_BIRTHDAYS:
        if case.geboortedatum is not None and birthday(case.geboortedatum, years) == due:
            return f"TM-TOEST-{years}"
    return "TM-TOEST-EINDE"
