"""Beginning: a network of one's own on an empty folder, or joining with an invite and its code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from bren_desktop.domain.rights import Right, may
from bren_desktop.errors import InvalidInputError, NoWriteAccessError
from bren_desktop.gui.chosen_file import read_chosen
from bren_desktop.gui.forms.sharing import Ui_Sharing
from bren_desktop.gui.sharing.work import ShareWork

LARGEST_INVITE = 1_000_000
_REFUSAL = "De uitnodiging kan niet worden gelezen. Kies een ander bestand."


class Start(QObject):
    """`created` and `asked` (with the six words) tell that it was done."""

    created = Signal()
    asked = Signal(tuple)

    def __init__(self, ui: Ui_Sharing, work: ShareWork, window: QWidget) -> None:
        super().__init__(window)
        self._ui, self._work, self._window = ui, work, window
        self._actor = work.desk.workspace.actor
        ui.browse_folder.clicked.connect(self._on_browse_folder)
        ui.browse_invite.clicked.connect(self._on_browse_invite)
        ui.create.clicked.connect(self._on_create)
        ui.join.clicked.connect(self._on_join)
        ui.bring_back.setVisible(may(self._actor, Right.ADMIT))
        ui.create_card.setEnabled(may(self._actor, Right.ADMIT))
        if not may(self._actor, Right.ADMIT):
            ui.create_text.setText(self.tr("Een netwerk beginnen doet een voorzitter of plaatsvervanger."))
        if may(self._actor, Right.DECIDE):
            brings = self.tr(
                "Uw eigen casussen komen mee. Krijgt u in dat team een andere rol, dan staan uw besluiten daar als "
                "contactmoment: de voorzitter van het team neemt ze over."
            )
            ui.join_text.setText(f"{ui.join_text.text()} {brings}")

    def _on_browse_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Map op het netwerk kiezen"))
        if folder:
            self._ui.folder.setText(folder)

    def _on_browse_invite(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self._window, self.tr("Uitnodiging kiezen"))
        if path:
            self._ui.invite_file.setText(path)

    def _on_create(self) -> None:
        ui = self._ui
        folder, network = ui.folder.text().strip(), ui.network.text().strip()
        if not folder or not network:
            ui.create_error.setText(self.tr("Kies een map en geef het netwerk een naam. Er is nog niets gemaakt."))
            (ui.network if folder else ui.folder).setFocus()
            return
        if ui.make_recovery.isChecked():
            self._ask_recovery_folder(folder, network)
        else:
            self.create(folder, network)

    def _ask_recovery_folder(self, folder: str, network: str) -> None:
        title = self.tr("Waar komen de twee herstelbestanden?")
        place = QFileDialog.getExistingDirectory(self._window, title)
        if place:
            self.create(folder, network, Path(place))

    def create(self, folder: str, network: str, recovery: Path | None = None) -> None:
        """Found the network; with `recovery`, first write the two halves of its recovery there."""
        desk, syncing, actor = self._work.desk, self._work.syncing, self._actor
        sharing, told = desk.workspace.sharing, self._told(recovery)
        names = (self.tr("Herstel {network} - IT.bren"), self.tr("Herstel {network} - coordinator.bren"))

        def found() -> None:
            if recovery is not None:
                paths = [recovery / name.format(network=_file_name(network)) for name in names]
                sharing.make_recovery(actor, lambda *halves: _write_halves(paths, halves))
            sharing.create(actor, folder, network)

        def after() -> None:
            syncing.look()
            if told:
                desk.messages.warn(told)

        self._work.do(found, lambda _: self.created.emit(), self._ui.create_error, self._ui.create, after=after)

    def _told(self, recovery: Path | None) -> str:
        """What is to be done with the halves that were written; known before this window may be closed."""
        text = self.tr(
            "Het netwerk is begonnen. In {folder} staan twee herstelbestanden. Geef het ene aan IT en het andere "
            "aan de coördinator, elk op een eigen stick, en gooi ze daarna hier weg."
        )
        return text.format(folder=recovery) if recovery else ""

    def _on_join(self) -> None:
        ui = self._ui
        path, code = ui.invite_file.text().strip(), ui.code.text().strip()
        if not path or not code:
            ui.join_error.setText(self.tr("Kies het bestand en typ de code. Er is nog niets aangevraagd."))
            (ui.code if path else ui.invite_file).setFocus()
            return
        sharing, actor = self._work.desk.workspace.sharing, self._actor

        def join() -> tuple[str, ...]:
            return sharing.join(actor, read_chosen(Path(path), LARGEST_INVITE + 1, _REFUSAL), code)

        self._work.do(join, self._on_asked, ui.join_error, ui.join)

    def _on_asked(self, words: tuple[str, ...]) -> None:
        self._ui.code.clear()
        self._work.syncing.look()
        self.asked.emit(words)


def _file_name(network: str) -> str:
    return "".join(letter for letter in network if letter.isalnum() or letter in " -_").strip() or "netwerk"


def _write_halves(paths: Sequence[Path], halves: Iterable[bytes]) -> None:
    """Write both halves or neither, where there are none yet: those made before open nothing from then on."""
    if any(path.exists() for path in paths):
        raise InvalidInputError(
            "In deze map staan al herstelbestanden van dit netwerk. Er is niets veranderd. Kies een andere map."
        )
    try:
        with ExitStack() as undo:
            for path, half in zip(paths, halves, strict=True):
                with path.open("xb") as file:
                    undo.callback(path.unlink)
                    file.write(half)
            undo.pop_all()
    except OSError as error:
        raise NoWriteAccessError from error
