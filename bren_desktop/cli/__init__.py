"""`bren`: the same services as the window, without a screen, for IT staff, scripts and checks."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bren_desktop.cli.arguments import parser
from bren_desktop.cli.output import prepare_streams
from bren_desktop.errors import UserFacingError

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Exit code 0; 1 with a sentence on stderr for a known failure; 2 for wrong usage; 130 after Ctrl+C.
    """
    prepare_streams()
    options = parser().parse_args(argv)
    try:
        options.run(options)
    except UserFacingError as error:
        print(str(error), file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        print("Afgebroken. Wat nog niet was opgeslagen, is niet veranderd.", file=sys.stderr)
        return _INTERRUPTED
    return 0
