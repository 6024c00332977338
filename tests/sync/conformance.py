"""What every share must do alike: cases without pytest, so that the Windows Python runs them too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Protocol

from bren_desktop.sync.transport.safe_paths import LONGEST
from bren_desktop.sync.transport.share import AbsentError, AwayError, Entry, RefusedError, Share, ShareError, TakenError

FOLDER = "sp/aaaaaaaaaaaaaaaaaaaaaaaaaa/log/bbbbbbbbbbbbbbbbbbbbbbbbbb"
NAME = "00000001-0123456789ab.brs"
PATH = f"{FOLDER}/{NAME}"
MIB = 1024 * 1024
COPIES = ("a-LAPTOP7.brs", "a (1).brs", "a - kopie.brs", "Zoë Łącki.txt", "desktop.ini", ".stil", "~$a.docx", "A.BRS")
"""What synchronising programs, word processors and people leave behind."""
UNSAFE = (
    *("..", "../a", "a/../b", "a/..", ".", "a/./b", "/a", "a/", "a//b", "a\\b", "c:", "c:/a", "a:stream"),
    *(
        "con",
        "NUL",
        "nul.txt",
        "com1",
        "Lpt9.brs",
        "aux .txt",
        "con/a",
        "a.",
        "a ",
        "a?",
        "a*",
        "a\n",
        "a\x00b",
        "\ud800",
    ),
    "x" * (LONGEST + 1),
)


class Rig(Protocol):
    """A store to try, and what someone else can do to it."""

    def share(self) -> Share:
        """The share of one more laptop."""

    def plant(self, path: str, data: bytes) -> None:
        """Somebody else lays a file there; its folder exists."""

    def unplug(self) -> None:
        """The store goes, as when a drive or a network does."""


@contextmanager
def fails(error: type[ShareError]) -> Iterator[None]:
    """Expect exactly this failure, in words that hold no path."""
    try:
        yield
    except error as raised:
        said = str(raised)
    else:
        raise AssertionError(f"nothing instead of {error.__name__}")
    assert {"/", "\\"}.isdisjoint(said)


def what_one_puts_another_finds(rig: Rig) -> None:
    rig.share().put_new(PATH, b"1234")
    share = rig.share()
    assert share.list(FOLDER).files in {(Entry(NAME, 4),), (Entry(NAME, -1),)}
    assert share.list(FOLDER).folders == ()
    assert share.read(PATH, 5) == b"1234"
    assert share.exists(PATH)
    assert share.stat(PATH) == 4


def a_listing_is_sorted_files_and_folders_apart(rig: Rig) -> None:
    share = rig.share()
    for path in ("b/2", "b/1", "b/c/3", "b/a/4", "top"):
        share.put_new(path, b"")
    assert [entry.name for entry in share.list("b").files] == ["1", "2"]
    assert share.list("b").folders == ("a", "c")
    assert [entry.name for entry in share.list("").files] == ["top"]
    assert share.list("").folders == ("b",)


def an_empty_share_has_an_empty_top(rig: Rig) -> None:
    assert rig.share().list("") == ((), ())


def a_taken_name_stays_what_it_was(rig: Rig) -> None:
    share = rig.share()
    share.put_new(PATH, b"first")
    for data in (b"first", b"second", b""):
        with fails(TakenError):
            share.put_new(PATH, data)
    assert share.read(PATH, 9) == b"first"
    assert len(share.list(FOLDER).files) == 1


def a_folder_takes_a_name_too(rig: Rig) -> None:
    share = rig.share()
    share.put_new(PATH, b"1234")
    with fails(TakenError):
        share.put_new(FOLDER, b"")
    assert share.list(FOLDER).files


def a_file_has_nothing_under_it(rig: Rig) -> None:
    share = rig.share()
    share.put_new("a", b"1234")
    with fails(RefusedError):
        share.put_new("a/b", b"")
    with fails(AbsentError):
        share.list("a")
    with fails(AbsentError):
        share.read("a/b", 1)
    assert share.read("a", 9) == b"1234"


def a_read_stops_where_it_is_told(rig: Rig) -> None:
    share = rig.share()
    share.put_new(PATH, b"1234")
    assert [share.read(PATH, limit) for limit in (0, 1, 3, 4, 5, 64 * MIB)] == [
        *(b"", b"1", b"123"),
        *(b"1234", b"1234", b"1234"),
    ]


def empty_and_large_files_come_back_whole(rig: Rig) -> None:
    share = rig.share()
    large = bytes(range(256)) * (3 * MIB // 256) + b"end"
    share.put_new("large", large)
    share.put_new("empty", b"")
    assert share.read("large", len(large) + 1) == large
    assert share.read("large", MIB + 1) == large[: MIB + 1]
    assert share.stat("large") == len(large)
    assert share.read("empty", 9) == b""
    assert share.exists("empty")


def what_is_not_there_is_absent(rig: Rig) -> None:
    share = rig.share()
    for path in ("a", "a/b", PATH):
        with fails(AbsentError):
            share.read(path, 1)
        with fails(AbsentError):
            share.stat(path)
        with fails(AbsentError):
            share.list(path)
        assert not share.exists(path)
        share.trash(path)


def a_folder_is_no_file(rig: Rig) -> None:
    share = rig.share()
    share.put_new(PATH, b"1234")
    with fails(AbsentError):
        share.read(FOLDER, 1)
    with fails(AbsentError):
        share.stat(FOLDER)
    assert not share.exists(FOLDER)
    share.trash(FOLDER)
    assert share.exists(PATH)


def a_name_is_free_again_after_trash(rig: Rig) -> None:
    share = rig.share()
    share.put_new(PATH, b"1234")
    share.put_new(f"{FOLDER}/2", b"")
    share.trash(PATH)
    share.trash(PATH)
    assert [entry.name for entry in share.list(FOLDER).files] == ["2"]
    share.put_new(PATH, b"56")
    assert share.read(PATH, 9) == b"56"


def a_path_that_leads_elsewhere_is_refused(rig: Rig) -> None:
    share = rig.share()
    for path in UNSAFE:
        calls: tuple[Callable[[], object], ...] = (
            *(partial(share.list, path), partial(share.read, path, 1), partial(share.put_new, path, b"")),
            *(partial(share.exists, path), partial(share.stat, path), partial(share.trash, path)),
        )
        for call in calls:
            with fails(RefusedError):
                call()
    for verb in (lambda: share.read("", 1), lambda: share.put_new("", b""), lambda: share.trash("")):
        with fails(RefusedError):
            verb()
    assert share.list("") == ((), ())


def the_longest_path_fits(rig: Rig) -> None:
    share = rig.share()
    path = f"{FOLDER}/{'x' * (LONGEST - len(FOLDER) - 1)}"
    share.put_new(path, b"1234")
    assert share.read(path, 9) == b"1234"


def copies_under_other_names_can_be_read(rig: Rig) -> None:
    share = rig.share()
    share.put_new("f/z", b"")
    for name in COPIES:
        rig.plant(f"f/{name}", name.encode())
    assert [entry.name for entry in share.list("f").files] == sorted([*COPIES, "z"])
    assert [share.read(f"f/{name}", 99).decode() for name in COPIES] == list(COPIES)


def a_file_being_written_is_not_listed(rig: Rig) -> None:
    share = rig.share()
    share.put_new("f/z", b"")
    rig.plant(f"f/~{'a2' * 13}.tmp", b"half")
    assert [entry.name for entry in share.list("f").files] == ["z"]


def of_two_at_once_one_wins(rig: Rig) -> None:
    laptops = [rig.share() for _ in range(2)]

    def put(number: int, name: str) -> bool:
        try:
            laptops[number].put_new(f"race/{name}", bytes([number]) * MIB)
        except TakenError:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        for name in map(str, range(8)):
            won = [attempt.result() for attempt in [both.submit(put, number, name) for number in range(2)]]
            assert sorted(won) == [False, True]
            assert laptops[0].read(f"race/{name}", 2 * MIB) == bytes([won.index(True)]) * MIB
    assert len(laptops[0].list("race").files) == 8


def a_share_that_went_is_away_and_nothing_is_absent(rig: Rig) -> None:
    share = rig.share()
    share.put_new(PATH, b"1234")
    rig.unplug()
    calls: tuple[Callable[[], object], ...] = (
        *(lambda: share.list(""), lambda: share.list(FOLDER), lambda: share.list("no")),
        *(lambda: share.read(PATH, 1), lambda: share.read("no", 1), lambda: share.exists(PATH)),
        *(lambda: share.exists("no"), lambda: share.stat(PATH), lambda: share.stat("no"), lambda: share.trash(PATH)),
        *(lambda: share.put_new(PATH, b""), lambda: share.put_new("no", b""), lambda: share.put_new("no/no", b"")),
    )
    for call in calls:
        with fails(AwayError):
            call()


CASES: tuple[Callable[[Rig], None], ...] = (
    what_one_puts_another_finds,
    a_listing_is_sorted_files_and_folders_apart,
    an_empty_share_has_an_empty_top,
    a_taken_name_stays_what_it_was,
    a_folder_takes_a_name_too,
    a_file_has_nothing_under_it,
    a_read_stops_where_it_is_told,
    empty_and_large_files_come_back_whole,
    what_is_not_there_is_absent,
    a_folder_is_no_file,
    a_name_is_free_again_after_trash,
    a_path_that_leads_elsewhere_is_refused,
    the_longest_path_fits,
    copies_under_other_names_can_be_read,
    a_file_being_written_is_not_listed,
    of_two_at_once_one_wins,
    a_share_that_went_is_away_and_nothing_is_absent,
)
