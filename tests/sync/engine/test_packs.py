"""Packs: many loose segments become one file, and the loose ones go once colleagues have them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.entities import Kind
from bren_desktop.sync.engine import packs
from bren_desktop.sync.format.names import Paths, byte_id
from bren_desktop.sync.format.pen import Pen
from bren_desktop.sync.format.segments import Segment, segment_file

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "MOST_LOOSE", 4)


def _names(folder: Path, device: str) -> tuple[set[str], set[str]]:
    names = {path.name for path in folder.glob(f"sp/*/log/{device}/*")}
    return {name for name in names if name.endswith(".brs")}, {name for name in names if name.endswith(".brp")}


def _write_often(crew: Crew) -> str:
    anna = crew.laptops[0]
    case = anna.case(roepnaam="Sam")
    for number in range(5):
        anna.write(Kind.CASE, case, hulpvraag=f"versie {number}")
        anna.cycle()
    return case


def test_loose_segments_go_once_two_peers_name_the_last_of_the_pack(crew: Crew, share_folder: Path) -> None:
    from bren_desktop.sync.format.names import text_id

    anna = crew.founder()
    bert = crew.member(anna)
    carla = crew.member(anna)
    device = text_id(anna.team.device)
    case = _write_often(crew)
    loose, packed = _names(share_folder, device)
    assert len(packed) == 1
    assert len(loose) >= 5

    crew.clock.ms += 2 * packs.PACK_MS // 7
    bert.cycle()
    anna.cycle()
    assert _names(share_folder, device)[0] >= loose
    carla.cycle()
    anna.cycle()

    left, _ = _names(share_folder, device)
    assert len(left) < len(loose)
    newcomer = crew.member(anna)
    crew.settle()
    assert newcomer.values(case)["hulpvraag"] == "versie 4"
    assert newcomer.state() == anna.state() == bert.state() == carla.state()
    assert _names(share_folder, device)[0].isdisjoint(loose - left)


def test_a_pack_takes_the_place_of_loose_segments_in_every_mirror(crew: Crew, share_folder: Path) -> None:
    from bren_desktop.sync.format.names import text_id

    anna = crew.founder()
    bert = crew.member(anna)
    device = text_id(anna.team.device)
    _write_often(crew)
    crew.settle()

    for one in (anna, bert):
        loose, packed = _names(one.folder / "mirror", device)
        assert packed == _names(share_folder, device)[1]
        assert len(loose) <= 2


def test_a_pack_leaves_the_other_half_of_a_fork(crew: Crew) -> None:
    """A cut may name it; it came in one cycle with the pack of what was applied: found by the machine."""
    anna = crew.founder()
    bert = crew.member(anna)
    anna.case(roepnaam="Sam")
    crew.settle()
    with bert.store.look() as rows:
        link, keys = rows.chains(anna.team.id)[anna.team.device], rows.epoch_keys(anna.team.id)
        before = rows.link(anna.team.id, anna.team.device, link.seq - 1)
    assert before
    ((epoch, key),) = keys.items()
    paths = Paths(byte_id(anna.team.id))
    pen = Pen(anna.team.network, byte_id(anna.team.id), anna.team.device, anna.team.sign_seed, epoch, key)
    other = segment_file(pen, Segment(before.counter + 1, 1, "1"), link.seq, before.digest)
    path = bert.mirror.keep(paths.segment(anna.team.device, link.seq, other.digest), other.data)
    _write_often(crew)
    bert.cycle()
    chain = bert.mirror.files(paths.chain(anna.team.device))
    assert any(name.endswith(".brp") for name in chain)
    assert not any(name.startswith(f"{link.seq:08}-{link.digest.hex()[:12]}") for name in chain)
    assert bert.mirror.has(path)


def test_a_spoilt_pack_costs_nothing(crew: Crew, share_folder: Path) -> None:
    from bren_desktop.sync.format.names import text_id

    anna = crew.founder()
    bert = crew.member(anna)
    device = text_id(anna.team.device)
    case = _write_often(crew)
    pack = next(share_folder.glob(f"sp/*/log/{device}/*.brp"))
    pack.write_bytes(pack.read_bytes()[:-10])
    crew.clock.ms += 2 * packs.PACK_MS // 7
    crew.settle(4)

    assert bert.values(case)["hulpvraag"] == "versie 4"
    assert pack.with_name(pack.name.replace(".brp", "-r1.brp")).exists()
    assert bert.cycle().missing == 0
