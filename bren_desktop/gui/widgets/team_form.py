"""The letterhead fields of the settings page: shown, kept as a draft while typing, saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from bren_desktop.domain.records import Team
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.settings import Ui_Settings
from bren_desktop.gui.widgets.work_words import TEAM_DRAFT
from bren_desktop.services.team import CHAIRS_OWN
from bren_desktop.services.views import DraftView

_FREE_DAYS = ("goede_vrijdag_vrij", "bevrijdingsdag_vrij")
_FIELDS = ("naam", "afzender", "adres", "telefoon", "email", "voettekst", "venster_rechts", *CHAIRS_OWN, *_FREE_DAYS)
_KEEPS_AFTER_MS = 800
Control = QLineEdit | QPlainTextEdit | QCheckBox


class TeamForm(QObject):
    """Fills the controls of the form whose names are fields of Team."""

    def __init__(self, ui: Ui_Settings, desk: Desk) -> None:
        super().__init__(ui.team_card)
        self._ui, self._desk = ui, desk
        self._controls: dict[str, Control] = {name: getattr(ui, name) for name in _FIELDS}
        self._team = Team()
        self._timer = QTimer(self, singleShot=True, interval=_KEEPS_AFTER_MS)
        self._timer.timeout.connect(self.keep_draft)
        for control in self._controls.values():
            _changes(control, self._on_changed)

    @property
    def is_changed(self) -> bool:
        """Whether the form says something else than what is stored."""
        return self._typed() != self._team

    def set_editable(self, editable: bool) -> None:
        """Whether this user may change the letterhead."""
        for control in self._controls.values():
            control.setEnabled(editable)
        decides = editable and may(self._desk.workspace.actor, Right.DECIDE)
        for name in CHAIRS_OWN:
            self._controls[name].setEnabled(decides)
            self._controls[name].setToolTip(
                "" if decides else self.tr("Dit bepaalt de voorzitter of de plaatsvervanger.")
            )
        self._ui.choose_logo.setEnabled(editable)
        self._ui.team_texts.setEnabled(editable)
        self._ui.save_team.setEnabled(editable)
        self._ui.team_hint.setText("" if editable else self.tr("Uw rol kan deze gegevens lezen, niet wijzigen."))
        self._ui.team_hint.setVisible(not editable)

    def show(self, team: Team) -> None:
        """Fill the form; what was typed and not saved comes back over it."""
        self._team = team
        self._fill(team.model_dump())
        workspace = self._desk.workspace
        self._desk.tasks.ask(lambda: workspace.drafts.get(workspace.actor, TEAM_DRAFT), self._take_draft)

    def keep_draft(self) -> None:
        """Keep what was typed and not saved."""
        self._timer.stop()
        if self.is_changed:
            workspace, fields = self._desk.workspace, self._values()
            self._desk.tasks.do(lambda: workspace.drafts.keep(workspace.actor, TEAM_DRAFT, fields), _ignore)

    def save(self, saved: Callable[[], None]) -> None:
        """Store the form and drop its draft."""
        workspace, team = self._desk.workspace, self._typed()

        def store() -> Team:
            workspace.team.save(workspace.actor, team)
            workspace.drafts.drop(workspace.actor, TEAM_DRAFT)
            return team

        def done(stored: Team) -> None:
            self._team = stored
            saved()

        self._timer.stop()
        self._desk.tasks.do(store, done)

    def _take_draft(self, draft: DraftView | None) -> None:
        if draft is not None:
            self._fill(draft.fields)

    def _fill(self, fields: Mapping[str, object]) -> None:
        for name, control in self._controls.items():
            control.blockSignals(True)
            _show(control, fields.get(name))
            control.blockSignals(False)

    def _values(self) -> dict[str, object]:
        return {name: _value(control) for name, control in self._controls.items()}

    def _typed(self) -> Team:
        """The record as the form says it; the lines are bounded by their controls, so it always holds."""
        return Team.model_validate({**self._team.model_dump(), **self._values()})

    def _on_changed(self) -> None:
        self._timer.start()


def _changes(control: Control, changed: Callable[[], None]) -> None:
    if isinstance(control, QCheckBox):
        control.toggled.connect(changed)
    else:
        control.textChanged.connect(changed)


def _show(control: Control, value: object) -> None:
    if isinstance(control, QCheckBox):
        control.setChecked(bool(value))
    elif isinstance(control, QPlainTextEdit):
        control.setPlainText(str(value or ""))
    else:
        control.setText(str(value or ""))


def _value(control: Control) -> object:
    if isinstance(control, QCheckBox):
        return control.isChecked()
    return control.toPlainText() if isinstance(control, QPlainTextEdit) else control.text()


def _ignore(_: object) -> None:
    """A kept draft needs no word."""
