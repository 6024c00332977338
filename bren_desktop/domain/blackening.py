"""Making passages about others black in a copy of a file (zwart maken), and what is proposed for it.

What is black is taken out of the text, not drawn over: no copy holds a byte of it, nor how long it was.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bren_desktop.domain.cases import Case
from bren_desktop.domain.requests import MaskRow

BLACK = "[zwart gemaakt]"
ABOUT_OTHERS, CONTACT, SAFETY = "ZW-ANDER", "ZW-CONTACT", "ZW-VEILIG"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w-])(?:\+31|0031|0)[\s-]?(?:\(0\)\s?)?[1-9](?:[\s-]?\d){8}(?!\d)")
_SHORTEST_NAME, _SHORT_NAME = 3, 4
_NO_NAMES = frozenset(
    "van den der ter ten het von mevrouw meneer mijnheer dhr mej mevr mrs drs prof ing moeder vader ouder "
    "ouders mama papa oma opa tante oom broer zus zusje broertje neef nicht stiefvader stiefmoeder pleegvader "
    "pleegmoeder pleegouders voogd gezinsvoogd buurvrouw buurman school leerkracht mentor huisarts behandelaar".split()
)
"""What is written where a name is asked, and stands in every text."""
_STAMP = 12


@dataclass(frozen=True, slots=True)
class Passage:
    """One filled field of a record, as it is read. `place` names it for ever, `field` is its key, `codes` its codes."""

    place: str
    field: str
    label: str
    text: str
    row: str = ""
    codes: tuple[str, ...] = ()


def stamp(text: str) -> str:
    """What says that a text is still the one that was read."""
    return hashlib.sha256(text.encode()).hexdigest()[:_STAMP]


def mask_of(passage: Passage, start: int, end: int, reason: str) -> MaskRow:
    """The mask that makes these characters of a passage black."""
    return MaskRow(plek=passage.place, van=start, tot=end, reden=reason, stempel=stamp(passage.text))


def is_stale(passage: Passage, mask: MaskRow) -> bool:
    """Whether the passage changed since the mask was put on it."""
    return mask.stempel != stamp(passage.text)


def blackened(passage: Passage, masks: Iterable[MaskRow]) -> str:
    """The text of a passage with these masks of it on; all of it black where a mask is stale."""
    mine = [mask for mask in masks if mask.plek == passage.place]
    if any(is_stale(passage, mask) for mask in mine):
        return BLACK
    kept, at = [], 0
    for start, end in merged((mask.van or 0, mask.tot or 0) for mask in mine):
        kept += [passage.text[at:start], BLACK]
        at = end
    return "".join([*kept, passage.text[at:]])


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """These spans in order, those that touch or overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def proposer(case: Case) -> Callable[[Passage], list[MaskRow]]:
    """What is proposed to make black in a passage of this case: names of others, and where they can be reached."""
    names = _name_pattern(case)

    def propose(passage: Passage) -> list[MaskRow]:
        if passage.codes:
            return []
        return [mask_of(passage, start, end, reason) for start, end, reason in _proposed(passage.text, names)]

    return propose


def _proposed(text: str, names: re.Pattern[str] | None) -> Iterator[tuple[int, int, str]]:
    contact = [found.span() for pattern in (_MAIL, _PHONE) for found in pattern.finditer(text)]
    yield from ((start, end, CONTACT) for start, end in merged(contact))
    for found in names.finditer(text) if names else ():
        if not any(start <= found.start() < end for start, end in contact):
            yield (*found.span(), ABOUT_OTHERS)


def _name_pattern(case: Case) -> re.Pattern[str] | None:
    own = {word.casefold() for name in (case.roepnaam, case.achternaam) for word in name.split()}
    others = (*(row.naam for row in case.betrokkenen), case.jim_naam)
    found = {name for other in others for name in _names(other, own)}
    longest_first = sorted(found, key=lambda name: (-len(name), name))
    alternatives = "|".join(map(_sought, longest_first))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE) if found else None


def _sought(name: str) -> str:
    """A name in any case; a short one with its capital only, for many are words as well (Wil, Mark, Roos)."""
    if len(name) > _SHORT_NAME:
        return re.escape(name)
    return f"(?-i:{re.escape(name)}|{re.escape(name.upper())})"


def _names(name: str, own: set[str]) -> Iterator[str]:
    """The whole name, and each word of it that starts with a capital; not the jeugdige's own, and no common word."""
    words = [word.strip(".,()") for word in name.split()]
    known = own | _NO_NAMES
    if all(word.casefold() in known for word in words):
        return
    yield name.strip()
    for word in words:
        if len(word) >= _SHORTEST_NAME and word[:1].isupper() and word.casefold() not in known:
            yield word
