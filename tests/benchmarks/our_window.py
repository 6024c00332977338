"""One start of the program up to the painted list of cases; then it is closed."""

from __future__ import annotations

import sys

from bren_desktop.gui.main_window import MainWindow
from tests.benchmarks.watched import Stamps, play


def close(window: MainWindow, stamps: Stamps) -> None:
    window.close()


if __name__ == "__main__":
    play(sys.argv[1], close)
