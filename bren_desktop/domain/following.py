"""What came of the points and plans of an advice: the newest telling of each, and the sheet that people fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bren_desktop.domain.advice import Advice, PlanRow, PointRow
from bren_desktop.domain.advising import CHOSEN, FAILED, WAITING, Missing
from bren_desktop.domain.aftercare import FollowUp
from bren_desktop.domain.cases import Row
from bren_desktop.domain.fields import Shape, neutral, personal, sensitive
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Text
from bren_desktop.domain.vocabulary import vocabulary

NOT_BEGUN, PARTLY, FOLLOWED, NOT_FOLLOWED = "OS-OPEN", "OS-DEELS", "OS-JA", "OS-NEE"
WITH_REASON = frozenset({PARTLY, NOT_FOLLOWED})
"""How a point may stand only with the reason why."""
SETTLED = frozenset({FOLLOWED, NOT_FOLLOWED})
"""Nobody waits for a point that stands like this."""


class ToldRow(Row):
    """What is told about one point or plan: `id` is that of the point, or the letter of the plan."""

    stand: Line = ""
    reden: Text = ""
    effect: Text = ""


class FollowUpSheet(Record):
    """One round along the points and plans of an advice. Each row becomes a `FollowUp`."""

    advies: Annotated[Line, neutral("Advies")] = ""
    datum: Annotated[Day, neutral("Datum")] = None
    volgens: Annotated[Line, personal("Volgens")] = ""
    opvolging: Annotated[tuple[ToldRow, ...], sensitive("Adviespunten", shape=Shape.ROWS)] = ()
    planstanden: Annotated[tuple[ToldRow, ...], sensitive("Plannen", shape=Shape.ROWS)] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How one point of the advice `advies` stands. `tellings` has the newest first."""

    advies: str
    point: PointRow
    tellings: tuple[FollowUp, ...] = ()

    @property
    def newest(self) -> FollowUp | None:
        return self.tellings[0] if self.tellings else None

    @property
    def stand(self) -> str:
        """Its code in `opvolgstanden`."""
        return self.tellings[0].stand if self.tellings else NOT_BEGUN

    def days_late(self, today: date) -> int:
        """How long it should have been done; 0 for what is not late or has been settled."""
        if self.point.uiterlijk is None or self.stand in SETTLED:
            return 0
        return max(0, (today - self.point.uiterlijk).days)


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """How one plan of an advice stands: as it was last told, or else as the advice says. `tellings`: newest first."""

    plan: PlanRow
    tellings: tuple[FollowUp, ...] = ()

    @property
    def newest(self) -> FollowUp | None:
        return self.tellings[0] if self.tellings else None

    @property
    def stand(self) -> str:
        """Its code in `planstanden`."""
        return self.tellings[0].planstand if self.tellings else self.plan.stand or WAITING


def standings(entity: str, advice: Advice, tellings: Iterable[FollowUp]) -> tuple[Standing, ...]:
    """How each point of the advice stands. Of tellings of one day the one that comes first is the newest."""
    newest_first = _newest_first(entity, tellings)
    return tuple(
        Standing(entity, point, tuple(each for each in newest_first if each.punt == point.id))
        for point in advice.punten
    )


def plan_standings(entity: str, advice: Advice, tellings: Iterable[FollowUp]) -> tuple[PlanStanding, ...]:
    """How each plan of the advice stands."""
    newest_first = _newest_first(entity, tellings)
    return tuple(
        PlanStanding(plan, tuple(each for each in newest_first if each.plan == plan.id)) for plan in advice.plannen
    )


def follow_ups(sheet: FollowUpSheet) -> list[FollowUp]:
    """A telling for each row in which something was chosen."""
    shared = {"advies": sheet.advies, "datum": sheet.datum, "volgens": sheet.volgens}
    points = [
        FollowUp(punt=row.id, stand=row.stand, reden=row.reden, effect=row.effect, **shared)
        for row in sheet.opvolging
        if row.stand
    ]
    plans = [
        FollowUp(plan=row.id, planstand=row.stand, reden=row.reden, effect=row.effect, **shared)
        for row in sheet.planstanden
        if row.stand
    ]
    return points + plans


def sheet_faults(
    sheet: FollowUpSheet, advice: Advice, plans: Sequence[PlanStanding], today: date
) -> tuple[Missing, ...]:
    """What must be put right before the sheet can be recorded. `plans`: how those of the advice stand before it."""
    if not any(row.stand for row in (*sheet.opvolging, *sheet.planstanden)):
        return (Missing("opvolging", "Kies bij ten minste één punt of plan hoe het staat."),)
    return (
        *_day_faults(sheet.datum, advice, today),
        *_row_faults(sheet.opvolging, advice),
        *_plan_faults(sheet.planstanden, plans),
    )


def _newest_first(entity: str, tellings: Iterable[FollowUp]) -> list[FollowUp]:
    ours = (each for each in tellings if each.advies == entity)
    return sorted(ours, key=lambda telling: telling.datum or date.min, reverse=True)


def _day_faults(day: date | None, advice: Advice, today: date) -> Iterator[Missing]:
    if day is None:
        yield Missing("datum", "Vul in op welke dag u dit hoorde.")
    elif day > today:
        yield Missing("datum", "De datum van de opvolging ligt in de toekomst.")
    elif advice.vrijgegeven_op and day < advice.vrijgegeven_op:
        yield Missing("datum", "De datum ligt voor de dag waarop het advies is vrijgegeven.")


def _row_faults(rows: Sequence[ToldRow], advice: Advice) -> Iterator[Missing]:
    numbers = {point.id: number for number, point in enumerate(advice.punten, 1)}
    for row in (row for row in rows if row.stand):
        if row.id not in numbers:
            yield Missing(
                "opvolging", "Een van de punten staat niet in het advies dat nu geldt. Open de casus opnieuw."
            )
        elif row.stand not in vocabulary("opvolgstanden"):
            yield Missing("opvolging", f"Kies bij punt {numbers[row.id]} uit de lijst hoe het staat.")
        elif row.stand in WITH_REASON and not row.reden:
            how = vocabulary("opvolgstanden").label(row.stand)
            yield Missing("opvolging", f"Schrijf bij punt {numbers[row.id]} waarom het {how} is.")


def _plan_faults(rows: Sequence[ToldRow], plans: Sequence[PlanStanding]) -> Iterator[Missing]:
    stands = {each.plan.id: each.stand for each in plans}
    for row in (row for row in rows if row.stand):
        if row.id not in stands:
            yield Missing("planstanden", "Een van de plannen staat niet in het advies dat nu geldt.")
        elif row.stand not in vocabulary("planstanden"):
            yield Missing("planstanden", f"Kies bij plan {row.id} uit de lijst hoe het staat.")
        elif row.stand == FAILED and not row.reden:
            yield Missing("planstanden", f"Schrijf op waarom plan {row.id} is gestrand.")
    after = {**stands, **{row.id: row.stand for row in rows if row.stand}}
    chosen = [letter for letter, stand in after.items() if stand == CHOSEN]
    if len(chosen) > 1:
        yield Missing(
            "planstanden", f"Er kan één plan tegelijk gekozen zijn. Zeg ook hoe het staat met plan {chosen[0]}."
        )
