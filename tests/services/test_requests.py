"""What families ask: registering, deciding and doing it, by the clock and by role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader

from bren_desktop.documents.renderer import Documents
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.clocks.calendar import Calendar
from bren_desktop.domain.clocks.months import plus_months
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.doubles import MERGED
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.links import Link
from bren_desktop.domain.requests import Request, Sort, Statement
from bren_desktop.domain.states import State
from bren_desktop.errors import InvalidInputError, NotAllowedError
from bren_desktop.exchange.backup_file import pack
from bren_desktop.exchange.files import write_table
from bren_desktop.keystore.erased import ErasedList
from bren_desktop.services import share_door
from bren_desktop.services.backups import Backups
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.consents import Consents
from bren_desktop.services.context import Context, author
from bren_desktop.services.erasing import Erasing
from bren_desktop.services.exporting import Exporting
from bren_desktop.services.filters import SavedFilters
from bren_desktop.services.requests import Requests, deadline_of
from bren_desktop.services.share_door import AskedErasure, ShareStatus
from bren_desktop.services.sync_ports import SyncStore
from bren_desktop.services.team import TeamSettings

TODAY = date(2026, 11, 22)
CAME = date(2026, 11, 2)
BORN = date(2010, 11, 22)
"""Sam turns 16 today."""
SEE = Request(soort=Sort.SEE, door="Sam", relatie="TG-JEUGD", ontvangen_op=CAME, identiteit="rijbewijs")
MOTHERS = SEE.model_copy(update={"door": "Moeder", "relatie": "TG-OUDER1"})
LONGER = Request(verlengd_op=TODAY, verlengd_vorm="CV-BRIEF", verlengd_reden="Er is veel om door te lezen.")
DESTROY = SEE.model_copy(update={"soort": Sort.DESTROY.value})
CORRECT = SEE.model_copy(update={"soort": Sort.CORRECT.value})


@pytest.fixture
def requests(context: Context, door: Any, tmp_path: Path) -> Requests:
    erased, team = ErasedList(tmp_path), TeamSettings(context)
    backups = Backups(context, tmp_path, lambda: b"{}", erased, pack)
    erasing = Erasing(context, cast("SyncStore", context.store), lambda: door, erased, backups)
    return Requests(context, erasing, Documents(), team)


@pytest.fixture
def case(cases: CaseWork, actor: Actor) -> str:
    return cases.record(actor, Case(roepnaam="Sam", achternaam="Lindewater", geboortedatum=BORN)).entity


@pytest.fixture
def privacy(actor: Actor) -> Actor:
    return replace(actor, person="p5", name="Petra Voorbeeld", role=Role.PRIVACY)


def test_a_request_is_registered_with_its_clock(requests: Requests, actor: Actor, case: str) -> None:
    entity = requests.add(actor, case, SEE)
    other = requests.add(actor, case, DESTROY)
    assert [(found, asked.soort, line.code, line.due) for found, asked, line in requests.open_requests(actor)] == [
        (case, Sort.SEE, "TM-INZAGE", date(2026, 12, 2)),
        (case, Sort.DESTROY, "TM-VERNIETIGING", date(2027, 2, 2)),
    ]
    listed = requests.of(actor, case)
    assert [each.entity for each in listed] == [entity, other]
    assert listed[0].title


@pytest.mark.parametrize(
    ("sort", "came", "due"),
    [
        (Sort.SEE, date(2026, 1, 31), date(2026, 2, 28)),
        (Sort.CORRECT, date(2026, 11, 22), date(2026, 12, 22)),
        (Sort.ADD, date(2026, 2, 28), date(2026, 3, 28)),
        (Sort.OBJECT, date(2027, 12, 31), date(2028, 1, 31)),
        (Sort.DESTROY, date(2026, 11, 30), date(2027, 2, 28)),
        (Sort.DESTROY, date(2027, 11, 30), date(2028, 2, 29)),
    ],
)
def test_the_law_gives_a_month_and_three_for_destruction(sort: Sort, came: date, due: date) -> None:
    found = deadline_of(Request(soort=sort, ontvangen_op=came), TODAY, Calendar())
    assert found is not None
    assert found.due == due
    assert deadline_of(Request(soort=sort, ontvangen_op=came, afgehandeld_op=TODAY), TODAY, Calendar()) is None
    granted = Request(soort=sort, ontvangen_op=came, besluit="BZ-TOE", afgehandeld_op=TODAY)
    assert (deadline_of(granted, TODAY, Calendar()) is not None) is (sort == Sort.DESTROY)


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (SEE.model_copy(update={"soort": ""}), "soort"),
        (SEE.model_copy(update={"door": ""}), "door"),
        (SEE.model_copy(update={"ontvangen_op": None}), "ontvangen_op"),
        (SEE.model_copy(update={"ontvangen_op": date(2026, 11, 23)}), "ontvangen_op"),
        (SEE.model_copy(update={"ontvangen_op": date(2010, 11, 21)}), "ontvangen_op"),
        (SEE.model_copy(update={"soort": "VZ-ALLES"}), "soort"),
        (SEE.model_copy(update={"relatie": "TG-BUUR"}), "relatie"),
    ],
)
def test_what_a_request_lacks_is_said(
    requests: Requests, actor: Actor, case: str, request_: Request, field: str
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        requests.add(actor, case, request_)
    assert refused.value.field == field
    assert not requests.register(actor)


@pytest.mark.parametrize(
    ("asked", "decision", "field"),
    [
        (SEE, Request(), "besluit"),
        (SEE, Request(besluit="BZ-AFW"), "besluit_reden"),
        (SEE, Request(besluit="BZ-DEELS"), "besluit_reden"),
        (SEE.model_copy(update={"identiteit": ""}), Request(besluit="BZ-TOE"), "identiteit"),
        (DESTROY, Request(besluit="BZ-AFW", besluit_reden="x"), "uitzondering"),
        (DESTROY, Request(besluit="BZ-DEELS", besluit_reden="x"), "besluit"),
        (SEE, Request(besluit="BZ-MAAR"), "besluit"),
        (MOTHERS, Request(besluit="BZ-TOE"), "besluit_reden"),
        (SEE.model_copy(update={"relatie": ""}), Request(besluit="BZ-TOE"), "besluit_reden"),
    ],
)
def test_what_a_decision_lacks_is_said(
    requests: Requests, actor: Actor, case: str, asked: Request, decision: Request, field: str
) -> None:
    entity = requests.add(actor, case, asked)
    with pytest.raises(InvalidInputError) as refused:
        requests.decide(actor, entity, decision)
    assert refused.value.field == field
    assert requests.of(actor, case)[0].request.besluit == ""


def test_it_is_amended_until_it_is_decided(requests: Requests, actor: Actor, case: str) -> None:
    entity = requests.add(actor, case, SEE)
    better = SEE.model_copy(update={"door": "Vader", "besluit": "BZ-TOE"})
    requests.amend(actor, entity, better, ["door", "besluit"])
    [listed] = requests.of(actor, case)
    assert (listed.request.door, listed.request.besluit) == ("Vader", "")
    requests.decide(actor, entity, Request(besluit="BZ-TOE"))
    with pytest.raises(InvalidInputError, match="al besloten"):
        requests.amend(actor, entity, SEE, ["door"])
    with pytest.raises(InvalidInputError, match="al besloten"):
        requests.decide(actor, entity, Request(besluit="BZ-AFW", besluit_reden="x"))


@pytest.mark.parametrize(
    ("came", "told", "due"),
    [
        (date(2026, 11, 2), date(2026, 12, 2), date(2027, 2, 2)),
        (date(2026, 11, 2), date(2026, 12, 3), date(2026, 12, 2)),
        (date(2026, 11, 2), date(2026, 11, 1), date(2026, 12, 2)),
        (date(2026, 11, 30), date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2027, 12, 30), date(2028, 2, 29)),
        (date(2028, 1, 31), date(2028, 2, 29), date(2028, 4, 30)),
        (date(2028, 1, 31), date(2028, 3, 1), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 3, 29), date(2028, 5, 29)),
    ],
)
def test_a_term_is_extended_to_three_months_where_that_was_told_within_one(came: date, told: date, due: date) -> None:
    found = deadline_of(SEE.model_copy(update={"ontvangen_op": came, "verlengd_op": told}), TODAY, Calendar())
    assert found is not None
    assert (found.due, found.code) == (due, "TM-VERLENGD" if due > plus_months(came, 1) else "TM-INZAGE")
    destruction = deadline_of(DESTROY.model_copy(update={"ontvangen_op": came, "verlengd_op": told}), TODAY, Calendar())
    assert destruction is not None
    assert (destruction.due, destruction.code) == (plus_months(came, 3), "TM-VERNIETIGING"), "a clock of its own"


def test_a_request_is_extended_once_and_says_who_was_told_how(requests: Requests, actor: Actor, case: str) -> None:
    entity = requests.add(actor, case, SEE)
    requests.decide(actor, entity, Request(besluit="BZ-TOE"))
    requests.extend(actor, entity, LONGER)
    [listed] = requests.of(actor, case)
    assert listed.deadline is not None
    assert (listed.deadline.code, listed.deadline.due) == ("TM-VERLENGD", date(2027, 2, 2))
    assert (listed.request.verlengd_door, listed.request.besluit) == (actor.name, "BZ-TOE")
    with pytest.raises(InvalidInputError, match="al verlengd"):
        requests.extend(actor, entity, LONGER)
    requests.handle(actor, entity)
    with pytest.raises(InvalidInputError, match="al afgehandeld"):
        requests.extend(actor, entity, LONGER)


@pytest.mark.parametrize(
    ("asked", "more", "field"),
    [
        (SEE, {"verlengd_op": None}, "verlengd_op"),
        (SEE, {"verlengd_op": date(2026, 11, 23)}, "verlengd_op"),
        (SEE, {"verlengd_op": date(2026, 11, 1)}, "verlengd_op"),
        (SEE.model_copy(update={"ontvangen_op": date(2026, 10, 21)}), {}, "verlengd_op"),
        (SEE, {"verlengd_vorm": ""}, "verlengd_vorm"),
        (SEE, {"verlengd_vorm": "CV-DUIF"}, "verlengd_vorm"),
        (SEE, {"verlengd_reden": ""}, "verlengd_reden"),
        (DESTROY, {}, "soort"),
        (SEE.model_copy(update={"soort": Sort.ADD.value}), {}, "soort"),
    ],
)
def test_what_an_extension_lacks_is_said(
    requests: Requests, actor: Actor, case: str, asked: Request, more: dict[str, object], field: str
) -> None:
    entity = requests.add(actor, case, asked)
    with pytest.raises(InvalidInputError) as refused:
        requests.extend(actor, entity, LONGER.model_copy(update=more))
    assert refused.value.field == field
    assert requests.of(actor, case)[0].request.verlengd_op is None


def test_a_refusal_is_the_answer_and_stops_the_clock(requests: Requests, actor: Actor, case: str) -> None:
    entity = requests.add(actor, case, SEE)
    requests.decide(actor, entity, Request(besluit="BZ-AFW", besluit_reden="Een ander komt in gevaar."))
    assert not requests.open_requests(actor)
    [listed] = requests.of(actor, case)
    assert (listed.request.afgehandeld_op, listed.request.besloten_door) == (TODAY, actor.name)


def test_who_does_not_decide_about_the_file_gets_it_for_a_reason(
    requests: Requests, cases: CaseWork, actor: Actor, case: str
) -> None:
    mothers, objection = (
        requests.add(actor, case, MOTHERS.model_copy(update={"soort": sort})) for sort in (Sort.DESTROY, Sort.OBJECT)
    )
    with pytest.raises(InvalidInputError, match="leeftijd of gezag"):
        requests.destroy(actor, case)
    requests.decide(actor, objection, Request(besluit="BZ-TOE"))
    requests.decide(actor, mothers, Request(besluit="BZ-TOE", besluit_reden="Sam wil het ook, zie het briefje."))
    cases.set_field(actor, case, "geboortedatum", "2014-11-22")
    requests.decide(actor, requests.add(actor, case, MOTHERS), Request(besluit="BZ-TOE"))
    again = requests.add(actor, case, MOTHERS.model_copy(update={"soort": Sort.DESTROY}))
    with pytest.raises(InvalidInputError, match="beslist hier ook: jeugdige en andere ouder met gezag"):
        requests.decide(actor, again, Request(besluit="BZ-TOE"))


@pytest.mark.parametrize("granted", [False, True])
def test_what_the_family_withdraws_is_put_away(
    requests: Requests, actor: Actor, case: str, door: Any, *, granted: bool
) -> None:
    entity = requests.add(actor, case, DESTROY.model_copy(update={"identiteit": "paspoort" if granted else ""}))
    if granted:
        requests.decide(actor, entity, Request(besluit="BZ-TOE"))
    requests.decide(actor, entity, Request(besluit="BZ-INTR"))
    assert not requests.open_requests(actor)
    for late in (requests.destroy, requests.certificate):
        with pytest.raises(InvalidInputError, match="ingetrokken door wie het vroeg"):
            late(actor, case)
    with pytest.raises(InvalidInputError, match="al afgehandeld"):
        requests.decide(actor, entity, Request(besluit="BZ-INTR"))
    assert not door.asked


def test_a_correction_says_what_was_changed_in_the_case(
    requests: Requests, cases: CaseWork, actor: Actor, case: str
) -> None:
    entity = requests.add(actor, case, CORRECT)
    with pytest.raises(InvalidInputError, match="Neem eerst een besluit"):
        requests.handle(actor, entity, "x")
    requests.decide(actor, entity, Request(besluit="BZ-TOE"))
    cases.set_field(actor, case, "wensen", "Thuis wonen.")
    with pytest.raises(InvalidInputError, match="wat er in de casus is gewijzigd"):
        requests.handle(actor, entity)
    proposed = requests.corrected(actor, entity)
    assert "Wensen van jeugdige en ouders" in proposed
    requests.handle(actor, entity, proposed)
    [listed] = requests.of(actor, case)
    assert (listed.request.gewijzigd, listed.request.is_open, listed.deadline) == (proposed, False, None)
    with pytest.raises(InvalidInputError, match="al afgehandeld"):
        requests.handle(actor, entity, "x")


def test_a_statement_stays_as_it_was_said(requests: Requests, actor: Actor, case: str) -> None:
    for lacking in (Statement(van="Sam"), Statement(tekst="x"), Statement(van="S", tekst="x", datum=date(2027, 1, 1))):
        with pytest.raises(InvalidInputError):
            requests.state(actor, case, lacking)
    requests.state(actor, case, Statement(van="Sam", relatie="TG-JEUGD", tekst="Dat klopt niet.\nZo was het."))
    [(_, statement)] = requests.statements(actor, case)
    assert (statement.tekst, statement.datum) == ("Dat klopt niet.\nZo was het.", TODAY)


@pytest.mark.parametrize("role", Role)
def test_each_role_may_what_the_table_says(requests: Requests, actor: Actor, case: str, role: Role) -> None:
    other = replace(actor, person="p7", role=role)
    may = role in {Role.SECRETARIS, Role.VOORZITTER, Role.PLAATSVERVANGER, Role.PROCESREGISSEUR, Role.PRIVACY}
    if may:
        requests.add(other, case, SEE)
        assert len(requests.open_requests(other)) == 1
        return
    assert requests.open_requests(other) == ()
    with pytest.raises(NotAllowedError):
        requests.add(other, case, SEE)


def test_one_half_registers_and_grants_and_the_other_gets_the_verklaring(
    requests: Requests, actor: Actor, privacy: Actor, case: str, door: Any
) -> None:
    entity = requests.add(actor, case, DESTROY)
    assert requests.certificate(privacy, case) is None
    requests.destroy(privacy, case)
    [listed] = requests.of(actor, case)
    assert (listed.entity, listed.request.besluit, listed.request.besloten_door) == (entity, "BZ-TOE", privacy.name)
    assert listed.deadline is not None
    asked = AskedErasure(case, (privacy.name,), private=True, mine=False)
    door.status = lambda: ShareStatus("member", erasures=(asked,))
    assert requests.certificate(privacy, case) is None
    made = requests.certificate(actor, case)
    assert made is not None
    assert made.pdf.startswith(b"%PDF")
    assert made.name == f"verklaring van vernietiging {case}.pdf"
    with pytest.raises(InvalidInputError, match="als de casus is vernietigd"):
        requests.handle(actor, entity)


def test_in_a_team_of_one_laptop_a_named_witness_will_do(
    requests: Requests, actor: Actor, context: Context, case: str, door: Any
) -> None:
    requests.add(actor, case, DESTROY)
    for wrong in ("Wil", actor.name, "Sam Lindewater"):
        for act in (requests.destroy, requests.certificate):
            with pytest.raises(InvalidInputError) as refused:
                act(actor, case, wrong)
            assert refused.value.field == "getuige"
    made = requests.certificate(actor, case, "Wil Buurman")
    assert made is not None
    text = " ".join(PdfReader(BytesIO(made.pdf)).pages[0].extract_text().split())
    assert "Getuige Wil Buurman. Dit team werkt op één laptop." in text
    assert requests.destroy(actor, case, "Wil  Buurman").state is share_door.Erasing.DONE
    with context.store.read() as reader:
        assert reader.read_log("", 1)[0].detail == f"{case}, getuige: Wil Buurman"
    door.cards = (share_door.Device("x", "Petra", Role.PRIVACY, actor.team, "AB", (), mine=False, admin=False),)
    with pytest.raises(InvalidInputError, match="heeft meer laptops"):
        requests.destroy(actor, case, "Wil Buurman")


def test_a_case_does_not_go_before_what_was_merged_into_it(
    requests: Requests, cases: CaseWork, context: Context, actor: Actor, case: str, door: Any
) -> None:
    double = cases.record(actor, Case(roepnaam="Sam")).entity
    with context.store.write(author(actor)) as writer:
        writer.write(Kind.CASE, double, {("status", ""): State.WITHDRAWN.value})
        link = Link(casus=case, andere=double, soort=MERGED)
        writer.write(Kind.LINK, context.store.new_entity(), flatten(link))
    requests.add(actor, case, DESTROY)
    asked = AskedErasure(case, ("Petra",), private=True, mine=False)
    door.status = lambda: ShareStatus("member", erasures=(asked,))
    assert requests.certificate(actor, case) is None
    assert requests.destroy(actor, case).state is share_door.Erasing.ASKED
    assert door.asked == [f"erase {double}"]


def test_a_link_that_somebody_else_than_a_chair_wrote_takes_no_case_along(
    requests: Requests, cases: CaseWork, context: Context, actor: Actor, case: str, door: Any
) -> None:
    sister = cases.record(actor, Case(roepnaam="Noor")).entity
    with context.store.write(author(actor)) as writer:
        writer.write(Kind.CASE, sister, {("status", ""): State.CLOSED.value})
    with context.store.write(author(replace(actor, role=Role.SECRETARIS))) as writer:
        link = Link(casus=case, andere=sister, soort=MERGED)
        writer.write(Kind.LINK, context.store.new_entity(), flatten(link))
    requests.destroy(actor, case)
    assert door.asked == [f"erase {case}"]


def test_without_a_request_one_is_registered_and_a_filter_loses_the_name(
    requests: Requests, context: Context, actor: Actor, case: str
) -> None:
    filters = SavedFilters(context)
    for name in ("Lindewater en zo", "Filter 1", "Mijn casussen"):
        filters.keep(actor, Kind.CASE, name, {"status": ["ST-AAN"]})
    assert requests.destroy(actor, case).filters == ("Lindewater en zo",)
    assert [*filters.all(actor, Kind.CASE)] == ["Filter 2", "Filter 1", "Mijn casussen"]
    [listed] = requests.of(actor, case)
    assert (listed.request.soort, listed.request.ontvangen_op, listed.request.besluit) == ("VZ-VERN", TODAY, "BZ-TOE")


def test_what_has_to_be_kept_is_not_destroyed(
    requests: Requests, cases: CaseWork, actor: Actor, case: str, door: Any
) -> None:
    cases.set_field(actor, case, "bewaarplicht_reden", "Er loopt een rechtszaak.")
    for kept in (requests.destroy, requests.certificate):
        with pytest.raises(InvalidInputError, match="moet langer worden bewaard"):
            kept(actor, case)
    cases.set_field(actor, case, "bewaarplicht_reden", "")
    entity = requests.add(actor, case, DESTROY)
    refusal = Request(besluit="BZ-AFW", besluit_reden="Een broer heeft er belang bij.", uitzondering="UV-BELANG")
    requests.decide(actor, entity, refusal)
    with pytest.raises(InvalidInputError, match="is afgewezen"):
        requests.destroy(actor, case)
    assert not [each for each in door.asked if each.startswith("erase")]
    requests.add(actor, case, DESTROY)
    requests.destroy(actor, case)
    assert f"erase {case}" in door.asked


def test_who_asks_must_be_known_before_it_is_granted(requests: Requests, actor: Actor, case: str, door: Any) -> None:
    requests.add(actor, case, DESTROY.model_copy(update={"identiteit": ""}))
    with pytest.raises(InvalidInputError, match="hoe u weet wie het vraagt"):
        requests.destroy(actor, case)
    assert not door.asked


def test_requests_of_hidden_cases_stay_hidden(
    requests: Requests, actor: Actor, case: str, hide: Callable[[str], None]
) -> None:
    requests.add(actor, case, SEE)
    hide(case)
    regisseur = replace(actor, person="p8", role=Role.PROCESREGISSEUR)
    assert not requests.register(regisseur)
    assert len(requests.register(actor)) == 1


@pytest.fixture
def hide(context: Context, actor: Actor) -> Callable[[str], None]:
    """Assigns a case to somebody else."""
    from bren_desktop.services.access import Access

    def hidden(case: str) -> None:
        Access(context, tuple).assign(actor, [case], ["p99"], [])

    return hidden


@pytest.mark.parametrize(("decision", "goes"), [("", False), ("BZ-TOE", False), ("BZ-AFW", True)])
def test_who_objects_to_research_stays_out_of_it(
    requests: Requests, context: Context, cases: CaseWork, actor: Actor, tmp_path: Path, decision: str, goes: bool
) -> None:
    case = cases.record(actor, Case(geboortedatum=date(2005, 5, 1))).entity
    for purpose in ("TD-D", "TD-E"):
        consent = Consent(doelen=(purpose,), gevers=("TG-JEUGD",), gegeven_op=TODAY, vorm="TV-SCHR")
        Consents(context).add(actor, case, consent)
    exporting = Exporting(context, write_table)
    assert exporting.share(actor, "TD-D", tmp_path / "voor.jsonl").exported == 1
    entity = requests.add(actor, case, SEE.model_copy(update={"soort": Sort.OBJECT.value}))
    if decision:
        requests.decide(actor, entity, Request(besluit=decision, besluit_reden="Het is niet herleidbaar."))
    assert exporting.share(actor, "TD-D", tmp_path / "na.jsonl").exported == int(goes)
    assert exporting.share(actor, "TD-E", tmp_path / "elders.jsonl").exported == 1
