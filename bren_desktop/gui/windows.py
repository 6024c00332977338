"""The windows that open over any page, each when somebody asks the navigator for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.syncing import Syncing


class Windows(QObject):
    """Each loads what it is made of when it opens. `requests_changed`: what the page shows may be out of date."""

    requests_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._bench = desk, parent
        self.syncing: Syncing | None = None
        navigator = desk.navigator
        navigator.addresses_wanted.connect(self.addresses)
        navigator.concepts_wanted.connect(self._concepts)
        navigator.conflicts_wanted.connect(self._conflicts)
        navigator.sharing_wanted.connect(self.sharing)
        navigator.erasing_wanted.connect(self._erasing)
        navigator.protecting_wanted.connect(self._protecting)
        navigator.requests_wanted.connect(self._requests)
        navigator.recovering_wanted.connect(self.recovering)

    def addresses(self, entry: str = "") -> None:
        """The address book, at an entry."""
        from bren_desktop.gui.dialogs.address_book import AddressBookDialog

        AddressBookDialog(self._desk, entry, self._bench.window()).open()

    def sharing(self, tab: str = "") -> None:
        """Samenwerken, on a tab."""
        from bren_desktop.gui.dialogs.sharing import SharingDialog

        if self.syncing is not None:
            SharingDialog(self._desk, self.syncing, tab, self._bench.window()).open()

    def recovering(self) -> None:
        """Get the cases of a team back."""
        from bren_desktop.gui.dialogs.recover_team import RecoverDialog

        if self.syncing is not None:
            RecoverDialog(self._desk, self.syncing, self._bench.window()).open()

    def _concepts(self, entry: str = "") -> None:
        from bren_desktop.gui.dialogs.concepts import ConceptsDialog

        ConceptsDialog(self._desk, entry, self._bench.window()).open()

    def _conflicts(self, kind: str, entity: str, field: str) -> None:
        from bren_desktop.gui.dialogs.conflicts import ConflictsDialog

        ConflictsDialog(self._desk, Kind(kind), entity, self._bench.window(), field).open()

    def _erasing(self, entity: str) -> None:
        from bren_desktop.gui.dialogs.erase_case import EraseDialog

        if self.syncing is not None:
            EraseDialog(self._desk, self.syncing, entity, self._bench.window()).open()

    def _protecting(self, entity: str) -> None:
        from bren_desktop.gui.dialogs.protect_case import ProtectDialog

        if self.syncing is not None:
            ProtectDialog(self._desk, self.syncing, entity, self._bench.window()).open()

    def _requests(self, entity: str) -> None:
        from bren_desktop.gui.dialogs.requests import RequestsDialog

        dialog = RequestsDialog(self._desk, first=entity, parent=self._bench.window())
        dialog.changed.connect(self.requests_changed)
        dialog.open()
