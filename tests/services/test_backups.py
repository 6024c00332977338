"""Backups hold everything, readable to nobody; an erasure reaches them and what is put back later."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import DiskFullError, NotFoundError, OnlyReadingError
from bren_desktop.exchange.backup_file import pack, unpack
from bren_desktop.keystore.erased import ErasedList, parse
from bren_desktop.services.access import Access
from bren_desktop.services.audit import HANDED_OVER
from bren_desktop.services.backups import Backups
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context
from bren_desktop.services.erasing import Erasing, purge
from bren_desktop.services.readlog import Leaving, ReadLog
from bren_desktop.services.share_door import Erasing as State
from bren_desktop.services.sync_ports import SyncStore
from bren_desktop.storage.ids import id_bytes
from bren_desktop.storage.store import EncryptedStore

MARK = "Zonnebloemstraat"
KEY_FILE = b'{"format": 1}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "profile0"
    path.mkdir(exist_ok=True)
    return path


@pytest.fixture
def erased(tmp_path: Path) -> ErasedList:
    return ErasedList(tmp_path)


@pytest.fixture
def backups(context: Context, tmp_path: Path, erased: ErasedList) -> Backups:
    return Backups(context, tmp_path, lambda: KEY_FILE, erased, pack)


@pytest.fixture
def case(cases: CaseWork, actor: Actor) -> str:
    return cases.record(actor, Case(achternaam=MARK, omschrijving=MARK)).entity


@pytest.fixture
def store(context: Context) -> SyncStore:
    return cast("SyncStore", context.store)


@pytest.fixture
def erasing(context: Context, store: SyncStore, door: Any, erased: ErasedList, backups: Backups) -> Erasing:
    return Erasing(context, store, lambda: door, erased, backups)


def opened(backup: Path, folder: Path, clock: Any) -> EncryptedStore:
    """The store in a backup, put in a folder of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    unpack(backup, folder)
    return EncryptedStore.open(folder, b"k" * 32, clock=clock)


def holds(backup: Path, folder: Path, context: Context, case: str) -> bool:
    store = opened(backup, folder, context.clock)
    try:
        with store.read() as reader:
            return reader.exists(Kind.CASE, case)
    finally:
        store.close()


def erase(store: SyncStore, case: str) -> None:
    with store.sync() as rows:
        rows.erase(id_bytes(case))


def test_a_backup_holds_all_and_shows_nothing(
    backups: Backups, context: Context, actor: Actor, case: str, tmp_path: Path
) -> None:
    path = tmp_path / "b.bren"
    size = backups.make(actor, path)
    assert path.stat().st_size == size
    assert MARK.encode() not in path.read_bytes()
    assert not list(tmp_path.glob("backup.part*"))
    store = opened(path, tmp_path / "terug", context.clock)
    assert store.state_hash() == context.store.state_hash()
    assert not store.integrity()
    store.close()
    assert (tmp_path / "terug" / "keys.json").read_bytes() == KEY_FILE
    assert parse((tmp_path / "terug" / "erased.json").read_bytes()) == frozenset()


def test_where_it_cannot_be_written_nothing_is_left(backups: Backups, actor: Actor, case: str, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        backups.make(actor, tmp_path / "nergens" / "b.bren")
    assert not list(tmp_path.glob("backup.part*"))
    assert backups.places(actor) == []


def test_an_erasure_reaches_every_backup_that_is_known(
    backups: Backups, erasing: Erasing, store: SyncStore, context: Context, actor: Actor, case: str, tmp_path: Path
) -> None:
    paths = [tmp_path / "een.bren", tmp_path / "twee.bren"]
    for path in paths:
        backups.make(actor, path)
        assert holds(path, tmp_path / "terug", context, case)
    paths[1].unlink()
    erase(store, case)
    erasing.settle(actor)
    assert not holds(paths[0], tmp_path / "terug", context, case)
    assert parse((tmp_path / "terug" / "erased.json").read_bytes()) == {case}
    assert not paths[1].exists()
    assert backups.places(actor) == [str(paths[0])]
    assert backups.left(actor) == []


def test_a_backup_out_of_reach_is_named_until_it_is_there_again(
    backups: Backups, erasing: Erasing, store: SyncStore, context: Context, actor: Actor, case: str, tmp_path: Path
) -> None:
    stick, drawer = tmp_path / "stick", tmp_path / "la"
    stick.mkdir()
    backups.make(actor, stick / "b.bren")
    stick.rename(drawer)
    erase(store, case)
    erasing.settle(actor)
    assert backups.left(actor) == [str(stick / "b.bren")]
    assert [str(stick / "b.bren") in sentence for sentence in backups.warnings(actor)] == [True]
    drawer.rename(stick)
    erasing.settle(actor)
    assert backups.left(actor) == []
    assert not holds(stick / "b.bren", tmp_path / "terug", context, case)


def test_a_backup_that_cannot_be_made_anew_is_named(
    context: Context, erased: ErasedList, store: SyncStore, door: Any, actor: Actor, case: str, tmp_path: Path
) -> None:
    full = False

    def filling(path: Path, parts: Any) -> None:
        if full:
            raise DiskFullError
        pack(path, parts)

    backups = Backups(context, tmp_path, lambda: KEY_FILE, erased, filling)
    backups.make(actor, tmp_path / "b.bren")
    full = True
    erase(store, case)
    Erasing(context, store, lambda: door, erased, backups).settle(actor)
    assert backups.left(actor) == [str(tmp_path / "b.bren")]


def test_an_old_backup_that_is_put_back_is_purged(
    backups: Backups, context: Context, actor: Actor, case: str, tmp_path: Path
) -> None:
    backups.make(actor, tmp_path / "b.bren")
    back = tmp_path / "terug"
    old = opened(tmp_path / "b.bren", back, context.clock)
    listed = ErasedList(back)
    listed.add([case])
    purge(old, listed)
    purge(old, listed)
    with old.read() as reader:
        assert not reader.exists(Kind.CASE, case)
    with old.look() as rows:
        assert rows.erased() == {id_bytes(case)}
    old.close()


def test_half_an_erasure_names_what_left(
    erasing: Erasing, context: Context, door: Any, actor: Actor, case: str
) -> None:
    ReadLog(context).note_leaving(actor, case, Leaving.PRINTED, "B01")
    context.log_read(actor, HANDED_OVER, Kind.CASE, case, "Expertteam Twente")
    found = erasing.erase(actor, case)
    assert (found.id, found.state, found.backups) == (case, State.ASKED, ())
    assert [(entry.action, entry.detail) for entry in found.outside] == [
        ("overdragen", "Expertteam Twente"),
        ("afdrukken", "B01"),
    ]
    assert door.asked == [f"erase {case}"]


def test_who_reads_a_case_by_noodtoegang_asks_no_erasure(
    erasing: Erasing, context: Context, door: Any, actor: Actor, case: str
) -> None:
    access, regisseur = Access(context, tuple), replace(actor, person="p7", role=Role.PROCESREGISSEUR)
    access.assign(actor, [case], ["p9"], [])
    access.open_in_emergency(regisseur, case, "De moeder belt in paniek.")
    with pytest.raises(OnlyReadingError):
        erasing.erase(regisseur, case)
    assert not door.asked


def test_a_case_that_is_not_there_is_asked_of_nobody(erasing: Erasing, door: Any, actor: Actor) -> None:
    with pytest.raises(NotFoundError):
        erasing.erase(actor, "weg")
    assert door.asked == []
