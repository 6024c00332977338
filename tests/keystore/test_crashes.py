"""Power cuts, full disks and refusals at every single step of a change, and bytes that flip afterwards."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.errors import (
    DamagedKeyFileError,
    DiskFullError,
    NoWriteAccessError,
    StoreInUseError,
    UserFacingError,
    WrongPassphraseError,
)
from bren_desktop.keystore import disk
from bren_desktop.keystore.ring import Ring
from bren_desktop.keystore.vault import KeyVault

pytestmark = pytest.mark.usefixtures("no_key_twice")
OLD, NEW = "zeven blauwe fietsen", "acht groene fietsen"
STEPS = ("open", "write", "fsync", "replace", "unlink")


class PowerCutError(BaseException):
    """The machine stops; no handler of ours runs on it."""


class Faults:
    """Counts the steps that touch the disk and makes the n-th one, or every one from there, go wrong."""

    def __init__(
        self, at: int, error: Callable[[], BaseException], *, torn: bool = False, lasting: bool = False
    ) -> None:
        self.at, self.error, self.torn, self.lasting = at, error, torn, lasting
        self.count = 0

    def wrap(self, name: str) -> Callable[..., Any]:
        real: Callable[..., Any] = getattr(os, name)

        def step(*args: Any, **named: Any) -> Any:
            self.count += 1
            if self.count == self.at or (self.lasting and self.count > self.at):
                if self.torn:
                    _tear(name, args)
                raise self.error()
            return real(*args, **named)

        return step


def _tear(name: str, args: tuple[Any, ...]) -> None:
    """Leave half of it: half of the bytes written, or a target that a poor file system did not replace whole."""
    if name == "write":
        _WRITE(args[0], args[1][: len(args[1]) // 2])
    if name == "replace" and Path(args[1]).exists():
        data = Path(args[0]).read_bytes()
        Path(args[1]).write_bytes(data[: len(data) // 2])


_WRITE = os.write


@contextmanager
def failing(faults: Faults, steps: tuple[str, ...] = STEPS) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in steps:
            patch.setattr(os, name, faults.wrap(name))
        yield


def vault_in(folder: Path) -> KeyVault:
    return KeyVault(folder, work=Argon2Work(1, 8 * 1024, 1), find_ring=lambda: Ring([]))


class Scene:
    """A profile that is put back as it was before each fault."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.vault = vault_in(folder)
        self.created = self.vault.create(OLD)
        self.files = {path.name: path.read_bytes() for path in folder.iterdir()}

    def reset(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()
        for name, data in self.files.items():
            (self.folder / name).write_bytes(data)

    def opening(self) -> list[str]:
        return [passphrase for passphrase in (OLD, NEW) if self._opens(passphrase)]

    def assert_whole(self) -> None:
        assert self.vault.open_with_recovery(self.created.recovery_code) == self.created.key
        left = {path.name: path.read_bytes() for path in self.folder.iterdir()}
        assert set(left) == {"keys.json", "keys.json.previous"}
        assert len(set(left.values())) == 1

    def _opens(self, passphrase: str) -> bool:
        try:
            return self.vault.open(passphrase) == self.created.key
        except WrongPassphraseError:
            return False


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path / "profiel")


@pytest.mark.parametrize("torn", [False, True])
@pytest.mark.parametrize("lone", [False, True])
def test_after_a_power_cut_at_any_step_exactly_one_passphrase_opens(scene: Scene, *, torn: bool, lone: bool) -> None:
    if lone:
        del scene.files["keys.json.previous"]
    opened: list[str] = []
    for at in range(1, 100):
        scene.reset()
        faults = Faults(at, PowerCutError, torn=torn)
        try:
            with failing(faults):
                scene.vault.change_passphrase(scene.created.key, NEW)
        except PowerCutError:
            opened += (found := scene.opening())
            assert len(found) == 1, f"step {at}"
            scene.assert_whole()
            continue
        assert faults.count < at
        break
    assert opened == sorted(opened, key=[OLD, NEW].index), "once the new passphrase opens, it stays so"
    assert set(opened) == {OLD, NEW}


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize(
    ("code", "told"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EDQUOT, DiskFullError),
        (errno.EACCES, NoWriteAccessError),
        (errno.EROFS, NoWriteAccessError),
    ],
)
def test_a_refused_step_is_told_or_overcome_and_what_was_said_is_true(
    scene: Scene, code: int, told: type[UserFacingError], *, lasting: bool
) -> None:
    raised = 0
    for at in range(1, 100):
        scene.reset()
        faults = Faults(at, lambda: OSError(code, "refused"), lasting=lasting)
        expected = NEW
        with failing(faults):
            try:
                scene.vault.change_passphrase(scene.created.key, NEW)
            except told:
                raised += 1
                expected = OLD
        assert scene.opening() == [expected], f"step {at}"
        scene.assert_whole()
        if faults.count < at:
            break
    assert raised > 3


def test_a_power_cut_while_making_a_profile_leaves_one_that_opens_or_none(tmp_path: Path) -> None:
    outcomes: set[bool] = set()
    for at in range(1, 100):
        vault = vault_in(tmp_path / str(at))
        faults = Faults(at, PowerCutError)
        try:
            with failing(faults):
                vault.create(OLD)
        except PowerCutError:
            outcomes.add(vault.exists())
            assert len(vault.open(OLD) if vault.exists() else vault.create(OLD).key) == 32
            continue
        assert faults.count < at
        break
    assert outcomes == {True, False}


