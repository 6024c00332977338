"""Dutch spelling while typing, by the list of OpenTaal, the thesaurus and the own team. Nothing of a text is kept.

Measured on this list: loading takes 0.15 s, once, behind the first page; a word 0.01 to 0.1 ms; what was
meant by one up to 0.2 s, beside the window, of which it holds the window 10 ms at most. Names are not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from itertools import islice
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from bren_desktop import bundled
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.records import Team
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.language.spelling import near

_MOST_SUGGESTIONS, _MOST_GUESSED = 5, 3
_QUICK = 12
"""The letters of a word for which Hunspell needs less than a frame."""
_KNOWN = "toestemming"


class _Dictionary(Protocol):
    def spell(self, word: str) -> bool: ...
    def suggest(self, word: str) -> Iterable[str]: ...


class Speller(QObject):
    """Judges the words of one session. `changed`: judge again."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._dictionary: _Dictionary | None = None
        self._own: frozenset[str] = frozenset()
        self._of_field: frozenset[str] = frozenset()
        self._names: frozenset[str] = frozenset()
        desk.navigator.records_changed.connect(self._on_records_changed)

    def start(self) -> None:
        """Load the list and the words of the field and the team, beside the window."""
        knowing = self._desk.workspace.context.knowing
        self._desk.tasks.run(_load, self._on_loaded)
        self._desk.tasks.run(lambda: knowing.last.written, self._on_field)
        self._ask_own()

    def name(self, case: Case) -> None:
        """The case on the screen: the names in it are no mistakes, in small letters neither, and are never learnt."""
        names = [case.roepnaam, case.tussenvoegsel, case.achternaam, case.verwijzer_naam, case.jim_naam, case.regisseur]
        names += [person.naam for person in case.betrokkenen]
        self._names = frozenset(part.casefold() for name in names for part in name.replace("-", " ").split())
        self.changed.emit()

    def is_wrong(self, word: str) -> bool:
        """Whether nobody knows this word."""
        if self._dictionary is None or word in self._own or word in self._of_field or word.casefold() in self._names:
            return False
        return not self._dictionary.spell(word)

    def is_own(self, word: str) -> bool:
        """Whether the team added it."""
        return word in self._own

    def suggest(self, word: str, done: Callable[[Sequence[str]], object]) -> None:
        """Look beside the window for what may have been meant: the likeliest first."""
        if self._dictionary is not None:
            self._desk.tasks.run(partial(_meant, self._dictionary, word), done)

    def may_learn(self) -> bool:
        """Whether the user may change the words of the team."""
        return may(self._desk.workspace.actor, Right.CONFIGURE)

    def learn(self, word: str, *, known: bool) -> None:
        """Add a word to those of the team, or take it out."""
        workspace = self._desk.workspace
        work = partial(workspace.team.learn, workspace.actor, word, known=known)
        self._desk.tasks.do(work, lambda _: self._ask_own())

    def _ask_own(self) -> None:
        workspace = self._desk.workspace
        self._desk.tasks.ask(lambda: workspace.team.get(workspace.actor), self._on_team)

    def _on_team(self, team: Team) -> None:
        self._own = frozenset(team.eigen_woorden)
        self.changed.emit()

    def _on_loaded(self, dictionary: _Dictionary | None) -> None:
        self._dictionary = dictionary
        self.changed.emit()

    def _on_field(self, words: frozenset[str]) -> None:
        self._of_field = words
        self.changed.emit()

    def _on_records_changed(self, touched: Iterable[tuple[str, str]]) -> None:
        if any(kind == Kind.TEAM.value for kind, _ in touched):
            self._ask_own()


class _Session:
    """The speller of the open session: editors are made everywhere, and know no desk."""

    speller: Speller | None = None


def use(speller: Speller | None) -> None:
    """Let editors judge by this speller from now on; by none, for a locked window."""
    _Session.speller = speller


def current() -> Speller | None:
    """The speller in use."""
    return _Session.speller


def _meant(dictionary: _Dictionary, word: str) -> Sequence[str]:
    """Hunspell holds the interpreter, and so the window, as long as it looks: of long words it is asked bit by bit."""
    found = [*dictionary.suggest(word)] if len(word) <= _QUICK else []
    return (found or [*islice(filter(dictionary.spell, near(word)), _MOST_GUESSED)])[:_MOST_SUGGESTIONS]


@cache
def _load() -> _Dictionary | None:
    """The list, which knows nothing of a session; None where it cannot be read, for then every word would be wrong."""
    from hunspell import Hunspell

    dictionary: _Dictionary = Hunspell("nl", hunspell_data_dir=str(bundled.folder("resources") / "spelling"))
    return dictionary if dictionary.spell(_KNOWN) else None
