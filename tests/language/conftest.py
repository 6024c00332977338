"""Reading with the thesaurus of the field: what a text mentions, by the codes that its concepts stand for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bren_desktop.language.reading import Mention, read
from bren_desktop.services.knowledge import shipped_knowledge


@pytest.fixture
def mentions() -> Callable[..., list[Mention]]:
    """What a text, or with `offer` that of a profile, mentions."""

    def coded(text: str, *, offer: bool = False) -> list[Mention]:
        known = shipped_knowledge()
        found = read(known.field, text, offer=offer)
        return [replace(one, code=code) for one in found for code in known.thesaurus.codes_of(one.code)]

    return coded


@pytest.fixture
def asked(mentions: Callable[[str], list[Mention]]) -> Callable[[str], set[str]]:
    """The expertise that a text asks for the young person: not denied, and not of a parent."""
    return lambda text: {
        one.code
        for one in mentions(text)
        if one.code.startswith("EX-") and one.strong and not one.denied and not one.of_parent
    }
