"""What a family may ask of its file (verzoek): to see it, correct it, add to it, or have it destroyed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

from bren_desktop.domain.cases import Case, Row
from bren_desktop.domain.clocks.months import plus_months
from bren_desktop.domain.deciders import deciders
from bren_desktop.domain.dutch import listing, long_date
from bren_desktop.domain.fields import Shape, neutral, personal, sensitive
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Text, Whole
from bren_desktop.domain.vocabulary import vocabulary


class Sort(StrEnum):
    """What may be asked; codes of `soorten_verzoek`."""

    SEE = "VZ-INZ"
    CORRECT = "VZ-RECT"
    ADD = "VZ-VERKL"
    DESTROY = "VZ-VERN"
    OBJECT = "VZ-BEZW"


GRANTED, PARTLY, REFUSED, WITHDRAWN = "BZ-TOE", "BZ-DEELS", "BZ-AFW", "BZ-INTR"
_GRANTING = frozenset({GRANTED, PARTLY})
ENDING = frozenset({REFUSED, WITHDRAWN})
"""What answers a request at once: nothing is left to be done."""
_NOT_THEIRS = (
    "Wie dit vraagt, beslist door leeftijd of gezag niet zelf over dit dossier. Schrijf op waarom het toch mag, zoals "
    "met toestemming van de jeugdige."
)
_WHO = (
    "Bij het verzoek staat niet wie dit is: de jeugdige, een ouder met gezag of een voogd. Vul dat eerst in, of "
    "schrijf op waarom diegene het mag vragen, zoals met een machtiging."
)
_NOT_ALONE = "Over vernietigen beslist hier ook: {names}. Schrijf op wat die ervan vindt, of waarom u dat niet vroeg."
_ABOUT_THE_FILE = frozenset({"VZ-INZ", "VZ-RECT", "VZ-VERN"})
"""What is asked by who decides about the file; a word of one's own, or an objection, is anybody's."""
_EXTENDABLE = frozenset({Sort.SEE, Sort.CORRECT, Sort.OBJECT})
"""What the AVG (article 12, member 3) lets take longer. Destruction has its own term, in the Jeugdwet."""


class MaskRow(Row):
    """What of a passage is made black in a copy: `plek` names the passage, `van` up to `tot` its characters.

    `stempel` is a hash of the text that was read: of a passage that changed since, all is black until it is read anew.
    """

    plek: Line = ""
    van: Whole = None
    tot: Whole = None
    reden: Line = ""
    stempel: Line = ""


class Request(Record):
    """One request, from the day it came in to the answer. The clock runs from `ontvangen_op` to `afgehandeld_op`."""

    casus: Annotated[Line, neutral("Casus")] = ""
    soort: Annotated[Line, neutral("Soort verzoek", vocabulary="soorten_verzoek")] = ""
    door: Annotated[Line, personal("Van wie")] = ""
    relatie: Annotated[Line, personal("Wie is dat", vocabulary="toestemminggever")] = ""
    ontvangen_op: Annotated[Day, neutral("Ontvangen op")] = None
    identiteit: Annotated[Line, neutral("Hoe is vastgesteld wie het vraagt")] = ""
    inhoud: Annotated[Text, sensitive("Wat wordt gevraagd", long=True)] = ""
    verlengd_op: Annotated[Day, neutral("Verteld op")] = None
    verlengd_vorm: Annotated[Line, neutral("Hoe verteld", vocabulary="contactvorm")] = ""
    verlengd_reden: Annotated[Text, sensitive("Waarom het langer duurt", long=True)] = ""
    verlengd_door: Annotated[Line, personal("Verlengd door")] = ""
    besluit: Annotated[Line, neutral("Besluit", vocabulary="besluiten_verzoek")] = ""
    besluit_reden: Annotated[Text, sensitive("Reden van het besluit", long=True)] = ""
    uitzondering: Annotated[Line, neutral("Uitzondering in de wet", vocabulary="uitzonderingen_vernietiging")] = ""
    besloten_op: Annotated[Day, neutral("Besloten op")] = None
    besloten_door: Annotated[Line, personal("Besloten door")] = ""
    gewijzigd: Annotated[Text, sensitive("Wat is gewijzigd", long=True)] = ""
    afgehandeld_op: Annotated[Day, neutral("Afgehandeld op")] = None
    afgehandeld_door: Annotated[Line, personal("Afgehandeld door")] = ""
    zwart: Annotated[tuple[MaskRow, ...], neutral("Zwart gemaakt", shape=Shape.ROWS)] = ()
    doorgelezen_op: Annotated[Day, neutral("Doorgelezen op")] = None
    doorgelezen_door: Annotated[Line, personal("Doorgelezen door")] = ""
    doorgelezen_stempel: Annotated[Line, neutral("Stempel van wat is doorgelezen")] = ""

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer, or for what was decided to be done."""
        return waits(self.soort, self.besluit, handled=self.afgehandeld_op is not None)

    @property
    def is_granted(self) -> bool:
        """Whether it was granted, wholly or partly."""
        return self.besluit in _GRANTING

    @property
    def may_take_longer(self) -> bool:
        """Whether its term may still be extended: once, and not for every sort."""
        return self.is_open and not self.verlengd_op and self.soort in _EXTENDABLE


def is_extended(sort: str, received: date | None, told: date | None) -> bool:
    """Whether the term was extended by telling who asked on that day: within the month, or it does not count."""
    in_time = told is not None and received is not None and received <= told <= last_day_to_extend(received)
    return in_time and sort in _EXTENDABLE


