"""The criteria of content: expertise on the actual question, and the domains around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.matching.candidate import Profile
from bren_desktop.matching.links import is_concept
from bren_desktop.matching.pool import Pool, coverage
from bren_desktop.matching.question import Need, Question
from bren_desktop.matching.verdicts import UNKNOWN, Verdict, combined, listed, quote

NO_EVIDENCE = 0.15
LIKELY = 0.15
FULL = 0.75
FLOOR = 0.3
BELIEVED = 4
"""So many labels are believed that neither profile nor case speaks of; somebody with more is an expert of less."""
UNSAID = "gegevens die hier niet worden herhaald"
"""What stands for data of a criminal-law kind: a reason may end up in a letter (AVG article 10)."""


class Expertise:
    """Does the expert know about what is asked? Without this, nothing else makes an expert likely."""

    name = "expertise"
    highest = 1.0

    def __init__(self, question: Question) -> None:
        self._needs = question.needs
        self._asked = frozenset(code for need in question.needs for code in need.every_code)

    def value(self, profile: Profile) -> float:
        return self._value(profile, self._fit(profile))

    def in_order(self, pool: Pool) -> Iterator[tuple[float, Profile]]:
        """Everybody in the pool with their value, from high to low; who knows nothing of it is looked at last."""
        met = pool.met(self._needs)
        able = [(self._value(pool[entity], combined(parts)), pool[entity]) for entity, parts in met.items()]
        yield from sorted(able, key=itemgetter(0), reverse=True)
        others = [(self._value(profile, 0.0), profile) for profile in pool if profile.row.entity not in met]
        yield from sorted(others, key=itemgetter(0), reverse=True)

    def _value(self, profile: Profile, fit: float) -> float:
        if fit:
            return NO_EVIDENCE + (1 - NO_EVIDENCE) * fit * self._credit(profile)
        return 0.0 if self._needs and profile.cover else NO_EVIDENCE

    def _credit(self, profile: Profile) -> float:
        if len(profile.bare) <= BELIEVED:
            return 1.0
        return min(1.0, BELIEVED / max(1, len(profile.bare - self._asked)))

    def gate(self, _profile: Profile, value: float) -> float:
        return FLOOR + (1 - FLOOR) * min(1.0, value / FULL)

    def judge(self, profile: Profile) -> tuple[Verdict, str]:
        if not self._needs:
            return Verdict.UNKNOWN, "De casus zegt nog te weinig om te weten welke expertise nodig is."
        if not profile.cover:
            return Verdict.UNKNOWN, "In het profiel is geen expertise herkend."
        met = [need for need in self._needs if coverage(need, profile.cover)]
        if not met:
            return Verdict.MISMATCH, _nothing_of(self._needs)
        told = _told(_telling(met, profile), profile)
        if self.value(profile) < NO_EVIDENCE + (1 - NO_EVIDENCE) * LIKELY:
            return Verdict.UNKNOWN, f"Een zwakke aanwijzing. {told}"
        return Verdict.MATCH, told

    def _fit(self, profile: Profile) -> float:
        return combined(need.strength * covered for need in self._needs if (covered := coverage(need, profile.cover)))


class Domain:
    """Does the expert work in the domains and legal frames that the case touches?"""

    name = "domein"

    def __init__(self, question: Question) -> None:
        self._needs = question.domains
        self.highest = 1.0 if question.domains else UNKNOWN
        self._known: dict[frozenset[str], float] = {}

    def value(self, profile: Profile) -> float:
        offered = profile.domains
        if offered not in self._known:
            self._known[offered] = self._worth(offered)
        return self._known[offered]

    def _worth(self, offered: frozenset[str]) -> float:
        if not self._needs or not offered:
            return UNKNOWN
        met = combined([need.strength for need in self._needs if need.code in offered])
        return UNKNOWN + (1 - UNKNOWN) * met if met else 0.0

    def judge(self, profile: Profile) -> tuple[Verdict, str]:
        if not self._needs:
            return Verdict.UNKNOWN, "De casus wijst niet duidelijk naar een domein."
        if not profile.domains:
            return Verdict.UNKNOWN, "Bij deze expert zijn geen domeinen ingevuld."
        met = [need.code for need in self._needs if need.code in profile.domains]
        if met:
            return Verdict.MATCH, f"De casus raakt {_domains(met)}; deze expert werkt daar ook."
        asked = _domains(need.code for need in self._needs)
        return Verdict.MISMATCH, f"De casus raakt {asked}; bij deze expert staat {_domains(sorted(profile.domains))}."


def _telling(met: Sequence[Need], profile: Profile) -> Sequence[Need]:
    """The need that this expert meets best, and the next where it counts for at least half as much."""
    worth = {need: need.strength * coverage(need, profile.cover) for need in met}
    best = sorted(worth, key=lambda need: -worth[need])[:2]
    return [need for need in best if worth[need] >= worth[best[0]] / 2]


def _told(needs: Iterable[Need], profile: Profile) -> str:
    """What the case says and what the profile says to it; needs that the same words answer make one sentence."""
    answered: dict[str, list[str]] = {}
    for need in needs:
        answered.setdefault(_offered(need, profile), []).extend(need.evidence)
    said = [f"{quote(words) if words else UNSAID}; het profiel noemt {offered}." for offered, words in answered.items()]
    return " Ook noemt de casus ".join([f"De casus noemt {said[0]}", *said[1:]])


def _offered(need: Need, profile: Profile) -> str:
    covered = [code for code in need.every_code if code in profile.cover]
    code = max(covered, key=lambda code: (code in profile.told, profile.cover[code]))
    label = vocabulary("expertise_pareltjes").label(code)
    told = profile.told.get(code)
    if code in profile.row.expertise:
        return quote([label, *(told.words if told else ())])
    if told:
        return quote(told.words)
    return f"'{vocabulary('soort_expert').label(profile.row.soort)}'"


def _nothing_of(needs: Sequence[Need]) -> str:
    asked = [
        vocabulary("expertise_pareltjes").label(need.code)
        for need in needs
        if need.evidence and not is_concept(need.code)
    ]
    if not asked:
        return "In het profiel is niet herkend wat de casus vraagt."
    return f"De casus vraagt {quote(asked)}; dat is in het profiel niet herkend."


def _domains(codes: Iterable[str]) -> str:
    """The first few labels; a domain of a criminal-law kind is not named."""
    terms = [vocabulary("domeinen").term(code) for code in codes]
    named = [f"'{term.label}'" for term in terms if not term.criminal]
    return listed(named[:3]) if named else "een domein dat hier niet wordt herhaald"
