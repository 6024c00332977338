"""What stands in the rows of each field that is a list of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.advising import CHOSEN, FAILED, NOT_MET, PLANS, WAITING
from bren_desktop.domain.following import FOLLOWED, NOT_BEGUN, NOT_FOLLOWED, PARTLY, WITH_REASON
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.widgets.options import Option, Options, of_list, of_words, yes_no
from bren_desktop.gui.widgets.rows_editor import CellPlan

KEYS: Mapping[str, str] = {
    "OB-JA": "j",
    "OB-NEE": "n",
    "OB-NVT": "-",
    FOLLOWED: "g",
    PARTLY: "d",
    NOT_FOLLOWED: "n",
    NOT_BEGUN: "o",
    CHOSEN: "k",
    FAILED: "s",
    WAITING: "o",
    "BS-OK": "g",
    "BS-LOOPT": "l",
    "BS-NEE": "n",
    "BS-ONB": "o",
}
"""The key that chooses a code where a list is gone through with one key."""
_MONTH = "september 2026"
_NOBODY = of_words(())


@dataclass(frozen=True, slots=True)
class RowsPlan:
    """The columns, and the words of the button that adds a row.

    `fixed`: rows that are always there, by id with their name; their names take `label_stretch` of the width.
    `name`: what one row is, where its number counts.
    """

    cells: tuple[CellPlan, ...]
    add: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    label_stretch: int = 4


def rows_plans(today: Callable[[], date]) -> Mapping[str, RowsPlan]:
    """The rows of each field, with the lists that are in use today."""
    return {**_of_a_case(today()), **_of_a_discussion(), **_of_an_advice(today), **_of_aftercare(today)}


def _of_a_case(today: date) -> Mapping[str, RowsPlan]:
    history = (
        CellPlan("van", _tr("Van"), 1, sample=_MONTH),
        CellPlan("tot", _tr("Tot"), 1, sample=_MONTH),
        CellPlan("vorm", _tr("Vorm van hulp"), 2, options=of_list("hulpvormen", today)),
        CellPlan("aanbieder", _tr("Aanbieder")),
        CellPlan("reden_einde", _tr("Reden einde"), 3, "text"),
        CellPlan("ervaring", _tr("Ervaring van de jeugdige"), 3, "text"),
    )
    involved = (
        CellPlan("naam", _tr("Naam"), 3),
        CellPlan("relatie", _tr("Relatie")),
        CellPlan("organisatie", _tr("Organisatie")),
        CellPlan("telefoon", _tr("Telefoon")),
        CellPlan("email", _tr("E-mail")),
        CellPlan("gezag", _tr("Gezag"), 1, options=yes_no()),
    )
    return {
        "geschiedenis": RowsPlan(history, _tr("Periode toevoegen")),
        "betrokkenen": RowsPlan(involved, _tr("Betrokkene toevoegen")),
    }


def _of_a_discussion() -> Mapping[str, RowsPlan]:
    present = (
        CellPlan("naam", _tr("Naam"), 3, "names", _NOBODY),
        CellPlan("rol", _tr("Rol"), 2),
        CellPlan("organisatie", _tr("Organisatie"), 3),
        CellPlan("ervaringsdeskundig", _tr("Ervaringsdeskundige"), 1, "tick"),
    )
    checked = (
        CellPlan(
            "oordeel", _tr("Oordeel"), 2, "answer", _by_key("oordelen_basisvereiste"), explained=frozenset({NOT_MET})
        ),
        CellPlan("toelichting", _tr("Toelichting"), 4, "text"),
    )
    codes = {term.code: f"{term.code}  {term.label}" for term in vocabulary("basisvereisten")}
    return {
        "aanwezigen": RowsPlan(present, _tr("Iemand toevoegen")),
        "basisvereisten": RowsPlan(checked, fixed=codes),
    }


def _of_an_advice(today: Callable[[], date]) -> Mapping[str, RowsPlan]:
    points = (
        CellPlan("wat", _tr("Wat"), 5, "text"),
        CellPlan("eigenaar", _tr("Wie (één eigenaar)"), 3, "names", _NOBODY),
        CellPlan("uiterlijk", _tr("Uiterlijk"), 2, today=today),
        CellPlan("waarom", _tr("Waarom"), 5, "text"),
    )
    plans = (
        CellPlan("tekst", _tr("Wat houdt het in"), 6, "text"),
        CellPlan("stand", _tr("Stand"), 2, options=of_list("planstanden", today())),
        CellPlan("reden", _tr("Waarom gestrand"), 4, "text"),
    )
    money = (
        CellPlan("soort", _tr("Waarvoor"), 3, "names", of_words(_money_kinds())),
        CellPlan("bedrag", _tr("Hele euro's"), 1),
        CellPlan("garantsteller", _tr("Wie staat garant"), 3, "names", _NOBODY),
        CellPlan("tot", _tr("Tot en met"), 2, today=today),
        CellPlan("afwikkeling_met", _tr("Afwikkeling met"), 3, "names", _NOBODY),
    )
    letters = {letter: _tr("Plan {letter}").format(letter=letter) for letter in PLANS}
    return {
        "punten": RowsPlan(points, _tr("Adviespunt toevoegen"), name=_tr("Adviespunt")),
        "plannen": RowsPlan(plans, fixed=letters, label_stretch=0),
        "geld": RowsPlan(money, _tr("Afspraak over geld toevoegen"), name=_tr("Geldafspraak")),
    }


def _of_aftercare(today: Callable[[], date]) -> Mapping[str, RowsPlan]:
    told = (
        CellPlan("stand", _tr("Stand"), 2, "answer", _by_key("opvolgstanden"), explained=WITH_REASON),
        CellPlan("reden", _tr("Waarom deels of niet"), 4, "text"),
        CellPlan("effect", _tr("Wat leverde het op"), 4, "text"),
    )
    planned = (
        CellPlan("stand", _tr("Stand"), 2, "answer", _by_key("planstanden"), explained=frozenset({FAILED})),
        CellPlan("reden", _tr("Waarom gestrand"), 4, "text"),
        CellPlan("effect", _tr("Wat leverde het op"), 4, "text"),
    )
    arranged = (
        CellPlan("stand", _tr("Stand"), 3, "answer", _by_key("big5_standen")),
        CellPlan("wie", _tr("Wie regelt het"), 4),
        CellPlan("wanneer", _tr("Wanneer"), 3, today=today),
        CellPlan("toelichting", _tr("Toelichting"), 6),
    )
    big_five = {term.code: term.label.capitalize() for term in vocabulary("big5")}
    return {"opvolging": RowsPlan(told), "planstanden": RowsPlan(planned), "big5": RowsPlan(arranged, fixed=big_five)}


def _by_key(name: str) -> Options:
    """The terms of a list, each by one key."""
    terms = vocabulary(name)
    return Options(tuple(Option(term.code, term.label, (KEYS.get(term.code, ""), *term.aliases)) for term in terms))


def _money_kinds() -> tuple[str, ...]:
    return (_tr("Overbruggingsfinanciering"), _tr("Doorbraakbudget"), _tr("Opstartkosten"), _tr("Leeg bed"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Rows", text)
