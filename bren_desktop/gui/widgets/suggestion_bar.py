"""Suggestions beneath a field: Enter or a click takes one over, Delete or the cross strikes it. Nothing sets itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from bren_desktop.gui.models.paged import plain_tip
from bren_desktop.gui.widgets.flow import FlowFrame

_TAKE = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_STRIKE = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class Offer(NamedTuple):
    """One suggestion: its code, what is on the chip, and what a screen reader says."""

    code: str
    text: str
    spoken: str


class _Offered(QToolButton):
    """The part of a chip that takes the suggestion over, and has the keyboard."""

    struck = Signal()
    stepped = Signal(int)

    def __init__(self, chip: QFrame) -> None:
        super().__init__(chip)
        self.chip = chip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _TAKE and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.click()
        elif key in _STRIKE:
            self.struck.emit()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        else:
            super().keyPressEvent(event)


class SuggestionBar(FlowFrame):
    """One stop for Tab; the arrows go along the chips. `taken` and `struck` give a code."""

    taken = Signal(str)
    struck = Signal(str)

    def __init__(self, before: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = before
        self._offers: tuple[Offer, ...] = ()
        self._buttons: list[_Offered] = []
        self.hide()

    def codes(self) -> tuple[str, ...]:
        """What is suggested."""
        return tuple(offer.code for offer in self._offers)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Suggest these; the keyboard stays where it was in the row."""
        if tuple(offers) == self._offers:
            return
        place = next((number for number, each in enumerate(self._buttons) if each.hasFocus()), None)
        for button in self._buttons:
            button.chip.hide()
            button.chip.deleteLater()
        self._offers = tuple(offers)
        self._buttons = [self._chip(offer) for offer in offers]
        for button in self._buttons[:1]:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            QWidget.setTabOrder(self._before, button)
        self.setVisible(bool(offers))
        self.updateGeometry()
        if place is not None:
            self._go_to(place)

    def _chip(self, offer: Offer) -> _Offered:
        chip = QFrame(self)
        chip.setProperty("role", "suggestion")
        row = QHBoxLayout(chip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        button = _Offered(chip)
        button.setText(offer.text.replace("&", "&&"))
        button.setToolTip(plain_tip(self.tr("Enter neemt dit over, Delete streept het weg.")))
        button.setAccessibleName(offer.spoken)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.clicked.connect(partial(self.taken.emit, offer.code))
        button.struck.connect(partial(self.struck.emit, offer.code))
        button.stepped.connect(partial(self._step, button))
        cross = QToolButton(chip)
        cross.setText("✕")
        cross.setAccessibleName(self.tr("{voorstel}, wegstrepen").format(voorstel=offer.spoken))
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cross.clicked.connect(button.struck)
        row.addWidget(button)
        row.addWidget(cross)
        self.add(chip)
        return button

    def _step(self, button: _Offered, by: int) -> None:
        place = self._buttons.index(button) + by
        if 0 <= place < len(self._buttons):
            self._go_to(place)

    def _go_to(self, place: int) -> None:
        """Give the keyboard to a chip, or to what stands before the bar where there is none left."""
        to = self._buttons[min(place, len(self._buttons) - 1)] if self._buttons else self._before
        to.setFocus(Qt.FocusReason.TabFocusReason)
