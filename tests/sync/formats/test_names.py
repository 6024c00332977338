"""Every path of the share, made and read back; all else is stray."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.sync.format.names import (
    Kind,
    Name,
    Paths,
    byte_id,
    fits,
    is_id,
    parse,
    repaired,
    request_path,
    text_id,
)
from tests.sync.formats.samples import DEVICE, EPOCH, SPACE, some

IDS = st.binary(min_size=16, max_size=16)
DIGEST = some("digest", 32)
PATHS = Paths(SPACE)
SHORT, S26, D26, E26 = DIGEST.hex()[:12], text_id(SPACE), text_id(DEVICE), text_id(EPOCH)
EVERY = {
    request_path(DEVICE): (f"join/{D26}.brj", Name(Kind.REQUEST, id=DEVICE)),
    PATHS.entry(7, DIGEST): (f"sp/{S26}/auth/000007-{SHORT}.bra", Name(Kind.AUTH, SPACE, first=7, last=7, mark=SHORT)),
    PATHS.key_file(EPOCH, DIGEST): (f"sp/{S26}/key/{E26}-{SHORT}.brk", Name(Kind.EPOCH_KEY, SPACE, EPOCH, mark=SHORT)),
    PATHS.bundle(DIGEST): (
        f"sp/{S26}/case/{DIGEST.hex()[:32]}.brc",
        Name(Kind.CASE_KEYS, SPACE, mark=DIGEST.hex()[:32]),
    ),
    PATHS.blob(DIGEST): (
        f"sp/{S26}/att/{DIGEST.hex()[:2]}/{DIGEST.hex()}.brb",
        Name(Kind.BLOB, SPACE, mark=DIGEST.hex()),
    ),
    PATHS.segment(DEVICE, 12, DIGEST): (
        f"sp/{S26}/log/{D26}/00000012-{SHORT}.brs",
        Name(Kind.SEGMENT, SPACE, DEVICE, 12, 12, SHORT),
    ),
    PATHS.pack(DEVICE, 1, 64, DIGEST): (
        f"sp/{S26}/log/{D26}/p-00000001-00000064-{SHORT}.brp",
        Name(Kind.PACK, SPACE, DEVICE, 1, 64, SHORT),
    ),
}


@pytest.mark.parametrize(("path", "said"), [(path, said) for path, (_, said) in EVERY.items()])
def test_a_path_is_made_as_the_page_says_and_read_back(path: str, said: Name) -> None:
    assert path == EVERY[path][0]
    assert parse(path) == said
    assert len(path) < 120


@pytest.mark.parametrize("path", EVERY)
@pytest.mark.parametrize("number", [1, 12, 9999])
def test_a_repair_is_known_by_its_number(path: str, number: int) -> None:
    name = parse(repaired(path, number))
    whole = parse(path)
    assert whole is not None
    assert name is not None
    assert (name.repair, name.kind, name.mark) == (number, whole.kind, whole.mark)
    assert len(repaired(path, number)) < 120


@pytest.mark.parametrize("path", EVERY)
@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda path: path + "~",
        lambda path: path.replace(".", "-r0.", 1),
        lambda path: path.replace(".", "-r01.", 1),
        lambda path: path.replace(".", "-LAPTOP7.", 1),
        lambda path: "/" + path,
        lambda path: path + "\n",
        lambda path: path[1:],
        lambda path: path.replace("/", "//", 1),
        lambda path: path.rpartition("/")[0],
        lambda path: path.replace("-", "٣", 1) if "-" in path else path + "٣",
    ],
)
def test_anything_like_it_is_stray(path: str, change: object) -> None:
    assert callable(change)
    assert parse(change(path)) is None


@pytest.mark.parametrize("path", ["", "network.json", "desktop.ini", "sp/thumbs.db", "join/.brj", "../join/x.brj"])
def test_what_is_none_of_these_is_stray(path: str) -> None:
    assert parse(path) is None


def test_an_attachment_lies_in_the_folder_of_its_first_digits() -> None:
    path = PATHS.blob(DIGEST)
    start = DIGEST.hex()[:2]
    assert parse(path.replace(f"/{start}/", "/00/" if start != "00" else "/01/")) is None


@given(IDS)
def test_an_id_is_spelled_in_one_way(data: bytes) -> None:
    text = text_id(data)
    assert len(text) == 26
    assert text == text.lower()
    assert byte_id(text) == data


@given(st.text(max_size=30) | st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"), min_size=26, max_size=26))
def test_another_spelling_is_no_id(text: str) -> None:
    try:
        data = byte_id(text)
    except ValueError:
        return
    assert text_id(data) == text


@given(st.text(max_size=150))
def test_any_path_is_read_or_stray(path: str) -> None:
    assert parse(path) is None


@pytest.mark.parametrize("path", [path for path, (_, said) in EVERY.items() if said.mark])
def test_a_name_tells_the_file_that_may_bear_it(path: str) -> None:
    assert fits(path, DIGEST)
    assert fits(repaired(path, 3), DIGEST)
    assert not fits(path, bytes([DIGEST[0] ^ 1]) + DIGEST[1:])
    assert not fits(f"{path}.tmp", DIGEST)


@pytest.mark.parametrize("text", ["", D26[:-1], D26.upper(), f"{D26}a", "!" * 26])
def test_only_one_spelling_is_an_id(text: str) -> None:
    assert is_id(D26)
    assert not is_id(text)
