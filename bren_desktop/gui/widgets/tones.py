"""Which badge goes with a code, the same on every screen."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.models.columns import Badge, Column, Tone
from bren_desktop.gui.short_labels import short_label
from bren_desktop.services.rows import CaseRow, ExpertRow

Torn = TypeVar("Torn", CaseRow, ExpertRow)

_LOOKS = {
    "UR-CRISIS": (Tone.ALARM, "flame"),
    "UR-SPOED": (Tone.WARN, "warning"),
    "ST-CON": (Tone.QUIET, "pencil"),
    "ST-AAN": (Tone.INFO, "mail"),
    "ST-TRI": (Tone.INFO, "search"),
    "ST-AVU": (Tone.WARN, "question"),
    "ST-AFB": (Tone.QUIET, "right"),
    "ST-RET": (Tone.INFO, "person"),
    "ST-AGE": (Tone.INFO, "calendar"),
    "ST-BES": (Tone.INFO, "check"),
    "ST-INZ": (Tone.INFO, "pool"),
    "ST-ADV": (Tone.GOOD, "mail"),
    "ST-UIT": (Tone.GOOD, "right"),
    "ST-OVB": (Tone.WARN, "clock"),
    "ST-ESC": (Tone.ALARM, "warning"),
    "ST-MON": (Tone.GOOD, "eye"),
    "ST-AFG": (Tone.QUIET, "check"),
    "ST-HER": (Tone.WARN, "undo"),
    "BS-DIRECT": (Tone.GOOD, "check"),
    "BS-BEPERKT": (Tone.WARN, "clock"),
    "BS-VANAF": (Tone.INFO, "calendar"),
    "BS-NIET": (Tone.QUIET, "cross"),
    "OS-OPEN": (Tone.QUIET, "clock"),
    "OS-DEELS": (Tone.WARN, "right"),
    "OS-JA": (Tone.GOOD, "check"),
    "OS-NEE": (Tone.ALARM, "cross"),
    "PS-OPEN": (Tone.QUIET, "clock"),
    "PS-GEK": (Tone.GOOD, "check"),
    "PS-STR": (Tone.ALARM, "cross"),
    "BS-OK": (Tone.GOOD, "check"),
    "BS-LOOPT": (Tone.INFO, "right"),
    "BS-NEE": (Tone.ALARM, "cross"),
    "BS-ONB": (Tone.QUIET, "question"),
    "TS-JA": (Tone.GOOD, "check"),
    "TS-ANON": (Tone.INFO, "eye"),
    "TS-GEDW": (Tone.WARN, "warning"),
}


def badge_for(name: str, code: str) -> Badge | None:
    """The badge of a code in the list `name` (casusstatus, urgentie, beschikbaarheid, opvolgstanden and more)."""
    if not code:
        return None
    tone, icon = _LOOKS.get(code, (Tone.QUIET, ""))
    return Badge(short_label(code) or vocabulary(name).label(code), tone, icon=icon)


def versions_badge(count: int) -> Badge | None:
    """The badge of a record of which `count` fields have several versions."""
    if not count:
        return None
    word = _tr("2 versies") if count == 1 else _tr("{n} velden").format(n=count)
    return Badge(word, Tone.WARN, icon="versions")


def versions_column() -> Column[Torn]:
    """The column of a list in which records with an unsettled field wear their badge."""
    return Column(
        "conflicts",
        _tr("Versies"),
        lambda row: badge.word if (badge := versions_badge(row.conflicts)) else "",
        badge=lambda row: versions_badge(row.conflicts),
        width=112,
        sortable=False,
        seldom=True,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tones", text)
