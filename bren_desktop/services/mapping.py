"""Which column of a file fills which field, and which text means which code: proposed, then changed by people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from hashlib import sha256
from typing import Self

from pydantic import BaseModel, ConfigDict

from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.fields import Note, Shape, notes
from bren_desktop.domain.vocabulary import folded, vocabulary
from bren_desktop.services.coding import line, pieces

ID = "id"
"""The column of external ids; not a field of the model."""
_ALIKE = 0.86
_HIDDEN = frozenset({"extern_id"})
_BY_KEY_ONLY = frozenset({"nummer", "eerder_kenmerk"})
"""What an export of ours fills; the number in a team's own file is its own, and is the id."""
_IN_LINES = frozenset({"adres"})
_ALIASES: Mapping[str, tuple[str, ...]] = {
    "toestemming_status": ("toestemming",),
    ID: (
        *("kenmerk", "eigen kenmerk", "extern id", "nr", "nummer", "casusnummer"),
        *("relatienummer", "dossiernummer", "clientnummer"),
    ),
    "naam": ("volledige naam", "naam pareltje", "naam expert", "naam deskundige", "naam specialist", "deskundige"),
    "functie": ("functietitel", "beroep", "rol"),
    "organisatie": ("instelling", "werkgever", "bedrijf"),
    "expertise": ("expertises", "specialisme", "specialismen", "specialisatie", "deskundigheid"),
    "domeinen": ("domein",),
    "regio": ("regio", "jeugdregio", "jeugdzorgregio"),
    "landelijk_inzetbaar": ("landelijk",),
    "leeftijd_van": ("vanaf leeftijd", "minimumleeftijd", "leeftijd min"),
    "leeftijd_tot": ("tot leeftijd", "leeftijd t/m", "maximumleeftijd", "leeftijd max"),
    "beschikbaarheid": ("beschikbaar",),
    "uren_per_maand": ("uren", "aantal uren", "uren pm"),
    "talen": ("taal",),
    "telefoon": ("tel", "telefoonnummer", "mobiel", "tel nr"),
    "email": ("e-mailadres", "emailadres", "mail", "mailadres"),
    "adres": (
        "adresgegevens",
        "correspondentieadres",
        "straat",
        "straat en huisnummer",
        "postcode",
        "plaats",
        "woonplaats",
    ),
    "roepnaam": ("voornaam",),
    "tussenvoegsel": ("tussenvoegsels", "voorvoegsel"),
    "achternaam": ("familienaam", "geslachtsnaam"),
    "geboortedatum": ("geb datum", "geboren", "geboren op", "gebdat"),
    "gemeente": ("woonplaats", "woongemeente"),
    "datum_aanmelding": ("aanmelddatum", "aangemeld op"),
    "verwijzer": ("verwijzende instantie", "type verwijzer"),
    "hulpvraag": ("vraag", "consultvraag"),
    "omschrijving": ("casus", "casusbeschrijving", "situatie", "beschrijving"),
    "knelpunten": ("knelpunt",),
    "ontbrekend_aanbod": ("ontbrekend zorgaanbod",),
    "vastloopredenen": ("vastloopreden", "reden vastlopen"),
    "urgentie": ("spoed", "prioriteit"),
    "wensen": ("wens", "wensen gezin"),
}


class ColumnMapping(BaseModel):
    """What each column of a file means.

    `columns` gives a field key per header (or `id`, or empty for unused); `values` holds, per field, the code that a
    person gave to a text (folded).
    """

    model_config = ConfigDict(frozen=True)

    kind: Kind
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = {}

    def with_column(self, header: str, field: str) -> Self:
        """This mapping with `header` filling `field`; empty for unused."""
        return self.model_copy(update={"columns": {**self.columns, header: field}})

    def with_value(self, field: str, text: str, code: str) -> Self:
        """This mapping with `text` in `field` meaning `code`; an empty code takes that back."""
        assigned = {key: value for key, value in self.values.get(field, {}).items() if key != folded(text)}
        if code:
            assigned[folded(text)] = code
        return self.model_copy(update={"values": {**self.values, field: assigned}})

    @property
    def unused(self) -> tuple[str, ...]:
        """The headers that fill nothing."""
        known = targets(self.kind)
        return tuple(header for header, field in self.columns.items() if field not in known)

    def raw(self, cells: Mapping[str, object]) -> dict[str, object]:
        """The raw record of one row: values by field, assigned codes filled in, columns of one list joined."""
        found: dict[str, object] = {}
        known = notes(MODELS[self.kind])
        for header, field in self.columns.items():
            if header in cells and (field in known or field == ID):
                value = self._assigned(field, known.get(field), cells[header])
                found[field] = _joined(field, known.get(field), found[field], value) if field in found else value
        return found

    def _assigned(self, field: str, note: Note | None, value: object) -> object:
        codes = self.values.get(field)
        if not codes or note is None or value in (None, ""):
            return value
        if note.shape is Shape.SINGLE:
            return codes.get(folded(line(value)), value) if isinstance(value, str | int | float) else value
        parts = pieces(value)
        if not isinstance(parts, list | tuple):
            return value
        return [codes.get(folded(line(part)), part) if isinstance(part, str) else part for part in parts]


