"""A marker in every place that belongs to a case, on two laptops with a share; after its destruction it is nowhere."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.actors import Role
from bren_desktop.domain.blackening import mask_of
from bren_desktop.domain.cases import Case
from bren_desktop.domain.doubles import MERGED
from bren_desktop.domain.entities import BELOW_CASE, MODELS, Kind
from bren_desktop.domain.fields import Shape, notes
from bren_desktop.domain.planning import Snooze
from bren_desktop.domain.requests import Request, Sort
from bren_desktop.domain.states import State
from bren_desktop.errors import InvalidInputError, NotFoundError, UserFacingError
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.services.context import author
from bren_desktop.services.gathering import passages
from bren_desktop.services.share_door import Erasing, InviteTo
from bren_desktop.services.workspace import Workspace
from bren_desktop.sync.format import words
from bren_desktop.wiring import Founder, Profile
from tests.storage.pages import decrypted

MARK = "zqxmerkteken"
PASSPHRASE = "vier gele fietsen slapen"
CHEAP = Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1)
IN_THE_PROGRAM = frozenset({"casus", "andere", "nummer", "extern_id", "eerder_kenmerk", "team", "pdf", "bestand"})
"""Fields that hold references or are filled by the program."""


@dataclass
class Laptop:
    """A profile of somebody on the share."""

    folder: Path
    workspace: Workspace

    @property
    def key(self) -> bytes:
        return KeyVault(self.folder, work=CHEAP).open(PASSPHRASE)

    def sync(self) -> None:
        self.workspace.sharing.cycle(self.workspace.actor)

    def marks(self) -> int:
        """How often the marker stands in the store: in its pages, used or free, and in what its tables give."""
        pages = decrypted(self.folder / "store.db", self.key)
        return _count(pages) + sum(_count(cell) for cell in _cells(self.workspace))


def _count(data: bytes) -> int:
    return sum(data.count(MARK.encode(encoding)) for encoding in ("utf-8", "utf-16-le"))


def _cells(workspace: Workspace) -> Iterator[bytes]:
    with workspace.context.store.read() as reader:
        sql: Any = reader._sql  # type: ignore[attr-defined]
        tables = [name for (name,) in sql.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in sql.exec_driver_sql(f'SELECT * FROM "{table}"'):  # noqa: S608 - names of our own tables
                for cell in row:
                    yield from _unpacked(cell if isinstance(cell, bytes) else str(cell).encode())


def _unpacked(data: bytes) -> Iterator[bytes]:
    yield data
    with suppress(zlib.error):
        yield zlib.decompress(data)


def _leaks(folder: Path) -> list[Path]:
    """Files under `folder` with the marker in their name or bytes, or in what inflating the bytes gives."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if MARK in path.name or any(map(_count, _unpacked(path.read_bytes())))]


@pytest.fixture
def laptops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Laptop, Laptop]]:
    """Vera, who chairs the team, and Petra, its privacy officer; temporary files lie under the folder of the test."""
    monkeypatch.setattr(words, "_WORK", CHEAP)
    scratch = tmp_path / "tijdelijk"
    scratch.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(scratch))
    share = tmp_path / "share"
    share.mkdir()
    vera, petra = (_founded(tmp_path, *who) for who in (("Vera", Role.VOORZITTER), ("Petra", Role.PRIVACY)))
    ours, theirs = vera.workspace, petra.workspace
    ours.sharing.create(ours.actor, str(share), "BREN Zuidwest")
    theirs.sharing.join(theirs.actor, *ours.sharing.invite(ours.actor, InviteTo.TEAM, Role.PRIVACY))
    (request,) = ours.sharing.requests(ours.actor)
    ours.sharing.approve(ours.actor, request.id)
    for laptop in (petra, vera, petra):
        laptop.sync()
    yield vera, petra
    for laptop in (vera, petra):
        laptop.workspace.lock()


def _founded(root: Path, name: str, role: Role) -> Laptop:
    folder = root / f"profiel-{name}"
    profile = Profile(folder, KeyVault(folder, work=CHEAP))
    return Laptop(folder, profile.found(PASSPHRASE, Founder(name, role, "HGL"))[0])


