"""One line of the werkvoorraad: what waits, why, since or until when, and where to go for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from bren_desktop.domain.clocks.levels import service_level
from bren_desktop.domain.clocks.months import plus_months
from bren_desktop.domain.duties import AGES, AGREEMENTS, CONSENT, DESTRUCTION, FIXED, REQUESTS, SILENT
from bren_desktop.domain.entities import Kind
from bren_desktop.services.rows import CaseRow


class WorkReason(StrEnum):
    """Why something waits, the most pressing first."""

    CRISIS = "crisis"
    URGENT = "spoed"
    DECISION = "besluit"
    REQUEST = "verzoek"
    TERM = "termijn"
    AGREEMENT = "afspraak"
    CONSENT = "toestemming"
    AGE = "leeftijd"
    WAITING = "wacht_op"
    VERSIONS = "versies"
    DRAFT = "concepttekst"
    INCOMPLETE = "onvolledig"
    SILENT = "stil"
    TO_CODE = "te_coderen"
    STALE = "profiel_controleren"


class Section(IntEnum):
    """When it is to be done, in the order in which the sections are shown."""

    LATE = 0
    TODAY = 1
    WEEK = 2
    WAITING = 3
    LATER = 4


class Priority(IntEnum):
    """How pressing the case itself is."""

    CRISIS = 0
    URGENT = 1
    REGULAR = 2


_PRESSES = 6
"""In months: so long after the end of help may still be resumed (article 1.1 of the Jeugdwet)."""
RANK = {reason: rank for rank, reason in enumerate(WorkReason)}
PRIORITIES = {"UR-CRISIS": Priority.CRISIS, "UR-SPOED": Priority.URGENT}

RELEASE_ADVICE, RELEASE_LETTER = "besluit-advies", "besluit-brief"
CONFIRM_CLOSING, JUDGE_ACCESS, ERASE = "besluit-afsluiting", "besluit-noodtoegang", "besluit-wissen"
WAITING_FOR_CLOSING, ADDITION, ANSWER = "wacht-afsluiting", "wacht-aanvulling", "wacht-inzet"
_WORDS: Mapping[str, tuple[str, str]] = {
    RELEASE_ADVICE: ("Advies vrijgeven", "Er ligt een advies dat nog niet is vrijgegeven."),
    RELEASE_LETTER: ("Brief vrijgeven", "Er ligt een brief als concept. Lees hem en geef hem vrij."),
    CONFIRM_CLOSING: ("Afsluiting bevestigen", "Een collega stelt voor om deze casus af te sluiten."),
    JUDGE_ACCESS: ("Noodtoegang beoordelen", "Iemand opende deze casus met noodtoegang. Lees waarom."),
    ERASE: ("Meebeslissen over wissen", "Een collega vroeg om deze casus te wissen. Het wacht op u."),
    WAITING_FOR_CLOSING: ("Afsluiting voorgesteld", "Een collega bevestigt uw voorstel nog."),
    ADDITION: ("Aanvulling gevraagd", "De gevraagde aanvulling is er nog niet."),
    ANSWER: ("Inzet gevraagd", "Het pareltje heeft nog niet geantwoord."),
}
_DECIDING: Mapping[str, tuple[str, str]] = {
    "TM-TRIAGE": ("Besluiten over de triage", "Gaat de casus naar het expertteam, of wordt hij doorgeleid?"),
}
"""What a deadline says to who decides."""
_REASONS: Mapping[WorkReason, frozenset[str]] = {
    WorkReason.CRISIS: frozenset({"TM-CRISIS"}),
    WorkReason.DECISION: frozenset({RELEASE_ADVICE, RELEASE_LETTER, CONFIRM_CLOSING, JUDGE_ACCESS, ERASE}),
    WorkReason.WAITING: frozenset({WAITING_FOR_CLOSING, ADDITION, ANSWER, "TM-AANVUL-1", "TM-AANVUL-2"}),
    WorkReason.CONSENT: CONSENT,
    WorkReason.AGE: AGES,
    WorkReason.SILENT: SILENT,
    WorkReason.REQUEST: REQUESTS | DESTRUCTION,
    WorkReason.AGREEMENT: AGREEMENTS,
}
_TABS: Mapping[str, frozenset[str]] = {
    "opvolging": AGREEMENTS | AGES | {ANSWER},
    "advies": frozenset({"TM-BESPREKING", "TM-INTERVISIE", "TM-AGENDA", "TM-SET", "TM-ADVIES", RELEASE_ADVICE}),
    "documenten": frozenset({RELEASE_LETTER, "TM-ONTVANGST"}),
    "tijdlijn": SILENT | {"TM-NA-6", "TM-NA-12"},
}


@dataclass(frozen=True, slots=True)
class Snoozed:
    """Until when a line was put off, by whom and why."""

    until: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One line. `kind` is casus, pareltje or empty; `code` that of a deadline or decision, else empty.

    `since` is the day of aanmelding, or from when somebody is waited for; `day` that on which a profile was last
    checked; `count` how many deadlines of one code it stands for; `missing` names fields of a case that lack;
    `versions` counts the fields that colleagues changed at the same time; `stands_in_for` names an absent colleague;
    `also` says what else stands in the same case, and has no day either.
    """

    kind: str
    entity: str
    title: str
    reason: WorkReason
    section: Section = Section.LATER
    priority: Priority = Priority.REGULAR
    code: str = ""
    due: date | None = None
    count: int = 1
    number: str = ""
    status: str = ""
    since: date | None = None
    waits_for: str = ""
    day: date | None = None
    missing: tuple[str, ...] = ()
    draft: str = ""
    saved_ms: int = 0
    versions: int = 0
    snoozed: Snoozed | None = None
    stands_in_for: str = ""
    also: tuple[WorkReason, ...] = ()

    @property
    def reasons(self) -> tuple[WorkReason, ...]:
        """Everything for which it waits, the most pressing first."""
        return self.reason, *self.also

    @property
    def words(self) -> tuple[str, str]:
        """What is to be done, in two words and in a sentence; empty where only the reason says so."""
        if not self.code:
            return "", ""
        decided = _DECIDING if self.reason is WorkReason.DECISION else {}
        known = decided.get(self.code) or _WORDS.get(self.code)
        return known or (service_level(self.code).label, service_level(self.code).text)

    @property
    def tab(self) -> str:
        """On which tab of the case it is done."""
        return next((tab for tab, codes in _TABS.items() if self.code in codes), "aanmelding")

    @property
    def may_be_put_off(self) -> bool:
        """Whether somebody may put it off: it is a deadline, and none of the law."""
        return bool(self.code) and self.code not in FIXED and self.code not in _WORDS


