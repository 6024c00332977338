"""From a click on the icon to the unlock dialog, and from Enter to the list of cases; memory, and what was imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from tests.benchmarks import children
from tests.benchmarks.figures import COUNT, RATIO, Figure, Spent, ratio
from tests.benchmarks.workload import Workload

BARE = "a process with PySide6 and a QTableView of 10,000 rows (tests/benchmarks/bare_window.py), spawn to painted"
Answer = Mapping[str, Any]


def measure(workload: Workload, runs: int) -> list[Figure]:
    """One start gives all four figures. A first, unmeasured one makes Casussen the page that is opened again."""
    if runs > 1:
        _ours(workload)
    pairs = [(_bare(workload), _ours(workload)) for _ in range(runs)]
    ours = [own for _, own in pairs]
    if any(own["rows"] != workload.cases for own in ours):
        raise SystemExit("the list does not hold all cases")
    bare = [Spent(plain["painted"] - plain["spawned"], plain["processor"]) for plain, _ in pairs]
    return [
        ratio(
            "start to the unlock dialog",
            "python -m bren_desktop, spawn to the unlock dialog painted",
            BARE,
            list(zip(bare, map(_to_the_door, ours), strict=True)),
            1.5,
        ),
        ratio(
            "Enter to the list of cases",
            "Enter in the unlock dialog to the page Casussen (remembered as the last one) painted with its rows, "
            "Argon2id subtracted",
            BARE,
            list(zip(bare, map(_to_the_list, ours), strict=True)),
            1.0,
        ),
        _memory(pairs),
        _imports(ours),
    ]


def _bare(workload: Workload) -> Answer:
    return children.run("bare_window", workload.home)


def _ours(workload: Workload) -> Answer:
    return children.run("our_window", workload.home, *workload.window)


def _to_the_door(own: Answer) -> Spent:
    return Spent(own["door"] - own["spawned"], own["door_processor"])


def _to_the_list(own: Answer) -> Spent:
    wall = own["list"] - own["enter"] - own["derivation"]
    return Spent(wall, own["list_processor"] - own["enter_processor"] - own["derivation_processor"])


def _memory(pairs: Sequence[tuple[Answer, Answer]]) -> Figure:
    bare, ours = (median(pair[side]["memory"] for pair in pairs) for side in (0, 1))
    return Figure(
        "peak memory of the process",
        "the same start, after the list is painted and all work behind it is done (VmHWM)",
        BARE,
        ours / bare if bare else 0.0,
        RATIO,
        3.0,
        len(pairs),
        details={"ours_mb": round(ours / 1e6), "bare_mb": round(bare / 1e6)},
    )


def _imports(ours: Sequence[Answer]) -> Figure:
    heavy = sorted({name for own in ours for name in own["heavy"]})
    return Figure(
        "heavy libraries imported at start",
        "alembic, openpyxl and reportlab in sys.modules once the list is painted",
        "",
        len(heavy),
        COUNT,
        0,
        len(ours),
        details={"imported": heavy},
    )
