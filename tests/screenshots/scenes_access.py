"""Who may see a case: assigning, noodtoegang and its banner, judging it, and who has seen the case."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.gui.dialogs.assign import AssignDialog
from bren_desktop.gui.dialogs.emergencies import EmergenciesDialog
from bren_desktop.gui.dialogs.emergency import EmergencyDialog
from bren_desktop.gui.dialogs.seen_by import SeenByDialog
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.pages.settings import SettingsPage
from bren_desktop.services.access import Access
from bren_desktop.services.readlog import Leaving, ReadLog
from bren_desktop.services.rows import CaseFilter, CaseRow, Page
from bren_desktop.services.share_door import Device
from tests.screenshots.stage import Stage

REASON = "De moeder belt: zij staat met haar zoon bij de spoedpost en de procesregisseur is niet bereikbaar."


def _colleague(name: str, role: Role, letters: str) -> Device:
    return Device(letters * 13, name, role, "HGL", letters, ("HGL",), mine=False, admin=False, person=f"p-{letters}")


TEAM = (
    _colleague("Anouk de Wit", Role.SECRETARIS, "AB"),
    _colleague("Joost van Dalen", Role.LID, "AC"),
    _colleague("Karima El Idrissi", Role.PROCESREGISSEUR, "AD"),
    _colleague("Petra Smit", Role.PRIVACY, "AE"),
    _colleague("Willem Jan Sterk", Role.LID, "AF"),
)


def _case(stage: Stage) -> CaseRow:
    """A case that is assigned to Karima, and that Joost opened by noodtoegang."""
    workspace = stage.workspace
    team = tuple(replace(one, team=workspace.actor.team, spaces=(workspace.actor.team,)) for one in TEAM)
    workspace.access = Access(workspace.context, lambda: team)
    workspace.readlog = ReadLog(workspace.context, lambda: team)
    row = workspace.cases.page(workspace.actor, CaseFilter(statuses=("ST-INZ",)), Page())[0]
    if not workspace.access.emergencies(workspace.actor):
        workspace.access.assign(workspace.actor, [row.entity], ["p-AD"], [])
        joost, karima = _as(workspace.actor, TEAM[1]), _as(workspace.actor, TEAM[2])
        workspace.access.open_in_emergency(joost, row.entity, REASON)
        for _ in range(3):
            workspace.cases.open(joost, row.entity)
            workspace.cases.open(karima, row.entity)
        workspace.readlog.note_leaving(karima, row.entity, Leaving.PRINTED, f"{row.nummer}/B01")
        workspace.cases.set_field(karima, row.entity, "wensen", "Dicht bij huis blijven.")
    return row


def _as(actor: Actor, device: Device) -> Actor:
    return replace(actor, person=device.person, name=device.name, role=device.role, device=device.letters)


def _taken(stage: Stage, dialog: QDialog) -> QPixmap:
    dialog.open()
    stage.settle()
    picture = stage.picture()
    dialog.reject()
    stage.settle()
    return picture


def scene_access_assign(stage: Stage) -> QPixmap:
    row = _case(stage)
    stage.desk.navigator.open_case(row.entity)
    stage.settle()
    return _taken(stage, AssignDialog(stage.desk, [row.entity], row.title, stage.window))


def scene_access_assign_several(stage: Stage) -> QPixmap:
    _case(stage)
    stage.desk.navigator.show("casussen")
    stage.settle()
    page = stage.window.findChild(CasesPage)
    assert page is not None
    page.show_list()
    stage.settle()
    page.list.ui.rows.selectAll()
    rows = [row for row in page.list.ui.rows.chosen() if row is not None][:6]
    cases = [row.entity for row in rows]
    return _taken(stage, AssignDialog(stage.desk, cases, f"{len(cases)} casussen", stage.window))


def scene_access_emergency(stage: Stage) -> QPixmap:
    row = _case(stage)
    dialog = EmergencyDialog(stage.desk, row.nummer, stage.window)
    dialog.ui.reason.setPlainText(REASON)
    return _taken(stage, dialog)


def scene_access_banner(stage: Stage) -> QPixmap:
    row, workspace = _case(stage), stage.workspace
    chair = workspace.actor
    workspace.actor = _as(chair, TEAM[1])
    stage.desk.navigator.open_case(row.entity)
    stage.settle()
    picture = stage.picture()
    workspace.actor = chair
    stage.desk.navigator.open_case(row.entity)
    stage.settle()
    return picture


def scene_access_judging(stage: Stage) -> QPixmap:
    _case(stage)
    return _taken(stage, EmergenciesDialog(stage.desk, stage.window))


def scene_access_seen(stage: Stage) -> QPixmap:
    row = _case(stage)
    return _taken(stage, SeenByDialog(stage.desk, row.entity, row.title, stage.window))


def scene_access_settings(stage: Stage) -> QPixmap:
    _case(stage)
    stage.desk.navigator.show("beheer")
    stage.settle()
    page = stage.window.findChild(SettingsPage)
    assert page is not None
    page.entered()
    stage.settle()
    page.ui.scroll.ensureWidgetVisible(page.ui.emergencies, 0, 60)
    stage.settle()
    return stage.picture()
