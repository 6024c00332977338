"""Loading a file from outside: bounded, and recognised when it belongs to another program."""

from __future__ import annotations

from pathlib import Path

from bren_desktop.domain.dutch import counted
from bren_desktop.errors import UnreadableFileError

LARGEST_FILE = 512 * 1024 * 1024
MOST_ROWS = 250_000
MOST_COLUMNS = 500

_OTHER_PROGRAMS = (
    (b"%PDF-", "een PDF"),
    (b"\xd0\xcf\x11\xe0", "een oud of met een wachtwoord beveiligd Office-bestand"),
    (b"\x89PNG", "een afbeelding"),
    (b"\xff\xd8\xff", "een afbeelding"),
    (b"{\\rtf", "een RTF-document"),
    (b"SQLite format 3", "een database"),
    (b"MZ", "een programma"),
    (b"\x7fELF", "een programma"),
    (b"PK\x03\x04", "een zip- of Office-bestand"),
)
ZIP = b"PK\x03\x04"


def load(path: Path) -> bytes:
    """The bytes of `path`. Raises UnreadableFileError with what to do."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnreadableFileError(
            "Het bestand kan niet worden geopend. Controleer of het bestaat, of het niet in een ander programma open "
            "staat en of u het mag lezen."
        ) from error
    if len(data) > LARGEST_FILE:
        raise too_large()
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFileError("Het bestand is leeg. Er is niets geïmporteerd.")
    return data


def refuse_other_programs(data: bytes, wanted: str) -> None:
    """Raise UnreadableFileError for bytes that are plainly another program's."""
    for start, what in _OTHER_PROGRAMS:
        if data.startswith(start):
            raise UnreadableFileError(
                "Dit is geen {wanted}, maar {what} met een andere naam. Er is niets geïmporteerd. "
                "Sla de gegevens op als .xlsx, .csv of .jsonl en probeer het opnieuw.",
                wanted=wanted,
                what=what,
            )


def too_large() -> UnreadableFileError:
    """The refusal of a file that is out of proportion."""
    return UnreadableFileError(
        "Het bestand is te groot om veilig te lezen. Er is niets geïmporteerd. "
        "Verdeel het over kleinere bestanden (ten hoogste {rows} regels) en probeer het opnieuw.",
        rows=counted(MOST_ROWS),
    )


def damaged(wanted: str) -> UnreadableFileError:
    """The refusal of a file that is cut off, damaged or no such file at all."""
    return UnreadableFileError(
        "Dit bestand is beschadigd, onvolledig of geen {wanted}. Er is niets geïmporteerd. "
        "Vraag het bestand opnieuw op, of open het en sla het opnieuw op.",
        wanted=wanted,
    )
