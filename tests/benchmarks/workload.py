"""What everything is measured on: realistic fictional cases (decision 10) and pareltjes, made once a run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from pydantic import BaseModel

from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.fiction.cases import case
from bren_desktop.fiction.experts import expert
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Founder, Profile
from tests.benchmarks.children import PASSPHRASE

SEED = 2026
AT_ONCE = 10_000
FOUNDER = Founder("Vera Voorbeeld", Role.VOORZITTER, "JZ24")


@dataclass(frozen=True, slots=True)
class Workload:
    """The folder with the profile (`profile`), the settings of the window (`home`) and the cases as a file."""

    folder: Path
    cases: int
    experts: int
    stands_ms: int
    """How long the unlock dialog stands before Enter."""

    @property
    def window(self) -> tuple[str, str]:
        """What a process with our window is started with."""
        return str(self.profile), str(self.stands_ms)

    @property
    def profile(self) -> Path:
        return self.folder / "profile"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def file(self) -> Path:
        """All cases as JSON lines, as an export writes them."""
        return self.folder / "cases.jsonl"

    def unlock(self) -> Workspace:
        return Profile(self.profile).unlock(PASSPHRASE)

    def sample(self, workspace: Workspace, kind: Kind, count: int) -> Sequence[str]:
        """Entities spread evenly over the profile."""
        with workspace.context.store.read() as reader:
            entities = reader.entities(kind)
        return entities[:: max(1, len(entities) // count)][:count]


def ready(folder: Path, cases: int, experts: int, stands_ms: int) -> Workload:
    """The workload in `folder`; what an earlier run left there is used again when it is of the same size."""
    workload = Workload(folder, cases, experts, stands_ms)
    made = folder / "made.json"
    wanted = {"cases": cases, "experts": experts}
    if not (made.is_file() and json.loads(made.read_text("utf-8")).items() >= wanted.items()):
        shutil.rmtree(folder, ignore_errors=True)
        workload.home.mkdir(parents=True)
        made.write_text(json.dumps({**wanted, **_make(workload)}), "utf-8")
    return workload


def described(workload: Workload) -> dict[str, object]:
    """How much there is to measure on."""
    told: dict[str, object] = json.loads((workload.folder / "made.json").read_text("utf-8"))
    return told


def _make(workload: Workload) -> dict[str, object]:
    workspace, _ = Profile(workload.profile).found(PASSPHRASE, FOUNDER)
    for first in range(1, workload.cases + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, workload.cases + 1))
        workspace.cases.record_all(workspace.actor, [case(SEED, number, realistic=True) for number in numbers])
    pool = [expert(SEED, number) for number in range(1, workload.experts + 1)]
    workspace.pool.record_all(workspace.actor, pool)
    workspace.exporting.export(workspace.actor, Kind.CASE, workload.file)
    workspace.lock()
    measured = [case(SEED, number, realistic=True) for number in range(1, min(200, workload.cases) + 1)]
    return {
        "fields_of_a_case": round(mean(map(_filled, measured)), 1),
        "characters_of_a_case": round(mean(map(_characters, measured))),
        "characters_of_an_expert": round(mean(map(_characters, pool[:200]))),
        "rows_of_a_case": round(mean(_rows(each) for each in measured), 1),
        "store_bytes": sum(file.stat().st_size for file in workload.profile.iterdir()),
    }


def _filled(record: BaseModel) -> int:
    return sum(value not in (None, "", ()) for _, value in record)


def _characters(record: BaseModel) -> int:
    return sum(len(str(value)) for value in flatten(record).values())


def _rows(told: Case) -> int:
    return _count(told.geschiedenis) + _count(told.betrokkenen)


def _count(rows: Iterable[object]) -> int:
    return len(tuple(rows))
