"""What only Windows knows about a folder: which server it is on, whether it keeps copies, what OneDrive holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PureWindowsPath

_CACHING, _NO_CACHING = 0x30, 0x30
_FLAGS_LEVEL = 1005
_LONGEST = 1024
_ONEDRIVE_ROOTS = {
    r"Software\Microsoft\OneDrive\Accounts": "UserFolder",
    r"Software\SyncEngines\Providers\OneDrive": "MountPoint",
}


def keeps_offline_copies(folder: Path) -> bool:
    """Whether Offline Files are on and the share does not forbid them: Windows may then answer with an old copy."""
    place = server_and_share(_connected_to(folder))
    return place is not None and _offline_files_are_on() and _caching(*place) != _NO_CACHING


def server_and_share(path: str) -> tuple[str, str] | None:
    """The two names at the start of a UNC path; nothing for a path on this machine."""
    names = PureWindowsPath(path).drive.removeprefix("\\\\").split("\\")
    return (names[0], names[1]) if len(names) == 2 and all(names) else None


def onedrive_roots() -> Iterator[Path]:
    """The folders that OneDrive and SharePoint keep for this user."""
    return (Path(found) for place, name in _ONEDRIVE_ROOTS.items() for found in _values(place, name) if found)


def _values(place: str, name: str) -> Iterator[str]:
    """The value of this name in every key directly below a place in the user's registry."""
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as keys:
            for number in range(winreg.QueryInfoKey(keys)[0]):
                with suppress(OSError), winreg.OpenKey(keys, winreg.EnumKey(keys, number)) as key:
                    yield str(winreg.QueryValueEx(key, name)[0])
    else:
        yield from ()


def _connected_to(folder: Path) -> str:
    """The folder as a UNC path where it lies on a mapped drive, else as it is."""
    path = str(folder.absolute())
    if sys.platform == "win32" and path[1:2] == ":":
        import ctypes

        name = ctypes.create_unicode_buffer(_LONGEST)
        if ctypes.windll.mpr.WNetGetConnectionW(path[:2], name, ctypes.byref(ctypes.c_ulong(_LONGEST))) == 0:
            return name.value
    return path


def _offline_files_are_on() -> bool:
    if sys.platform == "win32":
        import ctypes

        active, enabled = ctypes.c_int(), ctypes.c_int()
        with suppress(OSError, AttributeError):  # not every Windows has them
            ctypes.windll.cscapi.OfflineFilesQueryStatus(ctypes.byref(active), ctypes.byref(enabled))
            return bool(active.value)
    return False


def _caching(server: str, share: str) -> int:
    """How far the server lets laptops keep copies: its caching bits, none of them where it does not say."""
    if sys.platform == "win32":
        import ctypes

        flags = ctypes.POINTER(ctypes.c_ulong)()
        library = ctypes.windll.netapi32
        if library.NetShareGetInfo(server, share, _FLAGS_LEVEL, ctypes.byref(flags)) == 0:
            found = flags.contents.value & _CACHING
            library.NetApiBufferFree(flags)
            return found
    return 0
