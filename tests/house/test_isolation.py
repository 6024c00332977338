"""The fences of tests/conftest.py hold: seen from a pytest run of its own over small tests that break them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

INNER = {
    "test_unexpected_skip": """
import pytest
def test_inner():
    pytest.skip("not today")
""",
    "test_named_skip": """
import pytest
def test_inner():
    pytest.skip("needs Windows")
""",
    "test_skipped_module": """
import pytest
pytest.importorskip("no_such_library_at_all")
""",
    "test_thread": """
import threading
def test_inner():
    threading.Thread(target=threading.Event().wait, name="a forgotten thread", daemon=True).start()
""",
    "test_window": """
from PySide6.QtWidgets import QWidget
def test_inner(qapp):
    global window
    window = QWidget(objectName="a forgotten window")
    window.show()
""",
    "test_warning": """
from PySide6.QtCore import qWarning
def test_inner(qapp):
    qWarning("something is off")
""",
}


@pytest.fixture(scope="module")
def run(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Run pytest on the inner tests under the project's conftest and settings, once with each `CI`: what it printed."""
    root = tmp_path_factory.mktemp("fenced")
    (root / "tests").mkdir()
    shutil.copy(project / "tests" / "conftest.py", root / "tests")
    shutil.copy(project / "pyproject.toml", root)
    for name, text in INNER.items():
        (root / "tests" / f"{name}.py").write_text(text, "utf-8")

    @cache
    def run(ci: str) -> str:
        command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", "--continue-on-collection-errors"]
        done = subprocess.run(
            command, cwd=root, env={**os.environ, "CI": ci}, capture_output=True, encoding="utf-8", check=False
        )
        return done.stdout + done.stderr

    return run


@pytest.mark.apart
def test_an_unexpected_skip_fails_in_ci_only(run: Callable[[str], str]) -> None:
    assert "FAILED tests/test_unexpected_skip.py::test_inner" in run("true")
    assert "test_unexpected_skip.py:4: not today" in run("")


@pytest.mark.apart
def test_a_named_skip_is_fine_in_ci(run: Callable[[str], str]) -> None:
    assert "test_named_skip.py:4: needs Windows" in run("true")


@pytest.mark.apart
def test_a_module_that_skips_itself_fails_in_ci(run: Callable[[str], str]) -> None:
    assert "ERROR tests/test_skipped_module.py" in run("true")


@pytest.mark.apart
def test_a_thread_that_outlives_its_test_fails_it(run: Callable[[str], str]) -> None:
    printed = run("true")
    assert "ERROR tests/test_thread.py::test_inner" in printed
    assert "threads that outlive their test: ['a forgotten thread']" in printed


@pytest.mark.apart
def test_a_window_that_outlives_its_test_fails_it(run: Callable[[str], str]) -> None:
    printed = run("true")
    assert "ERROR tests/test_window.py::test_inner" in printed
    assert "windows that outlive their test: [\"QWidget 'a forgotten window'\"]" in printed


@pytest.mark.apart
def test_a_warning_of_qt_fails_a_test(run: Callable[[str], str]) -> None:
    assert "FAILED tests/test_warning.py::test_inner" in run("true")


def test_a_test_has_a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert Path.home().is_relative_to(tmp_path_factory.getbasetemp())
    assert Path(os.environ["XDG_CONFIG_HOME"]).is_relative_to(Path.home())


def test_the_real_keyring_is_never_used() -> None:
    import keyring

    assert type(keyring.get_keyring()).__module__ == "keyring.backends.fail"
