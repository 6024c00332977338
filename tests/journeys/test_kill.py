"""`kill -9` while somebody types and saves in the real window, and while a profile is being founded."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from PySide6.QtCore import Qt

from bren_desktop.app import LateProfile
from bren_desktop.domain.entities import Kind
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.workbench import Workbench
from bren_desktop.services.workspace import Workspace
from bren_desktop.storage.founding import founding
from bren_desktop.wiring import Profile

pytestmark = pytest.mark.apart

HERE = Path(__file__).parent
Bren = Callable[..., Any]
LONG_FIRST_INTAKE = 5
PROMISED_S = 1.0
STARVED_S = 0.05
"""A longer pause between two letters is this computer's, not the typist's: she cannot be promised its seconds."""
KILLED = 9
FOUNDING = """
import os, sys
from functools import partial
from pathlib import Path
from bren_desktop import wiring
from bren_desktop.cli import main
from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.storage.store import EncryptedStore

def killed(*args, **kwargs):
    os._exit(9)

wiring.KeyVault = partial(KeyVault, work=Argon2Work(1, 8 * 1024, 1))
target, name = {"keys": (KeyVault, "create"), "store": (EncryptedStore, "create"), "tables": (EncryptedStore, "_fill"),
                "actor": (EncryptedStore, "write"), "end": (wiring.logs, "start")}[sys.argv.pop(1)]
