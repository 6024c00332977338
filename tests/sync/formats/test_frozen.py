"""The files of format 1 as they were frozen: made again byte for byte, and read for ever."""

from __future__ import annotations

import hashlib

import pytest

from bren_desktop.crypto.codes import format_code
from bren_desktop.crypto.parcels import key_id
from bren_desktop.sync.format.entries import Entry
from bren_desktop.sync.format.envelope import parse
from bren_desktop.sync.format.epochs import KeyFile, epoch_check, read_key_file
from bren_desktop.sync.format.invites import InviteText, RequestText, requested_invite
from bren_desktop.sync.format.names import text_id
from bren_desktop.sync.format.words import words
from tests.sync.formats import samples
from tests.sync.formats.opening import opened
from tests.sync.formats.samples import MAKERS, NOT_THE_SAME_AGAIN, frozen, made, some


def test_every_sample_is_frozen() -> None:
    assert {path.name for path in samples.FROZEN.iterdir()} == MAKERS.keys()


def test_the_frozen_bytes_are_the_frozen_bytes() -> None:
    """Nobody freezes anew what the world has on its shares."""
    together = hashlib.sha256(b"".join(hashlib.sha256(frozen(name)).digest() for name in sorted(MAKERS)))
    assert together.hexdigest() == "c6ee7a39a65bc83852a6cb2af04fcecfbe3a314d3915694eec3611e98f35423a"


@pytest.mark.parametrize("name", sorted(MAKERS.keys() - NOT_THE_SAME_AGAIN))
def test_it_is_made_byte_for_byte(name: str) -> None:
    assert made(name) == frozen(name)


@pytest.mark.parametrize("name", sorted(NOT_THE_SAME_AGAIN))
def test_what_is_made_now_reads_the_same(name: str) -> None:
    now, then = opened(name, made(name)), opened(name, frozen(name))
    if not isinstance(now, KeyFile):
        assert now == then
        return
    assert isinstance(then, KeyFile)
    assert now.wraps == then.wraps
    assert now.opened(samples.DEVICE, samples.BOX_SEED) == then.opened(samples.DEVICE, samples.BOX_SEED)


@pytest.mark.parametrize("name", sorted(samples.ACTS))
def test_an_entry_says_what_it_said(name: str) -> None:
    entry = opened(f"{name}.bra", frozen(f"{name}.bra"))
    assert isinstance(entry, Entry)
    assert entry.act == samples.ACTS[name]
    assert (entry.device, entry.epoch, entry.at_ms) == (samples.DEVICE, samples.EPOCH, samples.NOW_MS)
    assert (entry.n, entry.parents) == ((0, ()) if name == "found" else (12, (samples.PARENT,)))
    assert entry.digest == hashlib.sha256(frozen(f"{name}.bra")).digest()


def test_a_key_file_gives_its_keys() -> None:
    file = read_key_file(parse(frozen("epoch.brk")))
    assert (file.space, file.epoch, file.device) == (samples.SPACE, samples.EPOCH, samples.DEVICE)
    assert file.opened(samples.DEVICE, samples.BOX_SEED) == samples.EPOCH_KEY
    assert file.recovered(samples.IT_SEED, samples.COORDINATOR_SEED) == samples.EPOCH_KEY
    assert file.before(samples.EPOCH_KEY) == samples.BEFORE


def test_a_bundle_gives_its_keys() -> None:
    assert opened("keys.brc", frozen("keys.brc")) == samples.CASE_KEYS


def test_a_segment_says_what_it_said() -> None:
    envelope = parse(frozen("segment.brs"))
    assert (envelope.header.seq, envelope.header.prev) == (8, samples.SEGMENT_BEFORE)
    assert opened("segment.brs", frozen("segment.brs")) == samples.SEGMENT


@pytest.mark.parametrize("name", ["parcel.bin", "open-parcel.bin"])
def test_a_parcel_holds_its_operation(name: str) -> None:
    assert opened(name, frozen(name)) == (samples.OPERATION, (samples.REF,))
    assert key_id(frozen(name)) == (samples.CASE_KEY_ID if name == "parcel.bin" else b"")


def test_an_attachment_opens() -> None:
    assert opened("attachment.brb", frozen("attachment.brb")) == samples.ATTACHMENT


def test_an_invite_and_a_request_say_what_they_said() -> None:
    assert opened("invite.bri", frozen("invite.bri")) == samples.INVITE_TEXT
    asked = opened("request.brj", frozen("request.brj"))
    assert isinstance(asked, RequestText)
    assert (asked.id, asked.person, asked.name) == (some("request"), samples.CARD.person, samples.CARD.name)
    assert requested_invite(frozen("request.brj")) == samples.INVITE_ID
    assert isinstance(samples.INVITE_TEXT, InviteText)


def test_what_is_derived_is_frozen() -> None:
    derived = {
        "words": " ".join(words(frozen("request.brj"), samples.REQUEST_KEY)),
        "code": format_code(samples.CODE),
        "request key": samples.REQUEST_KEY.hex(),
        "epoch check": epoch_check(samples.EPOCH_KEY, samples.SPACE).hex(),
        "case key id": samples.CASE_KEY_ID.hex(),
        "commitment": parse(frozen("segment.brs")).commitment.hex(),
        "space": text_id(samples.SPACE),
    }
    assert derived == {
        "words": "kussen zilver gember nougat fabriek warmte",
        "code": "46JF-ZF66-0AW0-E6MW",
        "request key": "eb110e8fbaaab1f896c8944d936106fcaa715f6288848e5e1b31f161a58be16c",
        "epoch check": "3e4b8366c6b07dc4917a00bc027f09ed",
        "case key id": "f0b824feb848c2768929120778719b92",
        "commitment": "bd0d012d318047b57d24ae00829d86f9",
        "space": "lzozqce33cbbg4qndrw35jepve",
    }
