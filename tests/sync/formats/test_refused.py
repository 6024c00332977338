"""Bytes that are right somewhere else: another space, epoch, device, number, key or invite are all refused."""

from __future__ import annotations

import hashlib

import msgpack
import pytest

from bren_desktop.crypto import parcels
from bren_desktop.crypto.blobs import open_blob
from bren_desktop.crypto.parcels import BadParcelError
from bren_desktop.crypto.seal import sign
from bren_desktop.sync.format.bundles import MOST_KEYS, bundle_file, read_bundle
from bren_desktop.sync.format.entries import read_entry
from bren_desktop.sync.format.envelope import FileKind, TooNewError, parse
from bren_desktop.sync.format.epochs import read_key_file
from bren_desktop.sync.format.invites import WrongCodeError, read_invite, read_request, request_key
from bren_desktop.sync.format.packing import FormatError, pack
from bren_desktop.sync.format.segments import read_segment
from tests.sync.formats import samples
from tests.sync.formats.opening import opened
from tests.sync.formats.samples import frozen, some

SEALED = ("invite.bra", "keys.brc", "segment.brs")
FIELDS = ("min_reader", "network", "space", "epoch", "device", "seq", "prev", "length", "commitment")


def readdressed(data: bytes, **fields: object) -> bytes:
    """The file with other values in its header, signed anew by the same device: all but its body is right."""
    length = int.from_bytes(data[6:10], "big")
    header = msgpack.unpackb(data[10 : 10 + length])
    for name, value in fields.items():
        header[FIELDS.index(name)] = value
    packed = msgpack.packb(header)
    before: bytes = data[:6] + len(packed).to_bytes(4, "big") + packed + data[10 + length : -64]
    return before + sign(b"bren/sign/v1" + hashlib.sha256(before).digest(), samples.SIGN_SEED)


@pytest.mark.parametrize("name", SEALED)
def test_signing_anew_changes_nothing_else(name: str) -> None:
    assert readdressed(frozen(name)) == frozen(name)


@pytest.mark.parametrize("name", SEALED)
@pytest.mark.parametrize("field", ["network", "space", "epoch", "device"])
def test_it_opens_only_where_it_was_sealed(name: str, field: str) -> None:
    moved = readdressed(frozen(name), **{field: some("elsewhere")})
    assert parse(moved).is_by(samples.SIGN_KEY)
    with pytest.raises(FormatError):
        opened(name, moved)


@pytest.mark.parametrize("name", SEALED)
@pytest.mark.parametrize(
    "fields",
    [{"seq": 9}, {"prev": b"\1" * 32}, {"commitment": b"\1" * 16}, {"seq": 2**63 - 1}],
    ids=lambda fields: next(iter(fields)),
)
def test_it_opens_only_in_its_place_and_with_its_commitment(name: str, fields: dict[str, object]) -> None:
    with pytest.raises(FormatError):
        opened(name, readdressed(frozen(name), **fields))


@pytest.mark.parametrize("name", SEALED)
def test_it_opens_under_its_own_epoch_key_only(name: str) -> None:
    with pytest.raises(FormatError, match="another key"):
        parse(frozen(name)).opened(some("another key", 32))


@pytest.mark.parametrize(
    ("name", "kind"), [(name, kind) for name, own in zip(SEALED, "ACS", strict=True) for kind in "ACS" if kind != own]
)
def test_a_kind_is_not_taken_for_another(name: str, kind: str) -> None:
    data = frozen(name)
    changed = readdressed(data[:4] + kind.encode() + data[5:])
    assert parse(changed).is_by(samples.SIGN_KEY)
    for reader in (read_entry, read_bundle, read_segment):
        with pytest.raises(FormatError):
            reader(parse(changed), samples.EPOCH_KEY)


@pytest.mark.parametrize("name", [*SEALED, "epoch.brk"])
def test_a_reader_takes_its_own_kind_only(name: str) -> None:
    readers = {"bra": read_entry, "brc": read_bundle, "brs": read_segment}
    readers.pop(name.rpartition(".")[2], None)
    for reader in readers.values():
        with pytest.raises(FormatError):
            reader(parse(frozen(name)), samples.EPOCH_KEY)
    if name != "epoch.brk":
        with pytest.raises(FormatError):
            read_key_file(parse(frozen(name)))


@pytest.mark.parametrize("name", [*SEALED, "epoch.brk"])
def test_a_later_format_is_held(name: str) -> None:
    data = frozen(name)
    with pytest.raises(TooNewError):
        parse(data[:5] + b"\2" + data[6:])
    with pytest.raises(TooNewError):
        parse(readdressed(data, min_reader=2))


