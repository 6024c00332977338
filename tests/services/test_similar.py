"""Earlier cases like this one: what they share, what came of them, and who sees them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.advice import Advice, PointRow
from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Closing, Lesson
from bren_desktop.domain.doubles import MERGED
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.links import Link
from bren_desktop.domain.rights import Right
from bren_desktop.services import below
from bren_desktop.services.access import Access
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context
from bren_desktop.services.doubles import Doubles
from bren_desktop.services.similar import Similar
from bren_desktop.services.understanding import Understanding

TODAY = date(2026, 11, 22)
SLEEPLESS = Case(omschrijving="Zij slaapt niet en heeft anorexia.", leeftijd=15, roepnaam="Noor", achternaam="Vlier")
TOGETHER = SLEEPLESS.model_copy(update={"roepnaam": "Mila", "achternaam": "Es"})
YOUNGER = SLEEPLESS.model_copy(update={"leeftijd": 7, "roepnaam": "Bo", "achternaam": "Iep"})
OTHER = Case(omschrijving="Complexe scheiding, ouders procederen over de omgang.", leeftijd=15, roepnaam="Jip")


@pytest.fixture
def cases(context: Context, chair: Actor) -> dict[str, str]:
    """Four cases by the name of the young person, all of them read."""
    found = {
        case.roepnaam: CaseWork(context).record(chair, case).entity for case in (OTHER, YOUNGER, TOGETHER, SLEEPLESS)
    }
    Understanding(context).catch_up(chair, 100)
    return found


def _found(context: Context, actor: Actor, case: str) -> list[str]:
    return [one.row.initials for one in Similar(context).to(actor, case)]


def test_the_most_alike_comes_first_and_never_the_case_itself(
    context: Context, chair: Actor, cases: dict[str, str]
) -> None:
    assert _found(context, chair, cases["Noor"]) == ["M. E.", "B. I."]
    assert _found(context, chair, cases["Jip"]) == []
    shared = Similar(context).to(chair, cases["Noor"])[0].shared
    assert "anorexia nervosa" in shared or "anorexia" in shared


def test_an_age_by_birth_date_counts_as_one_that_is_stated(context: Context, chair: Actor) -> None:
    def born(name: str, year: int) -> str:
        born_on = {"leeftijd": None, "roepnaam": name, "geboortedatum": date(year, 1, 1)}
        return CaseWork(context).record(chair, SLEEPLESS.model_copy(update=born_on)).entity

    asked, _, _ = born("Noor", 2011), born("Oud", 2012), born("Jong", 2019)
    Understanding(context).catch_up(chair, 9)
    assert [(one.row.initials, one.age) for one in Similar(context).to(chair, asked)] == [("O. V.", 14), ("J. V.", 7)]


def test_what_is_of_a_criminal_law_kind_is_not_named(context: Context, chair: Actor) -> None:
    text = "Hij heeft autisme, jeugdreclassering en zat in jeugddetentie."
    first, _ = (CaseWork(context).record(chair, Case(omschrijving=text)).entity for _ in range(2))
    Understanding(context).catch_up(chair, 9)
    (found,) = Similar(context).to(chair, first)
    assert "autisme" in found.shared
    assert not any(word in "; ".join(found.shared) for word in ("reclassering", "detentie", "forensisch"))


def test_it_tells_what_was_advised_and_what_came_of_it(context: Context, chair: Actor, cases: dict[str, str]) -> None:
    point = PointRow(id="1", wat="Begin met herstel van   het slaapritme.", eigenaar="de huisarts")
    for kind, record in (
        (Kind.ADVICE, Advice(punten=(point,), vrijgegeven_op=TODAY)),
        (Kind.ADVICE, Advice(punten=(PointRow(id="1", wat="Een concept."),))),
        (Kind.CLOSING, Closing(resultaat="RS-DEELS", bevestigd_op=TODAY, bevestigd_door_id="p7")),
        (Kind.LESSON, Lesson(tekst="Eerst slapen, dan praten.")),
    ):
        below.file(context, chair, Right.FOLLOW_UP, kind, cases["Mila"], record)
    told = Similar(context).to(chair, cases["Noor"])[0]
    assert told.advised == ("Begin met herstel van het slaapritme.",)
    assert (told.result, told.lessons) == ("deels opgelost", ("Eerst slapen, dan praten.",))
    with context.store.read() as reader:
        assert "vergelijken" in [line.action for line in reader.read_log(cases["Mila"], 10)]


def test_its_double_is_left_out_and_nothing_that_somebody_only_calls_one(
    context: Context, chair: Actor, cases: dict[str, str]
) -> None:
    Doubles(context).merge(chair, cases["Noor"], cases["Mila"], {})
    Understanding(context).catch_up(chair, 100)
    link = Link(andere=cases["Bo"], soort=MERGED)
    below.file(context, replace(chair, role=Role.SECRETARIS), Right.EDIT_CASE, Kind.LINK, cases["Noor"], link)
    assert [_found(context, chair, cases[name]) for name in ("Noor", "Mila")] == [["B. I."], ["B. I."]]


def test_only_cases_that_the_actor_may_see(context: Context, chair: Actor, cases: dict[str, str]) -> None:
    Access(context, lambda: ()).assign(chair, [cases["Noor"], cases["Bo"]], ["p9"], [])
    Access(context, lambda: ()).assign(chair, [cases["Mila"]], ["p8"], [])
    Understanding(context).catch_up(chair, 100)
    member = replace(chair, person="p9", role=Role.LID)
    assert _found(context, member, cases["Noor"]) == ["B. I."]
