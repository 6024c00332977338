"""Words to suggest in free text: names from the address book, and who works here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bren_desktop.gui.editors import ORGANISATIONS, PEOPLE
from bren_desktop.services.workspace import Workspace

Words = Mapping[str, Sequence[str]]


def from_addresses(workspace: Workspace) -> Words:
    """What the address book suggests, by field; runs on the store's thread."""
    organisations = _names(record.naam for _, record in workspace.addresses.organisations(workspace.actor))
    people = _names(record.naam for _, record in workspace.addresses.people(workspace.actor))
    return {
        "behandelaar": (workspace.actor.name,),
        **dict.fromkeys(ORGANISATIONS, organisations),
        **dict.fromkeys(PEOPLE, people),
    }


def _names(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in found if name}))
