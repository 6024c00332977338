"""A line that offers what fits while one types. Enter or Tab takes the marked offer; arrow down shows them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from bren_desktop.gui.models.paged import plain_tip
from bren_desktop.gui.widgets.options import Option
from bren_desktop.gui.widgets.texts import NEVER_CUT

CODE_ROLE = Qt.ItemDataRole.UserRole
TAKES = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
SHOWN_AT_ONCE = 12


class Typeahead(QLineEdit):
    """`offers` gives what fits for a text. `taken` carries the code of the offer that was taken."""

    taken = Signal(str)
    left = Signal()

    def __init__(self, offers: Callable[[str], Sequence[Option]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(NEVER_CUT)
        self._offers = offers
        self._list: _Offers | None = None
        self.marks_first = True
        """Whether Enter and Tab take the first offer; otherwise only one that arrow down has marked."""
        self.textEdited.connect(self._on_text_edited)

    def is_offering(self) -> bool:
        """Whether the list of offers is open."""
        return self._list is not None and self._list.popup.isVisible()

    def offer(self, typed: str) -> None:
        """Open the list with what fits `typed`, the best offer marked."""
        found = self._offers(typed)
        if found:
            self._open_list().show(found, mark=self.marks_first)
        else:
            self.close_offers()

    def close_offers(self) -> None:
        """Close the list and take nothing."""
        if self._list is not None:
            self._list.popup.hide()

    def event(self, event: QEvent) -> bool:
        """Take the marked offer on Enter and Tab; Tab then goes on to the next field as always."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.is_offering():
            if event.key() in TAKES and self._take_marked():
                if event.key() == Qt.Key.Key_Tab:
                    self.focusNextChild()
                event.accept()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_offers()
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.is_offering() and not self.isReadOnly():
            self.offer("")
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.isReadOnly():
            self.offer("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.close_offers()
            self.left.emit()

    def _on_text_edited(self, text: str) -> None:
        if text.strip():
            self.offer(text)
        else:
            self.close_offers()

    def _open_list(self) -> _Offers:
        """The list, made when it is first opened: a form has many of these lines."""
        if self._list is None:
            self._list = _Offers(self)
            self._list.popup.clicked.connect(self._on_clicked)
        return self._list

    def _take_marked(self) -> bool:
        index = self._list.popup.currentIndex() if self._list is not None else QModelIndex()
        if not index.isValid():
            return False
        self._on_clicked(index)
        return True

    def _on_clicked(self, index: QModelIndex) -> None:
        self.close_offers()
        self.taken.emit(str(index.data(CODE_ROLE)))


class _Offers:
    """The list below a line."""

    def __init__(self, line: QLineEdit) -> None:
        self._line = line
        self._model = QStandardItemModel(line)
        self._completer = QCompleter(self._model, line)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(SHOWN_AT_ONCE)
        self._completer.setWidget(line)
        self.popup = QListView(line)
        self.popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._completer.setPopup(self.popup)

    def show(self, offers: Sequence[Option], *, mark: bool) -> None:
        """Open with these offers, the first one marked or none."""
        self._model.clear()
        self._model.setColumnCount(1)
        for option in offers:
            self._model.appendRow(_item(option))
        self.popup.setMinimumWidth(self._room_wanted())
        self._completer.complete()
        first = self._completer.completionModel().index(0, 0)
        self.popup.setCurrentIndex(first if mark else QModelIndex())

    def _room_wanted(self) -> int:
        """As wide as the longest offer, as far as the window goes."""
        longest = self.popup.sizeHintForColumn(0) + 2 * self.popup.frameWidth()
        bar = self.popup.verticalScrollBar().sizeHint().width() if self._model.rowCount() > SHOWN_AT_ONCE else 0
        left = self._line.mapTo(self._line.window(), QPoint()).x()
        return min(longest + bar, self._line.window().width() - left)


def _item(option: Option) -> QStandardItem:
    item = QStandardItem(option.label)
    item.setData(option.code, CODE_ROLE)
    item.setToolTip(plain_tip(option.label))
    item.setEditable(False)
    return item
