"""A network that comes back makes sync run, once, when it has settled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6 import QtNetwork
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from bren_desktop.gui import network_watch
from bren_desktop.gui.network_watch import NetworkWatch

Reachability = QNetworkInformation.Reachability


class Information(QObject):
    """What Qt knows of the network, told by hand; `backend` is whether it knows anything."""

    Reachability = Reachability
    reachabilityChanged = Signal(object)  # noqa: N815  Qt's name
    backend = True
    current: Information

    @classmethod
    def loadDefaultBackend(cls) -> bool:
        return cls.backend

    @classmethod
    def instance(cls) -> Information:
        return cls.current

    @property
    def listeners(self) -> int:
        return self.receivers("2reachabilityChanged(PyObject)")


@pytest.fixture
def information(monkeypatch: pytest.MonkeyPatch) -> Information:
    made = Information()
    monkeypatch.setattr(Information, "current", made, raising=False)
    monkeypatch.setattr(QtNetwork, "QNetworkInformation", Information)
    monkeypatch.setattr(network_watch, "SETTLES_MS", 20)
    return made


@pytest.fixture
def calls() -> list[str]:
    return []


@pytest.fixture
def watch(calls: list[str], qtbot: QtBot) -> Iterator[NetworkWatch]:
    """Not listening yet."""
    parent = QObject()
    made = NetworkWatch(lambda: calls.append("back"), parent)
    yield made
    made.stop()
    parent.deleteLater()


def test_a_network_that_comes_and_goes_calls_once_when_it_has_settled(
    information: Information, watch: NetworkWatch, calls: list[str], qtbot: QtBot
) -> None:
    watch.start()
    with qtbot.waitSignal(watch._timer.timeout):
        for each in (Reachability.Local, Reachability.Disconnected, Reachability.Site, Reachability.Online):
            information.reachabilityChanged.emit(each)
        assert calls == []
    assert calls == ["back"]
    assert not watch._timer.isActive()


def test_every_later_change_calls_again(
    information: Information, watch: NetworkWatch, calls: list[str], qtbot: QtBot
) -> None:
    watch.start()
    for _ in range(2):
        with qtbot.waitSignal(watch._timer.timeout):
            information.reachabilityChanged.emit(Reachability.Online)
    assert calls == ["back", "back"]


def test_a_network_that_goes_calls_nothing(information: Information, watch: NetworkWatch) -> None:
    watch.start()
    information.reachabilityChanged.emit(Reachability.Disconnected)
    assert not watch._timer.isActive()


def test_starting_twice_listens_once_and_stopping_ends_it(
    information: Information, watch: NetworkWatch, calls: list[str]
) -> None:
    for _ in range(2):
        watch.start()
    assert information.listeners == 1
    information.reachabilityChanged.emit(Reachability.Online)
    watch.stop()
    assert information.listeners == 0
    information.reachabilityChanged.emit(Reachability.Online)
    assert not watch._timer.isActive()
    assert calls == []


def test_where_qt_knows_nothing_of_the_network_nothing_happens(
    information: Information, watch: NetworkWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Information, "backend", False)
    watch.start()
    assert information.listeners == 0


def test_it_hears_qt_itself(watch: NetworkWatch) -> None:
    """The real signal, where this computer has something that tells of the network."""
    watch.start()
    real = QNetworkInformation.instance()
    if not watch._listening or real is None:
        pytest.skip("no backend here")
    real.reachabilityChanged.emit(Reachability.Online)
    assert watch._timer.isActive()
