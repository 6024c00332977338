"""The left side of the letter dialog: the blocks as text, and what the letter may hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.dutch import shortened
from bren_desktop.domain.letter_texts import Texts
from bren_desktop.domain.letters import Block, Letter, LetterRequest, PaperRequest, parse_paper_request
from bren_desktop.domain.papers.kind import Audience, PaperKind
from bren_desktop.domain.plain_dutch import too_hard
from bren_desktop.errors import InvalidInputError
from bren_desktop.gui.forms.letter import Ui_Letter
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.widgets.choice import ChoiceEdit
from bren_desktop.gui.widgets.field import Editor, Field
from bren_desktop.gui.widgets.options import of_list
from bren_desktop.gui.widgets.reach import enter
from bren_desktop.gui.widgets.texts import LineEdit, LongText

CRIMINAL_REASON = "strafrechtelijk_reden"
_BLOCKS, _HELP = "blokken", "inzet"
_WISHED = ("inzetvorm", "uren", "termijn")
_ADDRESS = ("ontvanger", "aanhef")
"""What the program proposes, until the user types something else."""
_Plans = dict[str, tuple[Field, str, Editor]]


class LetterForm(QObject):
    """`edited` tells that something was typed or ticked, `left` that a field was left.

    `unread` names the blocks that take over what others wrote about the young person to whom the letter goes.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, ui: Ui_Letter, kind: PaperKind, today: date, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._kind = kind
        self._is_consult = kind.audience is Audience.EXPERT
        self._texts: dict[str, LongText] = {}
        self._changed: set[str] = set()
        self.unread: tuple[str, ...] = ()
        self.blocks = {name: self._block(name) for name in self._kind.editable}
        self.asked = self._ask(today)
        for box in (ui.identifying, ui.criminal):
            box.toggled.connect(self._on_ticked)
        ui.ask_strafrechtelijk_reden.setEnabled(False)
        self._show_what_is_asked()
        self._set_tab_order()

    def request(self) -> PaperRequest | None:
        """What was filled in, or None with the reason beside its field."""
        for field in (*self.blocks.values(), *self.asked.values()):
            field.say("")
        try:
            return parse_paper_request(self._raw(), LetterRequest if self._is_consult else PaperRequest)
        except InvalidInputError as error:
            if not self.say(error):
                next(iter(self.blocks.values())).say(sentence(error))
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
        self._changed.update(set(_ADDRESS) & fields.keys() & self.asked.keys())
        self._ui.criminal.setChecked(fields.get("strafrechtelijk_opnemen") is True)
        self._ui.identifying.setChecked(fields.get("identificerend") is True)

    def show_letter(self, letter: Letter) -> None:
        """Show what the program composed in every block that the user left alone, and what is still lacking."""
        composed = {block.name: block for block in letter.blocks}
        self.unread = tuple(block.name for block in letter.blocks if self._is_unread(block))
        for name, field in self.blocks.items():
            block = composed.get(name)
            if name not in self._changed:
                self._texts[name].set_raw(block.plain if block else "")
            field.wish(self._wish(block) if block else "")
        for key, proposed in {"ontvanger": "\n".join(letter.recipient), "aanhef": letter.salutation}.items():
            if key in self.asked and key not in self._changed:
                self._editor(key).set_raw(proposed)

    def keep_as_is(self) -> None:
        """The user read what others wrote, and it may be said to the young person in these words."""
        self._changed.update(self.unread)
        self.edited.emit()

    def focus_first_gap(self) -> None:
        """Go to the first place that must still be filled in; what is wished for stands on top."""
        gaps = [name for name, field in self.blocks.items() if field.hint()]
        first = self.blocks[gaps[0]] if gaps else next(iter(self.blocks.values()))
        enter(self.asked["inzetvorm"] if _HELP in gaps else first)

    def channel(self) -> str:
        """By which channel the letter goes."""
        return str(self._editor("kanaal").raw())

    def say(self, error: InvalidInputError) -> bool:
        """Say a problem at the field it is about; whether there is one."""
        field = self._place(error.field)
        if field is None:
            return False
        field.say(sentence(error))
        enter(field)
        return True

    def _place(self, name: str) -> Field | None:
        """Where something is asked. What is wished for has fields on top: the first of them that is empty."""
        wished = [self.asked[key] for key in _WISHED if key in self.asked and not self._editor(key).raw()]
        return wished[0] if name == _HELP and wished else self.asked.get(name) or self.blocks.get(name)

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
        asked = {key: self._editor(key).raw() for key in self.asked if key not in _ADDRESS and key != "kanaal"}
        typed = {key: self._editor(key).raw() for key in _ADDRESS if key in self._changed}
        criminal = self._ui.criminal.isChecked()
        return {
            **asked,
            **typed,
            CRIMINAL_REASON: asked[CRIMINAL_REASON] if criminal else "",
            "strafrechtelijk_opnemen": criminal,
            "identificerend": self._ui.identifying.isChecked(),
            _BLOCKS: {name: self._texts[name].raw() for name in self._kind.editable if name in self._changed},
        }

    def _block(self, name: str) -> Field:
        field, text = Field(self._ui.blocks), LongText(self._ui.blocks)
        field.setObjectName(f"block_{name}")
        text.set_fewest_lines(2)
        heading = Texts(self._kind.key).headings[name]
        is_mandatory = name in self._kind.mandatory
        field.install(self.tr("{blok} (verplicht)").format(blok=heading) if is_mandatory else heading, text)
        text.edited.connect(lambda: self._on_block_edited(name))
        text.left.connect(self.left)
        self._texts[name] = text
        self._ui.block_rows.addWidget(field)
        return field

    def _wish(self, block: Block) -> str:
        """What is still to be filled in, or what a family would stumble over."""
        if self._is_unread(block):
            return self.tr("Over de jeugdige geschreven. Zeg het tegen de jeugdige: met je en jou.")
        if block.gap:
            return self.tr("Nog in te vullen: {wat}").format(wat=block.gap)
        if self._kind.audience is not Audience.FAMILY:
            return ""
        hard = too_hard(block.plain)
        words = self.tr("moeilijke woorden: {woorden}").format(woorden=", ".join(hard.words)) if hard.words else ""
        long = self.tr("een lange zin: “{zin}”").format(zin=shortened(hard.sentences[0], 60)) if hard.sentences else ""
        found = "; ".join(filter(None, (words, long)))
        return self.tr("Nog moeilijk om te lezen, {wat}").format(wat=found) if found else ""

    def _is_unread(self, block: Block) -> bool:
        return self._kind.to_young and bool(block.gap and block.plain)

    def _ask(self, today: date) -> dict[str, Field]:
        ui = self._ui
        consult: _Plans = {
            "inzetvorm": (ui.ask_inzetvorm, self.tr("Inzetvorm"), ChoiceEdit(of_list("inzetvormen", today))),
            "uren": (ui.ask_uren, self.tr("Aantal uren"), LineEdit()),
            "termijn": (ui.ask_termijn, self.tr("Termijn, bijvoorbeeld 4-12-2026"), LineEdit()),
        }
        address: _Plans = {
            "ontvanger": (ui.ask_ontvanger, self.tr("Postadres"), LongText()),
            "aanhef": (ui.ask_aanhef, self.tr("Aanhef"), LineEdit()),
        }
        plans: _Plans = {
            **(consult if self._is_consult else address),
            CRIMINAL_REASON: (ui.ask_strafrechtelijk_reden, self.tr("Reden"), LineEdit()),
            "kanaal": (ui.ask_kanaal, self.tr("Verzenden per"), ChoiceEdit(of_list("verzendkanaal", today))),
        }
        for key, (field, name, editor) in plans.items():
            field.install(name, editor)
            field.left.connect(self.left)
            if key != "kanaal":
                field.edited.connect(partial(self._on_asked_edited, key))
        return {key: field for key, (field, _, _) in plans.items()}

    def _show_what_is_asked(self) -> None:
        """Only what this kind of document knows."""
        ui, may_name = self._ui, bool(self._kind.purpose)
        ui.help_card.setVisible(self._is_consult)
        ui.address_card.setVisible(not self._is_consult)
        ui.limits_card.setVisible(may_name)
        ui.identifying.setVisible(may_name)
        for widget in (ui.criminal, ui.ask_strafrechtelijk_reden):
            widget.setVisible(self._is_consult)

    def _set_tab_order(self) -> None:
        """As one reads: what is wished for, the blocks, what may be in it, the channel, the buttons."""
        ui = self._ui
        wished = [self._editor(key) for key in (*_WISHED, *_ADDRESS) if key in self.asked]
        last = (
            ui.identifying,
            ui.criminal,
            self._editor(CRIMINAL_REASON),
            self._editor("kanaal"),
            ui.release,
            ui.concept,
            ui.close,
        )
        order: list[QWidget] = [*wished, *self._texts.values(), *last]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _editor(self, key: str) -> Editor:
        editor = self.asked[key].editor
        if editor is None:
            raise TypeError(f"{key} has no editor")
        return editor

    def _on_asked_edited(self, key: str) -> None:
        self._changed.add(key)
        self.edited.emit()

    def _on_block_edited(self, name: str) -> None:
        self._changed.add(name)
        self.edited.emit()

    def _on_ticked(self) -> None:
        self._ui.ask_strafrechtelijk_reden.setEnabled(self._ui.criminal.isChecked())
        self._ui.consent_problem.hide()
        self.edited.emit()
