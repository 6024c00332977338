"""The real pages of a document under each other, as wide as fits or as large as asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from bren_desktop.gui.pdf_pages import rendered
from bren_desktop.gui.tasks import Tasks, Ticket

ZOOMS = (50, 67, 75, 90, 100, 125, 150, 200, 300)
SCREEN_DOTS = 96.0
PAGE_WIDTH_INCHES = 210 / 25.4
LARGEST_FIT = 1.25
_MARGIN = 16


class PageView(QScrollArea):
    """Shows a PDF. `zoomed` carries the percentage in force."""

    zoomed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf = b""
        self._tasks: Tasks | None = None
        self._ticket = Ticket()
        self._zoom: int | None = None
        self._pages: list[QLabel] = []
        self._inner = QWidget(self)
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._column.setSpacing(_MARGIN)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setProperty("role", "pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._later = QTimer(self, singleShot=True, interval=120)
        self._later.timeout.connect(self._render)

    def show_pdf(self, pdf: bytes, tasks: Tasks) -> None:
        """Show the pages of `pdf`; they are drawn in the background."""
        self._pdf, self._tasks = pdf, tasks
        self._render()

    def zoom(self) -> int:
        """The percentage in force."""
        return round(100 * self._dots() / SCREEN_DOTS)

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by so many steps."""
        now = self.zoom()
        wider = [zoom for zoom in ZOOMS if zoom > now] or [ZOOMS[-1]]
        narrower = [zoom for zoom in ZOOMS if zoom < now] or [ZOOMS[0]]
        self._zoom = wider[0] if steps > 0 else narrower[-1]
        self._render()

    def fit(self) -> None:
        """As wide as the view."""
        self._zoom = None
        self._render()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._render()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._zoom is None and self._pdf:
            self._later.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange and self._pdf:
            self._later.start()

    def _dots(self) -> float:
        if self._zoom is not None:
            return SCREEN_DOTS * self._zoom / 100
        room = self.width() - 2 * _MARGIN - self.verticalScrollBar().sizeHint().width() - 4
        return max(24.0, min(room / PAGE_WIDTH_INCHES, SCREEN_DOTS * LARGEST_FIT))

    def _render(self) -> None:
        if self._tasks is None or not self.isVisible():
            return
        self._ticket.cancel()
        ratio = self.devicePixelRatioF()
        self._ticket = self._tasks.run(partial(rendered, self._pdf, self._dots() * ratio), self._on_rendered)
        self.zoomed.emit(self.zoom())

    def _on_rendered(self, pictures: Sequence[QImage]) -> None:
        while len(self._pages) > len(pictures):
            self._pages.pop().deleteLater()
        while len(self._pages) < len(pictures):
            self._pages.append(self._page(len(self._pages) + 1))
        for page, picture in zip(self._pages, pictures, strict=True):
            pixmap = QPixmap.fromImage(picture)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            page.setPixmap(pixmap)

    def _page(self, number: int) -> QLabel:
        page = QLabel(self._inner)
        page.setAccessibleName(self.tr("Pagina {n}").format(n=number))
        page.setProperty("role", "page")
        self._column.addWidget(page)
        return page
