"""Erasing and protecting a case, one that can only be read, and bringing back the cases of a team."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog

from bren_desktop.gui.dialogs.erase_case import EraseDialog
from bren_desktop.gui.dialogs.protect_case import ProtectDialog
from bren_desktop.gui.dialogs.recover_team import RecoverDialog
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.syncing import Syncing
from bren_desktop.services.erasing import Erased
from bren_desktop.services.readlog import Leaving
from bren_desktop.services.rows import CaseFilter, Page
from bren_desktop.services.share_door import AskedErasure, Device, Erasing, Recovered, ShareStatus
from bren_desktop.services.sharing import Sharing
from bren_desktop.services.views import OpenCase
from bren_desktop.sync.enrolment.salvaging import SeveralSpacesError
from tests.screenshots.scenes_sharing import LAPTOPS
from tests.screenshots.share_double import MEMBER, ShareDouble
from tests.screenshots.stage import Stage


def _case(stage: Stage) -> str:
    """A case that is not a concept, on its page; twice something about it left the program."""
    workspace = stage.workspace
    rows = workspace.cases.page(workspace.actor, CaseFilter(statuses=("ST-INZ",)), Page())
    entity = rows[0].entity
    if not workspace.erasing.outside(workspace.actor, entity):
        workspace.readlog.note_leaving(workspace.actor, entity, Leaving.SAVED, "BREN-JZ24-2026-AA0008/B01")
        workspace.readlog.note_leaving(workspace.actor, entity, Leaving.PRINTED, "BREN-JZ24-2026-AA0008/B02")
    stage.desk.navigator.open_case(entity)
    stage.settle()
    return entity


def _syncing(stage: Stage, door: ShareDouble) -> Syncing:
    stage.workspace.sharing = Sharing(lambda: door, lambda report: None, lambda: None)
    syncing = Syncing(stage.desk, stage.window)
    syncing._on_status(door.status())
    return syncing


def _asked(entity: str, *, private: bool) -> ShareStatus:
    name = "Petra Privé" if private else "Vera Voorbeeld"
    return replace(MEMBER, erasures=(AskedErasure(entity, (name,), private=private, mine=not private),))


def _erase(
    stage: Stage, status: ShareStatus, entity: str, done: Erased | None = None, *, alone: bool = False
) -> QPixmap:
    syncing = _syncing(stage, ShareDouble(status))
    dialog = EraseDialog(stage.desk, syncing, entity, stage.window)
    dialog.open()
    stage.settle()
    dialog.ui.witness_part.hide()
    dialog._on_alone(alone)
    if done is not None:
        outside = stage.workspace.erasing.outside(stage.workspace.actor, entity)
        dialog._on_asked(replace(done, outside=outside))
        dialog._is_asked = False
    elif not dialog.ui.sure.isHidden():
        dialog.ui.sure.setFocus()
    return _closed(stage, dialog, syncing)


def _closed(stage: Stage, dialog: QDialog, syncing: Syncing) -> QPixmap:
    while syncing.thread_of_share.is_busy:
        stage.settle()
    picture = stage.picture()
    dialog.reject()
    syncing.close(5)
    stage.settle()
    return picture


def scene_erase_first(stage: Stage) -> QPixmap:
    return _erase(stage, MEMBER, _case(stage))


def scene_erase_second(stage: Stage) -> QPixmap:
    entity = _case(stage)
    return _erase(stage, _asked(entity, private=True), entity)


def scene_erase_witness(stage: Stage) -> QPixmap:
    return _erase(stage, MEMBER, _case(stage), alone=True)


def scene_erase_asked(stage: Stage) -> QPixmap:
    entity = _case(stage)
    return _erase(stage, MEMBER, entity, Erased("", Erasing.ASKED, (), ()))


def scene_erase_done(stage: Stage) -> QPixmap:
    entity = _case(stage)
    return _erase(stage, MEMBER, entity, Erased("", Erasing.DONE, (), ("E:\\Reservekopie BREN Desktop.bren",)))


def scene_erase_alone(stage: Stage) -> QPixmap:
    return _erase(stage, ShareStatus("alone"), _case(stage))


def scene_erase_on_the_page(stage: Stage) -> QPixmap:
    """The bar on the page of the case, the menu open, and the link in the status bar."""
    entity = _case(stage)
    page, syncing = stage.bench.pages["casussen"], stage.bench.syncing
    if not isinstance(page, CasesPage) or syncing is None:
        raise LookupError("no case page")
    door = ShareDouble(_asked(entity, private=True))
    stage.workspace.sharing = Sharing(lambda: door, lambda report: None, lambda: None)
    syncing._on_status(door.status())
    picture = stage.picture()
    syncing._on_status(ShareStatus("alone"))
    return picture


def scene_protect(stage: Stage) -> QPixmap:
    return _protect(stage, LAPTOPS)


def scene_protect_alone(stage: Stage) -> QPixmap:
    return _protect(stage, LAPTOPS[:1])


def scene_protect_done(stage: Stage) -> QPixmap:
    return _protect(stage, LAPTOPS, done=True)


def _protect(stage: Stage, laptops: tuple[Device, ...], *, done: bool = False) -> QPixmap:
    entity, team = _case(stage), stage.workspace.actor.team
    ours = [replace(each, spaces=("network", team)) for each in laptops]
    syncing = _syncing(stage, ShareDouble(MEMBER, laptops=ours))
    dialog = ProtectDialog(stage.desk, syncing, entity, stage.window)
    dialog.open()
    while syncing.thread_of_share.is_busy:
        stage.settle()
    stage.settle()
    if dialog.ui.laptops.count():
        dialog.ui.laptops.item(0).setCheckState(Qt.CheckState.Checked)
    if done:
        row = stage.workspace.cases.row(stage.workspace.actor, entity)
        dialog._on_protected((entity, row and replace(row, nummer="BREN-JZ24-2026-AA0121")))
        dialog._moved = ""
    return _closed(stage, dialog, syncing)


def scene_read_only(stage: Stage) -> QPixmap:
    """A case of a team that this laptop is out of."""
    _case(stage)
    page = stage.bench.pages["casussen"]
    if not isinstance(page, CasesPage) or page.case._opened is None:
        raise LookupError("no case page")
    opened = page.case._opened
    _show(page, replace(opened, read_only=True))
    picture = stage.picture()
    _show(page, opened)
    return picture


def _show(page: CasesPage, opened: OpenCase) -> None:
    page.case._opened = opened
    page.case.apart.show(opened)
    page.case._show_rights()


def _recover(stage: Stage, *, done: bool = False) -> QPixmap:
    syncing = _syncing(stage, ShareDouble())
    dialog = RecoverDialog(stage.desk, syncing, stage.window)
    dialog.open()
    dialog.ui.folder.setText("S:\\BREN oud")
    dialog.ui.it.setText("E:\\Herstel BREN Zuidwest - IT.bren")
    dialog.ui.coordinator.setText("F:\\Herstel BREN Zuidwest - coordinator.bren")
    if done:
        dialog._on_recovered(Recovered(cases=112, experts=80, held=1, missing=2, protected=3))
        dialog._is_done = False
    else:
        dialog._on_failed(SeveralSpacesError([]))
    return _closed(stage, dialog, syncing)


def scene_recover_choose(stage: Stage) -> QPixmap:
    return _recover(stage)


def scene_recover_done(stage: Stage) -> QPixmap:
    return _recover(stage, done=True)


def scene_recover_busy(stage: Stage) -> QPixmap:
    syncing = _syncing(stage, ShareDouble())
    dialog = RecoverDialog(stage.desk, syncing, stage.window)
    dialog.open()
    dialog._set_busy(True)
    dialog._on_progressed(3_120, 10_400)
    return _closed(stage, dialog, syncing)
