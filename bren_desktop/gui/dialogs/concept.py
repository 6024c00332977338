"""One concept of the thesaurus, new or changed, and taking one out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.dutch import counted, listing
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.vocabulary import labels
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.concept import Ui_Concept
from bren_desktop.gui.forms.concept_out import Ui_ConceptOut
from bren_desktop.gui.navigator import CONCEPT
from bren_desktop.gui.tasks import Ticket
from bren_desktop.gui.widgets.options import Option, Options
from bren_desktop.services.concepts import MOST_COUNTED, OpenConcept, Spread

NEW = "nieuw"
_REST_MS = 300
_MOST_WORDS = 3
"""Of so many new words is told where they stand; who adds more has looked at the first ones."""


class ConceptDialog(RecordDialog[ConceptRecord]):
    """What stands in the record is saved whole. Beneath the form is told where the new words stand already.

    `id` is empty for a new concept, and its own once it was saved.
    """

    def __init__(self, desk: Desk, opened: OpenConcept, parent: QWidget | None = None) -> None:
        self._opened, self._ticket = opened, Ticket()
        self.id = opened.record.extern_id
        super().__init__(desk, f"{CONCEPT}:{self.id or NEW}", parent)
        self.ui = Ui_Concept()
        self.ui.setupUi(self)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.count)
        self._show_spread({})
        options = {"codes": Options(_codes())}
        self.bind(ConceptRecord, opened.record, self.ui.save, self.ui.cancel, options=options)
        self.ui.field_naam.setFocus()

    def write(self, record: ConceptRecord) -> Callable[[], object]:
        workspace, seen = self.desk.workspace, self._opened.seen

        def work() -> None:
            self.id = workspace.concepts.save(workspace.actor, record, seen)

        return work

    def shown(self, record: ConceptRecord | None) -> None:
        """Say which words are needed, and count the new ones once the typing rests."""
        empty = [name for name in ("naam", "herkomst") if record is not None and not getattr(record, name)]
        self.binding.wish(empty, self.tr("Nodig om op te slaan."))
        self._rest.start()

    def done_text(self) -> str:
        return self.tr("Begrip opgeslagen voor het hele netwerk.")

    def say_done(self) -> None:
        self.desk.messages.undoable(self.done_text(), undoing(self.desk, self.id))

    def count(self) -> None:
        """Ask where the words stand that are new here."""
        self._ticket.cancel()
        before, workspace = self._opened.record, self.desk.workspace
        new = [word for word in self._words() if word not in (before.naam, *before.ook)][:_MOST_WORDS]
        self._ticket = self.desk.tasks.ask(
            lambda: {word: workspace.concepts.count(workspace.actor, word) for word in new}, self._show_spread
        )

    def _words(self) -> Sequence[str]:
        """The name and the other words as they stand."""
        raw = self.binding.raw()
        others = raw["ook"]
        return [str(word) for word in (raw["naam"], *(others if isinstance(others, list) else ())) if word]

    def _show_spread(self, found: Mapping[str, Spread]) -> None:
        ui = self.ui
        ui.spread.setText("\n".join(self._line(word, spread.counts) for word, spread in found.items()))
        ui.spread.setVisible(bool(found))
        everyday = [f"‘{word}’" for word, spread in found.items() if spread.everyday]
        one = self.tr("{words} staat in meer dan de helft van uw casussen: kies liever een preciezer woord.")
        more = self.tr("{words} staan elk in meer dan de helft van uw casussen: kies liever preciezere woorden.")
        ui.everyday.setText((one if len(everyday) == 1 else more).format(words=listing(everyday)))
        ui.everyday_bar.setVisible(bool(everyday))

    def _line(self, word: str, counts: Mapping[Kind, int]) -> str:
        one = {Kind.CASE: self.tr("1 casus"), Kind.EXPERT: self.tr("1 pareltje")}
        more = {Kind.CASE: self.tr("{n} casussen"), Kind.EXPERT: self.tr("{n} pareltjes")}
        told = [one[kind] if count == 1 else more[kind].format(n=_number(count)) for kind, count in counts.items()]
        return self.tr("‘{word}’ staat nu in {counts}.").format(word=word, counts=listing(told))


class TakeOutDialog(RecordDialog[ConceptRecord]):
    """Why a concept goes; the origin of its absence."""

    def __init__(self, desk: Desk, record: ConceptRecord, parent: QWidget | None = None) -> None:
        self.id = record.extern_id
        super().__init__(desk, f"{CONCEPT}:{self.id}:uit", parent)
        self.ui = Ui_ConceptOut()
        self.ui.setupUi(self)
        self.ui.title.setText(self.tr("‘{name}’ uitzetten").format(name=record.naam))
        self.bind(ConceptRecord, ConceptRecord(), self.ui.save, self.ui.cancel)
        self.binding.fields["herkomst"].rename(self.tr("Waarom, en op wiens verzoek"))
        self.ui.field_herkomst.setFocus()

    def write(self, record: ConceptRecord) -> Callable[[], object]:
        workspace = self.desk.workspace
        return lambda: workspace.concepts.take_out(workspace.actor, self.id, record.herkomst)

    def done_text(self) -> str:
        return self.tr("Begrip uitgezet voor het hele netwerk.")

    def say_done(self) -> None:
        self.desk.messages.undoable(self.done_text(), undoing(self.desk, self.id))


def undoing(desk: Desk, id: str) -> Callable[[], None]:
    """What takes back one's last change of a concept, and says so."""
    workspace, tasks, messages = desk.workspace, desk.tasks, desk.messages
    told = QCoreApplication.translate("Concept", "Teruggedraaid.")

    def back() -> None:
        tasks.do(partial(workspace.concepts.undo, workspace.actor, id), lambda _: messages.inform(told))

    return back


def _codes() -> tuple[Option, ...]:
    """Every code of every list, by what it is called."""
    return tuple(Option(code, f"{label} ({code})", short=label) for code, label in labels().items())


def _number(count: int) -> str:
    return counted(count) if count < MOST_COUNTED else f"{counted(MOST_COUNTED)}+"
