"""Where a change is: the newest one by name, and what the picture of the share says of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.records import ContactMoment
from bren_desktop.errors import NotAllowedError
from bren_desktop.oplog.operations import Dot
from bren_desktop.services.context import Context
from bren_desktop.services.deliveries import Deliveries, Delivery, delivery
from bren_desktop.services.share_door import ShareStatus, Stretch

if TYPE_CHECKING:
    from bren_desktop.services.cases import CaseWork
    from bren_desktop.services.dossier import Dossier
    from bren_desktop.services.pool import Pool

OURS, THEIRS = b"o" * 16, b"t" * 16
STATUS = ShareStatus("member", sealed={OURS: (Stretch(5, 3), Stretch(7, 1), Stretch(9, 0))})


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (Dot(OURS, 1), Delivery(shared=True, colleagues=3)),
        (Dot(OURS, 5), Delivery(shared=True, colleagues=3)),
        (Dot(OURS, 6), Delivery(shared=True, colleagues=1)),
        (Dot(OURS, 9), Delivery(shared=True)),
        (Dot(OURS, 10), Delivery(shared=False)),
        (Dot(THEIRS, 99), Delivery(shared=True)),
        (None, None),
    ],
)
def test_where_a_change_is_follows_from_the_stretches(change: Dot | None, found: Delivery | None) -> None:
    assert delivery(STATUS, change) == found


@pytest.mark.parametrize("status", [None, *(ShareStatus(standing) for standing in ("alone", "asking", "out"))])
def test_without_a_share_nothing_is_said(status: ShareStatus | None) -> None:
    assert delivery(status, Dot(OURS, 1)) is None


def test_the_first_change_of_a_team_is_here_until_it_is_sealed() -> None:
    assert delivery(ShareStatus("member", sealed={OURS: ()}), Dot(OURS, 1)) == Delivery(shared=False)


def test_the_last_change_counts_what_hangs_below_a_case(
    context: Context, cases: CaseWork, dossier: Dossier, secretary: Actor
) -> None:
    deliveries = Deliveries(context)
    case = cases.record(secretary, Case(roepnaam="Noor")).entity
    other = cases.record(secretary, Case(roepnaam="Sam")).entity
    first = deliveries.last(secretary, Kind.CASE, case)
    moment = dossier.add_contact(secretary, case, ContactMoment(tekst="Gebeld."))
    newest = deliveries.last(secretary, Kind.CASE, case)
    assert None not in (first, newest)
    assert first != newest
    events = cases.timeline(secretary, case)
    assert (events[0].change, events[0].entity) == (newest, moment)
    assert events[-1].change == first
    assert deliveries.last(secretary, Kind.CASE, other) not in (first, newest)
    assert deliveries.last(secretary, Kind.CASE, "onbekend") is None


def test_only_who_may_read_a_record_hears_of_it(
    context: Context, cases: CaseWork, pool: Pool, secretary: Actor
) -> None:
    deliveries = Deliveries(context)
    case = cases.record(secretary, Case(roepnaam="Noor")).entity
    expert = pool.record(secretary, Expert(naam="Dr. A. Verzonnen", profiel="Denkt mee.")).entity
    assert deliveries.last(secretary, Kind.EXPERT, expert) is not None
    for kind, entity in ((Kind.CASE, case), (Kind.EXPERT, expert)):
        with pytest.raises(NotAllowedError):
            deliveries.last(replace(secretary, role=Role.IT), kind, entity)
