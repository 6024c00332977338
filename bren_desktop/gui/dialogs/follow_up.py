"""The opvolging of an advice as it stands on the printed sheet: all points and plans at once, each by one key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.advising import FAILED
from bren_desktop.domain.following import WITH_REASON, FollowUpSheet, PlanStanding, Standing, ToldRow
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.aftercare_words import brief, due_words
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.follow_up import Ui_FollowUpForm
from bren_desktop.gui.widgets.look import grow_to
from bren_desktop.gui.widgets.rows_editor import RowsEditor
from bren_desktop.services.views import DraftView

ROWS, PLANS = "opvolging", "planstanden"
ROOM_AROUND, ROOM_OF_A_POINT = 280, 72
_EXPLAINED = WITH_REASON | {FAILED}


class FollowUpDialog(RecordDialog[FollowUpSheet]):
    """The points and plans of the advice that holds. `told`: what was said of one of them by a key on the page."""

    def __init__(
        self,
        desk: Desk,
        case: str,
        standings: Sequence[Standing],
        plans: Sequence[PlanStanding],
        told: FollowUpSheet,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, f"casus:{case}:opvolging", parent)
        self._case, self._told = case, told
        self.ui = Ui_FollowUpForm()
        self.ui.setupUi(self)
        self.ui.about.setText(
            self.tr(
                "Kies per punt met één toets: g gevolgd, d deels, n niet, o nog niet begonnen. "
                "Bij een plan: k gekozen, s gestrand, o nog niet aan de orde. Wat u openlaat, blijft zoals het was."
            )
        )
        names = {
            each.point.id: f"{number}. {brief(each.point.wat)}\n{due_words(each.point)}"
            for number, each in enumerate(standings, 1)
        }
        letters = {each.plan.id: f"{each.plan.id}. {brief(each.plan.tekst)}" for each in plans}
        start = FollowUpSheet(advies=standings[0].advies, datum=desk.workspace.context.today())
        self.bind(FollowUpSheet, start, self.ui.save, self.ui.cancel, rows={ROWS: names, PLANS: letters})
        self.ui.field_planstanden.setVisible(bool(plans))
        self.ui.field_opvolging.setFocus()
        grow_to(self, parent, ROOM_AROUND + ROOM_OF_A_POINT * (len(standings) + len(plans)))

    def write(self, record: FollowUpSheet) -> Callable[[], object]:
        workspace, case = self.desk.workspace, self._case
        return lambda: workspace.aftercare.follow_up(workspace.actor, case, record)

    def done_text(self) -> str:
        return self.tr("Opvolging vastgelegd.")

    def _on_draft(self, draft: DraftView | None) -> None:
        super()._on_draft(draft)
        for name, editor in self._editors():
            for row in getattr(self._told, name):
                self._take(row, editor)

    def _on_refused(self, error: UserFacingError) -> None:
        """Say why, and go to the first reason that is missing."""
        super()._on_refused(error)
        for _, editor in self._editors():
            bare = next((row for row in editor.raw() if row["stand"] in _EXPLAINED and not row["reden"]), None)
            if bare is not None:
                editor.go_to(str(bare["id"]), "reden")
                return

    def _take(self, told: ToldRow, editor: RowsEditor) -> None:
        """What was said on the page, on top of a draft; then on to the reason, or to saving."""
        others = [row for row in editor.raw() if row.get("id") != told.id]
        editor.set_raw([*others, {"id": told.id, "stand": told.stand}])
        self.binding.edited.emit()
        if told.stand in _EXPLAINED:
            editor.go_to(told.id, "reden")
        else:
            self.ui.save.setDefault(True)
            self.ui.save.setFocus()

    def _editors(self) -> Iterator[tuple[str, RowsEditor]]:
        for name in (ROWS, PLANS):
            editor = self.binding.fields[name].editor
            if isinstance(editor, RowsEditor):
                yield name, editor
