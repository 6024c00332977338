"""`bren import` and `bren export`."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from bren_desktop.cli.files import resolved
from bren_desktop.cli.output import show
from bren_desktop.cli.session import unlocked
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.tables import Rejection

_KINDS = {"cases": Kind.CASE, "experts": Kind.EXPERT}


def import_file(options: Namespace) -> None:
    """Take the good rows of a file; name the others with line, field and reason."""
    with unlocked(options) as workspace:
        importing, actor = workspace.importing, workspace.actor
        table = importing.read(Path(options.file))
        mapping = importing.propose(actor, table, _KINDS[options.kind])
        if not any(mapping.columns.values()):
            raise InvalidInputError(
                "Het programma kent geen enkele kolom van dit bestand. Er is niets geïmporteerd. Controleer of de "
                "namen van de kolommen op de eerste regel staan."
            )
        preview = importing.preview(actor, table, mapping)
        report = importing.take(actor, preview)
    result: dict[str, object] = {
        "imported": report.imported,
        "unchanged": report.unchanged,
        "rejected": [_named(each) for each in report.rejected],
    }
    if report.noted:
        result["let_op"] = [_named(each) for each in report.noted]
    if report.to_code:
        result["te_coderen"] = [
            {"field": each.field, "value": each.text, "count": each.count} for each in report.to_code
        ]
    if preview.unused_columns:
        result["unused_columns"] = list(preview.unused_columns)
    show(options, result)


def _named(row: Rejection) -> dict[str, object]:
    return {"line": row.line, "field": row.field, "reason": row.reason}


def export_file(options: Namespace) -> None:
    """Write every field the role may see, sorted by id; for a purpose only what may be shared for it."""
    target = Path(options.file)
    kind = _KINDS[options.kind]
    if options.purpose and kind is not Kind.CASE:
        raise InvalidInputError("Een doel kan alleen bij casussen. Er is niets geschreven.")
    result: dict[str, object] = {"path": str(resolved(target))}
    with unlocked(options) as workspace:
        if options.purpose:
            shared = workspace.exporting.share(workspace.actor, options.purpose, target)
            result |= {"exported": shared.exported, "left_out": shared.left_out}
        else:
            result["exported"] = workspace.exporting.export(workspace.actor, kind, target)
    show(options, result)
