"""The line in the header of a record: that something is not saved yet, or where its last change is."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from bren_desktop.gui.share_words import delivery_words
from bren_desktop.oplog.operations import Dot
from bren_desktop.services.deliveries import delivery
from bren_desktop.services.share_door import ShareStatus


class LastChange(QObject):
    """Fills `label`."""

    def __init__(self, label: QLabel, parent: QObject) -> None:
        super().__init__(parent)
        self._label = label
        self._change: Dot | None = None
        self._status: ShareStatus | None = None
        self._is_typing = False

    def show(self, change: Dot | None) -> None:
        """A record is shown as it was stored; None for one that goes nowhere."""
        self._change, self._is_typing = change, False
        self._tell()

    def typing(self) -> None:
        """Something was typed."""
        self._is_typing = True
        self._tell()

    def share_told(self, status: ShareStatus | None) -> None:
        """How this laptop stands to the share now."""
        self._status = status
        self._tell()

    def _tell(self) -> None:
        where = delivery(self._status, self._change)
        if self._is_typing:
            self._label.setText(self.tr("Nog niet opgeslagen; wat u typt wordt als concept bewaard."))
        elif where is None:
            self._label.clear()
        else:
            self._label.setText(self.tr("Laatste wijziging: {where}").format(where=delivery_words(where)))
