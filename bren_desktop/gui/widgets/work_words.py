"""How the werkvoorraad says what waits and why."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.fields import notes
from bren_desktop.domain.moments import moment_of
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.models.columns import Badge, Tone
from bren_desktop.gui.navigator import ADDRESS, VERSIONS
from bren_desktop.services.worklist import WorkItem, WorkReason

TEAM_DRAFT = "team"
_DAY = "%d-%m-%Y"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Worklist", text)


def reason_badge(reason: WorkReason) -> Badge:
    """The badge of a reason."""
    return {
        WorkReason.CRISIS: Badge(_tr("crisis"), Tone.ALARM, icon="flame"),
        WorkReason.URGENT: Badge(_tr("spoed"), Tone.WARN, icon="warning"),
        WorkReason.VERSIONS: Badge(_tr("versies kiezen"), Tone.WARN, icon="versions"),
        WorkReason.DRAFT: Badge(_tr("niet opgeslagen"), Tone.INFO, icon="pencil"),
        WorkReason.INCOMPLETE: Badge(_tr("onvolledig"), Tone.QUIET, icon="question"),
        WorkReason.TO_CODE: Badge(_tr("te coderen"), Tone.QUIET, icon="tag"),
        WorkReason.TURNS_18: Badge(_tr("wordt 18"), Tone.INFO, icon="cake"),
        WorkReason.STALE: Badge(_tr("profiel controleren"), Tone.QUIET, icon="history"),
    }[reason]


def group_words(reason: WorkReason) -> str:
    """What the chip of a reason says."""
    words = reason_badge(reason).word
    return words[:1].upper() + words[1:]


def title(item: WorkItem) -> str:
    """What waits."""
    if item.title:
        return item.title
    if item.draft == TEAM_DRAFT:
        return _tr("Briefpapier van het team")
    if item.draft.startswith(f"{ADDRESS}:") or item.kind in (Kind.PERSON, Kind.ORGANISATION):
        return _tr("Adresboek")
    if item.draft.startswith(f"{VERSIONS}:"):
        return _tr("Versies kiezen")
    if item.kind == Kind.TEAM:
        return _tr("Briefpapier van het team")
    return _tr("Pareltje zonder naam") if item.kind == Kind.EXPERT else _tr("Nieuwe casus")


def detail(item: WorkItem) -> str:
    """What to do about it, from the most pressing reason that says more than its badge."""
    told = {
        WorkReason.DRAFT: _draft,
        WorkReason.VERSIONS: _versions,
        WorkReason.INCOMPLETE: _incomplete,
        WorkReason.TURNS_18: _turns_18,
        WorkReason.STALE: _stale,
        WorkReason.TO_CODE: _to_code,
    }
    return next((say for reason, say in told.items() if reason in item.reasons), _standing)(item)


def _draft(item: WorkItem) -> str:
    saved = moment_of(item.saved_ms).astimezone()
    return _tr("U was hiermee bezig op {day} om {time} uur. Enter gaat verder waar u was.").format(
        day=saved.strftime(_DAY), time=saved.strftime("%H.%M")
    )


def _turns_18(item: WorkItem) -> str:
    if item.day is None:
        return _standing(item)
    return _tr("Wordt 18 op {day}: regel tijdig de overgang.").format(day=item.day.strftime(_DAY))


def _to_code(_item: WorkItem) -> str:
    return _tr("Een gemeente of term staat nog niet in een lijst.")


def _versions(item: WorkItem) -> str:
    if item.versions == 1:
        return _tr("Collega's wijzigden tegelijk één veld. Enter laat de versies zien.")
    return _tr("Collega's wijzigden tegelijk {n} velden. Enter laat de versies zien.").format(n=item.versions)


def _incomplete(item: WorkItem) -> str:
    if not item.missing:
        return _tr("Voor de aanmelding ontbreken nog gegevens.")
    return _tr("Nog nodig: {fields}.").format(fields=", ".join(_labels(item.missing)))


def _standing(item: WorkItem) -> str:
    status = vocabulary("casusstatus").label(item.status)
    if item.since is None:
        return _tr("Status: {status}.").format(status=status)
    return _tr("Aangemeld op {day}. Status: {status}.").format(day=item.since.strftime(_DAY), status=status)


def _stale(item: WorkItem) -> str:
    if item.day is None:
        return _tr("Dit profiel is nog nooit gecontroleerd.")
    return _tr("Voor het laatst gecontroleerd op {day}.").format(day=item.day.strftime(_DAY))


def _labels(fields: tuple[str, ...]) -> list[str]:
    known = notes(Case)
    return [known[name].label.lower() if name in known else name for name in fields]
