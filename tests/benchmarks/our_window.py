"""One start of the program up to the painted list of cases; then it is closed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.benchmarks.watched import Stamps, play

if TYPE_CHECKING:
    from bren_desktop.gui.main_window import MainWindow


def close(window: MainWindow, stamps: Stamps) -> None:
    window.close()


if __name__ == "__main__":
    play(sys.argv[1], sys.argv[2], close)