def _joined(field: str, note: Note | None, first: object, second: object) -> object:
    """Two columns that fill one field: the elements of a list together, texts below each other, else the first."""
    filled = [value for value in (first, second) if value not in (None, "")]
    if note is not None and note.shape is Shape.SET:
        parts = [pieces(value) for value in filled]
        return [element for each in parts for element in (each if isinstance(each, list | tuple) else [each])]
    if _takes_lines(field, note) and all(isinstance(value, str) for value in filled):
        return "\n".join(map(str, filled))
    return filled[0] if filled else ""


def _takes_lines(field: str, note: Note | None) -> bool:
    return field in _IN_LINES or (note is not None and note.long)


def targets(kind: Kind) -> Mapping[str, str]:
    """The fields that a column may fill, each with its label, in the order of the form; `id` first."""
    return _targets(kind)


@cache
def _targets(kind: Kind) -> Mapping[str, str]:
    labels = {name: note.label for name, note in notes(MODELS[kind]).items() if name not in _HIDDEN}
    return {ID: "Eigen kenmerk (id)", **labels}


def signature(kind: Kind, headers: Iterable[str]) -> str:
    """What files with the same columns share."""
    return sha256("\x1f".join([kind.value, *headers]).encode(errors="replace")).hexdigest()[:32]


def proposed(kind: Kind, headers: Sequence[str]) -> ColumnMapping:
    """Columns matched by name: key, then label or alias, then names that are nearly the same."""
    found: dict[str, str] = {}
    for match in (_key, _exact, _similar):
        taken = set(found.values())
        for header in headers:
            field = match(kind, header) if header not in found else ""
            if field and (field not in taken or _takes_more(kind, field)):
                found[header] = field
                taken.add(field)
    return ColumnMapping(kind=kind, columns={header: found.get(header, "") for header in headers})


def _takes_more(kind: Kind, field: str) -> bool:
    """Whether several columns may be proposed for one field."""
    note = notes(MODELS[kind]).get(field)
    return field in _IN_LINES or (note is not None and note.shape is Shape.SET)


def _key(kind: Kind, header: str) -> str:
    return header if header in targets(kind) else ""


def _exact(kind: Kind, header: str) -> str:
    return _names(kind).get(_plain(header), "") or _names(kind).get(_plain(re.sub(r"\d+\s*$", "", header)), "")


def _similar(kind: Kind, header: str) -> str:
    names = _names(kind)
    name = _plain(header)
    close = get_close_matches(name, names, n=1, cutoff=_ALIKE)
    return names[close[0]] if close and len(name) > 3 else ""


def _plain(text: str) -> str:
    """Letters and digits only: `Hulp-vraag` is `hulpvraag`."""
    return re.sub(r"[^a-z0-9]+", "", folded(text[:200]))


@cache
def _names(kind: Kind) -> Mapping[str, str]:
    """Every plain name of a field: keys and labels first, then aliases."""
    known = {field: label for field, label in targets(kind).items() if field not in _BY_KEY_ONLY}
    found = {_plain(field): field for field in known}
    for field, label in known.items():
        found.setdefault(_plain(label), field)
    for field in known:
        for name in _ALIASES.get(field, ()):
            found.setdefault(_plain(name), field)
    return found


def suggestion(kind: Kind, field: str, text: str) -> str:
    """The code in the list of `field` that looks most like `text`, or empty."""
    note = notes(MODELS[kind]).get(field)
    if note is None or not note.vocabulary:
        return ""
    wanted = folded(text[:200])
    scored = [
        (SequenceMatcher(None, wanted, folded(name)).ratio(), term.code)
        for term in vocabulary(note.vocabulary)
        for name in (term.label, *term.aliases)
    ]
    best = max(scored, default=(0.0, ""), key=lambda each: each[0])
    return best[1] if best[0] > 0.6 else ""
