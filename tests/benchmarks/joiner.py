"""A laptop that was let in, at its first run of sync: how long it takes, when its list is of use, and its memory."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bren_desktop.services.rows import CaseFilter
from bren_desktop.services.share_door import Progress
from bren_desktop.wiring import Profile
from tests.benchmarks.children import PASSPHRASE, peak_memory

A_LIST = 100
"""Rows that make a first list of use."""


def main(folder: str, cases: str) -> None:
    """Prints one line of JSON; seconds and bytes."""
    workspace = Profile(Path(folder)).unlock(PASSPHRASE)
    usable: list[float] = []
    wall, processor = time.perf_counter(), time.process_time()

    def look(_progress: Progress) -> None:
        with workspace.context.store.read() as reader:
            if not usable and reader.count_cases(CaseFilter()) >= min(A_LIST, int(cases)):
                usable.append(time.perf_counter() - wall)

    while not workspace.sharing.cycle(workspace.actor, look).complete:
        look(Progress(0, 0))
    told = {"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}
    look(Progress(0, 0))
    with workspace.context.store.read() as reader:
        held = reader.count_cases(CaseFilter())
    workspace.lock()
    if held != int(cases):
        raise SystemExit(f"{held} of {cases} cases came")
    print(json.dumps({**told, "usable": usable[0], "memory": peak_memory()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
