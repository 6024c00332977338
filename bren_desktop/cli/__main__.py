"""`python -m bren_desktop.cli` is `bren`."""

from __future__ import annotations

import sys

from bren_desktop.cli import main

sys.exit(main())
