"""Which cases two people asked to erase (docs/share-format.md §4): each half judged by its ancestors alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from bren_desktop.domain.actors import Role
from bren_desktop.sync.format.entries import Erase
from bren_desktop.sync.membership.history import History, bits
from bren_desktop.sync.membership.revocations import Revocations


class Half(NamedTuple):
    """One who asks for an erasure."""

    device: bytes
    person: str
    name: str
    private: bool
    """Whether as privacy officer; else in one of the other roles that count."""
    alone: bool
    """Whether beside a witness, by who was alone in the space."""


def halves(
    history: History, revocations: Revocations, is_alone: Callable[[int], bool]
) -> Mapping[bytes, frozenset[Half]]:
    """Who asks, by subject; also who turned out never to have been let in. `is_alone`: whether a signer then was."""
    found: defaultdict[bytes, set[Half]] = defaultdict(set)
    for at in bits(revocations.sound):
        entry = history.entries[at]
        if isinstance(entry.act, Erase):
            role = revocations.role_by_ancestors(at)
            card = history.card_of(history.signers[at])
            alone = entry.act.witnessed and is_alone(at)
            found[entry.act.subject].add(Half(entry.device, card.person, card.name, role == Role.PRIVACY, alone))
    return {subject: frozenset(asked) for subject, asked in found.items()}


def by_one(asked: Iterable[Half]) -> bool:
    """Whether somebody asks it who was alone."""
    return any(half.alone for half in asked)


def by_two(asked: Iterable[Half]) -> bool:
    """Whether both halves are there, of two people."""
    asked = tuple(asked)
    private = {half.person for half in asked if half.private}
    others = {half.person for half in asked if not half.private}
    return any(one != other for one in private for other in others)
