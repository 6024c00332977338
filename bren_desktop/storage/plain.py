"""Reading the plain values of registers field by field, whatever a colleague's laptop wrote into them.

Two valid edits can merge into values that no model accepts, and what is older than today's rules stays. Projections
must hold all the same, so a value of the wrong type counts as empty here instead of raising.
"""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from typing import Any

from bren_desktop.domain.entities import Values

_LARGEST = 2**63


class Plain:
    """The values of one entity."""

    def __init__(self, values: Values) -> None:
        self._single: dict[str, Any] = {}
        self._keyed: dict[str, list[tuple[str, Any]]] = {}
        for (field, key), value in values.items():
            if key:
                self._keyed.setdefault(field, []).append((key, value))
            else:
                self._single[field] = value

    def line(self, field: str) -> str:
        value = self._single.get(field)
        return value if isinstance(value, str) else ""

    def whole(self, field: str) -> int | None:
        value = self._single.get(field)
        return value if type(value) is int and -_LARGEST <= value < _LARGEST else None

    def yes_no(self, field: str) -> bool | None:
        value = self._single.get(field)
        return value if isinstance(value, bool) else None

    def day(self, field: str) -> str | None:
        """An ISO date that exists, or None."""
        return plain_day(self._single.get(field))

    def words(self, field: str) -> tuple[str, ...]:
        return tuple(sorted(key for key, _ in self._keyed.get(field, ())))

    def rows(self, field: str) -> list[tuple[str, dict[str, Any]]]:
        """The rows of `field` by their ids, in a fixed order."""
        found = ((key, row) for key, row in self._keyed.get(field, ()) if isinstance(row, dict))
        return sorted(found, key=itemgetter(0))

    def row_texts(self, field: str) -> tuple[str, ...]:
        """Every text in the rows of `field`, in a fixed order."""
        return tuple(value for _, row in self.rows(field) for value in row.values() if isinstance(value, str))


def plain_day(value: object) -> str | None:
    """An ISO date that exists, or None."""
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None
