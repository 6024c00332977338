"""Bespreking en advies: nothing yet, a discussion at the table, an advice as concept, what it needs, and released."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap

from bren_desktop.domain.advice import (
    Advice,
    Discussion,
    MoneyRow,
    PlanRow,
    PointRow,
    PresentRow,
    RequirementRow,
)
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.case.advising_tab import AdvisingTab
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services.context import author
from bren_desktop.services.rows import CaseFilter, Page
from tests.screenshots.stage import Stage

_TAB = "advies"
_cases: dict[int, str] = {}


def _page(stage: Stage) -> CasesPage:
    page = stage.bench.show_page(registry.CASES)
    if not isinstance(page, CasesPage):
        raise TypeError("the cases are shown by another page")
    return page


def _case(stage: Stage, number: int) -> str:
    """The same case every time: what a scene changes moves it up the list."""
    rows = stage.workspace.cases.page(stage.workspace.actor, CaseFilter(), Page())
    return _cases.setdefault(number, rows[number].entity)


def _open(stage: Stage, number: int) -> AdvisingTab:
    _page(stage).open_entity(_case(stage, number), _TAB)
    stage.settle()
    return _page(stage).case.tabs.advising


def _picture(stage: Stage) -> QPixmap:
    picture = stage.picture()
    _page(stage).show_list()
    return picture


def _held(stage: Stage, number: int) -> str:
    """A discussion of the case, the same one every time."""
    workspace, case = stage.workspace, _case(stage, number)
    known = workspace.advising.of(workspace.actor, case).discussions
    return known[0].entity if known else workspace.advising.add_discussion(workspace.actor, case, _discussion())


def _discussion() -> Discussion:
    verdicts = ("OB-JA", "OB-JA", "OB-NEE", "OB-JA", "OB-JA", "OB-NVT", *("OB-JA",) * 6)
    rows = tuple(
        RequirementRow(
            id=term.code,
            oordeel=verdict,
            toelichting="De school kon nog geen andere plek aanbieden." if verdict == "OB-NEE" else "",
        )
        for term, verdict in zip(vocabulary("basisvereisten"), verdicts, strict=True)
    )
    return Discussion(
        gremium="GR-RET",
        aanwezigen=(
            PresentRow(naam="Vera Voorbeeld", rol="voorzitter", organisatie="Expertteam Haaglanden"),
            PresentRow(naam="Joke Ervaren", rol="moeder", organisatie="Ouderplatform", ervaringsdeskundig=True),
            PresentRow(naam="Dr. K. Verzonnen", rol="psychiater", organisatie="De Boog"),
        ),
        vraag="Waar kan zij wonen nu zij niet meer naar huis kan, en wie blijft bij haar?",
        overwegingen=(
            "Drie plekken in twee jaar hebben haar vertrouwen gekost. Zij wil bij haar oma in de buurt blijven. "
            "Een gesloten plek lost het weglopen niet op."
        ),
        afwijkend_standpunt="De psychiater wil eerst een korte observatie.",
        uitkomst="Een eigen plek met dezelfde begeleider als nu, dicht bij oma.",
        basisvereisten=rows,
    )


def _advice(stage: Stage, discussion: str) -> Advice:
    today = stage.workspace.context.today()
    return Advice(
        bespreking=discussion,
        soort="SA-HULP",
        samenvatting="Zij krijgt een eigen plek dicht bij haar oma. Haar begeleider gaat mee. De school past zich aan.",
        analyse="Zij loopt weg van plekken waar niemand haar kent. Bij oma loopt zij niet weg.",
        punten=(
            PointRow(
                wat="Een kamer zoeken in de wijk van oma",
                eigenaar="Sanne Verzonnen",
                uiterlijk=today + timedelta(days=30),
                waarom="Daar kent zij mensen, en daar loopt zij niet weg.",
            ),
            PointRow(
                wat="De begeleiding laten doorlopen na de verhuizing, ook in het weekend",
                eigenaar="Stichting De Brug",
                uiterlijk=today + timedelta(days=14),
                waarom="Zij heeft al vier begeleiders gehad.",
            ),
        ),
        plannen=(
            PlanRow(id="A", tekst="Kamer met begeleiding bij oma in de buurt", stand="PS-GEK"),
            PlanRow(id="B", tekst="Gezinshuis in dezelfde gemeente"),
        ),
        overbrugging_nodig=False,
        mandaat_bij="gemeente Delft",
        hoofdaannemer="Stichting De Brug",
        geld=(MoneyRow(soort="Doorbraakbudget", bedrag=2500, garantsteller="gemeente Delft"),),
        procesregisseur="Sanne Verzonnen",
        procesregisseur_contact="06-12345678",
        besproken_met_gezin="Alles wat hier staat, met haar en met haar moeder.",
        reactie_gezin="Zij is blij met de kamer. Haar moeder maakt zich zorgen over de nachten.",
        opvolgmoment=today + timedelta(days=42),
        bij_stagnatie="Sanne belt de voorzitter; dan kiezen wij plan B.",
    )


def _advised(stage: Stage, number: int, *, released: bool) -> str:
    workspace, case = stage.workspace, _case(stage, number)
    known = workspace.advising.of(workspace.actor, case).advices
    if known:
        return known[0].entity
    discussion = _held(stage, number)
    entity = workspace.advising.add_advice(workspace.actor, case, _advice(stage, discussion))
    if released:
        with workspace.context.store.write(author(workspace.actor)) as writer:
            writer.write(Kind.CASE, case, {("status", ""): "ST-BES"})
        workspace.advising.release(workspace.actor, entity)
    return entity


def scene_advising_1_empty(stage: Stage) -> QPixmap:
    _open(stage, 5)
    return _picture(stage)


def scene_advising_2_table(stage: Stage) -> QPixmap:
    tab = _open(stage, 6)
    tab.ui.new_discussion.click()
    stage.settle()
    binding = tab.discussion.binding
    binding.complete({"gremium": "GR-RET", "vraag": "Waar kan zij wonen nu zij niet meer naar huis kan?"})
    binding.lay_over({"aanwezigen": [row.model_dump() for row in _discussion().aanwezigen]})
    binding.edited.emit()
    stage.settle()
    picture = _picture(stage)
    tab.keep_draft()
    return picture


def scene_advising_3_checklist(stage: Stage) -> QPixmap:
    entity = _held(stage, 7)
    tab = _open(stage, 7)
    tab.choose((Kind.DISCUSSION, entity), "basisvereisten")
    stage.settle()
    bar = tab.discussion.ui.scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    return _picture(stage)


def scene_advising_4_concept(stage: Stage) -> QPixmap:
    entity = _advised(stage, 8, released=False)
    _open(stage, 8).choose((Kind.ADVICE, entity))
    return _picture(stage)


def scene_advising_5_concept_points(stage: Stage) -> QPixmap:
    entity = _advised(stage, 8, released=False)
    tab = _open(stage, 8)
    tab.choose((Kind.ADVICE, entity), "punten")
    stage.settle()
    ui = tab.advice.ui
    ui.scroll.verticalScrollBar().setValue(ui.field_punten.mapTo(ui.scroll_content, QPoint()).y() - 80)
    return _picture(stage)


def scene_advising_6_needs(stage: Stage) -> QPixmap:
    _held(stage, 9)
    tab = _open(stage, 9)
    tab.discussion.ui.advise.click()
    stage.settle()
    tab.advice.open_needs()
    picture = _picture(stage)
    tab.advice.ui.discard.click()
    stage.settle()
    return picture


def scene_advising_7_released(stage: Stage) -> QPixmap:
    entity = _advised(stage, 10, released=True)
    _open(stage, 10).choose((Kind.ADVICE, entity))
    return _picture(stage)
