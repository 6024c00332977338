"""Ties the fields of a form, named `field_<key>`, to the fields of a record by their annotation.

The form holds raw values: text as typed, lists of codes, rows. The services read them; what cannot be taken is said
beside its field. Only what the user touched counts as a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.cases import ToCodeRow
from bren_desktop.domain.fields import Shape, notes
from bren_desktop.domain.vocabulary import TO_CODE
from bren_desktop.gui.editors import GAPS, EditorKit
from bren_desktop.gui.widgets.choice import ChoiceEdit
from bren_desktop.gui.widgets.field import Editor, Field
from bren_desktop.gui.widgets.gap_editor import GapEditor
from bren_desktop.gui.widgets.options import of_words
from bren_desktop.gui.widgets.rows_editor import Known, RowsEditor
from bren_desktop.gui.widgets.tags import TagPicker
from bren_desktop.services.parsing import parse_record

PREFIX = "field_"
TO_CODE_FIELD = "te_coderen"
Record = TypeVar("Record", bound=BaseModel)


class Binding(QObject, Generic[Record]):
    """One form and one record. `edited` tells that something was typed, `left` that a field was left."""

    edited = Signal()
    left = Signal()
    filled = Signal()
    """A record or a draft is shown in more fields."""
    chosen = Signal(str, str)
    """A field, and what was taken from the list that it offers."""
    versions_wanted = Signal(str)
    """A field of which every version is to be shown."""

    def __init__(self, model: type[Record], form: QWidget, kit: EditorKit) -> None:
        super().__init__(form)
        self._model, self._form, self._kit = model, form, kit
        self._record = model()
        self._start: dict[str, object] = {}
        self._kept: set[str] = set()
        self.fields = {field.objectName().removeprefix(PREFIX): field for field in form.findChildren(Field)}

    def show(self, record: Record, part: QWidget | None = None) -> None:
        """Show `record`; nothing is touched yet. With `part`, the other fields wait for `fill`."""
        self._record = record
        self._start = {}
        self._kept = set()
        self.fill(part or self._form)

    def fill(self, part: QWidget) -> None:
        """Show the record in the fields of a part of the form that has come to the front."""
        self._fill([key for key, field in self.fields.items() if part.isAncestorOf(field)])
        self.filled.emit()

    def lay_over(self, raw: Mapping[str, object]) -> None:
        """Show what a draft holds on top of the record."""
        known = self.fields.keys() & raw.keys()
        self._fill(known)
        for key in known:
            self._editor(key).set_raw(raw[key])
        self._follow_tags()
        self.filled.emit()

    def complete(self, raw: Mapping[str, str]) -> None:
        """Fill in what is still empty, as if it was typed."""
        known = [key for key in self.fields if raw.get(key)]
        self._fill(known)
        empty = [key for key in known if not self._editor(key).raw()]
        for key in empty:
            self._editor(key).set_raw(raw[key])
        if empty:
            self.edited.emit()

    def raw(self) -> dict[str, object]:
        """Every field that is filled, as it stands."""
        return {key: self._editor(key).raw() for key in self._start}

    def standing(self) -> dict[str, object]:
        """Every field as it stands; one that was not shown yet, as the record has it."""
        return {**dict(self._record), **self.raw()}

    def touched(self) -> dict[str, object]:
        """The fields that differ from the record, and those of which one version was chosen."""
        return {key: value for key, value in self.raw().items() if value != self._start[key] or key in self._kept}

    def parse(self) -> Record | None:
        """The record with what was typed, or None with the reasons beside the fields."""
        touched = self.touched()
        kept = {key: value for key, value in dict(self._record).items() if key != TO_CODE_FIELD}
        parsed = parse_record(self._model, {**kept, **touched}, today=self._kit.today())
        reasons = {problem.field: problem.reason for problem in parsed.problems}
        for key, field in self.fields.items():
            field.say(reasons.get(key, ""))
        if parsed.record is None:
            return None
        return parsed.record.model_copy(update=self._still_to_code(parsed.record, touched))

    def suggest(self, words: Mapping[str, Sequence[str]]) -> None:
        """Suggest these words in fields of free text."""
        self._kit = replace(self._kit, suggestions={**self._kit.suggestions, **words})
        for key in self.fields.keys() & words.keys():
            editor = self.fields[key].editor
            if isinstance(editor, ChoiceEdit):
                editor.set_options(of_words(words[key]))

    def suggest_in_rows(self, key: str, column: str, known: Known) -> None:
        """Suggest names in a column of a field of rows, where the form has it."""
        editor = self._editor(key) if key in self.fields else None
        if isinstance(editor, RowsEditor):
            editor.suggest(column, known)

    def changed_fields(self) -> frozenset[str]:
        """The names of the fields to save, with the rows of what is still to be coded."""
        touched = self.touched()
        return frozenset(touched) | ({TO_CODE_FIELD} if touched and TO_CODE_FIELD in notes(self._model) else set())

    def set_editable(self, editable: bool) -> None:
        """Take input, or show only: the user may not change this record."""
        for field in self.fields.values():
            field.setEnabled(editable)

    def set_read_only(self, read_only: bool) -> None:
        """Show only, in a way that can be read and copied: the record may not be changed any more."""
        for key in self.fields:
            self._editor(key).setReadOnly(read_only)

    def first_problem(self) -> Field | None:
        """The first field whose value cannot be taken."""
        return next((field for field in self.fields.values() if field.has_problem()), None)

    def wish(self, keys: Iterable[str], text: str) -> None:
        """Name the fields that are still needed, beside them."""
        wanted = frozenset(keys)
        for key, field in self.fields.items():
            field.wish(text if key in wanted else "")

    def _still_to_code(self, record: Record, touched: Mapping[str, object]) -> dict[str, Any]:
        if TO_CODE_FIELD not in notes(self._model):
            return {}
        before: tuple[ToCodeRow, ...] = getattr(self._record, TO_CODE_FIELD)
        found: tuple[ToCodeRow, ...] = getattr(record, TO_CODE_FIELD)
        kept = [row for row in before if row.veld not in touched]
        return {TO_CODE_FIELD: (*kept, *(row for row in found if row.veld in touched))}

    def _fill(self, keys: Iterable[str]) -> None:
        new = [key for key in keys if key not in self._start]
        for key in new:
            self._editor(key).set_raw(_raw(self._record, key))
            self._start[key] = None
        self._follow_tags()
        self._start.update({key: self._editor(key).raw() for key in new})

    def _on_edited(self) -> None:
        self._follow_tags()
        self.edited.emit()

    def _on_kept(self, key: str) -> None:
        self._kept.add(key)
        self.edited.emit()

    def _follow_tags(self) -> None:
        """The nature of a gap is asked for the provisions that are tagged."""
        if not {GAPS, "ontbrekend_aanbod"} <= self._start.keys():
            return
        gaps, tags = self._editor(GAPS), self._editor("ontbrekend_aanbod")
        if isinstance(gaps, GapEditor) and isinstance(tags, TagPicker):
            gaps.show_codes(tags.raw())

    def _editor(self, key: str) -> Editor:
        """The editor of a field, made when it is first needed."""
        field = self.fields[key]
        if field.editor is None:
            editor = self._kit.make(self._model, key, field)
            field.install(notes(self._model)[key].label, editor)
            field.edited.connect(self._on_edited)
            if isinstance(editor, ChoiceEdit):
                editor.taken.connect(partial(self.chosen.emit, key))
            field.left.connect(self.left)
            field.kept.connect(partial(self._on_kept, key))
            field.versions_wanted.connect(partial(self.versions_wanted.emit, key))
            return editor
        return field.editor


def _raw(record: BaseModel, key: str) -> object:
    """A value as its editor takes it; what is still to be coded is shown as it was written."""
    value, shape = getattr(record, key), notes(type(record))[key].shape
    if shape is Shape.ROWS:
        return [row.model_dump() for row in value]
    rows: Iterable[ToCodeRow] = getattr(record, TO_CODE_FIELD, ())
    texts = [row.tekst for row in rows if row.veld == key]
    if shape is Shape.SET:
        return [*(code for code in value if code != TO_CODE or not texts), *(texts if TO_CODE in value else ())]
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if value == TO_CODE and texts:
        return texts[0]
    return value.isoformat() if isinstance(value, date) else value
