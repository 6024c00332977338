"""Known items typed into the search box letter by letter, and cases opened in the window."""

from __future__ import annotations

from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, build
from bren_desktop.domain.experts import Expert
from bren_desktop.oplog.registers import top_values
from bren_desktop.services.ports import Reader
from tests.benchmarks import children
from tests.benchmarks.figures import COUNT, MILLISECONDS, Figure, Spent, latency
from tests.benchmarks.workload import Workload

CASES_PER_RUN, EXPERTS_PER_RUN = 2, 1
KEYSTROKE = "a key in the search box (SearchBox, Tasks.ask, workspace.search.find with limit 12)"
KNOWN = "the number of a case, its names with its town, the beginnings of its words; the name of an expert"
OPENED = "Navigator.open_case to the page painted with its content"


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
    delivered, painted, opened = ([Spent(*each) for each in told[key]] for key in ("delivered", "painted", "opened"))
    return [
        latency("search, per key to its results", f"{KEYSTROKE} until its results are in the list", delivered, 16),
        latency("search, per key to painted", f"{KEYSTROKE} until they are painted", painted, None),
        Figure("known items that search did not find", KNOWN, "", len(told["missed"]), COUNT, 0, len(queries)),
        Figure("opening the first case in the window", OPENED, "", opened[0].wall * 1000, MILLISECONDS, None, 1),
        latency("opening a case in the window", f"{OPENED}, for every next case", opened[1:], None),
        Figure("memory after this work in the window", "the same process", "", told["memory"] / 1e6, "MB", None, 1),
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
