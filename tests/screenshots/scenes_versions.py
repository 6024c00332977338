"""What colleagues changed at the same time: where it is named, and settling it."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog

from bren_desktop.domain.cases import Case, HistoryRow
from bren_desktop.domain.entities import Kind
from bren_desktop.gui.dialogs.conflicts import ConflictsDialog
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services.rows import ExpertFilter, Page
from tests.screenshots.colleague import Colleague
from tests.screenshots.stage import Stage

_HULPVRAAG = (
    "Noor gaat sinds de zomer niet meer naar school en slaapt slecht. Ouders vragen wie thuis kan helpen, en of er een "
    "plek is waar zij ook mag blijven als het een keer misgaat."
)
_OURS = _HULPVRAAG.replace("slaapt slecht", "slaapt weer beter sinds de medicatie is aangepast")
_THEIRS = _HULPVRAAG.replace("Ouders vragen", "Moeder en stiefvader vragen").replace(
    "een keer misgaat", "thuis niet gaat"
)
_MADE: dict[int, str] = {}


def _torn(stage: Stage) -> str:
    """A case that two people changed; once per profile."""
    if id(stage.workspace) in _MADE:
        return _MADE[id(stage.workspace)]
    workspace, actor = stage.workspace, stage.workspace.actor
    start = Case(
        roepnaam="Noor",
        achternaam="Voorbeeld",
        hulpvraag=_HULPVRAAG,
        urgentie="UR-REG",
        wensen="Dicht bij huis.",
        geschiedenis=(HistoryRow(van="2021", tot="2022", vorm="HV-V1", aanbieder="Stichting Verzonnen"),),
    )
    opened = workspace.cases.record(actor, start)
    row = opened.case.geschiedenis[0]
    workspace.cases.set_field(actor, opened.entity, "hulpvraag", _OURS)
    workspace.cases.set_field(actor, opened.entity, "urgentie", "UR-SPOED")
    workspace.cases.set_field(actor, opened.entity, "wensen", "Dicht bij huis, en bij haar paard.")
    after = opened.case.model_copy(update={"geschiedenis": (row.model_copy(update={"reden_einde": "Te ver weg."}),)})
    workspace.cases.amend(actor, opened.entity, after, ("geschiedenis",))
    colleague = Colleague(workspace.context)
    colleague.change(Kind.CASE, opened.entity, "hulpvraag", _THEIRS)
    colleague.change(Kind.CASE, opened.entity, "urgentie", "UR-CRISIS")
    colleague.change(Kind.CASE, opened.entity, "wensen", None)
    theirs = {"van": "2021", "tot": "2023", "vorm": "HV-V1", "aanbieder": "Stichting Verzonnen", "n": 0}
    colleague.change(Kind.CASE, opened.entity, "geschiedenis", theirs, row.id)
    expert = workspace.pool.page(actor, ExpertFilter(), Page())[0].entity
    workspace.pool.amend(
        actor, expert, workspace.pool.open(actor, expert).expert.model_copy(update={"functie": "Arts"}), ("functie",)
    )
    colleague.change(Kind.EXPERT, expert, "functie", "Kinder- en jeugdpsychiater")
    _MADE[id(stage.workspace)] = opened.entity
    return opened.entity


def scene_versions_worklist(stage: Stage) -> QPixmap:
    _torn(stage)
    stage.bench.go_to(registry.WORKLIST)
    return stage.picture()


def scene_versions_case_list(stage: Stage) -> QPixmap:
    _torn(stage)
    page = stage.bench.show_page(registry.CASES)
    if isinstance(page, CasesPage):
        page.show_list()
        page.list.attention.setChecked(True)
        picture = stage.picture()
        page.list.attention.setChecked(False)
        return picture
    raise TypeError


def scene_versions_pool(stage: Stage) -> QPixmap:
    _torn(stage)
    stage.bench.go_to(registry.POOL)
    return stage.picture()


def scene_versions_case_page(stage: Stage) -> QPixmap:
    page = stage.bench.show_page(registry.CASES)
    if not isinstance(page, CasesPage):
        raise TypeError
    page.open_entity(_torn(stage), "knelpunten")
    picture = stage.picture()
    page.show_list()
    return picture


def _screen(stage: Stage, field: str) -> ConflictsDialog:
    dialog = ConflictsDialog(stage.desk, Kind.CASE, _torn(stage), stage.window, field)
    dialog.open()
    stage.settle()
    return dialog


def _taken(stage: Stage, dialog: QDialog) -> QPixmap:
    picture = stage.picture()
    dialog.reject()
    return picture


def scene_versions_text(stage: Stage) -> QPixmap:
    return _taken(stage, _screen(stage, "hulpvraag"))


def scene_versions_merge(stage: Stage) -> QPixmap:
    dialog = _screen(stage, "hulpvraag")
    dialog.ui.use_proposal.click()
    bar = dialog.ui.scroll.verticalScrollBar()
    stage.settle()
    bar.setValue(bar.maximum())
    picture = stage.picture()
    dialog.places[0].typed = False
    dialog.reject()
    return picture


def scene_versions_code(stage: Stage) -> QPixmap:
    dialog = _screen(stage, "urgentie")
    dialog.pane.take(2)
    return _taken(stage, dialog)


def scene_versions_removed(stage: Stage) -> QPixmap:
    return _taken(stage, _screen(stage, "wensen"))


def scene_versions_row(stage: Stage) -> QPixmap:
    return _taken(stage, _screen(stage, "geschiedenis"))
