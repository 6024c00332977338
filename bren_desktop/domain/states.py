"""The states of a case (casusstatus) by their codes; `domain/life.py` says how one leads to another."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a case is in its life. BRIDGED and ESCALATED are read, never reached: they run beside the states."""

    CONCEPT = "ST-CON"
    REGISTERED = "ST-AAN"
    TRIAGE = "ST-TRI"
    AWAITING = "ST-AVU"
    DECLINED = "ST-AFB"
    TEAM = "ST-RET"
    AGENDA = "ST-AGE"
    DISCUSSED = "ST-BES"
    DEPLOYED = "ST-INZ"
    ADVISED = "ST-ADV"
    CARRIED_OUT = "ST-UIT"
    BRIDGED = "ST-OVB"
    ESCALATED = "ST-ESC"
    MONITORED = "ST-MON"
    CLOSED = "ST-AFG"
    REOPENED = "ST-HER"
    DESTROYED = "ST-VER"
    WITHDRAWN = "ST-ING"
    TRANSFERRED = "ST-OVG"


FLAGS = frozenset({State.BRIDGED, State.ESCALATED})
"""Codes that older files use as a state."""
ENDED = frozenset({State.DECLINED, State.CLOSED, State.DESTROYED, State.WITHDRAWN, State.TRANSFERRED})
"""A case in one of these needs nothing more."""
OPEN = frozenset(State) - ENDED
NEVER_GIVEN = frozenset({State.DESTROYED, *FLAGS})
"""No file brings a case in one of these: destroying is work of two persons, a flag is a record of its own."""
AFTER_DISCUSSION = frozenset(
    {State.DISCUSSED, State.DEPLOYED, State.ADVISED, State.CARRIED_OUT, State.MONITORED, *FLAGS}
)
"""A case was discussed: only then an advice on it is released."""
