"""How much each criterion of matching counts for a team: as delivered, or as the team settled it."""

from __future__ import annotations

from collections.abc import Mapping

from bren_desktop.domain.records import ShareRow, Team
from bren_desktop.errors import InvalidInputError
from bren_desktop.matching.ranking import WEIGHTS

WHOLE = 100
DELIVERED: Mapping[str, int] = {name: round(WHOLE * weight) for name, weight in WEIGHTS.items() if weight}
"""The shares in percent of what a team may settle; a warning weighs nothing and always counts."""


def shares_of(team: Team) -> Mapping[str, int]:
    """The shares that hold for `team`, in percent; those delivered where what is settled makes no whole.

    Two laptops that settled at the same time may give such a mixture.
    """
    settled = {row.id: row.aandeel for row in team.gewichten if row.aandeel is not None}
    return {name: settled[name] for name in DELIVERED} if _is_whole(settled) else DELIVERED


def weights_of(shares: Mapping[str, int]) -> Mapping[str, float]:
    """The same as ranking asks for them."""
    return {name: shares.get(name, 0) / WHOLE for name in WEIGHTS}


def rows_of(shares: Mapping[str, int]) -> tuple[ShareRow, ...]:
    """The shares as a team keeps them; none for those delivered. Raises InvalidInputError."""
    if not _is_whole(shares):
        raise InvalidInputError(
            "De gewichten moeten samen 100 procent zijn, en geen ervan mag onder nul zijn. Er is niets opgeslagen.",
            field="gewichten",
        )
    return () if shares == DELIVERED else tuple(ShareRow(id=name, aandeel=share) for name, share in shares.items())


def _is_whole(shares: Mapping[str, int]) -> bool:
    return shares.keys() == DELIVERED.keys() and min(shares.values()) >= 0 and sum(shares.values()) == WHOLE
