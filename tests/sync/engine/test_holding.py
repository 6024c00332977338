"""What cannot be applied yet waits for its cause, and is applied once that is in hand; what is wrong is named."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain import changing
from bren_desktop.domain.entities import Kind
from bren_desktop.sync.engine import ground
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.names import Paths, byte_id
from bren_desktop.sync.format.pen import Pen
from bren_desktop.sync.format.segments import Seen, Segment, segment_file

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew, Laptop


def _reasons(laptop: Laptop) -> set[str]:
    return {trouble.reason for trouble in laptop.cycle().troubles}


def _forged(laptop: Laptop, share: Path, segment: Segment, seq: int = 0) -> Path:
    """A segment that the program would not write, signed with a laptop's own key: the next one, or another `seq`."""
    space = laptop.team
    with laptop.store.look() as rows:
        keys = rows.epoch_keys(space.id)
        last = rows.chains(space.id)[space.device]
        before = rows.link(space.id, space.device, seq - 1) if seq > 1 else last
    assert before is not None
    [(epoch, key)] = keys.items()
    pen = Pen(space.network, byte_id(space.id), space.device, space.sign_seed, epoch, key)
    data = segment_file(pen, segment, before.seq + 1, before.digest).data
    path = share / Paths(byte_id(space.id)).segment(space.device, before.seq + 1, digest_of(data))
    path.write_bytes(data)
    return path


def _empty(laptop: Laptop, counter: int = 0, **more: object) -> Segment:
    with laptop.store.look() as rows:
        last = rows.chains(laptop.team.id)[laptop.team.device]
        heads = laptop.post(rows).membership.heads
    settings = {"heads": heads, "clock_last": laptop.clock.ms << 16, **more}
    return Segment(counter or last.counter + 1, changing.SCHEMA, "test", **settings)  # type: ignore[arg-type]


def test_news_waits_for_what_its_writer_had_seen(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    carla = crew.member(anna)
    crew.settle()
    case = anna.case(roepnaam="Sam")
    anna.cycle()
    bert.cycle()
    bert.write(Kind.CASE, case, roepnaam="Sem")
    bert.cycle()
    from bren_desktop.sync.format.names import text_id

    hidden = share_folder / "sp" / anna.team.id / "log" / text_id(anna.team.device)
    aside = share_folder.parent / "aside"
    shutil.move(hidden, aside)

    report = carla.cycle()
    assert (report.received, report.missing) == (0, 1)
    assert "gap" in {trouble.reason for trouble in report.troubles}

    shutil.rmtree(hidden, ignore_errors=True)
    shutil.move(aside, hidden)
    report = carla.cycle()
    assert (report.received, report.missing, report.quarantined) == (2, 0, 0)
    assert carla.values(case)["roepnaam"] == "Sem"
    assert carla.conflicts(case) == set()


def test_a_schema_of_a_later_version_waits_for_a_newer_program(
    crew: Crew, share_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    crew.settle()
    segment = _empty(bert)
    _forged(bert, share_folder, Segment(segment.counter, 99, "later", heads=segment.heads))

    assert "newer" in _reasons(anna)
    assert anna.cycle().quarantined == 1

    monkeypatch.setattr(ground, "SCHEMAS", frozenset({*changing.SCHEMAS, 99}))
    assert anna.cycle().quarantined == 0


@pytest.mark.parametrize("jump", [5, -1])
def test_counters_that_do_not_go_on_cut_a_chain(crew: Crew, share_folder: Path, jump: int) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    bert.case(roepnaam="Sam")
    crew.settle()
    segment = _empty(bert)
    _forged(bert, share_folder, _empty(bert, segment.counter + jump))

    for _ in range(2):
        assert "malformed" in _reasons(anna)
    assert len(anna.entities()) == 1


def test_of_two_segments_under_one_number_the_same_one_stands_everywhere(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    carla = crew.member(anna)
    crew.settle()
    segment = _empty(bert)
    one = _forged(bert, share_folder, segment)
    anna.cycle()
    other = _forged(bert, share_folder, Segment(segment.counter, 1, "other", heads=segment.heads))
    crew.laptops.remove(bert)
    crew.settle(3)

    from bren_desktop.sync.format.digests import digest_of

    lower = min(digest_of(one.read_bytes()), digest_of(other.read_bytes()))
    for laptop in (anna, carla):
        assert "fork" in _reasons(laptop)
        with laptop.store.look() as rows:
            assert rows.chains(anna.team.id)[bert.team.device].digest == lower
    bert.store.close()


def test_a_colleague_who_names_what_is_not_there_makes_nobody_a_new_device(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    crew.settle()
    device = anna.team.device
    _forged(bert, share_folder, _empty(bert, seen=(Seen(device, 7000, b"verzonne"),)))
    anna.case(roepnaam="Sam")

    first = anna.cycle()
    assert first.published == 0
    assert first.missing > 0
    assert anna.team.device == device

    crew.clock.ms += 60 * 60 * 1000
    assert anna.cycle().published == 1
    assert anna.team.device == device


def test_a_clock_that_runs_ahead_and_a_long_silence_are_told(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    crew.settle()
    crew.clock.ms += 20 * 60 * 1000
    bert.clock = type(crew.clock)(crew.clock.ms + 11 * 60 * 1000)
    bert.restart()
    bert.case(roepnaam="Sam")
    bert.cycle()

    assert "clock" in _reasons(anna)
    crew.clock.ms += 15 * 24 * 60 * 60 * 1000
    assert "silent" in _reasons(anna)


def test_a_state_that_cannot_be_sounds_the_alarm(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    crew.settle()
    crew.clock.ms += 2 * 60 * 60 * 1000
    crew.settle()
    assert "diverged" not in _reasons(anna)
    with bert.store.look() as rows:
        own = rows.chains(bert.team.id)
    seen = tuple(Seen(device, link.seq, link.digest) for device, link in own.items() if device != bert.team.device)
    _forged(bert, share_folder, _empty(bert, seen=seen, state=bytes(16)))

    anna.cycle()
    assert "diverged" in _reasons(anna)


def test_an_empty_segment_goes_up_daily_and_an_answer_hourly(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    crew.settle()

    def count() -> int:
        return len(list(share_folder.glob(f"sp/{anna.team.id}/log/*/*.brs")))

    before = count()
    crew.settle(2)
    assert count() == before
    anna.case(roepnaam="Sam")
    crew.settle(2)
    assert count() == before + 1
    crew.clock.ms += 60 * 60 * 1000
    crew.settle(3)
    assert count() == before + 2
    with anna.store.look() as rows:
        from bren_desktop.sync.engine.peers import peers

        assert peers(rows, anna.team.id)[bert.team.device].has == rows.chains(anna.team.id)[anna.team.device].seq
    crew.clock.ms += 24 * 60 * 60 * 1000
    crew.settle(2)
    assert count() == before + 4
