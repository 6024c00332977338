"""Histories of a few laptops that write, see some of each other's work, and write on: as Hypothesis makes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from bren_desktop.oplog.operations import Author, Change, Dot, Operation
from bren_desktop.services.sync_ports import HeldSpace, Link, SpaceKind, SyncRows
from bren_desktop.storage.ids import id_text
from bren_desktop.storage.store import EncryptedStore
from tests.delivery import closed

DEVICES = tuple(bytes([number]) * 16 for number in (7, 8, 9))
NETWORK, TEAM = id_text(b"n" * 16), id_text(b"t" * 16)
CASES = tuple(id_text(bytes([40 + number]) * 16) for number in range(3))
CHILDREN = tuple(id_text(bytes([60 + number]) * 16) for number in range(3))
EXPERTS = tuple(id_text(bytes([80 + number]) * 16) for number in range(2))
_ENTITIES = (
    *((TEAM, "casus", case) for case in CASES),
    *((TEAM, "contactmoment", child) for child in CHILDREN),
    *((NETWORK, "pareltje", expert) for expert in EXPERTS),
)
_FIELDS = {
    "casus": (("hulpvraag", ""), ("achternaam", ""), ("knelpunten", "KP-WLZ"), ("knelpunten", "KP-SAM")),
    "contactmoment": (("tekst", ""), ("met", "")),
    "pareltje": (("naam", ""), ("expertise", "EX-JUR")),
}


@dataclass
class History:
    """What each laptop wrote, in its order, and the links of its chains per space."""

    written: dict[tuple[str, bytes], list[Operation]] = field(default_factory=dict)

    def chain(self, space: str, device: bytes) -> list[Operation]:
        return self.written.setdefault((space, device), [])

    def all(self) -> Iterator[Operation]:
        for chain in self.written.values():
            yield from chain


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Every operation replaces just what its author had seen."""
    made = History()
    seen: dict[bytes, dict[tuple[str, bytes], int]] = {device: {} for device in DEVICES}
    for clock in range(draw(st.integers(1, 25))):
        device = draw(st.sampled_from(DEVICES))
        other = draw(st.sampled_from((None, *DEVICES)))
        if other is not None:
            for name, counter in seen[other].items():
                seen[device][name] = max(counter, seen[device].get(name, 0))
        space, kind, entity = draw(st.sampled_from(_ENTITIES))
        changes = [_change(draw, made, seen[device], space, entity, name) for name in _names(draw, kind)]
        if kind == "contactmoment":
            changes.insert(0, Change("casus", "", CASES[CHILDREN.index(entity)]))
        chain = made.chain(space, device)
        dot = Dot(device, len(chain) + 1)
        author = Author("p", "Ali", "voorzitter")
        chain.append(Operation(dot, 65536 * (clock + 1), space, kind, entity, author, tuple(changes)))
        seen[device][space, device] = dot.counter
    return made


def _names(draw: st.DrawFn, kind: str) -> Sequence[tuple[str, str]]:
    return draw(st.lists(st.sampled_from(_FIELDS[kind]), min_size=1, max_size=2, unique=True))


def _change(
    draw: st.DrawFn, made: History, seen: dict[tuple[str, bytes], int], space: str, entity: str, name: tuple[str, str]
) -> Change:
    known = [
        operation
        for device in DEVICES
        for operation in made.chain(space, device)[: seen.get((space, device), 0)]
        if operation.entity == entity
    ]
    touching = [(operation.dot, change) for operation in known for change in operation.changes if change[:2] == name]
    gone = {dot for _, change in touching for dot in change.replaces}
    live = tuple(sorted(dot for dot, _ in touching if dot not in gone))
    value = draw(st.sampled_from((None, True) if name[1] else (None, "een", "twee")))
    return Change(*name, value, live)


def joined(store: EncryptedStore) -> EncryptedStore:
    """`store` in the two spaces of the histories, as a laptop that wrote nothing of them."""
    with store.sync() as rows:
        for number, (name, kind) in enumerate(((NETWORK, SpaceKind.NETWORK), (TEAM, SpaceKind.TEAM))):
            rows.put_space(HeldSpace(name, kind, "x", bytes([100 + number]) * 16, b"k" * 32))
    return store


def deliver(rows: SyncRows, operations: Sequence[Operation]) -> None:
    """One segment of a chain."""
    for operation in operations:
        rows.take(operation, closed(rows, operation), ())
    last = operations[-1]
    chain = rows.links(last.space, last.dot.device)
    rows.add_link(last.space, last.dot.device, Link(len(chain) + 1, bytes(32), last.dot.counter))
