"""Every reason shown is true of the stored case and profile: its facts, its quotes, and whose words they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.advice import Advice, PointRow
from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Closing, Lesson
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.pseudonyms import LEFT_OUT
from bren_desktop.domain.rights import Right
from bren_desktop.domain.states import State
from bren_desktop.domain.transitions import Transition
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.fiction.cases import case as fictional
from bren_desktop.fiction.experts import expert
from bren_desktop.matching.verdicts import Judgement, Verdict
from bren_desktop.services import below
from bren_desktop.services.asking import TAGS, concepts_of, question_of
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context
from bren_desktop.services.knowledge import shipped_knowledge
from bren_desktop.services.matchmaking import Matchmaking
from bren_desktop.services.pool import Pool
from bren_desktop.services.profiling import profile_of
from bren_desktop.services.rows import ExpertRow
from bren_desktop.services.similar import Similar
from bren_desktop.services.understanding import Understanding
from bren_desktop.services.views import Match, TeamPlace
from tests.matching.oracle import QUOTED, Seen, judge

TODAY = date(2026, 11, 22)
KNOWN = shipped_knowledge()
OF_THE_CASE = ("expertise", "mandaat", "wensen", "veiligheid")
"""The criteria that quote; a domain is named by its label."""
NAMED = Case(
    roepnaam="Noor",
    achternaam="Vlier",
    omschrijving="Zij slaapt, zegt Noor zelf, niet. Ook houdt Vlier zich groot. Haar vader slaat haar moeder.",
    strafrechtelijk="PIJ-maatregel na brandstichting.",
    wensen="Liefst een Turkssprekende vrouw uit Delft, met eigen ervaring.",
    hulpvraag="Wie betaalt, en wie voert de regie?",
)
CASES = [
    NAMED,
    *(fictional(2026, number).model_copy(update={"status": Case().status, "nummer": ""}) for number in range(1, 5)),
]
EXPERTS = [
    *(expert(2026, number) for number in range(1, 13)),
    Expert(naam="Mo Bemiddelt", profiel="Bemiddeling en mediation bij ouders.", mandaat="Mag een plek toezeggen."),
    Expert(naam="Ada Spreekt", titel="mevr.", profiel="Spreekt Pools. Slaapproblemen.", domeinen=("DM-FOR",)),
]


def test_every_reason_is_true_of_case_and_profile(context: Context, actor: Actor) -> None:
    pool, matching = Pool(context), Matchmaking(context)
    pool.record_all(actor, EXPERTS)
    rows = {row.entity: row for row in (pool.row(actor, entity) for entity in matching.names(actor)) if row}
    for case in CASES:
        proposal = matching.propose_for(actor, case, len(EXPERTS))
        assert len(proposal.matches) == len(rows)
        for match in proposal.matches:
            _check(case, rows[match.entity], match)
        _check_team(case, proposal.team)
    entity = CaseWork(context).record(actor, NAMED).entity
    proposed = matching.propose(actor, entity, len(EXPERTS))
    for expert_entity, row in list(rows.items())[-2:]:
        standing = matching.why(actor, entity, expert_entity)
        assert proposed.standing(expert_entity) == standing, "asked by name or not"
        _check(NAMED, row, standing.match)
    assert proposed.standing("nobody") is None


def _check(case: Case, row: ExpertRow, match: Match) -> None:
    seen = Seen(question_of(KNOWN, case, TODAY), profile_of(KNOWN, row), TODAY)
    known = f"{_open(case)} {_said(asdict(row))}"
    for reason in match.reasons:
        judge(seen, Judgement(reason.criterion, Verdict(reason.verdict), reason.text))
        if reason.criterion in OF_THE_CASE and "De casus vraagt '" not in reason.text:
            _stands(QUOTED.findall(reason.text), known)
        _names_nobody(reason.text, case, _said(asdict(row)))


def _check_team(case: Case, places: Iterable[TeamPlace]) -> None:
    working = [place.brings for place in places if place.part != "ervaringsdeskundige"]
    brought = [one for brings in working for one in brings]
    assert len(brought) == len(set(brought))
    for one in brought:
        _stands([] if one.startswith("het domein") else QUOTED.findall(one), _open(case))
        _names_nobody(one, case, "")


def _stands(quotes: Iterable[str], known: str) -> None:
    """Each quote is in the text word for word, but for what was left out."""
    for quote in quotes:
        for part in re.split(rf"\s*(?:…|{re.escape(LEFT_OUT)})\s*", quote.casefold()):
            assert part in known, quote


def _names_nobody(text: str, case: Case, own: str) -> None:
    """No young person's name, but where the profile has the word itself."""
    for name in filter(None, (case.roepnaam, case.achternaam)):
        assert name.casefold() in own or not re.search(rf"\b{re.escape(name)}", text), text


