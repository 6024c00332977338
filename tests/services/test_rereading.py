"""After a change of the thesaurus only what may read otherwise is read again, and that is never too little."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import MISSING, fields, replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.experts import Expert
from bren_desktop.errors import UserFacingError
from bren_desktop.language.overlay import overlaid
from bren_desktop.language.thesaurus import Concept, Thesaurus, parsed
from bren_desktop.services import profiling
from bren_desktop.services.asking import found_by
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.concept_records import record_of
from bren_desktop.services.concepts import Concepts
from bren_desktop.services.context import Context, author
from bren_desktop.services.knowing import Knowing
from bren_desktop.services.knowledge import Knowledge
from bren_desktop.services.matchmaking import Matchmaking
from bren_desktop.services.pool import Pool
from bren_desktop.services.profiling import profile_of
from bren_desktop.services.rereading import MOST_PHRASES, change, own_of, with_own
from bren_desktop.services.rows import ExpertRow
from bren_desktop.services.understanding import Understanding

WORDS = (
    "school thuis wonen woont slaap slapen angst verslaafd verslaving zit zaten eet gegeten huis huizen brief brieven "
    "lieve vrijheid vrijheden ex act VERS naar van de een moeder broer geen niet heeft GGZ ggz k-eet keet 18-/18+ "
    "3-jarige lhbti+ café cafe bakken plaats plaatsen jongens leeft stoornis stoornissen plek zonder wil"
).split()
JOINTS = ("", "", "-", "’", "s", "-")
GAPS = (" ", " ", " ", " ", " ", " ", ", ", ". ", " omdat ", "/", "\n", ": ")
ALOUD = ("moeder heeft", "moeder", "IQ 70")
IDS = ("a", "b", "c", "d", "emb", "lvb")
CODES = ("EX-EET", "EX-JUR", "EX-ERV", "KP-ASS")


def _word(random: Random) -> str:
    parts = random.choices(WORDS, k=random.choice((1, 1, 1, 2, 2, 3)))
    word = parts[0] + "".join(random.choice(JOINTS) + part for part in parts[1:])
    return random.choice((word, word, word.upper(), word.title(), word + "en", word + "s"))


def _phrases(random: Random, most: int) -> tuple[str, ...]:
    counts = (random.choice((1, 1, 2, 3)) for _ in range(random.randint(0, most)))
    return tuple(" ".join(_word(random) for _ in range(count)) for count in counts)


def _text(random: Random, told: tuple[str, ...]) -> str:
    """Words, and phrases in any order, of a parent too, and now and then a number."""
    drawn = ((random.choice(told), _word(random), *ALOUD) for _ in range(random.randint(0, 9)))
    pieces = (random.choice(each) for each in drawn)
    return "".join(piece + random.choice(GAPS) for piece in pieces)


def _concept(random: Random, id: str) -> Concept:
    above = [other for other in IDS if other < id]
    return Concept(
        id=id,
        label=_word(random) + f" {id}" * random.randint(0, 1),
        also=_phrases(random, 3),
        hints=_phrases(random, 2),
        broader=tuple(random.sample(above, min(len(above), random.randint(0, 1)))),
        related=tuple(random.sample(IDS, random.randint(0, 1))),
        codes=tuple(random.sample(CODES, random.randint(0, 2))),
        of_parent=random.choice((None, None, (), (random.choice(IDS),))),
        source="proef",
    )


def _both(random: Random) -> tuple[Knowledge, Knowledge]:
    """A knowledge, and what it is after some concepts of it were changed, taken out or added."""
    shipped = overlaid(Thesaurus({}), {id: _concept(random, id) for id in IDS if random.random() < 0.7}).thesaurus
    own: dict[str, Concept | None] = {}
    for id in random.sample(IDS, 1):
        known, new = shipped.concepts.get(id), _concept(random, id)
        kept = {name: getattr(new, name) for name in random.sample(("also", "hints", "codes", "label"), 2)}
        turned = {"also": known.also[::-1]} if known else {}
        own[id] = random.choice((new, None, *(known.model_copy(update=each) for each in (kept, turned) if known)))
    return Knowledge(shipped), Knowledge(overlaid(shipped, own).thesaurus)


def _told(knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(phrase for one in knowledge.thesaurus.concepts.values() for phrase in (*one.labels, *one.hints))


def _row(text: str) -> ExpertRow:
    nothing = dict.fromkeys((each.name for each in fields(ExpertRow) if each.default is MISSING), "")
    sets: dict[str, tuple[str, ...]] = dict.fromkeys(("regios", "expertise", "domeinen", "talen"), ())
    values: dict[str, Any] = {**nothing, **sets, "profiel": text}
    return ExpertRow(**values)


def _check(random: Random) -> bool:
    before, after = _both(random)
    changed, of_offers = change(before, after), change(before, after, offer=True)
    assert changed is not None
    assert of_offers is not None
    told = (*_told(before), *_told(after), "")
    texts = {"omschrijving": _text(random, told), "hulpvraag": _text(random, told)}
    case = Case(**texts, begrippen=tuple(random.sample(IDS, random.randint(0, 1))))
    known = found_by(before, case)
    is_touched = changed.touches_record(flatten(case)) or not changed.speaks.isdisjoint(known)
    assert is_touched or known == found_by(after, case)
    row = _row(texts["omschrijving"])
    said = profiling.text_of(row)
    known = profiling.found_by(before, row)
    assert changed.touches(said) or changed.speaks & known.keys() or known == profiling.found_by(after, row)
    profile = profile_of(before, row)
    assert of_offers.touches(said) or of_offers.speaks & profile.told.keys() or profile == profile_of(after, row)
    return is_touched


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_what_no_change_touches_reads_as_before(seed: int) -> None:
    _check(Random(seed))


@given(st.integers(0, 2**32))
def test_what_was_in_force_is_known_again_from_what_was_kept(seed: int) -> None:
    start, laid = _both(Random(seed))
    again = with_own(start, own_of(laid, start))
    assert again is not None
    assert (again.mark, list(again.thesaurus.concepts)) == (laid.mark, list(laid.thesaurus.concepts))


def test_a_change_of_much_is_no_list_of_words() -> None:
    many = tuple(f"woord{number}" for number in range(MOST_PHRASES))
    one = Concept(id="a", label="woord", also=many, source="proef")
    empty, full = Knowledge(Thesaurus({})), Knowledge(Thesaurus({"a": one}))
    assert change(empty, full) is None
    added = full.thesaurus.concepts["a"].model_copy(update={"also": (*many[1:], "nieuw woord", "woord 0")})
    changed = change(full, Knowledge(Thesaurus({"a": added})))
    assert changed is not None
    assert changed.phrases == {"woord0", "nieuw woord", "woord 0"}


SMALL = parsed(
    """
