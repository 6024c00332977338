"""The rows of kept filters above both lists."""

from __future__ import annotations

from PySide6.QtGui import QPixmap

from bren_desktop.domain.entities import Kind
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.widgets.saved_filters import SavedFilters
from tests.screenshots.stage import Stage

_NAMES = {
    "Spoed in Haaglanden": {"urgentie": ["UR-SPOED", "UR-CRISIS"], "regio": ["JZ24"]},
    "Wlz": {"knelpunten": ["KP-WLZ"]},
    "Nog na te kijken": {"aandacht": ["ja"]},
}


def scene_filters_saved(stage: Stage) -> QPixmap:
    return _picture(stage, naming=False)


def scene_filters_naming(stage: Stage) -> QPixmap:
    return _picture(stage, naming=True)


def _picture(stage: Stage, *, naming: bool) -> QPixmap:
    page = stage.bench.show_page(registry.CASES)
    if not isinstance(page, CasesPage):
        raise TypeError("the cases are shown by another page")
    filters, actor = stage.workspace.filters, stage.workspace.actor
    for name, choice in _NAMES.items():
        filters.keep(actor, Kind.CASE, name, choice)
    page.show_list()
    saved = _again(page)
    stage.settle()
    saved.choose({"urgentie": ["UR-SPOED"]} if naming else _NAMES["Spoed in Haaglanden"])
    if naming:
        saved.keep.click()
    picture = stage.picture()
    saved.name.hide()
    saved.choose({})
    for name in _NAMES:
        filters.drop(actor, Kind.CASE, name)
    _again(page)
    return picture


def _again(page: CasesPage) -> SavedFilters:
    page.list.saved.load()
    return page.list.saved
