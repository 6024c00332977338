"""Consent (toestemming) as dated records: who gave it, for what, to whom, from when until when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict

from bren_desktop.domain.ages import birthday
from bren_desktop.domain.fields import Shape, neutral, personal, sensitive
from bren_desktop.domain.values import Day, Line, Text, Words
from bren_desktop.domain.vocabulary import folded, vocabulary

PURPOSE_EXPERT = "TD-C"
"""The purpose "consult door een pareltje"."""
LONGEST_YEARS = 1
"""A consent that is to run longer needs a reason (requirements 4.2, block 10)."""


class Consent(BaseModel):
    """One consent as it was given. Withdrawal is a date, never a deletion.

    Without recipients and groups it covers everybody of its purposes; without an end (as older records may be) it
    runs until it is withdrawn or the young person turns 12 or 16.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    casus: Annotated[Line, neutral("Casus")] = ""
    doelen: Annotated[Words, neutral("Waarvoor", vocabulary="toestemmingsdoelen", shape=Shape.SET)] = ()
    ontvangers: Annotated[Words, personal("Met wie mag worden gedeeld", shape=Shape.SET)] = ()
    ontvangersgroepen: Annotated[
        Words, neutral("Met welke groepen mag worden gedeeld", vocabulary="ontvangersgroepen", shape=Shape.SET)
    ] = ()
    gevers: Annotated[Words, personal("Gegeven door", vocabulary="toestemminggever", shape=Shape.SET)] = ()
    gegeven_op: Annotated[Day, neutral("Gegeven op")] = None
    geldig_vanaf: Annotated[Day, neutral("Geldig vanaf")] = None
    geldig_tot: Annotated[Day, neutral("Geldig tot en met")] = None
    langer_reden: Annotated[Text, sensitive("Waarom langer dan twaalf maanden", long=True)] = ""
    uitzondering: Annotated[Line, sensitive("Zonder ouders of voogd", vocabulary="uitzonderingen_toestemming")] = ""
    uitzondering_reden: Annotated[Text, sensitive("Waarom zonder ouders of voogd", long=True)] = ""
    vorm: Annotated[Line, neutral("Vorm", vocabulary="toestemmingsvorm")] = ""
    vastgelegd_door: Annotated[Line, personal("Vastgelegd door")] = ""
    ingetrokken_op: Annotated[Day, neutral("Ingetrokken op")] = None
    ingetrokken_door: Annotated[Line, personal("Ingetrokken door")] = ""
    toelichting: Annotated[Text, sensitive("Toelichting", long=True)] = ""

    @property
    def begins(self) -> date | None:
        """The first day on which it may count."""
        return self.geldig_vanaf or self.gegeven_op

    @property
    def is_exception(self) -> bool:
        """Whether it says why the young person's word is enough without the parents or the voogd."""
        return bool(self.uitzondering and self.uitzondering_reden)


def longest_end(begins: date) -> date:
    """The last day that is proposed for a consent that begins on `begins`."""
    return birthday(begins, LONGEST_YEARS)


def with_end(consent: Consent) -> Consent:
    """The consent as it is recorded: without an end of its own it runs as long as is proposed."""
    if consent.geldig_tot is not None or consent.begins is None:
        return consent
    return consent.model_copy(update={"geldig_tot": longest_end(consent.begins)})


def covers(consent: Consent, purpose: str, recipients: Collection[str]) -> bool:
    """Whether it is for `purpose` and for one who goes by any of `recipients`: a name, an organisation, a group."""
    return purpose in consent.doelen and (is_general(consent) or bool(addressees(consent) & comparable(recipients)))


def is_general(consent: Consent) -> bool:
    """Whether it names nobody, and so holds for everybody of its purposes."""
    return not (consent.ontvangers or consent.ontvangersgroepen)


def addressees(consent: Consent) -> frozenset[str]:
    """Whom it names, in a form that compares."""
    return comparable((*consent.ontvangers, *consent.ontvangersgroepen))


def comparable(names: Collection[str]) -> frozenset[str]:
    """Names in a form that compares: without case, accents and empty ones; a group by whatever it is called."""
    groups = vocabulary("ontvangersgroepen")
    return frozenset(folded(groups.find(name) or name) for name in names if name)


def is_overtaken(consent: Consent, by: Consent, day: date) -> bool:
    """Whether a giver of `consent` took it back with `by`, which was withdrawn after the day of giving.

    So a withdrawal is never undone by an older consent of the same giver. For what and for whom, `covers` tells.
    """
    given, taken_back = consent.gegeven_op, by.ingetrokken_op
    if given is None or taken_back is None or not is_withdrawn(by, day):
        return False
    return given < taken_back and not set(consent.gevers).isdisjoint(by.gevers)


def is_withdrawn(consent: Consent, day: date) -> bool:
    """Whether it was taken back on or before `day`."""
    return consent.ingetrokken_op is not None and consent.ingetrokken_op <= day


def is_over(consent: Consent, day: date) -> bool:
    """Whether its last day lies before `day`."""
    return consent.geldig_tot is not None and consent.geldig_tot < day


def has_begun(consent: Consent, day: date) -> bool:
    """Whether it was given, and holds from `day` or before."""
    given, begins = consent.gegeven_op, consent.begins
    return given is not None and begins is not None and given <= day and begins <= day


def runs(consent: Consent, day: date) -> bool:
    """Whether `day` lies within the term of a consent that was not withdrawn."""
    return has_begun(consent, day) and not is_over(consent, day) and not is_withdrawn(consent, day)
