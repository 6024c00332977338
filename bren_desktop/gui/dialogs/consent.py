"""Recording and withdrawing a consent. While typing one reads who decides, and whether it is enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent, longest_end, with_end
from bren_desktop.domain.deciders import YOUNG_PERSON, deciders
from bren_desktop.domain.sharing import GROUP_OF, Verdict, verdict
from bren_desktop.gui.consent_words import why
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.consent import Ui_Consent
from bren_desktop.gui.forms.withdraw_consent import Ui_WithdrawConsent
from bren_desktop.gui.widgets.look import restyle


class ConsentDialog(RecordDialog[Consent]):
    """A new consent for one case, beside those that were `given`; for `purposes`, where somebody asks again."""

    def __init__(
        self,
        desk: Desk,
        entity: str,
        case: Case,
        given: Sequence[Consent] = (),
        purposes: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, f"casus:{entity}:toestemming", parent)
        self._entity, self._case, self._given = entity, case, given
        self._today = desk.workspace.context.today()
        self._day = self._today
        self.ui = Ui_Consent()
        self.ui.setupUi(self)
        self.ui.all_gave.clicked.connect(self._on_all_gave)
        self._asides = (
            self.ui.field_langer_reden,
            self.ui.field_uitzondering,
            self.ui.field_uitzondering_reden,
            self.ui.missing_bar,
        )
        for aside in self._asides:
            aside.hide()
        start = Consent(doelen=tuple(purposes), gegeven_op=self._today)
        self.bind(Consent, start, self.ui.save, self.ui.cancel)
        self.ui.field_geldig_vanaf.wish(self.tr("Leeg: de dag van geven"))
        self.ui.field_geldig_tot.wish(self.tr("Leeg: twaalf maanden"))
        self.ui.field_ontvangersgroepen.wish(self.tr("Leeg: iedereen die voor dit doel meedenkt"))
        self.ui.field_ontvangers.wish(self.tr("Personen of organisaties bij naam"))
        (self.ui.field_gevers if purposes else self.ui.field_doelen).setFocus()

    def write(self, record: Consent) -> Callable[[], object]:
        workspace, entity = self.desk.workspace, self._entity
        return lambda: workspace.consents.add(workspace.actor, entity, record)

    def shown(self, record: Consent | None) -> None:
        if record is None:
            return
        before = [aside.isHidden() for aside in self._asides]
        self._day = record.gegeven_op or self._today
        self.ui.band.setText(why(self._case, self._day))
        self._show_asides(record)
        found = self._verdict(record)
        self.ui.missing_bar.setVisible(found is not None)
        if found is not None:
            self.ui.missing.setText(self._outcome(found))
            restyle(self.ui.missing_bar, "tone", "good" if found.allowed else "warn")
        if before != [aside.isHidden() for aside in self._asides]:
            self._fit()

    def done_text(self) -> str:
        return self.tr("Toestemming vastgelegd.")

    def _show_asides(self, record: Consent) -> None:
        """Ask for a reason only where one is needed."""
        begins, ends = record.begins or self._today, record.geldig_tot
        self.ui.field_langer_reden.setVisible(ends is not None and ends > longest_end(begins))
        decide = deciders(self._case, self._day)
        alone = decide.excepted and YOUNG_PERSON in record.gevers and bool(decide.missing(record.gevers))
        self.ui.field_uitzondering.setVisible(alone or bool(record.uitzondering))
        self.ui.field_uitzondering_reden.setVisible(bool(record.uitzondering))

    def _fit(self) -> None:
        """Be as high as what is asked now, as far as the window has room; the rest scrolls."""
        ui, window = self.ui, self.parentWidget()
        ui.page_layout.activate()
        fields = ui.fields_layout.totalHeightForWidth(ui.scroll.viewport().width())
        ui.scroll_content.setMinimumHeight(fields)
        wanted = self.height() - ui.scroll.height() + fields
        self.resize(self.width(), min(wanted, window.height()) if window is not None else wanted)

    def _verdict(self, record: Consent) -> Verdict | None:
        """What will hold with it: for the first purpose for which something is still lacking, else for any."""
        if not (record.doelen and record.gevers):
            return None
        named = (*record.ontvangers, *record.ontvangersgroepen)
        consents = (with_end(record), *self._given)
        found = [
            verdict(self._case, consents, (), purpose, named or (GROUP_OF[purpose],), self._today)
            for purpose in record.doelen
        ]
        return min(found, key=lambda each: each.allowed)

    def _outcome(self, found: Verdict) -> str:
        givers = {giver for each in found.by for giver in each.gevers}
        if found.allowed and deciders(self._case, self._today).missing(givers):
            return self.tr("De jeugdige beslist dit zonder ouders of voogd. {tot}").format(tot=found.sentence)
        if found.allowed:
            return self.tr("Iedereen die moet toestemmen, staat erbij. {tot}").format(tot=found.sentence)
        later = self.tr("U kunt dit vastleggen en later aanvullen met een nieuwe toestemming.")
        return f"{self.tr('Nog niet geldig.')} {found.sentence} {later}"

    def _on_all_gave(self) -> None:
        self.binding.lay_over({"gevers": list(deciders(self._case, self._day).ways[0])})
        self.binding.edited.emit()


class WithdrawDialog(RecordDialog[Consent]):
    """The end of a consent: when and by whom. What was shared before stays recorded."""

    def __init__(self, desk: Desk, case: str, consent: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{case}:intrekken:{consent}", parent)
        self._consent = consent
        self.ui = Ui_WithdrawConsent()
        self.ui.setupUi(self)
        self.ui.about.setText(
            self.tr(
                "Intrekken kan altijd. Vanaf die dag deelt het programma niets meer met deze toestemming, en ook niet "
                "met een oudere voor hetzelfde doel. Wat al is gedeeld, blijft vermeld."
            )
        )
        self.bind(Consent, Consent(ingetrokken_op=self._today()), self.ui.save, self.ui.cancel)
        self.ui.field_ingetrokken_door.setFocus()

    def write(self, record: Consent) -> Callable[[], object]:
        workspace, consent = self.desk.workspace, self._consent
        day, by = record.ingetrokken_op or self._today(), record.ingetrokken_door
        return lambda: workspace.consents.withdraw(workspace.actor, consent, day, by)

    def done_text(self) -> str:
        return self.tr("Toestemming ingetrokken.")

    def _today(self) -> date:
        return self.desk.workspace.context.today()