def last_day_to_extend(received: date) -> date:
    """Until when who asked may be told that it takes longer."""
    return plus_months(received, 1)


def waits(sort: str, decision: str, *, handled: bool) -> bool:
    """Whether a request is open. One to destroy that was granted is, as long as the case is there.

    Granted and refused at the same time and then chosen to be granted, it bears the day of the refusal.
    """
    return not handled or (sort == Sort.DESTROY and decision in _GRANTING)


ASKED = ("soort", "door", "relatie", "ontvangen_op", "identiteit", "inhoud")
"""What is written down when it comes in; the rest tells what was done with it."""
DECIDED = ("besluit", "besluit_reden", "uitzondering")
EXTENDED = ("verlengd_op", "verlengd_vorm", "verlengd_reden")


class Statement(Record):
    """What the jeugdige or a parent wants in the file in their own words (eigen verklaring). Never rewritten."""

    casus: Annotated[Line, neutral("Casus")] = ""
    van: Annotated[Line, personal("Verklaring van")] = ""
    relatie: Annotated[Line, personal("Wie is dat", vocabulary="toestemminggever")] = ""
    datum: Annotated[Day, neutral("Datum")] = None
    tekst: Annotated[Text, sensitive("Verklaring", long=True)] = ""


def missing_when_asked(request: Request) -> Iterator[tuple[str, str]]:
    """What a request lacks to be registered: fields with a sentence."""
    needed = {
        "soort": "Kies wat wordt gevraagd.",
        "door": "Vul in wie het vraagt.",
        "ontvangen_op": "Vul in op welke dag het verzoek binnenkwam: daarvandaan loopt de termijn.",
    }
    yield from ((field, sentence) for field, sentence in needed.items() if not getattr(request, field))


def missing_when_extended(request: Request) -> Iterator[tuple[str, str]]:
    """What the extension of a request lacks, or why it does not count."""
    if request.soort not in _EXTENDABLE:
        yield (
            "soort",
            "De termijn van dit verzoek kan niet worden verlengd: dat kan bij inzage, rectificatie en bezwaar.",
        )
    if not request.verlengd_op:
        yield "verlengd_op", "Vul in op welke dag u het vertelde aan wie het vroeg: pas dan is de termijn verlengd."
    elif request.ontvangen_op and request.verlengd_op < request.ontvangen_op:
        yield "verlengd_op", "Op deze dag was het verzoek er nog niet. Kijk de datum na."
    elif request.ontvangen_op and not is_extended(request.soort, request.ontvangen_op, request.verlengd_op):
        last = long_date(last_day_to_extend(request.ontvangen_op))
        yield (
            "verlengd_op",
            f"Verlengen kan alleen in de eerste maand, hier tot en met {last}. De termijn blijft staan.",
        )
    if not request.verlengd_vorm:
        yield "verlengd_vorm", "Kies hoe u het vertelde aan wie het vroeg."
    if not request.verlengd_reden:
        yield "verlengd_reden", "Schrijf op waarom het langer duurt, zoals u het vertelde aan wie het vroeg."


def missing_when_decided(request: Request, case: Case, today: date) -> Iterator[tuple[str, str]]:
    """What a decision that is taken today on a request about `case` lacks, or what cannot be decided."""
    if not request.besluit:
        yield "besluit", "Kies wat u besluit."
    if not request.identiteit and request.besluit not in ENDING:
        yield "identiteit", "Vul eerst bij het verzoek in hoe u weet wie het vraagt."
    if request.besluit in (PARTLY, REFUSED) and not request.besluit_reden:
        yield "besluit_reden", "Schrijf op waarom u het verzoek niet of niet helemaal toewijst."
    unasked = _unasked(request, case, today)
    if request.besluit == GRANTED and not request.besluit_reden and unasked:
        yield "besluit_reden", unasked
    if request.soort == Sort.DESTROY and request.besluit == PARTLY:
        yield "besluit", "Vernietigen gaat over de hele casus: wijs het toe of wijs het af."
    if request.soort == Sort.DESTROY and request.besluit == REFUSED and not request.uitzondering:
        yield "uitzondering", "Kies op welke uitzondering in de wet u zich beroept."


def _unasked(request: Request, case: Case, today: date) -> str:
    """Who else decides about the file today, as a sentence: the jeugdige may have turned 16 since it was asked.

    One of several may see the file; destroying it takes it from all of them.
    """
    if request.soort not in _ABOUT_THE_FILE:
        return ""
    if not request.relatie:
        return _WHO
    who = deciders(case, today)
    if request.relatie not in who.entitled:
        return _NOT_THEIRS
    others = who.missing((request.relatie,)) if request.soort == Sort.DESTROY else ()
    names = listing([vocabulary("toestemminggever").label(each) for each in others])
    return _NOT_ALONE.format(names=names) if others else ""


def missing_when_handled(request: Request) -> Iterator[tuple[str, str]]:
    """What a decided request lacks to be put away."""
    if not request.besluit:
        yield "besluit", "Neem eerst een besluit."
    if request.soort == Sort.DESTROY:
        yield "soort", "Een verzoek om vernietiging is afgehandeld als de casus is vernietigd."
    if request.soort == Sort.CORRECT and not request.gewijzigd:
        yield "gewijzigd", "Schrijf op wat er in de casus is gewijzigd."
