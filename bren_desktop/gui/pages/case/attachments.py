"""The files of a case, below its letters: taken in by button or by dragging, looked at, and saved on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from bren_desktop.domain.attachments import LARGEST, Attachment
from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.file_kinds import JPEG, PDF, PNG
from bren_desktop.domain.traces.removing import LEFT, REMOVED
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.chosen_file import read_chosen
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.attachment_view import AttachmentView, pages_of, save_attachment
from bren_desktop.gui.forms.attachments import Ui_Attachments
from bren_desktop.gui.messages import sentence
from bren_desktop.services.attachments import OpenedFile

_MB = 1024 * 1024
_WIDTHS = (420, 190, 100, 110)
_VIEWABLE = frozenset(kind.label for kind in (PDF, JPEG, PNG))
_UNREADABLE = "Dit bestand kan niet worden gelezen. Er is niets toegevoegd."
Listed = tuple[Sequence[tuple[str, Attachment]], int]


class AttachmentsPanel(QWidget):
    """Several files may come at once: each that is refused is named with the reason, the others come in.

    A photo of which the place may still be in it is named too.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_Attachments()
        self.ui.setupUi(self)
        self._desk, self._case = desk, ""
        self._files: Sequence[tuple[str, Attachment]] = ()
        self._told: list[str] = []
        self._may_edit = False
        ui = self.ui
        titles = self.tr("Naam"), self.tr("Soort"), self.tr("Grootte"), self.tr("Toegevoegd"), self.tr("Door")
        ui.files.set_columns(titles, _WIDTHS)
        ui.problem.hide()
        ui.add.clicked.connect(self._on_add)
        ui.look.clicked.connect(self._on_look)
        ui.save_as.clicked.connect(self._on_save)
        ui.set_aside.clicked.connect(self._on_set_aside)
        ui.files.itemActivated.connect(self._on_activated)
        ui.files.currentCellChanged.connect(self._show_verbs)

    def show_case(self, case: str, *, editable: bool) -> None:
        """Another case, or the same one after a change."""
        if case != self._case:
            self._tell([])
        self._case, self._may_edit = case, editable
        self.setAcceptDrops(editable)
        self.ui.add.setVisible(editable)

    def refresh(self) -> None:
        """Fetch what the case holds."""
        workspace, case = self._desk.workspace, self._case

        def listed() -> Listed:
            return workspace.attachments.of(workspace.actor, case), workspace.attachments.total(workspace.actor)

        self._desk.tasks.ask(listed, self._show)

    def take(self, paths: Sequence[Path]) -> None:
        """Take these files into the case, one by one."""
        self._tell([])
        for path in paths:
            refused = partial(self._on_refused, path.name)
            work = partial(read_chosen, path, LARGEST + 1, _UNREADABLE)
            self._desk.tasks.run(work, partial(self._on_read, self._case, path.name), refused)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take(_dropped(event.mimeData()))
        event.acceptProposedAction()

    def _on_read(self, case: str, name: str, data: bytes) -> None:
        workspace = self._desk.workspace

        def taken() -> str:
            entity = workspace.attachments.add(workspace.actor, case, name, data)
            return dict(workspace.attachments.of(workspace.actor, case))[entity].sporen

        self._desk.tasks.do(taken, partial(self._on_taken, name), partial(self._on_refused, name))

    def _on_taken(self, name: str, traces: str) -> None:
        if traces == REMOVED:
            text = self.tr("{name}: plaats, tijd en toestel zijn uit de foto gehaald.")
            self._desk.messages.inform(text.format(name=name))
        elif traces == LEFT:
            text = self.tr(
                "{name}: toegevoegd. Er kunnen gegevens in staan over plaats, tijd en toestel; die kan het programma "
                "er niet uithalen."
            )
            self._tell([*self._told, text.format(name=name)])
        self.refresh()

    def _on_refused(self, name: str, error: UserFacingError) -> None:
        self._tell([*self._told, f"{name}: {sentence(error)}"])

    def _tell(self, lines: list[str]) -> None:
        self._told = lines
        self.ui.problem.setText("\n".join(lines))
        self.ui.problem.setVisible(bool(lines))

    def _show(self, listed: Listed) -> None:
        self._files, total = listed
        self.ui.files.show_rows([self._cells(each) for _, each in self._files])
        self.ui.files.setVisible(bool(self._files))
        own = sum(each.grootte or 0 for _, each in self._files) / 1024
        text = self.tr("Sleep een bestand hierheen, hooguit {most} MB per stuk. Het staat versleuteld op deze laptop.")
        sums = self.tr("Deze casus: {own} MB. Alle bestanden in dit profiel: {total} MB.")
        told = sums.format(own=_megabytes(own), total=_megabytes(total / _MB))
        self.ui.hint.setText(f"{text.format(most=LARGEST // _MB)} {told}" if self._may_edit else told)
        self._show_verbs()

    def _cells(self, attachment: Attachment) -> Sequence[str]:
        size = self.tr("{n} MB").format(n=_megabytes((attachment.grootte or 0) / 1024))
        day = short_date(attachment.datum) if attachment.datum else ""
        return attachment.naam, attachment.soort, size, day, attachment.door

    def _current(self) -> tuple[str, Attachment] | None:
        row = self.ui.files.currentRow()
        return self._files[row] if 0 <= row < len(self._files) else None

    def _show_verbs(self) -> None:
        current = self._current()
        self.ui.look.setVisible(current is not None and current[1].soort in _VIEWABLE)
        self.ui.save_as.setVisible(current is not None)
        self.ui.set_aside.setVisible(current is not None and self._may_edit)

    def _on_activated(self) -> None:
        (self.ui.look if self.ui.look.isVisible() else self.ui.save_as).click()

    def _on_add(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, self.tr("Bijlage toevoegen"), str(Path.home()))
        self.take([Path(path) for path in paths])

    def _on_look(self) -> None:
        current = self._current()
        if current is not None:
            work = partial(self._desk.workspace.attachments.open, self._desk.workspace.actor, current[0])
            self._desk.tasks.do(work, self._on_opened)

    def _on_opened(self, opened: OpenedFile) -> None:
        case = self._case
        self._desk.tasks.run(partial(pages_of, opened), partial(self._on_pages, opened, case))

    def _on_pages(self, opened: OpenedFile, case: str, pages: tuple[bytes, int]) -> None:
        AttachmentView(self._desk, opened, pages, case, self.window()).open()

    def _on_save(self) -> None:
        current, case = self._current(), self._case
        if current is not None:
            actor = self._desk.workspace.actor
            work = partial(self._desk.workspace.attachments.open, actor, current[0], to_save=True)
            self._desk.tasks.do(work, lambda opened: save_attachment(self._desk, opened, case, self))

    def _on_set_aside(self) -> None:
        current = self._current()
        question = self.tr(
            "Wilt u deze bijlage niet meer tonen? Dit kan niet ongedaan worden gemaakt. Het bestand blijft versleuteld "
            "bewaard tot de casus wordt gewist."
        )
        if current is not None and self._desk.messages.confirm(question, self.tr("Wegleggen")):
            work = partial(self._desk.workspace.attachments.set_aside, self._desk.workspace.actor, current[0])
            self._desk.tasks.do(work, lambda _: self.refresh())


def _dropped(data: QMimeData) -> list[Path]:
    """The files of this computer that are being dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _megabytes(size: float) -> str:
    return f"{max(size, 0.1 if size else 0):.1f}".replace(".", ",")
