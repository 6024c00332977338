"""The main job on Windows, from start to one window; `nox -s windows-smoke` runs it.

Each step is printed with ok or failed. It runs on a real Windows and in the Windows Python under Wine alike.
"""

from __future__ import annotations

import importlib.util
import io
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bren_desktop.sync.transport.folder import FolderShare

PROJECT = Path(__file__).resolve().parents[2]
PASSPHRASE, NEW_PASSPHRASE = "een lange zin voor de proef", "een andere zin voor de proef"
EXCEL_CSV = "id;roepnaam;achternaam;regio;omschrijving\r\nexcel-1;Zoë;Crèmers;Haaglanden;Verzonnen, € 10.\r\n"
HUNG_AFTER_S = 150
CHECK_WINDOW = f"""
import faulthandler, sys
faulthandler.dump_traceback_later({HUNG_AFTER_S}, exit=True)
from bren_desktop.__main__ import main
sys.exit(main(["--check-window", *sys.argv[1:]]))
"""
DRAFT = """
import sys
from pathlib import Path
import faulthandler
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from bren_desktop import app, wiring
faulthandler.dump_traceback_later(150, exit=True)
program = app.Program(app.make_app(), Path(sys.argv[1]))
window, door = program.window, wiring.Profile(Path(sys.argv[1]))

def intake():
    window.session.desk.tasks.drain()
    return window.session.workbench.page.intake

def work():
    window.session.desk.navigator.new_case()
    form = intake()
    form.show_screen(1)
    form.binding.fields["roepnaam"].setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "Noor")
    window.lock()
    window.open_session(door.unlock(sys.argv[2]))
    print(intake().binding.touched())
    window.close()

window.open_session(door.unlock(sys.argv[2]))
window.show()
window.activateWindow()
QTest.qWaitForWindowActive(window)
QTimer.singleShot(0, work)
sys.exit(program.until_closed())
"""


class FolderRig:
    """A folder to hold to tests/sync/conformance.py."""

    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir()

    def share(self) -> FolderShare:
        from bren_desktop.sync.transport.folder import FolderShare

        return FolderShare(self._root)

    def plant(self, path: str, data: bytes) -> None:
        from bren_desktop.sync.transport.windows_files import long_name

        Path(long_name(str(self._root / path))).write_bytes(data)

    def unplug(self) -> None:
        self._root.rename(self._root.with_name(f"{self._root.name} weg"))


