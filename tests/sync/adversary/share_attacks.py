"""What somebody does who can write anything on the share and holds no key."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from bren_desktop.domain.entities import Kind
from tests.sync.adversary.arena import NETWORK, Arena
from tests.sync.independent import forge
from tests.sync.world import plant, tree

Attack = Callable[[Arena], None]
ATTACKS: dict[str, Attack] = {}


def attack(act: Attack) -> Attack:
    ATTACKS[act.__name__.replace("_", "-")] = act
    return act


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def swap(one: Path, other: Path) -> None:
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def news(arena: Arena, name: str, text: str) -> Path:
    """Something new that only its writer has read; its segment."""
    before = set(arena.segments(name))
    arena.write(name, Kind.CASE, "", hulpvraag=text)
    arena.laptops[name].sync()
    return next(path for path in arena.segments(name) if path not in before)


@attack
def delete_segment(arena: Arena) -> None:
    arena.segments("bo")[-1].unlink()


@attack
def delete_unread_segment(arena: Arena) -> None:
    path = news(arena, "bo", "alleen bo en ali")
    arena.write("ali", Kind.CASE, "", hulpvraag="ook van ali")
    arena.laptops["ali"].sync()
    path.unlink()
    for name in ("noor", "lia", "pia"):
        arena.laptops[name].sync()


@attack
def flip_bit_in_segment(arena: Arena) -> None:
    path = arena.segments("bo")[-1]
    flip(path, path.stat().st_size // 2)


@attack
def flip_bit_in_signature(arena: Arena) -> None:
    flip(news(arena, "bo", "nog niet gelezen"), -1)


@attack
def truncate_segment(arena: Arena) -> None:
    path = news(arena, "bo", "half")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@attack
def grow_segment(arena: Arena) -> None:
    path = news(arena, "bo", "langer")
    path.write_bytes(path.read_bytes() + b"meer")


@attack
def squat_on_name(arena: Arena) -> None:
    path = arena.segments("bo")[-1]
    path.unlink()
    path.write_bytes(secrets.token_bytes(300))


@attack
def directory_on_name(arena: Arena) -> None:
    path = arena.segments("bo")[-1]
    path.unlink()
    path.mkdir()


@attack
def swap_two_segments(arena: Arena) -> None:
    swap(arena.segments("bo")[-1], arena.segments("ali")[-1])


@attack
def move_to_other_space(arena: Arena) -> None:
    path = arena.segments("bo")[-1]
    to = arena.folder(NETWORK) / path.relative_to(arena.folder())
    to.parent.mkdir(parents=True, exist_ok=True)
    path.rename(to)


def _with_header(path: Path, old: bytes, new: bytes) -> bytes:
    data = path.read_bytes()
    assert data.count(old) == 1
    return data.replace(old, new)


@attack
def rewrite_space_in_header(arena: Arena) -> None:
    path, pen = arena.segments("bo")[-1], arena.pen("bo")
    arena.put(_with_header(path, pen.space, arena.pen("bo", NETWORK).space))


@attack
def rewrite_device_in_header(arena: Arena) -> None:
    path, pen = arena.segments("bo")[-1], arena.pen("bo")
    arena.put(_with_header(path, pen.device, arena.pen("ali").device))


@attack
def replay_older_segment(arena: Arena) -> None:
    older, newest = arena.segments("bo")[0], arena.segments("bo")[-1]
    newest.write_bytes(older.read_bytes())


@attack
def share_rollback(arena: Arena) -> None:
    before = tree(arena.root)
    for text in ("later een", "later twee"):
        news(arena, "bo", text)
        arena.rounds(1)
    shutil.rmtree(arena.root)
    plant(arena.root, before)


@attack
def wipe_share(arena: Arena) -> None:
    for path in arena.root.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@attack
def hide_from_one(arena: Arena) -> None:
    path = news(arena, "bo", "verborgen voor noor")
    arena.hidden["noor"] = {arena.path(path)[:-4]}
    for _ in range(2):
        arena.laptops["ali"].sync()
        arena.write("ali", Kind.CASE, "", hulpvraag="na bo")
    arena.laptops["ali"].sync()
    arena.notes["unhide"] = "noor"


@attack
def delete_auth_entry(arena: Arena) -> None:
    arena.files("auth/*.bra")[-1].unlink()


@attack
def delete_epoch_keys(arena: Arena) -> None:
    for path in arena.files("key/*.brk"):
        path.unlink()


@attack
def delete_case_keys(arena: Arena) -> None:
    before = set(arena.files("case/*.brc"))
    news(arena, "bo", "zonder sleutel")
    for path in set(arena.files("case/*.brc")) - before:
        path.unlink()


@attack
def stranger_admits_itself(arena: Arena) -> None:
    bo = arena.pen("bo")
    stranger = forge.Pen.new(bo.network, bo.space, person=bo.person, name="Vreemd", role="voorzitter")
    heads = arena.heads("bo")
    depth = 1 + max(entry.n for entry in arena.eye("bo").log.order)
    epoch, _ = arena.epoch("bo")
    arena.put(stranger.entry(epoch, secrets.token_bytes(32), depth, heads, 1, "admit", [stranger.card(), bytes(16)]))


@attack
def own_epoch_key(arena: Arena) -> None:
    bo = arena.pen("bo")
    stranger = forge.Pen.new(bo.network, bo.space)
    cards = arena.eye("bo").out.members.cards.values()
    epoch, _ = arena.epoch("bo")
    arena.put(stranger.key_file(epoch, secrets.token_bytes(32), [(card[0], card[2]) for card in cards]))


@attack
def giant_lengths(arena: Arena) -> None:
    path = arena.segments("bo")[-1].with_name(f"00000099-{'a' * 12}.brs")
    path.write_bytes(b"BRENS\1" + b"\xff" * 4 + bytes(100))
    body = arena.segments("ali")[-1].with_name(f"00000098-{'b' * 12}.brs")
    ali = arena.pen("ali")
    fields = forge.pack([1, ali.network, ali.space, bytes(16), ali.device, 98, bytes(32), 2**32, bytes(16)])
    body.write_bytes(b"BRENS\1" + len(fields).to_bytes(4, "big") + fields + bytes(200))


@attack
def flood_of_strays(arena: Arena) -> None:
    folder = arena.segments("bo")[-1].parent
    for number in range(2000):
        (folder / f"verslag-{number:04}.txt").write_bytes(b"x")
    (arena.folder() / "desktop.ini").write_bytes(b"[.ShellClassInfo]")


@attack
def corrupt_attachment(arena: Arena) -> None:
    flip(arena.files("att/*/*.brb")[0], 100)


@attack
def swap_attachments(arena: Arena) -> None:
    swap(*arena.files("att/*/*.brb")[:2])


@attack
def forged_pack(arena: Arena) -> None:
    paths = arena.segments("bo")
    kept = [path.read_bytes() for path in paths]
    data = b"".join(kept[:-2] + kept[-1:])
    name = f"p-00000001-{len(kept):08}-{forge.sha(data).hex()[:12]}.brp"
    (paths[0].parent / name).write_bytes(data)
    for path in paths:
        path.unlink()


@attack
def network_json_lies(arena: Arena) -> None:
    text = b'{"format": "bren-share", "reader": 99, "network": "aaaaaaaaaaaaaaaaaaaaaaaaaa"}'
    (arena.root / "network.json").write_bytes(text)


@attack
def rename_everything(arena: Arena) -> None:
    for path in [path for path in arena.root.rglob("*") if path.is_file()]:
        path.rename(path.with_name(f"{secrets.token_hex(8)}{path.suffix}"))
