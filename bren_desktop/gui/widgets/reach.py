"""Going to a place in a form: the keyboard in it, and all of it in sight."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget


def enter(place: QWidget) -> None:
    """Put the keyboard there, and scroll to it: at once, and again when what is around it is laid out."""
    place.setFocus()
    area = place.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(place)
        QTimer.singleShot(0, place, partial(area.ensureWidgetVisible, place))
