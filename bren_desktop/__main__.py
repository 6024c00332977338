"""The program with its window: `bren-desktop`, `python -m bren_desktop`."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bren_desktop.gui.features import skip_search
from bren_desktop.usage import speak_dutch

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Start as the command line says; the exit code."""
    wanted = _parser().parse_args(arguments)
    skip_search()
    if wanted.demo:
        from bren_desktop.demo import run

        with contextlib.suppress(KeyboardInterrupt):
            return run(headless=wanted.headless, out=wanted.out)
        return _INTERRUPTED
    if wanted.check_window:
        from bren_desktop.window_check import check_window

        return check_window(wanted.profile)
    from bren_desktop import app

    return app.run(wanted.profile or app.default_folder())


def _parser() -> argparse.ArgumentParser:
    speak_dutch()
    parser = argparse.ArgumentParser(prog="bren-desktop", description="BREN Desktop met venster.")
    parser.add_argument("--profile", metavar="MAP", type=Path, default=_from_environment(), help="map van het profiel")
    parser.add_argument("--demo", action="store_true", help="begin met verzonnen gegevens")
    parser.add_argument("--headless", action="store_true", help="bij --demo: zonder scherm")
    parser.add_argument(
        "--out",
        metavar="MAP",
        type=Path,
        default=Path("demo-output"),
        help="bij --demo --headless: map voor de uitkomst",
    )
    parser.add_argument("--check-window", action="store_true", help="teken het venster één keer en stop")
    return parser


def _from_environment() -> Path | None:
    named = os.environ.get("BREN_PROFILE")
    return Path(named) if named else None


if __name__ == "__main__":
    sys.exit(main())
