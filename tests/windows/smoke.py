"""The main job on Windows: start, store, keyring, locking, letter and one window; `nox -s windows-smoke` runs it.

Each step is printed with ok or failed. It runs on a real Windows and in the Windows Python under Wine alike.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

PASSPHRASE = "een lange zin voor de proef"


class Smoke:
    """The steps, in the order in which a user meets them; they share one profile."""

    def __init__(self, work: Path) -> None:
        self._profile = work / "profiel"
        self._passphrase = work / "wachtwoord"
        self._passphrase.write_text(PASSPHRASE, "utf-8")
        self._work = work

    def start(self) -> None:
        """The program says its version."""
        printed = self._python("-m", "bren_desktop.cli", "--version")
        assert printed.startswith("bren "), printed

    def store(self) -> None:
        """A profile is made, filled, and opened again by another process."""
        self._bren("demo", "--cases", "6", "--experts", "12", "--seed", "7")
        assert len(self._bren("case", "list")) == 6

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

    def letter(self) -> None:
        """The letter to the best expert is a PDF in a folder with a space and an accent in its name."""
        case = self._bren("case", "list")[0]["id"]
        expert = self._bren("match", case, "--limit", "1")[0]["id"]
        folder = self._work / "Brieven één"
        folder.mkdir()
        self._bren("letter", case, "--expert", expert, "--out", str(folder / "brief.pdf"))
        assert (folder / "brief.pdf").read_bytes().startswith(b"%PDF-")

    def window(self) -> None:
        """The window paints once, on Qt's own platform for Windows."""
        self._python("-m", "bren_desktop", "--check-window")

    def _bren(self, *arguments: str) -> Any:
        return json.loads(self._python("-m", "bren_desktop.cli", *self._arguments(*arguments)))

    def _arguments(self, *arguments: str) -> list[str]:
        return [*arguments, "--profile", str(self._profile), "--passphrase-file", str(self._passphrase), "--json"]

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


def main() -> int:
    """Run every step, also after one that failed; 1 when any did."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="bren-", ignore_cleanup_errors=True) as work:
        smoke = Smoke(Path(work))
        steps: list[Callable[[], None]] = [
            *(smoke.start, smoke.store, smoke.keyring),
            *(smoke.locking, smoke.letter, smoke.window),
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
