"""Samenwerken: beginning, joining, words, requests, laptops, what went wrong, and the status bar in each state."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QPixmap

from bren_desktop.domain.actors import Role
from bren_desktop.gui.dialogs.leaving import LeavingPanel
from bren_desktop.gui.dialogs.sharing import SharingDialog
from bren_desktop.gui.pages import registry
from bren_desktop.gui.syncing import Syncing
from bren_desktop.services.rows import CaseFilter, ExpertFilter, Page
from bren_desktop.services.share_door import Away, CycleReport, Device, InviteTo, Request, ShareStatus, Trouble
from bren_desktop.services.sharing import Sharing
from tests.screenshots.share_double import MEMBER, NOON, WORDS, ShareDouble
from tests.screenshots.stage import Stage

HOUR = 3_600_000
LAPTOPS = (
    Device("a" * 26, "Vera Voorbeeld", Role.VOORZITTER, "HGL", "AA", ("network", "HGL"), mine=True, admin=True),
    Device(
        "b" * 26,
        "Bram Bedacht",
        Role.SECRETARIS,
        "HGL",
        "AB",
        ("network", "HGL"),
        mine=False,
        admin=False,
        news_ms=NOON - HOUR,
    ),
    Device(
        "c" * 26,
        "Fatima Fictief",
        Role.PLAATSVERVANGER,
        "HGL",
        "AC",
        ("network", "HGL"),
        mine=False,
        admin=True,
        news_ms=NOON - 30 * HOUR,
    ),
    Device(
        "d" * 26,
        "Daan Denkbeeld",
        Role.LID,
        "HGL",
        "AD",
        ("network", "HGL"),
        mine=False,
        admin=False,
        away=Away.LOST,
        news_ms=NOON - 200 * HOUR,
    ),
)
REQUESTS = (
    Request("r" * 26, "Noortje Verzonnen", "HGL", Role.SECRETARIS, InviteTo.TEAM, WORDS),
    Request("s" * 26, "Pieter Niemand", "HOR", Role.VOORZITTER, InviteTo.NETWORK, WORDS[::-1]),
)
TROUBLES = (
    Trouble("damaged", "sp/4f2k/log/b7/00000012", "b" * 26, 1, NOON - 2 * HOUR),
    Trouble("silent", "", "c" * 26, 1, NOON - 21 * 24 * HOUR),
    Trouble("no-key", "sp/4f2k/log/b7/00000013", "b" * 26, 4, NOON - HOUR),
)
_LOW = "Offline bestanden staat aan voor deze map. Vraag IT om dat voor deze map uit te zetten."


def _dialog(stage: Stage, door: ShareDouble, tab: str = "") -> SharingDialog:
    """The dialog on a share that does not exist."""
    stage.bench.go_to(registry.WORKLIST)
    syncing = _syncing(stage, door)
    dialog = SharingDialog(syncing._desk, syncing, tab, stage.window)
    dialog.open()
    return dialog


def _syncing(stage: Stage, door: ShareDouble) -> Syncing:
    stage.workspace.sharing = Sharing(lambda: door, lambda report: None, lambda: None)
    syncing = Syncing(stage.desk, stage.window)
    syncing._on_status(door.status())
    return syncing


def _picture(stage: Stage, dialog: SharingDialog) -> QPixmap:
    _rest(stage, dialog.work.syncing)
    picture = stage.picture()
    dialog.work.syncing.close(5)
    dialog.reject()
    return picture


def _rest(stage: Stage, syncing: Syncing) -> None:
    while syncing.thread_of_share.is_busy:
        stage.settle()


def scene_sharing_start(stage: Stage) -> QPixmap:
    return _picture(stage, _dialog(stage, ShareDouble()))


def scene_sharing_start_refused(stage: Stage) -> QPixmap:
    dialog = _dialog(stage, ShareDouble())
    dialog.ui.invite_file.setText("D:\\Uitnodiging BREN Desktop.bren")
    dialog.ui.code.setText("5776-S44E-G1F7-ZFEN")
    dialog.ui.join_error.setText(
        "De code hoort niet bij deze uitnodiging. Er is niets aangevraagd. Controleer de code."
    )
    dialog.ui.create.click()
    return _picture(stage, dialog)


def scene_sharing_words(stage: Stage) -> QPixmap:
    dialog = _dialog(stage, ShareDouble(ShareStatus("asking", "BREN Zuidwest", "S:\\BREN", words=WORDS)))
    return _picture(stage, dialog)


def scene_sharing_state(stage: Stage) -> QPixmap:
    status = replace(MEMBER, unsent=2, on_share=5, received={1: 8, 3: 214}, troubles=TROUBLES, warnings=(_LOW,))
    return _picture(stage, _dialog(stage, ShareDouble(status, laptops=LAPTOPS)))


def scene_sharing_refused_record(stage: Stage) -> QPixmap:
    """What was not taken over, of a case and of a pareltje."""
    workspace = stage.workspace
    case = workspace.cases.page(workspace.actor, CaseFilter(), Page())[0]
    expert = workspace.pool.page(workspace.actor, ExpertFilter(), Page())[0]
    troubles = tuple(
        Trouble("no-right", "sp/4f2k/log/b7/00000012", "b" * 26, 1, NOON - HOUR, record)
        for record in (case.entity, expert.entity)
    )
    return _picture(stage, _dialog(stage, ShareDouble(replace(MEMBER, troubles=troubles), laptops=LAPTOPS)))


def scene_sharing_state_fine(stage: Stage) -> QPixmap:
    return _picture(stage, _dialog(stage, ShareDouble(MEMBER, laptops=LAPTOPS)))


def scene_sharing_first_join(stage: Stage) -> QPixmap:
    dialog = _dialog(stage, ShareDouble(replace(MEMBER, received={}, last_ms=0), laptops=LAPTOPS))
    _rest(stage, dialog.work.syncing)
    dialog.work.syncing.running.emit(True)
    dialog.work.syncing.progressed.emit(3_120, 10_400)
    return _picture(stage, dialog)


def scene_sharing_laptops(stage: Stage) -> QPixmap:
    return _picture(stage, _dialog(stage, ShareDouble(MEMBER, laptops=LAPTOPS), "laptops"))


def scene_sharing_invite(stage: Stage) -> QPixmap:
    dialog = _dialog(stage, ShareDouble(MEMBER, laptops=LAPTOPS), "uitnodigen")
    _rest(stage, dialog.work.syncing)
    dialog.inviting.make(stage.spare_folder("invite") / "uitnodiging.bren")
    return _picture(stage, dialog)


def scene_sharing_request(stage: Stage) -> QPixmap:
    door = ShareDouble(replace(MEMBER, requests=2), asking=REQUESTS, laptops=LAPTOPS)
    return _picture(stage, _dialog(stage, door, "aanvragen"))


def scene_sharing_tray(stage: Stage) -> QPixmap:
    waiting = (Trouble("late", "", "d" * 26, 3, NOON - HOUR), Trouble("no-right", "", "b" * 26, 1, NOON - 2 * HOUR))
    dialog = _dialog(stage, ShareDouble(MEMBER, waiting=waiting, laptops=LAPTOPS))
    _rest(stage, dialog.work.syncing)
    dialog.ui.tabs.setCurrentWidget(dialog.ui.tray_tab)
    return _picture(stage, dialog)


def scene_sharing_upkeep(stage: Stage) -> QPixmap:
    dialog = _dialog(stage, ShareDouble(MEMBER, laptops=LAPTOPS))
    _rest(stage, dialog.work.syncing)
    dialog.ui.tabs.setCurrentWidget(dialog.ui.upkeep_tab)
    dialog.ui.check.click()
    return _picture(stage, dialog)


def scene_sharing_out(stage: Stage) -> QPixmap:
    return _picture(stage, _dialog(stage, ShareDouble(ShareStatus("out", "BREN Zuidwest", "S:\\BREN"))))


def _bar(stage: Stage, status: ShareStatus, report: CycleReport | None = None, *, running: bool = False) -> QPixmap:
    """The status bar in one state; afterwards as it was."""
    stage.bench.go_to(registry.WORKLIST)
    syncing, door = stage.bench.syncing, ShareDouble(status)
    if syncing is None:
        raise LookupError("no syncing")
    stage.workspace.sharing = Sharing(lambda: door, lambda report: None, lambda: None)
    syncing._on_status(status)
    if report is not None:
        syncing.finished.emit(report)
    syncing._is_running = running
    if running:
        syncing.progressed.emit(3_120, 10_400)
    picture = stage.picture()
    syncing._is_running = False
    syncing.running.emit(False)
    syncing.finished.emit(CycleReport(reachable=True))
    syncing._on_status(ShareStatus("alone"))
    return picture


def scene_bar_only_here(stage: Stage) -> QPixmap:
    return _bar(stage, replace(MEMBER, unsent=2, on_share=1))


def scene_bar_on_share(stage: Stage) -> QPixmap:
    return _bar(stage, replace(MEMBER, on_share=4))


def scene_bar_received(stage: Stage) -> QPixmap:
    return _bar(stage, replace(MEMBER, troubles=TROUBLES))


def scene_bar_away(stage: Stage) -> QPixmap:
    return _bar(stage, replace(MEMBER, unsent=3), CycleReport(reachable=False))


def scene_bar_first_join(stage: Stage) -> QPixmap:
    return _bar(stage, replace(MEMBER, received={}, last_ms=0), running=True)


def scene_leaving(stage: Stage) -> QPixmap:
    syncing = _syncing(stage, ShareDouble(MEMBER))
    panel = LeavingPanel(syncing, stage.window)
    panel._on_slow()
    panel.resize(stage.window.size())
    panel.setAutoFillBackground(True)
    panel.show()
    picture = stage.picture(panel)
    panel.setParent(None)
    panel.deleteLater()
    syncing.close(5)
    return picture
