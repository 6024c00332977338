"""The address book: added, amended and found by the beginning of a word; never without a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.records import Organisation, Person
from bren_desktop.errors import InvalidInputError, NotFoundError
from bren_desktop.services.addresses import Address, Addresses, matching
from bren_desktop.services.context import Context

ANJA = Person(
    naam="Mw. A. Ziekzoeker-Verzonnen", functie="Gedragswetenschapper", organisatie="Wijkteam Bedacht", telefoon="0612"
)
TEAM = Organisation(naam="Wijkteam Bedacht", soort="Wijkteam", regio="JZ24", email="post@voorbeeld.test")
ELISE = Person(naam="Élise Denkbeeld")
EVERYBODY = (Address("a", ANJA), Address("t", TEAM), Address("e", ELISE))


@pytest.fixture
def book(context: Context) -> Addresses:
    return Addresses(context)


def test_people_and_organisations_stand_together_by_name(book: Addresses, actor: Actor) -> None:
    for record in (TEAM, ANJA, ELISE):
        book.add(actor, record)
    assert [address.record for address in book.everything(actor)] == [ELISE, ANJA, TEAM]
    assert {record.naam for _, record in book.people(actor)} == {ANJA.naam, ELISE.naam}
    assert [record for _, record in book.organisations(actor)] == [TEAM]


def test_only_the_named_fields_are_amended(book: Addresses, actor: Actor) -> None:
    entity = book.add(actor, ANJA)
    book.amend(actor, entity, Person(naam="Iemand anders", telefoon=""), ("telefoon",))
    assert book.people(actor) == [(entity, ANJA.model_copy(update={"telefoon": ""}))]


@pytest.mark.parametrize("nameless", [Person(functie="Arts"), Organisation(soort="School")])
def test_nothing_goes_without_a_name(book: Addresses, actor: Actor, nameless: Person | Organisation) -> None:
    entity = book.add(actor, ANJA)
    for attempt in (lambda: book.add(actor, nameless), lambda: book.amend(actor, entity, nameless)):
        with pytest.raises(InvalidInputError) as refused:
            attempt()
        assert refused.value.field == "naam"
    assert [address.record for address in book.everything(actor)] == [ANJA]


def test_a_person_cannot_become_an_organisation(book: Addresses, actor: Actor) -> None:
    entity = book.add(actor, ANJA)
    with pytest.raises(NotFoundError):
        book.amend(actor, entity, TEAM)
    with pytest.raises(NotFoundError):
        book.amend(actor, "bestaat-niet", ANJA)
    assert [address.record for address in book.everything(actor)] == [ANJA]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [ANJA, TEAM, ELISE]),
        ("wijkteam", [ANJA, TEAM]),
        ("VERZ", [ANJA]),
        ("elise", [ELISE]),
        ("bedacht gedrag", [ANJA]),
        ("post@voorb", [TEAM]),
        ("061", [ANJA]),
        ("edacht", []),
        ("jz24", [TEAM]),
    ],
)
def test_each_word_begins_a_word(typed: str, found: list[Person | Organisation]) -> None:
    assert [address.record for address in matching(EVERYBODY, typed)] == found


@given(st.text(max_size=20), st.text(max_size=20))
def test_typing_on_never_finds_more(first: str, more: str) -> None:
    wider, narrower = matching(EVERYBODY, first), matching(EVERYBODY, f"{first} {more}")
    assert all(address in wider for address in narrower)


def test_the_name_finds_its_entry(book: Addresses, actor: Actor) -> None:
    entity = book.add(actor, ANJA)
    assert [address.entity for address in matching(book.everything(actor), ANJA.naam)] == [entity]
