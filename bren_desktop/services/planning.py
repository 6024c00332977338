"""What people settle about their own work: putting a deadline off, and standing in for a colleague."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.clocks.levels import service_level
from bren_desktop.domain.clocks.months import plus_months
from bren_desktop.domain.duties import FIXED
from bren_desktop.domain.entities import Kind, flatten, wanted
from bren_desktop.domain.planning import Snooze, StandIn
from bren_desktop.domain.rights import Right, may, require
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError, NotAllowedError
from bren_desktop.services import below
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import children, load
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import Changes

_LONGEST = 12
"""In months: what waits longer than that is not put off, but settled; who is away longer has a successor."""


class Planning:
    """Snoozes and stand-ins. Both are records, so that all laptops of the team know."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def snooze(self, actor: Actor, case: str, snooze: Snooze) -> str:
        """Put the deadline `snooze.klok` of a case off for everybody until a day. Returns the entity of the record."""
        require(actor, Right.PLAN_WORK)
        _check_snooze(snooze, self._context.today())
        said = snooze.model_copy(update={"door": actor.name})
        return below.file(self._context, actor, Right.PLAN_WORK, Kind.SNOOZE, case, said)

    def wake(self, actor: Actor, case: str, klok: str) -> Changes:
        """Show a deadline again that was put off."""
        require(actor, Right.PLAN_WORK)
        today = self._context.today()
        with self._context.store.write(author(actor)) as writer:
            for entity, snooze in children(writer, Kind.SNOOZE, Snooze, case):
                if snooze.klok == klok and snooze.tot and snooze.tot > today:
                    ended = snooze.model_copy(update={"tot": today})
                    writer.write(Kind.SNOOZE, entity, wanted({}, ended, ("tot",)))
            return writer.changes

    def stand_ins(self, actor: Actor) -> Sequence[tuple[str, StandIn]]:
        """Who stands in for whom, now or later, each with its entity; the first to begin first."""
        require(actor, Right.PLAN_WORK)
        today = self._context.today()
        with self._context.read(actor) as reader:
            known = _stand_ins(reader)
        return [(entity, each) for entity, each in known if each.tot and each.tot >= today]

    def let_stand_in(self, actor: Actor, stand_in: StandIn) -> str:
        """Record that a colleague does the work of another for a while. Returns the entity of the record.

        People arrange it for themselves; who assigns cases arranges it for others too.
        """
        require(actor, Right.PLAN_WORK)
        _check_stand_in(stand_in, self._context.today())
        if stand_in.persoon != actor.person and not may(actor, Right.ASSIGN):
            raise NotAllowedError(
                "U regelt alleen uw eigen waarneming. De secretaris of voorzitter regelt haar ook voor een collega."
            )
        entity = self._context.store.new_entity()
        with self._context.store.write(author(actor)) as writer:
            writer.write(Kind.STAND_IN, entity, flatten(stand_in))
        return entity

    def end_stand_in(self, actor: Actor, entity: str) -> Changes:
        """End it: from today on the colleague does their own work."""
        require(actor, Right.PLAN_WORK)
        with self._context.store.write(author(actor)) as writer:
            before = load(writer, Kind.STAND_IN, StandIn, entity)
            if actor.person not in (before.persoon, before.waarnemer) and not may(actor, Right.ASSIGN):
                raise NotAllowedError("Deze waarneming is van anderen. Er is niets veranderd.")
            ended = before.model_copy(update={"beeindigd_op": self._context.today()})
            writer.write(Kind.STAND_IN, entity, wanted({}, ended, ("beeindigd_op",)))
            return writer.changes


def absent_colleagues(reader: Reader, actor: Actor, today: date) -> Sequence[StandIn]:
    """The colleagues for whom the actor stands in today."""
    known = [each for _, each in _stand_ins(reader) if each.waarnemer == actor.person and each.runs(today)]
    return [each for each in known if each.rol in list(Role)]


def _stand_ins(reader: Reader) -> Sequence[tuple[str, StandIn]]:
    found = [(entity, load(reader, Kind.STAND_IN, StandIn, entity)) for entity in reader.entities(Kind.STAND_IN)]
    return sorted((each for each in found if not each[1].beeindigd_op), key=lambda each: (str(each[1].van), each[0]))


def _check_snooze(snooze: Snooze, today: date) -> None:
    if snooze.klok not in vocabulary("termijnen"):
        raise InvalidInputError("Deze termijn is niet bekend. Er is niets uitgesteld.", field="klok")
    if snooze.klok in FIXED:
        raise InvalidInputError(
            "{wat}: dit kunt u niet uitstellen. De wet wacht niet, ook als het hier niet meer in beeld staat.",
            field="klok",
            wat=service_level(snooze.klok).label,
        )
    if snooze.tot is None or not today < snooze.tot <= plus_months(today, _LONGEST):
        raise InvalidInputError("Kies een dag na vandaag, hooguit een jaar vooruit.", field="tot")
    if not snooze.reden.strip():
        raise InvalidInputError("Schrijf op waarom het kan wachten. Collega's lezen het.", field="reden")


def _check_stand_in(stand_in: StandIn, today: date) -> None:
    if not (stand_in.persoon and stand_in.waarnemer) or stand_in.persoon == stand_in.waarnemer:
        raise InvalidInputError("Kies een collega die waarneemt.", field="waarnemer_naam")
    if stand_in.rol not in list(Role):
        raise InvalidInputError("Kies een collega van het team.", field="naam")
    if stand_in.van is None or stand_in.tot is None or stand_in.tot < max(stand_in.van, today):
        raise InvalidInputError("Vul een begin in, en een einde dat vandaag of later is.", field="tot")
    if stand_in.tot > plus_months(max(stand_in.van, today), _LONGEST):
        raise InvalidInputError("Een waarneming duurt hooguit een jaar. Leg haar daarna opnieuw vast.", field="tot")
