"""Names of files and folders that lead nowhere: too long, a link that goes round, no name at all."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Bren = Callable[..., Any]

COMMANDS = [
    "request c1 inzage --out {}",
    "request c1 vernietig --out {}",
    "backup --out {}",
    "thesaurus export --out {}",
    "export cases {}.csv",
    "import cases {}.csv",
    "restore --from {} --profile other",
    "restore --from file --profile {}",
    "share create --share {} --network ZW",
    "share recovery --it {} --coordinator half",
    "share recovery --it half --coordinator {}",
    "share recover --share folder --it {} --coordinator {}",
    "share join --invite {} --code x",
    "worklist --ics {}",
    "clock --file {}",
    "match --file {}",
    "case accept --from {} --code x",
    "case list --profile {}",
    "case list --passphrase-file {}",
]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks for a right before it makes a link")
@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("name", ["x" * 300, "round"])
def test_a_name_that_leads_nowhere_is_one_sentence(
    founded: Bren, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for link in ("round", "round.csv"):
        (tmp_path / link).symlink_to(tmp_path / link)
    before = sorted(path.name for path in tmp_path.iterdir())
    answer = founded(*words.format(name, name).split())
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert answer.err.endswith(".\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_two_halves_by_two_spellings_of_one_name_are_refused(
    founded: Bren, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    answer = founded("share", "recovery", "--it", "sub/../half", "--coordinator", "half")
    assert (answer.code, (tmp_path / "half").exists()) == (1, False)
    assert "elk een eigen bestand" in answer.err
