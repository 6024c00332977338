"""Nobody can get in any more: with both recovery files a new profile has the cases, and the share is as it was."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import UserFacingError
from bren_desktop.services.context import author
from bren_desktop.services.share_door import Away, Erasing, InviteTo
from bren_desktop.services.sync_ports import SpaceKind, Standing
from bren_desktop.services.weighing import DELIVERED, Weighing
from bren_desktop.sync.engine import access, attachments, fetch
from bren_desktop.sync.enrolment import recovering
from bren_desktop.sync.enrolment.desk import DiskError
from bren_desktop.sync.enrolment.founding import found
from bren_desktop.sync.enrolment.recovering import new_recovery_key
from bren_desktop.sync.enrolment.salvaging import NotEmptyError
from bren_desktop.sync.transport.share import RefusedError

if TYPE_CHECKING:
    from tests.sync.doubles import MemoryStore
    from tests.sync.laptops import Laptop, NewLaptop

PDF = b"%PDF-1.7 verzonden"
NEAR = {**DELIVERED, "expertise": DELIVERED["expertise"] - 20, "regio": DELIVERED["regio"] + 20}


class Lost(NamedTuple):
    """A network of which every laptop is gone: the two files that are left, and what there was."""

    halves: tuple[bytes, bytes]
    numbers: dict[str, str]


@pytest.fixture
def founder(new_laptop: NewLaptop) -> Laptop:
    return new_laptop("Vera Voorbeeld")


@pytest.fixture
def lost(founder: Laptop, new_laptop: NewLaptop) -> Lost:
    halves = founder.make_recovery()
    Weighing(founder.context).settle(founder.actor, NEAR)
    founder.create()
    founder.add_expert(naam="Pareltje Puntje", extern_id="PAR-1")
    case = founder.add_case(hulpvraag="van vroeger", extern_id="DOS-1")
    founder.write(Kind.CONTACT, {("casus", ""): case, ("tekst", ""): "gebeld"})
    with founder.store.write(author(founder.actor)) as writer:
        digest = writer.put_attachment(PDF)
        writer.write(Kind.DOCUMENT, founder.store.new_entity(), {("casus", ""): case, ("pdf", ""): digest})
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    noor.enter(founder)
    noor.add_case(hulpvraag="van Noor")
    noor.sync(2)
    founder.sync(2)
    (gone,) = (device.id for device in founder.door.devices() if not device.mine)
    founder.door.revoke(founder.actor, gone, Away.LOST)
    founder.add_case(hulpvraag="na de nieuwe sleutel")
    founder.sync()
    return Lost(halves, {case.hulpvraag: case.nummer for case in founder.cases().values()})


@pytest.fixture
def newcomer(lost: Lost, new_laptop: NewLaptop) -> Laptop:
    return new_laptop("Bram Nieuw")


def recovered(laptop: Laptop, lost: Lost, *, protected: bool = False) -> tuple[int, int, int]:
    from tests.sync.laptops import PLACE

    found = laptop.door.recover(laptop.actor, PLACE, lost.halves, protected=protected)
    assert (found.held, found.missing) == (0, 0)
    return found.cases, found.experts, found.protected


def test_everything_is_readable_again_under_its_own_number(lost: Lost, newcomer: Laptop) -> None:
    assert recovered(newcomer, lost) == (3, 1, 0)
    assert {case.hulpvraag: case.nummer for case in newcomer.cases().values()} == lost.numbers
    assert [values["naam", ""] for values in newcomer.all(Kind.EXPERT).values()] == ["Pareltje Puntje"]
    (contact,) = newcomer.all(Kind.CONTACT).values()
    assert newcomer.case(contact["casus", ""]).hulpvraag == "van vroeger"
    assert Weighing(newcomer.context).in_force(newcomer.actor).shares == NEAR
    with newcomer.store.read() as reader:
        assert reader.attachment(hashlib.sha256(PDF).hexdigest()) == PDF


def test_what_was_erased_beside_a_witness_does_not_come_back(founder: Laptop, lost: Lost, newcomer: Laptop) -> None:
    """By the last one of the team: whoever reads it as nobody's member holds nothing back for that."""
    gone = next(entity for entity, case in founder.cases().items() if case.hulpvraag == "van Noor")
    assert founder.door.erase(founder.actor, gone, witnessed=True) is Erasing.DONE
    founder.sync()
    assert recovered(newcomer, lost) == (2, 1, 0)
    assert "van Noor" not in newcomer.questions()


