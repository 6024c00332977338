"""Colleagues of one team on a real folder, who joined once in this process: their files are put back for every test."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.workspace import Workspace
from bren_desktop.sync.format import words
from bren_desktop.wiring import Founder, Profile
from tests.sync.world import plant, profile_files

PASSPHRASE = "vier gele fietsen slapen"
CHEAP = Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1)


@dataclass(frozen=True)
class Together:
    """`folder` holds the share and a profile by the name of each; it stays in place, as profiles know where it lies."""

    folder: Path
    files: Mapping[str, bytes]
    case: str

    def workspace(self, name: str) -> Workspace:
        return profile_in(self.folder / name).unlock(PASSPHRASE)

    def put_back(self) -> None:
        """As it was when all had joined."""
        shutil.rmtree(self.folder)
        plant(self.folder, self.files)


def profile_in(folder: Path) -> Profile:
    """A profile with cheap key work."""
    return Profile(folder, KeyVault(folder, work=CHEAP))


def joined(folder: Path, people: Mapping[str, Role], first: Case) -> Together:
    """The first of these founds a network and lets the others in; all have the first case."""
    opened = enrolled(folder, people)
    founder, *others = opened.values()
    case = founder.cases.record(founder.actor, first).entity
    for workspace in (founder, *others, founder, *others):
        workspace.sharing.cycle(workspace.actor)
    for workspace in opened.values():
        workspace.lock()
    return Together(folder, profile_files(folder), case)


@mock.patch.object(words, "_WORK", CHEAP)
def enrolled(folder: Path, people: Mapping[str, Role]) -> Mapping[str, Workspace]:
    """The first of these founds a network, and the others ask to come in and are let in; nobody synced yet."""
    (folder / "share").mkdir(parents=True)
    opened = {name: founded(folder / name, name, role) for name, role in people.items()}
    founder, *others = opened.values()
    founder.sharing.create(founder.actor, str(folder / "share"), "BREN Zuidwest")
    for other in others:
        other.sharing.join(other.actor, *founder.sharing.invite(founder.actor, InviteTo.TEAM, Role(other.actor.role)))
        (request,) = founder.sharing.requests(founder.actor)
        founder.sharing.approve(founder.actor, request.id)
    return opened


def founded(folder: Path, name: str, role: Role) -> Workspace:
    """A new profile, opened."""
    return profile_in(folder).found(PASSPHRASE, Founder(name, role, "HGL"))[0]
