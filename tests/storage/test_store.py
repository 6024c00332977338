"""What services may rely on: writing, reading back, drafts, numbers, history, the read log."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bren_desktop.domain.cases import Case, HistoryRow
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.entities import Kind, build, flatten, wanted
from bren_desktop.domain.records import ContactMoment, FiledDocument
from bren_desktop.errors import DamagedStoreError, StoreInUseError
from bren_desktop.oplog.operations import Author
from bren_desktop.oplog.registers import top_values
from bren_desktop.services.ports import Clock, Store
from bren_desktop.services.rows import CaseFilter, Draft, Page, ReadEntry
from bren_desktop.storage.store import EncryptedStore


def as_port(store: EncryptedStore) -> Store:
    """Let mypy check that the store satisfies its protocol."""
    return store


CASE = Case(
    nummer="BREN-HGL-2026-AA0001",
    roepnaam="Zoë",
    tussenvoegsel="van den",
    achternaam="Brink",
    geboortedatum="2012-02-29",
    hulpvraag="Eén plek\nwaar het rustig is.",
    knelpunten=("KP-WLZ", "KP-SAM"),
    geschiedenis=(HistoryRow(id="r1", vorm="ambulant"), HistoryRow(id="r2", vorm="verblijf")),
)


def test_what_was_written_is_read_back(store: EncryptedStore, author: Author) -> None:
    entity = store.new_entity()
    with as_port(store).write(author) as writer:
        assert writer.write(Kind.CASE, entity, flatten(CASE))
        assert writer.changes.touched == {(Kind.CASE, entity)}
    with as_port(store).read() as reader:
        kept = build(Case, top_values(reader.registers(Kind.CASE, entity)))
    assert flatten(kept) == flatten(CASE)


def test_writing_the_same_again_changes_nothing(store: EncryptedStore, author: Author) -> None:
    entity = store.new_entity()
    with store.write(author) as writer:
        writer.write(Kind.CASE, entity, flatten(CASE))
    before = store.state_hash()
    with store.write(author) as writer:
        assert not writer.write(Kind.CASE, entity, flatten(CASE))
        assert not writer.changes.touched
    with store.read() as reader:
        assert len(reader.history(entity, 10)) == 1
    assert store.state_hash() == before


def test_what_is_left_out_is_emptied_and_removed(store: EncryptedStore, author: Author) -> None:
    entity = store.new_entity()
    with store.write(author) as writer:
        writer.write(Kind.CASE, entity, flatten(CASE))
        less = Case(roepnaam="Zoë", knelpunten=("KP-SAM",), geschiedenis=CASE.geschiedenis[1:])
        writer.write(Kind.CASE, entity, wanted(top_values(writer.registers(Kind.CASE, entity)), less))
        kept = build(Case, top_values(writer.registers(Kind.CASE, entity)))
    assert kept == less.model_copy(update={"geschiedenis": kept.geschiedenis})
    assert [row.vorm for row in kept.geschiedenis] == ["verblijf"]


def test_nothing_is_kept_of_a_block_that_fails(store: EncryptedStore, author: Author) -> None:
    entity = store.new_entity()

    def fail() -> None:
        with store.write(author) as writer:
            writer.write(Kind.CASE, entity, flatten(CASE))
            writer.put_draft("k", "{}")
            assert writer.next_number("2026") == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.read() as reader:
        assert not reader.exists(Kind.CASE, entity)
        assert reader.drafts() == []
        assert reader.version() == 0
    with store.write(author) as writer:
        assert writer.next_number("2026") == 1


def test_reads_inside_a_transaction_see_its_writes(store: EncryptedStore, author: Author) -> None:
    with store.write(author) as writer:
        entities = [store.new_entity() for _ in range(5)]
        for index, entity in enumerate(entities):
            writer.write(Kind.CASE, entity, {("nummer", ""): f"N{index}", ("extern_id", ""): f"x{index}"})
            assert writer.exists(Kind.CASE, entity)
            assert writer.find(Kind.CASE, f"N{index}") == entity
            assert writer.find(Kind.CASE, f"x{index}") == entity
        assert writer.count_cases(CaseFilter()) == 5
        assert [hit.entity for hit in writer.search("n3", [Kind.CASE], 5)] == [entities[3]]
        writer.write(Kind.CASE, entities[0], {("nummer", ""): "anders"})
        assert writer.find(Kind.CASE, "N0") is None
        assert writer.entities(Kind.CASE) == entities


def test_an_other_reader_sees_nothing_before_the_commit(store: EncryptedStore, author: Author) -> None:
    entity = store.new_entity()
    with store.write(author) as writer:
        writer.write(Kind.CASE, entity, flatten(CASE))
        assert writer.count_cases(CaseFilter()) == 1
        with store.read() as reader:
            assert reader.count_cases(CaseFilter()) == 0
    with store.read() as reader:
        assert reader.count_cases(CaseFilter()) == 1


def test_ids_are_random_or_follow_from_the_external_id(store: EncryptedStore) -> None:
    shape = re.compile("[a-z2-7]{26}")
    minted = {store.new_entity() for _ in range(100)}
    assert len(minted) == 100
    assert all(shape.fullmatch(entity) for entity in minted)
    imported = store.entity_for(Kind.EXPERT, "e1")
    assert shape.fullmatch(imported)
    assert imported == store.entity_for(Kind.EXPERT, "e1")
    assert len({imported, store.entity_for(Kind.EXPERT, "e2"), store.entity_for(Kind.CASE, "e1")}) == 3


def test_external_ids_stay_the_same_after_reopening(
    store: EncryptedStore, reopen: Callable[[], EncryptedStore]
) -> None:
    before = store.entity_for(Kind.CASE, "1")
    again = reopen()
    assert again.entity_for(Kind.CASE, "1") == before
    again.close()


def test_names_lead_to_entities(store: EncryptedStore, author: Author) -> None:
    case, document = store.entity_for(Kind.CASE, "7"), store.new_entity()
    with store.write(author) as writer:
        writer.write(Kind.CASE, case, {("extern_id", ""): "7", ("nummer", ""): "BREN-1"})
        writer.write(Kind.DOCUMENT, document, flatten(FiledDocument(casus=case, kenmerk="BREN-1/1")))
    with store.read() as reader:
        assert [reader.find(Kind.CASE, name) for name in (case, "7", "BREN-1", "", "nee")] == [
            case,
            case,
            case,
            None,
            None,
        ]
        assert reader.find(Kind.DOCUMENT, "BREN-1/1") == document
        assert reader.find(Kind.EXPERT, "7") is None
        assert reader.shown_id(Kind.CASE, case) == "7"
        assert reader.shown_id(Kind.DOCUMENT, document) == document


def test_what_hangs_below_a_case_comes_newest_first_and_in_its_history(
    store: EncryptedStore, author: Author, clock: Clock, add_case: Callable[..., str]
) -> None:
    case, other = add_case(nummer="1"), add_case(nummer="2")
    first, second, elsewhere, consent = (store.new_entity() for _ in range(4))
    with store.write(author) as writer:
        writer.write(Kind.CONTACT, first, flatten(ContactMoment(casus=case, tekst="eerst")))
        writer.write(Kind.CONTACT, second, flatten(ContactMoment(casus=case, tekst="toen")))
        writer.write(Kind.CONTACT, elsewhere, flatten(ContactMoment(casus=other)))
        writer.write(Kind.CONSENT, consent, flatten(Consent(casus=case)))
    with store.read() as reader:
        assert reader.children(Kind.CONTACT, case) == [second, first]
        assert reader.children(Kind.CONSENT, case) == [consent]
        entities = [operation.entity for operation in reader.history(case, 10)]
        assert entities == [consent, second, first, case]
        assert len(reader.history(case, 2)) == 2
        assert {operation.author for operation in reader.history(case, 10)} == {author}
        assert reader.recent(Kind.CONTACT, 2) == [elsewhere, second]


def test_a_child_that_moves_hangs_below_its_new_parent(
    store: EncryptedStore, author: Author, add_case: Callable[..., str]
) -> None:
    case, other, contact = add_case(nummer="1"), add_case(nummer="2"), store.new_entity()
    for parent in (case, other):
        with store.write(author) as writer:
            writer.write(Kind.CONTACT, contact, {("casus", ""): parent})
    with store.read() as reader:
        assert reader.children(Kind.CONTACT, case) == []
        assert reader.children(Kind.CONTACT, other) == [contact]


def test_drafts_are_kept_replaced_and_dropped(store: EncryptedStore, author: Author, clock: Clock) -> None:
    with store.write(author) as writer:
        writer.put_draft("intake", '{"a": 1}')
    with store.write(author) as writer:
        writer.put_draft("intake", '{"a": 2}')
        writer.put_draft("brief", "{}")
    with store.read() as reader:
        assert reader.draft("intake") == Draft("intake", '{"a": 2}', 1_750_000_000_000)
        assert {draft.key for draft in reader.drafts()} == {"intake", "brief"}
    with store.write(author) as writer:
        writer.drop_draft("intake")
        assert writer.draft("intake") is None


def test_numbers_run_per_series_without_gaps(store: EncryptedStore, author: Author) -> None:
    with store.write(author) as writer:
        assert [writer.next_number("a") for _ in range(3)] == [1, 2, 3]
        assert writer.next_number("b") == 1
    with store.write(author) as writer:
        assert writer.next_number("a") == 4


def test_settings_and_attachments_are_kept(store: EncryptedStore, author: Author) -> None:
    with store.write(author) as writer:
        writer.set_local("thema", "licht")
        writer.set_local("thema", "donker")
        digest = writer.put_attachment(b"%PDF")
        assert writer.put_attachment(b"%PDF") == digest
    with store.read() as reader:
        assert reader.local("thema") == "donker"
        assert reader.local("anders") is None
        assert reader.attachment(digest) == b"%PDF"
        assert reader.attachment("0" * 64) is None


def test_the_version_moves_with_changes_only(store: EncryptedStore, author: Author) -> None:
    versions = []
    for step in ("case", "draft", "case2"):
        with store.write(author) as writer:
            if step == "draft":
                writer.put_draft("k", "{}")
            else:
                writer.write(Kind.CASE, store.new_entity(), flatten(CASE))
        with store.read() as reader:
            versions.append(reader.version())
    assert versions[0] == versions[1] != versions[2]


ENTRY = ReadEntry(1, "p1", "Noor", "secretaris", "AA", "openen", "casus", "c1")


def test_the_read_log_gives_back_its_entries_newest_first(store: EncryptedStore, author: Author) -> None:
    with store.write(author) as writer:
        writer.log_read([ENTRY, replace(ENTRY, at_ms=2, entity="c2")])
    with store.write(author) as writer:
        writer.log_read([replace(ENTRY, at_ms=3)])
    with store.read() as reader:
        assert [entry.at_ms for entry in reader.read_log("c1", 10)] == [3, 1]
        assert [entry.at_ms for entry in reader.read_log("", 10)] == [3, 2, 1]
        assert reader.read_log("c1", 1) == [replace(ENTRY, at_ms=3)]
    assert store.integrity() == []


def test_everything_survives_reopening(
    store: EncryptedStore, author: Author, reopen: Callable[[], EncryptedStore]
) -> None:
    entity = store.new_entity()
    with store.write(author) as writer:
        writer.write(Kind.CASE, entity, flatten(CASE))
    before = store.state_hash()
    again = reopen()
    with again.read() as reader:
        assert reader.case_row(entity) is not None
    assert again.state_hash() == before
    assert again.integrity() == []
    again.close()


def test_a_profile_is_open_once(store: EncryptedStore, profile: Path, key: bytes, clock: Clock) -> None:
    with pytest.raises(StoreInUseError):
        EncryptedStore.open(profile, key, clock=clock)
    store.close()
    EncryptedStore.open(profile, key, clock=clock).close()


def test_a_second_store_is_never_made_over_the_first(
    store: EncryptedStore, author: Author, profile: Path, key: bytes, clock: Clock
) -> None:
    with store.write(author) as writer:
        writer.set_local("a", "b")
    store.close()
    with pytest.raises(FileExistsError):
        EncryptedStore.create(profile, key, clock=clock)
    again = EncryptedStore.open(profile, key, clock=clock)
    with again.read() as reader:
        assert reader.local("a") == "b"
    again.close()


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 something else" * 500])
def test_what_is_no_store_is_called_damaged(profile: Path, key: bytes, clock: Clock, content: bytes | None) -> None:
    if content is not None:
        (profile / "store.db").write_bytes(content)
    with pytest.raises(DamagedStoreError):
        EncryptedStore.open(profile, key, clock=clock)
    assert (profile / "store.db").exists() == (content is not None)


def test_another_key_does_not_open_the_store(store: EncryptedStore, profile: Path, clock: Clock) -> None:
    store.close()
    with pytest.raises(DamagedStoreError):
        EncryptedStore.open(profile, bytes(32), clock=clock)


def test_a_closed_store_gives_nothing(store: EncryptedStore) -> None:
    store.close()
    with pytest.raises(RuntimeError), store.read():
        pass


def test_pages_do_not_overlap(store: EncryptedStore, author: Author) -> None:
    with store.write(author) as writer:
        for _ in range(25):
            writer.write(Kind.CASE, store.new_entity(), {("urgentie", ""): "U-1"})
    with store.read() as reader:
        pages = [reader.cases(CaseFilter(), Page(offset, 10, "urgentie")) for offset in (0, 10, 20)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert len({row.entity for page in pages for row in page}) == 25