def test_a_new_case_takes_no_number_that_came_back_or_was_never_sent(
    founder: Laptop, lost: Lost, newcomer: Laptop
) -> None:
    unsent = founder.case(founder.add_case(hulpvraag="nooit verstuurd"))
    recovered(newcomer, lost)
    fresh = newcomer.case(newcomer.add_case(hulpvraag="nieuw"))
    assert fresh.nummer not in {*lost.numbers.values(), unsent.nummer}


def test_the_share_is_as_it_was(lost: Lost, newcomer: Laptop, memory: MemoryStore) -> None:
    before = dict(memory.files)
    recovered(newcomer, lost)
    newcomer.sync()
    assert dict(memory.files) == before


def test_nothing_of_the_old_spaces_stays_behind(lost: Lost, newcomer: Laptop) -> None:
    recovered(newcomer, lost)
    with newcomer.store.look() as rows:
        assert {space.standing for space in rows.spaces()} == {Standing.ALONE}
        assert not any(rows.epoch_keys(space.id) for space in rows.spaces())
    assert not newcomer.mirror.files


def test_one_file_alone_opens_nothing(lost: Lost, newcomer: Laptop) -> None:
    from tests.sync.laptops import PLACE

    other = new_recovery_key(recovering.Holder.COORDINATOR).file
    with pytest.raises(UserFacingError, match="Ze openen: niets"):
        newcomer.door.recover(newcomer.actor, PLACE, (lost.halves[0], other))
    with pytest.raises(UserFacingError, match="herstelsleutelbestand"):
        newcomer.door.recover(newcomer.actor, PLACE, (lost.halves[1], lost.halves[0]))


def test_another_team_is_named_and_not_taken(lost: Lost, new_laptop: NewLaptop) -> None:
    from tests.sync.laptops import PLACE

    zoe = new_laptop("Zoë Zwart", team="ZHZ")
    with pytest.raises(UserFacingError, match="Ze openen: HGL"):
        zoe.door.recover(zoe.actor, PLACE, lost.halves)
    assert not zoe.cases()


def test_only_an_admin_and_only_into_a_profile_without_cases(
    lost: Lost, newcomer: Laptop, new_laptop: NewLaptop
) -> None:
    from tests.sync.laptops import PLACE

    secretary = new_laptop("Noor Opnieuw", Role.SECRETARIS)
    with pytest.raises(UserFacingError, match="Alleen een voorzitter"):
        secretary.door.recover(secretary.actor, PLACE, lost.halves)
    recovered(newcomer, lost)
    with pytest.raises(UserFacingError, match="bevat al casussen"):
        newcomer.door.recover(newcomer.actor, PLACE, lost.halves)
    assert len(newcomer.cases()) == 3


def test_a_team_whose_network_lives_on_gets_its_cases_and_keeps_the_pool(
    founder: Laptop, lost: Lost, new_laptop: NewLaptop
) -> None:
    zoe = new_laptop("Zoë Zwart", Role.VOORZITTER, "HGL")
    zoe.enter(founder, InviteTo.NETWORK, Role.VOORZITTER)
    assert recovered(zoe, lost) == (3, 0, 0)
    zoe.sync(2)
    assert {case.hulpvraag: case.nummer for case in zoe.cases().values()} == lost.numbers
    assert len(zoe.all(Kind.EXPERT)) == 1
    founder.sync(2)
    assert len(founder.all(Kind.EXPERT)) == 1


