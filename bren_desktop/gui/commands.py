"""What can be done from anywhere: by its key, from the search box, and named by the help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SHORTEST = 2
"""One letter begins too many words."""


@dataclass(frozen=True, slots=True)
class Command:
    """One deed. `keys` is a key sequence as Qt writes it, such as `Ctrl+N`; `words` are other words to find it by."""

    text: str
    keys: str
    run: Callable[[], None]
    words: str = ""


def matching(commands: list[Command], typed: str) -> list[Command]:
    """The commands in which every typed word begins a word."""
    return [command for command in commands if begins(f"{command.text} {command.words}", typed)]


def begins(text: str, typed: str) -> bool:
    """Whether every typed word begins a word of `text`."""
    parts, asked = text.casefold().split(), typed.casefold().split()
    return len(typed.strip()) >= SHORTEST and all(any(part.startswith(word) for part in parts) for word in asked)
