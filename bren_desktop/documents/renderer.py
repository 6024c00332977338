"""The door to the documents: loads reportlab at the first document, so that the program starts without it."""

from __future__ import annotations

from bren_desktop.domain.letters import Letter
from bren_desktop.domain.records import Team
from bren_desktop.services.case_sheet import CaseSheet


class Documents:
    """Makes PDF of letters and case sheets."""

    def letter(self, letter: Letter, team: Team, logo: bytes | None) -> bytes:
        """A letter of at most two pages; with a watermark while it is a concept."""
        from bren_desktop.documents.letter import letter_pdf

        return letter_pdf(letter, team, logo)

    def case_sheet(self, sheet: CaseSheet, team: Team) -> bytes:
        """A case sheet of at most two pages; a working paper, without the logo."""
        from bren_desktop.documents.case_sheet import case_sheet_pdf

        return case_sheet_pdf(sheet, team)
