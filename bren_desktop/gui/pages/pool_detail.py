"""The marked pareltje beside the list: enough to choose by, without opening the profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.experts import is_checked_lately
from bren_desktop.domain.values import OLDEST
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.forms.pool import Ui_Pool
from bren_desktop.gui.models.columns import Badge, Tone
from bren_desktop.gui.widgets.badge import BadgeLabel
from bren_desktop.gui.widgets.tones import badge_for
from bren_desktop.services.rows import ExpertRow


class PoolDetail:
    """Fills the detail side of the pool's form."""

    def __init__(self, ui: Ui_Pool, today: Callable[[], date]) -> None:
        self._ui = ui
        self._today = today
        self.badges = tuple(BadgeLabel(ui.badges) for _ in range(3))
        for badge in self.badges:
            ui.badges.add(badge)

    def show(self, row: ExpertRow | None) -> None:
        """Show `row`, or nothing."""
        ui = self._ui
        ui.detail.setVisible(row is not None)
        if row is None:
            return
        ui.name.setText(row.naam)
        ui.work.setText(", ".join(part for part in (row.functie, row.organisatie) if part))
        ui.expertise.setText(_labels("expertise_pareltjes", row.expertise))
        ui.domains.setText(_labels("domeinen", row.domeinen))
        ui.reach.setText(self._reach(row))
        ui.profile.setText(row.profiel or _tr("Nog geen profiel."))
        for badge, shown in zip(self.badges, self._shown_badges(row), strict=True):
            badge.show_badge(shown)

    def _shown_badges(self, row: ExpertRow) -> tuple[Badge | None, Badge | None, Badge | None]:
        fresh = is_checked_lately(row.profiel_gecontroleerd, self._today())
        kind = Badge(vocabulary("soort_expert").label(row.soort), Tone.INFO, icon="pool")
        return (
            availability(row),
            kind,
            Badge(_tr("profiel verouderd"), Tone.WARN, icon="clock") if not fresh else None,
        )

    def _reach(self, row: ExpertRow) -> str:
        """Where, for whom and how much: a line each."""
        regions = dict.fromkeys((row.regio, *row.regios))
        places = [_tr("landelijk")] if row.landelijk_inzetbaar else []
        places += [vocabulary("jeugdregios").label(code) for code in regions if code]
        lines = [", ".join(places)] if places else []
        if row.leeftijd_van is not None or row.leeftijd_tot is not None:
            ages = _tr("{first} tot en met {last} jaar")
            lines.append(ages.format(first=_or(row.leeftijd_van, 0), last=_or(row.leeftijd_tot, OLDEST)))
        if row.uren_per_maand is not None:
            lines.append(_tr("{hours} uur per maand").format(hours=row.uren_per_maand))
        return "\n".join(lines) or _tr("niet ingevuld")


def availability(row: ExpertRow) -> Badge | None:
    """The badge of a pareltje's availability, with its day where there is one."""
    badge = badge_for("beschikbaarheid", row.beschikbaarheid)
    if badge is None or row.beschikbaarheid != "BS-VANAF" or row.beschikbaar_vanaf is None:
        return badge
    return replace(badge, word=_tr("vanaf {day}").format(day=row.beschikbaar_vanaf.strftime("%d-%m-%Y")))


def _or(age: int | None, usual: int) -> int:
    return usual if age is None else age


def _labels(name: str, codes: tuple[str, ...]) -> str:
    return ", ".join(vocabulary(name).label(code) for code in codes) or _tr("niet ingevuld")


def _tr(text: str) -> str:
    return QCoreApplication.translate("PoolDetail", text)
