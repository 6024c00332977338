"""Who has seen a file, as the family reads it in their copy: lines that can be made black as every passage can."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bren_desktop.domain.blackening import Passage, blackened, stamp
from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.file_copy import SeenLine
from bren_desktop.domain.requests import MaskRow
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.services.audit import meaning
from bren_desktop.services.gathering import Chapter, Entry
from bren_desktop.services.readlog import Sighting

TITLE, _FIELD = "Wie dit dossier heeft gezien", "gezien"
_SHARED = meaning("delen zonder toestemming").words


def seen_chapter(seen: Iterable[Sighting]) -> Chapter:
    """All lines as one chapter."""
    return Chapter(Kind.CASE, TITLE, (Entry("", tuple(map(seen_passage, seen))),))


def seen_passage(seen: Sighting) -> Passage:
    """One line. Its place names what was done, not how often: that grows while a copy is read through."""
    text = f"{seen.what}: {seen.detail}" if seen.detail else seen.what
    about = stamp(f"{seen.day} {seen.person} {seen.laptop} {text}")
    return Passage(f"{_FIELD}/{about}", _FIELD, f"{short_date(seen.day)}, {seen.name} ({seen.role})", text)


def tells_of_sharing(passage: Passage) -> bool:
    """Whether a line tells that the case was shared without consent, or that this was written down."""
    return passage.field == _FIELD and (passage.text.startswith(_SHARED) or f": {Kind.DISCLOSURE}" in passage.text)


def seen_line(seen: Sighting, masks: Sequence[MaskRow]) -> SeenLine:
    """One line as it is written."""
    passage = seen_passage(seen)
    mine = [mask for mask in masks if mask.plek == passage.place]
    reasons = dict.fromkeys(vocabulary("redenen_zwart").label(mask.reden) for mask in mine)
    return SeenLine(
        dag=seen.day,
        wie=seen.name,
        rol=seen.role,
        wat=blackened(passage, mine) if mine else seen.what,
        keer=seen.times,
        laptop=seen.laptop,
        noodtoegang=seen.emergency,
        waarover="" if mine else seen.detail,
        zwart=tuple(reasons),
    )
