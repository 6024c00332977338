"""Two laptops and a folder: what one writes, the other gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bren_desktop.domain.entities import Kind

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew


def test_what_one_writes_the_other_gets(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    case = anna.case(roepnaam="Sam", hulpvraag="Waar kan dit gezin terecht?")

    sent = anna.cycle()
    got = bert.cycle()

    assert (sent.published, got.received) == (1, 1)
    assert bert.values(case)["roepnaam"] == "Sam"
    assert bert.state() == anna.state()
    assert got.touched == {(Kind.CASE.value, case)}
    assert not got.troubles


def test_two_versions_are_kept_until_somebody_settles(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    case = anna.case(roepnaam="Sam")
    crew.settle(2)
    anna.write(Kind.CASE, case, roepnaam="Sem")
    bert.write(Kind.CASE, case, roepnaam="Sammie")
    crew.settle(2)

    assert anna.conflicts(case) == bert.conflicts(case) == {"roepnaam"}
    assert bert.cycle().conflicts == 1

    bert.write(Kind.CASE, case, roepnaam="Sem")
    crew.settle(2)
    assert anna.conflicts(case) == set()
    assert anna.state() == bert.state()
