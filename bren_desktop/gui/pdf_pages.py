"""The real pages of a PDF as pictures. PDFium works for one thread at a time: this is its only door."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from PySide6.QtGui import QImage

_POINTS_PER_INCH = 72
_pdfium = Lock()


def rendered(pdf: bytes, dots_per_inch: float) -> Sequence[QImage]:
    """Every page of `pdf` at this resolution, on white."""
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_picture(page, dots_per_inch / _POINTS_PER_INCH) for page in document]
        finally:
            document.close()


def _picture(page: object, scale: float) -> QImage:
    bitmap = page.render(scale=scale, prefer_bgrx=True)  # type: ignore[attr-defined] # pypdfium2 ships no types
    view = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
    picture = view.copy()
    bitmap.close()
    return picture
