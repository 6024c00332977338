"""What several kinds of document say in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bren_desktop.domain.advice import PointRow
from bren_desktop.domain.aftercare import Bridge
from bren_desktop.domain.cases import Case
from bren_desktop.domain.dutch import long_date, sentence
from bren_desktop.domain.letter_address import greeting
from bren_desktop.domain.papers.kind import Said, Sources

NO_ADVICE = "Er is nog geen vrijgegeven advies in deze casus."


def from_case(compose: Callable[[Case], Said]) -> Callable[[Sources], Said]:
    """Composes a block from the case alone."""
    return lambda sources: compose(sources.case)


def lacks_advice(sources: Sources) -> str:
    """Why a document about an advice cannot be made."""
    return "" if sources.advice else NO_ADVICE


def contact(sources: Sources) -> str:
    """Whom to call, and how."""
    says = (
        sources.phrase("contact", wie=sources.made_by) if sources.made_by else "",
        sources.phrase("contact_weg", wat=sources.contact.replace(" · ", " of ")) if sources.contact else "",
    )
    return " ".join(filter(None, says))


def to_referrer(sources: Sources) -> Sequence[str]:
    """The lines of the address of the verwijzer, as far as the case knows them."""
    organisation, name = (*sources.referrer, "", "")[:2]
    return [organisation, f"t.a.v. {name}"] if organisation and name else [organisation or name]


def greet_referrer(sources: Sources) -> str:
    """The salutation to the verwijzer."""
    return greeting((*sources.referrer, "", "")[1])


def coordinator(sources: Sources) -> str:
    """The procesregisseur of the advice, and how to reach them."""
    advice = sources.advice
    if advice is None or not advice.procesregisseur:
        return ""
    if not advice.procesregisseur_contact:
        return sources.phrase("procesregisseur", wie=advice.procesregisseur)
    return sources.phrase("procesregisseur_contact", wie=advice.procesregisseur, contact=advice.procesregisseur_contact)


def point(sources: Sources, row: PointRow) -> str:
    """One point of advice: what, who, when and why."""
    says = (
        sentence(row.wat),
        sources.phrase("punt_wie", wie=row.eigenaar) if row.eigenaar else "",
        sources.phrase("punt_wanneer", datum=long_date(row.uiterlijk)) if row.uiterlijk else "",
        sources.phrase("punt_waarom", waarom=sentence(row.waarom)) if row.waarom else "",
    )
    return " ".join(filter(None, says))


def points(sources: Sources) -> Sequence[str]:
    """The points of the advice."""
    return [point(sources, row) for row in sources.advice.punten] if sources.advice else ()


def next_day(sources: Sources) -> str:
    """When it is looked at how things go."""
    day = sources.advice.opvolgmoment if sources.advice else None
    return sources.phrase("opvolgmoment", datum=long_date(day)) if day else ""


def bridge(sources: Sources, record: Bridge) -> str:
    """One bridge in sentences: what, by whom, until when, and who watches safety."""
    says = (
        sentence(record.vorm),
        sources.phrase("overbrugging_door", wie=record.door) if record.door else "",
        sources.phrase("overbrugging_tot", datum=long_date(record.tot)) if record.tot else "",
        sources.phrase("overbrugging_veilig", wie=record.veiligheid_door) if record.veiligheid_door else "",
    )
    return " ".join(filter(None, says))


def each_bridge(compose: Callable[[Sources, Bridge], str]) -> Callable[[Sources], str]:
    """Composes a block that has a line for each running bridge, numbered where there are several.

    Empty where one of them does not say it.
    """

    def lines(sources: Sources) -> str:
        said = [compose(sources, bridge) for bridge in sources.bridges]
        if not all(said):
            return ""
        return "\n".join(f"{n}. {line}" for n, line in enumerate(said, 1)) if len(said) > 1 else "".join(said)

    return lines


def bridging(sources: Sources) -> str:
    """What spans the time until the right help is there, or that nothing is needed."""
    if sources.bridges:
        return "\n".join(bridge(sources, each) for each in sources.bridges)
    needed = sources.advice.overbrugging_nodig if sources.advice else None
    return sources.phrase("overbrugging_niet") if needed is False else ""


def running_bridges(sources: Sources) -> str:
    """Why an agreement about a bridge cannot be made."""
    return "" if sources.bridges else "Er loopt geen overbrugging in deze casus."
