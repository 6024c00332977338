"""After the advice of a fictional case: its points, what runs beside it, and how it was closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bren_desktop.domain.advice import PointRow
from bren_desktop.domain.aftercare import Bridge, Deployment, Escalation, FollowUp
from bren_desktop.domain.clocks.months import plus_months
from bren_desktop.domain.closing import Closing, Lesson
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.records import ContactMoment
from bren_desktop.fiction.teller import Teller, worked

_LATE = 10
"""In days: a point that nobody told of is never later than this."""
_MOMENTS = (0, 3, 6, 12, 18, 24)
_TALKS = (6, 12)
_RESULTS = {"RS-JA": 45, "RS-DEELS": 40, "RS-NEE": 5, "RS-VROEG": 10}
_CONTENT = {"TV-4": 45, "TV-5": 20, "TV-3": 15, "TV-NG": 20}
_LESSONS = ("LS-MOMENT", "LS-BEV", "LS-BEL", "LS-VERB")


def deployed(teller: Teller, day: date) -> None:
    """File that a pareltje took the question, and was in contact where there was time for it."""
    contact = worked(day + timedelta(days=teller.dice.between(1, 6)))
    record = Deployment(
        expert=teller.dice.pick(teller.experts) if teller.experts else "",
        inzetvorm=teller.dice.pick(("IV-TEL", "IV-TAFEL", "IV-SO")),
        gevraagd_op=worked(day - timedelta(days=3)),
        antwoord="IA-JA",
        antwoord_op=day,
        eerste_contact=contact if contact < teller.now else None,
    )
    teller.file(Kind.DEPLOYMENT, record)


def carried_out(teller: Teller, advice: str, points: Sequence[PointRow], since: date) -> None:
    """File what was told of the points since the advice went into uitvoering."""
    for weeks in (2, 6):
        if since + timedelta(weeks=weeks) <= teller.now:
            _tell(teller, advice, points[-1], since + timedelta(weeks=weeks), "OS-DEELS")
    for point in points:
        due = point.uiterlijk or teller.now
        if due < teller.now and not (due > teller.now - timedelta(days=_LATE) and teller.dice.chance(0.3)):
            _tell(teller, advice, point, due, "OS-JA")


def followed(teller: Teller, advice: str, points: Sequence[PointRow], day: date) -> None:
    """File that every point was followed by then."""
    for point in points:
        _tell(teller, advice, point, day, "OS-JA")


def monitored(teller: Teller, advice: str, points: Sequence[PointRow], since: date) -> None:
    """File what was told at each opvolging of a case that is in monitoring."""
    for moment in (plus_months(since, months) for months in _MOMENTS):
        if moment < teller.now - timedelta(days=14) or (moment <= teller.now and teller.dice.chance(0.85)):
            _tell(teller, advice, teller.dice.pick(points), moment, "OS-JA")


def closed(teller: Teller, day: date, *, confirmed: bool) -> None:
    """File what was learnt, and the closing; a pending one waits for the voorzitter."""
    lesson = Lesson(niveau="LN-CASUS", soort=teller.dice.pick(_LESSONS), tekst=teller.say("leerpunten"))
    teller.file(Kind.LESSON, lesson)
    proposed = Closing(
        resultaat=teller.dice.weighted(_RESULTS),
        toelichting=teller.say("afsluiting"),
        tevreden_verwijzer=teller.dice.weighted(_CONTENT),
        tevreden_jeugdige=teller.dice.weighted(_CONTENT),
        tevreden_ouders=teller.dice.weighted(_CONTENT),
        codes_bevestigd=True,
        bewaarprofiel="BP-AFSCHR",
        ronde=1,
        voorgesteld_op=worked(day - timedelta(days=2)),
        voorgesteld_door=teller.case.behandelaar,
        voorgesteld_door_id="demo-secretaris",
    )
    if confirmed:
        signed = {"bevestigd_op": day, "bevestigd_door": teller.chair, "bevestigd_door_id": "demo-voorzitter"}
        proposed = proposed.model_copy(update=signed)
    teller.file(Kind.CLOSING, proposed)


def talked(teller: Teller, day: date) -> None:
    """File the talks half a year and a year after a case was closed."""
    for moment in (plus_months(day, months) for months in _TALKS):
        if moment < teller.now - timedelta(days=14) or (moment < teller.now and teller.dice.chance(0.5)):
            moment_told = ContactMoment(datum=worked(moment), vorm="CV-TEL", tekst=teller.say("nagesprek"))
            teller.file(Kind.CONTACT, moment_told)


def beside(teller: Teller) -> None:
    """File what runs beside some cases in uitvoering: a bridge, or an escalation."""
    if teller.dice.chance(0.12):
        bridge = Bridge(
            vorm=teller.say("overbrugging"),
            door=teller.case.regisseur_organisatie,
            van=teller.ago(4, 11),
            tot=teller.now + timedelta(days=teller.dice.between(20, 90)),
            veiligheid_door=teller.case.regisseur,
        )
        teller.file(Kind.BRIDGE, bridge)
    elif teller.dice.chance(0.05):
        asked = Escalation(
            stap="ES-3",
            op=teller.ago(2, 9),
            reden=teller.say("escalatie"),
            gevraagd_besluit=teller.say("besluit"),
            uiterlijk=teller.now + timedelta(days=teller.dice.between(2, 9)),
        )
        teller.file(Kind.ESCALATION, asked)


def _tell(teller: Teller, advice: str, point: PointRow, day: date, stand: str) -> None:
    effect = teller.say("gevolgd" if stand == "OS-JA" else "ten_dele")
    told = FollowUp(
        advies=advice, punt=point.id, datum=teller.past(day), stand=stand, effect=effect, volgens=teller.case.regisseur
    )
    teller.file(Kind.FOLLOW_UP, told)
