"""What lists and search need of an entity: a pure function of its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bren_desktop.domain.cases import initials_of
from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.fields import Shape, notes
from bren_desktop.domain.vocabulary import folded, vocabulary
from bren_desktop.oplog.registers import Registers
from bren_desktop.storage.plain import Plain

_CASE_TITLES = (
    *("nummer", "eerder_kenmerk", "extern_id", "roepnaam", "tussenvoegsel", "achternaam", "gemeente"),
    "verwijzer_organisatie",
)
_CASE_LABELS = ("regio", "knelpunten", "ontbrekend_aanbod", "vastloopredenen", "domeinen")
_CASE_CODES = ("wettelijk_kader", "maatregelen", "begrippen", "begrippen_geschrapt")
_EXPERT_TITLES = ("extern_id", "titel", "naam", "functie", "organisatie")
_EXPERT_LABELS = ("regio", "expertise", "domeinen")
_PARENTS = ("casus", "expert", "andere")


@dataclass(frozen=True, slots=True)
class Texts:
    """What the search indexes hold of one entity. The body includes the title, so that words may lie apart.

    `codes` are in no index: like the texts, they say what a record is read as.
    """

    title: str
    body: str
    codes: tuple[tuple[str, ...], ...] = ()


def names(registers: Registers, entity: str) -> tuple[str, str]:
    """The id as commands print it, and the number or reference that people call the entity by."""
    return _line(registers, "extern_id") or entity, _line(registers, "nummer") or _line(registers, "kenmerk")


def _line(registers: Registers, field: str) -> str:
    register = registers.get((field, ""))
    value = register.top.value if register and register.top else ""
    return value if isinstance(value, str) else ""


def parents(values: Plain) -> frozenset[str]:
    """The entities that this one hangs below."""
    return frozenset(filter(None, map(values.line, _PARENTS)))


def case_initials(values: Plain) -> str:
    """The initials of the young person: lists show no more of a name."""
    return initials_of(*(values.line(field) for field in ("roepnaam", "tussenvoegsel", "achternaam")))


def case_columns(values: Plain) -> dict[str, Any]:
    """The columns of `case_row` that come from the values."""
    lines = ("nummer", "regio", "gemeente", "status", "urgentie", "behandelaar")
    return {
        **{field: values.line(field) for field in lines},
        "initials": case_initials(values),
        "datum_aanmelding": values.day("datum_aanmelding"),
        "geboortedatum": values.day("geboortedatum"),
        "leeftijd": values.whole("leeftijd"),
        **{field: "\n".join(values.words(field)) for field in ("knelpunten", "domeinen")},
        "to_code": len(values.words("te_coderen")),
        "surname": folded(values.line("achternaam")),
        "first_name": folded(values.line("roepnaam")),
        "assigned": int(bool(values.words("toegewezen"))),
    }


def expert_columns(values: Plain) -> dict[str, Any]:
    """The columns of `expert_row` that come from the values."""
    lines = (
        *("naam", "titel", "functie", "organisatie", "soort", "regio", "beschikbaarheid", "raamovereenkomst"),
        *("profiel", "problematiek", "mandaat", "culturele_achtergrond"),
    )
    days = ("beschikbaar_vanaf", "afwezig_tot", "profiel_gecontroleerd")
    return {
        **{field: values.line(field) for field in lines},
        **{field: values.day(field) for field in days},
        **{field: values.whole(field) for field in ("leeftijd_van", "leeftijd_tot", "uren_per_maand")},
        **{field: "\n".join(values.words(field)) for field in ("regios", "expertise", "domeinen", "talen")},
        "landelijk_inzetbaar": values.yes_no("landelijk_inzetbaar"),
        "agreed": _agreed(values.line("raamovereenkomst")),
        "sort_naam": folded(values.line("naam")),
        "sort_organisatie": folded(values.line("organisatie")),
    }


def _agreed(text: str) -> str:
    return text if text in ("", "nee") else "ja"


def tags(kind: Kind, values: Plain) -> Iterator[tuple[str, str]]:
    """The (field, code) pairs that filters and facets use."""
    if kind is Kind.CASE:
        yield from (("knelpunten", code) for code in values.words("knelpunten"))
    elif kind is Kind.EXPERT:
        for field in ("expertise", "domeinen"):
            yield from ((field, code) for code in values.words(field))
        regions = {values.line("regio"), *values.words("regios")} - {""}
        yield from (("regio", code) for code in sorted(regions))


def access(kind: Kind, entity: str, values: Plain) -> Iterator[tuple[str, str, str]]:
    """The (person, case, day) to whom a case is open by this record; the day of emergency access, else empty."""
    if kind is Kind.CASE:
        yield from ((person, entity, "") for person in values.words("toegewezen"))
    elif kind is Kind.EMERGENCY_ACCESS and (begun := values.day("op")):
        yield values.line("persoon"), values.line("casus"), begun


def texts(kind: Kind, values: Plain) -> Texts | None:
    """What search finds this entity by; None for a kind that search does not cover."""
    if kind is Kind.CASE:
        title = _title(values, kind, _CASE_TITLES, _CASE_LABELS)
    elif kind is Kind.EXPERT:
        title = _title(values, kind, _EXPERT_TITLES, _EXPERT_LABELS)
    else:
        return None
    codes = tuple(values.words(field) for field in _CASE_CODES) if kind is Kind.CASE else ()
    return Texts("\n".join(title), "\n".join([*title, *long_texts(kind, values)]), codes)


def _title(values: Plain, kind: Kind, lines: Sequence[str], labelled: Sequence[str]) -> list[str]:
    found = [values.line(field) for field in lines]
    for field in labelled:
        found += labels(kind, values, field)
    return [text for text in found if text]


def labels(kind: Kind, values: Plain, field: str, *, criminal: bool = True) -> list[str]:
    """The labels of the codes in `field`; without those of a criminal-law kind where these are not told."""
    note = notes(MODELS[kind])[field]
    codes = values.words(field) if note.shape is Shape.SET else (values.line(field),)
    terms = vocabulary(note.vocabulary)
    return [terms.label(code) for code in codes if code and (criminal or not terms.term(code).criminal)]


def long_texts(kind: Kind, values: Plain, *, closed: frozenset[str] = frozenset()) -> Iterator[str]:
    """The running texts and the texts of rows, without those in the fields `closed`."""
    for field, shape in _long_fields(kind).items():
        if field in closed:
            continue
        if shape is Shape.ROWS:
            yield from values.row_texts(field)
        elif text := values.line(field):
            yield text


@cache
def _long_fields(kind: Kind) -> Mapping[str, Shape]:
    found = notes(MODELS[kind]).items()
    return {field: note.shape for field, note in found if note.long or note.shape is Shape.ROWS}