class Smoke:
    """The steps, in the order in which a user meets them; they share one profile."""

    def __init__(self, work: Path) -> None:
        self._profile = work / "Profiel Zoë Łącki"
        self._passphrase = work / "wachtwoord"
        self._passphrase.write_text(PASSPHRASE, "utf-8")
        self._work = work

    def start(self) -> None:
        """The program says its version."""
        printed = self._python("-m", "bren_desktop.cli", "--version")
        assert printed.startswith("bren "), printed

    def store(self) -> None:
        """A profile is made, filled, and opened again by another process."""
        self._bren("demo", "--cases", "20", "--experts", "12", "--seed", "7")
        assert len(self._bren("case", "list")) == 20

    def keyring(self) -> None:
        """A secret reads back from the Credential Manager, kept on this machine only."""
        from bren_desktop.keystore import ring

        state = ring.find().probe()
        assert state.usable, state.reason
        assert state.backend == "Windows.WinVaultKeyring", state.backend

    def locking(self) -> None:
        """A second start on one profile is refused with a sentence, and works once the first has gone."""
        from bren_desktop.wiring import Profile

        workspace = Profile(self._profile).unlock(PASSPHRASE)
        refused = self._run("-m", "bren_desktop.cli", *self._arguments("case", "list"))
        workspace.lock()
        assert refused.returncode == 1, refused
        assert "al geopend" in refused.stderr, refused.stderr
        assert "Traceback" not in refused.stderr, refused.stderr
        assert self._bren("case", "list")

    def exchange(self) -> None:
        """A CSV as a Dutch Excel writes it keeps its letters."""
        (self._work / "casussen.csv").write_bytes(EXCEL_CSV.encode("cp1252"))
        assert self._bren("import", "cases", "casussen.csv")["imported"] == 1
        assert self._bren("case", "show", "excel-1")["roepnaam"] == "Zoë"

    def held(self) -> None:
        """While another program holds the key file, a new passphrase is refused and the old one still opens."""
        from bren_desktop.errors import UserFacingError
        from bren_desktop.wiring import Profile

        workspace, refused = Profile(self._profile).unlock(PASSPHRASE), ""
        with (self._profile / "keys.json").open("rb"):
            try:
                workspace.keys.change_passphrase(PASSPHRASE, NEW_PASSPHRASE)
            except UserFacingError as error:
                refused = str(error)
        workspace.lock()
        assert refused
        assert self._bren("doctor")["store"] == "ok"

    def letter(self) -> None:
        """The letter to the best expert is a PDF in a folder with a space and an accent in its name."""
        case = self._bren("case", "list")[0]["id"]
        expert = self._bren("match", case, "--limit", "1")[0]["id"]
        folder = self._work / "Brieven één"
        folder.mkdir()
        self._bren("letter", case, "--expert", expert, "--out", str(folder / "brief.pdf"))
        assert (folder / "brief.pdf").read_bytes().startswith(b"%PDF-")

    def share(self) -> None:
        """A folder passes every case that shares are held to, and nothing is wrong with it."""
        from bren_desktop.sync.transport import diagnosis

        cases = _load(PROJECT / "tests" / "sync" / "conformance.py").CASES
        for number, case in enumerate(cases):
            case(FolderRig(self._work / f"Gedeelde map Zoë {number} {'x' * 150}"))
        assert diagnosis.warnings(self._work) == ()

    def sync(self) -> None:
        """Two profiles share a case over a folder, and after an edit on each they are the same."""
        share, invite = self._work / "Netwerkmap één", self._work / "uitnodiging.bren"
        share.mkdir()
        one, other = (self._work / f"Laptop {name}" for name in ("Zoë", "Łukasz"))
        for profile, role in ((one, "voorzitter"), (other, "secretaris")):
            self._here(profile, "init", "--team", "HGL", "--name", profile.name, "--role", role)
        self._here(one, "share", "create", "--share", str(share), "--network", "Zuid")
        code = self._here(one, "share", "invite", "--out", str(invite))["code"]
        self._here(other, "share", "join", "--invite", str(invite), "--code", code)
        self._here(one, "sync")
        self._here(one, "share", "approve", "--all")
        self._here(other, "sync")
        (self._work / "casus.json").write_text('{"omschrijving": "Verzonnen."}', "utf-8")
        case = self._here(other, "case", "new", "--file", str(self._work / "casus.json"))["id"]
        assert self._here(other, "sync")["published"] > 0
        self._here(one, "sync")
        self._here(one, "case", "set", case, "wensen", "Rust, één keer.")
        self._here(one, "sync")
        assert self._here(other, "sync")["received"] == 1
        assert self._here(other, "case", "show", case)["wensen"] == "Rust, één keer."
        assert len({self._here(profile, "doctor")["state_hash"] for profile in (one, other)}) == 1

    def scanner(self) -> None:
        """A file of the share that a scanner holds is waited for, and left for later when it takes too long."""
        from bren_desktop.sync.transport.folder import FolderShare
        from bren_desktop.sync.transport.share import BusyError

        root, waited = self._work / "Vastgehouden", list[float]()
        root.mkdir()
        share = FolderShare(root, wait=waited.append)
        share.put_new("a", b"1234")
        with (root / "a").open("rb"):
            assert share.read("a", 9) == b"1234"
            try:
                share.trash("a")
            except BusyError:
                assert len(waited) > 5, waited
            else:
                raise AssertionError("taken away while it was open")
        share.trash("a")
        assert not share.exists("a")

    def window(self) -> None:
        """The window paints once, on Qt's own platform for Windows."""
        self._python("-c", CHECK_WINDOW)

    def draft(self) -> None:
        """What was being typed when the window locked is there after unlocking."""
        assert "'roepnaam': 'Noor'" in self._python("-c", DRAFT, str(self._profile), PASSPHRASE)

    def _bren(self, *arguments: str) -> Any:
        return json.loads(self._python("-m", "bren_desktop.cli", *self._arguments(*arguments)))

    def _here(self, profile: Path, *arguments: str) -> Any:
        """One command in this process: starting Python takes the longest."""
        from bren_desktop.cli import main

        printed = io.StringIO()
        with redirect_stdout(printed):
            assert main(self._arguments(*arguments, profile=profile)) == 0
        return json.loads(printed.getvalue())

    def _arguments(self, *arguments: str, profile: Path | None = None) -> list[str]:
        own = ("--profile", str(profile or self._profile), "--passphrase-file", str(self._passphrase), "--json")
        return [*arguments, *own]

    def _python(self, *arguments: str) -> str:
        done = self._run(*arguments)
        assert done.returncode == 0, f"exit {done.returncode}: {done.stderr or done.stdout}"
        return done.stdout

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        # Output goes to files: what a crashed process leaves behind under Wine would hold a pipe open for ever.
        out, err = self._work / "stdout", self._work / "stderr"
        with out.open("wb") as to_out, err.open("wb") as to_err:
            done = subprocess.run(
                [sys.executable, *arguments],
                cwd=self._work,
                env={**os.environ, "PYTHONIOENCODING": "utf-8"},
                stdin=subprocess.DEVNULL,
                stdout=to_out,
                stderr=to_err,
                timeout=180,
                check=False,
            )
        return subprocess.CompletedProcess(done.args, done.returncode, out.read_text("utf-8"), err.read_text("utf-8"))


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> int:
    """Run every step, also after one that failed; 1 when any did."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="bren-", ignore_cleanup_errors=True) as work:
        smoke = Smoke(Path(work))
        steps: list[Callable[[], None]] = [
            *(smoke.start, smoke.store, smoke.keyring),
            *(smoke.locking, smoke.exchange, smoke.held),
            *(smoke.letter, smoke.share, smoke.scanner, smoke.sync, smoke.window, smoke.draft),
        ]
        for step in steps:
            try:
                step()
            except Exception:  # noqa: BLE001 - whatever goes wrong is what we want to see
                failed += 1
                print(f"failed  {step.__name__}\n{traceback.format_exc()}", flush=True)
            else:
                print(f"ok      {step.__name__}: {step.__doc__}", flush=True)
    print(f"{len(steps) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
