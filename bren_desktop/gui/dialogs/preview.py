"""The real pages of a document before they are printed or saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.domain.rights import Right, may
from bren_desktop.errors import UserFacingError
from bren_desktop.gui import printing
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.sending import SendMenu
from bren_desktop.gui.forms.preview import Ui_Preview
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.widgets.look import fill_window, restyle
from bren_desktop.services.letters import Begun
from bren_desktop.services.readlog import Leaving
from bren_desktop.services.sheets import MadeSheet
from bren_desktop.services.workspace import Workspace


class PreviewDialog(QDialog):
    """Shows `pdf` about `case`; `title` is a kenmerk or a kind of document, never a name.

    `document` is what was filed, if it was: consent for it is judged again before it is printed or saved. With a
    `concept` one goes on. The `sheets` of which it is made are filed when they leave. `filed` tells that a document
    came of it.
    """

    filed = Signal()

    def __init__(
        self,
        desk: Desk,
        title: str,
        pdf: bytes,
        case: str,
        parent: QWidget | None = None,
        *,
        document: str = "",
        sheets: Sequence[MadeSheet] = (),
        concept: bool = False,
    ) -> None:
        super().__init__(parent)
        self.ui = Ui_Preview()
        self.ui.setupUi(self)
        fill_window(self, parent)
        self._desk, self._title, self._pdf, self._case = desk, title, pdf, case
        self._document = document
        self._sheets = sheets
        ui = self.ui
        ui.title.setText(title)
        ui.go_on.setVisible(concept and may(desk.workspace.actor, Right.MAKE_LETTER))
        ui.note.setText(self.tr("Wat u afdrukt of opslaat, ligt daarna buiten de versleutelde opslag."))
        self._connect()
        ui.pages.setFocus()
        ui.pages.show_pdf(pdf, desk.tasks)

    def _connect(self) -> None:
        ui = self.ui
        ui.pages.zoomed.connect(self._on_zoomed)
        ui.smaller.clicked.connect(self._on_smaller)
        ui.larger.clicked.connect(self._on_larger)
        ui.fit.clicked.connect(ui.pages.fit)
        ui.print.clicked.connect(self._on_print)
        ui.save_as.clicked.connect(self._on_save)
        self.send = SendMenu(self._desk, self)
        self.send.show_document(self._document, self._title)
        ui.send.setMenu(self.send)
        ui.send.setVisible(bool(self._document) and may(self._desk.workspace.actor, Right.MAKE_LETTER))
        ui.go_on.clicked.connect(self._on_go_on)
        ui.close.clicked.connect(self.accept)
        for keys, slot in (
            ("Ctrl++", self._on_larger),
            ("Ctrl+=", self._on_larger),
            ("Ctrl+-", self._on_smaller),
            ("Ctrl+0", ui.pages.fit),
            ("Ctrl+P", self._on_print),
            ("Ctrl+S", self._on_save),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _on_zoomed(self, percentage: int) -> None:
        self.ui.zoom.setText(f"{percentage} %")

    def _on_smaller(self) -> None:
        self.ui.pages.zoom_by(-1)

    def _on_larger(self) -> None:
        self.ui.pages.zoom_by(1)

    def _on_go_on(self) -> None:
        workspace = self._desk.workspace
        self._desk.tasks.do(partial(workspace.letters.begun, workspace.actor, self._document), self._go_on)

    def _go_on(self, begun: Begun) -> None:
        from bren_desktop.gui.dialogs.letter import LetterDialog

        letter = LetterDialog(
            self._desk, begun.case, begun.expert, self.parentWidget(), kind=begun.kind, begun=begun.fields
        )
        letter.filed.connect(self.filed)
        self.accept()
        letter.open()

    def _on_print(self) -> None:
        self._leave(self._print)

    def _on_save(self) -> None:
        self._leave(self._save)

    def _leave(self, leave: Callable[[], None]) -> None:
        if self._document:
            printing.if_allowed(self._desk, self._document, leave, self._on_refused)
        else:
            leave()

    def _on_refused(self, error: UserFacingError) -> None:
        self.ui.note.setText(sentence(error))
        restyle(self.ui.note, "role", "error")

    def _print(self) -> None:
        if printing.print_pdf(self._pdf, self):
            self._left(Leaving.PRINTED)
            self._desk.messages.inform(self.tr("Naar de printer gestuurd."))

    def _save(self) -> None:
        if printing.save_pdf(self._desk, self._pdf, self._title, self):
            self._left(Leaving.SAVED)

    def _left(self, way: Leaving) -> None:
        if self._sheets:
            work = partial(_sheets_left, self._desk.workspace, self._sheets, way)
            self._desk.tasks.do(work, lambda _: self.filed.emit())
        else:
            printing.log_leaving(self._desk, self._case, way, self._title)


def _sheets_left(workspace: Workspace, sheets: Sequence[MadeSheet], way: Leaving) -> None:
    for sheet in sheets:
        workspace.letters.sheet_left(workspace.actor, sheet, way)
