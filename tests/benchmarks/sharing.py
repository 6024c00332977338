"""Sync beside bare code: publishing, an idle cycle after a year of packs, joining a team, and bytes on the share."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import shutil
import tarfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import zstandard

from bren_desktop.crypto import parcels
from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.fiction.cases import case
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.oplog.contents import pack_content
from bren_desktop.oplog.operations import Author, Dot, Operation, encode
from bren_desktop.oplog.registers import changes
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.workspace import Workspace
from bren_desktop.sync.format.names import text_id
from bren_desktop.wiring import Founder, Profile
from tests.benchmarks import imports, least, year
from tests.benchmarks.children import PASSPHRASE, run
from tests.benchmarks.figures import RATIO, Figure, Spent, interleaved, ratio, timed
from tests.benchmarks.workload import FOUNDER, SEED, Workload

JOINER = Founder("Joris Voorbeeld", Role.SECRETARIS, "JZ24")
NEW_CASES, LAPTOPS = 1000, 60
SECONDS, MEBIBYTES = "s", "MiB"


class Weights(NamedTuple):
    """Bytes of the same records: on the share, there without the dictionary, and in one archive."""

    shared: int
    without: int
    archived: int


def measure(workload: Workload, runs: int) -> list[Figure]:
    """Each figure on shares of its own."""
    return [
        *_publishing(workload, runs),
        _publishing_least(workload, runs),
        *_idling(workload, runs),
        *_joining(workload, runs),
    ]


def _profile(folder: Path) -> Profile:
    return Profile(folder, KeyVault(folder, work=imports.CHEAP))


def _fresh(workload: Workload, name: str) -> tuple[Workspace, Path]:
    """A founder with a share of its own, both empty."""
    folder, share = workload.folder / name, workload.folder / f"{name}-share"
    for left in (folder, share):
        shutil.rmtree(left, ignore_errors=True)
    workspace, _ = _profile(folder).found(PASSPHRASE, FOUNDER)
    share.mkdir(parents=True)
    workspace.sharing.create(workspace.actor, str(share), "Meting")
    workspace.sharing.cycle(workspace.actor)
    return workspace, share


def _publishing(workload: Workload, runs: int) -> list[Figure]:
    """Other cases are new in each run; what lands on the share is then written again by bare code."""
    workspace, share = _fresh(workload, "publisher")
    count = min(NEW_CASES, workload.cases)
    pairs, weights = [], []
    for number in range(runs):
        told = [case(SEED + 1 + number, each, realistic=True) for each in range(1, count + 1)]
        workspace.cases.record_all(workspace.actor, told)
        before = _files(share)
        ours = timed(lambda: workspace.sharing.cycle(workspace.actor))
        added = [share / name for name in sorted(_files(share) - before)]
        pairs.append((_written_again(workload.folder / "bare", added), ours))
        weights.append(_weights(told, sum(path.stat().st_size for path in added)))
    workspace.lock()
    return [
        ratio(
            f"publishing {count} new cases",
            "workspace.sharing.cycle: seal, mirror, upload and read back what was committed before",
            "os.write, os.fsync, os.rename and reading back with SHA-256 of the same files",
            pairs,
            3.0,
        ),
        *_weighed(weights, count),
    ]


def _publishing_least(workload: Workload, runs: int) -> Figure:
    """How near publishing could come to the bare write."""
    workspace, _ = _fresh(workload, "least")
    count = min(NEW_CASES, workload.cases)
    mirror, share = (workload.folder / name for name in ("least-mirror", "least-copy"))
    for folder in (mirror, share):
        folder.mkdir()
    pairs = []
    for number in range(runs):
        told = [case(SEED + 1 + number, each, realistic=True) for each in range(1, count + 1)]
        workspace.cases.record_all(workspace.actor, told)
        files: list[Path] = []
        with workspace.context.store._engine.connect() as connection:  # type: ignore[attr-defined]
            driver = connection.connection.dbapi_connection
            ours = timed(lambda: files.extend(least.publish(driver, mirror, share)))  # noqa: B023  called at once
        pairs.append((_written_again(workload.folder / "bare", files), ours))
    workspace.lock()
    return ratio(
        f"the least that publishing {count} new cases could cost",
        "out of the store, sealed, two copies, one commit and read back: no line of the program but the format",
        "the bare write of the same files, as beside publishing",
        pairs,
        None,
    )


def _weighed(weights: Sequence[Weights], count: int) -> list[Figure]:
    shared, without, archived = (median(column) for column in zip(*weights, strict=True))
    ours = "the files that publishing those cases added, each case sealed under its own key"
    beside = "tar of the same records, a JSON file each, through zstd -3"
    saved = round(100 * (1 - shared / without))
    told = {"bytes_of_a_case": round(shared / count), "the_dictionary_saves_percent": saved}
    runs = len(weights)
    return [
        Figure("bytes on the share", ours, beside, shared / archived, RATIO, 1.6, runs, None, told),
        Figure(
            "bytes without the shared dictionary",
            f"{ours}, had the program no dictionary to compress them with",
            beside,
            without / archived,
            RATIO,
            None,
            runs,
        ),
    ]


def _weights(told: Sequence[Case], shared: int) -> Weights:
    """What the records weigh, of which the share has `shared` bytes."""
    contents = [_content(each) for each in told]
    compressor = zstandard.ZstdCompressor(parcels.LEVEL)
    saved = sum(len(compressor.compress(each)) - len(parcels.close_open(each)) + 1 for each in contents)
    return Weights(shared, shared + saved, _archived(told))


def _content(told: Case) -> bytes:
    """What a parcel with a new case holds."""
    entity, space, person = (text_id(secrets.token_bytes(16)) for _ in range(3))
    author = Author(person, FOUNDER.name, FOUNDER.role)
    written = changes({}, flatten(told))
    return pack_content(encode(Operation(Dot(bytes(16), 1), 2**56, space, Kind.CASE, entity, author, written)), ())


def _archived(told: Sequence[Case]) -> int:
    """Bytes of the records in one archive through zstd."""
    records = [each.model_dump_json(exclude_defaults=True).encode() for each in told]
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for number, record in enumerate(records):
            member = tarfile.TarInfo(f"{number}.json")
            member.size = len(record)
            tar.addfile(member, io.BytesIO(record))
    return len(zstandard.ZstdCompressor(parcels.LEVEL).compress(archive.getvalue()))


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def _written_again(folder: Path, files: Iterable[Path]) -> Spent:
    contents = [path.read_bytes() for path in files]
    folder.mkdir()
    spent = timed(lambda: _write_all(folder, contents))
    shutil.rmtree(folder)
    return spent


def _write_all(folder: Path, contents: Iterable[bytes]) -> None:
    for number, data in enumerate(contents):
        _write(folder / str(number), data)


def _write(path: Path, data: bytes) -> None:
    part = path.with_suffix(".part")
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    os.write(handle, data)
    os.fsync(handle)
    os.close(handle)
    part.rename(path)
    if hashlib.sha256(path.read_bytes()).digest() != hashlib.sha256(data).digest():
        raise SystemExit("the disk does not keep what it is given")


def _idling(workload: Workload, runs: int) -> list[Figure]:
    """Nothing is new; the share is a local folder."""
    workspace, share = _fresh(workload, "idler")
    store, now = workspace.context.store, workspace.context.clock.now_ms()
    laptops = LAPTOPS if workload.cases >= NEW_CASES else 3
    files = year.fill(store, now, share, laptops)  # type: ignore[arg-type]  # the store of a workspace syncs too
    first = timed(lambda: workspace.sharing.cycle(workspace.actor))
    waits = [timed(lambda: workspace.sharing.cycle(workspace.actor)).wall for _ in range(runs)]
    workspace.lock()
    told = {"files": files, "taking_the_year_in_s": round(first.wall, 1)}
    return [
        Figure(
            "an idle cycle after a year", "workspace.sharing.cycle", "", median(waits), SECONDS, 0.3, runs, None, told
        )
    ]


def _joining(workload: Workload, runs: int) -> list[Figure]:
    """A laptop takes in all cases and pareltjes of the workload."""
    founder, published = publish(workload)
    joined: list[Joined] = []

    def ours() -> Spent:
        joined.append(join(workload, founder))
        return joined[-1].spent

    pairs = interleaved(lambda: imports.bare(workload), ours, runs)
    founder.lock()
    told = {"publishing_all_s": round(published.wall, 1)}
    usable, memory = (max(each) for each in zip(*((one.usable, one.memory) for one in joined), strict=True))
    runs = len(joined)
    return [
        ratio(
            "joining a team",
            "workspace.sharing.cycle of a laptop that was let in, until all cases and pareltjes are applied",
            "the bare insert of the cases alone, as beside an import",
            pairs,
            4.0,
        ),
        Figure("a first list for who joins", "100 rows", "", usable, SECONDS, 10.0, runs, None, told),
        Figure("memory at a join", "its peak", "", memory / 2**20, MEBIBYTES, 400.0, runs),
    ]


def publish(workload: Workload) -> tuple[Workspace, Spent]:
    """A founder who puts the whole workload on a share of its own, and what that cost."""
    share, folder = workload.folder / "full-share", workload.folder / "full"
    for left in (share, folder):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(workload.profile, folder)
    share.mkdir()
    founder = Profile(folder).unlock(PASSPHRASE)
    return founder, timed(lambda: founder.sharing.create(founder.actor, str(share), "Meting"))


class Joined(NamedTuple):
    """What joining cost: `usable` are the seconds until a first list, `memory` bytes."""

    spent: Spent
    usable: float
    memory: float


def join(workload: Workload, founder: Workspace) -> Joined:
    """A laptop takes in all that is on the share, in a process of its own for its memory."""
    folder = workload.folder / "joiner"
    shutil.rmtree(folder, ignore_errors=True)
    workspace, _ = _profile(folder).found(PASSPHRASE, JOINER)
    invite, code = founder.sharing.invite(founder.actor, InviteTo.TEAM, Role.SECRETARIS)
    workspace.sharing.join(workspace.actor, invite, code)
    workspace.lock()
    for request in founder.sharing.requests(founder.actor):
        founder.sharing.approve(founder.actor, request.id)
    founder.sharing.cycle(founder.actor)
    answer = run("joiner", workload.home, str(folder), str(workload.cases))
    return Joined(Spent(answer["wall"], answer["processor"]), answer["usable"], answer["memory"])
