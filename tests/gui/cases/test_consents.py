"""Consent on the case page: the lines, recording, asking again, withdrawing, and deciding to share without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.letters import parse_request
from bren_desktop.gui.consent_words import why
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.consent import ConsentDialog, WithdrawDialog
from bren_desktop.gui.dialogs.disclosure import DisclosureDialog
from bren_desktop.gui.dialogs.letter import LetterDialog
from bren_desktop.gui.dialogs.preview import PreviewDialog
from bren_desktop.gui.pages.case.page import CasePage
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services.rows import CaseRow, ExpertFilter, Page

if TYPE_CHECKING:
    from tests.gui.conftest import Find

EVERYBODY = ("TG-JEUGD", "TG-OUDER1", "TG-OUDER2")
D = TypeVar("D", bound=QWidget)


@pytest.fixture
def opened(page: CasesPage, desk: Desk, noor: CaseRow) -> CasePage:
    """The case of Noor, who is 15, open on its first tab."""
    page.open_entity(noor.entity, "aanmelding")
    desk.tasks.drain()
    return page.case


def given(desk: Desk, case: CaseRow, **other: Any) -> str:
    """A consent of everybody who has to give it, for a consult."""
    fields = {
        "doelen": ["TD-C"],
        "gevers": EVERYBODY,
        "gegeven_op": desk.workspace.context.today() - timedelta(days=3),
        "vorm": "TV-SCHR",
    }
    consent = Consent.model_validate({**fields, **other})
    return desk.workspace.consents.add(desk.workspace.actor, case.entity, consent)


def typed(window: ConsentDialog | DisclosureDialog, **raw: object) -> None:
    window.binding.lay_over(raw)
    window.binding.edited.emit()


def focus() -> QWidget:
    widget: QWidget | None = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_the_window_says_who_decides_and_why_and_what_is_still_missing(
    opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    opened.tabs.registration.ui.add_consent.click()
    window = dialog(ConsentDialog)
    assert window.ui.band.text().startswith("15 jaar. Van 12 tot 16 beslissen de jeugdige en de ouders")
    typed(window, doelen=["TD-C"], gevers=["TG-JEUGD"], vorm="TV-MOND")
    assert "nog toestemming nodig van: ouder met gezag en andere ouder met gezag" in window.ui.missing.text()
    window.ui.all_gave.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Space)
    assert window.ui.missing.text().startswith("Iedereen die moet toestemmen, staat erbij.")
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.tasks.drain()
    ((_, consent),) = desk.workspace.consents.of(desk.workspace.actor, noor.entity)
    assert (consent.gevers, consent.vastgelegd_door) == (EVERYBODY, desk.workspace.actor.name)
    assert "toestemming tot en met" in opened.ui.facts.text()
    assert opened.tabs.registration.ui.consent_lines.badges["TD-C"].badge().word == "geldig"


def test_a_reason_is_asked_only_where_one_is_needed(opened: CasePage, desk: Desk, dialog: Find) -> None:
    opened.tabs.registration.ui.add_consent.click()
    window = dialog(ConsentDialog)
    ui = window.ui
    asides = (ui.field_langer_reden, ui.field_uitzondering, ui.field_uitzondering_reden)
    assert [each.isVisible() for each in asides] == [False, False, False]
    typed(window, doelen=["TD-C"], gevers=["TG-JEUGD"], vorm="TV-MOND", geldig_tot="+800d")
    assert [each.isVisible() for each in asides] == [True, True, False]
    typed(window, uitzondering="UZ-WENS", geldig_tot="+300d")
    assert [each.isVisible() for each in asides] == [False, True, True]
    typed(window, uitzondering_reden="Na een gesprek van een uur.")
    assert ui.missing.text().startswith("De jeugdige beslist dit zonder ouders of voogd. Geldig tot en met")
    typed(window, uitzondering_reden="")
    window.save()
    desk.tasks.drain()
    assert "Schrijf op waarom de jeugdige" in ui.field_uitzondering_reden.hint()
    window.reject()


def test_a_consent_without_purpose_is_refused_at_its_field(opened: CasePage, desk: Desk, dialog: Find) -> None:
    opened.tabs.registration.ui.add_consent.click()
    window = dialog(ConsentDialog)
    window.save()
    desk.tasks.drain()
    assert "Er is niets vastgelegd" in window.ui.field_doelen.hint()
    window.reject()


def test_a_consent_is_withdrawn_and_stays_readable(opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find) -> None:
    given(desk, noor)
    opened._reload()
    desk.tasks.drain()
    ui = opened.tabs.registration.ui
    assert "geldig tot en met" in ui.consents.item(0).text()
    ui.consents.setCurrentRow(0)
    ui.withdraw_consent.click()
    window = dialog(WithdrawDialog)
    QTest.keyClicks(focus(), "moeder")
    window.save()
    desk.tasks.drain()
    assert "door moeder" in ui.consents.item(0).text()
    assert not ui.withdraw_consent.isEnabled()
    assert ui.consent_lines.badges["TD-C"].badge().word == "ingetrokken"
    assert ui.consent_lines.lines["TD-C"].text().startswith("De toestemming is ingetrokken op")


def test_every_purpose_has_its_line_and_what_lapses_is_asked_again_from_there(
    opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    today = desk.workspace.context.today()
    given(desk, noor, doelen=["TD-A"], geldig_tot=today + timedelta(days=14))
    given(desk, noor, gevers=["TG-JEUGD"])
    opened._reload()
    desk.tasks.drain()
    lines = opened.tabs.registration.ui.consent_lines
    words = {purpose: badge.badge().word for purpose, badge in lines.badges.items()}
    assert words == {
        "TD-A": "opnieuw vragen",
        "TD-B": "niet gevraagd",
        "TD-C": "wacht op iemand",
        "TD-D": "niet gevraagd",
        "TD-E": "niet gevraagd",
    }
    buttons = {purpose: button.text() for purpose, button in lines.buttons.items() if button.isVisibleTo(lines)}
    assert buttons == {"TD-A": "Opnieuw vragen…", "TD-C": "Aanvullen…"}
    lines.buttons["TD-A"].setFocus()
    QTest.keyClick(lines.buttons["TD-A"], Qt.Key.Key_Space)
    window = dialog(ConsentDialog)
    assert window.binding.raw()["doelen"] == ["TD-A"]
    assert window.ui.field_gevers.isAncestorOf(focus())
    window.reject()


def test_sharing_without_consent_is_weighed_and_stays_with_the_case(
    opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    opened.tabs.registration.ui.share_without.click()
    window = dialog(DisclosureDialog)
    typed(window, doel="TD-C", ontvanger="Veilig Thuis", grond="GZT-MELD", afweging="Onveilig.", geraadpleegd="Mieke")
    assert not window.ui.field_niet_ingelicht_reden.isVisible()
    typed(window, gezin_ingelicht="nee")
    assert window.ui.field_niet_ingelicht_reden.isVisible()
    window.save()
    desk.tasks.drain()
    assert "waarom jeugdige en ouders niet zijn ingelicht" in window.ui.field_niet_ingelicht_reden.hint()
    typed(window, niet_ingelicht_reden="Dan wordt het onveiliger.")
    window.save()
    desk.tasks.drain()
    shown = opened.tabs.registration.ui.consents
    assert shown.count() == 1
    line = shown.item(0).text()
    assert "Zonder toestemming: consult door een pareltje" in line
    assert "met Veilig Thuis · meldcode" in line
    shown.setCurrentRow(0)
    assert not opened.tabs.registration.ui.withdraw_consent.isEnabled()


def test_a_consent_withdrawn_while_the_letter_is_on_screen_leaves_a_concept(desk: Desk, noor: CaseRow) -> None:
    workspace, actor = desk.workspace, desk.workspace.actor
    consent = given(desk, noor)
    expert = workspace.pool.page(actor, ExpertFilter(), Page())[0].entity
    letter = LetterDialog(desk, noor.entity, expert)
    letter.show()
    desk.tasks.drain()
    asked = {"inzetvorm": "IV-SO", "uren": "4", "termijn": "11-12-2026", "kanaal": "VK-VMAIL"}
    letter.form.lay_over({**asked, "identificerend": True, "blokken": dict.fromkeys(letter.form.blocks, "x")})
    letter.refresh()
    desk.tasks.drain()
    workspace.consents.withdraw(actor, consent, workspace.context.today(), "moeder")
    letter.release()
    desk.tasks.drain()
    assert "ingetrokken op" in letter.ui.missing.text()
    assert "staat als concept bij de casus" in letter.ui.missing.text()
    [(_, kept)] = workspace.dossier.documents(actor, noor.entity)
    assert (kept.vrijgegeven_door, kept.identificerend) == ("", True)
    letter.close()


def test_a_filed_letter_is_not_printed_or_saved_once_consent_is_gone(
    desk: Desk, noor: CaseRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, actor = desk.workspace, desk.workspace.actor
    consent = given(desk, noor)
    expert = workspace.pool.page(actor, ExpertFilter(), Page())[0].entity
    request = parse_request({"identificerend": True})
    filed = workspace.letters.file(actor, workspace.letters.prepare(actor, noor.entity, expert, request), release=False)
    asked: list[QWidget] = []

    def choose(parent: QWidget, *_: str) -> tuple[str, str]:
        asked.append(parent)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    preview = PreviewDialog(desk, filed.kenmerk, filed.pdf, noor.entity, document=filed.entity)
    preview.ui.save_as.click()
    desk.tasks.drain()
    assert asked == [preview]
    workspace.consents.withdraw(actor, consent, workspace.context.today(), "moeder")
    preview.ui.save_as.click()
    preview.ui.print.click()
    desk.tasks.drain()
    assert asked == [preview]
    assert "gaat niet naar buiten" in preview.ui.note.text()
    preview.close()


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (Case(geboortedatum=date(2016, 5, 1), gezag="GZ-BEIDE"), "10 jaar. Onder de 12 beslissen de ouders"),
        (Case(geboortedatum=date(2016, 5, 1), gezag="GZ-BEIDE", maatregelen=("MA-OTS",)), "houden ouders het gezag"),
        (Case(geboortedatum=date(2012, 5, 1), gezag="GZ-VOOGD"), "De voogd beslist, samen met de jeugdige."),
        (Case(geboortedatum=date(2016, 5, 1), gezag="GZ-PLEEG"), "De voogd beslist. De jeugdige hoort"),
        (Case(geboortedatum=date(2016, 5, 1), gezag="GZ-EEN", maatregelen=("MA-VGD",)), "voogdij gaat voor"),
        (Case(geboortedatum=date(2010, 5, 1), gezag="GZ-VOOGD"), "16 jaar. Vanaf 16 beslist de jeugdige zelf."),
        (Case(geboortedatum=date(2012, 5, 1), wilsbekwaam=False), "wilsonbekwaam. Daarom beslist: ouder met gezag"),
        (Case(geboortedatum=date(2012, 5, 1)), "niet ingevuld: vraag beide ouders"),
        (Case(leeftijd=11, leeftijd_op=date(2026, 9, 1), gezag="GZ-BEIDE"), "11 of 12 jaar."),
        (Case(gezag="GZ-BEIDE"), "De leeftijd is niet bekend"),
    ],
)
def test_why_these_people_decide(case: Case, words: str) -> None:
    assert words in why(case, date(2026, 11, 22))


def test_a_consent_is_recorded_with_the_keyboard_alone(
    opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find
) -> None:
    opened.tabs.registration.ui.add_consent.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Space)
    window = dialog(ConsentDialog)
    QTest.keyClicks(focus(), "consult")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    for word in ("jeugdige", "andere ouder", "ouder met"):
        QTest.keyClicks(focus(), word)
        QTest.keyClick(focus(), Qt.Key.Key_Return)
    window.ui.field_vorm.setFocus()
    QTest.keyClicks(focus(), "mond")
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.tasks.drain()
    ((_, consent),) = desk.workspace.consents.of(desk.workspace.actor, noor.entity)
    assert (consent.doelen, set(consent.gevers), consent.vorm) == (("TD-C",), set(EVERYBODY), "TV-MOND")


def test_every_control_has_a_name(opened: CasePage, dialog: Find, assert_accessible: Callable[[QWidget], None]) -> None:
    ui = opened.tabs.registration.ui
    assert_accessible(ui.consent_lines)
    for button, kind in ((ui.add_consent, ConsentDialog), (ui.share_without, DisclosureDialog)):
        button.click()
        window = dialog(kind)
        assert_accessible(window)
        window.close()
