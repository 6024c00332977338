"""Who does whose work for a while: what is agreed, and agreeing on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.planning import StandIn
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.stand_in import Ui_StandInForm
from bren_desktop.gui.navigator import STAND_IN
from bren_desktop.services.access import Colleague
from bren_desktop.services.rows import Changes
from bren_desktop.services.workspace import Workspace

_ENTITY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Loaded:
    colleagues: Sequence[Colleague]
    known: Sequence[tuple[str, StandIn]]


class StandInDialog(RecordDialog[StandIn]):
    """`ended` tells that one of the stand-ins was ended."""

    ended = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, STAND_IN, parent)
        self.ui = Ui_StandInForm()
        self.ui.setupUi(self)
        self.ui.about.setText(
            self.tr(
                "De waarnemer ziet in die tijd ook de casussen die aan de afwezige collega zijn toegewezen, en diens "
                "werk, met de naam erbij."
            )
        )
        self.bind(StandIn, StandIn(van=desk.workspace.context.today()), self.ui.save, self.ui.cancel)
        self.ui.end.clicked.connect(self._on_end)
        self.ui.absent.setFocus()
        desk.tasks.ask(partial(_load, desk.workspace), self._show)

    def write(self, record: StandIn) -> Callable[[], object]:
        workspace = self.desk.workspace
        absent, other = self._chosen(self.ui.absent.currentData()), self._chosen(self.ui.stand_in.currentData())
        named = record.model_copy(
            update={
                "persoon": absent.person if absent else "",
                "naam": absent.name if absent else "",
                "rol": absent.role.value if absent else "",
                "waarnemer": other.person if other else "",
                "waarnemer_naam": other.name if other else "",
            }
        )
        return lambda: workspace.planning.let_stand_in(workspace.actor, named)

    def done_text(self) -> str:
        return self.tr("De waarneming is vastgelegd.")

    def _chosen(self, colleague: object) -> Colleague | None:
        return colleague if isinstance(colleague, Colleague) else None

    def _show(self, loaded: _Loaded) -> None:
        actor = self.desk.workspace.actor
        here = [each for each in loaded.colleagues if not each.gone]
        absent = here if may(actor, Right.ASSIGN) else [each for each in here if each.person == actor.person]
        for box, people in ((self.ui.absent, absent), (self.ui.stand_in, here)):
            box.clear()
            for each in people:
                box.addItem(f"{each.name} · {each.role.value}", each)
        self.ui.absent.setCurrentIndex(max(0, [each.person for each in absent].index(actor.person)))
        others = [number for number, each in enumerate(here) if each.person != actor.person]
        self.ui.stand_in.setPlaceholderText(self.tr("Nog geen collega in dit team"))
        self.ui.stand_in.setCurrentIndex(others[0] if others else -1)
        self._show_known(loaded.known)

    def _show_known(self, known: Sequence[tuple[str, StandIn]]) -> None:
        self.ui.known.clear()
        for entity, each in known:
            words = self.tr("{other} voor {absent}, van {van} tot en met {tot}").format(
                other=each.waarnemer_naam, absent=each.naam, van=_day(each.van), tot=_day(each.tot)
            )
            item = QListWidgetItem(words, self.ui.known)
            item.setData(_ENTITY, entity)
        for widget in (self.ui.known, self.ui.known_label, self.ui.end):
            widget.setVisible(bool(known))
        self.ui.known.setCurrentRow(0)

    def _on_end(self) -> None:
        item = self.ui.known.currentItem()
        if item is not None:
            workspace = self.desk.workspace
            self.desk.tasks.do(
                partial(workspace.planning.end_stand_in, workspace.actor, item.data(_ENTITY)), self._on_ended
            )

    def _on_ended(self, _: Changes) -> None:
        workspace = self.desk.workspace
        self.desk.messages.inform(self.tr("De waarneming is beëindigd."))
        self.desk.tasks.ask(lambda: workspace.planning.stand_ins(workspace.actor), self._show_known)
        self.ended.emit()


def _day(day: date | None) -> str:
    return short_date(day) if day else ""


def _load(workspace: Workspace) -> _Loaded:
    actor = workspace.actor
    return _Loaded(workspace.access.colleagues(actor), workspace.planning.stand_ins(actor))
