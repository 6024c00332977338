"""The entries that have their place in the log, in the order (n, hash), with what rests on what.

Entries are named by their place in that order; a set of them is a whole number with a bit for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bren_desktop.sync.format.entries import Admit, Card, Entry, Invite, Renew, Revoke, SetRole


class Signer(NamedTuple):
    """A device as its card names it: the same id under another key is somebody else."""

    device: bytes
    sign_key: bytes


def bits(mask: int) -> Iterator[int]:
    """The places in a set, rising."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


class History:
    """Entries with all their parents and a true signature. Nothing of what they do is judged here."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.below: list[int] = []
        """The ancestors of each."""
        self.signers: list[Signer] = []
        self.cards: list[Card | None] = []
        """The card of whom each would let in."""
        self.place: dict[bytes, int] = {}
        self.heads = 0
        self.by_device: defaultdict[bytes, int] = defaultdict(int)
        self.admissions: defaultdict[bytes, list[int]] = defaultdict(list)
        """Per device that a card names."""
        self.roles: defaultdict[bytes, list[int]] = defaultdict(list)
        self.revokes: defaultdict[bytes, int] = defaultdict(int)
        self.all_revokes = 0
        self.renewals: defaultdict[Signer, list[int]] = defaultdict(list)
        self.invites: defaultdict[bytes, list[int]] = defaultdict(list)
        self.uses: defaultdict[bytes, list[int]] = defaultdict(list)

    @property
    def all(self) -> int:
        return (1 << len(self.entries)) - 1

    def set_of(self, digests: Iterable[bytes]) -> int | None:
        """The entries of these digests and all their ancestors; None where one of them is not here."""
        found = 0
        for digest in digests:
            at = self.place.get(digest)
            if at is None:
                return None
            found |= self.below[at] | 1 << at
        return found

    def card_of(self, signer: Signer) -> Card:
        """The first card of a signer; whoever signed has one."""
        cards = (self.cards[at] for at in self.admissions[signer.device])
        return next(card for card in cards if card is not None and card.sign_key == signer.sign_key)

    def add(self, entry: Entry, below: int, signer: Signer) -> int:
        """Give the next entry in order its place."""
        at = len(self.entries)
        self.entries.append(entry)
        self.below.append(below)
        self.signers.append(signer)
        self.cards.append(entry.card)
        self.place[entry.digest] = at
        for parent in entry.parents:
            self.heads &= ~(1 << self.place[parent])
        self.heads |= 1 << at
        self.by_device[entry.device] |= 1 << at
        self._file(at, entry, signer)
        return at

    def _file(self, at: int, entry: Entry, signer: Signer) -> None:
        card = self.cards[at]
        if card is not None:
            self.admissions[card.device].append(at)
        match entry.act:
            case Invite(id=invite):
                self.invites[invite].append(at)
            case Admit(invite=invite):
                self.uses[invite].append(at)
            case SetRole(device=device):
                self.roles[device].append(at)
            case Revoke(device=device):
                self.revokes[device] |= 1 << at
                self.all_revokes |= 1 << at
            case Renew():
                self.renewals[signer].append(at)
