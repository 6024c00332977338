"""Whether data that identify a young person may be shared: the one answer that every door asks for.

A door is whatever lets data out: a letter that is released, printed or mailed, an agenda, an export. Each asks
`verdict` at the moment itself, never earlier only.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import (
    Consent,
    addressees,
    comparable,
    covers,
    has_begun,
    is_over,
    is_overtaken,
    is_withdrawn,
    runs,
)
from bren_desktop.domain.deciders import YOUNG_PERSON, Deciders, deciders, is_aged_out, next_band_day
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.dutch import listing, short_date
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import MissingConsentError

TEAM, EXPERTS, EXPERIENCED, INTERREGIONAL, RESEARCH, ELSEWHERE = (
    "OG-TEAM",
    "OG-PAREL",
    "OG-ERV",
    "OG-INTER",
    "OG-ONDZ",
    "OG-LAND",
)
"""The groups that a consent may name (`ontvangersgroepen`)."""
GROUP_OF = {"TD-A": TEAM, "TD-B": INTERREGIONAL, "TD-C": EXPERTS, "TD-D": RESEARCH, "TD-E": ELSEWHERE}
"""For each purpose the group that a door means which has nobody in particular in mind."""
GROUPS_FOR = {**{purpose: (group,) for purpose, group in GROUP_OF.items()}, "TD-C": (EXPERTS, EXPERIENCED)}
"""For each purpose the groups that may be shared with: a consent that names only others opens nothing."""


class State(StrEnum):
    """How sharing for one purpose stands. The order is that of how near it is to allowed."""

    ALLOWED = "geldig"
    WITHOUT = "zonder toestemming"
    PARTIAL = "wacht op iemand"
    AGAIN = "opnieuw vragen"
    LATER = "nog niet begonnen"
    OVER = "verlopen"
    WITHDRAWN = "ingetrokken"
    OTHERS = "voor anderen"
    NONE = "niet gevraagd"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether sharing is allowed, by which consents or decision, or else who is `missing` and why in one sentence.

    `until`: the last day on which it holds, or the day from which it no longer did.
    """

    allowed: bool
    state: State
    sentence: str
    by: tuple[Consent, ...] = ()
    without: Disclosure | None = None
    missing: tuple[str, ...] = ()
    until: date | None = None


def verdict(
    case: Case,
    consents: Sequence[Consent],
    disclosures: Sequence[Disclosure],
    purpose: str,
    recipients: Collection[str],
    day: date,
) -> Verdict:
    """Whether this case may be shared for `purpose` on `day` with one who goes by `recipients` (names, groups).

    Parents may each have given apart: consents that hold on `day` count together. Among several the newest counts;
    what was taken back after an older one was given ends that one too.
    """
    consents = [each for each in consents if not _predates(each, case)]
    meant = [each for each in consents if covers(each, purpose, recipients)]
    standing = [each for each in meant if not _is_taken_back(each, meant, day)]
    for_it = sorted(standing, key=_newest, reverse=True)
    holding = [each for each in for_it if runs(each, day) and not _is_aged_out(each, case, day)]
    decide = deciders(case, day)
    enough = _enough(decide, holding)
    if enough:
        return _allowed(case, enough, day)
    decided = next((each for each in disclosures if _permits(each, purpose, recipients, day)), None)
    if decided is not None:
        return _decided(decided)
    if holding:
        return _partial(decide, holding)
    asked = decide.missing(())
    if for_it:
        return min((_past(each, case, asked, day) for each in for_it), key=nearness)
    if any(purpose in each.doelen for each in consents):
        return Verdict(False, State.OTHERS, "De toestemming geldt niet voor deze ontvanger.", missing=asked)
    return Verdict(False, State.NONE, f"Er is geen toestemming vastgelegd voor: {_purpose(purpose)}.", missing=asked)


def require_consent(found: Verdict, consequence: str) -> Verdict:
    """`found` where it allows sharing. Raises MissingConsentError with its sentence and what that means now."""
    if not found.allowed:
        raise MissingConsentError("{reden} {gevolg}", reden=found.sentence, gevolg=consequence)
    return found


def missing_givers(consent: Consent, case: Case, day: date) -> tuple[str, ...]:
    """Who still has to give this consent by itself, as codes of `toestemminggever`."""
    decide = deciders(case, day)
    if _is_aged_out(consent, case, day):
        return decide.missing(())
    return () if _is_exception(decide, consent) else decide.missing(consent.gevers)


def is_valid(consent: Consent, case: Case, day: date) -> bool:
    """Whether this consent by itself holds on `day`, for whatever it is for."""
    return runs(consent, day) and not missing_givers(consent, case, day)


