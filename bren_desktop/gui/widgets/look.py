"""How widgets look: the properties that the stylesheet looks at, and the size of large dialogs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

RIM = 0.94
READABLE = 1280
"""How wide a dialog is at most that holds lines of running text."""


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property, and have the stylesheet look again, at its children too."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        for each in (widget, *widget.findChildren(QWidget)):
            each.style().unpolish(each)
            each.style().polish(each)


def grow(dialog: QWidget) -> None:
    """Give a dialog the height that its text needs, once that is laid out; lists stay as low as they can be."""
    QTimer.singleShot(0, dialog, partial(_grow, dialog))


def _grow(dialog: QWidget) -> None:
    layout = dialog.layout()
    if layout is not None:
        dialog.resize(dialog.width(), max(dialog.height(), layout.minimumHeightForWidth(dialog.width())))


def fit(dialog: QWidget) -> None:
    """Give a dialog just the height of what it still shows, once that is laid out."""
    QTimer.singleShot(0, dialog, partial(_fit, dialog))


def _fit(dialog: QWidget) -> None:
    dialog.resize(dialog.width(), 0)
    _grow(dialog)


def grow_to(dialog: QWidget, parent: QWidget | None, height: int) -> None:
    """Give a dialog that scrolls this height, or as much of it as its window has room for."""
    room = round(parent.window().height() * RIM) if parent is not None else height
    dialog.resize(dialog.width(), min(height, room))


def fill_window(dialog: QWidget, parent: QWidget | None, widest: int = 0) -> None:
    """Make a dialog as large as its window lets it, with a rim, and no wider than `widest`; paper wants room."""
    if parent is not None:
        room = parent.window().size() * RIM
        dialog.resize(min(room.width(), widest or room.width()), room.height())
