"""`bren clock`: what the clocks of the program say, for a network that wants to check them. Needs no profile."""

from __future__ import annotations

from argparse import Namespace

from bren_desktop.cli.files import read_json
from bren_desktop.cli.output import show
from bren_desktop.domain.clocks.questions import Answer, answers

_LARGEST_FILE = 2_000_000


def clock(options: Namespace) -> None:
    """Answer every question of a file, or none."""
    found = answers(read_json(options.file, _LARGEST_FILE))
    show(options, [{"id": name, "result": _iso(answer)} for name, answer in found])


def _iso(answer: Answer) -> object:
    return [day.isoformat() for day in answer] if isinstance(answer, list) else answer.isoformat()
