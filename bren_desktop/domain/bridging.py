"""Help until the right help is there: what an overbrugging needs, and when somebody looks at it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

from bren_desktop.domain.advising import Missing
from bren_desktop.domain.aftercare import Bridge, CheckRow
from bren_desktop.domain.clocks.calendar import Calendar
from bren_desktop.domain.clocks.levels import service_level
from bren_desktop.domain.fields import neutral, personal, sensitive
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Text

_NEEDS: Mapping[str, str] = {
    "vorm": "Schrijf op welke hulp de tijd overbrugt.",
    "door": "Vul in wie de overbrugging biedt.",
    "van": "Vul in wanneer de overbrugging begint.",
    "tot": "Vul in tot en met wanneer de overbrugging duurt.",
    "veiligheid_door": "Vul in wie op de veiligheid let.",
    "volgende_check": "Vul in wanneer iemand weer kijkt of het werkt en veilig is.",
}


class BridgeCheck(Record):
    """One look at a bridge. It moves the next look, and may move the end."""

    op: Annotated[Day, neutral("Nagekeken op")] = None
    door: Annotated[Line, personal("Nagekeken door")] = ""
    bevinding: Annotated[Text, sensitive("Werkt het nog, en is het veilig", long=True)] = ""
    volgende_check: Annotated[Day, neutral("Volgende check")] = None
    tot: Annotated[Day, neutral("Overbrugging tot en met")] = None


def next_check(day: date) -> date:
    """When a bridge that was looked at on `day` is looked at again, unless people agree otherwise."""
    return service_level("TM-OVB").due(day, Calendar())


def is_due(bridge: Bridge, today: date) -> bool:
    """Whether somebody has to look at it, or it has gone on past its end."""
    return bridge.is_open and any(day and day <= today for day in (bridge.volgende_check, bridge.tot))


def bridge_faults(bridge: Bridge, today: date) -> tuple[Missing, ...]:
    """What must be put right before it can be recorded."""
    unsaid = (Missing(field, sentence) for field, sentence in _NEEDS.items() if not getattr(bridge, field))
    return (*unsaid, *_day_faults(bridge), *_end_faults(bridge, today))


def check_faults(check: BridgeCheck, bridge: Bridge, today: date) -> tuple[Missing, ...]:
    """What must be put right before this look at `bridge` can be recorded."""
    return tuple(_check_faults(check, bridge, today))


def checked(bridge: Bridge, check: BridgeCheck) -> Bridge:
    """The bridge after this look at it."""
    row = CheckRow(op=check.op, door=check.door, bevinding=check.bevinding)
    looked_again = check.volgende_check or (next_check(check.op) if check.op else None)
    changes = {"checks": (*bridge.checks, row), "volgende_check": looked_again, "tot": check.tot or bridge.tot}
    return bridge.model_copy(update=changes)


def _day_faults(bridge: Bridge) -> Iterator[Missing]:
    if bridge.van and bridge.tot and bridge.tot < bridge.van:
        yield Missing("tot", "Het einde ligt voor het begin.")
    if bridge.van and bridge.volgende_check and bridge.volgende_check < bridge.van:
        yield Missing("volgende_check", "De volgende check ligt voor het begin.")


def _end_faults(bridge: Bridge, today: date) -> Iterator[Missing]:
    if bridge.beeindigd_op is None:
        if bridge.afloop:
            yield Missing("beeindigd_op", "Vul in wanneer de overbrugging eindigde.")
        return
    if bridge.beeindigd_op > today:
        yield Missing("beeindigd_op", "De dag waarop de overbrugging eindigde, ligt in de toekomst.")
    elif bridge.van and bridge.beeindigd_op < bridge.van:
        yield Missing("beeindigd_op", "De overbrugging kan niet eindigen voordat zij begint.")
    if not bridge.afloop:
        yield Missing("afloop", "Schrijf op hoe de overbrugging afliep.")


def _check_faults(check: BridgeCheck, bridge: Bridge, today: date) -> Iterator[Missing]:
    if bridge.beeindigd_op:
        yield Missing("", "Deze overbrugging is beëindigd.")
    if check.op is None:
        yield Missing("op", "Vul in wanneer u dit nakeek.")
    elif check.op > today:
        yield Missing("op", "De dag waarop u dit nakeek, ligt in de toekomst.")
    elif check.volgende_check and check.volgende_check <= check.op:
        yield Missing("volgende_check", "De volgende check ligt niet na deze.")
    if not check.bevinding:
        yield Missing("bevinding", "Schrijf op of de overbrugging nog werkt en of het veilig is.")
