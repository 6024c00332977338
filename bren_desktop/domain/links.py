"""Two cases that belong together: brothers and sisters, one address, an earlier case."""

from __future__ import annotations

from typing import Annotated

from bren_desktop.domain.fields import neutral, personal
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line
from bren_desktop.domain.vocabulary import vocabulary

KINDS = "soorten_verband"


class Link(Record):
    """Case `andere` is the `soort` of case `casus`, below which it was filed (verband). Both show it until it ends."""

    casus: Annotated[Line, neutral("Casus")] = ""
    andere: Annotated[Line, neutral("Andere casus")] = ""
    soort: Annotated[Line, personal("Verband", vocabulary=KINDS)] = ""
    verbroken_op: Annotated[Day, neutral("Verbroken op")] = None

    def other(self, case: str) -> str:
        """The case that `case` belongs together with."""
        return self.casus if case == self.andere else self.andere

    def words(self, case: str) -> str:
        """What the other case is to `case`: an earlier case seen from there is a later one."""
        term = vocabulary(KINDS).term(self.soort)
        return str(term.extra.get("omgekeerd", term.label)) if case == self.andere else term.label
