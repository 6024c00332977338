"""Reading a file through before its copy is given (inzage): what is black, why, and then PDF and JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain, count
from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from bren_desktop.domain.blackening import mask_of
from bren_desktop.domain.requests import MaskRow
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.preview import PreviewDialog
from bren_desktop.gui.drafting import DraftKeeper
from bren_desktop.gui.forms.file_copy import Ui_FileCopyForm
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.printing import safe_name, write_file
from bren_desktop.gui.request_words import asked_line
from bren_desktop.gui.widgets.look import fill_window, restyle
from bren_desktop.services.file_copies import MadeCopy
from bren_desktop.services.gathering import Chapter, passages
from bren_desktop.services.reading_through import Reading
from bren_desktop.services.requests import Listed
from bren_desktop.services.views import DraftView

_MASKS, _KNOWN = "zwart", "plekken"


class FileCopyDialog(QDialog):
    """About one request. What is black is kept as a draft until it is saved with the request."""

    def __init__(self, desk: Desk, listed: Listed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_FileCopyForm()
        self.ui.setupUi(self)
        fill_window(self, parent.window().parentWidget() if parent else None)
        self._desk, self._listed = desk, listed
        self._reading: Reading | None = None
        self._masks: list[MaskRow] = []
        key = f"casus:{listed.case}:verzoek:{listed.entity}:kopie"
        self._keeper = DraftKeeper(desk, key, self._draft, self)
        waiting = "" if listed.request.is_granted else self.tr("nog niet toegewezen: opslaan kan daarna")
        self.ui.about.setText(" · ".join(filter(None, (listed.title, asked_line(listed.request), waiting))))
        for term in vocabulary("redenen_zwart"):
            self.ui.reason.addItem(term.label, term.code)
        self._connect()
        workspace = desk.workspace
        desk.tasks.ask(
            partial(workspace.file_copies.read, workspace.actor, listed.entity), self._show, self._on_refused
        )

    def done(self, result: int) -> None:
        """Go away; what was made black and not saved stays as a draft."""
        self._keeper.keep()
        super().done(result)

    def blacken(self) -> None:
        """Make what is selected black, or the word at the cursor."""
        pieces = self.ui.text.pieces()
        if not pieces:
            self._say(self.tr("Selecteer eerst de tekst die zwart moet."))
            return
        reason = str(self.ui.reason.currentData())
        self._masks += [mask_of(piece.passage, piece.start, piece.end, reason) for piece in pieces]
        self._touched()

    def clear(self) -> None:
        """Make what is black in the selection, or at the cursor, readable again."""
        pieces = self.ui.text.pieces()
        self._masks = [mask for mask in self._masks if not any(piece.touches(mask) for piece in pieces)]
        self._touched()

    def next_black(self) -> None:
        """Go to the next black place, in this chapter or a later one; after the last to the first."""
        chapters, ui = self.ui.chapters, self.ui
        if ui.text.go_to_next():
            return
        for step in range(1, chapters.count() + 1):
            row = (chapters.currentRow() + step) % chapters.count()
            if self._count(row):
                chapters.setCurrentRow(row)
                ui.text.go_to_next()
                return

    def save(self, folder: Path) -> None:
        """Keep what is black with the request, and write the copy to two files."""
        self._make(partial(self._write, folder), to_give=True)

    def _connect(self) -> None:
        ui = self.ui
        ui.notice.hide()
        ui.problem.hide()
        ui.make.setEnabled(False)
        ui.look.setEnabled(False)
        if self._listed.request.is_granted:
            ui.sure.toggled.connect(ui.make.setEnabled)
        ui.sure.toggled.connect(ui.look.setEnabled)
        ui.chapters.currentRowChanged.connect(self._show_chapter)
        ui.black.clicked.connect(self.blacken)
        ui.clear.clicked.connect(self.clear)
        ui.next_black.clicked.connect(self.next_black)
        ui.close.clicked.connect(self.reject)
        ui.look.clicked.connect(lambda: self._make(self._preview, to_give=False))
        ui.make.clicked.connect(self._on_make)
        for keys, slot in (
            ("Ctrl+D", self.blacken),
            ("Ctrl+H", self.clear),
            ("F3", self.next_black),
            ("Ctrl+PgDown", partial(self._step, 1)),
            ("Ctrl+PgUp", partial(self._step, -1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _show(self, reading: Reading) -> None:
        self._reading, self._masks = reading, [*reading.masks]
        self._show_notice(reading)
        self.ui.chapters.addItems([chapter.title for chapter in reading.pages])
        self._count_all()
        self.ui.chapters.setCurrentRow(0)
        self.ui.text.setFocus()
        workspace, key = self._desk.workspace, self._keeper.key
        self._desk.tasks.ask(lambda: workspace.drafts.get(workspace.actor, key), self._on_draft)

    def _show_notice(self, reading: Reading) -> None:
        changed = self.tr("Het dossier is gewijzigd sinds het is doorgelezen. Lees het opnieuw door.")
        proposed = self.tr(
            "Lees elk hoofdstuk. Zwart is een voorstel: namen van anderen, contactgegevens, wat een ander vroeg, en "
            "wat het gezin met een reden niet weet. Maak zwart wat over een ander gaat; toon wat de vrager mag lezen."
        )
        is_again = bool(self._listed.request.doorgelezen_op) and not reading.read
        self.ui.notice_text.setText(changed if is_again else "" if reading.read else proposed)
        restyle(self.ui.notice, "tone", "warn" if is_again else "")
        self.ui.notice.setVisible(not reading.read)

    def _chapter(self, row: int) -> Chapter | None:
        chapters = self._reading.pages if self._reading else ()
        return chapters[row] if 0 <= row < len(chapters) else None

    def _show_chapter(self, row: int) -> None:
        chapter = self._chapter(row)
        if chapter is not None:
            self.ui.text.show_chapter(chapter, self._masks)

    def _count(self, row: int) -> int:
        chapter = self._chapter(row)
        places = {each.place for entry in chapter.entries for each in entry.passages} if chapter else set()
        return sum(mask.plek in places for mask in self._masks)

    def _count_all(self) -> None:
        for row in range(self.ui.chapters.count()):
            chapter, count = self._chapter(row), self._count(row)
            title = chapter.title if chapter else ""
            self.ui.chapters.item(row).setText(f"{title} · {count}" if count else title)
        words = self.tr("1 plek zwart") if len(self._masks) == 1 else self.tr("{n} plekken zwart")
        self.ui.count.setText(words.format(n=len(self._masks)))

    def _touched(self) -> None:
        self.ui.problem.hide()
        self.ui.text.show_masks(self._masks)
        self._count_all()
        self._keeper.touch()

    def _step(self, by: int) -> None:
        chapters = self.ui.chapters
        chapters.setCurrentRow((chapters.currentRow() + by) % chapters.count())

    def _draft(self) -> Mapping[str, object]:
        known = [each.place for each in passages(self._reading.pages)] if self._reading else []
        return {_MASKS: [mask.model_dump() for mask in self._masks], _KNOWN: known}

    def _on_draft(self, draft: DraftView | None) -> None:
        """What was made black before, and what is proposed for passages that came since."""
        rows, known = (draft.fields.get(name) if draft else None for name in (_MASKS, _KNOWN))
        if isinstance(rows, list) and isinstance(known, list):
            try:
                masks = [MaskRow.model_validate(row) for row in rows]
            except ValidationError:
                return
            self._masks = [*masks, *(mask for mask in self._masks if mask.plek not in known)]
            self.ui.text.show_masks(self._masks)
            self._count_all()

    def _on_make(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Map voor de kopie"))
        if folder:
            self.save(Path(folder))

    def _make(self, then: Callable[[MadeCopy], object], *, to_give: bool) -> None:
        """Keep what is black, make the copy, and do `then` with it."""
        reading, workspace, listed = self._reading, self._desk.workspace, self._listed
        if reading is None:
            return
        masks = tuple(self._masks)

        def work() -> tuple[Reading, MadeCopy]:
            copies, actor = workspace.file_copies, workspace.actor
            copies.keep(actor, listed.entity, masks, reading)
            return copies.read(actor, listed.entity), copies.make(actor, listed.case, listed.entity, to_give=to_give)

        def made(answer: tuple[Reading, MadeCopy]) -> None:
            self._reading = replace(reading, seen=answer[0].seen)
            then(answer[1])

        self._desk.tasks.do(work, made, self._on_refused)

    def _write(self, folder: Path, made: MadeCopy) -> None:
        def write() -> None:
            name = _free(folder, safe_name(made.kenmerk))
            for ending, data in made.files.items():
                write_file(folder / f"{name}{ending}", data)

        self._desk.tasks.run(write, lambda _: self._on_written(made), self._on_refused)

    def _on_written(self, made: MadeCopy) -> None:
        self._keeper.drop()
        kept = (
            self.tr("De kopie is opgeslagen als PDF en JSON, met de bijlagen erbij.")
            if made.attached
            else self.tr("De kopie is opgeslagen als PDF en JSON.")
        )
        outside = self.tr("Die bestanden liggen buiten de versleutelde opslag.")
        self._desk.messages.inform(f"{kept} {outside}")
        self.accept()

    def _preview(self, made: MadeCopy) -> None:
        PreviewDialog(self._desk, made.kenmerk, made.pdf, self._listed.case, self).open()

    def _say(self, text: str) -> None:
        self.ui.problem.setText(text)
        self.ui.problem.show()

    def _on_refused(self, error: UserFacingError) -> None:
        self._say(sentence(error))


def _free(folder: Path, name: str) -> str:
    """`name`, numbered where another copy of today has it: that may be for somebody else."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(each for each in names if not (folder / f"{each}.pdf").exists())
