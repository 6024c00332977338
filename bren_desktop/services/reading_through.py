"""Reading a file through before its copy is given: what was made black in it, and what is proposed to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bren_desktop.domain.blackening import ABOUT_OTHERS, SAFETY, Passage, is_stale, mask_of, proposer, stamp
from bren_desktop.domain.cases import Case
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.requests import ASKED, MaskRow, Request
from bren_desktop.oplog.registers import Registers
from bren_desktop.services.gathering import Chapter, gathered, passages
from bren_desktop.services.loading import children, load
from bren_desktop.services.ports import Reader
from bren_desktop.services.readlog import Sighting
from bren_desktop.services.seen_lines import seen_chapter, tells_of_sharing


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it is read through before it is given, with what is black in it or proposed to be.

    `read`: somebody read it through, and nothing changed since. `changed`: passages that had masks and changed; they
    are black as a whole in a copy until they are read anew. `log` is who has seen it. `seen` goes back at keeping.
    """

    chapters: tuple[Chapter, ...]
    log: Chapter
    masks: tuple[MaskRow, ...]
    read: bool
    changed: frozenset[str]
    seen: Registers = field(default_factory=dict, repr=False, compare=False)

    @property
    def pages(self) -> tuple[Chapter, ...]:
        """Everything that is read through."""
        return *self.chapters, self.log


def stamp_of(chapters: Iterable[Chapter]) -> str:
    """What says that a file is still as it was read. That a request is decided and answered does not count."""
    read = (
        f"{passage.place}\0{passage.text}"
        for chapter in chapters
        for passage in passages([chapter])
        if chapter.kind is not Kind.REQUEST or passage.field in ASKED
    )
    return stamp("\0".join(read))


def read_through(reader: Reader, case: str, asked: Request, looked: Sequence[Sighting]) -> Reading:
    """What was made black stays; what nobody read since gets what is proposed.

    Of a file that was read that is the log: what a colleague's laptop logged arrives when it does.
    """
    chapters, log = gathered(reader, case), seen_chapter(looked)
    known = {passage.place: passage for passage in passages((*chapters, log))}
    changed = frozenset(each.plek for each in asked.zwart if each.plek in known and is_stale(known[each.plek], each))
    kept = tuple(each for each in asked.zwart if each.plek in known and each.plek not in changed)
    is_read = asked.doorgelezen_op is not None and asked.doorgelezen_stempel == stamp_of(chapters)
    propose, judged = _proposing(reader, case, asked), {mask.plek for mask in kept}
    fresh = [each for each in (passages([log]) if is_read else known.values()) if each.place not in judged]
    news = (mask for passage in fresh for mask in propose(passage))
    return Reading(chapters, log, (*kept, *news), is_read, changed)


def _proposing(reader: Reader, case: str, asked: Request) -> Callable[[Passage], Sequence[MaskRow]]:
    """What is proposed for a passage: all of it for a reason, or else the names and contact details in it."""
    parts, whole = proposer(load(reader, Kind.CASE, Case, case)), _proposed_whole(reader, case, asked)

    def propose(passage: Passage) -> Sequence[MaskRow]:
        reason = _reason(passage, whole)
        return [mask_of(passage, 0, len(passage.text), reason)] if reason else parts(passage)

    return propose


def _proposed_whole(reader: Reader, case: str, asked: Request) -> Mapping[str, str]:
    """What is proposed to be black as a whole, each with its reason.

    Decisions to share of which the family was not told, and what somebody else of the family asked.
    """
    shared = children(reader, Kind.DISCLOSURE, Disclosure, case)
    requests = children(reader, Kind.REQUEST, Request, case)
    others = {entity: ABOUT_OTHERS for entity, each in requests if asked.door and each.door != asked.door}
    return others | {entity: SAFETY for entity, each in shared if each.gezin_ingelicht is False}


def _reason(passage: Passage, whole: Mapping[str, str]) -> str:
    """Why a passage is proposed to be black as a whole; empty where it is not."""
    is_line = SAFETY in whole.values() and tells_of_sharing(passage)
    return SAFETY if is_line else whole.get(passage.place.partition("/")[0], "")
