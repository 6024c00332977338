"""A photo without the place, time and device that a camera wrote in it, and not a pixel changed."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from bren_desktop.domain.file_kinds import HEIC, JPEG, PDF, PNG, TIFF, FileKind
from bren_desktop.domain.traces.removing import LEFT, REMOVED, cleaned

SECRETS = (b"Zeemeeuwtelefoon", b"Krekelveld", b"Meerkoet")
GPS, ORIENTATION, MODEL = 0x8825, 0x0112, 0x0110
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def drawn() -> Image.Image:
    return Image.linear_gradient("L").resize((64, 40)).convert("RGB")


def told(side: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[MODEL], exif[ORIENTATION] = "Zeemeeuwtelefoon", side
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 9.0, 12.5), 3: "E", 4: (4.0, 29.0, 1.5), 29: "2026:11:22"})
    return exif


def photo(side: int = 1, **more: object) -> bytes:
    made = io.BytesIO()
    drawn().save(made, "JPEG", exif=told(side), comment=b"Krekelveld", icc_profile=SRGB, **more)
    return made.getvalue()


def picture(side: int = 1) -> bytes:
    made, texts = io.BytesIO(), PngImagePlugin.PngInfo()
    texts.add_text("Author", "Krekelveld")
    texts.add_itxt("XML:com.adobe.xmp", "Meerkoet", zip=False)
    drawn().save(made, "PNG", exif=told(side), pnginfo=texts, icc_profile=SRGB, dpi=(300, 300))
    return made.getvalue()


def box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


def heic(*, film: bytes = b"", in_box: bool = False) -> bytes:
    """A photo of two items: the picture and Exif, which lies behind it or in a box of the index."""
    exif, pixels = b"\0\0\0\0" + told().tobytes().removeprefix(b"Exif\0\0"), b"pixels" * 20

    def made(start: int) -> bytes:
        entries = [
            box(b"infe", b"\2\0\0\0" + bytes((0, item, 0, 0)) + name + b"\0")
            for item, name in ((1, b"hvc1"), (2, b"Exif"))
        ]
        where = (1, 0) if in_box else (0, start + len(pixels))
        places = [(1, 0, start, len(pixels)), (2, *where, len(exif))]
        rows = [
            bytes((0, item, 0, method, 0, 0, 0, 1)) + at.to_bytes(4, "big") + length.to_bytes(4, "big")
            for item, method, at, length in places
        ]
        index = b"\1\0\0\0\x44\0\0\2" + b"".join(rows)
        inner = box(b"iinf", b"\0\0\0\0\0\2" + b"".join(entries)) + box(b"iloc", index)
        head = box(b"ftyp", b"heic\0\0\0\0") + film
        return head + box(b"meta", b"\0\0\0\0" + inner + (box(b"idat", exif) if in_box else b""))

    start = len(made(0)) + 8
    return made(start) + box(b"mdat", pixels + (b"" if in_box else exif))


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).tobytes()


@pytest.mark.parametrize("make", [photo, picture, lambda side=1: photo(side, progressive=True)])
@pytest.mark.parametrize("side", [1, 6])
def test_place_and_device_go_and_the_picture_stays_upright(make: Callable[[int], bytes], side: int) -> None:
    data = make(side) + b"Meerkoet, een film achter de foto"
    found = cleaned(PNG if make is picture else JPEG, data)
    assert found.traces == REMOVED
    assert not any(secret in found.data for secret in SECRETS)
    after = Image.open(io.BytesIO(found.data))
    assert dict(after.getexif()) == ({ORIENTATION: side} if side != 1 else {})
    assert after.getexif().get_ifd(GPS) == {}
    assert after.info["icc_profile"] == SRGB
    assert pixels(found.data) == pixels(data)
    assert cleaned(PNG if make is picture else JPEG, found.data) == type(found)(found.data), "nothing is left to take"


@pytest.mark.parametrize("in_box", [False, True])
def test_the_exif_of_a_heic_is_written_over_and_nothing_moves(*, in_box: bool) -> None:
    data = heic(in_box=in_box)
    assert b"Zeemeeuwtelefoon" in data
    found = cleaned(HEIC, data)
    assert (found.traces, len(found.data)) == (REMOVED, len(data))
    assert b"Zeemeeuwtelefoon" not in found.data
    changed = [at for at, (one, other) in enumerate(zip(data, found.data, strict=True)) if one != other]
    assert changed[0] >= data.index(b"MM\0*")
    assert b"pixels" * 20 in found.data
    assert cleaned(HEIC, found.data).traces == ""


@pytest.mark.parametrize(
    ("kind", "data", "traces"),
    [
        (JPEG, b"\xff\xd8\xff\xe1\xff\xff kort", LEFT),
        (PNG, b"\x89PNG\r\n\x1a\n", LEFT),
        (HEIC, b"\x00\x00\x00\x18ftypheic....", LEFT),
        (HEIC, heic(film=box(b"moov", b"een film")), LEFT),
        (TIFF, b"II*\x00", LEFT),
        (PDF, b"%PDF-1.7", ""),
    ],
)
def test_what_cannot_be_cleaned_stays_as_it_is_and_says_so(kind: FileKind, data: bytes, traces: str) -> None:
    found = cleaned(kind, data)
    assert (found.data, found.traces) == (data, traces)


@given(st.data())
def test_no_damage_makes_it_fail(data: st.DataObject) -> None:
    kind, whole = data.draw(st.sampled_from([(JPEG, photo()), (PNG, picture()), (HEIC, heic())]))
    at = data.draw(st.integers(0, len(whole)))
    broken = whole[:at] + data.draw(st.binary(max_size=8)) + whole[data.draw(st.integers(at, len(whole))) :]
    assert cleaned(kind, broken).traces in {"", LEFT, REMOVED}
