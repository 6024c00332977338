"""The entries of one device form a line; what counts of a device that wrote two (docs/share-format.md §4, rule 1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bren_desktop.sync.membership.history import History, Signer, bits


class Split(NamedTuple):
    """A device whose entries form no line: `void` is what does not count of it."""

    signer: Signer
    void: int


class Lines:
    """The lines of a history, as it grows."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._lines: dict[Signer, int] = {}
        self._split: dict[Signer, int] = {}
        self.entries = 0
        """All entries of devices that ever split."""

    def note(self, at: int) -> None:
        """Take in an entry that was just placed."""
        signer = self._history.signers[at]
        earlier = self._lines.get(signer, 0)
        self._lines[signer] = earlier | 1 << at
        if signer in self._split or earlier & ~self._history.below[at]:
            self._split[signer] = earlier | 1 << at
            self.entries |= earlier | 1 << at

    def splits(self, within: int) -> Iterator[Split]:
        """The devices that split among the entries `within`."""
        for signer, entries in self._split.items():
            void = entries & within & ~self._common(signer, within)
            if void:
                yield Split(signer, void)

    def _common(self, signer: Signer, within: int) -> int:
        """What all entries rest on that are in no line with an earlier one; everything where there are none.

        What only the later one rests on was itself met as in no line with the earlier one.
        """
        below, common, earlier = self._history.below, -1, 0
        for at in bits(self._lines[signer] & within):
            if earlier & ~below[at]:
                common &= below[at]
            earlier |= 1 << at
        return common
