"""Two laptops imported one file before they met: which values of ours go beside theirs, and which give way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bren_desktop.domain.entities import Values
from bren_desktop.services import said


@dataclass(slots=True)
class Meeting:
    """What to write of ours: `replacing` what only a file said, or nobody; `beside` what a colleague wrote too."""

    replacing: dict[tuple[str, str], Any] = field(default_factory=dict)
    beside: dict[tuple[str, str], Any] = field(default_factory=dict)


def met(mine: Values, theirs: Values) -> Meeting:
    """What of `mine` people wrote themselves and `theirs` does not have, as it should be written."""
    meeting = Meeting()
    written_by_them = _written(theirs)
    for name, value in _written(mine).items():
        if theirs.get(name) != value:
            target = meeting.beside if name in written_by_them else meeting.replacing
            target[name] = value
    return meeting


def _written(values: Values) -> dict[tuple[str, str], Any]:
    """The values that people wrote: all, less what the file said last."""
    marks = {name: value for name, value in values.items() if name[0] == said.FIELD}
    rest = {name: value for name, value in values.items() if name[0] != said.FIELD}
    return {name: value for name, value in said.merged(marks, rest, ()).items() if name[0] != said.FIELD}
