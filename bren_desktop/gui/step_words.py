"""What the window says about the next step of a case: who makes it, what it lacks, what runs beside the state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.aftercare import Bridge, Escalation
from bren_desktop.domain.dutch import listing, short_date
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.life import Step
from bren_desktop.domain.needs import Lack, label_of
from bren_desktop.domain.states import State
from bren_desktop.domain.terms import Term
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.models.columns import Badge, Tone
from bren_desktop.services.life import Flags, Option, deciders

_MOST_NAMED, _MOST_SENTENCES = 6, 2


def option_line(option: Option) -> str:
    """Beneath a step: who makes it where that is another, and what the case still lacks."""
    lacking = _lacking(option.mine)
    if option.allowed:
        return lacking
    who = _tr("Dit doet de {rollen}.").format(rollen=deciders(option.step))
    unnamed = _tr("Er ontbreekt nog iets.") if option.lacks else ""
    return f"{who} {lacking or unnamed}".strip()


def option_icon(option: Option) -> str:
    """A lock for a step of another, a pencil where something is to be filled in first."""
    if not option.allowed:
        return "lock"
    return "pencil" if option.lacks else "right"


def _lacking(lacks: Sequence[Lack]) -> str:
    """The fields of the case by name, and what is to be recorded below it as its sentences."""
    labels = [label_of(lack) for lack in lacks if lack.kind is Kind.CASE]
    sentences = [lack.sentence for lack in lacks if lack.kind is not Kind.CASE][:_MOST_SENTENCES]
    more = len(labels) - _MOST_NAMED
    shown = [*labels[:_MOST_NAMED], _tr("nog {n}").format(n=more)] if more > 0 else labels
    fields = [_tr("Vul nog in: {velden}.").format(velden=listing(shown))] if shown else []
    return " ".join((*fields, *sentences))


def reason_name(step: Step) -> str:
    """What the reason of a step says, as the name of its field."""
    if State.TRANSFERRED in step.sources:
        return _tr("Waarom komt de casus terug, en wie bij het andere team weet dat?")
    return {
        State.AWAITING: _tr("Wat is er nog nodig?"),
        State.CARRIED_OUT: _tr("Waarom wijkt de verwijzer van het advies af? (alleen als dat zo is)"),
    }.get(step.target, "")


def terms_line(terms: Sequence[Term]) -> str:
    """How many working days a case took to each phase that it has reached."""
    if not terms:
        return ""
    states = vocabulary("casusstatus")
    reached = listing(
        [_tr("{status} na {n}").format(status=states.label(term.state), n=_working_days(term.days)) for term in terms]
    )
    return _tr("Sinds de aanmelding: {fasen}. Wachten op een aanvulling telt niet mee.").format(fasen=reached)


def _working_days(days: int) -> str:
    return _tr("1 werkdag") if days == 1 else _tr("{n} werkdagen").format(n=days)


def bridge_badge(flags: Flags) -> Badge | None:
    """The bridge that runs, with its last day."""
    bridge: Bridge | None = next(iter(flags.bridges), None)
    if bridge is None:
        return None
    until = _tr("overbrugging tot en met {dag}").format(dag=short_date(bridge.tot)) if bridge.tot else ""
    return Badge(until or _tr("overbrugging loopt"), Tone.WARN, icon="clock")


def escalation_badge(flags: Flags) -> Badge | None:
    """The escalation that runs, with the day on which its decision is due."""
    escalation: Escalation | None = next(iter(flags.escalations), None)
    if escalation is None:
        return None
    due = escalation.uiterlijk
    words = _tr("geëscaleerd, besluit uiterlijk {dag}").format(dag=short_date(due)) if due else _tr("geëscaleerd")
    return Badge(words, Tone.ALARM, icon="warning")


def undecided_badge(flags: Flags) -> Badge | None:
    """That the step to this state lacks a decision of the voorzitter."""
    return Badge(_tr("zonder besluit van de voorzitter"), Tone.WARN, icon="warning") if flags.undecided else None


def state_words(state: str) -> str:
    """A state as a sentence names it."""
    return f"'{vocabulary('casusstatus').label(state)}'"


def _tr(text: str) -> str:
    return QCoreApplication.translate("StepWords", text)
