"""A casuskaart that somebody looks at, and how it is filed once it is printed or saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.records import CASE_SHEET, FiledDocument
from bren_desktop.services.case_sheet import CaseSheet, told
from bren_desktop.services.loading import children, load
from bren_desktop.services.numbers import next_reference
from bren_desktop.services.ports import Reader, Writer


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A casuskaart to look at: its case with the number, the day it is of, what it says as JSON, and its pages."""

    case: str
    nummer: str
    date: date
    content: str
    pdf: bytes


def made(case: str, sheet: CaseSheet, pdf: bytes) -> MadeSheet:
    """The pages of `sheet` with what is needed to file them."""
    return MadeSheet(case, sheet.nummer, sheet.date, told(sheet), pdf)


def reference_of(reader: Reader, sheet: MadeSheet) -> str:
    """The kenmerk under which this content was filed on this day; nothing where it was not."""
    filed = (each for _, each in children(reader, Kind.DOCUMENT, FiledDocument, sheet.case) if each.is_sheet)
    same = (each for each in filed if (each.datum, each.inhoud) == (sheet.date, sheet.content))
    return next((each.kenmerk for each in same), "")


def filed_sheet(writer: Writer, actor: Actor, sheet: MadeSheet) -> FiledDocument:
    """The document to file it as; its pages are kept."""
    return FiledDocument(
        casus=sheet.case,
        soort=CASE_SHEET,
        kenmerk=next_reference(writer, actor, sheet.case, load(writer, Kind.CASE, Case, sheet.case)),
        datum=sheet.date,
        gemaakt_door=actor.name,
        identificerend=False,
        inhoud=sheet.content,
        pdf=writer.put_attachment(sheet.pdf),
    )
