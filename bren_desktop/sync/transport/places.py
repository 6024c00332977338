"""Which folder may be the share, and an invite may lead to: what stands in an invite is hostile until then."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path, PurePosixPath, PureWindowsPath

from bren_desktop.errors import UserFacingError
from bren_desktop.sync.transport import safe_paths

LONGEST = 400
_PIPES = frozenset({"pipe", "ipc$", "mailslot", "davwwwroot"})


class BadPlaceError(UserFacingError):
    """A share path that is no plain folder."""

    def __init__(self) -> None:
        super().__init__(
            "De uitnodiging wijst niet naar een gewone map. Er is niets verstuurd en niets veranderd. "
            "Vraag uw collega om een nieuwe uitnodiging."
        )


class NoFolderError(UserFacingError):
    """A file where a folder should be."""

    def __init__(self) -> None:
        super().__init__("Dit is een bestand en geen map. Er is niets veranderd. Kies een map die u allen kunt openen.")


class OwnFolderError(UserFacingError):
    """The share in the profile, or around it."""

    def __init__(self) -> None:
        super().__init__(
            "De gedeelde map en de map van dit profiel liggen in elkaar. Er is niets veranderd. Het profiel is alleen "
            "voor deze laptop: kies een gedeelde map daarbuiten."
        )


def require_suitable(folder: Path, profile: Path) -> None:
    """Raise NoFolderError or OwnFolderError for what laptops cannot share; what cannot be looked at is not judged."""
    with suppress(OSError):
        if folder.is_file():
            raise NoFolderError
    if are_nested(folder, profile):
        raise OwnFolderError


def are_nested(folder: Path, profile: Path) -> bool:
    """Whether one of these is in the other."""
    share, own = folder.absolute(), profile.absolute()
    return share.is_relative_to(own) or own.is_relative_to(share)


def checked(place: str) -> str:
    """`place`, if it is the full path of a plain folder. Raises BadPlaceError."""
    if not place.isprintable() or len(place) > LONGEST or "://" in place or not _is_folder(place):
        raise BadPlaceError
    return place


def _is_folder(place: str) -> bool:
    if place.startswith("/") and not place.startswith("//"):
        return _are_plain(PurePosixPath(place).parts[1:])
    path = PureWindowsPath(place)
    if re.fullmatch(r"[A-Za-z]:", path.drive):
        return bool(path.root) and _are_plain(path.parts[1:])
    return _is_unc(place) and _are_plain(path.parts[1:])


def _is_unc(place: str) -> bool:
    """Whether `place` begins with a server and a share on it: no device, pipe or web folder."""
    found = re.match(r"\\\\([A-Za-z0-9][A-Za-z0-9.\-]*)\\([^\\/]+)(\\|$)", place)
    return found is not None and found[2].lower() not in _PIPES and safe_paths.is_safe(found[2].rstrip("$"))


def _are_plain(names: tuple[str, ...]) -> bool:
    return all(safe_paths.is_safe(name) and name != ".." for name in names)
