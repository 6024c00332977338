"""What a discussion and an advice must hold: what is wrong with them, and what is missing before release.

Every answer is a field with a sentence for people. The fields of discussion and advice differ, so that the name of a
field says in which of the two it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from pydantic import BaseModel

from bren_desktop.domain.advice import Advice, Discussion, PlanRow, PointRow, RequirementRow
from bren_desktop.domain.cases import Row
from bren_desktop.domain.dutch import listing
from bren_desktop.domain.entities import flatten
from bren_desktop.domain.fields import notes
from bren_desktop.domain.owners import Naming, naming
from bren_desktop.domain.vocabulary import vocabulary

PLANS = ("A", "B", "C", "D")
WAITING, CHOSEN, FAILED = "PS-OPEN", "PS-GEK", "PS-STR"
NOT_MET, NOT_ASKED = "OB-NEE", "OB-NVT"
BRIDGE = "overbrugging_nodig"
RELEASE = ("vrijgegeven_op", "vrijgegeven_door", "vrijgegeven_stempel")
"""What releasing fills."""

_DISCUSSION_NEEDS: Mapping[str, str] = {
    "datum": "Vul de datum van de bespreking in.",
    "gremium": "Kies waar de casus is besproken.",
    "aanwezigen": "Vul in wie er aan tafel zaten.",
    "vraag": "Schrijf op welke vraag aan de tafel is gesteld.",
    "overwegingen": "Schrijf op wat aan tafel is overwogen.",
    "uitkomst": "Schrijf op wat de uitkomst van de bespreking is.",
}
_ADVICE_NEEDS: Mapping[str, str] = {
    "bespreking": "Een advies rust op een bespreking. Leg eerst de bespreking vast.",
    "soort": "Kies waar het advies over gaat.",
    "samenvatting": "Vat het advies samen in een paar regels.",
    "analyse": "Schrijf de analyse op.",
    "punten": "Geef ten minste één adviespunt, met een eigenaar en een datum.",
    "plannen": "Beschrijf ten minste plan A.",
    BRIDGE: "Geef aan of er overbrugging nodig is.",
    "mandaat_bij": "Vul in wie het mandaat heeft om dit te beslissen.",
    "procesregisseur": "Noem de procesregisseur. Zonder procesregisseur wordt geen advies vrijgegeven.",
    "procesregisseur_contact": "Vul in hoe de procesregisseur te bereiken is.",
    "besproken_met_gezin": "Schrijf op wat met jeugdige en ouders is besproken.",
    "reactie_gezin": "Schrijf op wat jeugdige en ouders ervan vinden.",
    "opvolgmoment": "Vul de datum van het eerste opvolgmoment in.",
    "bij_stagnatie": "Schrijf op wat er gebeurt als het niet lukt.",
}
_POINT_PARTS: Mapping[str, str] = {"wat": "wat", "eigenaar": "wie", "uiterlijk": "wanneer", "waarom": "waarom"}
_MONEY_PARTS: Mapping[str, str] = {"soort": "waarvoor", "bedrag": "het bedrag", "garantsteller": "wie garant staat"}


_NOT_ONE: Mapping[Naming, str] = {
    Naming.SEVERAL: "Noem er één, en maak voor een ander een eigen punt.",
    Naming.GROUP: "Noem één van hen, bij naam of als 'moeder' of 'vader', en maak voor een ander een eigen punt.",
}


class Missing(NamedTuple):
    """What is wrong or missing: the field that holds it, and what to do, as a sentence."""

    field: str
    sentence: str


def discussion_faults(discussion: Discussion, today: date) -> tuple[Missing, ...]:
    """What must be put right before it can be recorded, complete or not."""
    return tuple(_discussion_faults(discussion, today))


def missing_in_discussion(discussion: Discussion, today: date) -> tuple[Missing, ...]:
    """What a discussion needs before it counts: for the step to besproken, and for an advice."""
    found = (
        *_discussion_faults(discussion, today),
        *_unsaid(discussion, _DISCUSSION_NEEDS),
        *_attendance_unsaid(discussion),
        *_checklist_unsaid(discussion),
    )
    return _in_order(discussion, found)


def advice_faults(advice: Advice) -> tuple[Missing, ...]:
    """What must be put right before it can be recorded, complete or not."""
    return (*_owner_faults(advice), *_plan_faults(advice.plannen))


def missing_for_release(
    advice: Advice, discussion: Discussion | None, *, today: date, bridged: bool
) -> tuple[Missing, ...]:
    """What an advice needs before a voorzitter may release it; first what its discussion needs.

    `bridged`: the case has an overbrugging that has not ended.
    """
    before = missing_in_discussion(discussion, today) if discussion else ()
    found = (
        *advice_faults(advice),
        *_unsaid(advice if discussion else advice.model_copy(update={"bespreking": ""}), _ADVICE_NEEDS),
        *_rows_unsaid("punten", "Adviespunt", advice.punten, _POINT_PARTS),
        *_owners_unsaid(advice),
        *_points_past(advice.punten, today),
        *_plans_unsaid(advice.plannen),
        *_rows_unsaid("geld", "Geldafspraak", advice.geld, _MONEY_PARTS),
        *_course_unsaid(advice, today, bridged=bridged),
    )
    return (*before, *_in_order(advice, found))


def missing_at_least(advice: Advice) -> tuple[Missing, ...]:
    """What no released advice goes without, for the step to advies: more was asked when it was released."""
    said = {
        "punten": any(point.eigenaar and point.uiterlijk for point in advice.punten),
        "plannen": any(plan.id == "A" and plan.tekst for plan in advice.plannen),
        BRIDGE: advice.overbrugging_nodig is not None,
        "procesregisseur": naming(advice.procesregisseur) is not Naming.NOBODY,
        "besproken_met_gezin": bool(advice.besproken_met_gezin),
    }
    return tuple(Missing(field, _ADVICE_NEEDS[field]) for field, is_said in said.items() if not is_said)


def current(advices: Mapping[str, Advice]) -> str:
    """The entity of the advice that holds: the last released one that no released one replaces; empty for none.

    `advices` has the newest first: of those that two laptops released on one day the one made last holds, everywhere.
    """
    released = {entity: advice for entity, advice in advices.items() if advice.vrijgegeven_op}
    replaced = {advice.vervangt for advice in released.values()}
    standing = [entity for entity in released if entity not in replaced]
    return max(standing, key=lambda entity: str(released[entity].vrijgegeven_op), default="")


def stamp(advice: Advice) -> str:
    """What is the same for the same text, and tells whether a released advice still is what was released."""
    said = {"/".join(name): value for name, value in flatten(advice).items() if name[0] not in RELEASE}
    return blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=16).hexdigest()


def is_as_released(advice: Advice) -> bool:
    """Whether nothing came in afterwards that a colleague wrote before the release reached that laptop."""
    return advice.vrijgegeven_stempel == stamp(advice)


def _in_order(record: BaseModel, found: Iterable[Missing]) -> tuple[Missing, ...]:
    """As the form is read."""
    order = list(notes(type(record)))
    return tuple(sorted(found, key=lambda missing: order.index(missing.field)))


def _unsaid(record: BaseModel, needs: Mapping[str, str]) -> Iterator[Missing]:
    return (Missing(field, sentence) for field, sentence in needs.items() if getattr(record, field) in (None, "", ()))


def _discussion_faults(discussion: Discussion, today: date) -> Iterator[Missing]:
    if discussion.datum and discussion.datum > today:
        yield Missing("datum", "De datum van de bespreking ligt in de toekomst.")
    rows, verdicts = discussion.basisvereisten, vocabulary("oordelen_basisvereiste")
    codes = [term.code for term in vocabulary("basisvereisten")]
    if any(row.id not in codes for row in rows):
        yield Missing(
            "basisvereisten", f"Een basisvereiste is niet bekend. Ze heten {codes[0]} tot en met {codes[-1]}."
        )
    if len({row.id for row in rows}) < len(rows):
        yield Missing("basisvereisten", "Een basisvereiste staat er meer dan één keer in. Geef over elk één oordeel.")
    if any(row.oordeel and row.oordeel not in verdicts for row in rows):
        yield Missing("basisvereisten", "Kies bij een basisvereiste ja, nee of niet van toepassing.")


def _attendance_unsaid(discussion: Discussion) -> Iterator[Missing]:
    present = discussion.aanwezigen
    if any(not row.naam for row in present):
        yield Missing("aanwezigen", "Vul van iedereen aan tafel de naam in.")
    if present and not any(row.ervaringsdeskundig for row in present) and not discussion.geen_ervaringsdeskundige:
        yield Missing(
            "geen_ervaringsdeskundige", "Er zat geen ervaringsdeskundige aan tafel. Schrijf op waarom dat zo was."
        )


def _checklist_unsaid(discussion: Discussion) -> Iterator[Missing]:
    said = {row.id: row for row in discussion.basisvereisten}
    codes = [term.code for term in vocabulary("basisvereisten")]
    unsaid = [code for code in codes if code not in said or not said[code].oordeel]
    if unsaid:
        yield Missing("basisvereisten", f"Loop de basisvereisten langs. Nog open: {', '.join(unsaid)}.")
    elif all(said[code].oordeel == NOT_ASKED for code in codes):
        yield Missing(
            "basisvereisten",
            "Nu is geen enkele basisvereiste van toepassing. Kies ja of nee waar er wel iets van geldt.",
        )
    unexplained = [code for code in codes if code not in unsaid and _is_unexplained(said[code])]
    if unexplained:
        yield Missing("basisvereisten", f"Licht toe waarom niet is voldaan aan {', '.join(unexplained)}.")


def _is_unexplained(row: RequirementRow) -> bool:
    return row.oordeel == NOT_MET and not row.toelichting


def _owner_faults(advice: Advice) -> Iterator[Missing]:
    for number, point in enumerate(advice.punten, 1):
        named = naming(point.eigenaar)
        if named in _NOT_ONE:
            yield Missing("punten", f"Adviespunt {number} heeft meer dan één eigenaar. {_NOT_ONE[named]}")
    if naming(advice.procesregisseur) in _NOT_ONE:
        yield Missing("procesregisseur", "Noem één procesregisseur: één persoon is aanspreekbaar.")


def _plan_faults(plans: Sequence[PlanRow]) -> Iterator[Missing]:
    letters = [plan.id for plan in plans]
    if tuple(sorted(letters)) != PLANS[: len(letters)]:
        yield Missing("plannen", "Vul de plannen in op volgorde: eerst plan A, dan B, C en D, elk één keer.")
    stands = vocabulary("planstanden")
    if any(plan.stand and plan.stand not in stands for plan in plans):
        yield Missing("plannen", "Kies de stand van een plan uit de lijst.")
    if sum(plan.stand == CHOSEN for plan in plans) > 1:
        yield Missing("plannen", "Er kan één plan tegelijk gekozen zijn.")
    for plan in _lettered(plans):
        if plan.stand == FAILED and not plan.reden:
            yield Missing("plannen", f"Schrijf op waarom plan {plan.id} is gestrand.")


def _plans_unsaid(plans: Sequence[PlanRow]) -> Iterator[Missing]:
    for plan in _lettered(plans):
        if not plan.tekst:
            yield Missing("plannen", f"Beschrijf plan {plan.id}.")


def _lettered(plans: Iterable[PlanRow]) -> Iterator[PlanRow]:
    return (plan for plan in plans if plan.id in PLANS)


def _rows_unsaid(field: str, name: str, rows: Sequence[Row], parts: Mapping[str, str]) -> Iterator[Missing]:
    for number, row in enumerate(rows, 1):
        left = [said for part, said in parts.items() if getattr(row, part) in (None, "")]
        if left:
            yield Missing(field, f"{name} {number}: vul nog in {listing(left)}.")


def _owners_unsaid(advice: Advice) -> Iterator[Missing]:
    """Where something stands that names nobody."""
    for number, point in enumerate(advice.punten, 1):
        if point.eigenaar and naming(point.eigenaar) is Naming.NOBODY:
            yield Missing("punten", f"Adviespunt {number}: noem bij naam wie de eigenaar is.")
    if advice.procesregisseur and naming(advice.procesregisseur) is Naming.NOBODY:
        yield Missing("procesregisseur", _ADVICE_NEEDS["procesregisseur"])


def _points_past(points: Sequence[PointRow], today: date) -> Iterator[Missing]:
    for number, point in enumerate(points, 1):
        if point.uiterlijk and point.uiterlijk < today:
            yield Missing(
                "punten", f"Adviespunt {number}: de uiterste datum is al voorbij. Spreek een nieuwe datum af."
            )


def _course_unsaid(advice: Advice, today: date, *, bridged: bool) -> Iterator[Missing]:
    """What happens next: help until the right help is there, and when somebody looks again."""
    if advice.overbrugging_nodig and not bridged:
        yield Missing(
            BRIDGE, "Er is overbrugging nodig. Leg op het tabblad Opvolging vast wie die biedt, tot wanneer en hoe."
        )
    if advice.opvolgmoment and advice.opvolgmoment <= today:
        yield Missing("opvolgmoment", "Het eerste opvolgmoment moet in de toekomst liggen.")
