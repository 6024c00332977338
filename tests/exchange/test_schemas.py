"""The schemas in the documents are those of the models, and fit what the format promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from bren_desktop.exchange.schemas import as_text, filled, schemas

EXPERT = {
    "id": "E1",
    "naam": "P. Arel",
    "landelijk_inzetbaar": True,
    "expertise": ["EX-ASS"],
    "leeftijd_van": 0,
    "beschikbaarheid": "direct",
    "beschikbaar_vanaf": "2026-12-01",
    "raamovereenkomst": True,
    "talen": ["Nederlands"],
    "adres": "Voorbeeldstraat 1, 1234 AB Nergenshuizen",
}
CASE = {"id": "K1", "leeftijd": 7, "knelpunten": [], "ontbrekend_aanbod": ["OA-01", {"code": "OA-02", "aard": "x"}]}


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_schema_in_the_documents_is_that_of_the_model(name: str, project: Path) -> None:
    text = (project / "docs" / "schemas" / name).read_text("utf-8")
    assert text == as_text(schemas()[name]), "run: python -m bren_desktop.exchange.schemas docs"
    Draft202012Validator.check_schema(json.loads(text))


def test_the_field_tables_in_the_documents_are_those_of_the_models(project: Path) -> None:
    page = (project / "docs" / "formats.md").read_text("utf-8")
    assert page == filled(page), "run: python -m bren_desktop.exchange.schemas docs"
    assert "| `hulpvraag` |" in page


@pytest.mark.parametrize(("name", "record"), [("expert.json", EXPERT), ("case.json", CASE)])
def test_the_format_of_the_issue_fits(name: str, record: dict[str, object]) -> None:
    validator = Draft202012Validator(schemas()[name])
    validator.validate(record)
    for wrong in ({"extern_id": "x"}, {"schoenmaat": 42}):
        with pytest.raises(ValidationError):
            validator.validate({**record, **wrong})
