"""What `bren` prints: JSON, indented for people, on one line with --json."""

from __future__ import annotations

import io
import json
import sys
from argparse import Namespace


def prepare_streams() -> None:
    """Print UTF-8 whatever the console's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def show(options: Namespace, value: object) -> None:
    """Print one result."""
    print(json.dumps(value, ensure_ascii=False, indent=None if options.json else 2))
