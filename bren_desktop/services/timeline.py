"""The history of a case in Dutch sentences, told from the operations themselves."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.fields import notes
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.oplog.operations import Operation
from bren_desktop.services.views import TimelineEvent

_MOST_LABELS = 4
_FIRST = {
    Kind.CASE: "Casus vastgelegd.",
    Kind.CONSENT: "Toestemming vastgelegd.",
    Kind.CONTACT: "Contactmoment vastgelegd.",
    Kind.CONSULT: "Consult geregistreerd.",
    Kind.DOCUMENT: "Document gemaakt.",
    Kind.CLOSING: "Afsluiting voorgesteld.",
    Kind.LESSON: "Leerpunt vastgelegd.",
    Kind.DISCLOSURE: "Besloten om te delen zonder toestemming.",
}
_TOLD = {
    "ingetrokken_op": "Toestemming ingetrokken.",
    "bevestigd_op": "Afsluiting bevestigd.",
    "teruggegeven_op": "Voorstel om af te sluiten teruggegeven.",
}
"""What is told rather than which fields changed, where one of these was filled in."""


def events(history: Sequence[Operation]) -> Sequence[TimelineEvent]:
    """One event per operation of a known kind, in the order of `history` (newest first)."""
    history = [operation for operation in history if operation.kind in list(Kind)]
    oldest: dict[str, Operation] = {operation.entity: operation for operation in history}
    return [_event(operation, oldest[operation.entity] is operation) for operation in history]


def _event(operation: Operation, first: bool) -> TimelineEvent:
    created = first and not any(change.replaces for change in operation.changes)
    text = _FIRST.get(Kind(operation.kind), "Vastgelegd.") if created else _changed(operation)
    author = operation.author
    return TimelineEvent(
        operation.dot,
        milliseconds(operation.clock),
        author.name,
        author.role,
        operation.kind,
        operation.entity,
        text,
    )


def _changed(operation: Operation) -> str:
    known = notes(MODELS[Kind(operation.kind)])
    fields = dict.fromkeys(change.field for change in operation.changes)
    labels = [known[field].label for field in fields if field in known]
    told = next((_TOLD[change.field] for change in operation.changes if change.field in _TOLD and change.value), "")
    if told:
        return told
    if not labels:
        return "Bijgewerkt."
    more = len(labels) - _MOST_LABELS
    text = ", ".join(labels[:_MOST_LABELS])
    return f"Gewijzigd: {text} en nog {more}." if more > 0 else f"Gewijzigd: {text}."
