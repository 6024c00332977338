"""The criteria that weigh only when the case asks for them: wishes of the family, and mandate."""

from __future__ import annotations

from bren_desktop.matching.candidate import Profile
from bren_desktop.matching.links import links
from bren_desktop.matching.question import Question, Wish, WishKind
from bren_desktop.matching.verdicts import UNKNOWN, Verdict, listed, quote

WISH_GATES = {Verdict.MATCH: 1.0, Verdict.UNKNOWN: 0.85, Verdict.MISMATCH: 0.7}
_WISH_VALUES = {Verdict.MATCH: 1.0, Verdict.UNKNOWN: UNKNOWN, Verdict.MISMATCH: 0.0}
MANDATE_GATE = 0.4
PROCESS_ASKED = 0.3
OWN_EXPERIENCE = "EX-ERV"


class Wishes:
    """Does the expert meet a stated wish? Stated, it weighs on the whole score; unstated, it weighs nothing."""

    name = "wensen"

    def __init__(self, question: Question) -> None:
        self._wishes = question.wishes

    def value(self, profile: Profile) -> float:
        if not self._wishes:
            return UNKNOWN
        return sum(_WISH_VALUES[_wish(wish, profile)[0]] for wish in self._wishes) / len(self._wishes)

    def gate(self, profile: Profile, _value: float) -> float:
        return min((WISH_GATES[_wish(wish, profile)[0]] for wish in self._wishes), default=1.0)

    def judge(self, profile: Profile) -> tuple[Verdict, str]:
        if not self._wishes:
            return Verdict.UNKNOWN, "De casus noemt geen wens over de expert."
        judged = [_wish(wish, profile) for wish in self._wishes]
        worst = min((verdict for verdict, _ in judged), key=WISH_GATES.__getitem__)
        return worst, " ".join(text for _, text in judged)


class Mandate:
    """For a question of regie, money or law: can the expert arrange something? Then people with mandate go first."""

    name = "mandaat"

    def __init__(self, question: Question) -> None:
        self._process = question.process
        self._evidence = question.process_evidence

    def value(self, profile: Profile) -> float:
        return UNKNOWN + self._process * (UNKNOWN if profile.has_mandate else -UNKNOWN)

    def gate(self, profile: Profile, _value: float) -> float:
        return 1.0 if profile.has_mandate else 1.0 - MANDATE_GATE * self._process

    def judge(self, profile: Profile) -> tuple[Verdict, str]:
        if self._process < PROCESS_ASKED:
            return Verdict.UNKNOWN, "De vraag gaat niet in de eerste plaats over regie, geld of recht."
        words = f" ({quote(self._evidence)})" if self._evidence else ""
        asked = f"De casus vraagt om regie, geld of recht{words}"
        if not profile.has_mandate:
            return Verdict.UNKNOWN, f"{asked}; het profiel noemt geen mandaat."
        told = f"'{profile.mandate}' in het profiel" if profile.mandate else "dat is het werk van deze expert"
        return Verdict.MATCH, f"{asked}; {told}."


def _wish(wish: Wish, profile: Profile) -> tuple[Verdict, str]:
    if wish.kind is WishKind.LANGUAGE:
        return _language(wish, profile)
    if wish.kind is WishKind.EXPERIENCE:
        return _experience(wish, profile)
    return Verdict.UNKNOWN, f"Gewenst: een {wish.value}. Het profiel zegt dat niet: vraag het na."


def _language(wish: Wish, profile: Profile) -> tuple[Verdict, str]:
    if wish.value in profile.languages:
        return Verdict.MATCH, f"Past: '{wish.words}' in de casus en '{profile.languages[wish.value]}' in het profiel."
    if not profile.row.talen:
        return Verdict.UNKNOWN, f"Gewenst is de taal {wish.value}; het profiel noemt geen talen."
    return Verdict.MISMATCH, f"Gewenst is de taal {wish.value}; het profiel noemt {listed(profile.row.talen)}."


def _experience(wish: Wish, profile: Profile) -> tuple[Verdict, str]:
    row = profile.row
    if profile.experience:
        return Verdict.MATCH, f"Past: '{wish.words}' in de casus en '{profile.experience}' in het profiel."
    if row.soort in links().experienced_kinds or OWN_EXPERIENCE in row.expertise:
        return Verdict.MATCH, f"Past: '{wish.words}' in de casus; deze expert is ervaringsdeskundig."
    return Verdict.UNKNOWN, "Gewenst is eigen ervaring; het profiel noemt die niet."
