"""What a kind of document is: its blocks in order, for whom it is, how long it may be, and who lets it go.

A block is a `Piece`: a function that composes it from `Sources`, which hold only what the recipient may see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.aftercare import Bridge
from bren_desktop.domain.cases import Case
from bren_desktop.domain.clocks.calendar import Calendar
from bren_desktop.domain.closing import Lesson
from bren_desktop.domain.deciders import Deciders
from bren_desktop.domain.dutch import shortened
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.letter_texts import Texts
from bren_desktop.domain.letters import Block, LetterRequest, Marks, PaperRequest, items
from bren_desktop.domain.masking import LONGEST_SHOWN
from bren_desktop.domain.sharing import Verdict
from bren_desktop.domain.transitions import Transition
from bren_desktop.errors import InvalidInputError


class Audience(StrEnum):
    """Who gets a document. What they may see follows from it (`masking.disclosed`)."""

    EXPERT = "pareltje"
    REFERRER = "verwijzer"
    FAMILY = "jeugdige en ouders"


class Release(StrEnum):
    """Who lets a document go (decision 11)."""

    CHAIR = "voorzitter of plaatsvervanger"
    CHAIR_OR_SETTING = "ook de secretaris, als het team dat wil"
    OFFICE = "voorzitter, plaatsvervanger of secretaris"


class Unfinished(NamedTuple):
    """A text of which something is still to be filled in; `lacking` names what."""

    text: str
    lacking: str


_TO_RETELL = "deze tekst in woorden aan de jeugdige"
Said = str | Sequence[str] | Unfinished


@dataclass(frozen=True, slots=True)
class Sources:
    """What documents are composed from. `case` and `advice` are what the recipient may see of them.

    `referrer` has organisation and name, of a letter to the verwijzer only. `share` is there for an identifying letter
    that asks consent: why it may be sent. `decides` says who decides about the young person, `withheld` why this
    document may not go to its reader, if so. `asked_by` says per code of a case which expertise it asks for, and how
    strongly. `transitions` stand in the order in which they were made.
    """

    case: Case
    request: PaperRequest
    texts: Texts
    today: date
    made_by: str
    contact: str
    mask: Callable[[str], str]
    decides: Deciders
    withheld: str = ""
    advice: Advice | None = None
    discussion: Discussion | None = None
    calendar: Calendar = field(default_factory=Calendar)
    bridges: Sequence[Bridge] = ()
    lessons: Sequence[Lesson] = ()
    referrer: Sequence[str] = ()
    transitions: Sequence[Transition] = ()
    expert: Expert = field(default_factory=Expert)
    consult: LetterRequest = field(default_factory=LetterRequest)
    share: Verdict | None = None
    asked_by: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def phrase(self, name: str, **values: str) -> str:
        """The standing sentence `name` of this kind of document."""
        return self.texts.phrase(name, **values)


@dataclass(frozen=True, slots=True)
class Piece:
    """One block: how it is composed, how its items are marked where it is a list, and what stands under each.

    `retold`: it takes over what others wrote about the young person.
    """

    name: str
    compose: Callable[[Sources], Said]
    mandatory: bool = False
    marks: Marks | None = None
    under: str = ""
    retold: bool = False


def standing(name: str) -> Callable[[Sources], str]:
    """Composes a block that is a standing sentence."""
    return lambda sources: sources.phrase(name)


def _nothing(_: Sources) -> str:
    return ""


def _for_everybody(_: Case, __: date) -> str:
    return ""


def _nobody(_: Sources) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of document. `lacks` says in a sentence what a case must have first, or nothing where it makes sense.

    `purpose`: the consent that its recipient needs to read names; without one it never has them, except for the
    family itself. `addressed`: it needs an address. `to_young`: it speaks to the young person (je), so that what others
    wrote about them counts as unfinished until a person put it in the request, in other words or as it is. `withheld`
    says why it may not go to its reader on a day, also once it was filed.
    """

    key: str
    title: str
    audience: Audience
    pieces: Sequence[Piece]
    pages: int = 2
    release: Release = Release.OFFICE
    purpose: str = ""
    addressed: bool = False
    to_young: bool = False
    lacks: Callable[[Sources], str] = _nothing
    withheld: Callable[[Case, date], str] = _for_everybody
    recipient: Callable[[Sources], Sequence[str]] = _nobody
    salutation: Callable[[Sources], str] = _nothing
    signatures: Callable[[Sources], Sequence[str]] = _nobody

    @property
    def editable(self) -> tuple[str, ...]:
        """The names of the blocks, in order."""
        return tuple(piece.name for piece in self.pieces)

    @property
    def mandatory(self) -> frozenset[str]:
        """The names of the blocks that it cannot go without."""
        return frozenset(piece.name for piece in self.pieces if piece.mandatory)

    def compose(self, sources: Sources) -> tuple[Block, ...]:
        """Every block that says something, and every mandatory one, in order. Raises InvalidInputError."""
        if not set(sources.request.blokken) <= set(self.editable):
            raise InvalidInputError("blokken: Een van de blokken bestaat niet in deze brief.", field="blokken")
        made = (_block(piece, sources, to_young=self.to_young) for piece in self.pieces)
        return tuple(block for block in made if block.plain or block.gap)


def _block(piece: Piece, sources: Sources, *, to_young: bool) -> Block:
    heading = sources.texts.headings[piece.name]
    edited = sources.request.blokken.get(piece.name)
    text, listed, gap = _parts(piece.compose(sources) if edited is None else _edited(piece, sources, edited))
    if piece.mandatory and not (text or listed or gap):
        gap = heading
    if piece.retold and to_young and edited is None and (text or listed):
        gap = _TO_RETELL
    under = sources.phrase(piece.under) if piece.under else ""
    return Block(piece.name, heading, piece.mandatory, text, listed, piece.marks or Marks.BULLETS, gap, under)


def _edited(piece: Piece, sources: Sources, text: str) -> Said:
    masked = sources.mask(text)
    lines = items(masked) if piece.marks else masked
    return lines if isinstance(lines, str | tuple) else ""


def _parts(said: Said) -> tuple[str, tuple[str, ...], str]:
    """Text, items and gap of what was composed, no longer than anybody will read."""
    if isinstance(said, Unfinished):
        return said.text, (), said.lacking
    if isinstance(said, str):
        return shortened(said.strip(), LONGEST_SHOWN), (), ""
    return "", tuple(shortened(line, LONGEST_SHOWN // 3) for line in said if line), ""
