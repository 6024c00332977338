"""How a record becomes registers and back: the one translation between models and what the store holds.

Registers hold plain values only: text, numbers, booleans, ISO dates, and mappings of those for rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from operator import itemgetter
from typing import Any

from pydantic import BaseModel

from bren_desktop.domain.access import EmergencyAccess
from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.aftercare import Bridge, Deployment, Escalation, FollowUp, FuturePlan
from bren_desktop.domain.attachments import Attachment
from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Closing, Lesson
from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.fields import Shape, notes
from bren_desktop.domain.fitting import Model, fitting
from bren_desktop.domain.links import Link
from bren_desktop.domain.planning import Snooze, StandIn
from bren_desktop.domain.records import (
    Consult,
    ContactMoment,
    FiledDocument,
    Organisation,
    Person,
    Team,
    WeighingRecord,
)
from bren_desktop.domain.requests import Request, Statement
from bren_desktop.domain.transitions import Transition

Values = Mapping[tuple[str, str], Any]
"""Plain values by (field, key): key is empty for a single field, the element of a set, or the id of a row."""
_ORDER = "n"


class Kind(StrEnum):
    """The kinds of entity in the store. Their order is that of row numbers: a new kind goes last."""

    CASE = "casus"
    EXPERT = "pareltje"
    CONSENT = "toestemming"
    CONTACT = "contactmoment"
    CONSULT = "consult"
    DOCUMENT = "document"
    TEAM = "team"
    PERSON = "persoon"
    ORGANISATION = "organisatie"
    TRANSITION = "overgang"
    DISCUSSION = "bespreking"
    ADVICE = "advies"
    FOLLOW_UP = "opvolging"
    BRIDGE = "overbrugging"
    DEPLOYMENT = "inzet"
    ESCALATION = "escalatie"
    FUTURE_PLAN = "toekomstplan"
    CLOSING = "afsluiting"
    LESSON = "leerpunt"
    DISCLOSURE = "deling"
    EMERGENCY_ACCESS = "noodtoegang"
    REQUEST = "verzoek"
    STATEMENT = "verklaring"
    SNOOZE = "uitstel"
    STAND_IN = "waarneming"
    LINK = "verband"
    ATTACHMENT = "bijlage"
    CONCEPT = "begrip"
    WEIGHING = "weging"


MODELS: Mapping[Kind, type[BaseModel]] = {
    Kind.CASE: Case,
    Kind.EXPERT: Expert,
    Kind.CONSENT: Consent,
    Kind.CONTACT: ContactMoment,
    Kind.CONSULT: Consult,
    Kind.DOCUMENT: FiledDocument,
    Kind.TEAM: Team,
    Kind.PERSON: Person,
    Kind.ORGANISATION: Organisation,
    Kind.TRANSITION: Transition,
    Kind.DISCUSSION: Discussion,
    Kind.ADVICE: Advice,
    Kind.FOLLOW_UP: FollowUp,
    Kind.BRIDGE: Bridge,
    Kind.DEPLOYMENT: Deployment,
    Kind.ESCALATION: Escalation,
    Kind.FUTURE_PLAN: FuturePlan,
    Kind.CLOSING: Closing,
    Kind.LESSON: Lesson,
    Kind.DISCLOSURE: Disclosure,
    Kind.EMERGENCY_ACCESS: EmergencyAccess,
    Kind.REQUEST: Request,
    Kind.STATEMENT: Statement,
    Kind.SNOOZE: Snooze,
    Kind.STAND_IN: StandIn,
    Kind.LINK: Link,
    Kind.ATTACHMENT: Attachment,
    Kind.CONCEPT: ConceptRecord,
    Kind.WEIGHING: WeighingRecord,
}

BELOW_CASE = tuple(kind for kind, model in MODELS.items() if "casus" in model.model_fields)
"""What hangs below a case."""
NETWORK_KINDS = frozenset({Kind.EXPERT, Kind.ORGANISATION, Kind.PERSON, Kind.CONCEPT, Kind.WEIGHING})
"""What lives in the network space; everything else is the team's."""


@cache
def collections(kind: Kind) -> frozenset[str]:
    """The fields of `kind` that are sets or rows."""
    return frozenset(name for name, note in notes(MODELS[kind]).items() if note.shape is not Shape.SINGLE)


def flatten(record: BaseModel) -> dict[tuple[str, str], Any]:
    """The values of every field that is not empty."""
    found: dict[tuple[str, str], Any] = {}
    for name, note in notes(type(record)).items():
        value = getattr(record, name)
        if note.shape is Shape.SINGLE:
            if value not in (None, ""):
                found[name, ""] = value.isoformat() if isinstance(value, date) else value
        elif note.shape is Shape.SET:
            found.update({(name, element): True for element in value})
        else:
            found.update({(name, row.id): _row(row, index) for index, row in enumerate(value)})
    return found


def _row(row: BaseModel, index: int) -> dict[str, Any]:
    filled = {
        name: value for name, value in row.model_dump(mode="json", exclude={"id"}).items() if value not in (None, "")
    }
    return {**filled, _ORDER: index}


def wanted(before: Values, record: BaseModel, fields: Iterable[str] | None = None) -> Values:
    """The values that bring the registers that hold `before` to `record`; None for what is to be emptied or removed.

    `before` names empty registers too. With `fields`, only those fields are touched. What `build` does not show, be it
    a field, a value or a part of a row, is never emptied.
    """
    known = notes(type(record))
    shown = flatten(build(type(record), {name: value for name, value in before.items() if value is not None}))
    after: dict[tuple[str, str], Any] = {
        name: None for name, value in before.items() if name[0] in known and (value is None or name in shown)
    }
    after.update(
        {name: _with_unseen(value, before.get(name), shown.get(name)) for name, value in flatten(record).items()}
    )
    if fields is None:
        return after
    touched = frozenset(fields)
    return {name: value for name, value in after.items() if name[0] in touched}


def _with_unseen(value: Any, before: Any, shown: Any) -> Any:
    """A row with the parts that only its stored version has; any other value as it is."""
    if not isinstance(value, dict) or not isinstance(before, dict):
        return value
    return {**{name: part for name, part in before.items() if name not in (shown or {})}, **value}


def build(model: type[Model], values: Values) -> Model:
    """The record that `values` describe, without what does not fit it."""
    return read_back(model, values)[0]


def read_back(model: type[Model], values: Values) -> tuple[Model, frozenset[str]]:
    """The record that `values` describe, and the known fields of which something does not fit it."""
    known = notes(model)
    plain: dict[str, Any] = {}
    rows: dict[str, list[tuple[int, str, dict[str, Any]]]] = {}
    for (field, key), value in sorted(values.items(), key=itemgetter(0)):
        if field not in known:
            continue
        if known[field].shape is Shape.SINGLE:
            plain.setdefault(field, value)
        elif known[field].shape is Shape.SET:
            plain.setdefault(field, []).append(key)
        elif isinstance(value, dict):
            rows.setdefault(field, []).append(_placed(key, value))
    plain.update({field: [row for *_, row in sorted(found, key=itemgetter(0, 1))] for field, found in rows.items()})
    return fitting(model, plain)


def _placed(key: str, value: dict[str, Any]) -> tuple[int, str, dict[str, Any]]:
    """Place, id and content of a row."""
    order = value.get(_ORDER)
    row = {name: part for name, part in value.items() if name != _ORDER}
    return order if isinstance(order, int) else 0, key, {**row, "id": key}
