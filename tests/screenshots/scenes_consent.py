"""Consent: the window in its four variants, the lines on the case, taking it back, and sharing without consent."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.gui.dialogs.consent import ConsentDialog, WithdrawDialog
from bren_desktop.gui.dialogs.disclosure import DisclosureDialog
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services.releasing import WithdrawnConsentError
from tests.screenshots.stage import Stage

_PARENTS = ["TG-OUDER1", "TG-OUDER2"]


def _dialog(stage: Stage, case: Case, raw: Mapping[str, object], given: Sequence[Consent] = ()) -> QPixmap:
    dialog = ConsentDialog(stage.desk, secrets.token_hex(4), case, given, (), stage.window)
    dialog.open()
    stage.settle()
    dialog.binding.lay_over({"doelen": ["TD-A", "TD-C"], "vorm": "TV-SCHR", **raw})
    dialog.binding.edited.emit()
    picture = stage.picture()
    dialog.reject()
    return picture


def _born(stage: Stage, years: int) -> date:
    today = stage.workspace.context.today()
    return date(today.year - years, 1, 15)


def scene_consent_under_12(stage: Stage) -> QPixmap:
    case = Case(geboortedatum=_born(stage, 9), gezag="GZ-BEIDE", maatregelen=("MA-OTS",))
    return _dialog(stage, case, {"gevers": ["TG-OUDER1"]})


def scene_consent_12_to_15(stage: Stage) -> QPixmap:
    raw = {
        "gevers": ["TG-JEUGD"],
        "uitzondering": "UZ-WENS",
        "uitzondering_reden": "Zij legt goed uit waarom zij dit wil, ook nadat haar vader nee zei.",
    }
    return _dialog(stage, Case(geboortedatum=_born(stage, 14), gezag="GZ-BEIDE"), raw)


def scene_consent_from_16(stage: Stage) -> QPixmap:
    raw = {"gevers": ["TG-JEUGD"], "ontvangersgroepen": ["OG-PAREL"]}
    return _dialog(stage, Case(geboortedatum=_born(stage, 17), gezag="GZ-BEIDE"), raw)


def scene_consent_voogd(stage: Stage) -> QPixmap:
    day = stage.workspace.context.today()
    raw = {"gevers": ["TG-VOOGD"], "geldig_tot": f"{day + timedelta(days=700):%d-%m-%Y}"}
    case = Case(geboortedatum=_born(stage, 13), gezag="GZ-BEIDE", maatregelen=("MA-VGD",))
    return _dialog(stage, case, raw)


def _filled_case(stage: Stage) -> str:
    """A case with a consent of each kind of standing, and a decision to share without."""
    workspace, actor, today = stage.workspace, stage.workspace.actor, stage.workspace.context.today()
    case = Case(
        extern_id="toestemming",
        roepnaam="Sem",
        achternaam="Dekker",
        geboortedatum=_born(stage, 14),
        gezag="GZ-BEIDE",
        omschrijving="Sem woont bij zijn moeder.",
    )
    known = workspace.cases.lookalikes(actor, "Sem", "Dekker", "")
    if known:
        return known[0].entity
    entity = workspace.cases.record(actor, case).entity

    def give(purpose: str, givers: list[str], ago: int, lasts: int, **other: object) -> str:
        day = today - timedelta(days=ago)
        fields = {"doelen": [purpose], "gevers": givers, "gegeven_op": day, "vorm": "TV-SCHR", **other}
        ends = day + timedelta(days=lasts)
        return workspace.consents.add(actor, entity, Consent.model_validate({**fields, "geldig_tot": ends}))

    give("TD-A", ["TG-JEUGD", *_PARENTS], 30, 360)
    give("TD-C", ["TG-JEUGD", "TG-OUDER1"], 10, 360, vorm="TV-MOND", ontvangersgroepen=["OG-PAREL"])
    give("TD-E", ["TG-JEUGD", *_PARENTS], 355, 364)
    research = give("TD-D", ["TG-JEUGD", *_PARENTS], 90, 360)
    workspace.consents.withdraw(actor, research, today - timedelta(days=3), "moeder")
    decision = Disclosure(
        doel="TD-C",
        ontvanger="Veilig Thuis",
        grond="GZT-MELD",
        afweging="Het is nu niet veilig.",
        geraadpleegd="Een aandachtsfunctionaris",
        gezin_ingelicht=True,
    )
    workspace.disclosures.add(actor, entity, decision)
    return entity


def scene_consent_lines(stage: Stage) -> QPixmap:
    page = stage.bench.show_page(registry.CASES)
    if not isinstance(page, CasesPage):
        raise TypeError("the cases are shown by another page")
    page.open_entity(_filled_case(stage), "aanmelding")
    stage.settle()
    ui = page.case.tabs.registration.ui
    ui.scroll.ensureWidgetVisible(ui.add_consent)
    picture = stage.picture()
    page.show_list()
    return picture


def scene_consent_withdrawing(stage: Stage) -> QPixmap:
    entity = _filled_case(stage)
    given = stage.workspace.consents.of(stage.workspace.actor, entity)[0][0]
    dialog = WithdrawDialog(stage.desk, entity, given, stage.window)
    dialog.open()
    stage.settle()
    picture = stage.picture()
    dialog.reject()
    return picture


def scene_consent_withdrawn(stage: Stage) -> QPixmap:
    """What is asked where a letter is to leave after all."""
    pictures: list[QPixmap] = []

    def look() -> None:
        pictures.append(stage.picture())
        if (box := QApplication.activeModalWidget()) is not None:
            box.close()

    refused = WithdrawnConsentError("De toestemming is ingetrokken op 19-11-2026.")
    QTimer.singleShot(0, look)
    stage.desk.messages.confirm(sentence(refused), "Toch vrijgeven")
    return pictures[0]


def scene_consent_without(stage: Stage) -> QPixmap:
    dialog = DisclosureDialog(stage.desk, secrets.token_hex(4), stage.window)
    dialog.open()
    stage.settle()
    raw = {
        "doel": "TD-C",
        "ontvanger": "Veilig Thuis",
        "grond": "GZT-MELD",
        "afweging": "Thuis is het nu niet veilig. Met toestemming vragen lopen wij het risico dat Sem verdwijnt.",
        "gezin_ingelicht": "nee",
    }
    dialog.binding.lay_over(raw)
    dialog.binding.edited.emit()
    picture = stage.picture()
    dialog.reject()
    return picture
