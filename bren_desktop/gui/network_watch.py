"""Notices that the laptop came on a network, where Qt can tell; elsewhere nothing happens, and the clock is enough."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

SETTLES_MS = 3000
"""A network that has just come is not there yet for a share."""


class NetworkWatch(QObject):
    """Calls `back` some seconds after the network came."""

    def __init__(self, back: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self._timer.timeout.connect(back)
        self._listening = False

    def start(self) -> None:
        """Listen from now on."""
        from PySide6.QtNetwork import QNetworkInformation

        if self._listening or not QNetworkInformation.loadDefaultBackend():
            return
        information = QNetworkInformation.instance()
        if information is not None:
            information.reachabilityChanged.connect(self._on_changed)
            self._listening = True

    def stop(self) -> None:
        """Listen no more."""
        self._timer.stop()
        if not self._listening:
            return
        from PySide6.QtNetwork import QNetworkInformation

        information = QNetworkInformation.instance()
        if information is not None:
            information.reachabilityChanged.disconnect(self._on_changed)
        self._listening = False

    def _on_changed(self, reachability: object) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        if reachability != QNetworkInformation.Reachability.Disconnected:
            self._timer.start()