def test_an_unknown_failure_is_not_dressed_up(scene: Scene) -> None:
    with failing(Faults(4, lambda: OSError(errno.EIO, "broken"))), pytest.raises(OSError, match="broken"):
        scene.vault.change_passphrase(scene.created.key, NEW)
    assert scene.opening() == [OLD]


def test_a_file_that_does_not_read_back_is_not_put_in_force(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", lambda handle, data: _WRITE(handle, bytes(len(data))))
    with pytest.raises(OSError, match="read back"):
        scene.vault.change_passphrase(scene.created.key, NEW)
    monkeypatch.undo()
    assert scene.opening() == [OLD]


def test_a_file_system_that_cannot_flush_is_no_failure(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(errno.EINVAL, "not here")

    monkeypatch.setattr(os, "fsync", refuse)
    scene.vault.change_passphrase(scene.created.key, NEW)
    assert scene.opening() == [NEW]


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_them_all(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", lambda handle, data: _WRITE(handle, data[:7]))
    scene.vault.change_passphrase(scene.created.key, NEW)
    assert scene.opening() == [NEW]


def test_bytes_are_on_disk_before_they_are_put_in_force(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    for name in ("write", "fsync", "replace"):
        monkeypatch.setattr(os, name, _noting(name, order))
    scene.vault.change_passphrase(scene.created.key, NEW)
    assert order[:3] == ["write", "fsync", "replace"]


if sys.platform != "win32":

    def test_a_pipe_in_the_place_of_the_file_is_not_waited_for(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        (scene.folder / "keys.json").unlink()
        os.mkfifo(scene.folder / "keys.json")
        opened: list[str] = []
        real = Path.open

        def noted(path: Path, mode: str) -> Any:
            opened.append(path.name)
            return BytesIO() if path.is_fifo() else real(path, mode)

        monkeypatch.setattr(Path, "open", noted)
        assert disk.read_small(scene.folder / "keys.json.previous", 65_536)
        with pytest.raises(FileNotFoundError):
            disk.read_small(scene.folder / "keys.json", 65_536)
        assert opened == ["keys.json.previous"]


@pytest.fixture(scope="module")
def flipping(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(tmp_path_factory.mktemp("flip") / "profiel")


@given(data=st.data())
def test_any_byte_flipped_in_the_file_opens_the_right_key(flipping: Scene, data: st.DataObject) -> None:
    flipping.reset()
    _flip(flipping.folder / "keys.json", data)
    assert flipping.vault.open(OLD) == flipping.created.key
    flipping.assert_whole()


@given(data=st.data())
def test_bytes_flipped_in_both_files_open_the_right_key_or_none(flipping: Scene, data: st.DataObject) -> None:
    flipping.reset()
    for name in flipping.files:
        _flip(flipping.folder / name, data)
    before = {name: (flipping.folder / name).read_bytes() for name in flipping.files}
    with pytest.raises(DamagedKeyFileError):
        flipping.vault.open(OLD)
    assert {name: (flipping.folder / name).read_bytes() for name in flipping.files} == before


def _noting(name: str, order: list[str]) -> Callable[..., Any]:
    real: Callable[..., Any] = getattr(os, name)

    def step(*args: Any) -> Any:
        order.append(name)
        return real(*args)

    return step


def _flip(path: Path, data: st.DataObject) -> None:
    held = bytearray(path.read_bytes().rstrip())
    held[data.draw(st.integers(0, len(held) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(held)


class TestHeldByAnother:
    """Windows: a virus scanner or indexer has the file open for a moment."""

    @pytest.fixture
    def pauses(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        slept: list[float] = []
        monkeypatch.setattr("time.sleep", slept.append)
        return slept

    @pytest.mark.parametrize("code", [5, 32, 33])
    def test_for_a_moment_is_waited_out(self, scene: Scene, pauses: list[float], code: int) -> None:
        with failing(Faults(1, lambda: _held(code)), ("replace",)):
            scene.vault.change_passphrase(scene.created.key, NEW)
        assert scene.opening() == [NEW]
        assert pauses == [0.05]

    def test_for_ever_is_told_after_two_and_a_half_seconds(self, tmp_path: Path, pauses: list[float]) -> None:
        tries: list[int] = []

        def refused() -> None:
            tries.append(1)
            raise _held(32)

        with pytest.raises(PermissionError) as caught:
            disk.patiently(refused)
        assert len(tries) == 7
        assert sum(pauses) == pytest.approx(2.5)
        assert isinstance(disk.as_told(caught.value), StoreInUseError)

    def test_another_error_is_not_tried_again(self, pauses: list[float]) -> None:
        def refused() -> None:
            raise _held(87)

        with pytest.raises(PermissionError):
            disk.patiently(refused)
        assert pauses == []

    @pytest.mark.skipif(sys.platform != "win32", reason="needs Windows")
    def test_a_program_that_really_holds_it_costs_nothing(self, scene: Scene, pauses: list[float]) -> None:
        with (scene.folder / "keys.json").open("rb"), pytest.raises((StoreInUseError, NoWriteAccessError)):
            scene.vault.change_passphrase(scene.created.key, NEW)
        assert len(pauses) == 6
        assert scene.opening() == [OLD]
        scene.assert_whole()

    @pytest.mark.parametrize("code", [39, 112])
    def test_the_full_disk_of_windows_is_a_full_disk(self, code: int) -> None:
        assert isinstance(disk.as_told(_held(code)), DiskFullError)


def _held(code: int) -> PermissionError:
    error = PermissionError(errno.EACCES, "held")
    error.winerror = code  # type: ignore[attr-defined]
    return error
