"""Which pareltjes fit a case, and why. Nothing is asked of anybody: a person chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, require
from bren_desktop.matching.candidate import Profile
from bren_desktop.matching.practical import available_from
from bren_desktop.matching.ranking import WEIGHTS, Ranked, Ranking
from bren_desktop.services.asking import question_of
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import load, resolve
from bren_desktop.services.ports import Reader
from bren_desktop.services.profiling import profile_of
from bren_desktop.services.rows import ExpertFilter, ExpertRow, Page
from bren_desktop.services.views import Match, Reason


class Matchmaking:
    """The pool, ranked for a case. What profiles say is read once and kept until the profile changes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._version: int | None = None
        self._profiles: Mapping[ExpertRow, Profile] = {}

    def match(self, actor: Actor, case_entity: str, limit: int = 10) -> Sequence[Match]:
        """The best `limit` experts for a case; the reading of the case is logged first."""
        require(actor, Right.READ_CASE)
        with self._context.store.write(author(actor)) as writer:
            entity = resolve(writer, Kind.CASE, case_entity)
            writer.log_read([self._context.read_entry(actor, "matchen", Kind.CASE, entity)])
            case = load(writer, Kind.CASE, Case, entity)
        return self.match_case(actor, case, limit)

    def match_case(self, actor: Actor, case: Case, limit: int = 10) -> Sequence[Match]:
        """The best `limit` experts for a case that need not be stored."""
        require(actor, Right.READ_CASE)
        require(actor, Right.READ_POOL)
        today = self._context.today()
        ranking = Ranking(question_of(case, today), today)
        best = ranking.best(self._pool(), limit)
        return tuple(self._match(one, ranking) for one in best)

    def warm(self, actor: Actor) -> None:
        """Read the profiles of the pool ahead, so that the first match after unlocking does not wait for them."""
        require(actor, Right.READ_POOL)
        self._pool()

    def weights(self) -> Mapping[str, float]:
        """The share of each criterion, by the name that reasons carry; together 1."""
        return dict(WEIGHTS)

    def _pool(self) -> Sequence[Profile]:
        with self._context.store.read() as reader:
            version = reader.version()
            if version != self._version:
                known = self._profiles
                self._profiles = {row: known.get(row) or profile_of(row) for row in _experts(reader)}
                self._version = version
            return tuple(self._profiles.values())

    def _match(self, one: Ranked, ranking: Ranking) -> Match:
        row = one.profile.row
        reasons = tuple(Reason(*judgement) for judgement in ranking.judgements(one.profile))
        later = available_from(row, self._context.today())
        return Match(row.entity, row.id, row.naam, row.organisatie, one.score, one.available, later, reasons)


def _experts(reader: Reader) -> Sequence[ExpertRow]:
    everybody = ExpertFilter()
    return reader.experts(everybody, Page(limit=reader.count_experts(everybody)))
