"""A concept that an admin of the network adds is what every laptop searches by; nobody else's is taken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import NotAllowedError
from bren_desktop.language.thesaurus import parsed
from bren_desktop.services.concepts import Concepts
from bren_desktop.services.context import Context
from bren_desktop.services.knowing import Knowing
from bren_desktop.services.knowledge import Knowledge
from bren_desktop.services.search import Search
from bren_desktop.services.understanding import Understanding

if TYPE_CHECKING:
    from tests.sync.laptops import Joining, Laptop

SMALL = Knowledge(parsed('[dwang]\nprefLabel = "dwang"\nsource = "proef"\n'))
NEW = ConceptRecord(naam="zeeziekte", ook=("misselijk aan boord",), herkomst="Vera")


def small(laptop: Laptop) -> Context:
    """The store of a laptop under a program with one concept."""
    return replace(laptop.context, knowing=Knowing(SMALL))


def test_what_an_admin_adds_every_laptop_searches_by(vera: Laptop, join: Joining) -> None:
    noor = join("Noor de Wit")
    case = vera.add_case(omschrijving="Zij is misselijk aan boord.")
    vera.sync()
    noor.sync()
    hers = small(noor)
    assert Understanding(hers).catch_up(noor.actor, 9) == 0
    assert Search(hers).find(noor.actor, "zeeziekte") == []
    Concepts(small(vera)).save(vera.actor, NEW)
    vera.sync()
    noor.sync()
    assert Understanding(hers).catch_up(noor.actor, 9) == 0
    assert [hit.entity for hit in Search(hers).find(noor.actor, "zeeziekte")] == [case]
    with pytest.raises(NotAllowedError):
        Concepts(hers).take_out(noor.actor, "zeeziekte", "Nee")
    with pytest.raises(NotAllowedError):
        noor.write(Kind.CONCEPT, {("extern_id", ""): "dwang", ("herkomst", ""): "Noor"})
