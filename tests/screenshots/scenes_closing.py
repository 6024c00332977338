"""Closing a case: the form empty and filled, what a colleague sees of it, and what the case page says."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Closing, Lesson
from bren_desktop.gui.dialogs.closing import ClosingDialog
from bren_desktop.gui.dialogs.lesson import LessonDialog
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services.rows import CaseFilter, Page
from tests.screenshots.stage import Stage

_LESSONS = (
    Lesson(
        niveau="LN-CASUS",
        soort="LS-BEV",
        tekst="Eén vaste ambulant werker die bleef komen, ook toen er niets leek te gebeuren, maakte het verschil.",
        doelgroep="LD-UITV",
        actiehouder="Anouk Voorbeeld",
    ),
    Lesson(
        niveau="LN-REGIO",
        soort="LS-BEL",
        tekst="De overgang naar een andere aanbieder kostte elf weken omdat niemand over de bekostiging ging.",
        doelgroep="LD-BEST",
    ),
)
_CLOSING = Closing(
    resultaat="RS-DEELS",
    toelichting="Thuis is het rustiger. School is nog niet begonnen; daar blijft de verwijzer bij betrokken.",
    tevreden_verwijzer="TV-4",
    tevreden_jeugdige="TV-5",
    tevreden_ouders="TV-NG",
    codes_bevestigd=True,
    uithuisplaatsing_voorkomen=True,
    dagen_bespaard_verwijzer=120,
    bewaarprofiel="BP-AFSCHR",
)


def _page(stage: Stage) -> CasesPage:
    page = stage.bench.show_page(registry.CASES)
    if not isinstance(page, CasesPage):
        raise TypeError("the cases are shown by another page")
    return page


def _entity(stage: Stage, name: str) -> str:
    """A case for these scenes alone, so that no other picture changes; made once."""
    actor, cases = stage.workspace.actor, stage.workspace.cases
    found = next((row for row in cases.page(actor, CaseFilter(text=name), Page())), None)
    if found is not None:
        return found.entity
    fullest = max(cases.page(actor, CaseFilter(), Page()), key=lambda row: len(row.knelpunten)).entity
    names = {"roepnaam": "Isa", "achternaam": name, "extern_id": "", "nummer": "", "status": "ST-MON"}
    (entity,) = cases.record_all(actor, [cases.open(actor, fullest).case.model_copy(update=names)])
    for lesson in _LESSONS:
        stage.workspace.closing.add_lesson(actor, entity, lesson)
    return entity


def _show(stage: Stage, entity: str) -> CasesPage:
    page = _page(stage)
    page.open_entity(entity, "aanmelding")
    stage.settle()
    return page


def _dialog(stage: Stage, page: CasesPage, height: int = 0) -> QPixmap:
    """The dialog that opens from the page, at its lower end with `height`."""
    page.case.ending.open()
    stage.settle()
    dialog = QApplication.activeModalWidget()
    if not isinstance(dialog, QDialog):
        raise TypeError("no dialog opened")
    if isinstance(dialog, ClosingDialog):
        dialog.ui.scroll.verticalScrollBar().setValue(height)
    picture = stage.picture()
    dialog.reject()
    page.show_list()
    return picture


def _filled(stage: Stage, height: int) -> QPixmap:
    entity = _entity(stage, "Korenbloem")
    key = f"casus:{entity}:afsluiting"
    fields = {**_CLOSING.model_dump(exclude_defaults=True), "codes_bevestigd": "ja", "uithuisplaatsing_voorkomen": "ja"}
    stage.workspace.drafts.keep(stage.workspace.actor, key, fields)
    picture = _dialog(stage, _show(stage, entity), height)
    stage.workspace.drafts.drop(stage.workspace.actor, key)
    return picture


def _proposed(stage: Stage, name: str, *, mine: bool) -> str:
    entity, actor = _entity(stage, name), stage.workspace.actor
    proposer = actor if mine else replace(actor, person="p9", name="Anouk Voorbeeld")
    if stage.workspace.closing.of(actor, entity).closing is None:
        stage.workspace.closing.propose(proposer, entity, _CLOSING)
    return entity


def scene_closing_empty(stage: Stage) -> QPixmap:
    actor, cases = stage.workspace.actor, stage.workspace.cases
    row = next(iter(cases.page(actor, CaseFilter(text="Leegkruid"), Page())), None)
    entity = row.entity if row else cases.record(actor, Case(roepnaam="Isa", achternaam="Leegkruid")).entity
    return _dialog(stage, _show(stage, entity))


def scene_closing_filled(stage: Stage) -> QPixmap:
    return _filled(stage, 0)


def scene_closing_filled_below(stage: Stage) -> QPixmap:
    return _filled(stage, 10_000)


def scene_lesson(stage: Stage) -> QPixmap:
    dialog = LessonDialog(stage.desk, "c", "BREN-HGL-2026-AA0001 · N. V.", "l", _LESSONS[0], stage.window)
    dialog.open()
    picture = stage.picture()
    dialog.reject()
    return picture


def scene_closing_pending(stage: Stage) -> QPixmap:
    page = _show(stage, _proposed(stage, "Wachtbloem", mine=False))
    picture = stage.picture()
    page.show_list()
    return picture


def scene_closing_review(stage: Stage) -> QPixmap:
    return _dialog(stage, _show(stage, _proposed(stage, "Wachtbloem", mine=False)))


def scene_closing_witness(stage: Stage) -> QPixmap:
    return _dialog(stage, _show(stage, _proposed(stage, "Getuigekruid", mine=True)))
