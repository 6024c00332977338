"""`bren thesaurus`: a file checked by name of the concept, and ours that passes its own check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bren_desktop import bundled
from bren_desktop.language.thesaurus import parsed

Bren = Callable[..., Any]
ONE = '[{id}]\nprefLabel = "{label}"\nbroader = [{broader}]\nsource = "proef"\n'


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (ONE.format(id="a", label="aa", broader='"b"') + ONE.format(id="b", label="bb", broader='"a"'), "a → b → a"),
        (ONE.format(id="a", label="aa", broader='"weg"'), "weg"),
        (ONE.format(id="a", label="Aa", broader="") + ONE.format(id="b", label="aa", broader=""), "a en b"),
        ('[a]\nprefLabel = 3\nsource = "x"\n', "begrip a "),
        ("geen toml", "TOML"),
        ("a = " + "[" * 9_999, "TOML"),
        ("a = " + "1" * 9_999, "TOML"),
        (ONE.format(id="a", label="aa", broader="") + 'codes = ["EX-WEG"]', "EX-WEG"),
    ],
)
def test_a_thesaurus_that_is_wrong_is_refused_by_name(bren: Bren, tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "eigen.toml"
    file.write_text(text, "utf-8")
    answer = bren("thesaurus", "check", str(file))
    assert answer.code == 1
    assert named in answer.err


def test_what_is_exported_passes_the_check(bren: Bren, tmp_path: Path) -> None:
    out = tmp_path / "uit.toml"
    written = bren("thesaurus", "export", "--out", str(out)).value
    assert bren("thesaurus", "check", str(out)).value == written
    assert written["concepts"] > 500


def test_a_file_changes_the_thesaurus_of_the_network(founded: Bren, tmp_path: Path) -> None:
    file, out, profile = tmp_path / "eigen.toml", tmp_path / "uit.toml", ("--profile", str(tmp_path / "profile"))
    ours = (bundled.folder("resources") / "thesaurus" / "jeugdhulp.toml").read_text("utf-8")
    changed = ours.replace('prefLabel = "eetstoornis"', 'prefLabel = "verstoord eten"')
    file.write_text(changed + ONE.format(id="zeeziek", label="zeeziekte", broader='"weg"'), "utf-8")
    assert "weg" in founded("thesaurus", "import", str(file)).err
    strange = "\u202ezee\\n\\u0007  ziekte\u202c"
    file.write_text(changed + ONE.format(id="zeeziek", label=strange, broader=""), "utf-8")
    assert founded("thesaurus", "import", str(file)).value == {"added": 1, "changed": 1, "taken_out": 0}
    assert founded("thesaurus", "import", str(file)).value == {"added": 0, "changed": 0, "taken_out": 0}
    now = founded("thesaurus", "check").value
    assert now.pop("left_out") == {}
    for named in (profile, ()):
        assert founded("thesaurus", "export", "--out", str(out), *named).value == now
    assert parsed(out.read_text("utf-8")).concepts["zeeziek"].label == "zee ziekte"


def test_skos_is_written_as_turtle(bren: Bren, tmp_path: Path) -> None:
    out = tmp_path / "uit.ttl"
    assert bren("thesaurus", "export", "--skos", "--out", str(out)).code == 0
    assert "a skos:Concept" in out.read_text("utf-8")
