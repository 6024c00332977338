"""From a case to a document: reading what it is made from, as its recipient may see it, and composing its blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bren_desktop.domain import advising, masking
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.aftercare import Bridge, FollowUp, FuturePlan
from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Lesson
from bren_desktop.domain.deciders import deciders
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.following import standings
from bren_desktop.domain.growing_up import plan_entity
from bren_desktop.domain.letter_texts import Texts
from bren_desktop.domain.letters import Letter, LetterRequest, PaperRequest
from bren_desktop.domain.masking import Disclosure, Masker
from bren_desktop.domain.papers.consent_form import CONSENT_FORM
from bren_desktop.domain.papers.kind import Audience, PaperKind, Sources
from bren_desktop.domain.papers.kinds import PAPERS
from bren_desktop.domain.records import Team
from bren_desktop.domain.sharing import EXPERIENCED, EXPERTS, TEAM, Verdict
from bren_desktop.errors import InvalidInputError
from bren_desktop.matching.links import links
from bren_desktop.services.case_sheet import Ahead
from bren_desktop.services.consents import verdict_of
from bren_desktop.services.course import read_transitions
from bren_desktop.services.loading import built, children, load
from bren_desktop.services.ports import Reader
from bren_desktop.services.team import calendar_of

_WITH_EXPERIENCE = frozenset({"SE-ERVJ", "SE-ERVO"})
_NAMED_IN_ADVICE = frozenset({"procesregisseur", "procesregisseur_contact", "mandaat_bij", *advising.RELEASE})
_NAMED_IN_BRIDGE = frozenset({"door", "veiligheid_door"})
"""Professionals whom a document names on purpose."""
_OWN_NAMES = {"verwijzer_naam": "", "verwijzer_organisatie": ""}
"""Their own names need not be masked for the verwijzer."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: a kind of document about a case, to an expert where it goes to one."""

    kind: PaperKind
    case: str
    request: PaperRequest
    expert: str = ""


def recipients(kind: PaperKind, case: Case, expert: Expert) -> tuple[str, ...]:
    """What the recipient goes by when consent is judged: names and a group."""
    if kind.audience is Audience.EXPERT:
        return expert.naam, expert.organisatie, EXPERIENCED if expert.soort in _WITH_EXPERIENCE else EXPERTS
    return case.verwijzer_naam, case.verwijzer_organisatie, TEAM


def judge(reader: Reader, kind: PaperKind, case: str, expert: str, day: date) -> Verdict:
    """Whether this kind of document about a case may go with a name today."""
    to = load(reader, Kind.EXPERT, Expert, expert) if expert else Expert()
    about = load(reader, Kind.CASE, Case, case)
    return verdict_of(reader, case, kind.purpose, recipients(kind, about, to), day)


def read_sources(
    reader: Reader, order: Order, team: Team, actor: Actor, today: date, share: Verdict | None = None
) -> Sources:
    """Everything that the document may be composed from."""
    kind, request = order.kind, order.request
    case = load(reader, Kind.CASE, Case, order.case)
    referrer = (case.verwijzer_organisatie, case.verwijzer_naam) if kind.audience is Audience.REFERRER else ()
    case = case.model_copy(update=_OWN_NAMES) if referrer else case
    disclosure = _disclosure(kind, request)
    mask = masking.masker(case, disclosure)
    is_for_expert = kind.audience is Audience.EXPERT
    sources = Sources(
        case=masking.disclosed(case, disclosure, today),
        request=request,
        texts=Texts(kind.key, own_texts(team, kind.key)),
        today=today,
        made_by=actor.name,
        contact=" · ".join(filter(None, (team.telefoon, team.email))),
        mask=mask,
        decides=deciders(case, today),
        withheld=kind.withheld(case, today),
        calendar=calendar_of(team),
        asked_by=links().asked_by,
        consult=request if isinstance(request, LetterRequest) else LetterRequest(),
        expert=load(reader, Kind.EXPERT, Expert, order.expert) if is_for_expert else Expert(),
        share=share,
        referrer=referrer,
    )
    whole = sources if is_for_expert else _with_course(reader, order.case, sources, mask)
    return replace(whole, mask=masking.sparing(mask, _professionals(whole, team)))