def _marked(kind: Kind) -> dict[tuple[str, str], object]:
    """The marker in every field of text of a kind, and in a row of every list."""
    values: dict[tuple[str, str], object] = {}
    model = MODELS[kind]
    for name, note in notes(model).items():
        kind_of = model.model_fields[name].annotation
        if name in IN_THE_PROGRAM or note.vocabulary:
            continue
        if note.shape is Shape.ROWS:
            row = kind_of.__args__[0]  # type: ignore[union-attr]
            texts = [part for part, info in row.model_fields.items() if info.annotation is str and part != "id"]
            values[name, "rij"] = {part: f"{MARK} {part}" for part in texts}
        elif note.shape is Shape.SET:
            values[name, MARK] = True
        elif kind_of is str:
            values[name, ""] = f"{MARK} {kind} {name}"
    return values


def _fill(workspace: Workspace, case: str) -> None:
    """The marker in the case, in everything below it, and in what this laptop alone keeps of it."""
    actor, store = workspace.actor, workspace.context.store
    with store.write(author(actor)) as writer:
        for kind in (Kind.CASE, *BELOW_CASE):
            entity = case if kind is Kind.CASE else store.new_entity()
            below = {} if kind is Kind.CASE else {("casus", ""): case}
            assignments = {name: value for name, value in _marked(kind).items() if name[0] != "toegewezen"}
            writer.write(kind, entity, {**assignments, **below})
        pdf = writer.put_attachment(f"%PDF {MARK}".encode())
        writer.write(Kind.DOCUMENT, store.new_entity(), {("casus", ""): case, ("pdf", ""): pdf})
        writer.write(Kind.CASE, case, {("hulpvraag", ""): f"{MARK} een oudere lezing"})
        writer.write(Kind.CASE, case, {("hulpvraag", ""): f"{MARK} de lezing van nu"})
    workspace.attachments.add(actor, case, f"{MARK}.txt", f"{MARK} in een bijlage".encode())
    until = workspace.context.today() + timedelta(days=3)
    workspace.planning.snooze(actor, case, Snooze(klok="TM-ONTVANGST", tot=until, reden=f"{MARK} uitstel"))
    _fill_here(workspace, case)


def _fill_here(workspace: Workspace, case: str) -> None:
    """What never travels, and what rides along: drafts, the read log, the index for searching."""
    actor = workspace.actor
    for key in (f"casus:{case}", f"casus:{case}:contact", f"casus:{case}:verzoek:x:kopie"):
        workspace.drafts.keep(actor, key, {"hulpvraag": f"{MARK} concepttekst"})
    workspace.context.log_read(actor, "afdrukken", Kind.CASE, case, f"{MARK} kenmerk")
    assert workspace.search.find(actor, MARK)


def _asked_and_read(workspace: Workspace, case: str) -> str:
    """A request to see the file, with a mask on it, and one to destroy it. Returns the first."""
    actor = workspace.actor
    asked = Request(
        soort=Sort.SEE, door=f"{MARK} ouder", ontvangen_op=workspace.context.today(), identiteit="rijbewijs"
    )
    see = workspace.requests.add(actor, case, asked)
    reading = workspace.file_copies.read(actor, see)
    first = next(iter(passages(reading.chapters)))
    workspace.file_copies.keep(actor, see, [mask_of(first, 0, 3, "ZW-ANDER")], reading)
    gone = workspace.requests.add(actor, case, asked.model_copy(update={"soort": Sort.DESTROY.value}))
    granted = Request(besluit="BZ-TOE", besluit_reden=f"{MARK} vindt het goed.")
    workspace.requests.decide(actor, gone, granted)
    return see


def _merged_double(workspace: Workspace, case: str) -> str:
    """A case that was merged into this one: withdrawn, with the marker in it."""
    actor, store = workspace.actor, workspace.context.store
    double = workspace.cases.record(actor, Case(roepnaam=MARK, hulpvraag=f"{MARK} van de dubbele casus")).entity
    with store.write(author(actor)) as writer:
        writer.write(Kind.CASE, double, {("status", ""): State.WITHDRAWN.value})
        merged = {"casus": case, "andere": double, "soort": MERGED}
        writer.write(Kind.LINK, store.new_entity(), {(name, ""): value for name, value in merged.items()})
    return double


