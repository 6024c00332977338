"""Consent of a case: a line per purpose, what was given and decided, and the buttons to record more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QListWidgetItem

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.purposes import prompts, standings
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.consent_words import consent_line, disclosure_line
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.consent import ConsentDialog, WithdrawDialog
from bren_desktop.gui.dialogs.disclosure import DisclosureDialog
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.tab_registration import Ui_RegistrationTab
from bren_desktop.gui.widgets.reach import enter


class Consents(QObject):
    """`changed` tells that a consent was recorded or withdrawn, or that it was decided to share without."""

    changed = Signal()

    def __init__(self, desk: Desk, ui: Ui_RegistrationTab, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ui = ui
        self._entity, self._case = "", Case()
        self._consents: dict[str, Consent] = {}
        ui.add_consent.clicked.connect(self._on_add)
        ui.withdraw_consent.clicked.connect(self._on_withdraw)
        ui.share_without.clicked.connect(self._on_share_without)
        ui.consent_lines.asked.connect(self._on_asked)
        ui.consents.setWordWrap(True)
        ui.consents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ui.consents.currentItemChanged.connect(self._on_current_changed)

    def show(
        self,
        entity: str,
        case: Case,
        consents: Sequence[tuple[str, Consent]],
        disclosures: Sequence[tuple[str, Disclosure]],
        today: date,
    ) -> None:
        """Show how a case stands, its consents, and the decisions to share without."""
        self._entity, self._case, self._consents = entity, case, dict(consents)
        given = list(self._consents.values())
        again = [each.purpose for each in prompts(case, given, today)]
        self._ui.consent_lines.show_standings(standings(case, given, today), again)
        self._ui.consents.clear()
        for name, consent in sorted(consents, key=lambda each: each[1].gegeven_op or date.min, reverse=True):
            self._add_line(consent_line(consent, case, given, today), name)
        for _, disclosure in disclosures:
            self._add_line(disclosure_line(disclosure), "")
        self._ui.consents.setVisible(self._ui.consents.count() > 0)
        self._on_current_changed()
        if self._ui.add_consent.hasFocus():
            enter(self._ui.add_consent)

    def set_editable(self, editable: bool) -> None:
        """Offer to record and withdraw, or not."""
        self._ui.add_consent.setVisible(editable)
        self._ui.withdraw_consent.setVisible(editable and bool(self._consents))
        self._ui.share_without.setVisible(editable and may(self._desk.workspace.actor, Right.SHARE_WITHOUT_CONSENT))
        self._ui.consent_lines.set_editable(editable)

    def _add_line(self, text: str, consent: str) -> None:
        item = QListWidgetItem(text, self._ui.consents)
        item.setData(Qt.ItemDataRole.UserRole, consent)

    def _current(self) -> str:
        """The consent that is chosen, or nothing."""
        item: QListWidgetItem | None = self._ui.consents.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _on_current_changed(self) -> None:
        consent = self._consents.get(self._current())
        self._ui.withdraw_consent.setEnabled(consent is not None and consent.ingetrokken_op is None)

    def _on_add(self) -> None:
        self._ask(())

    def _on_asked(self, purpose: str) -> None:
        self._ask((purpose,))

    def _ask(self, purposes: Sequence[str]) -> None:
        given = tuple(self._consents.values())
        self._open(ConsentDialog(self._desk, self._entity, self._case, given, purposes, self._ui.add_consent.window()))

    def _on_withdraw(self) -> None:
        if self._current():
            window = self._ui.add_consent.window()
            self._open(WithdrawDialog(self._desk, self._entity, self._current(), window))

    def _on_share_without(self) -> None:
        self._open(DisclosureDialog(self._desk, self._entity, self._ui.add_consent.window()))

    def _open(self, dialog: RecordDialog[Consent] | RecordDialog[Disclosure]) -> None:
        dialog.recorded.connect(self.changed)
        dialog.open()
