"""What is in hand of all that a segment may rest on (docs/share-format.md §3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bren_desktop.domain.changing import SCHEMAS
from bren_desktop.services.sync_ports import Link, SyncRows
from bren_desktop.sync.engine.branch import ENDLESS, Branch
from bren_desktop.sync.engine.needs import HoldError, Missing, Rest
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.format.envelope import Envelope
from bren_desktop.sync.format.segments import Seen

MOST_MISSING = 10_000
_NOTHING = Link(0, b"", 0)


class Ground:
    """What is in hand, within one transaction."""

    def __init__(
        self, place: Place, rows: SyncRows, branches: Mapping[bytes, Branch], chains: Mapping[bytes, Link]
    ) -> None:
        self._place = place
        self._rows = rows
        self._branches = branches
        self._chains = chains
        self._erased = place.doomed | rows.erased()

    def check(self, rest: Rest) -> dict[bytes, int]:
        """The highest counter of each device that the writer had seen. Raises HoldError."""
        members = self._place.members
        if not members.knows(rest.heads):
            raise HoldError("gap")
        if rest.schema not in SCHEMAS:
            raise HoldError("newer")
        reach = {seen.device: self._reached(seen) for seen in rest.seen if members.is_let_in(seen.device, rest.heads)}
        needed = {key_id for subject, key_id in rest.keys if subject not in self._erased}
        if len(self._rows.case_keys(needed)) < len(needed):
            raise HoldError("no-key")
        return reach

    def last(self, device: bytes) -> int:
        """The last seq of a chain that may be applied."""
        if device == self._place.device:
            return ENDLESS
        return min(self._branch(device).last, self._place.broken.get(device, ENDLESS) - 1)

    def _branch(self, device: bytes) -> Branch:
        return self._branches.get(device, Branch(0))

    def _due(self, device: bytes) -> int:
        """The last seq of a chain that may be applied, once what a cut rests on is in hand."""
        awaited = self._branch(device).awaited
        return max(self.last(device), min(awaited, self._place.broken.get(device, ENDLESS) - 1))

    def _reached(self, seen: Seen) -> int:
        """The last counter of what stands of a chain as its reader knew it."""
        newest = self._chains.get(seen.device, _NOTHING)
        if seen.seq <= newest.seq:
            return self._common(seen)
        self._place.overtaken |= seen.device == self._place.device
        if self._leaves(seen, newest.seq + 1):
            return self._common(seen)
        if newest.seq < min(seen.seq, self._due(seen.device)):
            raise HoldError("gap", self._missing(seen), seen.device)
        fork = self._branch(seen.device).fork
        if fork and self._place.shelf.find(seen.device, seen.seq, seen.digest):
            return self._common(seen)
        return self._link(seen.device, min(fork - 1, newest.seq)).counter if fork else newest.counter

    def _leaves(self, seen: Seen, after: int) -> bool:
        """Whether the named segment follows another one than stands at `after`, the first that is not applied.

        Then that one is not waited for: it may have seen what names the other, and both would wait for ever.
        """
        find = self._place.shelf.find
        stands = self._branch(seen.device).digests.get(after)
        if stands is None or find(seen.device, after, stands) is None:
            return False
        named = next((start for seq, start in self._back(seen) if seq == after), stands)
        return not stands.startswith(named) and find(seen.device, after, named) is not None

    def _missing(self, seen: Seen) -> Missing:
        applied = self._chains.get(seen.device)
        chain = self._place.shelf.chain(seen.device)
        first = applied.seq + 1 if applied else 1
        wanted = range(max(first, seen.seq - MOST_MISSING), min(seen.seq, self._due(seen.device)) + 1)
        there = self.last(seen.device)
        return frozenset((seen.device, seq) for seq in wanted if seq > there or not chain.has(seq))

    def _common(self, seen: Seen) -> int:
        """The counter of the last segment that the named one has in common with the branch that stands."""
        seq = seen.seq
        for seq, start in self._back(seen):
            link = self._link(seen.device, seq)
            if not seq or (link.seq and link.digest.startswith(start)):
                return link.counter
        raise HoldError("gap", frozenset({(seen.device, seq)}))

    def _back(self, seen: Seen) -> Iterator[tuple[int, bytes]]:
        """The number and the start of the digest of a segment and of those that it follows, down to one not in hand."""
        seq, start = seen.seq, seen.digest
        yield seq, start
        while seq and (envelope := self._place.shelf.find(seen.device, seq, start)):
            seq, start = seq - 1, envelope.header.prev
            yield seq, start

    def _link(self, device: bytes, seq: int) -> Link:
        applied = self._chains.get(device, _NOTHING)
        if seq < 1 or applied.seq < seq:
            return _NOTHING
        return applied if applied.seq == seq else self._rows.link(self._place.space.id, device, seq) or _NOTHING


def chosen(envelopes: list[Envelope], prev: bytes, digest: bytes | None) -> Envelope | None:
    """The segment that follows `prev`; with a digest just that one."""
    fitting = [one for one in envelopes if one.header.prev == prev and digest in (None, one.digest)]
    return fitting[0] if fitting else None
