"""The JSON Schemas of `docs/schemas/` and the field tables of `docs/formats.md`, made from the models.

Run `python -m bren_desktop.exchange.schemas docs` after changing a model; a test compares.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bren_desktop.domain.cases import Case
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.fields import Note, Shape, notes
from bren_desktop.domain.file_copy import FileCopy
from bren_desktop.domain.letters import LetterRequest

_RECORDS: Mapping[str, type[BaseModel]] = {"case": Case, "expert": Expert}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID = {"title": "Eigen kenmerk", "type": "string", "maxLength": 200}
_GAP = {
    "type": "object",
    "properties": {
        "code": {"type": "string"},
        "aard": {"type": "string"},
        "hiaat": {"type": "string"},
        "verfijning": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["code"],
}
_ALSO_READ: Mapping[str, list[dict[str, Any]]] = {
    "ontbrekend_aanbod": [{"type": "array", "items": {"anyOf": [{"type": "string"}, _GAP]}}],
    "raamovereenkomst": [{"type": "boolean"}],
    "adres": [{"type": "array", "items": {"type": "string"}}, {"type": "object"}],
}
"""What reading takes besides what the model says."""
_SHAPES = {Shape.SINGLE: "", Shape.SET: "list", Shape.ROWS: "rows"}


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each record, by file name."""
    found = {f"{name}.json": _record(name, model) for name, model in _RECORDS.items()}
    found["letter.json"] = {"$schema": _DIALECT, **LetterRequest.model_json_schema()}
    found["inzage.json"] = {"$schema": _DIALECT, **FileCopy.model_json_schema(mode="serialization")}
    return found


def _record(name: str, model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    known = notes(model)
    properties = {
        field: _property(field, known[field], value)
        for field, value in schema["properties"].items()
        if field != "extern_id"
    }
    return {
        "$schema": _DIALECT,
        "title": name,
        "description": "One line of a JSONL file. Codes, labels and aliases are read; codes are written.",
        "type": "object",
        "properties": {"id": _ID, **properties},
        "additionalProperties": False,
        "$defs": schema.get("$defs", {}),
    }


def _property(field: str, note: Note, value: Mapping[str, Any]) -> dict[str, Any]:
    bare = {key: part for key, part in value.items() if key not in ("title", "default")}
    also = _ALSO_READ.get(field, [])
    typed = {"anyOf": [bare, *also]} if also else bare
    listed = {"x-lijst": note.vocabulary} if note.vocabulary else {}
    return {"title": note.label, **typed, **listed, "x-gevoeligheid": note.sensitivity.value}


def field_table(model: type[BaseModel]) -> str:
    """The fields of `model` as a Markdown table."""
    lines = ["| key | label | shape | list | sensitivity |", "|---|---|---|---|---|"]
    lines += [
        f"| `{name}` | {note.label} | {_SHAPES[note.shape]} | {note.vocabulary} | {note.sensitivity.value} |"
        for name, note in notes(model).items()
        if name != "extern_id"
    ]
    return "\n".join(lines)


def filled(page: str) -> str:
    """`page` with its field tables, between their marks, made anew."""
    for name, model in _RECORDS.items():
        start, end = f"<!-- fields: {name} -->\n", f"\n<!-- end: {name} -->"
        before, _, rest = page.partition(start)
        _, _, after = rest.partition(end)
        page = f"{before}{start}{field_table(model)}{end}{after}"
    return page


def as_text(schema: Mapping[str, Any]) -> str:
    """A schema as it stands in `docs/schemas/`."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main(docs: Path) -> None:
    """Write the schemas and the field tables."""
    for name, schema in schemas().items():
        (docs / "schemas" / name).write_text(as_text(schema), encoding="utf-8", newline="\n")
    page = docs / "formats.md"
    page.write_text(filled(page.read_text("utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
