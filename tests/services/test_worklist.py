"""The werkvoorraad through a real store: what waits, for whom, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.experts import Expert
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context
from bren_desktop.services.drafts import Drafts
from bren_desktop.services.pool import Pool
from bren_desktop.services.worklist import Worklist, WorkReason

COMPLETE = {
    "datum_aanmelding": date(2026, 11, 1),
    "verwijzer": "VW-GI",
    "verwijzer_naam": "Mw. Verzonnen",
    "hulpvraag": "Wie kan meedenken?",
    "vastloopredenen": ("VR-1",),
    "toestemming_status": "TS-JA",
    "regio": "JZ24",
}


def _case(**fields: object) -> Case:
    return Case.model_validate({**COMPLETE, "geboortedatum": date(2014, 1, 1), **fields})


@pytest.mark.parametrize(
    ("born", "waits"),
    [
        (date(2008, 11, 21), False),
        (date(2008, 11, 22), True),
        (date(2009, 5, 22), True),
        (date(2009, 5, 23), False),
    ],
)
def test_turning_18_waits_from_half_a_year_before_until_the_day(
    context: Context, actor: Actor, born: date, waits: bool
) -> None:
    CaseWork(context).record(actor, _case(geboortedatum=born))
    reasons = [item.reasons for item in Worklist(context).entries(actor)]
    assert reasons == ([(WorkReason.TURNS_18,)] if waits else [])


def test_one_line_per_case_with_every_reason_most_pressing_first(context: Context, actor: Actor) -> None:
    CaseWork(context).record(actor, _case(urgentie="UR-CRISIS", geboortedatum=date(2009, 1, 1)))
    (item,) = Worklist(context).entries(actor)
    assert item.reasons == (WorkReason.CRISIS, WorkReason.TURNS_18)
    assert item.day == date(2027, 1, 1)


def test_a_concept_names_what_aanmelding_misses(context: Context, actor: Actor) -> None:
    CaseWork(context).record(actor, _case(hulpvraag="", toestemming_status=""))
    (item,) = Worklist(context).entries(actor)
    assert item.reasons == (WorkReason.INCOMPLETE,)
    assert set(item.missing) == {"hulpvraag", "toestemming_status"}


def test_a_profile_waits_after_a_year_or_when_never_checked(context: Context, actor: Actor) -> None:
    Pool(context).record_all(
        actor,
        [
            Expert(naam="Nooit"),
            Expert(naam="Lang geleden", profiel_gecontroleerd=date(2025, 11, 1)),
            Expert(naam="Pas nog", profiel_gecontroleerd=date(2026, 1, 1)),
        ],
    )
    assert {item.title for item in Worklist(context).entries(actor)} == {"Nooit", "Lang geleden"}


def test_a_draft_is_named_after_what_it_changes(context: Context, actor: Actor) -> None:
    opened = CaseWork(context).record(actor, _case(roepnaam="Noor", achternaam="Voorbeeld"))
    Drafts(context).keep(actor, f"casus:{opened.entity}", {"hulpvraag": "anders"})
    Drafts(context).keep(actor, "intake:1", {"hulpvraag": "nieuw"})
    titles = {item.draft: item.title for item in Worklist(context).entries(actor)}
    assert titles == {f"casus:{opened.entity}": f"{opened.case.nummer} · N. V.", "intake:1": ""}


@pytest.mark.parametrize("role", [Role.IT, Role.PROJECTLEIDER])
def test_a_role_sees_only_what_it_may_read(context: Context, actor: Actor, role: Role) -> None:
    CaseWork(context).record(actor, _case(urgentie="UR-CRISIS"))
    Drafts(context).keep(actor, "intake:1", {})
    assert not Worklist(context).entries(replace(actor, role=role))
