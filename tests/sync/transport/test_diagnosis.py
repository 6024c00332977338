"""What is not well about a folder is said in whole sentences, and about a good folder nothing is said."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from bren_desktop.sync.transport import diagnosis, windows_network
from bren_desktop.sync.transport.diagnosis import warnings
from bren_desktop.sync.transport.synced_folders import keeper


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**10))
    return _made(tmp_path / "server" / "bren")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _only(found: tuple[str, ...]) -> str:
    (sentence,) = found
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert sentence.count(". ") >= 1, "what is the matter, and what to do"
    return sentence


def test_a_plain_folder_is_well(share: Path, tmp_path: Path) -> None:
    assert warnings(share, tmp_path / "profile") == ()
    assert not list(share.iterdir())


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Gemeente Verzonnen", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Persoonlijk)", "Dropbox"),
        ("Nextcloud", "Nextcloud"),
        ("Google Drive", "Google Drive"),
        ("Mijn Drive", "Google Drive"),
        ("iCloudDrive", "iCloud"),
    ],
)
def test_a_folder_is_known_by_the_name_of_one_above_it(share: Path, name: str, program: str) -> None:
    folder = _made(share / name / "team" / "bren")
    assert f"bijgehouden door {program}." in _only(warnings(folder))


@pytest.mark.parametrize("name", ["Onedrive-archief", "Dropboxen", "Mijn Drives", "nextcloud-oud"])
def test_a_name_that_looks_like_it_is_not_enough(share: Path, name: str) -> None:
    assert warnings(_made(share / name)) == ()


@pytest.mark.parametrize(
    ("leaf", "program"),
    [
        (".dropbox.cache", "Dropbox"),
        (".sync_0123456789ab.db", "Nextcloud"),
        ("._sync_0123456789ab.db", "Nextcloud"),
        (".tmp.driveupload", "Google Drive"),
    ],
)
def test_a_folder_is_known_by_what_its_program_leaves(share: Path, leaf: str, program: str) -> None:
    (share.parent / leaf).write_bytes(b"")
    assert keeper(share) == program


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_onedrive_says_where_it_is_in_the_environment(
    share: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(share.parent))
    assert keeper(share) == "OneDrive"
    assert keeper(share.parent.parent) is None
    monkeypatch.setenv(variable, "")
    assert keeper(share) is None


def test_dropbox_says_where_it_is_in_its_settings(share: Path) -> None:
    settings = _made(Path.home() / ".dropbox") / "info.json"
    settings.write_text(json.dumps({"personal": {"host": 1}, "business": {"path": str(share)}}), "utf-8")
    assert keeper(share / "bren") == "Dropbox"
    for strange in ("", "{", "[]", '{"personal": 5}', '"text"', "\x00"):
        settings.write_text(strange, "utf-8")
        assert keeper(share) is None


def test_nextcloud_says_where_it_is_in_its_settings(share: Path) -> None:
    settings = _made(Path(os.environ["XDG_CONFIG_HOME"]) / "Nextcloud") / "nextcloud.cfg"
    settings.write_text(f"[Accounts]\n0\\Folders\\1\\localPath={share}/\n0\\Folders\\1\\paused=false\n", "utf-8")
    assert keeper(share) == "Nextcloud"
    settings.write_text("localPath\n0\\Folders\\1\\localPath=\n", "utf-8")
    assert keeper(share) is None


def test_a_folder_of_another_cloud_is_known_by_its_tag(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "lstat", lambda _: SimpleNamespace(st_mode=0, st_reparse_tag=0x9000701A))
    assert keeper(share) == "een programma dat bestanden synchroniseert"


def test_offline_files_are_named(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "keeps_offline_copies", lambda folder: folder == share)
    assert "Offlinebestanden" in _only(warnings(share))


@pytest.mark.parametrize(
    ("on", "caching", "expected"), [(True, 0, True), (True, 0x10, True), (True, 0x30, False), (False, 0, False)]
)
def test_offline_files_matter_where_they_are_on_and_the_share_allows_them(
    monkeypatch: pytest.MonkeyPatch, on: bool, caching: int, expected: bool
) -> None:
    monkeypatch.setattr(windows_network, "_connected_to", lambda _: "\\\\server\\bren\\team")
    monkeypatch.setattr(windows_network, "_offline_files_are_on", lambda: on)
    monkeypatch.setattr(windows_network, "_caching", lambda *_: caching)
    assert windows_network.keeps_offline_copies(Path("x")) is expected


def test_a_path_on_this_machine_has_no_server() -> None:
    assert windows_network.server_and_share("C:\\a\\b") is None
    assert windows_network.server_and_share("/srv/share") is None
    assert windows_network.server_and_share("\\\\server\\bren\\team") == ("server", "bren")
    assert not windows_network.keeps_offline_copies(Path("/srv/share"))


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EPERM])
def test_a_folder_without_the_right_to_write_is_named(
    share: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "open", refuse)
    assert "niet schrijven" in _only(warnings(share))


def test_what_was_tried_is_taken_away_also_after_a_crash(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError

    with monkeypatch.context() as crash:
        crash.setattr(Path, "unlink", refuse)
        assert not warnings(share)
        assert not warnings(share)
        assert len(list(share.iterdir())) == 1
    assert not warnings(share)
    assert not list(share.iterdir())


def test_little_space_is_named(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=diagnosis.LITTLE_SPACE - 1))
    assert "nog 499 MB vrij" in _only(warnings(share))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=diagnosis.LITTLE_SPACE))
    assert warnings(share) == ()


def test_a_share_and_a_profile_within_each_other_are_named(share: Path) -> None:
    for folder, profile in ((share / "a", share), (share, share / "a"), (share, share)):
        folder.mkdir(exist_ok=True)
        assert "liggen in elkaar" in _only(warnings(folder, profile))


def test_a_profile_in_a_synchronised_folder_is_named(share: Path, tmp_path: Path) -> None:
    assert "profielmap wordt bijgehouden door OneDrive" in _only(warnings(share, tmp_path / "OneDrive" / "profiel"))


def test_of_a_share_that_is_away_nothing_is_said(tmp_path: Path) -> None:
    assert warnings(tmp_path / "nergens") == ()
