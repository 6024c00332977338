"""The team's logo: only a real PNG or JPEG of a sane size is drawn; anything else is left out of the letter."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader

_MOST_PIXELS = 4_000_000
_LONGEST_SIDE = 1200


@lru_cache(maxsize=2)
def logo_image(data: bytes) -> ImageReader | None:
    """The picture in `data`, made small enough for print; None for what is no sound PNG or JPEG."""
    try:
        found = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
        if found.width * found.height > _MOST_PIXELS or min(found.size) < 1:
            return None
        picture = found.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return ImageReader(paper)
