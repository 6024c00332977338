"""The tab Opvolging: nothing yet, a case in full, an escalation that runs, somebody of 17, and its windows."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog

from bren_desktop.domain.advice import Advice, PlanRow, PointRow
from bren_desktop.domain.aftercare import BigFiveRow, Bridge, Deployment, Escalation, FuturePlan
from bren_desktop.domain.ages import birthday
from bren_desktop.domain.bridging import BridgeCheck
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.following import FollowUpSheet, ToldRow
from bren_desktop.gui.dialogs.bridge import BridgeCheckDialog, BridgeDialog
from bren_desktop.gui.dialogs.deployment import DeploymentDialog
from bren_desktop.gui.dialogs.escalation import EscalationDialog
from bren_desktop.gui.dialogs.follow_up import FollowUpDialog
from bren_desktop.gui.dialogs.future_plan import FuturePlanDialog
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.case.aftercare.loading import experts
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services import below
from bren_desktop.services.context import author
from bren_desktop.services.rows import ExpertFilter, Page
from tests.screenshots.stage import Stage

_MADE: dict[tuple[int, str], str] = {}
_POINTS = (
    (
        "Zoek met de leerplichtambtenaar een school die op twee uur per dag wil beginnen",
        "Jan de Wit",
        -21,
        "Ritme en leeftijdgenoten geven rust.",
    ),
    ("Regel een vaste ambulant begeleider voor de avonden", "Els Bakker", -3, "Thuis loopt het 's avonds vast."),
    ("Bespreek het plan met moeder en oma, en vraag wat zij zelf kunnen doen", "Fatiha Aksoy", 12, "Zij dragen het."),
    ("Vraag een psychiatrische beoordeling aan", "Dr. Smit", 30, "De medicatie is twee jaar niet bekeken."),
)


def _page(stage: Stage) -> CasesPage:
    page = stage.bench.show_page(registry.CASES)
    if not isinstance(page, CasesPage):
        raise TypeError("the cases are shown by another page")
    return page


def _case(stage: Stage, name: str, age: float) -> str:
    """A case of this stage by name, made when it is first asked for."""
    key = (id(stage), name)
    if key not in _MADE:
        workspace, today = stage.workspace, stage.workspace.context.today()
        born = birthday(today, -age) - timedelta(days=40)
        case = Case(
            roepnaam="Noor",
            achternaam="Voorbeeld",
            geboortedatum=born,
            datum_aanmelding=today - timedelta(days=120),
            status="ST-UIT",
            team="HGL",
            regio="JZ24",
        )
        (_MADE[key],) = workspace.cases.record_all(workspace.actor, [case])
    return _MADE[key]


def _full(stage: Stage, name: str = "vol", age: float = 14) -> str:
    known = (id(stage), name) in _MADE
    case = _case(stage, name, age)
    if not known:
        _advise(stage, case)
        _deploy(stage, case)
        _bridge(stage, case)
    return case


def _advise(stage: Stage, case: str) -> None:
    workspace, today = stage.workspace, stage.workspace.context.today()
    points = tuple(
        PointRow(id=str(number), wat=what, eigenaar=who, uiterlijk=today + timedelta(days=days), waarom=why)
        for number, (what, who, days, why) in enumerate(_POINTS, 1)
    )
    plans = (PlanRow(id="A", tekst="Thuis met hulp", stand="PS-GEK"), PlanRow(id="B", tekst="Deeltijdplek"))
    advice = Advice(
        punten=points, plannen=plans, vrijgegeven_op=today - timedelta(days=60), vrijgegeven_door="Vera Voorbeeld"
    )
    with workspace.context.store.write(author(workspace.actor)) as writer:
        entity = below.file_in(writer, workspace.context, Kind.ADVICE, case, advice)
    told = (
        ToldRow(id="2", stand="OS-JA", effect="De avonden zijn rustiger; er was geen crisis meer."),
        ToldRow(id="3", stand="OS-DEELS", reden="Oma is gesproken, moeder was ziek."),
    )
    sheet = FollowUpSheet(advies=entity, datum=today - timedelta(days=5), volgens="de gezinsvoogd", opvolging=told)
    workspace.aftercare.follow_up(workspace.actor, case, sheet)


def _deploy(stage: Stage, case: str) -> None:
    workspace, today = stage.workspace, stage.workspace.context.today()
    rows = workspace.pool.page(workspace.actor, ExpertFilter(), Page(limit=2, order="naam"))
    do, me = workspace.aftercare, workspace.actor
    asked = Deployment(expert=rows[0].entity, inzetvorm="IV-LOOP", gevraagd_op=today - timedelta(days=50))
    entity = do.request_expert(me, case, asked)
    told = asked.model_copy(
        update={
            "antwoord": "IA-JA",
            "antwoord_op": today - timedelta(days=48),
            "eerste_contact": today - timedelta(days=45),
            "afgerond_op": today - timedelta(days=12),
            "minuten": 420,
        }
    )
    do.amend_deployment(me, entity, told, set(Deployment.model_fields) - {"casus"})
    do.request_expert(me, case, Deployment(expert=rows[1].entity, inzetvorm="IV-TEL"))


def _bridge(stage: Stage, case: str) -> None:
    workspace, today = stage.workspace, stage.workspace.context.today()
    do, me = workspace.aftercare, workspace.actor
    ended = Bridge(
        vorm="Twee weken logeren bij oma",
        door="Familie",
        van=today - timedelta(days=70),
        tot=today - timedelta(days=50),
        veiligheid_door="De gezinsvoogd",
    )
    entity = do.start_bridge(me, case, ended)
    closing = Bridge(beeindigd_op=today - timedelta(days=50), afloop="Oma kon niet langer.")
    do.amend_bridge(me, entity, closing, ["beeindigd_op", "afloop"])
    runs = Bridge(
        vorm="Drie avonden per week ambulante hulp thuis",
        door="Stichting De Boog",
        van=today - timedelta(days=49),
        tot=today + timedelta(days=40),
        veiligheid_door="Fatiha Aksoy, gezinsvoogd",
    )
    entity = do.start_bridge(me, case, runs)
    do.check_bridge(me, entity, BridgeCheck(op=today - timedelta(days=8), bevinding="Het werkt; het is veilig."))


def _picture(stage: Stage, case: str, *, bottom: bool = False) -> QPixmap:
    page = _page(stage)
    page.open_entity(case, "opvolging")
    stage.settle()
    bar = page.case.tabs.aftercare.ui.scroll.verticalScrollBar()
    bar.setValue(bar.maximum() if bottom else 0)
    picture = stage.picture()
    page.show_list()
    return picture


def _dialog(stage: Stage, dialog: QDialog) -> QPixmap:
    dialog.open()
    picture = stage.picture()
    dialog.reject()
    return picture


def scene_aftercare_empty(stage: Stage) -> QPixmap:
    return _picture(stage, _case(stage, "leeg", 12))


def scene_aftercare_full(stage: Stage) -> QPixmap:
    return _picture(stage, _full(stage))


def scene_aftercare_full_bottom(stage: Stage) -> QPixmap:
    return _picture(stage, _full(stage), bottom=True)


def _escalated(stage: Stage) -> str:
    known = (id(stage), "vast") in _MADE
    case = _full(stage, "vast", 15)
    if not known:
        workspace, today = stage.workspace, stage.workspace.context.today()
        do, me = workspace.aftercare, workspace.actor
        step = Escalation(
            reden="Niemand beslist over het geld.",
            gevraagd_besluit="Wie betaalt de begeleiding in de avonden?",
            op=today - timedelta(days=30),
            uiterlijk=today - timedelta(days=20),
        )
        first = do.escalate(me, case, step.model_copy(update={"stap": "ES-1"}))
        closing = Escalation(afgesloten_op=today - timedelta(days=20), resultaat="De voorzitter moet dit vragen.")
        do.amend_escalation(me, first, closing, ["afgesloten_op", "resultaat"])
        later = {"stap": "ES-2", "op": today - timedelta(days=19), "uiterlijk": today + timedelta(days=5)}
        do.escalate(me, case, step.model_copy(update=later))
    return case


def scene_aftercare_escalation(stage: Stage) -> QPixmap:
    return _picture(stage, _escalated(stage))


def _grown(stage: Stage) -> str:
    known = (id(stage), "zeventien") in _MADE
    case = _full(stage, "zeventien", 17.5)
    if not known:
        workspace, today = stage.workspace, stage.workspace.context.today()
        rows = (
            BigFiveRow(id="B5-WO", stand="BS-LOOPT", wie="Els Bakker", wanneer=today + timedelta(days=60)),
            BigFiveRow(id="B5-SW", stand="BS-OK", wie="School", toelichting="Entreeopleiding, vier dagen."),
            BigFiveRow(id="B5-IN", stand="BS-NEE"),
            BigFiveRow(id="B5-NE", stand="BS-OK", wie="Oma en de voetbaltrainer"),
        )
        plan = FuturePlan(
            big5=rows,
            doorgenomen_op=today - timedelta(days=9),
            plan_op=today - timedelta(days=9),
            coach="Oma",
            plan="Noor wil op kamers, met iemand die twee keer per week langskomt.",
        )
        workspace.aftercare.plan_future(workspace.actor, case, plan, set(FuturePlan.model_fields))
    return case


def scene_aftercare_seventeen(stage: Stage) -> QPixmap:
    return _picture(stage, _grown(stage), bottom=True)


def scene_aftercare_sheet(stage: Stage) -> QPixmap:
    case = _full(stage)
    standings = stage.workspace.aftercare.standings(stage.workspace.actor, case)
    plans = stage.workspace.aftercare.plans(stage.workspace.actor, case)
    told = FollowUpSheet(opvolging=(ToldRow(id="1", stand="OS-NEE"),))
    return _dialog(stage, FollowUpDialog(stage.desk, case, standings, plans, told, stage.window))


def scene_aftercare_deployment(stage: Stage) -> QPixmap:
    case = _full(stage)
    held = stage.workspace.aftercare.deployments(stage.workspace.actor, case)[-1]
    return _dialog(stage, DeploymentDialog(stage.desk, case, experts(stage.workspace), held, parent=stage.window))


def scene_aftercare_request(stage: Stage) -> QPixmap:
    case = _full(stage)
    return _dialog(stage, DeploymentDialog(stage.desk, case, experts(stage.workspace), parent=stage.window))


def scene_aftercare_bridge(stage: Stage) -> QPixmap:
    return _dialog(stage, BridgeDialog(stage.desk, _full(stage), None, stage.window))


def scene_aftercare_check(stage: Stage) -> QPixmap:
    case = _full(stage)
    held = stage.workspace.aftercare.bridges(stage.workspace.actor, case)[0]
    return _dialog(stage, BridgeCheckDialog(stage.desk, case, held, stage.window))


def scene_aftercare_escalate(stage: Stage) -> QPixmap:
    case = _escalated(stage)
    held = stage.workspace.aftercare.escalations(stage.workspace.actor, case)
    before = [each.record for each in held]
    return _dialog(stage, EscalationDialog(stage.desk, case, before, None, stage.window))


def scene_aftercare_plan(stage: Stage) -> QPixmap:
    case = _grown(stage)
    plan = stage.workspace.aftercare.future(stage.workspace.actor, case).plan
    return _dialog(stage, FuturePlanDialog(stage.desk, case, plan, stage.window))
