"""Ranking: weighted criteria into one score with an absolute meaning, and the order that follows from it.

A score depends on the case and this expert alone, never on who else is in the pool:

- 0.80 and up: expertise, domain, age and availability all fit;
- 0.50 to 0.80: the expertise fits and something else is unknown or less good, or it fits in part;
- under 0.40: at most a weak hint; not to be proposed without a look at the profile.

Expertise, an age outside the group, a stated wish that is not met, and a missing mandate for a question about
regie, money or law lower the whole score (the gates of the criteria); everything else only adds its share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from heapq import nsmallest
from itertools import chain, islice
from types import MappingProxyType
from typing import NamedTuple

from bren_desktop.matching.asked import Mandate, Safety, Wishes
from bren_desktop.matching.candidate import Profile
from bren_desktop.matching.content import Domain, Expertise
from bren_desktop.matching.earlier import Earlier, Past
from bren_desktop.matching.pool import Pool
from bren_desktop.matching.practical import Age, Agreement, Availability, Near, Region, is_available
from bren_desktop.matching.question import Question
from bren_desktop.matching.regions import nearness
from bren_desktop.matching.verdicts import Criterion, Gate, Judgement

WEIGHTS: Mapping[str, float] = {
    "expertise": 0.43,
    "domein": 0.14,
    "beschikbaarheid": 0.10,
    "regio": 0.08,
    "mandaat": 0.07,
    "wensen": 0.05,
    "leeftijd": 0.05,
    "eerdere_inzet": 0.05,
    "raamovereenkomst": 0.03,
    "veiligheid": 0.0,
}
"""The share of each criterion; together 1 (requirements 6.1, docs/decisions/0006-matching.md)."""


NEVER: Mapping[str, Past] = MappingProxyType({})
TELLING = 0.02
"""What somebody else must gain on a criterion for it to be told as the difference."""
STEP = 0.0001
"""Scores go up by this much."""
AT_ONCE = 100
"""How many profiles are looked at before it is asked again whether the rest can still come in."""


class Ranked(NamedTuple):
    """An expert with the score for one question."""

    profile: Profile
    score: float
    available: bool


class Ranking:
    """The criteria of one question, ready to be asked about any number of experts."""

    def __init__(
        self,
        question: Question,
        today: date,
        weights: Mapping[str, float] = WEIGHTS,
        near: Near = nearness,
        past: Mapping[str, Past] = NEVER,
    ) -> None:
        self.question = question
        self._region = Region(question, near)
        self._earlier = Earlier(past)
        self._today = today
        self._expertise = Expertise(question), weights["expertise"]
        gates: tuple[Gate, ...] = (Age(question), Wishes(question), Mandate(question), Safety(question))
        others: tuple[Criterion, ...] = (
            *(Domain(question), Availability(question, today), self._region),
            *(self._earlier, Agreement()),
        )
        self._gates = [(criterion, weights[criterion.name]) for criterion in gates]
        self._others = [(criterion, weights[criterion.name]) for criterion in others]

    def score(self, profile: Profile) -> float:
        """How well this expert fits, from 0 to 1, in steps of `STEP`."""
        return self._score(profile, self._expertise[0].value(profile))

    def _score(self, profile: Profile, fit: float) -> float:
        expertise, weight = self._expertise
        total, factor = weight * fit, expertise.gate(profile, fit)
        for gate, weight in self._gates:
            value = gate.value(profile)
            total += weight * value
            factor *= gate.gate(profile, value)
        for criterion, weight in self._others:
            total += weight * criterion.value(profile)
        return round(total * factor, 4)

    def order(self, profiles: Iterable[Profile]) -> list[Ranked]:
        """Who is available first, then the best; equals by who was asked longest ago, nearness, and then content."""
        return sorted(self._ranked(profiles), key=self._key)

    def best(self, pool: Pool, limit: int) -> list[Ranked]:
        """The first `limit` of `order`; who cannot come among them is not looked at."""
        best: list[Ranked] = []
        for able in (True, False):
            if len(best) < limit:
                everybody = self._expertise[0].in_order(pool)
                waiting = (one for one in everybody if is_available(one[1].row, self._today) is able)
                best += self._best(waiting, limit - len(best))
        return best

    def _best(self, waiting: Iterator[tuple[float, Profile]], limit: int) -> list[Ranked]:
        """The first `limit` of people who are all available, or all away, and wait in the order of their expertise."""
        best: list[Ranked] = []
        while some := list(islice(waiting, AT_ONCE)):
            if len(best) == limit and self._highest(*some[0]) < best[-1].score:
                break
            looked_at = (self._rated(profile, value) for value, profile in some)
            best = nsmallest(limit, chain(best, looked_at), key=self._key)
        return best

    def _highest(self, fit: float, profile: Profile) -> float:
        """What somebody of this expertise scores when everything else is at its best."""
        expertise, weight = self._expertise
        others = sum(share * criterion.highest for criterion, share in (*self._gates, *self._others))
        return (weight * fit + others) * expertise.gate(profile, fit) + STEP

    def judgements(self, profile: Profile) -> tuple[Judgement, ...]:
        """What each criterion says about this expert: what speaks against putting them on top, then the heaviest."""
        every: list[tuple[Criterion, float]] = [self._expertise, *self._gates, *self._others]
        weighted = sorted(every, key=lambda pair: -pair[1])
        judged = [Judgement(criterion.name, *criterion.judge(profile)) for criterion, _ in weighted]
        return tuple(sorted(judged, key=lambda one: not one.warns))

    def behind(self, one: Profile, other: Profile) -> tuple[str, ...]:
        """The criteria on which `other` does better than `one`, those first that count the most."""
        gates: list[tuple[Gate, float]] = [self._expertise, *self._gates]
        gained = {each.name: weight * (each.value(other) - each.value(one)) for each, weight in (*gates, *self._others)}
        for gate, _ in gates:
            gained[gate.name] += gate.gate(other, gate.value(other)) - gate.gate(one, gate.value(one))
        gained["beschikbaarheid"] += is_available(other.row, self._today) - is_available(one.row, self._today)
        return tuple(sorted((name for name in gained if gained[name] >= TELLING), key=lambda name: -gained[name]))

    def _ranked(self, profiles: Iterable[Profile]) -> Iterator[Ranked]:
        for profile in profiles:
            yield self._rated(profile, self._expertise[0].value(profile))

    def _rated(self, profile: Profile, fit: float) -> Ranked:
        return Ranked(profile, self._score(profile, fit), is_available(profile.row, self._today))

    def _key(self, one: Ranked) -> tuple[object, ...]:
        asked, near = self._earlier.last_asked(one.profile), self._region.nearness(one.profile.row)
        return not one.available, -one.score, asked, -near, one.profile.tie_break
