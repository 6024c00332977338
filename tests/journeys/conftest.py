"""The whole window over a real encrypted profile, and somebody who only types."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from bren_desktop.app import LateProfile
from bren_desktop.cli import main
from bren_desktop.domain.actors import Role
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.fields import Shape, notes
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui import printing
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.preferences import Preferences
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Founder, Profile
from tests.journeys.team import Team
from tests.journeys.typist import Typist
from tests.together import PASSPHRASE, profile_in

if TYPE_CHECKING:
    from pydantic import BaseModel

NOT_FROM_PEOPLE = {"nummer", "status", "team", "extern_id", "te_coderen", "aard_ontbrekend_aanbod"}


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The JSON on standard output."""
        return json.loads(self.out)


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE, "utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture
def bren(
    tmp_path: Path,
    passphrase_file: Path,
    cheap_keys: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Answer]:
    """Run one command of `bren` in this process, on the profile `tmp_path/profile`."""
    monkeypatch.setenv("BREN_PROFILE", str(tmp_path / "profile"))
    monkeypatch.setenv("BREN_PASSPHRASE_FILE", str(passphrase_file))

    def run(*words: str | Path) -> Answer:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return run


@pytest.fixture
def founded(bren: Callable[..., Answer]) -> Callable[..., Answer]:
    """`bren` with a profile of a voorzitter in place."""
    assert bren("init", "--team", "JZ24", "--name", "Ada Verzonnen", "--role", "voorzitter").code == 0
    return bren


@pytest.fixture
def every_field() -> Callable[[type[BaseModel], Callable[[str], str]], dict[str, object]]:
    """A raw record of a model in which every field holds something: what `text` gives wherever text may stand."""
    return _every_field


def _every_field(model: type[BaseModel], text: Callable[[str], str]) -> dict[str, object]:
    names = [name for name in notes(model) if name not in NOT_FROM_PEOPLE]
    return {name: value for name in names if (value := _value(model, name, text)) is not None}


def _value(model: type[BaseModel], name: str, text: Callable[[str], str]) -> object:
    note, kind = notes(model)[name], model.model_fields[name].annotation
    if note.vocabulary:
        code = next(iter(vocabulary(note.vocabulary))).code
        return [code] if note.shape is Shape.SET else code
    if note.shape is Shape.ROWS:
        row = get_args(kind)[0].model_fields
        return [{key: text(f"{name}-{key}") for key in row if key != "id" and row[key].annotation is str}]
    if note.shape is Shape.SET:
        return [text(name)]
    return text(name) if kind is str else "2020-02-03" if date in get_args(kind) else None


@pytest.fixture(autouse=True)
def _cheap_words(cheap_words: None) -> None:
    """Colleagues join here, and nobody looks at what that costs."""


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> None:
    """Keep what the window remembers to the test: Qt looks up the place of settings only once."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """A locked profile without any case, of a voorzitter."""
    founded = profile_in(tmp_path / "profile")
    founded.found(PASSPHRASE, Founder("Ada Verzonnen", Role.VOORZITTER, "JZ24"))[0].lock()
    return founded


@pytest.fixture
def look_again(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[Workspace], Typist]]:
    """Opens the window on an unlocked workspace of the profile `tmp_path/profile`."""
    windows: list[MainWindow] = []

    def open_window(workspace: Workspace) -> Typist:
        window = MainWindow(LateProfile(tmp_path / "profile"), Preferences())
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.open_session(workspace)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return Typist(window).begin()

    yield open_window
    for window in windows:
        window.lock()


@pytest.fixture
def sit_down(tmp_path: Path, look_again: Callable[[Workspace], Typist]) -> Callable[[Role], Typist]:
    """Opens the window on a new profile with a small pool, for somebody with a role."""

    def open_window(role: Role) -> Typist:
        workspace, _ = profile_in(tmp_path / "profile").found(PASSPHRASE, Founder("Ada Verzonnen", role, "JZ24"))
        workspace.pool.record_all(workspace.actor, _pool())
        return look_again(workspace)

    return open_window


@pytest.fixture
def team(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Team:
    """A team that works together already. The windows of the operating system answer by themselves."""
    files = tmp_path_factory.mktemp("buiten")
    together = Team(tmp_path, qtbot, files)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: QPrintDialog.DialogCode.Accepted)
    monkeypatch.setattr(printing, "paint_pages", lambda _, pdf: together.printed.append(pdf))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(files))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(files / "verklaring.pdf"), ""))
    together.found()
    return together


def _pool() -> list[Expert]:
    """Three pareltjes who do not exist."""
    usual = {"organisatie": "Stichting Verzonnen", "regio": "JZ24", "adres": "Postbus 12, 2500 AA Den Haag"}
    return [
        Expert(
            **usual,
            naam="Dr. A. Bedacht",
            functie="Kinder- en jeugdpsychiater",
            expertise=("EX-ASS", "EX-EET"),
            domeinen=("DM-JGGZ",),
            leeftijd_van=10,
            leeftijd_tot=18,
            beschikbaarheid="BS-DIRECT",
            profiel="Autisme en eetproblemen bij meisjes die niet meer naar school gaan.",
            raamovereenkomst="ja",
        ),
        Expert(**usual, naam="B. Denkbeeld", expertise=("EX-LVB",), beschikbaarheid="BS-NIET"),
        Expert(
            **usual, naam="C. Fictief", expertise=("EX-VERSL",), domeinen=("DM-VERSL",), beschikbaarheid="BS-DIRECT"
        ),
    ]
