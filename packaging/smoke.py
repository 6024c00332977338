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

from pypdf import PdfReader

ROOT = Path(__file__).resolve().parent.parent
CASE = {
    "id": "proef-1",
    "regio": "Haaglanden",
    "gemeente": "Delft",
    "verwijzer": "GI",
    "roepnaam": "Noor",
    "achternaam": "Voorbeeld",
    "leeftijd": 15,
    "leeftijd_op": "2026-11-01",
    "hulpvraag": "Welke vorm van verblijf past bij Noor, en wie kan meedenken?",
    "omschrijving": "Een verzonnen casus: eetproblematiek en autisme, al lang geen onderwijs.",
    "knelpunten": ["KP-ASS", "KP-OND"],
    "vastloopredenen": ["VR-1"],
    "urgentie": "spoed",
}
LETTER = {
    "vragen": ["Welke eerste stap past nu?"],
    "waarom_deze_expert": "U denkt vaker mee over autisme en school.",
    "inzetvorm": "telefonisch consult",
    "uren": 4,
    "termijn": "2026-12-15",
}
EXPERTS, CASES = 12, 5
SPEAK_FOR_THEMSELVES = ("alembic", "bren_desktop", "pypdfium2", "pyside6_essentials", "reportlab", "sqlcipher3")
"""A few of the libraries whose licence the window shows from what travels with them."""


class Smoke:
    """The steps of the main job, each a call of one of the programs."""

    def __init__(self, programs: Path, work: Path) -> None:
        self._programs = programs
        self._work = work
        self._write("passphrase", "een lange zin voor de proef\n").chmod(0o600)

    def travels(self) -> None:
        """A frozen program carries our own files and what its libraries say of themselves."""
        inside = self._programs / "_internal"
        if not inside.is_dir():
            return
        ours = [path for name in ("db", "resources") for path in (ROOT / name).rglob("*") if path.is_file()]
        wanted = [path.relative_to(ROOT) for path in ours if "__pycache__" not in path.parts]
        lost = [str(path) for path in wanted if not (inside / "bren_desktop" / "_bundled" / path).is_file()]
        lost += [name for name in SPEAK_FOR_THEMSELVES if not list(inside.glob(f"{name}-*.dist-info/METADATA"))]
        _expect(not lost, f"left behind: {lost}")

    def init(self) -> None:
        """A profile is made; its recovery code is shown."""
        made = self._bren("init", "--team", "JZ24", "--name", "Robin Voorbeeld", "--role", "voorzitter")
        _expect(made["recovery_code"], "no recovery code")

    def demo(self) -> None:
        """A profile of fictional data is made, and leaves as a workbook and as CSV."""
        self._bren("demo", "--cases", str(CASES), "--experts", str(EXPERTS), "--seed", "7", profile="demo")
        self._bren("export", "experts", "pareltjes.xlsx", profile="demo")
        self._bren("export", "cases", "casussen.csv", profile="demo")

    def exchange(self) -> None:
        """Another profile takes the workbook and the CSV whole, and the workbook only once."""
        self._import("cases", "casussen.csv", imported=CASES, unchanged=0)
        self._import("experts", "pareltjes.xlsx", imported=EXPERTS, unchanged=0)
        self._import("experts", "pareltjes.xlsx", imported=0, unchanged=EXPERTS)

    def case(self) -> None:
        """A case is recorded and found again, in the list and by a word."""
        self._write("case.json", json.dumps(CASE))
        made = self._bren("case", "new", "--file", "case.json")["id"]
        _expect(made in [row["id"] for row in self._bren("case", "list")], "the new case is not in the list")
        _expect(self._bren("search", "eetprobl", "--in", "cases"), "the new case is not found")

    def match(self) -> None:
        """Experts are ranked, each with reasons."""
        ranked = self._bren("match", CASE["id"], "--limit", "3")
        _expect(len(ranked) == 3 and all(each["reasons"] for each in ranked), "a match without reasons")

    def letter(self) -> None:
        """The letter to the best expert is released, and reads back without the name of the child."""
        self._write("letter.json", json.dumps(LETTER))
        expert = self._bren("match", CASE["id"], "--limit", "1")[0]["id"]
        arguments = ("--expert", expert, "--out", "letter.pdf", "--file", "letter.json", "--release")
        made = self._bren("letter", CASE["id"], *arguments)
        text = " ".join(page.extract_text() for page in PdfReader(self._work / "letter.pdf").pages)
        _expect(not made["missing"], f"missing: {made['missing']}")
        _expect(made["kenmerk"] in text and "Welke eerste stap past nu?" in text, "the letter does not say it")
        _expect("Noor" not in text and "Voorbeeld" not in text.replace("Robin Voorbeeld", ""), "the letter names her")

    def clock(self) -> None:
        """A term is counted past Christmas, without a profile."""
        asked = {"id": "kerst", "rule": "werkdagen_na", "input": {"van": "2026-12-24", "n": 1}}
        self._write("clock.json", json.dumps([asked]))
        said = self._bren("clock", "--file", "clock.json", profile="none", passphrase=False)
        _expect(said == [{"id": "kerst", "result": "2026-12-28"}], str(said))

    def doctor(self) -> None:
        """The machine is described without a passphrase; with one the store is whole and can be upgraded."""
        _expect(self._bren("doctor", passphrase=False)["store"] == "locked", "the store is not locked")
        facts = self._bren("doctor")
        _expect((facts["store"], facts["integrity"], facts["upgrade"]) == ("ok", [], "ok"), str(facts))

    def window(self) -> None:
        """The window opens the profile and paints."""
        self._run("bren-desktop", "--check-window", "--profile", "profile")

    def _import(self, kind: str, file: str, **counts: int) -> None:
        said = self._bren("import", kind, file)
        _expect(said | counts == said and not said["rejected"], f"{file}: {said}")

    def _bren(self, *arguments: Any, profile: str = "profile", passphrase: bool = True) -> Any:
        keys = ["--passphrase-file", "passphrase"] if passphrase else []
        return json.loads(self._run("bren", *arguments, "--profile", profile, *keys, "--json"))

    def _run(self, program: str, *arguments: str) -> str:
        name = f"{program}.exe" if sys.platform == "win32" else program
        command = [str(self._programs / name), *arguments]
        named = {"BREN_PASSPHRASE_FILE": "passphrase"} if program == "bren-desktop" else {}
        done = subprocess.run(
            command,
            cwd=self._work,
            env=_bare(self._work) | named,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        _expect(not done.returncode, f"exit {done.returncode}: {(done.stderr or done.stdout).strip()[-2000:]}")
        return done.stdout

    def _write(self, name: str, text: str) -> Path:
        path = self._work / name
        path.write_text(text, "utf-8")
        return path


def _expect(truth: object, otherwise: str) -> None:
    if not truth:
        raise AssertionError(otherwise)


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
            *(smoke.travels, smoke.init, smoke.demo, smoke.exchange, smoke.case),
            *(smoke.match, smoke.letter, smoke.clock, smoke.doctor, smoke.window),
        ]
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
