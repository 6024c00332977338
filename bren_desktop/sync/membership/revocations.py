"""Which revocations count, and what therefore does not (docs/share-format.md §4, rules 1 to 3)."""

from __future__ import annotations

from bren_desktop.sync.format.entries import Revoke
from bren_desktop.sync.membership.history import History, bits
from bren_desktop.sync.membership.lines import Lines, Split
from bren_desktop.sync.membership.standing import Judge, World


class Revocations:
    """The world of any part of a history that has all its ancestors, as the history grows."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._judge = Judge(history, whole=False)
        self._lines = Lines(history)
        self._worlds: dict[int, World] = {}
        self._own: list[World] = []
        self._sound = 0
        self._watched = 0
        self._targets: set[bytes] = set()
        self._rank: dict[int, tuple[bool, int, int]] = {}

    @property
    def sound(self) -> int:
        """The entries that are right by their own ancestors alone: no later or concurrent entry changes that."""
        return self._sound

    def note(self, at: int) -> None:
        """Take in an entry that was just placed."""
        self._lines.note(at)
        self._watch(at)
        world = self.world(self._history.below[at])
        self._own.append(world)
        if not self._judge.is_right(at, world):
            return
        self._sound |= 1 << at
        act, signer = self._history.entries[at].act, self._history.signers[at]
        if isinstance(act, Revoke):
            standing = self._judge.standing(signer, self._history.below[at], world)
            self._rank[at] = signer.device == act.device, standing.since if standing else at, at

    def world(self, mask: int) -> World:
        """What does not count and which revocations do, by the entries in `mask` alone."""
        key = mask & (self._watched | self._lines.entries)
        world = self._worlds.get(key)
        if world is None:
            world = self._worlds[key] = self._decided(mask)
        return world

    def _watch(self, at: int) -> None:
        """Remember whatever decides what counts: revocations, and all entries of whom they are about."""
        entry = self._history.entries[at]
        if isinstance(entry.act, Revoke):
            self._targets.add(entry.act.device)
            self._watched |= self._history.by_device.get(entry.act.device, 0) | 1 << at
        if entry.device in self._targets:
            self._watched |= 1 << at

    def role_by_ancestors(self, at: int) -> str:
        """The role of an entry's signer by its own ancestors alone; empty where it has none."""
        standing = self._judge.standing(self._history.signers[at], self._history.below[at], self._own[at])
        return standing.role if standing else ""

    def _decided(self, mask: int) -> World:
        splits = tuple(self._lines.splits(mask))
        candidates = self._sound & self._history.all_revokes & mask
        if not candidates and not splits:
            return World()
        pardoned = self._pardoned(splits, candidates)
        taken, last = 0, dict[bytes, int]()
        for at in sorted(bits(candidates), key=self._rank.__getitem__):
            void = (pardoned | self._cut_off(last)) & ~taken
            if not void >> at & 1 and self._stands(at, World(void, taken)):
                taken |= 1 << at
                last[self._target(at)] = last.get(self._target(at), -1) & self._history.below[at]
        void = self._pardoned(splits, taken) | self._cut_off(last)
        return World(void & mask & ~taken, taken)

    def _stands(self, at: int, so_far: World) -> bool:
        """Whether a revocation is right, also without what the ones before it took away."""
        own = self._own[at]
        both = World(so_far.void | own.void, so_far.taken | own.taken).within(self._history.below[at])
        if both == own.within(self._history.below[at]):
            return True
        return self._judge.is_right(at, both)

    def _pardoned(self, splits: tuple[Split, ...], revokes: int) -> int:
        """What does not count of devices that split, but for revocations of them and what these rest on."""
        void = 0
        for signer, part in splits:
            rested_on = 0
            for at in bits(revokes & self._history.revokes.get(signer.device, 0)):
                rested_on |= self._history.below[at] | 1 << at
            void |= part & ~rested_on
        return void

    def _cut_off(self, last: dict[bytes, int]) -> int:
        """What revoked devices wrote beside any of their revocations: a later one gives nothing back."""
        void = 0
        for device, rested_on in last.items():
            void |= self._history.by_device.get(device, 0) & ~rested_on
        return void

    def _target(self, at: int) -> bytes:
        act = self._history.entries[at].act
        return act.device if isinstance(act, Revoke) else b""
