"""What the window needs of a profile folder before it is open; `app` hands it in, so that the window starts light."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from bren_desktop.domain.keyring_state import Created
    from bren_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Founding:
    """Who sets up a profile, and with which passphrase. `role` and `team` are codes."""

    name: str
    role: str
    team: str
    passphrase: str = field(repr=False)


class ProfileDoor(Protocol):
    """One profile folder. Everything but `exists` may take a second and runs in the background."""

    def exists(self) -> bool:
        """Whether there is a profile to unlock."""

    def found(self, founding: Founding) -> tuple[Workspace, Created]: ...
    def unlock(self, passphrase: str) -> Workspace: ...
    def unlock_with_recovery(self, code: str) -> Workspace: ...
    def restore(self, backup: Path) -> None:
        """Put a backup here, in the place of a profile that there may be; it is still locked."""
