"""`python -m bren_desktop.cli` is `bren`."""

import sys

from bren_desktop.cli import main

sys.exit(main())
