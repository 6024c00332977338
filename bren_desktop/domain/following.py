"""What came of the points of an advice: the newest telling of each, and the sheet that people fill in on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bren_desktop.domain.advice import Advice, PointRow
from bren_desktop.domain.advising import Missing
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
    """What is told about one point: `id` is that of the point."""

    stand: Line = ""
    reden: Text = ""
    effect: Text = ""


class FollowUpSheet(Record):
    """One round along the points of an advice, as it stands on the printed sheet. Each row becomes a `FollowUp`."""

    advies: Annotated[Line, neutral("Advies")] = ""
    datum: Annotated[Day, neutral("Datum")] = None
    volgens: Annotated[Line, personal("Volgens")] = ""
    opvolging: Annotated[tuple[ToldRow, ...], sensitive("Adviespunten", shape=Shape.ROWS)] = ()


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


def standings(entity: str, advice: Advice, tellings: Iterable[FollowUp]) -> tuple[Standing, ...]:
    """How each point of the advice stands. Of tellings of one day the one that comes first is the newest."""
    ours = [each for each in tellings if each.advies == entity]
    newest_first = sorted(ours, key=lambda telling: telling.datum or date.min, reverse=True)
    return tuple(
        Standing(entity, point, tuple(each for each in newest_first if each.punt == point.id))
        for point in advice.punten
    )


def follow_ups(sheet: FollowUpSheet) -> list[FollowUp]:
    """A telling for each row in which something was chosen."""
    shared = {"advies": sheet.advies, "datum": sheet.datum, "volgens": sheet.volgens}
    return [
        FollowUp(punt=row.id, stand=row.stand, reden=row.reden, effect=row.effect, **shared)
        for row in sheet.opvolging
        if row.stand
    ]


def sheet_faults(sheet: FollowUpSheet, advice: Advice, today: date) -> tuple[Missing, ...]:
    """What must be put right before the sheet can be recorded."""
    return (*_day_faults(sheet.datum, advice, today), *_row_faults(sheet.opvolging, advice))


def _day_faults(day: date | None, advice: Advice, today: date) -> Iterator[Missing]:
    if day is None:
        yield Missing("datum", "Vul in op welke dag u dit hoorde.")
    elif day > today:
        yield Missing("datum", "De datum van de opvolging ligt in de toekomst.")
    elif advice.vrijgegeven_op and day < advice.vrijgegeven_op:
        yield Missing("datum", "De datum ligt voor de dag waarop het advies is vrijgegeven.")


def _row_faults(rows: Sequence[ToldRow], advice: Advice) -> Iterator[Missing]:
    numbers = {point.id: number for number, point in enumerate(advice.punten, 1)}
    told = [row for row in rows if row.stand]
    if not told:
        yield Missing("opvolging", "Kies bij ten minste één punt hoe het staat.")
    for row in told:
        if row.id not in numbers:
            yield Missing("opvolging", "Een van de punten staat niet in het advies dat nu geldt. Open de casus opnieuw.")
        elif row.stand not in vocabulary("opvolgstanden"):
            yield Missing("opvolging", f"Kies bij punt {numbers[row.id]} uit de lijst hoe het staat.")
        elif row.stand in WITH_REASON and not row.reden:
            how = vocabulary("opvolgstanden").label(row.stand)
            yield Missing("opvolging", f"Schrijf bij punt {numbers[row.id]} waarom het {how} is.")
