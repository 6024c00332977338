"""Fictional pareltjes: `expert(seed, number)` is the same person on every machine."""

from __future__ import annotations

from bren_desktop.domain.experts import Expert
from bren_desktop.fiction import names
from bren_desktop.fiction.dice import Dice


def expert(seed: int, number: int) -> Expert:
    dice = Dice(seed, "pareltje", number)
    return Expert(extern_id=f"demo-{seed}-e-{number:05d}", naam=names.adult(dice).full)
