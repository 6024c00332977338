"""Export: what is in it, that it comes back byte for byte, and that it is accounted for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.fields import Note, Shape, notes
from bren_desktop.domain.states import NEVER_GIVEN
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import NotAllowedError
from bren_desktop.exchange.files import read_table, write_table
from bren_desktop.exchange.schemas import schemas
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context
from bren_desktop.services.exporting import Exporting
from bren_desktop.services.importing import Importing, ImportReport
from bren_desktop.services.pool import Pool

FORMATS = ("jsonl", "csv", "xlsx")
HOSTILE = '=cmd|"/c calc"!A1 <img src=x> \u202eomgekeerd 👩‍👧 _x0041_ ;,\t\n\'=1'


def export(context: Context, actor: Actor, kind: Kind, path: Path) -> bytes:
    Exporting(context, write_table).export(actor, kind, path)
    return path.read_bytes()


def bring(context: Context, actor: Actor, kind: Kind, path: Path) -> ImportReport:
    service = Importing(context, read_table)
    table = service.read(path)
    return service.take(actor, service.preview(actor, table, service.propose(actor, table, kind)))


def test_an_export_holds_every_field_with_codes_sorted_by_id(context: Context, actor: Actor, tmp_path: Path) -> None:
    pool = Pool(context)
    for name in ("E2", "E10", "E1"):
        pool.record(actor, Expert(extern_id=name, naam="P. Arel", expertise=("EX-LVB", "EX-ASS")))
    lines = export(context, actor, Kind.EXPERT, tmp_path / "uit.jsonl").decode().splitlines()
    found = [json.loads(line) for line in lines]
    assert [each["id"] for each in found] == ["E1", "E10", "E2"]
    assert list(found[0]) == ["id", *(name for name in notes(Expert) if name != "extern_id")]
    assert found[0]["expertise"] == ["EX-ASS", "EX-LVB"]


def test_an_export_fits_its_schema(context: Context, actor: Actor, tmp_path: Path) -> None:
    CaseWork(context).record(actor, Case(extern_id="K1", omschrijving=HOSTILE, leeftijd=3, wilsbekwaam=False))
    [line] = export(context, actor, Kind.CASE, tmp_path / "uit.jsonl").decode().splitlines()
    Draft202012Validator(schemas()["case.json"]).validate(json.loads(line))


def test_each_exported_case_is_logged(context: Context, actor: Actor, tmp_path: Path) -> None:
    opened = CaseWork(context).record(actor, Case(omschrijving="x"))
    export(context, actor, Kind.CASE, tmp_path / "uit.csv")
    with context.store.read() as reader:
        entries = reader.read_log(opened.entity, 10)
    assert [(entry.action, entry.name) for entry in entries] == [("export", actor.name)]


def test_a_role_without_the_right_exports_nothing(context: Context, member: Actor, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError):
        export(context, member, Kind.CASE, tmp_path / "uit.csv")
    assert not list(tmp_path.glob("uit*"))


TEXT = st.sampled_from(
    [HOSTILE, "'=1+1", "-", "@x", "[", "[]", "a|b", "a;b", "_x000D_", "ja", "1", "OVERIG"]
) | st.text(max_size=12)


ROWS = {
    "geschiedenis": st.fixed_dictionaries({"vorm": TEXT}, optional={"id": TEXT, "ervaring": TEXT}),
    "betrokkenen": st.fixed_dictionaries(
        {"naam": TEXT}, optional={"gezag": st.sampled_from([True, False, None, "ja"])}
    ),
    "aard_ontbrekend_aanbod": st.fixed_dictionaries({"id": TEXT | st.just("oa-01")}, optional={"aard": TEXT}),
    "te_coderen": st.fixed_dictionaries({"tekst": TEXT}, optional={"veld": st.just("knelpunten")}),
}


def values(name: str, note: Note) -> st.SearchStrategy[object]:
    if note.vocabulary:
        known = [term.code for term in vocabulary(note.vocabulary) if term.code not in NEVER_GIVEN]
        codes = st.sampled_from(known) | TEXT
        return codes if note.shape is Shape.SINGLE else st.lists(codes, max_size=3)
    if note.shape is Shape.ROWS:
        return st.lists(ROWS[name], max_size=3)
    return st.lists(TEXT, max_size=3) if note.shape is Shape.SET else TEXT


ODD: Mapping[str, st.SearchStrategy[object]] = {
    **dict.fromkeys(("leeftijd", "aantal_verblijfplaatsen", "leeftijd_van", "uren_per_maand"), st.integers(0, 27)),
    **dict.fromkeys(("wilsbekwaam", "landelijk_inzetbaar"), st.sampled_from([True, False, None])),
    **dict.fromkeys(("geboortedatum", "beschikbaar_vanaf"), st.sampled_from(["2015-02-28", ""])),
}


def records(kind: Kind) -> st.SearchStrategy[list[dict[str, object]]]:
    """Raw records with hostile text in every field that takes text."""
    texts = {
        name: values(name, notes(MODELS[kind])[name])
        for name, info in MODELS[kind].model_fields.items()
        if info.annotation is str or str(info.annotation).startswith("tuple")
    }
    fields = {**texts, **{name: each for name, each in ODD.items() if name in notes(MODELS[kind])}}
    known = {name: each for name, each in fields.items() if name not in ("extern_id", "naam")}
    return st.lists(st.fixed_dictionaries({"naam": st.just("P. Arel")}, optional=known), max_size=3)


@pytest.mark.parametrize("kind", [Kind.CASE, Kind.EXPERT])
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_export_comes_back_byte_for_byte(
    kind: Kind, data: st.DataObject, new_context: Callable[[], Context], actor: Actor, tmp_path: Path
) -> None:
    raw = [{"id": f"K{index}", "omschrijving": "", **record} for index, record in enumerate(data.draw(records(kind)))]
    first, source = new_context(), tmp_path / "bron.jsonl"
    last = {"id": "slot", "naam": "x", "omschrijving": "x"}
    source.write_text("".join(f"{json.dumps(each)}\n" for each in [*raw, last]))
    assert not bring(first, actor, kind, source).rejected
    for extension in FORMATS:
        out, again = tmp_path / f"uit.{extension}", tmp_path / f"weer.{extension}"
        exported = export(first, actor, kind, out)
        second = new_context()
        assert not bring(second, actor, kind, out).rejected
        assert export(second, actor, kind, again) == exported
        before = second.store.state_hash()
        assert bring(second, actor, kind, out).imported == 0
        assert second.store.state_hash() == before


@pytest.mark.parametrize("extension", FORMATS)
def test_hostile_text_and_200_kb_come_back(
    extension: str, new_context: Callable[[], Context], actor: Actor, tmp_path: Path
) -> None:
    first, second = new_context(), new_context()
    fields: Mapping[str, object] = {
        name: HOSTILE for name, info in Case.model_fields.items() if info.annotation is str and name != "extern_id"
    }
    long = {"omschrijving": "=" + "é\n" * 99_999 + "x"}
    coded = {name: "" for name, note in notes(Case).items() if note.vocabulary}
    plain = {name: value for name, value in {**fields, **long}.items() if name not in coded}
    case = Case.model_validate({**plain, "extern_id": "=K1", "nummer": "N1"})
    CaseWork(first).record_all(actor, [case])
    path = tmp_path / f"uit.{extension}"
    export(first, actor, Kind.CASE, path)
    assert bring(second, actor, Kind.CASE, path).imported == 1
    found = CaseWork(second).open(actor, "=K1").case
    assert found.model_copy(update={"te_coderen": ()}) == CaseWork(first).open(actor, "=K1").case
