"""Everything that is kept of one case, as people read it: the passages of a copy for the family (inzage).

Of every record the filled fields under their labels, of every kind below a case. What points to another record is
read as what it points to, and left out where that means nothing to a reader. Another case is never named. What a
case that was merged into this one kept for itself comes along.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from bren_desktop.domain.advice import Advice
from bren_desktop.domain.attachments import Attachment
from bren_desktop.domain.blackening import Passage
from bren_desktop.domain.cases import Case, Row
from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.dutch import capitalised, short_date
from bren_desktop.domain.entities import BELOW_CASE, MODELS, Kind, read_back
from bren_desktop.domain.field_words import in_words
from bren_desktop.domain.fields import Note, Shape, notes
from bren_desktop.domain.links import Link
from bren_desktop.domain.vocabulary import labels, vocabulary
from bren_desktop.oplog.registers import Registers, conflicts, top_values
from bren_desktop.services.doubles import absorbed, left_behind
from bren_desktop.services.loading import children, load
from bren_desktop.services.ports import Reader

TITLES: Mapping[Kind, str] = {
    Kind.CASE: "De casus",
    Kind.TRANSITION: "Stappen van de casus",
    Kind.CONSENT: "Toestemmingen",
    Kind.DISCLOSURE: "Gedeeld zonder toestemming",
    Kind.CONTACT: "Contactmomenten",
    Kind.DISCUSSION: "Besprekingen",
    Kind.ADVICE: "Adviezen",
    Kind.FOLLOW_UP: "Opvolging van adviezen",
    Kind.BRIDGE: "Overbruggingen",
    Kind.DEPLOYMENT: "Inzet van pareltjes",
    Kind.CONSULT: "Consulten",
    Kind.ESCALATION: "Escalaties",
    Kind.FUTURE_PLAN: "Big 5 en toekomstplan",
    Kind.CLOSING: "Afsluiting",
    Kind.LESSON: "Leerpunten",
    Kind.DOCUMENT: "Brieven en documenten",
    Kind.ATTACHMENT: "Bijlagen",
    Kind.REQUEST: "Verzoeken",
    Kind.STATEMENT: "Eigen verklaringen",
    Kind.EMERGENCY_ACCESS: "Noodtoegang",
    Kind.SNOOZE: "Uitgesteld werk",
    Kind.LINK: "Andere casussen",
}
"""The chapters, in the order in which they are read; a kind that does not stand here comes last, by its name."""
_ORDER = [*(kind for kind in TITLES if kind in BELOW_CASE), *(kind for kind in BELOW_CASE if kind not in TITLES)]
_LINKED = "Er is een verband met een andere casus."
_LEFT_OUT = frozenset({"casus", "zwart", "pdf", "bestand", "vrijgegeven_stempel", "doorgelezen_stempel"})
_ENTITY = re.compile(r"[a-z2-7]{26}")
_CONTENT = "inhoud"
_ROW_IS = "Wat"


_MOST_READINGS = 10_000
FILE = "bestand"
"""The field of an attachment with its bytes. In a copy it says under which number they go along; black, they stay."""
Words = Callable[[str], str]
"""What an id means to a reader; empty where it means nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record, or one row of a list of the case."""

    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Everything of one kind."""

    kind: Kind
    title: str
    entries: tuple[Entry, ...]


def passages(chapters: Iterable[Chapter]) -> Iterator[Passage]:
    """Every passage of these chapters, in the order in which they are read."""
    return (passage for chapter in chapters for entry in chapter.entries for passage in entry.passages)


def numbered(number: int) -> str:
    """What an attachment is called in a copy: never by its own name."""
    return f"bijlage {number}"


def gathered(reader: Reader, case: str) -> tuple[Chapter, ...]:
    """The chapters of a case that hold something."""
    words = _words(reader, case)
    found = [*_of_case(reader, case, words)]
    found += [_chapter(reader, kind, case, words) for kind in _ORDER]
    return tuple(chapter for chapter in found if chapter.entries)


