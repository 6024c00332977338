"""What the program remembers about its window on this laptop; never anything of a case (decision 21)."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings

from bren_desktop.gui import theme


class Preferences:
    """Theme, text size, place of the window and last page, in the user's own settings."""

    def __init__(self) -> None:
        self._settings = QSettings()

    @property
    def theme(self) -> str:
        return self._text("theme", theme.FOLLOW)

    @property
    def size(self) -> str:
        return self._text("size", "normaal")

    @property
    def page(self) -> str:
        return self._text("page", "")

    @property
    def geometry(self) -> QByteArray:
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_look(self, choice: str, size: str) -> None:
        """Remember theme and text size."""
        self._settings.setValue("theme", choice)
        self._settings.setValue("size", size)

    def keep_window(self, geometry: QByteArray, page: str) -> None:
        """Remember where the window stood and which page was open."""
        self._settings.setValue("geometry", geometry)
        self._settings.setValue("page", page)

    def _text(self, key: str, default: str) -> str:
        value = self._settings.value(key, default)
        return value if isinstance(value, str) else default
