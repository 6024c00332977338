"""Give each entry its place in the log: with all its parents, at the depth it says, truly signed (share-format §4)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from bren_desktop.sync.format.entries import Entry, Found
from bren_desktop.sync.format.envelope import Envelope
from bren_desktop.sync.membership.history import History, Signer
from bren_desktop.sync.membership.revocations import Revocations


class Placed(NamedTuple):
    """The log, what counts in any part of it, and the entries that have no place in it yet, or never will."""

    history: History
    revocations: Revocations
    unplaced: tuple[Entry, ...]


def placed(founding: bytes, entries: Iterable[Entry]) -> Placed:
    """The log that begins with the entry `founding`."""
    history = History()
    revocations = Revocations(history)
    unplaced = []
    once = {entry.digest: entry for entry in entries}
    for entry in sorted(once.values(), key=lambda one: (one.n, one.digest)):
        below = _below(entry, history, founding)
        signer = None if below is None else _signer(entry, below, history, revocations)
        if below is None or signer is None:
            unplaced.append(entry)
        else:
            revocations.note(history.add(entry, below, signer))
    return Placed(history, revocations, tuple(unplaced))


def _below(entry: Entry, history: History, founding: bytes) -> int | None:
    """The ancestors of an entry; None where one is missing, or the entry belongs elsewhere."""
    if not entry.parents:
        return 0 if entry.digest == founding and isinstance(entry.act, Found) else None
    below = history.set_of(entry.parents)
    if below is None or not _same_space(entry, history.entries[0]):
        return None
    deepest = max(history.entries[history.place[parent]].n for parent in entry.parents)
    return below if entry.n == deepest + 1 else None


def _same_space(one: Entry, other: Entry) -> bool:
    here, there = one.envelope.header, other.envelope.header
    return (here.network, here.space) == (there.network, there.space)


def _signer(entry: Entry, below: int, history: History, revocations: Revocations) -> Signer | None:
    """Whose entry it is: somebody whom an ancestor let in, with the right to do so by its own ancestors."""
    if isinstance(entry.act, Found) and not below:
        cards = [entry.act.card] if entry.act.card.device == entry.device else []
    else:
        let_in = below & revocations.sound
        places = [at for at in history.admissions.get(entry.device, ()) if let_in >> at & 1]
        cards = [card for at in places if (card := history.cards[at])]
    for key in {card.sign_key for card in cards}:
        if _is_by(entry.envelope, key):
            return Signer(entry.device, key)
    return None


def _is_by(envelope: Envelope, key: bytes) -> bool:
    return _is_signed(envelope.signed, envelope.signature, key)


@lru_cache(maxsize=8192)
def _is_signed(signed: bytes, signature: bytes, key: bytes) -> bool:
    """A log is read again each time it grows: what was found true or false of 108 bytes stays so."""
    from bren_desktop.crypto.seal import is_signed

    return is_signed(signed, signature, key)
