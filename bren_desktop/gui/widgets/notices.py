"""Shows the messages: a bar above the page for what deserves attention, the footer for what was done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.workbench import Ui_Workbench

_SHOWN_MS = 8000
_UNDO_SHOWN_MS = 20000


class Notices(QObject):
    """Listens to the messages of a desk and speaks through the parts of the workbench."""

    def __init__(self, ui: Ui_Workbench, desk: Desk) -> None:
        super().__init__(ui.notice)
        self._ui = ui
        self._undo: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_shown_long_enough)
        ui.notice.hide()
        ui.undo.hide()
        ui.saved.setText(self.tr("Opgeslagen op deze laptop"))
        ui.notice_close.clicked.connect(self.clear)
        ui.undo.clicked.connect(self._on_undo)
        desk.messages.informed.connect(self._on_informed)
        desk.messages.undo_offered.connect(self._on_undo_offered)
        desk.messages.outlived.connect(self._say_nothing)
        desk.messages.warned.connect(self._on_warned)
        desk.messages.failed.connect(self._on_failed)
        desk.tasks.busy.connect(self._on_busy)

    def clear(self) -> None:
        """Take the bar away."""
        self._ui.notice.hide()

    def show_minutes(self, minutes: int) -> None:
        """Say how long it takes until the program locks itself."""
        self._ui.lock_clock.setText(self.tr("Vergrendelt over {minutes} min").format(minutes=minutes))

    def _on_informed(self, text: str) -> None:
        self._say(text, None, _SHOWN_MS)

    def _on_undo_offered(self, text: str, undo: Callable[[], None]) -> None:
        self._say(text, undo, _UNDO_SHOWN_MS)

    def _say(self, text: str, undo: Callable[[], None] | None, shown_ms: int) -> None:
        self._ui.message.setText(text)
        _announce(self._ui.message, text)
        self._undo = undo
        self._ui.undo.setVisible(undo is not None)
        self._timer.start(shown_ms)

    def _on_shown_long_enough(self) -> None:
        if self._ui.undo.hasFocus():
            self._timer.start(_SHOWN_MS)
            return
        self._say_nothing()

    def _say_nothing(self) -> None:
        self._timer.stop()
        self._undo = None
        self._ui.message.clear()
        self._ui.undo.hide()

    def _on_undo(self) -> None:
        undo = self._undo
        self._say_nothing()
        if undo is not None:
            undo()

    def _on_warned(self, text: str) -> None:
        self._show_bar(text, "warn")

    def _on_failed(self, text: str) -> None:
        self._show_bar(text, "alarm")

    def _show_bar(self, text: str, tone: str) -> None:
        self._ui.notice_text.setText(text)
        _announce(self._ui.notice, text)
        self._ui.notice.setProperty("tone", tone)
        for widget in (self._ui.notice, self._ui.notice_text):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self._ui.notice.show()

    def _on_busy(self, busy: bool) -> None:
        self._ui.saved.setText(self.tr("Bezig…") if busy else self.tr("Opgeslagen op deze laptop"))


def _announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say it too: the cursor stays where the user works."""
    widget.setAccessibleName(text)
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
