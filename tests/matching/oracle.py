"""Says of every sentence about an expert when it is true, from the question and the row alone, as one who distrusts.

Each criterion has its sentences, the strongest first: what is said must be the first that holds, word for word. A
sentence that is not here is not true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.matching.candidate import FAINT, TOLD_AT_MOST, Profile, told_share
from bren_desktop.matching.content import LIKELY, NO_EVIDENCE, Expertise
from bren_desktop.matching.earlier import NOTHING, Past
from bren_desktop.matching.links import is_concept, links
from bren_desktop.matching.question import Need, Question, Wish, WishKind
from bren_desktop.matching.verdicts import Judgement

UNSAID = "gegevens die hier niet worden herhaald"
QUOTED = re.compile(r"(?<!\w)'(.+?)'(?!\w)")
REGIONS = vocabulary("jeugdregios")
LABELS = {name: vocabulary(name).label for name in ("expertise_pareltjes", "domeinen", "soort_expert")}


@dataclass(frozen=True)
class Seen:
    """What there is to know."""

    question: Question
    profile: Profile
    today: date
    past: Past = NOTHING
    average: float = 0.5
    """How the inzetten of everybody in the pool were rated."""


Claim = tuple[bool, str, str, Callable[..., bool]]
"""Whether it holds, its verdict (two on the edge), its words (an expression), and whether its groups are so."""


def judge(seen: Seen, judged: Judgement) -> None:
    """Fails where `judged` says what is not so, or less than could be said."""
    claims: Iterable[Claim] = _CRITERIA[judged.criterion](seen)
    verdict, words, told = next((verdict, words, told) for holds, verdict, words, told in claims if holds)
    found = re.fullmatch(words, judged.text, re.DOTALL)
    assert found, f"{judged.text!r} is not {words!r}"
    assert judged.verdict.value in verdict.split(" or "), judged
    assert told(*found.groups()), judged


def _claim(holds: bool, verdict: str, words: str, told: Callable[..., bool] = lambda *_: True) -> Claim:
    return holds, verdict, words, told


def _quotes(text: str) -> list[str]:
    return QUOTED.findall(text)


def _lists(text: str, names: Iterable[str]) -> bool:
    """Whether `text` names exactly these, each once."""
    for name in sorted(set(names), key=len, reverse=True):
        if text.count(name) != 1:
            return False
        text = text.replace(name, "#")
    return re.fullmatch(r"(#, )*(# en )?#", text) is not None


def _on(day: date) -> str:
    return re.escape(f"{day:%d-%m-%Y}")


def _availability(seen: Seen) -> Iterable[Claim]:
    row, code = seen.profile.row, seen.profile.row.beschikbaarheid
    now = code in ("BS-DIRECT", "BS-BEPERKT")
    begins = None if now else row.beschikbaar_vanaf
    later = [day for day in (row.afwezig_tot, begins) if day and day > seen.today]
    day = _on(max(later)) if later else ""
    hours = rf", {row.uren_per_maand} uur per maand\." if row.uren_per_maand else r"\."
    begun = code in ("", "BS-VANAF") and begins is not None and not later
    yield _claim(code == "BS-NIET", "mismatch", r"Niet beschikbaar\.")
    yield _claim(bool(later) and (now or bool(begins)), "mismatch", rf"Nu niet beschikbaar, wel vanaf {day}\.")
    yield _claim(bool(later), "mismatch", rf"Nu niet beschikbaar, op zijn vroegst vanaf {day}\.")
    yield _claim(code == "BS-BEPERKT", "match", f"Beperkt beschikbaar{hours}")
    yield _claim(code == "BS-DIRECT" or begun, "match", f"Direct beschikbaar{hours}")
    yield _claim(True, "unknown", r"Het profiel zegt niet of deze expert nu beschikbaar is\.")


def _works_in(profile: Profile) -> set[str]:
    return {code for code in (profile.row.regio, *profile.row.regios) if code in REGIONS}


def _near(one: str, other: str) -> str:
    first, second = REGIONS.term(one).extra, REGIONS.term(other).extra
    if other in first["aangrenzend"] or one in second["aangrenzend"]:
        return "buur"
    return "landsdeel" if first["netwerk"] == second["netwerk"] else "ver"


def _region(seen: Seen) -> Iterable[Claim]:
    here, works = seen.question.region, _works_in(seen.profile)
    yield _claim(here not in REGIONS, "unknown", r"De regio van de casus is nog niet bekend\.")
    label, anywhere = re.escape(REGIONS.label(here)), bool(seen.profile.row.landelijk_inzetbaar)
    yield _claim(here in works, "match", rf"Werkt in {label}, de regio van de casus\.")
    yield _claim(anywhere, "match", r"Landelijk inzetbaar\.")
    yield _claim(not works, "unknown", r"Het profiel zegt niet waar deze expert werkt\.")
    by_distance = {how: [REGIONS.label(one) for one in works if _near(here, one) == how] for how in _WHERE}
    for how, (verdict, words) in _WHERE.items():
        there = by_distance[how]
        yield _claim(bool(there), verdict, rf"{words}: (.+)\.", lambda said, there=there: _lists(said, there))


_WHERE = {
    "buur": ("match", "Uit een buurregio"),
    "landsdeel": ("match", "Uit hetzelfde landsdeel"),
    "ver": ("mismatch", "Uit een ander landsdeel"),
}


def _age(seen: Seen) -> Iterable[Claim]:
    age, low, high = seen.question.age, seen.profile.row.leeftijd_van, seen.profile.row.leeftijd_tot
    yield _claim(age is None, "unknown", r"De leeftijd van de jeugdige is nog niet bekend\.")
    yield _claim(low is None and high is None, "unknown", r"Het profiel noemt geen leeftijdsgroep\.")
    group = f"{low} tot en met {high} jaar"
    group = f"jeugdigen tot en met {high} jaar" if low is None else group
    group = f"jeugdigen vanaf {low} jaar" if high is None else group
    below, above = (low or 0) - (age or 0), (age or 0) - (99 if high is None else high)
    said = f"Werkt met {group}; de jeugdige is {age} jaar"
    yield _claim(below <= 0 and above <= 0, "match", rf"{said}\.")
    yield _claim(below <= 1 and above <= 1, "match", rf"{said}, een jaar daarbuiten\.")
    yield _claim(True, "mismatch", rf"{said}\.")


def _agreement(seen: Seen) -> Iterable[Claim]:
    written = seen.profile.row.raamovereenkomst
    denied = written.split(",")[0] in ("nee", "geen")
    yield _claim(not written, "unknown", r"Het profiel zegt niet of er een raamovereenkomst is\.")
    yield _claim(denied, "mismatch", r"Let op: volgens het profiel is er geen raamovereenkomst\.")
    yield _claim(True, "match", r"Het profiel noemt een raamovereenkomst\.")


def _mandate(seen: Seen) -> Iterable[Claim]:
    question, profile = seen.question, seen.profile
    does = profile.row.soort == "SE-REGIE" or bool({"EX-REGIE", "EX-JUR"} & set(profile.row.expertise))
    asked = r"De casus vraagt om regie, geld of recht( \(.+?\))?; "
    said = re.escape(profile.mandate)

    def evident(quoted: str | None) -> bool:
        words = _quotes(quoted or "")
        return set(words) <= set(question.process_evidence) and bool(words) == bool(question.process_evidence)

    unasked = r"De casus vraagt niet nadrukkelijk om regie, geld of recht\."
    yield _claim(question.process < 0.3, "unknown", unasked)
    yield _claim(bool(profile.mandate), "match", rf"{asked}'{said}' in het profiel\.", evident)
    yield _claim(does, "match", rf"{asked}dat is het werk van deze expert\.", evident)
    written = rf"{asked}bij mandaat staat in het profiel '(.+)'\."
    yield _claim(
        bool(profile.row.mandaat),
        "unknown",
        written,
        lambda quoted, words: evident(quoted) and words.removesuffix("…").strip() in profile.row.mandaat,
    )
    yield _claim(True, "unknown", rf"{asked}uit het profiel blijkt geen mandaat\.", evident)


def _safety(seen: Seen) -> Iterable[Claim]:
    told = seen.profile.told
    mainly = [
        one for one in seen.question.warned if one.concept in told and told[one.concept].strength * TOLD_AT_MOST >= 0.35
    ]
    one = mainly[0] if mainly else None
    label = one.label if one else ""

    def evident(quoted: str | None) -> bool:
        return (
            one is not None and set(_quotes(quoted or "")) <= set(one.evidence) and bool(quoted) == bool(one.evidence)
        )

    against = rf"Let op: bij wat de casus noemt( \(.+?\))? is {label} niet het eerste om in te zetten\."
    yield _claim(bool(mainly), "mismatch", against, evident)
    yield _claim(True, "unknown", r"De casus noemt niets wat pleit tegen wat deze expert vooral biedt\.")


def _domain(seen: Seen) -> Iterable[Claim]:
    offered, asked = set(seen.profile.row.domeinen), [need.code for need in seen.question.domains]
    both = [code for code in asked if code in offered]
    yield _claim(not asked, "unknown", r"De casus wijst niet duidelijk naar een domein\.")
    yield _claim(not offered, "unknown", r"Bij deze expert zijn geen domeinen ingevuld\.")
    shared = r"De casus raakt (.+); deze expert werkt daar ook\."
    yield _claim(bool(both), "match", shared, lambda said: _names_domains(said, both))
    apart = r"De casus raakt (.+); bij deze expert staat (.+)\."
    yield _claim(
        True, "mismatch", apart, lambda case, own: _names_domains(case, asked) and _names_domains(own, offered)
    )


def _names_domains(said: str, codes: Iterable[str]) -> bool:
    """Only these are named, at most three of them, and none of a criminal-law kind."""
    open_ones = {f"'{LABELS['domeinen'](code)}'" for code in codes if not vocabulary("domeinen").term(code).criminal}
    if not open_ones:
        return said == "een domein dat hier niet wordt herhaald"
    named = {one for one in open_ones if one in said}
    return len(named) == min(3, len(open_ones)) and _lists(said, named)


def _earlier(seen: Seen) -> Iterable[Claim]:
    past, results = seen.past, seen.past.results or {}
    none = r"Van deze expert is geen beoordeelde inzet te zien; dat telt niet tegen iemand\."
    yield _claim(not past.ratings, "unknown", none)
    rest = len(past.ratings) - sum(results.values())
    parts = [f"{times} keer {name}" for name, times in results.items()]
    parts += [f"{rest} keer zonder resultaat"] if rest else []
    better = sum(past.ratings) / len(past.ratings) - seen.average
    verdict = "match or unknown" if abs(better) < 1e-9 else "match" if better > 0 else "unknown"
    yield _claim(True, verdict, r"Eerder geëvalueerde inzet: (.+)\.", lambda said: _lists(said, parts))


def _wishes(seen: Seen) -> Iterable[Claim]:
    wishes = seen.question.wishes
    yield _claim(not wishes, "unknown", r"De casus noemt geen wens over de expert\.")
    told = [next((met, words) for holds, met, words, _ in _wish(seen, wish) if holds) for wish in wishes]
    met = [how for wish, (how, _) in zip(wishes, told, strict=True) if wish.kind is not WishKind.LANGUAGE]
    spoken = [how for wish, (how, _) in zip(wishes, told, strict=True) if wish.kind is WishKind.LANGUAGE]
    order = ("mismatch", "unknown", "match")
    met += [max(spoken, key=order.index)] if spoken else []
    yield _claim(True, min(met, key=order.index, default="unknown"), " ".join(words for _, words in told))


def _wish(seen: Seen, wish: Wish) -> Iterable[Claim]:
    profile, row = seen.profile, seen.profile.row
    case = f"De casus noemt '{re.escape(wish.words)}'; "
    if wish.kind is WishKind.LANGUAGE:
        own = profile.languages.get(wish.value, "")
        yield _claim(bool(own), "match", f"{case}het profiel noemt '{re.escape(own)}'\\.")
        verdict = "mismatch" if row.talen else "unknown"
        others = " en ".join(profile.languages.values()) or "geen talen"
        yield _claim(True, verdict, rf"{case}het profiel noemt {others}\.")
    if wish.kind is WishKind.EXPERIENCE:
        lived = row.soort in ("SE-ERVJ", "SE-ERVO") or "EX-ERV" in row.expertise
        yield _claim(bool(profile.experience), "match", rf"{case}het profiel noemt '{profile.experience}'\.")
        yield _claim(lived, "match", rf"{case}deze expert is ervaringsdeskundig\.")
        yield _claim(True, "unknown", rf"{case}uit het profiel blijkt geen eigen ervaring\.")
    if wish.kind is WishKind.GENDER:
        told = rf"Gewenst is een {wish.value}; de titel in het profiel is '{re.escape(row.titel)}'\."
        own = "vrouw" if re.search(r"\bm(evr|w)", row.titel) else "man" if re.search(r"\b(dhr|heer)", row.titel) else ""
        yield _claim(own == wish.value, "match", told)
        yield _claim(bool(own), "mismatch", told)
        yield _claim(True, "unknown", rf"Gewenst: een {wish.value}\. Het profiel zegt dat niet: vraag het na\.")
    if wish.kind is WishKind.REGION:
        works, label = _works_in(profile), re.escape(REGIONS.label(wish.value))
        yield _claim(wish.value in works, "match", rf"{case}deze expert werkt in {label}\.")
        yield _claim(bool(row.landelijk_inzetbaar), "match", rf"{case}deze expert is landelijk inzetbaar\.")
        wanted = rf"Gewenst is iemand uit {label} \('{re.escape(wish.words)}'\); het profiel noemt "
        names = "|".join(re.escape(REGIONS.label(one)) for one in works)
        yield _claim(bool(works), "mismatch", rf"{wanted}(?:(?:{names})(?:, | en |\.)){{{len(works)}}}")
        yield _claim(True, "unknown", rf"{wanted}geen regio\.")


def _expertise(seen: Seen) -> Iterable[Claim]:
    needs, profile = seen.question.needs, seen.profile
    answers = {need: _answers(need, profile) for need in needs}
    met = [need for need in needs if answers[need]]
    silent = not profile.row.expertise and profile.row.soort not in links().expertise_of_kind
    silent = silent and not any(_clear(profile, code) for code in profile.told)
    unclear = r"De casus zegt nog te weinig om te weten welke expertise nodig is\."
    yield _claim(not needs, "unknown", unclear)
    yield _claim(silent, "unknown", r"In het profiel is geen expertise herkend\.")
    asked = [LABELS["expertise_pareltjes"](need.code) for need in needs if need.evidence and not is_concept(need.code)]
    named = r"De casus vraagt (.+); dat is in het profiel niet herkend\."
    yield _claim(not met and bool(asked), "mismatch", named, lambda said: set(_quotes(said)) <= set(asked))
    yield _claim(not met, "mismatch", r"In het profiel is niet herkend wat de casus vraagt\.")
    weak, told = _is_weak(seen), r"De casus noemt (.+)\."
    yield _claim(weak, "unknown", rf"Een zwakke aanwijzing\. {told}", lambda said: _all_answered(said, answers))
    yield _claim(True, "match", told, lambda said: _all_answered(said, answers))


def _is_weak(seen: Seen) -> bool:
    """Whether what was found is worth less than a sixth of what could be."""
    return Expertise(seen.question).value(seen.profile) < NO_EVIDENCE + (1 - NO_EVIDENCE) * LIKELY


def _clear(profile: Profile, code: str) -> bool:
    return code in profile.told and told_share(code, profile.told[code]) >= FAINT


def _answers(need: Need, profile: Profile) -> set[str]:
    """What the profile says to a need, in every word that may be repeated."""
    row, found = profile.row, set[str]()
    for code in need.every_code:
        tagged, implied = code in row.expertise, links().expertise_of_kind.get(row.soort) == code
        if tagged or implied or _clear(profile, code):
            found |= {LABELS["expertise_pareltjes"](code)} if tagged else set()
            found |= set(profile.told[code].words) if code in profile.told else set()
            found |= {LABELS["soort_expert"](row.soort)} if implied else set()
    return found


def _all_answered(said: str, answers: Mapping[Need, set[str]]) -> bool:
    """Whether each pair of words of the case and words of the profile belongs to needs that those answer."""
    return all(_answered(one, answers) for one in said.split(". Ook noemt de casus "))


def _answered(said: str, answers: Mapping[Need, set[str]]) -> bool:
    case, _, profile = said.partition("; het profiel noemt ")
    own = set(_quotes(profile))
    able: Sequence[Need] = [need for need in answers if own and own <= answers[need]]
    if case == UNSAID:
        return any(not need.evidence for need in able)
    words = _quotes(case)
    return bool(words) and all(any(word in need.evidence for need in able) for word in words)


_CRITERIA: Mapping[str, Callable[[Seen], Iterable[Claim]]] = {
    "expertise": _expertise,
    "domein": _domain,
    "beschikbaarheid": _availability,
    "regio": _region,
    "mandaat": _mandate,
    "wensen": _wishes,
    "leeftijd": _age,
    "eerdere_inzet": _earlier,
    "raamovereenkomst": _agreement,
    "veiligheid": _safety,
}
