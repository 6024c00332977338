"""The lines in the window and the salutation."""

from __future__ import annotations

import pytest

from bren_desktop.domain.experts import Expert
from bren_desktop.domain.letter_address import MOST_LINES, recipient_lines, salutation, sender_line
from bren_desktop.domain.records import Team


def expert(**fields: object) -> Expert:
    return Expert.model_validate({"naam": "A. de Vries", **fields})


def test_an_address_has_organisation_name_street_and_place_in_that_order() -> None:
    whole = expert(organisatie="De Linde", adres="Lindelaan 12\n1234 ab Voorbeeld")
    assert recipient_lines(whole) == ("De Linde", "t.a.v. A. de Vries", "Lindelaan 12", "1234 AB  VOORBEELD")
    assert recipient_lines(expert(adres="Laan 1, 1234AB Dorp")) == ("A. de Vries", "Laan 1", "1234 AB  DORP")


def test_without_an_address_only_organisation_and_name_remain() -> None:
    assert recipient_lines(expert(organisatie="De Linde")) == ("De Linde", "t.a.v. A. de Vries")
    assert recipient_lines(Expert()) == ()


def test_a_long_address_keeps_its_last_lines() -> None:
    lines = recipient_lines(expert(organisatie="De Linde", adres="\n".join([*"abcdefgh", "1234 AB Dorp"])))
    assert len(lines) == MOST_LINES
    assert lines[-1] == "1234 AB  DORP"


@pytest.mark.parametrize(
    ("name", "title", "greeting"),
    [
        ("A. de Vries", "", "Geachte A. de Vries,"),
        ("A. de Vries", "dr.", "Geachte dr. A. de Vries,"),
        ("mevrouw S. van Dijk", "", "Geachte mevrouw Van Dijk,"),
        ("Mevr. S.Th. van 't Hof", "", "Geachte mevrouw Van 't Hof,"),
        ("dhr. Bakker", "", "Geachte heer Bakker,"),
        ("mevrouw drs. A.M. van der Berg", "", "Geachte mevrouw Van der Berg,"),
        ("", "", "Geachte collega,"),
    ],
)
def test_the_salutation_follows_the_name(name: str, title: str, greeting: str) -> None:
    assert salutation(expert(naam=name, titel=title)) == greeting


def test_the_sender_line_tells_nothing_in_a_window_at_home() -> None:
    team = Team(afzender="Expertteam complexe casuïstiek, Postbus 1", adres="Postbus 1\n1234 AB Dorp")
    assert "Expertteam" in sender_line(team, at_home=False)
    assert sender_line(team, at_home=True) == "Postbus 1, 1234 AB  DORP"
    assert sender_line(Team(), at_home=True) == ""
    named = Team(adres="Expertteam Jeugd\nZorgvlietlaan 5\n1234 AB Dorp")
    assert sender_line(named, at_home=True) == "Zorgvlietlaan 5, 1234 AB  DORP"
