"""What somebody kept by name, for the search box: filters of the lists, and searches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bren_desktop.services.filters import SEARCHES, Choice, Kept, free_name, name_of
from bren_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """A list, of the kind, narrowed as somebody kept it by name; or a search with what was chosen of it."""

    kind: Kept
    name: str
    choice: Choice


def all_kept(workspace: Workspace) -> Sequence[KeptFilter]:
    """The filters of the lists that the actor may read, and the searches."""
    kept = workspace.filters.everything(workspace.actor)
    return [KeptFilter(kind, *told) for kind, filters in kept.items() for told in filters.items()]


def keep_search(workspace: Workspace, choice: Choice, words: str) -> None:
    """Keep a search under a name in these words; without words it is forgotten."""
    filters, actor = workspace.filters, workspace.actor
    kept = filters.all(actor, SEARCHES)
    name = name_of(kept, choice)
    if words:
        filters.keep(actor, SEARCHES, name or free_name(kept, words), choice)
    else:
        filters.drop(actor, SEARCHES, name)
