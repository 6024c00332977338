"""Drafts: what was typed and not yet saved. They live in the encrypted store of this laptop and never travel."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may, require
from bren_desktop.services.context import Context, author
from bren_desktop.services.rows import Draft
from bren_desktop.services.views import DraftView

_NEEDED: Mapping[str, Right | None] = {
    Kind.EXPERT: Right.READ_POOL,
    Kind.CONCEPT: Right.EDIT_CONCEPTS,
    "team": None,
}


class Drafts:
    """The drafts of one profile, by a key that names form and entity, such as `case:<entity>`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def keep(self, actor: Actor, key: str, fields: Mapping[str, object]) -> None:
        """Keep the fields of a form as they are now; the previous draft under `key` is replaced."""
        _require(actor, key)
        with self._context.store.write(author(actor)) as writer:
            writer.put_draft(key, json.dumps(fields, ensure_ascii=False))

    def get(self, actor: Actor, key: str) -> DraftView | None:
        """The draft under `key`, if any."""
        _require(actor, key)
        with self._context.read(actor) as reader:
            draft = reader.draft(key)
        return _view(draft) if draft else None

    def drop(self, actor: Actor, key: str) -> None:
        """Forget the draft under `key`."""
        _require(actor, key)
        with self._context.store.write(author(actor)) as writer:
            writer.drop_draft(key)

    def all(self, actor: Actor) -> Sequence[DraftView]:
        """Every draft that the actor may read, the latest first."""
        with self._context.read(actor) as reader:
            return [_view(draft) for draft in reader.drafts() if _may(actor, draft.key)]


def _may(actor: Actor, key: str) -> bool:
    needed = _needed(key)
    return needed is None or may(actor, needed)


def _require(actor: Actor, key: str) -> None:
    needed = _needed(key)
    if needed is not None:
        require(actor, needed)


def _needed(key: str) -> Right | None:
    """A draft of a pareltje tells of the pool, of a concept or the letterhead of no one, and any other of a case."""
    return _NEEDED.get(key.partition(":")[0], Right.READ_CASE)


def _view(draft: Draft) -> DraftView:
    return DraftView(draft.key, json.loads(draft.body), draft.saved_ms)
