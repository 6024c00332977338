"""What all forms with a passphrase share: progress while the key is derived, the problem, Caps Lock, show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QWidget

from bren_desktop.domain.passphrase import SHORTEST
from bren_desktop.errors import InvalidInputError, UserFacingError
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.strength import Strength, strength
from bren_desktop.gui.tasks import Tasks
from bren_desktop.gui.widgets.passphrase_edit import PassphraseEdit

T = TypeVar("T")


class KeyForm(Protocol):
    """The parts that every such form has."""

    notice: QFrame
    problem: QLabel
    working: QWidget
    caps_lock: QLabel
    reveal: QCheckBox


class KeyWork(QObject):
    """Runs work with a passphrase beside the window. `inputs` are disabled meanwhile."""

    def __init__(
        self, form: KeyForm, tasks: Tasks, edits: Sequence[PassphraseEdit], inputs: Sequence[QWidget], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._form, self._tasks, self._edits = form, tasks, tuple(edits)
        self._inputs = (*edits, *inputs, form.reveal)
        self._set_busy(False)
        form.notice.hide()
        form.caps_lock.hide()
        tasks.idle.connect(self._on_idle)
        for edit in self._edits:
            edit.caps_lock.connect(form.caps_lock.setVisible)
            form.reveal.toggled.connect(edit.reveal)

    def start(self, work: Callable[[], T], done: Callable[[T], None], retry: QWidget) -> None:
        """Do `work`; a known failure is shown and the user is brought back to `retry`."""

        def succeeded(answer: T) -> None:
            self._set_busy(False)
            self.forget()
            done(answer)

        def failed(error: UserFacingError) -> None:
            self._set_busy(False)
            self.show_problem(sentence(error), retry)

        self._form.notice.hide()
        self._set_busy(True)
        self._tasks.run(work, succeeded, failed)

    def show_problem(self, text: str, retry: QWidget) -> None:
        """Say what is wrong and bring the user to `retry`."""
        self._form.problem.setText(text)
        self._form.notice.setAccessibleName(text)
        self._form.notice.show()
        retry.setFocus()
        if isinstance(retry, PassphraseEdit):
            retry.selectAll()

    def forget(self) -> None:
        """Empty every passphrase on the form."""
        for edit in self._edits:
            edit.clear()
        self._form.reveal.setChecked(False)

    def _on_idle(self) -> None:
        """A bug in the work must not leave the form dead."""
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        self._form.working.setVisible(busy)
        for widget in self._inputs:
            widget.setEnabled(not busy)


def refused(passphrase: str, again: str) -> UserFacingError | None:
    """Why a new passphrase cannot be taken, or None."""
    if strength(passphrase) in (Strength.EMPTY, Strength.SHORT):
        return InvalidInputError("Kies een wachtwoord van ten minste {count} tekens.", count=SHORTEST)
    if passphrase != again:
        return InvalidInputError("De twee wachtwoorden zijn niet gelijk. Typ het nieuwe wachtwoord nog een keer.")
    return None


def strength_sentence(passphrase: str) -> str:
    """The hint below a new passphrase."""
    missing = SHORTEST - len(passphrase.strip())
    return _strength_text(strength(passphrase)).format(count=missing)


def _strength_text(found: Strength) -> str:
    translate = QCoreApplication.translate
    if found is Strength.EMPTY:
        return translate("Strength", "Een zin van vier of meer woorden is sterk en goed te onthouden.")
    if found is Strength.SHORT:
        return translate("Strength", "Nog te kort. Nog te typen: {count}.")
    if found is Strength.WEAK:
        return translate("Strength", "Zwak: te veel herhaling of alleen cijfers. Kies liever een zin.")
    if found is Strength.FAIR:
        return translate("Strength", "Redelijk: een zin van vier of meer woorden is sterker.")
    return translate("Strength", "Sterk wachtwoord.")
