"""The pool of pareltjes: lists with facets, profiles, and consults registered in two clicks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind, flatten, wanted
from bren_desktop.domain.experts import Expert, is_stale
from bren_desktop.domain.records import Consult
from bren_desktop.domain.rights import Right, require
from bren_desktop.errors import InvalidInputError
from bren_desktop.oplog.registers import Registers
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import built, children, load, present, resolve, stored
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.rows import Changes, ExpertFilter, ExpertRow, Page
from bren_desktop.services.thinness import Thin, thinness
from bren_desktop.services.versions import shown_versions
from bren_desktop.services.views import OpenExpert

A_YEAR = timedelta(days=365)


class Pool:
    """The pareltjes of one profile."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def page(self, actor: Actor, wanted_experts: ExpertFilter, page: Page) -> Sequence[ExpertRow]:
        """One page of the pool."""
        require(actor, Right.READ_POOL)
        with self._context.read(actor) as reader:
            return reader.experts(wanted_experts, page)

    def count(self, actor: Actor, wanted_experts: ExpertFilter) -> int:
        """How many pareltjes the filter leaves."""
        require(actor, Right.READ_POOL)
        with self._context.read(actor) as reader:
            return reader.count_experts(wanted_experts)

    def facets(self, actor: Actor, wanted_experts: ExpertFilter) -> Mapping[str, Mapping[str, int]]:
        """How many pareltjes each code of each facet would leave."""
        require(actor, Right.READ_POOL)
        with self._context.read(actor) as reader:
            return reader.facets(wanted_experts)

    def thin(self, actor: Actor) -> Sequence[Thin]:
        """Which expertise the cases of the last year ask for more than there are pareltjes, the shortest first."""
        require(actor, Right.READ_POOL)
        require(actor, Right.READ_CASE)
        today = self._context.today()
        with self._context.read(actor) as reader:
            everybody = reader.experts(ExpertFilter(), Page(limit=reader.count_experts(ExpertFilter())))
            return thinness(reader, everybody, today - A_YEAR, today)

    def row(self, actor: Actor, entity: str) -> ExpertRow | None:
        """The line of one pareltje in the pool."""
        require(actor, Right.READ_POOL)
        with self._context.read(actor) as reader:
            return reader.expert_row(entity)

    def open(self, actor: Actor, name: str) -> OpenExpert:
        """The pareltje called `name` (id or entity)."""
        require(actor, Right.READ_POOL)
        with self._context.read(actor) as reader:
            return self._opened(reader, resolve(reader, Kind.EXPERT, name))

    def record(self, actor: Actor, expert: Expert) -> OpenExpert:
        """Store a new pareltje. Raises InvalidInputError without a name."""
        require(actor, Right.EDIT_POOL)
        if not expert.naam:
            raise InvalidInputError("Vul de naam van het pareltje in. Er is nog niets opgeslagen.", field="naam")
        with self._context.store.write(author(actor)) as writer:
            return self._opened(writer, self._new(writer, expert))

    def record_all(self, actor: Actor, experts: Iterable[Expert]) -> Sequence[str]:
        """Store many pareltjes in one transaction; one with an `extern_id` that exists is brought up to date."""
        require(actor, Right.EDIT_POOL)
        with self._context.store.write(author(actor)) as writer:
            return [self._new(writer, expert) for expert in experts]

    def amend(
        self,
        actor: Actor,
        entity: str,
        expert: Expert,
        fields: Iterable[str] | None = None,
        seen: Registers | None = None,
    ) -> Changes:
        """Bring a profile to `expert`; with `fields`, only those are touched.

        `seen` is what `open` gave: what a colleague wrote since stays beside it as another version.
        """
        require(actor, Right.EDIT_POOL)
        with self._context.store.write(author(actor)) as writer:
            registers = present(writer, Kind.EXPERT, entity) if seen is None else seen
            writer.write(Kind.EXPERT, entity, wanted(stored(registers), expert, fields), seen)
            return writer.changes

    def confirm_profile(self, actor: Actor, entity: str) -> Changes:
        """Record that the profile was checked today."""
        require(actor, Right.EDIT_POOL)
        with self._context.store.write(author(actor)) as writer:
            today = self._context.today()
            expert = load(writer, Kind.EXPERT, Expert, entity).model_copy(update={"profiel_gecontroleerd": today})
            writer.write(Kind.EXPERT, entity, wanted({}, expert, ("profiel_gecontroleerd",)))
            return writer.changes

    def register_consult(self, actor: Actor, consult: Consult) -> str:
        """Register a consult of an expert, with or without a case; without a date it is today's."""
        require(actor, Right.EDIT_CASE)
        with self._context.store.write(author(actor)) as writer:
            present(writer, Kind.EXPERT, consult.expert)
            entity = self._context.store.new_entity()
            dated = consult.model_copy(update={"datum": consult.datum or self._context.today()})
            writer.write(Kind.CONSULT, entity, flatten(dated))
            return entity

    def consults(self, actor: Actor, expert: str) -> Sequence[tuple[str, Consult]]:
        """The consults of an expert, newest first, each with its entity."""
        require(actor, Right.READ_POOL)
        with self._context.read(actor) as reader:
            return children(reader, Kind.CONSULT, Consult, expert)

    def _new(self, writer: Writer, expert: Expert) -> str:
        store = self._context.store
        entity = store.entity_for(Kind.EXPERT, expert.extern_id) if expert.extern_id else store.new_entity()
        writer.write(Kind.EXPERT, entity, flatten(expert))
        return entity

    def _opened(self, reader: Reader, entity: str) -> OpenExpert:
        registers = present(reader, Kind.EXPERT, entity)
        expert = built(Kind.EXPERT, Expert, registers)
        shown, stale = reader.shown_id(Kind.EXPERT, entity), is_stale(expert, self._context.today())
        read_only = entity in reader.read_only(Kind.EXPERT)
        return OpenExpert(entity, shown, expert, stale, shown_versions(registers), registers, read_only)
