"""The results below the search box: grouped rows, drawn as plain text with the found words marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bren_desktop.gui import icons, theme

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole
MARK_ON, MARK_OFF = "\x02", "\x03"
_ROOT = QModelIndex()
_HEAD_HEIGHT, _ROW_HEIGHT, _PADDING, _ICON = 28, 46, 12, 18


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a head of a group (without icon), or a result. Texts may hold marks around found words."""

    title: str
    detail: str = ""
    icon: str = ""
    target: object = None

    @property
    def is_head(self) -> bool:
        return not self.icon


class ResultsModel(QAbstractListModel):
    """The rows of the moment."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled if self.entries[index.row()].is_head else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        return f"{unmarked(entry.title)} {unmarked(entry.detail)}".strip() if role in _SPOKEN else None


_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class ResultsDelegate(QStyledItemDelegate):
    """Draws heads and results."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.is_head:
            _paint_head(painter, option, entry)
        else:
            _paint_result(painter, option, entry)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(ENTRY_ROLE)
        if entry.is_head:
            return QSize(200, _HEAD_HEIGHT)
        return QSize(200, _ROW_HEIGHT if entry.detail else _ROW_HEIGHT - 12)


def unmarked(text: str) -> str:
    """`text` without the marks around found words, on one line."""
    return " ".join(text.replace(MARK_ON, "").replace(MARK_OFF, "").split())


def _paint_head(painter: QPainter, option: QStyleOptionViewItem, entry: Entry) -> None:
    painter.setFont(bold(option.font))
    painter.setPen(theme.current().colour("muted"))
    area = option.rect.adjusted(_PADDING, 0, -_PADDING, -2)
    painter.drawText(area, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, entry.title)


def _paint_result(painter: QPainter, option: QStyleOptionViewItem, entry: Entry) -> None:
    colours = theme.current()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected:
        painter.fillRect(option.rect, colours.colour("accent_soft"))
    ink = colours.colour("on_accent_soft" if selected else "text")
    area = option.rect.adjusted(_PADDING, 5, -_PADDING, -5)
    middle = area.center().y() - _ICON // 2
    icons.paint_icon(painter, entry.icon, QRect(area.left(), middle, _ICON, _ICON), ink)
    lines = area.adjusted(_ICON + 10, 0, 0, 0)
    half = lines.height() // 2 if entry.detail else lines.height()
    painter.setPen(ink)
    painter.setFont(option.font)
    paint_marked(painter, QRect(lines.left(), lines.top(), lines.width(), half), entry.title)
    if entry.detail:
        painter.setPen(ink if selected else colours.colour("muted"))
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.92)
        painter.setFont(small)
        paint_marked(painter, QRect(lines.left(), lines.top() + half, lines.width(), half), entry.detail)


def paint_marked(painter: QPainter, area: QRect, text: str) -> None:
    """Draw one line in the pen of the painter, found words on the colour of a marker."""
    colours, pen = theme.current(), painter.pen()
    metrics = QFontMetrics(painter.font())
    left = area.left()
    for part, marked in _parts(text):
        shown = metrics.elidedText(part, Qt.TextElideMode.ElideRight, area.right() - left)
        width = metrics.horizontalAdvance(shown)
        place = QRect(left, area.top(), width, area.height())
        if marked:
            painter.fillRect(place.adjusted(-1, 1, 1, -1), colours.colour("mark"))
        painter.setPen(colours.colour("on_mark") if marked else pen)
        painter.drawText(place.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        left += width
        if shown != part:
            return


def _parts(text: str) -> list[tuple[str, bool]]:
    """The pieces of `text`, each with whether it was found."""
    pieces: list[tuple[str, bool]] = []
    line = " ".join(text.split(" ")).replace("\n", " ")
    for number, chunk in enumerate(line.split(MARK_ON)):
        found, _, rest = chunk.partition(MARK_OFF) if number else ("", "", chunk)
        pieces += [(piece, marked) for piece, marked in ((found, True), (rest, False)) if piece]
    return pieces


def bold(font: QFont) -> QFont:
    """The font of the head of a group."""
    bold = QFont(font)
    bold.setBold(True)
    bold.setPointSizeF(font.pointSizeF() * 0.92)
    return bold
