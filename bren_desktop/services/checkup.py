"""The check-up behind `bren doctor`: facts about machine, files, keyring and store, without any content."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from bren_desktop import __version__
from bren_desktop.errors import DamagedKeyFileError, DamagedStoreError, UserFacingError
from bren_desktop.services.ports import KeyVault
from bren_desktop.services.workspace import Workspace


class CheckedProfile(Protocol):
    """What the check-up needs of a profile."""

    @property
    def folder(self) -> Path: ...
    @property
    def state(self) -> str: ...
    @property
    def vault(self) -> KeyVault: ...
    def can_upgrade(self) -> bool: ...


def examine(profile: CheckedProfile, unlock: Callable[[], Workspace] | None) -> dict[str, object]:
    """The facts by name. Without a way to unlock it the store stays shut; with one it is checked, and sync too."""
    keyring = profile.vault.keyring_state()
    facts: dict[str, object] = {
        "version": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "upgrade": "ok" if profile.can_upgrade() else "incomplete",
        "files": _files(profile.folder),
        "keyring": {"usable": keyring.usable, "backend": keyring.backend, "reason": keyring.reason},
    }
    return facts | _store(profile, unlock)


def _files(folder: Path) -> dict[str, object]:
    present = folder.is_dir()
    nearest = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    return {
        "profile": present,
        "keys": (folder / "keys.json").is_file(),
        "store": (folder / "store.db").is_file(),
        "store_bytes": (folder / "store.db").stat().st_size if (folder / "store.db").is_file() else 0,
        "writable": os.access(nearest, os.W_OK),
        "free_bytes": shutil.disk_usage(nearest).free,
    }


def _store(profile: CheckedProfile, unlock: Callable[[], Workspace] | None) -> dict[str, object]:
    lacking = _lacking(profile)
    if lacking or unlock is None:
        return lacking or {"store": "locked"}
    try:
        workspace = unlock()
    except DamagedStoreError as error:
        return {"store": "damaged", "problem": str(error)}
    except UserFacingError as error:
        return {"store": "closed", "problem": str(error)}
    try:
        return _content(workspace)
    finally:
        workspace.lock()


def _lacking(profile: CheckedProfile) -> dict[str, object]:
    """What can be told without opening: there is no profile, or a file of it is gone. Empty where nothing lacks."""
    has_store, is_founded = (profile.folder / "store.db").is_file(), profile.state != "absent"
    if not has_store:
        return {"store": "damaged", "problem": str(DamagedStoreError())} if is_founded else {"store": "absent"}
    if is_founded and not profile.vault.exists():
        return {"store": "closed", "problem": str(DamagedKeyFileError())}
    return {}


def _content(workspace: Workspace) -> dict[str, object]:
    store = workspace.context.store
    problems = list(store.integrity())
    return {
        "store": "damaged" if problems else "ok",
        "integrity": problems,
        "state_hash": store.state_hash(),
        "state_hashes": dict(store.state_hashes()),
        "share": _share(workspace),
    }


def _share(workspace: Workspace) -> dict[str, object]:
    """How the profile stands to the share, in codes and counts: neither its folder nor a name."""
    status = workspace.sharing.status(workspace.actor)
    return {
        "standing": status.standing,
        "spaces": len(status.spaces),
        "unsent": status.unsent,
        "on_share": status.on_share,
        "requests": status.requests,
        "last_ms": status.last_ms,
        "warnings": list(status.warnings),
        "troubles": [{"reason": each.reason, "times": each.times} for each in status.troubles],
    }
