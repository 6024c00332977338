"""Each sample read as the program reads it, from bytes to values: whatever is wrong with it raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bren_desktop.crypto import parcels
from bren_desktop.crypto.blobs import open_blob
from bren_desktop.crypto.parcels import BadParcelError
from bren_desktop.oplog.contents import read_content
from bren_desktop.oplog.operations import DecodingError, decode
from bren_desktop.sync.format.bundles import read_bundle
from bren_desktop.sync.format.entries import read_entry
from bren_desktop.sync.format.envelope import Envelope, parse
from bren_desktop.sync.format.epochs import read_key_file
from bren_desktop.sync.format.invites import read_invite, read_request
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.format.segments import read_segment
from tests.sync.formats import samples

REFUSALS = (FormatError, BadParcelError, DecodingError)
"""The only ways in which bytes from outside may be refused."""


def signed(data: bytes) -> Envelope:
    """The envelope, if it is our device's."""
    envelope = parse(data)
    if not envelope.is_by(samples.SIGN_KEY):
        raise FormatError("unsigned")
    return envelope


def attachment(data: bytes) -> bytes:
    content = open_blob(data, samples.BLOB_KEY, samples.SPACE)
    if content is None:
        raise FormatError("does not open")
    return content


def parcel(data: bytes) -> object:
    if parcels.key_id(data) not in {b"", samples.CASE_KEY_ID}:
        raise BadParcelError("no such key")
    operation, refs = read_content(parcels.content(data, samples.ADDRESS, samples.CASE_KEY))
    return decode(operation), refs


READERS: Mapping[str, Callable[[bytes], object]] = {
    "bra": lambda data: read_entry(signed(data), samples.EPOCH_KEY),
    "brk": lambda data: read_key_file(signed(data)),
    "brc": lambda data: read_bundle(signed(data), samples.EPOCH_KEY),
    "brs": lambda data: read_segment(signed(data), samples.EPOCH_KEY),
    "brb": attachment,
    "bin": parcel,
    "bri": lambda data: read_invite(data, samples.CODE),
    "brj": lambda data: read_request(data, samples.REQUEST_KEY),
}


def opened(name: str, data: bytes) -> object:
    """What the program makes of `data`, taken for a file like the sample of that name."""
    return READERS[name.rpartition(".")[2]](data)
