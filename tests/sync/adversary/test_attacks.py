"""Every attack of attacks.json ends repaired or alarmed: never silent, never a crash, and all honest laptops alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bren_desktop.services.share_door import REASONS
from tests.sync.adversary import joining_attacks, member_attacks, share_attacks
from tests.sync.adversary.arena import Arena
from tests.sync.independent.reader import contents, files_in, sha

ROWS = {row["name"]: row for row in json.loads(Path(__file__).with_name("attacks.json").read_text(encoding="utf-8"))}
ATTACKS = {**share_attacks.ATTACKS, **member_attacks.ATTACKS, **joining_attacks.ATTACKS}
REASON = {
    "missing": {"gap", "rolled-back", "damaged", "no-key"},
    "damaged": {"damaged", "unsigned"},
    "incomplete": {"incomplete"},
    "misplaced": {"stray", "damaged", "rolled-back"},
    "signature": {"unsigned", "stranger", "no-key"},
    "rolled back": {"rolled-back"},
    "request": {"damaged"},
    "founding": {"stranger", "gap", "no-key"},
    "erased": {"erased"},
    "too large": {"oversize", "damaged"},
    "stray": {"stray"},
    "hint": {"damaged", "stray"},
    "fork": {"fork"},
    "chain": {"malformed"},
    "refused: right": {"no-right"},
    "refused: author": {"malformed", "no-right"},
    "refused: invite": {"no-right", "stranger"},
    "refused: subject": {"malformed"},
    "refused: kind": {"malformed"},
    "refused: form": {"malformed"},
    "refused: too large": {"malformed", "oversize"},
    "refused: malformed": {"malformed"},
    "refused: revoked": {"no-right", "late", "stranger"},
    "clock": {"clock"},
    "held: epoch key": {"no-key"},
    "held: newer program": {"newer"},
    "state": {"diverged"},
    "beyond the cut": {"late"},
}
"""Which reasons of the program say what the page calls so."""


def test_every_attack_is_carried_out() -> None:
    assert set(ATTACKS) == set(ROWS)
    assert len(ROWS) >= 30


def test_every_reason_is_one_that_the_program_knows() -> None:
    assert set().union(*REASON.values()) - {"erased"} <= set(REASONS)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_an_attack_ends_well(name: str, arena: Arena) -> None:
    row = ROWS[name]
    ATTACKS[name](arena)
    arena.rounds(4)
    checked = arena.honest[0].door.check().troubles if row["end"] == "repaired" else ()
    arena.rounds(1)
    reasons = set().union(*(laptop.reasons for laptop in arena.honest)) | {trouble.reason for trouble in checked}
    arena.hidden.clear()
    arena.rounds(4)
    if row["reason"] in REASON and row["reason"] != "erased":
        assert reasons & REASON[row["reason"]], f"nobody was told; only {sorted(reasons)}"
    _check_alike(arena)
    _check_nothing_lost(arena)
    _check_nothing_forged(arena)
    if row["end"] == "repaired":
        _check_whole(arena)
    _check_noted(arena)


def _check_alike(arena: Arena) -> None:
    states = {laptop.name: laptop.states() for laptop in arena.honest}
    for space in {space for state in states.values() for space in state}:
        found = {name: state[space] for name, state in states.items() if space in state}
        assert len(set(found.values())) == 1, f"laptops differ: {found}"
    for laptop in arena.honest:
        assert laptop.store.integrity() == []


def _check_nothing_lost(arena: Arena) -> None:
    for laptop in (one for one in arena.honest if one.is_member):
        live = laptop.live()
        for entity, field, value, _ in arena.said:
            assert value in live.get((entity, field, ""), {}).values(), f"{laptop.name} lost {field} = {value}"


def _check_nothing_forged(arena: Arena) -> None:
    for laptop in arena.honest:
        shown = [value for versions in laptop.live().values() for value in versions.values()]
        assert [value for value in arena.forged if value in shown] == [], laptop.name


def _check_whole(arena: Arena) -> None:
    """Every signed file and attachment that a laptop keeps lies whole on the share again."""
    there = _pieces(arena.root)
    for laptop in arena.honest:
        assert _pieces(laptop.folder / "mirror") <= there


def _pieces(folder: Path) -> set[bytes]:
    whole = [data for data in contents(folder) if data[:4] == b"BREN"]
    return {sha(file.raw) for data in whole for file in files_in(data)} | {
        sha(data) for data in whole if data[4:5] == b"B"
    }


def _check_noted(arena: Arena) -> None:
    notes = arena.notes
    assert "told" not in notes or "code" in notes["told"].lower()
    assert not notes.get("not admitted")
    if "blind" in notes:
        name, text, kind = notes["blind"]
        opened = arena.eye(name, kind).out.operations
        assert opened
        assert all(text not in str(found.operation) for found in opened)
    if "gone" in notes:
        assert [path for path in notes["gone"][1] if path.exists()] == []
    if "not erased" in notes:
        assert all(notes["not erased"] not in laptop.read(contents(arena.root)).out.erased for laptop in arena.honest)
    if "stands" in notes:
        stands, out = notes["stands"]
        devices = {device.name: device.away for device in arena.laptops["bo"].door.devices()}
        assert devices[stands.title()] is None
        assert devices[out.title()] is not None
