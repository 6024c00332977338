"""Colleagues of one team with a laptop each, on one share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pytestqt.qtbot import QtBot

from bren_desktop.app import LateProfile
from bren_desktop.domain.actors import Role
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.preferences import Preferences
from tests.journeys.typist import Typist
from tests.storage.pages import decrypted
from tests.together import PASSPHRASE, enrolled, profile_in

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
    qtbot: QtBot
    files: Path
    printed: list[bytes] = field(default_factory=list)

    def found(self) -> None:
        """Vera begins a network, and lets the others in."""
        opened = enrolled(self.folder, ROLES)
        for workspace in (*opened.values(), opened["Vera"]):
            workspace.sharing.cycle(workspace.actor)
        for workspace in opened.values():
            workspace.lock()

    @contextmanager
    def at_desk(self, name: str) -> Iterator[Typist]:
        """Somebody opens the program, and closes it when the work is done: both bring the laptop up to date."""
        profile = profile_in(self.folder / name)
        window = MainWindow(LateProfile(profile.folder), Preferences())
        self.qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)
        window.open_session(profile.unlock(PASSPHRASE))
        try:
            yield Typist(window).begin()
        finally:
            window.close()
            self.qtbot.waitUntil(window.isHidden)

    def bring_up_to_date(self, name: str) -> None:
        """What the program does by itself as soon as it is opened."""
        workspace = profile_in(self.folder / name).unlock(PASSPHRASE)
        workspace.sharing.cycle(workspace.actor)
        workspace.lock()

    def mentions(self, words: str) -> list[Path]:
        """The files of laptops and share that hold these words, in the clear or in an encrypted store."""
        found = [path for path in self.folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]
        for name in ROLES:
            profile = profile_in(self.folder / name)
            pages = decrypted(profile.folder / "store.db", profile.vault.open(PASSPHRASE))
            if any(words.encode(encoding) in pages for encoding in ("utf-8", "utf-16-le")):
                found.append(profile.folder)
        return found
