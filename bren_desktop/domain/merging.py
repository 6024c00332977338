"""A proposal for two versions of one text, word by word, from the version that both replaced. Never applied by itself.

Every piece says in which of the three texts it stands, so that each of them can be read back from the proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

_PIECES = re.compile(r"\s+|\w+|[^\w\s]")
_ENDS = frozenset(".!?\n")
_MOST = 6_000
"""Pieces between two sentences that both texts have: a longer stretch counts as changed whole, where comparing it word
by word would take seconds."""


class Mark(StrEnum):
    """Where a piece comes from, as a reader wants to know it."""

    KEPT = "kept"
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


class Span(NamedTuple):
    """A piece of text, and in which texts it stands. `clash`: both sides changed this place, each in its own way."""

    text: str
    base: bool
    ours: bool
    theirs: bool
    clash: bool = False

    @property
    def mark(self) -> Mark:
        """Who added or removed this piece."""
        if self.base == self.ours == self.theirs:
            return Mark.KEPT
        if self.ours == self.theirs:
            return Mark.BOTH
        return Mark.OURS if self.ours != self.base else Mark.THEIRS

    @property
    def removed(self) -> bool:
        """Whether this piece is not in the proposal: it stood there, and at least one side took it out."""
        return self.base and not (self.ours and self.theirs)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The pieces in order. `text` is what would come to stand there."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans if not span.removed)

    @property
    def clashes(self) -> bool:
        """Whether somewhere both texts stand behind each other, so that a person has to choose."""
        return any(span.clash for span in self.spans)


class Parts(NamedTuple):
    """A proposal for a row, part by part. `clashes` names the parts that both sides changed, each in its own way."""

    values: Mapping[str, Any]
    clashes: frozenset[str]


def propose_parts(base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Parts:
    """How two versions of a row go together: a part that one side changed is taken over; of texts both stay."""
    values: dict[str, Any] = {}
    clashes: set[str] = set()
    for name in dict.fromkeys((*ours, *theirs)):
        before, mine, yours = base.get(name), ours.get(name), theirs.get(name)
        if yours in (mine, before):
            values[name] = mine
        elif mine == before:
            values[name] = yours
        else:
            clashes.add(name)
            values[name] = _both(before, mine, yours)
    return Parts({name: value for name, value in values.items() if value is not None}, frozenset(clashes))


def _both(before: Any, mine: Any, yours: Any) -> Any:
    if isinstance(mine, str) and isinstance(yours, str):
        return propose(before if isinstance(before, str) else None, mine, yours).text
    return yours if mine is None else mine


_Texts = tuple[Sequence[str], Sequence[str], Sequence[str]]


class _Block(NamedTuple):
    """A place where two sequences run equal: start in each, and how long."""

    a: int
    b: int
    size: int


class _Stretch(NamedTuple):
    """A place in the three texts, from and to."""

    base: slice
    ours: slice
    theirs: slice


def propose(base: str | None, ours: str, theirs: str) -> Proposal:
    """How `ours` and `theirs` go together. Without a `base`, what both have counts as what stood there."""
    mine, yours = _pieces(ours), _pieces(theirs)
    if base is None:
        shared = _blocks(mine, yours)
        texts: _Texts = ([piece for block in shared for piece in mine[block.a : block.a + block.size]], mine, yours)
        anchors = _anchors_of(shared)
    else:
        texts = (_pieces(base), mine, yours)
        anchors = _anchors(*(_blocks(texts[0], side) for side in (mine, yours)))
    spans = [span for stretch, stable in _stretches(texts, anchors) for span in _spans(texts, stretch, stable=stable)]
    return Proposal(tuple(_joined(spans)))


def differences(before: str, after: str) -> Proposal:
    """What one side did to `before`: its pieces are kept, removed, or added by ours."""
    return propose(before, after, before)


def _pieces(text: str) -> list[str]:
    return _PIECES.findall(text)


def _blocks(first: Sequence[str], second: Sequence[str]) -> list[_Block]:
    """The places where both run equal: sentence by sentence, and between those word by word."""
    found: list[_Block] = []
    at = _Block(0, 0, 0)
    for block in (*_equal_sentences(first, second), _Block(len(first), len(second), 0)):
        gap = first[at.a + at.size : block.a], second[at.b + at.size : block.b]
        found += [_Block(at.a + at.size + a, at.b + at.size + b, size) for a, b, size in _equal_words(*gap)]
        found.append(block)
        at = block
    return [block for block in found if block.size]


def _equal_sentences(first: Sequence[str], second: Sequence[str]) -> Iterator[_Block]:
    mine, yours = _sentences(first), _sentences(second)
    starts, ends = [[0, *accumulate(map(len, texts))] for texts in (mine, yours)]
    for block in SequenceMatcher(None, mine, yours, autojunk=False).get_matching_blocks():
        yield _Block(starts[block.a], ends[block.b], starts[block.a + block.size] - starts[block.a])


def _sentences(pieces: Sequence[str]) -> list[tuple[str, ...]]:
    ends = [number + 1 for number, piece in enumerate(pieces) if piece[-1] in _ENDS]
    return [tuple(pieces[start:end]) for start, end in pairwise([0, *ends, len(pieces)]) if start < end]


def _equal_words(first: Sequence[str], second: Sequence[str]) -> Iterator[_Block]:
    """Blanks are no landmarks; a stretch that starts or ends alike is compared in its middle only."""
    head = _alike(first, second)
    tail = _alike(first[head:][::-1], second[head:][::-1])
    yield _Block(0, 0, head)
    mine, yours = first[head : len(first) - tail], second[head : len(second) - tail]
    if len(mine) + len(yours) <= _MOST:
        for block in SequenceMatcher(str.isspace, mine, yours).get_matching_blocks():
            yield _Block(head + block.a, head + block.b, block.size)
    yield _Block(len(first) - tail, len(second) - tail, tail)


def _alike(first: Sequence[str], second: Sequence[str]) -> int:
    """How many pieces at the start are equal."""
    shortest = min(len(first), len(second))
    return next((number for number in range(shortest) if first[number] != second[number]), shortest)


class _Anchor(NamedTuple):
    """Where the base stands unchanged in both sides: from and to, and how far each side is shifted there."""

    start: int
    end: int
    to_ours: int
    to_theirs: int


def _anchors(mine: Sequence[_Block], yours: Sequence[_Block]) -> Iterator[_Anchor]:
    """Where what each side left of the base overlaps."""
    first = second = 0
    while first < len(mine) and second < len(yours):
        one, other = mine[first], yours[second]
        start, end = max(one.a, other.a), min(one.a + one.size, other.a + other.size)
        if start < end:
            yield _Anchor(start, end, one.b - one.a, other.b - other.a)
        if one.a + one.size <= other.a + other.size:
            first += 1
        else:
            second += 1


def _anchors_of(shared: Sequence[_Block]) -> Iterator[_Anchor]:
    """The same, where the base is what both sides share."""
    start = 0
    for block in shared:
        yield _Anchor(start, start + block.size, block.a - start, block.b - start)
        start += block.size


def _stretches(texts: _Texts, anchors: Iterable[_Anchor]) -> Iterator[tuple[_Stretch, bool]]:
    """The three texts in step: stretches where all are equal (True), and those between."""
    at = (0, 0, 0)
    for anchor in anchors:
        here = (anchor.start, anchor.start + anchor.to_ours, anchor.start + anchor.to_theirs)
        yield _between(at, here), False
        at = (anchor.end, anchor.end + anchor.to_ours, anchor.end + anchor.to_theirs)
        yield _between(here, at), True
    base, ours, theirs = texts
    yield _between(at, (len(base), len(ours), len(theirs))), False


def _between(start: tuple[int, int, int], end: tuple[int, int, int]) -> _Stretch:
    return _Stretch(*(slice(first, last) for first, last in zip(start, end, strict=True)))


def _spans(texts: _Texts, stretch: _Stretch, *, stable: bool) -> Iterator[Span]:
    base, ours, theirs = ("".join(text[part]) for text, part in zip(texts, stretch, strict=True))
    if stable:
        yield Span(base, base=True, ours=True, theirs=True)
    elif ours == theirs:
        yield Span(base, base=True, ours=False, theirs=False)
        yield Span(ours, base=False, ours=True, theirs=True)
    elif ours == base:
        yield Span(base, base=True, ours=True, theirs=False)
        yield Span(theirs, base=False, ours=False, theirs=True)
    elif theirs == base:
        yield Span(base, base=True, ours=False, theirs=True)
        yield Span(ours, base=False, ours=True, theirs=False)
    else:
        yield from _clash(base, ours, theirs)


def _clash(base: str, ours: str, theirs: str) -> Iterator[Span]:
    """Both texts behind each other, with a blank between two words."""
    yield Span(base, base=True, ours=False, theirs=False, clash=True)
    yield Span(ours, base=False, ours=True, theirs=False, clash=True)
    if ours and theirs and not ours[-1].isspace() and not theirs[0].isspace():
        yield Span(" ", base=False, ours=False, theirs=False, clash=True)
    yield Span(theirs, base=False, ours=False, theirs=True, clash=True)


def _joined(spans: Sequence[Span]) -> Iterator[Span]:
    """Without empty pieces, and neighbours of one kind as one."""
    last: Span | None = None
    for span in spans:
        if last is not None and last[1:] == span[1:]:
            last = last._replace(text=last.text + span.text)
        elif span.text:
            if last is not None:
                yield last
            last = span
    if last is not None:
        yield last
