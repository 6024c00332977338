"""A share as it is after a year: sixty laptops in the network space, each with a pack a month and the days since."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase
from typing import NamedTuple

from bren_desktop.crypto.seal import public_box_key, public_sign_key
from bren_desktop.domain.actors import Role
from bren_desktop.domain.changing import SCHEMA
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, SyncStore
from bren_desktop.sync.format.entries import Admit, Card, Entry, Invite, Known, entry_file, read_entry
from bren_desktop.sync.format.envelope import NO_DIGEST, parse
from bren_desktop.sync.format.names import Paths, byte_id, text_id
from bren_desktop.sync.format.pen import Pen
from bren_desktop.sync.format.segments import Segment, segment_file

WEEK_MS = 7 * 86_400_000


class Span(NamedTuple):
    """How long a laptop was at work: `months` of so many `days` lie in packs, and `days` lie loose."""

    months: int = 12
    days: int = 20


def fill(store: SyncStore, now: int, share: Path, laptops: int, span: Span = Span()) -> int:  # noqa: B008  it is frozen
    """Let `laptops` colleagues into the network of a founder, each with a past; how many files that made."""
    pen, head = _founder(store, share)
    paths = Paths(pen.space)
    files = 0
    for number in range(laptops):
        seed, device = secrets.token_bytes(32), secrets.token_bytes(16)
        key = public_sign_key(seed)
        who = (text_id(device), f"Collega {number}", Role.LID, "HGL", _letters(number))
        card = Card(device, key, public_box_key(seed), *who)
        invite = Invite(secrets.token_bytes(16), (), InviteTo.NETWORK, Role.LID, now + WEEK_MS)
        for act in (invite, Admit(card, invite.id)):
            head = _enter(pen, share, paths, head, act, now)
        files += 2 + _live(replace(pen, device=device, sign_seed=seed), share, paths, (head.digest,), span)
    return files


def _founder(store: SyncStore, share: Path) -> tuple[Pen, Entry]:
    with store.look() as rows:
        space: HeldSpace = next(each for each in rows.spaces() if each.kind is SpaceKind.NETWORK)
        keys = rows.epoch_keys(space.id)
    (epoch, key), *_ = keys.items()
    pen = Pen(space.network, byte_id(space.id), space.device, space.sign_seed, epoch, key)
    newest = max((share / Paths(pen.space).auth).iterdir())
    return pen, read_entry(parse(newest.read_bytes()), key)


def _enter(pen: Pen, share: Path, paths: Paths, head: Entry, act: Known, now: int) -> Entry:
    data = entry_file(pen, head.n + 1, act, [head.digest], now).data
    made = read_entry(parse(data), pen.epoch_key)
    (share / paths.entry(made.n, made.digest)).write_bytes(data)
    return made


def _letters(number: int) -> str:
    return ascii_uppercase[1 + number // 26] + ascii_uppercase[number % 26]


def _live(pen: Pen, share: Path, paths: Paths, heads: tuple[bytes, ...], span: Span) -> int:
    folder = share / paths.chain(pen.device)
    folder.mkdir(parents=True)
    chain = _segments(pen, heads)
    months, days = span
    for month in range(months):
        data = b"".join(next(chain) for _ in range(days))
        path = paths.pack(pen.device, month * days + 1, (month + 1) * days, hashlib.sha256(data).digest())
        (share / path).write_bytes(data)
    for day in range(days):
        data = next(chain)
        path = paths.segment(pen.device, months * days + day + 1, hashlib.sha256(data).digest())
        (share / path).write_bytes(data)
    return months + days


def _segments(pen: Pen, heads: tuple[bytes, ...]) -> Iterator[bytes]:
    """A heartbeat a day, without end."""
    prev, seq = NO_DIGEST, 0
    while True:
        seq += 1
        data = segment_file(pen, Segment(1, SCHEMA, "1", heads=heads), seq, prev).data
        prev = hashlib.sha256(data).digest()
        yield data
