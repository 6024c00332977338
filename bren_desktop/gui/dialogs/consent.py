"""Recording and withdrawing a consent. While typing one reads whose word is still missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.ages import ConsentBand, birthday, consent_band
from bren_desktop.domain.cases import Case, known_age
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.sharing import missing_givers
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.consent import Ui_Consent
from bren_desktop.gui.forms.withdraw_consent import Ui_WithdrawConsent


class ConsentDialog(RecordDialog[Consent]):
    """A new consent for one case."""

    def __init__(self, desk: Desk, entity: str, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{entity}:toestemming", parent)
        self._entity, self._case = entity, case
        self._today = desk.workspace.context.today()
        self.ui = Ui_Consent()
        self.ui.setupUi(self)
        self.ui.band.setText(self._band())
        start = Consent(gegeven_op=self._today, geldig_tot=birthday(self._today, 1))
        self.bind(Consent, start, self.ui.save, self.ui.cancel)
        self.ui.field_ontvangers.wish(self.tr("Leeg: iedereen die voor dit doel meedenkt"))
        self.ui.field_doelen.setFocus()

    def write(self, record: Consent) -> Callable[[], object]:
        workspace, entity = self.desk.workspace, self._entity
        return lambda: workspace.consents.add(workspace.actor, entity, record)

    def shown(self, record: Consent | None) -> None:
        lacking = missing_givers(record, self._case, self._today) if record is not None else ()
        givers = ", ".join(vocabulary("toestemminggever").label(code) for code in lacking)
        self.ui.missing_bar.setVisible(record is not None)
        self.ui.missing.setText(
            self.tr(
                "Nog niet geldig. Toestemming ontbreekt van: {gevers}. "
                "U kunt dit vastleggen en later aanvullen met een nieuwe toestemming."
            ).format(gevers=givers)
            if lacking
            else self.tr("Iedereen die moet toestemmen, staat erbij.")
        )

    def done_text(self) -> str:
        return self.tr("Toestemming vastgelegd.")

    def _band(self) -> str:
        age = known_age(self._case, self._today)
        if age is None:
            return self.tr("De leeftijd is onbekend: vraag de jeugdige en wie het gezag hebben.")
        sentences = {
            ConsentBand.CHILD: self.tr(
                "{n} jaar: wie het gezag hebben, geven toestemming. De jeugdige hoort wat er gebeurt."
            ),
            ConsentBand.BOTH: self.tr("{n} jaar: de jeugdige en wie het gezag hebben, geven samen toestemming."),
            ConsentBand.OWN: self.tr("{n} jaar: de jeugdige beslist zelf."),
        }
        return sentences[consent_band(age)].format(n=age)


class WithdrawDialog(RecordDialog[Consent]):
    """The end of a consent: when and by whom. What was shared before stays recorded."""

    def __init__(self, desk: Desk, case: str, consent: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{case}:intrekken:{consent}", parent)
        self._consent = consent
        self.ui = Ui_WithdrawConsent()
        self.ui.setupUi(self)
        self.ui.about.setText(
            self.tr(
                "Intrekken kan altijd. Vanaf die dag deelt het programma hierop niets meer; "
                "wat al gedeeld is, blijft vermeld."
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
