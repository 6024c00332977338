"""What secretaries do not know (yet): concepts that lack what aanmelding asks, and fields that stay empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bren_desktop.fiction.dice import Dice

OPTIONAL = (
    "wilsbekwaam",
    "hypothesen",
    "schade",
    "waarom_hier",
    "analyse_samenhang",
    "analyse_bescherming",
    "wensen",
    "verwijsroute",
    "plan_aanwezig",
    "aantal_verblijfplaatsen",
    "jim_naam",
    "geslacht",
)
_PERSON = ("roepnaam", "tussenvoegsel", "achternaam", "betrokkenen", "jim_naam", "jim_relatie")
_LATER = (
    "analyse_ontstaan",
    "analyse_instandhouding",
    "analyse_bescherming",
    "analyse_samenhang",
    "hypothesen",
    "analyse_door",
    "analyse_datum",
    "analyse_met_gezin",
    "waarom_bovenregionaal",
    "waarom_hier",
    "wat_werkte",
    "schade",
    "besproken_in",
    "knelpunten",
    "ontbrekend_aanbod",
    "aard_ontbrekend_aanbod",
    "stem_jeugdige",
    "jeugdige_betrokken",
)
_LACKING = (
    ("toestemming_status", "grondslag"),
    ("vastloopredenen", "hoofdreden"),
    ("verwijzer_naam", "verwijzer_contact", "verwijzer_organisatie"),
    ("hulpvraag",),
    ("vastloopredenen", "hoofdreden", "toestemming_status", "grondslag", "urgentie", "urgentie_reden"),
)


def of_a_concept(dice: Dice, fields: Mapping[str, Any], age: int) -> dict[str, Any]:
    """What is there after a first call: something that aanmelding asks is lacking, and most of the analysis."""
    dropped = {*dice.pick(_LACKING), *_LATER}
    left = _without(fields, dropped)
    return _age_only(left, age) if dice.chance(0.4) else left


def of_a_case(dice: Dice, fields: Mapping[str, Any], age: int) -> dict[str, Any]:
    """A case in which some optional fields stayed empty; now and then only the age is known."""
    left = _without(fields, {name for name in OPTIONAL if dice.chance(0.12)})
    return _age_only(left, age) if dice.chance(0.04) else left


def _age_only(fields: Mapping[str, Any], age: int) -> dict[str, Any]:
    return _without(fields, {"geboortedatum", *_PERSON}) | {"leeftijd": age, "leeftijd_op": fields["datum_aanmelding"]}


def _without(fields: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}
