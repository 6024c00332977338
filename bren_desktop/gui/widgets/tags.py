"""Several tags out of a list, each a chip that a key or a click takes away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QWidget

from bren_desktop.gui.models.paged import plain_tip
from bren_desktop.gui.widgets.flow import FlowLayout
from bren_desktop.gui.widgets.look import restyle
from bren_desktop.gui.widgets.options import Option, Options
from bren_desktop.gui.widgets.reach import IN_TAB_ORDER
from bren_desktop.gui.widgets.typeahead import Typeahead

LONGEST_CHIP, LONGEST_UNCODED = 52, 32


def shortened(name: str, most: int = LONGEST_CHIP) -> str:
    """As much of a name as a chip has room for."""
    return name if len(name) <= most else f"{name[:most].rstrip()}…"


class Chip(QToolButton):
    """One chosen tag; pressing it takes it away."""

    gone = Signal(str)

    def __init__(self, code: str, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        self.setText(f"{shortened(name)}  ✕".replace("&", "&&"))
        self.setProperty("role", "tag")
        self.setToolTip(plain_tip(label))
        self.setAccessibleName(self.tr("{tag}, weghalen").format(tag=label))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.clicked.connect(lambda: self.gone.emit(self.code))


class TagPicker(QFrame):
    """`raw` is the list of codes; what no list knows is taken as it was typed. Backspace takes the last one away."""

    edited = Signal()
    left = Signal()

    def __init__(self, options: Options, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = options
        self._codes: list[str] = []
        self.setFocusPolicy(IN_TAB_ORDER)
        self.setProperty("role", "tags")
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(4, 4, 4, 4)
        self._edit = Typeahead(self._fitting, self)
        self._edit.setObjectName("typed")
        self._edit.setMinimumWidth(160)
        self._edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        chosen, free = self.tr("Typ een paar letters, of pijl omlaag"), self.tr("Typ iets en druk op Enter")
        self._edit.setPlaceholderText(chosen if options.all else free)
        self._edit.setFrame(False)
        self._edit.taken.connect(self._on_taken)
        self._edit.left.connect(self._on_left)
        self._edit.installEventFilter(self)
        self._flow.addWidget(self._edit)
        self.setFocusProxy(self._edit)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def raw(self) -> list[str]:
        """The chosen codes in the order in which they were chosen."""
        return list(self._codes)

    def set_raw(self, value: object) -> None:
        """Show these codes and no others."""
        self._codes = []
        for chip in self.findChildren(Chip):
            self._flow.removeWidget(chip)
            chip.deleteLater()
            chip.hide()
        for code in value if isinstance(value, list | tuple) else ():
            self._add(str(code))

    def set_options(self, options: Options) -> None:
        """Choose from these from now on."""
        self._options = options
        self.set_raw(self.raw())

    def take(self, code: str) -> None:
        """Add a tag as if it was chosen from the list."""
        self._add(code)
        self.edited.emit()

    def setReadOnly(self, read_only: bool) -> None:
        """Show only."""
        self.setEnabled(not read_only)

    def setAccessibleName(self, name: str) -> None:
        """Name the line in which one types as well: that is what has the focus."""
        super().setAccessibleName(name)
        self._edit.setAccessibleName(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes what was typed; Backspace in an empty line takes the last tag away."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            restyle(self, "active", event.type() == QEvent.Type.FocusIn)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Backspace and not self._edit.text() and self._codes:
            self._remove(self._codes[-1])
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._edit.is_offering():
            return self._take_typed() and event.modifiers() == Qt.KeyboardModifier.NoModifier
        return super().eventFilter(watched, event)

    def _fitting(self, typed: str) -> Sequence[Option]:
        return self._options.matching(typed, without=self._codes)

    def _on_taken(self, code: str) -> None:
        self._edit.clear()
        self.take(code)

    def _on_left(self) -> None:
        self._take_typed()
        self.left.emit()

    def _take_typed(self) -> bool:
        typed = self._edit.text().strip()
        if not typed:
            return False
        self._on_taken(self._options.code(typed) or typed)
        return True

    def _add(self, code: str) -> None:
        if code in self._codes:
            return
        self._codes.append(code)
        name, label = self._options.short(code), self._options.label(code)
        if self._options.is_to_code(code):
            to_code = self.tr("{tekst} (niet in de lijst)")
            name, label = (to_code.format(tekst=text) for text in (shortened(code, LONGEST_UNCODED), code))
        chip = Chip(code, name, label, self)
        chip.gone.connect(self._remove)
        self._flow.insertWidget(self._flow.count() - 1, chip)
        chip.show()
        self.updateGeometry()

    def _remove(self, code: str) -> None:
        self._codes.remove(code)
        for chip in self.findChildren(Chip):
            if chip.code == code:
                self._flow.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
        self.updateGeometry()
        self.edited.emit()
