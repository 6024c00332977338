"""A contactmoment: Ctrl+M, a sentence, Ctrl+Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.records import ContactMoment
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.contact_moment import Ui_ContactMoment
from bren_desktop.gui.widgets.texts import LongText

USUAL = "CV-TEL"
LINES = 5


class ContactMomentDialog(RecordDialog[ContactMoment]):
    """About one case; `about` names it by number and initials."""

    def __init__(self, desk: Desk, case: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{case}:contactmoment", parent)
        self._case = case
        self.ui = Ui_ContactMoment()
        self.ui.setupUi(self)
        self.ui.about.setText(about)
        start = ContactMoment(datum=desk.workspace.context.today(), vorm=USUAL)
        self.bind(ContactMoment, start, self.ui.save, self.ui.cancel)
        text = self.ui.field_tekst.editor
        if isinstance(text, LongText):
            text.set_fewest_lines(LINES)
        self.ui.field_tekst.setFocus()

    def write(self, record: ContactMoment) -> Callable[[], object]:
        workspace, case = self.desk.workspace, self._case
        return lambda: workspace.dossier.add_contact(workspace.actor, case, record)

    def shown(self, record: ContactMoment | None) -> None:
        self.ui.save.setEnabled(record is not None and bool(record.tekst))

    def done_text(self) -> str:
        return self.tr("Contactmoment vastgelegd.")

    def save(self) -> None:
        if self.ui.save.isEnabled():
            super().save()
        else:
            self.ui.field_tekst.say(self.tr("Schrijf in een zin wat is besproken."))
            self.ui.field_tekst.setFocus()
