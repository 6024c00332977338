"""Roles and rights as requirements 5 say them, written out once more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bren_desktop.domain.access import last_day, lasts
from bren_desktop.domain.actors import Role
from bren_desktop.domain.rights import RIGHTS, SCOPES, Right, Scope, scope_of

R = Right
CONTENT = {R.EDIT_CASE, R.MOVE_CASE, R.ADVISE, R.FOLLOW_UP, R.CLOSE_CASE, R.MAKE_LETTER, R.IMPORT, R.EXPORT_CASES}
CHAIRS = {Role.VOORZITTER, Role.PLAATSVERVANGER}
WHO: dict[Right, set[Role]] = {
    R.READ_CASE: set(Role) - {Role.PROJECTLEIDER, Role.IT},
    R.EDIT_CASE: CHAIRS | {Role.SECRETARIS, Role.PROCESREGISSEUR},
    R.ASSIGN: CHAIRS | {Role.SECRETARIS},
    R.EMERGENCY: set(Role) - {Role.PROJECTLEIDER, Role.IT},
    R.REVIEW_ACCESS: CHAIRS | {Role.PRIVACY},
    R.READ_LOG: CHAIRS | {Role.PRIVACY},
    R.RELEASE_LETTER: CHAIRS,
    R.RELEASE_ADVICE: CHAIRS,
    R.DECIDE: CHAIRS,
    R.ADMIT: CHAIRS,
}


@pytest.mark.parametrize("right", WHO)
def test_who_has_a_right(right: Right) -> None:
    assert {role for role in Role if right in RIGHTS[role]} == WHO[right]


def test_lid_and_procesregisseur_are_narrowed_and_two_read_nothing() -> None:
    narrowed = {role for role in Role if SCOPES[role] is Scope.ASSIGNED}
    assert narrowed == {Role.LID, Role.PROCESREGISSEUR}
    assert {role for role in Role if SCOPES[role] is Scope.NONE} == {Role.PROJECTLEIDER, Role.IT}
    assert scope_of("burgemeester") is Scope.NONE


@pytest.mark.parametrize("role", Role)
def test_who_sees_no_case_has_no_right_to_one(role: Role) -> None:
    assert (SCOPES[role] is Scope.NONE) is (R.READ_CASE not in RIGHTS[role])


@pytest.mark.parametrize("role", [Role.LID, Role.PRIVACY, Role.PROJECTLEIDER, Role.IT])
def test_these_roles_change_no_content(role: Role) -> None:
    assert not RIGHTS[role] & CONTENT


def test_emergency_access_ends_with_the_next_day() -> None:
    begun = date(2026, 2, 28)
    assert [lasts(begun, begun + timedelta(days=days)) for days in (-1, 0, 1, 2)] == [False, True, True, False]
    assert last_day(begun) == date(2026, 3, 1)
    assert last_day(date.max) == date.max
