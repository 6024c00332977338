"""Which role may do what, as one readable table. Services ask `require`; screens ask `may` to hide what is no use."""

from __future__ import annotations

from enum import StrEnum

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.errors import NotAllowedError


class Right(StrEnum):
    """Something that a role may do; the value is how a refusal names it."""

    READ_CASE = "casussen lezen"
    EDIT_CASE = "casussen vastleggen en wijzigen"
    READ_POOL = "de pool lezen"
    EDIT_POOL = "de pool wijzigen"
    MAKE_LETTER = "brieven maken"
    RELEASE_LETTER = "brieven vrijgeven"
    EXPORT_CASES = "casussen exporteren"
    EDIT_CONCEPTS = "de begrippen wijzigen"
    WEIGH = "vaststellen hoe matching weegt (dat doet een voorzitter of plaatsvervanger)"
    IMPORT = "bestanden importeren"
    CONFIGURE = "instellingen van het team wijzigen"
    READ_LOG = "inzien wie een casus heeft gelezen"
    SYNC = "synchroniseren met de share"
    ADMIT = "laptops toelaten en beheren (dat doet een voorzitter of plaatsvervanger)"
    ERASE = "een casus wissen"
    MOVE_CASE = "een casus naar een volgende status brengen"
    DECIDE = "besluiten als voorzitter"
    ADVISE = "een bespreking of advies vastleggen"
    RELEASE_ADVICE = "een advies vrijgeven"
    FOLLOW_UP = "de opvolging vastleggen"
    CLOSE_CASE = "een casus afsluiten"
    SHARE_WITHOUT_CONSENT = "delen zonder toestemming"
    ASSIGN = "een casus toewijzen"
    EMERGENCY = "noodtoegang gebruiken"
    REVIEW_ACCESS = "noodtoegang beoordelen"
    HANDLE_REQUEST = "een verzoek van een gezin behandelen"
    PLAN_WORK = "werk uitstellen of laten waarnemen"
    BACK_UP = "een reservekopie maken"


_ANYBODY = frozenset({Right.SYNC, Right.BACK_UP})
_READER = _ANYBODY | {Right.READ_CASE, Right.READ_POOL, Right.EMERGENCY}
_COURSE = frozenset({Right.MOVE_CASE, Right.ADVISE, Right.FOLLOW_UP, Right.CLOSE_CASE, Right.PLAN_WORK})
_EDITOR = (
    _READER
    | _COURSE
    | {Right.EDIT_CASE, Right.MAKE_LETTER, Right.ERASE, Right.SHARE_WITHOUT_CONSENT, Right.HANDLE_REQUEST}
)
_OFFICE = _EDITOR | {Right.EDIT_POOL, Right.EXPORT_CASES, Right.IMPORT, Right.CONFIGURE, Right.ASSIGN}
_CHAIR = _OFFICE | {
    Right.RELEASE_LETTER,
    Right.READ_LOG,
    Right.ADMIT,
    Right.EDIT_CONCEPTS,
    Right.WEIGH,
    Right.DECIDE,
    Right.RELEASE_ADVICE,
    Right.REVIEW_ACCESS,
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.SECRETARIS: _OFFICE,
    Role.VOORZITTER: _CHAIR,
    Role.PLAATSVERVANGER: _CHAIR,
    Role.LID: _READER,
    Role.PROCESREGISSEUR: _EDITOR,
    Role.PROJECTLEIDER: _ANYBODY | {Right.READ_POOL},
    Role.PRIVACY: _READER | {Right.READ_LOG, Right.ERASE, Right.REVIEW_ACCESS, Right.HANDLE_REQUEST},
    Role.IT: _ANYBODY,
}


class Scope(StrEnum):
    """Which cases of the profile a role reads: all, those assigned to the person, or none."""

    ALL = "alle casussen van het team"
    ASSIGNED = "toegewezen casussen"
    NONE = "geen casussen"


SCOPES: dict[Role, Scope] = {
    Role.SECRETARIS: Scope.ALL,
    Role.VOORZITTER: Scope.ALL,
    Role.PLAATSVERVANGER: Scope.ALL,
    Role.LID: Scope.ASSIGNED,
    Role.PROCESREGISSEUR: Scope.ASSIGNED,
    Role.PROJECTLEIDER: Scope.NONE,
    Role.PRIVACY: Scope.ALL,
    Role.IT: Scope.NONE,
}


def scope_of(role: str) -> Scope:
    """Which cases `role` reads; none for a role that is not known."""
    return SCOPES[Role(role)] if role in SCOPES else Scope.NONE


def needs_emergency(actor: Actor) -> bool:
    """Whether cases may be hidden from `actor` that emergency access opens."""
    return SCOPES[actor.role] is Scope.ASSIGNED and may(actor, Right.EMERGENCY)


_WITHOUT_CONTACT = _ANYBODY | {
    Right.READ_POOL,
    Right.EDIT_POOL,
    Right.CONFIGURE,
    Right.ADMIT,
    Right.EDIT_CONCEPTS,
    Right.WEIGH,
}
"""What a laptop may still do that has had no contact with the share for too long: nothing with cases."""


def may(actor: Actor, right: Right) -> bool:
    """Whether the role of `actor` gives `right`, today."""
    return right in RIGHTS[actor.role] and not _is_shut(actor, right)


def require(actor: Actor, right: Right) -> None:
    """Raise NotAllowedError unless `actor` has `right`."""
    if may(actor, right):
        return
    if _is_shut(actor, right):
        raise NotAllowedError(
            "Deze laptop heeft te lang geen contact gehad met de share. De casussen blijven dicht tot er weer is "
            "gesynchroniseerd; wat u had vastgelegd staat er nog. Maak verbinding en synchroniseer."
        )
    raise NotAllowedError(
        "Met de rol {role} mag u dit niet: {right}. Er is niets veranderd. Vraag een collega met een andere rol.",
        role=actor.role.value,
        right=right.value,
    )


def _is_shut(actor: Actor, right: Right) -> bool:
    return actor.shut and right not in _WITHOUT_CONTACT
