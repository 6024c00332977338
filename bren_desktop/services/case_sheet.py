"""The casuskaart: a case on at most two pages, to print for the procesregisseur and the meeting."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from bren_desktop.domain import case_words
from bren_desktop.domain.advice import Advice
from bren_desktop.domain.aftercare import BigFiveRow, Bridge, FuturePlan
from bren_desktop.domain.ages import birthday
from bren_desktop.domain.cases import Case, initials, missing_for_intake
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.dutch import asked_in, capitalised, first_sentences, sentence, short_date
from bren_desktop.domain.fields import notes
from bren_desktop.domain.following import Standing
from bren_desktop.domain.letter_texts import next_step
from bren_desktop.domain.letters import Marks
from bren_desktop.domain.masking import Disclosure, disclosed, masker
from bren_desktop.domain.purposes import standings
from bren_desktop.domain.records import CASE_SHEET
from bren_desktop.domain.vocabulary import vocabulary

_NEW = "ST-CON"
GROWING_UP = 16
"""From this age the Big 5 stand on the sheet."""
PERIODS = 5
"""Lines in the timeline; the rest is in the record."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the sheet: running `text` or `items`, with boxes to tick or without. `essential` is cut last.

    `tails` end the items one by one, and are not cut.
    """

    heading: str
    text: str = ""
    items: tuple[str, ...] = ()
    essential: bool = False
    marks: Marks = Marks.BULLETS
    tails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was advised and arranged: how each point of the advice stands, running bridges, and the future plan."""

    advice: Advice = field(default_factory=Advice)
    standings: Sequence[Standing] = ()
    bridges: Sequence[Bridge] = ()
    plan: FuturePlan = field(default_factory=FuturePlan)


NOTHING_AHEAD = Ahead()


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """A case sheet ready to be laid out. It holds initials, never the name of the young person."""

    nummer: str
    date: date
    made_by: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def compose(
    case: Case, consents: Sequence[Consent], made_by: str, day: date, ahead: Ahead = NOTHING_AHEAD
) -> CaseSheet:
    """The sheet of `case` on `day`; data of a criminal-law kind stay out."""
    shown = disclosed(case, Disclosure(), day)
    made = (*_sections(case, shown, ahead.advice), *_ahead(case, shown, ahead), *_next(case))
    sections = (section for section in made if section.text or section.items)
    return CaseSheet(case.nummer, day, made_by, _facts(case, shown, consents, day), tuple(sections))


def told(sheet: CaseSheet) -> str:
    """What the sheet says, as the content of a filed document: not who printed it and when."""
    facts = Section("Gegevens", items=tuple(f"{label}: {value}" for label, value in sheet.facts))
    blocks = [_block(section) for section in (facts, *sheet.sections)]
    return json.dumps({"title": CASE_SHEET, "blocks": blocks}, ensure_ascii=False, sort_keys=True)


def _block(section: Section) -> dict[str, object]:
    items = [" ".join(filter(None, each)) for each in zip_longest(section.items, section.tails, fillvalue="")]
    return {"heading": section.heading, "text": section.text, "items": items}


def _facts(case: Case, shown: Case, consents: Sequence[Consent], day: date) -> tuple[tuple[str, str], ...]:
    adult = birthday(case.geboortedatum, 18) if case.geboortedatum else None
    rows = (
        ("Kenmerk", case.nummer),
        ("Jeugdige", initials(case)),
        ("Leeftijd", "" if shown.leeftijd is None else f"{shown.leeftijd} jaar"),
        ("18e verjaardag", short_date(adult) if adult else ""),
        ("Regio", vocabulary("jeugdregios").label(case.regio)),
        ("Status", vocabulary("casusstatus").label(case.status)),
        ("Urgentie", vocabulary("urgentie").label(case.urgentie)),
        ("Kader", ", ".join(case_words.legal_frame(shown))),
        ("Toestemming tot", _consent_until(case, consents, day)),
    )
    return tuple(row for row in rows if row[1])


def _sections(case: Case, shown: Case, advice: Advice) -> tuple[Section, ...]:
    return (
        Section("Vraag in één zin", asked_in(shown.hulpvraag or shown.omschrijving), essential=True),
        Section("Betrokkenen", items=_people(case, shown, advice), essential=True),
        Section("Tijdlijn", items=_timeline(shown)),
        Section("Krachten", case_words.strengths(shown)),
        Section("Verklarende analyse", case_words.analysis(shown)),
        Section("Stem van de jeugdige", shown.stem_jeugdige),
        Section("Stem van de ouders", shown.stem_ouders),
        Section("Knelpunten en ontbrekend aanbod", items=case_words.stuck_points(shown), essential=True),
        Section("Wat is geprobeerd", shown.wat_is_geprobeerd),
        Section("Veiligheid en urgentie", case_words.urgency(shown)),
        Section("Waarom bovenregionaal", case_words.paragraphs(shown.waarom_bovenregionaal, shown.waarom_hier)),
    )


