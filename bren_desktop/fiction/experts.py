"""Fictional pareltjes: `expert(seed, number)` is the same person on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bren_desktop.domain.dutch import listing
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.fiction import intake, names
from bren_desktop.fiction.banks import bank
from bren_desktop.fiction.days import ANCHOR, recent
from bren_desktop.fiction.dice import Dice

_FORMS = ("IV-TEL", "IV-TAFEL", "IV-LOOP", "IV-SO", "IV-FLITS", "IV-TRAIN")
_AVAILABLE = {"BS-DIRECT": 50, "BS-BEPERKT": 27, "BS-VANAF": 13, "BS-NIET": 10}
_KINDS = {"EX-OND": "SE-OND", "EX-KOPP": "SE-VGGZ", "EX-REGIE": "SE-REGIE"}
"""Expertises that mostly go with a kind of expert."""
_FROM_NETWORKS = frozenset({"EX-EET", "EX-EMB", "EX-ASS"})
_EXPERIENCED = {"SE-ERVJ": 1, "SE-ERVO": 1}
_REGIONS = {"ZW": 60, "GLD": 12, "NH": 8, "UF": 8, "BZ": 5, "LI": 3, "GR": 2, "OV": 2}
"""Where pareltjes live, by network: mostly that of the demo team."""


def expert_id(seed: int, number: int) -> str:
    """The id by which a fictional pareltje is known."""
    return f"demo-{seed}-e-{number:05d}"


def expert(seed: int, number: int) -> Expert:
    """Pareltje `number` (from 1) of `seed`. Every 26 of them cover all expertises."""
    dice = Dice(seed, "pareltje", number)
    expertises = _expertises()
    main = expertises[(number - 1) % len(expertises)]
    kind = _kind(dice, main)
    texts = _texts(main, kind)
    lap = (number - 1) // len(expertises)
    fields = _person(dice, kind, texts) | _skills(dice, _expertise(dice, main, kind), texts)
    fields |= _told(dice, texts, lap, fields["expertise"][1:]) | _where(dice) | _when(dice)
    fields |= _terms(dice, fields["organisatie"])
    return Expert(extern_id=expert_id(seed, number), **fields)


def _expertises() -> tuple[str, ...]:
    return tuple(term.code for term in vocabulary("expertise_pareltjes"))


def _texts(main: str, kind: str) -> Mapping[str, Any]:
    """What the bank says of an expertise; who went through it tells that instead of a profession."""
    texts: dict[str, Any] = bank("pareltjes")[main]
    own = bank("pareltjes")["eigen_ervaring"].get(kind)
    return {**texts, **own, "soort": "ervaring", "jaren": (2, 12)} if own else {**texts, "jaren": (6, 32)}


def _person(dice: Dice, kind: str, texts: Mapping[str, Any]) -> dict[str, Any]:
    name = names.adult(dice)
    organisation = names.organisation(dice, "netwerk" if kind == "SE-NETWERK" else texts["soort"])
    experienced = kind in _EXPERIENCED
    return {
        "naam": name.full,
        "titel": "" if experienced else dice.pick(bank("pareltjes")["algemeen"]["titels"]),
        "functie": dice.pick(texts["functies"]),
        "organisatie": organisation,
        "soort": kind,
        "telefoon": names.phone(dice),
        "email": names.email(name, organisation),
        "registratie": "" if experienced or dice.chance(0.6) else f"SKJ 0000{dice.between(100, 999)}",
    }


def _kind(dice: Dice, main: str) -> str:
    if main == "EX-ERV":
        return dice.weighted(_EXPERIENCED)
    if main in _KINDS and dice.chance(0.7):
        return _KINDS[main]
    if dice.chance(0.06):
        return dice.weighted(_EXPERIENCED)
    return "SE-NETWERK" if dice.chance(0.35 if main in _FROM_NETWORKS else 0.05) else "SE-PARELTJE"


def _told(dice: Dice, texts: Mapping[str, Any], lap: int, others: tuple[str, ...]) -> dict[str, Any]:
    """The profile: what the expertise is about, how long, what else, and the way of working."""
    common = bank("pareltjes")["algemeen"]
    own = texts["profiel"]
    background = dice.pick(texts.get("achtergrond", common["achtergrond"])).format(jaren=dice.between(*texts["jaren"]))
    first, second = own[lap % len(own)], own[(lap + 1) % len(own)]
    also = listing([vocabulary("expertise_pareltjes").label(code) for code in others if code != "EX-ERV"])
    asked = [dice.pick(common["ook"]).format(wat=also)] if also else []
    more = [second] if dice.chance(0.5) else []
    sentences = [first, background, *more, *asked, *dice.some(common["werkwijze"], dice.between(1, 2))]
    recognised = dice.chance(0.6)
    return {
        "profiel": " ".join(sentences),
        "problematiek": texts["problematiek"][lap % len(texts["problematiek"])],
        "mandaat": dice.pick(common["mandaat"]) if dice.chance(0.4) else "",
        "gezag_erkend_door": dice.pick(common["erkend"]) if recognised else "",
        "gezag_sinds": recent(dice, 300, 2600) if recognised else None,
        "contactvoorkeur": dice.pick(common["contact"]),
    }


def _expertise(dice: Dice, main: str, kind: str) -> tuple[str, ...]:
    own = ("EX-ERV",) if kind in _EXPERIENCED else ()
    others = [code for code in _expertises() if code not in (main, *own)]
    return tuple(dict.fromkeys((main, *own, *dice.some(others, dice.weighted({0: 45, 1: 40, 2: 15})))))


def _skills(dice: Dice, expertise: tuple[str, ...], texts: Mapping[str, Any]) -> dict[str, Any]:
    common = bank("pareltjes")["algemeen"]
    low, high = texts["leeftijd"]
    return {
        "expertise": expertise,
        "domeinen": tuple(texts["domeinen"]),
        "leeftijd_van": min(low + dice.between(0, 3), high),
        "leeftijd_tot": high,
        "inzetvormen": (*dice.some(_FORMS, dice.between(1, 4)), *(["IV-MORB"] if expertise[0] == "EX-MORB" else [])),
        "talen": ("Nederlands", *dice.some(common["talen"], dice.weighted({0: 45, 1: 40, 2: 15}))),
    }


def _where(dice: Dice) -> dict[str, Any]:
    network = dice.weighted(_REGIONS)
    regions = [term.code for term in vocabulary("jeugdregios") if term.extra["netwerk"] == network]
    region = intake.HOME_REGION if network == "ZW" and dice.chance(0.35) else dice.pick(regions)
    towns = vocabulary("jeugdregios").term(region).extra["gemeenten"]
    others = [code for code in regions if code != region]
    return {
        "regio": region,
        "regios": dice.some(others, dice.between(0, 2)),
        "landelijk_inzetbaar": dice.chance(0.35),
        "adres": names.address(dice, dice.pick(towns) if towns else ""),
    }


def _when(dice: Dice) -> dict[str, Any]:
    code = dice.weighted(_AVAILABLE)
    day = ANCHOR + timedelta(days=dice.between(14, 150))
    return {
        "beschikbaarheid": code,
        "beschikbaar_vanaf": day if code == "BS-VANAF" else None,
        "afwezig_tot": day if code == "BS-NIET" and dice.chance(0.6) else None,
        "uren_per_maand": None if code == "BS-NIET" else dice.pick((4, 6, 8, 8, 12, 16, 24)),
        "profiel_gecontroleerd": recent(dice, 380, 900) if dice.chance(0.09) else recent(dice, 3, 340),
        "toestemming_vermelding": True,
        "toestemming_delen": dice.chance(0.8),
    }


def _terms(dice: Dice, organisation: str) -> dict[str, Any]:
    """The raamovereenkomst, if there is one, and what is paid."""
    rates = bank("pareltjes")["algemeen"]["tarief"]
    if not dice.chance(0.55):
        return {"raamovereenkomst": "nee", "tarief": dice.pick([rate for rate in rates if "raam" not in rate])}
    return {
        "raamovereenkomst": f"RO-{dice.between(2023, 2026)}-{dice.between(1, 60):03d}",
        "raamovereenkomst_organisatie": organisation,
        "raamovereenkomst_tot": ANCHOR + timedelta(days=dice.between(30, 800)),
        "tarief": dice.pick(rates[:2]),
    }
