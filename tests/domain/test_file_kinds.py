"""What a file from outside is, by its content; what a case may not hold is refused, with what it is."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.attachments import LARGEST
from bren_desktop.domain.file_kinds import (
    DOCX,
    HEIC,
    JPEG,
    KINDS,
    MAIL,
    ODT,
    OUTLOOK,
    PDF,
    PNG,
    TEXT,
    XLSX,
    FileKind,
    plain_name,
    recognised,
)
from bren_desktop.errors import InvalidInputError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
LETTER = b"From: a@voorbeeld.test\r\nSubject: Verslag\r\n\r\nDag."


def archive(**parts: bytes | str) -> bytes:
    """An archive with these parts, `__` in a name for a slash and `_` for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


WORD = archive(word__document_xml="<w/>")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("verslag.pdf", b"%PDF-1.7 ...", PDF),
        ("VERSLAG.PDF", b"%PDF-1.7 ...", PDF),
        ("foto.jpeg", b"\xff\xd8\xff\xe0...", JPEG),
        ("foto.png", b"\x89PNG\r\n\x1a\n...", PNG),
        ("foto.heic", b"\x00\x00\x00\x18ftypheic....", HEIC),
        ("brief.docx", WORD, DOCX),
        ("lijst.xlsx", archive(xl__workbook_xml="<x/>"), XLSX),
        ("brief.odt", archive(mimetype="application/vnd.oasis.opendocument.text"), ODT),
        ("bericht.msg", OLE + "__properties_version1.0".encode("utf-16-le"), OUTLOOK),
        ("bericht.eml", LETTER, MAIL),
        ("bericht.txt", LETTER, TEXT),
        ("notitie.txt", "Überzicht".encode(), TEXT),
        ("notitie.txt", "Überzicht".encode("cp1252"), TEXT),
        ("notitie.txt", "Überzicht".encode("utf-16"), TEXT),
        ("zonder", b"%PDF-1.7 ...", PDF),
    ],
)
def test_a_kind_is_known_by_content(name: str, data: bytes, kind: FileKind) -> None:
    assert recognised(name, data) is kind


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("leeg.pdf", b"", "leeg"),
        ("groot.pdf", b"%PDF-" + bytes(LARGEST), "groter dan 25 MB"),
        ("verslag.pdf", b"MZ\x90\x00", "programma"),
        ("verslag.pdf", b"\x7fELF....", "programma"),
        ("verslag.txt", b"#!/bin/sh\nrm -rf", "programma"),
        ("start.lnk", b"L\x00\x00\x00\x01\x14\x02\x00", "snelkoppeling"),
        ("start.bat", b"@echo off", "script"),
        ("start.ps1", b"Remove-Item", "script"),
        ("verslag.txt", b"<html><script>alert(1)</script>", "webpagina"),
        ("verslag.html", b"Gewone tekst", "script"),
        ("tekening.svg", b'<?xml version="1.0"?><svg/>', "webpagina"),
        ("brief.docm", archive(word__document_xml="<w/>", word__vbaProject_bin="x"), "macro's"),
        ("brief.docx", archive(word__document_xml="<w/>", word__vbaProject_bin="x"), "macro's"),
        ("brief.odt", archive(mimetype="application/vnd.oasis.opendocument.text", Basic__a_xml="x"), "macro's"),
        ("brief.doc", OLE, "oud soort Office-bestand"),
        ("brief.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
        ("alles.zip", archive(a_txt="x"), "archief"),
        ("brief.docx", archive(word__document_xml=bytes(60_000_000)), "veel te groot"),
        ("brief.docx", archive(word__document_xml="<w/>", a=bytes(9_000_000), b=bytes(9_000_000)), "veel te groot"),
        ("brief.rtf", b"{\\rtf1\\ansi Verslag}", "RTF-bestand"),
        ("brief.docx", WORD[:-30], "beschadigd"),
        ("film.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x01", "niet bekend"),
        ("verslag.pdf", b"\x89PNG\r\n\x1a\n...", "eindigt op .pdf, maar de inhoud is iets anders: afbeelding (PNG)"),
        ("verslag.pdf.exe", b"%PDF-1.7", "eindigt op .exe"),
        ("foto.jpg", b"Gewone tekst", "platte tekst"),
        ("bericht.eml", b"Gewone tekst", "platte tekst"),
    ],
)
def test_what_a_case_may_not_hold_is_named(name: str, data: bytes, said: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        recognised(name, data)
    assert said in str(refused.value)
    assert str(refused.value).endswith("Er is niets toegevoegd.")


@given(st.text(), st.binary() | st.binary().map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_known_or_refused(name: str, data: bytes) -> None:
    with suppress(InvalidInputError):
        assert recognised(name, data) in KINDS


@given(st.text(), st.sampled_from(KINDS))
def test_a_name_is_safe_on_every_file_system(name: str, kind: FileKind) -> None:
    shown = plain_name(name, kind)
    stem, dot, _ = shown.partition(".")
    assert stem
    assert dot
    assert not set('<>:"/\\|?*\x00\n\u202e') & set(shown)
    assert shown.rpartition(".")[2] in kind.endings
    assert not shown.removesuffix(f".{shown.rpartition('.')[2]}").endswith((" ", "."))


def test_a_name_is_kept_without_folder_and_without_hidden_turns() -> None:
    assert plain_name("C:\\Users\\vera\\Verslag school.PDF", PDF) == "Verslag school.pdf"
    assert plain_name("Verslag\u202efdp.pdf", PDF) == "Verslagfdp.pdf"
    assert plain_name("verslag", PDF) == "verslag.pdf"
