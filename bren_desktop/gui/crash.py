"""What happens with a bug: a report without personal data, and one calm sentence to the user.

The report names exception types, modules, functions and lines. Never a message, a value or a path of the user.
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from bren_desktop import __version__

_log = logging.getLogger("bren_desktop.crash")
Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def install(tell: Callable[[str], None]) -> Hook:
    """Send every exception that nobody handled to the log, and its report to `tell`. Returns the previous hook."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        text = report(error)
        _log.error("unexpected failure\n%s", text)
        tell(text)

    sys.excepthook = hook
    threading.excepthook = lambda args: hook(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
    return before


def report(error: BaseException) -> str:
    """What is known of a failure, without anything that a person typed."""
    head = f"BREN Desktop {__version__}, Python {platform.python_version()}, {platform.system()}"
    return "\n".join([head, *_chain(error)])


def _chain(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield f"{type(cause).__module__}.{type(cause).__qualname__}"
        yield from _frames(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__


def _frames(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        module = trace.tb_frame.f_globals.get("__name__", Path(code.co_filename).name)
        yield f"  {module}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next
