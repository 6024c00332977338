"""Who may see which case: assigning colleagues, and emergency access (noodtoegang) that another looks at afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bren_desktop.domain.access import EmergencyAccess, last_day, lasts
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, flatten, wanted
from bren_desktop.domain.rights import SCOPES, Right, Scope, may, require
from bren_desktop.errors import InvalidInputError, NotAllowedError
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import children, load, present, resolve
from bren_desktop.services.ports import Reader
from bren_desktop.services.readlog import Sightings
from bren_desktop.services.rows import Changes
from bren_desktop.services.share_door import Device

SHORTEST_REASON = 10
"""Characters that say more than ‘spoed’: who reviews it has to understand why."""
_FIELD = "toegewezen"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the team to whom a case can be assigned. `sees_all`: the role sees every case as it is."""

    person: str
    name: str
    role: Role
    gone: bool = False

    @property
    def sees_all(self) -> bool:
        """Whether the role needs no assignment."""
        return SCOPES[self.role] is Scope.ALL


@dataclass(frozen=True, slots=True)
class Emergency:
    """One use of emergency access. `title` is number and initials of the case, `last` the day it lasts until."""

    entity: str
    case: str
    title: str
    record: EmergencyAccess
    last: date | None

    @property
    def is_reviewed(self) -> bool:
        """Whether another person has looked at it."""
        return self.record.beoordeeld_op is not None


