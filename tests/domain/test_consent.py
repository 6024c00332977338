"""Who has to give consent, whether it holds, and what every door is told; the table was worked out by hand first."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given as those
from hypothesis import strategies as st

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.deciders import Variant, deciders
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.purposes import prompts, standings
from bren_desktop.domain.sharing import GROUP_OF, State, Verdict, missing_givers, purposes_left, verdict

DAY = date(2026, 11, 22)
BOTH_PARENTS = ("TG-OUDER1", "TG-OUDER2")
TABLE = Path(__file__).with_name("consent_cases.txt")
GIVERS = {"J": "TG-JEUGD", "O1": "TG-OUDER1", "O2": "TG-OUDER2", "V": "TG-VOOGD", "W": "TG-VERTEG"}
OWN = Case(geboortedatum=date(2009, 1, 1))
TOGETHER = Case(geboortedatum=date(2012, 5, 1), gezag="GZ-BEIDE")


def given(*givers: str, **changes: object) -> Consent:
    return Consent.model_validate({"doelen": ("TD-C",), "gevers": givers, "gegeven_op": date(2026, 9, 1), **changes})


def judged(case: Case, *consents: Consent, to: str = "Dr. Voorbeeld", day: date = DAY) -> Verdict:
    return verdict(case, consents, (), "TD-C", (to, "OG-PAREL"), day)


def rows() -> list[tuple[str, ...]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines if not line.startswith("#")]


def givers(codes: str) -> tuple[str, ...]:
    return tuple(GIVERS[code] for code in codes.split())


@pytest.mark.parametrize("row", rows(), ids=lambda row: "-".join(filter(None, row)).replace(" ", ""))
def test_the_table_of_the_law(row: tuple[str, ...]) -> None:
    born, gezag, measures, able, by, exception, asked, day, outcome = row
    case = Case.model_validate(
        {
            "geboortedatum": "" if born == "-" else born,
            "gezag": f"GZ-{gezag}" if gezag else "",
            "maatregelen": measures.split(),
            "wilsbekwaam": able,
        }
    )
    reason = "" if exception.endswith("?") else "Zij legt het goed uit."
    excepted = {"uitzondering": f"UZ-{exception.rstrip('?')}", "uitzondering_reden": reason} if exception else {}
    found = judged(case, given(*givers(by), gegeven_op=asked, **excepted), day=date.fromisoformat(day))
    assert found.allowed is (outcome == "ja")
    assert (found.state is State.AGAIN) is (outcome == "opnieuw")
    if outcome not in ("ja", "opnieuw"):
        assert found.missing == givers(outcome)


def test_the_table_is_long_enough_to_be_worth_its_name() -> None:
    assert len(rows()) >= 60


@pytest.mark.parametrize(
    ("stated", "on", "missing"),
    [
        (11, DAY, ()),
        (11, date(2026, 9, 1), ("TG-JEUGD",)),
        (8, date(2025, 11, 22), ()),
        (11, None, ("TG-JEUGD",)),
        (8, None, ("TG-JEUGD",)),
    ],
)
def test_a_stated_age_grows_into_the_next_band(stated: int, on: date | None, missing: tuple[str, ...]) -> None:
    case = Case(leeftijd=stated, leeftijd_op=on, gezag="GZ-BEIDE")
    assert missing_givers(given(*BOTH_PARENTS), case, DAY) == missing


def test_who_was_stated_to_be_9_years_ago_is_asked_again() -> None:
    case = Case(leeftijd=9, leeftijd_op=date(2023, 1, 1), gezag="GZ-BEIDE")
    assert judged(case, given(*BOTH_PARENTS, gegeven_op=date(2023, 1, 1))).state is State.AGAIN
    assert judged(case, given(*BOTH_PARENTS)).missing == ("TG-JEUGD",)


def test_who_may_be_15_or_16_is_asked_with_the_parents_or_has_a_reason() -> None:
    case = Case(leeftijd=15, leeftijd_op=date(2026, 9, 1), gezag="GZ-BEIDE")
    assert missing_givers(given("TG-JEUGD"), case, DAY) == BOTH_PARENTS
    excepted = given("TG-JEUGD", uitzondering="UZ-WENS", uitzondering_reden="Na een gesprek van een uur.")
    assert judged(case, excepted).allowed


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, State.ALLOWED),
        ({"doelen": ("TD-A",)}, State.NONE),
        ({"gegeven_op": date(2026, 11, 23)}, State.LATER),
        ({"geldig_vanaf": date(2026, 11, 23)}, State.LATER),
        ({"geldig_vanaf": DAY}, State.ALLOWED),
        ({"geldig_tot": DAY}, State.ALLOWED),
        ({"geldig_tot": date(2026, 11, 21)}, State.OVER),
        ({"ingetrokken_op": DAY}, State.WITHDRAWN),
        ({"ingetrokken_op": date(2026, 11, 23)}, State.ALLOWED),
        ({"ontvangers": ("dr.  voorbééld",)}, State.ALLOWED),
        ({"ontvangers": ("Iemand Anders",)}, State.OTHERS),
        ({"ontvangersgroepen": ("OG-PAREL",)}, State.ALLOWED),
        ({"ontvangersgroepen": ("OG-ERV",)}, State.OTHERS),
        ({"ontvangersgroepen": ("OG-ERV",), "ontvangers": ("Dr. Voorbeeld",)}, State.ALLOWED),
        ({"gegeven_op": None}, State.LATER),
    ],
)
def test_what_it_covers(changes: dict[str, object], state: State) -> None:
    found = judged(OWN, given("TG-JEUGD", **changes))
    assert (found.state, found.allowed) == (state, state is State.ALLOWED)


def test_what_was_given_before_birth_allows_nothing() -> None:
    assert judged(OWN, given("TG-JEUGD", gegeven_op=date(2008, 12, 31))).state is State.NONE


@pytest.mark.parametrize(
    ("withdrawn", "left"),
    [
        ({}, ("TD-D",)),
        ({"ingetrokken_op": date(2026, 9, 1)}, ("TD-C", "TD-D")),
        ({"ingetrokken_op": DAY + timedelta(days=1)}, ("TD-C", "TD-D")),
        ({"gevers": ("TG-OUDER2",)}, ("TD-C", "TD-D")),
        ({"ontvangers": ("Dr. Voorbeeld",)}, ("TD-C", "TD-D")),
    ],
)
def test_a_withdrawal_ends_what_the_same_giver_gave_earlier_for_it(
    withdrawn: dict[str, object], left: tuple[str, ...]
) -> None:
    older = given("TG-JEUGD", doelen=("TD-C", "TD-D"))
    newer = given("TG-JEUGD", gegeven_op=date(2026, 10, 1)).model_copy(update={"ingetrokken_op": DAY, **withdrawn})
    assert purposes_left(older, (older, newer), DAY) == left


def test_a_withdrawal_for_one_recipient_leaves_others() -> None:
    named = given("TG-JEUGD", ontvangers=("Dr. Voorbeeld",), gegeven_op=date(2026, 10, 1), ingetrokken_op=DAY)
    assert judged(OWN, given("TG-JEUGD"), named).state is State.WITHDRAWN
    assert judged(OWN, given("TG-JEUGD"), named, to="Iemand anders").allowed


def test_a_group_that_has_no_part_in_a_purpose_opens_nothing() -> None:
    [standing] = [
        each
        for each in standings(OWN, [given("TG-JEUGD", ontvangersgroepen=("OG-ONDZ",))], DAY)
        if each.purpose == "TD-C"
    ]
    assert (standing.verdict.allowed, standing.names) == (False, ())


def test_parents_who_give_apart_count_together() -> None:
    mother, father, own = (given(giver) for giver in (*BOTH_PARENTS, "TG-JEUGD"))
    assert judged(TOGETHER, mother, own).missing == ("TG-OUDER2",)
    found = judged(TOGETHER, mother, father, own)
    assert (found.allowed, len(found.by)) == (True, 3)
    assert not judged(TOGETHER, mother, father.model_copy(update={"ontvangers": ("Iemand Anders",)}), own).allowed


def test_voogdij_that_came_later_ends_what_parents_gave() -> None:
    consent = given("TG-JEUGD", *BOTH_PARENTS)
    assert judged(TOGETHER, consent).allowed
    found = judged(TOGETHER.model_copy(update={"maatregelen": ("MA-VGD",)}), consent)
    assert (found.state, found.missing) == (State.PARTIAL, ("TG-VOOGD",))


def test_the_newest_that_is_enough_is_named_and_tells_until_when() -> None:
    old, new = (given("TG-JEUGD", gegeven_op=date(2026, 6, n), geldig_tot=date(2027, 6, n)) for n in (1, 2))
    found = judged(OWN, old, new)
    assert (found.by, found.until) == ((new,), date(2027, 6, 2))
    assert judged(TOGETHER, given("TG-JEUGD", *BOTH_PARENTS)).until == date(2028, 4, 30)


def test_a_decision_without_consent_is_for_one_recipient_one_purpose_and_one_day() -> None:
    decision = Disclosure(doel="TD-C", ontvanger="Dr. Voorbeeld", grond="GZT-MELD", datum=DAY)
    found = verdict(TOGETHER, (), (decision,), "TD-C", ("Dr. Voorbeeld", "OG-PAREL"), DAY)
    assert (found.allowed, found.state, found.without) == (True, State.WITHOUT, decision)
    for purpose, to, day in (
        ("TD-E", "Dr. Voorbeeld", DAY),
        ("TD-C", "Iemand Anders", DAY),
        ("TD-C", "Dr. Voorbeeld", DAY + timedelta(days=1)),
        ("TD-C", "Dr. Voorbeeld", DAY - timedelta(days=1)),
    ):
        assert not verdict(TOGETHER, (), (decision,), purpose, (to,), day).allowed


@pytest.mark.parametrize(
    ("case", "day", "variant"),
    [
        (Case(geboortedatum=date(2016, 5, 1)), DAY, Variant.PARENTS),
        (TOGETHER, DAY, Variant.TOGETHER),
        (OWN, DAY, Variant.OWN),
        (Case(geboortedatum=date(2016, 5, 1), maatregelen=("MA-VGD",)), DAY, Variant.GUARDIAN),
        (Case(geboortedatum=date(2012, 5, 1), gezag="GZ-PLEEG"), DAY, Variant.GUARDIAN),
        (Case(geboortedatum=date(2009, 1, 1), gezag="GZ-VOOGD"), DAY, Variant.OWN),
        (Case(geboortedatum=date(2012, 5, 1), wilsbekwaam=False), DAY, Variant.PARENTS),
    ],
)
def test_which_form_is_used(case: Case, day: date, variant: Variant) -> None:
    assert deciders(case, day).variant is variant


@pytest.mark.parametrize(
    ("born", "end", "day", "clock", "due"),
    [
        (date(2014, 12, 20), None, date(2026, 11, 21), "", None),
        (date(2014, 12, 20), None, date(2026, 11, 22), "TM-TOEST-12", date(2026, 12, 20)),
        (date(2014, 12, 20), None, date(2027, 2, 1), "TM-TOEST-12", date(2026, 12, 20)),
        (date(2010, 12, 20), None, date(2026, 11, 22), "TM-TOEST-16", date(2026, 12, 20)),
        (date(2012, 5, 1), date(2026, 12, 19), date(2026, 11, 21), "", None),
        (date(2012, 5, 1), date(2026, 12, 19), date(2026, 11, 22), "TM-TOEST-EINDE", date(2026, 12, 20)),
    ],
)
def test_it_is_asked_again_four_weeks_before(born: date, end: date | None, day: date, clock: str, due: date) -> None:
    case = Case(geboortedatum=born, gezag="GZ-BEIDE")
    found = prompts(case, [given("TG-JEUGD", *BOTH_PARENTS, geldig_tot=end)], day)
    assert [(each.purpose, each.clock, each.due) for each in found] == ([("TD-C", clock, due)] if clock else [])
    assert all("Het gaat om: consult door een pareltje." in each.sentence for each in found)


def test_what_was_withdrawn_or_never_asked_is_not_asked_again_by_itself() -> None:
    assert prompts(OWN, [given("TG-JEUGD", ingetrokken_op=DAY)], DAY) == ()
    assert prompts(OWN, [], DAY) == ()


def test_there_is_a_line_for_every_purpose_that_says_for_whom() -> None:
    named = given("TG-JEUGD", ontvangers=("Dr. Voorbeeld", "Dr. Anders"))
    found = {each.purpose: each for each in standings(OWN, [named, given("TG-JEUGD", doelen=("TD-A",))], DAY)}
    assert tuple(found) == ("TD-A", "TD-B", "TD-C", "TD-D", "TD-E")
    assert (found["TD-A"].verdict.allowed, found["TD-A"].names) == (True, ())
    assert (found["TD-C"].verdict.allowed, found["TD-C"].names) == (True, ("Dr. Anders", "Dr. Voorbeeld"))
    assert found["TD-E"].verdict.state is State.NONE


def test_a_line_says_which_group_alone_it_is_for() -> None:
    consents = [given("TG-JEUGD", doelen=("TD-C", "TD-E"), ontvangersgroepen=("OG-PAREL",))]
    found = {each.purpose: each for each in standings(OWN, consents, DAY)}
    assert (found["TD-C"].verdict.allowed, found["TD-C"].names) == (True, ("OG-PAREL",))
    assert not verdict(OWN, consents, (), "TD-C", ("Iemand", "OG-ERV"), DAY).allowed


CASES = st.builds(
    Case,
    geboortedatum=st.none() | st.dates(date(2003, 1, 1), date(2026, 11, 1)),
    gezag=st.sampled_from(["", "GZ-BEIDE", "GZ-EEN", "GZ-VOOGD", "GZ-PLEEG", "GZ-MEER", "GZ-ONB"]),
    maatregelen=st.sets(st.sampled_from(["MA-OTS", "MA-VOTS", "MA-MUHP", "MA-VGD", "MA-JR"]), max_size=2).map(tuple),
    wilsbekwaam=st.sampled_from([None, True, False]),
)
AROUND = st.dates(date(2024, 1, 1), date(2027, 12, 31))
CONSENTS = st.builds(
    Consent,
    doelen=st.sets(st.sampled_from(list(GROUP_OF)), min_size=1).map(tuple),
    ontvangers=st.sets(st.sampled_from(["Dr. Voorbeeld", "Iemand Anders"]), max_size=1).map(tuple),
    ontvangersgroepen=st.sets(st.sampled_from(list(GROUP_OF.values())), max_size=1).map(tuple),
    gevers=st.sets(st.sampled_from(list(GIVERS.values()))).map(tuple),
    gegeven_op=st.none() | AROUND,
    geldig_vanaf=st.none() | AROUND,
    geldig_tot=st.none() | AROUND,
    uitzondering=st.sampled_from(["", "UZ-WENS", "UZ-NADEEL"]),
    uitzondering_reden=st.sampled_from(["", "Daarom."]),
    ingetrokken_op=st.none() | AROUND,
)
SETS = st.lists(CONSENTS, min_size=1, max_size=3)
YOUNG = CASES.map(lambda case: case.model_copy(update={"geboortedatum": date(2018, 1, 1)}))


@those(case=CASES, consents=SETS, day=AROUND, withdrawn=AROUND)
def test_withdrawal_never_widens(case: Case, consents: list[Consent], day: date, withdrawn: date) -> None:
    fewer = [consents[0].model_copy(update={"ingetrokken_op": min(withdrawn, day)}), *consents[1:]]
    assert judged(case, *consents, day=day).allowed or not judged(case, *fewer, day=day).allowed


@those(case=CASES, consents=SETS, day=AROUND, giver=st.sampled_from(list(GIVERS.values())))
def test_another_giver_never_narrows(case: Case, consents: list[Consent], day: date, giver: str) -> None:
    more = [consents[0].model_copy(update={"gevers": (*consents[0].gevers, giver)}), *consents[1:]]
    assert judged(case, *more, day=day).allowed or not judged(case, *consents, day=day).allowed


@those(case=CASES, consents=SETS, day=AROUND, another=CONSENTS)
def test_another_consent_never_narrows(case: Case, consents: list[Consent], day: date, another: Consent) -> None:
    """Unless it was withdrawn: that ends an older one too."""
    more = another.model_copy(update={"ingetrokken_op": None})
    assert judged(case, *consents, more, day=day).allowed or not judged(case, *consents, day=day).allowed


@those(case=YOUNG, consents=SETS, day=AROUND)
def test_nobody_under_12_decides_alone(case: Case, consents: list[Consent], day: date) -> None:
    alone = [each.model_copy(update={"gevers": ("TG-JEUGD",)}) for each in consents]
    assert not judged(case, *alone, day=day).allowed


@those(case=CASES, consent=CONSENTS, end=AROUND, later=st.integers(1, 400))
def test_never_a_day_after_its_end(case: Case, consent: Consent, end: date, later: int) -> None:
    ended = consent.model_copy(update={"geldig_tot": end})
    assert not judged(case, ended, day=end + timedelta(days=later)).allowed


@those(case=CASES, consents=SETS, day=AROUND)
def test_what_is_refused_says_why_and_what_is_allowed_says_by_whom(
    case: Case, consents: list[Consent], day: date
) -> None:
    found = judged(case, *consents, day=day)
    assert found.sentence.endswith(".")
    assert bool(found.by) is found.allowed
    assert bool(found.missing) is not found.allowed


@those(case=CASES, consents=SETS, day=AROUND)
def test_what_holds_holds_until_the_day_it_names(case: Case, consents: list[Consent], day: date) -> None:
    found = judged(case, *consents, day=day)
    kept = [each.model_copy(update={"ingetrokken_op": None}) for each in found.by]
    if found.allowed and found.until is not None and case.geboortedatum is not None:
        assert found.until >= day
        assert judged(case, *kept, day=found.until).allowed or case.wilsbekwaam is False
        assert not judged(case, *kept, day=found.until + timedelta(days=1)).allowed