def test_of_a_team_that_was_founded_again_one_is_chosen(
    founder: Laptop, lost: Lost, newcomer: Laptop, new_laptop: NewLaptop
) -> None:
    from tests.sync.laptops import PLACE

    zoe = new_laptop("Zoë Zwart", Role.VOORZITTER, "HGL")
    founder.clock.days(1)
    zoe.enter(founder, InviteTo.NETWORK, Role.VOORZITTER)
    recovered(zoe, lost)
    zoe.add_case(hulpvraag="daarna")
    zoe.sync(2)
    with pytest.raises(UserFacingError, match="meer dan één keer") as several:
        recovered(newcomer, lost)
    assert not newcomer.cases()
    [old, new] = re.findall(r"[a-z2-7]{26}", str(several.value))
    assert newcomer.door.recover(newcomer.actor, PLACE, lost.halves, space=new).cases == 4
    assert newcomer.questions() == zoe.questions()
    other = new_laptop("Bram Anders")
    assert other.door.recover(other.actor, PLACE, lost.halves, space=old).cases == 3


def test_a_protected_case_comes_back_alone_and_only_when_asked(
    founder: Laptop, lost: Lost, newcomer: Laptop, new_laptop: NewLaptop
) -> None:
    case = next(entity for entity, case in founder.cases().items() if case.hulpvraag == "van vroeger")
    founder.door.protect(founder.actor, case, ())
    founder.sync()
    assert recovered(newcomer, lost) == (3, 1, 1)
    assert sorted(case.status for case in newcomer.cases().values()).count("ST-OVG") == 1
    apart = new_laptop("Bram Apart")
    assert recovered(apart, lost, protected=True) == (1, 0, 0)
    assert apart.questions() == ["van vroeger"]


def test_what_was_erased_does_not_come_back(
    founder: Laptop, lost: Lost, newcomer: Laptop, new_laptop: NewLaptop
) -> None:
    pim = new_laptop("Pim Privacy", Role.PRIVACY)
    pim.enter(founder, role=Role.PRIVACY)
    case = next(entity for entity, case in founder.cases().items() if case.hulpvraag == "van vroeger")
    founder.door.erase(founder.actor, case)
    pim.door.erase(pim.actor, case)
    founder.sync()
    assert recovered(newcomer, lost) == (2, 1, 0)
    assert "van vroeger" not in newcomer.questions()


@pytest.mark.parametrize("stride", [9, pytest.param(1, marks=pytest.mark.torture)])
def test_a_program_that_ends_anywhere_goes_on_where_it_was_or_has_all(
    lost: Lost, newcomer: Laptop, stride: int
) -> None:
    from tests.sync.laptops import Crash

    steps = 0
    while True:
        steps += stride
        newcomer.fuse.last, newcomer.fuse.burnt = steps, 0
        try:
            recovered(newcomer, lost)
            break
        except Crash:
            newcomer.restart()
            assert is_alone(newcomer)
        except NotEmptyError:
            break
    assert steps > 3 * stride
    assert {case.hulpvraag: case.nummer for case in newcomer.cases().values()} == lost.numbers
    assert len(newcomer.all(Kind.EXPERT)) == 1
    assert is_alone(newcomer)
    assert not newcomer.mirror.files


def is_alone(laptop: Laptop) -> bool:
    with laptop.store.look() as rows:
        return {space.standing for space in rows.spaces()} == {Standing.ALONE}


def test_a_file_that_is_gone_is_told(lost: Lost, newcomer: Laptop, memory: MemoryStore) -> None:
    from tests.sync.laptops import PLACE

    for path in [path for path in memory.files if "/log/" in path and "/00000001-" in path]:
        del memory.files[path]
    found = newcomer.door.recover(newcomer.actor, PLACE, lost.halves)
    assert found.held
    assert found.missing
    assert found.cases < 3


def test_a_second_founding_by_somebody_who_was_a_member_stops_it(
    founder: Laptop, lost: Lost, newcomer: Laptop, memory: MemoryStore
) -> None:
    found_again(founder, memory)
    with pytest.raises(UserFacingError, match="twee keer gesticht"):
        recovered(newcomer, lost)
    assert not newcomer.cases()


def test_a_second_founding_of_another_team_stops_only_that_team(
    founder: Laptop, lost: Lost, newcomer: Laptop, new_laptop: NewLaptop, memory: MemoryStore
) -> None:
    zoe = new_laptop("Zoë Zwart", team="ZHZ")
    zoe.enter(founder, InviteTo.NETWORK, Role.VOORZITTER)
    found_again(zoe, memory, founder)
    assert recovered(newcomer, lost) == (3, 1, 0)
    other = new_laptop("Zoë Opnieuw", team="ZHZ")
    with pytest.raises(UserFacingError, match="twee keer gesticht"):
        recovered(other, lost)


