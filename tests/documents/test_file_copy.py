"""The copy for a family and the verklaring van vernietiging, read back."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from bren_desktop.documents.renderer import Documents
from bren_desktop.domain.certificates import Certificate
from bren_desktop.domain.file_copy import CopiedChapter, CopiedField, CopiedRecord, FileCopy, SeenLine
from bren_desktop.domain.records import Team

DAY = date(2026, 11, 22)
TEAM = Team(naam="Expertteam Haaglanden", voettekst="Postbus 1")


def copy(*chapters: CopiedChapter) -> FileCopy:
    seen = SeenLine(
        dag=DAY, wie="Vera", rol="lid", wat="bekeek de casus", keer=2, laptop="AA", noodtoegang=True, waarover=""
    )
    return FileCopy(
        kenmerk="K/INZ",
        gemaakt_op=DAY,
        gemaakt_door="Vera",
        team=TEAM.naam,
        toelichting=("Alles.",),
        hoofdstukken=chapters,
        gezien=(seen,),
    )


def chapter(title: str, *texts: str) -> CopiedChapter:
    fields = tuple(CopiedField(veld="x", label="Veld", waarde=text) for text in texts)
    return CopiedChapter(soort="casus", titel=title, onderdelen=(CopiedRecord(titel="", velden=fields),))


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def test_the_contents_name_the_page_of_every_chapter() -> None:
    made = Documents().file_copy(copy(*(chapter(f"Deel {n}", "tekst " * 900) for n in range(60))), TEAM)
    read = pages(made)
    contents = " ".join(read[:3])
    for number in range(60):
        page = next(at for at, text in enumerate(read) if f"Deel {number} Veld" in text)
        assert f"Deel {number} {page + 1}" in contents
    assert "Wie dit dossier heeft gezien" in read[-1]
    assert "Vera (lid) bekeek de casus (2 keer). Met noodtoegang." in read[-1]
    assert all(f"pagina {at} van {len(read)}" in text for at, text in enumerate(read, start=1))
    assert len(PdfReader(BytesIO(made)).outline) == 61


def test_hostile_and_endless_text_is_drawn_as_it_is() -> None:
    texts = ("<font size=99>x</font> <img src='file:///etc/passwd'/> & <18", "w" * 200_000, "\u202e\x07omgekeerd 😀")
    read = "".join(pages(Documents().file_copy(copy(chapter("Deel", *texts)), TEAM)))
    assert "<img src='file:///etc/passwd'/> & <18" in read
    assert read.count("w") > 199_000
    assert "omgekeerd 😀" in read


def test_the_verklaring_is_one_page_with_no_more_than_it_may_say() -> None:
    made = Certificate(
        ("dubbelujuygdhbudtqfnirrkpa", "s3s2ujuygdhbudtqfnirrkpava"),
        TEAM.naam,
        DAY,
        DAY,
        "Petra",
        ("Petra", "Vera"),
        DAY,
        ("Expertteam Twente",),
    )
    [text] = pages(Documents().certificate(made, TEAM))
    for part in (
        "Verklaring van vernietiging",
        *made.ids,
        "22 november 2026",
        "Petra en Vera",
        "7.3.9",
        "overgedragen aan: Expertteam Twente.",
        "pagina 1 van 1",
    ):
        assert part in text
