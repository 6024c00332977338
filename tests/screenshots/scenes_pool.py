"""The pool, a pareltje, the import wizard with a team's own list, and what an export says."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from PySide6.QtGui import QPainter, QPixmap

from bren_desktop.domain.entities import Kind
from bren_desktop.gui.dialogs import import_wizard
from bren_desktop.gui.dialogs.import_wizard import ImportWizard
from bren_desktop.gui.dialogs.thin_pool import ThinPoolDialog
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.expert import NEW
from bren_desktop.gui.pages.pool import PoolPage
from bren_desktop.services.rows import ExpertFilter, ExpertRow, Page
from tests.screenshots.stage import Stage

HEADERS = (
    "Nr",
    "Naam deskundige",
    "Specialisme",
    "Werkgever",
    "Tel.nr",
    "Beschikbaar?",
    "Vanaf leeftijd",
    "Tot leeftijd",
    "Kleur map",
)
ROWS: tuple[tuple[str | int, ...], ...] = (
    (
        "T-01",
        "Mw. A. Verzonnen",
        "autisme; eetstoornissen",
        "Stichting Verzonnen",
        "06-00000001",
        "direct",
        6,
        18,
        "rood",
    ),
    ("T-02", "Dhr. B. Bedacht", "trauma", "Praktijk Bedacht", "06-00000002", "beperkt", "vier", 23, "rood"),
    ("T-03", "", "autisme", "Stichting Verzonnen", "06-00000003", "direct", 6, 12, "rood"),
    ("T-04", "Mw. C. Fictief", "systeemwerk in de kroeg", "Zelfstandig", "06-00000004", "soms", 12, 18, "rood"),
    ("T-05", "Dhr. D. Denkbeeld", "verslaving", "Stichting Denkbeeld", "06-00000005", "direct", 18, 12, "rood"),
    ("T-06", "Mw. E. Ongezien", "hechting; jong kind", "Praktijk Ongezien", "06-00000006", "beperkt", 0, 6, "rood"),
)


def _page(stage: Stage) -> PoolPage:
    page = stage.bench.show_page(registry.POOL)
    if not isinstance(page, PoolPage):
        raise TypeError("the pool is shown by another page")
    return page


def _rows(stage: Stage) -> list[ExpertRow]:
    return list(stage.workspace.pool.page(stage.workspace.actor, ExpertFilter(), Page()))


def _profile(stage: Stage, entity: str, scroll: int = 0) -> QPixmap:
    page = _page(stage)
    page.open_entity(entity, "")
    stage.settle()
    bar = page.expert.ui.scroll.verticalScrollBar()
    bar.setValue(bar.maximum() * scroll // 100)
    picture = stage.picture()
    page.show_list()
    return picture


def _fullest(stage: Stage) -> str:
    return max(_rows(stage), key=lambda row: (len(row.expertise), len(row.profiel))).entity


def _stale(stage: Stage) -> str:
    rows = [row for row in _rows(stage) if row.profiel_gecontroleerd is not None]
    return min(rows, key=lambda row: str(row.profiel_gecontroleerd)).entity


def _team_list(folder: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEADERS, *ROWS):
        sheet.append(row)
    path = folder / "Onze deskundigen (nieuw).xlsx"
    book.save(path)
    return path


def _wizard(stage: Stage, step: int) -> QPixmap:
    """The wizard as it stands at a step."""
    _page(stage).show_list()
    wizard = ImportWizard(stage.desk, Kind.EXPERT, stage.window)
    wizard.open()
    if step != import_wizard.CHOOSE:
        wizard.take_file(_team_list(stage.spare_folder("lists")))
        stage.settle()
    while wizard.step() < step:
        wizard.ui.next.click()
        stage.settle()
    picture = stage.picture()
    wizard.reject()
    return picture


def scene_pool_list(stage: Stage) -> QPixmap:
    _page(stage).show_list()
    return stage.picture()


def scene_pool_facets(stage: Stage) -> QPixmap:
    page = _page(stage)
    page.show_list()
    page.list.chips["expertise"].tick("EX-ASS", "EX-EET")
    page.list.chips["beschikbaarheid"].tick("BS-DIRECT")
    picture = stage.picture()
    _clear(page)
    return picture


def scene_pool_facet_open(stage: Stage) -> QPixmap:
    page = _page(stage)
    page.show_list()
    stage.settle()
    chip = page.list.chips["expertise"]
    chip.open()
    popup = chip.popup()
    picture = stage.picture(stage.window)
    painter = QPainter(picture)
    painter.drawPixmap(stage.window.mapFromGlobal(popup.pos()), popup.grab())
    painter.end()
    popup.close()
    return picture


def scene_pool_narrowed_to_nothing(stage: Stage) -> QPixmap:
    page = _page(stage)
    page.show_list()
    page.list.chips["soort"].tick("SE-REGIE")
    page.list.chips["beschikbaarheid"].tick("BS-NIET")
    page.list.chips["expertise"].tick("EX-EET")
    picture = stage.picture()
    _clear(page)
    return picture


def _clear(page: PoolPage) -> None:
    for chip in page.list.chips.values():
        chip.clear()


def scene_expert(stage: Stage) -> QPixmap:
    return _profile(stage, _fullest(stage))


def scene_expert_lower(stage: Stage) -> QPixmap:
    return _profile(stage, _fullest(stage), 100)


def scene_expert_stale(stage: Stage) -> QPixmap:
    return _profile(stage, _stale(stage))


def scene_expert_new(stage: Stage) -> QPixmap:
    return _profile(stage, NEW)


def scene_import_choose(stage: Stage) -> QPixmap:
    return _wizard(stage, import_wizard.CHOOSE)


def scene_import_columns(stage: Stage) -> QPixmap:
    return _wizard(stage, import_wizard.COLUMNS)


def scene_import_values(stage: Stage) -> QPixmap:
    return _wizard(stage, import_wizard.VALUES)


def scene_import_preview(stage: Stage) -> QPixmap:
    return _wizard(stage, import_wizard.PREVIEW)


def scene_import_done(stage: Stage) -> QPixmap:
    return _wizard(stage, import_wizard.DONE)


def scene_pool_thin(stage: Stage) -> QPixmap:
    stage.bench.show_page(registry.POOL)
    while stage.workspace.understanding.catch_up(stage.workspace.actor, 100):
        pass
    dialog = ThinPoolDialog(stage.desk, stage.window)
    dialog.open()
    picture = stage.picture()
    dialog.reject()
    return picture
