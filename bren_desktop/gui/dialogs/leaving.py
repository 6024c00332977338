"""What stands in the window between working and a lock: nothing to read, while the last run of sync is bounded."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from bren_desktop.gui.forms.leaving import Ui_Leaving
from bren_desktop.gui.syncing import Syncing

SLOW_MS = 3_000
LONGEST_MS = 10_000
CANCELLED_MS = 3_000
"""What the run gets to end after it was told to stop."""


class LeavingPanel(QWidget):
    """`done` comes once: after the last run, when it took too long, or when its user does not want to wait."""

    done = Signal()

    def __init__(self, syncing: Syncing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_Leaving()
        self.ui.setupUi(self)
        self._syncing = syncing
        self._is_done = False
        self.ui.go_on.hide()
        self.ui.go_on.clicked.connect(self._on_enough)
        self._slow = self._after(SLOW_MS, self._on_slow)
        self._longest = self._after(LONGEST_MS, self._on_enough)
        self._hanging = self._after(CANCELLED_MS, self._on_done)

    def start(self) -> None:
        """Run once more."""
        self._slow.start()
        self._longest.start()
        self._syncing.last_run(self._on_done)

    def _after(self, milliseconds: int, slot: object) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(slot)
        return timer

    def _on_slow(self) -> None:
        self.ui.slow.setText(
            self.tr(
                "Dit duurt langer dan gewoon. U hoeft niet te wachten: wat nog niet op de share staat, staat veilig op "
                "deze laptop en gaat de volgende keer mee."
            )
        )
        self.ui.go_on.show()
        self.ui.go_on.setFocus()

    def _on_enough(self) -> None:
        self._syncing.cancel()
        self.ui.go_on.setEnabled(False)
        self._hanging.start()

    def _on_done(self) -> None:
        if not self._is_done:
            self._is_done = True
            for timer in (self._slow, self._longest, self._hanging):
                timer.stop()
            self.done.emit()
