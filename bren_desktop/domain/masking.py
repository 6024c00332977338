"""What a recipient may see of a case. The annotations of the fields and the criminal terms decide, nothing else does.

`disclosed` gives a copy of the case in which everything else is empty or replaced, so that a document made from the
copy cannot tell more than it should.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel

from bren_desktop.domain.cases import Case, GapRow, HistoryRow, InvolvedRow, Row, known_age
from bren_desktop.domain.dutch import shortened
from bren_desktop.domain.fields import Note, Sensitivity, Shape, notes
from bren_desktop.domain.pseudonyms import mask_for
from bren_desktop.domain.vocabulary import CONCEPTS, Vocabulary, vocabulary

Masker = Callable[[str], str]
Model = TypeVar("Model", bound=BaseModel)
_TELLING = 4
"""Characters of a name or number, at least: less says nothing by itself."""
LONGEST_SHOWN = 6000
"""Characters of one field or block: more than two pages hold, so that no work goes into what nobody will see."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is shared: `identifying` with names, `criminal` with data of a criminal-law kind.

    `concepts` is the list of a network with a thesaurus of its own.
    """

    identifying: bool = False
    criminal: bool = False
    concepts: Vocabulary | None = None


def disclosed(case: Case, disclosure: Disclosure, day: date) -> Case:
    """`case` as its recipient may see it on `day`.

    Of a young person without a name these remain: the age on `day`, whether it is a boy or a girl, and who is around
    them by their relation.
    """
    mask = masker(case, disclosure)
    shown = _shown(case, disclosure, mask)
    shown["leeftijd"] = known_age(case, day)
    shown["leeftijd_op"] = None
    shown["geslacht"] = case.geslacht
    shown["betrokkenen"] = tuple(_involved(row, disclosure, mask) for row in case.betrokkenen)
    shown["geschiedenis"] = tuple(_period(row, disclosure, mask) for row in shown["geschiedenis"])
    return case.model_copy(update=shown)


def without_criminal(case: Case, concepts: Vocabulary | None = None) -> Case:
    """`case` without fields and terms of a criminal-law kind, and otherwise as it is."""
    return case.model_copy(update=_shown(case, Disclosure(identifying=True, concepts=concepts), str))


def shown(record: Model, mask: Masker, kept: Collection[str] = ()) -> Model:
    """A record below a case as its recipient may see it: masked, and without personal fields but for those `kept`.

    What is `kept` names a professional on purpose, and stays as it was written.
    """
    values: dict[str, Any] = {}
    for name, note in notes(type(record)).items():
        if name in kept:
            continue
        value = getattr(record, name)
        if note.sensitivity in (Sensitivity.PERSONAL, Sensitivity.CRIMINAL):
            values[name] = type(record).model_fields[name].get_default()
        elif note.shape is Shape.ROWS:
            values[name] = tuple(_masked_row(row, mask) for row in value)
        elif isinstance(value, str):
            values[name] = _word(note, value, mask)
    return record.model_copy(update=values)


def _masked_row(row: Row, mask: Masker) -> Row:
    texts = {name: mask(value) for name, value in row if name != "id" and isinstance(value, str)}
    return row.model_copy(update=texts)


def masker(case: Case, disclosure: Disclosure) -> Masker:
    """What goes over every text before it is shared: shortens it, and takes the names out unless they may stay."""
    mask: Masker = str if disclosure.identifying else mask_for(case)
    return lambda text: mask(shortened(text, LONGEST_SHOWN))


def sparing(mask: Masker, kept: Iterable[str]) -> Masker:
    """`mask`, but for the names and numbers of professionals that a document tells on purpose."""
    longest = sorted({each for each in kept if len(each) >= _TELLING}, key=len, reverse=True)
    if not longest:
        return mask
    known = re.compile(f"({'|'.join(map(re.escape, longest))})")
    return lambda text: "".join(part if place % 2 else mask(part) for place, part in enumerate(known.split(text)))


def _shown(case: Case, disclosure: Disclosure, mask: Masker) -> dict[str, Any]:
    shown = {name: _value(case, name, note, disclosure, mask) for name, note in notes(Case).items()}
    if case.woonsituatie and not shown["woonsituatie"]:
        shown["woonsituatie_toelichting"] = ""
    shown["geschiedenis"] = tuple(row for row in case.geschiedenis if _open("hulpvormen", row.vorm, disclosure))
    return shown


def _value(case: Case, name: str, note: Note, disclosure: Disclosure, mask: Masker) -> Any:
    value = getattr(case, name)
    if not _may_see(note, disclosure):
        return Case.model_fields[name].get_default()
    if note.shape is Shape.ROWS:
        return _rows(value, disclosure)
    if note.shape is Shape.SET:
        return tuple(_word(note, item, mask) for item in value if _open(note.vocabulary, item, disclosure))
    if not isinstance(value, str):
        return value
    return _word(note, value, mask) if _open(note.vocabulary, value, disclosure) else ""


def _may_see(note: Note, disclosure: Disclosure) -> bool:
    if note.sensitivity is Sensitivity.PERSONAL:
        return disclosure.identifying
    return disclosure.criminal or note.sensitivity is not Sensitivity.CRIMINAL


def _open(name: str, value: str, disclosure: Disclosure) -> bool:
    """Whether a value of list `name` may be seen: a criminal term only where that was ticked.

    Of a concept that is in no list nobody can say that it is none.
    """
    if disclosure.criminal or not name:
        return True
    known = disclosure.concepts if name == CONCEPTS and disclosure.concepts else vocabulary(name)
    if name == CONCEPTS and value not in known:
        return False
    return not known.term(known.find(value) or value).criminal


def _word(note: Note, value: str, mask: Masker) -> str:
    """A code as it is; what somebody wrote, masked."""
    return value if note.vocabulary and value in vocabulary(note.vocabulary) else mask(value)


def _rows(rows: tuple[Any, ...], disclosure: Disclosure) -> tuple[Any, ...]:
    return tuple(row for row in rows if not isinstance(row, GapRow) or _open("ontbrekend_aanbod", row.id, disclosure))


def _involved(row: InvolvedRow, disclosure: Disclosure, mask: Masker) -> InvolvedRow:
    if disclosure.identifying:
        return row
    return InvolvedRow(id=row.id, relatie=mask(row.relatie), gezag=row.gezag)


def _period(row: HistoryRow, disclosure: Disclosure, mask: Masker) -> HistoryRow:
    texts = {name: mask(getattr(row, name)) for name in ("van", "tot", "vorm", "reden_einde", "ervaring")}
    return row.model_copy(update={**texts, "aanbieder": row.aanbieder if disclosure.identifying else ""})
