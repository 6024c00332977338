"""Starting: light, alone on its profile, and painted once when asked to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from bren_desktop import app
from bren_desktop.__main__ import main
from bren_desktop.app import LateProfile
from bren_desktop.wiring import Profile, places

DOOR_ONLY = """
import sys
from pathlib import Path
from bren_desktop import app
program = app.Program(app.make_app(), Path(sys.argv[1]))
program.window.show_door()
program.window.show()
program.window.grab()
heavy = {"alembic", "reportlab", "openpyxl", "sqlalchemy", "pydantic", "sqlcipher3", "keyring"}
print(sorted(heavy & set(sys.modules)))
"""
BEHIND = """
import sys
from bren_desktop import app
app._import_rest()
print(sorted({"alembic", "reportlab", "openpyxl", "sqlalchemy", "sqlcipher3"} & set(sys.modules)))
"""


def _python(code: str, *arguments: str, project: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=project,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def test_the_door_needs_qt_and_little_else(project: Path, tmp_path: Path) -> None:
    (tmp_path / "keys.json").touch()
    assert _python(DOOR_ONLY, str(tmp_path), project=project) == "[]"


@pytest.mark.apart
def test_what_is_imported_behind_the_door_leaves_out_what_starts_never_need(project: Path) -> None:
    assert _python(BEHIND, project=project) == "['sqlalchemy', 'sqlcipher3']"


@pytest.mark.apart
def test_the_window_paints_once_when_asked(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bren_desktop", "--check-window"],
        cwd=project,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
        timeout=120,
    )
    assert done.returncode == 0
    assert not list(app.default_folder().parent.glob("*window-check*"))


def test_a_second_start_on_a_profile_says_so(qapp: QApplication, tmp_path: Path) -> None:
    said: list[str] = []

    def close() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(box.text())
        box.buttons()[0].click()

    with app.only_window(tmp_path) as first:
        assert first
        QTimer.singleShot(0, close)
        assert app.run(tmp_path) == app.IN_USE
    assert "al geopend" in said[0]
    with app.only_window(tmp_path) as again:
        assert again


def test_a_profile_never_lies_in_a_roaming_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert app.default_folder() == tmp_path / "BREN Desktop"
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert app.default_folder() == tmp_path / "bren-desktop"


def test_a_passphrase_never_shows_in_a_repr() -> None:
    from bren_desktop.gui.door import Founding

    assert "geheim" not in repr(Founding("Vera", "lid", "HGL", "geheim geheim geheim"))


def test_wrong_usage_is_a_dutch_sentence_and_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--weg"])
    told = capsys.readouterr().err
    assert "Dit hoort niet bij deze opdracht: --weg." in told
    assert told.startswith("gebruik: bren-desktop")
    assert "PROFILE" not in told


def test_a_start_does_not_read_the_source_of_what_it_imports(project: Path) -> None:
    code = "import linecache; from bren_desktop.__main__ import main; import bren_desktop.gui.features as f;"
    code += "f.skip_search(); import bren_desktop.gui.main_window; print(len(linecache.cache) < 10)"
    assert _python(code, project=project) == "True"


@pytest.mark.apart
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize("asked", ["SIGINT", "SIGTERM"])
def test_a_signal_closes_the_window_as_its_user_would(project: Path, tmp_path: Path, asked: str) -> None:
    code = "import os, signal, sys; from pathlib import Path; from PySide6.QtCore import QTimer;"
    code += f"from bren_desktop import app; app.make_app(); ask = lambda: os.kill(os.getpid(), signal.{asked});"
    code += "QTimer.singleShot(0, ask); print(app.run(Path(sys.argv[1])))"
    assert _python(code, str(tmp_path / "profile"), project=project) == "0"


def test_a_profile_that_was_reported_lost_makes_place_for_a_new_one(profile: Profile) -> None:
    door = LateProfile(profile.folder)
    assert door.exists()
    (profile.folder / places.DROPPED).touch()
    assert not door.exists()
    assert profile.state == "absent", "the window and the services agree"
