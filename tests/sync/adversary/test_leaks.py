"""Markers in everything that travels: in no byte of the share, and after an erasure in none that anybody can open."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.fields import notes
from bren_desktop.exchange.backup_file import pack, unpack
from bren_desktop.keystore.erased import ErasedList
from bren_desktop.services.backups import Backups
from bren_desktop.services.context import Context
from bren_desktop.services.erasing import Erasing
from bren_desktop.services.ports import Reader
from bren_desktop.services.sync_ports import SpaceKind
from bren_desktop.storage.store import EncryptedStore
from tests.sync.adversary.arena import Arena
from tests.sync.independent.reader import contents
from tests.sync.world import KEY, Laptop, tree

TOKEN = "qzxmerk"
HOLD = "bewaarplicht_reden"
"""What keeps a case from being erased."""
ENCODED = tuple(TOKEN.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def marked(what: str) -> str:
    return f"{TOKEN}{what}"


def fill(arena: Arena) -> str:
    """A case and an expert with a marker in every field, an attachment, a note, a draft; the case."""
    bo = arena.laptops["bo"]
    case = bo.store.new_entity()
    with bo.store.write(bo.author) as writer:
        writer.write(Kind.CASE, case, {(name, ""): marked(name) for name in notes(Case) if name != HOLD})
        pdf = writer.put_attachment(f"%PDF {marked('bijlage')}".encode() * 50)
        writer.write(Kind.DOCUMENT, bo.store.new_entity(), {("casus", ""): case, ("pdf", ""): pdf})
        writer.write(Kind.CONTACT, bo.store.new_entity(), {("casus", ""): case, ("notitie", ""): marked("notitie")})
        writer.put_draft(f"case:{case}:hulpvraag", marked("concept"))
    return case


def fill_pool(arena: Arena) -> None:
    arena.laptops["bo"].write(Kind.EXPERT, "", {(name, ""): marked(name) for name in notes(Expert)})


def is_marked(data: bytes) -> bool:
    return any(token in data for token in ENCODED)


def test_no_byte_on_share_or_disk_tells_anything(
    appeared: Callable[[], bytes], arena: Arena, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fill(arena)
    fill_pool(arena)
    arena.rounds(3)
    arena.laptops["noor"].door.check()
    assert marked("hulpvraag") in str(arena.laptops["ali"].live())
    everything = tree(arena.root.parent)
    assert any(name.startswith("share/") for name in everything)
    assert [name for name, data in everything.items() if is_marked(data) or TOKEN in name] == []
    assert appeared() == b"", "nothing was made in the temp folder of the system"
    assert TOKEN not in caplog.text
    assert all(name not in caplog.text for name in ("Noor", "Ali", str(arena.root), "share/sp"))


def erasing(laptop: Laptop) -> tuple[Erasing, Backups]:
    context, erased = Context(laptop.store, laptop.clock), ErasedList(laptop.folder)
    backups = Backups(context, laptop.folder, lambda: b"{}", erased, pack)
    return Erasing(context, laptop.store, lambda: laptop.door, erased, backups), backups


def readable(arena: Arena, work: Path) -> Iterator[tuple[str, bytes]]:
    """Everything that a laptop's keys open: its store, its backup, and the share and every mirror by its box keys."""
    places = [arena.root, *(laptop.folder / "mirror" for laptop in arena.laptops.values())]
    for laptop in arena.laptops.values():
        yield laptop.name, opened_store(laptop.store)
        yield f"{laptop.name} backup", opened_backup(laptop, work / laptop.name)
        for place in places:
            for kind in (SpaceKind.TEAM, SpaceKind.NETWORK):
                eye = laptop.read(contents(place), kind)
                attachments = b"".join(
                    eye.attachment(*ref) for o in eye.out.operations for ref in o.attachments if ref[1] in eye.blobs
                )
                yield f"{place.name} by {laptop.name}", str((eye.out, eye.clear)).encode() + attachments


def opened_store(store: EncryptedStore) -> bytes:
    """Every value of every table, and everything that the services show."""
    found = []
    with store._engine.connect() as connection:
        tables = connection.exec_driver_sql("select name from sqlite_master where type = 'table'").scalars().all()
        for table in tables:
            for row in connection.exec_driver_sql(f'select * from "{table}"'):  # noqa: S608  names of our own tables
                found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    with store.read() as view:
        found.append(shown(view))
    return b"\n".join(found)


def shown(view: Reader) -> bytes:
    entities = [(kind, entity) for kind in Kind for entity in view.entities(kind)]
    said = [view.registers(kind, entity) for kind, entity in entities]
    told = [view.history(entity, 50) for _, entity in entities]
    return str([[(r.versions, r.awaited) for r in one.values()] for one in said]).encode() + str(told).encode()


def opened_backup(laptop: Laptop, to: Path) -> bytes:
    to.mkdir(parents=True)
    unpack(laptop.folder / "reserve.bren", to)
    store = EncryptedStore.open(to, KEY, clock=laptop.clock)
    try:
        return opened_store(store)
    finally:
        store.close()


def test_an_erased_case_is_in_no_byte_that_anybody_can_open(arena: Arena, tmp_path: Path) -> None:
    case = fill(arena)
    arena.rounds(3)
    for laptop in arena.laptops.values():
        erasing(laptop)[1].make(arena.laptops["noor"].actor, laptop.folder / "reserve.bren")
    before = [name for name, data in readable(arena, tmp_path / "before") if is_marked(data)]
    assert {"bo", "ali", "ali backup", "share by ali"} <= set(before)
    for name in ("pia", "bo"):
        erasing(arena.laptops[name])[0].erase(arena.laptops[name].actor, case)
        arena.rounds(1)
    arena.rounds(3)
    for laptop in arena.laptops.values():
        erasing(laptop)[0].settle(laptop.actor)
    after = [name for name, data in readable(arena, tmp_path / "after") if is_marked(data)]
    assert after == []
