"""The left side of the letter dialog: the blocks as text, and what the letter may hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.letter_texts import Texts
from bren_desktop.domain.letters import Letter, LetterRequest, parse_request
from bren_desktop.domain.papers.consultation import CONSULTATION
from bren_desktop.errors import InvalidInputError
from bren_desktop.gui.forms.letter import Ui_Letter
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.widgets.choice import ChoiceEdit
from bren_desktop.gui.widgets.field import Editor, Field
from bren_desktop.gui.widgets.options import of_list
from bren_desktop.gui.widgets.texts import LineEdit, LongText

CRIMINAL_REASON = "strafrechtelijk_reden"
_BLOCKS, _HELP = "blokken", "inzet"


class LetterForm(QObject):
    """`edited` tells that something was typed or ticked, `left` that a field was left."""

    edited = Signal()
    left = Signal()

    def __init__(self, ui: Ui_Letter, today: date, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._texts: dict[str, LongText] = {}
        self._changed: set[str] = set()
        self.blocks = {name: self._block(name) for name in CONSULTATION.editable}
        self.asked = self._ask(today)
        for box in (ui.identifying, ui.criminal):
            box.toggled.connect(self._on_ticked)
        ui.ask_strafrechtelijk_reden.setEnabled(False)
        self._set_tab_order()

    def request(self) -> LetterRequest | None:
        """What was filled in, or None with the reason beside its field."""
        for field in (*self.blocks.values(), *self.asked.values()):
            field.say("")
        try:
            return parse_request(self._raw())
        except InvalidInputError as error:
            if not self.say(error):
                self.blocks["vragen"].say(sentence(error))
            return None

    def typed(self) -> Mapping[str, object]:
        """What a draft keeps."""
        return self._raw()

    def lay_over(self, fields: Mapping[str, object]) -> None:
        """Bring back what a draft kept."""
        blocks = fields.get(_BLOCKS)
        for name, text in blocks.items() if isinstance(blocks, Mapping) else ():
            if name in self._texts:
                self._changed.add(name)
                self._texts[name].set_raw(text)
        for key in self.asked.keys() & fields.keys():
            self._editor(key).set_raw(fields[key])
        self._ui.criminal.setChecked(fields.get("strafrechtelijk_opnemen") is True)
        self._ui.identifying.setChecked(fields.get("identificerend") is True)

    def show_letter(self, letter: Letter) -> None:
        """Show what the program composed in every block that the user left alone, and what is still lacking."""
        composed = {block.name: block for block in letter.blocks}
        for name, field in self.blocks.items():
            block = composed.get(name)
            if name not in self._changed:
                self._texts[name].set_raw(block.plain if block else "")
            gap = block.gap if block else ""
            field.wish(self.tr("Nog in te vullen: {wat}").format(wat=gap) if gap else "")

    def focus_first_gap(self) -> None:
        """Go to the first place that must still be filled in; what is wished for stands on top."""
        gaps = [name for name, field in self.blocks.items() if field.hint()]
        first = self.asked["inzetvorm"] if _HELP in gaps else self.blocks[gaps[0] if gaps else "vragen"]
        first.setFocus()

    def channel(self) -> str:
        """By which channel the letter goes."""
        return str(self._editor("kanaal").raw())

    def say(self, error: InvalidInputError) -> bool:
        """Say a problem at the field it is about; whether there is one."""
        field = self.asked.get(error.field) or self.blocks.get(error.field)
        if field is None:
            return False
        field.say(sentence(error))
        field.setFocus()
        return True

    def refuse_name(self, why: str) -> None:
        """Take the tick for the name away, and say why."""
        self._ui.identifying.blockSignals(True)
        self._ui.identifying.setChecked(False)
        self._ui.identifying.blockSignals(False)
        self._ui.consent_problem.setText(why)
        self._ui.consent_problem.show()

    def freeze(self) -> None:
        """The letter was filed: it is made anew, not changed."""
        self._ui.form.setEnabled(False)
        self.asked["kanaal"].setEnabled(False)
        self._ui.missing_bar.hide()

    def _raw(self) -> dict[str, object]:
        asked = {key: self._editor(key).raw() for key in self.asked if key != "kanaal"}
        criminal = self._ui.criminal.isChecked()
        return {
            **asked,
            CRIMINAL_REASON: asked[CRIMINAL_REASON] if criminal else "",
            "strafrechtelijk_opnemen": criminal,
            "identificerend": self._ui.identifying.isChecked(),
            _BLOCKS: {name: self._texts[name].raw() for name in CONSULTATION.editable if name in self._changed},
        }

    def _block(self, name: str) -> Field:
        field, text = Field(self._ui.blocks), LongText(self._ui.blocks)
        field.setObjectName(f"block_{name}")
        text.set_fewest_lines(2)
        heading = Texts(CONSULTATION.key).headings[name]
        field.install(
            self.tr("{blok} (verplicht)").format(blok=heading) if name in CONSULTATION.mandatory else heading, text
        )
        text.edited.connect(lambda: self._on_block_edited(name))
        text.left.connect(self.left)
        self._texts[name] = text
        self._ui.block_rows.addWidget(field)
        return field

    def _ask(self, today: date) -> dict[str, Field]:
        ui = self._ui
        plans: dict[str, tuple[Field, str, Editor]] = {
            "inzetvorm": (ui.ask_inzetvorm, self.tr("Inzetvorm"), ChoiceEdit(of_list("inzetvormen", today))),
            "uren": (ui.ask_uren, self.tr("Aantal uren"), LineEdit()),
            "termijn": (ui.ask_termijn, self.tr("Termijn, bijvoorbeeld 4-12-2026"), LineEdit()),
            CRIMINAL_REASON: (ui.ask_strafrechtelijk_reden, self.tr("Reden"), LineEdit()),
            "kanaal": (ui.ask_kanaal, self.tr("Verzenden per"), ChoiceEdit(of_list("verzendkanaal", today))),
        }
        for key, (field, name, editor) in plans.items():
            field.install(name, editor)
            field.left.connect(self.left)
            if key != "kanaal":
                field.edited.connect(self.edited)
        return {key: field for key, (field, _, _) in plans.items()}

    def _set_tab_order(self) -> None:
        """As one reads: what is wished for, the blocks, what may be in it, the channel, the buttons."""
        ui = self._ui
        wished = [self._editor(key) for key in ("inzetvorm", "uren", "termijn")]
        last = (
            ui.identifying,
            ui.criminal,
            self._editor(CRIMINAL_REASON),
            self._editor("kanaal"),
            ui.release,
            ui.concept,
        )
        order: list[QWidget] = [*wished, *self._texts.values(), *last]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _editor(self, key: str) -> Editor:
        editor = self.asked[key].editor
        if editor is None:
            raise TypeError(f"{key} has no editor")
        return editor

    def _on_block_edited(self, name: str) -> None:
        self._changed.add(name)
        self.edited.emit()

    def _on_ticked(self) -> None:
        self._ui.ask_strafrechtelijk_reden.setEnabled(self._ui.criminal.isChecked())
        self._ui.consent_problem.hide()
        self.edited.emit()
