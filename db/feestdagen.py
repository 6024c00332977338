"""Writes `db/reference/feestdagen.json`, the Dutch holidays by the `holidays` library. Run it from the checkout.

The library loads 250 countries to tell of one: half a second and 29 MB that no laptop needs (decision 0014).
"""

from __future__ import annotations

import json
from pathlib import Path

from holidays.countries.netherlands import Netherlands

TARGET = Path(__file__).with_name("reference") / "feestdagen.json"
_ORIGIN = "Feestdagen volgens de bibliotheek 'holidays' (Nederland). Niet met de hand wijzigen: python db/feestdagen.py"


def listed() -> str:
    """Every holiday of every year that the library knows, a year on a line."""
    years = range(Netherlands.start_year, Netherlands.end_year + 1)
    lines = ",\n".join(f'    "{year}": {json.dumps(_year(year), ensure_ascii=False)}' for year in years)
    return f'{{\n  "herkomst": "{_ORIGIN}",\n  "feestdagen": {{\n{lines}\n  }}\n}}\n'


def _year(year: int) -> dict[str, list[str]]:
    found = Netherlands(years=year, language="nl")  # type: ignore[no-untyped-call]
    return {f"{day:%m-%d}": sorted(found.get_list(day)) for day in sorted(found)}


if __name__ == "__main__":
    TARGET.write_text(listed(), "utf-8")
