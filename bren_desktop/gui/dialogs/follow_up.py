"""The opvolging of an advice as it stands on the printed sheet: all points at once, each by one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.following import WITH_REASON, FollowUpSheet, Standing, ToldRow
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.aftercare_words import brief, due_words
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.follow_up import Ui_FollowUpForm
from bren_desktop.gui.widgets.look import grow_to
from bren_desktop.gui.widgets.rows_editor import RowsEditor
from bren_desktop.services.views import DraftView

ROWS = "opvolging"
ROOM_AROUND, ROOM_OF_A_POINT = 280, 72


class FollowUpDialog(RecordDialog[FollowUpSheet]):
    """The points of the advice that holds. `told`: what was said of one of them by a key on the page."""

    def __init__(
        self,
        desk: Desk,
        case: str,
        standings: Sequence[Standing],
        told: ToldRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, f"casus:{case}:opvolging", parent)
        self._case, self._told = case, told
        self.ui = Ui_FollowUpForm()
        self.ui.setupUi(self)
        self.ui.about.setText(
            self.tr(
                "Kies per punt met één toets: g gevolgd, d deels, n niet, o nog niet begonnen. "
                "Wat u openlaat, blijft zoals het was."
            )
        )
        names = {
            each.point.id: f"{number}. {brief(each.point.wat)}\n{due_words(each.point)}"
            for number, each in enumerate(standings, 1)
        }
        start = FollowUpSheet(advies=standings[0].advies, datum=desk.workspace.context.today())
        self.bind(FollowUpSheet, start, self.ui.save, self.ui.cancel, rows={ROWS: names})
        self.ui.field_opvolging.setFocus()
        grow_to(self, parent, ROOM_AROUND + ROOM_OF_A_POINT * len(standings))

    def write(self, record: FollowUpSheet) -> Callable[[], object]:
        workspace, case = self.desk.workspace, self._case
        return lambda: workspace.aftercare.follow_up(workspace.actor, case, record)

    def done_text(self) -> str:
        return self.tr("Opvolging vastgelegd.")

    def _on_draft(self, draft: DraftView | None) -> None:
        super()._on_draft(draft)
        editor = self.ui.field_opvolging.editor
        if self._told is not None and isinstance(editor, RowsEditor):
            self._take(self._told, editor)

    def _on_refused(self, error: UserFacingError) -> None:
        """Say why, and go to the first reason that is missing."""
        super()._on_refused(error)
        editor = self.ui.field_opvolging.editor
        rows = editor.raw() if isinstance(editor, RowsEditor) else []
        bare = next((row for row in rows if row["stand"] in WITH_REASON and not row["reden"]), None)
        if bare is not None and isinstance(editor, RowsEditor):
            editor.go_to(str(bare["id"]), "reden")

    def _take(self, told: ToldRow, editor: RowsEditor) -> None:
        """What was said on the page, on top of a draft; then on to the reason, or to saving."""
        others = [row for row in editor.raw() if row.get("id") != told.id]
        editor.set_raw([*others, {"id": told.id, "stand": told.stand}])
        self.binding.edited.emit()
        if told.stand in WITH_REASON:
            editor.go_to(told.id, "reden")
        else:
            self.ui.save.setDefault(True)
            self.ui.save.setFocus()
