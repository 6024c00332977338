"""What an error of the operating system says about the share."""

from __future__ import annotations

import errno

from bren_desktop.sync.transport.share import AbsentError, AwayError, BusyError, RefusedError, ShareError, TakenError

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

_POSIX: dict[str, type[ShareError]] = {
    **dict.fromkeys("ENOENT ENOTDIR ELOOP EISDIR".split(), AbsentError),
    **dict.fromkeys("EEXIST".split(), TakenError),
    **dict.fromkeys("EACCES EPERM EROFS ENOSPC EDQUOT EFBIG ENAMETOOLONG".split(), RefusedError),
    **dict.fromkeys("EBUSY ETXTBSY EAGAIN EINTR EMFILE ENFILE".split(), BusyError),
    **dict.fromkeys("ENODEV ENXIO ENOTCONN ETIMEDOUT ESTALE EPIPE ESHUTDOWN EREMOTEIO".split(), AwayError),
    **dict.fromkeys("ECONNREFUSED ECONNABORTED ECONNRESET EHOSTDOWN EHOSTUNREACH".split(), AwayError),
    **dict.fromkeys("ENETDOWN ENETUNREACH ENETRESET".split(), AwayError),
}

_NO_LINKS = frozenset({errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EINVAL, errno.ENOTSUP})
_NO_RENAMING = frozenset({1, 5, 50})


def failure(error: OSError) -> ShareError:
    """The failure of the share that `error` means, without its path; busy for one that can mean anything."""
    number, name = windows_number(error), errno.errorcode.get(error.errno or 0, "unknown")
    if number is None:
        return _POSIX.get(name, BusyError)(name)
    return _WINDOWS.get(number, BusyError)(f"windows {number}")


def forbids_renaming(error: OSError) -> bool:
    """Whether a file that was just written cannot get its name: no such operation there, or no right to it."""
    number = windows_number(error)
    return error.errno in _NO_LINKS if number is None else number in _NO_RENAMING


def windows_number(error: OSError) -> int | None:
    """The Windows error, also where it came as the HRESULT of one; nothing elsewhere."""
    number: int | None = getattr(error, "winerror", None)
    if number is None:
        return None
    unsigned = number & 0xFFFFFFFF
    return unsigned & 0xFFFF if unsigned >> 16 == 0x8007 else number
