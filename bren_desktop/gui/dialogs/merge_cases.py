"""Two cases of one young person beside each other, field by field where they differ, and made one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QListWidgetItem, QWidget

from bren_desktop.domain.doubles import Choice, Difference
from bren_desktop.domain.field_words import in_words
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.merge_cases import Ui_MergeCases
from bren_desktop.gui.messages import sentence
from bren_desktop.services.doubles import Comparison
from bren_desktop.services.rows import CaseRow, Changes


class MergeDialog(QDialog):
    """`merged` carries the entity of the case that goes on. With the list in focus, 1, 2 and 3 choose."""

    merged = Signal(str)

    def __init__(self, desk: Desk, one: str, other: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_MergeCases()
        self.ui.setupUi(self)
        self._desk, self._pair = desk, (one, other)
        self._compared: Comparison | None = None
        self._choices: dict[str, Choice] = {}
        self._buttons = {Choice.FIRST: self.ui.first, Choice.SECOND: self.ui.second, Choice.BOTH: self.ui.both}
        group = QButtonGroup(self)
        for button in self._buttons.values():
            group.addButton(button)
        self._connect()
        workspace = desk.workspace
        work = partial(workspace.doubles.compare, workspace.actor, one, other)
        desk.tasks.do(work, self._show, self._on_refused)

    def merge(self) -> None:
        """Make them one, as chosen."""
        if self._compared is None:
            return
        self.ui.save.setEnabled(False)
        workspace = self._desk.workspace
        work = partial(workspace.doubles.merge, workspace.actor, *self._pair, dict(self._choices))
        self._desk.tasks.do(work, self._on_merged, self._on_refused)

    def choose(self, choice: Choice) -> None:
        """Let this value of the current field go on."""
        current = self._current()
        if current is not None and self._buttons[choice].isVisible():
            self._choices[current.field] = choice
            self._buttons[choice].setChecked(True)
            item: QListWidgetItem | None = self.ui.fields.currentItem()
            if item is not None:
                item.setText(self._line(current))

    def _connect(self) -> None:
        ui = self.ui
        ui.problem.hide()
        ui.chooser.hide()
        ui.save.setEnabled(False)
        ui.save.clicked.connect(self.merge)
        ui.cancel.clicked.connect(self.reject)
        ui.fields.currentRowChanged.connect(self._on_row)
        for choice, button in self._buttons.items():
            button.clicked.connect(partial(self.choose, choice))
        for keys, slot in (("Ctrl+Return", self.merge), ("Ctrl+S", self.merge)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        for key, choice in zip("123", Choice, strict=True):
            QShortcut(QKeySequence(key), ui.fields).activated.connect(partial(self.choose, choice))

    def _show(self, compared: Comparison) -> None:
        self._compared, ui = compared, self.ui
        first, second = (_titled(row) for row in (compared.first, compared.second))
        about = self.tr("{eerste} gaat verder. {tweede} wordt ingetrokken, houdt zijn nummer en blijft te openen.")
        ui.about.setText(about.format(eerste=first, tweede=second))
        ui.first.setText(self.tr("&1. {titel}").format(titel=first))
        ui.second.setText(self.tr("&2. {titel}").format(titel=second))
        ui.what.setText(self._what(compared))
        ui.chooser.setVisible(bool(compared.differences))
        for difference in compared.differences:
            ui.fields.addItem(self._line(difference))
        ui.fields.setCurrentRow(0)
        ui.save.setEnabled(True)
        (ui.fields if compared.differences else ui.save).setFocus()

    def _what(self, compared: Comparison) -> str:
        goes = self.tr(
            "Wat bij de tweede casus hoort, zoals toestemmingen, contactmomenten en bijlagen, komt ook bij de eerste: "
            "{n} in totaal."
        )
        stays = self.tr("Codes en rijen van beide blijven. Wat u niet kiest, komt in een contactmoment te staan.")
        warning = self.tr("Samenvoegen kunt u niet in één keer terugdraaien; de tweede casus is wel te heropenen.")
        same = "" if compared.differences else self.tr("De velden spreken elkaar niet tegen: u hoeft niets te kiezen.")
        copied = goes.format(n=compared.copied) if compared.copied else ""
        return " ".join(filter(None, (same, copied, stays, warning)))

    def _line(self, difference: Difference) -> str:
        first, second, both = self.tr("de eerste"), self.tr("de tweede"), self.tr("beide")
        chosen = {Choice.FIRST: first, Choice.SECOND: second, Choice.BOTH: both}[self._chosen(difference)]
        return f"{difference.note.label} · {chosen}"

    def _chosen(self, difference: Difference) -> Choice:
        return self._choices.get(difference.field, Choice.FIRST)

    def _current(self) -> Difference | None:
        row = self.ui.fields.currentRow()
        return self._compared.differences[row] if self._compared is not None and row >= 0 else None

    def _on_row(self) -> None:
        current = self._current()
        if current is not None:
            self.ui.first_text.setPlainText(in_words(current.note, current.first))
            self.ui.second_text.setPlainText(in_words(current.note, current.second))
            self.ui.both.setVisible(current.is_text)
            self._buttons[self._chosen(current)].setChecked(True)

    def _on_merged(self, changes: Changes) -> None:
        if self._compared is not None:
            self._desk.messages.inform(self.tr("De casussen zijn samengevoegd."))
            self.merged.emit(self._compared.first.entity)
        self.accept()

    def _on_refused(self, error: UserFacingError) -> None:
        self.ui.save.setEnabled(self._compared is not None)
        self.ui.problem.setText(sentence(error))
        self.ui.problem.show()


def _titled(row: CaseRow) -> str:
    """A case by its number, with how far it is."""
    return f"{row.title} ({vocabulary('casusstatus').label(row.status)})"
