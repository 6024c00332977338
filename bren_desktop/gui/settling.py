"""What a user has chosen so far for one field with several versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bren_desktop.gui.version_words import Prepared, label_of
from bren_desktop.services.versions import Conflict


@dataclass(slots=True)
class Place:
    """One line of the conflict screen. `prepared` is None once there is only one version left.

    `taken` is the number of a version as it stands; else `raw` is what was typed, or a proposal for a row.
    """

    name: str
    label: str
    prepared: Prepared | None
    taken: int | None = None
    raw: Any = None
    typed: bool = False

    @property
    def is_chosen(self) -> bool:
        """Whether there is something to settle on."""
        return self.taken is not None or self.raw is not None

    def take(self, n: int) -> None:
        """Choose a version as it stands."""
        if self.prepared is not None:
            self.taken, self.typed = n, False
            self.raw = as_typed(next(each.value for each in self.prepared.conflict.versions if each.n == n))

    def propose(self) -> None:
        """Choose the proposal."""
        if self.prepared is not None and self.prepared.together is not None:
            self.taken, self.raw, self.typed = None, self.prepared.together.value, True

    def edit(self, raw: Any) -> None:
        """Choose what was typed."""
        self.taken, self.raw, self.typed = None, raw, True

    def how(self) -> Mapping[str, Any]:
        """The choice as the service takes it."""
        return {"value": self.raw} if self.taken is None else {"take": self.taken}


def as_typed(value: Any) -> Any:
    """A stored value as an editor takes it."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else value


def typed(places: Iterable[Place]) -> dict[str, Any]:
    """What is worth keeping as a draft, by the names of the places."""
    return {place.name: {"label": place.label, "raw": place.raw} for place in places if place.typed}


def place_name(conflict: Conflict) -> str:
    """One register of one record."""
    return f"{conflict.entity}/{conflict.name}"


def renewed(before: Iterable[Place], found: Iterable[Prepared], draft: Mapping[str, Any]) -> list[Place]:
    """The lines after another look: those that somebody settled go, unless something was typed in them."""
    known = {place.name: place for place in before}
    places = []
    for prepared in found:
        conflict = prepared.conflict
        place = known.pop(place_name(conflict), None) or Place(place_name(conflict), label_of(conflict), None)
        if place.prepared is not None and place.prepared.conflict.stamp != conflict.stamp:
            place.taken = None
        place.prepared = prepared
        places.append(place)
    for place in known.values():
        if place.typed:
            place.prepared = None
            places.append(place)
    return _with_draft(places, draft)


def _with_draft(places: list[Place], draft: Mapping[str, Any]) -> list[Place]:
    by_name = {place.name: place for place in places}
    for name, kept in draft.items():
        if name not in by_name:
            places.append(Place(name, kept["label"], None, raw=kept["raw"], typed=True))
        elif not by_name[name].is_chosen:
            by_name[name].edit(kept["raw"])
    return places
