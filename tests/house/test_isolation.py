"""The fences of tests/conftest.py hold: seen from a pytest run of its own over small tests that break them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., str]


@pytest.fixture
def run(project: Path, tmp_path: Path) -> Run:
    """Run pytest on a test text under the project's conftest and settings; what it printed comes back."""

    def run(text: str, **environment: str) -> str:
        tests = tmp_path / "tests"
        tests.mkdir()
        shutil.copy(project / "tests" / "conftest.py", tests)
        shutil.copy(project / "pyproject.toml", tmp_path)
        (tests / "test_inner.py").write_text(text, "utf-8")
        inherited = {name: value for name, value in os.environ.items() if name != "CI"}
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests"]
        done = subprocess.run(
            command, cwd=tmp_path, env={**inherited, **environment}, capture_output=True, encoding="utf-8", check=False
        )
        return done.stdout + done.stderr

    return run


SKIPPING = """
import pytest
def test_inner():
    pytest.skip({reason!r})
"""


def test_an_unexpected_skip_fails_in_ci_only(run: Run) -> None:
    assert "1 failed" in run(SKIPPING.format(reason="not today"), CI="true")


def test_an_unexpected_skip_is_fine_at_a_desk(run: Run) -> None:
    assert "1 skipped" in run(SKIPPING.format(reason="not today"))


def test_a_named_skip_is_fine_in_ci(run: Run) -> None:
    assert "1 skipped" in run(SKIPPING.format(reason="needs Windows"), CI="true")


def test_a_module_that_skips_itself_fails_in_ci(run: Run) -> None:
    text = "import pytest\npytest.importorskip('no_such_library_at_all')\n"
    assert "1 error" in run(text, CI="true")


def test_a_thread_that_outlives_its_test_fails_it(run: Run) -> None:
    text = """
import threading
def test_inner():
    threading.Thread(target=threading.Event().wait, name="forgotten", daemon=True).start()
"""
    printed = run(text)
    assert "1 error" in printed
    assert "forgotten" in printed


def test_a_window_that_outlives_its_test_fails_it(run: Run) -> None:
    text = """
from PySide6.QtWidgets import QWidget
def test_inner(qapp):
    global window
    window = QWidget(objectName="forgotten")
    window.show()
"""
    printed = run(text)
    assert "1 error" in printed
    assert "forgotten" in printed


def test_a_warning_of_qt_fails_a_test(run: Run) -> None:
    text = """
from PySide6.QtCore import qWarning
def test_inner(qapp):
    qWarning("something is off")
"""
    assert "1 failed" in run(text)


def test_a_test_has_a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert Path.home().is_relative_to(tmp_path_factory.getbasetemp())
    assert Path(os.environ["XDG_CONFIG_HOME"]).is_relative_to(Path.home())


def test_the_real_keyring_is_never_used() -> None:
    import keyring

    assert type(keyring.get_keyring()).__module__ == "keyring.backends.fail"
