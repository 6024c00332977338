"""Consent of a case: recording it as the law wants it, withdrawing it, and the one answer that every door asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date

from pydantic import BaseModel

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent, longest_end, with_end
from bren_desktop.domain.deciders import YOUNG_PERSON, Deciders, deciders
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.doubles import copy_entity
from bren_desktop.domain.dutch import listing
from bren_desktop.domain.entities import Kind, wanted
from bren_desktop.domain.purposes import AskAgain, Standing, prompts, standings
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.sharing import GROUPS_FOR, Verdict, verdict
from bren_desktop.domain.states import ENDED
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError, NotAssignedError
from bren_desktop.services import below
from bren_desktop.services.context import Context, author
from bren_desktop.services.doubles import absorbed, goes_on_in
from bren_desktop.services.loading import children, load
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import Changes

_CODED = {
    "doelen": "toestemmingsdoelen",
    "gevers": "toestemminggever",
    "ontvangersgroepen": "ontvangersgroepen",
    "vorm": "toestemmingsvorm",
    "uitzondering": "uitzonderingen_toestemming",
}
_REQUIRED = ("doelen", "gevers", "gegeven_op", "vorm")


class Consents:
    """The consents of cases."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, actor: Actor, case: str, consent: Consent) -> str:
        """File a consent with a case; without an end it runs for twelve months. Returns its entity.

        Raises InvalidInputError for one that says too little, contradicts itself, or comes from who does not decide.
        """
        require(actor, Right.EDIT_CASE)
        with self._context.store.write(author(actor)) as writer:
            about = load(writer, Kind.CASE, Case, case)
            complete = with_end(consent).model_copy(update={"vastgelegd_door": actor.name})
            _check(complete, about, self._context.today())
            return below.file_in(writer, self._context, Kind.CONSENT, case, complete)

    def of(self, actor: Actor, case: str) -> Sequence[tuple[str, Consent]]:
        """The consents of a case, newest first, each with its entity."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return children(reader, Kind.CONSENT, Consent, case)

    def withdraw(self, actor: Actor, consent: str, day: date, by: str) -> Changes:
        """Record that a consent was withdrawn on `day` by `by`. It stays readable and blocks new sharing.

        What its givers gave earlier for the same purposes and recipients ends with it.
        """
        require(actor, Right.EDIT_CASE)
        with self._context.store.write(author(actor)) as writer:
            before = load(writer, Kind.CONSENT, Consent, consent)
            _check_withdrawal(before, day, by, self._context.today())
            after = before.model_copy(update={"ingetrokken_op": day, "ingetrokken_door": by})
            writer.write(Kind.CONSENT, consent, wanted({}, after, ("ingetrokken_op", "ingetrokken_door")))
            return writer.changes

    def verdict(self, actor: Actor, case: str, purpose: str, recipients: Collection[str]) -> Verdict:
        """Whether a case may be shared today for `purpose` with one who goes by `recipients`: names or groups."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return verdict_of(reader, case, purpose, recipients, self._context.today())

    def standings(self, actor: Actor, case: str) -> tuple[Standing, ...]:
        """How a case stands today for every purpose."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return standings(load(reader, Kind.CASE, Case, case), given(reader, case), self._context.today())

    def prompts(self, actor: Actor, case: str) -> tuple[AskAgain, ...]:
        """What is to be asked again: from four weeks before it lapses."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return prompts(load(reader, Kind.CASE, Case, case), given(reader, case), self._context.today())


def given(reader: Reader, case: str) -> list[Consent]:
    """The consents of a case. What was withdrawn or added in a double of it, while a colleague merged them, counts."""
    found = dict(children(reader, Kind.CONSENT, Consent, case))
    with suppress(NotAssignedError):
        for double in absorbed(reader, case):
            for entity, consent in children(reader, Kind.CONSENT, Consent, double):
                copy = copy_entity(case, entity)
                found[copy] = found[copy] if copy in found and consent.ingetrokken_op is None else consent
    return [*found.values()]


def verdict_of(reader: Reader, case: str, purpose: str, recipients: Collection[str], day: date) -> Verdict:
    """The answer to every door, by what the store holds at this moment. A merged double goes by the case it is in."""
    about = load(reader, Kind.CASE, Case, case)
    if about.status in ENDED:
        case = goes_on_in(reader, case)
        about = load(reader, Kind.CASE, Case, case)
    decided = [each for _, each in children(reader, Kind.DISCLOSURE, Disclosure, case)]
    return verdict(about, given(reader, case), decided, purpose, recipients, day)


