"""Something that was learnt from a case (leerpunt): recorded at any time, or changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.closing import Lesson
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.lesson import Ui_LessonForm

_USUAL = Lesson(niveau="LN-CASUS")


class LessonDialog(RecordDialog[Lesson]):
    """A lesson of one case; with `entity`, one that is there already."""

    def __init__(
        self,
        desk: Desk,
        case: str,
        about: str,
        entity: str = "",
        lesson: Lesson = _USUAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, f"casus:{case}:leerpunt:{entity}", parent)
        self._case, self._entity = case, entity
        self.ui = Ui_LessonForm()
        self.ui.setupUi(self)
        self.ui.about.setText(about)
        self.bind(Lesson, lesson, self.ui.save, self.ui.cancel)
        self.ui.field_niveau.setFocus()

    def write(self, record: Lesson) -> Callable[[], object]:
        workspace, case, entity = self.desk.workspace, self._case, self._entity
        if not entity:
            return lambda: workspace.closing.add_lesson(workspace.actor, case, record)
        fields = self.binding.changed_fields()
        return lambda: workspace.closing.amend_lesson(workspace.actor, entity, record, fields)

    def done_text(self) -> str:
        return self.tr("Leerpunt vastgelegd.")