def joined(items: Iterable[WorkItem]) -> Sequence[WorkItem]:
    """One line for each case, which says everything that stands in it, by what presses most."""
    lines: dict[str, WorkItem] = {}
    for item in sorted(items, key=order):
        first = lines.setdefault(item.entity, item)
        if first is not item:
            also, missing = (*first.also, item.reason), first.missing or item.missing
            lines[item.entity] = replace(first, also=also, missing=missing)
    return tuple(lines.values())


def erasure_item(row: CaseRow) -> WorkItem:
    """The other half of erasing a case: the share tells for whom it waits."""
    return WorkItem(
        kind=Kind.CASE.value,
        entity=row.entity,
        title=row.title,
        number=row.nummer or row.id,
        reason=WorkReason.DECISION,
        section=Section.TODAY,
        priority=PRIORITIES.get(row.urgentie, Priority.REGULAR),
        code=ERASE,
        status=row.status,
    )


def reason_of(code: str) -> WorkReason:
    """Why a deadline or decision waits."""
    return next((reason for reason, codes in _REASONS.items() if code in codes), WorkReason.TERM)


def section_of(due: date, today: date) -> Section:
    """Where a deadline stands today; a week ends on Sunday."""
    if due <= today:
        return Section.TODAY if due == today else Section.LATE
    sunday = today + timedelta(days=6 - today.weekday())
    return Section.WEEK if due <= sunday else Section.LATER


def age_section_of(birthday: date, today: date) -> Section:
    """Where an age stands today: it is never late, and less pressing once half a year has gone by."""
    if birthday > today:
        return section_of(birthday, today)
    return Section.WEEK if plus_months(birthday, _PRESSES) > today else Section.LATER


def order(item: WorkItem) -> tuple[object, ...]:
    """By section, then priority, then date, with what a crisis asks at once before all; the rest makes it total."""
    newest = -(item.since or date.min).toordinal()
    when = item.due or item.day or date.max
    what = (RANK[item.reason], newest, -item.saved_ms, item.title, item.entity, item.code, item.draft)
    return item.section, item.priority, item.code != "TM-CRISIS", when, *what
