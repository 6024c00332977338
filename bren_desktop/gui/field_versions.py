"""Fields that colleagues wrote at the same time: every version in words beside its field, with its moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.fields import Note, Shape, notes
from bren_desktop.domain.moments import moment_of
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.binding import Binding
from bren_desktop.services.views import FieldVersion


def show_versions(
    model: type[BaseModel], binding: Binding[Any], versions: Mapping[str, Sequence[FieldVersion]]
) -> None:
    """Mark each field that has several versions."""
    known = notes(model)
    for key, field in binding.fields.items():
        texts = [_in_words(known[key], version) for version in versions.get(key, ())]
        field.show_versions(texts, one_value=known[key].shape is Shape.SINGLE)


def _in_words(note: Note, version: FieldVersion) -> str:
    when = moment_of(version.at_ms).astimezone().strftime("%d-%m-%Y %H.%M uur")
    if note.shape is not Shape.SINGLE:
        return when
    value = vocabulary(note.vocabulary).label(version.value) if note.vocabulary and version.value else version.value
    return f"{when}: {value or QCoreApplication.translate('CaseVersions', 'leeg')}"
