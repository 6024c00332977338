"""The themes: readable contrast, complete, and roles that reach every form."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from string import Template

import pytest
from defusedxml import ElementTree
from PySide6.QtGui import QColor

from bren_desktop.gui import icons, theme
from bren_desktop.gui.widgets.tones import _LOOKS

TONES = ("good", "info", "warn", "alarm", "quiet")
TEXT_ON = [
    *product(("text", "muted"), ("window", "dialog", "surface", "sunken", "rail", "hover")),
    *product(("accent",), ("window", "dialog", "surface", "rail")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent_soft", "accent_soft"),
    ("on_mark", "mark"),
    *((tone, f"{tone}_soft") for tone in TONES),
    ("alarm", "surface"),
    ("alarm", "window"),
    ("alarm", "dialog"),
]
SEEN_ON = [
    ("edge", "surface"),
    ("edge", "window"),
    ("edge", "dialog"),
    ("accent", "surface"),
    ("accent", "window"),
    ("alarm", "surface"),
]


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(value) for value in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", theme.THEMES)
def test_text_stands_out_from_its_ground(name: str) -> None:
    colours = theme.load(name)
    weak = {
        f"{ink} on {ground}": round(_contrast(colours.colour(ink), colours.colour(ground)), 2)
        for ink, ground in TEXT_ON
        if _contrast(colours.colour(ink), colours.colour(ground)) < 4.5
    }
    assert not weak


@pytest.mark.parametrize("name", theme.THEMES)
def test_edges_and_the_focus_stand_out(name: str) -> None:
    colours = theme.load(name)
    weak = [pair for pair in SEEN_ON if _contrast(colours.colour(pair[0]), colours.colour(pair[1])) < 3]
    assert not weak


def test_all_themes_name_the_same_colours(project: Path) -> None:
    folder = project / "resources" / "themes"
    names = [set(tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))["colours"]) for name in theme.THEMES]
    assert names[0] == names[1] == names[2]


@pytest.mark.parametrize("name", theme.THEMES)
def test_the_stylesheet_is_complete(name: str) -> None:
    sheet = theme._stylesheet(theme.load(name), 10.5)
    assert "$" not in sheet
    files = re.findall(r'url\("([^"]+)"\)', sheet)
    assert files
    assert not [file for file in files if not Path(file).is_file()]


def test_the_stylesheet_uses_only_colours_that_exist(project: Path) -> None:
    used = set(Template((project / "resources" / "themes" / "style.qss").read_text("utf-8")).get_identifiers())
    given = {*theme.load("light").colours, "small", "normal", "large", "family", "monospace", "icons"}
    assert used <= given


def _properties(project: Path) -> Iterator[tuple[str, str]]:
    for form in (project / "ui").glob("*.ui"):
        for element in ElementTree.parse(form).iter("property"):
            if element.get("name") in {"role", "tone"}:
                text = element.find("string")
                assert text is not None
                yield form.name, text.get("notr", "false")


def test_a_role_is_not_for_translators(project: Path) -> None:
    """A translated property is set after the widget has its style, too late inside a scroll area."""
    found = list(_properties(project))
    assert found
    assert not [form for form, untranslated in found if untranslated != "true"]


@pytest.mark.parametrize("name", sorted({icon for _, icon in _LOOKS.values()}))
def test_every_badge_has_its_icon(name: str, project: Path) -> None:
    assert (project / "resources" / "icons" / f"{name}.svg").is_file()


def test_an_icon_takes_the_colour_of_the_theme(qapp: object) -> None:
    picture = icons.pixmap("plus", 24, QColor("#ff0000")).toImage()
    inks = {
        picture.pixelColor(x, y).name()
        for x, y in product(range(48), repeat=2)
        if picture.pixelColor(x, y).alpha() > 200
    }
    assert inks == {"#ff0000"}
