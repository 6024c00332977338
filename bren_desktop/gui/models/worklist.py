"""The lines of the werkvoorraad."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bren_desktop.gui.widgets.work_words import detail, reason_badge, title
from bren_desktop.services.worklist import WorkItem

ITEM_ROLE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()


class WorklistModel(QAbstractListModel):
    """A bounded list: the service already cut it off."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: Sequence[WorkItem] = ()

    def show(self, items: Sequence[WorkItem]) -> None:
        """Replace all lines."""
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self._items[index.row()]
        if role == ITEM_ROLE:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            reasons = ", ".join(reason_badge(reason).word for reason in item.reasons)
            return f"{title(item)}: {reasons}. {detail(item)}".strip()
        return None
