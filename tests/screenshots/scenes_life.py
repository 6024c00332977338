"""Where a case is in its life: the header with its flags, the steps that lead on, and the window of one."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog

from bren_desktop.domain.aftercare import Bridge, Escalation
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.life import step_to
from bren_desktop.domain.rights import Right
from bren_desktop.domain.transitions import Transition
from bren_desktop.gui.dialogs.move_case import MoveDialog
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services import below
from bren_desktop.services.rows import CaseFilter, CaseRow, Page
from tests.screenshots.stage import Stage


def _page(stage: Stage) -> CasesPage:
    page = stage.bench.show_page(registry.CASES)
    if not isinstance(page, CasesPage):
        raise TypeError("the cases are shown by another page")
    return page


def _first(stage: Stage, state: str, *urgencies: str) -> CaseRow:
    wanted = CaseFilter(statuses=(state,), urgenties=urgencies)
    return stage.workspace.cases.page(stage.workspace.actor, wanted, Page())[0]


def _steps(stage: Stage, state: str) -> QPixmap:
    page = _page(stage)
    page.open_entity(_first(stage, state).entity, "aanmelding")
    stage.settle()
    page.case.next_step.open()
    stage.settle()
    picture = stage.picture()
    page.case.next_step.popup.close()
    page.show_list()
    return picture


def _window(stage: Stage, row: CaseRow, target: str) -> QPixmap:
    opened = stage.workspace.cases.open(stage.workspace.actor, row.entity)
    step = step_to(opened.case.status, target)
    if step is None:
        raise LookupError("no such step")
    dialog: QDialog = MoveDialog(stage.desk, opened, step, row.title, stage.window)
    dialog.open()
    picture = stage.picture()
    dialog.reject()
    return picture


def _flagged(stage: Stage) -> str:
    """A case with a bridge and an escalation beside its state."""
    workspace, today = stage.workspace, stage.workspace.context.today()
    entity = _first(stage, "ST-UIT").entity
    if not workspace.life.flags(workspace.actor, entity).bridges:
        for kind, record in (
            (Kind.BRIDGE, Bridge(vorm="Logeren bij oma", van=today, tot=today + timedelta(days=40))),
            (Kind.ESCALATION, Escalation(stap="ES-3", op=today, uiterlijk=today + timedelta(days=9))),
        ):
            below.file(workspace.context, workspace.actor, Right.FOLLOW_UP, kind, entity, record)
    return entity


def _lived(stage: Stage) -> str:
    """A case that waited for an answer in triage, and went back to waiting."""
    workspace, today = stage.workspace, stage.workspace.context.today()
    row = _first(stage, "ST-AVU")
    if not workspace.life.history(workspace.actor, row.entity):
        asked = Transition(reden="Het plan van de gecertificeerde instelling.", wacht_op="de gezinsvoogd")
        for target, ago in (("ST-TRI", 9), ("ST-AVU", 6), ("ST-TRI", 3), ("ST-AVU", 1)):
            said = asked if target == "ST-AVU" else Transition()
            step = said.model_copy(update={"op": today - timedelta(days=ago)})
            workspace.life.move(workspace.actor, row.entity, target, step)
    return row.entity


def scene_life_timeline(stage: Stage) -> QPixmap:
    page = _page(stage)
    page.open_entity(_lived(stage), "tijdlijn")
    picture = stage.picture()
    page.show_list()
    return picture


def scene_life_flags(stage: Stage) -> QPixmap:
    page = _page(stage)
    page.open_entity(_flagged(stage), "aanmelding")
    picture = stage.picture()
    page.show_list()
    return picture


def scene_life_steps_from_triage(stage: Stage) -> QPixmap:
    return _steps(stage, "ST-TRI")


def scene_life_steps_from_agenda(stage: Stage) -> QPixmap:
    return _steps(stage, "ST-AGE")


def scene_life_steps_from_closed(stage: Stage) -> QPixmap:
    return _steps(stage, "ST-AFG")


def scene_life_ask_more(stage: Stage) -> QPixmap:
    return _window(stage, _first(stage, "ST-TRI"), "ST-AVU")


def scene_life_decline(stage: Stage) -> QPixmap:
    return _window(stage, _first(stage, "ST-TRI"), "ST-AFB")


def scene_life_carry_out(stage: Stage) -> QPixmap:
    return _window(stage, _first(stage, "ST-ADV"), "ST-UIT")


def scene_life_crisis(stage: Stage) -> QPixmap:
    row = _first(stage, "ST-TRI")
    stage.workspace.cases.set_field(stage.workspace.actor, row.entity, "urgentie", "UR-CRISIS")
    return _window(stage, row, "ST-ING")
