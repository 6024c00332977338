"""A team instead of five alike: who knows the subject, who brings what is missing, and somebody who lived it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from bren_desktop.matching.candidate import Profile
from bren_desktop.matching.links import links
from bren_desktop.matching.pool import coverage
from bren_desktop.matching.question import Need, Question
from bren_desktop.matching.ranking import Ranked
from bren_desktop.matching.verdicts import combined

WORTH_ASKING = 0.4
"""A score under this is at most a weak hint (0006): nobody is put into a team for it."""
LOOKED_AT = 40
NEW, GOOD = 0.6, 0.4
"""The second person is chosen by what they bring that the first does not, and by how good they are."""
PROCESS = 0.3
MUCH = 2.0
"""By so much somebody must answer a need better for it to be theirs."""


class Part(StrEnum):
    """What somebody is in the team for."""

    CONTENT = "inhoud"
    BESIDE = "domein of mandaat"
    EXPERIENCE = "ervaringsdeskundige"


class Proposed(NamedTuple):
    """One place in the team: the needs and domains that this person adds, and whether the mandate."""

    part: Part
    ranked: Ranked
    brings: tuple[Need, ...]
    domains: tuple[str, ...]
    mandate: bool


def is_experienced(profile: Profile) -> bool:
    """Whether somebody is in the pool for what they lived through."""
    return profile.row.soort in links().experienced_kinds


def team(question: Question, ranked: Iterable[Ranked]) -> tuple[Proposed, ...]:
    """At most three people of `ranked` (the best first) who make a team for `question`, all of them available."""
    able = [one for one in ranked if one.available and one.score >= WORTH_ASKING]
    others = [one for one in able if not is_experienced(one.profile)][:LOOKED_AT]
    lived = [one for one in able if is_experienced(one.profile)][:1]
    people = _content_and_beside(question, others)
    first, second = ([one for part, one in people if part is wanted] for wanted in (Part.CONTENT, Part.BESIDE))
    return (
        *(_place(question, Part.CONTENT, one, (), second) for one in first),
        *(_place(question, Part.BESIDE, one, first, ()) for one in second),
        *(_place(question, Part.EXPERIENCE, one, (), ()) for one in lived),
    )


def _place(question: Question, part: Part, one: Ranked, before: Sequence[Ranked], after: Sequence[Ranked]) -> Proposed:
    """What `one` brings beside those `before` and `after`; whoever lived it tells of it whatever the others know."""
    known = frozenset[str]().union(*(each.profile.domains for each in before))
    domains = [need.code for need in question.domains if need.code in one.profile.domains - known]
    mandated = one.profile.has_mandate and not any(each.profile.has_mandate for each in before)
    brings = _brings(question, one, before, after)
    return Proposed(part, one, brings, tuple(domains), mandated and question.process >= PROCESS)


def _content_and_beside(question: Question, able: Sequence[Ranked]) -> list[tuple[Part, Ranked]]:
    if not able:
        return []
    first, *rest = able
    found = [(Part.CONTENT, first)]
    wanted = [one for one in rest if one.profile.has_mandate] if _needs_mandate(question, first) else rest
    adding = [one for one in wanted if _adds(question, first, one) > 0]
    if adding:
        found.append((Part.BESIDE, max(adding, key=lambda one: (_adds(question, first, one), one.score))))
    return found


def _needs_mandate(question: Question, first: Ranked) -> bool:
    return question.process >= PROCESS and not first.profile.has_mandate


def _adds(question: Question, first: Ranked, one: Ranked) -> float:
    """What `one` brings that `first` does not: needs and domains, weighed with how good they are."""
    new = combined([need.strength * _more(need, first.profile, one.profile) for need in question.needs])
    asked = one.profile.domains - first.profile.domains
    domains = combined([need.strength for need in question.domains if need.code in asked])
    mandate = question.process if one.profile.has_mandate and not first.profile.has_mandate else 0.0
    gained = max(new, domains, mandate)
    return NEW * gained + GOOD * one.score if gained else 0.0


def _more(need: Need, known: Profile, other: Profile) -> float:
    return max(0.0, coverage(need, other.cover) - coverage(need, known.cover))


def _brings(question: Question, one: Ranked, before: Sequence[Ranked], after: Sequence[Ranked]) -> tuple[Need, ...]:
    """The needs that `one` answers, those first that `one` answers best; who is `before` keeps what they answer well.

    A need is of the first of two, unless the second answers it much better: nobody is said to bring what is there.
    """
    answered = {need: _answered(need, [one]) for need in question.needs}
    brought = [
        need
        for need in question.needs
        if answered[need] > MUCH * _answered(need, before) and MUCH * answered[need] >= _answered(need, after)
    ]
    return tuple(sorted(brought, key=lambda need: -need.strength * answered[need]))


def _answered(need: Need, people: Sequence[Ranked]) -> float:
    """How well the best of `people` covers a need."""
    return max((coverage(need, each.profile.cover) for each in people), default=0.0)
