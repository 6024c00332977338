"""Case numbers (decision 9): `CONCEPT-AA0001` until aanmelding is complete, then `BREN-HGL-2026-AA0001`.

A case whose first letter is released has its lasting number from then on: what is sent bears a kenmerk that stays.
A profile that came back from a backup leaps over the numbers that it may have given since.
"""

from __future__ import annotations

import re

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case, missing_for_intake
from bren_desktop.domain.entities import Kind, build, wanted
from bren_desktop.domain.records import Team
from bren_desktop.domain.states import State
from bren_desktop.domain.vocabulary import TO_CODE
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.oplog.registers import top_values
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.sync_ports import SyncRows

KEPT_BY_PROGRAM = frozenset({"nummer", "eerder_kenmerk", "status", "team", "toegewezen"})
"""What the program fills in itself, or a window of its own; no form and no undo touches it."""
_CONCEPT = "CONCEPT-"
_NETWORK = "BREN"
_FIRST = "AA"
_LEAP = "numbers/leap"
_FEWEST = 1_000
_MINUTE_MS = 60_000
_COUNTED = re.compile(r"-([A-Z]{2})\d{4,}$")
_OF_LETTER = re.compile(r"/(?:[A-Z]{2}-)?B(\d+)$")


def numbered(writer: Writer, actor: Actor, case: Case, team_entity: str) -> Case:
    """`case` with the number that its completeness earns; a complete concept is registered.

    A number once given is never taken back; a concept's number stays as `eerder_kenmerk`.
    """
    if not missing_for_intake(case):
        year = case.datum_aanmelding.year if case.datum_aanmelding else 0
        return _registered(_lasting(writer, actor, case, team_entity, year))
    if case.nummer:
        return case
    number = _free(writer, f"{_CONCEPT}{actor.device}")
    return case.model_copy(update={"nummer": number, "team": case.team or actor.team})


def renumber(writer: Writer, actor: Actor, entity: str, team_entity: str) -> Case | None:
    """Give a stored case the number and status that its completeness has earned; the case if that registers it."""
    case = _stored(writer, entity)
    after = numbered(writer, actor, case, team_entity)
    _keep(writer, entity, case, after)
    return after if after.status != case.status else None


def make_lasting(writer: Writer, actor: Actor, entity: str, team_entity: str, year: int) -> Case:
    """Give a stored case a number that stays, of `year`, and return the case."""
    case = _stored(writer, entity)
    after = _lasting(writer, actor, case, team_entity, year)
    _keep(writer, entity, case, after)
    return after


def _stored(writer: Writer, entity: str) -> Case:
    return build(Case, top_values(writer.registers(Kind.CASE, entity)))


def _keep(writer: Writer, entity: str, before: Case, after: Case) -> None:
    if after is not before:
        writer.write(Kind.CASE, entity, wanted({}, after, KEPT_BY_PROGRAM))


def _lasting(writer: Writer, actor: Actor, case: Case, team_entity: str, year: int) -> Case:
    """`case` with a number that stays, of `year`; itself where it has such a number.

    A team that no list knows has no numbers: the one that takes the case in gives its own.
    """
    if is_lasting(case.nummer):
        return case
    team = actor.team if case.team in ("", TO_CODE) else case.team
    settings = build(Team, top_values(writer.registers(Kind.TEAM, team_entity)))
    prefix = f"{settings.netwerk or _NETWORK}-{team}-{year}-{actor.device}"
    return case.model_copy(
        update={
            "nummer": _free(writer, prefix),
            "team": team,
            "eerder_kenmerk": case.eerder_kenmerk or case.nummer,
        }
    )


def _registered(case: Case) -> Case:
    """`case`, which misses nothing that aanmelding requires, as a concept no more."""
    return case.model_copy(update={"status": State.REGISTERED.value}) if case.status == State.CONCEPT else case


def is_lasting(number: str) -> bool:
    """Whether `number` is one that a case keeps, not that of a concept."""
    return bool(number) and not number.startswith(_CONCEPT)


def letters_of(number: str) -> str:
    """The letters of the laptop that gave a number; those of a first laptop where it was not given by the program."""
    found = _COUNTED.search(number)
    return found[1] if found else _FIRST


def next_reference(reader: Reader, actor: Actor, case_entity: str, case: Case) -> str:
    """The kenmerk of the next document of a case. Concepts count too, so that no number is used twice.

    A laptop that did not number the case puts its own letters before: no two laptops give one kenmerk.
    """
    documents = reader.children(Kind.DOCUMENT, case_entity)
    filed = (str(top_values(reader.registers(Kind.DOCUMENT, entity)).get(("kenmerk", ""))) for entity in documents)
    used = [int(found[1]) for found in map(_OF_LETTER.search, filed) if found]
    number = case.nummer or reader.shown_id(Kind.CASE, case_entity)
    own = "" if actor.device == letters_of(number) else f"{actor.device}-"
    return f"{number}/{own}B{max(used, default=0) + 1:02}"


def leap(rows: SyncRows, now_ms: int) -> None:
    """Go on beyond whatever this laptop gave out after its backup was made: a thousand, and one for every minute.

    A second restoring of the same backup so leaps over what was given out after the first.
    """
    minutes = max(0, now_ms - milliseconds(rows.clock())) // _MINUTE_MS
    rows.set_local(_LEAP, str(int(rows.local(_LEAP) or 0) + _FEWEST + minutes))


def _free(writer: Writer, prefix: str) -> str:
    """The next number of a series that no case has, not even one that came in with a file."""
    given = int(writer.local(_LEAP) or 0)
    while True:
        number = f"{prefix}{given + writer.next_number(prefix):04d}"
        if writer.find(Kind.CASE, number) is None:
            return number
