"""The werkvoorraad as each role sees it, with cases in every state of their life."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtGui import QPixmap

from bren_desktop.domain.access import EmergencyAccess
from bren_desktop.domain.actors import Role
from bren_desktop.domain.advice import Advice, PointRow
from bren_desktop.domain.aftercare import Bridge, Escalation
from bren_desktop.domain.closing import Closing
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.planning import Snooze, StandIn
from bren_desktop.domain.records import ContactMoment, FiledDocument
from bren_desktop.domain.requests import Request
from bren_desktop.domain.transitions import Transition
from bren_desktop.gui.dialogs.snooze import SnoozeDialog
from bren_desktop.gui.dialogs.stand_in import StandInDialog
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.worklist import PUT_OFF, WorklistPage
from bren_desktop.services.context import author
from bren_desktop.services.ports import Writer
from bren_desktop.services.rows import CaseFilter, Page
from tests.screenshots.stage import Stage

_STATES = ("ST-AAN", "ST-TRI", "ST-AVU", "ST-RET", "ST-BES", "ST-ADV", "ST-UIT", "ST-MON", "ST-MON", "ST-AAN", "ST-UIT")
_MARK = "uitgesteld voor de plaatjes"


def scene_work_secretaris(stage: Stage) -> QPixmap:
    return _as(stage, Role.SECRETARIS)


def scene_work_voorzitter(stage: Stage) -> QPixmap:
    return _as(stage, Role.VOORZITTER)


def scene_work_procesregisseur(stage: Stage) -> QPixmap:
    return _as(stage, Role.PROCESREGISSEUR)


def scene_work_privacy(stage: Stage) -> QPixmap:
    return _as(stage, Role.PRIVACY)


def scene_work_it(stage: Stage) -> QPixmap:
    return _as(stage, Role.IT)


def scene_work_put_off(stage: Stage) -> QPixmap:
    def press(page: WorklistPage) -> None:
        page.chips[PUT_OFF].click()

    return _as(stage, Role.SECRETARIS, press)


def scene_work_snooze(stage: Stage) -> QPixmap:
    _fill(stage)
    stage.bench.go_to(registry.WORKLIST)
    dialog = SnoozeDialog(stage.desk, "c", Snooze(klok="TM-TRIAGE"), "BREN-HGL-2026-AA0007 · N. V.", stage.window)
    dialog.open()
    picture = stage.picture()
    dialog.reject()
    return picture


def scene_work_stand_in(stage: Stage) -> QPixmap:
    _fill(stage)
    stage.bench.go_to(registry.WORKLIST)
    dialog = StandInDialog(stage.desk, stage.window)
    dialog.open()
    picture = stage.picture()
    dialog.reject()
    return picture


def _as(stage: Stage, role: Role, then: object = None) -> QPixmap:
    """The page for somebody of this role."""
    _fill(stage)
    workspace, before = stage.workspace, stage.workspace.actor
    workspace.actor = replace(before, role=role)
    page = WorklistPage(stage.desk)
    stage.bench.ui.pages.addWidget(page)
    stage.bench.ui.pages.setCurrentWidget(page)
    stage.bench.ui.page_title.setText("Werkvoorraad")
    page.entered()
    stage.settle()
    page.setFocus()
    if callable(then):
        then(page)
    picture = stage.picture()
    stage.bench.ui.pages.removeWidget(page)
    page.deleteLater()
    workspace.actor = before
    stage.bench.go_to(registry.WORKLIST)
    return picture


def _fill(stage: Stage) -> None:
    """Bring a dozen cases to states of their own, once."""
    workspace = stage.workspace
    today, store = workspace.context.today(), workspace.context.store
    with store.write(author(workspace.actor)) as writer:
        if writer.entities(Kind.SNOOZE):
            return
        rows = writer.cases(CaseFilter(("ST-AAN", "ST-TRI", "ST-RET", "ST-MON", "ST-UIT")), Page(limit=len(_STATES)))
        for number, (row, state) in enumerate(zip(rows, _STATES, strict=False)):
            entered = today - timedelta(days=3 + 4 * number)
            step = Transition(casus=row.entity, van="ST-AAN", naar=state, op=entered, wacht_op="school De Verzinsel")
            _put(writer, stage, Kind.TRANSITION, step)
            values = {("status", ""): state, ("datum_aanmelding", ""): entered.isoformat()}
            urgency = {0: "UR-CRISIS", 3: "UR-SPOED", 6: "UR-SPOED"}.get(number, "UR-REG")
            assigned = {("toegewezen", workspace.actor.person): True} if number > 4 else {}
            writer.write(Kind.CASE, row.entity, {**values, ("urgentie", ""): urgency, **assigned})
            if number % 3:
                told = ContactMoment(casus=row.entity, datum=entered, tekst="Gebeld met de verwijzer.")
                _put(writer, stage, Kind.CONTACT, told)
            _more(writer, stage, row.entity, number, today)


def _more(writer: Writer, stage: Stage, case: str, number: int, today: date) -> None:
    """What hangs below one of the cases."""
    week = timedelta(days=7)
    person = stage.workspace.actor.person
    points = tuple(PointRow(id=str(n), wat="x", eigenaar="y", uiterlijk=today + (n - 1) * week) for n in range(3))
    found = {
        1: (Kind.DOCUMENT, FiledDocument(casus=case, soort="Consultatievraag", expert="e", datum=today - week)),
        3: (Kind.REQUEST, Request(casus=case, soort="VZ-INZ", ontvangen_op=today - 3 * week)),
        4: (Kind.ADVICE, Advice(casus=case)),
        5: (Kind.CONSENT, Consent(casus=case, doelen=("TD-A",), gegeven_op=today - 50 * week, geldig_tot=today + week)),
        6: (Kind.ADVICE, Advice(casus=case, vrijgegeven_op=today - 2 * week, punten=points)),
        7: (Kind.BRIDGE, Bridge(casus=case, van=today - 3 * week, volgende_check=today, tot=today + 2 * week)),
        8: (Kind.CLOSING, Closing(casus=case, voorgesteld_op=today, voorgesteld_door_id="p9")),
        9: (Kind.EMERGENCY_ACCESS, EmergencyAccess(casus=case, persoon="p9", naam="Lid", op=today, reden=_MARK)),
        10: (Kind.ESCALATION, Escalation(casus=case, op=today - week, uiterlijk=today + timedelta(days=1))),
        0: (Kind.REQUEST, Request(casus=case, soort="VZ-VERN", ontvangen_op=today - 11 * week)),
    }
    if number in found:
        _put(writer, stage, *found[number])
    if number in (1, 2):
        put_off = {"tot": today + week, "reden": "De school is dicht tot en met vrijdag.", "door": "Anouk Voorbeeld"}
        clock = {1: "TM-TRIAGE", 2: "TM-AANVUL-1"}[number]
        _put(writer, stage, Kind.SNOOZE, Snooze(casus=case, klok=clock, **put_off))
    if number == 2:
        away = StandIn(persoon="p8", naam="Petra Bedacht", rol="procesregisseur", van=today, tot=today + 2 * week)
        named = away.model_copy(update={"waarnemer": person, "waarnemer_naam": stage.workspace.actor.name})
        _put(writer, stage, Kind.STAND_IN, named)
    if number == 7:
        writer.write(Kind.CASE, case, {("toegewezen", person): None, ("toegewezen", "p8"): True})


def _put(writer: Writer, stage: Stage, kind: Kind, record: object) -> None:
    from pydantic import BaseModel

    assert isinstance(record, BaseModel)
    writer.write(kind, stage.workspace.context.store.new_entity(), flatten(record))
