"""Every document filed with a case, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.records import FiledDocument
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.documents import Ui_Documents
from bren_desktop.gui.models.columns import Badge, Column, Tone
from bren_desktop.gui.models.paged import PagedModel, Source
from bren_desktop.gui.pages.page import Page
from bren_desktop.gui.pages.registry import CASES
from bren_desktop.gui.widgets.reach import hand_on
from bren_desktop.services.rows import Page as Slice

LIMIT = 200
Filed = tuple[str, FiledDocument]


class DocumentsPage(Page):
    """A table; Enter shows the pages of a document."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.ui = Ui_Documents()
        self.ui.setupUi(self)
        self.model: PagedModel[Filed] = PagedModel(self._columns(), desk.tasks, self)
        self.ui.table.show_model(self.model, "documenten")
        self.ui.table.opened.connect(self._on_opened)
        self.ui.table.marked.connect(self._on_marked)
        self.model.counted.connect(self._on_counted)
        self.ui.show_pdf.clicked.connect(lambda: self._on_opened(self.ui.table.current()))
        self.ui.open_case.clicked.connect(self._on_open_case)
        self.ui.first_step.clicked.connect(lambda: self.desk.navigator.show(CASES))
        self.ui.empty.hide()
        hand_on(self, lambda: self.ui.table)

    def entered(self) -> None:
        """Ask anew what is filed."""
        self.model.show(Source(lambda: len(self._filed()), self._slice))

    def changed_behind(self, touched: frozenset[tuple[str, str]]) -> None:
        if any(kind == Kind.DOCUMENT for kind, _ in touched):
            self.entered()

    def open_entity(self, entity: str, tab: str) -> None:
        workspace = self.desk.workspace
        self.desk.tasks.ask(
            lambda: workspace.dossier.document(workspace.actor, entity), lambda found: self._on_opened((entity, found))
        )

    def _filed(self) -> Sequence[Filed]:
        workspace = self.desk.workspace
        return workspace.dossier.recent_documents(workspace.actor, LIMIT)

    def _slice(self, page: Slice) -> Sequence[Filed]:
        return self._filed()[page.offset : page.offset + page.limit]

    def _columns(self) -> Sequence[Column[Filed]]:
        channels = vocabulary("verzendkanaal")
        return (
            Column("datum", self.tr("Datum"), lambda row: _day(row[1].datum), width=110, sortable=False),
            Column("kenmerk", self.tr("Kenmerk"), lambda row: row[1].kenmerk, width=260, wide=340, sortable=False),
            Column("soort", self.tr("Soort"), lambda row: row[1].soort, width=160, wide=420, sortable=False),
            Column("stand", self.tr("Stand"), self._state, badge=self._badge, width=140, sortable=False),
            Column(
                "gemaakt",
                self.tr("Gemaakt door"),
                lambda row: row[1].gemaakt_door,
                width=180,
                wide=420,
                sortable=False,
            ),
            Column(
                "kanaal", self.tr("Verzonden per"), lambda row: channels.label(row[1].kanaal), width=160, sortable=False
            ),
        )

    def _state(self, row: Filed) -> str:
        return self._badge(row).word

    def _badge(self, row: Filed) -> Badge:
        if row[1].is_concept:
            return Badge(self.tr("concept"), Tone.QUIET, icon="pencil")
        if row[1].is_sheet:
            return Badge(self.tr("eigen gebruik"), Tone.QUIET, icon="person")
        return Badge(self.tr("vrijgegeven"), Tone.GOOD, icon="check")

    def _on_counted(self, count: int) -> None:
        self.ui.empty.setVisible(not count)
        for widget in (self.ui.table, self.ui.intro, self.ui.show_pdf, self.ui.open_case):
            widget.setVisible(bool(count))

    def _on_marked(self, row: Filed | None) -> None:
        self.ui.show_pdf.setEnabled(row is not None)
        self.ui.open_case.setEnabled(row is not None)

    def _on_opened(self, row: Filed | None) -> None:
        if row is None:
            return
        workspace, (entity, document) = self.desk.workspace, row
        self.desk.tasks.run(
            lambda: workspace.letters.pdf(workspace.actor, entity), lambda pdf: self._show_pdf(entity, document, pdf)
        )

    def _show_pdf(self, entity: str, document: FiledDocument, pdf: bytes) -> None:
        from bren_desktop.gui.dialogs.preview import PreviewDialog

        letter = "" if document.is_sheet else entity
        preview = PreviewDialog(
            self.desk, document.kenmerk, pdf, document.casus, self, document=letter, concept=document.is_concept
        )
        preview.filed.connect(self.entered)
        preview.exec()

    def _on_open_case(self) -> None:
        row = self.ui.table.current()
        if row is not None:
            self.desk.navigator.open_case(row[1].casus, "documenten")


def _day(day: date | None) -> str:
    return day.strftime("%d-%m-%Y") if day else ""
