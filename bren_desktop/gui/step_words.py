"""What the window says about the next step of a case: who makes it, what it lacks, what runs beside the state."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.aftercare import Bridge, Escalation
from bren_desktop.domain.dutch import listing, short_date
from bren_desktop.domain.needs import label_of
from bren_desktop.domain.states import State
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.models.columns import Badge, Tone
from bren_desktop.services.life import Flags, Option, deciders

_MOST_NAMED = 6


def option_line(option: Option) -> str:
    """Beneath a step: who makes it where that is another, and what the case still lacks."""
    who = _tr("Dit doet de {rollen}.").format(rollen=deciders(option.step)) if not option.allowed else ""
    return " ".join(filter(None, (who, _lacking(option))))


def _lacking(option: Option) -> str:
    labels = list(dict.fromkeys(map(label_of, option.lacks)))
    if not labels:
        return ""
    more = len(labels) - _MOST_NAMED
    shown = [*labels[:_MOST_NAMED], _tr("nog {n}").format(n=more)] if more > 0 else labels
    return _tr("Nog nodig: {velden}.").format(velden=listing(shown))


def reason_hint(target: State) -> str:
    """What to write as the reason of a step to `target`."""
    return {
        State.AWAITING: _tr("Wat is er nog nodig?"),
        State.CARRIED_OUT: _tr("Alleen nodig als de verwijzer van het advies afwijkt: waarom?"),
    }.get(target, "")


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


def state_words(state: str) -> str:
    """A state as a sentence names it."""
    return f"'{vocabulary('casusstatus').label(state)}'"


def _tr(text: str) -> str:
    return QCoreApplication.translate("StepWords", text)
