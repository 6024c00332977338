"""The documents that were filed with a case: when, by whom, released or not, sent by which channel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QTableWidgetItem, QWidget

from bren_desktop.domain.papers.kind import PaperKind
from bren_desktop.domain.records import FiledDocument
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.preview import PreviewDialog
from bren_desktop.gui.forms.tab_documents import Ui_DocumentsTab
from bren_desktop.gui.pages.case.attachments import AttachmentsPanel
from bren_desktop.gui.widgets.reach import hand_on

ENTITY_ROLE = Qt.ItemDataRole.UserRole


class DocumentsTab(QWidget):
    """`sheet_wanted` asks for the casuskaart, `paper_wanted` for a new document, by the key of its kind.

    `filed` tells that a document came of a concept.
    """

    sheet_wanted = Signal()
    paper_wanted = Signal(str)
    filed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_DocumentsTab()
        self.ui.setupUi(self)
        self._desk = desk
        self._case = ""
        self.attachments = AttachmentsPanel(desk, self)
        self.ui.parts.addWidget(self.attachments)
        table = self.ui.documents
        titles = (
            self.tr("Kenmerk"),
            self.tr("Soort"),
            self.tr("Datum"),
            self.tr("Stand"),
            self.tr("Gemaakt door"),
            self.tr("Verzonden per"),
        )
        table.set_columns(titles, (230, 180, 100, 260, 160))
        table.itemActivated.connect(self._on_open)
        self.ui.open_document.clicked.connect(self._on_open)
        self.ui.sheet.clicked.connect(self.sheet_wanted)
        self.menu = QMenu(self)
        self.ui.new_document.setMenu(self.menu)
        hand_on(self, lambda: self.ui.sheet if table.isHidden() else table)

    def show_case(self, case: str, *, editable: bool) -> None:
        """Another case, or the same one after a change."""
        self._case = case
        self.ui.new_document.setVisible(editable and may(self._desk.workspace.actor, Right.MAKE_LETTER))
        self.attachments.show_case(case, editable=editable)

    def enter(self) -> None:
        """The tab is in front: fetch what was filed."""
        workspace, case = self._desk.workspace, self._case
        self._desk.tasks.ask(lambda: workspace.dossier.documents(workspace.actor, case), self._on_documents)
        if self.ui.new_document.isVisibleTo(self):
            self._desk.tasks.ask(lambda: workspace.letters.kinds(workspace.actor, case), self._on_kinds)
        self.attachments.refresh()

    def _on_kinds(self, kinds: Sequence[PaperKind]) -> None:
        self.menu.clear()
        for kind in kinds:
            self.menu.addAction(kind.title).triggered.connect(lambda _=False, key=kind.key: self.paper_wanted.emit(key))
        self.ui.new_document.setEnabled(bool(kinds))

    def _on_documents(self, documents: Sequence[tuple[str, FiledDocument]]) -> None:
        table = self.ui.documents
        table.setRowCount(len(documents))
        for row, (entity, document) in enumerate(documents):
            for column, text in enumerate(self._cells(document)):
                item = QTableWidgetItem(text)
                item.setData(ENTITY_ROLE, (entity, document))
                table.setItem(row, column, item)
        table.setVisible(bool(documents))
        self.ui.open_document.setVisible(bool(documents))
        self.ui.state.setVisible(not documents)
        self.ui.state.setText(
            self.tr(
                "Hier komen de documenten die u bij deze casus maakt. Kies Nieuw document, of kies op het tabblad "
                "Matching een pareltje voor een consultatievraag."
            )
        )
        self.ui.state.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        if documents:
            table.setCurrentCell(0, 0)

    def _cells(self, document: FiledDocument) -> tuple[str, ...]:
        return (
            document.kenmerk,
            document.soort,
            document.datum.strftime("%d-%m-%Y") if document.datum else "",
            self._state(document),
            document.gemaakt_door,
            vocabulary("verzendkanaal").label(document.kanaal) if document.kanaal else "",
        )

    def _state(self, document: FiledDocument) -> str:
        if document.is_concept:
            return self.tr("concept")
        if document.is_sheet:
            return self.tr("voor eigen gebruik")
        return self.tr("vrijgegeven door {naam}").format(naam=document.vrijgegeven_door)

    def _on_open(self) -> None:
        item: QTableWidgetItem | None = self.ui.documents.currentItem()
        if item is None:
            return
        entity, document = item.data(ENTITY_ROLE)
        workspace = self._desk.workspace
        self._desk.tasks.ask(
            lambda: workspace.letters.pdf(workspace.actor, entity), partial(self._on_pdf, entity, document)
        )

    def _on_pdf(self, entity: str, document: FiledDocument, pdf: bytes) -> None:
        letter = "" if document.is_sheet else entity
        preview = PreviewDialog(
            self._desk, document.kenmerk, pdf, self._case, self.window(), document=letter, concept=document.is_concept
        )
        preview.filed.connect(self.filed)
        preview.open()
