"""The bar above a form that offers what was typed before and not saved: go on with it, or throw it away."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QLabel, QPushButton

from bren_desktop.gui.binding import Binding
from bren_desktop.gui.drafting import DraftKeeper
from bren_desktop.services.views import DraftView


class _Bar(Protocol):
    """What a form has for this."""

    draft_bar: QFrame
    draft_text: QLabel
    draft_keep: QPushButton
    draft_drop: QPushButton


class DraftOffer(QObject):
    """The bar of one form, whose drafts `keeper` keeps: whoever types on goes on with what is offered."""

    def __init__(self, form: _Bar, binding: Binding[Any], keeper: DraftKeeper, parent: QObject) -> None:
        super().__init__(parent)
        self._bar, self._binding, self._keeper = form.draft_bar, binding, keeper
        self._draft: DraftView | None = None
        form.draft_text.setText(self.tr("Er is nog iets dat u typte en niet opsloeg. Wilt u verder met wat u typte?"))
        form.draft_keep.clicked.connect(self.take)
        form.draft_drop.clicked.connect(self._on_dropped)
        binding.edited.connect(self._on_edited)
        self._bar.hide()

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

    def _on_edited(self) -> None:
        self.take()
        self._keeper.touch()

    def _on_dropped(self) -> None:
        self.show(None)
        self._keeper.drop()
