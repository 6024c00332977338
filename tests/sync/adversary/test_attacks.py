"""Every attack of attacks.json ends repaired or alarmed: never silent, never a crash, and all honest laptops alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bren_desktop.services.share_door import REASONS, Away
from tests.sync.adversary import joining_attacks, member_attacks, share_attacks
from tests.sync.adversary.arena import Arena
from tests.sync.independent import forge
from tests.sync.independent.reader import contents, files_in, sha
from tests.sync.world import Laptop

ROWS = {row["name"]: row for row in json.loads(Path(__file__).with_name("attacks.json").read_text(encoding="utf-8"))}
ATTACKS = {**share_attacks.ATTACKS, **member_attacks.ATTACKS, **joining_attacks.ATTACKS}
REASON = {
    "missing": "gap",
    "damaged": "damaged",
    "incomplete": "incomplete",
    "misplaced": "damaged",
    "signature": "unsigned",
    "rolled back": "rolled-back",
    "request": "damaged",
    "founding": "stranger",
    "erased": "erased",
    "too large": "oversize",
    "stray": "stray",
    "hint": "damaged",
    "fork": "fork",
    "chain": "malformed",
    "refused: right": "no-right",
    "refused: author": "no-right",
    "refused: invite": "no-right",
    "refused: subject": "malformed",
    "refused: kind": "malformed",
    "refused: form": "malformed",
    "refused: too large": "oversize",
    "refused: malformed": "malformed",
    "refused: revoked": "no-right",
    "clock": "clock",
    "held: epoch key": "no-key",
    "held: newer program": "newer",
    "state": "diverged",
    "beyond the cut": "late",
}
"""What the program must say where the page says this."""
CLOSER = {
    "delete-auth-entry": "rolled-back",
    "delete-case-keys": "no-key",
    "delete-epoch-keys": "rolled-back",
    "delete-segment": "rolled-back",
    "directory-on-name": "rolled-back",
    "forged-pack": "rolled-back",
    "move-to-other-space": "stray",
    "own-epoch-key": "stranger",
    "rename-everything": "rolled-back",
    "replay-older-segment": "damaged",
    "rewrite-space-in-header": "stranger",
    "stranger-admits-itself": "stranger",
}
"""Attacks of which the program says it closer: that files vanished, lie elsewhere or have no known writer."""


def test_every_attack_is_carried_out() -> None:
    assert set(ATTACKS) == set(ROWS)
    assert {row["reason"] for row in ROWS.values()} == {*REASON, *SEEN}
    assert len(ROWS) >= 30


def test_every_reason_is_one_that_the_program_knows() -> None:
    assert {*REASON.values(), *CLOSER.values()} <= set(REASONS)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_an_attack_ends_well(name: str, arena: Arena) -> None:
    row = ROWS[name]
    ATTACKS[name](arena)
    arena.rounds(2)
    checked = arena.honest[0].door.check().troubles if row["end"] == "repaired" else ()
    arena.rounds(1)
    reasons = set().union(*(laptop.reasons for laptop in arena.honest)) | {trouble.reason for trouble in checked}
    arena.hidden.clear()
    arena.rounds(2)
    if row["reason"] in REASON:
        assert CLOSER.get(name, REASON[row["reason"]]) in reasons, f"nobody was told; only {sorted(reasons)}"
    _check_alike(arena)
    _check_nothing_lost(arena)
    _check_nothing_forged(arena)
    if row["end"] == "repaired":
        _check_whole(arena)
    _check_noted(arena)
    if row["reason"] in SEEN:
        SEEN[row["reason"]](arena)


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
    assert not notes.get("not admitted")
    if "gone" in notes:
        assert [path for path in notes["gone"][1] if path.exists()] == []


def _code_is_asked_again(arena: Arena) -> None:
    assert "code" in arena.notes["told"].lower()


def _closed(arena: Arena) -> None:
    """The old keys open what there was, and nothing since; everybody sees that the laptop is out."""
    name, text, kind = arena.notes["blind"]
    opened = arena.eye(name, kind).out.operations
    assert opened
    assert all(text not in str(found.operation) for found in opened)
    assert {_away(laptop, name) for laptop in arena.honest} == {Away.REVOKED}


def _waits_for_another(arena: Arena) -> None:
    subject = arena.notes["not erased"]
    for laptop in arena.honest:
        assert subject not in laptop.read(contents(arena.root)).out.erased
        asked = {erasure.case: erasure.names for erasure in laptop.door.status().erasures}
        assert asked[forge.base32(subject)] == ("Pia",), "nobody is told that a half is missing"


def _is_a_conflict(arena: Arena) -> None:
    for laptop in arena.honest:
        assert laptop.sync().conflicts == 1
        assert len(laptop.live()[arena.notes["case"], "hulpvraag", ""]) == 2


def _longer_member_stands(arena: Arena) -> None:
    stands, out = arena.notes["stands"]
    for laptop in arena.honest:
        if laptop.is_member:
            assert _away(laptop, stands) is None
            assert _away(laptop, out) is Away.REVOKED
    assert "out" in arena.laptops[out].reasons


def _away(laptop: Laptop, name: str) -> Away | None:
    return next(device.away for device in laptop.door.devices() if device.name == name.title())


SEEN: Mapping[str, Callable[[Arena], None]] = {
    "invite": _code_is_asked_again,
    "closed": _closed,
    "not in force": _waits_for_another,
    "conflict: both versions stay": _is_a_conflict,
    "the longer member stands on all laptops": _longer_member_stands,
}
"""What a person sees instead of a reason."""
