"""Every field of a case has its place on exactly one tab, and comes back from the form as it went in."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bren_desktop.domain.cases import Case, GapRow, HistoryRow, InvolvedRow, ToCodeRow
from bren_desktop.domain.fields import notes
from bren_desktop.gui.binding import PREFIX
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.widgets.field import Field
from bren_desktop.gui.widgets.rows_editor import RowsEditor
from bren_desktop.gui.widgets.texts import LineEdit

BOOKKEEPING = {"nummer", "extern_id", "eerder_kenmerk", "status", "team", "te_coderen", "toegewezen"}
FULL = Case(
    datum_aanmelding=date(2026, 11, 2),
    roepnaam="Noor",
    achternaam="Voorbeeld",
    geboortedatum=date(2011, 3, 4),
    leeftijd=None,
    wilsbekwaam=True,
    plan_aanwezig=False,
    aantal_verblijfplaatsen=4,
    gemeente="Zoetermeer",
    urgentie="UR-SPOED",
    knelpunten=("KP-ASS", "OVERIG"),
    ontbrekend_aanbod=("OA-01", "OA-01b"),
    aard_ontbrekend_aanbod=(GapRow(id="OA-01", aard="AO-CAP", hiaat="SH-INKOOP"),),
    hulpvraag="Wie denkt mee?\nEn hoe lang?",
    verwijsroute="OVERIG",
    geschiedenis=(HistoryRow(id="h1", van="2019", tot="2020", ervaring="te\nkort"),),
    betrokkenen=(InvolvedRow(id="b1", naam="Mw. Verzonnen", gezag=False, persoon="p1"),),
    te_coderen=(
        ToCodeRow(id="t1", veld="knelpunten", tekst="lange wachttijd"),
        ToCodeRow(id="t2", veld="verwijsroute", tekst="via de oma"),
    ),
)


def test_every_field_of_a_case_stands_on_exactly_one_tab(page: CasesPage) -> None:
    placed: Counter[str] = Counter()
    for tab in page.case.tabs.named.values():
        placed.update({field.objectName().removeprefix(PREFIX) for field in tab.findChildren(Field)})
    assert set(placed) == set(notes(Case)) - BOOKKEEPING
    assert set(placed.values()) == {1}


def test_a_record_comes_back_from_the_form_as_it_went_in(page: CasesPage) -> None:
    binding = page.case.binding
    binding.show(FULL)
    assert binding.touched() == {}
    assert binding.parse() == FULL
    assert binding.changed_fields() == frozenset()


def test_what_is_still_to_be_coded_is_shown_as_it_was_written(page: CasesPage) -> None:
    binding = page.case.binding
    binding.show(FULL)
    raw = binding.raw()
    assert raw["knelpunten"] == ["KP-ASS", "lange wachttijd"]
    assert raw["verwijsroute"] == "via de oma"


def test_a_value_that_is_coded_at_last_leaves_the_list_of_what_is_not(page: CasesPage) -> None:
    binding = page.case.binding
    binding.show(FULL)
    binding.lay_over({"verwijsroute": "RT-GEM"})
    case = binding.parse()
    assert case is not None
    assert case.verwijsroute == "RT-GEM"
    assert [row.veld for row in case.te_coderen] == ["knelpunten"]
    assert binding.changed_fields() == {"verwijsroute", "te_coderen"}


def test_a_number_that_may_be_a_bsn_is_named_in_every_text(page: CasesPage) -> None:
    binding = page.case.binding
    binding.show(FULL)
    for key in ("omschrijving", "roepnaam", "verwijzer_naam"):
        field = binding.fields[key]
        assert "BSN" not in field.hint()
        assert field.editor is not None
        field.editor.set_raw("Bij de GI bekend als 999990019.")
        assert "BSN" in field.hint()
        field.editor.set_raw("Bij de GI bekend.")
        assert "BSN" not in field.hint()


def test_a_name_that_stands_above_the_card_is_not_said_twice(page: CasesPage) -> None:
    page.case.binding.show(FULL)
    headed = [field for field in page.case.binding.fields.values() if field.property("headed")]
    assert headed
    for field in headed:
        card = field.parentWidget()
        assert card is not None
        assert field.editor is not None
        said = [label.property("role") for label in card.findChildren(QLabel) if label.text() == field.name()]
        shown = [label for label in field.findChildren(QLabel) if label.text() == field.name() and not label.isHidden()]
        assert "heading" in said
        assert shown == []
        assert field.editor.accessibleName() == field.name()


def test_a_number_that_may_be_a_bsn_is_named_in_rows_too(page: CasesPage) -> None:
    page.case.binding.show(FULL)
    field = page.case.binding.fields["geschiedenis"]
    assert isinstance(field.editor, RowsEditor)
    cell = field.editor.findChildren(LineEdit)[-1]
    QTest.keyClicks(cell, "111222333")
    assert "BSN" in field.hint()
    QTest.keyClick(cell, Qt.Key.Key_Backspace)
    assert "BSN" not in field.hint()


def test_raw_values_can_be_kept_as_a_draft(page: CasesPage) -> None:
    binding = page.case.binding
    binding.show(FULL)
    raw = json.loads(json.dumps(binding.raw()))
    binding.show(Case())
    binding.lay_over(raw)
    case = binding.parse()
    assert case is not None
    assert case.model_copy(update={"te_coderen": ()}) == FULL.model_copy(update={"te_coderen": ()})
    assert {(row.veld, row.tekst) for row in case.te_coderen} == {(row.veld, row.tekst) for row in FULL.te_coderen}


def test_a_problem_is_said_beside_its_field_and_goes_away(page: CasesPage) -> None:
    binding = page.case.binding
    binding.show(Case())
    binding.lay_over({"geboortedatum": "31-02-2011", "leeftijd": "oud"})
    assert binding.parse() is None
    assert "geen bestaande datum" in binding.fields["geboortedatum"].hint()
    assert binding.fields["leeftijd"].hint() == "Dit moet een heel getal zijn."
    assert binding.first_problem() is binding.fields["geboortedatum"]
    binding.lay_over({"geboortedatum": "2011-02-03", "leeftijd": ""})
    assert binding.parse() is not None
    assert binding.fields["geboortedatum"].hint() == ""
