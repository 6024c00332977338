"""How the tab Opvolging words what follows an advice: a line and a badge for each record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.advice import PointRow
from bren_desktop.domain.aftercare import Bridge, Deployment, Escalation, FollowUp, FuturePlan
from bren_desktop.domain.bridging import is_due
from bren_desktop.domain.deploying import DECLINED, Step, day_of, next_step
from bren_desktop.domain.dutch import listing, short_date
from bren_desktop.domain.escalating import Stagnation, height
from bren_desktop.domain.fields import notes
from bren_desktop.domain.following import PlanStanding, Standing
from bren_desktop.domain.growing_up import GrowingUp
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.models.columns import Badge, Tone
from bren_desktop.gui.widgets.told_item import Told
from bren_desktop.gui.widgets.tones import badge_for
from bren_desktop.services.below import Filed

_MOST = 280


def point_line(number: int, standing: Standing, today: date) -> Told:
    """A point of the advice: what and who, by when, how it stands and why."""
    point = standing.point
    facts = [due_words(point)]
    late = standing.days_late(today)
    if late:
        facts.append(_tr("{n} dagen te laat").format(n=late) if late > 1 else _tr("1 dag te laat"))
    text = _lines(_joined(*facts), _telling(standing.newest))
    return Told(point.id, f"{number}. {brief(point.wat)}", text, badge_for("opvolgstanden", standing.stand))


def plan_line(standing: PlanStanding) -> Told:
    """A plan of the advice: what it holds, how it stands and why."""
    plan = standing.plan
    text = _lines(brief(plan.tekst), _telling(standing.newest) if standing.newest else brief(plan.reden))
    title = _tr("Plan {letter}").format(letter=plan.id)
    return Told(plan_key(plan.id), title, text, badge_for("planstanden", standing.stand))


def plan_key(letter: str) -> str:
    """By what a list of points and plans knows a plan."""
    return f"plan {letter}"


def due_words(point: PointRow) -> str:
    """Whose a point is, and by when."""
    return _joined(
        point.eigenaar, _tr("uiterlijk {dag}").format(dag=day_words(point.uiterlijk)) if point.uiterlijk else ""
    )


def deployment_line(held: Filed[Deployment], names: Mapping[str, str]) -> Told:
    """An inzet: who, how, and the day of each step that was taken."""
    inzet = held.record
    known = notes(Deployment)
    days = [f"{known[step].label.lower()} {day_words(day)}" for step in Step if (day := day_of(inzet, step))]
    spent = _tr("{n} minuten").format(n=inzet.minuten) if inzet.minuten is not None else ""
    result = vocabulary("resultaten").label(inzet.resultaat) if inzet.resultaat else ""
    facts = _joined(vocabulary("inzetvormen").label(inzet.inzetvorm), spent, result)
    told = inzet.reden_afwijzing if inzet.antwoord == DECLINED else inzet.toegevoegde_waarde
    text = _lines(facts, _joined(*days), brief(told))
    return Told(
        held.entity, names.get(inzet.expert, _tr("Pareltje dat niet meer in de pool staat")), text, _step(inzet)
    )


def bridge_line(held: Filed[Bridge], today: date) -> Told:
    """An overbrugging: what help, by whom, until when, and who watches."""
    bridge = held.record
    lasts = _tr("{van} tot en met {tot}").format(van=day_words(bridge.van), tot=day_words(bridge.tot))
    safety = _tr("veiligheid: {wie}").format(wie=bridge.veiligheid_door)
    checks = sorted(bridge.checks, key=lambda row: row.op or date.min)
    last = f"{day_words(checks[-1].op)}, {checks[-1].door}: {brief(checks[-1].bevinding)}" if checks else ""
    text = _lines(_joined(bridge.door, lasts), safety, last, brief(bridge.afloop))
    return Told(held.entity, brief(bridge.vorm), text, _bridge_badge(bridge, today))


def escalation_line(held: Filed[Escalation], today: date) -> Told:
    """A step on the ladder: to whom, which decision was asked by when, and what came of it."""
    step = held.record
    title = f"{height(step.stap)}. {vocabulary('escalatiestappen').label(step.stap)}"
    asked = _tr("{op} · besluit uiterlijk {uiterlijk}").format(
        op=day_words(step.op), uiterlijk=day_words(step.uiterlijk)
    )
    if not step.is_open:
        badge = Badge(_tr("afgesloten"), Tone.QUIET, icon="check")
    elif step.uiterlijk and step.uiterlijk < today:
        badge = Badge(_tr("besluit te laat"), Tone.ALARM, icon="warning")
    else:
        badge = Badge(_tr("loopt"), Tone.WARN, icon="clock")
    return Told(held.entity, title, _lines(asked, brief(step.gevraagd_besluit), brief(step.resultaat)), badge)


def stagnation_words(found: Stagnation, numbers: Mapping[str, int], today: date) -> str:
    """Why it is time to think of escalation."""
    reasons = [
        _tr("punt {n} is {dagen} dagen te laat").format(n=numbers[each.point.id], dagen=each.days_late(today))
        for each in found.late
    ]
    if found.failed:
        letters = listing([each.plan.id for each in found.failed])
        reasons.append(_tr("de plannen {letters} zijn gestrand").format(letters=letters))
    return _tr("Denk aan een stap op de ladder: {redenen}.").format(redenen="; ".join(reasons)) if reasons else ""


def pressing_words(stands: GrowingUp, today: date) -> str:
    """What cannot wait now that 18 is near; empty where nothing presses."""
    if not stands.pressing or not (stands.unarranged or stands.undecided):
        return ""
    items = ", ".join(vocabulary("big5").label(code) for code in stands.unarranged)
    parts = [_adult_words(stands.adult, today)]
    if items:
        parts.append(_tr("Nog niet geregeld: {items}.").format(items=items))
    if stands.undecided:
        parts.append(extension_words())
    return " ".join(parts)


def _adult_words(adult: date | None, today: date) -> str:
    if adult is None:
        return _tr("De jeugdige wordt binnenkort 18 of is dat al.")
    sentence = _tr("De jeugdige wordt 18 op {dag}.") if adult > today else _tr("De jeugdige is 18 sinds {dag}.")
    return sentence.format(dag=day_words(adult))


def extension_words() -> str:
    """What the law says about verlengde jeugdhulp."""
    return _tr(
        "Over verlengde jeugdhulp moet zijn besloten vóór de 18e verjaardag; daarna kan het alleen nog als de hulp "
        "binnen een half jaar na het einde wordt hervat."
    )


def future_words(plan: FuturePlan) -> str:
    """What is known besides the Big 5."""
    known = notes(FuturePlan)
    days = ("doorgenomen_op", "plan_op", "schakeloverleg_op")
    parts = [f"{known[name].label}: {day_words(getattr(plan, name))}" for name in days if getattr(plan, name)]
    if plan.coach:
        parts.append(f"{known['coach'].label}: {plan.coach}")
    if plan.verlengd_besluit:
        decision = vocabulary("besluiten_verlengd").label(plan.verlengd_besluit)
        parts.append(f"{decision[:1].upper()}{decision[1:]}, {day_words(plan.verlengd_op)}")
    return _lines(_joined(*parts), brief(plan.plan))


def brief(text: str) -> str:
    """The beginning of a long text: the window of the record has all of it."""
    return text if len(text) <= _MOST else f"{text[:_MOST].rstrip()}…"


def day_words(day: date | None) -> str:
    """A day as people read it."""
    return short_date(day) if day else ""


def _telling(newest: FollowUp | None) -> str:
    if newest is None:
        return ""
    source = _tr("volgens {wie}").format(wie=newest.volgens) if newest.volgens else ""
    return _lines(_joined(day_words(newest.datum), source), brief(newest.reden), brief(newest.effect))


def _step(inzet: Deployment) -> Badge:
    """How far an inzet is, by the last step that was taken."""
    if inzet.antwoord == DECLINED:
        return Badge(_tr("afgewezen"), Tone.QUIET, icon="cross")
    waits = {
        Step.ANSWER: Badge(_tr("wacht op antwoord"), Tone.WARN, icon="question"),
        Step.CONTACT: Badge(_tr("aangenomen"), Tone.INFO, icon="check"),
        Step.END: Badge(_tr("aan het werk"), Tone.GOOD, icon="right"),
        Step.EVALUATION: Badge(_tr("nog evalueren"), Tone.WARN, icon="pencil"),
    }
    step = next_step(inzet)
    return waits[step] if step in waits else Badge(_tr("geëvalueerd"), Tone.QUIET, icon="check")


def _bridge_badge(bridge: Bridge, today: date) -> Badge:
    if not bridge.is_open:
        return Badge(_tr("beëindigd {dag}").format(dag=day_words(bridge.beeindigd_op)), Tone.QUIET, icon="check")
    check = _tr("nakijken {dag}").format(dag=day_words(bridge.volgende_check))
    return Badge(check, Tone.ALARM, icon="warning") if is_due(bridge, today) else Badge(check, Tone.INFO, icon="clock")


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Aftercare", text)
