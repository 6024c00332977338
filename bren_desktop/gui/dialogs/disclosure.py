"""Deciding to share without consent: the ground, the weighing, who was consulted, and whether the family knows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.disclosure import Ui_Disclosure


class DisclosureDialog(RecordDialog[Disclosure]):
    """A decision about one case, for one recipient, one purpose and one day."""

    def __init__(self, desk: Desk, entity: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{entity}:deling", parent)
        self._entity = entity
        self.ui = Ui_Disclosure()
        self.ui.setupUi(self)
        self.ui.about.setText(
            self.tr(
                "Vraag eerst toestemming, als dat veilig kan. Delen zonder toestemming mag alleen op een grond in de "
                "wet. Het besluit geldt één dag, voor één doel en één ontvanger; het staat bij de casus en in het "
                "logboek."
            )
        )
        self.ui.field_niet_ingelicht_reden.hide()
        start = Disclosure(datum=desk.workspace.context.today())
        self.bind(Disclosure, start, self.ui.save, self.ui.cancel)
        self.ui.field_ontvanger.wish(self.tr("Eén persoon, organisatie of groep"))
        self.ui.field_doel.setFocus()

    def write(self, record: Disclosure) -> Callable[[], object]:
        workspace, entity = self.desk.workspace, self._entity
        return lambda: workspace.disclosures.add(workspace.actor, entity, record)

    def shown(self, record: Disclosure | None) -> None:
        if record is not None:
            self.ui.field_niet_ingelicht_reden.setVisible(record.gezin_ingelicht is False)

    def done_text(self) -> str:
        return self.tr("Besluit om te delen zonder toestemming vastgelegd.")
