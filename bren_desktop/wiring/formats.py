"""Files of rows and the other forms of a document; the room that knows one is loaded when it is first asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bren_desktop.domain.letters import Letter
from bren_desktop.domain.records import Team
from bren_desktop.services.tables import Table


def read_table(path: Path) -> Table:
    """The rows of the file `path`. Raises UnreadableFileError."""
    from bren_desktop.exchange import files

    return files.read_table(path)


def write_table(path: Path, headers: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write `rows` under `headers` to the file `path`: all of it, or nothing."""
    from bren_desktop.exchange import files

    files.write_table(path, headers, rows)


class DocumentFormats:
    """Word, e-mail and a PDF with a password."""

    def word(self, letter: Letter, team: Team) -> bytes:
        from bren_desktop.exchange.docx import word_file

        return word_file(letter, team)

    def mail(self, subject: str, text: str, name: str, pdf: bytes) -> bytes:
        from bren_desktop.exchange.eml import mail_draft

        return mail_draft(subject, text, name, pdf)

    def protected(self, pdf: bytes, password: str) -> bytes:
        from bren_desktop.documents.protected import protected_pdf

        return protected_pdf(pdf, password)
