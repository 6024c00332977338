"""The right side of the conflict screen: one field with its versions, the proposal, and what will stand there."""

from __future__ import annotations

from pydantic import BaseModel
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from bren_desktop.domain.entities import MODELS
from bren_desktop.domain.field_words import in_words
from bren_desktop.domain.fields import Shape
from bren_desktop.gui.editors import EditorKit
from bren_desktop.gui.forms.conflicts import Ui_Conflicts
from bren_desktop.gui.models.columns import Badge, Tone
from bren_desktop.gui.settling import Place
from bren_desktop.gui.version_words import Prepared, changes_in_words
from bren_desktop.gui.widgets.field import Field
from bren_desktop.gui.widgets.texts import LongText
from bren_desktop.gui.widgets.version_card import VersionCard

_LINES = 4
_MOST_KEYS = 9


class VersionPane(QObject):
    """Fills the form for one place after another. `chosen` tells that a version, a proposal or a text was chosen."""

    chosen = Signal()

    def __init__(self, ui: Ui_Conflicts, kit: EditorKit, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._kit = ui, kit
        self._place: Place | None = None
        self.cards: list[VersionCard] = []
        self.field: Field | None = None
        ui.use_proposal.clicked.connect(self._on_proposal)
        ui.scroll.hide()
        for n in range(1, _MOST_KEYS + 1):
            QShortcut(QKeySequence(f"Alt+{n}"), ui.scroll).activated.connect(lambda n=n: self.take(n))

    def show(self, place: Place | None, *, editable: bool) -> None:
        """Show a place, or nothing."""
        self._place = place
        self._ui.scroll.setVisible(place is not None)
        if place is None:
            return
        self._ui.field_name.setText(place.label)
        self._show_versions(place.prepared)
        self._show_proposal(place.prepared)
        self._make_editor(place.prepared if editable else None)
        self._show_result()
        self._ui.scroll.verticalScrollBar().setValue(0)

    def take(self, n: int) -> None:
        """Choose a version as it stands."""
        place = self._place
        if place is not None and place.prepared is not None and n <= len(place.prepared.conflict.versions):
            place.take(n)
            self._on_chosen()

    def say(self, problem: str) -> None:
        """Say why the text cannot be taken."""
        if self.field is not None:
            self.field.say(problem)
            self.field.setFocus()

    def _on_proposal(self) -> None:
        if self._place is not None:
            self._place.propose()
            self._on_chosen()

    def _on_chosen(self) -> None:
        self._show_result()
        if self.field is not None:
            self.field.setFocus()
        self.chosen.emit()

    def _on_edited(self) -> None:
        if self._place is not None and self.field is not None and self.field.editor is not None:
            self._place.edit(self.field.editor.raw())
            self._say_result()
            self.chosen.emit()

    def _show_versions(self, prepared: Prepared | None) -> None:
        ui = self._ui
        for card in self.cards:
            ui.versions_layout.removeWidget(card)
            card.deleteLater()
        self.cards = []
        conflict = prepared.conflict if prepared else None
        for version, spans in zip(conflict.versions, prepared.versions, strict=True) if conflict and prepared else ():
            card = VersionCard(version, spans, ui.versions)
            card.taken.connect(self.take)
            ui.versions_layout.addWidget(card)
            self.cards.append(card)
        removed = Badge(self.tr("verwijderd maar bewerkt"), Tone.WARN, icon="warning")
        ui.removed.show_badge(removed if conflict and conflict.removed else None)
        ui.about.setText(self._about(prepared))
        ui.base_card.setVisible(bool(conflict and conflict.base_known))
        ui.base.setText((prepared.base if prepared else "") or self.tr("Hier stond nog niets."))

    def _about(self, prepared: Prepared | None) -> str:
        if prepared is None:
            return self.tr("Een collega heeft dit al beslist. Wat u typte staat hieronder nog; u kunt het kopiëren.")
        if prepared.conflict.base_known:
            return self.tr("Wat erbij kwam is onderstreept, wat wegging is doorgestreept.")
        return self.tr("Wat hier eerst stond, is op deze laptop niet meer bekend.")

    def _show_proposal(self, prepared: Prepared | None) -> None:
        ui, together = self._ui, prepared.together if prepared else None
        ui.proposal_card.setVisible(together is not None)
        if together is None:
            return
        ui.proposal.show_spans(together.spans)
        ui.changes.setText(changes_in_words(together))
        ui.proposal.setAccessibleDescription(ui.changes.text())
        legend = self.tr("Rechte streep eronder: uit versie 1. Golflijn: uit versie 2. Streep erdoor: weggehaald.")
        clash = self.tr("Let op: op een plek veranderden beide iets; daar staan de twee teksten achter elkaar.")
        ui.legend.setText(f"{clash} {legend}" if together.clashes else legend)

    def _make_editor(self, prepared: Prepared | None) -> None:
        """The editor that this field has on its own form; rows and what the program fills in are only chosen."""
        ui = self._ui
        if self.field is not None:
            ui.result_place.removeWidget(self.field)
            self.field.deleteLater()
            self.field = None
        place = self._place
        if place is None or (prepared is not None and not self._has_editor(prepared)):
            return
        self.field = Field(ui.result)
        self.field.setObjectName("result_field")
        editor = LongText(self.field) if prepared is None else self._editor(prepared, self.field)
        if isinstance(editor, LongText):
            editor.set_fewest_lines(_LINES)
            editor.setReadOnly(prepared is None)
        self.field.install(self.tr("Zo komt het te staan"), editor)
        self.field.edited.connect(self._on_edited)
        ui.result_place.addWidget(self.field)

    def _has_editor(self, prepared: Prepared) -> bool:
        conflict = prepared.conflict
        return conflict.editable and conflict.note is not None and conflict.note.shape is Shape.SINGLE

    def _editor(self, prepared: Prepared, field: Field) -> LongText:
        model: type[BaseModel] = MODELS[prepared.conflict.kind]
        return self._kit.make(model, prepared.conflict.field, field)  # type: ignore[return-value]

    def _show_result(self) -> None:
        place = self._place
        if place is not None and self.field is not None and self.field.editor is not None:
            self.field.editor.set_raw(place.raw)
            self.field.say("")
        self._say_result()

    def _say_result(self) -> None:
        place, ui = self._place, self._ui
        if place is None:
            return
        if not place.is_chosen:
            together = self.tr("Kies een versie (Alt+1, Alt+2), of begin met het voorstel (Alt+V).")
            has_proposal = place.prepared is not None and place.prepared.together is not None
            ui.result_words.setText(together if has_proposal else self.tr("Kies een versie (Alt+1, Alt+2)."))
        elif place.taken is not None:
            ui.result_words.setText(self.tr("U kiest versie {n}, zoals die is.").format(n=place.taken))
        elif self.field is not None:
            ui.result_words.setText(self.tr("U legt vast wat hierboven staat."))
        else:
            words = in_words(place.prepared.conflict.note if place.prepared else None, place.raw)
            ui.result_words.setText(self.tr("U kiest het voorstel:\n{words}").format(words=words))
