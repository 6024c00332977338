"""Fictional cases: `case(seed, number)` is the same case on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bren_desktop.domain.cases import Case, Row
from bren_desktop.fiction import coding, gaps, intake, people
from bren_desktop.fiction.cast import Cast, cast
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.history import history, places
from bren_desktop.fiction.people import professional
from bren_desktop.fiction.stories import Story, story_for
from bren_desktop.fiction.telling import Place, texts
from bren_desktop.services.coding import stable_id

_CUSTODY = {"samen": "GZ-BEIDE", "gescheiden": "GZ-BEIDE", "pleeg": "GZ-PLEEG", "voogd": "GZ-VOOGD"}
_TRUSTED = {"JIM-JA": 45, "JIM-GEVRAAGD": 25, "JIM-NEE": 22, "JIM-GEWEIGERD": 8}
_PRESENT = {"BT-VOORAF": 50, "BT-TAFEL": 25, "BT-ACHTERAF": 10, "BT-SCHRIFT": 5, "BT-NIET": 10}


def case_id(seed: int, number: int) -> str:
    """The id by which a fictional case is known."""
    return f"demo-{seed}-c-{number:05d}"


def case(seed: int, number: int, *, realistic: bool = False) -> Case:
    """Case `number` (from 1) of `seed`. A realistic one is full: 60 fields, some 9 kB of text (decision 10)."""
    dice = Dice(seed, "casus", number)
    story, turn = story_for(seed, number)
    status, reported = intake.status(dice, concepts=not realistic)
    where = intake.place(dice)
    young = cast(dice, story, reported, where.town)
    fields = {"extern_id": case_id(seed, number), "status": status, "datum_aanmelding": reported}
    fields |= {"regio": where.region, "team": where.team, "gemeente": where.town}
    fields |= _person(dice, young) | coding.codes(dice, story, young, realistic=realistic)
    fields |= _around(dice, story, young, where, realistic=realistic)
    fields |= _past(dice, story, young, reported, realistic=realistic)
    fields |= texts(dice, story, young, Place(seed, turn, number), realistic=realistic)
    fields |= _settled(dice, fields) | intake.prepared(fields)
    if not realistic:
        leave_out = gaps.of_a_concept if status == intake.CONCEPT else gaps.of_a_case
        fields = leave_out(dice, fields, young.age)
    return Case(**_with_ids(fields))


def _person(dice: Dice, young: Cast) -> dict[str, Any]:
    grown = young.age >= 18
    custody = "GZ-MEER" if grown else _CUSTODY.get(young.family, "GZ-EEN")
    if young.family == "gescheiden" and not grown and dice.chance(0.2):
        custody = "GZ-EEN"
    return {
        "roepnaam": young.name.first,
        "tussenvoegsel": young.name.particle,
        "achternaam": young.name.last,
        "geboortedatum": young.born,
        "geslacht": young.gender,
        "gezag": custody,
        "wilsbekwaam": "wilsonbekwaam" not in young.facts if young.age >= 12 else None,
    }


def _around(dice: Dice, story: Story, young: Cast, where: intake.Place, *, realistic: bool) -> dict[str, Any]:
    fields, referrer = intake.referral(dice, story, where)
    lead = referrer if dice.chance(0.5) else professional(dice, "procesregisseur", "wijkteam")
    trusted = "JIM-JA" if realistic else dice.weighted(_TRUSTED)
    name, relation = people.trusted(dice)
    return {
        **fields,
        "behandelaar": dice.pick(intake.WORKERS),
        "betrokkenen": people.involved(dice, young, lead, realistic=realistic),
        "jim_status": trusted,
        "jim_naam": name if trusted == "JIM-JA" else "",
        "jim_relatie": relation if trusted == "JIM-JA" else "",
        "plan_aanwezig": dice.chance(0.7),
        "regisseur": lead.name.full,
        "regisseur_organisatie": lead.organisation,
        "analyse_door": _analyst(dice),
    }


def _analyst(dice: Dice) -> str:
    return professional(dice, "gedragswetenschapper", "ggz").name.full


def _past(dice: Dice, story: Story, young: Cast, reported: date, *, realistic: bool) -> dict[str, Any]:
    rows = history(dice, story, young, reported, realistic=realistic)
    return {
        "woonsituatie": young.home,
        "geschiedenis": rows,
        "aantal_verblijfplaatsen": places(dice, story, rows),
        "besproken_in": dice.some(story.discussed, dice.between(1, 2)),
    }


def _settled(dice: Dice, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What follows from the rest: urgency, consent, the day of the analysis, and who took part."""
    settled = coding.consent(dice, fields) | coding.analysed(dice, fields)
    settled["urgentie"] = coding.urgency(dice, fields)
    if settled["urgentie"] == "UR-REG":
        settled["urgentie_reden"] = ""
    for who, why in (("jeugdige", "jeugdige_niet_reden"), ("ouders", "ouders_niet_reden")):
        involved = dice.weighted(_PRESENT)
        absent = involved == "BT-NIET" or not fields.get(f"stem_{who}")
        settled[f"{who}_betrokken"] = "BT-NIET" if absent else involved
        settled[why if not absent else f"stem_{who}"] = ""
    return settled


def _with_ids(fields: dict[str, Any]) -> dict[str, Any]:
    """Rows get ids that follow from the case, so that the same seed gives the same export."""
    return {name: _numbered(fields["extern_id"], name, value) for name, value in fields.items()}


def _numbered(case_name: str, field: str, value: Any) -> Any:
    if not isinstance(value, tuple) or not value or not isinstance(value[0], Row):
        return value
    return tuple(
        row if row.id else row.model_copy(update={"id": stable_id(case_name, field, str(index))})
        for index, row in enumerate(value)
    )
