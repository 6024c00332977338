"""What a step in the life of a case needs (requirements 5): each need says in Dutch what is lacking, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pydantic import BaseModel

from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.advising import CHOSEN, FAILED, current, missing_at_least, missing_in_discussion
from bren_desktop.domain.aftercare import FollowUp
from bren_desktop.domain.cases import Case, missing_for_intake
from bren_desktop.domain.closing import in_force, missing_for_closing
from bren_desktop.domain.consent import PURPOSE_EXPERT
from bren_desktop.domain.course import Course
from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.fields import notes
from bren_desktop.domain.following import FOLLOWED, PARTLY
from bren_desktop.domain.purposes import standings
from bren_desktop.domain.records import FiledDocument
from bren_desktop.domain.sharing import GROUP_OF, Verdict, verdict
from bren_desktop.domain.states import State

CONSULT_LETTER, REFUSAL_LETTER = "Consultatievraag", "Bericht over uw aanmelding"
PURPOSE_REGIONAL, PURPOSE_INTERREGIONAL = "TD-A", "TD-B"
_ANONYMOUS, _COERCED = "TS-ANON", "TS-GEDW"
_INTERREGIONAL_TABLE = "GR-INT"
_ACCEPTED = "IA-JA"


class Lack(NamedTuple):
    """A field that a step still needs, of the case or of what hangs below it, and what to do as a sentence.

    `paper`: the key of the kind of document that is to be made for it.
    """

    kind: Kind
    field: str
    sentence: str
    paper: str = ""


Need = Callable[[Course], Iterator[Lack]]
"""What is missing in a course; nothing where the need is met."""

_SHEET: Mapping[str, str] = {
    "wat_is_geprobeerd": "Schrijf op wat er in de regio is geprobeerd.",
    "waarom_bovenregionaal": "Schrijf op waarom de regio dit niet alleen kan.",
    "inbrengvraag": "Schrijf op wat u aan de andere regio's wilt vragen.",
    "blad_gecontroleerd_door": "Laat iemand het geanonimiseerde blad controleren op herleidbaarheid.",
    "blad_gecontroleerd_op": "Vul in op welke dag het geanonimiseerde blad is gecontroleerd.",
}
_TABLE: Mapping[str, str] = {
    "domeinen": "Kies de domeinen waarop hulp nodig is.",
    "urgentie": "Kies de urgentie.",
    "samenvatting": "Vat de casus samen voor de tafel.",
    "jim_status": "Vul in of er een JIM of vertrouwenspersoon is.",
}
_DETAILS: Mapping[str, str] = {
    "reden": "Schrijf de reden op.",
    "wacht_op": "Vul in op wie u wacht.",
    "doorgeleid_naar": "Vul in waarheen u doorgeleidt.",
}
_ENDING: Mapping[str, tuple[Kind, str]] = {
    "afsluiting": (Kind.CLOSING, "voorgesteld_op"),
    "leerpunten": (Kind.LESSON, "tekst"),
}
"""Where a whole record is missing: the field that it begins with."""
_UNMADE = "Maak een advies. De voorzitter geeft het vrij."
_UNRELEASED = "De voorzitter moet het advies nog vrijgeven."
_REFUSAL = "afwijzing"
_UNMADE_REFUSAL = f"Maak de brief '{REFUSAL_LETTER}', met de reden en waarheen u doorgeleidt, en geef hem vrij."
_UNRELEASED_REFUSAL = f"De voorzitter moet de brief '{REFUSAL_LETTER}' nog vrijgeven."
_REGIONAL_CONSENT = Lack(
    Kind.CONSENT, "doelen", "Vraag toestemming om de casus te bespreken in het regionale expertteam."
)
_INTERREGIONAL_CONSENT = Lack(
    Kind.CONSENT, "doelen", "Vraag toestemming voor interregionale intervisie, of bespreek de casus anoniem."
)


def label_of(lack: Lack) -> str:
    """What the field is called on screen."""
    note = notes(MODELS[lack.kind]).get(lack.field)
    return note.label if note else lack.field


def intake(course: Course) -> Iterator[Lack]:
    """Everything that aanmelding requires."""
    labels = notes(Case)
    return (Lack(Kind.CASE, field, f"Vul in: {labels[field].label}.") for field in missing_for_intake(course.case))


def handler(course: Course) -> Iterator[Lack]:
    """Somebody treats the case."""
    return _empty(Kind.CASE, course.case, {"behandelaar": "Wijs de casus toe aan een behandelaar."})


def ready_for_the_table(course: Course) -> Iterator[Lack]:
    """What the regional team wants to know before it discusses a case."""
    case = course.case
    if not (case.knelpunten or case.ontbrekend_aanbod):
        yield Lack(Kind.CASE, "knelpunten", "Kies ten minste één knelpunt of één vorm van ontbrekend aanbod.")
    yield from _empty(Kind.CASE, case, _TABLE)
    if not (case.stem_jeugdige or case.jeugdige_niet_reden):
        yield Lack(Kind.CASE, "stem_jeugdige", "Schrijf op wat de jeugdige zelf zegt, of waarom dat er niet is.")
    if not (case.stem_ouders or case.ouders_niet_reden):
        yield Lack(Kind.CASE, "stem_ouders", "Schrijf op wat de ouders zelf zeggen, of waarom dat er niet is.")


def ready_for_other_regions(course: Course) -> Iterator[Lack]:
    """Why the region brings it to others, and a sheet without names that somebody checked."""
    yield from _empty(Kind.CASE, course.case, _SHEET)
    yield from _not_before(course, "Het geanonimiseerde blad is gecontroleerd", course.case.blad_gecontroleerd_op)
    if not _may_be_interregional(course, course.today):
        yield _INTERREGIONAL_CONSENT


def ready_to_be_discussed(course: Course) -> Iterator[Lack]:
    """Consent to discuss the case in the region today, or a case for which none is asked."""
    if not _may_be_discussed(course, course.today):
        yield _REGIONAL_CONSENT


def discussed_with_consent(course: Course) -> Iterator[Lack]:
    """Consent on the day of the discussion; for the other regions too where they were at the table."""
    discussion = _fullest_discussion(course)
    day = discussion.datum or course.today
    if not _may_be_discussed(course, day):
        yield _REGIONAL_CONSENT
    if discussion.gremium == _INTERREGIONAL_TABLE and not _may_be_interregional(course, day):
        yield _INTERREGIONAL_CONSENT


def expert_engaged(course: Course) -> Iterator[Lack]:
    """An expert accepted, and got a released question with consent or without names."""
    experts = {
        each.expert: each.antwoord_op
        for entity, each in course.deployments.items()
        if each.antwoord == _ACCEPTED and course.in_this_round(entity, each.antwoord_op)
    }
    if not experts:
        yield Lack(Kind.DEPLOYMENT, "antwoord", "Leg vast welk pareltje de inzet heeft aangenomen.")
        return
    letters = [
        each
        for entity, each in course.documents.items()
        if each.expert in experts and _is_sent_question(course, entity, each)
    ]
    yield from _not_before(course, "Het pareltje nam de inzet aan", min(experts.values(), key=str))
    if not letters:
        yield Lack(Kind.DOCUMENT, "vrijgegeven_door", "Geef de consultatievraag aan dit pareltje vrij.")
    elif all(each.identificerend for each in letters) and not _may_ask_an_expert(course, letters):
        yield Lack(Kind.CONSENT, "doelen", "Vraag toestemming voor het consult, of stel de vraag zonder naam.")


def told_why_not(course: Course) -> Iterator[Lack]:
    """The verwijzer was told in a released letter why the case is not taken, and who can help."""
    letters = [
        each
        for entity, each in course.documents.items()
        if each.soort == REFUSAL_LETTER and course.in_this_round(entity, each.datum)
    ]
    released = [each.datum for each in letters if each.vrijgegeven_door]
    if released:
        yield from _not_before(course, f"'{REFUSAL_LETTER}' is vrijgegeven", min(released, key=str))
    elif letters:
        yield Lack(Kind.DOCUMENT, "vrijgegeven_door", _UNRELEASED_REFUSAL, _REFUSAL)
    else:
        yield Lack(Kind.DOCUMENT, "soort", _UNMADE_REFUSAL, _REFUSAL)


def discussed(course: Course) -> Iterator[Lack]:
    """A discussion in which nothing is missing."""
    held = _fullest_discussion(course)
    if not held.datum:
        yield Lack(Kind.DISCUSSION, "datum", "Leg de bespreking vast: wanneer, met wie en met welke uitkomst.")
    missing = missing_in_discussion(held, course.today)
    yield from (Lack(Kind.DISCUSSION, *each) for each in missing if held.datum or each.field != "datum")
    yield from _not_before(course, "De bespreking was", held.datum)


def advised(course: Course) -> Iterator[Lack]:
    """A released advice with what no advice goes without."""
    name = current(course.advices)
    advice = course.advices.get(name)
    if advice is None or not course.in_this_round(name, advice.vrijgegeven_op):
        concept = next((each for each in course.advices.values() if not each.vrijgegeven_op), None)
        yield Lack(Kind.ADVICE, "vrijgegeven_op", _UNRELEASED if concept else _UNMADE)
        advice = concept or Advice()
    yield from (Lack(Kind.ADVICE, *each) for each in missing_at_least(advice))
    yield from _not_before(course, "Het advies is vrijgegeven", advice.vrijgegeven_op)


def accepted(course: Course) -> Iterator[Lack]:
    """The verwijzer agrees, or it is known why not."""
    if not (course.details.verwijzer_akkoord or course.details.reden):
        yield Lack(
            Kind.TRANSITION,
            "verwijzer_akkoord",
            "Geef aan dat de verwijzer akkoord gaat, of schrijf de reden op om van het advies af te wijken.",
        )


def under_way(course: Course) -> Iterator[Lack]:
    """Since the release a point of the advice was followed, or it was told that a plan was chosen or failed."""
    name = current(course.advices)
    told = [each.datum for each in course.follow_ups.values() if each.advies == name and _is_progress(each)]
    if told:
        yield from _not_before(course, "Het eerste gevolgde adviespunt of plan is gemeld", min(told, key=str))
    else:
        yield Lack(
            Kind.FOLLOW_UP, "stand", "Leg vast welk adviespunt al is gevolgd, of welk plan is gekozen of gestrand."
        )


def closed(course: Course) -> Iterator[Lack]:
    """A confirmed closing with at least one lesson, and nothing that still runs beside the state."""
    if any(each.is_open for each in course.bridges.values()):
        yield Lack(Kind.BRIDGE, "beeindigd_op", "Beëindig eerst de overbrugging die nog loopt.")
    if any(each.is_open for each in course.escalations.values()):
        yield Lack(Kind.ESCALATION, "afgesloten_op", "Rond eerst de escalatie af die nog loopt.")
    closing = in_force(course.closings.values(), course.round)
    for place, sentence in missing_for_closing(closing, len(course.lessons)):
        kind, field = _ENDING.get(place, (Kind.CLOSING, place))
        yield Lack(kind, field, sentence)
    yield from _not_before(course, "De afsluiting is bevestigd", closing.bevestigd_op if closing else None)


def handed_over(course: Course) -> Iterator[Lack]:
    """The case went to another team: one that goes on in a space of its own does not come back."""
    if any(each.naar == State.TRANSFERRED and not each.doorgeleid_naar for each in course.transitions[-1:]):
        yield Lack(Kind.CASE, "status", "Deze casus gaat verder in een eigen ruimte en komt hier niet terug.")


def consent_checked(course: Course) -> Iterator[Lack]:
    """Whether discussing the case again may: by a consent since it was closed, or what stood was looked at again."""
    if not _may_be_discussed(course, course.today):
        yield Lack(Kind.CONSENT, "gegeven_op", "Vraag eerst opnieuw toestemming. Wat er was, geldt niet meer.")
    elif not (course.details.toestemming_nagekeken or _consented_since_closing(course)):
        yield Lack(
            Kind.TRANSITION,
            "toestemming_nagekeken",
            "Kijk na of toestemming, 'alleen geanonimiseerd' of 'gedwongen kader' nu nog klopt, en kies dan 'ja'.",
        )


def details(course: Course, asked: Iterable[str]) -> Iterator[Lack]:
    """What the one who makes the step must fill in."""
    return _empty(Kind.TRANSITION, course.details, {field: _DETAILS[field] for field in asked})


def _empty(kind: Kind, record: BaseModel, asked: Mapping[str, str]) -> Iterator[Lack]:
    return (Lack(kind, field, said) for field, said in asked.items() if getattr(record, field) in (None, "", ()))


def _verdict(course: Course, purpose: str, day: date) -> Verdict:
    consents, decided = tuple(course.consents.values()), tuple(course.disclosures.values())
    return verdict(course.case, consents, decided, purpose, (GROUP_OF[purpose],), day)


def _may_be_discussed(course: Course, day: date) -> bool:
    is_without = course.case.toestemming_status in (_ANONYMOUS, _COERCED)
    return is_without or _verdict(course, PURPOSE_REGIONAL, day).allowed


def _may_be_interregional(course: Course, day: date) -> bool:
    return course.case.toestemming_status == _ANONYMOUS or _verdict(course, PURPOSE_INTERREGIONAL, day).allowed


def _consented_since_closing(course: Course) -> bool:
    closed_on = max((each.op for each in course.transitions if each.naar == State.CLOSED and each.op), default=date.max)
    by = _verdict(course, PURPOSE_REGIONAL, course.today).by
    return bool(by) and all(each.gegeven_op is not None and each.gegeven_op >= closed_on for each in by)


def _fullest_discussion(course: Course) -> Discussion:
    """The discussion of this round on which a step rests; an empty one where none was held."""
    held = [each for entity, each in course.discussions.items() if course.in_this_round(entity, each.datum)]
    return min(
        held,
        key=lambda each: (len(missing_in_discussion(each, course.today)), str(each.datum)),
        default=Discussion(),
    )


def _may_ask_an_expert(course: Course, letters: Iterable[FiledDocument]) -> bool:
    """Whether a consent for it holds for anybody, or it was decided to share without on the day of one of `letters`.

    Whether that was for this pareltje was asked when the letter was released.
    """
    consented = standings(course.case, tuple(course.consents.values()), course.today)
    allowed = any(each.purpose == PURPOSE_EXPERT and each.verdict.allowed for each in consented)
    days = {each.datum for each in letters}
    return allowed or any(each.doel == PURPOSE_EXPERT and each.datum in days for each in course.disclosures.values())


def _is_sent_question(course: Course, entity: str, document: FiledDocument) -> bool:
    is_released = document.soort == CONSULT_LETTER and bool(document.vrijgegeven_door)
    return is_released and course.in_this_round(entity, document.datum)


def _not_before(course: Course, what: str, day: date | None) -> Iterator[Lack]:
    """A step is not dated before what it rests on."""
    if day is not None and course.day < day:
        yield Lack(Kind.TRANSITION, "op", f"{what} op {short_date(day)}. Deze stap kan niet eerder zijn.")


def _is_progress(telling: FollowUp) -> bool:
    return telling.stand in (PARTLY, FOLLOWED) or telling.planstand in (CHOSEN, FAILED)
