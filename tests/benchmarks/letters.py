"""A letter in a running program beside the same text set by bare reportlab."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from bren_desktop import bundled
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.letters import Letter, LetterRequest
from bren_desktop.domain.records import Team
from bren_desktop.services.workspace import Workspace
from tests.benchmarks.figures import Figure, Spent, interleaved, latency, ratio, timed
from tests.benchmarks.workload import Workload

LETTERS_PER_RUN = 5
SIZES = (9.5, 10.0, 10.5, 11.0, 9.0, 8.5)
BARE = "reportlab alone: SimpleDocTemplate with the same paragraphs, headings, fonts and page count"


@dataclass(frozen=True, slots=True)
class Sample:
    """A letter with the size of type at which bare reportlab needs the same number of pages."""

    letter: Letter
    size: float


def measure(workload: Workload, runs: int) -> list[Figure]:
    """Rendering against rendering; composing and filing are told apart."""
    workspace = workload.unlock()
    team, logo = workspace.team.get(workspace.actor), workspace.team.logo(workspace.actor)
    _register_bare_fonts()
    samples = list(_samples(workspace, LETTERS_PER_RUN, workload))
    pairs = interleaved(lambda: _bare(samples), lambda: _ours(samples, team, logo), runs)
    filed = _filed(workspace, workload, runs)
    workspace.lock()
    return [
        ratio("a letter in a running program", "documents.letter.letter_pdf", BARE, pairs, 1.5),
        latency(
            "a letter from request to filed",
            "workspace.letters.prepare and file(release=True), until committed",
            filed,
            None,
        ),
    ]


def _request() -> LetterRequest:
    questions = ("Welke vorm van verblijf past bij deze jeugdige?", "Wie kan hierin meedenken?")
    return LetterRequest(vragen=questions, inzetvorm="IV-SO", uren="4", termijn="2026-12-18")


def _samples(workspace: Workspace, count: int, workload: Workload) -> Iterator[Sample]:
    cases = workload.sample(workspace, Kind.CASE, count)
    experts = workload.sample(workspace, Kind.EXPERT, count)
    team = workspace.team.get(workspace.actor)
    for case, expert in zip(cases, experts, strict=True):
        letter = workspace.letters.prepare(workspace.actor, case, expert, _request())
        yield Sample(letter, _size_for(letter, _pages_of_ours(letter, team)))


def _pages_of_ours(letter: Letter, team: Team) -> int:
    from bren_desktop.documents.letter import letter_pdf

    return _pages(letter_pdf(letter, team, None))


def _pages(pdf: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)


def _size_for(letter: Letter, pages: int) -> float:
    for size in SIZES:
        if _pages(_bare_pdf(letter, size)) == pages:
            return size
    raise SystemExit("bare reportlab needs another number of pages at every size")


def _ours(samples: list[Sample], team: Team, logo: bytes | None) -> Spent:
    from bren_desktop.documents.letter import letter_pdf

    return timed(lambda: [letter_pdf(sample.letter, team, logo) for sample in samples])


def _bare(samples: list[Sample]) -> Spent:
    return timed(lambda: [_bare_pdf(sample.letter, sample.size) for sample in samples])


def _register_bare_fonts() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in (("BareRegular", "SourceSans3-Regular"), ("BareBold", "SourceSans3-SemiBold")):
        pdfmetrics.registerFont(TTFont(name, str(bundled.folder("resources") / "fonts" / f"{file}.ttf")))


def _bare_pdf(letter: Letter, size: float) -> bytes:
    from html import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

    plain = ParagraphStyle("plain", fontName="BareRegular", fontSize=size, leading=size * 1.3)
    bold = ParagraphStyle("bold", fontName="BareBold", fontSize=size, leading=size * 1.3, spaceBefore=size * 0.6)
    story: list[Flowable] = [Paragraph(escape(line), plain) for line in (*letter.recipient, letter.salutation)]
    story += [Paragraph(escape(f"{name}: {value}"), plain) for name, value in letter.reference]
    for block in letter.blocks:
        story.append(Paragraph(escape(block.heading), bold))
        story += [Paragraph(escape(line), plain) for line in block.plain.split("\n") if line.strip()]
    target = BytesIO()
    paper = SimpleDocTemplate(
        target,
        lang="nl-NL",
        title=letter.subject,
        leftMargin=62 * mm,
        rightMargin=20 * mm,
        topMargin=30 * mm,
        bottomMargin=25 * mm,
    )
    paper.build(story)
    return target.getvalue()


def _filed(workspace: Workspace, workload: Workload, runs: int) -> list[float]:
    cases = workload.sample(workspace, Kind.CASE, LETTERS_PER_RUN * runs)
    expert = workload.sample(workspace, Kind.EXPERT, 1)[0]
    return [timed(partial(_file, workspace, case, expert)).wall for case in cases]


def _file(workspace: Workspace, case: str, expert: str) -> None:
    letter = workspace.letters.prepare(workspace.actor, case, expert, _request())
    workspace.letters.file(workspace.actor, letter, release=False)
