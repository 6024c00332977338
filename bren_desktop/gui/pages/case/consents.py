"""The consents of a case in a list, with the buttons that record and withdraw one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QListWidgetItem

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.consent import ConsentDialog, WithdrawDialog
from bren_desktop.gui.forms.tab_registration import Ui_RegistrationTab
from bren_desktop.gui.pages.case.facts import state_of


class Consents(QObject):
    """`changed` tells that a consent was recorded or withdrawn."""

    changed = Signal()

    def __init__(self, desk: Desk, ui: Ui_RegistrationTab, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ui = ui
        self._entity, self._case = "", Case()
        self._consents: dict[str, Consent] = {}
        ui.add_consent.clicked.connect(self._on_add)
        ui.withdraw_consent.clicked.connect(self._on_withdraw)
        ui.consents.currentItemChanged.connect(self._on_current_changed)

    def show(self, entity: str, case: Case, consents: Sequence[tuple[str, Consent]], today: date) -> None:
        """Show the consents of a case."""
        self._entity, self._case, self._consents = entity, case, dict(consents)
        self._ui.consents.clear()
        self._ui.consents.setVisible(bool(consents))
        for name, consent in consents:
            item = QListWidgetItem(self._line(consent, today), self._ui.consents)
            item.setData(Qt.ItemDataRole.UserRole, name)
        self._on_current_changed()

    def set_editable(self, editable: bool) -> None:
        """Offer to record and withdraw, or not."""
        self._ui.add_consent.setVisible(editable)
        self._ui.withdraw_consent.setVisible(editable and bool(self._consents))

    def _line(self, consent: Consent, today: date) -> str:
        purposes = ", ".join(vocabulary("toestemmingsdoelen").label(code) for code in consent.doelen)
        givers = ", ".join(vocabulary("toestemminggever").label(code) for code in consent.gevers)
        given = consent.gegeven_op.strftime("%d-%m-%Y") if consent.gegeven_op else ""
        return f"{given}  {purposes}\n{givers} · {state_of(consent, self._case, today).words}"

    def _current(self) -> tuple[str, Consent] | None:
        item: QListWidgetItem | None = self._ui.consents.currentItem()
        if item is None:
            return None
        name = str(item.data(Qt.ItemDataRole.UserRole))
        return name, self._consents[name]

    def _on_current_changed(self) -> None:
        current = self._current()
        self._ui.withdraw_consent.setEnabled(current is not None and current[1].ingetrokken_op is None)

    def _on_add(self) -> None:
        dialog = ConsentDialog(self._desk, self._entity, self._case, self._ui.add_consent.window())
        dialog.recorded.connect(self.changed)
        dialog.open()

    def _on_withdraw(self) -> None:
        current = self._current()
        if current is not None:
            dialog = WithdrawDialog(self._desk, self._entity, current[0], self._ui.add_consent.window())
            dialog.recorded.connect(self.changed)
            dialog.open()
