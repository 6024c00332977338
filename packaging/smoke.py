"""Does the main job with an installed or frozen program, outside the tree: `python packaging/smoke.py FOLDER`.

FOLDER holds the programs `bren` and `bren-desktop`. Only they are used: no Python on the path, an empty home, an empty
folder to work in. The window opens offscreen and closes after its first paint.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

CASE = {
    "roepnaam": "Noor",
    "achternaam": "Voorbeeld",
    "leeftijd": 15,
    "leeftijd_op": "2026-11-01",
    "hulpvraag": "Welke vorm van verblijf past bij Noor, en wie kan meedenken?",
    "omschrijving": "Een verzonnen casus: eetproblematiek en autisme, al lang geen onderwijs.",
}


class Smoke:
    """The steps of the main job, each a call of one of the programs."""

    def __init__(self, programs: Path, work: Path) -> None:
        self._programs = programs
        self._work = work
        self._case = ""

    def doctor(self) -> None:
        """The machine is described without a passphrase."""
        self._bren("doctor", passphrase=False)

    def demo(self) -> None:
        """A profile is made and filled with fictional data."""
        (self._work / "passphrase").write_text("een lange zin voor de proef\n", "utf-8")
        (self._work / "passphrase").chmod(0o600)
        self._bren("demo", "--cases", "5", "--experts", "12", "--seed", "7")

    def case(self) -> None:
        """A case is recorded and found again in the list."""
        (self._work / "case.json").write_text(json.dumps(CASE), "utf-8")
        self._case = self._bren("case", "new", "--file", "case.json")["id"]
        if self._case not in json.dumps(self._bren("case", "list")):
            raise AssertionError("the new case is not in the list")

    def match(self) -> None:
        """Experts are ranked, each with reasons."""
        if not self._bren("match", self._case, "--limit", "3")[0]["reasons"]:
            raise AssertionError("a match without reasons")

    def letter(self) -> None:
        """The letter to the best expert is a PDF."""
        expert = self._bren("match", self._case, "--limit", "1")[0]["id"]
        self._bren("letter", self._case, "--expert", expert, "--out", "letter.pdf")
        if not (self._work / "letter.pdf").read_bytes().startswith(b"%PDF-"):
            raise AssertionError("the letter is no PDF")

    def window(self) -> None:
        """The window paints once."""
        self._run("bren-desktop", "--check-window")

    def _bren(self, *arguments: str, passphrase: bool = True) -> Any:
        keys = ["--passphrase-file", "passphrase"] if passphrase else []
        return json.loads(self._run("bren", *arguments, "--profile", "profile", *keys, "--json"))

    def _run(self, program: str, *arguments: str) -> str:
        name = f"{program}.exe" if sys.platform == "win32" else program
        command = [str(self._programs / name), *arguments]
        done = subprocess.run(
            command,
            cwd=self._work,
            env=_bare(self._work),
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"exit {done.returncode}: {(done.stderr or done.stdout).strip()[-2000:]}")
        return done.stdout


def _bare(home: Path) -> dict[str, str]:
    """An environment as on a desk without Python: only what the system itself needs."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR") if name in os.environ}
    system = "/usr/bin:/bin" if sys.platform != "win32" else os.environ.get("SYSTEMROOT", "")
    homes = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP"), str(home))
    return {**kept, **homes, "PATH": system, "LANG": "C.UTF-8", "BREN_KEYRING": "none", **_screen()}


def _screen() -> dict[str, str]:
    """Qt's offscreen platform; on Windows it finds no fonts, so the real one."""
    return {} if sys.platform == "win32" else {"QT_QPA_PLATFORM": "offscreen"}


def main(programs: Path) -> int:
    """Run the steps in order; the first that fails ends it."""
    with tempfile.TemporaryDirectory(prefix="bren-smoke-", ignore_cleanup_errors=True) as work:
        smoke = Smoke(programs.resolve(), Path(work))
        steps: list[Callable[[], None]] = [
            smoke.demo, smoke.doctor, smoke.case, smoke.match, smoke.letter, smoke.window,
        ]  # fmt: skip
        for step in steps:
            try:
                step()
            except (AssertionError, OSError, subprocess.TimeoutExpired, ValueError, LookupError) as error:
                print(f"failed  {step.__name__}: {error}")
                return 1
            print(f"ok      {step.__name__}: {step.__doc__}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
