"""Which segments of a chain stand: up to a cut the branch that it names, above any cut up to the first fork."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.sync.engine.branch import Branch
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.format.envelope import NO_DIGEST
from bren_desktop.sync.membership.members import Cut


def branch(place: Place, device: bytes) -> Branch:
    """What stands of a chain."""
    if place.members.card(device) is None:
        return Branch(0)
    forks = [seq for seq in place.shelf.chain(device).doubtful if len(place.shelf.at(device, seq)) > 1]
    cut = place.members.cut(device)
    if cut is not None:
        return _up_to(place, device, cut, forks)
    return _forked(place, device, forks[0]) if forks else Branch()


def _up_to(place: Place, device: bytes, cut: Cut, forks: Sequence[int]) -> Branch:
    """The chain that ends in the segment that a cut names."""
    fork = forks[0] if forks else 0
    digests = {cut.seq: cut.digest} if cut.seq else {}
    is_whole = place.digest(device, cut.seq) == cut.digest
    if not cut.seq or (is_whole and not any(seq <= cut.seq for seq in forks)):
        return Branch(cut.seq, digests, fork)
    seq, digest = cut.seq, cut.digest
    while seq > 1:
        found = place.shelf.find(device, seq, digest)
        if found is None:
            return Branch(min([seq, *forks]) - 1, {}, fork, seq)
        seq, digest = seq - 1, found.header.prev
        digests[seq] = digest
        if place.digest(device, seq) == digest:
            break
    return Branch(cut.seq, digests, fork)


def _forked(place: Place, device: bytes, fork: int) -> Branch:
    """The lower hash of those that follow what stands before, and nothing after it."""
    before = {place.digest(device, fork - 1)} if fork > 1 else {NO_DIGEST}
    if before == {b""}:
        before = {one.digest for one in place.shelf.at(device, fork - 1)}
    fitting = [one.digest for one in place.shelf.at(device, fork) if one.header.prev in before]
    return Branch(fork, {fork: min(fitting)}, fork) if fitting else Branch(fork - 1, {}, fork)


def stays(place: Place, device: bytes, stands: Branch) -> int:
    """Up to which seq what was applied of a chain may stay."""
    applied = place.chains.get(device)
    newest = min(applied.seq if applied else 0, stands.last)
    wrong = [seq for seq, digest in stands.digests.items() if seq <= newest and place.digest(device, seq) != digest]
    return min(wrong) - 1 if wrong else newest
