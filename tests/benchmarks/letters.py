"""A letter in a running program beside the same text set by bare reportlab."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any
from unittest.mock import patch

from bren_desktop import bundled
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.letters import Letter, LetterRequest
from bren_desktop.domain.records import Team
from bren_desktop.services.workspace import Workspace
from tests.benchmarks.figures import Figure, Spent, interleaved, latency, ratio, timed
from tests.benchmarks.workload import Workload

LETTERS_PER_RUN = 5
SIZES = (10.5, 10.0, 9.5, 9.0, 8.5)
BARE = "reportlab alone: SimpleDocTemplate with the same texts on the same number of pages, in the same two fonts"


@dataclass(frozen=True, slots=True)
class Sample:
    """A letter, the texts on each of its pages, and the size of type at which bare reportlab fills as many pages."""

    letter: Letter
    pages: Sequence[Sequence[str]]
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
        pages = _texts_of_ours(letter, team)
        yield Sample(letter, pages, _size_for(letter, pages))


def _texts_of_ours(letter: Letter, team: Team) -> list[list[str]]:
    """What our letter says on each page, after shortening: the bare one has to say no more and no less."""
    module: Any = importlib.import_module("bren_desktop.documents.letter")
    laid: list[Any] = []
    fit = module.fit

    def noting(*arguments: Any, **named: Any) -> Any:
        laid.append(fit(*arguments, **named))
        return laid[0]

    with patch.object(module, "fit", noting):
        module.letter_pdf(letter, team, None)
    return [[placed.paragraph.getPlainText() for placed in page] for page in laid[0][0].pages]


def _size_for(letter: Letter, pages: Sequence[Sequence[str]]) -> float:
    from pypdf import PdfReader

    for size in SIZES:
        if len(PdfReader(BytesIO(_bare_pdf(letter, pages, size))).pages) == len(pages):
            return size
    raise SystemExit("bare reportlab needs another number of pages at every size")


def _ours(samples: list[Sample], team: Team, logo: bytes | None) -> Spent:
    from bren_desktop.documents.letter import letter_pdf

    return timed(lambda: [letter_pdf(sample.letter, team, logo) for sample in samples])


def _bare(samples: list[Sample]) -> Spent:
    return timed(lambda: [_bare_pdf(each.letter, each.pages, each.size) for each in samples])


def _register_bare_fonts() -> None:
    """Fonts as reportlab makes them, beside those of the program: `registerFont` would take one face for both."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in (("BareRegular", "SourceSans3-Regular"), ("BareBold", "SourceSans3-SemiBold")):
        path = bundled.folder("resources") / "fonts" / f"{file}.ttf"
        pdfmetrics._fonts[name] = TTFont(name, str(path))  # type: ignore[attr-defined]
        pdfmetrics.registerFontFamily(name)


def _bare_pdf(letter: Letter, pages: Sequence[Sequence[str]], size: float) -> bytes:
    from html import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

    plain = ParagraphStyle("plain", fontName="BareRegular", fontSize=size, leading=size * 1.2)
    bold = ParagraphStyle("bold", parent=plain, fontName="BareBold")
    story: list[Flowable] = [Paragraph(escape(line), plain) for line in (*letter.recipient, letter.salutation)]
    story += [Paragraph(escape(f"{name}: {value}"), plain) for name, value in letter.reference]
    headings = {block.heading for block in letter.blocks}
    for page in pages:
        story += [Paragraph(escape(text), bold if text in headings else plain) for text in page]
        story.append(PageBreak())
    target = BytesIO()
    paper = SimpleDocTemplate(
        target,
        lang="nl-NL",
        title=letter.subject,
        leftMargin=35 * mm,
        rightMargin=20 * mm,
        topMargin=12 * mm,
        bottomMargin=12 * mm,
    )
    paper.build(story)
    return target.getvalue()


def _filed(workspace: Workspace, workload: Workload, runs: int) -> list[Spent]:
    cases = workload.sample(workspace, Kind.CASE, LETTERS_PER_RUN * runs)
    expert = workload.sample(workspace, Kind.EXPERT, 1)[0]
    return [timed(partial(_file, workspace, case, expert)) for case in cases]


def _file(workspace: Workspace, case: str, expert: str) -> None:
    letter = workspace.letters.prepare(workspace.actor, case, expert, _request())
    workspace.letters.file(workspace.actor, letter, release=False)
