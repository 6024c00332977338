"""A PDF that opens with a password only (AES-256, revision 6 of the standard)."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader, PdfWriter


def protected_pdf(pdf: bytes, password: str) -> bytes:
    """The same pages, encrypted."""
    target = BytesIO()
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.encrypt(password, algorithm="AES-256")
    writer.write(target)
    return target.getvalue()
