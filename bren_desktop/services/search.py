"""One search box over cases and pareltjes."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may
from bren_desktop.services.context import Context
from bren_desktop.services.readlog import Sightings
from bren_desktop.services.rows import Hit

_NEEDS = {Kind.CASE: Right.READ_CASE, Kind.EXPERT: Right.READ_POOL}


class Search:
    """Results as you type, from the encrypted index. Kinds that the actor may not read give nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._sightings = Sightings(context)

    def find(
        self, actor: Actor, text: str, kinds: Sequence[Kind] = (Kind.CASE, Kind.EXPERT), limit: int = 20
    ) -> Sequence[Hit]:
        """The best hits for `text`: every word is a prefix; titles and tags before running text."""
        allowed = [kind for kind in kinds if may(actor, _NEEDS[kind])]
        if not text.strip() or not allowed:
            return ()
        with self._context.read(actor) as reader:
            hits = reader.search(text, allowed, limit)
        if any(hit.kind == Kind.CASE for hit in hits):
            self._sightings.note(actor, "zoeken")
        return hits
