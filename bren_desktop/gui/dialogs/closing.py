"""Proposing to close a case: how it ended, what was learnt, how long the record is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from bren_desktop.domain.closing import Closing, missing_for_proposal
from bren_desktop.domain.retention import destroy_from
from bren_desktop.domain.states import State
from bren_desktop.gui.closing_words import bar_line, codes_text, lesson_line, retention_line
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.lesson import LessonDialog
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.closing import Ui_ClosingForm
from bren_desktop.gui.widgets.field import Field
from bren_desktop.gui.widgets.reach import enter
from bren_desktop.services.closing import CaseClosing
from bren_desktop.services.views import OpenCase

_LESSON = Qt.ItemDataRole.UserRole


class ClosingDialog(RecordDialog[Closing]):
    """Begins with what was given back, if anything. Lessons are recorded at once; the rest is proposed as a whole."""

    def __init__(
        self, desk: Desk, opened: OpenCase, found: CaseClosing, about: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, f"casus:{opened.entity}:afsluiting", parent)
        self._entity, self._case, self._about = opened.entity, opened.case, about
        self.ui = Ui_ClosingForm()
        self.ui.setupUi(self)
        self.ui.about.setText(about)
        self.ui.codes.setText(codes_text(opened.case))
        self.ui.returned.setText(bar_line(found, desk.workspace.actor.person, ended=False))
        self.ui.returned_bar.setVisible(found.returned is not None)
        self.ui.kpis.hide()
        if opened.case.status != State.MONITORED:
            self.ui.state.setText(self.tr("Voorstellen kan al. Afsluiten kan pas vanuit de status monitoring."))
        self.bind(Closing, found.returned or Closing(), self.ui.save, self.ui.cancel)
        self._order()
        self._connect()
        self._show_lessons(found)
        self.ui.field_resultaat.setFocus()

    def write(self, record: Closing) -> Callable[[], object]:
        workspace, entity = self.desk.workspace, self._entity
        return lambda: workspace.closing.propose(workspace.actor, entity, record)

    def shown(self, record: Closing | None) -> None:
        if record is None:
            return
        if any(getattr(record, name) not in (None, "") for name in self._kpis):
            self.ui.show_kpis.setChecked(True)
        today, case = self.desk.workspace.context.today(), self._case
        term = destroy_from(record.bewaarprofiel, today, today, case.geboortedatum, case.bewaarplicht_reden)
        self.ui.retention.setText(retention_line(term))

    def done_text(self) -> str:
        return self.tr("De afsluiting is voorgesteld. Een tweede persoon moet die bevestigen.")

    def save(self) -> None:
        """Propose it, or say beside each field what is still missing."""
        record = self.binding.parse()
        missing = dict(missing_for_proposal(record, self.ui.lessons.count())) if record is not None else {}
        self.ui.lessons_problem.setText(missing.pop("leerpunten", ""))
        self.ui.lessons_problem.setVisible(bool(self.ui.lessons_problem.text()))
        for name, sentence in missing.items():
            self.binding.fields[name].say(sentence)
        problem = self.binding.first_problem()
        if problem is not None:
            enter(problem)
        elif self.ui.lessons_problem.text():
            enter(self.ui.add_lesson)
        else:
            super().save()

    @property
    def _kpis(self) -> list[str]:
        return [name for name, field in self.binding.fields.items() if self.ui.kpis.isAncestorOf(field)]

    def _order(self) -> None:
        """Let Tab go down the form: editors are made later than the buttons between them."""
        ui = self.ui
        places: tuple[QWidget, ...] = (
            *ui.result_card.findChildren(Field),
            ui.lessons,
            ui.add_lesson,
            ui.change_lesson,
            ui.field_codes_bevestigd,
            ui.field_bewaarprofiel,
            ui.show_kpis,
            *ui.kpis.findChildren(Field),
            ui.save,
            ui.cancel,
        )
        for before, after in pairwise([each.last_stop() if isinstance(each, Field) else each for each in places]):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        ui = self.ui
        ui.show_kpis.toggled.connect(self._on_kpis)
        ui.add_lesson.clicked.connect(self._on_add_lesson)
        ui.change_lesson.clicked.connect(self._on_change_lesson)
        ui.lessons.itemActivated.connect(self._on_change_lesson)

    def _on_kpis(self, shown: bool) -> None:
        self.ui.kpis.setVisible(shown)
        self.ui.show_kpis.setText(self.tr("&Kengetallen inklappen") if shown else self.tr("&Kengetallen invullen"))

    def _show_lessons(self, found: CaseClosing) -> None:
        ui = self.ui
        ui.lessons.clear()
        for entity, lesson in found.lessons:
            item = QListWidgetItem(lesson_line(lesson), ui.lessons)
            item.setData(_LESSON, (entity, lesson))
        ui.lessons.setCurrentRow(0)
        for widget in (ui.lessons, ui.change_lesson):
            widget.setVisible(bool(found.lessons))
        ui.lessons_problem.hide()

    def _on_add_lesson(self) -> None:
        self._open_lesson(LessonDialog(self.desk, self._entity, self._about, parent=self))

    def _on_change_lesson(self) -> None:
        item: QListWidgetItem | None = self.ui.lessons.currentItem()
        if item is not None:
            entity, lesson = item.data(_LESSON)
            self._open_lesson(LessonDialog(self.desk, self._entity, self._about, entity, lesson, self))

    def _open_lesson(self, dialog: LessonDialog) -> None:
        dialog.recorded.connect(self._look_again)
        dialog.open()

    def _look_again(self) -> None:
        workspace = self.desk.workspace
        self.desk.tasks.ask(partial(workspace.closing.of, workspace.actor, self._entity), self._show_lessons)
