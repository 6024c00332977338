"""Whether a program that synchronises files (OneDrive and the like) keeps a folder, and which."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from bren_desktop.sync.transport.windows_network import onedrive_roots

_LARGEST = 1024 * 1024
_CLOUD, _WHICHEVER_CLOUD = 0x9000001A, 0xFFFF0FFF


class _Program(NamedTuple):
    """One such program: how it names its folder, and the files it leaves in there."""

    name: str
    folder: re.Pattern[str]
    leaves: tuple[str, ...] = ()


_PROGRAMS = (
    _Program("OneDrive", re.compile(r"OneDrive( - .+)?")),
    _Program("Dropbox", re.compile(r"Dropbox( \(.+\))?"), (".dropbox", ".dropbox.cache")),
    _Program("Nextcloud", re.compile(r"Nextcloud\d*"), (".sync_*.db", "._sync_*.db", ".nextcloudsync.log")),
    _Program(
        "Google Drive",
        re.compile(r"Google ?Drive|(Mijn|My) Drive|Gedeelde drives|Shared drives"),
        (".tmp.drivedownload", ".tmp.driveupload"),
    ),
    _Program("iCloud", re.compile(r"iCloud ?Drive")),
)
_SOME_PROGRAM = "een programma dat bestanden synchroniseert"


def keeper(folder: Path) -> str | None:
    """The name of the program that keeps this folder or one above it; nothing where none is known to."""
    place = folder.absolute()
    above = (place, *place.parents)
    for name, root in _roots():
        if root.is_absolute() and place.is_relative_to(root):
            return name
    for program in _PROGRAMS:
        if any(program.folder.fullmatch(part.name) or _holds(part, program.leaves) for part in above):
            return program.name
    return _SOME_PROGRAM if any(map(_is_of_a_cloud, above)) else None


def _holds(folder: Path, leaves: tuple[str, ...]) -> bool:
    with suppress(OSError):
        return any(next(folder.glob(leaf), None) for leaf in leaves)
    return False


def _is_of_a_cloud(folder: Path) -> bool:
    with suppress(OSError):
        return getattr(folder.lstat(), "st_reparse_tag", 0) & _WHICHEVER_CLOUD == _CLOUD
    return False


def _roots() -> Iterator[tuple[str, Path]]:
    """The folders that these programs say they keep."""
    for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        if value := os.environ.get(variable):
            yield "OneDrive", Path(value)
    yield from (("OneDrive", root) for root in onedrive_roots())
    yield from (("Dropbox", root) for root in _dropbox_roots())
    yield from (("Nextcloud", root) for root in _nextcloud_roots())


def _dropbox_roots() -> Iterator[Path]:
    for file in (*_settings("Dropbox/info.json"), Path.home() / ".dropbox" / "info.json"):
        with suppress(ValueError, AttributeError):
            for account in json.loads(_text(file) or "{}").values():
                yield Path(str(account.get("path", "")))


def _nextcloud_roots() -> Iterator[Path]:
    for file in _settings("Nextcloud/nextcloud.cfg"):
        for found in re.finditer(r"^.*\\localPath=(.+)$", _text(file), re.MULTILINE):
            yield Path(found[1].strip())


def _settings(name: str) -> Iterator[Path]:
    for variable in ("APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME"):
        if value := os.environ.get(variable):
            yield Path(value) / name
    yield Path.home() / ".config" / name


def _text(file: Path) -> str:
    with suppress(OSError), file.open("rb") as opened:
        return opened.read(_LARGEST).decode("utf-8", "replace")
    return ""
