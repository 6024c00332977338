"""What vanishes or is spoilt on the share comes back from whoever has it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bren_desktop.sync.engine.incoming import SETTLED
from bren_desktop.sync.transport.folder import FolderShare

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew, Laptop


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _reasons(laptop: Laptop) -> set[str]:
    return {trouble.reason for trouble in laptop.cycle().troubles}


def test_a_share_that_was_wiped_is_filled_again_and_named(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    anna.case(roepnaam="Sam")
    bert.case(roepnaam="Noor")
    crew.settle()
    before = _files(share_folder)
    for path in before:
        (share_folder / path).unlink()

    assert "rolled-back" not in _reasons(bert) - {"rolled-back"}
    assert "rolled-back" in _reasons(bert)
    assert before.items() <= _files(share_folder).items()
    assert "rolled-back" not in _reasons(bert)


def test_one_missing_file_is_no_evidence_until_it_is_missed_again(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    anna.case(roepnaam="Sam")
    crew.settle()
    path = next(share_folder.glob(f"sp/{anna.team.id}/log/*/00000002-*.brs"))
    data = path.read_bytes()
    path.unlink()

    first = bert.cycle()
    assert not path.exists()
    assert not first.complete
    assert "rolled-back" in _reasons(bert)
    assert path.read_bytes() == data


def test_a_truncated_file_gets_a_repair_beside_it(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    case = anna.case(roepnaam="Sam")
    anna.cycle()
    path = next(share_folder.glob(f"sp/{anna.team.id}/log/*/00000002-*.brs"))
    data = path.read_bytes()
    path.write_bytes(data[:100])

    assert "incomplete" in _reasons(bert)
    assert case not in bert.entities()
    assert "damaged" in _reasons(anna)
    repaired = path.with_name(path.name.replace(".brs", "-r1.brs"))
    assert repaired.read_bytes() == data
    assert bert.cycle().received == 1
    assert not _reasons(bert)
    assert "damaged" not in _reasons(anna)


def test_a_flipped_bit_is_found_by_reading_again(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    anna.case(roepnaam="Sam")
    anna.cycle()
    path = next(share_folder.glob(f"sp/{anna.team.id}/log/*/00000002-*.brs"))
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)

    report = anna.engine.check()

    assert report.mended == 1
    assert report.files >= 8
    assert path.with_name(path.name.replace(".brs", "-r1.brs")).exists()
    assert anna.engine.check().mended == 0


def test_a_file_that_was_mended_in_its_place_is_read_again(crew: Crew, share_folder: Path) -> None:
    """A placeholder that gave zeros, or a file that the server put back: of the same size, and nobody is told.

    A bit in its space, its device, its version or its signature makes it look like something else than damaged.
    """
    anna = crew.founder()
    bert = crew.member(anna)
    crew.settle()
    case = anna.case(roepnaam="Sam")
    anna.cycle()
    path = next(share_folder.glob(f"sp/{anna.team.id}/log/*/00000002-*.brs"))
    data = path.read_bytes()
    path.write_bytes(bytes(len(data)))
    assert "damaged" in _reasons(bert)
    for at, reason in {40: "stray", 70: "stranger", 5: "newer", -1: "unsigned"}.items():
        spoilt = bytearray(data)
        spoilt[at] ^= 16
        path.write_bytes(spoilt)
        assert reason in _reasons(bert)
    path.write_bytes(data)

    assert not _reasons(bert) & SETTLED
    assert bert.values(case) == anna.values(case)


def test_a_few_files_are_read_again_in_every_cycle(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    anna.case(roepnaam="Sam")
    anna.cycle()
    for path in share_folder.glob("sp/*/log/*/*.brs"):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 4
        path.write_bytes(data)
    spoilt = len(list(share_folder.glob("sp/*/log/*/*.brs")))

    for _ in range(6):
        anna.cycle()

    assert len(list(share_folder.glob("sp/*/log/*/*-r1.brs"))) == spoilt


def test_other_names_for_what_is_known_do_not_matter(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    case = anna.case(roepnaam="Sam")
    anna.cycle()
    path = next(share_folder.glob(f"sp/{anna.team.id}/log/*/00000002-*.brs"))
    path.rename(path.with_name("00000002-LAPTOP7.brs"))
    (path.parent / "desktop.ini").write_text("[.ShellClassInfo]", encoding="utf-8")

    assert bert.cycle().received == 1
    assert bert.values(case)["roepnaam"] == "Sam"
    assert bert.cycle().quarantined == 0


def test_strays_are_named_and_left_alone(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    stray = share_folder / "sp" / anna.team.id / "auth" / "vakantierooster.xlsx"
    stray.write_bytes(b"PK rooster")

    report = anna.cycle()

    assert [(trouble.reason, trouble.where) for trouble in report.troubles] == [
        ("stray", f"sp/{anna.team.id}/auth/vakantierooster.xlsx")
    ]
    assert report.quarantined == 1
    assert stray.read_bytes() == b"PK rooster"
    assert anna.cycle().troubles == report.troubles
    anna.restart()
    assert anna.cycle().troubles == report.troubles
    stray.unlink()
    assert anna.cycle().quarantined == 0


def test_the_mirror_is_byte_for_byte_what_lies_on_the_share(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    anna.case(roepnaam="Sam")
    bert.case(roepnaam="Noor")
    crew.settle()

    shared = {path: data for path, data in _files(share_folder).items() if path != "network.json"}
    assert _files(anna.folder / "mirror") == _files(bert.folder / "mirror") == shared
    assert FolderShare(share_folder).list("").folders == ("sp",)


def test_a_mirror_that_the_disk_spoilt_is_filled_again_from_the_share(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    anna.case(roepnaam="Sam")
    crew.settle()
    for path in (bert.folder / "mirror").rglob("*.br[aks]"):
        path.write_bytes(path.read_bytes()[:50])
    bert.restart()
    anna.case(roepnaam="Noor")
    anna.cycle()

    bert.cycle()
    crew.settle(3)

    assert len(bert.entities()) == 2
    assert bert.state() == anna.state()
    assert bert.cycle().quarantined == 0


def test_a_repair_that_was_spoilt_in_its_turn_is_found_by_cycles(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    anna.case(roepnaam="Sam")
    anna.cycle()
    path = next(share_folder.glob(f"sp/{anna.team.id}/log/*/00000002-*.brs"))
    data = path.read_bytes()
    path.write_bytes(b"iets anders")
    anna.cycle()
    repair = path.with_name(path.name.replace(".brs", "-r1.brs"))
    repair.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))

    for _ in range(6):
        anna.cycle()

    assert path.with_name(path.name.replace(".brs", "-r2.brs")).read_bytes() == data
