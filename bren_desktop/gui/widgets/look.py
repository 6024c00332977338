"""How widgets look: the properties that the stylesheet looks at, and the size of large dialogs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

RIM = 0.94


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property, and have the stylesheet look again, at its children too."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        for each in (widget, *widget.findChildren(QWidget)):
            each.style().unpolish(each)
            each.style().polish(each)


def fill_window(dialog: QWidget, parent: QWidget | None) -> None:
    """Make a dialog as large as its window lets it, with a rim; paper wants room."""
    if parent is not None:
        dialog.resize(parent.window().size() * RIM)
