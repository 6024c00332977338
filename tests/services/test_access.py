"""Assigning cases, opening one in an emergency, and judging that afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import InvalidInputError, NotAllowedError, NotAssignedError, NotFoundError
from bren_desktop.services.access import Access, Colleague
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context
from bren_desktop.services.readlog import ReadLog
from bren_desktop.services.share_door import Away, Device
from bren_desktop.services.team import TeamSettings

REASON = "De moeder belt in paniek."
TODAY = date(2026, 11, 22)


def card(name: str, role: Role, person: str, *, team: str = "HGL", away: Away | None = None) -> Device:
    spaces = ("network", team)
    return Device(person * 5, name, role, team, "AB", spaces, mine=False, admin=False, away=away, person=person)


@pytest.fixture
def regisseur(actor: Actor) -> Actor:
    return replace(actor, person="p4", name="Rik Voorbeeld", role=Role.PROCESREGISSEUR, device="AD")


@pytest.fixture
def privacy(actor: Actor) -> Actor:
    return replace(actor, person="p5", name="Petra Voorbeeld", role=Role.PRIVACY)


@pytest.fixture
def access(context: Context) -> Access:
    return Access(context, tuple)


@pytest.fixture
def case(cases: CaseWork, access: Access, actor: Actor) -> str:
    """A case that is assigned to somebody of whom no test is about."""
    entity = cases.record(actor, Case(extern_id="c", achternaam="Zeekraal")).entity
    access.assign(actor, [entity], ["p9"], [])
    return entity


def test_the_colleagues_are_those_of_the_team_who_read_cases(context: Context, actor: Actor) -> None:
    cards = (
        card("Bea", Role.LID, "p6"),
        card("Ali", Role.PROCESREGISSEUR, "p7"),
        card("Ali", Role.PROCESREGISSEUR, "p7", away=Away.LOST),
        card("Weg", Role.LID, "p8", away=Away.LEFT),
        card("Ict", Role.IT, "p10"),
        card("Elders", Role.LID, "p11", team="MHO"),
    )
    found = Access(context, lambda: cards).colleagues(actor)
    assert [(one.name, one.gone, one.sees_all) for one in found] == [
        ("Ali", False, False),
        ("Bea", False, False),
        ("Vera Voorbeeld", False, True),
        ("Weg", True, False),
    ]
    assert found[0] == Colleague("p7", "Ali", Role.PROCESREGISSEUR)


def test_a_team_is_led_by_its_one_chair(context: Context, actor: Actor) -> None:
    second = card("Ali", Role.VOORZITTER, "p7"), card("Weg", Role.VOORZITTER, "p8", away=Away.LEFT)
    secretary = replace(actor, role=Role.SECRETARIS)
    assert Access(context, lambda: second).chair(secretary) == Colleague("p7", "Ali", Role.VOORZITTER)
    assert Access(context, tuple).chair(secretary) is None
    several = Access(context, lambda: (*second, card("Bea", Role.VOORZITTER, "p6")))
    assert several.chair(secretary) is None, "nobody knows which of them leads the table"
    assert several.chair(actor) == Colleague(actor.person, actor.name, Role.VOORZITTER)


def test_a_new_laptop_brings_back_who_had_left(context: Context, actor: Actor) -> None:
    cards = card("Bea", Role.LID, "p6", away=Away.LOST), card("Bea", Role.LID, "p6")
    assert not Access(context, lambda: cards).colleagues(actor)[0].gone


def test_who_is_assigned_sees_and_others_do_not(
    cases: CaseWork, access: Access, actor: Actor, member: Actor, case: str
) -> None:
    with pytest.raises(NotAssignedError):
        cases.open(member, case)
    access.assign(actor, [case], [member.person], ["p9", "nobody"])
    assert cases.open(member, case).case.toegewezen == (member.person,)
    access.assign(actor, [case], [], [member.person])
    assert cases.open(member, case).case.toegewezen == ()


def test_assigning_leaves_what_others_assigned(access: Access, actor: Actor, case: str) -> None:
    access.assign(actor, [case], ["p6"], [])
    assert access.assigned(actor, [case]) == {case: ("p6", "p9")}


def test_only_the_office_assigns(cases: CaseWork, access: Access, regisseur: Actor, case: str, actor: Actor) -> None:
    with pytest.raises(NotAllowedError):
        access.assign(regisseur, [case], [regisseur.person], [])
    with pytest.raises(NotAllowedError):
        cases.record(regisseur, Case(toegewezen=(regisseur.person,)))
    other = cases.record(actor, Case(toegewezen=(regisseur.person,))).entity
    cases.amend(regisseur, other, Case(wensen="x", toegewezen=("p9",)))
    assert cases.open(regisseur, other).case.toegewezen == (regisseur.person,)


def test_of_a_strict_team_a_procesregisseur_records_no_case_that_nobody_would_show_him(
    context: Context, cases: CaseWork, actor: Actor, secretary: Actor, regisseur: Actor
) -> None:
    team = TeamSettings(context)
    strict = team.get(actor).model_copy(update={"alleen_toegewezen": True})
    with pytest.raises(NotAllowedError):
        team.save(secretary, strict)
    team.save(actor, strict)
    with pytest.raises(NotAllowedError, match="secretaris"):
        cases.record(regisseur, Case())
    entity = cases.record(secretary, Case(toegewezen=(regisseur.person,))).entity
    assert cases.open(regisseur, entity).entity == entity


def test_a_refusal_is_logged_and_shows_nothing(
    context: Context, cases: CaseWork, actor: Actor, member: Actor, case: str
) -> None:
    with pytest.raises(NotAssignedError, match="noodtoegang"):
        cases.open(member, "c")
    entry = ReadLog(context).entries(actor, case)[0]
    assert (entry.action, entry.person) == ("geweigerd", member.person)


def test_emergency_access_opens_for_that_person_alone(
    context: Context, cases: CaseWork, access: Access, actor: Actor, member: Actor, regisseur: Actor, case: str
) -> None:
    assert access.open_in_emergency(member, "c", f"  {REASON} ") == case
    opened = cases.open(member, case)
    assert (opened.case.achternaam, opened.read_only, opened.left) == ("Zeekraal", True, False)
    assert not cases.open(actor, case).read_only
    assert access.lasts_until(member, case) == date(2026, 11, 23)
    with pytest.raises(NotAssignedError):
        cases.open(regisseur, case)
    entries = [(one.action, one.detail) for one in ReadLog(context).entries(actor, case) if one.person == member.person]
    assert entries == [("lezen", ""), ("noodtoegang", "")]
    (use,) = access.emergencies(actor)
    assert (use.case, use.record.reden, use.record.naam, use.record.op) == (case, REASON, member.name, TODAY)


@pytest.mark.parametrize("reason", ["", "   ", "spoed"])
def test_a_reason_is_a_sentence(access: Access, member: Actor, case: str, reason: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        access.open_in_emergency(member, case, reason)
    assert refused.value.field == "reden"


def test_what_is_open_needs_no_emergency(access: Access, cases: CaseWork, actor: Actor, member: Actor) -> None:
    entity = cases.record(actor, Case()).entity
    for who in (member, actor):
        with pytest.raises(InvalidInputError, match="al voor u open"):
            access.open_in_emergency(who, entity, REASON)
        assert access.lasts_until(who, entity) is None
    with pytest.raises(NotFoundError):
        access.open_in_emergency(member, "nergens", REASON)


def test_who_gets_assigned_needs_the_emergency_no_more(access: Access, actor: Actor, member: Actor, case: str) -> None:
    access.open_in_emergency(member, case, REASON)
    access.assign(actor, [case], [member.person], [])
    assert access.lasts_until(member, case) is None


@pytest.mark.parametrize("role", [Role.PROJECTLEIDER, Role.IT])
def test_who_reads_no_cases_opens_none_in_an_emergency(access: Access, actor: Actor, case: str, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        access.open_in_emergency(replace(actor, person="p7", role=role), case, REASON)


def test_another_judges_it_once(access: Access, actor: Actor, privacy: Actor, member: Actor, case: str) -> None:
    access.open_in_emergency(member, case, REASON)
    (use,) = access.to_review(privacy)
    with pytest.raises(NotAllowedError, match="zelf"):
        access.review(replace(privacy, person=member.person), use.entity, "Prima.")
    with pytest.raises(InvalidInputError):
        access.review(privacy, use.entity, "  ")
    access.review(privacy, use.entity, " Terecht. ")
    judged = access.emergencies(actor)[0].record
    assert (judged.oordeel, judged.beoordeeld_door, judged.beoordeeld_op) == ("Terecht.", privacy.name, TODAY)
    with pytest.raises(NotAllowedError, match="al beoordeeld"):
        access.review(actor, use.entity, "Onterecht.")
    assert not access.to_review(privacy)


def test_what_waits_stands_first(access: Access, cases: CaseWork, actor: Actor, member: Actor, case: str) -> None:
    access.open_in_emergency(member, case, REASON)
    access.review(actor, access.to_review(actor)[0].entity, "Terecht.")
    other = cases.record(actor, Case()).entity
    access.assign(actor, [other], ["p9"], [])
    access.open_in_emergency(member, other, REASON)
    assert [(use.case, use.is_reviewed) for use in access.emergencies(actor)] == [(other, False), (case, True)]


def test_its_history_tells_of_it(cases: CaseWork, access: Access, actor: Actor, member: Actor, case: str) -> None:
    access.open_in_emergency(member, case, REASON)
    access.review(actor, access.to_review(actor)[0].entity, "Terecht.")
    told = [event.text for event in cases.timeline(actor, case) if event.kind == Kind.EMERGENCY_ACCESS]
    assert told == ["Noodtoegang beoordeeld.", "Noodtoegang gebruikt."]
