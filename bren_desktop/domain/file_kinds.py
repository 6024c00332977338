"""What a file from outside is, by its content, and whether a case may hold it. Nothing in it is run or unpacked."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from bren_desktop.domain.attachments import LARGEST
from bren_desktop.errors import InvalidInputError

_MB = 1024 * 1024
_LONGEST_NAME = 120
_MOST_PARTS = 5_000
_UNPACKED = 500 * _MB
_SQUEEZED = 200
"""How many times smaller real documents ever become; a bomb becomes a thousand times smaller."""
_SMALL = 10 * _MB
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RUNS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"#!",
    b"L\x00\x00\x00\x01\x14",
)
_SCRIPTS = frozenset(
    "bat cmd com exe dll hta htm html jar js jse lnk msi pif ps1 py reg scr sh svg vbe vbs wsf xhtml".split()
)
_MARKUP = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:\?xml|!doctype|html|script|svg|body|head)", re.IGNORECASE | re.DOTALL)
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2,}")
_MACROS = re.compile(r"(^|/)(vbaProject\.bin|Basic/.+|Scripts/.+|activeX/.+\.bin)$", re.IGNORECASE)
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that a case may hold. `endings`: what its name may end in, the usual one first."""

    label: str
    endings: tuple[str, ...]
    is_picture: bool = False


PDF = FileKind("PDF-document", ("pdf",))
JPEG = FileKind("foto (JPEG)", ("jpg", "jpeg"), is_picture=True)
PNG = FileKind("afbeelding (PNG)", ("png",), is_picture=True)
TIFF = FileKind("scan (TIFF)", ("tif", "tiff"))
HEIC = FileKind("foto (HEIC)", ("heic", "heif"))
DOCX = FileKind("Word-document", ("docx",))
XLSX = FileKind("Excel-werkmap", ("xlsx",))
PPTX = FileKind("presentatie", ("pptx",))
ODT = FileKind("OpenDocument-tekst", ("odt",))
ODS = FileKind("OpenDocument-werkblad", ("ods",))
MAIL = FileKind("e-mailbericht", ("eml",))
OUTLOOK = FileKind("Outlook-bericht", ("msg",))
TEXT = FileKind("platte tekst", ("txt", "csv", "md"))
OPEN_FORMATS = frozenset({DOCX, ODT, MAIL, OUTLOOK})
"""What a team may keep from leaving (decision 21)."""
KINDS = (PDF, JPEG, PNG, TIFF, HEIC, DOCX, XLSX, PPTX, ODT, ODS, MAIL, OUTLOOK, TEXT)

_STARTS = {
    b"%PDF-": PDF,
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
}
_PHOTO_BRANDS = frozenset({b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1"})
_MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": ODS,
}


def recognised(name: str, data: bytes) -> FileKind:
    """The kind of a file called `name`. Raises InvalidInputError for what a case may not hold, saying what it is."""
    if not data:
        raise _refused("Dit bestand is leeg.")
    if len(data) > LARGEST:
        raise _refused("Dit bestand is groter dan {mb} MB, en dat is het meeste voor één bijlage.", mb=LARGEST // _MB)
    ending = _ending(name)
    kind = _by_content(data, ending)
    if ending and ending not in kind.endings:
        raise _refused(
            "De naam van dit bestand eindigt op .{ending}, maar de inhoud is iets anders: {kind}. Vraag na waar het "
            "vandaan komt. Klopt de inhoud, geef het dan een naam op .{usual}.",
            ending=ending if ending.isascii() and len(ending) <= 5 else "…",
            kind=kind.label,
            usual=kind.endings[0],
        )
    return kind


def plain_name(name: str, kind: FileKind) -> str:
    """`name` as every file system takes it, without a folder, with an ending of `kind`."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    stem, _, ending = _NOT_IN_NAMES.sub("-", shown).strip(" .").rpartition(".")
    if ending.lower() not in kind.endings:
        stem, ending = f"{stem}.{ending}", kind.endings[0]
    return f"{stem.strip(' .')[:_LONGEST_NAME].rstrip(' .') or 'bijlage'}.{ending.lower()}"


def _ending(name: str) -> str:
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def _by_content(data: bytes, ending: str) -> FileKind:
    if data.startswith(_RUNS):
        raise _refused("Dit is een programma of een snelkoppeling. Dat mag niet in een casus.")
    found = next((kind for start, kind in _STARTS.items() if data.startswith(start)), None)
    if found is not None:
        return found
    if data[4:12] in _PHOTO_BRANDS:
        return HEIC
    if data.startswith(_ZIP):
        return _in_parts(data)
    if data.startswith(_OLE):
        return _compound(data)
    return _text(data, ending)


def _in_parts(data: bytes) -> FileKind:
    """A document that is an archive of parts: what it is, if it is safe to keep."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_size(parts)
            kind = _main_part(archive, {part.filename for part in parts})
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise _refused("Dit bestand is beschadigd en kan niet worden gelezen.") from error
    if any(_MACROS.search(part.filename) for part in parts):
        raise _refused("In dit document zitten macro's. Bewaar het zonder macro's, of als PDF.")
    return kind


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > min(_UNPACKED, max(_SMALL, packed * _SQUEEZED)):
        raise _refused("Dit bestand wordt bij het uitpakken veel te groot. Dat is geen gewoon document.")


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    for part, kind in _MAIN_PARTS.items():
        if part in names:
            return kind
    if "mimetype" in names:
        with archive.open("mimetype") as file:
            kind_of = _OPEN_DOCUMENTS.get(file.read(100))
        if kind_of is not None:
            return kind_of
    raise _refused("Dit is een archief met bestanden erin. Pak het uit en voeg de bestanden toe die u nodig hebt.")


def _compound(data: bytes) -> FileKind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _refused("Dit document zit achter een wachtwoord. Bewaar het zonder wachtwoord: hier is het versleuteld.")
    if "__properties_version1.0".encode("utf-16-le") in data:
        return OUTLOOK
    raise _refused(
        "Dit is een oud soort Office-bestand, waarin macro's kunnen zitten. Bewaar het als .docx of als PDF."
    )


def _text(data: bytes, ending: str) -> FileKind:
    if data.startswith(b"{\\rtf"):
        raise _refused("Dit is een RTF-bestand, waarin van alles verpakt kan zitten. Bewaar het als .docx of als PDF.")
    text = _decoded(data)
    if text is None:
        raise _refused("Dit soort bestand is niet bekend. Bewaar het als PDF en voeg dat toe.")
    if ending in _SCRIPTS or _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise _refused("Dit is een script of een webpagina. Dat mag niet in een casus. Bewaar de tekst als PDF.")
    return MAIL if ending in MAIL.endings and _MAIL.match(data) else TEXT


def _decoded(data: bytes) -> str | None:
    """`data` as text; None where it is none."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _NO_TEXT.search(text) else text
    return None


def _refused(template: str, **values: object) -> InvalidInputError:
    return InvalidInputError(f"{template} Er is niets toegevoegd.", field="bestand", **values)
