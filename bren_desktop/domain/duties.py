"""Whose work a deadline is, by role, and which deadlines nobody may put off."""

from __future__ import annotations

from collections.abc import Mapping

from bren_desktop.domain.actors import Role

_INTAKE = frozenset({"TM-CRISIS", "TM-CONCEPT", "TM-ONTVANGST", "TM-TRIAGE", "TM-AANVUL-1", "TM-AANVUL-2"})
_TABLES = frozenset({"TM-BESPREKING", "TM-INTERVISIE"})
_MEETING = frozenset({"TM-AGENDA", "TM-SET"})
_FOLLOWING = frozenset(
    {
        *("TM-INZET", "TM-UITV-1", "TM-UITV-2", "TM-PUNT", "TM-OPV-0", "TM-OPV-3", "TM-OPV"),
        *("TM-OVB", "TM-OVB-EINDE", "TM-ESCALATIE", "TM-BESLUIT"),
    }
)
CONSENT = frozenset({"TM-TOEST-EINDE", "TM-TOEST-12", "TM-TOEST-16"})
AGES = frozenset({"TM-16", "TM-17", "TM-17H", "TM-18", "TM-21", "TM-23"})
REQUESTS = frozenset({"TM-INZAGE", "TM-VERLENGD", "TM-VERNIETIGING"})
DESTRUCTION = frozenset({"TM-BEWAAR"})
AGREEMENTS = _FOLLOWING
AFTERWARDS = frozenset({"TM-NA-6", "TM-NA-12"})
SILENT = frozenset({"TM-STIL"})
FIXED = CONSENT | REQUESTS | DESTRUCTION | {"TM-CRISIS"}
"""What the law sets a term for, and a crisis: putting it off here would not move that term."""

_DECIDING = frozenset({"TM-CRISIS", "TM-TRIAGE", "TM-ADVIES", "TM-ESCALATIE", "TM-BESLUIT"})
_CHAIR = _DECIDING | _TABLES | REQUESTS | DESTRUCTION | SILENT
_OFFICE = _INTAKE | _TABLES | _MEETING | {"TM-ADVIES"} | CONSENT | REQUESTS | SILENT
DUTIES: Mapping[Role, frozenset[str]] = {
    Role.SECRETARIS: _OFFICE,
    Role.VOORZITTER: _CHAIR,
    Role.PLAATSVERVANGER: _CHAIR,
    Role.PROCESREGISSEUR: _FOLLOWING | AFTERWARDS | CONSENT | AGES | SILENT,
    Role.LID: _TABLES,
    Role.PROJECTLEIDER: frozenset(),
    Role.PRIVACY: REQUESTS | DESTRUCTION,
    Role.IT: frozenset(),
}
_ORPHANED = _FOLLOWING | AFTERWARDS | AGES
"""What the secretaris does where a case is assigned to nobody."""
IN_VIEW: Mapping[Role, frozenset[str]] = {
    Role.VOORZITTER: frozenset({"TM-TRIAGE"}),
    Role.PLAATSVERVANGER: frozenset({"TM-TRIAGE"}),
    Role.PROCESREGISSEUR: frozenset({"TM-UITV-1"}),
    Role.LID: _TABLES,
    Role.PRIVACY: REQUESTS,
}
"""What a role sees as soon as it runs, not only when it is at hand: what it prepares, or a case that is new to it."""
OWN_CASES = frozenset({Role.PROCESREGISSEUR, Role.LID})
"""The roles whose work lies in the cases that are assigned to them."""


def duties_of(role: Role) -> frozenset[str]:
    """The deadlines that may be the work of a role."""
    return DUTIES[role] | (_ORPHANED if role is Role.SECRETARIS else frozenset())


def is_duty(role: Role, person: str, code: str, assigned: frozenset[str]) -> bool:
    """Whether the deadline `code` of a case that is assigned to these persons is the work of this one."""
    if role in OWN_CASES and person not in assigned:
        return False
    return code in (DUTIES[role] if assigned else duties_of(role))


def follows(role: Role, person: str, assigned: frozenset[str]) -> bool:
    """Whether what follows an advice in a case that is assigned to these persons is the work of this one."""
    return is_duty(role, person, "TM-INZET", assigned)
