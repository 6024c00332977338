"""A document as a Word file (OOXML): the same words as the PDF, to be edited further outside.

Written by hand: a letter needs six kinds of paragraph, the library for it brings lxml (docs/decisions/0005-letters.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from string import ascii_lowercase
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bren_desktop.domain.letters import Block, Letter, Marks
from bren_desktop.domain.records import Team

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STYLES = {
    "Normal": ("Standaard", {"sz": "21"}, {"after": "80"}),
    "Title": ("Titel", {"sz": "30", "b": "", "color": "14505F"}, {"after": "160"}),
    "Heading1": ("Kop 1", {"sz": "22", "b": "", "color": "14505F"}, {"before": "200", "after": "60"}),
    "Quiet": ("Klein", {"sz": "16", "color": "56616B"}, {"after": "0"}),
}
"""By id: the name, what letters look like (half points), and the room around a paragraph (twentieths of a point)."""


def word_file(letter: Letter, team: Team) -> bytes:
    """The bytes of the file. The same letter always gives the same bytes."""
    target = BytesIO()
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml"), ("footer", "footer.xml")),
        "word/styles.xml": _styles(),
        "word/footer.xml": _footer(letter),
        "word/document.xml": _document(letter, team),
    }
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, root in parts.items():
            data = tostring(root, encoding="UTF-8", xml_declaration=True)
            archive.writestr(ZipInfo(name, _EPOCH), data, ZIP_DEFLATED)
    return target.getvalue()


def _document(letter: Letter, team: Team) -> Element:
    root = Element("w:document", {"xmlns:w": _MAIN, "xmlns:r": _OFFICE})
    body = SubElement(root, "w:body")
    for style, text in _lines(letter, team):
        _paragraph(body, style, text)
    section = SubElement(body, "w:sectPr")
    SubElement(section, "w:footerReference", {"w:type": "default", "r:id": "r2"})
    SubElement(section, "w:pgSz", {"w:w": "11906", "w:h": "16838"})
    edges = {"top": "1134", "right": "1134", "bottom": "1417", "left": "1417", "header": "567", "footer": "567"}
    SubElement(section, "w:pgMar", {f"w:{name}": room for name, room in edges.items()} | {"w:gutter": "0"})
    return root


def _footer(letter: Letter) -> Element:
    """The kenmerk and the number of each page."""
    root = Element("w:ftr", {"xmlns:w": _MAIN})
    line = _paragraph(root, "Quiet", f"Vertrouwelijk · {letter.kenmerk} · pagina ")
    for field, after in (("PAGE", " van "), ("NUMPAGES", "")):
        _run(SubElement(line, "w:fldSimple", {"w:instr": field}), "1")
        _run(line, after)
    return root


def _lines(letter: Letter, team: Team) -> Iterator[tuple[str, str]]:
    """Every paragraph, as its style and its text."""
    if letter.concept:
        yield "Title", "CONCEPT – nog niet vrijgegeven"
    yield "Title", team.naam
    yield "Quiet", "Vertrouwelijk"
    yield from (("Normal", line) for line in letter.recipient)
    yield from (("Quiet", f"{label}: {value}") for label, value in letter.reference)
    yield from (("Normal", line) for line in (letter.salutation,) if line)
    for block in letter.blocks:
        yield "Heading1", block.heading
        yield from (("Normal", line) for line in _said(block))
    if letter.salutation:
        yield from (("Normal", line) for line in (letter.closing, letter.made_by, f"{letter.role}, {letter.team}"))
    for signer in letter.signatures:
        yield "Heading1", signer
        yield "Normal", "Naam, plaats, datum en handtekening: ______________________________"
    yield "Quiet", letter.keeping


def _said(block: Block) -> Iterable[str]:
    under = block.under.split("\n") if block.under else []
    for number, item in enumerate(block.items, start=1):
        yield f"{_mark(block.marks, number)} {item}"
        yield from under
    yield from (line for line in block.text.split("\n") if line)
    if block.gap:
        yield f"[Nog invullen: {block.gap}]"


def _mark(marks: Marks, number: int) -> str:
    signs = {Marks.NUMBERS: f"{number}.", Marks.LETTERS: f"{ascii_lowercase[(number - 1) % 26]}.", Marks.BOXES: "☐"}
    return signs.get(marks, "•")


def _paragraph(body: Element, style: str, text: str) -> Element:
    paragraph = SubElement(body, "w:p")
    SubElement(SubElement(paragraph, "w:pPr"), "w:pStyle", {"w:val": style})
    _run(paragraph, text)
    return paragraph


def _run(parent: Element, text: str) -> None:
    said = SubElement(SubElement(parent, "w:r"), "w:t", {"xml:space": "preserve"})
    said.text = _NOT_XML.sub("", text)


def _styles() -> Element:
    root = Element("w:styles", {"xmlns:w": _MAIN})
    defaults = SubElement(SubElement(SubElement(root, "w:docDefaults"), "w:rPrDefault"), "w:rPr")
    SubElement(defaults, "w:rFonts", {"w:ascii": "Segoe UI", "w:hAnsi": "Segoe UI", "w:cs": "Segoe UI"})
    SubElement(defaults, "w:lang", {"w:val": "nl-NL"})
    for key, (name, look, room) in _STYLES.items():
        is_default = {"w:default": "1"} if key == "Normal" else {}
        style = SubElement(root, "w:style", {"w:type": "paragraph", "w:styleId": key, **is_default})
        SubElement(style, "w:name", {"w:val": name})
        around = SubElement(style, "w:pPr")
        SubElement(around, "w:spacing", {f"w:{side}": points for side, points in room.items()})
        letters = SubElement(style, "w:rPr")
        for tag in (tag for tag in ("b", "color", "sz") if tag in look):
            SubElement(letters, f"w:{tag}", {"w:val": look[tag]} if look[tag] else {})
    return root


def _content_types() -> Element:
    root = Element("Types", {"xmlns": f"{_PACKAGE}/content-types"})
    SubElement(
        root,
        "Default",
        {"Extension": "rels", "ContentType": "application/vnd.openxmlformats-package.relationships+xml"},
    )
    for name, kind in (("document", "document.main"), ("styles", "styles"), ("footer", "footer")):
        SubElement(root, "Override", {"PartName": f"/word/{name}.xml", "ContentType": f"{_WORD}.{kind}+xml"})
    return root


def _relations(*targets: tuple[str, str]) -> Element:
    root = Element("Relationships", {"xmlns": f"{_PACKAGE}/relationships"})
    for number, (kind, target) in enumerate(targets, start=1):
        SubElement(root, "Relationship", {"Id": f"r{number}", "Type": f"{_OFFICE}/{kind}", "Target": target})
    return root
