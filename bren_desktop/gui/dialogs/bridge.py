"""An overbrugging: agreed, looked at, changed and ended."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from bren_desktop.domain.aftercare import Bridge
from bren_desktop.domain.bridging import BridgeCheck, next_check
from bren_desktop.gui.aftercare_words import brief
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.record_dialog import RecordDialog
from bren_desktop.gui.forms.bridge import Ui_BridgeForm
from bren_desktop.gui.forms.bridge_check import Ui_BridgeCheckForm
from bren_desktop.gui.widgets.look import fit
from bren_desktop.services.below import Filed


class BridgeDialog(RecordDialog[Bridge]):
    """A new overbrugging; with `held`, one that is there already and may be ended."""

    def __init__(self, desk: Desk, case: str, held: Filed[Bridge] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{case}:overbrugging:{held.entity if held else ''}", parent)
        self._case, self._held = case, held
        self.ui = Ui_BridgeForm()
        self.ui.setupUi(self)
        self.ui.about.setText(
            self.tr("Vul onderaan in wanneer en hoe de overbrugging eindigde, of wijzig wat is afgesproken.")
            if held
            else self.tr("Welke hulp is er tot de juiste hulp er is? Iemand let op de veiligheid en kijkt op tijd na.")
        )
        today = desk.workspace.context.today()
        start = held.record if held else Bridge(van=today, volgende_check=next_check(today))
        self.bind(Bridge, start, self.ui.save, self.ui.cancel)
        for field in (self.ui.field_beeindigd_op, self.ui.field_afloop):
            field.setVisible(held is not None)
        self.ui.field_vorm.setFocus()
        fit(self)

    def write(self, record: Bridge) -> Callable[[], object]:
        workspace, case, held = self.desk.workspace, self._case, self._held
        if held is None:
            return lambda: workspace.aftercare.start_bridge(workspace.actor, case, record)
        fields = self.binding.changed_fields()
        return lambda: workspace.aftercare.amend_bridge(workspace.actor, held.entity, record, fields, held.seen)

    def done_text(self) -> str:
        return self.tr("Overbrugging vastgelegd.")


class BridgeCheckDialog(RecordDialog[BridgeCheck]):
    """A look at an overbrugging that is open."""

    def __init__(self, desk: Desk, case: str, held: Filed[Bridge], parent: QWidget | None = None) -> None:
        super().__init__(desk, f"casus:{case}:overbrugging:{held.entity}:check", parent)
        self._entity = held.entity
        self.ui = Ui_BridgeCheckForm()
        self.ui.setupUi(self)
        self.ui.about.setText(brief(held.record.vorm))
        workspace, today = desk.workspace, desk.workspace.context.today()
        start = BridgeCheck(op=today, door=workspace.actor.name, volgende_check=next_check(today), tot=held.record.tot)
        self.bind(BridgeCheck, start, self.ui.save, self.ui.cancel)
        self.ui.field_bevinding.setFocus()

    def write(self, record: BridgeCheck) -> Callable[[], object]:
        workspace, entity = self.desk.workspace, self._entity
        return lambda: workspace.aftercare.check_bridge(workspace.actor, entity, record)

    def done_text(self) -> str:
        return self.tr("Nagekeken. De volgende check staat klaar.")
