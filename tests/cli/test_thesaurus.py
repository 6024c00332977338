"""`bren thesaurus`: a file checked by name of the concept, and ours that passes its own check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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


def test_skos_is_written_as_turtle(bren: Bren, tmp_path: Path) -> None:
    out = tmp_path / "uit.ttl"
    assert bren("thesaurus", "export", "--skos", "--out", str(out)).code == 0
    assert "a skos:Concept" in out.read_text("utf-8")
