"""What a discussion and an advice must hold, and what is missing, as sentences at a field."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.advice import (
    Advice,
    Discussion,
    MoneyRow,
    PlanRow,
    PointRow,
    PresentRow,
    RequirementRow,
)
from bren_desktop.domain.advising import (
    CHOSEN,
    FAILED,
    PLANS,
    RELEASE,
    Missing,
    advice_faults,
    current,
    discussion_faults,
    is_as_released,
    missing_for_release,
    missing_in_discussion,
    stamp,
)
from bren_desktop.domain.fields import notes
from bren_desktop.domain.values import LONGEST_LINE, LONGEST_TEXT
from bren_desktop.domain.vocabulary import vocabulary

TODAY = date(2026, 11, 22)
LATER = date(2027, 1, 4)
CODES = tuple(term.code for term in vocabulary("basisvereisten"))
HELD = Discussion(
    datum=TODAY,
    gremium="GR-RET",
    aanwezigen=(PresentRow(id="1", naam="Ervaren Voorbeeld", ervaringsdeskundig=True),),
    vraag="Waar kan hij wonen?",
    overwegingen="Thuis lukt niet.",
    uitkomst="Een eigen plek met hulp.",
    basisvereisten=tuple(RequirementRow(id=code, oordeel="OB-JA") for code in CODES),
)
READY = Advice(
    bespreking="b",
    soort="SA-HULP",
    samenvatting="Een eigen plek.",
    analyse="Thuis lukt niet.",
    punten=(PointRow(id="1", wat="Zoek een plek", eigenaar="Jan Voorbeeld", uiterlijk=LATER, waarom="Rust."),),
    plannen=(PlanRow(id="A", tekst="Wonen met hulp"),),
    overbrugging_nodig=False,
    mandaat_bij="gemeente Delft",
    procesregisseur="Pia Voorbeeld",
    procesregisseur_contact="06-12345678",
    besproken_met_gezin="Alles.",
    reactie_gezin="Zij zijn het ermee eens.",
    opvolgmoment=LATER,
    bij_stagnatie="De procesregisseur belt de voorzitter.",
)


def fields(found: tuple[Missing, ...]) -> list[str]:
    return [field for field, _ in found]


def wanting(advice: Advice, discussion: Discussion | None = HELD, *, bridged: bool = False) -> tuple[Missing, ...]:
    return missing_for_release(advice, discussion, today=TODAY, bridged=bridged)


def test_an_owner_is_one_and_has_a_name() -> None:
    def owned_by(name: str) -> Advice:
        return READY.model_copy(update={"punten": (READY.punten[0].model_copy(update={"eigenaar": name}),)})

    (several,), (group,) = advice_faults(owned_by("Jan, Piet")), advice_faults(owned_by("ouders"))
    assert several.field == group.field == "punten"
    assert "Noem één van hen" in group.sentence
    assert advice_faults(owned_by("n.t.b.")) == ()
    assert fields(wanting(owned_by("n.t.b."))) == ["punten"]
    assert wanting(owned_by("Team Zorg en Veiligheid")) == ()


def test_names_below_each_other_are_several() -> None:
    assert advice_faults(Advice(punten=(PointRow(id="1", eigenaar="Jan\nPiet"),)))
    assert advice_faults(Advice(procesregisseur="Jan\r\nPiet"))
    assert PointRow(eigenaar="\nJan\n\n").eigenaar == "Jan"


@pytest.mark.parametrize("name", ["?", "nog niet bekend", "Onbekend", "n.t.b.", "J.", "06-12345678"])
def test_a_procesregisseur_that_is_no_name_may_be_noted_but_not_released(name: str) -> None:
    noted = READY.model_copy(update={"procesregisseur": name})
    assert advice_faults(noted) == ()
    (found,) = wanting(noted)
    assert found.field == "procesregisseur"
    assert found.sentence.startswith("Noem de procesregisseur.")


def test_a_point_is_not_released_with_a_date_that_has_passed() -> None:
    late = READY.punten[0].model_copy(update={"uiterlijk": TODAY - timedelta(days=1)})
    (found,) = wanting(READY.model_copy(update={"punten": (late,)}))
    assert found.field == "punten"
    assert "al voorbij" in found.sentence
    assert wanting(READY.model_copy(update={"punten": (late.model_copy(update={"uiterlijk": TODAY}),)})) == ()


def test_a_whole_discussion_lacks_nothing() -> None:
    assert missing_in_discussion(HELD, TODAY) == ()


def test_an_empty_discussion_names_every_field_in_the_order_of_the_form() -> None:
    found = fields(missing_in_discussion(Discussion(), TODAY))
    assert found == ["datum", "gremium", "aanwezigen", "vraag", "overwegingen", "uitkomst", "basisvereisten"]
    assert discussion_faults(Discussion(), TODAY) == ()


def test_without_somebody_with_experience_the_reason_is_asked() -> None:
    without = HELD.model_copy(update={"aanwezigen": (PresentRow(id="1", naam="Anna"),)})
    assert fields(missing_in_discussion(without, TODAY)) == ["geen_ervaringsdeskundige"]
    explained = without.model_copy(update={"geen_ervaringsdeskundige": "Zij was ziek."})
    assert missing_in_discussion(explained, TODAY) == ()


def test_somebody_at_the_table_has_a_name() -> None:
    nameless = HELD.model_copy(update={"aanwezigen": (PresentRow(id="1", rol="arts", ervaringsdeskundig=True),)})
    assert fields(missing_in_discussion(nameless, TODAY)) == ["aanwezigen"]


def test_each_requirement_is_judged_once_by_its_own_code() -> None:
    def judged(*rows: RequirementRow) -> str:
        ((field, sentence),) = discussion_faults(HELD.model_copy(update={"basisvereisten": rows}), TODAY)
        assert field == "basisvereisten"
        return sentence

    known = HELD.basisvereisten
    assert "niet bekend" in judged(*known, RequirementRow(id="BV-99", oordeel="OB-JA"))
    assert "meer dan één keer" in judged(*known, known[0])
    assert "ja, nee of niet van toepassing" in judged(RequirementRow(id="BV-01", oordeel="ja"))


def test_that_no_requirement_applies_is_no_judgment() -> None:
    rows = tuple(row.model_copy(update={"oordeel": "OB-NVT"}) for row in HELD.basisvereisten)
    assert fields(missing_in_discussion(HELD.model_copy(update={"basisvereisten": rows}), TODAY)) == ["basisvereisten"]
    one = (HELD.basisvereisten[0], *rows[1:])
    assert missing_in_discussion(HELD.model_copy(update={"basisvereisten": one}), TODAY) == ()


def test_a_requirement_that_was_not_met_is_explained() -> None:
    rows = (RequirementRow(id="BV-01", oordeel="OB-NEE"), *HELD.basisvereisten[1:])
    (found,) = missing_in_discussion(HELD.model_copy(update={"basisvereisten": rows}), TODAY)
    assert found.field == "basisvereisten"
    assert "BV-01" in found.sentence


def test_the_checklist_names_what_is_open() -> None:
    (found,) = missing_in_discussion(HELD.model_copy(update={"basisvereisten": HELD.basisvereisten[:10]}), TODAY)
    assert found.sentence == "Loop de basisvereisten langs. Nog open: BV-11, BV-12."


@pytest.mark.parametrize(
    ("update", "field"),
    [
        ({"datum": TODAY + timedelta(days=1)}, "datum"),
        ({"basisvereisten": (RequirementRow(id="BV-99", oordeel="OB-JA"),)}, "basisvereisten"),
        ({"basisvereisten": (RequirementRow(id="BV-01", oordeel="misschien"),)}, "basisvereisten"),
    ],
)
def test_a_discussion_that_cannot_be(update: dict[str, object], field: str) -> None:
    assert fields(discussion_faults(HELD.model_copy(update=update), TODAY)) == [field]


def test_a_whole_advice_lacks_nothing() -> None:
    assert wanting(READY) == ()
    assert advice_faults(READY) == ()


def test_an_empty_advice_names_every_field_in_the_order_of_the_form() -> None:
    found = fields(wanting(Advice(), None))
    optional = {"casus", "vervangt", "geld", "hoofdaannemer", *RELEASE}
    assert found == [name for name in notes(Advice) if name not in optional]
    assert advice_faults(Advice()) == ()


def test_what_the_discussion_lacks_comes_first() -> None:
    found = wanting(Advice(bespreking="b"), Discussion(datum=TODAY))
    assert fields(found)[:2] == ["gremium", "aanwezigen"]
    assert fields(found)[-1] == "bij_stagnatie"


def test_the_name_of_a_field_says_in_which_record_it_stands() -> None:
    assert notes(Discussion).keys() & notes(Advice).keys() == {"casus"}


def test_no_advice_without_a_procesregisseur() -> None:
    (found,) = wanting(READY.model_copy(update={"procesregisseur": ""}))
    assert found.field == "procesregisseur"
    assert "Zonder procesregisseur" in found.sentence
    (two,) = wanting(READY.model_copy(update={"procesregisseur": "Jan en Piet"}))
    assert two.field == "procesregisseur"


def test_a_point_says_what_who_when_and_why() -> None:
    points = (*READY.punten, PointRow(id="2", wat="Bel de school", eigenaar="Jan en Piet"))
    first, second = wanting(READY.model_copy(update={"punten": points}))
    assert first.sentence.startswith("Adviespunt 2 heeft meer dan één eigenaar.")
    assert second.sentence == "Adviespunt 2: vul nog in wanneer en waarom."
    assert advice_faults(READY.model_copy(update={"punten": points})) == (first,)


def test_bridging_that_is_needed_is_recorded() -> None:
    needed = READY.model_copy(update={"overbrugging_nodig": True})
    assert fields(wanting(needed)) == ["overbrugging_nodig"]
    assert wanting(needed, bridged=True) == ()


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)])
def test_the_first_follow_up_is_still_to_come(day: date) -> None:
    assert fields(wanting(READY.model_copy(update={"opvolgmoment": day}))) == ["opvolgmoment"]


def test_an_agreement_about_money_is_whole() -> None:
    (found,) = wanting(READY.model_copy(update={"geld": (MoneyRow(id="1", soort="doorbraakbudget"),)}))
    assert found == ("geld", "Geldafspraak 1: vul nog in het bedrag en wie garant staat.")


@given(st.lists(st.sampled_from((*PLANS, "", "E", "a")), max_size=5))
def test_plans_run_from_a_without_gaps(letters: list[str]) -> None:
    plans = tuple(PlanRow(id=letter, tekst="x") for letter in letters)
    in_order = sorted(letters) == list(PLANS[: len(letters)])
    assert (advice_faults(Advice(plannen=plans)) == ()) is in_order


@given(st.lists(st.tuples(st.sampled_from(["", "PS-OPEN", CHOSEN, FAILED]), st.sampled_from(["", "r"])), max_size=4))
def test_one_plan_is_chosen_and_each_that_failed_has_its_reason(stands: list[tuple[str, str]]) -> None:
    plans = tuple(
        PlanRow(id=letter, tekst="x", stand=stand, reden=reason)
        for letter, (stand, reason) in zip(PLANS, stands, strict=False)
    )
    fine = sum(stand == CHOSEN for stand, _ in stands) <= 1 and all(
        reason for stand, reason in stands if stand == FAILED
    )
    assert (advice_faults(Advice(plannen=plans)) == ()) is fine


def test_plan_a_is_needed_and_every_plan_is_described() -> None:
    assert [found.sentence for found in wanting(READY.model_copy(update={"plannen": ()}))] == [
        "Beschrijf ten minste plan A."
    ]
    plans = (*READY.plannen, PlanRow(id="B", stand="PS-OPEN"))
    assert [found.sentence for found in wanting(READY.model_copy(update={"plannen": plans}))] == ["Beschrijf plan B."]


def test_no_sentence_repeats_what_people_wrote() -> None:
    hostile = '<img src="//boos/x"> Jan en {naam} \u202e'
    texts = {name: hostile for name, info in notes(Advice).items() if info.long}
    rows = {
        "punten": (PointRow(id=hostile, wat=hostile, eigenaar=hostile),),
        "plannen": (PlanRow(id=hostile, tekst=hostile, stand=hostile),),
        "geld": (MoneyRow(id=hostile, soort=hostile),),
    }
    discussion = Discussion(
        vraag=hostile,
        aanwezigen=(PresentRow(id=hostile, rol=hostile),),
        basisvereisten=(RequirementRow(id=hostile, oordeel=hostile),),
    )
    advice = Advice(**{**texts, **rows}, procesregisseur=hostile)
    assert not [found for found in wanting(advice, discussion) if "boos" in found.sentence]


def test_the_longest_texts_are_judged() -> None:
    owner, text = "x" * LONGEST_LINE, "y" * LONGEST_TEXT
    points = tuple(PointRow(id=str(n), wat=text, eigenaar=owner, uiterlijk=LATER, waarom="w") for n in range(20))
    assert wanting(READY.model_copy(update={"punten": points, "analyse": text})) == ()


def test_the_stamp_follows_the_text_and_not_the_release() -> None:
    released = READY.model_copy(update={"vrijgegeven_op": TODAY, "vrijgegeven_stempel": stamp(READY)})
    assert is_as_released(released)
    assert not is_as_released(released.model_copy(update={"analyse": "Anders."}))
    moved = READY.punten[0].model_copy(update={"uiterlijk": TODAY})
    assert not is_as_released(released.model_copy(update={"punten": (moved,)}))


def test_the_advice_that_holds_is_the_one_that_nothing_replaced() -> None:
    old = READY.model_copy(update={"vrijgegeven_op": TODAY - timedelta(days=30)})
    new = READY.model_copy(update={"vrijgegeven_op": TODAY, "vervangt": "a"})
    concept = READY.model_copy(update={"vervangt": "b"})
    assert current({}) == ""
    assert current({"c": concept}) == ""
    assert current({"a": old, "c": concept}) == "a"
    assert current({"b": new, "a": old, "c": concept}) == "b"


def test_of_two_advices_that_nothing_replaced_the_last_holds() -> None:
    old = READY.model_copy(update={"vrijgegeven_op": TODAY - timedelta(days=30)})
    assert current({"z": old, "a": READY.model_copy(update={"vrijgegeven_op": TODAY})}) == "a"
