"""Where the frozen console program `bren` starts."""

from __future__ import annotations

import sys

from bren_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
