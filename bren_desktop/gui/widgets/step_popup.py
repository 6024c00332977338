"""What opens beneath Volgende stap: each step that leads on, with what it still lacks beneath its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from bren_desktop.gui import icons
from bren_desktop.gui.step_words import option_icon, option_line
from bren_desktop.gui.widgets.filter_popup import on_screen
from bren_desktop.services.life import Option

_WIDTH, _EDGE = 460, 8
_CHOOSES = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class StepPopup(QFrame):
    """`chosen` carries the number of a step in the list that was shown."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._button = parent
        self.setProperty("role", "card")
        self.list = QListWidget(self)
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(self.tr("Volgende stap"))
        self.list.setWordWrap(True)
        self.list.setFixedWidth(_WIDTH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._choose)
        self.list.installEventFilter(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self._column.addWidget(self.list)

    def open_at(self, place: QPoint, options: Sequence[Option]) -> None:
        """Open with the first step marked."""
        self.list.clear()
        for option in options:
            text = "\n".join(filter(None, (option.step.verb, option_line(option))))
            QListWidgetItem(icons.icon(option_icon(option)), text, self.list)
        self.list.setCurrentRow(0)
        self.show()
        self._fit()
        self.move(on_screen(self, place))
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fit(self) -> None:
        """As high as the steps are at this width, which shows once they are laid out; never higher than the window."""
        room = self._button.window().height() - 4 * _EDGE
        self.list.setFixedHeight(room)
        self.list.doItemsLayout()
        last = self.list.visualItemRect(self.list.item(self.list.count() - 1))
        self.list.setFixedHeight(min(last.bottom() + _EDGE, room))
        self._column.activate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Space choose."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _CHOOSES:
            self._choose(self.list.currentItem())
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def _choose(self, item: QListWidgetItem) -> None:
        self.close()
        self.chosen.emit(self.list.row(item))
