"""How the werkvoorraad says what waits, when and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.dutch import counted, listing, short_date
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.fields import notes
from bren_desktop.domain.moments import moment_of
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.models.columns import Badge, Tone
from bren_desktop.gui.navigator import ADDRESS, EMERGENCY, STAND_IN, VERSIONS
from bren_desktop.services.work_items import Priority, Section, WorkItem, WorkReason

TEAM_DRAFT = "team"
_WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_BY_ITSELF = frozenset(
    {WorkReason.VERSIONS, WorkReason.DRAFT, WorkReason.INCOMPLETE, WorkReason.TO_CODE, WorkReason.STALE}
)
"""The reasons whose badge says what the line is about, for there is no deadline that does."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Worklist", text)


def reason_badge(reason: WorkReason) -> Badge:
    """The badge of a reason."""
    return {
        WorkReason.CRISIS: Badge(_tr("crisis"), Tone.ALARM, icon="flame"),
        WorkReason.URGENT: Badge(_tr("spoed"), Tone.WARN, icon="warning"),
        WorkReason.DECISION: Badge(_tr("besluit"), Tone.INFO, icon="check"),
        WorkReason.REQUEST: Badge(_tr("verzoek of bewaartermijn"), Tone.INFO, icon="person"),
        WorkReason.TERM: Badge(_tr("termijn"), Tone.INFO, icon="clock"),
        WorkReason.AGREEMENT: Badge(_tr("afspraak"), Tone.INFO, icon="calendar"),
        WorkReason.CONSENT: Badge(_tr("toestemming"), Tone.INFO, icon="pencil"),
        WorkReason.AGE: Badge(_tr("wordt ouder"), Tone.INFO, icon="cake"),
        WorkReason.WAITING: Badge(_tr("wacht op iemand"), Tone.QUIET, icon="clock"),
        WorkReason.VERSIONS: Badge(_tr("versies kiezen"), Tone.WARN, icon="versions"),
        WorkReason.DRAFT: Badge(_tr("niet opgeslagen"), Tone.INFO, icon="pencil"),
        WorkReason.INCOMPLETE: Badge(_tr("onvolledig"), Tone.QUIET, icon="question"),
        WorkReason.SILENT: Badge(_tr("stille casus"), Tone.QUIET, icon="history"),
        WorkReason.TO_CODE: Badge(_tr("te coderen"), Tone.QUIET, icon="tag"),
        WorkReason.STALE: Badge(_tr("profiel controleren"), Tone.QUIET, icon="history"),
    }[reason]


def group_words(reason: WorkReason) -> str:
    """What the chip of a reason says."""
    words = reason_badge(reason).word
    return words[:1].upper() + words[1:]


def section_words(section: Section) -> str:
    """The head above the lines of a section."""
    return {
        Section.LATE: _tr("Te laat"),
        Section.TODAY: _tr("Vandaag"),
        Section.WEEK: _tr("Deze week"),
        Section.WAITING: _tr("Wacht op iemand"),
        Section.LATER: _tr("Later"),
    }[section]


def summary(items: Sequence[WorkItem]) -> str:
    """How much waits, and how much of it for today or before."""
    count = len(items)
    counts = Counter(item.section for item in items)
    pressing = [
        f"{counted(counts[section])} {section_words(section).lower()}"
        for section in (Section.LATE, Section.TODAY, Section.WEEK)
        if counts[section]
    ]
    if count == 1:
        return _tr("Er wacht één ding op aandacht.")
    if not pressing:
        return _tr("Er wachten {count} dingen op aandacht.").format(count=counted(count))
    told = _tr("Er wachten {count} dingen op aandacht: {pressing}.")
    return told.format(count=counted(count), pressing=listing(pressing))


def nothing_waits(role: Role) -> str:
    """What an empty list says to a role: what would stand here."""
    return {
        Role.PROJECTLEIDER: _tr(
            "Als projectleider ziet u geen casussen, dus wacht hier ook geen werk uit casussen. Pareltjes waarvan u "
            "gegevens begon te wijzigen, komen hier te staan."
        ),
        Role.IT: _tr(
            "Als IT-beheerder ziet u geen casussen en geen werk van het team. Sleutels en reservekopieën vindt u bij "
            "Beheer, laptops bij Samenwerken (F6)."
        ),
        Role.PRIVACY: _tr(
            "Verzoeken van jeugdigen en ouders, noodtoegang die nog niet is beoordeeld en dossiers waarvan de "
            "bewaartermijn is bereikt, komen hier vanzelf te staan."
        ),
        Role.PROCESREGISSEUR: _tr(
            "Adviespunten, opvolgmomenten, overbruggingen en escalaties van de casussen die aan u zijn toegewezen, "
            "komen hier vanzelf te staan."
        ),
        Role.LID: _tr("Casussen die aan u zijn toegewezen en die besproken worden, komen hier vanzelf te staan."),
    }.get(role, _tr("Termijnen, besluiten, spoed en dossiers die iets missen komen hier vanzelf te staan."))


