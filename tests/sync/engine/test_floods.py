"""Who floods a space, as a member or with no key at all, costs every laptop a bounded amount, and delays no news."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bren_desktop.crypto import parcels
from bren_desktop.crypto.parcels import Address, close_open
from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.contents import BlobRef, pack_content
from bren_desktop.oplog.operations import Author, Change, Dot, Operation, encode
from bren_desktop.services.readings import pack_reading
from bren_desktop.services.rows import ReadEntry
from bren_desktop.services.sync_ports import CaseKey, Parcel
from bren_desktop.sync.engine import access, attachments, scrubbing, turn
from bren_desktop.sync.format.bundles import read_bundle
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.envelope import NO_DIGEST, FileKind, Header, in_clear, parse
from bren_desktop.sync.format.names import Paths, byte_id, text_id
from bren_desktop.sync.format.pen import Pen
from bren_desktop.sync.format.segments import Segment, segment_file
from bren_desktop.sync.transport.folder import FolderShare

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew, Laptop


class ReadsShare(FolderShare):
    """Remembers what was read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.read_paths: list[str] = []

    def read(self, path: str, limit: int) -> bytes:
        self.read_paths.append(path)
        return super().read(path, limit)


def _crew(crew: Crew, role: Role) -> tuple[Laptop, Laptop, Laptop]:
    """A founder, an honest member, and a member with a patched program."""
    anna = crew.founder()
    bert = crew.member(anna)
    patched = crew.member(anna, role)
    anna.case(roepnaam="Sam")
    crew.settle()
    return anna, bert, patched


def _send(patched: Laptop, share: Path, counter: int, some: Sequence[Parcel], reads: Sequence[Parcel] = ()) -> None:
    """Lay the next segment of a laptop on the share, whatever it holds."""
    space = patched.team
    with patched.store.look() as rows:
        [(epoch, key)] = rows.epoch_keys(space.id).items()
        own = rows.chains(space.id).get(space.device)
        heads = patched.post(rows).membership.heads
    pen = Pen(space.network, byte_id(space.id), space.device, space.sign_seed, epoch, key)
    segment = Segment(counter, 1, "patched", heads=heads, parcels=tuple(some), reads=tuple(reads))
    data = segment_file(pen, segment, own.seq + 1 if own else 1, own.digest if own else NO_DIGEST).data
    path = share / Paths(byte_id(space.id)).segment(space.device, own.seq + 1 if own else 1, digest_of(data))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def _next(patched: Laptop) -> int:
    with patched.store.look() as rows:
        own = rows.chains(patched.team.id).get(patched.team.device)
    return own.counter + 1 if own else 1


def _operation(patched: Laptop, counter: int, change: Change) -> bytes:
    author = Author(patched.actor.person, patched.actor.name, patched.actor.role.value)
    space = patched.team
    dot = Dot(space.device, counter)
    return encode(Operation(dot, 1 << 16, space.id, Kind.TEAM, text_id(secrets.token_bytes(16)), author, (change,)))


def _case_key(laptop: Laptop, case: str) -> CaseKey:
    """The key of a case, from the bundles in the mirror of a laptop."""
    with laptop.store.look() as rows:
        epochs = rows.epoch_keys(laptop.team.id)
    bundles = [parse(path.read_bytes()) for path in laptop.folder.rglob("*.brc")]
    keys = [key for one in bundles if one.header.epoch in epochs for key in read_bundle(one, epochs[one.header.epoch])]
    return next(key for key in keys if key.subject == byte_id(case))


def test_refused_parcels_are_remembered_up_to_a_bound(
    crew: Crew, share_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "MOST_REFUSED", 5)
    anna, bert, patched = _crew(crew, Role.LID)
    first = _next(patched)
    _send(patched, share_folder, first, [Parcel(first + number, b"", b"") for number in range(50)])
    crew.laptops.remove(patched)

    for _ in range(2):
        report = bert.cycle()
        assert report.quarantined == 5
        assert [trouble.reason for trouble in report.troubles] == ["malformed"] * 5
    bert.case(roepnaam="Noor")
    crew.settle(2)
    assert anna.state() == bert.state()
    with bert.store.look() as rows:
        assert rows.chains(bert.team.id)[patched.team.device].counter == first + 49
    patched.store.close()


