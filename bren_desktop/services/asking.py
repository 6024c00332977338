"""What a case asks, read from its codes and its running text: the bridge between `language` and `matching`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from math import exp

from bren_desktop.domain.cases import Case, known_age
from bren_desktop.domain.fields import Sensitivity, notes
from bren_desktop.domain.pseudonyms import LEFT_OUT, NAME_LINES, mask_for
from bren_desktop.domain.vocabulary import Term, Vocabulary, vocabulary
from bren_desktop.language.reading import Mention
from bren_desktop.language.sender import without_sender
from bren_desktop.language.thesaurus import Thesaurus
from bren_desktop.language.wishes import FoundWish, spoken_in, wishes_in
from bren_desktop.matching.links import is_concept, links
from bren_desktop.matching.question import Need, Question, Warned, Wish, WishKind
from bren_desktop.matching.regions import region_of
from bren_desktop.services.knowledge import Knowledge, Shares

HOW_MUCH_A_FIELD_SAYS: Mapping[str, float] = {
    "hulpvraag": 1.0,
    "omschrijving": 0.7,
    "waarom_bovenregionaal": 0.8,
    "urgentie_reden": 0.7,
    "veiligheid": 0.7,
    "wensen": 0.6,
    "analyse_samenhang": 0.6,
    "analyse_ontstaan": 0.5,
    "analyse_instandhouding": 0.6,
    "hypothesen": 0.6,
    "onderwijs_dagbesteding": 0.6,
    "stem_jeugdige": 0.6,
    "stem_ouders": 0.5,
    "strafrechtelijk": 0.6,
    "waarom_hier": 0.5,
    "schade": 0.4,
    "woonsituatie_toelichting": 0.4,
    "wat_is_geprobeerd": 0.35,
}
"""The fields that are read, and how far what stands there is the question itself."""
TAGS = ("knelpunten", "ontbrekend_aanbod", "vastloopredenen", "domeinen", "wettelijk_kader", "maatregelen")
TAG = 0.85
TAG_QUOTED = 0.3
"""Where a sentence must choose, the words of the case come before the label of a tag."""
LONGEST_LABEL = 60
STRONG, WEAK = 1.0, 0.35
WEAK_ALONE, WEAK_BESIDE = 0.8, 1.2
TOGETHER = 1.5
"""Different hints at one thing are a sign to each other."""
SATURATION = 1.5
ONLY_BESIDE_A_THEME = frozenset({"EX-ERV"})
THEMELESS = 0.5
MOST_NEEDS = 10
"""A long report names everything; what comes after the ten strongest needs is noise."""
IMPLIED = 0.6
CLEAR = 0.4
"""A domain that is only hinted at is not held against anybody."""
PROCESS = frozenset({"EX-REGIE", "EX-JUR"})
PROCESS_ASIDE = 0.3
"""How far a question about process counts as *the* question when the hulpvraag and the knelpunten do not name it."""
PROCESS_TAGS = frozenset({"KP-INK"})
URGENT = frozenset({"UR-SPOED", "UR-CRISIS"})


@dataclass(slots=True)
class _Evidence:
    """What the case says for one code, while it is being gathered: term to how much it says, and what to quote."""

    tags: float = 0.0
    strong: dict[str, float] = field(default_factory=dict)
    weak: dict[str, float] = field(default_factory=dict)
    quotes: dict[str, float] = field(default_factory=dict)
    asked_outright: bool = False

    def strength(self) -> float:
        told = sum(self.strong.values())
        beside = TOGETHER if len(self.weak) > 1 else 1.0
        hints = min(beside * sum(self.weak.values()), WEAK_BESIDE if told or self.tags else WEAK_ALONE)
        return 1.0 - exp(-(self.tags + told + hints) / SATURATION)

    def tagged(self) -> float:
        """The strength of the tags alone."""
        return 1.0 - exp(-self.tags / SATURATION)

    @property
    def is_told(self) -> bool:
        """Whether the text itself says it, and not only a tag that asks for it."""
        return bool(self.strong or self.weak)

    def hide_names(self, nameless: Callable[[str], str]) -> None:
        """Leave names out of what may be quoted, and what is nothing but a name."""
        hidden = {nameless(words): share for words, share in self.quotes.items()}
        self.quotes = {words: share for words, share in hidden.items() if words != LEFT_OUT}

    def quoted(self) -> tuple[str, ...]:
        return tuple(sorted(self.quotes, key=lambda words: -self.quotes[words]))


def question_of(knowledge: Knowledge, case: Case, today: date) -> Question:
    """Everything that `case` asks of an expert."""
    asked = case.model_copy(update={"omschrijving": without_sender(case.omschrijving)})
    gathered = _gathered(knowledge, asked, HOW_MUCH_A_FIELD_SAYS)
    named = {name: getattr(case, name) for name in (*NAME_LINES, "betrokkenen")}
    nameless = cache(mask_for(Case().model_copy(update=named), LEFT_OUT))
    for evidence in gathered.values():
        evidence.hide_names(nameless)
    needs = {code: evidence for code, evidence in gathered.items() if not code.startswith("DM-")}
    domains = {code: evidence for code, evidence in gathered.items() if code.startswith("DM-")}
    process, process_quotes = _process(needs)
    return Question(
        needs=_ordered(knowledge, needs),
        domains=_domains(needs, domains),
        age=known_age(case, today),
        region=vocabulary("jeugdregios").find(case.regio) or case.regio or region_of(case.gemeente),
        urgent=case.urgentie in URGENT,
        wishes=tuple(replace(wish, words=nameless(wish.words)) for wish in _wishes(case)),
        process=process,
        process_evidence=process_quotes,
        warned=tuple(_warned(knowledge.thesaurus, needs)),
    )


def concepts_of(knowledge: Knowledge, case: Case) -> Shares:
    """What search and similar cases know of `case`: its concepts and codes, each with how strongly (0 to 1).

    Texts of a criminal-law kind are left out: who may not read them shall not find by them.
    """
    known = notes(Case)
    open_fields = {
        name: share
        for name, share in HOW_MUCH_A_FIELD_SAYS.items()
        if known[name].sensitivity is not Sensitivity.CRIMINAL
    }
    gathered = _gathered(knowledge, case, open_fields)
    told = {key: evidence.strength() for key, evidence in gathered.items() if evidence.is_told}
    return told | {
        code: 1.0 for name in TAGS for code in getattr(case, name) if not vocabulary(name).term(code).criminal
    }


def found_by(knowledge: Knowledge, case: Case) -> Shares:
    """What search finds `case` by: its concepts and codes, its region, and the languages that its people speak."""
    spoken = [wish.value for wish in _wishes(case) if wish.kind is WishKind.LANGUAGE]
    whom = filter(None, (vocabulary("jeugdregios").find(case.regio), *spoken))
    return {**concepts_of(knowledge, case), **dict.fromkeys(whom, 1.0)}


def _gathered(knowledge: Knowledge, case: Case, fields: Mapping[str, float]) -> dict[str, _Evidence]:
    gathered: dict[str, _Evidence] = {}
    struck = frozenset(case.begrippen_geschrapt)
    for name in TAGS:
        for code in getattr(case, name):
            _take_tag(gathered, vocabulary(name).term(vocabulary(name).find(code) or code))
    for name, weight in fields.items():
        text = getattr(case, name)
        for mention in knowledge.mentions(text):
            _take_mention(gathered, mention, _meant(knowledge, mention, struck), name, weight)
    for name, mention in _confirmed(knowledge.terms, case):
        if name in fields or name == "begrippen":
            _take_mention(gathered, mention, _meant(knowledge, mention, struck), name, TAG)
    return gathered


def _confirmed(terms: Vocabulary, case: Case) -> Iterator[tuple[str, Mention]]:
    """The concepts that people confirmed, each as plain words in the field that is as private as it is."""
    for concept in (each for each in case.begrippen if each in terms):
        term = terms.term(concept)
        mention = Mention(concept, term.label, term.label, strong=True, denied=False, of_parent=False)
        yield "strafrechtelijk" if term.criminal else "begrippen", mention


def _take_tag(gathered: dict[str, _Evidence], term: Term) -> None:
    known = links().asked_by
    asked = {term.code: 1.0} if term.code.startswith("DM-") else known.get(term.code) or known.get(term.parent, {})
    for code, share in asked.items():
        evidence = gathered.setdefault(code, _Evidence())
        evidence.tags = max(evidence.tags, TAG * share)
        evidence.asked_outright |= term.code in PROCESS_TAGS
        if not term.criminal:
            evidence.quotes[_short(term.label)] = TAG_QUOTED * share


def _take_mention(gathered: dict[str, _Evidence], mention: Mention, meant: Shares, name: str, weight: float) -> None:
    if mention.denied:
        return
    quotable = notes(Case)[name].sensitivity is not Sensitivity.CRIMINAL
    for target, part in meant.items():
        evidence = gathered.setdefault(target, _Evidence())
        terms, share = (evidence.strong, STRONG * part) if mention.strong else (evidence.weak, WEAK * part)
        terms[mention.term] = max(terms.get(mention.term, 0.0), share * weight)
        evidence.asked_outright |= name == "hulpvraag"
        if quotable:
            evidence.quotes[mention.words] = max(evidence.quotes.get(mention.words, 0.0), share * weight)


def _meant(knowledge: Knowledge, mention: Mention, struck: Collection[str]) -> Shares:
    """What a mention speaks of, but for the concepts that were struck."""
    found: dict[str, float] = {}
    for concept in (each for each in knowledge.meant(mention) if each not in struck):
        for target, part in knowledge.spoken_of(concept).items():
            found[target] = max(found.get(target, 0.0), part)
    return found


def _ordered(knowledge: Knowledge, gathered: Mapping[str, _Evidence]) -> tuple[Need, ...]:
    """The concepts of the text, and the expertise that tags ask for; of equals first what an expertise answers."""
    needs = [_need(knowledge, key, evidence) for key, evidence in gathered.items() if is_concept(key) or evidence.tags]
    return tuple(sorted(needs, key=_first_asked))[:MOST_NEEDS]


def _first_asked(need: Need) -> tuple[float, bool, str]:
    return -need.strength, is_concept(need.code) and not need.codes, need.code


def _need(knowledge: Knowledge, key: str, evidence: _Evidence) -> Need:
    if not is_concept(key):
        return Need(key, evidence.tagged(), evidence.quoted())
    codes = {code: part for code, part in knowledge.spoken_of(key).items() if code.startswith("EX-")}
    strength = evidence.strength()
    capped = strength if ONLY_BESIDE_A_THEME.isdisjoint(codes) else min(strength, THEMELESS)
    return Need(key, capped, evidence.quoted(), tuple(codes.items()))


def _domains(needs: Mapping[str, _Evidence], domains: Mapping[str, _Evidence]) -> tuple[Need, ...]:
    """The domains that the case names, and those in which an expertise that it asks for is at home."""
    strengths = {code: evidence.strength() for code, evidence in domains.items()}
    for code, evidence in needs.items():
        home = links().domain_of_expertise.get(code, "")
        if home:
            strengths[home] = max(strengths.get(home, 0.0), IMPLIED * evidence.strength())
    clear = [Need(code, strength) for code, strength in strengths.items() if strength >= CLEAR]
    return tuple(sorted(clear, key=lambda need: (-need.strength, need.code)))


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[:LONGEST_LABEL].rpartition(" ")[0] + " …"


def _process(needs: Mapping[str, _Evidence]) -> tuple[float, tuple[str, ...]]:
    """How far this is a question of regie, money or law, and the words that say so."""
    found = [(evidence.strength(), evidence) for code, evidence in needs.items() if code in PROCESS]
    if not found:
        return 0.0, ()
    strength, evidence = max(found, key=lambda pair: (pair[1].asked_outright, pair[0]))
    return strength**2 * (1.0 if evidence.asked_outright else PROCESS_ASIDE), evidence.quoted()


def _warned(thesaurus: Thesaurus, needs: Mapping[str, _Evidence]) -> Iterator[Warned]:
    """The kinds of help that a concept of the case, plainly said, speaks against."""
    known = thesaurus.concepts
    for key, evidence in needs.items():
        if is_concept(key) and evidence.strong:
            for other in known[key].contra:
                yield Warned(other, known[other].label, evidence.quoted())


def _wishes(case: Case) -> Iterator[Wish]:
    found = [*wishes_in(case.wensen), *spoken_in(f"{case.hulpvraag}\n{case.omschrijving}")]
    once = {(wish.kind, wish.value): wish for wish in reversed(found)}
    yield from map(_wish, reversed(once.values()))


def _wish(found: FoundWish) -> Wish:
    return Wish(WishKind(found.kind), found.value, found.words)
