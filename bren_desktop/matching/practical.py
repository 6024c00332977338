"""The practical criteria: availability, region, age and framework agreement."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.matching.candidate import Candidate, Profile
from bren_desktop.matching.question import Question
from bren_desktop.matching.regions import Nearness
from bren_desktop.matching.verdicts import UNKNOWN, Verdict, listed

Near = Callable[[str, str], Nearness]
DIRECT, LIMITED, FROM, NOT = "BS-DIRECT", "BS-BEPERKT", "BS-VANAF", "BS-NIET"
AGE_MARGIN = 1
AGE_GATE = 0.25
_BY_NEARNESS = {Nearness.SAME: 1.0, Nearness.ADJACENT: 0.8, Nearness.NETWORK: 0.6, Nearness.ELSEWHERE: 0.0}
_NATIONAL = 0.9
_WHERE = {
    Nearness.ADJACENT: "Uit een buurregio",
    Nearness.NETWORK: "Uit hetzelfde landsdeel",
    Nearness.ELSEWHERE: "Uit een ander landsdeel",
}

_DENIED = re.compile(r"(?:nee|geen|niet)\b", re.IGNORECASE)


def available_from(row: Candidate, today: date) -> date | None:
    """The day from which an expert who is away can be asked; None for who is available and for who has no date."""
    if row.afwezig_tot is None and row.beschikbaar_vanaf is None:
        return None
    starts = None if row.beschikbaarheid in (DIRECT, LIMITED) else row.beschikbaar_vanaf
    later = [day for day in (row.afwezig_tot, starts) if day and day > today]
    return max(later) if later and row.beschikbaarheid != NOT else None


def is_available(row: Candidate, today: date) -> bool:
    """Whether an expert can be asked on `today`; unknown counts as available."""
    return row.beschikbaarheid != NOT and available_from(row, today) is None


class Availability:
    """Can the expert be asked now?"""

    name = "beschikbaarheid"
    highest = 1.0

    def __init__(self, question: Question, today: date) -> None:
        self._limited = 0.6 if question.urgent else 0.8
        self._today = today

    def value(self, profile: Profile) -> float:
        row = profile.row
        if not is_available(row, self._today):
            return 0.0
        if row.beschikbaarheid == DIRECT:
            return 1.0
        if row.beschikbaarheid == LIMITED:
            return self._limited
        return 1.0 if row.beschikbaar_vanaf and row.beschikbaarheid in ("", FROM) else UNKNOWN

    def judge(self, profile: Profile) -> tuple[Verdict, str]:
        row = profile.row
        if row.beschikbaarheid == NOT:
            return Verdict.MISMATCH, "Niet beschikbaar."
        later = available_from(row, self._today)
        if later:
            sure = row.beschikbaarheid in (DIRECT, LIMITED) or row.beschikbaar_vanaf
            told = "wel vanaf" if sure else "op zijn vroegst vanaf"
            return Verdict.MISMATCH, f"Nu niet beschikbaar, {told} {short_date(later)}."
        hours = f", {row.uren_per_maand} uur per maand" if row.uren_per_maand else ""
        if row.beschikbaarheid == LIMITED:
            return Verdict.MATCH, f"Beperkt beschikbaar{hours}."
        if self.value(profile) == UNKNOWN:
            return Verdict.UNKNOWN, "Het profiel zegt niet of deze expert nu beschikbaar is."
        return Verdict.MATCH, f"Direct beschikbaar{hours}."


class Region:
    """Is the expert near? Experts who work anywhere, or in this region too, do not lose by distance."""

    name = "regio"

    def __init__(self, question: Question, near: Near) -> None:
        self._region = question.region if question.region in vocabulary("jeugdregios") else ""
        self.highest = 1.0 if self._region else UNKNOWN
        self._near = near
        self._known: dict[tuple[str, ...], Nearness] = {}

    def value(self, profile: Profile) -> float:
        row = profile.row
        if not self._region or not self._says_where(row):
            return UNKNOWN
        value = _BY_NEARNESS[self.nearness(row)]
        return max(value, _NATIONAL) if row.landelijk_inzetbaar else value

    def judge(self, profile: Profile) -> tuple[Verdict, str]:
        row = profile.row
        if not self._region:
            return Verdict.UNKNOWN, "De regio van de casus is nog niet bekend."
        if not self._says_where(row):
            return Verdict.UNKNOWN, "Het profiel zegt niet waar deze expert werkt."
        where = vocabulary("jeugdregios").label
        near = self.nearness(row)
        if row.landelijk_inzetbaar and near is not Nearness.SAME:
            return Verdict.MATCH, "Landelijk inzetbaar."
        if self._region in places(row):
            return Verdict.MATCH, f"Werkt in {where(self._region)}, de regio van de casus."
        verdict = Verdict.MISMATCH if near is Nearness.ELSEWHERE else Verdict.MATCH
        so_near = [where(place) for place in places(row) if self._near(self._region, place) is near]
        return verdict, f"{_WHERE[near]}: {listed(so_near)}."

    def nearness(self, row: Candidate) -> Nearness:
        """How near the expert works to the case."""
        if not self._region:
            return Nearness.ELSEWHERE
        where = places(row)
        if where not in self._known:
            near = [self._near(self._region, place) for place in where]
            self._known[where] = max(near, default=Nearness.ELSEWHERE)
        return self._known[where]

    @staticmethod
    def _says_where(row: Candidate) -> bool:
        return bool(places(row) or row.landelijk_inzetbaar)


class Age:
    """Does the expert work with this age? Near-hard: beyond a margin of one year the whole score drops."""

    name = "leeftijd"

    def __init__(self, question: Question) -> None:
        self._age = question.age
        self.highest = UNKNOWN if question.age is None else 1.0

    def value(self, profile: Profile) -> float:
        years = self._years_outside(profile.row)
        if years is None:
            return UNKNOWN
        if years == 0:
            return 1.0
        return 0.7 if years <= AGE_MARGIN else 0.0

    def gate(self, _profile: Profile, value: float) -> float:
        return 1.0 if value else AGE_GATE

    def judge(self, profile: Profile) -> tuple[Verdict, str]:
        years = self._years_outside(profile.row)
        if self._age is None:
            return Verdict.UNKNOWN, "De leeftijd van de jeugdige is nog niet bekend."
        if years is None:
            return Verdict.UNKNOWN, "Het profiel noemt geen leeftijdsgroep."
        group = _age_group(profile.row)
        if years == 0:
            return Verdict.MATCH, f"Werkt met {group}; de jeugdige is {self._age} jaar."
        if years <= AGE_MARGIN:
            return Verdict.MATCH, f"Werkt met {group}; de jeugdige is {self._age} jaar, een jaar daarbuiten."
        return Verdict.MISMATCH, f"Werkt met {group}; de jeugdige is {self._age} jaar."

    def _years_outside(self, row: Candidate) -> int | None:
        low, high = row.leeftijd_van, row.leeftijd_tot
        if self._age is None or (low is None and high is None):
            return None
        below = low - self._age if low is not None else 0
        above = self._age - high if high is not None else 0
        return max(0, below, above)


class Agreement:
    """Is there a framework agreement? A warning more than a reason to rank."""

    name = "raamovereenkomst"
    highest = 1.0

    def value(self, profile: Profile) -> float:
        stated = profile.row.raamovereenkomst
        return UNKNOWN if not stated else float(not _DENIED.match(stated))

    def judge(self, profile: Profile) -> tuple[Verdict, str]:
        value = self.value(profile)
        if value == UNKNOWN:
            return Verdict.UNKNOWN, "Het profiel zegt niet of er een raamovereenkomst is."
        if value:
            return Verdict.MATCH, "Het profiel noemt een raamovereenkomst."
        return Verdict.MISMATCH, "Let op: volgens het profiel is er geen raamovereenkomst."


def places(row: Candidate) -> tuple[str, ...]:
    """The regions where an expert works, their own first; not what no list knows, which lies anywhere."""
    return _listed((row.regio, *row.regios))


@lru_cache(maxsize=4096)
def _listed(regions: tuple[str, ...]) -> tuple[str, ...]:
    known = vocabulary("jeugdregios")
    return tuple(dict.fromkeys(region for region in regions if region in known))


def _age_group(row: Candidate) -> str:
    if row.leeftijd_van is None:
        return f"jeugdigen tot en met {row.leeftijd_tot} jaar"
    if row.leeftijd_tot is None:
        return f"jeugdigen vanaf {row.leeftijd_van} jaar"
    return f"{row.leeftijd_van} tot en met {row.leeftijd_tot} jaar"
