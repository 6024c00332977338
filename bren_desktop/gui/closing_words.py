"""Closing in words: how a proposal stands, what was learnt, and how long the record of a case is kept."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Closing, ClosingState, Lesson
from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.retention import Retention
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.services.closing import CaseClosing


def _tr(text: str) -> str:
    return QCoreApplication.translate("Closing", text)


def lesson_line(lesson: Lesson) -> str:
    """One lesson in a list: the text, and beneath it what it is about and who picks it up."""
    about = [
        vocabulary("leerpunt_soorten").label(lesson.soort),
        vocabulary("leerpunt_niveaus").label(lesson.niveau),
        _tr("voor {wie}").format(wie=vocabulary("leerpunt_doelgroepen").label(lesson.doelgroep))
        if lesson.doelgroep
        else "",
        _tr("opgepakt door {naam}").format(naam=lesson.actiehouder) if lesson.actiehouder else "",
        _tr("gedeeld") if lesson.gedeeld else "",
    ]
    return f"{lesson.tekst}\n{' · '.join(filter(None, about))}"


def codes_text(case: Case) -> str:
    """The codes of a case that the network learns from."""
    lists = (("knelpunten", _tr("Knelpunten: {codes}")), ("ontbrekend_aanbod", _tr("Ontbrekend aanbod: {codes}")))
    return "\n".join(
        text.format(codes=", ".join(map(vocabulary(name).label, getattr(case, name))) or _tr("geen"))
        for name, text in lists
    )


def retention_line(retention: Retention) -> str:
    """From when the record may be destroyed, or why that is not known."""
    if retention.held:
        return _tr("Dit dossier wordt bewaard om de reden die hieronder staat. Het wordt niet vernietigd.")
    if retention.day is not None:
        return _tr("Mag worden vernietigd vanaf {dag}.").format(dag=short_date(retention.day))
    reasons = {
        "afsluiting": _tr("De bewaartermijn begint als de casus is afgesloten."),
        "geboortedatum": _tr("De bewaartermijn hangt af van de geboortedatum, en die is niet bekend."),
        "laatste_wijziging": _tr("De bewaartermijn hangt af van de laatste wijziging, en die is niet bekend."),
    }
    return reasons.get(retention.lacks, _tr("Er is nog geen bewaartermijn gekozen."))


def bar_line(found: CaseClosing, person: str, *, ended: bool) -> str:
    """What a case page says about closing; nothing where nothing is under way."""
    if found.returned is not None:
        return _returned_line(found.returned)
    closing = found.closing
    if closing is None or ended:
        return ""
    if closing.state is ClosingState.CONFIRMED:
        text = _tr("{naam} bevestigde op {dag} de afsluiting. Kies Volgende stap (F4) om de casus af te sluiten.")
        return text.format(naam=closing.bevestigd_door, dag=_day(closing.bevestigd_op))
    if closing.voorgesteld_door_id == person:
        return _tr("U stelde op {dag} voor om deze casus af te sluiten. Een tweede persoon bevestigt dat nog.").format(
            dag=_day(closing.voorgesteld_op)
        )
    return _tr("{naam} stelde op {dag} voor om deze casus af te sluiten. Bekijk het voorstel en bevestig het.").format(
        naam=closing.voorgesteld_door, dag=_day(closing.voorgesteld_op)
    )


def _returned_line(returned: Closing) -> str:
    text = _tr("{naam} gaf het voorstel om af te sluiten op {dag} terug.")
    if returned.reden_teruggave:
        text = _tr("{naam} gaf het voorstel om af te sluiten op {dag} terug: {reden}")
    return text.format(
        naam=returned.teruggegeven_door, dag=_day(returned.teruggegeven_op), reden=returned.reden_teruggave
    )


def _day(day: date | None) -> str:
    return short_date(day) if day else ""
