"""What a laptop shows follows from the files that it has, never from the order in which they came (share-format §3)."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.sync.independent import receiver, stage
from tests.sync.independent.receiver import Beginning, Receiver, begun
from tests.sync.independent.scenes import Scene, arrivals, scenes, told
from tests.sync.independent.stage import LAST, Change, Piece, segment, team_log

ANYHOW = settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
RESTARTED = pytest.mark.parametrize("restarted", [False, True], ids=["running", "started again"])


class Meeting:
    """Laptops that get the same files, each in its own way."""

    def __init__(self, folder: Path, beginning: Beginning) -> None:
        self._folders = (folder / str(number) for number in count())
        self._beginning = beginning

    @contextmanager
    def laptop(self) -> Iterator[Receiver]:
        folder = next(self._folders)
        folder.mkdir()
        one = Receiver(folder, self._beginning)
        try:
            yield one
        finally:
            one.store.close()
            shutil.rmtree(folder)

    def compare(self, batches: Sequence[Iterable[bytes]], restarts: Iterable[int] = ()) -> receiver.Shown:
        """Give all to one laptop and batch after batch to another; what both show."""
        files = [data for batch in batches for data in batch]
        with self.laptop() as whole, self.laptop() as late:
            whole.get(files)
            for number, batch in enumerate(batches):
                late.get(batch)
                if number in restarts:
                    late.restart()
            for one in (whole, late):
                one.settle()
            theirs = receiver.read(whole.share.files.values())
            assert late.applied() == whole.applied() == receiver.applied(theirs)
            assert late.shows() == whole.shows() == receiver.folded(theirs)
            assert late.state() == whole.state()
            cards = {b"", *theirs.out.members.cards}
            assert late.held(cards) == whole.held(cards)
            return whole.shows()


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Beginning:
    return begun(tmp_path_factory.mktemp("begun"))


@pytest.fixture
def meeting(tmp_path: Path, beginning: Beginning) -> Meeting:
    return Meeting(tmp_path, beginning)


def data(*pieces: Piece) -> list[bytes]:
    return [piece.data for piece in pieces]


def values(shown: receiver.Shown, field: str = "naam") -> set[object]:
    return set(shown.get((stage.ENTITY, field, ""), {}).values())


ONE = segment("bo", [Change("een")])
"""What everybody has of bo."""
NOOR = segment("noor")
NEXT = segment("noor", after=NOOR)
"""What somebody saw and is not in hand at first."""
DEAR = segment("bo", [Change("dierbaar", ONE.dots)], after=ONE)
"""The branch with the higher hash that somebody saw."""


def saw(name: str, *pieces: Piece) -> Piece:
    """A segment of somebody who replaces what each of these says."""
    dots = tuple(dot for piece in pieces for dot in piece.dots)
    return segment(name, [Change(f"van {name}", dots)], seen=pieces)


@RESTARTED
def test_who_saw_a_branch_replaces_what_it_says_once_a_cut_names_it(meeting: Meeting, restarted: bool) -> None:
    low = segment("bo", after=ONE, seen=[NEXT], below=DEAR.hash)
    sight = saw("ali", DEAR)
    cut = team_log().revoke("noor", [LAST.hash], "bo", DEAR.seq, DEAR.hash)
    batches = [data(NOOR, ONE, low, DEAR, sight), data(cut), data(NEXT)]
    assert values(meeting.compare(batches, range(restarted * 9))) == {"van ali"}


def test_a_cut_releases_a_chain_whose_other_branch_waited(meeting: Meeting) -> None:
    low = segment("bo", after=ONE, seen=[NEXT], below=DEAR.hash)
    cut = team_log().revoke("noor", [LAST.hash], "bo", DEAR.seq, DEAR.hash)
    with meeting.laptop() as eye:
        eye.get(data(NOOR, ONE, low, DEAR))
        assert values(eye.shows()) == {"een"}
        eye.get(data(cut))
        assert values(eye.shows()) == {"dierbaar"}


@RESTARTED
@pytest.mark.parametrize("is_low_waiting", [False, True])
def test_a_cut_that_turns_out_not_to_count_leaves_no_trace(
    meeting: Meeting, is_low_waiting: bool, restarted: bool
) -> None:
    low = segment("bo", [Change("laag", ONE.dots)], after=ONE, seen=[NEXT][:is_low_waiting], below=DEAR.hash)
    sight = saw("cas", DEAR)
    log = team_log()
    void = log.revoke("ali", [LAST.hash], "bo", ONE.seq, ONE.hash)
    senior = log.revoke("noor", [LAST.hash], "ali", 0, stage.NONE)
    batches = [data(NOOR, ONE, void), data(low, DEAR, sight), data(senior), data(NEXT)]
    assert values(meeting.compare(batches, range(restarted * 9))) == {"laag", "van cas"}


@RESTARTED
def test_a_branch_comes_to_stand_in_the_place_of_one_without_form(meeting: Meeting, restarted: bool) -> None:
    low = segment("bo", [Change("lek", ONE.dots)], after=ONE, gap=3, below=DEAR.hash)
    lowest = segment("bo", [Change("laagst", ONE.dots)], after=ONE, below=low.hash)
    batches = [data(NOOR, ONE, low), data(DEAR), data(saw("ali", DEAR)), data(lowest)]
    assert values(meeting.compare(batches, range(restarted * 9))) == {"laagst", "van ali"}


def test_who_saw_a_branch_does_not_wait_for_what_another_one_waits_for(meeting: Meeting) -> None:
    low = segment("bo", after=ONE, heads=[b"?" * 32], below=DEAR.hash)
    shown = meeting.compare([data(NOOR, ONE, low, DEAR), data(saw("ali", DEAR))])
    assert values(shown) == {"een", "van ali"}


def test_who_saw_a_device_that_is_not_in_hand_waits_for_it(meeting: Meeting) -> None:
    sight = saw("ali", ONE)
    with meeting.laptop() as eye:
        eye.get(data(sight))
        assert (eye.shows(), eye.applied()) == ({}, {})
        eye.get(data(ONE))
        assert values(eye.shows()) == {"van ali"}
    meeting.compare([data(sight), data(ONE)])


def test_who_is_out_by_a_hash_that_nobody_has_is_waited_for(meeting: Meeting) -> None:
    cut = team_log().revoke("noor", [LAST.hash], "bo", 2, b"?" * 32)
    shown = meeting.compare([data(ONE), data(DEAR), data(saw("ali", DEAR)), data(cut)])
    assert values(shown) == {"een"}


@RESTARTED
def test_who_saw_a_chain_without_form_waits_once_a_cut_names_another_end(meeting: Meeting, restarted: bool) -> None:
    """And so does who saw who did."""
    low = segment("bo", gap=1)
    sight = saw("ali", low)
    cut = team_log().revoke("noor", [LAST.hash], "bo", 1, b"?" * 32)
    batches = [data(low, sight), data(saw("cas", sight)), data(cut)]
    assert values(meeting.compare(batches, range(restarted * 9))) == set()


@RESTARTED
def test_who_saw_a_branch_is_judged_again_whatever_its_later_segments_name(meeting: Meeting, restarted: bool) -> None:
    low = segment("bo", [Change("laag", ONE.dots)], after=ONE, below=DEAR.hash)
    sight = saw("ali", DEAR)
    blind = segment("ali", after=sight)
    batches = [data(ONE, DEAR), data(sight, blind), data(low)]
    assert values(meeting.compare(batches, range(restarted * 9))) == {"laag", "van ali"}


def test_nothing_stands_in_the_place_of_a_segment_that_a_cut_rests_on(meeting: Meeting) -> None:
    """The one that the cut names is in hand, and follows another one than lies here."""
    under = segment("bo", salt=1)
    end = segment("bo", after=under)
    cut = team_log().revoke("noor", [LAST.hash], "bo", end.seq, end.hash)
    batches = [data(ONE), data(saw("ali", ONE)), data(end, cut)]
    assert values(meeting.compare(batches)) == set()
    assert values(meeting.compare([*batches, data(under)])) == {"van ali"}


@ANYHOW
@given(scenes(10), st.data())
def test_the_order_of_arrival_does_not_matter(meeting: Meeting, scene: Scene, chance: st.DataObject) -> None:
    in_any_order(meeting, scene, chance)


@pytest.mark.torture
@settings(ANYHOW, max_examples=4000)
@given(scenes(12), st.data())
def test_no_order_of_arrival_matters(meeting: Meeting, scene: Scene, chance: st.DataObject) -> None:
    in_any_order(meeting, scene, chance)


def in_any_order(meeting: Meeting, scene: Scene, chance: st.DataObject) -> None:
    batches = chance.draw(arrivals(scene))
    note(told(scene, batches))
    again = [number for number, (_, is_restarted) in enumerate(batches) if is_restarted]
    meeting.compare([files for files, _ in batches], again)
