"""Names become roles, in any spelling; ordinary words stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.cases import Case
from bren_desktop.domain.pseudonyms import mask_for

CASE = Case.model_validate(
    {
        "roepnaam": "Daan",
        "tussenvoegsel": "de",
        "achternaam": "Vries",
        "geboortedatum": "2011-03-04",
        "gemeente": "Waterstad",
        "verwijzer_naam": "Zoë Meer",
        "verwijzer_organisatie": "Wijkteam Zuid",
        "verwijzer_contact": "toestel 12",
        "regisseur": "drs. J.P. van der Linden-Bosch",
        "betrokkenen": [
            {"naam": "Karin de Vries", "relatie": "Moeder"},
            {"naam": "Ahmed Yılmaz", "relatie": "gezinsvoogd", "organisatie": "Bureau Noord", "telefoon": "kamer 3"},
            {"naam": "Kim", "relatie": "vriendin Kim"},
            {"naam": "oma", "relatie": "oma"},
        ],
        "geschiedenis": [{"aanbieder": "De Brug"}],
    }
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Daan slaapt slecht.", "De jeugdige slaapt slecht."),
        ("Volgens DAAN, daan en dáán.", "Volgens de jeugdige, de jeugdige en de jeugdige."),
        ("Da\u200ban en Da\u00adan en _Daan_", "De jeugdige en de jeugdige en _de jeugdige_"),
        ("Da\u0301an de Vries", "De jeugdige"),
        ("Daans fiets en Daan's moeder", "Diens fiets en diens moeder"),
        ("Daantje en Jordaan", "Daantje en Jordaan"),
        ("Mevrouw De Vries belt.", "[naam] belt."),
        ("Karin de  Vries belt. Karin huilt.", "Moeder belt. Moeder huilt."),
        ("zijn moeder Karin", "zijn moeder"),
        ("met de gezinsvoogd Yilmaz", "met de gezinsvoogd"),
        ("Mevr. Yilmaz van Bureau Noord", "De gezinsvoogd van een organisatie"),
        ("Kim is lief. Oma ook.", "Een betrokkene is lief. Oma ook."),
        ("Zoë meldt meer.", "De verwijzer meldt meer."),
        ("Linden en Bosch", "De regisseur en de regisseur"),
        ("J.P. van der Linden-Bosch en mevrouw Van der Linden-Bosch", "De regisseur en de regisseur"),
        ("D. de Vries, A. Yilmaz en K. de Vries", "De jeugdige, de gezinsvoogd en moeder"),
        ("in gemeente Waterstad en Waterstad", "in de gemeente en de gemeente"),
        ("De gemeente Waterstad betaalt, via de gemeente Waterstad.", "De gemeente betaalt, via de gemeente."),
        ("bij De Brug, via Wijkteam Zuid", "bij een aanbieder, via de organisatie van de verwijzer"),
        ("geboren 4-3-2011, 04-03-2011, 4 maart 2011, 2011-03-04", "geboren " + ", ".join(["[geboortedatum]"] * 4)),
        ("op 14-3-2011", "op 14-3-2011"),
        (
            "mail a.b@c.nl of bel 06-12345678 of +31 6 12 34 56 78",
            "mail [e-mailadres] of bel [telefoonnummer] of [telefoonnummer]",
        ),
        ("mail a@b.nl+c@d.nl.", "mail [e-mailadres][e-mailadres]."),
        ("woont op 1234 AB, nummer 123456782", "woont op [postcode], nummer [nummer]"),
        (
            "geboren 4-3-'11, 4 maart ’11 of 04/03/11",
            "geboren " + "[geboortedatum], [geboortedatum] of [geboortedatum]",
        ),
        ("bsn 1234.56.782 en 1234 56 782", "bsn [nummer] en [nummer]"),
        ("toestel 12, kamer 3", "[persoonsgegeven], [contactgegevens]"),
        ("", ""),
    ],
)
def test_what_identifies_is_replaced_and_the_rest_stays(text: str, masked: str) -> None:
    assert mask_for(CASE)(text) == masked


@pytest.mark.parametrize("name", ["Wil", "Storm", "Roos"])
def test_a_name_that_is_an_everyday_word_counts_with_a_capital_only(name: str) -> None:
    mask = mask_for(Case(roepnaam=name))
    assert mask(f"Dat {name.lower()} ik, zegt {name}.") == f"Dat {name.lower()} ik, zegt de jeugdige."


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Jan-Willem", ("Jan Willem", "JanWillem", "jan - willem", "Jan\u2011Willem's", "Willem")),
        ("Jan Willem", ("Jan-Willem", "JanWillems")),
        ("D'Arcy", ("D’Arcy", "DArcy", "D`arcy’s", "Arcy")),
    ],
)
def test_a_name_in_parts_is_known_however_it_is_joined(name: str, written: tuple[str, ...]) -> None:
    for spelling in written:
        assert mask_for(Case(roepnaam=name))(f"met {spelling} mee") in ("met de jeugdige mee", "met diens mee")


def test_a_case_without_names_leaves_text_alone() -> None:
    assert mask_for(Case())("Niets te zien, de de dag.") == "Niets te zien, de de dag."


@given(
    name=st.text(st.characters(categories=("Lu", "Ll", "Lt")), min_size=3, max_size=12).map(lambda part: f"qx{part}"),
    before=st.sampled_from(["", " ", "(", "“", "1", "-", "\n", "_", "/"]),
    after=st.sampled_from(["", " ", ".", "s", "'s", "’", ")", "2", "-", "\n", "_"]),
)
def test_no_spelling_of_a_name_comes_through(name: str, before: str, after: str) -> None:
    for written in (name, name.upper(), name.title()):
        assert name.casefold() not in mask_for(Case(roepnaam=name))(f"{before}{written}{after}").casefold()


@pytest.mark.parametrize("name", ["-", "--", "' '", "- '", "J", "\u00ad\u00ad\u00ad"])
def test_a_field_without_a_name_in_it_hides_nothing(name: str) -> None:
    assert mask_for(Case(roepnaam=name, achternaam=name, regisseur=name))("Zo - is 't.") == "Zo - is 't."


@given(name=st.text(max_size=12), text=st.text(max_size=40))
def test_any_name_can_be_masked(name: str, text: str) -> None:
    mask_for(Case(roepnaam=name, achternaam=name, verwijzer_naam=name))(f"{text} {name}s {text}")


@given(text=st.text(max_size=200))
def test_masking_takes_any_text_and_once_is_enough(text: str) -> None:
    mask = mask_for(CASE)
    assert mask(mask(text)) == mask(text)


def test_a_surname_that_is_a_trade_counts_with_a_capital_only() -> None:
    mask = mask_for(Case(verwijzer_naam="mevrouw A. de Boer"))
    assert mask("A. de Boer en mevrouw De Boer: hij werkt bij de boer.") == (
        "De verwijzer en de verwijzer: hij werkt bij de boer."
    )
