"""How the program looks: themes are data in `resources/themes`, one stylesheet serves them all."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from bren_desktop import bundled

FOLLOW = "volgen"
STYLE = "fusion"
THEMES = ("light", "dark", "contrast")
TEXT_SIZES: Mapping[str, float] = {"normaal": 1.0, "groter": 1.15, "grootst": 1.3}
_SMALL, _LARGE = 0.92, 1.5
_FIRST_FACES = ("SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf")
_WINDOWS_FONT, _BUNDLED_FONT = "Segoe UI", "Source Sans 3"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme by role, such as `accent` and `on_accent`."""

    name: str
    dark: bool
    colours: Mapping[str, str]

    def colour(self, role: str) -> QColor:
        return QColor(self.colours[role])


@cache
def load(name: str) -> Theme:
    """The theme called `name`."""
    data = tomllib.loads((_folder() / f"{name}.toml").read_text("utf-8"))
    return Theme(name, data["dark"], data["colours"])


class Look(QObject):
    """The theme and text size in force. `choice` is a theme or `volgen`, which follows Windows."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = FOLLOW, size: str = "normaal") -> None:
        super().__init__(app)
        self._app = app
        self.choice, self.size = choice, size
        self.theme = load("light")
        if app.style().objectName() != STYLE:
            app.setStyle(STYLE)
        app.setFont(_font())
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._apply()

    def choose(self, choice: str, size: str) -> None:
        """Take another theme or text size, at once and everywhere."""
        self.choice, self.size = choice, size
        self._apply()

    def _on_system_changed(self) -> None:
        if self.choice == FOLLOW:
            self._apply()

    def _apply(self) -> None:
        hints = self._app.styleHints()
        if self.choice in THEMES:
            dark = load(self.choice).dark
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        else:
            hints.unsetColorScheme()
        self.theme = load(self.choice if self.choice in THEMES else _system_theme(self._app))
        _remember(self)
        points = _base_points() * TEXT_SIZES.get(self.size, 1.0)
        font = self._app.font()
        font.setPointSizeF(points)
        self._app.setFont(font)
        self._app.setPalette(_palette(self.theme))
        self._app.setStyleSheet(_stylesheet(self.theme, points))
        self.changed.emit()


def current() -> Theme:
    """The theme in force, for what paints itself."""
    return _in_force[-1].theme if _in_force else load("light")


def look() -> Look | None:
    """The look in force, for the settings page; None before the program has one."""
    return _in_force[-1] if _in_force else None


_in_force: list[Look] = []


def _remember(look: Look) -> None:
    _in_force[:] = [look]


def _folder() -> Path:
    return bundled.folder("resources") / "themes"


def _system_theme(app: QApplication) -> str:
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def _font() -> QFont:
    """Segoe UI on Windows; elsewhere the open font that comes along."""
    if sys.platform == "win32":
        return QFont(_WINDOWS_FONT)
    for face in _FIRST_FACES:
        QFontDatabase.addApplicationFont(str(bundled.folder("resources") / "fonts" / face))
    return QFont(_BUNDLED_FONT)


def load_other_fonts() -> None:
    """The faces that the first screen does not show, and the fonts for other scripts and emoji."""
    if sys.platform == "win32":
        return
    for file in sorted((bundled.folder("resources") / "fonts").glob("*.ttf")):
        if file.name not in _FIRST_FACES:
            QFontDatabase.addApplicationFont(str(file))


def _base_points() -> float:
    return 9.5 if sys.platform == "win32" else 10.5


def _stylesheet(theme: Theme, points: float) -> str:
    family = _WINDOWS_FONT if sys.platform == "win32" else _BUNDLED_FONT
    sizes = {"small": points * _SMALL, "normal": points, "large": points * _LARGE}
    values = {
        **theme.colours,
        **{name: f"{size:.1f}" for name, size in sizes.items()},
        "family": f'"{family}"',
        "monospace": '"Consolas", "DejaVu Sans Mono", monospace',
        "icons": (_folder() / theme.name).as_posix(),
    }
    return Template((_folder() / "style.qss").read_text("utf-8")).substitute(values)


_PALETTE: Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "window",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "edge",
}


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, name in _PALETTE.items():
        palette.setColor(role, theme.colour(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("disabled"))
    return palette
