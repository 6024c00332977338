"""`bren case` and `bren letter`."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from bren_desktop.cli.files import read_object
from bren_desktop.cli.output import show
from bren_desktop.cli.session import unlocked
from bren_desktop.domain.cases import Case
from bren_desktop.domain.fields import Shape, notes
from bren_desktop.domain.letters import LetterRequest, parse_request
from bren_desktop.errors import InvalidInputError
from bren_desktop.exchange.target import writing
from bren_desktop.services.context import local_day
from bren_desktop.services.exporting import exchange_row
from bren_desktop.services.parsing import parse_strict
from bren_desktop.services.rows import CaseFilter, CaseRow, Page
from bren_desktop.wiring import WallClock

_PAGE = 500
_LARGEST_FILE = 20_000_000


def list_cases(options: Namespace) -> None:
    """Every case as lists show it: no full names."""
    with unlocked(options) as workspace:
        rows: list[CaseRow] = []
        while page := workspace.cases.page(workspace.actor, CaseFilter(), Page(len(rows), _PAGE, "nummer")):
            rows += page
    show(options, [_row(row) for row in rows])


def show_case(options: Namespace) -> None:
    """One case with every field that is filled."""
    with unlocked(options) as workspace:
        opened = workspace.cases.open(workspace.actor, options.case)
    show(options, exchange_row(opened.id, opened.case))


def new_case(options: Namespace) -> None:
    """Record a case from a JSON file."""
    case = case_in(options.file)
    if not case.omschrijving:
        raise InvalidInputError("Een casus heeft een omschrijving nodig. Er is niets vastgelegd.", field="omschrijving")
    with unlocked(options) as workspace:
        opened = workspace.cases.record(workspace.actor, case)
    show(options, {"id": opened.id, "nummer": opened.case.nummer, **_to_code(opened.case)})


def set_field(options: Namespace) -> None:
    """Change one field of a case."""
    with unlocked(options) as workspace:
        opened = workspace.cases.open(workspace.actor, options.case)
        workspace.cases.set_field(workspace.actor, opened.entity, options.field, _raw(options.field, options.value))
        after = workspace.cases.open(workspace.actor, opened.entity)
    show(options, {"id": after.id, "nummer": after.case.nummer, **_to_code(after.case, options.field)})


def letter(options: Namespace) -> None:
    """Make a letter; a concept, or released."""
    request = _request(options.file)
    with unlocked(options) as workspace:
        case = workspace.cases.open(workspace.actor, options.case).entity
        expert = workspace.pool.open(workspace.actor, options.expert).entity
        prepared = workspace.letters.prepare(workspace.actor, case, expert, request)
        target = Path(options.out)
        with writing(target) as file:
            filed = workspace.letters.file(
                workspace.actor, prepared, release=options.release, despite_withdrawal=options.despite_withdrawal
            )
            file.write(filed.pdf)
    show(options, {"path": str(target.resolve()), "kenmerk": filed.kenmerk, "missing": list(filed.missing)})


def _to_code(case: Case, field: str = "") -> dict[str, object]:
    """What no list knows, of one field or of all; nothing where all is known."""
    unlisted = [row for row in case.te_coderen if field in ("", row.veld)]
    return {"te_coderen": [{"field": row.veld, "value": row.tekst} for row in unlisted]} if unlisted else {}


def _row(row: CaseRow) -> dict[str, object]:
    return {
        "id": row.id,
        "nummer": row.nummer,
        "initialen": row.initials,
        "regio": row.regio,
        "gemeente": row.gemeente,
        "status": row.status,
        "urgentie": row.urgentie,
        "knelpunten": list(row.knelpunten),
        "datum_aanmelding": row.datum_aanmelding.isoformat() if row.datum_aanmelding else None,
    }


def case_in(path: str) -> Case:
    """The case that a JSON file describes. Raises InvalidInputError."""
    return parse_strict(Case, read_object(path, _LARGEST_FILE), today=local_day(WallClock().now_ms()))


def _request(path: str | None) -> LetterRequest:
    return parse_request(read_object(path, _LARGEST_FILE) if path else {})


def _raw(field: str, text: str) -> object:
    note = notes(Case).get(field)
    if note is None or note.shape is Shape.SINGLE or not text.lstrip().startswith("["):
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        raise InvalidInputError('Geef de lijst als JSON, bijvoorbeeld ["KP-WLZ"].', field=field) from error
