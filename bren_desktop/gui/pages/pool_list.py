"""The pool as a list with facets; the marked pareltje stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QToolButton, QWidget

from bren_desktop.domain.dutch import counted
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import STALE_AFTER, is_checked_lately
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.consult import ConsultDialog
from bren_desktop.gui.dialogs.exchange_menu import ExchangeMenu
from bren_desktop.gui.dialogs.thin_pool import ThinPoolDialog
from bren_desktop.gui.forms.pool import Ui_Pool
from bren_desktop.gui.models.columns import Badge, Column, Tone
from bren_desktop.gui.models.paged import PagedModel, Source
from bren_desktop.gui.pages.pool_detail import PoolDetail, availability
from bren_desktop.gui.widgets.filter_chip import FilterChip
from bren_desktop.gui.widgets.saved_filters import SavedFilters
from bren_desktop.gui.widgets.tones import versions_column
from bren_desktop.services.rows import ExpertFilter, ExpertRow

_FACETS = {
    "expertise": "expertise_pareltjes",
    "domeinen": "domeinen",
    "regio": "jeugdregios",
    "soort": "soort_expert",
    "beschikbaarheid": "beschikbaarheid",
}


class PoolList(QWidget):
    """All pareltjes, a page at a time. `new_wanted` asks for an empty profile."""

    new_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_Pool()
        self.ui.setupUi(self)
        self._desk = desk
        self.model: PagedModel[ExpertRow] = PagedModel(self._columns(), desk.tasks, self)
        self.detail = PoolDetail(self.ui, desk.workspace.context.today)
        self.chips = {key: FilterChip(title, _choices(key), self) for key, title in self._titles().items()}
        self.agreement = self._tick(self.tr("Raamovereenkomst"), self.tr("Met een raamovereenkomst"))
        self.stale = self._tick(self.tr("Verouderd"), self.tr("Langer dan twaalf maanden niet gecontroleerd"))
        self.exchange = ExchangeMenu(desk, Kind.EXPERT, self)
        self.exchange.imported.connect(self.refresh)
        self._fill_bar()
        self._connect()
        self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the rows. A focus proxy would do the same, and make Tab jump over the buttons."""
        self.ui.rows.setFocus(event.reason())

    def refresh(self) -> None:
        """Show the pareltjes that the facets leave, and count the facets anew."""
        pool, actor, wanted = self._desk.workspace.pool, self._desk.workspace.actor, self.wanted()
        self.model.show(Source(partial(pool.count, actor, wanted), partial(pool.page, actor, wanted)))

    def wanted(self) -> ExpertFilter:
        """What the facets say."""
        today = self._desk.workspace.context.today()
        return ExpertFilter(
            expertise=self.chips["expertise"].codes(),
            domeinen=self.chips["domeinen"].codes(),
            regios=self.chips["regio"].codes(),
            soorten=self.chips["soort"].codes(),
            beschikbaarheid=self.chips["beschikbaarheid"].codes(),
            raamovereenkomst=True if self.agreement.isChecked() else None,
            stale_before=today - STALE_AFTER if self.stale.isChecked() else None,
        )

    def _titles(self) -> dict[str, str]:
        return {
            "expertise": self.tr("Expertise"),
            "domeinen": self.tr("Domein"),
            "regio": self.tr("Regio"),
            "soort": self.tr("Soort"),
            "beschikbaarheid": self.tr("Beschikbaarheid"),
        }

    def _fill_bar(self) -> None:
        """Put the chips in the bar, before its buttons also for who goes by Tab."""
        ui = self.ui
        ui.rows.show_model(self.model, "pareltjes")
        ui.columns.setMenu(ui.rows.columns_menu())
        ui.exchange.setMenu(self.exchange)
        ui.exchange.setVisible(bool(self.exchange.actions()))
        chips = [*self.chips.values(), self.agreement, self.stale]
        for chip in chips:
            ui.filters.add(chip)
        for before, after in pairwise((ui.filters, *chips)):
            QWidget.setTabOrder(before, after)
        ticks = {"raamovereenkomst": self.agreement, "verouderd": self.stale}
        self.saved = SavedFilters(self._desk, Kind.EXPERT, ui.saved, self.chips, ticks)

    def _connect(self) -> None:
        ui, actor = self.ui, self._desk.workspace.actor
        for chip in self.chips.values():
            chip.changed.connect(self.refresh)
        for tick in (self.agreement, self.stale):
            tick.toggled.connect(self.refresh)
        ui.rows.opened.connect(self._on_opened)
        ui.rows.marked.connect(self.detail.show)
        self.model.counted.connect(self._on_counted)
        ui.open.clicked.connect(lambda: self._on_opened(ui.rows.current()))
        ui.consult.clicked.connect(self._on_consult)
        ui.consult.setVisible(may(actor, Right.EDIT_CASE))
        ui.add.setVisible(may(actor, Right.EDIT_POOL))
        ui.add.clicked.connect(self.new_wanted)
        ui.thin.setVisible(may(actor, Right.READ_CASE))
        ui.thin.clicked.connect(self._on_thin)
        ui.empty.wanted.connect(self._on_empty_action)

    def _columns(self) -> Sequence[Column[ExpertRow]]:
        kinds, regions, skills = (
            vocabulary("soort_expert"),
            vocabulary("jeugdregios"),
            vocabulary("expertise_pareltjes"),
        )
        return (
            Column("naam", self.tr("Naam"), lambda row: row.naam, width=196, wide=240),
            versions_column(),
            Column(
                "expertise",
                self.tr("Expertise"),
                lambda row: ", ".join(skills.label(code) for code in row.expertise),
                tip=lambda row: "\n".join(skills.label(code) for code in row.expertise),
                width=224,
                wide=400,
                sortable=False,
            ),
            Column(
                "beschikbaarheid",
                self.tr("Beschikbaar"),
                lambda row: vocabulary("beschikbaarheid").label(row.beschikbaarheid),
                badge=availability,
                width=160,
            ),
            Column("regio", self.tr("Regio"), lambda row: regions.label(row.regio), width=144),
            Column(
                "profiel_gecontroleerd", self.tr("Gecontroleerd"), self._checked, badge=self._stale_badge, width=128
            ),
            Column("organisatie", self.tr("Organisatie"), lambda row: row.organisatie, width=176, wide=260, spare=True),
            Column("functie", self.tr("Functie"), lambda row: row.functie, width=160, wide=240, spare=True),
            Column("soort", self.tr("Soort"), lambda row: kinds.label(row.soort), width=144, spare=True),
        )

    def _checked(self, row: ExpertRow) -> str:
        return row.profiel_gecontroleerd.strftime("%d-%m-%Y") if row.profiel_gecontroleerd else self.tr("nooit")

    def _stale_badge(self, row: ExpertRow) -> Badge | None:
        fresh = is_checked_lately(row.profiel_gecontroleerd, self._desk.workspace.context.today())
        return None if fresh else Badge(self._checked(row), Tone.WARN, icon="clock")

    def _tick(self, text: str, tip: str) -> QToolButton:
        tick = QToolButton(self)
        tick.setText(text)
        tick.setToolTip(tip)
        tick.setCheckable(True)
        tick.setProperty("role", "chip")
        return tick

    def _on_opened(self, row: ExpertRow | None) -> None:
        if row is not None:
            self._desk.navigator.open_expert(row.entity)

    def _on_thin(self) -> None:
        dialog = ThinPoolDialog(self._desk, self.window())
        dialog.wanted.connect(self._show_only)
        dialog.open()

    def _show_only(self, expertise: str) -> None:
        """Narrow the pool to an expertise alone."""
        self.saved.choose({"expertise": [expertise]})
        self.ui.rows.setFocus()

    def _on_consult(self) -> None:
        row = self.ui.rows.current()
        if row is not None:
            ConsultDialog(self._desk, row.entity, row.naam, parent=self.window()).open()

    def _on_counted(self, total: int) -> None:
        self.ui.count.setText(
            self.tr("{n} pareltjes").format(n=counted(total)) if total != 1 else self.tr("1 pareltje")
        )
        self.ui.stack.setCurrentWidget(self.ui.rows_page if total else self.ui.empty)
        if not total:
            self._say_empty(narrowed=self.wanted() != ExpertFilter())
        self.ui.rows.mark_first()
        self.detail.show(self.ui.rows.current())
        pool, actor, wanted = self._desk.workspace.pool, self._desk.workspace.actor, self.wanted()
        self._desk.tasks.ask(partial(pool.facets, actor, wanted), self._on_facets)

    def _on_facets(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        for key, chip in self.chips.items():
            chip.count(counts.get(key, {}))

    def _say_empty(self, *, narrowed: bool) -> None:
        if narrowed:
            self.ui.empty.say(
                self.tr("Geen pareltje past bij deze filters"),
                self.tr("Haal een filter weg om meer te zien."),
                self.tr("Alle filters weghalen"),
            )
            return
        self.ui.empty.say(
            self.tr("Nog geen pareltjes"),
            self.tr("Hier komen de superspecialisten die meedenken. Voeg er een toe, of importeer uw eigen lijst."),
            self.tr("Nieuw pareltje") if may(self._desk.workspace.actor, Right.EDIT_POOL) else "",
        )

    def _on_empty_action(self) -> None:
        if self.wanted() == ExpertFilter():
            self.new_wanted.emit()
            return
        self.saved.choose({})


def _choices(key: str) -> Sequence[tuple[str, str]]:
    return [(term.code, term.label) for term in vocabulary(_FACETS[key])]
