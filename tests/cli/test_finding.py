"""`bren search`, `bren match --why-not` and `bren similar`: found by what it is about, by who may see it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.wiring import Profile

Bren = Callable[..., Any]

CASES: Mapping[str, Mapping[str, object]] = {
    "c1": {"roepnaam": "Noor", "achternaam": "Vlier", "leeftijd": 15, "omschrijving": "Zij heeft anorexia."},
    "c2": {"roepnaam": "Mila", "achternaam": "Es", "leeftijd": 15, "omschrijving": "Zij weigert te eten."},
    "c3": {"roepnaam": "Bo", "achternaam": "Iep", "leeftijd": 15, "omschrijving": "Hij heeft anorexia."},
    "c4": {"roepnaam": "Jip", "achternaam": "Berk", "leeftijd": 9, "omschrijving": "Ouders procederen over de omgang."},
}
EXPERTS = (
    {"id": "e1", "naam": "A. Zandstorm", "organisatie": "De Boog", "expertise": ["EX-EET"], "leeftijd_van": 12},
    {"id": "e2", "naam": "B. Maanlicht", "profiel": "Bemiddelt bij scheiding.", "beschikbaarheid": "niet"},
)


def written(path: Path, *values: object) -> Path:
    path.write_text("\n".join(json.dumps(value) for value in values), "utf-8")
    return path


@pytest.fixture
def filled(founded: Bren, tmp_path: Path) -> Bren:
    """A profile in which no window was ever open, with four cases and two pareltjes."""
    assert founded("import", "experts", written(tmp_path / "e.jsonl", *EXPERTS)).value["imported"] == len(EXPERTS)
    rows = [{"id": name, "regio": "Haaglanden", **case} for name, case in CASES.items()]
    assert founded("import", "cases", written(tmp_path / "c.jsonl", *rows)).value["imported"] == len(CASES)
    return founded


def ids(answer: Any) -> set[str]:
    return {each["id"] for each in answer.value}


def test_a_case_is_found_by_what_it_is_about_though_no_window_read_it(filled: Bren) -> None:
    assert ids(filled("search", "anorexia", "--in", "cases")) == {"c1", "c2", "c3"}
    assert filled("case", "set", "c4", "omschrijving", "Hij weigert te eten.").code == 0
    assert ids(filled("search", "anorexia", "--in", "cases")) == set(CASES)


def test_words_need_no_quotes_to_be_searched_together(filled: Bren) -> None:
    quoted = filled("search", "weigert te eten", "--in", "cases")
    assert filled("search", "weigert", "te", "eten", "--in", "cases").value == quoted.value
    assert quoted.value[0]["id"] == "c2"


@pytest.mark.parametrize("code", ["JZ24", "jz24", "Haaglanden"])
def test_a_facet_takes_a_code_or_its_name(filled: Bren, code: str) -> None:
    assert ids(filled("search", "anorexia", "--only", f"regio={code}", "--in", "cases")) == {"c1", "c2", "c3"}


@pytest.mark.parametrize("only", ["regio=Nergenshuizen", "soort=casussen", "jaar=vorig", "status=", "kleur=rood"])
def test_a_code_that_is_none_is_not_an_empty_answer(filled: Bren, only: str) -> None:
    answer = filled("search", "anorexia", "--only", only)
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)


def test_similar_cases_tell_what_they_share(filled: Bren) -> None:
    answer = filled("similar", "c1", "--json")
    assert (answer.code, answer.out.count("\n")) == (0, 1)
    first, *_ = answer.value
    assert (first["id"], first["initialen"], first["leeftijd"]) == ("c3", "B. I.", 15)
    assert any("anorexia" in label for label in first["shared"])
    assert not {"Noor", "Vlier", "Bo", "Iep"} & set(answer.out.split('"'))
    assert ids(answer) <= {"c2", "c3"}
    assert ids(filled("similar", "c1", "--limit", "1")) == {"c3"}
    assert filled("similar", "c4").value == []


def test_similar_cases_are_those_that_this_profile_may_see(bren: Bren, tmp_path: Path, passphrase_file: Path) -> None:
    assert bren("init", "--team", "JZ24", "--name", "Robin", "--role", "procesregisseur").code == 0
    for name, case in CASES.items():
        assert bren("case", "new", "--file", written(tmp_path / f"{name}.json", {"id": name, **case})).code == 0
    assert "c3" in ids(bren("similar", "c1"))
    workspace = Profile(tmp_path / "profile").unlock(passphrase_file.read_text("utf-8").strip())
    entity = workspace.cases.open(workspace.actor, "c3").entity
    workspace.access.assign(replace(workspace.actor, role=Role.VOORZITTER), [entity], ["p9"], [workspace.actor.person])
    workspace.lock()
    assert "c3" not in ids(bren("similar", "c1"))
    assert "c3" not in ids(bren("search", "anorexia", "--in", "cases"))
    closed = bren("similar", "c3")
    assert (closed.code, closed.out, closed.err.count("\n")) == (1, "", 1)
    assert "niet aan u toegewezen" in closed.err


def test_why_not_tells_where_one_pareltje_stands(filled: Bren, tmp_path: Path) -> None:
    best, *_ = filled("match", "c1").value
    assert (best["id"], best["naam"], best["organisatie"], best["available"]) == ("e1", "A. Zandstorm", "De Boog", True)
    answer = filled("match", "c1", "--why-not", "e2").value
    assert (answer["id"], answer["place"], answer["of"], answer["first"]) == ("e2", 2, 2, "A. Zandstorm")
    assert answer["available"] is False
    assert "expertise" in answer["behind"]
    assert {reason["verdict"] for reason in answer["reasons"]} <= {"match", "mismatch", "unknown"}
    on_top = {"place": 1, "of": 2, "first": "A. Zandstorm", "behind": []}
    assert filled("match", "c1", "--why-not", "e1").value == {**best, **on_top}
    loose = written(tmp_path / "loose.json", {"regio": "Haaglanden", **CASES["c1"]})
    assert filled("match", "--file", loose, "--why-not", "e2").value == answer


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("similar", "c9"), "geen casus"),
        (("similar", ""), "geen casus"),
        (("match", "c1", "--why-not", "e9"), "geen pareltje"),
        (("match", "c1", "--why-not", ""), "geen pareltje"),
        (("match", "c9", "--why-not", "e1"), "geen casus"),
    ],
)
def test_who_or_what_is_not_there_is_a_sentence(filled: Bren, words: tuple[str, ...], part: str) -> None:
    answer = filled(*words)
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert part in answer.err


def test_who_may_read_no_case_finds_none(bren: Bren) -> None:
    assert bren("init", "--team", "JZ24", "--name", "Robin", "--role", "it").code == 0
    for words in (
        ("similar", "c1"),
        ("match", "c1", "--why-not", "e1"),
        ("search", "noor"),
        ("search", "x", "--facets"),
    ):
        answer = bren(*words)
        assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)


def test_looking_for_similar_cases_is_logged_for_those_that_were_shown(
    filled: Bren, tmp_path: Path, passphrase_file: Path
) -> None:
    assert ids(filled("similar", "c1", "--limit", "1")) == {"c3"}
    workspace = Profile(tmp_path / "profile").unlock(passphrase_file.read_text("utf-8").strip())
    with workspace.context.store.read() as reader:
        read = {
            name: [line.action for line in reader.read_log(workspace.cases.open(workspace.actor, name).entity, 9)]
            for name in ("c1", "c2", "c3")
        }
    workspace.lock()
    assert [name for name, actions in read.items() if "vergelijken" in actions] == ["c1", "c3"]
