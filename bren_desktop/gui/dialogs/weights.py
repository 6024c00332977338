"""How much each criterion of matching counts: to read for everybody, to settle for the chairs of the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QSlider, QSpinBox, QWidget

from bren_desktop.domain.dutch import listing, short_date
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.weights import Ui_WeightsDialog
from bren_desktop.gui.match_words import criterion_words
from bren_desktop.services.context import local_day
from bren_desktop.services.rows import Changes
from bren_desktop.services.views import Moved
from bren_desktop.services.weighing import DELIVERED, WHOLE, InForce, Source


class WeightsDialog(QDialog):
    """`boxes` has the numbers by criterion."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_WeightsDialog()
        self.ui.setupUi(self)
        self._desk = desk
        self._may_settle = may(desk.workspace.actor, Right.WEIGH)
        self.boxes = {name: self._row(name) for name in DELIVERED}
        ui = self.ui
        ui.about.setText(
            self.tr("Zo telt elk criterium mee. Wat onbekend is, telt niet tegen iemand. ")
            + (
                self.tr("Wat u opslaat, geldt voor alle teams van uw netwerk.")
                if self._may_settle
                else self.tr("De voorzitter of plaatsvervanger stelt dit vast, voor alle teams van het netwerk.")
            )
        )
        for widget in (ui.sum, ui.preview, ui.look, ui.reset, ui.save):
            widget.setVisible(self._may_settle)
        for before, after in pairwise((*self.boxes.values(), ui.preview, ui.look)):
            QWidget.setTabOrder(before, after)
        first = self.boxes["expertise"] if self._may_settle else ui.cancel
        first.setFocus(Qt.FocusReason.TabFocusReason)
        ui.look.clicked.connect(self._on_look)
        ui.reset.clicked.connect(partial(self.show_shares, DELIVERED))
        ui.cancel.clicked.connect(self.reject)
        ui.save.clicked.connect(self._on_save)
        workspace = desk.workspace
        desk.tasks.ask(partial(workspace.weighing.in_force, workspace.actor), self._on_loaded)

    def shares(self) -> Mapping[str, int]:
        """The shares as they stand in the window."""
        return {name: box.value() for name, box in self.boxes.items()}

    def show_shares(self, shares: Mapping[str, int]) -> None:
        """Put these shares in the window."""
        for name, box in self.boxes.items():
            box.setValue(shares[name])
        self._tell_sum()

    def _on_loaded(self, found: InForce) -> None:
        told = {
            Source.PROGRAM: self.tr("Dit zijn de gewichten die het programma meegeeft."),
            Source.TEAM: self.tr(
                "Dit stelde uw team eerder zelf in. Wat het netwerk vaststelt, komt daarvoor in de plaats."
            ),
            Source.NETWORK: self.tr("{name} stelde dit vast op {day}."),
            Source.NO_WHOLE: self.tr(
                "Wat {name} vaststelde op {day}, is samen geen 100 procent. Tot het opnieuw wordt vastgesteld, gelden "
                "de gewichten die het programma meegeeft."
            ),
        }[found.source]
        self.ui.source.setText(told.format(name=found.who, day=short_date(local_day(found.when_ms))))
        self.show_shares(found.shares)

    def _row(self, name: str) -> QSpinBox:
        """A criterion: its name, a slider and a number that move together."""
        rows, words = self.ui.rows, criterion_words(name)
        label, slider, box = QLabel(words, self), QSlider(Qt.Orientation.Horizontal, self), QSpinBox(self)
        label.setBuddy(box)
        for widget in (slider, box):
            widget.setRange(0, WHOLE)
            widget.setAccessibleName(words)
            widget.setEnabled(self._may_settle)
        slider.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box.setSuffix(" %")
        box.lineEdit().setTextMargins(8, 0, 0, 0)
        slider.valueChanged.connect(box.setValue)
        box.valueChanged.connect(slider.setValue)
        box.valueChanged.connect(self._tell_sum)
        line = rows.rowCount()
        rows.addWidget(label, line, 0)
        rows.addWidget(slider, line, 1)
        rows.addWidget(box, line, 2)
        return box

    def _tell_sum(self) -> None:
        whole = sum(box.value() for box in self.boxes.values())
        told = self.tr("Samen {n} procent.").format(n=whole)
        if whole != WHOLE:
            told += self.tr(" Maak er 100 van; dan kunt u kijken wat er verandert, en opslaan.")
        self.ui.sum.setText(told)
        self.ui.preview.clear()
        for button in (self.ui.look, self.ui.save):
            button.setEnabled(whole == WHOLE)

    def _on_look(self) -> None:
        workspace = self._desk.workspace
        work = partial(workspace.matching.moved_by, workspace.actor, self.shares())
        self._desk.tasks.ask(work, self._on_moved)

    def _on_moved(self, moved: Sequence[Moved]) -> None:
        lines = [f"{each.title}: {self._moves(each)}" for each in moved if each.comes or each.goes]
        none = self.tr("In de laatste casussen blijft de top drie gelijk.")
        self.ui.preview.clear()
        self.ui.preview.addItems(lines or [none])

    def _moves(self, moved: Moved) -> str:
        """Who comes into the top three and who goes out of it, as one sentence."""
        comes = self.tr("{namen} erbij").format(namen=listing(moved.comes)) if moved.comes else ""
        goes = self.tr("{namen} eruit").format(namen=listing(moved.goes)) if moved.goes else ""
        return ", ".join(filter(None, (comes, goes)))

    def _on_save(self) -> None:
        workspace = self._desk.workspace
        self._desk.tasks.do(partial(workspace.weighing.settle, workspace.actor, self.shares()), self._on_saved)

    def _on_saved(self, changes: Changes) -> None:
        self._desk.messages.undoable(self.tr("Vastgesteld voor alle teams van uw netwerk."), self._undo())
        self._desk.navigator.records_changed.emit(changes.touched)
        self.accept()

    def _undo(self) -> Callable[[], None]:
        """Outlives the dialog: the status bar offers it for a while."""
        desk, workspace, said = self._desk, self._desk.workspace, self.tr("Teruggedraaid.")

        def done(changes: Changes) -> None:
            desk.messages.inform(said)
            desk.navigator.records_changed.emit(changes.touched)

        def undo() -> None:
            desk.tasks.do(partial(workspace.weighing.undo, workspace.actor), done)

        return undo
