"""What a family asks of its file: the register, the forms, reading a file through, and destruction."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog

from bren_desktop.domain.requests import Request, Sort
from bren_desktop.gui.dialogs.file_copy import FileCopyDialog
from bren_desktop.gui.dialogs.request import DecisionDialog, ExtensionDialog, RequestDialog
from bren_desktop.gui.dialogs.requests import RequestsDialog
from bren_desktop.services.requests import Listed
from bren_desktop.services.rows import CaseFilter, Page
from tests.screenshots.stage import Stage

_TEXT = "Moeder wil lezen wat het team over haar zoon heeft opgeschreven, en wie dat heeft gezien."


def _is_full(stage: Stage, case: str) -> bool:
    return bool(stage.workspace.cases.open(stage.workspace.actor, case).case.betrokkenen)


def _filled(stage: Stage) -> list[Listed]:
    """Three requests about three cases beside those of the demo, made once."""
    requests, actor = stage.workspace.requests, stage.workspace.actor
    if Sort.DESTROY not in {each.request.soort for each in requests.register(actor)}:
        full = [row for row in stage.workspace.cases.page(actor, CaseFilter(), Page()) if _is_full(stage, row.entity)]
        rows = sorted(full, key=lambda row: row.geboortedatum or date.min, reverse=True)
        today = stage.workspace.context.today()
        asked = Request(door="Mevrouw Voorbeeld", relatie="TG-OUDER1", identiteit="rijbewijs aan tafel", inhoud=_TEXT)
        for row, sort, days in zip(rows, (Sort.SEE, Sort.DESTROY, Sort.CORRECT), (40, 20, 3), strict=False):
            came = {"soort": sort.value, "ontvangen_op": today - timedelta(days=days)}
            requests.add(actor, row.entity, asked.model_copy(update=came))
    return list(requests.register(actor))


def _shown(stage: Stage, dialog: QDialog) -> QPixmap:
    dialog.open()
    stage.settle()
    picture = stage.picture()
    dialog.reject()
    return picture


def scene_requests(stage: Stage) -> QPixmap:
    _filled(stage)
    return _shown(stage, RequestsDialog(stage.desk, parent=stage.window))


def scene_request_form(stage: Stage) -> QPixmap:
    first = _filled(stage)[0]
    return _shown(stage, RequestDialog(stage.desk, first.case, first.title, first, stage.window))


def scene_request_extension(stage: Stage) -> QPixmap:
    listed = next(each for each in _filled(stage) if each.request.may_take_longer)
    dialog = ExtensionDialog(stage.desk, listed, stage.window)
    dialog.binding.lay_over({"verlengd_vorm": "CV-BRIEF", "verlengd_reden": "Er is veel om door te lezen."})
    return _shown(stage, dialog)


def scene_request_decision(stage: Stage) -> QPixmap:
    listed = next(each for each in _filled(stage) if each.request.soort == Sort.DESTROY)
    dialog = DecisionDialog(stage.desk, listed, stage.window)
    dialog.binding.lay_over({"besluit": "BZ-AFW"})
    dialog.shown(dialog.binding.parse())
    return _shown(stage, dialog)


def scene_request_copy(stage: Stage) -> QPixmap:
    listed = next(each for each in _filled(stage) if each.request.soort == Sort.SEE)
    register = RequestsDialog(stage.desk, parent=stage.window)
    register.open()
    dialog = FileCopyDialog(stage.desk, listed, register)
    dialog.open()
    stage.settle()
    for _ in range(6):
        dialog.next_black()
    picture = stage.picture()
    dialog.reject()
    register.reject()
    return picture
