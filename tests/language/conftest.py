"""Reading with the word list of the field."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bren_desktop.language.reading import Mention, read
from bren_desktop.language.words import word_list


@pytest.fixture
def mentions() -> Callable[[str], list[Mention]]:
    """What a text mentions."""
    return lambda text: read(word_list().field, text)


@pytest.fixture
def asked(mentions: Callable[[str], list[Mention]]) -> Callable[[str], set[str]]:
    """The expertise that a text asks for the young person: not denied, and not of a parent."""
    return lambda text: {
        one.code
        for one in mentions(text)
        if one.code.startswith("EX-") and one.strong and not one.denied and not one.of_parent
    }
