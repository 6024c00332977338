"""Reader and writer made from the page alone understand each other: members, keys, cases, revoking, erasing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tests.sync.independent import forge
from tests.sync.independent.forge import Pen
from tests.sync.independent.reader import Space, UnreadableError, contents, open_invite, read_space, spaces_on


@dataclass
class Scene:
    """A team space that the test writes file by file."""

    folder: Path
    network: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    space: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    epoch: bytes = b""
    depth: int = 0
    heads: tuple[bytes, ...] = ()
    founding: bytes = b""
    last: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)

    def put(self, data: bytes) -> bytes:
        path = self.folder / forge.path(data)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return forge.sha(data)

    def pen(self, **card: str) -> Pen:
        return Pen.new(self.network, self.space, **card)

    def found(self) -> Pen:
        admin = self.pen(person="p1", name="Noor", role="voorzitter")
        self.epoch = forge.epoch_check(self.space, self.key)
        values = ["team", "HGL", bytes(32), 1, [admin.sign_key], admin.card(), self.epoch, []]
        self.founding = self.put(admin.entry(self.epoch, self.key, 0, [], 1, "found", values))
        self.heads = (self.founding,)
        self.put(admin.key_file(self.epoch, self.key, [(admin.device, admin.box_key)]))
        return admin

    def enter(self, pen: Pen, action: str, *values: Any) -> bytes:
        self.depth += 1
        self.heads = (self.put(pen.entry(self.epoch, self.key, self.depth, self.heads, 5, action, values)),)
        return self.heads[0]

    def admit(self, admin: Pen, pen: Pen) -> Pen:
        invite = secrets.token_bytes(16)
        self.enter(admin, "invite", invite, [], "team", pen.role, 10)
        self.enter(admin, "admit", pen.card(), invite)
        self.put(admin.key_file(self.epoch, self.key, [(pen.device, pen.box_key)]))
        return pen

    def segment(self, pen: Pen, *parcels: tuple[bytes, bytes], **more: Any) -> bytes:
        seq, prev = self.last.get(pen.device, (0, bytes(32)))
        more = {"heads": self.heads, **more}
        digest = self.put(pen.segment(self.epoch, self.key, seq + 1, prev, parcels, **more))
        self.last[pen.device] = (seq + 1, digest)
        return digest

    def read(self, pen: Pen) -> Space:
        return read_space(contents(self.folder), self.space, self.founding, {pen.device: pen.box_private})


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def expert(pen: Pen, counter: int, **author: Any) -> tuple[bytes, bytes]:
    operation = pen.operation(counter, "team", "entity", [["naam", "", "HGL", []]], **author)
    return pen.parcel(counter, b"", operation)


def case(pen: Pen, counter: int, subject: bytes, case_key: bytes, entity: str = "") -> tuple[bytes, bytes]:
    operation = pen.operation(counter, "casus", entity or forge.base32(subject), [["roepnaam", "", "Saar", []]])
    return pen.parcel(counter, subject, operation, case_key)


def test_a_member_reads_everything_and_who_has_the_folder_alone_nothing(scene: Scene) -> None:
    noor = scene.found()
    ali = scene.admit(noor, scene.pen(person="p2", name="Ali", role="secretaris"))
    subject, case_key = secrets.token_bytes(16), secrets.token_bytes(32)
    scene.put(ali.bundle(scene.epoch, scene.key, [(subject, case_key)]))
    scene.segment(ali, case(ali, 1, subject, case_key), expert(ali, 2))
    seen = scene.read(noor)
    assert [(o.counter, o.operation[5]) for o in seen.operations] == [(1, "casus"), (2, "team")]
    assert {card[4] for card in seen.members.cards.values()} == {"Noor", "Ali"}
    assert (seen.refused, seen.held, seen.review) == ([], [], [])
    nothing = read_space(contents(scene.folder), scene.space, scene.founding, {})
    assert (nothing.operations, nothing.members.cards, nothing.epochs, nothing.name) == ([], {}, {}, "")
    assert spaces_on(contents(scene.folder)) == {scene.space}


def test_what_a_member_may_not_write_is_refused_alone(scene: Scene) -> None:
    noor = scene.found()
    lid = scene.admit(noor, scene.pen(person="p2", name="Ali", role="lid"))
    other, case_key = secrets.token_bytes(16), secrets.token_bytes(32)
    scene.put(lid.bundle(scene.epoch, scene.key, [(other, case_key)]))
    scene.segment(lid, expert(lid, 1), expert(lid, 2, author=["p1", "Noor", "voorzitter"]))
    scene.segment(noor, case(noor, 1, other, case_key, "a" * 26), (other, b"\0x"), (b"", b"\1x"), expert(noor, 4))
    seen = scene.read(noor)
    assert [(o.device, o.counter) for o in seen.operations] == [(noor.device, 4)]
    assert sorted((d == noor.device, n) for d, n, _ in seen.refused) == [
        (False, 1), (False, 2), (True, 1), (True, 2), (True, 3),
    ]  # fmt: skip


def test_what_comes_after_a_revocation_lies_in_review(scene: Scene) -> None:
    noor = scene.found()
    ali = scene.admit(noor, scene.pen(person="p2", name="Ali", role="secretaris"))
    old = replace(scene, last=dict(scene.last))
    last = scene.segment(ali, expert(ali, 1))
    key = secrets.token_bytes(32)
    epoch = forge.epoch_check(scene.space, key)
    values = [ali.device, 1, last, "revoked", epoch, epoch]
    scene.enter(noor, "revoke", *values)
    scene.put(noor.key_file(epoch, key, [(noor.device, noor.box_key)], [(scene.epoch, scene.key)]))
    old.last = scene.last
    old.segment(ali, expert(ali, 2), first=2)
    scene.epoch, scene.key = epoch, key
    scene.segment(noor, expert(noor, 1))
    seen = scene.read(noor)
    assert [(o.device, o.counter) for o in seen.operations] in (
        [(ali.device, 1), (noor.device, 1)],
        [(noor.device, 1), (ali.device, 1)],
    )
    assert seen.review == [(ali.device, 2)]
    assert seen.members.role(ali.device) == ""
    assert {o.device for o in scene.read(ali).operations} == {ali.device}


def test_an_erased_case_is_gone_with_two_persons_only(scene: Scene) -> None:
    noor = scene.found()
    privacy = scene.admit(noor, scene.pen(person="p2", name="Ali", role="privacy"))
    subject, case_key = secrets.token_bytes(16), secrets.token_bytes(32)
    scene.put(noor.bundle(scene.epoch, scene.key, [(subject, case_key)]))
    scene.segment(noor, case(noor, 1, subject, case_key))
    scene.enter(privacy, "erase", subject)
    assert [o.counter for o in scene.read(noor).operations] == [1]
    scene.enter(noor, "erase", subject)
    seen = scene.read(noor)
    assert (seen.operations, seen.erased, seen.refused) == ([], {subject}, [])


def test_beside_a_witness_one_erases_who_is_alone(scene: Scene) -> None:
    noor, subjects = scene.found(), [secrets.token_bytes(16) for _ in range(2)]
    scene.enter(noor, "erase", subjects[0], True)
    scene.admit(noor, scene.pen(person="p2", name="Ali", role="privacy"))
    scene.enter(noor, "erase", subjects[1], True)
    assert scene.read(noor).erased == {subjects[0]}


def test_of_a_fork_the_lower_stands_and_gaps_of_peers_hold_unless_beyond_it(scene: Scene) -> None:
    noor = scene.found()
    ali = scene.admit(noor, scene.pen(person="p2", name="Ali", role="secretaris"))
    bo = scene.admit(noor, scene.pen(person="p3", name="Bo", role="secretaris"))
    one = ali.segment(scene.epoch, scene.key, 1, bytes(32), [expert(ali, 1)], heads=scene.heads)
    two = ali.segment(scene.epoch, scene.key, 1, bytes(32), [expert(ali, 1)], heads=scene.heads)
    stands = min(scene.put(one), scene.put(two))
    scene.segment(noor, expert(noor, 1), seen=[[ali.device, 1, stands[:8]]])
    scene.segment(noor, expert(noor, 2), seen=[[ali.device, 2, bytes(8)]], first=2)
    scene.segment(noor, expert(noor, 3), seen=[[bo.device, 1, bytes(8)]], first=3)
    seen = scene.read(noor)
    assert sorted(o.counter for o in seen.operations) == [1, 1, 2]
    assert seen.review == [(ali.device, 1)]
    assert seen.held == [(noor.device, 3, "seen")]


def test_what_a_cut_names_and_nobody_has_is_waited_for(scene: Scene) -> None:
    """Nothing else stands in its place, and who names anything of that chain waits too."""
    noor = scene.found()
    ali = scene.admit(noor, scene.pen(person="p2", name="Ali", role="secretaris"))
    scene.segment(ali, expert(ali, 1))
    other = scene.segment(ali, expert(ali, 2), first=2)
    scene.enter(ali, "revoke", ali.device, 2, bytes(31) + b"1", "left", b"", b"")
    scene.segment(noor, expert(noor, 1), seen=[[ali.device, 2, other[:8]]])
    seen = scene.read(noor)
    assert [(o.device, o.counter) for o in seen.operations] == [(ali.device, 1)]
    assert seen.held == [(noor.device, 1, "seen")]


def test_a_chain_ends_where_counters_or_heads_go_back(scene: Scene) -> None:
    noor = scene.found()
    old = scene.heads
    ali = scene.admit(noor, scene.pen(person="p2", name="Ali", role="secretaris"))
    bo = scene.admit(noor, scene.pen(person="p3", name="Bo", role="secretaris"))
    scene.segment(ali, expert(ali, 1))
    scene.segment(ali, expert(ali, 3), first=3)
    scene.segment(bo, expert(bo, 1))
    scene.segment(bo, expert(bo, 2), first=2, heads=old)
    seen = scene.read(noor)
    assert [o.counter for o in seen.operations] == [1, 1]
    assert sorted(seen.review) == sorted([(ali.device, 2), (bo.device, 2)])


def test_an_invite_opens_with_its_code_alone() -> None:
    code = bytes(range(10))
    key = forge.hkdf(code, b"", b"bren/invite/v1")
    nonce = secrets.token_bytes(24)
    data = b"BRENI\1" + nonce + forge.aead(key, nonce, b"BRENI\1", forge.pack(["text"]))
    assert open_invite(data, "000g-40r4-0m30-e209") == ["text"]
    with pytest.raises(UnreadableError):
        open_invite(data, "000G-40R4-0M30-E208")
