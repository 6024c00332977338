"""The points of the advice: how each stands, told by one key or with the whole sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.following import Standing, ToldRow
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.aftercare_words import point_line
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.follow_up import FollowUpDialog
from bren_desktop.gui.forms.tab_aftercare import Ui_AftercareTab
from bren_desktop.gui.pages.case.aftercare.loading import Loaded
from bren_desktop.gui.pages.case.aftercare.part import Part, say
from bren_desktop.gui.rows_plans import KEYS

_CODES = {KEYS[term.code]: term.code for term in vocabulary("opvolgstanden")}


class Points(Part):
    """g, d, n or o on a point opens the sheet with that said; Enter opens it as it is."""

    def __init__(self, desk: Desk, ui: Ui_AftercareTab, tab: QWidget) -> None:
        super().__init__(desk, ui, tab)
        self._case = ""
        self._standings: Sequence[Standing] = ()
        ui.follow_up.clicked.connect(self._on_sheet)
        ui.points.chosen.connect(self._on_sheet)
        ui.points.letter_pressed.connect(self._on_letter)

    def show(self, loaded: Loaded, *, editable: bool) -> None:
        self.editable = editable
        self._case, self._standings = loaded.case, loaded.standings
        today, points = self.today(), self.ui.points
        points.letters = "".join(_CODES) if editable else ""
        points.show_lines([point_line(number, each, today) for number, each in enumerate(loaded.standings, 1)])
        self.ui.follow_up.setVisible(editable and bool(loaded.standings))
        self.ui.to_advice.setVisible(editable and not loaded.standings)
        say(self.ui.points_state, self._state())

    def _state(self) -> str:
        if not self._standings:
            return self.tr(
                "Hier volgt u wat er van elk adviespunt komt. Er is nog geen advies vrijgegeven: daarmee begint het."
            )
        return (
            self.tr("Druk bij een punt op g (gevolgd), d (deels), n (niet) of o (nog niet begonnen).")
            if self.editable
            else ""
        )

    def _on_sheet(self) -> None:
        self._open(None)

    def _on_letter(self, letter: str, point: str) -> None:
        self._open(ToldRow(id=point, stand=_CODES[letter]))

    def _open(self, told: ToldRow | None) -> None:
        if self.editable and self._standings:
            dialog = FollowUpDialog(self.desk, self._case, self._standings, told, self.tab.window())
            self.open(dialog, self.ui.points)
