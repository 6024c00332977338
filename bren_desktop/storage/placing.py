"""Which case an entity is about: its subject, under whose key its operations are sealed."""

from __future__ import annotations

from collections.abc import Iterable

from bren_desktop.domain.entities import NETWORK_KINDS, Kind
from bren_desktop.oplog.operations import Change
from bren_desktop.storage.ids import id_bytes

PARENT = "casus"


def case_of(kind: str, entity: str, changes: Iterable[Change]) -> str:
    """The case that a new entity is about: a case itself, or the one in its `casus`; empty for none."""
    if kind == Kind.CASE:
        return entity
    if kind in NETWORK_KINDS or kind == Kind.TEAM:
        return ""
    named = (change.value for change in changes if (change.field, change.key) == (PARENT, ""))
    return next((value for value in named if isinstance(value, str) and id_bytes(value)), "")


def may_be_about(kind: str, entity: str, subject: bytes) -> bool:
    """Whether a parcel of an entity of `kind` may have this subject."""
    if kind == Kind.CASE:
        return id_bytes(entity) == subject
    if kind in NETWORK_KINDS or kind == Kind.TEAM:
        return not subject
    return len(subject) in (0, len(id_bytes(entity)))
