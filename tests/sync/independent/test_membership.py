"""Membership as the program judges it and as the page's own reader does: one verdict on every history."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bren_desktop.sync.entries import Entry, read_entry
from bren_desktop.sync.envelope import parse
from bren_desktop.sync.members import Membership
from tests.sync.independent.histories import KEY, History, histories
from tests.sync.independent.reader import Log


def judged(history: History) -> Membership:
    return Membership.of(history.founding, [read(data) for data in history.files.values()])


def read(data: bytes) -> Entry:
    return read_entry(parse(data), KEY)


@settings(max_examples=1500, report_multiple_bugs=False)
@given(histories(), st.data())
def test_both_judge_alike(history: History, data: st.DataObject) -> None:
    theirs = judged(history)
    log = Log(history.founding, history.entries, lambda digest, key: parse(history.files[digest]).is_by(key))
    assert set(theirs.entries) == set(log.under)
    members = log.fold(log.counting)
    assert {d: (c.sign_key, c.person) for d, c in theirs.cards.items()} == {
        d: (c[1], c[3]) for d, c in members.cards.items()
    }
    for device in members.cards:
        assert (theirs.role(device) or "") == members.role(device)
        cut = theirs.cut(device)
        assert (None if cut is None else (cut.seq, cut.digest)) == log.cuts().get(device)
        assert theirs.letters(device) == members.cards[device][7]
    assert theirs.erased == log.erased()
    assert (theirs.epoch_to_write() or b"") == log.epoch_to_write()
    heads = data.draw(st.lists(st.sampled_from(list(log.under)), min_size=1, max_size=3))
    then = log.at(heads)
    for device in members.cards:
        assert (theirs.role_at(device, tuple(heads)) or "") == then.role(device)


@settings(max_examples=60)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(history: History, chance: object) -> None:
    files = list(history.files.values())
    chance.shuffle(files)  # type: ignore[attr-defined]
    again = Membership.of(history.founding, [read(data) for data in files])
    before = judged(history)
    assert (again.heads, again.cards, again.erased) == (before.heads, before.cards, before.erased)
