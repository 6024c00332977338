"""The segments of one space in the mirror: which there are, and each one's bytes, loose or out of a pack."""

from __future__ import annotations

import itertools
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bren_desktop.sync.engine.mirror import Mirror
from bren_desktop.sync.format import names
from bren_desktop.sync.format.envelope import LARGEST_START, Envelope, parse, whole_length
from bren_desktop.sync.format.names import Kind, Paths
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.transport.share import AbsentError

_REMEMBERED = 96 * 1024 * 1024
_SEGMENT, _PACK = f".{Kind.SEGMENT.value}", f".{Kind.PACK.value}"


def pieces(data: bytes) -> Iterator[bytes]:
    """The whole files in `data`, one after the other. Raises FormatError or IncompleteError where the rest is none."""
    at = 0
    while at < len(data) or not at:
        end = at + whole_length(data[at : at + LARGEST_START])
        yield data[at:end]
        at = end


@dataclass
class Chain:
    """What the mirror has of one device: paths of loose segments by seq, and packs as (first, last, path)."""

    loose: dict[int, list[str]] = field(default_factory=dict)
    packs: list[tuple[int, int, str]] = field(default_factory=list)

    @cached_property
    def newest(self) -> int:
        """The highest seq."""
        return max([*self.loose, *(last for _, last, _ in self.packs)], default=0)

    @cached_property
    def whole(self) -> int:
        """Up to which seq there is something of each."""
        there = set(self.from_seq(1))
        return next(seq for seq in itertools.count() if seq + 1 not in there)

    def has(self, seq: int) -> bool:
        return seq in self.loose or any(first <= seq <= last for first, last, _ in self.packs)

    def path(self, seq: int) -> str:
        """A file that holds the segment of that number; empty where none does."""
        packs = (path for first, last, path in self.packs if first <= seq <= last)
        return next(iter(self.loose.get(seq, ())), "") or next(packs, "")

    def from_seq(self, seq: int) -> list[int]:
        """The numbers from `seq` on of which there is something."""
        if seq > self.newest:
            return []
        packed = (range(max(first, seq), last + 1) for first, last, _ in self.packs)
        return sorted({number for number in self.loose if number >= seq}.union(*packed))

    def files_from(self, seq: int) -> list[str]:
        """The paths of what holds segments from `seq` on."""
        packs = (path for _, last, path in self.packs if last >= seq)
        return sorted({*packs, *(path for number in self.from_seq(seq) for path in self.loose.get(number, ()))})

    @cached_property
    def doubtful(self) -> Sequence[int]:
        """The seqs of which there may be two different segments."""
        twice = {seq for seq, paths in self.loose.items() if len(paths) > 1}
        packed: set[int] = set()
        for first, last, _ in self.packs:
            held = range(first, last + 1)
            twice.update(packed.intersection(held))
            packed.update(held)
        return sorted(twice.union(packed.intersection(self.loose)))


class Shelf:
    """All chains of a space. Packs that were read last stay in memory."""

    def __init__(self, mirror: Mirror, space: bytes) -> None:
        self._mirror = mirror
        self._paths = Paths(space)
        self._chains: dict[bytes, tuple[int, Chain]] = {}
        self._packs: OrderedDict[str, Mapping[int, bytes]] = OrderedDict()
        self._size = 0

    def devices(self) -> Iterator[bytes]:
        """Every device of which something lies here."""
        for name in sorted(self._mirror.folders(self._paths.log)):
            try:
                yield names.byte_id(name)
            except ValueError:
                continue

    def chain(self, device: bytes) -> Chain:
        """What there is of one device."""
        folder = self._paths.chain(device)
        version = self._mirror.version(folder)
        known = self._chains.get(device)
        if known is None or known[0] != version:
            known = version, _chain(folder, self._mirror.files(folder))
            self._chains[device] = known
        return known[1]

    def at(self, device: bytes, seq: int) -> list[Envelope]:
        """The segments of that number, each once, lowest hash first."""
        chain = self.chain(device)
        found = [one for path in tuple(chain.loose.get(seq, ())) for one in self._loose(path)]
        for first, last, path in tuple(chain.packs):
            if first <= seq <= last and seq in self._pack(path):
                found.append(parse(self._pack(path)[seq]))
        envelopes = {envelope.digest: envelope for envelope in found}
        return [envelopes[digest] for digest in sorted(envelopes)]

    def find(self, device: bytes, seq: int, start: bytes) -> Envelope | None:
        """The segment of that number whose digest begins with `start`."""
        return next((one for one in self.at(device, seq) if one.digest.startswith(start)), None)

    def _loose(self, path: str) -> list[Envelope]:
        try:
            return [parse(self._mirror.read(path))]
        except (FormatError, AbsentError):
            return []

    def _pack(self, path: str) -> Mapping[int, bytes]:
        if path in self._packs:
            self._packs.move_to_end(path)
            return self._packs[path]
        try:
            pack = {parse(piece).header.seq: piece for piece in pieces(self._mirror.read(path))}
        except (FormatError, AbsentError):
            return {}
        self._packs[path] = pack
        self._size += sum(map(len, pack.values()))
        while self._size > _REMEMBERED and len(self._packs) > 1:
            _, old = self._packs.popitem(last=False)
            self._size -= sum(map(len, old.values()))
        return pack


def _chain(folder: str, files: Mapping[str, int]) -> Chain:
    chain = Chain()
    for file in sorted(files):
        path, parts = f"{folder}/{file}", file.split("-")
        if file.endswith(_SEGMENT):
            chain.loose.setdefault(int(parts[0]), []).append(path)
        elif file.endswith(_PACK):
            chain.packs.append((int(parts[1]), int(parts[2]), path))
    return chain
