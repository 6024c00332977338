"""`bren case move`: a whole life without a screen, and what is refused with every lack named."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bren_desktop.domain.vocabulary import vocabulary

Bren = Callable[..., Any]
TODAY = date.today()  # noqa: DTZ011 - the program goes by the date of this computer too
LATER = (TODAY + timedelta(days=30)).isoformat()
CASE = {
    "id": "c1",
    "datum_aanmelding": (TODAY - timedelta(days=20)).isoformat(),
    "verwijzer": "VW-GI",
    "verwijzer_naam": "Mw. Verzonnen",
    "regio": "JZ24",
    "roepnaam": "Noor",
    "achternaam": "Lindewater",
    "geboortedatum": f"{TODAY.year - 17}-01-01",
    "hulpvraag": "Noor eet bijna niets meer.",
    "omschrijving": "Noor woont bij haar moeder.",
    "vastloopredenen": ["VR-1"],
    "toestemming_status": "TS-JA",
}
TABLE = {
    "knelpunten": "KP-SGGZ",
    "domeinen": "DM-JGGZ",
    "urgentie": "spoed",
    "samenvatting": "Noor valt af.",
    "stem_jeugdige": "Ik wil rust.",
    "stem_ouders": "Wij zijn bang.",
    "jim_status": "ja",
}
DISCUSSION = {
    "gremium": "GR-RET",
    "aanwezigen": [{"naam": "Ervaren Voorbeeld", "ervaringsdeskundig": True}],
    "vraag": "Wat past?",
    "overwegingen": "Thuis lukt niet.",
    "uitkomst": "Een eigen plek.",
    "basisvereisten": [{"id": term.code, "oordeel": "OB-JA"} for term in vocabulary("basisvereisten")],
}
ADVICE = {
    "soort": "SA-HULP",
    "samenvatting": "Een eigen plek.",
    "analyse": "Thuis lukt niet.",
    "punten": [{"wat": "Zoek een plek", "eigenaar": "Jan Voorbeeld", "uiterlijk": LATER, "waarom": "Rust."}],
    "plannen": [{"id": "A", "tekst": "Wonen met hulp"}],
    "overbrugging_nodig": False,
    "mandaat_bij": "gemeente Delft",
    "procesregisseur": "Pia Voorbeeld",
    "procesregisseur_contact": "06-12345678",
    "besproken_met_gezin": "Alles.",
    "reactie_gezin": "Zij zijn het ermee eens.",
    "opvolgmoment": LATER,
    "bij_stagnatie": "De procesregisseur belt de voorzitter.",
}
CLOSING = {
    "resultaat": "RS-JA",
    "tevreden_verwijzer": "TV-NG",
    "tevreden_jeugdige": "TV-NG",
    "tevreden_ouders": "TV-NG",
    "codes_bevestigd": True,
    "bewaarprofiel": "BP-AFSCHR",
    "getuige": "Wil Voorbeeld",
}
LESSON = {"niveau": "casus", "soort": vocabulary("leerpunt_soorten").terms[0].code, "tekst": "Vraag het haar eerst."}


@pytest.fixture
def move(founded: Bren, tmp_path: Path) -> Bren:
    """Move the one case, with a file where something is said."""
    file = tmp_path / "said.json"
    file.write_text(json.dumps(CASE), "utf-8")
    assert founded("case", "new", "--file", file).code == 0

    def moved(state: str, **said: object) -> Any:
        file.write_text(json.dumps(said), "utf-8")
        return founded("case", "move", "c1", state, *(("--file", file) if said else ()))

    return moved


@pytest.fixture
def ready(founded: Bren, move: Bren) -> Bren:
    """The case in triage, with everything that the table asks."""
    for field, value in {"behandelaar": "Anouk Voorbeeld", **TABLE}.items():
        assert founded("case", "set", "c1", field, value).code == 0
    assert move("in triage").code == 0
    return move


def test_a_step_is_told_with_its_day(founded: Bren, move: Bren) -> None:
    assert founded("case", "set", "c1", "behandelaar", "Anouk").code == 0
    day = (TODAY - timedelta(days=3)).isoformat()
    answer = move("ST-TRI", op=day, reden="Past hier.")
    assert answer.value == {"id": "c1", "nummer": answer.value["nummer"], "status": "ST-TRI", "op": day}
    assert founded("case", "show", "c1").value["status"] == "ST-TRI"


def test_a_forced_step_names_every_field_that_is_missing(founded: Bren, move: Bren) -> None:
    assert founded("case", "set", "c1", "behandelaar", "Anouk").code == 0
    assert move("TRI").code == 0
    answer = move("ST-RET")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.strip().count("\n") == 0
    for field in TABLE:
        assert field in answer.err.casefold()
    assert founded("case", "show", "c1").value["status"] == "ST-TRI"


@pytest.mark.parametrize(
    ("state", "said", "part"),
    [
        ("ST-ADV", {}, "Wel mogelijk"),
        ("nergens", {}, "niet bekend"),
        ("ST-TRI", {"op": (TODAY + timedelta(days=1)).isoformat()}, "toekomst"),
        ("ST-TRI", {"op": (TODAY - timedelta(days=30)).isoformat()}, "vorige stap"),
        ("ST-TRI", {"op": "31-02-2026"}, "geen bestaande datum"),
        ("ST-TRI", {"besluit": "Vera"}, "vult het programma zelf in"),
        ("ST-TRI", {"onzin": "x"}, "onzin"),
        ("ST-ING", {"bespreking": ["x"]}, "JSON-object"),
        ("ST-ING", {}, "(reden)"),
        ("ST-TRI", {"van": "ST-RET"}, "intussen"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    founded: Bren, move: Bren, state: str, said: dict[str, object], part: str
) -> None:
    assert founded("case", "set", "c1", "behandelaar", "Anouk").code == 0
    answer = move(state, **said)
    assert (answer.code, answer.out) == (1, "")
    assert part in answer.err
    assert founded("case", "show", "c1").value["status"] == "ST-AAN"


def test_a_whole_life_without_a_screen(ready: Bren, founded: Bren) -> None:
    assert ready("ST-RET").value["status"] == "ST-RET"
    assert "bespreking" in ready("besproken", bespreking=DISCUSSION).value
    assert "advies" in ready("advies uitgebracht", advies=ADVICE).value
    assert ready("UIT", verwijzer_akkoord=True).code == 0
    told = {"opvolging": [{"id": "1", "stand": "OS-JA"}]}
    assert ready("MON", opvolging=told).code == 0
    answer = ready("AFG", leerpunt=LESSON, afsluiting=CLOSING)
    assert answer.value["status"] == "ST-AFG", answer.err
    again = ready("HER", reden="Het gaat weer mis.")
    assert (again.code, "toestemming" in again.err) == (1, True)
    assert founded("case", "show", "c1").value["status"] == "ST-AFG"


def test_a_pareltje_is_deployed_with_a_released_question(ready: Bren, founded: Bren, tmp_path: Path) -> None:
    expert = {"id": "e1", "naam": "Dr. A. Zandstorm", "organisatie": "De Lage Boog", "adres": "Weg 1\n1234 SS Delft"}
    letter = {
        "vragen": ["Wat past nu?"],
        "waarom_deze_expert": "Uw ervaring.",
        "inzetvorm": "second opinion",
        "uren": 4,
        "termijn": LATER,
    }
    (tmp_path / "e.jsonl").write_text(json.dumps(expert), "utf-8")
    (tmp_path / "l.json").write_text(json.dumps(letter), "utf-8")
    assert founded("import", "experts", tmp_path / "e.jsonl").code == 0
    assert ready("ST-RET").code == 0
    asked = {"expert": "e1", "inzetvorm": "second opinion", "antwoord": "ja", "antwoord_op": TODAY.isoformat()}
    refused = ready("ST-INZ", inzet=asked)
    assert (refused.code, "document.vrijgegeven_door" in refused.err) == (1, True)
    words = ("--expert", "e1", "--file", tmp_path / "l.json", "--out", tmp_path / "l.pdf", "--release")
    assert founded("letter", "c1", *words).code == 0
    assert ready("ST-INZ").value["status"] == "ST-INZ"
    assert ready("ST-BES", bespreking=DISCUSSION).value["status"] == "ST-BES"


def test_what_was_recorded_before_a_step_was_refused_is_said(ready: Bren) -> None:
    assert ready("ST-RET").code == 0
    answer = ready("besproken", bespreking={**DISCUSSION, "basisvereisten": []})
    assert answer.code == 1
    assert "bespreking.basisvereisten" in answer.err
    assert "over bespreking, is wel vastgelegd" in answer.err


def test_an_advice_that_lacks_something_is_not_recorded(ready: Bren) -> None:
    assert ready("ST-RET").code == 0
    assert ready("besproken", bespreking=DISCUSSION).code == 0
    answer = ready("ADV", advies={**ADVICE, "procesregisseur": ""})
    assert answer.code == 1
    assert "procesregisseur" in answer.err
    assert "niet vastgelegd" in answer.err
    assert ready("ADV", advies=ADVICE).code == 0
