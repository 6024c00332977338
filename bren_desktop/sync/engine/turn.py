"""Apply segments in causal order, within one transaction: each when all that it rests on is in hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import NamedTuple

from bren_desktop.oplog.clock import milliseconds
from bren_desktop.oplog.operations import DecodingError, Dot
from bren_desktop.services.sync_ports import Held, Link, Parcel, SyncRows
from bren_desktop.sync.engine.branch import Branch
from bren_desktop.sync.engine.ground import Ground, chosen
from bren_desktop.sync.engine.judge import Bench, RefusedParcelError, key_of
from bren_desktop.sync.engine.needs import HoldError, rest_of
from bren_desktop.sync.engine.peers import Peer
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.format import names
from bren_desktop.sync.format.envelope import NO_DIGEST, Envelope, OtherKeyError
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.format.segments import MOST_READS, Segment, read_segment

MOST_REFUSED = 200
"""Refused parcels of one device that are remembered one by one: its owner can make any number of them."""

_ID_TEXT = 26
"""Characters of an entity: what a stranger says may be longer."""


class BrokenError(HoldError):
    """A chain ends before this segment, for its form."""

    def __init__(self) -> None:
        super().__init__("malformed")


class Ready(NamedTuple):
    """A segment that can be applied now; `reach` is the highest counter of each device that its writer had seen."""

    envelope: Envelope
    digest: bytes
    segment: Segment
    reach: Mapping[bytes, int]


class Turn:
    """One transaction. `chains`, `peers` and what else it found count once that is committed."""

    def __init__(
        self, place: Place, rows: SyncRows, branches: Mapping[bytes, Branch], peers: Mapping[bytes, Peer]
    ) -> None:
        self.chains = dict(place.chains)
        self.peers = dict(peers)
        self.received = 0
        self.applied = 0
        self.weighed = 0
        self.refused: set[Dot] = set()
        self.stated: dict[bytes, Segment] = {}
        self.waiting: dict[bytes, tuple[int, HoldError]] = {}
        self._place = place
        self._rows = rows
        self._branches = branches
        self._ground = Ground(place, rows, branches, self.chains)

    def ready(self, device: bytes) -> Ready | None:
        """The next segment of a chain, if it can be applied; where it waits, `waiting` says why."""
        seq = self._before(device).seq + 1
        self.waiting.pop(device, None)
        try:
            if self._place.broken.get(device) == seq:
                raise BrokenError
            return self._ready(device, seq)
        except BrokenError as error:
            self._place.broken[device] = seq
            self.waiting[device] = seq, error
        except HoldError as error:
            self.waiting[device] = seq, error
        return None

    def _ready(self, device: bytes, seq: int) -> Ready | None:
        chain = self._place.shelf.chain(device)
        if seq > min(self._ground.last(device), chain.newest):
            return None
        version = self._place.mirror.version(self._place.paths.chain(device))
        stamp = seq, version, self._before(device).digest, self._branches[device].digests.get(seq)
        rest = self._place.memo.rests.get(device)
        if rest and rest.stamp == stamp:
            self._ground.check(rest)
        envelope = self._chosen(device, seq)
        segment = self._opened(envelope)
        rest = self._place.memo.rests[device] = rest_of(segment, stamp)
        reach = self._ground.check(rest)
        self._check_form(device, segment)
        return Ready(envelope, envelope.digest, segment, reach)

    def _chosen(self, device: bytes, seq: int) -> Envelope:
        wanted = self._branches[device].digests.get(seq)
        found = chosen(self._place.shelf.at(device, seq), self._before(device).digest, wanted)
        if found is None:
            raise HoldError("gap", frozenset({(device, seq)}))
        return found

    def _opened(self, envelope: Envelope) -> Segment:
        key = self._place.keys.get(envelope.header.epoch)
        if key is None:
            raise HoldError("no-key")
        try:
            return read_segment(envelope, key)
        except OtherKeyError as error:
            raise HoldError("no-key") from error
        except FormatError as error:
            raise BrokenError from error

    def _check_form(self, device: bytes, segment: Segment) -> None:
        """Whether the chain goes on: its counters, and its heads."""
        before = self._before(device)
        goes_on = segment.counter == before.counter + 1
        if not goes_on or not self._place.members.ancestors(segment.heads).issuperset(before.heads):
            raise BrokenError

    def _before(self, device: bytes) -> Link:
        return self.chains.get(device) or Link(0, NO_DIGEST, 0)

    def apply(self, ready: Ready) -> None:
        """Take in one segment."""
        header, segment = ready.envelope.header, ready.segment
        members = self._place.members
        role = members.role_at(header.device, segment.heads)
        bench = Bench(
            self._place.id, self._place.space.kind, members.cards[header.device], role, segment.schema, ready.reach
        )
        path = self._place.paths.segment(header.device, header.seq, ready.digest)
        for parcel in segment.parcels:
            self._take(bench, parcel, path)
        self._note_readings(bench, segment.reads[:MOST_READS])
        self.weighed += len(segment.parcels) + len(segment.reads)
        link = Link(header.seq, ready.digest, segment.last_counter, segment.heads, role or "")
        self._rows.add_link(self._place.space.id, header.device, link)
        self.chains[header.device] = link
        self.applied += 1
        self._note(header.device, segment)

    def _take(self, bench: Bench, parcel: Parcel, path: str) -> None:
        device = bench.card.device
        if parcel.subject in self._place.doomed:
            self._rows.skip(self._place.space.id, device, parcel.counter)
            return
        try:
            taken = bench.judged(parcel, key_of(self._rows, parcel))
            self.received += self._rows.take(taken.operation, parcel, taken.blobs, taken.uncounted)
        except (RefusedParcelError, DecodingError) as error:
            self._rows.skip(self._place.space.id, device, parcel.counter)
            self.refused.add(Dot(device, parcel.counter))
            if self._remembered[device] < MOST_REFUSED:
                self._remembered[device] += 1
                self._remember(device, parcel, path, error)

    def _remember(self, device: bytes, parcel: Parcel, path: str, error: Exception) -> None:
        """Hold on to why a parcel is not taken, and to the record: its case, or in the pool what it says."""
        reason, entity = "malformed", ""
        if isinstance(error, RefusedParcelError):
            reason, entity = error.reason, error.entity[:_ID_TEXT]
        about = names.text_id(parcel.subject) if parcel.subject else entity
        now, size = self._place.now_ms, len(parcel.body)
        self._rows.hold(Held(self._place.space.id, path, parcel.counter, reason, device, size, now, about.encode()))

    @cached_property
    def _remembered(self) -> Counter[bytes]:
        """How many parcels of each device are remembered as refused."""
        return Counter(item.device for item in self._rows.held() if item.counter)

    def _note_readings(self, bench: Bench, reads: Sequence[Parcel]) -> None:
        """Take in events of the read log; what is not right is left out."""
        entries = []
        for read in reads:
            if read.subject not in self._place.doomed:
                with suppress(RefusedParcelError, DecodingError):
                    entries.append((read.counter, bench.reading(read, key_of(self._rows, read))))
        if entries:
            self._rows.take_reads(self._place.space.id, bench.card.device, entries)

    def _note(self, device: bytes, segment: Segment) -> None:
        """Remember what a segment says of its writer, and of our own chain."""
        known = self.peers.get(device, Peer())
        has = next((seen.seq for seen in segment.seen if seen.device == self._place.device), 0)
        news = milliseconds(segment.clock_last) or known.news_ms
        self.peers[device] = Peer(news, max(known.has, has))
        if segment.state:
            self.stated[device] = segment
        else:
            self.stated.pop(device, None)
