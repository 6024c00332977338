"""Membership as the program judges it and as the page's own reader does: one verdict on every history."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bren_desktop.sync.format.entries import Entry, read_entry
from bren_desktop.sync.format.envelope import parse
from bren_desktop.sync.membership.members import Membership
from tests.sync.independent.histories import EPOCH, KEY, History, histories, welcome
from tests.sync.independent.reader import Log


def judged(history: History) -> Membership:
    return Membership.of(history.founding, [read(data) for data in history.files.values()])


def read(data: bytes) -> Entry:
    return read_entry(parse(data), KEY)


@settings(max_examples=120, report_multiple_bugs=False)
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


def last(history: History) -> bytes:
    return [*history.entries][-1]


def test_a_second_revocation_gives_nothing_back() -> None:
    history = History()
    history.found()
    welcome(history, "plaatsvervanger")
    welcome(history, "voorzitter")
    founder, revoked, other = history.pens
    known = last(history)
    history.add(founder, [known], 1, "revoke", [revoked.device, 0, bytes(32), "revoked", b"e" * 16, b"c" * 16])
    history.add(revoked, [known], 1, "invite", [b"i" * 16, [], "team", "voorzitter", 3])
    stranger = history.pen("voorzitter")
    history.add(revoked, [last(history)], 1, "admit", [stranger.card(), b"i" * 16])
    heads = list(judged(history).heads)
    history.add(other, heads, 2, "revoke", [revoked.device, 0, bytes(32), "lost", b"f" * 16, b"g" * 16])
    assert judged(history).role(stranger.device) is None


def test_who_leaves_does_not_choose_the_next_key() -> None:
    history = History()
    history.found()
    welcome(history, "lid")
    leaver = history.pens[1]
    history.add(leaver, [last(history)], 1, "revoke", [leaver.device, 0, bytes(32), "left", b"x" * 16, b"y" * 16])
    assert judged(history).epoch_to_write() == EPOCH
    assert b"x" * 16 not in judged(history).epochs
