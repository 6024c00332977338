"""Asking something of the share from a screen: says that it is busy, and shows a failure beside what was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QWidget

from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.syncing import Syncing

T = TypeVar("T")


class ShareWork:
    """The thread of the share, for one dialog."""

    def __init__(self, desk: Desk, syncing: Syncing, busy: QLabel) -> None:
        self.desk, self.syncing = desk, syncing
        self._busy = busy
        self._open = 0

    def do(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        problem: QLabel | None = None,
        *waiting: QWidget,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        """Do `work`; the widgets `waiting` are off until it is done, and a failure is told in `problem`.

        `done` is for the screen that asked; `after` is done also where that is gone by then.
        """
        enabled = self._begin(waiting, problem)

        def on_done(answer: T) -> None:
            if self._end(enabled):
                done(answer)
            after()

        def on_failed(error: UserFacingError) -> None:
            if self._end(enabled):
                self._tell(error, problem)
            elif problem is not None:
                self.desk.messages.fail(error)

        self.syncing.do(work, on_done, on_failed)

    def _begin(self, waiting: Iterable[QWidget], problem: QLabel | None) -> list[QWidget]:
        self._open += 1
        self._busy.setText(QCoreApplication.translate("Sharing", "Even geduld: dit gaat over het netwerk…"))
        if problem is not None:
            problem.clear()
        enabled = [widget for widget in waiting if widget.isEnabled()]
        for widget in enabled:
            widget.setEnabled(False)
        return enabled

    def _end(self, enabled: Iterable[QWidget]) -> bool:
        """Whether the screen that asked is still there."""
        if not shiboken6.isValid(self._busy):
            return False
        self._open -= 1
        if not self._open:
            self._busy.clear()
        for widget in enabled:
            widget.setEnabled(True)
        return True

    def _tell(self, error: UserFacingError, problem: QLabel | None) -> None:
        if problem is None:
            self.desk.messages.fail(error)
            return
        problem.setText(sentence(error))
        problem.setAccessibleName(problem.text())
