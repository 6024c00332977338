"""Everybody who can be asked, and by concept and code who covers it: a question then looks at those alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bren_desktop.matching.candidate import Profile
from bren_desktop.matching.question import Need

BY_CODE = 0.5
"""What a code says of a concept that belongs to it."""


class Pool:
    """Profiles by entity. `covering` tells of a code who covers it, and how well."""

    def __init__(self, profiles: Iterable[Profile] = ()) -> None:
        self._profiles: dict[str, Profile] = {}
        self._covering: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for profile in profiles:
            self.put(profile)

    def __iter__(self) -> Iterator[Profile]:
        return iter(self._profiles.values())

    def __getitem__(self, entity: str) -> Profile:
        return self._profiles[entity]

    def __len__(self) -> int:
        return len(self._profiles)

    def entities(self) -> frozenset[str]:
        """Who is in it."""
        return frozenset(self._profiles)

    def put(self, profile: Profile) -> None:
        """Take somebody in, in the place of what was known of them."""
        entity = profile.row.entity
        self.drop(entity)
        self._profiles[entity] = profile
        for code, share in profile.cover.items():
            self._covering[code][entity] = share

    def drop(self, entity: str) -> None:
        """Somebody left the pool, or was never in it."""
        known = self._profiles.pop(entity, None)
        for code in known.cover if known else ():
            del self._covering[code][entity]

    def met(self, needs: Iterable[Need]) -> Mapping[str, Sequence[float]]:
        """Of whoever covers one of `needs`: how well each covered need is met, times how strongly it is asked."""
        found: defaultdict[str, list[float]] = defaultdict(list)
        for need in needs:
            told, tagged = self._covering.get(need.code, {}), self._best(need.codes)
            for entity, share in tagged.items():
                found[entity].append(need.strength * covering(told.get(entity, 0.0), share))
            for entity in told.keys() - tagged.keys():
                found[entity].append(need.strength * told[entity])
        return found

    def _best(self, codes: Sequence[tuple[str, float]]) -> dict[str, float]:
        """Who covers one of `codes`, and how well the best of them."""
        best, *others = [self._part(*each) for each in codes] or [{}]
        for other in others:
            best = best | {entity: share for entity, share in other.items() if share > best.get(entity, 0.0)}
        return best

    def _part(self, code: str, part: float) -> dict[str, float]:
        covering = self._covering.get(code, {})
        return covering if part == 1 else {entity: share * part for entity, share in covering.items()}


def coverage(need: Need, cover: Mapping[str, float]) -> float:
    """How well a need is covered: by what the profile tells of it, and by a code that it belongs to."""
    return covering(
        cover.get(need.code, 0.0), max((cover.get(code, 0.0) * part for code, part in need.codes), default=0.0)
    )


def covering(told: float, tagged: float) -> float:
    """How well a need is covered by who covers it this well, and a code that it belongs to that well."""
    return told + (1.0 - told) * BY_CODE * tagged
