"""Versions of a field in words: their values, who wrote them and when, and what goes together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.entities import BELOW_CASE
from bren_desktop.domain.field_words import in_words
from bren_desktop.domain.merging import Mark, Proposal, Span, differences, propose, propose_parts
from bren_desktop.domain.moments import moment_of
from bren_desktop.services.versions import Conflict, ConflictVersion

_MOST, _LONGEST = 6, 80


@dataclass(frozen=True, slots=True)
class Together:
    """A proposal: the value to settle on, its pieces, and whether both changed one place."""

    value: Any
    spans: tuple[Span, ...]
    clashes: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A conflict, ready to show: what stood there in words, each version with its differences, and a proposal."""

    conflict: Conflict
    base: str
    versions: tuple[tuple[Span, ...], ...]
    together: Together | None


def _tr(text: str) -> str:
    return QCoreApplication.translate("Versions", text)


def prepare(conflict: Conflict) -> Prepared:
    """Compare the versions; for the store's thread, long texts take a moment."""
    base = in_words(conflict.note, conflict.base)
    texts = [in_words(conflict.note, version.value) for version in conflict.versions]
    known = conflict.base_known
    shown = tuple(differences(base, text).spans if known else _plain(text) for text in texts)
    return Prepared(conflict, base, shown, _together(conflict))


def _plain(text: str) -> tuple[Span, ...]:
    return (Span(text, base=True, ours=True, theirs=True),) if text else ()


def _together(conflict: Conflict) -> Together | None:
    """What two texts, or two versions of a row, are together; None where there is only a choice."""
    values = [version.value for version in conflict.versions]
    base = conflict.base if conflict.base_known else None
    if len(values) != 2 or not conflict.editable or conflict.note is None:
        return None
    if all(isinstance(value, dict) for value in values):
        row = propose_parts(base if isinstance(base, dict) else {}, *values)
        return Together(row.values, _plain(in_words(conflict.note, row.values)), bool(row.clashes))
    if conflict.note.long and all(isinstance(value, str) and value for value in values):
        proposal = propose(base if isinstance(base, str) else None, *values)
        return Together(proposal.text, proposal.spans, proposal.clashes)
    return None


def label_of(conflict: Conflict) -> str:
    """What a field is called; that of a record below a case names its kind too."""
    if conflict.kind not in BELOW_CASE:
        return conflict.label
    return _tr("{kind}: {label}").format(kind=conflict.kind.value.capitalize(), label=conflict.label)


def who_and_when(version: ConflictVersion) -> str:
    """Who wrote a version, and when by the clock of their laptop."""
    moment = moment_of(version.at_ms).astimezone().strftime("%d-%m-%Y om %H.%M uur")
    return _tr("{who} · {moment}").format(who=version.who or _tr("een collega"), moment=moment)


def changes_in_words(proposal: Proposal | Together) -> str:
    """What each side did, for who does not see the marks."""
    told = [span for span in proposal.spans if span.mark is not Mark.KEPT and span.text.strip()]
    lines = [_change(span) for span in told[:_MOST]]
    if len(told) > _MOST:
        lines.append(_tr("En nog {n} verschillen.").format(n=len(told) - _MOST))
    return " ".join(lines)


def _change(span: Span) -> str:
    text = span.text.strip()
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return _sentences()[span.mark, span.removed].format(text=text)


def _sentences() -> Mapping[tuple[Mark, bool], str]:
    return {
        (Mark.OURS, False): _tr("Versie 1 zet erbij: «{text}»."),
        (Mark.THEIRS, False): _tr("Versie 2 zet erbij: «{text}»."),
        (Mark.BOTH, False): _tr("Beide zetten erbij: «{text}»."),
        (Mark.OURS, True): _tr("Versie 1 haalt weg: «{text}»."),
        (Mark.THEIRS, True): _tr("Versie 2 haalt weg: «{text}»."),
        (Mark.BOTH, True): _tr("Beide veranderden: «{text}»."),
    }
