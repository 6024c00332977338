"""A case from one team to another without a screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bren_desktop.crypto import packages
from bren_desktop.crypto.derive import Argon2Work
from tests.cli.test_case_move import CASE, CONSENT

Bren = Callable[..., Any]


@pytest.fixture(autouse=True)
def cheap_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_WORK", Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1))


def test_a_case_goes_to_another_team_and_becomes_a_case_there(founded: Bren, bren: Bren, tmp_path: Path) -> None:
    file, out, there = tmp_path / "said.json", tmp_path / "out", tmp_path / "twente"
    out.mkdir()

    def say(said: object) -> Path:
        file.write_text(json.dumps(said), "utf-8")
        return file

    assert founded("case", "new", "--file", say(CASE)).code == 0
    to = {"team": "Expertteam Twente", "map": str(out)}
    step = {"reden": "Noor is verhuisd.", "overdracht": to}
    refused = founded("case", "move", "c1", "overgedragen", "--file", say(step))
    assert refused.code == 1
    assert "geen toestemming" in refused.err
    assert not any(out.iterdir())
    assert founded("consent", "c1", "add", "--file", say({**CONSENT, "doelen": ["TD-E"]})).code == 0
    assert "map" in founded("case", "move", "c1", "OVG", "--file", say({**step, "overdracht": {"team": "TWE"}})).err
    assert (
        "bijlage"
        in founded(
            "case", "move", "c1", "OVG", "--file", say({**step, "overdracht": {**to, "bijlagen": ["x.pdf"]}})
        ).err
    )
    assert (
        "doorgeleid_naar" in founded("case", "move", "c1", "OVG", "--file", say({**step, "doorgeleid_naar": "x"})).err
    )
    gone = founded("case", "move", "c1", "overgedragen", "--file", say(step)).value
    assert gone["status"] == "ST-OVG"
    package = Path(gone["bestand"])
    assert package.parent == out
    again = founded("case", "move", "c1", "overgedragen", "--file", say({"overdracht": to})).value
    assert again["bestand"] != gone["bestand"]
    assert again["code"] != gone["code"]

    assert bren("--profile", there, "init", "--team", "TWE", "--name", "Rik", "--role", "secretaris").code == 0
    accept = ("--profile", there, "case", "accept", "--from", package, "--code")
    seen = bren(*accept, gone["code"], "--dry-run").value
    assert (seen["van"], seen["nummer_daar"], seen["initialen"]) == ("Expertteam Haaglanden", gone["nummer"], "N. L.")
    assert "code past niet" in bren(*accept, again["code"]).err
    new = bren(*accept, gone["code"].lower()).value
    assert (new["status"], new["nummer"].split("-")[:2]) == ("ST-AAN", ["BREN", "TWE"])
    shown = bren("--profile", there, "case", "show", new["nummer"]).value
    assert (shown["roepnaam"], shown["eerder_kenmerk"]) == ("Noor", gone["nummer"])
    twice = bren("--profile", there, "case", "accept", "--from", again["bestand"], "--code", again["code"])
    assert (twice.code, new["nummer"] in twice.err) == (1, True)


def test_a_package_that_cannot_be_written_is_made_again(
    founded: Bren, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = tmp_path / "said.json", tmp_path / "out"
    out.mkdir()
    file.write_text(json.dumps({**CASE, "toestemming_status": "TS-JA"}), "utf-8")
    assert founded("case", "new", "--file", file).code == 0
    file.write_text(json.dumps({**CONSENT, "doelen": ["TD-E"]}), "utf-8")
    assert founded("consent", "c1", "add", "--file", file).code == 0
    file.write_text(json.dumps({"reden": "x", "overdracht": {"team": "TWE", "map": str(out)}}), "utf-8")
    monkeypatch.setattr("bren_desktop.cli.hand_over_commands.package_name", lambda: "weg/pakket.bren")
    answer = founded("case", "move", "c1", "OVG", "--file", file)
    assert answer.code == 1
    assert "De casus staat al op overgedragen" in answer.err
    monkeypatch.undo()
