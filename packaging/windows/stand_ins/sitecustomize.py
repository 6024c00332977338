"""Goes into the Python under Wine: Wine 8 has no handle lists in CreateProcess, so inherit every handle instead."""

from __future__ import annotations

import subprocess
from typing import Any

_start = subprocess.Popen.__init__


def _start_without_handle_list(self: Any, *args: Any, **kwargs: Any) -> None:
    startup = kwargs.get("startupinfo")
    if startup is not None and getattr(startup, "lpAttributeList", None):
        startup.lpAttributeList = {}
        kwargs["close_fds"] = False
    _start(self, *args, **kwargs)


subprocess.Popen.__init__ = _start_without_handle_list  # type: ignore[method-assign]
