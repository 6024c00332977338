"""Accepting a case that another team handed over: its file, its code, and a look before it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from bren_desktop.crypto.packages import LARGEST_FILE
from bren_desktop.domain.cases import Case
from bren_desktop.domain.dutch import listing, short_date, shortened
from bren_desktop.domain.fields import notes
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.chosen_file import read_chosen
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.move_case import CRISIS
from bren_desktop.gui.forms.take_over import Ui_TakeOver
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.widgets.look import fit, grow
from bren_desktop.services.taking_over import Offered
from bren_desktop.services.workspace import Workspace

_LONGEST = 600
"""Characters of one line of the summary; all of it is read once the case is accepted."""


class TakeOverDialog(QDialog):
    """`accepted_case` carries the entity of the new case."""

    accepted_case = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_TakeOver()
        self.ui.setupUi(self)
        self._desk, self._path, self._seen = desk, Path(), b""
        ui = self.ui
        ui.choose.clicked.connect(self._on_choose)
        ui.look.clicked.connect(self.look)
        ui.code.returnPressed.connect(self.look)
        ui.code.textEdited.connect(self._forget)
        ui.accept.clicked.connect(self.take_over)
        ui.cancel.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.take_over)
        self._forget()
        ui.choose.setFocus()
        fit(self)

    def show_file(self, path: Path) -> None:
        """The file in which the case came."""
        self._path = path
        self.ui.file.setText(path.name)
        self._forget()
        self.ui.code.setFocus()

    def look(self) -> None:
        """Show what is in the file, before anything is kept."""
        if self._path.name:
            self._forget()
            work = partial(_looked, self._desk.workspace, self._path, self.ui.code.text())
            self._desk.tasks.do(work, self._show, self._on_refused)
        else:
            self._say(self.tr("Kies eerst het bestand."))

    def take_over(self) -> None:
        """Record it as a new case of this team, once it was looked at."""
        if self.ui.accept.isEnabled():
            self.ui.accept.setEnabled(False)
            workspace, code = self._desk.workspace, self.ui.code.text()
            work = partial(workspace.taking_over.accept, workspace.actor, self._seen, code)
            self._desk.tasks.do(work, self._on_taken, self._on_refused)

    def _on_choose(self) -> None:
        title, kinds = self.tr("Overgedragen casus kiezen"), self.tr("Overgedragen casus (*.bren)")
        path, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if path:
            self.show_file(Path(path))

    def _forget(self) -> None:
        """Another file or code: what was seen is not about it."""
        for card in (self.ui.seen_card, self.ui.warning_bar):
            card.hide()
        self.ui.accept.setEnabled(False)
        self._seen = b""
        self._say("")

    def _show(self, looked: tuple[bytes, Offered]) -> None:
        """What was looked at is what is accepted, whatever becomes of the file."""
        self._seen, offered = looked
        ui = self.ui
        ui.seen_title.setText(self._title(offered))
        ui.seen.setText("\n".join(self._lines(offered)))
        warnings = "\n".join(self._warnings(offered))
        ui.warning.setText(warnings)
        ui.warning_bar.setVisible(bool(warnings))
        ui.warning_bar.setAccessibleName(warnings)
        ui.seen_card.show()
        ui.accept.setEnabled(offered.already is None)
        (ui.accept if offered.already is None else ui.cancel).setFocus()
        fit(self)

    def _title(self, offered: Offered) -> str:
        age = self.tr("{n} jaar").format(n=offered.age) if offered.age is not None else self.tr("leeftijd onbekend")
        initials = offered.initials or self.tr("zonder naam")
        return " · ".join(part for part in (offered.package.nummer, initials, age) if part)

    def _lines(self, offered: Offered) -> Iterator[str]:
        package, urgency = offered.package, vocabulary("urgentie").label(offered.urgency)
        day = short_date(package.dag) if package.dag else ""
        yield self.tr("Van {team}, overgedragen op {dag} door {wie}.").format(
            team=package.sender, dag=day, wie=package.door
        )
        told = {
            self.tr("Contact"): package.contact,
            self.tr("Urgentie"): urgency,
            self.tr("Reden"): package.reden,
            self.tr("Op grond van"): package.grond,
            self.tr("Geschiedenis"): self.tr("{n} teksten").format(n=len(package.verhaal)) if package.verhaal else "",
            self.tr("Bijlagen"): listing(offered.attachments),
        }
        yield from (f"{name}: {_one_line(text)}" for name, text in told.items() if text)

    def _warnings(self, offered: Offered) -> Iterator[str]:
        if offered.urgency == CRISIS:
            yield self.tr("Crisis: bel de crisisdienst, vandaag nog, en spreek af wie er nu belt.")
        if offered.already is not None:
            text = self.tr("Deze casus is al aangenomen, als {nummer}.")
            yield text.format(nummer=offered.already.nummer)
        elif offered.alike:
            one = self.tr("U hebt al een casus die hierop lijkt ({casussen}). Aannemen maakt er een bij.")
            more = self.tr("U hebt al casussen die hierop lijken ({casussen}). Aannemen maakt er een bij.")
            text = one if len(offered.alike) == 1 else more
            yield text.format(casussen=listing([row.title for row in offered.alike]))
        if offered.missing:
            fields = listing([notes(Case)[field].label for field in offered.missing])
            text = self.tr("Voor een aanmelding ontbreekt nog: {velden}. De casus begint als concept.")
            yield text.format(velden=fields)
        if offered.refused:
            text = self.tr("Deze bijlagen komen niet mee, omdat een casus ze niet mag bevatten: {namen}.")
            yield text.format(namen=_one_line(listing(offered.refused)))

    def _on_taken(self, entity: str) -> None:
        self._desk.messages.inform(self.tr("De casus is aangenomen. Bel het andere team en geef het nummer door."))
        self.accepted_case.emit(entity)
        self.accept()

    def _on_refused(self, error: UserFacingError) -> None:
        self._say(sentence(error))
        self.ui.code.setFocus()
        self.ui.code.selectAll()

    def _say(self, text: str) -> None:
        self.ui.problem.setText(text)
        self.ui.problem.setVisible(bool(text))
        grow(self)


def _one_line(text: str) -> str:
    """What somebody wrote elsewhere, so that it pushes nothing out of the window and looks like no other line."""
    return shortened(" ".join(text.split()), _LONGEST)


def _looked(workspace: Workspace, path: Path, code: str) -> tuple[bytes, Offered]:
    file = read_chosen(path, LARGEST_FILE + 1, "Het bestand kan niet worden gelezen. Kies het opnieuw.")
    return file, workspace.taking_over.look(workspace.actor, file, code)
