"""A field on a form: its name, what is typed in it, and beneath it what the program has to say about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from bren_desktop.domain.bsn import may_hold_bsn
from bren_desktop.gui.models.columns import Badge, Tone
from bren_desktop.gui.widgets.badge import BadgeLabel
from bren_desktop.gui.widgets.choice import ChoiceEdit
from bren_desktop.gui.widgets.gap_editor import GapEditor
from bren_desktop.gui.widgets.look import restyle
from bren_desktop.gui.widgets.reach import IN_TAB_ORDER
from bren_desktop.gui.widgets.rows_editor import RowsEditor
from bren_desktop.gui.widgets.tags import TagPicker
from bren_desktop.gui.widgets.texts import LineEdit, LongText

Editor = LineEdit | LongText | ChoiceEdit | TagPicker | RowsEditor | GapEditor


class Field(QWidget):
    """An empty place on a form until `install` puts an editor in it.

    With the property `headed` the card above it has its name already, and it is not shown again.
    """

    edited = Signal()
    left = Signal()
    kept = Signal()
    """Of several versions, the one that is shown is the one to keep."""
    versions_wanted = Signal()
    """Of several versions, each is to be shown whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor: Editor | None = None
        self.setFocusPolicy(IN_TAB_ORDER)
        self._problem = self._wish = self._versions = self._remark = ""
        self._badge: BadgeLabel | None = None
        self._keep: QPushButton | None = None
        self._look: QPushButton | None = None
        self._hint: QLabel | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._top = QHBoxLayout()
        self._top.setSpacing(8)
        self._name = _label(self, "label")
        self._top.addWidget(self._name)
        self._top.addStretch(1)
        self._column.addLayout(self._top)
        self._column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def install(self, name: str, editor: Editor) -> None:
        """Put `editor` in place under `name`."""
        self.editor = editor
        self.rename(name)
        self._name.setHidden(bool(self.property("headed")))
        self._name.setBuddy(editor)
        editor.setObjectName("editor")
        self._column.insertWidget(1, editor)
        editor.show()
        QWidget.setTabOrder(self, editor)
        if isinstance(editor, RowsEditor):
            editor.order_tabs()
        editor.edited.connect(self.edited)
        editor.left.connect(self.left)
        if isinstance(editor, LineEdit | LongText | ChoiceEdit):
            editor.textChanged.connect(self._on_text_changed)
        elif isinstance(editor, RowsEditor):
            editor.edited.connect(self._on_text_changed)
        if isinstance(editor, LongText):
            editor.refused.connect(self.say)
        restyle(editor, "invalid", self.has_problem())
        editor.setAccessibleDescription(self.hint())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the editor. A focus proxy does the same, and leads Tab back from what stands below."""
        if self.editor is not None:
            self.editor.setFocus(event.reason())

    def last_stop(self) -> QWidget:
        """Where Tab leaves the field: its editor, or beneath rows the button that adds one."""
        if isinstance(self.editor, RowsEditor):
            return self.editor.last_stop()
        return self.editor or self

    def put_below(self, widget: QWidget) -> None:
        """Place a widget between the editor and what is said about the field."""
        self._column.insertWidget(2, widget)

    def rename(self, name: str) -> None:
        """Call the field otherwise, where what is asked has a name of its own."""
        self._name.setText(name)
        if self.editor is not None:
            self.editor.setAccessibleName(name)

    def name(self) -> str:
        """What the field is called."""
        return self._name.text()

    def hint(self) -> str:
        """What the program says about the field."""
        return self._hint.text() if self._hint is not None else ""

    def badge(self) -> str:
        """What the badge beside the name says."""
        return self._badge.badge().word if self._badge is not None else ""

    def say(self, problem: str) -> None:
        """Say beneath the field why its value cannot be taken; empty takes it back."""
        self._problem = problem
        self._show()

    def has_problem(self) -> bool:
        """Whether the value cannot be taken as it stands."""
        return bool(self._problem)

    def wish(self, text: str) -> None:
        """Say what the field is still needed for."""
        self._wish = text
        self._show()

    def show_versions(self, texts: Sequence[str], *, one_value: bool = True) -> None:
        """Show every version of a value that colleagues wrote at the same time; rows are looked at elsewhere."""
        several = len(texts) > 1
        if several and self._badge is None:
            self._make_choice()
        if self._badge is not None and self._keep is not None and self._look is not None:
            count = self.tr("{n} versies").format(n=len(texts))
            self._badge.show_badge(Badge(count, Tone.WARN, icon="versions") if several else None)
            self._look.setVisible(several)
            self._keep.setVisible(several and one_value)
        self._versions = "\n".join(texts) if several else ""
        self._show()

    def _make_choice(self) -> None:
        self._badge = BadgeLabel(self)
        self._top.insertWidget(1, self._badge)
        self._look = self._link(self.tr("Versies bekijken"), 2)
        self._look.clicked.connect(self.versions_wanted)
        self._keep = self._link(self.tr("Deze waarde houden"), 3)
        self._keep.clicked.connect(self._on_kept)

    def _link(self, text: str, place: int) -> QPushButton:
        link = QPushButton(text, self)
        link.setProperty("role", "link")
        self._top.insertWidget(place, link)
        return link

    def _on_text_changed(self) -> None:
        holds = any(map(may_hold_bsn, _written(self.editor)))
        bsn = self.tr(
            "Hier staat een getal dat een BSN kan zijn. Een BSN hoort niet in dit programma: haal het dan weg."
        )
        remark = bsn if holds else ""
        if remark != self._remark:
            self._remark = remark
            self._show()

    def _on_kept(self) -> None:
        self.show_versions(())
        self.kept.emit()

    def _show(self) -> None:
        said = self._problem or self._remark or self._versions or self._wish
        if said == self.hint() and not self._problem:
            return
        if self._hint is None:
            self._hint = _label(self, "hint")
            self._column.insertWidget(self._column.count() - 1, self._hint)
        self._hint.setText(said)
        self._hint.setVisible(bool(said))
        restyle(self._hint, "role", "error" if self._problem or self._remark else "hint")
        if self.editor is not None:
            restyle(self.editor, "invalid", bool(self._problem))
            self.editor.setAccessibleDescription(said)


def _written(editor: Editor | None) -> Iterator[str]:
    """The texts that stand in an editor now."""
    if isinstance(editor, LongText):
        yield editor.raw()
    elif isinstance(editor, LineEdit | ChoiceEdit):
        yield editor.text()
    elif isinstance(editor, RowsEditor):
        yield from (str(value) for row in editor.raw() for value in row.values())


def _label(parent: QWidget, role: str) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role == "hint")
    label.setProperty("role", role)
    return label
