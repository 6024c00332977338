"""What a field may be chosen from: the terms of a list, found by what people type of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bren_desktop.domain.vocabulary import Term, Vocabulary, folded, vocabulary
from bren_desktop.gui.short_labels import short_label


@dataclass(frozen=True)
class Option:
    """One choice: its code, what it is called, every other text that finds it, and a short name for a chip."""

    code: str
    label: str
    words: tuple[str, ...] = ()
    short: str = ""

    def rank(self, typed: str) -> int | None:
        """How well folded `typed` fits, the lowest best; None where it does not."""
        label, codes, words = self._folded
        if label.startswith(typed):
            return 0
        if any(word.startswith(typed) for word in (*codes, *words)):
            return 1
        if any(part.startswith(typed) for part in label.replace("/", " ").replace("(", " ").split()):
            return 2
        return 3 if typed in label or any(typed in word for word in words) else None

    @cached_property
    def _folded(self) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """The label, the codes and the other texts, folded once: a list is gone through at every keystroke."""
        codes = (folded(self.code), folded(self.code.partition("-")[2]))
        return folded(self.label), codes, tuple(map(folded, self.words))


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one field, in the order in which people expect them.

    Of a `coded` field, what is not among them is still to be coded.
    """

    all: tuple[Option, ...]
    coded: bool = False

    def is_to_code(self, code: str) -> bool:
        """Whether a value of the field says nothing to matching and reports yet."""
        return self.coded and all(option.code != code for option in self.all)

    def label(self, code: str) -> str:
        """What `code` is called; an unknown code is its own name."""
        return next((option.label for option in self.all if option.code == code), code)

    def short(self, code: str) -> str:
        """What fits on a chip."""
        return next((option.short for option in self.all if option.code == code and option.short), self.label(code))

    def code(self, text: str) -> str:
        """The code of the option that is called exactly `text`, or empty."""
        wanted = folded(text)
        exact = (option.code for option in self.all if wanted in {folded(word) for word in _names(option)})
        return next(exact, "")

    def matching(self, typed: str, without: Iterable[str] = ()) -> Sequence[Option]:
        """The options that `typed` finds, the best first; all of them for nothing typed."""
        taken = frozenset(without)
        left = [option for option in self.all if option.code not in taken]
        wanted = folded(typed)
        if not wanted:
            return left
        ranked = [(option.rank(wanted), option) for option in left]
        return [option for _, option in sorted((r for r in ranked if r[0] is not None), key=lambda r: r[0] or 0)]


def _names(option: Option) -> tuple[str, ...]:
    return (option.code, option.label, *option.words)


def of_list(name: str, today: date) -> Options:
    """The terms of a list that are in use today; a finer term names its parent first."""
    return of_terms(vocabulary(name), today)


def of_terms(terms: Vocabulary, today: date) -> Options:
    """The same for a list that the program does not bring."""
    return Options(tuple(_option(terms, term) for term in terms if _in_use(term, today)), coded=True)


def of_words(words: Iterable[str]) -> Options:
    """Suggestions that are their own code."""
    return Options(tuple(Option(word, word) for word in words))


def yes_no() -> Options:
    """Yes or no; nothing chosen is not known."""
    return Options((Option("ja", "ja", ("j",)), Option("nee", "nee", ("n",))))


def _in_use(term: Term, today: date) -> bool:
    return (term.valid_from is None or term.valid_from <= today) and (
        term.valid_until is None or today < term.valid_until
    )


def _option(terms: Vocabulary, term: Term) -> Option:
    short = short_label(term.code)
    words = (*term.aliases, short) if short else term.aliases
    return Option(term.code, _label(terms, term), words, short)


def _label(terms: Vocabulary, term: Term) -> str:
    if not term.parent or not term.code.startswith(term.parent):
        return term.label
    return f"{terms.label(term.parent)} › {term.label}"