class Access:
    """Assignments and emergency access in one profile. `laptops` tells who works in the team."""

    def __init__(self, context: Context, laptops: Callable[[], Sequence[Device]]) -> None:
        self._context = context
        self._laptops = laptops
        self._sightings = Sightings(context)

    def colleagues(self, actor: Actor) -> Sequence[Colleague]:
        """The people of the actor's team whose role reads cases, by name; who left comes last."""
        require(actor, Right.READ_CASE)
        found = {actor.person: Colleague(actor.person, actor.name, actor.role)}
        for device in self._laptops():
            known = found.get(device.person)
            is_news = known is None or known.gone
            if is_news and actor.team in device.spaces and SCOPES[device.role] is not Scope.NONE:
                gone = device.away is not None
                found[device.person] = Colleague(device.person, device.name, device.role, gone)
        return sorted(found.values(), key=lambda one: (one.gone, one.name.casefold(), one.person))

    def chair(self, actor: Actor) -> Colleague | None:
        """The voorzitter of the actor's team; where there are several, the actor or nobody."""
        chairs = [one for one in self.colleagues(actor) if one.role is Role.VOORZITTER and not one.gone]
        return next((one for one in chairs if one.person == actor.person or len(chairs) == 1), None)

    def assigned(self, actor: Actor, cases: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """The persons to whom each of these cases is assigned."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return {case: load(reader, Kind.CASE, Case, case).toegewezen for case in cases}

    def assign(self, actor: Actor, cases: Iterable[str], to: Collection[str], no_longer: Collection[str]) -> Changes:
        """Assign cases `to` these persons, and `no_longer` to those; for others nothing changes."""
        require(actor, Right.ASSIGN)
        with self._context.store.write(author(actor)) as writer:
            for case in cases:
                present(writer, Kind.CASE, case)
                changed = dict.fromkeys(to, True) | dict.fromkeys(no_longer)
                writer.write(Kind.CASE, case, {(_FIELD, person): ticked for person, ticked in changed.items()})
            return writer.changes

    def open_in_emergency(self, actor: Actor, name: str, reason: str) -> str:
        """Open the case called `name` for the actor until the end of tomorrow. Returns the entity of the case.

        Raises InvalidInputError without a reason that another can judge, or where the case is open as it is.
        """
        require(actor, Right.EMERGENCY)
        if len(reason.strip()) < SHORTEST_REASON:
            raise InvalidInputError(
                "Schrijf in een zin waarom u deze casus nu moet zien. De casus is nog niet geopend.", field="reden"
            )
        with self._context.store.write(author(actor)) as writer:
            case = resolve(writer, Kind.CASE, name)
            if writer.sees(case):
                raise InvalidInputError("Deze casus staat al voor u open: noodtoegang is niet nodig.", field="casus")
            used = EmergencyAccess(
                casus=case, persoon=actor.person, naam=actor.name, op=self._context.today(), reden=reason.strip()
            )
            writer.write(Kind.EMERGENCY_ACCESS, self._context.store.new_entity(), flatten(used))
            writer.log_read([self._context.read_entry(actor, "noodtoegang", Kind.CASE, case)])
        return case

    def lasts_until(self, actor: Actor, case: str) -> date | None:
        """Until which day the case is open to the actor by emergency access alone; None where it is not so."""
        require(actor, Right.READ_CASE)
        if SCOPES[actor.role] is not Scope.ASSIGNED:
            return None
        with self._context.read(actor) as reader:
            found = children(reader, Kind.EMERGENCY_ACCESS, EmergencyAccess, case)
            if actor.person in load(reader, Kind.CASE, Case, case).toegewezen:
                return None
        today = self._context.today()
        begun = [use.op for _, use in found if use.persoon == actor.person and use.op and lasts(use.op, today)]
        return last_day(max(begun)) if begun else None

    def emergencies(self, actor: Actor) -> Sequence[Emergency]:
        """Every use of emergency access: first those that wait for a judgement, the newest first."""
        require(actor, Right.REVIEW_ACCESS)
        self._sightings.note(actor, "noodtoegang bekijken")
        with self._context.read(actor) as reader:
            found = list(_emergencies(reader))
        return sorted(found, key=lambda use: (use.is_reviewed, -(use.record.op or date.min).toordinal(), use.title))

    def to_review(self, actor: Actor) -> Sequence[Emergency]:
        """What waits for the judgement of the actor; nothing for who may not judge."""
        if not may(actor, Right.REVIEW_ACCESS):
            return ()
        with self._context.read(actor) as reader:
            found = list(_emergencies(reader))
        return [use for use in found if not use.is_reviewed and use.record.persoon != actor.person]

    def review(self, actor: Actor, entity: str, judgement: str) -> Changes:
        """Judge a use of emergency access of somebody else, once."""
        require(actor, Right.REVIEW_ACCESS)
        if not judgement.strip():
            raise InvalidInputError("Schrijf op wat u ervan vindt. Er is nog niets vastgelegd.", field="oordeel")
        with self._context.store.write(author(actor)) as writer:
            use = load(writer, Kind.EMERGENCY_ACCESS, EmergencyAccess, entity)
            _may_judge(actor, use)
            judged = use.model_copy(
                update={
                    "beoordeeld_op": self._context.today(),
                    "beoordeeld_door": actor.name,
                    "oordeel": judgement.strip(),
                }
            )
            fields = ("beoordeeld_op", "beoordeeld_door", "oordeel")
            writer.write(Kind.EMERGENCY_ACCESS, entity, wanted({}, judged, fields))
            writer.log_read([self._context.read_entry(actor, "noodtoegang beoordelen", Kind.CASE, use.casus)])
            return writer.changes


def _may_judge(actor: Actor, use: EmergencyAccess) -> None:
    if use.persoon == actor.person:
        raise NotAllowedError(
            "U hebt deze noodtoegang zelf gebruikt. Iemand anders beoordeelt het gebruik: de voorzitter, de "
            "plaatsvervanger of de privacyfunctionaris. Er is niets vastgelegd."
        )
    if use.beoordeeld_op is not None:
        raise NotAllowedError("Deze noodtoegang is al beoordeeld. Er is niets veranderd.")


def _emergencies(reader: Reader) -> Iterator[Emergency]:
    for entity in reader.entities(Kind.EMERGENCY_ACCESS):
        use = load(reader, Kind.EMERGENCY_ACCESS, EmergencyAccess, entity)
        row = reader.case_row(use.casus)
        if row is not None:
            yield Emergency(entity, use.casus, row.title, use, last_day(use.op) if use.op else None)
