"""The Big 5 and the toekomstplan of somebody of 16 and older."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.aftercare import FuturePlan
from bren_desktop.gui.aftercare_words import extension_words
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.future_plan import Ui_FuturePlanForm
from bren_desktop.gui.widgets.look import grow_to
from bren_desktop.services.below import Filed

HEIGHT = 640


class FuturePlanDialog(RecordDialog[FuturePlan]):
    """The one plan of a case."""

    def __init__(self, desk: Desk, case: str, held: Filed[FuturePlan], parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{case}:toekomstplan", parent)
        self._case, self._held = case, held
        self.ui = Ui_FuturePlanForm()
        self.ui.setupUi(self)
        self.ui.about.setText(
            self.tr("Met één toets: g geregeld, l loopt, n niet geregeld, o onbekend.") + " " + extension_words()
        )
        self.bind(FuturePlan, held.record, self.ui.save, self.ui.cancel)
        self.ui.field_big5.setFocus()
        grow_to(self, parent, HEIGHT)

    def write(self, record: FuturePlan) -> Callable[[], object]:
        workspace, case, seen = self.desk.workspace, self._case, self._held.seen
        fields = self.binding.changed_fields()
        return lambda: workspace.aftercare.plan_future(workspace.actor, case, record, fields, seen)

    def done_text(self) -> str:
        return self.tr("Big 5 en toekomstplan opgeslagen.")
