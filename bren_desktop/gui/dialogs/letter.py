"""A document of a case: every block can be edited, the real pages beside it, and the ways to file it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.letters import ADDRESS, Letter, LetterRequest, PaperRequest
from bren_desktop.domain.papers.consultation import CONSULTATION
from bren_desktop.domain.papers.kind import PaperKind
from bren_desktop.domain.records import Team
from bren_desktop.errors import InvalidInputError, MissingConsentError, UserFacingError
from bren_desktop.gui import printing
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.letter_form import LetterForm
from bren_desktop.gui.dialogs.letter_pages import LetterPages
from bren_desktop.gui.dialogs.sending import SendMenu
from bren_desktop.gui.drafting import DraftKeeper
from bren_desktop.gui.forms.letter import Ui_Letter
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.tasks import Ticket
from bren_desktop.gui.widgets.look import fill_window, restyle
from bren_desktop.services.letters import FiledLetter
from bren_desktop.services.readlog import Leaving
from bren_desktop.services.releasing import WithdrawnConsentError, may_release
from bren_desktop.services.views import DraftView

WAITS_MS = 500


class UnreadError(UserFacingError):
    """What would be released is not what its reader saw."""

    def __init__(self) -> None:
        super().__init__(
            "De casus is intussen gewijzigd, en deze brief daardoor ook. Er is nog niets vrijgegeven. "
            "Lees de brief opnieuw en geef hem dan vrij."
        )


class LetterDialog(QDialog):
    """One document about one case; a consultatievraag goes to one expert. `filed` tells that it lies with the case.

    `begun` holds what a concept said, to go on with.
    """

    filed = Signal()

    def __init__(
        self,
        desk: Desk,
        case: str,
        expert: str,
        parent: QWidget | None = None,
        *,
        kind: PaperKind = CONSULTATION,
        begun: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_Letter()
        self.ui.setupUi(self)
        fill_window(self, parent)
        self._desk, self._case, self._expert, self._kind = desk, case, expert, kind
        self._begun = begun
        self._letter: Letter | None = None
        self._shown_for: PaperRequest | None = None
        self._filed: FiledLetter | None = None
        self._ticket = Ticket()
        self.pages = LetterPages(desk, self.ui, self)
        self.form = LetterForm(self.ui, kind, desk.workspace.context.today(), self)
        self._keeper = DraftKeeper(desk, f"casus:{case}:brief:{expert or kind.key}", self.form.typed, self)
        self._later = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._later.timeout.connect(self.refresh)
        self._may_release = False
        self._connect()
        self._start()

    def refresh(self) -> None:
        """Compose the letter anew from what was typed."""
        request = self.form.request()
        if request is None:
            return
        workspace = self._desk.workspace
        self._ticket.cancel()
        self._ticket = self._desk.tasks.ask(
            partial(self._compose, workspace.actor, request),
            partial(self._on_prepared, request),
            self._on_not_prepared,
        )

    def release(self) -> None:
        """File it as released; without that right it becomes a concept."""
        self._file(release=self._may_release)

    def make_concept(self) -> None:
        """File it as a concept."""
        self._file(release=False)

    def keep_draft(self) -> None:
        """Keep at once what was typed."""
        self._keeper.keep()

    def done(self, result: int) -> None:
        """Go away, however it was left; what was typed and not filed stays as a draft."""
        self._later.stop()
        self.keep_draft()
        super().done(result)

    def _connect(self) -> None:
        ui = self.ui
        ui.missing_bar.hide()
        ui.consent_problem.hide()
        ui.release.hide()
        ui.title.setText(self._kind.title)
        self.send = SendMenu(self._desk, self)
        ui.send.setMenu(self.send)
        self._allow_copies()
        self.form.edited.connect(self._on_edited)
        self.form.left.connect(self._keeper.keep)
        ui.concept.clicked.connect(self.make_concept)
        ui.release.clicked.connect(self.release)
        ui.keep_as_is.clicked.connect(self.form.keep_as_is)
        ui.close.clicked.connect(self.reject)
        ui.print.clicked.connect(self._on_print)
        ui.save_as.clicked.connect(self._on_save)
        for keys, slot in (
            ("Ctrl+Return", self.release),
            ("Ctrl+Enter", self.release),
            ("Ctrl+S", self.make_concept),
            ("Ctrl+P", self._on_print),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _start(self) -> None:
        workspace, key = self._desk.workspace, self._keeper.key
        self._desk.tasks.ask(
            lambda: (workspace.team.get(workspace.actor), workspace.drafts.get(workspace.actor, key)), self._on_started
        )

    def _on_started(self, found: tuple[Team, DraftView | None]) -> None:
        team, draft = found
        actor = self._desk.workspace.actor
        self._may_release = may_release(actor, team, self._kind)
        self.ui.release.setVisible(self._may_release)
        self.ui.release_note.setText(" ".join(filter(None, (self._release_note(actor), self._unreachable(team)))))
        fields = self._begun or (draft.fields if draft else None)
        if fields is not None:
            self.form.lay_over(fields)
        self.refresh()

    def _release_note(self, actor: Actor) -> str:
        if self._may_release:
            return self.tr("Een vrijgegeven brief blijft onveranderd bewaard, met kenmerk, datum en uw naam.")
        return self.tr(
            "Met de rol {rol} maakt u deze brief als concept, met watermerk. "
            "De voorzitter of plaatsvervanger geeft hem vrij."
        ).format(rol=actor.role.value)

    def _unreachable(self, team: Team) -> str:
        if team.telefoon or team.email:
            return ""
        return self.tr("In het briefhoofd ontbreken een telefoonnummer en e-mailadres. Vul ze aan bij Beheer.")

    def _on_edited(self) -> None:
        self._keeper.touch()
        self._later.start()

    def _on_prepared(self, request: PaperRequest, letter: Letter) -> None:
        first = self._letter is None
        self._letter, self._shown_for = letter, request
        self.ui.kenmerk.setText(letter.kenmerk)
        self.ui.recipient.setText(", ".join(letter.recipient) or self._without_address())
        if letter.identifying:
            self.ui.consent_problem.hide()
        self.form.show_letter(letter)
        self._say_missing(letter)
        if first:
            self.form.focus_first_gap()
        self.pages.show(letter)

    def _on_not_prepared(self, error: UserFacingError) -> None:
        if isinstance(error, MissingConsentError):
            self.form.refuse_name(sentence(error))
            self.refresh()
        elif not (isinstance(error, InvalidInputError) and self.form.say(error)):
            self._desk.messages.fail(error)

    def _say_missing(self, letter: Letter) -> None:
        names = letter.missing_headings
        said = self.tr("Nog verplicht vóór het vrijgeven: {blokken}.").format(blokken=", ".join(names))
        if ADDRESS in letter.missing:
            said += " " + self._where_address_goes()
        self._say_above(said if names else "", "warn")
        self.ui.keep_as_is.setVisible(bool(self.form.unread))

    def _say_above(self, text: str, tone: str) -> None:
        """Say above the blocks what stands in the way."""
        self.ui.missing.setText(text)
        self.ui.missing_bar.setVisible(bool(text))
        restyle(self.ui.missing_bar, "tone", tone)

    def _without_address(self) -> str:
        if self._expert:
            return self.tr("Van dit pareltje is geen postadres bekend.")
        return self.tr("Zonder adres: om te overhandigen.") if not self._kind.addressed else ""

    def _where_address_goes(self) -> str:
        if self._expert:
            return self.tr("Het postadres vult u in bij het pareltje.")
        return self.tr("Het adres vult u hierboven in.")

    def _compose(self, actor: Actor, request: PaperRequest) -> Letter:
        letters = self._desk.workspace.letters
        if isinstance(request, LetterRequest):
            return letters.prepare(actor, self._case, self._expert, request)
        return letters.prepare_paper(actor, self._kind.key, self._case, request)

    def _file(self, *, release: bool, despite_withdrawal: bool = False) -> None:
        """Compose a last time, so that nothing typed in the last moment is left out, and file it."""
        request = self.form.request()
        if request is None or not self.ui.concept.isEnabled():
            return
        self._later.stop()
        self._ticket.cancel()
        self._set_busy(busy=True)
        self._desk.tasks.do(
            partial(self._work, request, release=release, channel=self.form.channel(), despite=despite_withdrawal),
            self._on_filed,
            self._on_refused,
        )

    def _work(self, request: PaperRequest, *, release: bool, channel: str, despite: bool) -> FiledLetter:
        workspace = self._desk.workspace
        letter = self._prepared(request)
        if release:
            self._check_read(request, letter)
        return workspace.letters.file(
            workspace.actor, letter, release=release, channel=channel, despite_withdrawal=despite
        )

    def _prepared(self, request: PaperRequest) -> Letter:
        """The letter as it is now; where consent is gone, as it was shown: that becomes a concept."""
        workspace, shown = self._desk.workspace, self._letter
        try:
            return self._compose(workspace.actor, request)
        except MissingConsentError:
            if shown is None or not shown.identifying:
                raise
            return shown

    def _check_read(self, request: PaperRequest, letter: Letter) -> None:
        """What is released was on the screen, but for what was typed since."""
        shown, asked = self._letter, self._shown_for
        if shown is None or asked is None:
            raise UnreadError
        now = letter if letter is shown or request == asked else self._compose(self._desk.workspace.actor, asked)
        if now.blocks != shown.blocks:
            raise UnreadError

    def _on_filed(self, filed: FiledLetter) -> None:
        self._filed = filed
        self.send.show_document(filed.entity, filed.kenmerk)
        self._keeper.drop()
        self.ui.kenmerk.setText(filed.kenmerk)
        self.pages.show_filed(filed)
        self._desk.messages.inform(self.tr("Brief opgeborgen: {kenmerk}.").format(kenmerk=filed.kenmerk))
        self.form.freeze()
        self._allow_copies()
        self.ui.save_as.setFocus()
        self.filed.emit()

    def _on_refused(self, error: UserFacingError) -> None:
        self._set_busy(busy=False)
        self._say_above(sentence(error), "alarm")
        if isinstance(error, WithdrawnConsentError):
            if self._desk.messages.confirm(sentence(error), self.tr("Toch vrijgeven")):
                self._file(release=True, despite_withdrawal=True)
            return
        if isinstance(error, UnreadError):
            self.refresh()
        if isinstance(error, MissingConsentError):
            self.form.refuse_name(sentence(error))
        elif not (isinstance(error, InvalidInputError) and self.form.say(error)):
            self._desk.messages.fail(error)

    def _set_busy(self, *, busy: bool) -> None:
        self.ui.concept.setEnabled(not busy)
        self.ui.release.setEnabled(not busy)

    def _allow_copies(self) -> None:
        """A letter leaves the program only after it was filed."""
        for button in (self.ui.print, self.ui.save_as, self.ui.send):
            button.setVisible(self._filed is not None)

    def _on_print(self) -> None:
        self._leave(self._print)

    def _on_save(self) -> None:
        self._leave(self._save)

    def _leave(self, leave: Callable[[FiledLetter], None]) -> None:
        """Consent may have been withdrawn since it was filed."""
        if self._filed is not None:
            filed = self._filed
            printing.if_allowed(self._desk, filed.entity, partial(leave, filed), self._on_kept_in)

    def _on_kept_in(self, error: UserFacingError) -> None:
        self._say_above(sentence(error), "alarm")

    def _print(self, filed: FiledLetter) -> None:
        if printing.print_pdf(filed.pdf, self):
            printing.log_leaving(self._desk, self._case, Leaving.PRINTED, filed.kenmerk)
            self._desk.messages.inform(self.tr("Naar de printer gestuurd."))

    def _save(self, filed: FiledLetter) -> None:
        if printing.save_pdf(self._desk, filed.pdf, filed.kenmerk, self):
            printing.log_leaving(self._desk, self._case, Leaving.SAVED, filed.kenmerk)
