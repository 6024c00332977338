"""Measures the program against bare code in the same run: a table on screen, every figure in `bench.json`.

It never fails on a figure. `--quick` goes over everything once, small: it proves that the benchmarks run, no more.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

from tests.benchmarks import (  # noqa: E402
    growth,
    imports,
    letters,
    matches,
    records,
    search,
    sharing,
    slots,
    start,
    worklist,
    workload,
)
from tests.benchmarks.figures import Figure  # noqa: E402

Measure = Callable[[workload.Workload, int], list[Figure]]
MEASURES: dict[str, Measure] = {
    "start": start.measure,
    "search": search.measure,
    "records": records.measure,
    "letters": letters.measure,
    "matches": matches.measure,
    "worklist": worklist.measure,
    "imports": imports.measure,
    "sharing": sharing.measure,
    "growth": growth.measure,
    "slots": slots.measure,
}
FULL, QUICK = (10_000, 5_000, 1000, 9), (12, 6, 100, 1)


def main(arguments: list[str] | None = None) -> int:
    """Measure what is asked for."""
    wanted = _parser().parse_args(arguments)
    cases, experts, stands_ms, runs = QUICK if wanted.quick else FULL
    if wanted.cases:
        cases, experts, runs = wanted.cases, wanted.cases // 2, 1
    work: Path = wanted.work or ROOT / ".nox" / "tmp" / "bench"
    if not wanted.reuse:
        shutil.rmtree(work, ignore_errors=True)
    measured_on = workload.ready(work, cases, experts, stands_ms)
    figures: list[Figure] = []
    for name in wanted.only or MEASURES:
        found = MEASURES[name](measured_on, runs)
        _show(found)
        figures += found
    told = {"machine": _machine(), "quick": wanted.quick, "workload": workload.described(measured_on)}
    told["figures"] = [figure.plain() for figure in figures]
    wanted.out.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", "utf-8")
    if not wanted.reuse:
        shutil.rmtree(work, ignore_errors=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="everything once, on a small profile")
    parser.add_argument("--cases", type=int, help="on so many cases, once; with `--only growth` up to 100000")
    parser.add_argument("--only", action="append", choices=MEASURES, help="only these figures")
    parser.add_argument("--out", type=Path, default=Path("bench.json"), help="the file to write")
    parser.add_argument("--work", type=Path, help="the folder for the profile that is measured on")
    parser.add_argument("--reuse", action="store_true", help="keep that folder, and use what is there")
    return parser


def _machine() -> dict[str, object]:
    load = os.getloadavg() if hasattr(os, "getloadavg") else ()
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": [round(each, 2) for each in load],
    }


def _show(figures: Sequence[Figure]) -> None:
    for figure in figures:
        verdict = {True: "ok", False: "MISSED", None: "-"}[figure.ok]
        target = "" if figure.target is None else f"<= {figure.target:g}"
        second = "" if figure.second is None else f"{figure.second:.2f} in processor time"
        print(f"{figure.name:<38} {figure.value:>9.2f} {figure.unit:<5} {target:>7}", end=" ")
        print(f"{verdict:<7} {figure.runs:>5} runs  {second}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
