"""What a member does whose program is patched, with that member's own keys."""

from __future__ import annotations

import secrets
from typing import Any

import zstandard

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from bren_desktop.services.share_door import Away
from tests.sync.adversary.arena import ENTITY, NETWORK, OTHER, TEAM, Arena
from tests.sync.adversary.share_attacks import Attack
from tests.sync.independent import forge
from tests.sync.world import MINUTE

ATTACKS: dict[str, Attack] = {}
DAYS = 24 * 60 * MINUTE


def attack(act: Attack) -> Attack:
    ATTACKS[act.__name__.replace("_", "-")] = act
    return act


def one(arena: Arena, name: str, value: str, **more: Any) -> None:
    """A next segment with one change about no case."""
    arena.forge(name, [arena.team_parcel(name, arena.counter(name), value)], **more)


@attack
def write_without_right(arena: Arena) -> None:
    one(arena, "lia", "lid mag dit niet")


@attack
def write_under_another_name(arena: Arena) -> None:
    noor, bo, counter = arena.pen("noor"), arena.pen("bo"), arena.counter("bo")
    arena.forged.append("noor zei dit niet")
    who = [noor.person, noor.name, noor.role]
    operation = bo.operation(counter, "team", ENTITY, [["naam", "", "noor zei dit niet", []]], author=who)
    arena.forge("bo", [bo.parcel(counter, b"", operation)])


@attack
def write_in_anothers_chain(arena: Arena) -> None:
    parcel = arena.team_parcel("lia", 99, "in de keten van bo")
    arena.forge("lia", [parcel], wrong={4: arena.pen("bo").device}, seq=len(arena.segments("bo")) + 1)


@attack
def fork(arena: Arena) -> None:
    for value in ("vork een", "vork twee"):
        counter, seq = arena.counter("bo"), len(arena.segments("bo")) + 1
        last = forge.sha(arena.segments("bo")[-1].read_bytes())
        arena.notes.setdefault("fork", (counter, seq, last))
        counter, seq, last = arena.notes["fork"]
        arena.forge("bo", [arena.team_parcel("bo", counter, value)], seq=seq, prev=last, first=counter)
    arena.forged.clear()


@attack
def fork_at_one(arena: Arena) -> None:
    arena.forge("bo", [arena.team_parcel("bo", 1, "anders begonnen")], seq=1, prev=bytes(32), first=1, seen=[])
    arena.forged.clear()
    arena.said = [row for row in arena.said if row[3] != "bo"]


@attack
def counter_jump(arena: Arena) -> None:
    counter = arena.counter("bo") + 5
    arena.forge("bo", [arena.team_parcel("bo", counter, "met een gat")], first=counter)


@attack
def counter_twice(arena: Arena) -> None:
    counter = arena.counter("bo") - 1
    arena.forge("bo", [arena.team_parcel("bo", counter, "nog eens")], first=counter)


@attack
def heads_go_back(arena: Arena) -> None:
    old = arena.heads("bo")
    noor = arena.laptops["noor"]
    device = next(device for device in noor.door.devices() if device.name == "Bo")
    noor.door.set_role(noor.actor, device.id, Role.LID)
    noor.sync()
    for _ in range(2):
        arena.laptops["bo"].sync()
        arena.later(26 * 60)
    one(arena, "bo", "nog als secretaris", heads=old)


@attack
def appoint_oneself(arena: Arena) -> None:
    arena.enter("lia", "role", arena.pen("lia").device, "voorzitter")
    one(arena, "lia", "als voorzitter")


@attack
def revoke_an_admin(arena: Arena) -> None:
    values = [arena.pen("noor").device, 0, bytes(32), "revoked", secrets.token_bytes(16), secrets.token_bytes(16)]
    arena.enter("lia", "revoke", *values)


def _newcomer(arena: Arena, role: str) -> forge.Pen:
    ali = arena.pen("ali")
    return forge.Pen.new(ali.network, ali.space, person=forge.base32(b"x" * 16), name="Vreemd", role=role, letters="ZZ")


def _write_as(arena: Arena, pen: forge.Pen, value: str) -> None:
    arena.forged.append(value)
    operation = pen.operation(1, "team", OTHER, [["naam", "", value, []]])
    epoch = arena.epoch("ali")
    arena.put(pen.segment(*epoch, 1, bytes(32), [pen.parcel(1, b"", operation)], heads=arena.heads("ali")))


