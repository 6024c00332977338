"""The window of handing a case over: to which team, with what, and the code of the package, shown once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QListWidgetItem, QWidget

from bren_desktop.domain.attachments import Attachment
from bren_desktop.domain.life import Step
from bren_desktop.domain.masking import without_criminal
from bren_desktop.domain.sharing import Verdict
from bren_desktop.domain.transitions import Transition
from bren_desktop.domain.vocabulary import CONCEPTS, vocabulary
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.move_case import MoveDialog
from bren_desktop.gui.forms.hand_over import Ui_HandOver
from bren_desktop.gui.printing import write_file
from bren_desktop.gui.widgets.look import fit, grow, restyle
from bren_desktop.services.handing_over import NotWrittenError, Recipient, Sealed, package_name
from bren_desktop.services.views import OpenCase

_TO = "doorgeleid_naar"
_WIDTH, _MOST_ROWS, _EDGE = 720, 2, 2
_BESIDE_THE_DAY = (0, 4, 1, 8)
_ENTITY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Made:
    """A package that was written, with its code."""

    path: Path
    code: str
    caution: str


class HandOverDialog(MoveDialog):
    """`recorded` tells that the case was handed over. With `again_to` it was already, and the package is made anew."""

    def __init__(
        self, desk: Desk, opened: OpenCase, step: Step, about: str, parent: QWidget | None = None, again_to: str = ""
    ) -> None:
        self._team, self._is_again, self._folder = "", False, Path()
        self._has_criminal = without_criminal(opened.case, desk.workspace.context.listed(CONCEPTS)) != opened.case
        super().__init__(desk, opened, step, about, parent)
        self.binding.fields[_TO].rename(self.tr("Naar welk expertteam"))
        self.binding.fields["reden"].rename(self.tr("Reden, en wat het andere team moet weten (dit gaat mee)"))
        workspace = desk.workspace
        desk.tasks.ask(partial(workspace.attachments.of, workspace.actor, opened.entity), self._show_files)
        if again_to:
            self._make_again(again_to)

    def prepare(self) -> None:
        """Beneath the fields: what goes along, whether it may, and afterwards the code."""
        panel, self.more = QWidget(self), Ui_HandOver()
        self.more.setupUi(panel)
        self.ui.more.addWidget(panel)
        self.resize(_WIDTH, self.height())
        self.ui.grid.addWidget(self.ui.field_doorgeleid_naar, *_BESIDE_THE_DAY)
        more = self.more
        for widget in (more.state_card, more.what_card, more.code_card, more.files, more.files_label):
            widget.hide()
        more.criminal.setVisible(self._has_criminal)
        more.criminal_reason.hide()
        more.criminal.toggled.connect(more.criminal_reason.setVisible)
        more.criminal.toggled.connect(self._grow)

    def suggestions(self) -> Mapping[str, Sequence[str]]:
        own = self.desk.workspace.actor.team
        return {_TO: [team.label for team in vocabulary("teams") if team.code != own]}

    def save(self) -> None:
        """Ask where the package goes, before the step is made."""
        is_whole = self._team and self.binding.parse() is not None
        if not is_whole or (self.ui.save.isEnabled() and self._is_explained() and self._choose_folder()):
            super().save()

    def _is_explained(self) -> bool:
        """Whether it says why data of a criminal-law kind go along, if they do."""
        more = self.more
        if not more.criminal.isChecked() or more.criminal_reason.text().strip():
            return True
        self._say(self.tr("Schrijf op waarom strafrechtelijke gegevens meegaan, of vink het uit."), "alarm")
        more.criminal_reason.setFocus()
        return False

    def _choose_folder(self) -> bool:
        folder = QFileDialog.getExistingDirectory(self, self.tr("In welke map komt het bestand?"), str(Path.home()))
        self._folder = Path(folder)
        return bool(folder)

    def write(self, record: Transition) -> Callable[[], object]:
        if not self._team:
            return super().write(record)
        workspace, to, path = self.desk.workspace, self._recipient(), self._folder / package_name()
        handing = workspace.handing_over
        if self._is_again:
            return lambda: _written(handing.again(workspace.actor, self.entity, to), path)
        return lambda: _written(handing.hand_over(workspace.actor, self.entity, to, record), path)

    def shown(self, record: Transition | None) -> None:
        """Ask whether the case may go to the team that was named."""
        said = record.doorgeleid_naar if record is not None else ""
        team = vocabulary("teams").find(said) or ""
        if team != self._team or not team:
            self._team = team
            self._say_no_team(said)
            if team:
                workspace = self.desk.workspace
                work = partial(workspace.handing_over.verdict, workspace.actor, self.entity, team)
                self.desk.tasks.ask(work, partial(self._show_verdict, team))

    def _say_no_team(self, said: str) -> None:
        text = self.tr("Dit is geen expertteam uit de lijst. U legt alleen de stap vast; er komt geen bestand.")
        self._say(text if said and not self._team else "", "")
        self.more.what_card.hide()
        self.ui.save.setEnabled(not self._team)
        self.ui.save.setText(self.tr("Overdragen…") if self._team else self.tr("Vastleggen"))

    def _show_verdict(self, team: str, found: Verdict) -> None:
        if team != self._team:
            return
        self.more.what_card.setVisible(found.allowed)
        self.ui.save.setEnabled(found.allowed)
        if found.allowed:
            self._say(self.tr("Overdragen mag. {reden}").format(reden=found.sentence), "good")
        else:
            text = self.tr(
                "Overdragen mag nu niet. {reden} Leg toestemming vast voor dit team, of besluit bij Toestemming om "
                "zonder te delen."
            )
            self._say(text.format(reden=found.sentence), "alarm")

    def _show_files(self, files: Sequence[tuple[str, Attachment]]) -> None:
        more = self.more
        for entity, attachment in files:
            item = QListWidgetItem(attachment.naam)
            item.setData(_ENTITY, entity)
            item.setCheckState(Qt.CheckState.Unchecked)
            more.files.addItem(item)
        for widget in (more.files, more.files_label):
            widget.setVisible(bool(files))
        rows = min(len(files), _MOST_ROWS) * more.files.sizeHintForRow(0)
        more.files.setFixedHeight(rows + 2 * _EDGE)

    def _recipient(self) -> Recipient:
        items = (self.more.files.item(place) for place in range(self.more.files.count()))
        chosen = tuple(str(item.data(_ENTITY)) for item in items if item.checkState() is Qt.CheckState.Checked)
        reason = self.more.criminal_reason.text().strip() if self.more.criminal.isChecked() else ""
        return Recipient(self._team, chosen, reason)

    def _make_again(self, team: str) -> None:
        """The case was handed over: only the package is made, for the same team."""
        self._is_again = True
        self.binding.lay_over({_TO: team})
        for field in self.binding.fields.values():
            field.hide()
        self.ui.title.setText(self.tr("Bestand opnieuw maken"))
        text = self.tr("Is het bestand of de code kwijt? U maakt het bestand opnieuw voor {team}, met een nieuwe code.")
        self.ui.what.setText(text.format(team=team))
        self.shown(self.binding.parse())
        self.ui.save.setText(self.tr("Maken…"))
        self.ui.save.setFocus()
        fit(self)

    def _on_written(self, made: object) -> None:
        if not isinstance(made, _Made):
            super()._on_written(made)
            return
        self._keeper.drop()
        self.recorded.emit()
        self._show_code(made)

    def _show_code(self, made: _Made) -> None:
        """Nothing but the code, until its user closes the window."""
        more, ui = self.more, self.ui
        for widget in (*self.binding.fields.values(), ui.what, ui.crisis_bar, ui.save, more.state_card, more.what_card):
            widget.hide()
        ui.title.setText(self.tr("Het bestand is gemaakt"))
        more.code.setText(made.code)
        more.code_text.setText("\n\n".join(filter(None, (made.caution, self._told(made.path)))))
        more.code_card.show()
        ui.cancel.setText(self.tr("&Sluiten"))
        more.code.setFocus()
        fit(self)

    def _told(self, path: Path) -> str:
        text = self.tr(
            "Stuur het bestand {naam} naar het andere team en bel hen voor de code. Zet de code nooit bij het bestand. "
            "U ziet de code alleen nu; is zij kwijt, maak het bestand dan opnieuw. Heeft het andere team de casus "
            "aangenomen, gooi het bestand dan weg en vraag welk nummer de casus daar heeft."
        )
        return text.format(naam=path.name)

    def _on_refused(self, error: UserFacingError) -> None:
        """A package that was not written is made again: the step was made."""
        super()._on_refused(error)
        if isinstance(error, NotWrittenError):
            self.recorded.emit()
            self._make_again(vocabulary("teams").label(self._team))

    def _say(self, text: str, tone: str) -> None:
        self.more.state.setText(text)
        self.more.state_card.setAccessibleName(text)
        self.more.state_card.setVisible(bool(text))
        restyle(self.more.state_card, "tone", tone)
        self._grow()

    def _grow(self) -> None:
        grow(self)


def _written(sealed: Sealed, path: Path) -> _Made:
    """Keep the package in its file. Raises NotWrittenError."""
    try:
        write_file(path, sealed.data)
    except UserFacingError as error:
        raise NotWrittenError(error) from error
    return _Made(path, sealed.code, sealed.caution)
