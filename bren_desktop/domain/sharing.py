"""Whether identifying data may be shared with a recipient: the consent that allows it, or what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent, holds, missing_givers, runs
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import MissingConsentError

_NOTHING_MADE = "Er is geen brief gemaakt. Een brief zonder naam kan wel."


def consent_for(
    case: Case, consents: Sequence[Consent], *, purpose: str, recipients: Sequence[str], day: date
) -> Consent:
    """The newest consent that allows sharing for `purpose` with one of `recipients` (a name, an organisation).

    Raises MissingConsentError that says what is still needed.
    """
    valid = [
        consent
        for consent in consents
        if any(holds(consent, case, purpose=purpose, recipient=name, day=day) for name in recipients if name)
    ]
    if valid:
        return max(valid, key=lambda consent: consent.gegeven_op or date.min)
    raise _missing(case, consents, purpose, recipients, day)


def _missing(
    case: Case, consents: Sequence[Consent], purpose: str, recipients: Sequence[str], day: date
) -> MissingConsentError:
    for_purpose = [consent for consent in consents if purpose in consent.doelen]
    if not for_purpose:
        return MissingConsentError(
            "Er is geen toestemming vastgelegd voor: {doel}. {slot}",
            doel=vocabulary("toestemmingsdoelen").label(purpose),
            slot=_NOTHING_MADE,
        )
    current = [consent for consent in for_purpose if runs(consent, day)]
    if not current:
        return MissingConsentError(
            "De toestemming is verlopen, ingetrokken of nog niet ingegaan. {slot}", slot=_NOTHING_MADE
        )
    names = {name.casefold() for name in recipients}
    named = [item for item in current if not item.ontvangers or names & {to.casefold() for to in item.ontvangers}]
    if not named:
        return MissingConsentError("De toestemming geldt niet voor deze ontvanger. {slot}", slot=_NOTHING_MADE)
    givers = min((missing_givers(consent, case, day) for consent in named), key=len)
    labels = ", ".join(vocabulary("toestemminggever").label(giver) for giver in givers)
    return MissingConsentError("Er is nog toestemming nodig van: {wie}. {slot}", wie=labels, slot=_NOTHING_MADE)