def test_attachments_that_nothing_names_are_not_looked_for(crew: Crew, share_folder: Path) -> None:
    _, bert, patched = _crew(crew, Role.SECRETARIS)
    first, token = _next(patched), secrets.token_bytes
    refs = [BlobRef(token(32), token(32), token(32)) for _ in range(20)]
    content = pack_content(_operation(patched, first, Change("naam", "", "x")), refs)
    _send(patched, share_folder, first, [Parcel(first, b"", close_open(content))])
    bert.share = share = ReadsShare(share_folder)

    assert bert.cycle().received == 1
    assert not [path for path in share.read_paths if "/att/" in path]


def test_attachments_that_are_nowhere_are_looked_for_a_few_at_a_time(
    crew: Crew, share_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MOST_MISSED", 4)
    anna, bert, patched = _crew(crew, Role.SECRETARIS)
    first, token = _next(patched), secrets.token_bytes
    refs = [BlobRef(token(32), token(32), token(32)) for _ in range(10)]
    content = [
        pack_content(_operation(patched, first + at, Change("naam", "", ref.digest.hex())), [ref])
        for at, ref in enumerate(refs)
    ]
    _send(patched, share_folder, first, [Parcel(first + at, b"", close_open(one)) for at, one in enumerate(content)])
    bert.share = share = ReadsShare(share_folder)

    looked_for = []
    for _ in range(4):
        share.read_paths.clear()
        bert.cycle()
        looked_for.append([path for path in share.read_paths if "/att/" in path])
    assert [len(paths) for paths in looked_for] == [4, 4, 4, 4]
    assert len({path for paths in looked_for for path in paths}) == 10

    with anna.store.write(anna.author) as writer:
        digest = writer.put_attachment(b"%PDF" * 20)
        writer.write(Kind.DOCUMENT, anna.store.new_entity(), {("pdf", ""): digest, ("casus", ""): anna.entities()[0]})
    anna.cycle()
    for _ in range(3):
        bert.cycle()
    with bert.store.read() as reader:
        assert reader.attachment(digest) == b"%PDF" * 20


def test_files_by_nobody_do_not_stay_in_memory_and_delay_no_news(
    crew: Crew, share_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "MOST_READ", 100_000)
    anna, bert, _ = _crew(crew, Role.SECRETARIS)
    space = anna.team
    for _ in range(10):
        header = Header(
            FileKind.AUTH, space.network, byte_id(space.id), secrets.token_bytes(16), secrets.token_bytes(16)
        )
        data = in_clear(header, bytes(30_000), secrets.token_bytes(32)).data
        (share_folder / f"sp/{space.id}/auth/000009-{digest_of(data).hex()[:12]}.bra").write_bytes(data)
    carla = crew.laptop()
    anna.admit(carla)
    anna.cycle()
    bert.share = share = ReadsShare(share_folder)

    cycles = [bert.cycle() for _ in range(5)]

    with bert.store.look() as rows:
        assert carla.team.device in bert.post(rows).membership.inside
    assert [trouble.reason for trouble in cycles[-1].troubles] == ["stranger"] * 10
    junk = [path for path in share.read_paths if "/auth/000009-" in path]
    assert len(junk) <= 10 + len(cycles) * scrubbing.FILES, "each once, and a few again in every cycle"
    assert bert.engine._memos[space.id].candidates == {}
    share.read_paths.clear()
    assert bert.cycle().troubles == cycles[-1].troubles
    assert len([path for path in share.read_paths if "/auth/000009-" in path]) <= scrubbing.FILES + 1


def test_events_of_the_read_log_beyond_what_a_segment_may_have_are_left_out(
    crew: Crew, share_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "MOST_READS", 3)
    _, bert, patched = _crew(crew, Role.LID)
    [case] = patched.entities()
    space, key = patched.team, _case_key(patched, case)
    reads = []
    for number in range(1, 9):
        entry = ReadEntry(1, patched.actor.person, patched.actor.name, "lid", "AA", f"keer {number}", Kind.CASE, case)
        address = Address(byte_id(space.id), space.device, number, key.subject, b"bren/read/v1")
        reads.append(
            Parcel(number, key.subject, parcels.close(pack_content(pack_reading(entry), ()), address, key.id, key.key))
        )
    _send(patched, share_folder, _next(patched), [], reads)

    bert.cycle()

    with bert.store.read() as reader:
        assert sorted(entry.action for entry in reader.read_log(case, 20)) == ["keer 1", "keer 2", "keer 3"]
