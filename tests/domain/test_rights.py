"""Who may do what, also on a laptop that has had no contact with the share for too long."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.rights import RIGHTS, Right, may, require
from bren_desktop.errors import NotAllowedError

ACTOR = Actor("p", "Vera Voorbeeld", Role.VOORZITTER, "HGL", "JZ24")
WITH_CASES = {
    Right.READ_CASE,
    Right.EDIT_CASE,
    Right.MAKE_LETTER,
    Right.RELEASE_LETTER,
    Right.EXPORT_CASES,
    Right.IMPORT,
    Right.READ_LOG,
    Right.ERASE,
    Right.MOVE_CASE,
    Right.DECIDE,
    Right.ADVISE,
    Right.RELEASE_ADVICE,
    Right.FOLLOW_UP,
    Right.CLOSE_CASE,
    Right.SHARE_WITHOUT_CONSENT,
    Right.ASSIGN,
    Right.EMERGENCY,
    Right.REVIEW_ACCESS,
    Right.HANDLE_REQUEST,
    Right.PLAN_WORK,
}


@pytest.mark.parametrize("right", Right)
def test_too_long_without_contact_closes_the_cases_and_nothing_else(right: Right) -> None:
    shut = replace(ACTOR, shut=True)
    assert may(ACTOR, right)
    assert may(shut, right) is (right not in WITH_CASES)
    if right in WITH_CASES:
        with pytest.raises(NotAllowedError, match="synchroniseer"):
            require(shut, right)


@pytest.mark.parametrize("role", Role)
def test_everybody_syncs_and_backs_up_and_chairs_admit(role: Role) -> None:
    assert {Right.SYNC, Right.BACK_UP} <= RIGHTS[role]
    assert (Right.ADMIT in RIGHTS[role]) is (role in {Role.VOORZITTER, Role.PLAATSVERVANGER})