def check_codes(record: BaseModel, lists: Mapping[str, str]) -> None:
    """Raise InvalidInputError for a code that its list does not know."""
    for field, name in lists.items():
        value = getattr(record, field)
        unknown = [code for code in ((value,) if isinstance(value, str) else value) if code not in vocabulary(name)]
        if value and unknown:
            raise InvalidInputError(
                "{veld}: deze keuze is niet bekend. Kies uit: {keuzes}. Er is niets vastgelegd.",
                field=field,
                veld=field,
                keuzes=listing([term.label for term in vocabulary(name)]),
            )


def _check(consent: Consent, case: Case, today: date) -> None:
    lacking = next((name for name in _REQUIRED if not getattr(consent, name)), None)
    if lacking or consent.gegeven_op is None:
        raise InvalidInputError(
            "Vul in wie toestemming geeft, waarvoor, op welke datum en in welke vorm. Er is niets vastgelegd.",
            field=lacking or "gegeven_op",
        )
    check_codes(consent, _CODED)
    _check_groups(consent)
    _check_term(consent, today)
    if case.geboortedatum is not None and consent.gegeven_op < case.geboortedatum:
        raise below.refused("gegeven_op", "Op de datum van de toestemming was de jeugdige nog niet geboren.")
    _check_givers(consent, deciders(case, consent.gegeven_op))


def _check_groups(consent: Consent) -> None:
    """Every group must have a part in one of the purposes: otherwise the consent seems to open what it does not."""
    fitting = {group for purpose in consent.doelen for group in GROUPS_FOR[purpose]}
    if not fitting.issuperset(consent.ontvangersgroepen):
        labels = listing([vocabulary("ontvangersgroepen").label(group) for group in sorted(fitting)])
        raise below.refused("ontvangersgroepen", f"Bij wat u bij Waarvoor koos, horen alleen deze groepen: {labels}.")


def _check_term(consent: Consent, today: date) -> None:
    given_on, begins, ends = consent.gegeven_op, consent.begins, consent.geldig_tot
    if given_on is None or begins is None or ends is None or given_on > today:
        raise below.refused("gegeven_op", "De datum van de toestemming ligt in de toekomst.")
    if begins < given_on:
        raise below.refused("geldig_vanaf", "Toestemming geldt op zijn vroegst vanaf de dag van geven.")
    if ends < begins:
        raise below.refused("geldig_tot", "De einddatum ligt voor het begin.")
    if ends > longest_end(begins) and not consent.langer_reden:
        raise below.refused("langer_reden", "De toestemming duurt langer dan twaalf maanden: schrijf op waarom.")
    if consent.ingetrokken_op is not None or consent.ingetrokken_door:
        raise below.refused("ingetrokken_op", "Leg eerst de toestemming vast, en daarna het intrekken.")


def _check_givers(consent: Consent, decide: Deciders) -> None:
    others = [giver for giver in consent.gevers if giver not in decide.entitled]
    if others:
        labels = vocabulary("toestemminggever")
        raise InvalidInputError(
            "Deze toestemming kan niet komen van: {anderen}. Dat volgt uit leeftijd, gezag en maatregelen op de dag "
            "van de toestemming. De toestemming moet komen van: {wie}. Wat een ander ervan vindt, hoort bij "
            "Toelichting. Er is niets vastgelegd.",
            field="gevers",
            anderen=listing([labels.label(giver) for giver in others]),
            wie=listing([labels.label(giver) for giver in decide.ways[0]]),
        )
    if not consent.uitzondering:
        return
    if not decide.excepted or YOUNG_PERSON not in consent.gevers:
        raise below.refused(
            "uitzondering", "Zonder ouders of voogd kan alleen als een jeugdige van 12 tot 16 zelf toestemming geeft."
        )
    if not consent.uitzondering_reden:
        raise below.refused("uitzondering_reden", "Schrijf op waarom de jeugdige dit zonder ouders of voogd beslist.")


def _check_withdrawal(consent: Consent, day: date, by: str, today: date) -> None:
    if consent.ingetrokken_op is not None:
        raise below.refused("ingetrokken_op", "Deze toestemming was al ingetrokken.")
    if not by.strip():
        raise below.refused("ingetrokken_door", "Vul in wie de toestemming intrekt.")
    if day > today:
        raise below.refused("ingetrokken_op", "De datum van het intrekken ligt in de toekomst.")
    if consent.gegeven_op is not None and day < consent.gegeven_op:
        raise below.refused("ingetrokken_op", "De toestemming is pas na die dag gegeven.")
