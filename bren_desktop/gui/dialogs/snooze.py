"""Putting a deadline off until a day, with the reason that colleagues read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.clocks.levels import service_level
from bren_desktop.domain.planning import Snooze
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.snooze import Ui_Snooze


class SnoozeDialog(RecordDialog[Snooze]):
    """One deadline of one case; `start` names it, `title` is what lists call the case."""

    def __init__(self, desk: Desk, case: str, start: Snooze, title: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{case}:uitstel:{start.klok}", parent)
        self._case, self._code = case, start.klok
        self.ui = Ui_Snooze()
        self.ui.setupUi(self)
        words = self.tr("{what} · {case}\nTot die dag staat dit bij niemand in de werkvoorraad, wel onder Uitgesteld.")
        self.ui.about.setText(words.format(what=service_level(start.klok).label, case=title))
        self.bind(Snooze, start, self.ui.save, self.ui.cancel)
        self.ui.field_tot.setFocus()

    def write(self, record: Snooze) -> Callable[[], object]:
        workspace, case = self.desk.workspace, self._case
        snooze = record.model_copy(update={"klok": self._code})
        return lambda: workspace.planning.snooze(workspace.actor, case, snooze)

    def done_text(self) -> str:
        return self.tr("Uitgesteld. Collega's zien door wie en waarom.")
