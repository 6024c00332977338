"""Importing a file of cases beside the same rows put into SQLCipher by bare code."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.entities import Kind
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.services.workspace import Workspace
from bren_desktop.storage import engine, schema
from bren_desktop.wiring import Profile
from tests.benchmarks.children import PASSPHRASE
from tests.benchmarks.figures import Figure, Spent, interleaved, ratio, timed
from tests.benchmarks.workload import FOUNDER, Workload

CHEAP = Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1)
TITLES = ("id", "nummer", "roepnaam", "tussenvoegsel", "achternaam", "gemeente", "verwijzer_organisatie")
Record = Mapping[str, Any]


def measure(workload: Workload, runs: int) -> list[Figure]:
    """Each run starts with an empty store; making that is not timed."""
    pairs = interleaved(lambda: bare(workload), lambda: _ours(workload), runs)
    return [
        ratio(
            "importing the cases of a file",
            "workspace.importing: read, propose, preview and take a JSONL file, until committed",
            "json.loads of the same file; one row per case, row and tag by executemany in one transaction on SQLCipher "
            "with the same pragmas and the same two FTS5 indexes",
            pairs,
            4.0,
        )
    ]


def _ours(workload: Workload) -> Spent:
    folder = workload.folder / "import"
    shutil.rmtree(folder, ignore_errors=True)
    workspace, _ = Profile(folder, KeyVault(folder, work=CHEAP)).found(PASSPHRASE, FOUNDER)
    spent = timed(lambda: _take(workspace, workload))
    workspace.lock()
    shutil.rmtree(folder)
    return spent


def _take(workspace: Workspace, workload: Workload) -> None:
    importing, actor = workspace.importing, workspace.actor
    table = importing.read(workload.file)
    preview = importing.preview(actor, table, importing.propose(actor, table, Kind.CASE))
    report = importing.take(actor, preview)
    if report.imported != workload.cases:
        raise SystemExit(f"{report.imported} of {workload.cases} cases were imported")


def bare(workload: Workload) -> Spent:
    """The rows of the workload put into an empty SQLCipher file."""
    file = workload.folder / "bare.db"
    connection = engine.connect(file, secrets.token_bytes(engine.KEY_BYTES))
    with workload.file.open(encoding="utf-8") as lines:
        columns = list(json.loads(next(lines)))
    connection.execute(f"CREATE TABLE cases ({', '.join(columns)})")
    connection.execute("CREATE TABLE parts (casus, field, body)")
    connection.execute("CREATE TABLE tags (field, code, casus)")
    for statement in schema.DDL[:3]:
        connection.execute(statement)
    spent = timed(lambda: _insert(connection, workload.file, columns))
    connection.close()
    for left in workload.folder.glob("bare.db*"):
        left.unlink()
    return spent


def _insert(connection: Any, file: Path, columns: list[str]) -> None:
    with file.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    marks = ", ".join("?" * len(columns))
    connection.execute("BEGIN IMMEDIATE")
    statement = f"INSERT INTO cases VALUES ({marks})"  # noqa: S608
    connection.executemany(statement, (_cells(each, columns) for each in records))
    connection.executemany("INSERT INTO parts VALUES (?, ?, ?)", _parts(records))
    connection.executemany("INSERT INTO tags VALUES (?, ?, ?)", _tags(records))
    connection.executemany("INSERT INTO search_title (rowid, text) VALUES (?, ?)", _titles(records))
    connection.executemany("INSERT INTO search_body (rowid, text) VALUES (?, ?)", _bodies(records))
    connection.execute("COMMIT")


def _cells(record: Record, columns: list[str]) -> list[Any]:
    return [json.dumps(value) if isinstance(value := record[name], list) else value for name in columns]


def _parts(records: Iterable[Record]) -> Iterable[tuple[str, str, str]]:
    return (
        (record["id"], name, json.dumps(part))
        for record in records
        for name, value in record.items()
        if isinstance(value, list)
        for part in value
        if isinstance(part, dict)
    )


def _tags(records: Iterable[Record]) -> Iterable[tuple[str, str, str]]:
    return (
        (name, code, record["id"])
        for record in records
        for name, value in record.items()
        if isinstance(value, list)
        for code in value
        if isinstance(code, str)
    )


def _title(record: Record) -> str:
    return "\n".join(str(record[name]) for name in TITLES if record[name])


def _titles(records: Iterable[Record]) -> Iterable[tuple[int, str]]:
    return ((number, _title(record)) for number, record in enumerate(records))


def _bodies(records: Iterable[Record]) -> Iterable[tuple[int, str]]:
    return ((number, f"{_title(record)}\n{_long_texts(record)}") for number, record in enumerate(records))


def _long_texts(record: Record) -> str:
    rows = (part for value in record.values() if isinstance(value, list) for part in value if isinstance(part, dict))
    texts = [value for value in record.values() if isinstance(value, str) and len(value) > 40]
    return "\n".join([*texts, *(text for row in rows for text in row.values() if isinstance(text, str))])
