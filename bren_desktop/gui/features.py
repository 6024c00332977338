"""Spares the program a search that PySide makes in the source of every module imported after it.

It looks for modules that switch the naming of Qt's methods (`__feature__`). None of ours does, and reading all that
source costs 18 MB and a third of the time of importing.
"""

from __future__ import annotations

import contextlib
import importlib

SEARCH = "_mod_uses_pyside"


def skip_search() -> None:
    """Answer for every module that it switches nothing. A PySide without this search is left as it is."""
    with contextlib.suppress(ImportError):
        importlib.import_module("PySide6.QtCore")
        feature = vars(importlib.import_module("shibokensupport.feature"))
        if SEARCH in feature:
            feature[SEARCH] = _switches_nothing


def _switches_nothing(_module: object) -> bool:
    return False
