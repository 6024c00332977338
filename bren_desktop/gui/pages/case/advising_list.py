"""The list of discussions and advices of a case: their order, and what each is called."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QListWidgetItem

from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui import icons
from bren_desktop.gui.models.paged import plain_tip
from bren_desktop.gui.pages.case.advising_panels import badge_of_advice, title_of_discussion
from bren_desktop.services.advising import Deliberation

Place = tuple[Kind, str]
"""A record by its kind and entity; without an entity the new one of its kind."""


def places_of(known: Deliberation) -> Iterator[Place]:
    """The last discussion first, each below the advices that rest on it; above all, those of which it is not here."""
    here = {each.entity for each in known.discussions}
    yield from ((Kind.ADVICE, each.entity) for each in known.advices if each.record.bespreking not in here)
    for discussion in known.discussions:
        resting = (each for each in known.advices if each.record.bespreking == discussion.entity)
        yield from ((Kind.ADVICE, each.entity) for each in resting)
        yield Kind.DISCUSSION, discussion.entity


def line_of(place: Place, known: Deliberation) -> QListWidgetItem:
    """A record in the list: what it is, and below it how it stands."""
    icon, lines = _told(place, known)
    item = QListWidgetItem(icons.icon(icon), "\n".join(lines))
    item.setData(Qt.ItemDataRole.UserRole, place)
    item.setToolTip(plain_tip("\n".join(lines)))
    return item


def _told(place: Place, known: Deliberation) -> tuple[str, tuple[str, str]]:
    kind, entity = place
    if not entity:
        what = _tr("Nieuwe bespreking") if kind is Kind.DISCUSSION else _tr("Nieuw advies")
        return "pencil", (what, _tr("nog niet opgeslagen"))
    if kind is Kind.DISCUSSION:
        return "person", _discussion(next(each.record for each in known.discussions if each.entity == entity))
    holds = known.current is not None and known.current.entity == entity
    return "mail", _advice(next(each.record for each in known.advices if each.entity == entity), holds=holds)


def _discussion(record: Discussion) -> tuple[str, str]:
    where = vocabulary("gremia").label(record.gremium) if record.gremium else _tr("nog niet compleet")
    return title_of_discussion(record), where


def _advice(record: Advice, *, holds: bool) -> tuple[str, str]:
    state = badge_of_advice(record).word
    if record.vrijgegeven_op is None:
        return _tr("Advies"), state
    title = _tr("Advies dat nu geldt") if holds else _tr("Advies, vervangen")
    return title, f"{state} {short_date(record.vrijgegeven_op)}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Advising", text)
