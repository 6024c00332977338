"""The sheet of paper with the recovery code, for a printer or a PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

_MARGIN_MM = 25.0
_LINES = 3


def code_in_lines(code: str) -> str:
    """The nine groups of a code as three lines of three."""
    groups = code.split("-")
    return "\n".join("  ".join(groups[at : at + _LINES]) for at in range(0, len(groups), _LINES))


def save_pdf(path: str, code: str) -> bool:
    """Write the sheet to `path`; whether that worked."""
    try:
        Path(path).write_bytes(_pdf(code))
    except OSError:
        return False
    return True


def _pdf(code: str) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(QCoreApplication.applicationName())
    paint_sheet(writer, code)
    buffer.close()
    return bytes(data.data())


def paint_sheet(device: QPagedPaintDevice, code: str) -> bool:
    """Draw the sheet on one page of A4; whether the device took it."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    device.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    painter = QPainter()
    if not painter.begin(device):
        return False
    page = QRectF(painter.viewport())
    line = page.height() / 40
    _write(painter, page.adjusted(0, 0, 0, 0), _title(), line * 0.8, bold=True)
    _write(painter, page.adjusted(0, line * 3, 0, 0), _explanation(), line * 0.42)
    _write(painter, page.adjusted(0, line * 11, 0, 0), code_in_lines(code), line * 0.9, bold=True)
    return painter.end()


def _write(painter: QPainter, area: QRectF, text: str, pixels: float, *, bold: bool = False) -> None:
    font = QFont(QApplication.font().family())
    font.setPixelSize(max(1, round(pixels)))
    font.setBold(bold)
    painter.setFont(font)
    painter.drawText(area, int(Qt.TextFlag.TextWordWrap), text)


def _title() -> str:
    return QCoreApplication.translate("RecoverySheet", "Herstelcode van BREN Desktop")


def _explanation() -> str:
    return QCoreApplication.translate(
        "RecoverySheet",
        "Met deze code opent u uw profiel als u uw wachtwoord bent vergeten. Bewaar dit blad op een veilige plek, "
        "niet bij de laptop. Wie dit blad en de laptop heeft, kan bij alle gegevens. Een nieuwe code maakt deze "
        "code ongeldig.\n\nHet streepje tussen de groepen hoeft u niet te typen; hoofdletters en kleine letters "
        "zijn gelijk.",
    )
