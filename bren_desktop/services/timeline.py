"""The history of a case in Dutch sentences, told from the operations themselves."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain.dutch import capitalised, short_date
from bren_desktop.domain.entities import MODELS, Kind, build
from bren_desktop.domain.fields import notes
from bren_desktop.domain.life import is_undecided
from bren_desktop.domain.records import FiledDocument
from bren_desktop.domain.transitions import Transition
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.oplog.operations import Operation
from bren_desktop.services.views import TimelineEvent

_MOST_LABELS = 4
_FIRST = {
    Kind.CASE: "Casus vastgelegd.",
    Kind.CONSENT: "Toestemming vastgelegd.",
    Kind.CONTACT: "Contactmoment vastgelegd.",
    Kind.CONSULT: "Consult geregistreerd.",
    Kind.DISCUSSION: "Bespreking vastgelegd.",
    Kind.ADVICE: "Advies vastgelegd.",
    Kind.CLOSING: "Afsluiting voorgesteld.",
    Kind.LESSON: "Leerpunt vastgelegd.",
    Kind.LINK: "Verbonden met een andere casus.",
    Kind.ATTACHMENT: "Bijlage toegevoegd.",
    Kind.FOLLOW_UP: "Opvolging van een adviespunt vastgelegd.",
    Kind.DEPLOYMENT: "Inzet van een pareltje gevraagd.",
    Kind.BRIDGE: "Overbrugging afgesproken.",
    Kind.ESCALATION: "Geëscaleerd.",
    Kind.FUTURE_PLAN: "Big 5 en toekomstplan begonnen.",
    Kind.EMERGENCY_ACCESS: "Noodtoegang gebruikt.",
    Kind.DISCLOSURE: "Besloten om te delen zonder toestemming.",
    Kind.REQUEST: "Verzoek van het gezin vastgelegd.",
    Kind.STATEMENT: "Eigen verklaring toegevoegd.",
    Kind.SNOOZE: "Een termijn uitgesteld.",
}
_TOLD = {
    "ingetrokken_op": "Toestemming ingetrokken.",
    "vrijgegeven_op": "Advies vrijgegeven.",
    "beoordeeld_op": "Noodtoegang beoordeeld.",
    "bevestigd_op": "Afsluiting bevestigd.",
    "teruggegeven_op": "Voorstel om af te sluiten teruggegeven.",
    "verbroken_op": "Niet meer verbonden met een andere casus.",
    "weggelegd_op": "Bijlage weggelegd.",
    "checks": "Overbrugging nagekeken.",
    "beeindigd_op": "Overbrugging beëindigd.",
    "afgesloten_op": "Escalatie afgesloten.",
    "evaluatie_op": "Inzet geëvalueerd.",
    "afgerond_op": "Inzet afgerond.",
    "eerste_contact": "Eerste contact van een inzet.",
    "doorgelezen_op": "Dossier doorgelezen voor inzage.",
    "verlengd_op": "Verteld dat een verzoek van het gezin langer duurt.",
    "besloten_op": "Besloten op een verzoek van het gezin.",
    "afgehandeld_op": "Verzoek van het gezin afgehandeld.",
}
"""What is told rather than which fields changed, where one of these was filled in."""


def events(history: Sequence[Operation]) -> Sequence[TimelineEvent]:
    """One event per operation of a known kind, in the order of `history` (newest first).

    A state that was written is told by the transition beside it.
    """
    history = [operation for operation in history if operation.kind in list(Kind) and not _is_state(operation)]
    oldest: dict[str, Operation] = {operation.entity: operation for operation in history}
    return [_event(operation, oldest[operation.entity] is operation) for operation in history]


def _is_state(operation: Operation) -> bool:
    return operation.kind == Kind.CASE and {change.field for change in operation.changes} == {"status"}


def _event(operation: Operation, first: bool) -> TimelineEvent:
    created = first and not any(change.replaces for change in operation.changes)
    text = _recorded(operation) if created else _changed(operation)
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


def _recorded(operation: Operation) -> str:
    values = {(change.field, change.key): change.value for change in operation.changes if change.value is not None}
    if operation.kind == Kind.TRANSITION:
        return _step(build(Transition, values))
    if operation.kind == Kind.DOCUMENT:
        return _document(build(FiledDocument, values))
    return _FIRST.get(Kind(operation.kind), "Vastgelegd.")


def _document(made: FiledDocument) -> str:
    reference = f", kenmerk {made.kenmerk}" if made.kenmerk else ""
    return f"{capitalised(made.soort or 'document')} gemaakt{reference}."


def _step(step: Transition) -> str:
    """A step in the life of a case in sentences."""
    states = vocabulary("casusstatus")
    day = f" op {short_date(step.op)}" if step.op else ""
    parts = {
        "Besluit van": step.besluit,
        "Wacht op": step.wacht_op,
        "Doorgeleid naar": step.doorgeleid_naar,
        "Reden": step.reden,
    }
    agreed = ["De verwijzer gaat akkoord."] if step.verwijzer_akkoord else []
    undecided = ["Zonder besluit van de voorzitter."] if is_undecided(step) else []
    looked_at = ["De toestemming is opnieuw nagekeken."] if step.toestemming_nagekeken else []
    went = f"De casus ging{day} van '{states.label(step.van)}' naar '{states.label(step.naar)}'."
    said = (f"{name}: {text.rstrip('.')}." for name, text in parts.items() if text)
    return " ".join((went, *undecided, *agreed, *looked_at, *said))


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
