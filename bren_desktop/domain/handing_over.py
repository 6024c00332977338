"""Handing a case over to another team (decision 0016): what of it goes, and whether it may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum, auto
from typing import Any

from pydantic import BaseModel

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent, is_general, is_withdrawn
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.fields import Sensitivity, Shape, notes
from bren_desktop.domain.sharing import ELSEWHERE, State, Verdict, verdict
from bren_desktop.domain.vocabulary import labels, vocabulary

PURPOSE_TEAM, PURPOSE_ELSEWHERE = "TD-A", "TD-E"


class Way(Enum):
    """How something of a case comes to the other team."""

    FIELD = auto()
    """As the same field of a record there."""
    TEXT = auto()
    """As text in a contact moment: history, which counts for nothing there."""
    STAYS = auto()


_WAYS: Mapping[Kind, Way] = {
    Kind.CASE: Way.FIELD,
    Kind.BRIDGE: Way.FIELD,
    Kind.FUTURE_PLAN: Way.FIELD,
    Kind.STATEMENT: Way.FIELD,
    Kind.DISCUSSION: Way.TEXT,
    Kind.ADVICE: Way.TEXT,
    Kind.FOLLOW_UP: Way.TEXT,
    Kind.DEPLOYMENT: Way.TEXT,
    Kind.ESCALATION: Way.TEXT,
    Kind.CONSENT: Way.STAYS,
    Kind.DISCLOSURE: Way.STAYS,
    Kind.CONTACT: Way.STAYS,
    Kind.CONSULT: Way.STAYS,
    Kind.DOCUMENT: Way.STAYS,
    Kind.TRANSITION: Way.STAYS,
    Kind.CLOSING: Way.STAYS,
    Kind.LESSON: Way.STAYS,
    Kind.EMERGENCY_ACCESS: Way.STAYS,
    Kind.REQUEST: Way.STAYS,
    Kind.SNOOZE: Way.STAYS,
    Kind.LINK: Way.STAYS,
    Kind.ATTACHMENT: Way.STAYS,
}
"""Every kind in and below a case. Attachments stay, but for those that a person chose."""
BELOW = tuple(kind for kind, way in _WAYS.items() if way is Way.FIELD and kind is not Kind.CASE)
"""What hangs below a case and goes as records."""
TOLD = tuple(kind for kind, way in _WAYS.items() if way is Way.TEXT)
_NOT_THERE: Mapping[Kind, frozenset[str]] = {
    Kind.CASE: frozenset(
        {
            "nummer",
            "extern_id",
            "eerder_kenmerk",
            "status",
            "datum_aanmelding",
            "team",
            "behandelaar",
            "toegewezen",
            "blad_gecontroleerd_door",
            "blad_gecontroleerd_op",
            "grondslag",
            "bewaarplicht_reden",
        }
    ),
    Kind.DISCUSSION: frozenset({"aanwezigen"}),
    Kind.ADVICE: frozenset({"bespreking", "vervangt", "vrijgegeven_stempel"}),
    Kind.FOLLOW_UP: frozenset({"advies", "volgens"}),
    Kind.DEPLOYMENT: frozenset({"expert"}),
}
"""What of a kind that goes is not needed there, or not true there."""
_TO_CODE = "te_coderen"
_REFERENCES = frozenset({"id", "persoon"})
"""The parts of rows that name something here; an id that is a code says what the row is about."""


def way_of(kind: Kind, field: str, *, criminal: bool) -> Way:
    """How a field goes. Data of a criminal-law kind go with a reason only."""
    is_closed = notes(MODELS[kind])[field].sensitivity is Sensitivity.CRIMINAL and not criminal
    if is_closed or field == "casus" or field in _NOT_THERE.get(kind, ()):
        return Way.STAYS
    return _WAYS[kind]


def portable(kind: Kind, record: BaseModel, *, criminal: bool) -> dict[str, Any]:
    """The filled fields of a record that go, in plain values and without what names something here."""
    plain = record.model_dump(mode="json", exclude_defaults=True)
    known = notes(type(record))
    going = [name for name in known if way_of(kind, name, criminal=criminal) is Way.FIELD]
    return {
        name: [_row(row) for row in value if name != _TO_CODE or row.get("veld") in going]
        if known[name].shape is Shape.ROWS
        else value
        for name, value in plain.items()
        if name in going
    }


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in row.items() if name not in _REFERENCES or part in labels()}


def landsdeel(team: str) -> str:
    """The code of the landsdeel in which a team works."""
    region = vocabulary("teams").term(team).extra.get("regio", "")
    return str(vocabulary("jeugdregios").term(str(region)).extra.get("netwerk", ""))


def verdict_to(
    case: Case, consents: Sequence[Consent], disclosures: Sequence[Disclosure], own: str, team: str, day: date
) -> Verdict:
    """Whether team `own` may hand the case over to another on `day`.

    Within the landsdeel a consent must name that team: one that names nobody was given for the own team.
    """
    names = (vocabulary("teams").label(team), team)
    if landsdeel(own) != landsdeel(team):
        return verdict(case, consents, disclosures, PURPOSE_ELSEWHERE, (*names, ELSEWHERE), day)
    meant = [each for each in consents if not is_general(each) or is_withdrawn(each, day)]
    found = verdict(case, meant, disclosures, PURPOSE_TEAM, names, day)
    if found.state in (State.NONE, State.OTHERS):
        return replace(found, sentence=f"Er is geen toestemming voor casusbespreking waarin {names[0]} bij naam staat.")
    return found
