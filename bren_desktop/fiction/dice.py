"""Chance that repeats: one stream per record, equal on every machine and Python version.

Only `Random.random` is used, whose stream Python promises to keep; `choice`, `sample` and `shuffle` may change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """The chance of one record. `parts` name the record: seed, kind, number."""

    def __init__(self, *parts: object) -> None:
        self.roll = Random(":".join(map(str, parts))).random

    def chance(self, probability: float) -> bool:
        """True in `probability` of all cases."""
        return self.roll() < probability

    def pick(self, items: Sequence[Item]) -> Item:
        """One of `items`."""
        return items[int(self.roll() * len(items))]

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` up to and including `high`."""
        return low + int(self.roll() * (high - low + 1))

    def weighted(self, weights: Mapping[Item, float]) -> Item:
        """A key of `weights`, the more often the heavier."""
        left = self.roll() * sum(weights.values())
        items = iter(weights.items())
        item, weight = next(items)
        while left >= weight:
            left -= weight
            item, weight = next(items, (item, left + 1))
        return item

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """`count` different items, in the order of `items`; all of them where there are no more."""
        left = list(range(len(items)))
        taken = [left.pop(int(self.roll() * len(left))) for _ in range(min(count, len(items)))]
        return [items[index] for index in sorted(taken)]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """All items in another order."""
        left = list(items)
        return [left.pop(int(self.roll() * len(left))) for _ in range(len(left))]

    def day(self, earliest: date, latest: date) -> date:
        """A day from `earliest` up to and including `latest`."""
        return earliest + timedelta(days=self.between(0, (latest - earliest).days))
