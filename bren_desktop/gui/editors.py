"""Which editor a field of the domain gets: its annotation and its type decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from pydantic import BaseModel
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.fields import Note, Shape, notes
from bren_desktop.domain.vocabulary import Vocabulary, vocabulary
from bren_desktop.gui.rows_plans import rows_plans
from bren_desktop.gui.widgets.choice import ChoiceEdit
from bren_desktop.gui.widgets.field import Editor
from bren_desktop.gui.widgets.gap_editor import GapEditor
from bren_desktop.gui.widgets.options import Options, of_list, of_terms, of_words, yes_no
from bren_desktop.gui.widgets.rows_editor import RowsEditor
from bren_desktop.gui.widgets.tags import TagPicker
from bren_desktop.gui.widgets.texts import DayEdit, LineEdit, LongText

GAPS, PLACE = "aard_ontbrekend_aanbod", "gemeente"
ORGANISATIONS = ("verwijzer_organisatie", "regisseur_organisatie")
PEOPLE = ("verwijzer_naam", "regisseur")
SUGGESTED = frozenset({"behandelaar", *ORGANISATIONS, *PEOPLE, "procesregisseur", "mandaat_bij", "hoofdaannemer"})
"""Free text of which the program suggests what it knows."""
IN_LINES, LONG_AGO = frozenset({"adres"}), frozenset({"geboortedatum"})


@dataclass(frozen=True, slots=True)
class EditorKit:
    """What editors need besides the field: the date of today, and suggestions for free text by field."""

    today: Callable[[], date]
    suggestions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Rows of a field that are there beforehand, by id with their name, where its plan does not know them."""
    options: Mapping[str, Options] = field(default_factory=dict)
    """What a field may be chosen from, where no list has it."""
    listed: Callable[[str], Vocabulary] = vocabulary
    """The list of a name; a network may have its own."""

    def make(self, model: type[BaseModel], key: str, parent: QWidget) -> Editor:
        """The editor of one field of `model`."""
        note = notes(model)[key]
        if note.shape is Shape.ROWS:
            return self._rows(key, parent)
        if note.shape is Shape.SET:
            return TagPicker(self._options(key, note), parent)
        return self._single(model, key, note, parent)

    def _single(self, model: type[BaseModel], key: str, note: Note, parent: QWidget) -> Editor:
        kind = model.model_fields[key].annotation
        if note.vocabulary:
            return ChoiceEdit(self._options(key, note), parent=parent)
        if kind == bool | None:
            return ChoiceEdit(yes_no(), parent=parent)
        if kind == date | None:
            return DayEdit(self.today, parent, brief=key in LONG_AGO)
        if note.long or key in IN_LINES:
            return LongText(parent)
        if key == PLACE:
            return ChoiceEdit(of_words(places()), free=True, parent=parent)
        known = key in SUGGESTED or key in self.suggestions
        return self._suggested(key, parent) if known else LineEdit(parent)

    def _suggested(self, key: str, parent: QWidget) -> Editor:
        """Free text: a suggestion is taken only by who asks for it."""
        edit = ChoiceEdit(of_words(self.suggestions.get(key, ())), free=True, parent=parent)
        edit.marks_first = False
        return edit

    def _options(self, key: str, note: Note) -> Options:
        if key in self.options:
            return self.options[key]
        if note.vocabulary:
            return of_terms(self.listed(note.vocabulary), self.today())
        return of_words(self.suggestions.get(key, ()))

    def _rows(self, key: str, parent: QWidget) -> Editor:
        if key == GAPS:
            today = self.today()
            return GapEditor(of_list("aard_ontbrekend_aanbod", today), of_list("soort_hiaat", today), parent)
        plan = rows_plans(self.today)[key]
        fixed = self.rows.get(key, plan.fixed)
        return RowsEditor(plan.cells, plan.add, parent, fixed=fixed, name=plan.name, label_stretch=plan.label_stretch)


@cache
def places() -> tuple[str, ...]:
    """Every gemeente that the lists know."""
    found = {str(place) for term in vocabulary("jeugdregios") for place in term.extra["gemeenten"]}
    return tuple(sorted(found))
