"""Asking to erase a case: what happens then, what people must clear away themselves, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from bren_desktop.domain.actors import Role
from bren_desktop.domain.dutch import listing
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.requests import Sort
from bren_desktop.domain.retention import Retention
from bren_desktop.domain.rights import Right, may
from bren_desktop.errors import UserFacingError
from bren_desktop.gui import clipboard
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.erase_words import asked_line, ended_line, left_line, term_line, waits_for
from bren_desktop.gui.forms.erase_case import Ui_EraseCase
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.printing import write_file
from bren_desktop.gui.sharing.work import ShareWork
from bren_desktop.gui.syncing import Syncing
from bren_desktop.gui.widgets.look import fit, grow, restyle
from bren_desktop.services.erasing import Erased
from bren_desktop.services.requests import Listed, MadeCertificate
from bren_desktop.services.rows import CaseRow, ReadEntry
from bren_desktop.services.share_door import AskedErasure, Erasing, ShareStatus
from bren_desktop.services.sync_ports import Standing


class EraseDialog(QDialog):
    """One half of an erasure. What it leads to stays on the screen until its user closes it."""

    def __init__(self, desk: Desk, syncing: Syncing, entity: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_EraseCase()
        self.ui.setupUi(self)
        self._desk, self._syncing, self._entity = desk, syncing, entity
        self._is_asked = self._is_copy = self._is_requested = self._is_alone = False
        self.work = ShareWork(desk, syncing, self.ui.busy)
        self._connect()
        self.ui.what_term.hide()
        self.ui.witness_part.hide()
        self._show_doubles(())
        self._show_requests(())
        self._show_outside(())
        self._show_backups(())
        self._show_state(syncing.status)
        workspace = desk.workspace
        desk.tasks.ask(partial(workspace.cases.row, workspace.actor, entity), self._show_about)
        if may(workspace.actor, Right.ERASE):
            work = partial(workspace.erasing.outside, workspace.actor, entity)
            desk.tasks.ask(work, self._show_outside, self._on_unknown)
            self._ask_more()

    def done(self, result: int) -> None:
        """Pages look again once nothing stands before them."""
        super().done(result)
        if self._is_asked:
            self._syncing.look()
            self._desk.navigator.records_changed.emit(frozenset({(Kind.CASE.value, self._entity)}))

    def _ask_more(self) -> None:
        """Why the case may go, and what goes with it."""
        workspace, tasks = self._desk.workspace, self._desk.tasks
        actor, case, unknown = workspace.actor, self._entity, self._on_unknown
        tasks.ask(partial(workspace.requests.of, actor, case), self._show_requests, unknown)
        tasks.ask(partial(workspace.erasing.doubles, actor, case), self._show_doubles, unknown)
        tasks.ask(partial(workspace.closing.retention, actor, case), self._show_term, unknown)

    def _connect(self) -> None:
        ui = self.ui
        ui.close.clicked.connect(self.reject)
        ui.copy.clicked.connect(self._on_copy)
        ui.sure.toggled.connect(ui.ask.setEnabled)
        ui.ask.clicked.connect(self._on_ask)
        self._syncing.told.connect(self._on_told)
        ui.ask.setEnabled(False)

    def _show_about(self, row: CaseRow | None) -> None:
        if row is not None:
            self._is_copy = row.read_only
            self._show_state(self._syncing.status)
            self.ui.about.setText(row.title)
            workspace = self._desk.workspace
            if may(workspace.actor, Right.ERASE):
                self._desk.tasks.run(partial(workspace.erasing.is_alone, workspace.actor), self._on_alone)

    def _on_told(self, status: ShareStatus) -> None:
        """A colleague may have asked while this is open."""
        if not self._is_asked:
            self._show_state(status)

    def _show_state(self, status: ShareStatus | None) -> None:
        """What was asked so far, and whether this user can do anything about it."""
        if self._is_copy:
            self._show_copy()
            return
        asked = next((one for one in status.erasures if one.case == self._entity), None) if status else None
        if self._is_alone and not (asked and waits_for(asked, self._desk.workspace.actor)):
            self._show_witness()
            return
        is_member = status is not None and status.standing == Standing.MEMBER
        self._offer(is_member and (asked is None or waits_for(asked, self._desk.workspace.actor)))
        self.ui.ask.setText(self.tr("Nu &wissen") if asked else self.tr("&Wissen vragen"))
        self._say(self._state(asked, is_member=is_member), "alarm" if asked else "")

    def _on_alone(self, is_alone: bool) -> None:
        """Nobody else can be asked: a witness beside this user takes the place of the second."""
        self._is_alone = is_alone
        if not self._is_asked:
            self._show_state(self._syncing.status)

    def _show_witness(self) -> None:
        self._offer(True)
        self.ui.witness_part.show()
        self.ui.witness.setFocus()
        self.ui.what_two.setText(
            self.tr(
                "De casus verdwijnt met alles wat erbij hoort van deze laptop, van de share en uit de reservekopieën "
                "die het programma kent."
            )
        )
        self.ui.ask.setText(self.tr("Nu &wissen"))
        self._say(
            self.tr(
                "Uw team werkt op één laptop. Vraag iemand om naast u te komen zitten en mee te kijken, en vul de naam "
                "van die getuige in. De naam komt in het logboek, en in de verklaring als het gezin om wissen vroeg."
            ),
            "",
        )

    def _show_copy(self) -> None:
        """A case of a team that this laptop is out of: what is here goes at once, and nobody else need be asked."""
        self._offer(True)
        self._say(self.tr("Deze laptop doet niet meer mee aan het team van deze casus."), "")
        self.ui.what_two.setText(
            self.tr(
                "U wist alleen de kopie op deze laptop, en die in de reservekopieën die het programma kent. Daarvoor "
                "hoeft niemand anders iets te vragen. Wat het team heeft, blijft bij het team."
            )
        )
        self.ui.ask.setText(self.tr("Kopie &wissen"))

    def _state(self, asked: AskedErasure | None, *, is_member: bool) -> str:
        if not is_member:
            return self.tr(
                "Over wissen beslissen twee mensen samen, en dit profiel doet nog niet mee aan een netwerk. "
                "Begin bij Samenwerken (F6)."
            )
        if asked is None:
            return self.tr("Niemand heeft nog gevraagd om deze casus te wissen.")
        if waits_for(asked, self._desk.workspace.actor):
            return self.tr("{asked} Vraagt u het ook, dan wordt de casus meteen gewist.").format(
                asked=asked_line(asked)
            )
        return self.tr("{asked} U hoeft nu niets te doen.").format(asked=asked_line(asked))

    def _offer(self, offered: bool) -> None:
        ui = self.ui
        for widget in (ui.sure, ui.ask):
            widget.setVisible(offered)
        ui.close.setText(self.tr("&Annuleren") if offered else self.tr("&Sluiten"))

    def _say(self, text: str, tone: str) -> None:
        self.ui.state.setText(text)
        self.ui.state_card.setAccessibleName(text)
        restyle(self.ui.state_card, "tone", tone)
        grow(self)

    def _show_outside(self, entries: Sequence[ReadEntry]) -> None:
        ui = self.ui
        ui.outside.clear()
        ui.outside.addItems([left_line(entry) for entry in entries])
        for widget in (ui.outside_text, ui.outside, ui.copy):
            widget.setVisible(bool(entries))
        ui.no_outside.setVisible(not entries)
        grow(self)

    def _show_requests(self, requests: Sequence[Listed]) -> None:
        """Whether the family asked for it: then who completes it first keeps the verklaring."""
        asked = [each.request for each in requests if each.request.soort == Sort.DESTROY]
        self._is_requested = any(each.is_open for each in asked) and not self._is_copy
        if asked and not self._is_requested:
            self.ui.what_asked.setText(ended_line(asked[0]))
        self.ui.what_asked.setVisible(bool(asked) and not self._is_copy)
        grow(self)

    def _show_doubles(self, numbers: Sequence[str]) -> None:
        """What was merged into this case goes with it."""
        text = self.tr("Met deze casus is {nummers} samengevoegd. Die wordt samen met deze casus gewist.")
        self.ui.what_double.setText(text.format(nummers=listing(numbers)))
        self.ui.what_double.setVisible(bool(numbers))
        grow(self)

    def _show_term(self, retention: Retention) -> None:
        """Whether the case has to be kept still."""
        self.ui.what_term.setText(term_line(retention, self._desk.workspace.context.today()))
        self.ui.what_term.setHidden(self._is_copy)
        grow(self)

    def _show_backups(self, paths: Sequence[str]) -> None:
        text = self.tr(
            "Deze reservekopieën zijn nu niet bereikbaar en bevatten de casus nog. Sluit de schijf aan en werk bij, of "
            "gooi ze weg: {paths}"
        )
        self.ui.backups.setText(text.format(paths=", ".join(paths)))
        self.ui.backups.setVisible(bool(paths))
        grow(self)

    def _on_unknown(self, error: UserFacingError) -> None:
        """The case was erased since."""
        self._offer(False)
        self.ui.problem.setText(sentence(error))

    def _on_copy(self) -> None:
        lines = [self.ui.outside.item(place).text() for place in range(self.ui.outside.count())]
        clipboard.copy_secret("\n".join(lines))
        self.ui.copied.setText(self.tr("Gekopieerd. De lijst gaat na een minuut van het klembord."))

    def _on_ask(self) -> None:
        ui, workspace, witness = self.ui, self._desk.workspace, self._witness()
        if ui.witness_part.isVisible() and not witness:
            ui.problem.setText(self.tr("Vul de voornaam en achternaam in van wie naast u zit en meekijkt."))
            ui.witness.setFocus()
            return
        if not self._is_requested:
            self._erase(partial(workspace.erasing.erase, workspace.actor, self._entity, witness))
            return
        work = partial(workspace.requests.certificate, workspace.actor, self._entity, witness)
        self.work.do(work, self._on_certificate, ui.problem, ui.ask, ui.sure)

    def _witness(self) -> str:
        return self.ui.witness.text().strip() if self._is_alone else ""

    def _on_certificate(self, made: MadeCertificate | None) -> None:
        """The case goes only after its verklaring was kept."""
        if made is None:
            workspace = self._desk.workspace
            self._erase(partial(workspace.requests.destroy, workspace.actor, self._entity, self._witness()))
            return
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Verklaring bewaren"), made.name, "PDF (*.pdf)")
        if path:
            self._erase(partial(self._destroy, Path(path).with_suffix(".pdf"), made.pdf, self._witness()))

    def _destroy(self, path: Path, pdf: bytes, witness: str) -> Erased:
        """Keep the verklaring and destroy the case; where that is still there afterwards, the verklaring goes."""
        workspace = self._desk.workspace
        write_file(path, pdf)
        try:
            return workspace.requests.destroy(workspace.actor, self._entity, witness)
        except UserFacingError:
            if workspace.cases.row(workspace.actor, self._entity) is not None:
                path.unlink(missing_ok=True)
            raise

    def _erase(self, work: Callable[[], Erased]) -> None:
        self.work.do(work, self._on_asked, self.ui.problem, self.ui.ask, self.ui.sure)

    def _on_asked(self, erased: Erased) -> None:
        self._is_asked = True
        self._offer(False)
        self._show_outside(erased.outside)
        self._show_backups(erased.backups)
        self._tell_filters(erased.filters)
        if erased.state is Erasing.DONE:
            self._say(self._done_text(erased), "good")
            self.ui.what_card.hide()
            self.ui.witness_part.hide()
            fit(self)
        else:
            self._say(self._asked_text(), "")
        self.ui.close.setFocus()

    def _tell_filters(self, names: Sequence[str]) -> None:
        """Filters of this laptop that bore the name of somebody in the case."""
        if names:
            text = self.tr(
                "Deze bewaarde filters hadden een naam uit de casus en heten nu Filter met een nummer: {names}."
            )
            self._desk.messages.inform(text.format(names=listing(names)))

    def _done_text(self, erased: Erased) -> str:
        if erased.outside or erased.backups:
            return self.tr("De casus is gewist. Ruim nu zelf op wat hieronder staat.")
        if self._is_copy:
            return self.tr("De kopie op deze laptop is gewist.")
        return self.tr("De casus is gewist. Andere laptops volgen bij hun volgende keer bijwerken.")

    def _asked_text(self) -> str:
        actor = self._desk.workspace.actor
        own = AskedErasure(self._entity, (actor.name,), private=actor.role is Role.PRIVACY, mine=True)
        return self.tr("{asked} Er is nog niets gewist.").format(asked=asked_line(own))
