"""`bren`: the same services as the window, without a screen, for IT staff, scripts and checks."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from bren_desktop.cli.output import NoReaderError, finish, prepare_streams
from bren_desktop.errors import UserFacingError

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Exit code 0; 1 with a sentence on stderr for a known failure, and without one where nobody reads the output any
    more; 2 for wrong usage; 130 after Ctrl+C.
    """
    prepare_streams()
    try:
        options = _parsed(argv)
        options.run(options)
    except UserFacingError as error:
        print(str(error), file=sys.stderr)
        return 1
    except NoReaderError:
        return 1
    except KeyboardInterrupt:
        print("Afgebroken. Wat nog niet was opgeslagen, is niet veranderd.", file=sys.stderr)
        return _INTERRUPTED
    return 0


def _parsed(argv: Sequence[str] | None) -> Namespace:
    """The words, by what all commands need: reading that in takes a second, in which Ctrl+C is heard as well."""
    from bren_desktop.cli.arguments import parser

    try:
        return parser().parse_args(argv)
    except SystemExit:
        finish()
        raise
