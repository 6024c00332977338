"""The bars above a record that colleagues changed: several wrote one field at once, or changed it while one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from pydantic import BaseModel
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton

from bren_desktop.gui.binding import Binding
from bren_desktop.gui.field_versions import show_versions
from bren_desktop.gui.models.columns import Badge, Tone
from bren_desktop.gui.widgets.badge import BadgeLabel
from bren_desktop.services.views import FieldVersion


class Bars(Protocol):
    """Where the layout of a page has them."""

    versions_bar: QFrame
    versions_badge: BadgeLabel
    versions_text: QLabel
    show_versions: QPushButton
    news_bar: QFrame


class VersionsBar(QObject):
    """`wanted` carries the field whose versions are to be settled, and nothing for all of them."""

    wanted = Signal(str)

    def __init__(self, ui: Bars, model: type[BaseModel], binding: Binding[Any], parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._model, self._binding = ui, model, binding
        ui.versions_badge.show_badge(Badge(self.tr("versies"), Tone.WARN, icon="versions"))
        ui.versions_bar.hide()
        ui.news_bar.hide()
        ui.show_versions.clicked.connect(self.ask)
        binding.versions_wanted.connect(self.wanted)

    def show(self, versions: Mapping[str, Sequence[FieldVersion]], count: int) -> None:
        """Mark the fields that have several versions, and say above the form how many there are."""
        show_versions(self._model, self._binding, versions)
        self._ui.news_bar.hide()
        self._ui.versions_text.setText(self._words(count))
        self._ui.versions_bar.setVisible(bool(count))

    def tell_news(self) -> None:
        """A colleague changed the record while something is being typed."""
        self._ui.news_bar.show()

    def ask(self) -> None:
        """All versions are to be settled."""
        self.wanted.emit("")

    def _words(self, count: int) -> str:
        if count == 1:
            return self.tr("Collega's wijzigden hier tegelijk één veld.")
        return self.tr("Collega's wijzigden hier tegelijk {n} velden.").format(n=count)
