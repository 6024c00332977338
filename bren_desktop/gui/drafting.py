"""Keeps what is being typed: at most a second old, on the way to the encrypted store."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from bren_desktop.gui.desk import Desk

AT_MOST_MS = 800
"""While somebody types on, a draft is written this often; the last keystroke is never longer unsaved."""


class DraftKeeper(QObject):
    """The draft of one form under `key`. `fields` gives what to keep as plain values."""

    def __init__(
        self, desk: Desk, key: str, fields: Callable[[], Mapping[str, object]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._desk = desk
        self._fields = fields
        self._timer = QTimer(self, singleShot=True, interval=AT_MOST_MS)
        self._timer.timeout.connect(self._write)

    def begin(self, key: str) -> None:
        """Go on under another key; what was typed until now is kept under its own."""
        self.keep()
        self.key = key

    def touch(self) -> None:
        """Something was typed."""
        if not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Keep at once what was typed since the last time: the form is being left."""
        if self._timer.isActive():
            self._timer.stop()
            self._write()

    def drop(self) -> None:
        """Forget the draft: what it held was saved, or is not wanted."""
        self._timer.stop()
        workspace, key = self._desk.workspace, self.key
        self._desk.tasks.do(lambda: workspace.drafts.drop(workspace.actor, key), _nothing)

    def _write(self) -> None:
        workspace, key, fields = self._desk.workspace, self.key, dict(self._fields())
        self._desk.tasks.do(lambda: workspace.drafts.keep(workspace.actor, key, fields), _nothing)


def _nothing(_: None) -> None:
    """The next draft follows by itself."""
