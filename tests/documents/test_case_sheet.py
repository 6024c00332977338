"""The casuskaart, read back."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from bren_desktop.documents.renderer import Documents
from bren_desktop.domain.advice import Advice, PointRow
from bren_desktop.domain.cases import Case, HistoryRow
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.following import Standing
from bren_desktop.domain.records import Team
from bren_desktop.services.case_sheet import NOTHING_AHEAD, Ahead, compose

DAY = date(2026, 11, 22)


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def sheet_of(case: Case, *consents: Consent, ahead: Ahead = NOTHING_AHEAD) -> str:
    return text_of(Documents().case_sheet(compose(case, consents, "Vera Voorbeeld", DAY, ahead), Team(naam="Team")))


def test_an_empty_case_has_a_sheet_that_says_what_is_needed() -> None:
    text = sheet_of(Case())
    assert "De aanmelding compleet maken. Nog nodig: Datum aanmelding" in text
    assert "Regie: nog niemand" in text
    assert "Notities" in text


@pytest.mark.parametrize(
    ("until", "withdrawn", "shown"),
    [
        (date(2027, 1, 2), None, "Toestemming tot 02-01-2027"),
        (None, None, "Toestemming tot geen einddatum"),
        (date(2026, 11, 21), None, "geen geldige vastgelegd"),
        (date(2027, 1, 2), date(2026, 11, 1), "geen geldige vastgelegd"),
    ],
)
def test_the_sheet_tells_until_when_consent_runs(until: date | None, withdrawn: date | None, shown: str) -> None:
    given = Consent(
        doelen=("TD-A",), gevers=("TG-JEUGD",), gegeven_op=date(2026, 10, 1), geldig_tot=until, ingetrokken_op=withdrawn
    )
    assert shown in sheet_of(Case(geboortedatum=date(2009, 1, 1)), given)


def test_consent_of_the_parents_alone_is_none_from_the_12th_birthday() -> None:
    given = Consent(doelen=("TD-A",), gevers=("TG-OUDER1", "TG-OUDER2"), gegeven_op=date(2026, 10, 1))
    assert "Toestemming tot 22-11-2026" in sheet_of(Case(geboortedatum=date(2014, 11, 23)), given)
    assert "geen geldige vastgelegd" in sheet_of(Case(geboortedatum=date(2014, 11, 22)), given)


@pytest.mark.parametrize("hostile", ["<18 jaar", '<img src="//x"/>', "&#0; ]]>", "=1+1", "😀 שלום 中文"])
def test_hostile_text_is_printed_as_it_stands(hostile: str) -> None:
    fields = ("hulpvraag", "krachten", "analyse_ontstaan", "stem_jeugdige", "stem_ouders", "veiligheid", "regisseur")
    case = Case.model_validate(
        {
            **dict.fromkeys(fields, hostile),
            "betrokkenen": [{"relatie": hostile}],
            "knelpunten": [hostile],
            "geschiedenis": [{"vorm": hostile, "van": hostile, "reden_einde": hostile}],
        }
    )
    assert (hostile.partition(" ")[0] if hostile.isascii() else "□□") in sheet_of(case)


def test_who_does_what_and_until_when_stands_there_however_long_the_rest_is() -> None:
    """Sixteen points of three hundred characters give way, not their owners and days."""
    points = [PointRow(id=f"p{n}", wat="Zoek samen " * 30, eigenaar=f"Partij {n}", uiterlijk=DAY) for n in range(16)]
    ahead = Ahead(
        Advice(procesregisseur="Petra Voorbeeld", procesregisseur_contact="06 00 00 00 00"),
        [Standing("a", point) for point in points],
    )
    text = sheet_of(Case(krachten="Lang. " * 400), ahead=ahead)
    assert "Procesregisseur: Petra Voorbeeld, 06 00 00 00 00" in text
    assert "Regie: nog niemand" not in text
    shown = text.count("☐")
    assert shown > 10
    assert text.count("uiterlijk 22-11-2026 · nog niet begonnen") in (shown, shown - 1)


def test_the_timeline_has_the_last_periods_in_order_and_the_frame_stands_in_full() -> None:
    years = ("2024", "sinds maart 2019", "2012", "", "2021-05", "04-2016")
    case = Case(
        geschiedenis=tuple(HistoryRow(van=year, vorm=f"hulp {n}") for n, year in enumerate(years)),
        wettelijk_kader=("WK-JW", "WK-PO"),
        maatregelen=("MA-OTS",),
    )
    text = sheet_of(case)
    assert "Hulp 3" not in text
    order = [text.index(f"Hulp {n}") for n in (2, 5, 1, 4, 0)]
    assert order == sorted(order)
    assert "ondertoezichtstelling" in text
