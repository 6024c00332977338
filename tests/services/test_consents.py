"""Consents and decisions to share without: what is refused, what stands, and what a colleague's laptop makes of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.sharing import State
from bren_desktop.errors import InvalidInputError, NotAllowedError, NotFoundError
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.consents import Consents
from bren_desktop.services.context import Context
from bren_desktop.services.disclosures import Disclosures
from bren_desktop.services.readlog import ReadLog
from bren_desktop.storage.store import EncryptedStore
from tests.delivery import exchanged

TODAY = date(2026, 11, 22)
GIVEN = Consent(doelen=("TD-C",), gevers=("TG-JEUGD",), gegeven_op=date(2026, 11, 1), vorm="TV-SCHR")
TOGETHER = Case(roepnaam="Noor", geboortedatum=date(2013, 5, 5), gezag="GZ-BEIDE")
OWN = Case(roepnaam="Noor", geboortedatum=date(2009, 5, 5))
DECISION = Disclosure(
    doel="TD-C",
    ontvanger="Veilig Thuis",
    grond="GZT-MELD",
    afweging="Het is nu niet veilig.",
    geraadpleegd="Een aandachtsfunctionaris",
    gezin_ingelicht=False,
    niet_ingelicht_reden="Dan wordt het onveiliger.",
)


@pytest.fixture
def consents(context: Context) -> Consents:
    return Consents(context)


@pytest.fixture
def disclosures(context: Context) -> Disclosures:
    return Disclosures(context)


def test_a_withdrawn_consent_stays_readable_and_holds_no_longer(
    cases: CaseWork, consents: Consents, chair: Actor
) -> None:
    case = cases.record(chair, OWN).entity
    consents.add(chair, case, GIVEN)
    [(entity, consent)] = consents.of(chair, case)
    assert consents.verdict(chair, case, "TD-C", ("Dr. Voorbeeld",)).by == (consent,)

    consents.withdraw(chair, entity, TODAY, "Noor")
    [(_, after)] = consents.of(chair, case)
    assert (after.gegeven_op, after.ingetrokken_door) == (GIVEN.gegeven_op, "Noor")
    assert consents.verdict(chair, case, "TD-C", ("Dr. Voorbeeld",)).state is State.WITHDRAWN


def test_withdrawing_the_newest_brings_no_older_one_back(cases: CaseWork, consents: Consents, chair: Actor) -> None:
    case = cases.record(chair, OWN).entity
    for_expert = {"ontvangers": ("Dr. Voorbeeld",)}
    consents.add(chair, case, GIVEN.model_copy(update={"doelen": ("TD-C", "TD-D")}))
    newest = consents.add(chair, case, GIVEN.model_copy(update={"gegeven_op": date(2026, 11, 10)}))
    consents.withdraw(chair, newest, date(2026, 11, 20), "Noor")
    assert consents.verdict(chair, case, "TD-C", ("Dr. Voorbeeld",)).state is State.WITHDRAWN
    assert consents.verdict(chair, case, "TD-D", ("OG-ONDZ",)).allowed
    consents.add(chair, case, GIVEN.model_copy(update={"gegeven_op": date(2026, 11, 20), **for_expert}))
    assert consents.verdict(chair, case, "TD-C", ("Dr. Voorbeeld",)).allowed
    assert not consents.verdict(chair, case, "TD-C", ("Iemand anders",)).allowed


def test_it_says_who_wrote_it_down_and_runs_for_twelve_months_by_itself(
    cases: CaseWork, consents: Consents, chair: Actor
) -> None:
    case = cases.record(chair, OWN).entity
    consents.add(chair, case, GIVEN.model_copy(update={"vorm": "TV-MOND", "vastgelegd_door": "Iemand anders"}))
    [(_, consent)] = consents.of(chair, case)
    assert (consent.vastgelegd_door, consent.geldig_tot) == (chair.name, date(2027, 11, 1))


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"doelen": ()}, "doelen", "Vul in wie"),
        ({"gevers": ()}, "gevers", "Vul in wie"),
        ({"gegeven_op": None}, "gegeven_op", "Vul in wie"),
        ({"vorm": ""}, "vorm", "Vul in wie"),
        ({"gegeven_op": date(2026, 11, 23)}, "gegeven_op", "in de toekomst"),
        ({"gevers": ("TG-OMA",)}, "gevers", "niet bekend"),
        ({"doelen": ("TD-Z",)}, "doelen", "niet bekend"),
        ({"vorm": "gefluisterd"}, "vorm", "niet bekend"),
        ({"ontvangersgroepen": ("OG-BUREN",)}, "ontvangersgroepen", "niet bekend"),
        ({"geldig_vanaf": date(2026, 10, 31)}, "geldig_vanaf", "op zijn vroegst"),
        ({"geldig_tot": date(2026, 10, 31)}, "geldig_tot", "voor het begin"),
        ({"geldig_tot": date(2027, 11, 2)}, "langer_reden", "langer dan twaalf maanden"),
        ({"ingetrokken_op": TODAY}, "ingetrokken_op", "Leg eerst"),
        ({"gevers": ("TG-VOOGD",)}, "gevers", "niet komen van: voogd"),
        ({"gevers": ("TG-JEUGD", "TG-VERTEG")}, "gevers", "niet komen van: wettelijk vertegenwoordiger"),
        ({"gegeven_op": date(2013, 5, 4)}, "gegeven_op", "nog niet geboren"),
        ({"ontvangersgroepen": ("OG-PAREL", "OG-ONDZ")}, "ontvangersgroepen", "alleen deze groepen: .*pareltje"),
        ({"uitzondering": "UZ-WENS"}, "uitzondering_reden", "waarom"),
        (
            {"uitzondering": "UZ-WENS", "uitzondering_reden": "x", "gevers": ("TG-OUDER1",)},
            "uitzondering",
            "zelf toestemming",
        ),
    ],
)
def test_a_consent_that_does_not_hang_together_is_refused(
    cases: CaseWork, consents: Consents, chair: Actor, change: dict[str, Any], field: str, words: str
) -> None:
    case = cases.record(chair, TOGETHER).entity
    with pytest.raises(InvalidInputError, match=words) as caught:
        consents.add(chair, case, GIVEN.model_copy(update=change))
    assert caught.value.field == field
    assert consents.of(chair, case) == ()


@pytest.mark.parametrize(
    ("born", "giver", "instead"),
    [
        (date(2016, 5, 5), "TG-JEUGD", "ouder met gezag en andere ouder met gezag"),
        (date(2009, 5, 5), "TG-OUDER1", "moet komen van: jeugdige"),
        (date(2008, 5, 5), "TG-OUDER2", "moet komen van: jeugdige"),
    ],
)
def test_who_does_not_decide_at_that_age_does_not_give(
    cases: CaseWork, consents: Consents, chair: Actor, born: date, giver: str, instead: str
) -> None:
    case = cases.record(chair, Case(geboortedatum=born, gezag="GZ-BEIDE")).entity
    with pytest.raises(InvalidInputError, match=instead):
        consents.add(chair, case, GIVEN.model_copy(update={"gevers": (giver,)}))


def test_it_is_the_age_on_the_day_of_giving_that_counts(cases: CaseWork, consents: Consents, chair: Actor) -> None:
    turned_16 = cases.record(chair, Case(geboortedatum=date(2010, 11, 10), gezag="GZ-BEIDE")).entity
    parents = GIVEN.model_copy(update={"gevers": ("TG-JEUGD", "TG-OUDER1", "TG-OUDER2")})
    consents.add(chair, turned_16, parents)
    assert consents.verdict(chair, turned_16, "TD-C", ("Dr. Voorbeeld",)).state is State.AGAIN
    [prompt] = consents.prompts(chair, turned_16)
    assert (prompt.clock, prompt.due) == ("TM-TOEST-16", date(2026, 11, 10))
    with pytest.raises(InvalidInputError):
        consents.add(chair, turned_16, parents.model_copy(update={"gegeven_op": date(2026, 11, 10)}))


def test_the_young_person_alone_between_12_and_16_with_a_reason(
    cases: CaseWork, consents: Consents, chair: Actor
) -> None:
    case = cases.record(chair, TOGETHER).entity
    reason = {"uitzondering": "UZ-WENS", "uitzondering_reden": "Zij overziet het en blijft erbij."}
    consents.add(chair, case, GIVEN.model_copy(update=reason))
    standing = {each.purpose: each.verdict.state for each in consents.standings(chair, case)}
    assert (standing["TD-C"], standing["TD-A"]) == (State.ALLOWED, State.NONE)


@pytest.mark.parametrize(
    ("day", "by", "field"),
    [
        (date(2026, 11, 23), "Noor", "ingetrokken_op"),
        (date(2026, 10, 31), "Noor", "ingetrokken_op"),
        (TODAY, " ", "ingetrokken_door"),
    ],
)
def test_a_withdrawal_is_of_some_day_by_somebody(
    cases: CaseWork, consents: Consents, chair: Actor, day: date, by: str, field: str
) -> None:
    consent = consents.add(chair, cases.record(chair, OWN).entity, GIVEN)
    with pytest.raises(InvalidInputError) as caught:
        consents.withdraw(chair, consent, day, by)
    assert caught.value.field == field
    consents.withdraw(chair, consent, TODAY, "Noor")
    with pytest.raises(InvalidInputError, match="al ingetrokken"):
        consents.withdraw(chair, consent, TODAY, "Noor")


def test_nothing_is_filed_with_a_case_that_is_not_there(
    consents: Consents, disclosures: Disclosures, chair: Actor
) -> None:
    with pytest.raises(NotFoundError):
        consents.add(chair, "nergens", GIVEN)
    with pytest.raises(NotFoundError):
        disclosures.add(chair, "nergens", DECISION)


def test_sharing_without_consent_is_for_that_day_and_logged(
    context: Context, cases: CaseWork, consents: Consents, disclosures: Disclosures, chair: Actor
) -> None:
    case = cases.record(chair, TOGETHER).entity
    disclosures.add(chair, case, DECISION)
    [(_, decided)] = disclosures.of(chair, case)
    assert (decided.door, decided.datum) == (chair.name, TODAY)
    assert consents.verdict(chair, case, "TD-C", ("veilig thuis",)).state is State.WITHOUT
    assert not consents.verdict(chair, case, "TD-C", ("Iemand anders",)).allowed
    entry = ReadLog(context).entries(chair, case)[0]
    assert entry.action == "delen zonder toestemming"
    assert entry.detail.startswith("consult door een pareltje: meldcode")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"doel": ""}, "doel"),
        ({"doel": "TD-Z"}, "doel"),
        ({"ontvanger": ""}, "ontvanger"),
        ({"grond": ""}, "grond"),
        ({"grond": "GZT-HANDIG"}, "grond"),
        ({"afweging": ""}, "afweging"),
        ({"geraadpleegd": ""}, "geraadpleegd"),
        ({"gezin_ingelicht": None}, "gezin_ingelicht"),
        ({"niet_ingelicht_reden": ""}, "niet_ingelicht_reden"),
        ({"datum": date(2026, 11, 23)}, "datum"),
        ({"datum": date(2026, 11, 14)}, "datum"),
    ],
)
def test_a_decision_without_its_weighing_is_refused(
    cases: CaseWork, disclosures: Disclosures, chair: Actor, change: dict[str, Any], field: str
) -> None:
    case = cases.record(chair, TOGETHER).entity
    with pytest.raises(InvalidInputError) as caught:
        disclosures.add(chair, case, DECISION.model_copy(update=change))
    assert caught.value.field == field
    assert disclosures.of(chair, case) == ()


def test_a_lid_decides_nothing_here(
    cases: CaseWork, consents: Consents, disclosures: Disclosures, chair: Actor, member: Actor
) -> None:
    case = cases.record(chair, TOGETHER).entity
    for refused in (
        partial(consents.add, member, case, GIVEN),
        partial(disclosures.add, member, case, DECISION),
    ):
        with pytest.raises(NotAllowedError):
            refused()


@pytest.fixture
def laptops(tmp_path: Path, context: Context) -> Iterator[tuple[Context, Context]]:
    """Two laptops of one team; the second began as a copy of the first and has device ids of its own."""
    (tmp_path / "a").mkdir()
    EncryptedStore.create(tmp_path / "a", b"k" * 32, clock=context.clock).close()
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    with ExitStack() as opened:
        made = []
        for number, name in enumerate("ab"):
            store = opened.enter_context(closing(EncryptedStore.open(tmp_path / name, b"k" * 32, clock=context.clock)))
            with store.sync() as rows:
                for index, space in enumerate(rows.spaces()):
                    rows.put_space(replace(space, device=bytes([number, index]) * 8))
            made.append(Context(store, context.clock))
        yield made[0], made[1]


def test_what_is_withdrawn_on_one_laptop_blocks_on_the_other(
    laptops: tuple[Context, Context], chair: Actor, secretary: Actor
) -> None:
    here, there = laptops
    case = CaseWork(here).record(chair, OWN).entity
    consent = Consents(here).add(chair, case, GIVEN)
    exchanged(cast("EncryptedStore", here.store), cast("EncryptedStore", there.store))
    assert Consents(there).verdict(secretary, case, "TD-C", ("Dr. Voorbeeld",)).allowed

    Consents(here).withdraw(chair, consent, TODAY, "Noor")
    exchanged(cast("EncryptedStore", here.store), cast("EncryptedStore", there.store))
    found = Consents(there).verdict(secretary, case, "TD-C", ("Dr. Voorbeeld",))
    assert (found.allowed, found.state) == (False, State.WITHDRAWN)
