"""What the parts of a fictional course share: whose it is, what day it is, the texts, and how a record is filed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pydantic import BaseModel

from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.fiction.banks import bank
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.names import pronouns
from bren_desktop.fiction.phrases import phrase

File = Callable[[Kind, BaseModel], str]
"""Files a record with the case, and gives its entity."""


@dataclass(frozen=True)
class Teller:
    """One case, on the day `now` on which the fiction plays. `chair` is the voorzitter of the demo, by name."""

    dice: Dice
    case: Case
    entity: str
    now: date
    chair: str
    experts: Sequence[str]
    file: File

    @cached_property
    def _words(self) -> dict[str, str]:
        return {"roepnaam": self.case.roepnaam or "de jeugdige", **pronouns(self.case.geslacht)}

    def say(self, name: str) -> str:
        """One of the texts called `name`."""
        return self.fill(self.dice.pick(bank("verloop")[name]))

    def fill(self, text: str) -> str:
        """A text of the bank about this case."""
        return phrase(text).said(self.dice, self._words)

    def ago(self, fewest: int, most: int) -> date:
        """A working day that lies so many days back."""
        return worked(self.now - timedelta(days=self.dice.between(fewest, most)))

    def past(self, day: date) -> date:
        """`day`, or today where that is still to come."""
        return min(worked(day), self.now)


def worked(day: date) -> date:
    """`day`, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - 4))
