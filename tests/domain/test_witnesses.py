"""Who is taken as the witness of a closing, and who is not."""

from __future__ import annotations

import pytest

from bren_desktop.domain.cases import Case, InvolvedRow
from bren_desktop.domain.witnesses import witness_fault

CASE = Case(
    roepnaam="Noor",
    tussenvoegsel="van der",
    achternaam="Zee",
    jim_naam="Oom Piet",
    betrokkenen=(InvolvedRow(naam="Ans de Boer", relatie="moeder"), InvolvedRow(naam="School")),
)


@pytest.mark.parametrize("name", ["Wil Voorbeeld", "W. Jansen", "Vera Bakker", "Noor Jansen", "Jan-Willem School"])
def test_a_whole_name_of_somebody_else_is_taken(name: str) -> None:
    assert witness_fault(name, "Vera Voorbeeld", CASE) == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "voornaam en achternaam"),
        ("x", "voornaam en achternaam"),
        ("Vera", "voornaam en achternaam"),
        ("van der Wal", "voornaam en achternaam"),
        ("W. J.", "voornaam en achternaam"),
        ("vera  VOORBEELD", "Dat bent u zelf"),
        ("V. Voorbeeld", "Dat bent u zelf"),
        ("Voorbeeld, Véra", "Dat bent u zelf"),
        ("Vera A. Voorbeeld", "Dat bent u zelf"),
        ("Noor van der Zee", "hoort"),
        ("N. v.d. Zee", "hoort"),
        ("Ans Boer", "hoort"),
        ("Piet, oom", "hoort"),
    ],
)
def test_oneself_half_a_name_and_the_family_are_not(name: str, said: str) -> None:
    assert said in witness_fault(name, "Vera Voorbeeld", CASE)


def test_a_case_without_names_refuses_no_colleague() -> None:
    assert witness_fault("Wil Voorbeeld", "Vera Voorbeeld", Case()) == ""
