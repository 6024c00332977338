"""Recording, reading, changing and taking back, through the service with a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case, HistoryRow
from bren_desktop.errors import InvalidInputError, NotAllowedError, NotFoundError
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context
from bren_desktop.services.parsing import parse_strict
from bren_desktop.services.readlog import ReadLog
from bren_desktop.services.rows import CaseFilter, Page

TODAY = date(2026, 11, 22)
COMPLETE = {
    "datum_aanmelding": "2026-11-20",
    "regio": "Haaglanden",
    "verwijzer": "GI",
    "verwijzer_naam": "M. Verzonnen",
    "geboortedatum": "4-3-2011",
    "roepnaam": "Sam",
    "tussenvoegsel": "van den",
    "achternaam": "Berg",
    "hulpvraag": "Hoe komt Sam weer naar school?",
    "vastloopredenen": ["VR-3"],
    "toestemming_status": "anoniem",
}


def test_a_case_is_a_concept_until_aanmelding_is_complete(cases: CaseWork, chair: Actor) -> None:
    opened = cases.record(chair, Case(roepnaam="Sam"))
    assert opened.case.nummer == "CONCEPT-AA0001"
    assert opened.case.status == "ST-CON"
    assert "hulpvraag" in opened.missing

    cases.amend(chair, opened.entity, parse_strict(Case, COMPLETE, today=TODAY))
    complete = cases.open(chair, opened.entity)
    assert complete.case.nummer == "BREN-HGL-2026-AA0001"
    assert complete.case.eerder_kenmerk == "CONCEPT-AA0001"
    assert complete.case.status == "ST-AAN"
    assert complete.missing == ()


def test_numbers_count_on_and_are_never_taken_back(cases: CaseWork, chair: Actor) -> None:
    numbers = [cases.record(chair, parse_strict(Case, COMPLETE, today=TODAY)).case.nummer for _ in range(3)]
    assert numbers == [f"BREN-HGL-2026-AA000{count}" for count in (1, 2, 3)]
    entity = cases.open(chair, numbers[0]).entity
    cases.set_field(chair, entity, "hulpvraag", "")
    assert cases.open(chair, entity).case.nummer == numbers[0]


def test_a_number_that_came_in_with_a_file_is_not_given_again(cases: CaseWork, chair: Actor) -> None:
    cases.record_all(chair, [Case(extern_id="x", nummer="BREN-HGL-2026-AA0001"), Case(nummer="CONCEPT-AA0001")])
    assert cases.record(chair, parse_strict(Case, COMPLETE, today=TODAY)).case.nummer == "BREN-HGL-2026-AA0002"
    assert cases.record(chair, Case()).case.nummer == "CONCEPT-AA0002"


def test_amending_named_fields_leaves_the_others(cases: CaseWork, chair: Actor) -> None:
    opened = cases.record(chair, Case(hulpvraag="Eerst", wensen="Rust"))
    cases.amend(chair, opened.entity, Case(hulpvraag="Daarna"), fields=("hulpvraag",))
    case = cases.open(chair, opened.entity).case
    assert (case.hulpvraag, case.wensen) == ("Daarna", "Rust")


def test_rows_keep_their_order_and_their_ids(cases: CaseWork, chair: Actor) -> None:
    rows = tuple(HistoryRow(van=str(year), vorm=f"hulp {year}") for year in (2019, 2015, 2022))
    opened = cases.record(chair, Case(geschiedenis=rows))
    kept = opened.case.geschiedenis
    assert [row.van for row in kept] == ["2019", "2015", "2022"]
    assert len({row.id for row in kept}) == 3

    cases.amend(chair, opened.entity, opened.case.model_copy(update={"geschiedenis": (kept[2], kept[0])}))
    after = cases.open(chair, opened.entity).case.geschiedenis
    assert [(row.id, row.van) for row in after] == [(kept[2].id, "2022"), (kept[0].id, "2019")]


def test_undo_brings_back_the_last_change_only(cases: CaseWork, chair: Actor) -> None:
    opened = cases.record(chair, Case(hulpvraag="Een", knelpunten=("KP-WLZ",)))
    cases.set_field(chair, opened.entity, "hulpvraag", "Twee")
    cases.set_field(chair, opened.entity, "knelpunten", ["KP-OND"])
    cases.undo(chair, opened.entity)
    case = cases.open(chair, opened.entity).case
    assert (case.hulpvraag, case.knelpunten) == ("Twee", ("KP-WLZ",))


def test_undo_leaves_what_a_colleague_changed_since(cases: CaseWork, chair: Actor, secretary: Actor) -> None:
    opened = cases.record(chair, Case(hulpvraag="Een"))
    cases.set_field(chair, opened.entity, "hulpvraag", "Twee")
    cases.set_field(secretary, opened.entity, "hulpvraag", "Drie")
    with pytest.raises(InvalidInputError):
        cases.undo(chair, opened.entity)
    assert cases.open(chair, opened.entity).case.hulpvraag == "Drie"


def test_undo_after_a_change_that_gave_the_case_its_number(cases: CaseWork, chair: Actor) -> None:
    opened = cases.record(chair, parse_strict(Case, {**COMPLETE, "hulpvraag": ""}, today=TODAY))
    cases.set_field(chair, opened.entity, "hulpvraag", "Compleet")
    cases.undo(chair, opened.entity)
    case = cases.open(chair, opened.entity).case
    assert (case.hulpvraag, case.nummer) == ("", "BREN-HGL-2026-AA0001")


def test_recording_a_known_external_id_again_keeps_number_and_status(cases: CaseWork, chair: Actor) -> None:
    record = parse_strict(Case, {**COMPLETE, "id": "X-1"}, today=TODAY)
    first = cases.open(chair, cases.record_all(chair, [record])[0]).case
    second = cases.open(chair, cases.record_all(chair, [record.model_copy(update={"hulpvraag": "Nieuw"})])[0]).case
    assert second == first.model_copy(update={"hulpvraag": "Nieuw"})


def test_a_new_case_cannot_be_undone_away(cases: CaseWork, chair: Actor) -> None:
    opened = cases.record(chair, Case(hulpvraag="Een"))
    with pytest.raises(InvalidInputError):
        cases.undo(chair, opened.entity)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("geboortedatum", "31-02-2011"),
        ("leeftijd", "28"),
        ("nummer", "X"),
        ("bestaat_niet", "x"),
        ("plan_aanwezig", "?"),
    ],
)
def test_a_bad_value_is_refused_and_nothing_changes(cases: CaseWork, chair: Actor, field: str, value: str) -> None:
    opened = cases.record(chair, Case(hulpvraag="Een"))
    with pytest.raises(InvalidInputError) as caught:
        cases.set_field(chair, opened.entity, field, value)
    assert caught.value.field == field
    assert cases.open(chair, opened.entity).case == opened.case


def test_a_birth_date_that_grew_too_old_stops_no_other_change(cases: CaseWork, chair: Actor) -> None:
    opened = cases.record(chair, Case(geboortedatum=date(1990, 1, 1)))
    cases.set_field(chair, opened.entity, "wensen", "Rust")
    assert cases.open(chair, opened.entity).case.wensen == "Rust"
    with pytest.raises(InvalidInputError, match="ouder dan 27"):
        cases.set_field(chair, opened.entity, "geboortedatum", "1-1-1991")


def test_a_value_that_no_list_knows_is_kept_to_be_coded(cases: CaseWork, chair: Actor) -> None:
    opened = cases.record(chair, Case())
    cases.set_field(chair, opened.entity, "knelpunten", ["Wlz", "iets nieuws"])
    case = cases.open(chair, opened.entity).case
    assert case.knelpunten == ("KP-WLZ", "OVERIG")
    assert [(row.veld, row.tekst) for row in case.te_coderen] == [("knelpunten", "iets nieuws")]
    cases.set_field(chair, opened.entity, "knelpunten", ["Wlz"])
    assert cases.open(chair, opened.entity).case.te_coderen == ()


def test_brothers_and_sisters_are_found_while_typing(cases: CaseWork, chair: Actor) -> None:
    cases.record(chair, parse_strict(Case, COMPLETE, today=TODAY))
    cases.record(
        chair, Case(roepnaam="Noa", tussenvoegsel="van den", achternaam="Bèrg", geboortedatum=date(2014, 1, 2))
    )
    cases.record(chair, Case(roepnaam="Sam", achternaam="Anders"))
    found = cases.lookalikes(chair, "Sam", "berg", "2011-03-04")
    assert [row.initials for row in found] == ["S. v. d. B.", "N. v. d. B."]


def test_opening_a_case_is_logged_with_who_and_when(cases: CaseWork, chair: Actor, context: Context) -> None:
    opened = cases.record(chair, Case(hulpvraag="Een"))
    cases.open(chair, opened.case.nummer)
    entry = ReadLog(context).entries(chair, opened.entity)[0]
    assert (entry.person, entry.action, entry.at_ms) == (chair.person, "lezen", context.clock.now_ms())


def test_the_timeline_tells_every_change_and_who_made_it(cases: CaseWork, chair: Actor, secretary: Actor) -> None:
    opened = cases.record(chair, Case(hulpvraag="Een"))
    cases.set_field(secretary, opened.entity, "urgentie", "spoed")
    told = [(event.name, event.text) for event in cases.timeline(chair, opened.entity)]
    assert told == [(secretary.name, "Gewijzigd: Urgentie."), (chair.name, "Casus vastgelegd.")]


def test_an_unknown_case_is_a_clear_sentence(cases: CaseWork, chair: Actor) -> None:
    with pytest.raises(NotFoundError, match="casus"):
        cases.open(chair, "BREN-HGL-2026-ZZ9999")


@pytest.mark.parametrize("role", list(Role))
def test_every_role_does_what_the_table_says_and_no_more(cases: CaseWork, chair: Actor, role: Role) -> None:
    opened = cases.record(chair, Case(hulpvraag="Een"))
    actor = replace(chair, person="p-other", role=role)
    readers = {*Role} - {Role.PROJECTLEIDER, Role.IT}
    editors = {Role.SECRETARIS, Role.VOORZITTER, Role.PLAATSVERVANGER, Role.PROCESREGISSEUR}
    for allowed, work in (
        (readers, lambda: cases.open(actor, opened.entity)),
        (readers, lambda: cases.page(actor, CaseFilter(), Page())),
        (readers, lambda: cases.timeline(actor, opened.entity)),
        (editors, lambda: cases.record(actor, Case())),
        (editors, lambda: cases.set_field(actor, opened.entity, "wensen", role.value)),
        (editors, lambda: cases.undo(actor, opened.entity)),
    ):
        if role in allowed:
            work()
        else:
            with pytest.raises(NotAllowedError):
                work()
