"""Whether a consent holds, by age band, authority, purpose, recipient and date."""

from __future__ import annotations

from datetime import date

import pytest

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent, holds, missing_givers

DAY = date(2026, 11, 22)
BOTH_PARENTS = ("TG-OUDER1", "TG-OUDER2")


def given(*givers: str, **changes: object) -> Consent:
    return Consent.model_validate({"doelen": ("TD-C",), "gevers": givers, "gegeven_op": date(2026, 1, 1), **changes})


@pytest.mark.parametrize(
    ("born", "gezag", "givers", "missing"),
    [
        (date(2016, 1, 1), "GZ-BEIDE", BOTH_PARENTS, ()),
        (date(2016, 1, 1), "GZ-BEIDE", ("TG-OUDER1",), ("TG-OUDER2",)),
        (date(2016, 1, 1), "GZ-EEN", ("TG-OUDER1",), ()),
        (date(2016, 1, 1), "GZ-VOOGD", BOTH_PARENTS, ("TG-VOOGD",)),
        (date(2016, 1, 1), "GZ-VOOGD", ("TG-VOOGD",), ()),
        (date(2014, 11, 23), "GZ-BEIDE", BOTH_PARENTS, ()),
        (date(2014, 11, 22), "GZ-BEIDE", BOTH_PARENTS, ("TG-JEUGD",)),
        (date(2012, 1, 1), "GZ-BEIDE", ("TG-JEUGD",), BOTH_PARENTS),
        (date(2010, 11, 23), "GZ-BEIDE", ("TG-JEUGD",), BOTH_PARENTS),
        (date(2010, 11, 22), "GZ-BEIDE", ("TG-JEUGD",), ()),
        (date(2010, 11, 22), "GZ-BEIDE", BOTH_PARENTS, ("TG-JEUGD",)),
        (None, "GZ-BEIDE", ("TG-JEUGD",), BOTH_PARENTS),
    ],
)
def test_who_has_to_give_it(born: date | None, gezag: str, givers: tuple[str, ...], missing: tuple[str, ...]) -> None:
    assert missing_givers(given(*givers), Case(geboortedatum=born, gezag=gezag), DAY) == missing


@pytest.mark.parametrize(
    ("stated", "on", "missing"),
    [
        (11, DAY, ()),
        (11, date(2026, 9, 1), ("TG-JEUGD",)),
        (9, date(2023, 1, 1), ("TG-JEUGD",)),
        (8, date(2025, 11, 22), ()),
        (11, None, ()),
    ],
)
def test_a_stated_age_grows_into_the_next_band(stated: int, on: date | None, missing: tuple[str, ...]) -> None:
    case = Case(leeftijd=stated, leeftijd_op=on, gezag="GZ-BEIDE")
    assert missing_givers(given(*BOTH_PARENTS), case, DAY) == missing


def test_who_may_be_15_or_16_is_asked_with_the_parents() -> None:
    case = Case(leeftijd=15, leeftijd_op=date(2026, 9, 1), gezag="GZ-BEIDE")
    assert missing_givers(given("TG-JEUGD"), case, DAY) == BOTH_PARENTS


def test_a_representative_stands_in_for_one_who_cannot_decide() -> None:
    case = Case(geboortedatum=date(2009, 1, 1), wilsbekwaam=False)
    assert missing_givers(given("TG-VERTEG"), case, DAY) == ()
    assert missing_givers(given("TG-VERTEG"), case.model_copy(update={"wilsbekwaam": True}), DAY) == ("TG-JEUGD",)


@pytest.mark.parametrize(
    ("changes", "recipient", "expected"),
    [
        ({}, "Dr. Voorbeeld", True),
        ({"doelen": ("TD-A",)}, "Dr. Voorbeeld", False),
        ({"gegeven_op": date(2026, 11, 23)}, "Dr. Voorbeeld", False),
        ({"geldig_tot": DAY}, "Dr. Voorbeeld", True),
        ({"geldig_tot": date(2026, 11, 21)}, "Dr. Voorbeeld", False),
        ({"ingetrokken_op": DAY}, "Dr. Voorbeeld", False),
        ({"ontvangers": ("dr. voorbeeld",)}, "Dr. Voorbeeld", True),
        ({"ontvangers": ("Iemand Anders",)}, "Dr. Voorbeeld", False),
    ],
)
def test_what_it_covers(changes: dict[str, object], recipient: str, expected: bool) -> None:
    case = Case(geboortedatum=date(2009, 1, 1))
    assert holds(given("TG-JEUGD", **changes), case, purpose="TD-C", recipient=recipient, day=DAY) is expected
