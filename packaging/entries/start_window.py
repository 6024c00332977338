"""Where the frozen program with the window, `bren-desktop`, starts."""

from __future__ import annotations

import sys

from bren_desktop.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
