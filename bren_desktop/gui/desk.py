"""What every page gets: the unlocked workspace, background work, messages and the way to other pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bren_desktop.gui.messages import Messages
from bren_desktop.gui.navigator import Navigator
from bren_desktop.gui.tasks import Tasks

if TYPE_CHECKING:
    from bren_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Desk:
    """One unlocked session. A lock throws the desk away with its pages; unlocking makes a new one."""

    workspace: Workspace
    tasks: Tasks
    messages: Messages
    navigator: Navigator
