"""The bar above a form that offers what was typed before and not saved: go on with it, or throw it away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from bren_desktop.gui.binding import Binding
from bren_desktop.services.views import DraftView


class DraftOffer(QObject):
    """One such bar. `dropped` tells that its user threw the draft away."""

    dropped = Signal()

    def __init__(
        self, bar: QWidget, text: QLabel, keep: QPushButton, drop: QPushButton, binding: Binding[Any], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bar, self._binding = bar, binding
        self._draft: DraftView | None = None
        text.setText(self.tr("Er is nog iets dat u typte en niet opsloeg. Wilt u verder met wat u typte?"))
        keep.clicked.connect(self.take)
        drop.clicked.connect(self._on_dropped)
        bar.hide()

    def show(self, draft: DraftView | None) -> None:
        """Offer `draft`, or nothing."""
        self._draft = draft if draft is not None and draft.fields else None
        self._bar.setVisible(self.is_open())

    def is_open(self) -> bool:
        """Whether something is offered."""
        return self._draft is not None

    def take(self) -> None:
        """Show what the draft holds, beneath what was typed since."""
        if self._draft is None:
            return
        typed = self._binding.touched()
        self._binding.lay_over({key: value for key, value in self._draft.fields.items() if key not in typed})
        self.show(None)

    def _on_dropped(self) -> None:
        self.show(None)
        self.dropped.emit()
