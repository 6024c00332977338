"""Consult registreren: open, Enter. Also for the small consults that nobody used to write down."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.records import Consult
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.consult import Ui_Consult

USUAL_MINUTES, USUAL_FORM = 30, "IV-TEL"


class ConsultDialog(RecordDialog[Consult]):
    """One consult of an expert, with or without a case."""

    def __init__(self, desk: Desk, expert: str, name: str, case: str = "", parent: QWidget | None = None) -> None:
        super().__init__(desk, f"pareltje:{expert}:consult", parent)
        self._expert, self._case = expert, case
        self.ui = Ui_Consult()
        self.ui.setupUi(self)
        self.ui.about.setText(name)
        start = Consult(datum=desk.workspace.context.today(), minuten=USUAL_MINUTES, inzetvorm=USUAL_FORM)
        self.bind(Consult, start, self.ui.save, self.ui.cancel)
        self.ui.save.setDefault(True)
        self.ui.save.setFocus()

    def write(self, record: Consult) -> Callable[[], object]:
        workspace = self.desk.workspace
        whole = record.model_copy(update={"expert": self._expert, "casus": self._case})
        return lambda: workspace.pool.register_consult(workspace.actor, whole)

    def done_text(self) -> str:
        return self.tr("Consult geregistreerd.")
