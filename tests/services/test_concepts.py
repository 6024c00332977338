"""The thesaurus as an admin of the network edits it: through the doors, on two laptops, and always whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.masking import without_criminal
from bren_desktop.errors import InvalidInputError, NotFoundError, UserFacingError
from bren_desktop.language.overlay import LeftOut, overlaid
from bren_desktop.language.thesaurus import Concept, Thesaurus, parsed
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.concept_records import MOST, gathered, record_of
from bren_desktop.services.concepts import Brought, ConceptLine, Concepts, State
from bren_desktop.services.conflicts import Conflicts
from bren_desktop.services.context import Context, author
from bren_desktop.services.knowing import Knowing
from bren_desktop.services.knowledge import Knowledge
from bren_desktop.services.matchmaking import Matchmaking
from bren_desktop.services.pool import Pool
from bren_desktop.services.search import Search
from bren_desktop.services.suggesting import suggestions
from bren_desktop.services.sync_ports import SyncStore
from bren_desktop.services.understanding import Understanding
from tests.delivery import exchanged

SMALL = parsed(
    """
[eetstoornis]
prefLabel = "eetstoornis"
altLabel = ["weigert eten"]
codes = ["EX-EET"]
source = "proef"
[anorexia]
prefLabel = "anorexia"
broader = ["eetstoornis"]
source = "proef"
[dwang]
prefLabel = "dwang"
source = "proef"
"""
)
NEW = ConceptRecord(naam="zeeziekte", ook=("misselijk aan boord",), breder=("eetstoornis",), herkomst="Wens van Delft")


def small(context: Context) -> Context:
    """The same store under a program with three concepts."""
    return replace(context, knowing=Knowing(Knowledge(SMALL)))


@pytest.fixture
def concepts(context: Context) -> Concepts:
    return Concepts(small(context))


def line(concepts: Concepts, actor: Actor, id: str) -> ConceptLine:
    return next(each for each in concepts.overview(actor) if each.record.extern_id == id)


def ids(concepts: Concepts, actor: Actor) -> list[str]:
    return list(concepts.known(actor).thesaurus.concepts)


def test_a_new_concept_is_found_and_matched_on(context: Context, actor: Actor) -> None:
    context = small(context)
    cases, search, matching = CaseWork(context), Search(context), Matchmaking(context)
    case = cases.record(actor, Case(extern_id="c", omschrijving="Hij is misselijk aan boord.")).entity
    expert = Pool(context).record(actor, Expert(extern_id="e", naam="A", profiel="Zeeziekte.")).entity
    Understanding(context).catch_up(actor, 9)
    before = matching.match(actor, case)[0].score
    Concepts(context).save(actor, NEW)
    assert Understanding(context).catch_up(actor, 9) == 0
    assert {hit.id for hit in search.find(actor, "zeeziekte")} == {"c", "e"}
    (match,) = matching.match(actor, case)
    assert (match.entity, match.score > before) == (expert, True)
    told = suggestions(context.knowing.last, {"hulpvraag": "Misselijk aan boord."})
    assert [each.code for each in told["begrippen"]] == ["zeeziekte"]


def test_a_whole_concept_takes_the_place_and_goes_back(concepts: Concepts, actor: Actor) -> None:
    opened = concepts.open(actor, "eetstoornis")
    assert opened.record == record_of(SMALL.concepts["eetstoornis"])
    concepts.save(actor, opened.record.model_copy(update={"ook": ("eet niet",), "herkomst": "Team"}), opened.seen)
    changed = line(concepts, actor, "eetstoornis")
    assert (changed.state, changed.record.ook, changed.who) == (State.CHANGED, ("eet niet",), actor.name)
    concepts.take_out(actor, "eetstoornis", "Toch niet")
    assert concepts.open(actor, "eetstoornis").record.ook == ("weigert eten",)
    concepts.put_back(actor, "eetstoornis")
    assert line(concepts, actor, "eetstoornis").state is State.SHIPPED
    assert concepts.known(actor).thesaurus == SMALL


def test_what_is_taken_out_is_gone_and_undone_by_who_did_it(concepts: Concepts, actor: Actor) -> None:
    concepts.take_out(actor, "eetstoornis", "Hier niet gebruikt")
    gone = line(concepts, actor, "eetstoornis")
    assert (gone.state, gone.record.naam) == (State.OUT, "eetstoornis")
    assert ids(concepts, actor) == ["anorexia", "dwang"]
    assert concepts.known(actor).left_out == ()
    with pytest.raises(NotFoundError):
        concepts.take_out(actor, "eetstoornis", "Nog eens")
    concepts.undo(actor, "eetstoornis")
    assert concepts.known(actor).thesaurus == SMALL


def test_undo_of_a_new_concept_takes_it_away_without_a_trace(concepts: Concepts, actor: Actor) -> None:
    concepts.save(actor, NEW)
    concepts.undo(actor, "zeeziekte")
    assert [each.record.extern_id for each in concepts.overview(actor)] == ["anorexia", "dwang", "eetstoornis"]


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"naam": ""}, "naam", "Vul het begrip"),
        ({"herkomst": ""}, "herkomst", "de herkomst"),
        ({"naam": "!!"}, "naam", "‘Begrip’"),
        ({"ook": ("x",)}, "ook", "‘Andere woorden’"),
        ({"extern_id": "A b"}, "extern_id", "‘Kenmerk’"),
        ({"naam": "Dwang"}, "naam", "heten allebei"),
        ({"breder": ("weg",)}, "", "dat is er niet"),
        ({"codes": ("EX-WEG",)}, "codes", "EX-WEG"),
        ({"extern_id": "eetstoornis", "naam": "eten", "breder": ("anorexia",)}, "breder", "breder dan"),
    ],
)
def test_nothing_wrong_comes_in_by_the_door(
    concepts: Concepts, actor: Actor, change: dict[str, str], field: str, told: str
) -> None:
    with pytest.raises(InvalidInputError) as raised:
        concepts.save(actor, NEW.model_copy(update=change))
    assert (raised.value.field, told in str(raised.value)) == (field, True)
    assert concepts.known(actor).thesaurus == SMALL


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.VOORZITTER, Role.PLAATSVERVANGER)])
def test_only_who_admits_laptops_changes_it(concepts: Concepts, actor: Actor, role: Role) -> None:
    for attempt in (
        lambda who: concepts.save(who, NEW),
        lambda who: concepts.take_out(who, "dwang", "Nee"),
        lambda who: concepts.put_back(who, "dwang"),
        lambda who: concepts.bring(who, Thesaurus({})),
    ):
        with pytest.raises(UserFacingError):
            attempt(replace(actor, role=role))
    assert concepts.known(actor).thesaurus == SMALL


def test_a_file_writes_only_what_differs(context: Context, concepts: Concepts, actor: Actor) -> None:
    concepts.save(actor, NEW)
    known = concepts.known(actor).thesaurus.concepts
    anorexia = known["anorexia"].model_copy(update={"hints": ("mager",)})
    added = Concept.model_validate({"id": "rouw", "label": "rouw", "source": "Team"})
    file = Thesaurus({id: one for id, one in known.items() if id != "dwang"} | {"anorexia": anorexia, "rouw": added})
    assert concepts.bring(actor, file) == Brought(added=1, changed=1, taken_out=1)
    assert concepts.known(actor).thesaurus.concepts == {**file.concepts}
    assert concepts.bring(actor, file) == Brought(0, 0, 0)
    assert concepts.bring(actor, SMALL) == Brought(added=1, changed=1, taken_out=2)
    assert concepts.known(actor).thesaurus == SMALL
    concepts.take_out(actor, "eetstoornis", "Proef")
    assert concepts.bring(actor, SMALL) == Brought(added=1, changed=0, taken_out=0), "anorexia names it again by itself"
    assert concepts.known(actor).thesaurus == SMALL
    with pytest.raises(InvalidInputError, match="minder dan de helft"):
        concepts.bring(actor, Thesaurus({"rouw": added}))


def test_words_are_counted_before_they_are_saved(context: Context, concepts: Concepts, actor: Actor) -> None:
    CaseWork(context).record_all(actor, [Case(omschrijving=text) for text in ("Op zee.", "Op de zee, ziek.", "Thuis.")])
    assert concepts.count(actor, "zee").counts == {Kind.CASE: 2, Kind.EXPERT: 0}
    assert concepts.count(replace(actor, role=Role.PROJECTLEIDER), "zee").counts == {Kind.EXPERT: 0}


def test_a_word_that_most_cases_hold_is_one_of_every_day(context: Context, concepts: Concepts, actor: Actor) -> None:
    work = CaseWork(context)
    work.record_all(actor, [Case(omschrijving="Op school, ver van zee.") for _ in range(5)])
    assert not concepts.count(actor, "school").everyday, "of so few cases nothing can be said"
    work.record_all(actor, [Case(omschrijving=text) for text in (*["Op school."] * 2, *["Thuis."] * 5)])
    assert [concepts.count(actor, word).everyday for word in ("school", "zee", "thuis")] == [True, False, False]
    assert not concepts.count(replace(actor, role=Role.PROJECTLEIDER), "school").everyday


def test_two_admins_who_add_the_same_concept_have_one(twins: tuple[Context, Context], actor: Actor) -> None:
    first, second = (Concepts(small(each)) for each in twins)
    colleague = replace(actor, person="p2", name="Bo")
    first.save(actor, NEW)
    second.save(colleague, NEW.model_copy(update={"ook": ("wordt groen",), "herkomst": "Wens van Leiden"}))
    second.take_out(colleague, "dwang", "Weg")
    stores = [cast("SyncStore", each.store) for each in twins]
    exchanged(*stores)
    exchanged(*reversed(stores))
    assert ids(first, actor) == ids(second, colleague) == ["eetstoornis", "anorexia", "zeeziekte"]
    assert first.known(actor).mark == second.known(actor).mark
    assert line(first, actor, "zeeziekte").record.ook == ("misselijk aan boord", "wordt groen")
    (conflict,) = Conflicts(twins[0]).list(actor)
    assert (conflict.kind, conflict.field) == (Kind.CONCEPT, "herkomst")
    Conflicts(twins[0]).settle(actor, "zeeziekte", "herkomst", take=2)
    assert Conflicts(twins[0]).list(actor) == []


def test_what_cannot_hold_is_told_and_breaks_nothing(context: Context, concepts: Concepts, actor: Actor) -> None:
    broken = ConceptRecord(extern_id="Geen Kenmerk", naam="x y", herkomst="team")
    loop = ConceptRecord(extern_id="eetstoornis", naam="eten", breder=("anorexia", "weg"), herkomst="team")
    double = ConceptRecord(extern_id="nieuw", naam="DWANG", herkomst="team")
    with context.store.write(author(actor)) as writer:
        for record in (broken, loop, double):
            entity = context.store.entity_for(Kind.CONCEPT, record.extern_id)
            writer.write(Kind.CONCEPT, entity, {("van_later", ""): 1, **flatten(record)})
    assert ids(concepts, actor) == ["eetstoornis", "anorexia", "nieuw"]
    told = {each.record.extern_id: each.problems for each in concepts.overview(actor) if each.problems}
    assert told.keys() == {"Geen Kenmerk", "eetstoornis", "dwang"}
    assert len(told["eetstoornis"]) == 2


def test_a_network_has_so_many_concepts_and_no_more() -> None:
    own = gathered(ConceptRecord(extern_id=f"zee-{n}", herkomst="team") for n in range(MOST + 2))
    assert (len(own.concepts), [each.concept for each in own.left_out]) == (MOST, [f"zee-{MOST}", f"zee-{MOST + 1}"])


def test_one_concept_too_many_does_not_come_in_by_the_door(
    concepts: Concepts, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bren_desktop.services.concepts.MOST", 1)
    concepts.save(actor, NEW)
    concepts.save(actor, NEW.model_copy(update={"extern_id": "zeeziekte", "naam": "wagenziekte"}))
    more = Concept.model_validate({"id": "rouw", "label": "rouw", "source": "Team"})
    known = concepts.known(actor).thesaurus
    for attempt in (
        lambda: concepts.save(actor, NEW),
        lambda: concepts.take_out(actor, "dwang", "Nee"),
        lambda: concepts.bring(actor, Thesaurus({**known.concepts, "rouw": more})),
    ):
        with pytest.raises(InvalidInputError, match="hooguit 1 eigen"):
            attempt()
    assert concepts.known(actor).thesaurus == known


def test_criminal_concepts_of_a_network_stay_behind(context: Context, concepts: Concepts, actor: Actor) -> None:
    concepts.save(actor, NEW)
    concepts.save(actor, NEW.model_copy(update={"naam": "kapen", "codes": ("DM-FOR",)}))
    case = Case(begrippen=("zeeziekte", "kapen", "van-elders"))
    terms = concepts.known(actor).terms
    assert without_criminal(case, terms).begrippen == ("zeeziekte",)
    assert without_criminal(case).begrippen == ()


def test_a_concept_that_nobody_here_knows_stays_on_its_case(context: Context, actor: Actor) -> None:
    cases = CaseWork(small(context))
    entity = cases.record(actor, Case(extern_id="c")).entity
    with context.store.write(author(actor)) as writer:
        writer.write(Kind.CASE, entity, {("begrippen", "zeeziekte"): True})
    Understanding(small(context)).catch_up(actor, 9)
    cases.set_field(actor, entity, "begrippen", ["zeeziekte", "dwang"])
    assert cases.open(actor, entity).case.begrippen == ("dwang", "zeeziekte")


TEXTS = st.text(max_size=8) | st.sampled_from(["dwang", "Dwang", "zeeziekte", "eetstoornis", "anorexia", "EX-EET"])
WORDS = st.lists(TEXTS, max_size=3).map(tuple)
RECORDS = st.builds(
    ConceptRecord,
    **dict.fromkeys(("naam", "herkomst", "toelichting"), TEXTS),
    **dict.fromkeys(("ook", "verborgen", "hints", "breder", "verwant", "codes", "van_ouder", "contra"), WORDS),
    over_ouder=st.none() | st.booleans(),
)


def laid(records: Iterable[ConceptRecord]) -> tuple[Thesaurus, frozenset[LeftOut]]:
    """What is in force with these records, and what is not."""
    own = gathered(records)
    found = overlaid(SMALL, own.concepts)
    return found.thesaurus, frozenset((*own.left_out, *found.left_out))


@settings(max_examples=30)
@given(st.dictionaries(TEXTS, RECORDS, max_size=6), st.randoms())
def test_any_records_give_a_thesaurus_that_reads_the_same_in_any_order(
    stored: Mapping[str, ConceptRecord], random: Random
) -> None:
    records = [record.model_copy(update={"extern_id": id}) for id, record in stored.items()]
    shuffled = records.copy()
    random.shuffle(shuffled)
    thesaurus, left_out = laid(records)
    assert (thesaurus, left_out) == laid(shuffled)
    assert {each.concept for each in left_out} <= stored.keys()
    for mention in Knowledge(thesaurus).mentions("Zij weigert te eten, IQ 60, zeeziekte en dwang."):
        assert mention.code in thesaurus.concepts
