"""The standing sentences of documents, as a team wants to say them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.domain.letter_texts import Texts
from bren_desktop.domain.papers.kinds import PAPERS
from bren_desktop.domain.records import Team
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.drafting import DraftKeeper
from bren_desktop.gui.forms.team_texts import Ui_TeamTexts
from bren_desktop.gui.widgets.field import Field
from bren_desktop.gui.widgets.texts import LongText
from bren_desktop.services.composing import own_texts
from bren_desktop.services.views import DraftView

DRAFT = "teksten"
_CODED = ("toestemmingsdoelen", "ontvangersgroepen")
"""Lists of which a sentence may explain a code to a family."""


class TeamTextsDialog(QDialog):
    """One kind of document at a time; what is typed for the others is kept. `texts` has the editors by sentence."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_TeamTexts()
        self.ui.setupUi(self)
        self._desk, self._team = desk, Team()
        self.texts: dict[str, LongText] = {}
        self._typed: dict[str, dict[str, str]] = {}
        self._keeper = DraftKeeper(desk, DRAFT, lambda: self._typed, self)
        for kind in PAPERS:
            self.ui.kind.addItem(kind.title, kind.key)
        self.ui.kind.currentIndexChanged.connect(self._show_kind)
        self.ui.cancel.clicked.connect(self.reject)
        self.ui.save.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        workspace = desk.workspace
        desk.tasks.ask(
            lambda: (workspace.team.get(workspace.actor), workspace.drafts.get(workspace.actor, DRAFT)), self._on_read
        )

    def save(self) -> None:
        """Keep what was typed, for every kind."""
        workspace, typed = self._desk.workspace, {kind: dict(said) for kind, said in self._typed.items()}

        def write() -> Team:
            for kind, said in typed.items():
                workspace.team.say(workspace.actor, kind, said)
            return workspace.team.get(workspace.actor)

        self._desk.tasks.do(write, self._on_saved)

    def done(self, result: int) -> None:
        """Go away; what was typed and not saved stays as a draft."""
        self._keeper.keep()
        super().done(result)

    def _on_read(self, found: tuple[Team, DraftView | None]) -> None:
        self._team, draft = found
        for kind, said in draft.fields.items() if draft else ():
            if isinstance(said, dict):
                self._typed[kind] = {str(name): str(text) for name, text in said.items()}
        self._show_kind()

    def _show_kind(self) -> None:
        key = str(self.ui.kind.currentData())
        said = {**Texts(key).sentences, **own_texts(self._team, key), **self._typed.get(key, {})}
        while item := self.ui.rows.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self.texts = {name: self._row(key, name, said[name]) for name in Texts(key).sentences}

    def _row(self, kind: str, name: str, said: str) -> LongText:
        field, text = Field(self.ui.sentences), LongText(self.ui.sentences)
        text.set_fewest_lines(2)
        field.install(_title(kind, name), text)
        text.set_raw(said)
        text.edited.connect(lambda: self._on_edited(kind, name, str(text.raw())))
        self.ui.rows.addWidget(field)
        return text

    def _on_edited(self, kind: str, name: str, said: str) -> None:
        self._typed.setdefault(kind, {})[name] = said
        self._keeper.touch()

    def _on_saved(self, team: Team) -> None:
        self._team = team
        self._typed.clear()
        self._keeper.drop()
        self._show_kind()
        self._desk.messages.inform(self.tr("Teksten opgeslagen; ze gelden voor nieuwe documenten."))


def _title(kind: str, name: str) -> str:
    """What a code means, or what people call a sentence."""
    code = name.upper().replace("_", "-")
    if known := next((vocabulary(each) for each in _CODED if code in vocabulary(each)), None):
        return known.label(code).capitalize()
    return Texts(kind).title(name)