def test_after_its_destruction_nothing_of_a_case_is_left_anywhere(
    laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    vera, petra = laptops
    ours, theirs = vera.workspace, petra.workspace
    case = ours.cases.record(ours.actor, Case(roepnaam="Noor", achternaam="Voorbeeld")).entity
    stays = ours.cases.record(ours.actor, Case(roepnaam="Sam", achternaam="Lindewater")).entity
    double = _merged_double(ours, case)
    _fill(ours, case)
    see = _asked_and_read(ours, case)
    for laptop in (vera, petra, vera):
        laptop.sync()
    _fill_here(theirs, case)
    theirs.requests.add(
        theirs.actor, case, Request(soort=Sort.ADD, door=f"{MARK} vader", ontvangen_op=theirs.context.today())
    )
    for laptop in laptops:
        workspace, name = laptop.workspace, laptop.workspace.actor.name
        with workspace.context.store.write(author(workspace.actor)) as writer:
            writer.write(Kind.REQUEST, see, {("inhoud", ""): f"{MARK} zegt {name}"})
    backups = {laptop: tmp_path / f"kopie-{number}.bren" for number, laptop in enumerate((vera.folder, petra.folder))}
    for laptop in laptops:
        laptop.workspace.backups.make(laptop.workspace.actor, backups[laptop.folder])
    kept = tmp_path / "elders"
    kept.mkdir()
    shutil.copy(backups[vera.folder], kept / "oud.bren")
    for laptop in (vera, petra, vera):
        laptop.sync()
        assert laptop.marks() > 100
    with ours.context.store.read() as reader:
        assert see in reader.conflicted(Kind.REQUEST)

    with pytest.raises(InvalidInputError, match="moet langer worden bewaard"):
        theirs.requests.destroy(theirs.actor, case)
    ours.cases.set_field(ours.actor, case, "bewaarplicht_reden", "")
    for laptop in (vera, petra):
        laptop.sync()
    asked = theirs.requests.destroy(theirs.actor, case)
    assert asked.state is Erasing.ASKED
    for laptop in (petra, vera):
        laptop.sync()
    certificate = ours.requests.certificate(ours.actor, case)
    assert certificate is not None
    assert ours.requests.destroy(ours.actor, case).state is Erasing.DONE
    for laptop in (vera, petra, vera, petra):
        laptop.sync()

    for laptop in laptops:
        assert laptop.marks() == 0
        with pytest.raises(NotFoundError):
            laptop.workspace.cases.open(laptop.workspace.actor, case)
        assert not laptop.workspace.search.find(laptop.workspace.actor, MARK)
        assert not laptop.workspace.requests.register(laptop.workspace.actor)
        assert laptop.workspace.cases.row(laptop.workspace.actor, stays) is not None
        assert json.loads((laptop.folder / "erased.json").read_text("utf-8"))["erased"] == sorted([case, double])
    assert _leaks(tmp_path) == []
    _says_only_that_it_went(certificate.pdf, case)
    old = kept / "oud.bren"
    for number, path in enumerate((old, *backups.values(), old)):
        _is_gone_from(path, tmp_path / f"terug-{number}", case, vera if number else None)


def _says_only_that_it_went(certificate: bytes, case: str) -> None:
    text = " ".join(PdfReader(BytesIO(certificate)).pages[0].extract_text().split())
    assert "Verklaring van vernietiging" in text
    assert case in text
    assert "Petra" in text
    assert "Vera" in text
    for content in (MARK, "Noor", "Voorbeeld,"):
        assert content not in text


def _is_gone_from(backup: Path, folder: Path, case: str, listed: Laptop | None) -> None:
    """A backup, also one from before, opens without the case: the list lies beside it, or else on the share."""
    folder.mkdir()
    if listed:
        shutil.copy(listed.folder / "erased.json", folder / "erased.json")
    profile = Profile(folder, KeyVault(folder, work=CHEAP))
    profile.restore(backup)
    back = Laptop(folder, profile.unlock(PASSPHRASE))
    try:
        assert back.marks() == 0
        with pytest.raises(UserFacingError):
            back.workspace.cases.open(back.workspace.actor, case)
    finally:
        back.workspace.lock()
    assert _leaks(folder) == []
