"""The letter dialog: blocks, gaps, consent, criminal-law data, drafts, who releases; printing and saving."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.papers.consultation import CONSULTATION
from bren_desktop.domain.records import FiledDocument
from bren_desktop.errors import InvalidInputError, NoWriteAccessError
from bren_desktop.gui import printing
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.letter import LetterDialog
from bren_desktop.gui.dialogs.preview import PreviewDialog
from bren_desktop.gui.messages import Messages
from bren_desktop.gui.widgets.texts import LongText
from bren_desktop.services.rows import CaseRow, ExpertFilter, Page

GIVERS = ("TG-JEUGD", "TG-OUDER1", "TG-OUDER2")


@pytest.fixture
def expert(desk: Desk) -> str:
    return desk.workspace.pool.page(desk.workspace.actor, ExpertFilter(), Page())[0].entity


@pytest.fixture
def open_letter(desk: Desk, noor: CaseRow, expert: str, qtbot: QtBot) -> Iterator[Callable[[], LetterDialog]]:
    """Opens the letter about Noor; every one that was opened is closed at the end."""
    opened: list[LetterDialog] = []

    def open_one() -> LetterDialog:
        dialog = LetterDialog(desk, noor.entity, expert)
        opened.append(dialog)
        with qtbot.waitExposed(dialog):
            dialog.open()
        desk.tasks.drain()
        return dialog

    yield open_one
    for dialog in opened:
        desk.tasks.drain()
        if shiboken6.isValid(dialog):
            dialog.close()


def _write(dialog: LetterDialog, desk: Desk, **blocks: str) -> None:
    for name, text in blocks.items():
        editor = dialog.form.blocks[name].editor
        assert isinstance(editor, LongText)
        editor.setPlainText(text)
    dialog.refresh()
    desk.tasks.drain()


def _complete(dialog: LetterDialog, desk: Desk) -> None:
    dialog.form.lay_over({"inzetvorm": "IV-TEL", "uren": "4", "termijn": "4-12-2026"})
    _write(dialog, desk, vragen="Wie denkt mee?", waarom_deze_expert="U kent autisme en eten.", schets="Een meisje.")


def _filed(desk: Desk) -> list[tuple[str, FiledDocument]]:
    desk.tasks.drain()
    return list(desk.workspace.dossier.recent_documents(desk.workspace.actor))


def _text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_every_block_can_be_edited_and_gaps_are_named_beforehand(open_letter: Callable[[], LetterDialog]) -> None:
    dialog = open_letter()
    assert set(dialog.form.blocks) == set(CONSULTATION.editable)
    assert dialog.ui.missing_bar.isVisible()
    assert "Vragen" in dialog.ui.missing.text()
    assert "Gewenste inzet" in dialog.ui.missing.text()
    assert dialog.form.blocks["vragen"].hint().startswith("Nog in te vullen")


def test_an_edited_block_stands_and_the_others_follow_the_case(
    open_letter: Callable[[], LetterDialog], desk: Desk
) -> None:
    dialog = open_letter()
    _write(dialog, desk, aanleiding="Mijn eigen <b>woorden</b> & meer.")
    dialog.make_concept()
    ((entity, _),) = _filed(desk)
    text = _text(desk.workspace.letters.pdf(desk.workspace.actor, entity))
    assert "Mijn eigen <b>woorden</b> & meer." in text
    assert "CONCEPT" in text


def test_release_is_refused_with_the_gaps_by_name_and_nothing_is_filed(
    open_letter: Callable[[], LetterDialog], desk: Desk
) -> None:
    dialog = open_letter()
    dialog.release()
    desk.tasks.drain()
    assert "kan nog niet worden vrijgegeven" in dialog.ui.missing.text()
    assert "Vragen" in dialog.ui.missing.text()
    assert _filed(desk) == []
    assert dialog.ui.release.isEnabled()
    assert dialog.form.say(InvalidInputError("Vul in.", field="inzet"))
    assert dialog.form.asked["inzetvorm"].has_problem(), "what is wished for is asked on top"


def test_a_name_needs_consent_and_the_sentence_says_which(
    open_letter: Callable[[], LetterDialog], desk: Desk, noor: CaseRow
) -> None:
    dialog = open_letter()
    dialog.ui.identifying.setChecked(True)
    dialog.refresh()
    desk.tasks.drain()
    assert not dialog.ui.identifying.isChecked()
    assert "geen toestemming" in dialog.ui.consent_problem.text()
    consent = Consent(doelen=("TD-C",), gevers=GIVERS, gegeven_op=desk.workspace.context.today(), vorm="TV-SCHR")
    desk.workspace.consents.add(desk.workspace.actor, noor.entity, consent)
    dialog.ui.identifying.setChecked(True)
    dialog.refresh()
    desk.tasks.drain()
    assert dialog.ui.identifying.isChecked()
    assert not dialog.ui.consent_problem.isVisible()


def test_criminal_law_data_need_a_tick_and_a_reason(open_letter: Callable[[], LetterDialog], desk: Desk) -> None:
    dialog = open_letter()
    assert not dialog.ui.ask_strafrechtelijk_reden.isEnabled()
    dialog.ui.criminal.setChecked(True)
    dialog.refresh()
    hints = " ".join(field.hint() for field in (*dialog.form.asked.values(), *dialog.form.blocks.values()))
    assert "Noem de reden" in hints
    dialog.form.lay_over({"strafrechtelijk_reden": "Nodig voor de veiligheid", "strafrechtelijk_opnemen": True})
    assert dialog.form.request() is not None


def test_what_was_typed_in_a_letter_comes_back(open_letter: Callable[[], LetterDialog], desk: Desk) -> None:
    first = open_letter()
    _write(first, desk, vragen="Wie denkt mee?")
    first.reject()
    desk.tasks.drain()
    again = open_letter()
    raw = again.form.typed()
    assert raw["blokken"] == {"vragen": "Wie denkt mee?"}


def test_a_filed_letter_is_frozen_and_may_then_leave(open_letter: Callable[[], LetterDialog], desk: Desk) -> None:
    dialog = open_letter()
    assert not dialog.ui.print.isVisible()
    _write(dialog, desk, vragen="Wie denkt mee?")
    dialog.form.asked["kanaal"].editor.set_raw("VK-VMAIL")  # type: ignore[union-attr] # every field asked has one
    dialog.make_concept()
    ((_, document),) = _filed(desk)
    assert document.kanaal == "VK-VMAIL"
    assert dialog.ui.print.isVisible()
    assert not dialog.ui.form.isEnabled()
    assert document.kenmerk in dialog.ui.preview_state.text()
    assert desk.workspace.drafts.all(desk.workspace.actor) == []


def test_who_may_not_release_reads_why(desk: Desk, noor: CaseRow, expert: str, qtbot: QtBot) -> None:
    secretaris = replace(desk.workspace.actor, role=Role.SECRETARIS)
    hers = replace(desk, workspace=replace(desk.workspace, actor=secretaris))
    dialog = LetterDialog(hers, noor.entity, expert)
    hers.tasks.drain()
    assert not dialog.ui.release.isVisibleTo(dialog)
    assert "De voorzitter of plaatsvervanger geeft hem vrij." in dialog.ui.release_note.text()
    assert "In het briefhoofd ontbreken een telefoonnummer en e-mailadres." in dialog.ui.release_note.text()
    dialog.close()


def test_who_releases_goes_on_with_the_concept_of_another(
    open_letter: Callable[[], LetterDialog], desk: Desk, noor: CaseRow, qtbot: QtBot
) -> None:
    dialog = open_letter()
    _complete(dialog, desk)
    _write(dialog, desk, aanleiding="Mijn eigen woorden.", krachten="")
    dialog.make_concept()
    ((entity, document),) = _filed(desk)
    dialog.close()
    preview = PreviewDialog(desk, document.kenmerk, b"", noor.entity, document=entity, concept=True)
    with qtbot.waitSignal(preview.filed):
        QTest.mouseClick(preview.ui.go_on, Qt.MouseButton.LeftButton)
        desk.tasks.drain()
        (letter,) = (
            each for each in QApplication.topLevelWidgets() if isinstance(each, LetterDialog) and each.isVisible()
        )
        desk.tasks.drain()
        letter.release()
        desk.tasks.drain()
    letter.close()
    (_, released), _ = _filed(desk)
    text = _text(desk.workspace.letters.pdf(desk.workspace.actor, _filed(desk)[0][0]))
    assert released.vrijgegeven_door == desk.workspace.actor.name
    assert all(words in text for words in ("Mijn eigen woorden.", "Wie denkt mee?", "4 december 2026"))
    assert "Krachten en wat werkt" not in text


def test_a_letter_without_a_name_asks_before_it_goes_out_after_a_withdrawal(
    open_letter: Callable[[], LetterDialog], desk: Desk, noor: CaseRow, messages: Messages
) -> None:
    workspace = desk.workspace
    today = workspace.context.today()
    consent = Consent(doelen=("TD-C",), gevers=GIVERS, gegeven_op=today, vorm="TV-SCHR")
    entity = workspace.consents.add(workspace.actor, noor.entity, consent)
    workspace.consents.withdraw(workspace.actor, entity, today, "jeugdige")
    dialog = open_letter()
    _complete(dialog, desk)
    messages.answer = False  # type: ignore[attr-defined]
    dialog.release()
    desk.tasks.drain()
    assert "ingetrokken" in messages.asked[-1][0]  # type: ignore[attr-defined]
    assert _filed(desk) == []
    messages.answer = True  # type: ignore[attr-defined]
    dialog.release()
    ((_, document),) = _filed(desk)
    assert document.vrijgegeven_door


def test_what_changed_since_it_was_read_is_read_first(
    open_letter: Callable[[], LetterDialog], desk: Desk, noor: CaseRow
) -> None:
    dialog = open_letter()
    _complete(dialog, desk)
    desk.workspace.cases.set_field(desk.workspace.actor, noor.entity, "krachten", "Nieuws van een collega.")
    dialog.release()
    assert _filed(desk) == []
    assert "Nieuws van een collega." in dialog.form.blocks["krachten"].editor.raw()  # type: ignore[union-attr]
    dialog.release()
    ((_, document),) = _filed(desk)
    assert document.vrijgegeven_door


def test_a_pdf_is_saved_in_one_piece_under_a_name_without_content(
    open_letter: Callable[[], LetterDialog], desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = open_letter()
    dialog.make_concept()
    ((_, document),) = _filed(desk)
    proposed: list[str] = []

    def choose(_parent: QWidget, _title: str, place: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(place).name)
        return str(tmp_path / "brief"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog.ui.save_as.click()
    desk.tasks.drain()
    assert proposed == [f"{document.kenmerk.replace('/', '-')}.pdf"]
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ""] == ["brief.pdf"]


def test_a_folder_that_takes_no_files_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoWriteAccessError):
        printing.write_file(tmp_path / "nergens" / "brief.pdf", b"%PDF")


def test_the_printer_gets_every_page(desk: Desk, noor: CaseRow, tmp_path: Path) -> None:
    pdf = desk.workspace.letters.case_sheet(desk.workspace.actor, noor.entity).pdf
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setResolution(72)
    printing.paint_pages(printer, pdf)
    assert len(PdfReader(tmp_path / "paper.pdf").pages) == len(PdfReader(io.BytesIO(pdf)).pages)


def test_every_control_has_a_name(
    open_letter: Callable[[], LetterDialog], assert_accessible: Callable[[QWidget], None]
) -> None:
    assert_accessible(open_letter())
