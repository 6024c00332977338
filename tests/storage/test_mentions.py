"""What records mention: the strongest of many, and what is known of a few."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from heapq import nlargest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Author
from bren_desktop.storage.mentions import FULL
from bren_desktop.storage.store import EncryptedStore

CONCEPTS = ("autisme", "dwang", "rouw", "tics")
RECORDS = 12
weights = st.lists(st.integers(0, 8), min_size=len(CONCEPTS) * RECORDS, max_size=len(CONCEPTS) * RECORDS)
shares = st.dictionaries(st.sampled_from(CONCEPTS), st.sampled_from((1.0, 0.8, 0.4, 0.3, 0.2)), max_size=len(CONCEPTS))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(weights=weights, asked=shares, most=st.integers(1, RECORDS + 1))
def test_those_that_mention_it_most_are_told(
    store: EncryptedStore, author: Author, weights: list[int], asked: Mapping[str, float], most: int
) -> None:
    told = _keep(store, author, weights)
    best = {
        number: max((asked[concept] * said[concept] / FULL for concept in asked), default=0.0)
        for number, said in told.items()
    }
    spoken = {number: weight for number, weight in best.items() if weight}
    wanted = dict(nlargest(most, spoken.items(), key=lambda each: (each[1], each[0])))
    some = sorted(told)[::2]
    with store.read() as reader:
        assert reader.mentioning(Kind.EXPERT, asked, most) == wanted
        assert reader.weighing(Kind.EXPERT, some, asked) == {each: spoken[each] for each in some if each in spoken}
        assert not reader.mentioning(Kind.CASE, asked, most)


def test_a_case_does_not_stand_in_the_way_of_an_expert(
    store: EncryptedStore, author: Author, add_case: Callable[..., str], add_expert: Callable[..., str]
) -> None:
    add_case(), add_expert()
    with store.write(author) as writer:
        for unread in writer.unread(9):
            writer.keep_mentions(unread, {"rouw": 0.5})
        assert writer.count_unread() == 0
        for kind in (Kind.CASE, Kind.EXPERT):
            assert len(writer.mentioning(kind, {"rouw": 1.0}, 9)) == 1


def _keep(store: EncryptedStore, author: Author, weights: list[int]) -> Mapping[int, Mapping[str, int]]:
    """Make the records once, and have them mention this."""
    told: dict[int, Mapping[str, int]] = {}
    with store.write(author) as writer:
        for each in range(RECORDS):
            writer.write(Kind.EXPERT, store.entity_for(Kind.EXPERT, f"e{each}"), {("naam", ""): f"Naam {each}"})
        writer.leave_all_unread()
        for place, unread in enumerate(writer.unread(RECORDS)):
            of_this = weights[place::RECORDS]
            told[unread.number] = {concept: 125 * each for concept, each in zip(CONCEPTS, of_this, strict=True)}
            writer.keep_mentions(unread, {concept: each / FULL for concept, each in told[unread.number].items()})
    return told
