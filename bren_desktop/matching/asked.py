"""The criteria that weigh only when the case asks for them: wishes of the family, and mandate."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain.dutch import shortened
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.matching.candidate import Profile
from bren_desktop.matching.links import links
from bren_desktop.matching.practical import places
from bren_desktop.matching.question import Question, Warned, Wish, WishKind
from bren_desktop.matching.verdicts import SAFETY, UNKNOWN, Verdict, listed, quote

WISH_FLOOR = 0.7
MET, UNMET = 1.0, 0.0
_VERDICTS = {MET: Verdict.MATCH, UNKNOWN: Verdict.UNKNOWN, UNMET: Verdict.MISMATCH}
MANDATE_GATE = 0.4
PROCESS_ASKED = 0.3
WARNED_GATE = 0.4
MAINLY = 0.35
"""From this cover on, a kind of help is what an expert mainly offers."""
OWN_EXPERIENCE = "EX-ERV"
LONGEST = 80
"""So much is repeated of what somebody wrote about a mandate."""


class Wishes:
    """Does the expert meet a stated wish? Stated, it weighs on the whole score; unstated, it weighs nothing."""

    name = "wensen"

    def __init__(self, question: Question) -> None:
        self._wishes = question.wishes
        self.highest = MET if question.wishes else UNKNOWN

    def value(self, profile: Profile) -> float:
        met = _all_met(self._wishes, profile)
        return sum(met) / len(met) if met else UNKNOWN

    def gate(self, _profile: Profile, value: float) -> float:
        return WISH_FLOOR + (1 - WISH_FLOOR) * value if self._wishes else 1.0

    def judge(self, profile: Profile) -> tuple[Verdict, str]:
        if not self._wishes:
            return Verdict.UNKNOWN, "De casus noemt geen wens over de expert."
        worst = min(_all_met(self._wishes, profile))
        return _VERDICTS[worst], " ".join(_sentence(wish, profile) for wish in self._wishes)


class Safety:
    """Does the case speak against what this expert offers, as violence at home does against mediation?"""

    name = SAFETY
    highest = UNKNOWN

    def __init__(self, question: Question) -> None:
        self._warned = question.warned

    def value(self, profile: Profile) -> float:
        return UNMET if self._against(profile) else UNKNOWN

    def gate(self, _profile: Profile, value: float) -> float:
        return WARNED_GATE if value == UNMET else 1.0

    def judge(self, profile: Profile) -> tuple[Verdict, str]:
        against = self._against(profile)
        if not against:
            return Verdict.UNKNOWN, "De casus noemt niets wat pleit tegen wat deze expert vooral biedt."
        said = f" ({quote(against.evidence)})" if against.evidence else ""
        return (
            Verdict.MISMATCH,
            f"Let op: bij wat de casus noemt{said} is {against.label} niet het eerste om in te zetten.",
        )

    def _against(self, profile: Profile) -> Warned | None:
        return next((one for one in self._warned if profile.cover.get(one.concept, 0.0) >= MAINLY), None)


class Mandate:
    """For a question of regie, money or law: can the expert arrange something? Then people with mandate go first."""

    name = "mandaat"

    def __init__(self, question: Question) -> None:
        self._process = question.process
        self.highest = UNKNOWN + question.process * UNKNOWN
        self._evidence = question.process_evidence

    def value(self, profile: Profile) -> float:
        return UNKNOWN + self._process * (UNKNOWN if profile.has_mandate else -UNKNOWN)

    def gate(self, profile: Profile, _value: float) -> float:
        return 1.0 if profile.has_mandate else 1.0 - MANDATE_GATE * self._process

    def judge(self, profile: Profile) -> tuple[Verdict, str]:
        if self._process < PROCESS_ASKED:
            return Verdict.UNKNOWN, "De casus vraagt niet nadrukkelijk om regie, geld of recht."
        words = f" ({quote(self._evidence)})" if self._evidence else ""
        asked = f"De casus vraagt om regie, geld of recht{words}"
        if not profile.has_mandate:
            return Verdict.UNKNOWN, f"{asked}; {_without_mandate(profile.row.mandaat)}."
        told = f"'{profile.mandate}' in het profiel" if profile.mandate else "dat is het werk van deze expert"
        return Verdict.MATCH, f"{asked}; {told}."


def _without_mandate(written: str) -> str:
    """What to say of who is not known to have a mandate, given what is filled in about it."""
    if not written:
        return "uit het profiel blijkt geen mandaat"
    return f"bij mandaat staat in het profiel '{shortened(' '.join(written.split()), LONGEST, '…').rstrip('.')}'"


def _all_met(wishes: Sequence[Wish], profile: Profile) -> list[float]:
    """How far each wish is met; of several languages one is enough."""
    spoken = [_met(wish, profile) for wish in wishes if wish.kind is WishKind.LANGUAGE]
    others = [_met(wish, profile) for wish in wishes if wish.kind is not WishKind.LANGUAGE]
    return [*others, max(spoken)] if spoken else others


def _met(wish: Wish, profile: Profile) -> float:
    """How far a wish is met. Own experience and man or woman are unknown where the profile is silent."""
    if wish.kind is WishKind.LANGUAGE:
        if wish.value in profile.languages:
            return MET
        return UNMET if profile.row.talen else UNKNOWN
    if wish.kind is WishKind.REGION:
        return _met_in_region(wish, profile)
    if wish.kind is WishKind.GENDER:
        return UNKNOWN if not profile.gender else MET if profile.gender == wish.value else UNMET
    return MET if _experienced(profile) else UNKNOWN


def _met_in_region(wish: Wish, profile: Profile) -> float:
    row = profile.row
    if wish.value in places(row) or row.landelijk_inzetbaar:
        return MET
    return UNMET if places(row) else UNKNOWN


def _experienced(profile: Profile) -> bool:
    row = profile.row
    return bool(profile.experience) or row.soort in links().experienced_kinds or OWN_EXPERIENCE in row.expertise


def _sentence(wish: Wish, profile: Profile) -> str:
    if wish.kind is WishKind.LANGUAGE:
        return _language(wish, profile)
    if wish.kind is WishKind.EXPERIENCE:
        return _experience(wish, profile)
    if wish.kind is WishKind.REGION:
        return _region(wish, profile)
    if not profile.gender:
        return f"Gewenst: een {wish.value}. Het profiel zegt dat niet: vraag het na."
    return f"Gewenst is een {wish.value}; de titel in het profiel is '{profile.row.titel}'."


def _language(wish: Wish, profile: Profile) -> str:
    if wish.value in profile.languages:
        return f"De casus noemt '{wish.words}'; het profiel noemt '{profile.languages[wish.value]}'."
    talen = listed(dict.fromkeys(profile.languages.values())) or "geen talen"
    return f"De casus noemt '{wish.words}'; het profiel noemt {talen}."


def _region(wish: Wish, profile: Profile) -> str:
    where = vocabulary("jeugdregios").label
    if wish.value in places(profile.row):
        return f"De casus noemt '{wish.words}'; deze expert werkt in {where(wish.value)}."
    if profile.row.landelijk_inzetbaar:
        return f"De casus noemt '{wish.words}'; deze expert is landelijk inzetbaar."
    named = listed(where(place) for place in places(profile.row)) or "geen regio"
    return f"Gewenst is iemand uit {where(wish.value)} ('{wish.words}'); het profiel noemt {named}."


def _experience(wish: Wish, profile: Profile) -> str:
    if not _experienced(profile):
        return f"De casus noemt '{wish.words}'; uit het profiel blijkt geen eigen ervaring."
    if profile.experience:
        return f"De casus noemt '{wish.words}'; het profiel noemt '{profile.experience}'."
    return f"De casus noemt '{wish.words}'; deze expert is ervaringsdeskundig."
