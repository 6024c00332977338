"""What is logged besides the opening of a case: sittings of lists and searches, and what leaves the store."""

from __future__ import annotations

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context
from bren_desktop.services.readlog import Leaving, ReadLog
from bren_desktop.services.rows import CaseFilter, Page
from bren_desktop.services.search import Search


def actions(context: Context, actor: Actor, entity: str) -> list[tuple[str, str]]:
    return [(entry.action, entry.detail) for entry in ReadLog(context).entries(actor, entity)]


def test_a_sitting_of_searching_or_leafing_is_logged_once(context: Context, cases: CaseWork, chair: Actor) -> None:
    cases.record(chair, Case(achternaam="Zeekraal"))
    search = Search(context)
    for typed in ("z", "ze", "zee", "zeekr"):
        search.find(chair, typed)
    search.find(chair, "niemand heet zo")
    for offset in (0, 0, 100):
        cases.page(chair, CaseFilter(), Page(offset))
    assert actions(context, chair, "") == [("lijst bekijken", ""), ("zoeken", "")]


def test_a_search_without_a_case_is_not_a_reading(context: Context, cases: CaseWork, chair: Actor) -> None:
    cases.record(chair, Case(achternaam="Zeekraal"))
    Search(context).find(chair, "onvindbaar")
    assert actions(context, chair, "") == []


def test_paper_and_files_are_logged_with_their_kenmerk(context: Context, cases: CaseWork, chair: Actor) -> None:
    case = cases.record(chair, Case()).entity
    ReadLog(context).note_leaving(chair, case, Leaving.PRINTED, "BREN-HGL-2026-AA0001/B01")
    assert actions(context, chair, case) == [("afdrukken", "BREN-HGL-2026-AA0001/B01")]
