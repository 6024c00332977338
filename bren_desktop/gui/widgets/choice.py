"""One choice out of a list, by typing a few letters of it; what no list knows is kept as it was typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from bren_desktop.gui.models.paged import plain_tip
from bren_desktop.gui.widgets.look import restyle
from bren_desktop.gui.widgets.options import Option, Options
from bren_desktop.gui.widgets.typeahead import Typeahead

ROOM_FOR_ARROW = 20
_AROUND = ROOM_FOR_ARROW + 22


class ChoiceEdit(Typeahead):
    """`raw` is the code that was chosen, or the text that no option matches. With `free`, text stays text.

    What was chosen is said by its short name where the whole one does not fit, which is then its tooltip; in a `brief`
    one, of a row, always.
    """

    edited = Signal()

    def __init__(
        self, options: Options, *, free: bool = False, brief: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(self._fitting, parent)
        self._free, self._brief = free, brief
        self.set_options(options)
        self._raw = ""
        self.setTextMargins(0, 0, ROOM_FOR_ARROW, 0)
        self.taken.connect(self._on_taken)
        self.left.connect(self._on_left)
        self.textEdited.connect(self._on_typed)

    def raw(self) -> str:
        """The code, or the text as typed."""
        return self._raw

    def set_raw(self, value: object) -> None:
        """Show a code by its label."""
        self._raw = str(value or "")
        self._show_chosen()

    def set_options(self, options: Options) -> None:
        """Offer something else from now on; what was chosen stays."""
        self._options = options
        restyle(self, "role", "choice" if options.all else "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.is_offering():
            self.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_what_fits()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_what_fits()

    def _show_what_fits(self) -> None:
        has_two_names = self._options.label(self._raw) != self._options.short(self._raw)
        if has_two_names and not self.isModified():
            self._show_chosen()

    def _show_chosen(self) -> None:
        label = self._options.label(self._raw)
        self.setText(self._options.short(self._raw) if self._brief or not self._has_room(label) else label)
        self.setToolTip(plain_tip(label if self.text() != label else ""))
        self.setCursorPosition(0)

    def _has_room(self, label: str) -> bool:
        """Whether a label can be read whole; of what was not on the screen yet, that is not known."""
        return not self.isVisible() or self.fontMetrics().horizontalAdvance(label) <= self.width() - _AROUND

    def _fitting(self, typed: str) -> Sequence[Option]:
        return self._options.matching(typed)

    def _on_typed(self, text: str) -> None:
        self._raw = text.strip() if self._free else self._options.code(text) or text.strip()
        self.edited.emit()

    def _on_taken(self, code: str) -> None:
        self.set_raw(code)
        self.edited.emit()

    def _on_left(self) -> None:
        if self._raw and not self._free:
            self.set_raw(self._raw)
