"""Cases that belong together: both show it, to who may see both."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.doubles import MERGED
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import InvalidInputError, NotFoundError
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context, author
from bren_desktop.services.links import Links
from bren_desktop.services.sync_ports import SyncStore
from tests.delivery import exchanged


@pytest.fixture
def links(twins: tuple[Context, Context]) -> Links:
    return Links(twins[0])


@pytest.fixture
def pair(twins: tuple[Context, Context], chair: Actor) -> tuple[str, str]:
    """Two cases on both laptops."""
    cases = CaseWork(twins[0])
    entities = [cases.record(chair, Case(roepnaam=name, achternaam="Lindewater")).entity for name in ("An", "Bo")]
    travel(twins)
    return entities[0], entities[1]


def travel(twins: tuple[Context, Context]) -> None:
    mine, theirs = (cast("SyncStore", each.store) for each in twins)
    exchanged(mine, theirs)
    exchanged(theirs, mine)


def words(links: Links, actor: Actor, case: str) -> list[tuple[str, str]]:
    return [(each.row.initials, each.words) for each in links.of(actor, case)]


def test_both_cases_show_it(links: Links, chair: Actor, pair: tuple[str, str]) -> None:
    links.add(chair, pair[0], pair[1], "SV-EERDER")
    assert words(links, chair, pair[0]) == [("B. L.", "eerdere casus van dezelfde jeugdige")]
    assert words(links, chair, pair[1]) == [("A. L.", "latere casus van dezelfde jeugdige")]


def test_once_ended_neither_shows_it_and_it_may_begin_anew(links: Links, chair: Actor, pair: tuple[str, str]) -> None:
    links.end(chair, links.add(chair, pair[0], pair[1], "SV-BRZ"))
    assert [words(links, chair, each) for each in pair] == [[], []]
    links.add(chair, pair[1], pair[0], "SV-ADRES")
    assert words(links, chair, pair[0]) == [("B. L.", "woont op hetzelfde adres")]


def test_what_makes_no_sense_is_refused(links: Links, chair: Actor, pair: tuple[str, str]) -> None:
    links.add(chair, pair[0], pair[1], "SV-BRZ")
    for case, other, kind in ((pair[0], pair[0], "SV-BRZ"), (pair[1], pair[0], "SV-BRZ"), (pair[0], pair[1], "")):
        with pytest.raises(InvalidInputError):
            links.add(chair, case, other, kind)
    with pytest.raises(InvalidInputError, match="voegt de voorzitter ze samen"):
        links.add(chair, *pair, MERGED)
    with pytest.raises(NotFoundError):
        links.add(chair, pair[0], "BREN-HGL-2026-AA0999", "SV-BRZ")


def test_two_that_link_at_once_show_each_case_once(
    twins: tuple[Context, Context], links: Links, chair: Actor, secretary: Actor, pair: tuple[str, str]
) -> None:
    theirs = Links(twins[1])
    links.add(chair, pair[0], pair[1], "SV-BRZ")
    theirs.add(secretary, pair[1], pair[0], "SV-BRZ")
    travel(twins)
    for each in (links, theirs):
        assert words(each, chair, pair[0]) == [("B. L.", "broer of zus")]
    assert twins[0].store.state_hash() == twins[1].store.state_hash()


def test_a_case_that_one_may_not_see_is_not_named(
    twins: tuple[Context, Context], links: Links, chair: Actor, member: Actor, pair: tuple[str, str]
) -> None:
    links.add(chair, pair[0], pair[1], "SV-BRZ")
    third = CaseWork(twins[0]).record(chair, Case(roepnaam="Cas")).entity
    links.add(chair, third, pair[1], "SV-ADRES")
    with twins[0].store.write(author(chair)) as writer:
        for entity, person in ((pair[0], "p-ander"), (pair[1], member.person), (third, member.person)):
            writer.write(Kind.CASE, entity, {("toegewezen", person): True})
    assert words(links, replace(member, role=Role.LID), pair[1]) == [("C.", "woont op hetzelfde adres")]
