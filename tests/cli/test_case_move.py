"""`bren case move`: a whole life without a screen, and what is refused with every lack named."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bren_desktop.cli import life_commands
from bren_desktop.cli.session import unlocked
from bren_desktop.domain.actors import Role
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.services.workspace import Workspace

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
CONSENT = {
    "doelen": ["TD-A"],
    "gevers": ["TG-JEUGD"],
    "gegeven_op": (TODAY - timedelta(days=20)).isoformat(),
    "vorm": "TV-SCHR",
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
def ready(founded: Bren, move: Bren, tmp_path: Path) -> Bren:
    """The case in triage, with everything that the table asks."""
    consent = tmp_path / "consent.json"
    consent.write_text(json.dumps(CONSENT), "utf-8")
    assert founded("consent", "c1", "add", "--file", consent).code == 0
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
    assert (again.code, "(toestemming_nagekeken)" in again.err) == (1, True)
    assert founded("case", "show", "c1").value["status"] == "ST-AFG"
    assert ready("HER", reden="Het gaat weer mis.", toestemming_nagekeken=True).value["status"] == "ST-HER"


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


@pytest.fixture
def monitored(ready: Bren) -> Bren:
    """The case in monitoring."""
    told = {"opvolging": [{"id": "1", "stand": "OS-JA"}]}
    for state, said in (
        ("RET", {}),
        ("BES", {"bespreking": DISCUSSION}),
        ("ADV", {"advies": ADVICE}),
        ("UIT", {"verwijzer_akkoord": True}),
        ("MON", {"opvolging": told}),
    ):
        assert ready(state, **said).code == 0
    return ready


@pytest.fixture
def as_secretary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another person of the team opens the profile, as on a laptop of their own."""

    @contextmanager
    def opened(options: Namespace) -> Iterator[Workspace]:
        with unlocked(options) as workspace:
            other = replace(workspace.actor, person="p2", name="Noor Secretaris", role=Role.SECRETARIS)
            yield replace(workspace, actor=other)

    monkeypatch.setattr(life_commands, "unlocked", opened)


def test_who_may_not_make_the_step_proposes_the_closing_all_the_same(
    monitored: Bren, founded: Bren, request: pytest.FixtureRequest
) -> None:
    proposal = {key: value for key, value in CLOSING.items() if key != "getuige"}
    refused = monitored("AFG", leerpunt=LESSON, afsluiting=proposal)
    assert (refused.code, "(afsluiting.bevestigd_door)" in refused.err) == (1, True)
    request.getfixturevalue("as_secretary")
    confirmed = monitored("AFG", afsluiting={})
    assert (confirmed.code, "voorzitter" in confirmed.err) == (1, True)
    assert "over afsluiting, is wel vastgelegd" in confirmed.err


def test_a_proposal_stays_and_is_named_though_its_witness_is_refused(monitored: Bren) -> None:
    refused = monitored("AFG", leerpunt=LESSON, afsluiting={**CLOSING, "getuige": "Robin Voorbeeld"})
    assert refused.code == 1
    assert "over leerpunt en afsluiting, is wel vastgelegd" in refused.err


def test_an_advice_is_not_recorded_by_who_may_not_release_it(
    ready: Bren, founded: Bren, request: pytest.FixtureRequest
) -> None:
    assert ready("RET").code == 0
    assert ready("BES", bespreking=DISCUSSION).code == 0
    request.getfixturevalue("as_secretary")
    refused = ready("ADV", advies=ADVICE)
    assert refused.code == 1
    assert "vastgelegd" not in refused.err


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("bespreking", "casus"),
        ("advies", "vrijgegeven_door"),
        ("advies", "vervangt"),
        ("inzet", "casus"),
        ("leerpunt", "casus"),
        ("afsluiting", "bevestigd_door"),
        ("afsluiting", "voorgesteld_door"),
        ("afsluiting", "ronde"),
    ],
)
def test_what_the_program_fills_in_is_refused_in_a_record_too(move: Bren, name: str, field: str) -> None:
    answer = move("ING", reden="x", **{name: {field: "Piet"}})
    assert answer.code == 1
    assert f"{name}.{field} vult het programma zelf in" in answer.err


def test_a_crisis_is_said_to_be_one(founded: Bren, move: Bren) -> None:
    for field, value in (("behandelaar", "Anouk"), ("urgentie", "crisis")):
        assert founded("case", "set", "c1", field, value).code == 0
    assert "crisisdienst" in move("TRI").value["let_op"]


@pytest.mark.parametrize(("field", "value"), [("status", "ST-RET"), ("nummer", "X1")])
def test_a_new_case_brings_no_state_and_no_number(founded: Bren, tmp_path: Path, field: str, value: str) -> None:
    file = tmp_path / "new.json"
    file.write_text(json.dumps({**CASE, "id": "c2", field: value}), "utf-8")
    answer = founded("case", "new", "--file", file)
    assert (answer.code, answer.out) == (1, "")
    assert "vult het programma zelf in" in answer.err
    assert founded("case", "show", "c2").code == 1


def test_an_aanmelding_is_not_still_to_come(founded: Bren, tmp_path: Path) -> None:
    file = tmp_path / "new.json"
    file.write_text(json.dumps({**CASE, "id": "c2", "datum_aanmelding": LATER}), "utf-8")
    answer = founded("case", "new", "--file", file)
    assert (answer.code, "toekomst" in answer.err) == (1, True)
