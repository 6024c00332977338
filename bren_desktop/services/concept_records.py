"""Concepts of the thesaurus as a network keeps them: from record to concept and back (decision 0017)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.dutch import listing
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.fields import notes
from bren_desktop.domain.vocabulary import labels
from bren_desktop.errors import InvalidInputError
from bren_desktop.language.overlay import LeftOut
from bren_desktop.language.thesaurus import Concept
from bren_desktop.services.loading import load
from bren_desktop.services.ports import Reader

MOST = 5_000
"""Concepts of its own that a network may have: nobody makes the laptops of others slow."""
_FIELDS = {
    "label": "naam",
    "also": "ook",
    "hidden": "verborgen",
    "hints": "hints",
    "broader": "breder",
    "related": "verwant",
    "codes": "codes",
    "contra": "contra",
    "note": "toelichting",
    "source": "herkomst",
}
"""The field that holds each property of a concept; `id` and `of_parent` have forms of their own."""
_ALIASES = {info.alias or name: name for name, info in Concept.model_fields.items()}
_OTHERS = {"id": "extern_id", "of_parent": "van_ouder"}


@dataclass(frozen=True, slots=True)
class Own:
    """What a network says of the thesaurus: whole concepts by id, None for one that is out; and what says nothing."""

    concepts: Mapping[str, Concept | None]
    left_out: tuple[LeftOut, ...] = ()


def own_of(reader: Reader) -> Own:
    """What the records in the store say; of records of one concept the first holds."""
    records = [load(reader, Kind.CONCEPT, ConceptRecord, entity) for entity in sorted(reader.entities(Kind.CONCEPT))]
    return gathered(records)


def gathered(records: Iterable[ConceptRecord]) -> Own:
    """What `records` say. One that is no concept says nothing."""
    found: dict[str, Concept | None] = {}
    left_out: list[LeftOut] = []
    for record in (each for each in records if each.naam or each.herkomst):
        if len(found) >= MOST:
            left_out.append(LeftOut(record.extern_id, f"Een netwerk heeft hooguit {MOST} eigen begrippen."))
            continue
        if record.extern_id in found:
            continue
        try:
            found[record.extern_id] = concept_of(record) if record.naam else None
        except InvalidInputError as error:
            left_out.append(LeftOut(record.extern_id, str(error)))
    return Own(found, tuple(left_out))


def concept_of(record: ConceptRecord) -> Concept:
    """The concept that a record with a name holds. Raises InvalidInputError."""
    values = {name: getattr(record, field) for name, field in _FIELDS.items()}
    of_parent = record.van_ouder if record.over_ouder else None
    try:
        return Concept.model_validate({**values, "id": record.extern_id, "of_parent": of_parent})
    except ValidationError as error:
        names = [_ALIASES.get(str(each["loc"][0]), str(each["loc"][0])) for each in error.errors()]
        fields = sorted({_FIELDS.get(name) or _OTHERS[name] for name in names})
        labels = listing([f"‘{notes(ConceptRecord)[field].label}’" for field in fields])
        raise InvalidInputError("Kijk naar {velden}: dat klopt niet.", field=fields[0], velden=labels) from None


def must_know_codes(concept: Concept) -> None:
    """Raise InvalidInputError where a concept names a code that no list has."""
    unknown = [code for code in concept.codes if code not in labels()]
    if unknown:
        raise InvalidInputError(
            "Het begrip ‘{naam}’ noemt de code {code}, en die is er niet. Er is niets veranderd.",
            field="codes",
            naam=concept.label,
            code=unknown[0],
        )


def record_of(concept: Concept) -> ConceptRecord:
    """The record that holds `concept`."""
    values = {field: getattr(concept, name) for name, field in _FIELDS.items()}
    of_parent = concept.of_parent
    return ConceptRecord(
        **values, extern_id=concept.id, over_ouder=True if of_parent is not None else None, van_ouder=of_parent or ()
    )


def ordered(concept: Concept) -> Concept:
    """The same concept with its sets in one order, to compare by."""
    values = {name: value for name in Concept.model_fields if isinstance(value := getattr(concept, name), tuple)}
    return concept.model_copy(update={name: tuple(sorted(set(value))) for name, value in values.items()})
