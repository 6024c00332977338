"""Rules of this house that no linter knows: short functions, whole sentences to translate, no markup from people."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

Sources = Mapping[Path, Sequence[ast.AST]]

MARKUP = {
    "setHtml",
    "insertHtml",
    "appendHtml",
    "setMarkdown",
    "insertMarkdown",
    "RichText",
    "AutoText",
    "MarkdownText",
}
TRANSLATORS = {"tr", "translate"}


def _nodes(sources: Sources) -> Iterator[tuple[Path, ast.AST]]:
    return ((path, node) for path, nodes in sources.items() for node in nodes)


def _calls(sources: Sources, names: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """Each call of a function or method with one of these names, with its place."""
    for path, node in _nodes(sources):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", None)
            if name in names:
                yield f"{path}:{node.lineno}", node


def _in_rooms(sources: Sources, rooms: set[str]) -> Sources:
    return {path: nodes for path, nodes in sources.items() if rooms & set(path.parts)}


def test_no_function_is_over_60_lines(sources: Sources, long_functions: list[str]) -> None:
    lengths = [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{path}:{node.lineno} {node.name}")
        for path, node in _nodes(sources)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long_functions += [f"{length:4} lines  {place}" for length, place in sorted(lengths, reverse=True) if length > 40]
    assert lengths
    assert not [place for length, place in lengths if length > 60]


def test_services_read_as_somebody(sources: Sources) -> None:
    """`Context.read(actor)` shows what that person may see; the store read bare shows everything.

    Only the reading of concepts does that: the program itself reads, and shows nothing.
    """
    bare = [
        place
        for place, call in _calls(_in_rooms(sources, {"services"}), {"read"})
        if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "attr", "") == "store" and not call.args
    ]
    assert [place.partition(":")[0] for place in bare] == ["bren_desktop/services/understanding.py"]


def test_a_translated_text_is_one_literal(sources: Sources) -> None:
    """A text put together before `tr()` is found by no translator."""
    other = [
        place
        for place, call in _calls(_in_rooms(sources, {"gui", "app.py"}), TRANSLATORS)
        if any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in call.args)
    ]
    assert not other


def test_text_is_never_taken_for_markup(sources: Sources) -> None:
    """Qt guesses HTML, and an image in it fetches a file: text from people goes in as plain text only."""
    found = [
        f"{path}:{node.lineno} {node.attr}"
        for path, node in _nodes(sources)
        if isinstance(node, ast.Attribute) and node.attr in MARKUP
    ]
    assert not found


def test_a_paragraph_is_made_at_one_door(sources: Sources) -> None:
    """`reportlab` reads a paragraph as markup: one module escapes, and no other makes paragraphs."""
    assert len({place.split(":")[0] for place, _ in _calls(sources, {"Paragraph"})}) <= 1


def test_only_the_clock_of_the_caller_counts(sources: Sources) -> None:
    """An age or a term is counted from a date that was given, never from whatever today is."""
    inner = _in_rooms(sources, {"domain", "oplog", "matching", "language", "disclosure"})
    assert inner
    assert not [place for place, _ in _calls(inner, {"today", "now", "utcnow"})]
