"""The case list: narrowed by chips, sorted by a click, opened by Enter. Full names stay out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QToolButton, QWidget

from bren_desktop.domain.dutch import counted
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.exchange_menu import ExchangeMenu
from bren_desktop.gui.forms.case_list import Ui_CaseList
from bren_desktop.gui.models.columns import Column
from bren_desktop.gui.models.paged import PagedModel, Source
from bren_desktop.gui.pages.case_handing import CaseHanding
from bren_desktop.gui.short_labels import sticking_points
from bren_desktop.gui.widgets.filter_chip import FilterChip
from bren_desktop.gui.widgets.saved_filters import SavedFilters
from bren_desktop.gui.widgets.tones import badge_for, versions_column
from bren_desktop.services.access import Colleague
from bren_desktop.services.rows import CaseFilter, CaseRow


class CaseList(QWidget):
    """All cases of the profile, a page at a time."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_CaseList()
        self.ui.setupUi(self)
        self._desk = desk
        self._today = desk.workspace.context.today()
        self._names: dict[str, str] = {}
        self.model: PagedModel[CaseRow] = PagedModel(self._columns(), desk.tasks, self)
        self.chips = self._chips()
        self.attention = self._attention_chip()
        chips = (*self.chips.values(), self.attention)
        for chip in chips:
            self.ui.filters.add(chip)
        for before, after in pairwise((self.ui.filters, *chips)):
            QWidget.setTabOrder(before, after)
        self.ui.rows.show_model(self.model, "casussen")
        self.ui.columns.setMenu(self.ui.rows.columns_menu())
        self.exchange = ExchangeMenu(desk, Kind.CASE, self)
        self.exchange.imported.connect(self.filter)
        self.ui.exchange.setMenu(self.exchange)
        self.ui.exchange.setVisible(bool(self.exchange.actions()))
        self.handing = CaseHanding(desk, self.ui, self)
        self.handing.assigned.connect(self.model.reload)
        self.ui.rows.opened.connect(self._on_opened)
        self.model.counted.connect(self._on_counted)
        self.saved = SavedFilters(desk, Kind.CASE, self.ui.saved, self.chips, {"aandacht": self.attention})
        self.ui.empty.wanted.connect(self._on_empty_action)
        self.filter()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the rows. A focus proxy would do the same, and make Tab jump over the buttons."""
        self.ui.rows.setFocus(event.reason())

    def filter(self) -> None:
        """Show the cases that the chips leave."""
        self._today = self._desk.workspace.context.today()
        cases, actor, wanted = self._desk.workspace.cases, self._desk.workspace.actor, self.wanted()
        self.model.show(Source(partial(cases.count, actor, wanted), partial(cases.page, actor, wanted)))

    def ask_names(self) -> None:
        """Learn who is in the team. Ask after a run of sync: while one is under way this waits for it."""
        workspace = self._desk.workspace
        self._desk.tasks.ask(partial(workspace.access.colleagues, workspace.actor), self._on_colleagues)

    def wanted(self) -> CaseFilter:
        """What the chips say."""
        return CaseFilter(
            statuses=self.chips["status"].codes(),
            urgenties=self.chips["urgentie"].codes(),
            regios=self.chips["regio"].codes(),
            knelpunten=self.chips["knelpunten"].codes(),
            needs_attention=self.attention.isChecked(),
        )

    def _columns(self) -> Sequence[Column[CaseRow]]:
        statuses, regions, points = vocabulary("casusstatus"), vocabulary("jeugdregios"), vocabulary("knelpunten")
        return (
            Column("nummer", self.tr("Nummer"), lambda row: row.nummer or self.tr("concept"), width=172),
            Column("initials", self.tr("Initialen"), lambda row: row.initials, width=84),
            versions_column(),
            Column("leeftijd", self.tr("Leeftijd"), self._age, width=72, order="-geboortedatum"),
            Column(
                "regio", self.tr("Regio"), lambda row: regions.label(row.regio) or row.gemeente, width=128, wide=200
            ),
            Column(
                "status",
                self.tr("Status"),
                lambda row: statuses.label(row.status),
                badge=lambda row: badge_for("casusstatus", row.status),
                width=176,
                wide=232,
            ),
            Column(
                "urgentie",
                self.tr("Urgentie"),
                lambda row: vocabulary("urgentie").label(row.urgentie),
                badge=lambda row: badge_for("urgentie", row.urgentie),
                width=104,
            ),
            Column(
                "knelpunten",
                self.tr("Knelpunten"),
                lambda row: sticking_points(row.knelpunten),
                tip=lambda row: "\n".join(points.label(code) for code in row.knelpunten),
                width=132,
                wide=320,
                sortable=False,
            ),
            Column("datum_aanmelding", self.tr("Aangemeld"), lambda row: _day(row.datum_aanmelding), width=104),
            Column("behandelaar", self.tr("Behandelaar"), lambda row: row.behandelaar, width=104, wide=208),
            Column("persons", self.tr("Toegewezen aan"), self._assigned_to, width=152, sortable=False, spare=True),
        )

    def _assigned_to(self, row: CaseRow) -> str:
        unknown = self.tr("een collega")
        return ", ".join(dict.fromkeys(self._names.get(person, unknown) for person in row.persons))

    def _on_colleagues(self, colleagues: Sequence[Colleague]) -> None:
        self._names = {each.person: each.name for each in colleagues}
        self.ui.rows.viewport().update()

    def _age(self, row: CaseRow) -> str:
        age = row.age(self._today)
        return "" if age is None else str(age)

    def _chips(self) -> dict[str, FilterChip]:
        titles = {
            "status": (self.tr("Status"), "casusstatus"),
            "urgentie": (self.tr("Urgentie"), "urgentie"),
            "regio": (self.tr("Regio"), "jeugdregios"),
            "knelpunten": (self.tr("Knelpunt"), "knelpunten"),
        }
        chips = {}
        for key, (title, name) in titles.items():
            chips[key] = FilterChip(title, [(term.code, term.label) for term in vocabulary(name)], self)
            chips[key].changed.connect(self.filter)
        return chips

    def _attention_chip(self) -> QToolButton:
        chip = QToolButton(self)
        chip.setText(self.tr("Aandacht nodig"))
        chip.setToolTip(self.tr("Met waarden die nog gekozen of gecodeerd moeten worden"))
        chip.setCheckable(True)
        chip.setProperty("role", "chip")
        chip.toggled.connect(self.filter)
        return chip

    def _on_opened(self, row: CaseRow) -> None:
        self._desk.navigator.open_case(row.entity)

    def _on_counted(self, total: int) -> None:
        narrowed = self.wanted() != CaseFilter()
        self.ui.count.setText(self.tr("{n} casussen").format(n=counted(total)) if total != 1 else self.tr("1 casus"))
        self.ui.stack.setCurrentWidget(self.ui.rows_page if total else self.ui.empty)
        if not total:
            self._say_empty(narrowed=narrowed)
        self.ui.rows.mark_first()

    def _say_empty(self, *, narrowed: bool) -> None:
        if narrowed:
            self.ui.empty.say(
                self.tr("Geen casus past bij dit filter"),
                self.tr("Haal een filter weg om meer te zien."),
                self.tr("Alle filters weghalen"),
            )
            return
        self.ui.empty.say(
            self.tr("Nog geen casussen"),
            self.tr("Hier komt elke casus die bij uw expertteam is aangemeld, met status, urgentie en knelpunten."),
            self.tr("Nieuwe casus") if may(self._desk.workspace.actor, Right.EDIT_CASE) else "",
        )

    def _on_empty_action(self) -> None:
        if self.wanted() == CaseFilter():
            self._desk.navigator.new_case()
            return
        self.saved.choose({})


def _day(day: date | None) -> str:
    return day.strftime("%d-%m-%Y") if day else ""
