"""What the texts of a case suggest while they are typed: read off the window's thread once the typing rests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer

from bren_desktop.domain.cases import Case
from bren_desktop.domain.vocabulary import CONCEPTS, Vocabulary
from bren_desktop.gui.binding import Binding
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.tasks import Ticket
from bren_desktop.gui.widgets.options import of_terms
from bren_desktop.gui.widgets.suggestion_bar import Offer, SuggestionBar
from bren_desktop.gui.widgets.tags import TagPicker, shortened
from bren_desktop.services.suggesting import MOST, READ, Suggestion, suggestions

STRUCK = "begrippen_geschrapt"

REST_MS = 300
LONGEST_OFFER = 68
"""How many characters a tag and its words have together in half a page."""


class TagHelp(QObject):
    """Suggestions beneath the fields of tags of one form.

    A concept that is struck is noted in the case; any other suggestion stays away until another case comes.
    """

    def __init__(self, desk: Desk, binding: Binding[Case], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._binding = desk, binding
        self._case = ""
        self._struck: set[str] = set()
        self._bars: dict[str, SuggestionBar] = {}
        self._ticket = Ticket()
        self._terms: Vocabulary | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.look)
        binding.edited.connect(self._rest.start)
        binding.filled.connect(self._rest.start)

    def begin(self, case: str) -> None:
        """This case is on the form."""
        if case != self._case or not case:
            self._case = case
            self._struck.clear()

    def look(self) -> None:
        """Read what stands on the form now."""
        self._ticket.cancel()
        standing = self._binding.standing()
        texts = {name: str(standing[name] or "") for name in READ}
        tagged = {code for name in MOST for code in _codes(standing[name])}
        struck = self._struck.union(_codes(standing[STRUCK]))
        knowing = self._desk.workspace.context.knowing
        self._ticket = self._desk.tasks.run(lambda: suggestions(knowing.last, texts, tagged, struck), self._show)

    def _follow_thesaurus(self) -> None:
        """The network may have changed its concepts since the form was made."""
        context = self._desk.workspace.context
        terms = context.listed(CONCEPTS)
        if terms is not self._terms:
            self._terms = terms
            for name in (CONCEPTS, STRUCK):
                editor = self._binding.fields[name].editor if name in self._binding.fields else None
                if isinstance(editor, TagPicker):
                    editor.set_options(of_terms(terms, context.today()))

    def _show(self, found: Mapping[str, Sequence[Suggestion]]) -> None:
        self._follow_thesaurus()
        for name in MOST.keys() & self._binding.fields.keys():
            field = self._binding.fields[name]
            editor = field.editor
            if isinstance(editor, TagPicker):
                offers = [self._offer(name, each) for each in found[name]] if field.isEnabled() else []
                self._bar(name, editor).show_offers(offers)

    def _bar(self, name: str, editor: TagPicker) -> SuggestionBar:
        """The suggestions beneath a field, made when they are first needed."""
        if name not in self._bars:
            bar = SuggestionBar(editor, self._binding.fields[name])
            bar.taken.connect(editor.take)
            bar.taken.connect(self.look)
            bar.struck.connect(partial(self._on_struck, name))
            self._binding.fields[name].put_below(bar)
            self._bars[name] = bar
        return self._bars[name]

    def _offer(self, name: str, found: Suggestion) -> Offer:
        label = self._desk.workspace.context.listed(name).label(found.code)
        text = self.tr("{tag} (‘{woorden}’)") if name == CONCEPTS else self.tr("Voorstel: {tag} (omdat: ‘{woorden}’)")
        tag = shortened(label)
        words = shortened(found.words, LONGEST_OFFER - len(tag))
        spoken = text.format(tag=label, woorden=found.words)
        return Offer(found.code, text.format(tag=tag, woorden=words), spoken)

    def _on_struck(self, name: str, code: str) -> None:
        editor = self._binding.fields[STRUCK].editor if name == CONCEPTS else None
        if isinstance(editor, TagPicker):
            editor.take(code)
        else:
            self._struck.add(code)
        self.look()


def _codes(value: object) -> Sequence[str]:
    return [str(code) for code in value] if isinstance(value, list | tuple) else ()
