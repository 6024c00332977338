"""Backups: one file with the encrypted store, the key file and the list of erased cases; and what an erasure does.

The program remembers where it put backups. Once a case is erased each of them is made anew, so that none holds it any
more; one that is out of reach is named to the user until it is there again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.rights import Right, require
from bren_desktop.errors import UserFacingError
from bren_desktop.services.context import Context, author
from bren_desktop.services.ports import ErasedIds

STORE, KEYS, ERASED = "store.db", "keys.json", "erased.json"
_MADE = "backups"
_COPY = "backup.part"


class Pack(Protocol):
    """Writes the parts of a backup to one file, all or nothing, and reads them back."""

    def __call__(self, path: Path, parts: Mapping[str, Path | bytes], /) -> None: ...


class Backups:
    """The backups of one profile."""

    def __init__(
        self, context: Context, folder: Path, key_file: Callable[[], bytes], erased: ErasedIds, pack: Pack
    ) -> None:
        self._context = context
        self._folder = folder
        self._key_file = key_file
        self._erased = erased
        self._pack = pack

    def make(self, actor: Actor, path: Path) -> int:
        """Write a backup to `path`, read it back, and remember where it lies. Its size in bytes."""
        require(actor, Right.BACK_UP)
        self._write(path)
        self._remember(actor, {**self._made(actor), str(path.absolute()): self._state()})
        return path.stat().st_size

    def places(self, actor: Actor) -> Sequence[str]:
        """Where this profile put backups that may still be there."""
        require(actor, Right.BACK_UP)
        return [path for path in self._made(actor) if not _is_gone(Path(path))]

    def left(self, actor: Actor) -> Sequence[str]:
        """The backups that may hold an erased case and could not be made anew."""
        require(actor, Right.BACK_UP)
        return [path for path, state in self._made(actor).items() if state != self._state()]

    def warnings(self, actor: Actor) -> Sequence[str]:
        """A sentence for each of them."""
        return [
            f"Deze reservekopie is van vóór het wissen van een casus en niet bereikbaar: {path}. Verwijder die, of "
            "sluit de schijf aan en synchroniseer."
            for path in self.left(actor)
        ]

    def settle(self, actor: Actor) -> None:
        """After an erasure: make every known backup anew."""
        require(actor, Right.BACK_UP)
        made, now = self._made(actor), self._state()
        behind = [path for path, state in made.items() if state != now]
        for path in behind:
            if _is_gone(Path(path)):
                del made[path]
            elif self._renewed(Path(path)):
                made[path] = now
        if behind:
            self._remember(actor, made)

    def _write(self, path: Path) -> None:
        copy = self._folder / _COPY
        try:
            self._context.store.copy_to(copy)
            self._pack(path, {STORE: copy, KEYS: self._key_file(), ERASED: self._erased.data()})
        finally:
            copy.unlink(missing_ok=True)

    def _renewed(self, path: Path) -> bool:
        try:
            self._write(path)
        except UserFacingError:
            return False
        return True

    def _state(self) -> str:
        """What tells a backup from before an erasure."""
        return hashlib.sha256(self._erased.data()).hexdigest()

    def _made(self, actor: Actor) -> dict[str, str]:
        with self._context.read(actor) as reader:
            return dict(json.loads(reader.local(_MADE) or "{}"))

    def _remember(self, actor: Actor, made: Mapping[str, str]) -> None:
        with self._context.store.write(author(actor)) as writer:
            writer.set_local(_MADE, json.dumps(made))


def drop_unfinished(folder: Path) -> None:
    """Take away what a crash left of a backup: it may hold a case that was erased since."""
    for path in folder.glob(f"{_COPY}*"):
        with suppress(OSError):
            path.unlink()


def _is_gone(path: Path) -> bool:
    """Whether a backup was taken away by hand, not just out of reach with its stick or drive."""
    return path.parent.is_dir() and not path.exists()
