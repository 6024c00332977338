"""Two cases of one young person, and the window that makes them one."""

from __future__ import annotations

from PySide6.QtGui import QPixmap

from bren_desktop.domain.cases import Case
from bren_desktop.gui.dialogs.merge_cases import MergeDialog
from bren_desktop.gui.pages import registry
from bren_desktop.services.rows import CaseFilter, Page
from tests.screenshots.stage import Stage

_SURNAME = "Dubbelganger"


def _pair(stage: Stage) -> list[str]:
    actor, cases = stage.workspace.actor, stage.workspace.cases
    rows = cases.page(actor, CaseFilter(text=_SURNAME), Page())
    if not rows:
        about = "Woont sinds kort bij haar oma. School meldt dat zij weinig komt en veel alleen is."
        for question, place in (("Welke plek past nu?", "Delft"), ("Kan iemand meedenken over wonen?", "Leiden")):
            case = Case(roepnaam="Isa", achternaam=_SURNAME, hulpvraag=question, gemeente=place, omschrijving=about)
            cases.record(actor, case.model_copy(update={"omschrijving": f"{about} {question}"}))
        rows = cases.page(actor, CaseFilter(text=_SURNAME), Page())
    return [row.entity for row in rows]


def scene_merging(stage: Stage) -> QPixmap:
    stage.bench.show_page(registry.CASES)
    one, other = _pair(stage)
    dialog = MergeDialog(stage.desk, one, other, stage.window)
    dialog.open()
    stage.settle()
    dialog.ui.fields.setCurrentRow(1)
    picture = stage.picture()
    dialog.reject()
    return picture
