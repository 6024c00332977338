"""A path that is let through stays below the root and names the same file on every system."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.sync.transport import safe_paths
from bren_desktop.sync.transport.share import RefusedError

ROOTS: tuple[PurePath, ...] = (
    PureWindowsPath("C:\\root"),
    PureWindowsPath("\\\\server\\share"),
    PurePosixPath("/root"),
)
PIECES = st.sampled_from(["..", ".", "a", "NUL", "con.brs", "C:", "\\", "/", " ", "~", "a:b", "\x00", "\n", "LPT1"])


@given(st.one_of(st.text(max_size=130), st.lists(PIECES).map("/".join), st.lists(PIECES).map("".join)))
def test_what_is_let_through_stays_below_the_root(path: str) -> None:
    try:
        names = safe_paths.parts(path)
    except RefusedError:
        return
    assert "/".join(names) == path
    for root in ROOTS:
        place = root.joinpath(*names)
        assert place.parts == (*root.parts, *names)
        assert not any(PureWindowsPath(name).is_reserved() for name in names)


@pytest.mark.parametrize(
    "path",
    [
        "network.json",
        "join/abcdefghijklmnopqrstuvwxyz.brj",
        "sp/abcdefghijklmnopqrstuvwxyz/log/abcdefghijklmnopqrstuvwxyz/p-00000001-00000064-0123456789ab-r2.brp",
        "console.txt",
        "com10",
        "nullen",
        ".verborgen",
        "Zoë (1).brs",
    ],
)
def test_a_plain_path_is_let_through(path: str) -> None:
    assert "/".join(safe_paths.parts(path)) == path


def test_a_draft_is_known_as_one_and_never_twice_the_same() -> None:
    names = {safe_paths.draft(bytes(4), bytes([chance]) * 13) for chance in range(256)}
    assert len(names) == 256
    assert all(safe_paths.is_draft(name) and safe_paths.is_safe(name) for name in names)
    assert not safe_paths.is_draft("00000001-0123456789ab.brs")
    assert not safe_paths.is_draft("~$brief.docx")
