"""A dialog that records one small thing: a form, a draft while typing, and one way to save it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Generic, TypeVar

from pydantic import BaseModel
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from bren_desktop.errors import InvalidInputError, UserFacingError
from bren_desktop.gui.binding import Binding
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.drafting import DraftKeeper
from bren_desktop.gui.editors import EditorKit
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.widgets.field import Field
from bren_desktop.gui.widgets.look import grow
from bren_desktop.gui.widgets.options import Options
from bren_desktop.gui.widgets.reach import enter
from bren_desktop.services.views import DraftView

Record = TypeVar("Record", bound=BaseModel)


class RecordDialog(QDialog, Generic[Record]):
    """`recorded` tells that it was saved. The form must have the buttons `save` and `cancel`."""

    recorded = Signal()

    def __init__(self, desk: Desk, draft: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self._keeper = DraftKeeper(desk, draft, self._typed, self)

    def bind(
        self,
        model: type[Record],
        start: Record,
        save: QPushButton,
        cancel: QPushButton,
        suggestions: Mapping[str, Sequence[str]] = MappingProxyType({}),
        rows: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
        options: Mapping[str, Options] = MappingProxyType({}),
    ) -> None:
        """Tie the fields to `model`, begin with `start`, and bring back what was typed before."""
        context = self.desk.workspace.context
        kit = EditorKit(context.today, suggestions, rows, options, context.listed)
        self.binding: Binding[Record] = Binding(model, self, kit)
        self.binding.show(start)
        self.binding.edited.connect(self._on_edited)
        self.binding.left.connect(self._keeper.keep)
        self._save_button = save
        save.clicked.connect(self.save)
        cancel.clicked.connect(self.reject)
        last = list(self.binding.fields.values())[-1]
        QWidget.setTabOrder(last.last_stop(), save)
        QWidget.setTabOrder(save, cancel)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        workspace, key = self.desk.workspace, self._keeper.key
        self.desk.tasks.ask(lambda: workspace.drafts.get(workspace.actor, key), self._on_draft)

    def write(self, record: Record) -> Callable[[], object]:
        """The work that records it; runs on the store's thread."""
        raise NotImplementedError

    def shown(self, record: Record | None) -> None:
        """Something was typed: say what follows from it."""

    def done_text(self) -> str:
        """What the status bar says afterwards."""
        raise NotImplementedError

    def say_done(self) -> None:
        """Say that it was recorded."""
        self.desk.messages.inform(self.done_text())

    def save(self) -> None:
        """Record it, or say beside the field why not."""
        record = self.binding.parse()
        if record is None:
            field = self.binding.first_problem()
            if field is not None:
                self._show_problem(field)
            return
        self._save_button.setEnabled(False)
        self.desk.tasks.do(self.write(record), self._on_written, self._on_refused)

    def keep_draft(self) -> None:
        """Keep at once what was typed."""
        self._keeper.keep()

    def done(self, result: int) -> None:
        """Go away, however it was left; what was typed and not saved stays as a draft."""
        self.keep_draft()
        super().done(result)

    def _typed(self) -> Mapping[str, object]:
        return self.binding.touched()

    def _on_edited(self) -> None:
        self._keeper.touch()
        self.shown(self.binding.parse())
        grow(self)

    def _on_draft(self, draft: DraftView | None) -> None:
        if draft is not None:
            self.binding.lay_over(draft.fields)
        self.shown(self.binding.parse())

    def _on_written(self, _: object) -> None:
        self._keeper.drop()
        self.say_done()
        self.recorded.emit()
        self.accept()

    def _on_refused(self, error: UserFacingError) -> None:
        self._save_button.setEnabled(True)
        field = self.binding.fields.get(error.field) if isinstance(error, InvalidInputError) else None
        if field is None:
            self.desk.messages.fail(error)
            return
        field.say(sentence(error))
        self._show_problem(field)

    def _show_problem(self, field: Field) -> None:
        """Go to a field, and make room for what is said below it."""
        enter(field)
        grow(self)
