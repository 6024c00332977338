"""At the table: the discussion of a fictional case, and the advice that came of it."""

from __future__ import annotations

from datetime import date, timedelta

from bren_desktop.domain.advice import Advice, Discussion, PlanRow, PointRow, PresentRow, RequirementRow
from bren_desktop.domain.advising import stamp
from bren_desktop.domain.dutch import first_sentences
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.fiction.banks import bank
from bren_desktop.fiction.names import phone
from bren_desktop.fiction.teller import Teller

_POINTS = 3
_DUE = (3, 7, 13)
"""In weeks: when the points of an advice are to be done."""
_TYPES = ("SA-PLAN", "SA-HULP", "SA-HULP")


def discussed(teller: Teller, day: date) -> str:
    """File the discussion of that day; its entity."""
    case, dice = teller.case, teller.dice
    present = (
        PresentRow(naam=teller.chair, rol="voorzitter"),
        PresentRow(naam=case.behandelaar, rol="secretaris"),
        PresentRow(naam=case.verwijzer_naam, rol="verwijzer", organisatie=case.verwijzer_organisatie),
        PresentRow(naam="Ilse Rietzangerhof", rol="ervaringsdeskundige", ervaringsdeskundig=True),
    )
    judged = tuple(RequirementRow(id=term.code, oordeel="OB-JA") for term in vocabulary("basisvereisten"))
    held = Discussion(
        datum=day,
        gremium="GR-RET",
        aanwezigen=tuple(each for each in present if each.naam),
        vraag=first_sentences(case.hulpvraag, 1),
        overwegingen=teller.say("overwegingen"),
        uitkomst=teller.say("uitkomst"),
        basisvereisten=tuple(
            row.model_copy(update={"oordeel": "OB-NVT"}) if dice.chance(0.1) else row for row in judged
        ),
    )
    return teller.file(Kind.DISCUSSION, held)


def advised(teller: Teller, discussion: str, day: date, *, released: bool) -> tuple[str, tuple[PointRow, ...]]:
    """File the advice of that day, as a concept where it is not released; its entity and points."""
    points = _points(teller, day)
    made = Advice(
        casus=teller.entity,
        bespreking=discussion,
        soort=teller.dice.pick(_TYPES),
        samenvatting=teller.say("samenvatting"),
        analyse=teller.say("analyse"),
        punten=points,
        plannen=tuple(PlanRow(id=letter, tekst=teller.say("plannen"), stand="PS-OPEN") for letter in "AB"),
        overbrugging_nodig=False,
        mandaat_bij=f"gemeente {teller.case.gemeente}",
        procesregisseur=teller.case.regisseur or teller.case.behandelaar,
        procesregisseur_contact=phone(teller.dice),
        besproken_met_gezin=teller.say("verteld"),
        reactie_gezin=teller.say("reactie"),
        opvolgmoment=day + timedelta(weeks=6),
    )
    if released:
        signed = {"vrijgegeven_op": day, "vrijgegeven_door": teller.chair, "vrijgegeven_stempel": stamp(made)}
        made = made.model_copy(update=signed)
    return teller.file(Kind.ADVICE, made), points


def _points(teller: Teller, day: date) -> tuple[PointRow, ...]:
    case = teller.case
    owners = (case.regisseur, case.verwijzer_organisatie, case.behandelaar)
    chosen = teller.dice.some(bank("verloop")["punten"], _POINTS)
    return tuple(
        PointRow(
            id=f"p{number}",
            wat=teller.fill(each["wat"]),
            waarom=teller.fill(each["waarom"]),
            eigenaar=owner or teller.case.behandelaar,
            uiterlijk=day + timedelta(weeks=weeks),
        )
        for number, (each, owner, weeks) in enumerate(zip(chosen, owners, _DUE, strict=True), 1)
    )
