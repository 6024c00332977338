"""Known items typed into the search box letter by letter, and cases opened in the window."""

from __future__ import annotations

from functools import partial

from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, build
from bren_desktop.domain.experts import Expert
from bren_desktop.oplog.registers import top_values
from bren_desktop.services.ports import Reader
from tests.benchmarks import children
from tests.benchmarks.figures import COUNT, MILLISECONDS, Figure, Spent, latency, timed
from tests.benchmarks.workload import Workload

CASES_PER_RUN, EXPERTS_PER_RUN = 2, 1
SLIPPABLE = 6
READ_AT_ONCE = 200
KEYSTROKE = "a key in the search box (SearchBox, Tasks.ask, workspace.search.look with five of each kind)"
COUNTED = "workspace.search.look in full, once nobody typed for a moment: all candidates counted by facet"
EVERYTHING = (Kind.CASE, Kind.EXPERT, Kind.DISCUSSION, Kind.DOCUMENT)
KNOWN = "the number of a case, its names with its town, the beginnings of its words; an expert's name, with a slip too"
MEANT = (
    "autisme meisjes",
    "moeder verslaafd",
    "bijna 18 en geen woonplek",
    "anorexsia",
    "meisje van vijftien met anorexia dat niet meer thuis wil wonen en zichzelf snijdt",
)
"""What is looked for by its meaning, once with a typing error; no one record is the right one."""
OPENED = "Navigator.open_case to the page painted with its content"


def measure(workload: Workload, runs: int) -> list[Figure]:
    """All in one window, as a secretary has it open all day, in a store of which every record was read."""
    workspace = workload.unlock()
    while workspace.understanding.catch_up(workspace.actor, READ_AT_ONCE):
        pass
    cases = workload.sample(workspace, Kind.CASE, CASES_PER_RUN * runs)
    experts = workload.sample(workspace, Kind.EXPERT, EXPERTS_PER_RUN * runs)
    with workspace.context.store.read() as reader:
        queries = [query for entity in cases for query in _case_queries(reader, entity)]
        queries += [query for entity in experts for query in _expert_queries(reader, entity)]
    queries += [(text, "") for text in MEANT]
    look = partial(workspace.search.look, workspace.actor, kinds=EVERYTHING, most=1)
    counted = [timed(partial(look, text)) for text, _ in queries]
    workspace.lock()
    asked = {"queries": queries, "cases": list(cases)}
    told = children.run("window_work", workload.home, *workload.window, stdin=asked)
    delivered, painted, opened = ([Spent(*each) for each in told[key]] for key in ("delivered", "painted", "opened"))
    return [
        latency("search, per key to its results", f"{KEYSTROKE} until its results are in the list", delivered, 16),
        latency("search, the slowest keys", f"{KEYSTROKE}, the 99th percentile", delivered, 33, percent=99),
        latency("search, counts by facet", COUNTED, counted, None),
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


def _expert_queries(reader: Reader, entity: str) -> list[tuple[str, str]]:
    """The name with the organisation, and with two letters of its longest word the other way round."""
    expert = build(Expert, top_values(reader.registers(Kind.EXPERT, entity)))
    longest = max(expert.naam.split(), key=len)
    slipped = f"{longest[:2]}{longest[3]}{longest[2]}{longest[4:]}" if len(longest) > SLIPPABLE else longest
    return [
        (f"{expert.naam} {expert.organisatie}".strip(), entity),
        (f"{expert.naam.replace(longest, slipped)} {expert.organisatie}".strip(), entity),
    ]
