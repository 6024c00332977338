"""Dates as a network asks for them in a file, to check the clocks: `bren clock` (docs/formats.md)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from bren_desktop.domain.ages import birthday
from bren_desktop.domain.clocks.calendar import Calendar, UnknownYearError
from bren_desktop.domain.clocks.counting import Pause, meeting_cadence, working_days_after
from bren_desktop.domain.clocks.levels import agenda_and_set
from bren_desktop.domain.clocks.months import plus_months
from bren_desktop.domain.dutch import counted
from bren_desktop.domain.values import FIRST_YEAR, LAST_YEAR, dutch_reason
from bren_desktop.errors import InvalidInputError

MOST_QUESTIONS = 5000
MOST_WORKING_DAYS = 5000
MOST_PAUSES = 1000
MOST_MONTHS = 1200
MOST_MEETINGS = 1000
LONGEST_INTERVAL = 3660
OLDEST = 120
_LONGEST_ID = 100

Answer = date | list[date]


def answers(asked: object) -> list[tuple[str, Answer]]:
    """The id and the answer of every question, in the order asked. Raises InvalidInputError, which names the id."""
    if not isinstance(asked, list) or len(asked) > MOST_QUESTIONS:
        raise InvalidInputError(
            "Het bestand moet één lijst met hooguit {most} vragen bevatten.", most=counted(MOST_QUESTIONS)
        )
    found: dict[str, Answer] = {}
    for number, question in enumerate(asked, start=1):
        name = _id(question, number)
        if name in found:
            raise InvalidInputError("Het id {name} komt twee keer voor. Geef elke vraag een eigen id.", name=name)
        found[name] = _answer(name, question)
    return list(found.items())


def _id(question: object, number: int) -> str:
    name = question.get("id") if isinstance(question, dict) else None
    if not isinstance(name, str) or not name.strip() or not name.isprintable() or len(name) > _LONGEST_ID:
        raise InvalidInputError(
            "Vraag {number} van het bestand heeft geen bruikbaar id. Geef een korte tekst bij id.", number=number
        )
    return name


def _answer(name: str, question: Mapping[str, object]) -> Answer:
    rule = question.get("rule")
    asked = RULES.get(rule) if isinstance(rule, str) else None
    if asked is None:
        raise InvalidInputError(
            "Bij {name}: deze rule is niet bekend. Kies uit {rules}.", name=name, rules=", ".join(RULES)
        )
    try:
        return asked.model_validate(question.get("input")).answer()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where, reason = _field(first["loc"]), dutch_reason(first)
        raise InvalidInputError("Bij {name}, {where}: {reason}", name=name, where=where, reason=reason) from error
    except UnknownYearError as error:
        raise InvalidInputError("Bij {name}: {reason}", name=name, reason=str(error)) from error


def _field(place: tuple[int | str, ...]) -> str:
    """The field that is meant, unless its name is nothing to show."""
    name = str(place[0]) if place else ""
    return name if name.isidentifier() and len(name) <= _LONGEST_ID else "input"


def _iso_day(value: object) -> object:
    """A date is written in one way only, so that nobody wonders which of two numbers is the month."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != value or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError(
            "datum", f"Geef een bestaande datum zoals 2026-11-22, van {FIRST_YEAR} tot en met {LAST_YEAR}."
        )
    return day


def _free(value: object) -> object:
    if value not in ("werkdag", "vrij"):
        raise PydanticCustomError("veld", "Geef werkdag of vrij.")
    return value == "vrij"


def _age(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= OLDEST or value * 2 % 1:
        raise PydanticCustomError("veld", f"Geef een hele of halve leeftijd van 0 tot en met {OLDEST}, zoals 17.5.")
    return float(value)


_Day = Annotated[date, BeforeValidator(_iso_day)]
_Months = Annotated[int, Field(ge=0, le=MOST_MONTHS)]
_Free = Annotated[bool, BeforeValidator(_free)]


class _Input(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _PauseInput(_Input):
    van: _Day
    tot: _Day

    @model_validator(mode="after")
    def _in_order(self) -> _PauseInput:
        if self.tot < self.van:
            raise PydanticCustomError("veld", "Een pauze eindigt niet voordat zij begint.")
        return self


class _Question(_Input):
    goede_vrijdag: _Free = False
    bevrijdingsdag: _Free = False

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.goede_vrijdag, self.bevrijdingsdag)

    @abstractmethod
    def answer(self) -> Answer: ...


class _WorkingDays(_Question):
    van: _Day
    n: Annotated[int, Field(ge=0, le=MOST_WORKING_DAYS)]

    def answer(self) -> Answer:
        return working_days_after(self.van, self.n, self.calendar)


class _WorkingDaysWithPauses(_WorkingDays):
    pauzes: Annotated[list[_PauseInput], Field(max_length=MOST_PAUSES)]

    def answer(self) -> Answer:
        pauses = [Pause(each.van, each.tot) for each in self.pauzes]
        return working_days_after(self.van, self.n, self.calendar, pauses)


class _PlusMonths(_Question):
    van: _Day
    maanden: _Months | Annotated[list[_Months], Field(max_length=MOST_MONTHS)]

    def answer(self) -> Answer:
        if isinstance(self.maanden, int):
            return plus_months(self.van, self.maanden)
        return [plus_months(self.van, each) for each in self.maanden]


class _Birthday(_Question):
    geboortedatum: _Day
    leeftijd: Annotated[float, BeforeValidator(_age)]

    def answer(self) -> Answer:
        return birthday(self.geboortedatum, self.leeftijd)


class _Cadence(_Question):
    start: _Day
    interval_dagen: Annotated[int, Field(ge=1, le=LONGEST_INTERVAL)]
    aantal: Annotated[int, Field(ge=1, le=MOST_MEETINGS)]

    def answer(self) -> Answer:
        return meeting_cadence(self.start, self.interval_dagen, self.aantal, self.calendar)


class _AgendaAndSet(_Question):
    vergadering: _Day

    def answer(self) -> Answer:
        return list(agenda_and_set(self.vergadering, self.calendar))


RULES: Mapping[str, type[_Question]] = {
    "werkdagen_na": _WorkingDays,
    "werkdagen_na_met_pauze": _WorkingDaysWithPauses,
    "plus_maanden": _PlusMonths,
    "verjaardag": _Birthday,
    "vergadercadans": _Cadence,
    "agenda_en_set": _AgendaAndSet,
}
