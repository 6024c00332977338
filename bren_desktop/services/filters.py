"""Filters of a list and searches, kept by name. They live in the encrypted store of this laptop and never travel."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from itertools import chain, count
from typing import Literal

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may, require
from bren_desktop.domain.witnesses import words_of
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.context import Context, author
from bren_desktop.services.ports import Reader

Choice = Mapping[str, Sequence[str]]
"""What was chosen: the codes by the name of the chip that holds them; chips without a choice are left out."""
SEARCHES: Literal["zoeken"] = "zoeken"
"""What is kept of the search box: the text as TEXT, and what was chosen by facet. Everybody keeps their own."""
TEXT = "tekst"
Kept = Kind | Literal["zoeken"]
LONGEST_NAME, LONGEST_SEARCH = 40, 120
_NEEDED = {Kind.CASE: Right.READ_CASE, Kind.EXPERT: Right.READ_POOL}


class SavedFilters:
    """What is kept in one profile: for the list of cases, that of pareltjes, and the search box."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def all(self, actor: Actor, kind: Kept) -> Mapping[str, Choice]:
        """The kept filters of the list of `kind` by name, in the order in which they were kept."""
        if kind != SEARCHES:
            require(actor, _NEEDED[kind])
        with self._context.read(actor) as reader:
            return _kept(reader, kind)

    def everything(self, actor: Actor) -> Mapping[Kept, Mapping[str, Choice]]:
        """The same of every list that the actor may read, and of the search box, at once."""
        readable = [kind for kind, right in _NEEDED.items() if may(actor, right)]
        kinds: Sequence[Kept] = (*readable, SEARCHES)
        with self._context.read(actor) as reader:
            return {kind: _kept(reader, kind) for kind in kinds}

    def keep(self, actor: Actor, kind: Kept, name: str, choice: Choice) -> None:
        """Keep a filter under `name`; one with that name is replaced."""
        self._put(
            actor, kind, {**self.all(actor, kind), _name(kind, name): {key: [*codes] for key, codes in choice.items()}}
        )

    def rename(self, actor: Actor, kind: Kept, name: str, new: str) -> None:
        """Call a kept filter otherwise. Raises InvalidInputError where another one has that name."""
        kept, wanted = self.all(actor, kind), _name(kind, new)
        if wanted != name and wanted in kept:
            raise InvalidInputError("Er is al een bewaard filter met deze naam. Kies een andere naam.", field="naam")
        self._put(actor, kind, {wanted if each == name else each: choice for each, choice in kept.items()})

    def drop(self, actor: Actor, kind: Kept, name: str) -> None:
        """Forget a kept filter."""
        self._put(actor, kind, {each: choice for each, choice in self.all(actor, kind).items() if each != name})

    def _put(self, actor: Actor, kind: Kept, kept: Mapping[str, Choice]) -> None:
        with self._context.store.write(author(actor)) as writer:
            writer.set_local(_key(kind), json.dumps(kept, ensure_ascii=False))


def _kept(reader: Reader, kind: Kept) -> Mapping[str, Choice]:
    kept: Mapping[str, Choice] = json.loads(reader.local(_key(kind)) or "{}")
    return kept


def _key(kind: Kept) -> str:
    return f"filters/{kind}"


def _name(kind: Kept, text: str) -> str:
    name, most = " ".join(text.split()), LONGEST_SEARCH if kind == SEARCHES else LONGEST_NAME
    if not 0 < len(name) <= most:
        raise InvalidInputError("Geef het filter een naam van hooguit {most} tekens.", field="naam", most=most)
    return name


def name_of(kept: Mapping[str, Choice], choice: Choice) -> str:
    """What exactly this choice is kept as; empty where it is not."""
    return next((name for name, each in kept.items() if _plain(each) == _plain(choice)), "")


def free_name(kept: Mapping[str, Choice], words: str) -> str:
    """A name for a search in `words`, with a number where another search has it."""
    folded = " ".join(words.split())
    endings = chain([""], (f" ({number})" for number in count(2)))
    names = (folded[: LONGEST_SEARCH - len(ending)].rstrip() + ending for ending in endings)
    return next(name for name in names if name not in kept)


def _plain(choice: Choice) -> Mapping[str, Sequence[str]]:
    return {key: sorted(codes) for key, codes in choice.items()}


def rename_after(context: Context, actor: Actor, words: Collection[str]) -> tuple[str, ...]:
    """Call each kept filter that is named by one of these words "Filter" and a number; what they were called.

    A search for one of these words is forgotten.
    """
    renamed: list[str] = []
    kinds: Sequence[Kept] = (*_NEEDED, SEARCHES)
    with context.store.write(author(actor)) as writer:
        for kind in kinds:
            kept = _kept(writer, kind)
            named = [name for name, choice in kept.items() if _says(name, choice, words)]
            free = (f"Filter {number}" for number in count(1) if f"Filter {number}" not in kept)
            left = [name for name in kept if kind != SEARCHES or name not in named]
            new = {name: next(free) for name in named if name in left}
            if named:
                writer.set_local(_key(kind), json.dumps({new.get(name, name): kept[name] for name in left}))
            renamed += named
    return tuple(renamed)


def _says(name: str, choice: Choice, words: Collection[str]) -> bool:
    return not set(words_of(" ".join([name, *choice.get(TEXT, ())]))).isdisjoint(words)
