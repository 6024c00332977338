"""What an error of the operating system says about the share."""

from __future__ import annotations

import errno

from bren_desktop.sync.share import AbsentError, AwayError, BusyError, RefusedError, ShareError, TakenError

HELD = frozenset({5, 32, 33})
"""Windows errors of a file that a virus scanner or indexer just opened; gone in a moment, or else as they say."""

_CLOUD = frozenset(range(358, 405)) | {426, 475}
"""What a program that keeps placeholders (OneDrive and the like) answers when it does not bring the file."""

_WINDOWS: dict[int, type[ShareError]] = {
    **dict.fromkeys((2, 3, 267), AbsentError),
    **dict.fromkeys((80, 183), TakenError),
    **dict.fromkeys((5, 19, 39, 65, 82, 86, 112, 123, 206, 223, 1295, 1314, 1326, 1327, 1331), RefusedError),
    **dict.fromkeys((32, 33, 170, *_CLOUD), BusyError),
    **dict.fromkeys((15, 21, 31, 51, 53, 54, 55, 58, 59, 64, 67, 71, 121, 1167), AwayError),
    **dict.fromkeys((1203, 1208, 1219, 1222, 1225, 1229, 1231, 1232, 1233, 1235, 1236, 1311, 2250), AwayError),
}

_POSIX: dict[int, type[ShareError]] = {
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EISDIR), AbsentError),
    errno.EEXIST: TakenError,
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EFBIG, errno.ENAMETOOLONG), RefusedError
    ),
    **dict.fromkeys((errno.EBUSY, errno.EAGAIN, errno.EINTR, errno.EMFILE, errno.ENFILE), BusyError),
    **dict.fromkeys((errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.ETIMEDOUT, errno.ECONNRESET), AwayError),
    **dict.fromkeys(
        (errno.ECONNREFUSED, errno.ECONNABORTED, errno.ENETDOWN, errno.ENETUNREACH, errno.EPIPE), AwayError
    ),
    **dict.fromkeys((errno.EHOSTUNREACH, errno.ENETRESET), AwayError),
}
_ONLY_SOMEWHERE: dict[str, type[ShareError]] = {
    "EDQUOT": RefusedError,
    "EHOSTDOWN": AwayError,
    "EREMOTEIO": AwayError,
    "ESHUTDOWN": AwayError,
    "ESTALE": AwayError,
    "ETXTBSY": BusyError,
}
_POSIX |= {getattr(errno, name): kind for name, kind in _ONLY_SOMEWHERE.items() if hasattr(errno, name)}


def failure(error: OSError) -> ShareError:
    """The failure of the share that `error` means, without its path; busy for one that can mean anything."""
    number = windows_number(error)
    kind = _POSIX.get(error.errno or 0) if number is None else _WINDOWS.get(number)
    label = errno.errorcode.get(error.errno or 0, "unknown") if number is None else f"windows {number}"
    return (kind or BusyError)(label)


def windows_number(error: OSError) -> int | None:
    """The Windows error, also where it came as the HRESULT of one; nothing elsewhere."""
    number: int | None = getattr(error, "winerror", None)
    if number is None:
        return None
    unsigned = number & 0xFFFFFFFF
    return unsigned & 0xFFFF if unsigned >> 16 == 0x8007 else number
