"""The real pages beside a letter, drawn anew while it is written, and what did not fit on them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from bren_desktop.domain.letters import Letter
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.letter import Ui_Letter
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.tasks import Ticket
from bren_desktop.gui.widgets.look import restyle
from bren_desktop.services.letters import FiledLetter


class LetterPages(QObject):
    """One such view; only the pages of the last letter that was asked for appear."""

    def __init__(self, desk: Desk, ui: Ui_Letter, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._ui = desk, ui
        self._ticket = Ticket()

    def show(self, letter: Letter) -> None:
        """Draw the pages of a letter that is being written."""
        letters, actor = self._desk.workspace.letters, self._desk.workspace.actor
        self._ticket.cancel()
        self._ui.preview_state.setText(self.tr("De bladzijden worden bijgewerkt…"))
        self._ticket = self._desk.tasks.run(
            lambda: (letters.preview(actor, letter), letters.cut(actor, letter)),
            partial(self._on_drawn, letter),
            self._on_not_drawn,
        )

    def show_filed(self, filed: FiledLetter) -> None:
        """Show the pages as they were filed."""
        self._ticket.cancel()
        self._ui.pages.show_pdf(filed.pdf, self._desk.tasks)
        self._ui.preview_state.setText(self.tr("Opgeborgen bij de casus als {kenmerk}.").format(kenmerk=filed.kenmerk))

    def _on_drawn(self, letter: Letter, made: tuple[bytes, Sequence[str]]) -> None:
        pdf, cut = made
        self._ui.pages.show_pdf(pdf, self._desk.tasks)
        too_long = [block.heading for block in letter.blocks if block.mandatory and block.heading in cut]
        told = self.tr("Zo komt de brief op papier; tot het vrijgeven met het woord CONCEPT.")
        if too_long:
            told = self.tr("Dit past niet op {n} bladzijden. Maak vóór het vrijgeven korter: {blokken}.")
        elif cut:
            told = self.tr("Ingekort tot {n} bladzijden: {blokken}. Maakt u het zelf korter, dan kiest u wat blijft.")
        self._ui.preview_state.setText(told.format(n=letter.pages, blokken=", ".join(too_long or cut)))
        restyle(self._ui.preview_state, "role", "error" if too_long else "hint")

    def _on_not_drawn(self, error: UserFacingError) -> None:
        self._ui.preview_state.setText(sentence(error))
