"""Fields that colleagues wrote at the same time: every version in words, with its moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.cases import Case
from bren_desktop.domain.fields import notes
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.binding import Binding
from bren_desktop.services.views import FieldVersion


def show_versions(binding: Binding[Case], versions: Mapping[str, Sequence[FieldVersion]]) -> None:
    """Show the versions of each field that has more than one."""
    for key, field in binding.fields.items():
        field.show_versions([_in_words(key, version) for version in versions.get(key, ())])


def _in_words(key: str, version: FieldVersion) -> str:
    when = datetime.fromtimestamp(version.at_ms / 1000, tz=UTC).astimezone().strftime("%d-%m-%Y %H.%M uur")
    name = notes(Case)[key].vocabulary
    value = vocabulary(name).label(version.value) if name and version.value else version.value
    return f"{when}: {value or QCoreApplication.translate('CaseVersions', 'leeg')}"