[eetstoornis]
prefLabel = "eetstoornis"
altLabel = ["weigert eten"]
codes = ["EX-EET"]
source = "proef"
[dwang]
prefLabel = "dwang"
hint = ["moet van zichzelf"]
source = "proef"
"""
)
SEASICK = ConceptRecord(naam="zeeziekte", ook=("misselijk aan boord",), breder=("eetstoornis",), herkomst="Delft")
TEXTS = ("Hij is misselijk aan boord.", "Zij weigert eten.", "Er is dwang, en hij is zeeziek.", "Moet van zichzelf.")
Kept = Mapping[tuple[Kind, str], Mapping[int, float]]


@pytest.fixture
def told(context: Context, actor: Actor) -> Context:
    """A store with a pareltje and four cases, the first the newest, read with a thesaurus of two concepts."""
    known = replace(context, knowing=Knowing(Knowledge(SMALL)))
    Pool(known).record(actor, Expert(extern_id="e", naam="A", profiel="Zeeziekte."))
    for text in TEXTS:
        CaseWork(known).record(actor, Case(omschrijving=text))
    assert Understanding(known).catch_up(actor, 9) == 0
    return known


def _kept(context: Context) -> Kept:
    with context.store.read() as reader:
        ids = (*SMALL.concepts, "zeeziekte", "EX-EET")
        return {(kind, id): reader.mentioning(kind, {id: 1.0}, 99) for kind in (Kind.CASE, Kind.EXPERT) for id in ids}


def _kept_when_all_is_read(context: Context, actor: Actor) -> Kept:
    with context.store.write(author(actor)) as writer:
        writer.leave_all_unread()
    assert Understanding(context).catch_up(actor, 9) == 0
    return _kept(context)


def test_only_what_a_new_word_may_be_in_is_read(told: Context, actor: Actor) -> None:
    Concepts(told).save(actor, SEASICK)
    waiting = [Understanding(told).catch_up(actor, 1) for _ in range(3)]
    assert waiting == [4, 2, 0]  # the pareltje; then a look and a case, twice
    kept = _kept(told)
    assert len(kept[Kind.CASE, "zeeziekte"]) == 2
    assert kept == _kept_when_all_is_read(told, actor)


def test_only_such_profiles_are_read_for_matching(told: Context, actor: Actor) -> None:
    Pool(told).record(actor, Expert(extern_id="f", naam="B", profiel="Dwang, en wie weigert te eten."))
    Pool(told).record(actor, Expert(extern_id="g", naam="C", profiel="Dwang."))
    matching, case = Matchmaking(told), Case(hulpvraag="Wie kent zeeziekte? Zij heeft dwang, en weigert eten.")
    assert matching.warm(actor) == 0
    Concepts(told).save(actor, SEASICK)
    assert matching.warm(actor, 0) == 2
    assert matching.match_case(actor, case) == Matchmaking(told).match_case(actor, case)


def test_what_changes_no_reading_has_nothing_looked_at(told: Context, actor: Actor) -> None:
    noted = record_of(SMALL.concepts["dwang"]).model_copy(update={"toelichting": "Bij jongeren.", "herkomst": "Delft"})
    Concepts(told).save(actor, noted)
    Understanding(told).catch_up(actor, 0)
    with told.store.read() as reader:
        assert reader.count_unread() == 0


@pytest.mark.parametrize("seed", [0, 1, 10])
def test_whatever_changes_while_it_reads_it_ends_as_if_all_were_read(told: Context, actor: Actor, seed: int) -> None:
    random, concepts, cases = Random(seed), Concepts(told), CaseWork(told)
    with told.store.read() as reader:
        entities = reader.entities(Kind.CASE)
    for _ in range(14):
        told_now = _told(told.knowing.last)
        step = random.randrange(5)
        with suppress(UserFacingError):
            if step == 0:
                cases.set_field(actor, random.choice(entities), "omschrijving", _text(random, (*told_now, "aan boord")))
            elif step == 1:
                concepts.take_out(actor, random.choice((*SMALL.concepts, "zeeziekte")), "Niet hier")
            elif step == 2:
                concepts.put_back(actor, random.choice(tuple(SMALL.concepts)))
            elif step == 3:
                concepts.save(actor, record_of(_concept(random, random.choice((*SMALL.concepts, "zeeziekte")))))
        Understanding(told).catch_up(actor, random.randrange(2))
    while Understanding(told).catch_up(actor, 2):
        pass
    assert _kept(told) == _kept_when_all_is_read(told, actor)
