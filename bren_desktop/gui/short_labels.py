"""Names that are short enough for a list; the whole label is in the tooltip and on the case."""

from __future__ import annotations

from collections.abc import Iterable

from bren_desktop.domain.vocabulary import vocabulary

_STICKING_POINTS = {
    "KP-SAM": "Samenwerking",
    "KP-WLZ": "Wlz",
    "KP-VGGZ": "v-GGZ",
    "KP-WMO": "Wmo",
    "KP-OND": "Onderwijs",
    "KP-FOR": "Forensisch",
    "KP-JZPLUS": "JeugdzorgPlus",
    "KP-SGGZ": "s-GGZ",
    "KP-ASS": "ASS",
    "KP-INK": "Inkoop",
    "KP-MET": "Trends",
}


def sticking_points(codes: Iterable[str]) -> str:
    """Knelpunten in a few words each."""
    return ", ".join(_STICKING_POINTS.get(code, vocabulary("knelpunten").label(code)) for code in codes)
