"""Import: what is taken, what is refused and why, and what people changed since survives."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.transitions import Transition
from bren_desktop.errors import NotAllowedError
from bren_desktop.services import import_taking, numbers
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context, author
from bren_desktop.services.importing import Importing, ImportReport
from bren_desktop.services.life import Life
from bren_desktop.services.pool import Pool
from bren_desktop.services.rows import CaseFilter, ExpertFilter, Page
from bren_desktop.services.tables import Table, TableRow

Rows = list[Mapping[str, object]]
Importer = Callable[..., ImportReport]


def table(rows: Rows) -> Table:
    headers = dict.fromkeys(key for row in rows for key in row)
    return Table(tuple(headers), tuple(TableRow(line, row) for line, row in enumerate(rows, start=2)))


def nowhere(path: Path) -> Table:
    raise AssertionError(path)


@pytest.fixture
def service(context: Context) -> Importing:
    return Importing(context, nowhere)


@pytest.fixture
def take(service: Importing, actor: Actor) -> Importer:
    def run(*rows: Mapping[str, object], kind: Kind = Kind.CASE) -> ImportReport:
        found = table(list(rows))
        return service.take(actor, service.preview(actor, found, service.propose(actor, found, kind)))

    return run


@pytest.fixture
def cases(context: Context) -> CaseWork:
    return CaseWork(context)


def counts(report: ImportReport) -> tuple[int, int, int]:
    return report.imported, report.unchanged, len(report.rejected)


def test_good_rows_are_taken_and_others_are_named(take: Importer, cases: CaseWork, actor: Actor) -> None:
    report = take(
        {"id": "K1", "omschrijving": "Goed", "knelpunten": "KP-WLZ|vervoer"},
        {"id": "K2", "geboortedatum": "31-02-2011"},
        {"id": "K1", "omschrijving": "Nog eens"},
        {"omschrijving": "Zonder kenmerk"},
        {"omschrijving": "Zonder kenmerk"},
    )
    assert counts(report) == (2, 0, 3)
    assert [(each.line, each.field) for each in report.rejected] == [(3, "geboortedatum"), (4, "id"), (6, "")]
    assert [(each.field, each.text, each.count) for each in report.to_code] == [("knelpunten", "vervoer", 1)]
    assert cases.open(actor, "K1").id == "K1"
    assert cases.count(actor, CaseFilter()) == 2


def test_a_case_gets_its_number(take: Importer, cases: CaseWork, actor: Actor) -> None:
    take({"id": "K1", "omschrijving": "Nieuw"})
    assert cases.open(actor, "K1").case.nummer == "CONCEPT-AA0001"
    take({"id": "K1", "omschrijving": "Nieuw", "nummer": "ANDERS", "status": "ST-AFG"})
    opened = cases.open(actor, "K1").case
    assert (opened.nummer, opened.status) == ("CONCEPT-AA0001", "ST-CON")


def test_a_re_import_that_completes_aanmelding_numbers_the_case(take: Importer, cases: CaseWork, actor: Actor) -> None:
    take({"id": "K1", "hulpvraag": "Wat nu?"})
    complete = {
        "datum_aanmelding": "2026-03-01",
        "verwijzer": "VW-GI",
        "verwijzer_naam": "G. Instelling",
        "vastloopredenen": "VR-1",
        "toestemming_status": "ja",
        "regio": "JZ24",
        "leeftijd": "12",
    }
    take({"id": "K1", "hulpvraag": "Wat nu?", **complete})
    assert cases.open(actor, "K1").case.nummer == "BREN-HGL-2026-AA0001"


def test_importing_twice_changes_nothing(take: Importer, context: Context) -> None:
    rows: Rows = [
        {"id": "K1", "omschrijving": "Een", "geschiedenis": [{"vorm": "a"}, {"vorm": "b"}], "knelpunten": ["vervoer"]},
        {"omschrijving": "Zonder kenmerk", "leeftijd": 4},
    ]
    take(*rows)
    before = context.store.state_hash()
    assert counts(take(*rows)) == (0, 2, 0)
    assert context.store.state_hash() == before


def test_what_people_changed_survives_until_the_file_changes_there(
    take: Importer, cases: CaseWork, actor: Actor
) -> None:
    row: Mapping[str, object] = {"id": "K1", "hulpvraag": "Oud", "wensen": "Rust", "knelpunten": ["KP-WLZ", "KP-OND"]}
    take(row)
    entity = cases.open(actor, "K1").entity
    mine = Case(hulpvraag="Mijn versie", wensen="", knelpunten=("KP-WLZ", "KP-WMO"), krachten="Sterk")
    cases.amend(actor, entity, mine, ("hulpvraag", "wensen", "knelpunten", "krachten"))
    assert counts(take(row)) == (0, 1, 0)
    assert counts(take({**row, "wensen": "Nieuwe wens", "knelpunten": ["KP-WLZ", "KP-OND", "KP-VGGZ"]})) == (1, 0, 0)
    after = cases.open(actor, "K1").case
    assert (after.hulpvraag, after.wensen, after.krachten) == ("Mijn versie", "Nieuwe wens", "Sterk")
    assert set(after.knelpunten) == {"KP-WLZ", "KP-WMO", "KP-VGGZ"}


def test_an_empty_cell_empties_only_what_the_file_filled(take: Importer, cases: CaseWork, actor: Actor) -> None:
    take({"id": "K1", "hulpvraag": "Uit het bestand", "wensen": "", "knelpunten": "KP-WLZ"})
    entity = cases.open(actor, "K1").entity
    cases.amend(actor, entity, Case(wensen="Van een mens"), ("wensen",))
    take({"id": "K1", "hulpvraag": "", "wensen": "", "knelpunten": ""})
    after = cases.open(actor, "K1").case
    assert (after.hulpvraag, after.wensen, after.knelpunten) == ("", "Van een mens", ())


def test_a_value_that_leaves_a_file_and_comes_back_is_taken_again(
    take: Importer, cases: CaseWork, actor: Actor
) -> None:
    for knelpunten in ("KP-WLZ", "", "KP-WLZ"):
        take({"id": "K1", "omschrijving": "x", "knelpunten": knelpunten})
    assert cases.open(actor, "K1").case.knelpunten == ("KP-WLZ",)


def test_a_file_with_fewer_columns_leaves_the_rest_alone(take: Importer, cases: CaseWork, actor: Actor) -> None:
    take({"id": "K1", "urgentie": "heel erg", "hulpvraag": "Oud"})
    take({"id": "K1", "hulpvraag": "Nieuw"})
    after = cases.open(actor, "K1").case
    assert (after.hulpvraag, after.urgentie) == ("Nieuw", "OVERIG")
    assert [row.tekst for row in after.te_coderen] == ["heel erg"]
    take({"id": "K1", "urgentie": "spoed"})
    assert cases.open(actor, "K1").case.te_coderen == ()


def test_a_value_that_a_person_coded_stays_coded(take: Importer, cases: CaseWork, actor: Actor) -> None:
    row = {"id": "K1", "hulpvraag": "Wie rijdt?", "knelpunten": "vervoer"}
    take(row)
    cases.set_field(actor, cases.open(actor, "K1").entity, "knelpunten", ["KP-OND"])
    assert counts(take(row)) == (0, 1, 0)
    after = cases.open(actor, "K1").case
    assert (after.knelpunten, after.te_coderen) == (("KP-OND",), ())


def test_a_row_that_no_longer_fits_what_people_changed_is_rejected(
    take: Importer, cases: CaseWork, actor: Actor
) -> None:
    take({"id": "K1", "omschrijving": "x"})
    entity = cases.open(actor, "K1").entity
    cases.set_field(actor, entity, "datum_aanmelding", "2012-01-01")
    report = take({"id": "K1", "omschrijving": "x", "geboortedatum": "2014-01-01"})
    assert [(each.line, each.field) for each in report.rejected] == [(2, "geboortedatum")]
    assert cases.open(actor, "K1").case.geboortedatum is None


def test_an_id_that_the_program_gave_means_that_record(take: Importer, cases: CaseWork, actor: Actor) -> None:
    opened = cases.record(actor, Case(omschrijving="Hier vastgelegd"))
    assert counts(take({"id": opened.id, "omschrijving": "Uit het bestand"})) == (1, 0, 0)
    assert cases.open(actor, opened.id).case.omschrijving == "Uit het bestand"
    assert cases.count(actor, CaseFilter()) == 1


def test_nothing_is_half_imported(
    take: Importer, cases: CaseWork, actor: Actor, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = context.store.state_hash()
    numbered = numbers.numbered

    def failing(writer: object, who: object, case: Case, team: str) -> Case:
        if case.extern_id == "K2":
            raise RuntimeError("power")
        return numbered(writer, who, case, team)  # type: ignore[arg-type]

    monkeypatch.setattr(import_taking, "numbered", failing)
    with pytest.raises(RuntimeError, match="power"):
        take({"id": "K1", "omschrijving": "a"}, {"id": "K2", "omschrijving": "b"})
    assert context.store.state_hash() == before


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_left_as_it_was(take: Importer, was_on: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    (gc.enable if was_on else gc.disable)()
    try:
        take({"id": "K1", "omschrijving": "x"})
        assert gc.isenabled() == was_on
        monkeypatch.setattr(import_taking.RowTaker, "row", None)
        with pytest.raises(TypeError):
            take({"id": "K2", "omschrijving": "x"})
        assert gc.isenabled() == was_on
    finally:
        gc.enable()


def test_a_new_pareltje_has_a_name_and_a_known_one_may_be_updated_without(
    take: Importer, context: Context, actor: Actor
) -> None:
    assert [each.field for each in take({"id": "E1", "functie": "arts"}, kind=Kind.EXPERT).rejected] == ["naam"]
    take({"id": "E1", "naam": "P. Arel", "expertise": "ASS met gedragsproblematiek"}, kind=Kind.EXPERT)
    assert counts(take({"id": "E1", "beschikbaarheid": "niet"}, kind=Kind.EXPERT)) == (1, 0, 0)
    found = Pool(context).open(actor, "E1").expert
    assert found == Expert(extern_id="E1", naam="P. Arel", expertise=("EX-ASS",), beschikbaarheid="BS-NIET")


def test_a_profile_amended_as_a_whole_still_knows_what_the_file_said(
    take: Importer, context: Context, actor: Actor
) -> None:
    row = {"id": "E1", "naam": "P. Arel", "functie": "arts"}
    take(row, kind=Kind.EXPERT)
    pool = Pool(context)
    opened = pool.open(actor, "E1")
    pool.amend(actor, opened.entity, opened.expert.model_copy(update={"functie": "psychiater"}))
    assert counts(take(row, kind=Kind.EXPERT)) == (0, 1, 0)
    assert pool.open(actor, "E1").expert.functie == "psychiater"


def test_columns_are_matched_by_name_and_the_mapping_is_remembered(service: Importing, actor: Actor) -> None:
    found = table([{"Naam pareltje": "P. Arel", "Specialisme": "autisme", "Tel.": "010", "Schoenmaat": "42"}])
    columns = service.propose(actor, found, Kind.EXPERT)
    assert dict(columns.columns) == {
        "Naam pareltje": "naam",
        "Specialisme": "expertise",
        "Tel.": "telefoon",
        "Schoenmaat": "",
    }
    first = service.preview(actor, found, columns)
    assert (first.unused_columns, [each.text for each in first.to_code]) == (("Schoenmaat",), ["autisme"])
    chosen = columns.with_value("expertise", "Autisme", "EX-ASS").with_column("Schoenmaat", "tarief")
    second = service.preview(actor, found, chosen)
    assert (second.unused_columns, second.to_code) == ((), ())
    service.take(actor, second)
    assert service.propose(actor, found, Kind.EXPERT) == chosen
    assert service.propose(actor, table([{"Naam": "x"}]), Kind.EXPERT) != chosen


def test_a_row_without_an_id_is_known_again_however_it_is_mapped(service: Importing, actor: Actor) -> None:
    found = table([{"naam": "P. Arel", "Expertise": "autisme", "Los": "x"}])
    columns = service.propose(actor, found, Kind.EXPERT)
    assert counts(service.take(actor, service.preview(actor, found, columns))) == (1, 0, 0)
    chosen = columns.with_value("expertise", "autisme", "EX-ASS").with_column("Los", "tarief")
    assert counts(service.take(actor, service.preview(actor, found, chosen))) == (1, 0, 0)
    assert counts(service.take(actor, service.preview(actor, found, chosen))) == (0, 1, 0)


def test_two_columns_may_fill_one_list(take: Importer, context: Context, actor: Actor) -> None:
    take({"naam": "P. Arel", "Expertise 1": "EX-ASS", "Expertise 2": "EX-LVB;EX-EMB"}, kind=Kind.EXPERT)
    [row] = Pool(context).page(actor, ExpertFilter(), Page())
    assert row.expertise == ("EX-ASS", "EX-EMB", "EX-LVB")


def test_a_remembered_mapping_that_is_damaged_is_made_anew(service: Importing, context: Context, actor: Actor) -> None:
    found = table([{"naam": "P. Arel"}])
    preview = service.preview(actor, found, service.propose(actor, found, Kind.EXPERT))
    with context.store.write(author(actor)) as writer:
        writer.set_local(f"import-mapping:{preview.signature}", '{"kind": 7')
    assert dict(service.propose(actor, found, Kind.EXPERT).columns) == {"naam": "naam"}


@pytest.mark.parametrize("kind", [Kind.CASE, Kind.EXPERT])
def test_a_role_without_the_right_imports_nothing(
    service: Importing, actor: Actor, member: Actor, context: Context, kind: Kind
) -> None:
    found = table([{"id": "1", "naam": "P. Arel", "omschrijving": "x"}])
    preview = service.preview(actor, found, service.propose(actor, found, kind))
    before = context.store.state_hash()
    for attempt in (
        lambda: service.propose(member, found, kind),
        lambda: service.preview(member, found, preview.mapping),
        lambda: service.take(member, preview),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    assert context.store.state_hash() == before


def test_a_state_that_no_list_knows_is_named_and_has_a_way_on(
    take: Importer, context: Context, cases: CaseWork, actor: Actor
) -> None:
    rows = {"id": "K1", "omschrijving": "x", "status": "bij Karin op de stapel"}, {"id": "K2", "omschrijving": "y"}
    assert [(each.line, each.field) for each in take(*rows).noted] == [(2, "status")]
    opened = cases.open(actor, "K1")
    assert (opened.case.status, [row.tekst for row in opened.case.te_coderen]) == ("ST-CON", [rows[0]["status"]])
    life = Life(context)
    life.move(actor, opened.entity, "ST-ING", Transition(reden="Elders geholpen."))
    assert life.history(actor, opened.entity)[0][1].reden == (
        "Elders geholpen. In het bestand stond als status: bij Karin op de stapel."
    )
    assert cases.open(actor, "K1").case.te_coderen == ()
    again = take(*rows)
    assert (again.unchanged, again.noted) == (2, ())


@pytest.mark.parametrize("state", ["ST-VER", "ST-OVB", "ST-ESC"])
def test_a_file_brings_no_case_that_was_destroyed_or_a_flag_as_a_state(take: Importer, state: str) -> None:
    report = take(
        {"id": "K1", "omschrijving": "x", "status": state}, {"id": "K2", "omschrijving": "x", "status": "RET"}
    )
    assert counts(report) == (1, 0, 1)
    assert report.rejected[0].field == "status"


def test_an_aanmelding_that_is_still_to_come_is_refused(take: Importer) -> None:
    report = take({"id": "K1", "omschrijving": "x", "datum_aanmelding": "2026-11-23"})
    assert [(each.field, "toekomst" in each.reason) for each in report.rejected] == [("datum_aanmelding", True)]
