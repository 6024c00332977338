"""The reader that services get: every way of reading, on one connection with one consistent view."""

from __future__ import annotations

from bren_desktop.storage.lists import Lists
from bren_desktop.storage.local import LocalRows
from bren_desktop.storage.narrowing import Narrowing
from bren_desktop.storage.search import Searching
from bren_desktop.storage.tracking import Tracking


class StoreReader(Tracking, Lists, Searching, Narrowing, LocalRows):
    """A consistent view of the store (`services.ports.Reader`)."""
