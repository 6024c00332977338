"""Wie heeft dit gezien: everybody who saw, changed, printed or shared a case, to show to a family."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from bren_desktop.domain.dutch import counted, short_date
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.seen_by import Ui_SeenBy
from bren_desktop.gui.messages import sentence
from bren_desktop.services.log_tables import hours
from bren_desktop.services.readlog import Period, Sighting

_WIDTHS = (176, 224, 264, 64, 128)
_EMERGENCY = 4


class SeenByDialog(QDialog):
    """About one case; `about` names it by number and initials."""

    def __init__(self, desk: Desk, case: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_SeenBy()
        self.ui.setupUi(self)
        self._desk, self._case = desk, case
        self._seen: Sequence[Sighting] = ()
        self.ui.about.setText(about)
        self._fill_periods()
        self._connect()
        who = self.tr("Wanneer"), self.tr("Wie"), self.tr("Wat"), self.tr("Laptop")
        self.ui.rows.set_columns((*who, self.tr("Noodtoegang"), self.tr("Waarover")), _WIDTHS)
        self._ask()

    def period(self) -> Period:
        """What is chosen."""
        return Period(self.ui.period.currentData(), None)

    def save(self, path: Path, *, norm: bool = False) -> None:
        """Write what is in the period to a file, for a family or by the norm."""
        exporting, actor = self._desk.workspace.exporting, self._desk.workspace.actor
        work = partial(exporting.log, actor, self._case, path, self.period(), norm=norm)
        self._desk.tasks.ask(work, self._on_saved, self._on_refused)

    def _fill_periods(self) -> None:
        today = self._desk.workspace.context.today()
        spans = ((self.tr("Altijd"), 0), (self.tr("Laatste week"), 7), (self.tr("Laatste maand"), 31))
        for title, days in (*spans, (self.tr("Laatste half jaar"), 183), (self.tr("Laatste jaar"), 366)):
            first: date | None = today - timedelta(days=days) if days else None
            self.ui.period.addItem(title, first)

    def _connect(self) -> None:
        ui = self.ui
        ui.nobody.hide()
        ui.problem.hide()
        ui.period.activated.connect(self._ask)
        ui.person.activated.connect(self._show_rows)
        ui.emergencies.toggled.connect(self._show_rows)
        ui.close.clicked.connect(self.reject)
        ui.save.clicked.connect(partial(self._on_save, norm=False))
        ui.save_norm.clicked.connect(partial(self._on_save, norm=True))

    def _ask(self) -> None:
        workspace = self._desk.workspace
        work = partial(workspace.readlog.seen, workspace.actor, self._case, self.period())
        self._desk.tasks.ask(work, self._show, self._on_refused)

    def _show(self, seen: Sequence[Sighting]) -> None:
        self._seen = seen
        box, chosen = self.ui.person, self.ui.person.currentData()
        box.clear()
        box.addItem(self.tr("Iedereen"), "")
        for person, name in sorted({one.person: one.name for one in seen}.items(), key=lambda pair: pair[1].casefold()):
            box.addItem(name, person)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        self._show_rows()

    def _show_rows(self) -> None:
        person, only = self.ui.person.currentData(), self.ui.emergencies.isChecked()
        shown = [one for one in self._seen if person in ("", one.person) and (one.emergency or not only)]
        flagged = {place for place, one in enumerate(shown) if one.emergency}
        self.ui.rows.show_rows([self._cells(one) for one in shown], flagged, _EMERGENCY)
        self.ui.rows.setVisible(bool(shown))
        self.ui.nobody.setVisible(not shown)
        self.ui.count.setText(
            self.tr("1 regel") if len(shown) == 1 else self.tr("{n} regels").format(n=counted(len(shown)))
        )

    def _cells(self, one: Sighting) -> Sequence[str]:
        times = self.tr("{what} ({n} keer)").format(what=one.what, n=one.times) if one.times > 1 else one.what
        when, who = f"{short_date(one.day)}, {hours(one)}", f"{one.name} · {one.role}"
        return when, who, times, one.laptop, self.tr("noodtoegang") if one.emergency else "", one.detail

    def _on_save(self, *, norm: bool) -> None:
        name = self.tr("logboek volgens NEN 7513") if norm else self.tr("wie heeft dit gezien")
        formats = self.tr("CSV (*.csv);;Excel (*.xlsx)")
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Opslaan"), f"{name}.csv", formats)
        if path:
            self.save(Path(path), norm=norm)

    def _on_saved(self, count: int) -> None:
        text = self.tr("{n} regels geschreven. Het bestand is niet versleuteld: bewaar het veilig of gooi het weg.")
        self._desk.messages.inform(text.format(n=counted(count)))
        self.ui.count.setText(text.format(n=counted(count)))

    def _on_refused(self, error: UserFacingError) -> None:
        self.ui.problem.setText(sentence(error))
        self.ui.problem.show()