def _words(reader: Reader, case: str) -> Words:
    """What an id means to a reader: a point of advice, a concept, a colleague who read the case, or a pareltje."""
    known = {entry.person: entry.name for entry in reader.read_log(case, _MOST_READINGS)}
    known.update(_own_concepts(reader, load(reader, Kind.CASE, Case, case)))
    for _, advice in children(reader, Kind.ADVICE, Advice, case):
        known.update({row.id: row.wat for row in advice.punten})

    def found(text: str) -> str:
        expert = reader.expert_row(text) if _ENTITY.fullmatch(text) and text not in known else None
        return known.get(text) or (expert.naam if expert else "")

    return found


def _own_concepts(reader: Reader, case: Case) -> Iterator[tuple[str, str]]:
    """The concepts of a case that the network added, with their names."""
    for id in (*case.begrippen, *case.begrippen_geschrapt):
        entity = reader.find(Kind.CONCEPT, id)
        if entity is not None:
            yield id, load(reader, Kind.CONCEPT, ConceptRecord, entity).naam


def _of_case(reader: Reader, case: str, words: Words) -> Iterator[Chapter]:
    """The fields of the case itself, and a chapter for each of its lists."""
    registers = reader.registers(Kind.CASE, case)
    passages = tuple(_passages(Kind.CASE, case, registers, words))
    single = tuple(each for each in passages if not each.row)
    yield Chapter(Kind.CASE, TITLES[Kind.CASE], (Entry("", single),) if single else ())
    for name, note in notes(MODELS[Kind.CASE]).items():
        rows = [each for each in passages if each.row and each.field.startswith(f"{name}/")]
        yield Chapter(Kind.CASE, note.label, tuple(_by_row(note.label, rows)))


def _by_row(label: str, passages: Sequence[Passage]) -> Iterator[Entry]:
    for number, row in enumerate(dict.fromkeys(each.row for each in passages), start=1):
        yield Entry(f"{label} {number}", tuple(each for each in passages if each.row == row))


def _chapter(reader: Reader, kind: Kind, case: str, words: Words) -> Chapter:
    title = TITLES.get(kind, capitalised(kind.value))
    entities = [*reversed(reader.children(kind, case))]
    for double in absorbed(reader, case):
        entities += [entity for sort, entity in left_behind(reader, case, double) if sort is kind]
    if kind is Kind.LINK:
        entities = [entity for entity in entities if _still_links(reader, case, entity)]
        told = Passage(f"{case}/{kind}", kind.value, "Verband", _LINKED)
        return Chapter(kind, title, (Entry("", (told,)),) if entities else ())
    found = {entity: tuple(_passages(kind, entity, reader.registers(kind, entity), words)) for entity in entities}
    records = _by_file(reader, found) if kind is Kind.ATTACHMENT else found.values()
    entries = (Entry(f"{capitalised(kind.value)} {number}", each) for number, each in enumerate(records, start=1))
    return Chapter(kind, title, tuple(entry for entry in entries if entry.passages))


def _by_file(reader: Reader, told: Mapping[str, Iterable[Passage]]) -> Iterator[tuple[Passage, ...]]:
    """Each file once, with every name it has: two cases that were merged may both have held it.

    Its place is that of its content, so that what is black stays so whichever record comes first.
    """
    files: dict[str, dict[tuple[str, str], Passage]] = {}
    for entity, passages in told.items():
        file = files.setdefault(load(reader, Kind.ATTACHMENT, Attachment, entity).bestand or entity, {})
        for passage in passages:
            file.setdefault((passage.field, passage.text), passage)
    for number, (file_id, known) in enumerate(files.items(), start=1):
        yield *known.values(), Passage(f"{file_id}/{FILE}", FILE, "Bestand", numbered(number))


def _still_links(reader: Reader, case: str, entity: str) -> bool:
    """Whether a link was not ended, and the other case is still there."""
    link = load(reader, Kind.LINK, Link, entity)
    return link.verbroken_op is None and bool(reader.registers(Kind.CASE, link.other(case)))


