"""A tab that is a form: its layout says which fields stand on it."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import QWidget


class Layout(Protocol):
    """What uic makes."""

    def setupUi(self, form: QWidget, /) -> None: ...


L = TypeVar("L", bound=Layout)


class FormTab(QWidget, Generic[L]):
    """The fields on it are found by their names, see `gui/binding.py`."""

    def __init__(self, layout: L, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = layout
        layout.setupUi(self)
