"""A case on its way to another team, and what the other team sees of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.life import step_to
from bren_desktop.domain.states import State
from bren_desktop.domain.transitions import Transition
from bren_desktop.gui.dialogs.hand_over import HandOverDialog, _Made
from bren_desktop.gui.dialogs.move_case import MoveDialog
from bren_desktop.gui.dialogs.take_over import TakeOverDialog
from bren_desktop.services.handing_over import _FOR_SAFETY, Recipient
from tests.screenshots.stage import Stage

_CASE = Case(
    verwijzer="VW-GI",
    verwijzer_naam="Mw. Verzonnen",
    regio="JZ24",
    roepnaam="Teun",
    achternaam="Reiziger",
    hulpvraag="Wie denkt mee nu het gezin is verhuisd?",
    vastloopredenen=("VR-1",),
    toestemming_status="TS-JA",
    urgentie="UR-CRISIS",
    maatregelen=("MA-JR",),
)
_WHY = "Het gezin is naar Enschede verhuisd. Vader wil liever 's avonds worden gebeld."


def _dialog(stage: Stage, *, consented: bool) -> HandOverDialog:
    workspace, today = stage.workspace, stage.workspace.context.today()
    born, reported = today - timedelta(days=17 * 366), today - timedelta(days=30)
    case = _CASE.model_copy(update={"geboortedatum": born, "datum_aanmelding": reported})
    opened = workspace.cases.record(workspace.actor, case)
    for name in ("verslag school.txt", "plan van de voogd.txt", "brief van oma.txt", "nog een brief.txt"):
        workspace.attachments.add(workspace.actor, opened.entity, name, name.encode())
    if consented:
        consent = Consent(doelen=("TD-E",), gevers=("TG-JEUGD",), gegeven_op=today, vorm="TV-SCHR")
        workspace.consents.add(workspace.actor, opened.entity, consent)
    step = step_to(State.REGISTERED, State.TRANSFERRED)
    assert step is not None
    dialog = HandOverDialog(stage.desk, opened, step, f"{opened.case.nummer} · T. R.", stage.window)
    dialog.open()
    stage.settle()
    dialog.binding.lay_over({"doorgeleid_naar": "Expertteam Twente", "reden": _WHY})
    dialog.shown(dialog.binding.parse())
    stage.settle()
    return dialog


def _picture(stage: Stage, dialog: QDialog) -> QPixmap:
    stage.settle()
    picture = stage.picture()
    dialog.reject()
    return picture


def scene_hand_over(stage: Stage) -> QPixmap:
    dialog = _dialog(stage, consented=True)
    dialog.more.files.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.more.criminal.setChecked(True)
    dialog.more.criminal_reason.setText("De jeugdreclassering verhuist mee.")
    return _picture(stage, dialog)


def scene_hand_over_without_consent(stage: Stage) -> QPixmap:
    return _picture(stage, _dialog(stage, consented=False))


def scene_hand_over_code(stage: Stage) -> QPixmap:
    dialog = _dialog(stage, consented=True)
    dialog._show_code(_Made(Path("overdracht-3f9ac21b.bren"), "7K3M-0QXD-92VF-HT5C", _FOR_SAFETY))
    return _picture(stage, dialog)


def scene_hand_over_again(stage: Stage) -> QPixmap:
    first = _dialog(stage, consented=True)
    workspace = stage.workspace
    workspace.handing_over.hand_over(workspace.actor, first.entity, Recipient("TWE"), Transition(reden=_WHY))
    first.reject()
    opened, step = workspace.cases.open(workspace.actor, first.entity), step_to(State.REGISTERED, State.TRANSFERRED)
    assert step is not None
    team, about = workspace.handing_over.team_of(workspace.actor, first.entity), f"{opened.case.nummer} · T. R."
    dialog = HandOverDialog(stage.desk, opened, step, about, stage.window, again_to=team)
    dialog.open()
    return _picture(stage, dialog)


def scene_take_back(stage: Stage) -> QPixmap:
    first = _dialog(stage, consented=True)
    workspace = stage.workspace
    workspace.handing_over.hand_over(workspace.actor, first.entity, Recipient("TWE"), Transition(reden=_WHY))
    first.reject()
    opened, step = workspace.cases.open(workspace.actor, first.entity), step_to(State.TRANSFERRED, State.REOPENED)
    assert step is not None
    dialog = MoveDialog(stage.desk, opened, step, f"{opened.case.nummer} · T. R.", stage.window)
    dialog.open()
    return _picture(stage, dialog)


def scene_take_over(stage: Stage) -> QPixmap:
    source = _dialog(stage, consented=True)
    workspace, home = stage.workspace, stage.workspace.actor
    sealed = workspace.handing_over.hand_over(
        home, source.entity, Recipient("TWE", tuple(source._recipient().attachments)), Transition(reden=_WHY)
    )
    source.reject()
    path = stage.spare_folder("overdracht") / "overdracht-3f9ac21b.bren"
    path.write_bytes(sealed.data)
    workspace.actor = replace(home, team="TWE", region="JZ14")
    dialog = TakeOverDialog(stage.desk, stage.window)
    dialog.open()
    dialog.show_file(path)
    dialog.ui.code.setText(sealed.code)
    dialog.look()
    picture = _picture(stage, dialog)
    workspace.actor = home
    return picture


def scene_take_over_empty(stage: Stage) -> QPixmap:
    dialog = TakeOverDialog(stage.desk, stage.window)
    dialog.open()
    dialog.look()
    return _picture(stage, dialog)
