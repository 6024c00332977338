"""What can be done to somebody who joins, and with what was erased."""

from __future__ import annotations

import secrets

from nacl.public import PrivateKey

from bren_desktop.domain.entities import Kind
from bren_desktop.errors import UserFacingError
from bren_desktop.services.share_door import InviteTo
from tests.sync.adversary.arena import Arena
from tests.sync.adversary.share_attacks import Attack, news
from tests.sync.independent import forge
from tests.sync.independent.reader import code_bytes
from tests.sync.world import PLACE, Laptop, actor_of

ATTACKS: dict[str, Attack] = {}


def attack(act: Attack) -> Attack:
    ATTACKS[act.__name__.replace("_", "-")] = act
    return act


def newcomer(arena: Arena) -> Laptop:
    return Laptop("cas", actor_of("cas"), arena.root.parent / "cas", arena.share("cas"))


def invited(arena: Arena) -> tuple[bytes, str]:
    noor = arena.laptops["noor"]
    return noor.door.invite(noor.actor, InviteTo.TEAM, actor_of("cas").role)


def join(arena: Arena) -> Laptop:
    """Somebody asks, and is let in; the first sync is still to come."""
    cas, noor = newcomer(arena), arena.laptops["noor"]
    cas.clock.ms = noor.clock.ms
    arena.laptops["cas"] = cas
    cas.door.join(cas.actor, *invited(arena))
    for request in noor.door.requests():
        noor.door.approve(noor.actor, request.id)
    noor.sync()
    return cas


@attack
def old_world_for_newcomer(arena: Arena) -> None:
    path = news(arena, "bo", "voor de nieuwe")
    arena.laptops["noor"].sync()
    arena.hidden["cas"] = {arena.path(path)[:-4]}
    join(arena)


@attack
def old_heads_for_newcomer(arena: Arena) -> None:
    newest = arena.files("auth/*.bra")[-1]
    arena.hidden["cas"] = {arena.path(newest)[:-4]}
    join(arena)


@attack
def other_founding(arena: Arena) -> None:
    cas, noor = join(arena), arena.pen("noor")
    stranger = forge.Pen.new(noor.network, noor.space, person=noor.person, name="Noor", role="voorzitter")
    key = secrets.token_bytes(32)
    epoch = forge.epoch_check(noor.space, key)
    team = [stranger.sign_key], stranger.card(), epoch
    found = stranger.entry(epoch, key, 0, [], 1, "found", ["team", "HGL", bytes(32), 1, *team, []])
    member = next(space for space in cas.spaces() if forge.base32(noor.space) == space.id)
    box_key = bytes(PrivateKey.from_seed(member.box_seed).public_key)
    arena.hidden["cas"] = {arena.path(path) for path in arena.root.rglob("*") if path.is_file()}
    arena.put(found)
    arena.put(stranger.key_file(epoch, key, [(member.device, box_key)]))


@attack
def swap_invite(arena: Arena) -> None:
    _, code = invited(arena)
    own = secrets.token_bytes(10)
    nonce, start = secrets.token_bytes(24), b"BRENI\1"
    space = [secrets.token_bytes(16), secrets.token_bytes(32), [], [], "team"]
    text = forge.pack([secrets.token_bytes(16), secrets.token_bytes(16), PLACE, [space], "Noor", "lid", "team", 2**50])
    sealed = forge.aead(forge.hkdf(own, b"", b"bren/invite/v1"), nonce, start, text)
    _refused(arena, start + nonce + sealed, code)


def _refused(arena: Arena, invite: bytes, code: str) -> None:
    cas = newcomer(arena)
    assert len(code_bytes(code)) == 10
    try:
        cas.door.join(cas.actor, invite, code)
    except UserFacingError as error:
        arena.notes["told"] = str(error)
    cas.store.close()


@attack
def swap_request(arena: Arena) -> None:
    cas, noor = newcomer(arena), arena.laptops["noor"]
    cas.clock.ms = noor.clock.ms
    arena.laptops["cas"] = cas
    invite = invited(arena)
    before = set((arena.root / "join").iterdir())
    cas.door.join(cas.actor, *invite)
    (path,) = set((arena.root / "join").iterdir()) - before
    data = path.read_bytes()
    path.write_bytes(data[:46] + secrets.token_bytes(len(data) - 46))
    arena.notes["not admitted"] = noor.door.requests()
    cas.sync()
    assert [request.name for request in noor.door.requests()] == ["Cas"]


@attack
def restore_erased_bundle(arena: Arena) -> None:
    case = arena.write("bo", Kind.CASE, "", roepnaam="Weg", hulpvraag="gewist")
    arena.rounds(2)
    kept = {path: path.read_bytes() for path in arena.files("case/*.brc")}
    for name in ("pia", "bo"):
        arena.laptops[name].door.erase(arena.laptops[name].actor, case)
        arena.rounds(1)
    arena.rounds(2)
    arena.said = [row for row in arena.said if row[0] != case]
    gone = {path: data for path, data in kept.items() if not path.exists()}
    assert gone, "the bundle with the erased key still lies there"
    for path, data in gone.items():
        path.write_bytes(data)
    arena.notes["gone"] = (case, list(gone))
