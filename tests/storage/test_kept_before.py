"""What a store took in before there was a limit to how far a parcel expands can still be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bren_desktop.crypto import parcels
from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Author

if TYPE_CHECKING:
    import pytest

    from bren_desktop.storage.store import EncryptedStore

VERA = Author("p", "Vera", "voorzitter")


def test_it_is_no_damage(store: EncryptedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    case, line = store.new_entity(), "-" * 40_000
    with monkeypatch.context() as before:
        before.setattr(parcels, "EXPANSION", parcels.LARGEST)
        with store.write(VERA) as writer:
            writer.write(Kind.CASE, case, {("hulpvraag", ""): line})
        with store.sync() as rows:
            rows.unsealed(rows.spaces()[1].id, 1_000_000)
    with store.read() as reader:
        (operation,) = reader.history(case, 10)
    assert operation.changes[0].value == line
