"""Every share behaves alike: a folder, one on a real Samba server, and the share in memory as long as it is honest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bren_desktop.sync.transport.folder import FolderShare
from tests.sync.conformance import CASES, Rig
from tests.sync.doubles import MemoryShare, MemoryStore
from tests.sync.samba import SambaServer, SmbShare


class FolderRig:
    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir(parents=True)

    def share(self) -> FolderShare:
        return FolderShare(self._root)

    def plant(self, path: str, data: bytes) -> None:
        (self._root / path).write_bytes(data)

    def unplug(self) -> None:
        self._root.rename(self._root.with_name("elsewhere"))


class MemoryRig:
    def __init__(self) -> None:
        self._store = MemoryStore()
        self._shares: list[MemoryShare] = []

    def share(self) -> MemoryShare:
        self._shares.append(self._store.view())
        return self._shares[-1]

    def plant(self, path: str, data: bytes) -> None:
        self._store.put(path, data)

    def unplug(self) -> None:
        for share in self._shares:
            share.troubles.away = True


class SambaRig:
    def __init__(self, server: SambaServer, name: str) -> None:
        self._server, self._name = server, name
        self._shares: list[SmbShare] = []
        (server.folder / name).mkdir()

    def share(self) -> SmbShare:
        self._shares.append(self._server.share(self._name))
        return self._shares[-1]

    def plant(self, path: str, data: bytes) -> None:
        (self._server.folder / self._name / path).write_bytes(data)

    def unplug(self) -> None:
        (self._server.folder / self._name).rename(self._server.folder / f"{self._name} elsewhere")

    def close(self) -> None:
        for share in self._shares:
            share.close()


@pytest.fixture(params=["folder", "long folder", "memory", "samba"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    match request.param:
        case "folder":
            yield FolderRig(tmp_path / "Gedeelde map Zoë")
        case "long folder":
            yield FolderRig(tmp_path.joinpath(*("x" * 60 for _ in range(4))))
        case "memory":
            yield MemoryRig()
        case _:
            samba = SambaRig(request.getfixturevalue("samba"), tmp_path.name)
            yield samba
            samba.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_a_share(case: Callable[[Rig], None], rig: Rig) -> None:
    case(rig)
