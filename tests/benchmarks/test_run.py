"""The benchmarks run and say what they measured; how fast anything is, no test judges."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

NAMED = {
    "start to the unlock dialog": 1.5,
    "Enter to the list of cases": 1.0,
    "peak memory of the process": 3.0,
    "heavy libraries imported at start": 0,
    "search, per key to its results": 16,
    "opening a case": 30,
    "saving a case to acknowledged": 25,
    "a letter in a running program": 1.5,
    "importing the cases of a file": 4,
}


@pytest.mark.apart
def test_a_quick_run_writes_every_figure_with_its_two_paths(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    subprocess.run(
        [sys.executable, "tests/benchmarks/run.py", "--quick", "--work", tmp_path / "work", "--out", out],
        cwd=project,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
    )
    told = json.loads(out.read_text("utf-8"))
    figures = {figure["figure"]: figure for figure in told["figures"]}
    assert {name: figures[name]["target"] for name in NAMED} == NAMED
    for figure in figures.values():
        assert figure["ours"]
        assert figure["beside"] or figure["unit"] != "ratio"
        assert figure["runs"] > 0
        assert (figure["ok"] is None) == (figure["target"] is None)
    assert figures["known items that search did not find"]["value"] == 0
    assert figures["heavy libraries imported at start"]["value"] == 0
    assert (told["quick"], told["workload"]["cases"]) == (True, 12)
    assert not (tmp_path / "work").exists()
