"""What each recipient may not see, by the annotation of every field: every document, list and export, by table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bren_desktop.documents.renderer import Documents
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case, InvolvedRow
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.fields import Sensitivity, Shape, notes
from bren_desktop.domain.letters import parse_request
from bren_desktop.exchange.files import write_table
from bren_desktop.services.access import Access
from bren_desktop.services.case_sheet import compose
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.conflicts import Conflicts
from bren_desktop.services.consents import Consents
from bren_desktop.services.context import Context
from bren_desktop.services.exporting import Exporting
from bren_desktop.services.letters import Letters
from bren_desktop.services.pool import Pool
from bren_desktop.services.readlog import ReadLog
from bren_desktop.services.rows import CaseFilter, Hit, Page
from bren_desktop.services.search import Search
from bren_desktop.services.team import TeamSettings
from bren_desktop.services.worklist import Worklist

NEUTRAL, PERSONAL, SENSITIVE, CRIMINAL = Sensitivity
DAY = date(2026, 11, 22)


def mark(name: str) -> str:
    """A text that stands for the content of a field, and is found back as it is."""
    return f"Merkteken{name.replace('_', '')}".capitalize()


MARKED = {
    name: mark(name)
    for name, note in notes(Case).items()
    if note.shape is Shape.SINGLE and not note.vocabulary and Case.model_fields[name].get_default() == ""
} | {"betrokkenen": mark("betrokkenen")}
"""The fields in which somebody writes, each with its mark."""


@dataclass
class Desk:
    """A store with one case in which every field has its mark, and the services around it."""

    context: Context
    actor: Actor
    folder: Path
    case: str
    expert: str

    def letter(self, *, identifying: bool) -> str:
        letters = Letters(self.context, Documents(), TeamSettings(self.context))
        asked = {"vragen": ["Wat past?"], "inzetvorm": "second opinion", "identificerend": identifying}
        return str(asdict(letters.prepare(self.actor, self.case, self.expert, parse_request(asked))))

    def found(self, field: str) -> Sequence[Hit]:
        return Search(self.context).find(self.actor, mark(field))

    def sheet(self) -> str:
        case = CaseWork(self.context).open(self.actor, self.case).case
        return str(asdict(compose(case, [], self.actor.name, DAY)))

    def seen(self) -> str:
        return str(ReadLog(self.context).seen(self.actor, self.case))

    def exported(self, kind: Kind) -> str:
        path = self.folder / f"{kind.value}.jsonl"
        Exporting(self.context, write_table).export(self.actor, kind, path)
        return path.read_text("utf-8")

    def log(self, *, norm: bool) -> str:
        path = self.folder / "log.csv"
        Exporting(self.context, write_table).log(self.actor, self.case, path, norm=norm)
        return path.read_text("utf-8-sig")


DOORS: Mapping[str, Callable[[Desk], str]] = {
    "brief zonder naam": lambda desk: desk.letter(identifying=False),
    "brief met naam": lambda desk: desk.letter(identifying=True),
    "casuskaart": Desk.sheet,
    "lijst": lambda desk: str(CaseWork(desk.context).page(desk.actor, CaseFilter(), Page())),
    "zoeken": lambda desk: str([hit.title for hit in desk.found("achternaam")]),
    "fragment": lambda desk: str(
        [hit.snippet for hit in Search(desk.context).find(desk.actor, mark("strafrechtelijk"))]
    ),
    "werkvoorraad": lambda desk: str(Worklist(desk.context).entries(desk.actor)),
    "tijdlijn": lambda desk: str(CaseWork(desk.context).timeline(desk.actor, desk.case)),
    "te kiezen": lambda desk: str(Conflicts(desk.context).overview(desk.actor)),
    "noodtoegang": lambda desk: str([use.title for use in Access(desk.context, tuple).emergencies(desk.actor)]),
    "wie heeft dit gezien": Desk.seen,
    "leeslog voor het gezin": lambda desk: desk.log(norm=False),
    "leeslog volgens de norm": lambda desk: desk.log(norm=True),
    "export van pareltjes": lambda desk: desk.exported(Kind.EXPERT),
    "export van casussen": lambda desk: desk.exported(Kind.CASE),
}
"""Every way in which something of a case is shown to others than who has it open."""
OPEN = {
    "brief zonder naam": {NEUTRAL, SENSITIVE},
    "brief met naam": {NEUTRAL, PERSONAL, SENSITIVE},
    "casuskaart": {NEUTRAL, SENSITIVE},
    "lijst": {NEUTRAL},
    "zoeken": {NEUTRAL},
    "fragment": {NEUTRAL, PERSONAL, SENSITIVE},
    "werkvoorraad": {NEUTRAL},
    "export van casussen": set(Sensitivity),
}
"""The kinds of fields that a door may show; the others show nothing of what somebody wrote."""
ALSO = {
    "casuskaart": {"regisseur", "regisseur_organisatie"},
    "lijst": {"gemeente"},
}
"""Personal fields that stand there on purpose: whom the reader has to call, and a region for who left it empty."""


@pytest.fixture
def desk(context: Context, actor: Actor, tmp_path: Path) -> Desk:
    rows = (InvolvedRow(id="a" * 26, naam=MARKED["betrokkenen"], relatie="Moeder", telefoon=MARKED["betrokkenen"]),)
    filled: dict[str, Any] = {**MARKED, "betrokkenen": rows, "geboortedatum": date(2011, 3, 4), "urgentie": "UR-SPOED"}
    (case,) = CaseWork(context).record_all(actor, [Case(**filled)])
    expert = Pool(context).record(actor, Expert(naam="Dr. A", organisatie="De Boog")).entity
    consent = Consent(
        doelen=("TD-C",),
        gevers=("TG-JEUGD", "TG-OUDER1", "TG-OUDER2"),
        gegeven_op=DAY,
        ontvangers=("Dr. A",),
        vorm="TV-SCHR",
    )
    Consents(context).add(actor, case, consent)
    return Desk(context, actor, tmp_path, case, expert)


def test_every_field_with_words_in_it_is_marked() -> None:
    found = {note.sensitivity for name, note in notes(Case).items() if name in MARKED}
    assert found == set(Sensitivity)
    assert len(set(MARKED.values())) == len(MARKED) > 40


@pytest.mark.parametrize("door", DOORS)
def test_no_door_shows_a_field_that_its_recipient_may_not_see(desk: Desk, door: str) -> None:
    shown = DOORS[door](desk)
    open_kinds, also = OPEN.get(door, set()), ALSO.get(door, set())
    leaked = {
        name
        for name, text in MARKED.items()
        if text.casefold() in shown.casefold() and notes(Case)[name].sensitivity not in open_kinds and name not in also
    }
    assert leaked == set()


@pytest.mark.parametrize("door", sorted(OPEN.keys() - {"werkvoorraad", "zoeken", "fragment"}))
def test_the_marks_would_be_found(desk: Desk, door: str) -> None:
    assert any(text.casefold() in DOORS[door](desk).casefold() for text in MARKED.values())