@pytest.mark.parametrize("name", [*SEALED, "epoch.brk"])
def test_more_fields_in_the_header_are_read_past(name: str) -> None:
    """Positions are never given another meaning; more may follow."""
    data = frozen(name)
    length = int.from_bytes(data[6:10], "big")
    packed = msgpack.packb([*msgpack.unpackb(data[10 : 10 + length]), "later", [1]])
    longer = parse(data[:6] + len(packed).to_bytes(4, "big") + packed + data[10 + length :])
    assert longer.header == parse(data).header


def test_a_key_file_with_a_nonce_or_commitment_is_none() -> None:
    data = frozen("epoch.brk")
    with pytest.raises(FormatError):
        read_key_file(parse(readdressed(data, commitment=b"\1" * 16)))
    at = 10 + int.from_bytes(data[6:10], "big")
    with pytest.raises(FormatError):
        read_key_file(parse(data[:at] + b"\1" * 24 + data[at + 24 :]))


def test_a_key_file_opens_for_whom_it_is_for() -> None:
    file = read_key_file(parse(frozen("epoch.brk")))
    assert file.opened(some("another device"), samples.BOX_SEED) is None
    assert file.opened(samples.DEVICE, some("another seed", 32)) is None
    assert file.recovered(samples.COORDINATOR_SEED, samples.IT_SEED) is None
    assert file.recovered(samples.IT_SEED, samples.IT_SEED) is None
    assert file.before(some("another key", 32)) == {}


@pytest.mark.parametrize("field", ["space", "epoch"])
def test_a_wrapped_key_stays_where_it_is(field: str) -> None:
    file = read_key_file(parse(readdressed(frozen("epoch.brk"), **{field: some("elsewhere")})))
    assert file.before(samples.EPOCH_KEY) == {}


@pytest.mark.parametrize(
    "changed",
    [{"space": some("x")}, {"device": some("x")}, {"counter": 42}, {"subject": some("x")}, {"domain": b"bren/read/v1"}],
    ids=lambda changed: next(iter(changed)),
)
def test_a_parcel_opens_at_its_address_only(changed: dict[str, bytes]) -> None:
    address = samples.ADDRESS._replace(**changed)  # type: ignore[arg-type]
    with pytest.raises(BadParcelError):
        parcels.content(frozen("parcel.bin"), address, samples.CASE_KEY)


def test_a_parcel_opens_with_its_key_only() -> None:
    with pytest.raises(BadParcelError):
        parcels.content(frozen("parcel.bin"), samples.ADDRESS, some("x", 32))


def test_an_attachment_opens_with_its_key_in_its_space_only() -> None:
    data = frozen("attachment.brb")
    assert open_blob(data, some("x", 32), samples.SPACE) is None
    assert open_blob(data, samples.BLOB_KEY, some("x")) is None
    assert open_blob(frozen("segment.brs"), samples.BLOB_KEY, samples.SPACE) is None


def test_an_invite_opens_with_its_code_only() -> None:
    with pytest.raises(WrongCodeError):
        read_invite(frozen("invite.bri"), some("x", 10))


def test_a_request_opens_for_its_invite_and_code_only() -> None:
    for key in (request_key(some("x", 10), samples.INVITE_ID), request_key(samples.CODE, some("x"))):
        with pytest.raises(WrongCodeError):
            read_request(frozen("request.brj"), key)


def test_a_request_is_not_moved_to_another_invite() -> None:
    data = frozen("request.brj")
    with pytest.raises(WrongCodeError):
        read_request(data[:6] + some("another invite") + data[22:], samples.REQUEST_KEY)


def test_invite_and_request_are_not_taken_for_each_other() -> None:
    with pytest.raises(FormatError):
        read_invite(frozen("request.brj"), samples.CODE)
    with pytest.raises(FormatError):
        read_request(frozen("invite.bri"), samples.REQUEST_KEY)


def test_a_bundle_holds_no_more_than_its_number_of_keys() -> None:
    keys = samples.CASE_KEYS * MOST_KEYS
    assert len(read_bundle(parse(bundle_file(samples.PEN, keys).data), samples.EPOCH_KEY)) == MOST_KEYS
    with pytest.raises(ValueError, match="too many"):
        bundle_file(samples.PEN, keys * 2)
    more = samples.PEN.sealed(FileKind.CASE_KEYS, pack([[some("a"), some("b", 32)]] * (MOST_KEYS + 1))).data
    with pytest.raises(FormatError, match="too many"):
        read_bundle(parse(more), samples.EPOCH_KEY)


def test_a_signature_is_no_other_files() -> None:
    one, other = frozen("invite.bra"), frozen("erase.bra")
    assert not parse(one[:-64] + other[-64:]).is_by(samples.SIGN_KEY)
