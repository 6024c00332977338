"""Which pareltjes fit a case, and why. Nothing is asked of anybody: a person chooses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import NotFoundError
from bren_desktop.matching.pool import Pool
from bren_desktop.matching.practical import available_from
from bren_desktop.matching.ranking import Ranked, Ranking
from bren_desktop.matching.team import LOOKED_AT, Part, Proposed, team
from bren_desktop.matching.verdicts import telling
from bren_desktop.services.asking import question_of
from bren_desktop.services.context import Context, author
from bren_desktop.services.knowledge import Knowledge
from bren_desktop.services.loading import load, resolve
from bren_desktop.services.outcomes import Outcomes
from bren_desktop.services.ports import Reader
from bren_desktop.services.profiling import profile_of, text_of
from bren_desktop.services.rereading import change
from bren_desktop.services.rows import CaseRow, ExpertFilter, ExpertRow, Page
from bren_desktop.services.views import Match, Moved, Proposal, Reason, Standing, TeamPlace
from bren_desktop.services.weighing import in_force, must_be_whole, weights_of

MOST_BROUGHT = 3
LOOKED_BACK, TOP = 10, 3


class Matchmaking:
    """The pool, ranked for a case. What profiles say is read once and kept until the profile changes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._version: int | None = None
        self._knowledge: Knowledge | None = None
        self._unread: dict[str, ExpertRow] = {}
        self._known = Pool()
        self._outcomes = Outcomes(context)

    def match(self, actor: Actor, case_entity: str, limit: int = 10) -> Sequence[Match]:
        """The best `limit` experts for a case; the reading of the case is logged first."""
        return self.propose(actor, case_entity, limit).matches

    def propose(self, actor: Actor, case_entity: str, limit: int = 10) -> Proposal:
        """A team for a case, and the best `limit` experts; the reading of the case is logged first."""
        return self.propose_for(actor, self._case(actor, case_entity), limit)

    def propose_for(self, actor: Actor, case: Case, limit: int = 10) -> Proposal:
        """The same for a case that need not be stored."""
        ranking = self._ranking(actor, case)
        pool = self._pool(actor)
        ranked = ranking.best(pool, max(limit, LOOKED_AT))
        asked = ranked[:limit]
        return Proposal(
            tuple(self._places(team(ranking.question, ranked), ranking)),
            tuple(self._match(one, ranking) for one in asked),
            len(pool),
            {one.profile.row.entity: ranking.behind(one.profile, asked[0].profile) for one in asked},
        )

    def _places(self, places: Sequence[Proposed], ranking: Ranking) -> Iterator[TeamPlace]:
        said: tuple[str, ...] = ()
        for one in places:
            brings = _brought(one, said if one.part is Part.BESIDE else ())
            yield TeamPlace(one.part, self._match(one.ranked, ranking), brings)
            said += brings

    def match_case(self, actor: Actor, case: Case, limit: int = 10) -> Sequence[Match]:
        """The best `limit` experts for a case that need not be stored."""
        return self.propose_for(actor, case, limit).matches

    def why(self, actor: Actor, case_entity: str, expert_entity: str) -> Standing:
        """Where one expert stands for a case, and why there. Raises NotFoundError."""
        return self.why_for(actor, self._case(actor, case_entity), expert_entity)

    def why_for(self, actor: Actor, case: Case, expert_entity: str) -> Standing:
        """The same for a case that need not be stored."""
        ranking = self._ranking(actor, case)
        ranked = ranking.order(self._pool(actor))
        for place, one in enumerate(ranked, 1):
            if one.profile.row.entity == expert_entity:
                first = ranked[0].profile
                behind = ranking.behind(one.profile, first)
                return Standing(self._match(one, ranking), place, len(ranked), first.row.naam, behind)
        raise NotFoundError("Dit pareltje staat niet (meer) in de pool.")

    def names(self, actor: Actor) -> Mapping[str, str]:
        """Everybody in the pool by entity, as people know them: name and organisation."""
        require(actor, Right.READ_POOL)
        rows = [profile.row for profile in self._pool(actor)]
        return {row.entity: ", ".join(filter(None, (row.naam, row.organisatie))) for row in rows}

    def _case(self, actor: Actor, case_entity: str) -> Case:
        require(actor, Right.READ_CASE)
        require(actor, Right.READ_POOL)
        with self._context.store.write(author(actor)) as writer:
            entity = resolve(writer, Kind.CASE, case_entity)
            writer.log_read([self._context.read_entry(actor, "matchen", Kind.CASE, entity)])
            return load(writer, Kind.CASE, Case, entity)

    def _ranking(self, actor: Actor, case: Case) -> Ranking:
        require(actor, Right.READ_CASE)
        require(actor, Right.READ_POOL)
        today = self._context.today()
        with self._context.read(actor) as reader:
            question = question_of(self._context.knowing.now(reader), case, today)
            weights = weights_of(in_force(reader, self._context, actor).shares)
        return Ranking(question, today, weights, past=self._outcomes.past(actor))

    def warm(self, actor: Actor, most: int | None = None) -> int:
        """Read profiles of the pool ahead, `most` of them at a time, so that no match waits for them; how many wait."""
        require(actor, Right.READ_POOL)
        self._read(self._catch_up(actor), most)
        self._outcomes.past(actor)
        return len(self._unread)

    def moved_by(self, actor: Actor, shares: Mapping[str, int]) -> Sequence[Moved]:
        """Who would come into and go out of the top with these shares, in the cases that changed last.

        Reading those cases is logged.
        """
        require(actor, Right.READ_CASE)
        must_be_whole(shares)
        with self._context.read(actor) as reader:
            recent = [row for row in map(reader.case_row, reader.recent(Kind.CASE, LOOKED_BACK)) if row]
        return [self._moved(actor, row, shares) for row in recent]

    def _moved(self, actor: Actor, row: CaseRow, shares: Mapping[str, int]) -> Moved:
        now = self._ranking(actor, self._case(actor, row.entity))
        then = Ranking(now.question, self._context.today(), weights_of(shares), past=self._outcomes.past(actor))
        pool = self._pool(actor)
        before, after = ([one.profile.row.naam for one in ranking.best(pool, TOP)] for ranking in (now, then))
        comes = tuple(name for name in after if name not in before)
        return Moved(row.title, comes, tuple(name for name in before if name not in after))

    def _pool(self, actor: Actor) -> Pool:
        self._read(self._catch_up(actor))
        return self._known

    def _catch_up(self, actor: Actor) -> Knowledge:
        """Note which profiles changed since the last time, or read otherwise with new knowledge; at first all."""
        with self._context.read(actor) as reader:
            version, knowledge = reader.version(), self._context.knowing.now(reader)
            if self._version is None:
                self._unread = {row.entity: row for row in _experts(reader)}
            elif version != self._version:
                self._unread = {row.entity: row for row in self._told_otherwise(knowledge)} | self._unread
                changed = map(reader.expert_row, reader.changed_since(Kind.EXPERT, self._version))
                self._unread |= {row.entity: row for row in changed if row is not None}
                self._forget_whoever_left(reader)
            self._version, self._knowledge = version, knowledge
        return knowledge

    def _told_otherwise(self, knowledge: Knowledge) -> Sequence[ExpertRow]:
        """Those whose profile may read otherwise with this knowledge."""
        if self._knowledge is None or knowledge is self._knowledge:
            return []
        changed = change(self._knowledge, knowledge, offer=True)
        known = [(one.row, one.told) for one in self._known if isinstance(one.row, ExpertRow)]
        return [
            row
            for row, told in known
            if changed is None or not changed.speaks.isdisjoint(told) or changed.touches(text_of(row))
        ]

    def _forget_whoever_left(self, reader: Reader) -> None:
        known = self._known.entities() | self._unread.keys()
        if len(known) != reader.count_experts(ExpertFilter()):
            for entity in known.difference(reader.entities(Kind.EXPERT)):
                self._known.drop(entity)
                self._unread.pop(entity, None)

    def _read(self, knowledge: Knowledge, most: int | None = None) -> None:
        for entity, row in list(islice(self._unread.items(), most)):
            self._known.put(profile_of(knowledge, row))
            self._unread.pop(entity, None)

    def _match(self, one: Ranked, ranking: Ranking) -> Match:
        row = one.profile.row
        reasons = tuple(Reason(*judgement) for judgement in ranking.judgements(one.profile))
        later = available_from(row, self._context.today())
        return Match(row.entity, row.id, row.naam, row.organisatie, one.score, one.available, later, reasons)


def _brought(place: Proposed, said: Collection[str]) -> tuple[str, ...]:
    """Words of the case, not `said` before, that somebody answers to; without any, the domains or the mandate."""
    quotes = [f"'{words}'" for words in telling(need.evidence[0] for need in place.brings if need.evidence)]
    words = [quote for quote in quotes if quote not in said]
    terms = [vocabulary("domeinen").term(code) for code in place.domains]
    domains = [f"het domein '{term.label}'" for term in terms if not term.criminal]
    return tuple((["heeft mandaat"] if place.mandate else []) + (words or domains))[:MOST_BROUGHT]


def _experts(reader: Reader) -> Sequence[ExpertRow]:
    everybody = ExpertFilter()
    return reader.experts(everybody, Page(limit=reader.count_experts(everybody)))
