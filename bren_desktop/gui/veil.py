"""Hides everything on the screen after a while; one key brings back the exact field and cursor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

_LIFTS = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_SWALLOWED = _LIFTS | {
    QEvent.Type.Shortcut,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.KeyRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.ContextMenu,
    QEvent.Type.Wheel,
    QEvent.Type.ToolTip,
}


class Veil(QObject):
    """Covers every open window of the program. The touch that lifts it does nothing else; focus never moves."""

    lifted = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._covers: list[_Cover] = []

    @property
    def is_down(self) -> bool:
        return bool(self._covers)

    def cover(self) -> None:
        """Hide all content."""
        if self.is_down:
            return
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        self._covers = [_Cover(window) for window in windows]
        self._app.installEventFilter(self)

    def lift(self) -> None:
        """Show everything as it was."""
        self._app.removeEventFilter(self)
        for cover in self._covers:
            cover.setParent(None)
            cover.deleteLater()
        self._covers.clear()
        self.lifted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        if event.type() not in _SWALLOWED or not watched.isWidgetType():
            return False
        if event.type() in _LIFTS and not _is_modifier(event):
            self.lift()
        event.accept()
        return True

    def _fit(self) -> None:
        for cover in self._covers:
            cover.fit()


def _is_modifier(event: QEvent) -> bool:
    """Whether this is Shift or Ctrl on its own, which comes before the key that it belongs to."""
    return isinstance(event, QKeyEvent) and event.key() in _MODIFIERS


class _Cover(QWidget):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.setProperty("role", "veil")
        self.setAccessibleName(self.tr("Inhoud verborgen"))
        title = QLabel(self.tr("Inhoud verborgen"), self)
        title.setProperty("role", "title")
        hint = QLabel(self.tr("Druk op een toets om verder te gaan waar u was."), self)
        hint.setProperty("role", "label")
        layout = QVBoxLayout(self)
        layout.addStretch()
        for label in (title, hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addStretch()
        self.fit()
        self.show()
        self.raise_()

    def fit(self) -> None:
        """Take the size of the window."""
        self.resize(self.window().size())
