"""The other forms of a document, from the rooms that know them; each loads its library when it is first asked."""

from __future__ import annotations

from bren_desktop.domain.letters import Letter
from bren_desktop.domain.records import Team


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
