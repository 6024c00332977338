"""Where the user is in the program, so that a lock can bring back the very field and cursor."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


@dataclass(frozen=True, slots=True)
class Place:
    """A page, where on that page, the names of the focused widget and its parents, and its cursor."""

    page: str = ""
    on_page: str = ""
    path: tuple[str, ...] = ()
    cursor: int = 0


def focus_path(root: QWidget) -> tuple[tuple[str, ...], int]:
    """The names from below `root` down to the widget with the focus, and the position of its cursor."""
    widget: QWidget | None = QApplication.focusWidget() or root.focusWidget()
    if widget is None or not root.isAncestorOf(widget):
        return (), 0
    cursor = _cursor(widget)
    names: list[str] = []
    while widget is not None and widget is not root:
        if widget.objectName():
            names.append(widget.objectName())
        widget = widget.parentWidget()
    return tuple(reversed(names)), cursor


def focus_again(root: QWidget, path: tuple[str, ...], cursor: int) -> bool:
    """Bring the focus back to where `focus_path` found it; whether that widget is there."""
    if not path:
        return False
    widget = root
    for name in path:
        found = widget.findChild(QWidget, name)
        if not isinstance(found, QWidget):
            return False
        widget = found
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    _set_cursor(widget, cursor)
    return True


def _cursor(widget: QWidget) -> int:
    if isinstance(widget, QLineEdit):
        return widget.cursorPosition()
    return widget.textCursor().position() if isinstance(widget, QPlainTextEdit) else 0


def _set_cursor(widget: QWidget, position: int) -> None:
    if isinstance(widget, QLineEdit):
        widget.deselect()
        widget.setCursorPosition(position)
    elif isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        cursor.setPosition(min(position, len(widget.toPlainText())))
        widget.setTextCursor(cursor)
