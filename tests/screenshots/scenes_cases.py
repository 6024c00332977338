"""The case list, the intake, every tab of a case, matching, the letter and its preview."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.papers.consent_form import CONSENT_FORM
from bren_desktop.domain.papers.family_advice import TO_YOUNG_PERSON
from bren_desktop.domain.states import ENDED
from bren_desktop.gui.dialogs.consult import ConsultDialog
from bren_desktop.gui.dialogs.contact_moment import ContactMomentDialog
from bren_desktop.gui.dialogs.letter import LetterDialog
from bren_desktop.gui.dialogs.preview import PreviewDialog
from bren_desktop.gui.dialogs.similar import SimilarDialog
from bren_desktop.gui.dialogs.team_texts import TeamTextsDialog
from bren_desktop.gui.dialogs.weights import WeightsDialog
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.widgets.choice import ChoiceEdit
from bren_desktop.gui.widgets.reach import enter
from bren_desktop.services.readlog import Leaving
from bren_desktop.services.rows import CaseFilter, Page
from bren_desktop.services.share_door import ShareStatus, Stretch
from bren_desktop.services.weighing import DELIVERED
from tests.screenshots.share_double import MEMBER
from tests.screenshots.stage import Stage

_WITH_NUMBER = "Deniz (111 222 333) is zeven jaar en gaat sinds de zomer niet meer naar school."


def _page(stage: Stage) -> CasesPage:
    page = stage.bench.show_page(registry.CASES)
    if not isinstance(page, CasesPage):
        raise TypeError("the cases are shown by another page")
    return page


def _entity(stage: Stage) -> str:
    """The fullest case that is open: the one with the most knelpunten."""
    rows = stage.workspace.cases.page(stage.workspace.actor, CaseFilter(), Page())
    opened = (row for row in rows if row.status not in ENDED)
    return max(opened, key=lambda row: (len(row.knelpunten), row.geboortedatum is not None)).entity


def _case(stage: Stage, tab: str) -> QPixmap:
    _page(stage).open_entity(_entity(stage), tab)
    picture = stage.picture()
    _page(stage).show_list()
    return picture


def _dialog(stage: Stage, dialog: QDialog) -> QPixmap:
    dialog.open()
    picture = stage.picture()
    dialog.reject()
    return picture


def _intake(stage: Stage, screen: int) -> QPixmap:
    page = _page(stage)
    page.start_new("")
    stage.settle()
    fields = page.intake.binding.fields
    for key, raw in {
        "verwijzer": "VW-GI",
        "roepnaam": "Noor",
        "achternaam": "de Vries",
        "knelpunten": ["KP-ASS"],
    }.items():
        editor = fields[key].editor
        if editor is not None:
            editor.set_raw(raw)
    page.intake.show_screen(screen)
    picture = stage.picture()
    page.show_list()
    return picture


def scene_intake_suggestions(stage: Stage) -> QPixmap:
    page = _page(stage)
    page.start_new("")
    stage.settle()
    page.intake.show_screen(2)
    told = "Meisje met ASS dat al maanden thuis zit; de Wlz-indicatie is afgewezen. Een gezinshuis is niet gevonden."
    editor = page.intake.binding.fields["hulpvraag"].editor
    if editor is not None:
        editor.set_raw(told)
    page.intake.tag_help.look()
    picture = stage.picture()
    page.show_list()
    return picture


def _shared(stage: Stage, tab: str) -> QPixmap:
    """The case where its older changes are with three colleagues, and its newest is only here."""
    actor, deliveries = stage.workspace.actor, stage.workspace.deliveries
    last = deliveries.last(actor, Kind.CASE, _entity(stage))
    stretch = () if last is None else (Stretch(last.counter - 1, 3),)
    sealed = {} if last is None else {last.device: stretch}
    page = _page(stage)
    page.share_told(replace(MEMBER, sealed=sealed))
    picture = _case(stage, tab)
    page.share_told(ShareStatus("alone"))
    return picture


def scene_case_last_change(stage: Stage) -> QPixmap:
    return _shared(stage, "aanmelding")


def scene_case_timeline_changes(stage: Stage) -> QPixmap:
    return _shared(stage, "tijdlijn")


def scene_case_list(stage: Stage) -> QPixmap:
    _page(stage).show_list()
    return stage.picture()


def scene_case_list_filtered(stage: Stage) -> QPixmap:
    page = _page(stage)
    page.show_list()
    page.list.chips["urgentie"].tick("UR-SPOED", "UR-CRISIS")
    page.list.chips["knelpunten"].tick("KP-ASS")
    picture = stage.picture()
    for chip in page.list.chips.values():
        chip.clear()
    return picture


def scene_case_list_empty(stage: Stage) -> QPixmap:
    page = _page(stage)
    page.show_list()
    page.list.chips["status"].tick("ST-VER")
    picture = stage.picture()
    page.list.chips["status"].clear()
    return picture


def scene_intake_1(stage: Stage) -> QPixmap:
    return _intake(stage, 0)


def scene_intake_2(stage: Stage) -> QPixmap:
    return _intake(stage, 1)


def scene_intake_3(stage: Stage) -> QPixmap:
    return _intake(stage, 2)


def scene_intake_4(stage: Stage) -> QPixmap:
    return _intake(stage, 3)


def scene_intake_typing(stage: Stage) -> QPixmap:
    page = _page(stage)
    page.start_new("")
    page.intake.show_screen(2)
    stage.settle()
    page.intake.binding.fields["knelpunten"].last_stop().setFocus()
    QTest.keyClicks(stage.window.focusWidget(), "verb")
    picture = stage.picture()
    popup = stage.window.focusWidget()
    if isinstance(popup, ChoiceEdit):
        popup.close_offers()
    page.show_list()
    return picture


def scene_case_aanmelding(stage: Stage) -> QPixmap:
    return _case(stage, "aanmelding")


def scene_case_jeugdige(stage: Stage) -> QPixmap:
    return _case(stage, "jeugdige")


def scene_case_analyse(stage: Stage) -> QPixmap:
    return _case(stage, "analyse")


def scene_case_history(stage: Stage) -> QPixmap:
    return _case(stage, "analyse/geschiedenis")


def scene_case_number_in_text(stage: Stage) -> QPixmap:
    """A number that may be a BSN, in a text and in a line."""
    page = _page(stage)
    page.open_entity(_entity(stage), "aanmelding")
    stage.settle()
    binding = page.case.binding
    before = {key: binding.raw()[key] for key in ("omschrijving", "verwijzer_naam")}
    binding.lay_over({"omschrijving": _WITH_NUMBER, "verwijzer_naam": "Mw. Verzonnen, 111222333"})
    picture = stage.picture()
    binding.lay_over(before)
    page.show_list()
    return picture


def scene_case_knelpunten(stage: Stage) -> QPixmap:
    return _case(stage, "knelpunten")


def scene_case_recognised(stage: Stage) -> QPixmap:
    page = _page(stage)
    page.open_entity(_entity(stage), "knelpunten/begrippen")
    stage.settle()
    page.case.tag_help.look()
    stage.settle()
    enter(page.case.binding.fields["begrippen_geschrapt"])
    picture = stage.picture()
    page.show_list()
    return picture


def scene_case_matching(stage: Stage) -> QPixmap:
    return _case(stage, "matching")


def scene_case_why_not(stage: Stage) -> QPixmap:
    """Of whom the user expected, and who stands far down."""
    page = _page(stage)
    page.open_entity(_entity(stage), "matching")
    stage.settle()
    matching, actor = stage.workspace.matching, stage.workspace.actor
    lowest = max(matching.names(actor), key=lambda expert: matching.why(actor, _entity(stage), expert).place)
    page.case.tabs.matching.why.taken.emit(lowest)
    picture = stage.picture()
    page.show_list()
    return picture


def scene_similar(stage: Stage) -> QPixmap:
    while stage.workspace.understanding.catch_up(stage.workspace.actor, 100) > 0:
        pass
    return _dialog(stage, SimilarDialog(stage.desk, _entity(stage), stage.window))


def scene_case_at_triage(stage: Stage) -> QPixmap:
    """The team is offered unasked."""
    stage.workspace.matching.warm(stage.workspace.actor)
    triage = CaseFilter(statuses=("ST-TRI",))
    rows = stage.workspace.cases.page(stage.workspace.actor, triage, Page())
    _page(stage).open_entity(max(rows, key=lambda row: len(row.knelpunten)).entity, "aanmelding")
    picture = stage.picture()
    _page(stage).show_list()
    return picture


def scene_weights(stage: Stage) -> QPixmap:
    """What a chair settled, and what another weight of nearness would change."""
    weighing, actor = stage.workspace.weighing, stage.workspace.actor
    weighing.settle(actor, {**DELIVERED, "wensen": 8, "mandaat": 4})
    dialog = WeightsDialog(stage.desk, stage.window)
    stage.settle()
    dialog.show_shares({**dialog.shares(), "regio": 40, "expertise": 11})
    dialog.ui.look.click()
    stage.settle()
    weighing.undo(actor)
    return _dialog(stage, dialog)


def scene_weights_to_read(stage: Stage) -> QPixmap:
    """For who may not settle them."""
    workspace, chair = stage.workspace, stage.workspace.actor
    workspace.actor = replace(chair, role=Role.SECRETARIS)
    dialog = WeightsDialog(stage.desk, stage.window)
    stage.settle()
    workspace.actor = chair
    return _dialog(stage, dialog)


def scene_case_documenten(stage: Stage) -> QPixmap:
    letters, actor = stage.workspace.letters, stage.workspace.actor
    letters.sheet_left(actor, letters.case_sheet(actor, _entity(stage)), Leaving.PRINTED)
    return _case(stage, "documenten")


def scene_case_tijdlijn(stage: Stage) -> QPixmap:
    return _case(stage, "tijdlijn")


def scene_contact_moment(stage: Stage) -> QPixmap:
    return _dialog(stage, ContactMomentDialog(stage.desk, _entity(stage), "BREN-HGL-2026-AA0001 · N. V.", stage.window))


def scene_consult(stage: Stage) -> QPixmap:
    return _dialog(stage, ConsultDialog(stage.desk, "e", "Dr. A. Verzonnen", "", stage.window))


def scene_letter(stage: Stage) -> QPixmap:
    entity = _entity(stage)
    match = stage.workspace.matching.match(stage.workspace.actor, entity, 1)[0]
    return _dialog(stage, LetterDialog(stage.desk, entity, match.entity, stage.window))


def scene_letter_to_family(stage: Stage) -> QPixmap:
    return _dialog(stage, LetterDialog(stage.desk, _entity(stage), "", stage.window, kind=CONSENT_FORM))


def scene_letter_to_young_person(stage: Stage) -> QPixmap:
    """What others wrote is marked until somebody read it."""
    workspace = stage.workspace
    rows = workspace.cases.page(workspace.actor, CaseFilter(statuses=("ST-ADV", "ST-UIT")), Page())
    kinds = ((row.entity, workspace.letters.kinds(workspace.actor, row.entity)) for row in rows)
    case = next(entity for entity, found in kinds if TO_YOUNG_PERSON in found)
    return _dialog(stage, LetterDialog(stage.desk, case, "", stage.window, kind=TO_YOUNG_PERSON))


def scene_team_texts(stage: Stage) -> QPixmap:
    return _dialog(stage, TeamTextsDialog(stage.desk, stage.window))


def scene_preview(stage: Stage) -> QPixmap:
    case = _entity(stage)
    pdf = stage.workspace.letters.case_sheet(stage.workspace.actor, case).pdf
    return _dialog(stage, PreviewDialog(stage.desk, "Casuskaart BREN-HGL-2026-AA0001", pdf, case, stage.window))
