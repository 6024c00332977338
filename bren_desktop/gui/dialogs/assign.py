"""To whom a case is assigned, or several at once: who is ticked sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QListWidgetItem, QWidget

from bren_desktop.domain.entities import Kind
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.assign import Ui_Assign
from bren_desktop.gui.messages import sentence
from bren_desktop.services.access import Colleague
from bren_desktop.services.rows import Changes
from bren_desktop.services.workspace import Workspace

_PERSON = Qt.ItemDataRole.UserRole
_BEFORE = Qt.ItemDataRole.UserRole + 1
_TICKED, _UNTICKED, _SOME = Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked


@dataclass(frozen=True, slots=True)
class _Loaded:
    """Who there is, and how often each is assigned among the cases. `strict`: unassigned cases are hidden."""

    colleagues: Sequence[Colleague]
    assigned: Mapping[str, tuple[str, ...]]
    strict: bool


class AssignDialog(QDialog):
    """`assigned` tells that something changed. `about` names one case, or counts several."""

    assigned = Signal()

    def __init__(self, desk: Desk, cases: Sequence[str], about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_Assign()
        self.ui.setupUi(self)
        self._desk, self._cases = desk, tuple(cases)
        self.ui.about.setText(about)
        self.ui.nobody.hide()
        self.ui.problem.hide()
        self.ui.save.setEnabled(False)
        self.ui.save.clicked.connect(self.save)
        self.ui.cancel.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        desk.tasks.ask(partial(_load, desk.workspace, self._cases), self._show, self._on_refused)

    def save(self) -> None:
        """Assign to who was ticked, and no longer to who was unticked."""
        to, no_longer = self._changed(_TICKED), self._changed(_UNTICKED)
        if not to and not no_longer:
            self.reject()
            return
        workspace = self._desk.workspace
        self.ui.save.setEnabled(False)
        work = partial(workspace.access.assign, workspace.actor, self._cases, to, no_longer)
        self._desk.tasks.do(work, self._on_assigned, self._on_refused)

    def _show(self, loaded: _Loaded) -> None:
        held = [person for persons in loaded.assigned.values() for person in persons]
        known = {one.person for one in loaded.colleagues}
        for colleague in sorted(loaded.colleagues, key=lambda one: one.sees_all):
            if not colleague.gone or colleague.person in held:
                self._add(self._name(colleague), colleague.person, held.count(colleague.person))
        for person in sorted(set(held) - known):
            self._add(self.tr("Collega die niet meer in uw team is"), person, held.count(person))
        ui = self.ui
        ui.what.setText(self._what(strict=loaded.strict))
        ui.nobody.setVisible(ui.colleagues.count() <= 1)
        ui.save.setEnabled(True)
        ui.colleagues.setCurrentRow(0)
        ui.colleagues.setFocus()

    def _what(self, *, strict: bool) -> str:
        seen = self.tr(
            "Wie u aanvinkt, ziet de casus. Andere leden en procesregisseurs zien hem dan niet meer; secretaris, "
            "voorzitter, plaatsvervanger en privacyfunctionaris zien altijd alles."
        )
        if strict:
            nobody = self.tr("Vinkt u niemand aan, dan zien leden en procesregisseurs de casus niet.")
        else:
            nobody = self.tr("Vinkt u niemand aan, dan is de casus voor het hele team te zien.")
        return f"{seen} {nobody}"

    def _add(self, name: str, person: str, times: int) -> None:
        state = _UNTICKED if not times else _TICKED if times == len(self._cases) else _SOME
        some = self.tr("{name} · nu bij {n} van de {all}").format(name=name, n=times, all=len(self._cases))
        item = QListWidgetItem(some if state is _SOME else name, self.ui.colleagues)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(state)
        item.setData(_PERSON, person)
        item.setData(_BEFORE, state.value)

    def _name(self, colleague: Colleague) -> str:
        more = self.tr("ziet elke casus") if colleague.sees_all else ""
        gone = self.tr("niet meer in uw team") if colleague.gone else ""
        return " · ".join(filter(None, (colleague.name, colleague.role.value, more, gone)))

    def _changed(self, to: Qt.CheckState) -> list[str]:
        """The persons that were brought to a state which they were not in."""
        items = [self.ui.colleagues.item(place) for place in range(self.ui.colleagues.count())]
        return [item.data(_PERSON) for item in items if item.checkState() is to and item.data(_BEFORE) != to.value]

    def _on_assigned(self, _: Changes) -> None:
        self._desk.messages.inform(self.tr("Toegewezen."))
        self._desk.navigator.records_changed.emit(frozenset((Kind.CASE.value, case) for case in self._cases))
        self.assigned.emit()
        self.accept()

    def _on_refused(self, error: UserFacingError) -> None:
        self.ui.problem.setText(sentence(error))
        self.ui.problem.show()
        self.ui.save.setEnabled(True)


def _load(workspace: Workspace, cases: Sequence[str]) -> _Loaded:
    actor = workspace.actor
    colleagues, assigned = workspace.access.colleagues(actor), workspace.access.assigned(actor, cases)
    return _Loaded(colleagues, assigned, workspace.team.get(actor).alleen_toegewezen is True)