@attack
def admit_without_invite(arena: Arena) -> None:
    stranger = _newcomer(arena, "voorzitter")
    arena.enter("ali", "admit", stranger.card(), secrets.token_bytes(16))
    _write_as(arena, stranger, "niet uitgenodigd")


@attack
def admit_twice(arena: Arena) -> None:
    used = next(e for e in arena.eye("ali").log.order if e.action == "admit" and e.values[0][5] == "secretaris")
    stranger = _newcomer(arena, "secretaris")
    arena.enter("ali", "admit", stranger.card(), used.values[1])
    _write_as(arena, stranger, "dezelfde uitnodiging")


def _case_key(arena: Arena, entity: str) -> tuple[bytes, bytes]:
    subject = next(s for s in arena.eye("bo").out.case_keys if forge.base32(s) == entity)
    return subject, next(iter(arena.eye("bo").out.case_keys[subject].values()))


@attack
def child_under_other_case(arena: Arena) -> None:
    subject, key = _case_key(arena, arena.notes["case"])
    pen, counter = arena.pen("bo"), arena.counter("bo")
    arena.forged.append("verkeerd ondergebracht")
    changes = [["notitie", "", "verkeerd ondergebracht", []]]
    moved = pen.operation(counter, "contactmoment", arena.notes["child of other"], changes)
    other = pen.operation(counter + 1, "casus", arena.notes["other case"], changes)
    arena.forge("bo", [pen.parcel(counter, subject, moved, key), pen.parcel(counter + 1, subject, other, key)])


@attack
def case_in_network_space(arena: Arena) -> None:
    pen, counter = arena.pen("bo", NETWORK), arena.counter("bo", NETWORK)
    subject, key = secrets.token_bytes(16), secrets.token_bytes(32)
    arena.forged.append("casus in het netwerk")
    operation = pen.operation(counter, "casus", forge.base32(subject), [["hulpvraag", "", "casus in het netwerk", []]])
    arena.put(pen.bundle(*arena.epoch("bo", NETWORK), [(subject, key)]))
    arena.forge("bo", [pen.parcel(counter, subject, operation, key)], NETWORK)


@attack
def case_in_the_clear_form(arena: Arena) -> None:
    pen, counter = arena.pen("bo"), arena.counter("bo")
    arena.forged.append("zonder sleutel van de casus")
    changes = [["hulpvraag", "", "zonder sleutel van de casus", []]]
    operation = pen.operation(counter, "casus", arena.notes["case"], changes)
    hidden = pen.operation(counter + 1, "casus", arena.notes["case"], changes)
    subject, _ = _case_key(arena, arena.notes["case"])
    _, body = pen.parcel(counter + 1, b"", hidden)
    arena.forge("bo", [pen.parcel(counter, b"", operation), (subject, body)])


@attack
def replace_what_it_cannot_have_seen(arena: Arena) -> None:
    """The colleague's version that it names comes later than what its seen-vector covers."""
    seen = arena.seen("bo")
    arena.write("ali", Kind.CASE, arena.notes["case"], hulpvraag="versie van ali")
    arena.laptops["ali"].sync()
    dot = [arena.pen("ali").device, arena.counter("ali") - 1]
    subject, key = _case_key(arena, arena.notes["case"])
    pen, counter = arena.pen("bo"), arena.counter("bo")
    changes = [["hulpvraag", "", "in plaats van ali", [dot]]]
    operation = pen.operation(counter, "casus", arena.notes["case"], changes)
    arena.forge("bo", [pen.parcel(counter, subject, operation, key)], seen=seen)


def _packed(arena: Arena, packed: bytes) -> None:
    pen, counter = arena.pen("bo"), arena.counter("bo")
    arena.forge("bo", [pen.parcel(counter, b"", b"", packed=packed)])


@attack
def zstd_bomb(arena: Arena) -> None:
    _packed(arena, zstandard.ZstdCompressor(19).compress(bytes(17 * 2**20)))


