"""The points and plans of the advice: how each stands, told by one key or with the whole sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.following import FollowUpSheet, PlanStanding, Standing, ToldRow
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.aftercare_words import plan_key, plan_line, point_line
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.follow_up import FollowUpDialog
from bren_desktop.gui.forms.tab_aftercare import Ui_AftercareTab
from bren_desktop.gui.pages.case.aftercare.loading import Loaded
from bren_desktop.gui.pages.case.aftercare.part import Part, say
from bren_desktop.gui.rows_plans import KEYS

_CODES = {KEYS[term.code]: term.code for term in vocabulary("opvolgstanden")}
_PLAN_CODES = {KEYS[term.code]: term.code for term in vocabulary("planstanden")}


class Points(Part):
    """g, d, n or o on a point, and k, s or o on a plan, opens the sheet with that said; Enter opens it as it is."""

    def __init__(self, desk: Desk, ui: Ui_AftercareTab, tab: QWidget) -> None:
        super().__init__(desk, ui, tab)
        self._case = ""
        self._standings: Sequence[Standing] = ()
        self._plans: Sequence[PlanStanding] = ()
        ui.follow_up.clicked.connect(self._on_sheet)
        ui.points.chosen.connect(self._on_sheet)
        ui.points.letter_pressed.connect(self._on_letter)

    def show(self, loaded: Loaded, *, editable: bool) -> None:
        self.editable = editable
        self._case, self._standings, self._plans = loaded.case, loaded.standings, loaded.plans
        today, points = self.today(), self.ui.points
        points.letters = "".join({**_CODES, **_PLAN_CODES}) if editable else ""
        lines = [point_line(number, each, today) for number, each in enumerate(loaded.standings, 1)]
        points.show_lines([*lines, *map(plan_line, loaded.plans)])
        self.ui.follow_up.setVisible(editable and bool(loaded.standings))
        self.ui.to_advice.setVisible(editable and not loaded.standings)
        say(self.ui.points_state, self._state())

    def _state(self) -> str:
        if not self._standings:
            return self.tr(
                "Hier volgt u wat er van elk adviespunt en elk plan komt. Er is nog geen advies vrijgegeven: daarmee "
                "begint het."
            )
        return (
            self.tr(
                "Druk bij een punt op g (gevolgd), d (deels), n (niet) of o (nog niet begonnen), en bij een plan op "
                "k (gekozen), s (gestrand) of o (nog niet aan de orde)."
            )
            if self.editable
            else ""
        )

    def _on_sheet(self) -> None:
        self._open(FollowUpSheet())

    def _on_letter(self, letter: str, key: str) -> None:
        plan = next((each.plan.id for each in self._plans if plan_key(each.plan.id) == key), "")
        if plan:
            self._open(FollowUpSheet(planstanden=_told(plan, _PLAN_CODES.get(letter, ""))))
        else:
            self._open(FollowUpSheet(opvolging=_told(key, _CODES.get(letter, ""))))

    def _open(self, told: FollowUpSheet) -> None:
        if self.editable and self._standings:
            window = self.tab.window()
            dialog = FollowUpDialog(self.desk, self._case, self._standings, self._plans, told, window)
            self.open(dialog, self.ui.points)


def _told(name: str, stand: str) -> tuple[ToldRow, ...]:
    """What a key said; nothing for a key that says nothing of this line."""
    return (ToldRow(id=name, stand=stand),) if stand else ()
