"""A secretary in a process of her own, for `test_kill.py`: types intakes into the real window until she is killed.

Every letter and every acknowledged commit is a line of JSON on standard output. Arguments: profile folder, seed.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bren_desktop import app
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.preferences import Preferences
from bren_desktop.gui.workbench import Workbench
from bren_desktop.services.views import OpenCase
from bren_desktop.wiring import Profile

PASSPHRASE = "vier gele fietsen slapen"
EVERY_MS = 8
SHORT, LONG = 4, 50
"""Words of one intake: many are saved between two kills, and others are typed for longer than a draft may wait."""
WORDS = "noor eet bijna niets en gaat sinds de zomer niet naar school; wie denkt mee over rust en regelmaat".split()


class Secretary:
    """Goes on for ever: types an intake, saves it, amends it, and begins the next."""

    def __init__(self, window: MainWindow, bench: Workbench, seed: int) -> None:
        self.window, self.bench, self.chance = window, bench, random.Random(seed)
        self.number = 0
        self.typed: dict[str, str] = {}
        self.steps = self._steps()
        self.timer = QTimer(interval=EVERY_MS)
        self.timer.timeout.connect(self._step)
        bench.desk.tasks.idle.connect(self._on_idle)
        self.on_idle: Callable[[], None] | None = None

    def _step(self) -> None:
        wait = next(self.steps)
        if wait is not None:
            self.timer.stop()
            self.on_idle = wait

    def _on_idle(self) -> None:
        if self.on_idle is not None:
            after, self.on_idle = self.on_idle, None
            after()
            self.timer.start()

    def _steps(self) -> Iterator[Callable[[], None] | None]:
        """One key at a time; a step that starts background work gives what to do when all of it is done."""
        while True:
            self.number += 1
            self.typed = {}
            self._key(Qt.Key.Key_N)
            yield self._nothing
            self._key(Qt.Key.Key_PageDown)
            yield from self._field("roepnaam", f"Noor{self.number}")
            self._key(Qt.Key.Key_PageDown)
            yield from self._field("hulpvraag", self._sentence())
            self._key(Qt.Key.Key_Return)
            yield self._tell_saved
            self._amend()
            yield self._nothing

    def _field(self, name: str, text: str) -> Iterator[None]:
        for letter in text:
            target = QApplication.focusWidget()
            assert target is not None
            QTest.keyClicks(target, letter)
            self.typed[name] = self.typed.get(name, "") + letter
            tell(what="typed", at=time.monotonic(), fields=self.typed)
            yield None

    def _tell_saved(self) -> None:
        tell(what="saved", fields=self.typed)

    def _amend(self) -> None:
        workspace = self.bench.desk.workspace
        name, told = self.typed["roepnaam"], f"Toelichting {self.number}"

        def amend() -> OpenCase:
            (row,) = [hit for hit in workspace.search.find(workspace.actor, name) if hit.title]
            opened = workspace.cases.open(workspace.actor, row.entity)
            workspace.cases.set_field(workspace.actor, opened.entity, "wensen", told)
            return opened

        self.bench.desk.tasks.do(amend, lambda _: tell(what="amended", fields={"roepnaam": name, "wensen": told}))

    def _sentence(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.choice((SHORT, LONG))))

    def _key(self, key: Qt.Key) -> None:
        QTest.keyClick(
            QApplication.focusWidget() or self.window,
            key,
            Qt.KeyboardModifier.ControlModifier,
        )

    def _nothing(self) -> None:
        """What was started is done; the next key follows."""


def tell(**line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main(folder: Path, seed: int) -> int:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    program = app.make_app()
    window = MainWindow(app.LateProfile(folder), Preferences())
    window.open_session(Profile(folder).unlock(PASSPHRASE))
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    assert window.session is not None
    bench = window.session.workbench
    bench.desk.tasks.drain()
    secretary = Secretary(window, bench, seed)
    secretary.timer.start()
    return program.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