def _open(case: Case) -> str:
    """What the case says but for what is of a criminal-law kind."""
    return _said(case.model_copy(update={"strafrechtelijk": ""}).model_dump())


def _said(record: Mapping[str, Any]) -> str:
    """Everything that a record says, its codes by their labels as well."""
    texts = [" ".join(str(value).split()) for value in record.values()]
    texts += [part for value in record.values() if isinstance(value, tuple) for part in map(str, value)]
    lists = (*TAGS, "domeinen", "expertise_pareltjes", "soort_expert", "jeugdregios")
    labels = [term.label for name in lists for term in vocabulary(name) if term.code in texts and not term.criminal]
    return " ".join([*texts, *labels]).casefold()


def test_what_is_told_of_a_similar_case_is_so(context: Context, chair: Actor) -> None:
    told = {CaseWork(context).record(chair, case).entity: case for case in CASES}
    Understanding(context).catch_up(chair, 100)
    for entity, case in told.items():
        for other in Similar(context).to(chair, entity):
            assert set(other.shared) <= {*_words(case)} & {*_words(told[other.row.entity])}


def _words(case: Case) -> Iterator[str]:
    """The concepts, domains and knelpunten of a case in words."""
    for key in concepts_of(KNOWN, case):
        yield from (lists.label(key) for lists in (KNOWN.terms, *map(vocabulary, TAGS)) if key in lists)


@pytest.mark.parametrize("struck", [0, 1])
def test_what_somebody_struck_is_not_shared(context: Context, chair: Actor, struck: int) -> None:
    sleepless = [Case(omschrijving="Zij slaapt niet en heeft anorexia.", roepnaam=name) for name in ("Noor", "Mila")]
    work = CaseWork(context)
    cases = [work.record(chair, case).entity for case in sleepless]
    Understanding(context).catch_up(chair, 100)
    assert "anorexia nervosa" in Similar(context).to(chair, cases[0])[0].shared
    work.amend(chair, cases[struck], sleepless[struck].model_copy(update={"begrippen_geschrapt": ("anorexia",)}))
    Understanding(context).catch_up(chair, 100)
    found = Similar(context).to(chair, cases[0])
    assert [one for one in found if "anorexia nervosa" in one.shared] == []


def test_a_similar_case_names_nobody(context: Context, chair: Actor) -> None:
    """Its advice and lessons are written for people who know the family."""
    cases = [
        CaseWork(context).record(chair, Case(omschrijving="Zij slaapt niet.", roepnaam=first, achternaam=last)).entity
        for first, last in (("Noor", "Vlier"), ("Mila", "Esdoorn"))
    ]
    Understanding(context).catch_up(chair, 100)
    advice = Advice(punten=(PointRow(id="1", wat="Begin met Mila's slaapritme."),), vrijgegeven_op=TODAY)
    closing = Closing(resultaat="RS-NEE", bevestigd_op=TODAY, bevestigd_door_id="p7")
    for kind, record in (
        (Kind.ADVICE, advice),
        (Kind.CLOSING, closing),
        (Kind.LESSON, Lesson(tekst="Luister naar Mila Esdoorn.")),
    ):
        below.file(context, chair, Right.FOLLOW_UP, kind, cases[1], record)
    (found,) = Similar(context).to(chair, cases[0])
    assert found.advised == ("Begin met diens slaapritme.",)
    assert (found.result, found.lessons) == ("niet opgelost", ("Luister naar de jeugdige.",))
    below.file(context, chair, Right.FOLLOW_UP, Kind.TRANSITION, cases[1], Transition(naar=State.REOPENED))
    assert Similar(context).to(chair, cases[0])[0].result == "", "it did not last"
