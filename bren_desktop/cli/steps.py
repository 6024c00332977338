"""What the commands that make a step of a case have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bren_desktop.domain.transitions import Transition
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.parsing import parse_strict
from bren_desktop.services.workspace import Workspace

LARGEST_FILE = 2_000_000
_FILLED_IN = ("casus", "naar", "door", "besluit")
_CRISIS = "UR-CRISIS"
_CALL = (
    "Crisis: bel de crisisdienst, vandaag nog. Een crisis komt niet in een wachtrij, ook niet in die van het "
    "expertteam."
)


def details(said: Mapping[str, object], today: date) -> Transition:
    """What a file says about the step itself. Raises InvalidInputError."""
    own = next((name for name in _FILLED_IN if name in said), None)
    if own:
        raise filled_in(own)
    return parse_strict(Transition, said, today=today)


def filled_in(field: str) -> InvalidInputError:
    """What to raise for a field that the program fills in."""
    return InvalidInputError("{veld} vult het programma zelf in. Haal dat uit het bestand.", field=field, veld=field)


def where_it_is(workspace: Workspace, case: str) -> dict[str, object]:
    """What is printed of a case after a step."""
    after = workspace.cases.open(workspace.actor, case)
    day = workspace.life.history(workspace.actor, case)[0][1].op
    notice = {"let_op": _CALL} if after.case.urgentie == _CRISIS else {}
    found = {"id": after.id, "nummer": after.case.nummer, "status": after.case.status, "op": day and day.isoformat()}
    return {**found, **notice}
