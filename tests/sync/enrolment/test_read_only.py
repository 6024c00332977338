"""What a laptop holds of a team that it is out of: read and erased, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bren_desktop.documents.renderer import Documents
from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.letters import LetterRequest
from bren_desktop.domain.records import ContactMoment
from bren_desktop.errors import ReadOnlyError
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import author
from bren_desktop.services.dossier import Dossier
from bren_desktop.services.exporting import Exporting
from bren_desktop.services.letters import Letters
from bren_desktop.services.pool import Pool
from bren_desktop.services.rows import CaseFilter, Page
from bren_desktop.services.share_door import Away, Erasing
from bren_desktop.services.sync_ports import Standing
from bren_desktop.services.team import TeamSettings
from bren_desktop.services.work_items import WorkReason
from bren_desktop.services.worklist import Worklist
from bren_desktop.sync.enrolment.desk import ShareAwayError
from bren_desktop.sync.format.names import Paths, byte_id

if TYPE_CHECKING:
    from tests.sync.laptops import Joining, Laptop


@pytest.fixture
def noor(vera: Laptop, join: Joining) -> Laptop:
    """A colleague who was taken out, with a case and an expert that she had."""
    laptop = join("Noor de Wit")
    vera.add_case(hulpvraag="samen gezien", urgentie="UR-CRISIS", status="ST-AAN")
    vera.add_expert(naam="Pareltje Puntje")
    vera.sync()
    laptop.sync(2)
    vera.sync()
    (device,) = (device.id for device in vera.door.devices() if not device.mine)
    vera.door.revoke(vera.actor, device, Away.REVOKED)
    laptop.sync()
    return laptop


def only_case(laptop: Laptop) -> str:
    (entity,) = laptop.cases()
    return entity


def test_it_is_shown_as_read_only_and_waits_for_nobody(vera: Laptop, noor: Laptop) -> None:
    for laptop, shut in ((vera, False), (noor, True)):
        work = CaseWork(laptop.context)
        (row,) = work.page(laptop.actor, CaseFilter(), Page())
        assert row.read_only is shut
        assert work.open(laptop.actor, row.entity).read_only is shut
        (expert,) = laptop.all(Kind.EXPERT)
        assert Pool(laptop.context).open(laptop.actor, expert).read_only is shut
        assert any(item.entity == row.entity for item in Worklist(laptop.context).entries(laptop.actor)) is not shut


def test_neither_a_draft_of_it_nor_its_stale_profiles_are_work(vera: Laptop, noor: Laptop) -> None:
    for laptop, waits in ((vera, True), (noor, False)):
        laptop.clock.ms += 3 * 365 * 24 * 60 * 60 * 1000
        case = only_case(laptop)
        with laptop.store.write(author(laptop.actor)) as writer:
            writer.put_draft(f"{Kind.CASE.value}:{case}", "getypt")
        items = Worklist(laptop.context).entries(laptop.actor)
        for reason in (WorkReason.DRAFT, WorkReason.STALE):
            assert any(item.reason is reason for item in items) is waits


def test_nothing_of_it_is_changed_and_nothing_is_added(noor: Laptop) -> None:
    case, work = only_case(noor), CaseWork(noor.context)
    (expert,) = noor.all(Kind.EXPERT)
    before = noor.case(case)
    for change in (
        lambda: work.set_field(noor.actor, case, "hulpvraag", "anders"),
        lambda: work.record(noor.actor, Case(hulpvraag="nieuw")),
        lambda: Dossier(noor.context).add_contact(noor.actor, case, ContactMoment(tekst="gebeld")),
        lambda: Pool(noor.context).amend(noor.actor, expert, Expert(naam="Anders")),
    ):
        with pytest.raises(ReadOnlyError, match="niet wijzigen"):
            change()
    assert noor.cases() == {case: before}


def test_it_goes_into_no_letter_and_no_export(noor: Laptop, tmp_path: Path) -> None:
    (expert,), case = noor.all(Kind.EXPERT), only_case(noor)
    letters = Letters(noor.context, Documents(), TeamSettings(noor.context))
    with pytest.raises(ReadOnlyError, match="brief"):
        letters.prepare(noor.actor, case, expert, LetterRequest())
    with pytest.raises(ReadOnlyError, match="brief"):
        letters.case_sheet(noor.actor, case)
    exporting = Exporting(noor.context, lambda *_: pytest.fail("written"))
    for kind in (Kind.CASE, Kind.EXPERT):
        with pytest.raises(ReadOnlyError, match="exporteren"):
            exporting.export(noor.actor, kind, tmp_path / "uit.csv")


def test_the_copy_is_erased_by_one_person_and_the_team_keeps_its_own(vera: Laptop, noor: Laptop) -> None:
    case = only_case(noor)
    with noor.store.look() as rows:
        space = str(rows.space_of(Kind.CASE, case))
    bundles = Paths(byte_id(space)).bundles
    assert any(path.startswith(bundles) for path in noor.mirror.files)
    assert noor.door.erase(noor.actor, case) is Erasing.DONE
    assert not noor.cases()
    assert not any(path.startswith(bundles) for path in noor.mirror.files)
    vera.sync()
    assert vera.questions() == ["samen gezien"]


def test_a_copy_is_erased_without_the_share_also_by_a_member_of_another_space(vera: Laptop, join: Joining) -> None:
    noor = join("Noor de Wit")
    (device,) = (device.id for device in vera.door.devices() if not device.mine)
    vera.add_case(hulpvraag="van het team")
    vera.door.protect(vera.actor, vera.add_case(hulpvraag="beschermd"), [device])
    ali = join("Ali Alvast", Role.PLAATSVERVANGER)
    for laptop in (noor, vera, ali):
        laptop.sync(2)
    ali.door.revoke(ali.actor, device, Away.REVOKED)
    noor.sync()
    with noor.store.look() as rows:
        inside = {space.id for space in rows.spaces() if space.standing is Standing.MEMBER}
        protected = {case for case in noor.cases() if rows.space_of(Kind.CASE, case) in inside}
    copies = noor.cases().keys() - protected
    assert (len(protected), len(copies)) == (1, 2)
    noor.share.troubles.away = True
    with pytest.raises(ShareAwayError):
        noor.door.erase(noor.actor, *protected)
    assert {noor.door.erase(noor.actor, case) for case in copies} == {Erasing.DONE}
    assert noor.cases().keys() == protected


def test_the_status_says_what_is_to_be_done_with_it(vera: Laptop, noor: Laptop) -> None:
    assert any("uit Jeugdnetwerk Zuid en HGL" in sentence for sentence in noor.door.status().warnings)
    assert not vera.door.status().warnings


def test_versions_that_nobody_here_may_settle_are_not_counted(vera: Laptop, join: Joining) -> None:
    noor = join("Noor de Wit")
    case = vera.add_case(hulpvraag="begin")
    vera.sync()
    noor.sync(2)
    vera.sync()
    noor.amend(case, hulpvraag="van Noor")
    vera.amend(case, hulpvraag="van Vera")
    vera.sync()
    assert noor.sync().conflicts == 1
    (device,) = (device.id for device in vera.door.devices() if not device.mine)
    vera.door.revoke(vera.actor, device, Away.REVOKED)
    assert noor.sync(2).conflicts == 0
