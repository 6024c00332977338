"""Recording and reading cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case, missing_for_intake
from bren_desktop.domain.entities import Kind, build, flatten, wanted
from bren_desktop.domain.fields import notes
from bren_desktop.domain.records import Team
from bren_desktop.domain.rights import SCOPES, Right, Scope, require
from bren_desktop.domain.states import State
from bren_desktop.domain.vocabulary import TO_CODE
from bren_desktop.errors import InvalidInputError, NotAllowedError, NotAssignedError
from bren_desktop.oplog.registers import Registers, top_values
from bren_desktop.services import timeline, undo
from bren_desktop.services.below import identified
from bren_desktop.services.context import Context, author
from bren_desktop.services.course import keep_number, write_registered
from bren_desktop.services.loading import built, load, present, resolve, stored
from bren_desktop.services.numbers import KEPT_BY_PROGRAM, numbered
from bren_desktop.services.parsing import parse_field
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.readlog import REFUSED, Sightings
from bren_desktop.services.rows import CaseFilter, CaseRow, Changes, Page
from bren_desktop.services.versions import shown_versions
from bren_desktop.services.views import OpenCase, TimelineEvent

_TAKEN = "Er is al een casus met dit kenmerk (id). Er is niets vastgelegd. Wijzig die casus, of kies een ander kenmerk."
_NO_FIELD = "Een casus heeft geen veld «{name}». Er is niets veranderd. De namen staan in «bren case show»."


class CaseWork:
    """The cases of one profile."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._sightings = Sightings(context)

    def page(self, actor: Actor, wanted_cases: CaseFilter, page: Page) -> Sequence[CaseRow]:
        """One page of the case list: initials, never full names. A sitting with the list is logged once."""
        require(actor, Right.READ_CASE)
        self._sightings.note(actor, "lijst bekijken")
        with self._context.read(actor) as reader:
            return reader.cases(wanted_cases, page)

    def count(self, actor: Actor, wanted_cases: CaseFilter) -> int:
        """How many cases the filter leaves."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return reader.count_cases(wanted_cases)

    def row(self, actor: Actor, entity: str) -> CaseRow | None:
        """The line of one case in the list."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return reader.case_row(entity)

    def open(self, actor: Actor, name: str) -> OpenCase:
        """The case called `name` (id, entity or nummer). The reading is logged before anything is shown."""
        require(actor, Right.READ_CASE)
        with self._context.store.write(author(actor)) as writer:
            entity = resolve(writer, Kind.CASE, name)
            is_open = writer.sees(entity)
            writer.log_read([self._context.read_entry(actor, "lezen" if is_open else REFUSED, Kind.CASE, entity)])
            if is_open:
                return _opened(writer, entity)
        raise NotAssignedError

    def record(self, actor: Actor, case: Case) -> OpenCase:
        """Store a new case and give it its number. Its state it gets by steps.

        Raises InvalidInputError where a case has its `extern_id`, and for a status or nummer from elsewhere, or a team
        that no list knows.
        """
        require(actor, Right.EDIT_CASE)
        _must_be_new(case)
        with self._context.store.write(author(actor)) as writer:
            if case.extern_id and writer.exists(Kind.CASE, self._context.store.entity_for(Kind.CASE, case.extern_id)):
                raise InvalidInputError(_TAKEN, field="id")
            entity, ready = self._new(writer, actor, case)
            if case.status == State.CONCEPT != ready.status:
                write_registered(writer, self._context, actor, entity, ready)
            return _opened(writer, entity)

    def record_all(self, actor: Actor, cases: Iterable[Case]) -> Sequence[str]:
        """Store many cases of elsewhere in one transaction, each in the state that it has reached there.

        One with an `extern_id` that exists is brought up to date.
        """
        require(actor, Right.EDIT_CASE)
        with self._context.store.write(author(actor)) as writer:
            return [self._new(writer, actor, case)[0] for case in cases]

    def amend(
        self,
        actor: Actor,
        entity: str,
        case: Case,
        fields: Iterable[str] | None = None,
        seen: Registers | None = None,
    ) -> Changes:
        """Bring a case to `case`; with `fields`, only those are touched. A complete case gets its number.

        `seen` is what `open` gave: what a colleague wrote since stays beside it as another version.
        """
        require(actor, Right.EDIT_CASE)
        with self._context.store.write(author(actor)) as writer:
            registers = present(writer, Kind.CASE, entity) if seen is None else seen
            touched = (frozenset(notes(Case)) if fields is None else frozenset(fields)) - KEPT_BY_PROGRAM
            values = wanted(stored(registers), identified(case, self._context), touched)
            writer.write(Kind.CASE, entity, values, seen)
            keep_number(writer, self._context, actor, entity)
            return writer.changes

    def set_field(self, actor: Actor, entity: str, field: str, raw: object) -> Changes:
        """Set one field from what somebody typed: a code, label or alias, a date, a list. Raises InvalidInputError."""
        require(actor, Right.EDIT_CASE)
        if field not in notes(Case):
            raise InvalidInputError(_NO_FIELD, field=field, name=field)
        if field in KEPT_BY_PROGRAM | {"extern_id", "te_coderen"}:
            raise InvalidInputError("Het veld {name} kan niet zo worden gewijzigd.", field=field, name=field)
        with self._context.read(actor) as reader:
            before = load(reader, Kind.CASE, Case, entity)
        after = parse_field(before, field, raw, today=self._context.today())
        return self.amend(actor, entity, after, (field, "te_coderen"))

    def undo(self, actor: Actor, entity: str) -> Changes:
        """Take back the acting person's last change of a case, by a change that compensates it."""
        require(actor, Right.EDIT_CASE)
        with self._context.store.write(author(actor)) as writer:
            undo.compensate(writer, Kind.CASE, entity, actor.person, KEPT_BY_PROGRAM)
            return writer.changes

    def lookalikes(self, actor: Actor, first: str, surname: str, born: str) -> Sequence[CaseRow]:
        """Cases that may be the same young person, or a brother or sister. `born` is an ISO date or empty."""
        require(actor, Right.READ_CASE)
        if not surname.strip():
            return ()
        with self._context.read(actor) as reader:
            return reader.namesakes(surname, born, first)

    def timeline(self, actor: Actor, entity: str, limit: int = 200) -> Sequence[TimelineEvent]:
        """What happened to a case, newest first."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return timeline.events(reader.history(entity, limit))

    def _new(self, writer: Writer, actor: Actor, case: Case) -> tuple[str, Case]:
        """Write a case; its entity, and the case with its number."""
        store = self._context.store
        team = store.entity_for(Kind.TEAM, actor.team)
        entity = store.entity_for(Kind.CASE, case.extern_id) if case.extern_id else store.new_entity()
        if writer.exists(Kind.CASE, entity):
            own = load(writer, Kind.CASE, Case, entity)
            case = case.model_copy(update={field: getattr(own, field) for field in KEPT_BY_PROGRAM})
        else:
            _must_stay_in_sight(writer, actor, case, team)
        ready = numbered(writer, actor, identified(case, self._context), team)
        writer.write(Kind.CASE, entity, flatten(ready))
        return entity, ready


def _must_be_new(case: Case) -> None:
    """Refuse what the program itself gives a case, and a team for which there is no number."""
    given = {"status": case.status != State.CONCEPT, "nummer": bool(case.nummer)}
    field = next((name for name, is_given in given.items() if is_given), None)
    if field:
        raise InvalidInputError(
            "{veld} vult het programma zelf in. Er is niets vastgelegd. Haal dat weg en probeer het opnieuw.",
            field=field,
            veld=notes(Case)[field].label,
        )
    if case.team == TO_CODE:
        raise InvalidInputError(
            "Dit expertteam staat niet in de lijst, en het komt in het nummer van de casus. Er is niets vastgelegd. "
            "Kies een team uit de lijst, of laat het veld leeg voor uw eigen team.",
            field="team",
        )


def _must_stay_in_sight(writer: Writer, actor: Actor, case: Case, team_entity: str) -> None:
    """Refuse a new case of somebody who may assign nobody and could not see it without."""
    if case.toegewezen:
        require(actor, Right.ASSIGN)
    team = build(Team, top_values(writer.registers(Kind.TEAM, team_entity)))
    if team.alleen_toegewezen and SCOPES[actor.role] is Scope.ASSIGNED:
        raise NotAllowedError(
            "In uw team ziet u alleen casussen die aan u zijn toegewezen. Laat de secretaris deze casus vastleggen en "
            "aan u toewijzen. Er is nog niets vastgelegd; wat u typte blijft staan."
        )


def _opened(reader: Reader, entity: str) -> OpenCase:
    registers = present(reader, Kind.CASE, entity)
    case = built(Kind.CASE, Case, registers)
    left = entity in reader.read_only(Kind.CASE)
    return OpenCase(
        entity,
        reader.shown_id(Kind.CASE, entity),
        case,
        missing_for_intake(case),
        shown_versions(registers),
        registers,
        read_only=left or reader.only_reads(entity),
        left=left,
    )
