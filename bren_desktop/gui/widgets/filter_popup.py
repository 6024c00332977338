"""What opens beneath a filter chip: its choices to tick, found by typing where there are many."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from bren_desktop.domain.vocabulary import folded

Choice = tuple[str, str]
"""A code and how it is shown."""
SHOWN_AT_ONCE = 12
NARROWEST, WIDEST = 280, 480
_CODE = Qt.ItemDataRole.UserRole
_TICKS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class FilterPopup(QFrame):
    """`ticked` carries the code whose tick changes, `cleared` asks to take all ticks away."""

    ticked = Signal(str)
    cleared = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self.typed = QLineEdit(self)
        self.typed.setPlaceholderText(self.tr("Typ om te zoeken"))
        self.typed.setAccessibleName(self.tr("Zoeken in {filter}").format(filter=title))
        self.typed.textEdited.connect(self._narrow)
        self.list = QListWidget(self)
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(title)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._tick)
        self.none = QPushButton(self.tr("Alles weer tonen"), self)
        self.none.setProperty("role", "quiet")
        self.none.clicked.connect(self.cleared)
        for watched in (self.typed, self.list):
            watched.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        for widget in (self.typed, self.list, self.none):
            column.addWidget(widget)

    def show_choices(self, choices: Sequence[Choice], ticked: Collection[str]) -> None:
        """Show the choices and their ticks; the marked one stays marked."""
        if self.list.count() != len(choices):
            self.list.clear()
            self.list.addItems([""] * len(choices))
        for number, (code, label) in enumerate(choices):
            item = self.list.item(number)
            item.setText(label)
            item.setData(_CODE, code)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if code in ticked else Qt.CheckState.Unchecked)
        self.none.setEnabled(bool(ticked))

    def open_at(self, place: QPoint) -> None:
        """Open with the first choice marked; where there are many, the keyboard narrows them."""
        self.typed.clear()
        self._narrow("")
        many = self.list.count() > SHOWN_AT_ONCE
        self.typed.setVisible(many)
        width = self.list.sizeHintForColumn(0) + 64
        self.list.setFixedWidth(min(max(width, NARROWEST), WIDEST))
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * min(self.list.count(), SHOWN_AT_ONCE) + 4)
        self.adjustSize()
        self.move(on_screen(self, place))
        self.show()
        (self.typed if many else self.list).setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move through the choices while one types; Enter ticks, and so does Space outside a word."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in _MOVES and watched is self.typed:
            self.list.event(event)
            return True
        in_word = watched is self.typed and event.key() == Qt.Key.Key_Space and bool(self.typed.text())
        if event.key() in _TICKS and not in_word:
            self._tick(self.list.currentItem())
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def _narrow(self, typed: str) -> None:
        wanted = folded(typed)
        items = [self.list.item(number) for number in range(self.list.count())]
        for item in items:
            item.setHidden(wanted not in folded(item.text()))
        first = next((item for item in items if not item.isHidden()), None)
        if first is None:
            self.list.setCurrentRow(-1)
        else:
            self.list.setCurrentItem(first)
            self.list.scrollToItem(first)

    def _tick(self, item: QListWidgetItem | None) -> None:
        if item is not None and not item.isHidden():
            self.ticked.emit(str(item.data(_CODE)))


def on_screen(popup: QWidget, place: QPoint) -> QPoint:
    """Where to open `popup`: at `place`, or as near as the screen has room for all of it."""
    room = popup.screen().availableGeometry()
    left = min(place.x(), room.right() - popup.width())
    top = min(place.y(), room.bottom() - popup.height())
    return QPoint(max(left, room.left()), max(top, room.top()))
