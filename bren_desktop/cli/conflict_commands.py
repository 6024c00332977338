"""`bren conflicts`: what colleagues changed at the same time, and settling it."""

from __future__ import annotations

import json
from argparse import Namespace

from bren_desktop.cli.output import show
from bren_desktop.cli.session import unlocked
from bren_desktop.domain.moments import moment_of
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.versions import Conflict, ConflictVersion


def list_conflicts(options: Namespace) -> None:
    """Every field with several versions, numbered alike on all laptops."""
    with unlocked(options) as workspace:
        found = workspace.conflicts.list(workspace.actor)
    show(options, [_conflict(each) for each in found])


def settle(options: Namespace) -> None:
    """Choose one version of a field, or give another value."""
    with unlocked(options) as workspace:
        workspace.conflicts.settle(
            workspace.actor, options.entity, options.field, take=options.take, value=_value(options)
        )
    show(options, {"entity": options.entity, "field": options.field})


def _conflict(conflict: Conflict) -> dict[str, object]:
    return {
        "entity": conflict.id,
        "type": conflict.kind.value,
        "field": conflict.name,
        "versions": [_version(each) for each in conflict.versions],
    }


def _version(version: ConflictVersion) -> dict[str, object]:
    when = moment_of(version.at_ms)
    return {
        "n": version.n,
        "value": version.value,
        "who": version.who,
        "when": when.isoformat(timespec="milliseconds"),
    }


def _value(options: Namespace) -> object:
    """A row is given as a JSON object; anything else is text. Nothing empties only where that was said."""
    text: str | None = options.value
    if text is not None and not text.strip():
        raise InvalidInputError(
            "Geef een waarde. Moet het veld leeg worden, gebruik dan --empty. Er is niets veranderd."
        )
    if text is None or not text.lstrip().startswith("{"):
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        raise InvalidInputError("Geef de rij als JSON-object.") from error