def purposes_left(consent: Consent, consents: Collection[Consent], day: date) -> tuple[str, ...]:
    """The purposes for which it was not taken back with a consent of its giver that covers the same recipients."""
    to = addressees(consent)
    return tuple(
        purpose
        for purpose in consent.doelen
        if not _is_taken_back(consent, [each for each in consents if covers(each, purpose, to)], day)
    )


def _is_taken_back(consent: Consent, others: Collection[Consent], day: date) -> bool:
    """Whether it was not withdrawn itself, but is older than the withdrawal of one of the others."""
    return not is_withdrawn(consent, day) and any(is_overtaken(consent, each, day) for each in others)


def _predates(consent: Consent, case: Case) -> bool:
    """Whether it was given before the young person was born, which is a mistake and allows nothing."""
    given, born = consent.gegeven_op, case.geboortedatum
    return given is not None and born is not None and given < born


def _newest(consent: Consent) -> date:
    return consent.gegeven_op or date.min


def _is_aged_out(consent: Consent, case: Case, day: date) -> bool:
    return consent.gegeven_op is not None and is_aged_out(case, consent.gegeven_op, day)


def _is_exception(decide: Deciders, consent: Consent) -> bool:
    return decide.excepted and consent.is_exception and YOUNG_PERSON in consent.gevers


def _enough(decide: Deciders, holding: Sequence[Consent]) -> tuple[Consent, ...]:
    """The newest consent that is enough by itself, or else those that are enough together."""
    for each in holding:
        if _is_exception(decide, each) or not decide.missing(each.gevers):
            return (each,)
    together = {giver for each in holding for giver in each.gevers}
    way = next((way for way in decide.ways if together.issuperset(way)), ())
    return tuple(each for each in holding if not set(way).isdisjoint(each.gevers))


def _allowed(case: Case, by: tuple[Consent, ...], day: date) -> Verdict:
    turns = next_band_day(case, day)
    ends = [each.geldig_tot for each in by if each.geldig_tot is not None]
    ends += [turns - timedelta(days=1)] if turns is not None else []
    until = min(ends, default=None)
    sentence = f"Geldig tot en met {short_date(until)}." if until else "Geldig zonder einddatum."
    return Verdict(True, State.ALLOWED, sentence, by=by, until=until)


def _permits(disclosure: Disclosure, purpose: str, recipients: Collection[str], day: date) -> bool:
    is_for_it = bool(comparable((disclosure.ontvanger,)) & comparable(recipients))
    return disclosure.doel == purpose and disclosure.datum == day and is_for_it


def _decided(disclosure: Disclosure) -> Verdict:
    ground = vocabulary("gronden_zonder_toestemming").label(disclosure.grond)
    sentence = f"Alleen vandaag, zonder toestemming. De grond is: {ground}."
    return Verdict(True, State.WITHOUT, sentence, without=disclosure, until=disclosure.datum)


def _partial(decide: Deciders, holding: Sequence[Consent]) -> Verdict:
    missing = decide.missing({giver for each in holding for giver in each.gevers})
    labels = listing([vocabulary("toestemminggever").label(giver) for giver in missing])
    return Verdict(False, State.PARTIAL, f"Er is nog toestemming nodig van: {labels}.", missing=missing)


def _past(consent: Consent, case: Case, asked: tuple[str, ...], day: date) -> Verdict:
    """Why a consent that is for this does not hold on `day`."""
    since: date | None
    if is_withdrawn(consent, day):
        state, since, sentence = State.WITHDRAWN, consent.ingetrokken_op, "De toestemming is ingetrokken op {dag}."
    elif not has_begun(consent, day):
        state, since, sentence = State.LATER, consent.begins, "De toestemming geldt pas vanaf {dag}."
    elif is_over(consent, day):
        state, since, sentence = State.OVER, consent.geldig_tot, "De toestemming is verlopen op {dag}."
    else:
        state, since = State.AGAIN, next_band_day(case, consent.gegeven_op or day)
        sentence = "De jeugdige is sinds de toestemming 12 of 16 geworden. Vraag de toestemming opnieuw."
    words = sentence.format(dag=short_date(since) if since else "een dag die niet is ingevuld")
    return Verdict(False, state, words, missing=asked, until=since)


def nearness(found: Verdict) -> int:
    """How far from allowed: nothing at zero."""
    return list(State).index(found.state)


def _purpose(purpose: str) -> str:
    return vocabulary("toestemmingsdoelen").label(purpose)
