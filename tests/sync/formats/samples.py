"""One of every file of the share, of fixed secrets and nonces: what `frozen/` holds, made again.

`python -m tests.sync.formats.samples` writes what is not frozen yet; what is frozen is never written again.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from bren_desktop.crypto import parcels
from bren_desktop.crypto.blobs import close_blob
from bren_desktop.crypto.parcels import Address, case_key_id
from bren_desktop.crypto.seal import public_box_key, public_sign_key
from bren_desktop.domain.actors import Role
from bren_desktop.oplog.contents import BlobRef, pack_content
from bren_desktop.oplog.operations import Author, Change, Dot, Operation, encode
from bren_desktop.services.share_door import Away, InviteTo
from bren_desktop.services.sync_ports import CaseKey, Parcel, SpaceKind
from bren_desktop.sync.format import invites
from bren_desktop.sync.format.bundles import bundle_file
from bren_desktop.sync.format.entries import (
    Admit,
    Card,
    Erase,
    Found,
    Invite,
    Known,
    NewEpoch,
    Renew,
    Revoke,
    SetRole,
    entry_file,
)
from bren_desktop.sync.format.envelope import NO_DIGEST
from bren_desktop.sync.format.epochs import epoch_check, key_file
from bren_desktop.sync.format.invites import (
    AskingDevice,
    InvitedSpace,
    InviteText,
    RequestText,
    invite_file,
    request_file,
)
from bren_desktop.sync.format.names import text_id
from bren_desktop.sync.format.pen import Pen
from bren_desktop.sync.format.segments import Seen, Segment, segment_file

FROZEN = Path(__file__).parent / "frozen"
NOW_MS = 1_800_000_000_000


def some(what: str, length: int = 16) -> bytes:
    """Bytes that are the same every time."""
    return hashlib.shake_256(what.encode()).digest(length)


NETWORK, SPACE, DEVICE = some("network"), some("space"), some("device")
EPOCH_KEY, SIGN_SEED, BOX_SEED = some("epoch key", 32), some("sign", 32), some("box", 32)
IT_SEED, COORDINATOR_SEED = some("it", 32), some("coordinator", 32)
EPOCH = epoch_check(EPOCH_KEY, SPACE)
SIGN_KEY = public_sign_key(SIGN_SEED)
PEN = Pen(NETWORK, SPACE, DEVICE, SIGN_SEED, EPOCH, EPOCH_KEY)
SUBJECT, CASE_KEY = some("case"), some("case key", 32)
CASE_KEY_ID = case_key_id(CASE_KEY, SPACE, SUBJECT)
COUNTER = 41
ADDRESS = Address(SPACE, DEVICE, COUNTER, SUBJECT)
BEFORE = {some("epoch before"): some("key before", 32)}
PARENT, SEGMENT_BEFORE = some("parent", 32), some("segment before", 32)
ATTACHMENT, BLOB_KEY = b"%PDF-1.7 made up" * 20, some("blob key", 32)
CODE = some("code", 10)
INVITE_ID = some("invite")

CARD = Card(
    DEVICE,
    SIGN_KEY,
    public_box_key(BOX_SEED),
    text_id(some("person")),
    "Noor van der Véén",
    Role.VOORZITTER,
    "NO",
    "AA",
)
RECOVERY = (public_box_key(IT_SEED), public_box_key(COORDINATOR_SEED))
OPERATION = Operation(
    Dot(DEVICE, COUNTER),
    NOW_MS << 16,
    text_id(SPACE),
    "casus",
    text_id(SUBJECT),
    Author(CARD.person, CARD.name, CARD.role.value),
    (Change("roepnaam", "", "Sem", (Dot(DEVICE, 40),)),),
)
REF = BlobRef(some("content", 32), some("blob", 32), BLOB_KEY)
CONTENT = pack_content(encode(OPERATION), [REF])
CASE_KEYS = (CaseKey(SUBJECT, CASE_KEY_ID, CASE_KEY),)
SEGMENT = Segment(
    counter=COUNTER,
    schema=3,
    version="1.2.0",
    clock_first=NOW_MS << 16,
    clock_last=(NOW_MS << 16) + 1,
    seen=(Seen(some("a peer"), 7, some("its segment", 8)),),
    heads=(PARENT,),
    state=some("state"),
    parcels=(Parcel(COUNTER, SUBJECT, b"\1" + some("body", 60)), Parcel(COUNTER + 1, b"", b"\0" + some("open", 20))),
    reads=(Parcel(5, SUBJECT, b"\1" + some("read", 60)),),
)
INVITE_TEXT = InviteText(
    INVITE_ID,
    NETWORK,
    r"\\server\bren",
    (InvitedSpace(SPACE, some("founding", 32), (PARENT,), SEGMENT.seen, SpaceKind.TEAM),),
    CARD.name,
    Role.SECRETARIS,
    InviteTo.TEAM,
    NOW_MS,
)
REQUEST_KEY = invites.request_key(CODE, INVITE_ID)

ACTS: Mapping[str, Known] = {
    "found": Found(SpaceKind.TEAM, "Noord", some("names", 32), SIGN_KEY, CARD, EPOCH, RECOVERY),
    "invite": Invite(INVITE_ID, ((DEVICE, some("request box", 80)),), InviteTo.TEAM, Role.SECRETARIS, NOW_MS),
    "admit": Admit(CARD, INVITE_ID),
    "role": SetRole(DEVICE, Role.PROCESREGISSEUR),
    "revoke": Revoke(DEVICE, 7, SEGMENT_BEFORE, Away.LOST, some("next epoch"), some("next epoch")),
    "leave": Revoke(DEVICE, 7, SEGMENT_BEFORE, Away.LEFT),
    "epoch": NewEpoch(some("next epoch"), some("next epoch")),
    "renew": Renew(7, SEGMENT_BEFORE, CARD),
    "erase": Erase(SUBJECT),
    "erase-alone": Erase(SUBJECT, witnessed=True),
}


def entry(name: str) -> bytes:
    founding = name == "found"
    return entry_file(PEN, 0 if founding else 12, ACTS[name], [] if founding else [PARENT], NOW_MS).data


def request() -> bytes:
    text = RequestText(
        some("request"),
        some("invite file", 32),
        (AskingDevice(SPACE, DEVICE, SIGN_KEY, CARD.box_key),),
        CARD.person,
        CARD.name,
        CARD.team,
    )
    return request_file(text, INVITE_ID, REQUEST_KEY)


MAKERS: Mapping[str, Callable[[], bytes]] = {
    **{f"{name}.bra": (lambda name=name: entry(name)) for name in ACTS},  # type: ignore[misc]
    "epoch.brk": lambda: key_file(PEN, BEFORE, {DEVICE: CARD.box_key}, RECOVERY).data,
    "keys.brc": lambda: bundle_file(PEN, CASE_KEYS).data,
    "segment.brs": lambda: segment_file(PEN, SEGMENT, 8, SEGMENT_BEFORE).data,
    "heartbeat.brs": lambda: segment_file(PEN, Segment(1, 3, "1.2.0"), 1, NO_DIGEST).data,
    "parcel.bin": lambda: parcels.close(CONTENT, ADDRESS, CASE_KEY_ID, CASE_KEY),
    "open-parcel.bin": lambda: parcels.close_open(CONTENT),
    "attachment.brb": lambda: close_blob(ATTACHMENT, BLOB_KEY, some("blob nonce", 24), SPACE),
    "invite.bri": lambda: invite_file(INVITE_TEXT, CODE),
    "request.brj": request,
}
NOT_THE_SAME_AGAIN = {"epoch.brk", "parcel.bin", "open-parcel.bin"}
"""A box has a random key of its own, and another zstd may press otherwise: these are only read for ever."""


def made(name: str) -> bytes:
    """The file, with nonces that are the same every time."""
    nonces: Iterator[bytes] = (some(f"nonce {name} {at}", 24) for at in itertools.count())
    with ExitStack() as patched:
        for module in ("sync.format.envelope", "sync.format.epochs", "sync.format.invites", "crypto.parcels"):
            patched.enter_context(patch(f"bren_desktop.{module}.new_nonce", lambda: next(nonces)))
        return MAKERS[name]()


def frozen(name: str) -> bytes:
    """The file as it was frozen."""
    return (FROZEN / name).read_bytes()


if __name__ == "__main__":
    for file in MAKERS:
        if not (FROZEN / file).exists():
            (FROZEN / file).write_bytes(made(file))