def badges(item: WorkItem, today: date) -> list[Badge]:
    """What stands at the right of a line, from left to right."""
    found = [reason_badge(reason) for reason in _pressing(item)]
    if item.stands_in_for:
        found.append(Badge(_tr("voor {name}").format(name=item.stands_in_for), Tone.INFO, icon="person"))
    if item.reason in _BY_ITSELF:
        found.append(reason_badge(item.reason))
    elif item.snoozed is not None:
        found.append(
            Badge(_tr("weer op {day}").format(day=_near_day(item.snoozed.until, today)), Tone.QUIET, icon="clock")
        )
    elif item.reason is WorkReason.AGE and item.due is not None and item.due <= today:
        found.append(Badge(_tr("sinds {day}").format(day=short_date(item.due)), Tone.WARN, icon="cake"))
    elif item.due is not None:
        found.append(_due_badge(item.due, today))
    elif item.reason is WorkReason.WAITING and item.since is not None:
        found.append(Badge(_tr("sinds {day}").format(day=short_date(item.since)), Tone.QUIET, icon="clock"))
    elif item.reason is WorkReason.DECISION:
        found.append(reason_badge(item.reason))
    return [*found, *map(reason_badge, item.also)]


def _pressing(item: WorkItem) -> list[WorkReason]:
    return {Priority.CRISIS: [WorkReason.CRISIS], Priority.URGENT: [WorkReason.URGENT]}.get(item.priority, [])


def _due_badge(due: date, today: date) -> Badge:
    days = (today - due).days
    if days > 1:
        return Badge(_tr("{n} dagen te laat").format(n=days), Tone.ALARM, icon="clock")
    if days >= 0:
        return (
            Badge(_tr("gisteren"), Tone.ALARM, icon="clock") if days else Badge(_tr("vandaag"), Tone.WARN, icon="clock")
        )
    if days == -1:
        return Badge(_tr("morgen"), Tone.INFO, icon="clock")
    return Badge(_near_day(due, today), Tone.INFO if days > -7 else Tone.QUIET, icon="clock")


def _near_day(day: date, today: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {day:%d-%m}" if day.year == today.year else short_date(day)


def headline(item: WorkItem) -> tuple[str, str]:
    """What is to be done, and in which case; for a line without a deadline only what it is about."""
    label, _ = item.words
    if not label:
        return title(item), ""
    times = f" ({item.count}×)" if item.count > 1 else ""
    return f"{label}{times}", title(item)


def title(item: WorkItem) -> str:
    """What waits."""
    names = {
        TEAM_DRAFT: _tr("Briefpapier van het team"),
        ADDRESS: _tr("Adresboek"),
        Kind.PERSON: _tr("Adresboek"),
        Kind.ORGANISATION: _tr("Adresboek"),
        Kind.CONCEPT: _tr("Begrip"),
        Kind.WEIGHING: _tr("Hoe matching weegt"),
        VERSIONS: _tr("Versies kiezen"),
        EMERGENCY: _tr("Noodtoegang"),
        STAND_IN: _tr("Waarneming"),
        Kind.EXPERT: _tr("Pareltje zonder naam"),
    }
    form = item.draft.partition(":")[0]
    return item.title or names.get(form) or names.get(item.kind) or _tr("Nieuwe casus")


def detail(item: WorkItem) -> str:
    """What to do about it, and who put it off."""
    if item.snoozed is not None:
        said = item.snoozed
        return _tr("Uitgesteld tot {day} door {name}, omdat: {reason}").format(
            day=short_date(said.until), name=said.by, reason=said.reason
        )
    return " ".join(_told(item, reason) for reason in item.reasons)


def _told(item: WorkItem, reason: WorkReason) -> str:
    told = {
        WorkReason.DRAFT: _draft,
        WorkReason.VERSIONS: _versions,
        WorkReason.INCOMPLETE: _incomplete,
        WorkReason.STALE: _stale,
        WorkReason.TO_CODE: _to_code,
        WorkReason.WAITING: _waiting,
        WorkReason.CRISIS: _words if item.code else _standing,
        WorkReason.URGENT: _standing,
    }
    return told.get(reason, _words)(item)


def spoken(item: WorkItem, today: date) -> str:
    """The whole line, for who does not see it."""
    what = " · ".join(filter(None, headline(item)))
    why = ", ".join(badge.word for badge in badges(item, today))
    return f"{what}: {why}. {detail(item)}" if why else f"{what}. {detail(item)}"


def _words(item: WorkItem) -> str:
    return item.words[1]


def _waiting(item: WorkItem) -> str:
    if not item.waits_for:
        return _words(item)
    return _tr("Wacht op {name}. {words}").format(name=item.waits_for, words=_words(item))


def _draft(item: WorkItem) -> str:
    saved = moment_of(item.saved_ms).astimezone()
    return _tr("U was hiermee bezig op {day} om {time} uur. Enter gaat verder waar u was.").format(
        day=short_date(saved.date()), time=saved.strftime("%H.%M")
    )


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
    return _tr("Aangemeld op {day}. Status: {status}.").format(day=short_date(item.since), status=status)


def _stale(item: WorkItem) -> str:
    if item.day is None:
        return _tr("Dit profiel is nog nooit gecontroleerd.")
    return _tr("Voor het laatst gecontroleerd op {day}.").format(day=short_date(item.day))


def _labels(fields: tuple[str, ...]) -> list[str]:
    known = notes(Case)
    return [known[name].label.lower() if name in known else name for name in fields]
