"""The real pages of a PDF as pictures. PDFium works for one thread at a time: this is its only door."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPageSize, QPainter, QPdfWriter

from bren_desktop.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_POINTS_PER_INCH = 72
_MOST_DOTS, _MOST_IN_ALL = 40_000_000, 150_000_000
"""Of one page, and of all pages that are held at once: four bytes each."""
_pdfium = Lock()


def rendered(pdf: bytes, dots_per_inch: float) -> Sequence[QImage]:
    """Every page of `pdf` at this resolution, on white; pages without measure get fewer dots."""
    with _opened(pdf) as document:
        most = min(_MOST_DOTS, _MOST_IN_ALL // max(1, len(document)))
        return [_picture(page, dots_per_inch / _POINTS_PER_INCH, most) for page in document]


def one_by_one(pdf: bytes, dots_per_inch: float) -> Iterator[QImage]:
    """The same for paper: the next page is made when the last one was printed, for they are large."""
    with _opened(pdf) as document:
        for page in document:
            yield _picture(page, dots_per_inch / _POINTS_PER_INCH, _MOST_DOTS)


def first_pages(pdf: bytes, most: int) -> tuple[bytes, int]:
    """At most so many pages of `pdf` as a PDF, and how many it has."""
    import pypdfium2

    with _opened(pdf) as document:
        count = len(document)
        if count <= most:
            return pdf, count
        start, written = pypdfium2.PdfDocument.new(), io.BytesIO()
        start.import_pages(document, range(most))
        start.save(written)
        start.close()
        return written.getvalue(), count


def joined(pdfs: Sequence[bytes]) -> bytes:
    """Several PDFs as one, each beginning on a sheet of its own when both sides are printed."""
    import pypdfium2

    whole, written = pypdfium2.PdfDocument.new(), io.BytesIO()
    for pdf in pdfs:
        with _opened(pdf) as document:
            whole.import_pages(document)
            if len(whole) % 2:
                whole.new_page(*document[0].get_size())
    whole.save(written)
    whole.close()
    return written.getvalue()


def picture_page(data: bytes) -> bytes:
    """A picture on one page of A4, as a PDF."""
    held = QBuffer()
    held.setData(QByteArray(data))
    reader = QImageReader(held)
    reader.setAutoTransform(True)
    picture = reader.read()
    if picture.isNull():
        raise UnreadableFileError("Deze afbeelding kan hier niet worden getoond. U kunt hem wel bewaren als bestand.")
    return _on_paper(picture)


def _on_paper(picture: QImage) -> bytes:
    paper = QBuffer()
    paper.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(paper)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    sheet = QSize(writer.width(), writer.height())
    painter = QPainter(writer)
    painter.drawImage(QRect(0, 0, *picture.size().scaled(sheet, Qt.AspectRatioMode.KeepAspectRatio).toTuple()), picture)
    painter.end()
    return bytes(paper.data().data())


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    """The document, closed afterwards. Raises UnreadableFileError for what PDFium cannot show."""
    import pypdfium2

    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(pdf)
            try:
                yield document
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            raise UnreadableFileError(
                "Deze PDF kan hier niet worden getoond: hij zit achter een wachtwoord of is beschadigd. U kunt hem wel "
                "bewaren als bestand."
            ) from error


def _picture(page: Any, scale: float, most: int) -> QImage:
    width, height = page.get_size()
    fitting = min(scale, (most / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=fitting, prefer_bgrx=True)
    view = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
    picture = view.copy()
    bitmap.close()
    return picture