@attack
def frame_that_lies(arena: Arena) -> None:
    honest = zstandard.ZstdCompressor(3).compress(bytes(200_000))
    params = zstandard.get_frame_parameters(honest)
    assert params.content_size == 200_000
    _packed(arena, honest.replace((200_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"), 1))


@attack
def malformed_operation(arena: Arena) -> None:
    pen, counter = arena.pen("bo"), arena.counter("bo")
    deep: Any = "x"
    for _ in range(500):
        deep = [deep]
    author = [pen.person, pen.name, pen.role]
    rows: list[Any] = [
        [1, pen.device, counter, 2**64 - 1, forge.base32(pen.space), "team", ENTITY, author, [["naam", "", "x", []]]],
        [1, pen.device, counter + 1, 1, forge.base32(pen.space), "team", ENTITY, author, [["naam", "", deep, []]]],
        [1, pen.device, counter + 2, 1, forge.base32(pen.space), "team", ENTITY, author, [[1, 2, 3, 4]]],
        {"a": 1},
    ]
    parcels = [pen.parcel(counter + at, b"", forge.pack(row)) for at, row in enumerate(rows)]
    parcels.append(pen.parcel(counter + len(rows), b"", b"\xc1" * 40))
    arena.forge("bo", [*parcels, (b"", b""), (b"", b"\2?")])


@attack
def clock_far_ahead(arena: Arena) -> None:
    pen, counter = arena.pen("bo"), arena.counter("bo")
    ahead = (arena.laptops["bo"].clock.now_ms() + 36_500 * DAYS) << 16
    arena.said.append((ENTITY, "naam", "uit de toekomst", "bo"))
    operation = pen.operation(counter, "team", ENTITY, [["naam", "", "uit de toekomst", []]], clock=ahead)
    arena.forge("bo", [pen.parcel(counter, b"", operation)], clock=(ahead, ahead))


@attack
def unknown_epoch(arena: Arena) -> None:
    one(arena, "bo", "zonder sleutel", under=(secrets.token_bytes(16), secrets.token_bytes(32)))


@attack
def sealed_under_own_epoch(arena: Arena) -> None:
    lia = arena.pen("lia")
    key = secrets.token_bytes(32)
    epoch = forge.epoch_check(lia.space, key)
    before = arena.epoch("lia")
    arena.enter("lia", "epoch", epoch, epoch)
    cards = arena.eye("noor").out.members.cards.values()
    arena.put(lia.key_file(epoch, key, [(card[0], card[2]) for card in cards], [before]))
    one(arena, "lia", "onder eigen sleutel", under=(epoch, key))


@attack
def from_the_future(arena: Arena) -> None:
    one(arena, "bo", "te nieuw", wrong={0: 9})


@attack
def seen_that_is_not(arena: Arena) -> None:
    ali = arena.pen("ali").device
    one(arena, "bo", "rust op niets", seen=[[ali, 7_000, b"verzonne"]])


@attack
def lie_about_state(arena: Arena) -> None:
    arena.forge("bo", [], state=secrets.token_bytes(16))


@attack
def wrong_commitment(arena: Arena) -> None:
    pen, (epoch, key) = arena.pen("bo"), arena.epoch("bo")
    nonce, seq, prev = secrets.token_bytes(24), len(arena.segments("bo")) + 1, arena.segments("bo")[-1].read_bytes()
    both = forge.hkdf(key, pen.space, b"bren/file/v1S" + pen.device + seq.to_bytes(8, "big") + nonce, 48)
    header = [1, pen.network, pen.space, epoch, pen.device, seq, forge.sha(prev), 256, both[32:]]
    fields = forge.pack(header)
    before = b"BRENS\1" + len(fields).to_bytes(4, "big") + fields + nonce
    arena.put(pen.signed(before + secrets.token_bytes(256)))
    arena.patched.add("bo")


@attack
def erase_alone(arena: Arena) -> None:
    """The privacy officer has a second laptop with another role, and signs on both."""
    subject, _ = _case_key(arena, arena.notes["case"])
    pia, invite = arena.pen("pia"), secrets.token_bytes(16)
    second = forge.Pen.new(pia.network, pia.space, person=pia.person, name=pia.name, role="secretaris", letters="ZZ")
    arena.enter("ali", "invite", invite, [], "team", "secretaris", 2**62)
    arena.enter("ali", "admit", second.card(), invite)
    arena.enter("pia", "erase", subject)
    heads, depth = arena.heads("ali"), max(entry.n for entry in arena.eye("ali").log.order)
    arena.put(second.entry(*arena.epoch("ali"), depth + 1, heads, 1, "erase", [subject]))
    arena.notes["not erased"] = subject


@attack
def erase_as_if_alone(arena: Arena) -> None:
    """An admin who is being put out puts everybody out, on paper, and says that somebody looked on.

    One colleague sees for a while only that.
    """
    subject, _ = _case_key(arena, arena.notes["case"])
    ali, under, on = arena.pen("ali"), arena.epoch("ali"), arena.heads("ali")
    depth = max(entry.n for entry in arena.eye("ali").log.order)
    others = sorted(arena.eye("ali").out.members.cards.keys() - {ali.device})
    epoch = secrets.token_bytes(16)
    out = [("revoke", [other, 0, bytes(32), "revoked", epoch, epoch]) for other in others]
    before = set(arena.files("auth/*.bra"))
    revoked(arena, "ali")
    arena.hidden["bo"] = {arena.path(path) for path in set(arena.files("auth/*.bra")) - before}
    for more, (action, values) in enumerate([*out, ("erase", [subject, True])], start=1):
        data = ali.entry(*under, depth + more, on, 1, action, values)
        arena.put(data)
        on = [forge.sha(data)]


def revoked(arena: Arena, name: str) -> None:
    noor = arena.laptops["noor"]
    device = next(device for device in noor.door.devices() if device.name == name.title())
    noor.door.revoke(noor.actor, device.id, Away.REVOKED)
    noor.sync()
    arena.patched.add(name)


@attack
def write_after_revocation(arena: Arena) -> None:
    heads, under = arena.heads("bo"), arena.epoch("bo")
    revoked(arena, "bo")
    one(arena, "bo", "na de intrekking", heads=heads, under=under)


@attack
def rewrite_below_the_cut(arena: Arena) -> None:
    heads, under, last = arena.heads("bo"), arena.epoch("bo"), len(arena.segments("bo"))
    before = forge.sha(arena.segments("bo")[-2].read_bytes())
    first = arena.eye("bo").clear[forge.sha(arena.segments("bo")[-1].read_bytes())][7]
    revoked(arena, "bo")
    parcel = arena.team_parcel("bo", first, "onder de snede")
    arena.forge("bo", [parcel], heads=heads, under=under, seq=last, prev=before, first=first)


@attack
def entry_after_revocation(arena: Arena) -> None:
    ali, heads = arena.pen("ali"), arena.heads("ali")
    depth = max(entry.n for entry in arena.eye("ali").log.order)
    under = arena.epoch("ali")
    revoked(arena, "ali")
    invite, stranger = secrets.token_bytes(16), _newcomer(arena, "voorzitter")
    first = ali.entry(*under, depth + 1, heads, 1, "invite", [invite, [], "team", "voorzitter", 2**62])
    second = ali.entry(*under, depth + 2, [forge.sha(first)], 1, "admit", [stranger.card(), invite])
    arena.put(first)
    arena.put(second)
    arena.forged.append("binnengelaten na de intrekking")
    changes = [["naam", "", "binnengelaten na de intrekking", []]]
    parcel = stranger.parcel(1, b"", stranger.operation(1, "team", OTHER, changes))
    arena.put(stranger.segment(*under, 1, bytes(32), [parcel], heads=[forge.sha(second)]))


@attack
def read_after_revocation(arena: Arena) -> None:
    revoked(arena, "bo")
    arena.write("ali", Kind.CASE, arena.notes["case"], hulpvraag="alleen voor wie er nog is")
    arena.rounds(2)
    arena.notes["blind"] = ("bo", "alleen voor wie er nog is", TEAM)


@attack
def mutual_revocation(arena: Arena) -> None:
    devices = {device.name: device.id for device in arena.laptops["noor"].door.devices()}
    for name, other in (("noor", "Ali"), ("ali", "Noor")):
        laptop = arena.laptops[name]
        arena.hidden[name] = {"sp/"}
        laptop.door.revoke(laptop.actor, devices[other], Away.REVOKED)
    arena.hidden.clear()
    arena.notes["stands"] = ("noor", "ali")
