"""The main job on fictional data: in the window where there is a screen, and otherwise to a folder of results."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer

from bren_desktop import app, wiring
from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.letters import LetterRequest
from bren_desktop.fiction.filling import fill
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.services.parsing import parse_strict
from bren_desktop.services.workspace import Workspace

OPENS_WITH = "alles hier is verzonnen"
"""The passphrase of the demo profile, printed at the start: there is nothing in it to protect."""
_FOUNDER = wiring.Founder("Robin Voorbeeld", Role.VOORZITTER, "JZ24")
_CASES, _EXPERTS, _SEED = 500, 300, 1
_SIZE = (1366, 768)
_CASE = {
    "datum_aanmelding": "2026-11-20",
    "regio": "Haaglanden",
    "gemeente": "Delft",
    "verwijzer": "GI",
    "verwijzer_naam": "M. Kruidhof",
    "verwijzer_contact": "m.kruidhof@example.nl",
    "roepnaam": "Noor",
    "achternaam": "Lindewater",
    "geboortedatum": "2011-05-14",
    "gezag": "beide ouders",
    "hulpvraag": "Noor gaat al zeven maanden niet naar school. Wat helpt haar om weer een dag te durven maken?",
    "omschrijving": "Noor heeft autisme en slaapt slecht. Zij komt haar kamer bijna niet uit. Haar ouders zijn moe.",
    "vastloopredenen": ["VR-1"],
    "knelpunten": ["KP-ASS", "KP-OND"],
    "ontbrekend_aanbod": ["OA-09"],
    "domeinen": ["DM-JEUGD", "DM-OND", "DM-JGGZ"],
    "urgentie": "spoed",
    "toestemming_status": "alleen geanonimiseerd",
    "krachten": "Noor tekent graag en kan goed uitleggen wat haar rust geeft.",
    "stem_jeugdige": "Ik wil wel naar school, maar niet meer in die drukte.",
    "stem_ouders": "Wij willen dat iemand meedenkt die dit vaker heeft gezien.",
    "wat_is_geprobeerd": "Twee trajecten thuisbegeleiding en een rustige klas. Beide stopten na enkele weken.",
}
_QUESTIONS = ("Welke eerste stap past bij Noor?", "Wat hebben school en ouders nodig om dit vol te houden?")


def run(*, headless: bool, out: Path) -> int:
    """Make a profile of fictional data, do the main job with it, and throw it away. The exit code."""
    folder = app.default_folder().parent / f"{app.default_folder().name}-demo"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        return _to_folder(folder, out) if headless else _in_window(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _in_window(folder: Path) -> int:
    program = app.Program(app.make_app(), folder)
    program.window.open_session(_filled(folder))
    _desk(program.window).navigator.show("werkvoorraad")
    program.window.show()
    print(f"Alles in dit venster is verzonnen. Na vergrendelen opent het met: {OPENS_WITH}", flush=True)
    return program.until_closed()


def _to_folder(folder: Path, out: Path) -> int:
    workspace = _filled(folder)
    out.mkdir(parents=True, exist_ok=True)
    case, expert = _main_job(workspace, out)
    program = app.Program(app.make_app(), folder)
    program.window.resize(*_SIZE)
    program.window.open_session(workspace)
    program.window.show()
    Photographer(program, out, _scenes(program.window, case, expert)).start()
    program.app.exec()
    program.finish()
    print(f"Er is geen scherm. De brief, de casuskaart en beelden van de schermen staan in {out}.")
    return 0


def _filled(folder: Path) -> Workspace:
    workspace, _ = wiring.Profile(folder).found(OPENS_WITH, _FOUNDER)
    filled = fill(workspace, cases=_CASES, experts=_EXPERTS, seed=_SEED)
    print(f"Gevuld met {filled.cases} verzonnen casussen en {filled.experts} verzonnen pareltjes.")
    return workspace


def _main_job(workspace: Workspace, out: Path) -> tuple[str, str]:
    """Record a case, find the pareltje, release the letter. Gives the entities of case and expert."""
    actor = workspace.actor
    opened = workspace.cases.record(actor, parse_strict(Case, _CASE, today=workspace.context.today()))
    best = workspace.matching.match(actor, opened.entity, 1)[0]
    print(f"Casus {opened.case.nummer} vastgelegd. Het best passende pareltje is {best.name}:")
    for reason in best.reasons:
        print(f"  {reason.criterion}: {reason.text}")
    request = LetterRequest(vragen=_QUESTIONS, inzetvorm="telefonisch consult", uren=4, termijn="2026-12-15")
    letter = workspace.letters.prepare(actor, opened.entity, best.entity, request)
    filed = workspace.letters.file(actor, letter, release=True)
    (out / "brief.pdf").write_bytes(filed.pdf)
    (out / "casuskaart.pdf").write_bytes(workspace.letters.case_sheet(actor, opened.entity).pdf)
    print(f"Brief {filed.kenmerk} is vrijgegeven.")
    return opened.entity, best.entity


def _scenes(window: MainWindow, case: str, expert: str) -> dict[str, Callable[[], None]]:
    go = _desk(window).navigator
    return {
        "werkvoorraad": lambda: go.show("werkvoorraad"),
        "casussen": lambda: go.show("casussen"),
        "casus": lambda: go.open_case(case),
        "matching": lambda: go.open_case(case, "matching"),
        "pareltjes": lambda: go.show("pareltjes"),
        "pareltje": lambda: go.open_expert(expert),
        "documenten": lambda: go.show("documenten"),
    }


def _desk(window: MainWindow) -> Desk:
    if window.session is None:
        raise RuntimeError("the window has no session")
    return window.session.desk


class Photographer:
    """Walks through the scenes, waits until each has come to rest, and keeps a picture of it."""

    def __init__(self, program: app.Program, out: Path, scenes: dict[str, Callable[[], None]]) -> None:
        self._program = program
        self._out = out
        self._scenes = list(scenes.items())

    def start(self) -> None:
        """Go to the next scene; close the window after the last."""
        if not self._scenes:
            self._program.window.close()
            self._program.app.quit()
            return
        name, arrive = self._scenes.pop(0)
        arrive()
        self._after_rest(lambda: self._after_rest(lambda: self._keep(name)))

    def _keep(self, name: str) -> None:
        self._program.window.grab().save(str(self._out / f"{name}.png"))
        self.start()

    def _after_rest(self, step: Callable[[], None]) -> None:
        QTimer.singleShot(0, lambda: self._rest(step))

    def _rest(self, step: Callable[[], None]) -> None:
        if self._program.window.session is not None:
            self._program.window.session.desk.tasks.drain()
        QTimer.singleShot(0, step)