setattr(target, name, killed)
main(sys.argv[1:])
"""


class Typist(Protocol):
    """What `conftest.py` gives."""

    @property
    def bench(self) -> Workbench: ...
    def ctrl(self, key: Qt.Key) -> None: ...
    def wait(self) -> None: ...


@dataclass(frozen=True)
class Told:
    """What the killed secretary had put on standard output."""

    lines: Sequence[Mapping[str, Any]]

    def acknowledged(self) -> dict[str, dict[str, str]]:
        """What was saved, by roepnaam."""
        found: dict[str, dict[str, str]] = {}
        for line in self.lines:
            if line["what"] in {"saved", "amended"}:
                found.setdefault(line["fields"]["roepnaam"], {}).update(line["fields"])
        return found

    def typed_before(self, seconds: float) -> Mapping[str, str]:
        """What the form held `seconds` before the end, by the clock of the typist."""
        age, later = 0.0, None
        for line in reversed([line for line in self.lines if line["what"] == "typed"]):
            age += min(later - line["at"], STARVED_S) if later else 0.0
            later = line["at"]
            if age >= seconds:
                return dict(line["fields"])
        return {}


Killed = Callable[[int, int], Told]


@pytest.fixture
def killed(project: Path, profile: Profile) -> Killed:
    """Let a secretary work on the profile, and kill her after some lines."""

    def run(seed: int, after: int) -> Told:
        command = [sys.executable, str(HERE / "typing_secretary.py"), str(profile.folder), str(seed)]
        environment = {**os.environ, "PYTHONPATH": str(project), "QT_QPA_PLATFORM": "offscreen"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=environment) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(after)]
            process.kill()
            lines += process.stdout.read().splitlines(keepends=True)
        return Told([json.loads(line) for line in lines if line.endswith("\n")])

    return run


@contextmanager
def reopened(profile: Profile, passphrase: str) -> Iterator[Workspace]:
    workspace = profile.unlock(passphrase)
    try:
        assert workspace.context.store.integrity() == []
        yield workspace
    finally:
        workspace.lock()


def cases(workspace: Workspace) -> list[dict[str, object]]:
    """Every case that was saved."""
    hits = workspace.search.find(workspace.actor, "noor", (Kind.CASE,), 1000)
    return [dict(workspace.cases.open(workspace.actor, hit.entity).case) for hit in hits]


def holds(form: Mapping[str, object], typed: Mapping[str, str]) -> bool:
    """Whether a form holds what was typed into it so far."""
    return all(str(form.get(name, "")).startswith(text) for name, text in typed.items())


def kill_and_look(killed: Killed, profile: Profile, passphrase: str, seed: int) -> None:
    told = killed(seed, random.Random(seed).randrange(130, 260))
    typed = told.typed_before(PROMISED_S)
    with reopened(profile, passphrase) as workspace:
        saved = cases(workspace)
        for fields in told.acknowledged().values():
            assert any(fields.items() <= case.items() for case in saved), fields
        drafts = [draft.fields for draft in workspace.drafts.all(workspace.actor)]
        assert any(holds(form, typed) for form in [*drafts, *saved]) or not typed


@pytest.mark.parametrize("seed", range(5))
def test_a_kill_loses_nothing_saved_and_at_most_a_second_of_typing(
    killed: Killed, profile: Profile, passphrase: str, seed: int
) -> None:
    kill_and_look(killed, profile, passphrase, seed)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(5, 105))
def test_a_hundred_kills(killed: Killed, profile: Profile, passphrase: str, seed: int) -> None:
    kill_and_look(killed, profile, passphrase, seed)


def test_the_window_offers_what_was_typed(
    killed: Killed, profile: Profile, passphrase: str, look_again: Callable[[Workspace], Typist]
) -> None:
    told = killed(LONG_FIRST_INTAKE, 170)
    assert not told.acknowledged()
    typist = look_again(profile.unlock(passphrase))
    typist.ctrl(Qt.Key.Key_N)
    typist.wait()
    page = typist.bench.page
    assert isinstance(page, CasesPage)
    assert page.intake.ui.draft_bar.isVisible()
    page.intake.ui.draft_keep.click()
    assert holds(page.intake.binding.touched(), told.typed_before(PROMISED_S))
    assert holds(page.intake.binding.touched(), {"roepnaam": "Noor1"})


def found_and_die(project: Path, folder: Path, passphrase_file: Path, at: str) -> None:
    """`bren init` in a process that ends on the spot when it is about to do one step."""
    words = "--team JZ24 --name Ada --role voorzitter --profile".split()
    command = [sys.executable, "-c", FOUNDING, at, "init", *words, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(project), "BREN_PASSPHRASE_FILE": str(passphrase_file)}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (KILLED, b"", b"")


@pytest.mark.parametrize("at", ["keys", "store", "tables", "actor"])
def test_a_founding_broken_off_stands_in_nobodys_way(
    bren: Bren, project: Path, tmp_path: Path, passphrase_file: Path, at: str
) -> None:
    folder = tmp_path / "profile"
    found_and_die(project, folder, passphrase_file, at)
    assert Profile(folder).state == "absent"
    assert not LateProfile(folder).exists()
    left = {path.name: path.read_bytes() for path in folder.iterdir() if path.name in {"keys.json", "store.db"}}
    refused = bren("case", "list")
    assert (refused.code, refused.out) == (1, "")
    assert "bren init" in refused.err
    assert bren("init", "--team", "JZ24", "--name", "Ada", "--role", "voorzitter").code == 0
    assert bren("case", "list").value == []
    assert {name: (folder / "unfinished" / name).read_bytes() for name in left} == left
    assert not (folder / "founding.lock").exists()


def test_a_founding_that_got_to_its_end_opens(bren: Bren, project: Path, tmp_path: Path, passphrase_file: Path) -> None:
    found_and_die(project, tmp_path / "profile", passphrase_file, "end")
    assert bren("case", "list").value == []


def test_a_store_that_went_missing_is_no_broken_off_founding(bren: Bren, profile: Profile, tmp_path: Path) -> None:
    (tmp_path / "profile" / "store.db").unlink()
    assert profile.state == "locked"
    answer = bren("case", "list")
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert "beschadigd of ontbreekt" in answer.err
    assert (tmp_path / "profile" / "keys.json").exists()
    again = bren("init", "--team", "JZ24", "--name", "Ada", "--role", "voorzitter")
    assert (again.code, again.out) == (1, "")


def test_two_who_found_at_once_do_not_meet(bren: Bren, tmp_path: Path) -> None:
    with founding(tmp_path):
        answer = bren("init", "--team", "JZ24", "--name", "Ada", "--role", "voorzitter", "--profile", tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert "al geopend" in answer.err
    assert bren("init", "--team", "JZ24", "--name", "A", "--role", "voorzitter", "--profile", tmp_path).code == 0


def test_a_refused_passphrase_leaves_nothing(bren: Bren, tmp_path: Path, passphrase_file: Path) -> None:
    passphrase_file.write_text("kort", "utf-8")
    assert bren("init", "--team", "JZ24", "--name", "Ada", "--role", "voorzitter").code == 1
    assert list((tmp_path / "profile").iterdir()) == []