def compose(order: Order, sources: Sources, actor: Actor, team: Team, kenmerk: str) -> Letter:
    """The document as it would be made now. Raises InvalidInputError where it makes no sense yet."""
    kind, request = order.kind, order.request
    if lacking := kind.lacks(sources) or sources.withheld:
        raise InvalidInputError("{reden} Dit document kan nog niet.", field="soort", reden=lacking)
    typed = [line.strip() for line in request.ontvanger.split("\n") if line.strip()]
    is_family = kind.audience is Audience.FAMILY
    return Letter(
        case=order.case,
        expert=order.expert,
        kenmerk=kenmerk,
        date=sources.today,
        recipient=tuple(line for line in (typed or kind.recipient(sources)) if line),
        at_home=is_family or (kind.audience is Audience.EXPERT and not sources.expert.organisatie),
        salutation=request.aanhef or kind.salutation(sources),
        blocks=kind.compose(sources),
        made_by=actor.name,
        role=actor.role.value,
        team=team.naam,
        contact=sources.contact,
        your_reference=sources.mask(request.uw_kenmerk),
        enclosures=tuple(sources.mask(name) for name in request.bijlagen),
        identifying=request.identificerend or is_family,
        criminal_reason=request.strafrechtelijk_reden if request.strafrechtelijk_opnemen else "",
        kind=kind.key,
        title=kind.title,
        addressed=kind.addressed,
        keeping=sources.phrase("bewaren"),
        closing=sources.phrase("slot"),
        signatures=tuple(kind.signatures(sources)),
        pages=kind.pages,
    )


def fitting(reader: Reader, case: str, team: Team, actor: Actor, today: date) -> Sequence[PaperKind]:
    """The kinds that make sense for a case now, which does not depend on what their readers may see of it.

    So they are asked with what the family may see, for which no name is looked for in its texts.
    """
    about = load(reader, Kind.CASE, Case, case)
    sources = read_sources(reader, Order(CONSENT_FORM, case, PaperRequest()), team, actor, today)
    return [kind for kind in PAPERS if not (kind.lacks(sources) or kind.withheld(about, today))]


def read_ahead(reader: Reader, case: str) -> Ahead:
    """What the casuskaart tells of the advice that holds now and of what follows it."""
    entity, advice = _current_advice(reader, case)
    tellings = [each for _, each in children(reader, Kind.FOLLOW_UP, FollowUp, case)]
    plan = built(Kind.FUTURE_PLAN, FuturePlan, reader.registers(Kind.FUTURE_PLAN, plan_entity(case)))
    stands = standings(entity, advice, tellings) if advice else ()
    return Ahead(advice or Advice(), stands, _open_bridges(reader, case), plan)


def _current_advice(reader: Reader, case: str) -> tuple[str, Advice | None]:
    advices = dict(children(reader, Kind.ADVICE, Advice, case))
    entity = advising.current(advices)
    return entity, advices.get(entity)


def _open_bridges(reader: Reader, case: str) -> Sequence[Bridge]:
    return [each for _, each in children(reader, Kind.BRIDGE, Bridge, case) if each.is_open]


def own_texts(team: Team, kind: str) -> dict[str, str]:
    """The sentences of this kind that the team put in the place of ours."""
    start = f"{kind}."
    return {row.id.removeprefix(start): row.tekst for row in team.teksten if row.id.startswith(start)}


def _professionals(sources: Sources, team: Team) -> Iterator[str]:
    """Whom a document names on purpose, and how to reach them: where somebody types it, it stays as it is."""
    yield from (team.telefoon, team.email, sources.made_by)
    for record, names in ((sources.advice, _NAMED_IN_ADVICE), *((each, _NAMED_IN_BRIDGE) for each in sources.bridges)):
        yield from (value for name in names if isinstance(value := getattr(record, name, ""), str))


def _disclosure(kind: PaperKind, request: PaperRequest) -> Disclosure:
    """What the recipient may see. Data of a criminal-law kind go to an expert only, where that was ticked."""
    if request.identificerend and not kind.purpose and kind.audience is not Audience.FAMILY:
        raise InvalidInputError("Dit document gaat altijd zonder naam.", field="identificerend")
    if request.strafrechtelijk_opnemen and kind.audience is not Audience.EXPERT:
        raise InvalidInputError(
            "Strafrechtelijke gegevens staan alleen in een consultatievraag.", field="strafrechtelijk_opnemen"
        )
    return Disclosure(request.identificerend or kind.audience is Audience.FAMILY, request.strafrechtelijk_opnemen)


def _with_course(reader: Reader, case: str, sources: Sources, mask: Masker) -> Sources:
    """The same with what was discussed, advised and arranged."""
    _, advice = _current_advice(reader, case)
    discussions = dict(children(reader, Kind.DISCUSSION, Discussion, case))
    discussion = discussions.get(advice.bespreking) if advice else None
    return replace(
        sources,
        advice=masking.shown(advice, mask, _NAMED_IN_ADVICE) if advice else None,
        discussion=masking.shown(discussion, mask) if discussion else None,
        bridges=[masking.shown(each, mask, _NAMED_IN_BRIDGE) for each in _open_bridges(reader, case)],
        lessons=[masking.shown(each, mask) for _, each in children(reader, Kind.LESSON, Lesson, case)],
        transitions=[masking.shown(each, mask) for each in read_transitions(reader, case)],
    )
