"""The events of a record, as a pure function of its values: see `domain/clocks/events.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bren_desktop.domain.clocks.events import What
from bren_desktop.domain.entities import BELOW_CASE, Kind
from bren_desktop.domain.requests import waits
from bren_desktop.storage.plain import Plain, plain_day

_ACCEPTED = "IA-JA"


@dataclass(frozen=True, slots=True)
class Row:
    """One event as the store keeps it: days as ISO, empty where there is none."""

    what: What
    day: str = ""
    ref: str = ""
    part: str = ""
    value: str = ""


def events(kind: Kind, entity: str, values: Plain) -> Iterator[tuple[str, Row]]:
    """Each event with the case that it belongs to."""
    case = entity if kind is Kind.CASE else values.line("casus")
    if case and (kind in _OF or kind in BELOW_CASE):
        yield from ((case, row) for row in _OF.get(kind, _other)(values))


def _other(_: Plain) -> Iterator[Row]:
    yield Row(What.OTHER)


def _case(values: Plain) -> Iterator[Row]:
    yield Row(What.BEGUN)
    if values.line("bewaarplicht_reden"):
        yield Row(What.HOLD)


def _consent(values: Plain) -> Iterator[Row]:
    what, purposes = _if(What.CONSENT, not values.day("ingetrokken_op")), " ".join(values.words("doelen"))
    yield Row(what, _day(values, "gegeven_op"), part=purposes, value=_day(values, "geldig_tot"))


def _contact(values: Plain) -> Iterator[Row]:
    yield Row(What.CONTACT, _day(values, "datum"))


def _document(values: Plain) -> Iterator[Row]:
    sort, expert = values.line("soort"), values.line("expert")
    yield Row(What.DOCUMENT, _day(values, "datum"), sort, expert, values.line("vrijgegeven_door"))


def _step(values: Plain) -> Iterator[Row]:
    yield Row(What.STEP, _day(values, "op"), values.line("van"), values.line("wacht_op"), values.line("naar"))


def _discussion(values: Plain) -> Iterator[Row]:
    yield Row(What.DISCUSSION, _day(values, "datum"))


def _advice(values: Plain) -> Iterator[Row]:
    released = _day(values, "vrijgegeven_op")
    yield Row(What.ADVICE, released, values.line("vervangt"))
    for point, row in values.rows("punten") if released else ():
        yield Row(What.POINT, plain_day(row.get("uiterlijk")) or "", part=point)


def _follow_up(values: Plain) -> Iterator[Row]:
    yield Row(What.TOLD, _day(values, "datum"), values.line("advies"), values.line("punt"), values.line("stand"))


def _bridge(values: Plain) -> Iterator[Row]:
    looks = [plain_day(row.get("op")) or "" for _, row in values.rows("checks")]
    reviewed = max([_day(values, "van"), *looks])
    is_open = not values.day("beeindigd_op")
    yield Row(_if(What.BRIDGE, is_open), reviewed, _day(values, "volgende_check"), value=_day(values, "tot"))


def _deployment(values: Plain) -> Iterator[Row]:
    answer, is_done = values.line("antwoord"), values.day("eerste_contact") or values.day("afgerond_op")
    if is_done or answer not in ("", _ACCEPTED):
        yield Row(What.OTHER)
    elif answer:
        yield Row(What.DEPLOYMENT, _day(values, "antwoord_op"))
    else:
        yield Row(What.ASKED, _day(values, "gevraagd_op"))


def _escalation(values: Plain) -> Iterator[Row]:
    yield Row(_if(What.ESCALATION, not values.day("afgesloten_op")), _day(values, "uiterlijk"))


def _future(values: Plain) -> Iterator[Row]:
    yield Row(What.FUTURE, _day(values, "doorgenomen_op"))


def _closing(values: Plain) -> Iterator[Row]:
    confirmed, by = _day(values, "bevestigd_op"), values.line("voorgesteld_door_id")
    stands = bool(confirmed) or not values.day("teruggegeven_op")
    rounds = str(values.whole("ronde") or 0)
    yield Row(_if(What.CLOSING, stands), confirmed, by, rounds, values.line("bewaarprofiel"))


def _request(values: Plain) -> Iterator[Row]:
    sort = values.line("soort")
    is_open = waits(sort, values.line("besluit"), handled=bool(values.day("afgehandeld_op")))
    yield Row(_if(What.REQUEST, is_open), _day(values, "ontvangen_op"), _day(values, "verlengd_op"), value=sort)


def _emergency(values: Plain) -> Iterator[Row]:
    is_open = not values.day("beoordeeld_op")
    yield Row(_if(What.EMERGENCY, is_open), _day(values, "op"), value=values.line("persoon"))


def _snooze(values: Plain) -> Iterator[Row]:
    yield Row(What.SNOOZE, _day(values, "tot"), values.line("klok"))


def _if(what: What, holds: bool) -> What:
    """`what` as long as it holds; afterwards it only tells that something was done."""
    return what if holds else What.OTHER


def _day(values: Plain, field: str) -> str:
    return values.day(field) or ""


_OF: Mapping[Kind, Callable[[Plain], Iterator[Row]]] = {
    Kind.CASE: _case,
    Kind.CONSENT: _consent,
    Kind.CONTACT: _contact,
    Kind.DOCUMENT: _document,
    Kind.TRANSITION: _step,
    Kind.DISCUSSION: _discussion,
    Kind.ADVICE: _advice,
    Kind.FOLLOW_UP: _follow_up,
    Kind.BRIDGE: _bridge,
    Kind.DEPLOYMENT: _deployment,
    Kind.ESCALATION: _escalation,
    Kind.FUTURE_PLAN: _future,
    Kind.CLOSING: _closing,
    Kind.REQUEST: _request,
    Kind.EMERGENCY_ACCESS: _emergency,
    Kind.SNOOZE: _snooze,
}
