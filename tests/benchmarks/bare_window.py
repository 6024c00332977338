"""The bare window: PySide6 with a table of 10,000 rows and nothing else. Says when it was painted."""

from __future__ import annotations

import json
import time
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

from tests.benchmarks.children import peak_memory

ROWS, COLUMNS = 10_000, 9
SIZE = (1280, 760)
_ROOT = QModelIndex()


class Numbers(QAbstractTableModel):
    """A text for every cell."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else ROWS

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return f"cel {index.row()}, {index.column()}" if role == Qt.ItemDataRole.DisplayRole else None


class Painted(QObject):
    """Tells when a widget was painted for the first time, and ends the program."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        stamps = {"painted": time.monotonic(), "processor": time.process_time(), "memory": peak_memory()}
        print(json.dumps(stamps), flush=True)
        QApplication.quit()


def main() -> None:
    application = QApplication([])
    window = QMainWindow()
    table = QTableView(window)
    table.setModel(Numbers(window))
    window.setCentralWidget(table)
    window.resize(*SIZE)
    painted = Painted(window)
    table.viewport().installEventFilter(painted)
    window.show()
    application.exec()


if __name__ == "__main__":
    main()
