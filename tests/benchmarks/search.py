"""Known items typed into the search box letter by letter, and cases opened in the window."""

from __future__ import annotations

from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, build
from bren_desktop.domain.experts import Expert
from bren_desktop.oplog.registers import top_values
from bren_desktop.services.ports import Reader
from tests.benchmarks import children
from tests.benchmarks.figures import COUNT, Figure, latency
from tests.benchmarks.workload import Workload

CASES_PER_RUN, EXPERTS_PER_RUN = 2, 1
KEYSTROKE = "a key in the search box (SearchBox, Tasks.ask, workspace.search.find with limit 12)"


def measure(workload: Workload, runs: int) -> list[Figure]:
    """All in one window, as a secretary has it open all day."""
    workspace = workload.unlock()
    cases = workload.sample(workspace, Kind.CASE, CASES_PER_RUN * runs)
    experts = workload.sample(workspace, Kind.EXPERT, EXPERTS_PER_RUN * runs)
    with workspace.context.store.read() as reader:
        queries = [query for entity in cases for query in _case_queries(reader, entity)]
        queries += [(_expert_query(reader, entity), entity) for entity in experts]
    workspace.lock()
    asked = {"queries": queries, "cases": list(cases)}
    told = children.run("window_work", workload.home, *workload.window, stdin=asked)
    return [
        latency(
            "search, per key to its results", f"{KEYSTROKE} until its results are in the list", told["delivered"], 16
        ),
        latency("search, per key to painted", f"{KEYSTROKE} until they are painted", told["painted"], None),
        Figure(
            "known items that search did not find",
            "the number of a case, its names with its town, two beginnings of words; the name of an expert",
            "",
            len(told["missed"]),
            COUNT,
            0,
            len(queries),
        ),
        Figure(
            "opening the first case in the window",
            "Navigator.open_case to the page with its content, the page made anew",
            "",
            told["opened"][0] * 1000,
            "ms",
            None,
            1,
        ),
        latency("opening a case in the window", "the same for every next case", told["opened"][1:], None),
    ]


def _case_queries(reader: Reader, entity: str) -> list[tuple[str, str]]:
    case = build(Case, top_values(reader.registers(Kind.CASE, entity)))
    surname = " ".join(filter(None, (case.tussenvoegsel, case.achternaam)))
    names = f"{case.roepnaam} {surname} {case.gemeente}"
    beginnings = f"{case.achternaam[:5]} {case.roepnaam[:3]} {case.nummer.rpartition('-')[2]}"
    return [(case.nummer, entity), (names, entity), (beginnings, entity)]


def _expert_query(reader: Reader, entity: str) -> str:
    expert = build(Expert, top_values(reader.registers(Kind.EXPERT, entity)))
    return f"{expert.naam} {expert.organisatie}".strip()
