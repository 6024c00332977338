"""The standing words of letters, kept as data in `resources/letters/`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from bren_desktop import bundled


@cache
def _texts(name: str) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = json.loads(
        (bundled.folder("resources") / "letters" / f"{name}.json").read_text("utf-8")
    )
    return found


HEADINGS: Mapping[str, str] = _texts("consultatievraag")["koppen"]
"""The Dutch heading of every block, in the order of the letter."""


def phrase(name: str, **values: str) -> str:
    """The standing sentence `name`, with its values filled in."""
    return _texts("consultatievraag")["zinnen"][name].format(**values)


def plain_form_of_help(code: str) -> str:
    """What people call a form of help (hulpvorm), or nothing for a code without such a word."""
    return _texts("consultatievraag")["hulpvormen"].get(code, "")


def next_step(status: str) -> str:
    """What comes next for a case with this status, or nothing."""
    return _texts("casuskaart")["volgende_stap"].get(status, "")
