"""Going to a place in a form: the keyboard in it, and all of it in sight."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QScrollArea, QWidget

IN_TAB_ORDER = Qt.FocusPolicy.ClickFocus
"""Of a widget that is no stop itself: without any policy Qt refuses to put what it holds in its place of the order."""


class _HandOn(QObject):
    def __init__(self, place: QWidget, to: Callable[[], QWidget]) -> None:
        super().__init__(place)
        self._to = to
        place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            self._to().setFocus(event.reason())
        return super().eventFilter(watched, event)


def hand_on(place: QWidget, to: Callable[[], QWidget]) -> None:
    """Give the keyboard that comes to `place` to a part of it.

    A focus proxy does the same, and makes Tab jump to that part over all that comes before it.
    """
    _HandOn(place, to)


def to_top(place: QWidget) -> None:
    """Scroll everything in a part back to where it begins."""
    for area in place.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(0)


def enter(place: QWidget) -> None:
    """Put the keyboard there, and scroll to it: at once, and again when what is around it is laid out."""
    place.setFocus()
    area = place.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(place)
        QTimer.singleShot(0, place, partial(area.ensureWidgetVisible, place))
