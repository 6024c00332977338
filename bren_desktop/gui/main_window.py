"""The one window: the door (first start, unlock, recovery) while locked, the workbench while open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from bren_desktop.gui.dialogs.unlock import UnlockPanel
from bren_desktop.gui.door import ProfileDoor
from bren_desktop.gui.messages import Messages, note
from bren_desktop.gui.preferences import Preferences
from bren_desktop.gui.tasks import Tasks
from bren_desktop.gui.widgets.shade import Shade

if TYPE_CHECKING:
    from bren_desktop.domain.keyring_state import Created
    from bren_desktop.gui.place import Place
    from bren_desktop.gui.session import Session
    from bren_desktop.services.workspace import Workspace

SMALLEST = (960, 560)
USUAL = (1280, 760)


class MainWindow(QMainWindow):
    """Swaps between door and workbench; geometry and title never change with it."""

    opened = Signal()
    locked = Signal()

    def __init__(self, door: ProfileDoor, preferences: Preferences) -> None:
        super().__init__()
        self.setWindowTitle(QApplication.applicationName())
        self.setMinimumSize(*SMALLEST)
        self._door, self._preferences = door, preferences
        self._door_tasks = Tasks(Messages(self), self)
        self._stack = QStackedWidget(self)
        self.setCentralWidget(self._stack)
        self._shade = Shade(self)
        self._place: Place | None = None
        self.session: Session | None = None
        self._leaving: Session | None = None
        self._is_closing = False
        if not self.restoreGeometry(preferences.geometry):
            self.resize(*USUAL)

    def show_door(self) -> None:
        """Show what comes before an open profile: unlocking it, or setting one up."""
        if self._door.exists():
            self._show_unlock()
        else:
            self._show_first_start()

    def open_session(self, workspace: Workspace) -> None:
        """Show the workbench of a profile that has just been opened, where its user left it."""
        from bren_desktop.gui.place import Place
        from bren_desktop.gui.session import Session

        self.session = Session(workspace, self)
        self.session.workbench.lock_wanted.connect(self.lock, Qt.ConnectionType.QueuedConnection)
        self.session.syncing.dropped.connect(self._on_dropped, Qt.ConnectionType.QueuedConnection)
        self.session.syncing.role_changed.connect(self._on_role_changed)
        self._show(self.session.workbench)
        self.session.start(self._place or Place(self._preferences.page))
        self.opened.emit()

    def lock(self) -> None:
        """Keep what was typed, sync once more, close the store, forget the key and show the door.

        What was on the screen goes at once; the last run is bounded. Nothing runs while locked.
        """
        if self.session is not None:
            self._leave(self._on_left)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session is not None:
            self._leave(self._on_left_for_good)
        if self._leaving is not None:
            self._is_closing = True
            event.ignore()
            return
        page = self._place.page if self._place is not None else self._preferences.page
        self._preferences.keep_window(self.saveGeometry(), page)
        self._door_tasks.close()
        super().closeEvent(event)

    def _leave(self, then: Callable[[], None]) -> None:
        """Take the session off the screen, and end it after its last run of sync."""
        session, self.session = self.session, None
        if session is None:
            return
        self._place = session.leave()
        if not session.syncing.is_on:
            session.close()
            then()
            return
        from bren_desktop.gui.dialogs.leaving import LeavingPanel

        self._leaving = session
        panel = LeavingPanel(session.syncing, self)
        panel.done.connect(self._on_synced)
        self._show(panel)
        panel.start()

    def _on_dropped(self, why: str) -> None:
        self.lock()
        note(why)

    def _on_role_changed(self) -> None:
        if self.session is not None:
            workbench = self.session.renew()
            workbench.lock_wanted.connect(self.lock, Qt.ConnectionType.QueuedConnection)
            self._show(workbench)
            self.session.desk.messages.warn(
                self.tr("U werkt nu als {role}. Wat daarbij niet hoort, is van het scherm gehaald.").format(
                    role=self.session.desk.workspace.actor.role.value
                )
            )

    def _on_synced(self) -> None:
        session, self._leaving = self._leaving, None
        if session is not None:
            session.close()
            self._on_left()
            if self._is_closing:
                self.close()

    def _on_left(self) -> None:
        self.show_door()
        self.locked.emit()

    def _on_left_for_good(self) -> None:
        """The window closes: nothing more is shown."""

    def _show_unlock(self, besides: str = "") -> None:
        panel = UnlockPanel(self._door, self._door_tasks, self)
        panel.opened.connect(self.open_session)
        panel.recovery_wanted.connect(self._show_recovery)
        panel.restore_wanted.connect(self._show_restore)
        if besides:
            panel.tell(besides)
        self._show(panel)

    def _show_restore(self) -> None:
        from bren_desktop.gui.dialogs.restore import RestorePanel

        panel = RestorePanel(self._door, self._door_tasks, self)
        panel.back_wanted.connect(self.show_door)
        panel.restored.connect(self._on_restored)
        self._show(panel)

    def _on_restored(self) -> None:
        self._place = None
        self._show_unlock(
            self.tr(
                "De reservekopie staat terug. Open het profiel met het wachtwoord van toen, of met uw herstelcode als "
                "dit een andere laptop is."
            )
        )

    def _show_recovery(self) -> None:
        from bren_desktop.gui.dialogs.recovery import RecoveryPanel

        panel = RecoveryPanel(self._door, self._door_tasks, self)
        panel.opened.connect(self.open_session)
        panel.back_wanted.connect(self.show_door)
        self._show(panel)

    def _show_first_start(self) -> None:
        from bren_desktop.gui.dialogs.first_start import FirstStartPanel

        panel = FirstStartPanel(self._door, self._door_tasks, self)
        panel.founded.connect(lambda *made: self._show_recovery_code(*made, brings_back=panel.brings_back))
        panel.restore_wanted.connect(self._show_restore)
        self._show(panel)

    def _show_recovery_code(self, workspace: Workspace, created: Created, *, brings_back: bool) -> None:
        from bren_desktop.gui.dialogs.recovery_code import RecoveryCodePanel

        panel = RecoveryCodePanel(created.recovery_code, created.keyring, self)
        panel.done.connect(lambda: self.open_session(workspace))
        if brings_back:
            panel.done.connect(self._bring_back)
        self._show(panel)

    def _bring_back(self) -> None:
        if self.session is not None:
            self.session.desk.navigator.open_recovering()

    def _show(self, widget: QWidget) -> None:
        """Put `widget` in the window and throw away what was there."""
        before = self._stack.currentWidget()
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
