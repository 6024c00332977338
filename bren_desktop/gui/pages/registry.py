"""The pages of the rail, in their order, each made at its first visit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.pages.page import Page

WORKLIST, CASES, POOL, DOCUMENTS, SETTINGS = "werkvoorraad", "casussen", "pareltjes", "documenten", "beheer"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One entry of the rail. `right` is what its user needs, or None."""

    name: str
    title: str
    icon: str
    make: Callable[[Desk, QWidget], Page]
    right: Right | None = None


def specs(actor: Actor) -> Sequence[PageSpec]:
    """The pages that are of use to `actor`."""
    return [spec for spec in _all() if spec.right is None or may(actor, spec.right)]


def _all() -> Sequence[PageSpec]:
    def title(text: str) -> str:
        return QCoreApplication.translate("Pages", text)

    return (
        PageSpec(WORKLIST, title("Werkvoorraad"), "worklist", _worklist),
        PageSpec(CASES, title("Casussen"), "cases", _cases, Right.READ_CASE),
        PageSpec(POOL, title("Pareltjes"), "pool", _pool, Right.READ_POOL),
        PageSpec(DOCUMENTS, title("Documenten"), "documents", _documents, Right.READ_CASE),
        PageSpec(SETTINGS, title("Beheer"), "settings", _settings),
    )


def _worklist(desk: Desk, parent: QWidget) -> Page:
    from bren_desktop.gui.pages.worklist import WorklistPage

    return WorklistPage(desk, parent)


def _cases(desk: Desk, parent: QWidget) -> Page:
    from bren_desktop.gui.pages.cases import CasesPage

    return CasesPage(desk, parent)


def _pool(desk: Desk, parent: QWidget) -> Page:
    from bren_desktop.gui.pages.pool import PoolPage

    return PoolPage(desk, parent)


def _documents(desk: Desk, parent: QWidget) -> Page:
    from bren_desktop.gui.pages.documents import DocumentsPage

    return DocumentsPage(desk, parent)


def _settings(desk: Desk, parent: QWidget) -> Page:
    from bren_desktop.gui.pages.settings import SettingsPage

    return SettingsPage(desk, parent)
