"""The Big 5 and toekomstplan: from 16 on; before that the day on which they come."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from bren_desktop.gui.aftercare_words import day_words, future_words, pressing_words
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.future_plan import FuturePlanDialog
from bren_desktop.gui.forms.tab_aftercare import Ui_AftercareTab
from bren_desktop.gui.pages.case.aftercare.loading import Loaded
from bren_desktop.gui.pages.case.aftercare.part import Part, say
from bren_desktop.gui.widgets.look import restyle
from bren_desktop.services.aftercare import OpenFuture


class Future(Part):
    """One plan per case."""

    def __init__(self, desk: Desk, ui: Ui_AftercareTab, tab: QWidget) -> None:
        super().__init__(desk, ui, tab)
        self._loaded: Loaded | None = None
        restyle(ui.pressing_bar, "tone", "warn")
        ui.change_future.clicked.connect(self._on_change)

    def show(self, loaded: Loaded, *, editable: bool) -> None:
        self.editable, self._loaded = editable, loaded
        future, ui = loaded.future, self.ui
        shown, plan = future.growing_up.shown, future.plan.record
        ui.big_five.setVisible(shown)
        ui.big_five.show_plan(plan)
        ui.change_future.setVisible(shown and editable)
        pressing = pressing_words(future.growing_up, self.today())
        ui.pressing_text.setText(pressing)
        ui.pressing_bar.setVisible(bool(pressing))
        say(ui.future_facts, future_words(plan) if shown else "")
        say(ui.future_state, self._state(future))

    def _state(self, future: OpenFuture) -> str:
        if future.growing_up.shown:
            return "" if future.plan.seen else self.tr("Loop de Big 5 door met de jeugdige en maak een toekomstplan.")
        if future.growing_up.starts is None:
            return self.tr(
                "Vanaf 16 jaar staan hier de Big 5 en het toekomstplan. De geboortedatum is nog niet ingevuld."
            )
        return self.tr("Vanaf {dag}, de 16e verjaardag, staan hier de Big 5 en het toekomstplan.").format(
            dag=day_words(future.growing_up.starts)
        )

    def _on_change(self) -> None:
        if self._loaded is not None:
            held = self._loaded.future.plan
            dialog = FuturePlanDialog(self.desk, self._loaded.case, held, self.tab.window())
            self.open(dialog, self.ui.change_future)
