"""What the codecs promise to those who write: order, numbers without gaps, and keys that lead to keys."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bren_desktop.services.sync_ports import Parcel
from bren_desktop.sync.format.entries import Erase, Unknown, entry_file, read_entry
from bren_desktop.sync.format.envelope import NO_DIGEST, FileKind, parse
from bren_desktop.sync.format.epochs import KeyFile, key_file, read_key_file, unwrapped, unwrapped_heads
from bren_desktop.sync.format.invites import boxed_for, unboxed
from bren_desktop.sync.format.packing import FormatError, pack
from bren_desktop.sync.format.pen import Pen
from bren_desktop.sync.format.segments import MOST_PARCELS, Seen, Segment, read_segment, segment_file, segment_text
from tests.sync.formats import samples
from tests.sync.formats.samples import PEN, some


def read(segment: Segment) -> Segment:
    return read_segment(parse(segment_file(PEN, segment, 1, NO_DIGEST).data), samples.EPOCH_KEY)


def test_seen_and_heads_are_written_in_order() -> None:
    seen = (Seen(b"b" * 16, 2, some("two", 32)), Seen(b"a" * 16, 1, some("one", 32)))
    segment = Segment(1, 1, "1", seen=seen, heads=(b"y" * 32, b"x" * 32), state=some("state", 32))
    found = read(segment)
    assert found.seen == (Seen(b"a" * 16, 1, some("one", 8)), Seen(b"b" * 16, 2, some("two", 8)))
    assert found.heads == (b"x" * 32, b"y" * 32)
    assert found.state == some("state", 32)[:16]


def test_counters_go_on_without_a_gap() -> None:
    parcels = (Parcel(5, b"", b"a"), Parcel(6, b"", b"b"))
    assert read(Segment(5, 1, "1", parcels=parcels)).parcels == parcels
    assert Segment(5, 1, "1", parcels=parcels).last_counter == 6
    assert Segment(5, 1, "1").last_counter == 4
    for wrong in (parcels[1:], (parcels[0], parcels[0]), parcels[::-1]):
        with pytest.raises(ValueError, match="gap"):
            segment_text(Segment(5, 1, "1", parcels=wrong))


def test_a_segment_that_nobody_could_read_is_not_written() -> None:
    parcels = tuple(Parcel(1 + at, b"", b"") for at in range(MOST_PARCELS + 1))
    assert len(read(Segment(1, 1, "1", parcels=parcels[:-1])).parcels) == MOST_PARCELS
    with pytest.raises(ValueError, match="too much"):
        segment_text(Segment(1, 1, "1", parcels=parcels))


@pytest.mark.parametrize(("seq", "prev"), [(0, NO_DIGEST), (1, b"x" * 32), (2, NO_DIGEST)])
def test_only_the_first_segment_has_none_before_it(seq: int, prev: bytes) -> None:
    envelope = parse(segment_file(PEN, samples.SEGMENT, seq, prev).data)
    with pytest.raises(FormatError):
        read_segment(envelope, samples.EPOCH_KEY)


@pytest.mark.parametrize(
    "values",
    [
        [[b"b" * 16, 1, b"x" * 8], [b"a" * 16, 1, b"x" * 8]],
        [[b"a" * 16, 1, b"x" * 8], [b"a" * 16, 2, b"x" * 8]],
        [[b"a" * 16, 1, b"x" * 32]],
    ],
    ids=["not sorted", "twice", "a whole digest"],
)
def test_a_seen_vector_names_each_device_once_in_order(values: object) -> None:
    text = pack([0, 0, "1", 1, values, [], b"", 1, [], []])
    with pytest.raises(FormatError):
        read_segment(parse(PEN.sealed(FileKind.SEGMENT, text, seq=1).data), samples.EPOCH_KEY)


@pytest.mark.parametrize("parents", [[b"b" * 32, b"a" * 32], [b"a" * 32, b"a" * 32], []])
def test_parents_are_sorted_and_only_a_founding_has_none(parents: list[bytes]) -> None:
    text = pack([parents, 0, "erase", [samples.SUBJECT]])
    with pytest.raises(FormatError, match="parents"):
        read_entry(parse(PEN.sealed(FileKind.AUTH, text, seq=1).data), samples.EPOCH_KEY)


def test_an_entry_writes_its_parents_sorted() -> None:
    file = entry_file(PEN, 3, samples.ACTS["erase"], [b"b" * 32, b"a" * 32], 0).data
    assert read_entry(parse(file), samples.EPOCH_KEY).parents == (b"a" * 32, b"b" * 32)


@pytest.mark.parametrize("witnessed", [True, False, 1, 0, "ja"])
def test_only_true_is_a_witness(witnessed: object) -> None:
    text = pack([[b"a" * 32], 0, "erase", [samples.SUBJECT, witnessed, "more"]])
    entry = read_entry(parse(PEN.sealed(FileKind.AUTH, text, seq=1).data), samples.EPOCH_KEY)
    assert entry.act == Erase(samples.SUBJECT, witnessed=witnessed is True)


def test_an_action_of_later_is_kept() -> None:
    text = pack([[b"a" * 32], 0, "threshold", [2], "more"])
    entry = read_entry(parse(PEN.sealed(FileKind.AUTH, text, seq=1).data), samples.EPOCH_KEY)
    assert entry.act == Unknown("threshold")
    assert entry.card is None


@pytest.mark.parametrize(
    "changed",
    [
        {"letters": "A"},
        {"letters": "aa"},
        {"letters": "ÀÀ"},
        {"name": ""},
        {"name": " Jo"},
        {"name": "Jo\u202eoJ"},
        {"name": "Jo\nJo"},
        {"name": "x" * 501},
        {"person": "x"},
        {"role": "baas"},
        {"device": b"x"},
        {"sign_key": b"x" * 31},
    ],
    ids=str,
)
def test_a_card_that_could_mislead_is_refused(changed: dict[str, object]) -> None:
    values = dict(zip(samples.CARD._fields, samples.CARD.values(), strict=True)) | changed
    text = pack([[b"a" * 32], 0, "admit", [list(values.values()), samples.INVITE_ID]])
    with pytest.raises(FormatError):
        read_entry(parse(PEN.sealed(FileKind.AUTH, text, seq=1).data), samples.EPOCH_KEY)


def test_a_founding_by_more_than_one_is_not_read_yet() -> None:
    values = samples.ACTS["found"].values()
    values[3] = 2
    text = pack([[], 0, "found", values])
    with pytest.raises(FormatError, match="threshold"):
        read_entry(parse(PEN.sealed(FileKind.AUTH, text).data), samples.EPOCH_KEY)


def chain() -> tuple[list[Pen], list[KeyFile]]:
    """Four epochs, each wrapping the one before."""
    pens = [replace(PEN, epoch=some(f"epoch {at}"), epoch_key=some(f"key {at}", 32)) for at in range(4)]
    before: dict[bytes, bytes] = {}
    files = []
    for pen in pens:
        files.append(read_key_file(parse(key_file(pen, before, {samples.DEVICE: samples.CARD.box_key}).data)))
        before = {pen.epoch: pen.epoch_key}
    return pens, files


def test_one_key_leads_to_all_before_it() -> None:
    pens, files = chain()
    assert unwrapped(pens[3].epoch, pens[3].epoch_key, files[::-1]) == {pen.epoch: pen.epoch_key for pen in pens}
    assert unwrapped(pens[1].epoch, pens[1].epoch_key, files) == {pen.epoch: pen.epoch_key for pen in pens[:2]}


def test_a_new_epoch_wraps_what_no_other_wraps() -> None:
    pens, files = chain()
    assert unwrapped_heads([pen.epoch for pen in pens], files) == {pens[3].epoch}
    assert unwrapped_heads([pens[0].epoch, pens[2].epoch], files) == {pens[0].epoch, pens[2].epoch}


def test_without_recovery_there_is_no_box_for_it() -> None:
    _, files = chain()
    assert files[0].recovery == b""
    assert files[0].recovered(samples.IT_SEED, samples.COORDINATOR_SEED) is None


def test_a_request_key_is_boxed_to_admins_only() -> None:
    boxes = boxed_for(samples.REQUEST_KEY, [(samples.DEVICE, samples.CARD.box_key)])
    assert unboxed(boxes, {some("y"): some("y", 32), samples.DEVICE: samples.BOX_SEED}) == samples.REQUEST_KEY
    assert unboxed(boxes, {samples.DEVICE: some("x", 32)}) is None
    assert unboxed(boxes, {some("x"): samples.BOX_SEED}) is None


def test_secrets_do_not_show() -> None:
    for shown in (repr(PEN), repr(samples.ACTS["found"])):
        for secret in (samples.SIGN_SEED, samples.EPOCH_KEY, some("names", 32)):
            assert repr(secret) not in shown
