"""The standing sentences of documents, as a team finds them to put its own in their place."""

from __future__ import annotations

import pytest

from bren_desktop.domain.letter_texts import Texts
from bren_desktop.domain.papers.kinds import PAPERS

CODES = ("td_", "og_")


@pytest.mark.parametrize("key", [kind.key for kind in PAPERS])
def test_every_sentence_is_called_in_words_and_each_otherwise(key: str) -> None:
    names = [name for name in Texts(key).sentences if not name.startswith(CODES)]
    titles = [Texts(key).title(name) for name in names]
    assert len({*titles}) == len(titles)
    assert not [title for name, title in zip(names, titles, strict=True) if "_" in name and title == shown(name)]


def shown(name: str) -> str:
    return name.replace("_", " ").capitalize()
