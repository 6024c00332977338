"""The door to the documents: loads reportlab at the first document, so that the program starts without it."""

from __future__ import annotations

from bren_desktop.domain.certificates import Certificate
from bren_desktop.domain.file_copy import FileCopy
from bren_desktop.domain.letters import Letter
from bren_desktop.domain.records import Team
from bren_desktop.services.case_sheet import CaseSheet


class Documents:
    """Makes PDF of letters and case sheets."""

    def letter(self, letter: Letter, team: Team, logo: bytes | None) -> bytes:
        """A letter of at most two pages; with a watermark while it is a concept."""
        from bren_desktop.documents.letter import letter_pdf

        return letter_pdf(letter, team, logo)

    def cut(self, letter: Letter) -> tuple[str, ...]:
        """The names of the blocks that are too long for the pages of a letter."""
        from bren_desktop.documents.letter import cut_blocks

        return cut_blocks(letter)

    def case_sheet(self, sheet: CaseSheet, team: Team) -> bytes:
        """A case sheet of at most two pages; a working paper, without the logo."""
        from bren_desktop.documents.case_sheet import case_sheet_pdf

        return case_sheet_pdf(sheet, team)

    def file_copy(self, copy: FileCopy, team: Team) -> bytes:
        """The copy of a file for a family, as long as it is."""
        from bren_desktop.documents.file_copy import file_copy_pdf

        return file_copy_pdf(copy, team)

    def certificate(self, certificate: Certificate, team: Team) -> bytes:
        """A verklaring van vernietiging on one page."""
        from bren_desktop.documents.certificate import certificate_pdf

        return certificate_pdf(certificate, team)
