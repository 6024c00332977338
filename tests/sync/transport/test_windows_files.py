"""The care for Windows, tried with the errors and attributes that Windows gives."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bren_desktop.sync.transport import disk_errors, folder
from bren_desktop.sync.transport.folder import FolderShare
from bren_desktop.sync.transport.share import AbsentError, AwayError, BusyError, RefusedError, ShareError, TakenError
from bren_desktop.sync.transport.windows_files import (
    PAUSES_S,
    Patience,
    is_placeholder,
    is_plain_file,
    is_plain_folder,
    long_name,
)

PATH = "f/00000001-0123456789ab.brs"
CLOUD_TAG, LINK_TAG, JUNCTION_TAG, SOCKET_TAG = 0x9000301A, 0xA000000C, 0xA0000003, 0x80000023


class WindowsFailureError(OSError):
    """An OSError as Windows raises it."""

    def __init__(self, winerror: int) -> None:
        super().__init__(22, "a sentence with C:\\a\\path")
        self.winerror = winerror


def _found(mode: int, attributes: int = 0, tag: int = 0) -> SimpleNamespace:
    """What Windows tells of a file."""
    return SimpleNamespace(st_mode=mode, st_file_attributes=attributes, st_reparse_tag=tag)


@pytest.fixture
def share(tmp_path: Path) -> FolderShare:
    (tmp_path / "f").mkdir()
    return FolderShare(tmp_path, wait=lambda _: None)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("C:\\Users\\a", "\\\\?\\C:\\Users\\a"),
        ("C:/Users/a", "\\\\?\\C:\\Users\\a"),
        ("\\\\server\\bren\\x", "\\\\?\\UNC\\server\\bren\\x"),
        ("//server/bren", "\\\\?\\UNC\\server\\bren"),
        ("\\\\?\\C:\\a", "\\\\?\\C:\\a"),
        ("\\\\.\\pipe\\a", "\\\\.\\pipe\\a"),
    ],
)
def test_a_long_name_says_the_same_place(path: str, expected: str) -> None:
    assert long_name(path) == expected
    assert long_name(expected) == expected


@pytest.mark.parametrize("winerror", [5, 32, 33])
@pytest.mark.parametrize("times", [1, 4, len(PAUSES_S)])
def test_what_a_scanner_holds_is_tried_again(winerror: int, times: int) -> None:
    waited: list[float] = []
    answers: list[OSError | str] = [*[WindowsFailureError(winerror)] * times, "done"]
    assert Patience(waited.append)(_answering(answers)) == "done"
    assert waited == list(PAUSES_S[:times])


def test_patience_ends_after_two_and_a_half_seconds() -> None:
    waited: list[float] = []
    patient = Patience(waited.append)
    with pytest.raises(WindowsFailureError):
        patient(_answering([WindowsFailureError(32)] * 99))
    assert sum(waited) == pytest.approx(2.5)


def test_patience_wears_out_until_something_works() -> None:
    """A folder without rights costs its seconds once, not for each of its files."""
    waited: list[float] = []
    patient = Patience(waited.append)
    for _ in range(3):
        with pytest.raises(WindowsFailureError):
            patient(_answering([WindowsFailureError(5)] * 99))
    assert len(waited) == len(PAUSES_S)
    patient(_answering(["done"]))
    patient(_answering([WindowsFailureError(5), "done"]))
    assert len(waited) == len(PAUSES_S) + 1


@pytest.mark.parametrize("error", [WindowsFailureError(2), WindowsFailureError(64), OSError(13, "no"), AbsentError()])
def test_other_failures_are_not_tried_again(error: Exception) -> None:
    waited: list[float] = []
    with pytest.raises(type(error)):
        Patience(waited.append)(_answering([error, "done"]))
    assert not waited


def test_the_real_wait_is_short_and_needs_no_clock() -> None:
    assert Patience()(_answering([WindowsFailureError(32), "done"])) == "done"


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((2, 3, 267), AbsentError),
        ((80, 183), TakenError),
        ((32, 33, 362, 389, 395, 404, 426, 0x80070185, 0x80070185 - 2**32, 999999), BusyError),
        ((53, 64, 67, 1231, 21, 55, 59, 121, 1222, 2250, 15), AwayError),
        ((5, 39, 112, 19, 1295, 1326), RefusedError),
    ],
)
def test_an_error_of_windows_says_what_it_means(numbers: tuple[int, ...], expected: type[ShareError]) -> None:
    for number in numbers:
        told = disk_errors.failure(WindowsFailureError(number))
        assert type(told) is expected, number
        assert "path" not in str(told)


@pytest.mark.parametrize("attribute", [0x1000, 0x40000, 0x400000], ids=["offline", "open", "access"])
def test_a_placeholder_is_busy_and_never_fetched(
    share: FolderShare, monkeypatch: pytest.MonkeyPatch, attribute: int
) -> None:
    share.put_new(PATH, b"1234")
    assert is_placeholder(_found(stat.S_IFREG, attribute))
    assert not is_placeholder(_found(stat.S_IFREG, 0x20))
    monkeypatch.setattr(folder, "is_placeholder", lambda _: True)
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("opened"))
    with pytest.raises(BusyError):
        share.read(PATH, 9)
    assert share.exists(PATH)
    assert share.stat(PATH) == 4
    assert share.list("f").files


def test_junctions_links_and_sockets_lead_elsewhere_and_files_of_a_cloud_do_not() -> None:
    for tag in (LINK_TAG, JUNCTION_TAG, SOCKET_TAG):
        assert not is_plain_folder(_found(stat.S_IFDIR, tag=tag))
        assert not is_plain_file(_found(stat.S_IFREG, tag=tag))
    assert is_plain_folder(_found(stat.S_IFDIR, tag=CLOUD_TAG))
    assert is_plain_file(_found(stat.S_IFREG, tag=CLOUD_TAG))
    assert not is_plain_file(_found(stat.S_IFDIR))
    assert not is_plain_folder(_found(stat.S_IFREG))


@pytest.mark.parametrize(("winerror", "expected"), [(32, BusyError), (33, BusyError), (5, RefusedError)])
def test_what_another_program_holds_is_not_trashed(
    share: FolderShare, monkeypatch: pytest.MonkeyPatch, winerror: int, expected: type[ShareError]
) -> None:
    share.put_new(PATH, b"1234")
    monkeypatch.setattr(Path, "unlink", _answering([WindowsFailureError(winerror)] * 99))
    with pytest.raises(expected):
        share.trash(PATH)
    monkeypatch.undo()
    assert share.exists(PATH)


def test_a_scanner_that_lets_go_in_time_is_not_noticed(share: FolderShare, monkeypatch: pytest.MonkeyPatch) -> None:
    real, held = folder._name, [WindowsFailureError(5), WindowsFailureError(32)]

    def name(draft: Path, target: Path) -> None:
        if held:
            raise held.pop()
        real(draft, target)

    monkeypatch.setattr(folder, "_name", name)
    share.put_new(PATH, b"1234")
    assert share.read(PATH, 9) == b"1234"


def test_where_renaming_is_not_allowed_files_get_their_name_at_once(
    share: FolderShare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the rights say: add and read, but nothing else."""
    monkeypatch.setattr(folder, "_name", _answering([WindowsFailureError(5)] * 10))
    share.put_new(PATH, b"1234")
    share.put_new("f/2", b"5")
    assert share.read(PATH, 9) == b"1234"
    assert len(list((tmp_path / "f").iterdir())) == 2


def test_a_file_held_while_it_gets_its_name_waits_for_the_next_time(
    share: FolderShare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "_name", _answering([WindowsFailureError(32)] * 10))
    with pytest.raises(BusyError):
        share.put_new(PATH, b"1234")
    assert not list((tmp_path / "f").iterdir())


def _answering(answers: list[Any]) -> Callable[..., Any]:
    """Something that gives these answers one after the other, raising those that are errors."""
    left = list(answers)

    def act(*_: object, **__: object) -> Any:
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return act
