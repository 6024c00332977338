"""Terms are found as people write them: inflected, compounded, spread over a sentence, denied, or about a parent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.language.reading import Mention, read
from bren_desktop.services.knowledge import shipped_knowledge

Mentions = Callable[..., list[Mention]]
Asked = Callable[[str], set[str]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hij zit al veertien maanden thuis.", "EX-OND"),
        ("Hij zat vorig jaar ook al thuis.", "EX-OND"),
        ("Ze snijdt zich.", "EX-SUI"),
        ("Ze doet zichzelf ernstig pijn.", "EX-SUI"),
        ("Ze heeft zich 's nachts gesneden, zegt dat ze er niet meer wil zijn.", "EX-SUI"),
        ("Er komt een jeugdreclasseringsmaatregel.", "EX-JR"),
        ("Besproken in het thuiszittersoverleg.", "EX-OND"),
        ("Hij wordt met JZ+ bedreigd.", "EX-JZP"),
        ("Jeugdzorg Plus is gevraagd.", "EX-JZP"),
        ("De overgang 18-/18+ loopt vast.", "EX-18P"),
        ("Hij hoort stemmen.", "EX-PSYCH"),
        ("SUICIDAAL sinds mei.", "EX-SUI"),
        ("Wie gaat er over het woonplaatsbeginsel?", "EX-JUR"),
    ],
)
def test_a_term_is_found(asked: Asked, text: str, code: str) -> None:
    assert code in asked(text)


@pytest.mark.parametrize("text", ["De jGGZ.", "De J-GGZ.", "De jeugd-ggz.", "De jeugd ggz.", "De jeugdggz."])
def test_spellings_of_one_term(mentions: Mentions, text: str) -> None:
    assert "DM-JGGZ" in {one.code for one in mentions(text) if one.strong}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Een geweldige onderscheiding.", "EX-HG"),
        ("Een geweldige onderscheiding.", "EX-SCH"),
        ("Hij denkt mee.", "EX-LVB"),
        ("Het slachtoffer vroeg om hulp.", "EX-JUR"),
        ("De behandelgroep stopt.", "EX-MORB"),
        ("Mees woont thuis.", "EX-AGR"),
        ("Prikkels kosten haar veel.", "EX-JUR"),
        ("Zij vraagt of het haar schuld is.", "schulden"),
    ],
)
def test_a_word_that_only_looks_alike_is_passed_over(mentions: Mentions, text: str, code: str) -> None:
    assert code not in {one.code for one in mentions(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Geen suïcidaliteit.",
        "Er is geen sprake van suïcidaliteit.",
        "Geen psychose, verslaving of suïcidaliteit.",
        "Hij is niet suïcidaal.",
        "Hij ontkent suïcidale gedachten.",
        "Suïcidaliteit is niet aan de orde.",
        "Zonder suïcidaliteit.",
        "Suïcidaliteit wordt ontkend.",
        "Gn suïcidaliteit.",
        "Onderzoek naar suïcidaliteit was negatief.",
        "Snijdt zich niet meer, zegt ze.",
        "Ze snijdt op school niet zich.",
        "Ze doet zich geen pijn.",
        "Zelfbeschadiging doet zij niet meer.",
        "Suïcidaliteit is uitgezocht en niet gevonden.",
        "De behandeling voor suïcidaliteit is afgerond.",
    ],
)
def test_what_is_denied_is_not_asked(asked: Asked, text: str) -> None:
    assert "EX-SUI" not in asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Geen behandeling voor suïcidaliteit.",
        "Er is geen plek, hij is suïcidaal.",
        "Hij is niet alleen suïcidaal.",
        "Geen vrienden en suïcidaal.",
        "Geen contact met vader. Suïcidaal sinds mei.",
        "De suïcidaliteit is niet behandeld.",
        "Onderzoek naar suïcidaliteit moet nog worden afgerond.",
        "Ze snijdt zich niet alleen thuis.",
        "Zonder automutilatie kan ze niet slapen.",
        "Ze kan niet zonder automutilatie.",
        "Ze heeft al jaren geen vrienden, slaapt hele dagen op bed, automutilatie.",
    ],
)
def test_a_denial_reaches_no_further_than_it_should(asked: Asked, text: str) -> None:
    assert "EX-SUI" in asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Geen ervaring met verslaving.",
        "Werkt niet meer met jongeren met een verslaving.",
        "Alle problematiek, behalve verslaving.",
    ],
)
def test_what_an_expert_does_not_offer(mentions: Mentions, text: str) -> None:
    found = [one.denied for one in mentions(text, offer=True) if one.code == "EX-VERSL"]
    assert found
    assert all(found)


@pytest.mark.parametrize("text", ["Geen inkomen, dakloze jongeren.", "Psychose, al dan niet na cannabis."])
def test_what_an_expert_knows_of_though_it_follows_a_denial(mentions: Mentions, text: str) -> None:
    last = max(mentions(text, offer=True), key=lambda one: text.index(one.words))
    assert not last.denied


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("Broer heeft autisme en woont elders.", False),
        ("Zijn zusje heeft ernstige epilepsie.", False),
        ("Haar zus heeft anorexia gehad.", False),
        ("Zijn broer heeft suïcide gepleegd.", True),
        ("Zijn broer heeft hem misbruikt.", True),
        ("Hij slaat zijn broer en heeft autisme.", True),
    ],
)
def test_what_a_brother_or_sister_has_is_not_of_the_child(mentions: Mentions, text: str, is_asked: bool) -> None:
    assert any(not one.denied for one in mentions(text) if one.strong) is is_asked


def test_what_is_lacking_around_a_young_person_is_asked_all_the_same(asked: Asked) -> None:
    assert "EX-VERSL" in asked("De groep heeft geen ervaring met verslaving.")


@pytest.mark.parametrize(
    "text",
    [
        "Moeder is verslaafd.",
        "Moeder is al jaren zwaar verslaafd aan alcohol.",
        "Haar verslaafde vader belt elke nacht.",
        "De verslaving van zijn moeder.",
        "Vader, oud-militair. Beide ouders zijn verslaafd.",
        "Bij moeder is een verslaving vastgesteld.",
        "Moeder (41) is verslaafd.",
        "mdr verslaafd, wil geen hulp.",
    ],
)
def test_what_is_said_of_a_parent(mentions: Mentions, text: str) -> None:
    found = [one for one in mentions(text) if one.code == "EX-VERSL"]
    assert found
    assert all(one.of_parent for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Moeder maakt zich zorgen over zijn verslaving.",
        "Ouders vertellen dat hij verslaafd is.",
        "Hij woont bij zijn moeder en is verslaafd.",
        "Volgens vader is zij verslaafd.",
        "Ouders houden het op zijn verslaving.",
        "De jongen is verslaafd, moeder weet dat.",
    ],
)
def test_what_a_parent_tells_is_of_the_child(mentions: Mentions, text: str) -> None:
    assert [one.of_parent for one in mentions(text) if one.code == "EX-VERSL"] == [False]


def test_the_words_of_a_term_stand_in_one_clause(mentions: Mentions) -> None:
    assert "EX-SCH" not in {one.code for one in mentions("Wil niet naar huis omdat vader het dan weet.")}


@pytest.mark.parametrize(
    ("text", "concept", "is_found"),
    [
        ("Veilig Thuis is betrokken.", "veilig-thuis", True),
        ("Oom zit vast, thuis is het veilig.", "veilig-thuis", False),
        ("Wil niet meer naar de nieuwe school.", "thuiszitten", True),
        ("Wil niet naar papa en vraagt op school wanneer.", "thuiszitten", False),
    ],
)
def test_a_name_and_a_preposition_stand_before_what_is_theirs(text: str, concept: str, is_found: bool) -> None:
    assert (concept in {one.code for one in read(shipped_knowledge().field, text)}) is is_found


def test_words_are_quoted_as_they_stand(mentions: Mentions) -> None:
    found = {one.words for one in mentions("Zij  WIL er écht\nniet meer zijn, en 'snijdt zich'.")}
    assert "snijdt zich" in found


def test_one_place_counts_once_for_a_code(mentions: Mentions) -> None:
    assert [one.term for one in mentions("anorexia nervosa") if one.code == "EX-EET"] == ["anorexia nervosa"]


@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    folded = " ".join(text.split())
    for mention in read(shipped_knowledge().field, text):
        assert mention.words
        assert " … " in mention.words or mention.words in folded


def test_a_name_that_is_a_word_counts_in_capitals(mentions: Mentions) -> None:
    assert {one.term for one in mentions("DGT en MBT.")} - {one.term for one in mentions("DGT mbt emoties.")} == {"MBT"}


def test_two_short_words_are_no_term_written_apart(asked: Asked) -> None:
    assert asked("Hij is aan het gamen.") == asked("Hij speelt game na game.") != set()
    assert asked("Ga met hem mee.") == set()
