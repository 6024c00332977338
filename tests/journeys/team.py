"""Colleagues of one team with a laptop each, on one share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pytestqt.qtbot import QtBot

from bren_desktop.app import LateProfile
from bren_desktop.domain.actors import Role
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.preferences import Preferences
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Founder, Profile
from tests.journeys.typist import Typist
from tests.storage.pages import decrypted

ROLES = {
    "Vera": Role.VOORZITTER,
    "Sanne": Role.SECRETARIS,
    "Pieter": Role.PROCESREGISSEUR,
    "Petra": Role.PRIVACY,
}


@dataclass
class Team:
    """`folder` holds the profiles and the share; what leaves the program ends up in `files` and `printed`."""

    folder: Path
    passphrase: str
    profile: Callable[[Path], Profile]
    qtbot: QtBot
    files: Path
    printed: list[bytes] = field(default_factory=list)

    def found(self) -> None:
        """Vera begins a network, and lets the others in."""
        opened = {name: self._founded(name) for name in ROLES}
        vera, share = opened["Vera"], self.folder / "share"
        share.mkdir()
        vera.sharing.create(vera.actor, str(share), "BREN Zuidwest")
        for name, theirs in opened.items():
            if theirs is not vera:
                theirs.sharing.join(theirs.actor, *vera.sharing.invite(vera.actor, InviteTo.TEAM, ROLES[name]))
                (request,) = vera.sharing.requests(vera.actor)
                vera.sharing.approve(vera.actor, request.id)
        for workspace in (*opened.values(), vera):
            workspace.sharing.cycle(workspace.actor)
        for workspace in opened.values():
            workspace.lock()

    @contextmanager
    def at_desk(self, name: str) -> Iterator[Typist]:
        """Somebody opens the program, and closes it when the work is done: both bring the laptop up to date."""
        profile = self.profile(self.folder / name)
        window = MainWindow(LateProfile(profile.folder), Preferences())
        self.qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)
        window.open_session(profile.unlock(self.passphrase))
        try:
            yield Typist(window).begin()
        finally:
            window.close()
            self.qtbot.waitUntil(window.isHidden)

    def bring_up_to_date(self, name: str) -> None:
        """What the program does by itself as soon as it is opened."""
        workspace = self.profile(self.folder / name).unlock(self.passphrase)
        workspace.sharing.cycle(workspace.actor)
        workspace.lock()

    def mentions(self, words: str) -> list[Path]:
        """The files of laptops and share that hold these words, in the clear or in an encrypted store."""
        found = [path for path in self.folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]
        for name in ROLES:
            profile = self.profile(self.folder / name)
            pages = decrypted(profile.folder / "store.db", profile.vault.open(self.passphrase))
            if any(words.encode(encoding) in pages for encoding in ("utf-8", "utf-16-le")):
                found.append(profile.folder)
        return found

    def _founded(self, name: str) -> Workspace:
        return self.profile(self.folder / name).found(self.passphrase, Founder(name, ROLES[name], "JZ24"))[0]
