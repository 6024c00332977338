"""How a match is said: its score as a number and in words, the criteria by name, a verdict by icon and word."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.dutch import counted, listing
from bren_desktop.gui.models.columns import Badge, Tone
from bren_desktop.matching.team import Part
from bren_desktop.services.views import Match, Standing, TeamPlace

_STEPS = ((0.75, "past heel goed"), (0.55, "past goed"), (0.35, "past deels"), (0.0, "past weinig"))
_AVAILABILITY = "beschikbaarheid"
_SAFETY = "veiligheid"
_PARTS = {Part.CONTENT: "Voor de inhoud", Part.BESIDE: "Voor domein of mandaat", Part.EXPERIENCE: "Uit eigen ervaring"}
_CRITERIA = {
    "expertise": "Expertise op de vraag zelf",
    "domein": "Domein en wettelijk kader",
    "beschikbaarheid": "Beschikbaarheid",
    "regio": "Nabijheid",
    "mandaat": "Mandaat en gezag",
    "wensen": "Wensen van jeugdige en ouders",
    "leeftijd": "Leeftijd",
    "eerdere_inzet": "Wat eerdere inzet opleverde",
    "raamovereenkomst": "Raamovereenkomst",
}
_ICONS = {"match": "check", "mismatch": "cross", "unknown": "question"}
_ROLES = {"match": "good", "mismatch": "alarm", "unknown": "muted"}
_WORDS = {"match": "past", "mismatch": "past niet", "unknown": "niet bekend"}


def _translate(text: str) -> str:
    return QCoreApplication.translate("MatchWords", text)


def score_words(score: float) -> str:
    """Such as `82 van 100, past heel goed`."""
    words = next(words for least, words in _STEPS if score >= least)
    return _translate("{n} van 100, {woorden}").format(n=round(score * 100), woorden=_translate(words))


def availability(match: Match) -> Badge:
    """Whether the expert can start now."""
    asked = next((reason.verdict for reason in match.reasons if reason.criterion == _AVAILABILITY), "")
    if match.available and asked == "unknown":
        return Badge(_translate("beschikbaarheid onbekend"), Tone.QUIET, icon="question")
    if match.available:
        return Badge(_translate("kan nu"), Tone.GOOD, icon="check")
    if match.available_from is not None:
        day = match.available_from.strftime("%d-%m-%Y")
        return Badge(_translate("vanaf {dag}").format(dag=day), Tone.INFO, icon="calendar")
    return Badge(_translate("niet beschikbaar"), Tone.QUIET, icon="cross")


def warning(match: Match) -> Badge | None:
    """That the case speaks against putting this expert on top, where it does."""
    warned = any(reason.criterion == _SAFETY and reason.verdict == "mismatch" for reason in match.reasons)
    return Badge(_translate("let op"), Tone.WARN, icon="warning") if warned else None


def part_words(place: TeamPlace) -> str:
    """What somebody is in the team for, such as `Voor de inhoud: 'slaapt niet' en 'zit thuis'`."""
    return ": ".join(filter(None, (_translate(_PARTS[Part(place.part)]), listing(place.brings))))


def standing_words(standing: Standing) -> str:
    """Such as `Plaats 6 van 80 in de pool. Bovenaan staat Nel Nacht. Het verschil zit in: nabijheid.`."""
    place = _translate("Plaats {n} van {alle} in de pool.").format(n=counted(standing.place), alle=counted(standing.of))
    if standing.place == 1:
        return place
    better = "; ".join(criterion_words(name).lower() for name in standing.behind)
    first = _translate("Bovenaan staat {naam}. Het verschil zit in: {waarin}.")
    near = _translate("Bovenaan staat {naam}. Het scheelt weinig.")
    return f"{place} {(first if better else near).format(naam=standing.first, waarin=better)}"


def criterion_words(name: str) -> str:
    """A criterion as people call it."""
    return _translate(_CRITERIA.get(name, name))


def verdict_icon(verdict: str) -> str:
    """The icon of a verdict."""
    return _ICONS.get(verdict, "question")


def verdict_role(verdict: str) -> str:
    """The colour of a verdict, by its role in the theme."""
    return _ROLES.get(verdict, "muted")


def verdict_word(verdict: str) -> str:
    """The word of a verdict, for who does not see its icon."""
    return _translate(_WORDS.get(verdict, _WORDS["unknown"]))
