"""A layout that fills lines like words in a paragraph, for chips."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowLayout(QLayout):
    """Places its widgets from left to right and starts a new line where one does not fit."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 4) -> None:
        super().__init__(parent)
        self._placed: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        """By width; Qt asks a dozen times for each time that something changes."""
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._placed.append(item)
        self._heights.clear()

    def insertWidget(self, index: int, widget: QWidget) -> None:
        """Place a widget before the one at `index`."""
        self.addWidget(widget)
        self._placed.insert(index, self._placed.pop())
        self.invalidate()

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def count(self) -> int:
        return len(self._placed)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._placed[index] if 0 <= index < len(self._placed) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._heights.clear()
        return self._placed.pop(index) if 0 <= index < len(self._placed) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            margins = self.contentsMargins()
            inside = QRect(0, 0, width, 0).marginsRemoved(QMargins(margins.left(), 0, margins.right(), 0))
            self._heights[width] = self._place(inside, move=False) + margins.top() + margins.bottom()
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._placed:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Walk along the lines; the height that they take."""
        y = rect.y()
        for line in self._lines(rect):
            height = max(place.height() for _, place in line)
            for item, place in line if move else ():
                item.setGeometry(place.translated(0, y + (height - place.height()) // 2))
            y += height + self.spacing()
        return max(0, y - self.spacing() - rect.y())

    def _lines(self, rect: QRect) -> Iterator[list[tuple[QLayoutItem, QRect]]]:
        """What is shown, by line, each with its place as if its line were the top."""
        line: list[tuple[QLayoutItem, QRect]] = []
        x = rect.x()
        for number, item in enumerate(self._placed):
            if (widget := item.widget()) is not None and widget.isHidden():
                continue
            size = item.sizeHint().expandedTo(item.minimumSize())
            if line and x + size.width() > rect.right() + 1:
                yield line
                line, x = [], rect.x()
            width = size.width()
            if number == len(self._placed) - 1 and item.expandingDirections() & Qt.Orientation.Horizontal:
                width = max(width, rect.right() + 1 - x)
            line.append((item, QRect(x, 0, min(width, max(rect.width(), 1)), size.height())))
            x += width + self.spacing()
        if line:
            yield line


class FlowFrame(QWidget):
    """A place on a form for chips that flow over as many lines as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing=8)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Place a widget at the end."""
        self._flow.addWidget(widget)

    def insert(self, index: int, widget: QWidget) -> None:
        """Place a widget before the one at `index`."""
        self._flow.insertWidget(index, widget)