def _next(case: Case) -> tuple[Section, ...]:
    return (Section("Volgende stap", _next_step(case), essential=True),)


def _ahead(case: Case, shown: Case, ahead: Ahead) -> tuple[Section, ...]:
    """What the reader has to follow; whom they have to call keeps the name."""
    mask = masker(case.model_copy(update={"verwijzer_organisatie": "", "verwijzer_naam": ""}), Disclosure())
    points = tuple(mask(sentence(standing.point.wat)) for standing in ahead.standings)
    stands = tuple(mask(_stand(standing)) for standing in ahead.standings)
    plan = tuple(mask(_big_five(row)) for row in ahead.plan.big5) if (shown.leeftijd or 0) >= GROWING_UP else ()
    return (
        Section("Advies", mask(first_sentences(ahead.advice.samenvatting, 3)), essential=True),
        Section("Actielijst", items=points, essential=True, marks=Marks.BOXES, tails=stands),
        Section("Overbrugging", mask("\n".join(_bridge(each) for each in ahead.bridges)), essential=True),
        Section("Big 5", items=plan, marks=Marks.BOXES),
    )


def _stand(standing: Standing) -> str:
    """Who does it, until when, and how it stands."""
    point = standing.point
    until = f"uiterlijk {short_date(point.uiterlijk)}" if point.uiterlijk else ""
    stand = vocabulary("opvolgstanden").label(standing.stand)
    return capitalised(" · ".join(filter(None, (point.eigenaar, until, stand))))


def _bridge(bridge: Bridge) -> str:
    until = f"tot en met {short_date(bridge.tot)}" if bridge.tot else ""
    check = f"volgende check {short_date(bridge.volgende_check)}" if bridge.volgende_check else ""
    watch = f"veiligheid: {bridge.veiligheid_door}" if bridge.veiligheid_door else ""
    return f"{sentence(bridge.vorm)} {capitalised(' · '.join(filter(None, (bridge.door, until, watch, check))))}"


def _big_five(row: BigFiveRow) -> str:
    what = capitalised(vocabulary("big5").label(row.id))
    when = short_date(row.wanneer) if row.wanneer else ""
    stand = vocabulary("big5_standen").label(row.stand)
    return f"{what}: {' · '.join(filter(None, (stand, row.wie, when)))}"


def _people(case: Case, shown: Case, advice: Advice) -> tuple[str, ...]:
    """Who is around the young person, by relation, and who coordinates, whom the reader has to call."""
    around = tuple(
        f"{capitalised(row.relatie)}{' (gezag)' if row.gezag else ''}" for row in shown.betrokkenen if row.relatie
    )
    return tuple(filter(None, (*_leads(case, advice), *around, _confidant(shown))))


def _leads(case: Case, advice: Advice) -> tuple[str, ...]:
    """Who has the regie over the help, and who follows the advice."""
    leads = {
        "Regie": ", ".join(filter(None, (case.regisseur, case.regisseur_organisatie))),
        "Procesregisseur": ", ".join(filter(None, (advice.procesregisseur, advice.procesregisseur_contact))),
    }
    return tuple(f"{name}: {lead}" for name, lead in leads.items() if lead) or ("Regie: nog niemand",)


def _confidant(shown: Case) -> str:
    """The JIM by relation, or how far the search for one is."""
    if shown.jim_status == "JIM-JA":
        return f"JIM of vertrouwenspersoon: {shown.jim_relatie or 'ja'}"
    status = vocabulary("jim_status").label(shown.jim_status)
    return f"JIM of vertrouwenspersoon: {status}" if status else ""


def _timeline(shown: Case) -> tuple[str, ...]:
    return tuple(case_words.period(row) for row in case_words.in_time(shown.geschiedenis)[-PERIODS:])


def _next_step(case: Case) -> str:
    """What the status asks for, and what the record still lacks for it."""
    lacking = [notes(Case)[name].label for name in missing_for_intake(case)] if case.status == _NEW else []
    return " ".join(filter(None, (next_step(case.status), f"Nog nodig: {', '.join(lacking)}." if lacking else "")))


def _consent_until(case: Case, consents: Sequence[Consent], day: date) -> str:
    running = [each.verdict.until for each in standings(case, consents, day) if each.verdict.allowed]
    if not running:
        return "geen geldige vastgelegd"
    ends = [end for end in running if end is not None]
    return short_date(max(ends)) if len(ends) == len(running) else "geen einddatum"
