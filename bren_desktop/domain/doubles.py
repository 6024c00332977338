"""Two cases of one young person made one: what differs, what is united, and what is told of the rest."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, Values
from bren_desktop.domain.field_words import in_words
from bren_desktop.domain.fields import Note, Shape
from bren_desktop.domain.states import ENDED
from bren_desktop.domain.values import LONGEST_TEXT
from bren_desktop.errors import InvalidInputError

OWN = frozenset({"nummer", "eerder_kenmerk", "extern_id", "status", "team"})
"""What each case keeps for itself; of the second one it is told."""
LEFT_BEHIND = frozenset({Kind.TRANSITION, Kind.CLOSING, Kind.SNOOZE, Kind.EMERGENCY_ACCESS, Kind.REQUEST})
"""What tells the life of the second case itself, and is not copied."""
MERGED = "SV-SAMEN"
_ORDER = "n"
Notes = Mapping[str, Note]


class Choice(StrEnum):
    """Which value goes on where two differ."""

    FIRST = "eerste"
    SECOND = "tweede"
    BOTH = "beide"


@dataclass(frozen=True, slots=True)
class Difference:
    """A single field in which both hold something, and not the same."""

    field: str
    note: Note
    first: Any
    second: Any

    @property
    def is_text(self) -> bool:
        """Whether both can stand under each other."""
        return self.note.long

    def taken(self, choice: Choice) -> Any:
        """The value that goes on. Raises InvalidInputError where two texts together are too long."""
        if choice is not Choice.BOTH or not self.is_text:
            return self.second if choice is Choice.SECOND else self.first
        both = f"{self.first}\n\n{self.second}"
        if len(both) > LONGEST_TEXT:
            raise InvalidInputError(
                "De twee teksten zijn samen te lang voor het veld {veld}. Kies er een. Er is niets samengevoegd.",
                field=self.field,
                veld=self.note.label,
            )
        return both

    def dropped(self, choice: Choice) -> Any:
        """The value that does not go on; None where both do."""
        if choice is Choice.BOTH and self.is_text:
            return None
        return self.first if choice is Choice.SECOND else self.second


def goes_first(case: Case, entity: str, *, lasting: bool) -> tuple[bool, bool, str, str]:
    """The order of two cases that are one: the smallest goes on, on whatever laptop.

    A number stays; the day of the aanmelding may just have been corrected on one of them.
    """
    return case.status in ENDED, not lasting, case.nummer, entity


def copy_entity(first: str, original: str) -> str:
    """The entity of the copy below case `first` of what hangs below another, the same for whoever makes it."""
    digest = blake2b(f"samenvoeging {first} {original}".encode(), digest_size=16).digest()
    return b32encode(digest).decode("ascii").rstrip("=").lower()


def differences(known: Notes, first: Values, second: Values) -> tuple[Difference, ...]:
    """The single fields that a person chooses of, in the order of the model."""
    found = []
    for field, note in known.items():
        mine, yours = first.get((field, "")), second.get((field, ""))
        if note.shape is Shape.SINGLE and field not in OWN and None not in (mine, yours) and mine != yours:
            found.append(Difference(field, note, mine, yours))
    return tuple(found)


def united(known: Notes, first: Values, second: Values, choices: Mapping[str, Choice]) -> dict[tuple[str, str], Any]:
    """What to write on the first, so that it holds what both hold; without a choice its own value goes on."""
    chosen = {
        (each.field, ""): each.taken(choices.get(each.field, Choice.FIRST))
        for each in differences(known, first, second)
    }
    added = {name: value for name, value in second.items() if first.get(name) is None and _is_shared(known, name)}
    last = max((_place(value) for value in first.values()), default=0)
    return {**{name: _after(value, last) for name, value in added.items()}, **chosen}


def left_out(known: Notes, first: Values, second: Values, choices: Mapping[str, Choice]) -> Iterator[str]:
    """A line for every value that does not go on."""
    for each in differences(known, first, second):
        dropped = each.dropped(choices.get(each.field, Choice.FIRST))
        if dropped is not None:
            yield f"{each.note.label}: {in_words(each.note, dropped)}"
    for (field, key), value in second.items():
        mine, note = first.get((field, key)), known.get(field)
        if note is not None and note.shape is Shape.ROWS and mine is not None and mine != value:
            yield f"{note.label}: {in_words(note, value)}".replace("\n", "; ")
        elif note is not None and field in OWN and value is not None:
            yield f"{note.label}: {in_words(note, value)}"


def _is_shared(known: Notes, name: tuple[str, str]) -> bool:
    return name[0] in known and name[0] not in OWN


def _place(value: Any) -> int:
    place = value.get(_ORDER) if isinstance(value, dict) else 0
    return place if isinstance(place, int) else 0


def _after(value: Any, last: int) -> Any:
    """A row placed behind those that are there; any other value as it is."""
    return {**value, _ORDER: last + 1 + _place(value)} if isinstance(value, dict) else value