def _passages(kind: Kind, entity: str, registers: Registers, words: Words) -> Iterator[Passage]:
    record, left_out = read_back(MODELS[kind], top_values(registers))
    for name, note in notes(MODELS[kind]).items():
        place = f"{entity}/{name}"
        if name in _LEFT_OUT or note.label.endswith("(id)"):
            continue
        if kind is Kind.DOCUMENT and name == _CONTENT:
            yield from _line(place, name, note.label, _content(record))
        elif note.shape is Shape.ROWS:
            yield from _rows(place, name, getattr(record, name), words)
        else:
            yield from _value(place, name, note, getattr(record, name), words)
        yield from _versions(place, name, note, registers, words)
        if name in left_out:
            stored = [str(value) for (field, _), value in top_values(registers).items() if field == name]
            yield from _line(f"{place}/rest", name, f"{note.label} (past niet in het veld)", "\n".join(stored))


def _versions(place: str, name: str, note: Note, registers: Registers, words: Words) -> Iterator[Passage]:
    """What colleagues wrote at the same time in one field, and nobody settled yet."""
    mine = {name_key: register for name_key, register in registers.items() if name_key[0] == name}
    for (_, key), versions in conflicts(mine).items():
        for number, version in enumerate(versions[1:], start=2):
            parts = version.value.values() if isinstance(version.value, dict) else (version.value,)
            text = "\n".join(filter(None, (_readable(part, words) for part in parts)))
            yield from _line(f"{place}/{key}/v{number}", name, f"{note.label} (versie {number})", text)


def _value(place: str, name: str, note: Note, value: Any, words: Words) -> Iterator[Passage]:
    several = value if isinstance(value, tuple) else (value,)
    listed = vocabulary(note.vocabulary) if note.vocabulary else ()
    codes = tuple(each for each in several if each in listed)
    read = (in_words(note, each) if each in codes else _readable(each, words) for each in several)
    texts = [text for text in read if text]
    if texts:
        yield Passage(place, name, note.label, "; ".join(texts), codes=codes)


def _rows(place: str, name: str, rows: Sequence[Row], words: Words) -> Iterator[Passage]:
    for row in rows:
        at = f"{place}/{row.id}"
        if row.id in labels() or len(row.id) == 1:
            yield Passage(f"{at}/id", f"{name}/id", _ROW_IS, labels().get(row.id, row.id), row.id, (row.id,))
        for part, value in row:
            text = "" if part == "id" else _readable(value, words)
            codes = (value,) if isinstance(value, str) and value in labels() else ()
            if text:
                yield Passage(f"{at}/{part}", f"{name}/{part}", _label(part), text, row.id, codes)


def _line(place: str, name: str, label: str, text: str) -> Iterator[Passage]:
    if text:
        yield Passage(place, name, label, text)


def _label(part: str) -> str:
    return "E-mail" if part == "email" else capitalised(part.replace("_", " "))


def _readable(value: Any, words: Words) -> str:
    """A value in words; nothing for an id that says nothing."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return short_date(value)
    text = "" if value is None else str(value)
    known = labels().get(text) or words(text)
    return known or ("" if _ENTITY.fullmatch(text) else text)


def _content(record: BaseModel) -> str:
    """The text of a filed document: its blocks under their headings, or whatever text it holds."""
    try:
        content = json.loads(getattr(record, _CONTENT) or "{}")
    except ValueError:
        return str(getattr(record, _CONTENT))
    if not isinstance(content, dict) or not isinstance(content.get("blocks"), list):
        return "\n".join(_texts(content))
    head = [*content.get("recipient", ()), content.get("salutation", ""), content.get("contact", "")]
    blocks = [line for block in content["blocks"] for line in _block(block)]
    return "\n".join(str(line) for line in [*head, *blocks] if line)


def _block(block: Mapping[str, Any]) -> Iterator[str]:
    name = str(block.get("name", ""))
    lines = [str(block.get("text", "")), *map(str, block.get("items", ()))]
    if any(lines):
        yield f"{block.get('heading') or _label(name)}:"
        yield from lines


def _texts(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for each in content.values():
            yield from _texts(each)
    elif isinstance(content, list):
        for each in content:
            yield from _texts(each)
    elif isinstance(content, str) and content and not _ENTITY.fullmatch(content):
        yield content
