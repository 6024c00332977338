"""Every test runs in a home of its own, without the real keyring, and leaves no thread and no window behind.

Files of tests lie in memory where the system has room there; `--basetemp` puts them anywhere else.

With `CI=true` a skip for a reason that is not in `ALLOWED_SKIPS` counts as a failure.
"""

from __future__ import annotations

import ctypes
import functools
import gc
import itertools
import os
import shutil
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import hypothesis
import pytest

ALLOWED_SKIPS = ("needs Windows", "needs a Samba server")

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
ROOM_NEEDED = 2 * 1024**3
HOMES = itertools.count()
CREATED = 0x100 | 0x80
"""IN_CREATE and IN_MOVED_TO of inotify."""
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_NEEDED:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))  # every store is flushed for real: spare the disk
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the tests start a hundred programs: compile them once
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # for the keyring library itself
if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

hypothesis.settings.register_profile("house", deadline=None, derandomize=IN_CI, print_blob=True)
hypothesis.settings.load_profile("house")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point every folder that a program finds through the environment to a new, empty one."""
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(HOMES))
    for name in [name for name in os.environ if name.startswith("BREN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BREN_KEYRING", "none")
    places = {
        "HOME": "",
        "USERPROFILE": "",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "XDG_CACHE_HOME": ".cache",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
    }
    for name, place in places.items():
        folder = home / place
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(folder))


@pytest.fixture
def deliver() -> Callable[..., list[bool]]:
    """Takes colleagues' operations into a store as sync does; which of them were new."""
    from tests.delivery import delivered

    return delivered


def pytest_collection_finish() -> None:
    """What is there by now stays: it need not be walked over after every test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """Look for reference cycles between tests and on this thread only, as the program does (gui/collecting.py)."""
    gc.disable()
    yield
    gc.collect(1)


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """Fail the test that leaves a thread running; a thread that is just ending gets a moment."""
    before = set(threading.enumerate())
    yield
    _drain_qt_pool()
    started = [thread for thread in threading.enumerate() if thread not in before]
    ours = [thread for thread in started if not isinstance(thread, threading._DummyThread)]
    for thread in ours:
        thread.join(timeout=2)
    left = [thread.name for thread in ours if thread.is_alive()]
    assert not left, f"threads that outlive their test: {left}"


def _drain_qt_pool() -> None:
    core = sys.modules.get("PySide6.QtCore")
    if core is not None:
        pool = core.QThreadPool.globalInstance()
        assert pool.waitForDone(2000), "work in Qt's thread pool outlives its test"


@pytest.fixture(autouse=True)
def _no_window_left() -> Iterator[None]:
    """Fail the test that leaves a window on the screen, and close it so that the next test starts clean."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    left = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
    names = [f"{type(window).__name__} {window.objectName()!r}" for window in left]
    for window in left:
        window.close()
    assert not left, f"windows that outlive their test: {names}"


@pytest.fixture(autouse=True)
def _no_secret_left() -> Iterator[None]:
    """Empty the clipboard as the program does when it ends: Qt lets go of it too late for Python."""
    yield
    clipboard = sys.modules.get("bren_desktop.gui.clipboard")
    if clipboard is not None:
        clipboard.forget_all()


@pytest.fixture(scope="session")
def no_key_twice() -> Iterator[None]:
    """What Argon2id gave once for a passphrase, a salt and their work it gives again: do not ask it again."""
    from bren_desktop.crypto.derive import argon2id
    from bren_desktop.keystore import slots
    from bren_desktop.sync.format import words

    with pytest.MonkeyPatch.context() as patch:
        for module in (slots, words):
            patch.setattr(module, "argon2id", functools.cache(argon2id))
        yield


@pytest.fixture
def cheap_words(no_key_twice: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The six words of a request at the price of a test: what they really cost is tried with their format."""
    from bren_desktop.crypto.derive import Argon2Work
    from bren_desktop.sync.format import words

    monkeypatch.setattr(words, "_WORK", Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1))


@pytest.fixture
def cheap_keys(no_key_twice: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Profiles of commands at the price of a test: what a key really costs is tried in its own room."""
    from bren_desktop import wiring
    from bren_desktop.crypto.derive import Argon2Work
    from bren_desktop.keystore.vault import KeyVault

    cheap = Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1)
    monkeypatch.setattr(wiring, "KeyVault", functools.partial(KeyVault, work=cheap))


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parent.parent


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn an unexpected skip of a test into a failure in CI."""
    report = yield
    if not hasattr(report, "wasxfail"):
        _fail_unexpected_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn an unexpected skip of a whole module into a failure in CI."""
    report = yield
    _fail_unexpected_skip(report)
    return report


def _fail_unexpected_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not (IN_CI and report.skipped and isinstance(report.longrepr, tuple)):
        return
    reason = report.longrepr[2].removeprefix("Skipped: ")
    if reason not in ALLOWED_SKIPS:
        report.outcome = "failed"
        report.longrepr = f"a skip that nobody expects in CI: {reason}"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temp folder of this test alone, for Python, Qt and SQLite."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def appeared(temporary: Path) -> Iterator[Callable[[], bytes]]:
    """What was made in the temp folder since the start, even when it is gone by now; Linux keeps count."""
    if sys.platform != "linux":
        yield lambda: b""
        return
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    assert libc.inotify_add_watch(watch, os.fsencode(temporary), CREATED) >= 0

    def events() -> bytes:
        try:
            return os.read(watch, 1 << 16)
        except BlockingIOError:
            return b""

    yield events
    os.close(watch)
