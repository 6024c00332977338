"""The standing words of documents, kept as data in `resources/letters/`; a team may put its own in their place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from bren_desktop import bundled

CONSULTATION, HOUSE = "consultatievraag", "huis"
BOX = "☐"
_VALUE = re.compile(r"\{([a-z_]+)\}")


@cache
def _texts(name: str) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = json.loads(
        (bundled.folder("resources") / "letters" / f"{name}.json").read_text("utf-8")
    )
    return found


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one kind of document; what it does not have itself comes from the house.

    `own` holds what the team put in the place of standing sentences, by name.
    """

    kind: str
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def headings(self) -> Mapping[str, str]:
        """The Dutch heading of every block, in the order of the document."""
        return _texts(self.kind)["koppen"]

    @property
    def sentences(self) -> Mapping[str, str]:
        """The standing sentences by name, as the program brings them."""
        return _texts(self.kind)["zinnen"]

    def title(self, name: str) -> str:
        """What people call the standing sentence `name`: as its block, or in words of its own."""
        return self.headings.get(name) or _texts(HOUSE)["titels"].get(name) or name.replace("_", " ").capitalize()

    def phrase(self, name: str, **values: str) -> str:
        """The standing sentence `name`, with its values filled in; a value that is not there stays as it is typed."""
        house = _texts(HOUSE)["zinnen"]
        template = self.own.get(name) or (self.sentences[name] if name in self.sentences else house[name])
        return _VALUE.sub(lambda found: values.get(found[1], found[0]), template)


def lost(ours: str, own: str) -> tuple[str, ...]:
    """What our sentence leaves room for, to be filled in by the program or by hand, and their own does not."""
    values = (f"{{{name}}}" for name in dict.fromkeys(_VALUE.findall(ours)))
    return (*(value for value in values if value not in own), *([BOX] if own.count(BOX) < ours.count(BOX) else []))


def phrase(name: str, **values: str) -> str:
    """A standing sentence about a case, as every document says it."""
    return Texts(CONSULTATION).phrase(name, **values)


def plain_form_of_help(code: str) -> str:
    """What people call a form of help (hulpvorm), or nothing for a code without such a word."""
    return _texts(CONSULTATION)["hulpvormen"].get(code, "")


def next_step(status: str) -> str:
    """What comes next for a case with this status, or nothing."""
    return _texts("casuskaart")["volgende_stap"].get(status, "")
