"""Contact moments and consults, as dated records."""

from __future__ import annotations

from datetime import date

import pytest

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.records import Consult, ContactMoment
from bren_desktop.errors import InvalidInputError, NotFoundError
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.dossier import Dossier
from bren_desktop.services.pool import Pool


def test_a_contact_moment_is_dated_today_unless_told_otherwise(cases: CaseWork, dossier: Dossier, chair: Actor) -> None:
    case = cases.record(chair, Case()).entity
    dossier.add_contact(chair, case, ContactMoment(tekst="Gebeld met school", vorm="CV-TEL"))
    [(_, moment)] = dossier.contacts(chair, case)
    assert (moment.datum, moment.casus, moment.tekst) == (date(2026, 11, 22), case, "Gebeld met school")


def test_nothing_is_filed_with_a_case_that_is_not_there(dossier: Dossier, chair: Actor) -> None:
    with pytest.raises(NotFoundError):
        dossier.add_contact(chair, "nergens", ContactMoment(tekst="x"))


def test_a_consult_is_registered_with_an_expert(pool: Pool, chair: Actor) -> None:
    expert = pool.record(chair, Expert(naam="Dr. Voorbeeld")).entity
    pool.register_consult(chair, Consult(expert=expert, minuten=30, inzetvorm="IV-TEL"))
    [(_, consult)] = pool.consults(chair, expert)
    assert (consult.minuten, consult.datum) == (30, date(2026, 11, 22))


def test_a_profile_is_stale_after_twelve_months_and_fresh_when_confirmed(pool: Pool, chair: Actor) -> None:
    opened = pool.record(chair, Expert(naam="Dr. Voorbeeld", profiel_gecontroleerd=date(2025, 11, 21)))
    assert opened.stale
    pool.confirm_profile(chair, opened.entity)
    assert not pool.open(chair, opened.id).stale


def test_a_pareltje_needs_a_name(pool: Pool, chair: Actor) -> None:
    with pytest.raises(InvalidInputError):
        pool.record(chair, Expert())
