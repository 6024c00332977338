"""Ages and the consent bands that the Jeugdwet ties to them.

A birthday on 29 February counts on 1 March in other years (docs/decisions/0004-ages.md).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from bren_desktop.domain.clocks.months import plus_months


class ConsentBand(StrEnum):
    """Who decides about sharing (Jeugdwet 7.3.4 and 7.3.5)."""

    CHILD = "tot 12"
    """Under 12: those with parental authority."""
    BOTH = "12 tot 16"
    """12 to 15: the young person and those with parental authority."""
    OWN = "vanaf 16"
    """From 16: the young person alone."""


def birthday(born: date, years: float) -> date:
    """The day on which somebody born on `born` turns `years`; half a year counts in months, as in 17.5."""
    whole = int(years)
    if whole != years:
        return plus_months(born, round(years * 12))
    try:
        return born.replace(year=born.year + whole)
    except ValueError:
        return date(born.year + whole, 3, 1)


def age_on(born: date, day: date) -> int:
    """Whole years of age on `day`; negative before birth."""
    years = day.year - born.year
    return years if birthday(born, years) <= day else years - 1


def consent_band(age: int) -> ConsentBand:
    """The band that an age of `age` years falls in."""
    if age < 12:
        return ConsentBand.CHILD
    return ConsentBand.BOTH if age < 16 else ConsentBand.OWN