def found_again(laptop: Laptop, memory: MemoryStore, founder: Laptop | None = None) -> None:
    """Put a second founding of the laptop's team on the share, with the recovery of the network."""
    with (founder or laptop).store.look() as rows:
        recipient = recovering.kept_recipient(rows)
    with laptop.store.look() as rows:
        space = next(space for space in rows.spaces() if space.kind is SpaceKind.TEAM)
    false = found(space, space.network, laptop.actor, laptop.clock.ms, recovery=recipient)
    for path, data in false.files.items():
        memory.view().put_new(path, data)


@pytest.mark.parametrize("bound", [(access, "MOST_READ"), (fetch, "MOST_FOLDERS")])
def test_a_share_that_was_not_read_to_its_end_is_told(
    lost: Lost, newcomer: Laptop, monkeypatch: pytest.MonkeyPatch, bound: tuple[object, str]
) -> None:
    from tests.sync.laptops import PLACE

    monkeypatch.setattr(*bound, 1)
    found = newcomer.door.recover(newcomer.actor, PLACE, lost.halves)
    assert found.cases < 3
    assert found.held


def test_attachments_that_are_gone_keep_none_from_coming_back(
    founder: Laptop, lost: Lost, newcomer: Laptop, memory: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.sync.laptops import PLACE

    monkeypatch.setattr(attachments, "MOST_MISSED", 1)
    case = founder.add_case(hulpvraag="met stukken")
    for page in range(3):
        with founder.store.write(author(founder.actor)) as writer:
            digest = writer.put_attachment(PDF + bytes([page]))
            writer.write(Kind.DOCUMENT, founder.store.new_entity(), {("casus", ""): case, ("pdf", ""): digest})
    founder.sync(2)
    for path in sorted(path for path in memory.files if path.endswith(".brb"))[:2]:
        del memory.files[path]
    found = newcomer.door.recover(newcomer.actor, PLACE, lost.halves)
    digests = [hashlib.sha256(data).hexdigest() for data in (PDF, *(PDF + bytes([page]) for page in range(3)))]
    with newcomer.store.read() as reader:
        assert sum(reader.attachment(digest) is not None for digest in digests) == 2
    assert found.held == 2


def test_an_empty_space_and_a_closed_file_keep_nothing_from_coming_back(
    lost: Lost, newcomer: Laptop, memory: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.sync.doubles import MemoryShare
    from tests.sync.laptops import PLACE

    auth = next(path for path in memory.files if "/auth/" in path).rpartition("/")[0]
    closed, read = f"{auth}/00000000-aaaaaaaaaaaa.bra", MemoryShare.read
    memory.put(closed, b"")
    memory.put(f"sp/{'a' * 26}/stray.txt", b"of no space")

    def guarded(share: MemoryShare, path: str, limit: int) -> bytes:
        if path == closed:
            raise RefusedError("closed")
        return read(share, path, limit)

    monkeypatch.setattr(MemoryShare, "read", guarded)
    assert newcomer.door.recover(newcomer.actor, PLACE, lost.halves).cases == 3


def test_a_disk_of_our_own_that_fails_is_told_as_that_and_keeps_nothing_from_coming_back(
    lost: Lost, newcomer: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.sync.laptops import Crash

    view = newcomer.mirror.view()
    monkeypatch.setattr(newcomer.mirror, "view", lambda: view)
    newcomer.restart()
    view.troubles.full = True
    with pytest.raises(DiskError, match="Er is niets veranderd"):
        recovered(newcomer, lost)
    view.troubles.full = False
    newcomer.fuse.last, newcomer.fuse.burnt = 20, 0
    with pytest.raises(Crash):
        recovered(newcomer, lost)
    view.troubles.away = True
    newcomer.restart()
    with pytest.raises(DiskError, match="Er is niets veranderd"):
        recovered(newcomer, lost)
    assert not is_alone(newcomer)
    view.troubles.away = False
    assert recovered(newcomer, lost) == (3, 1, 0)
