"""The doors between the use cases and the outside: protocols that the adapters satisfy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Protocol

from bren_desktop.domain.entities import Kind, Values
from bren_desktop.domain.keyring_state import Created, KeyringState
from bren_desktop.oplog.operations import Author, Dot, Operation
from bren_desktop.oplog.registers import Registers
from bren_desktop.services.rows import (
    CaseFilter,
    CaseRow,
    Changes,
    Dated,
    Draft,
    ExpertFilter,
    ExpertRow,
    Hit,
    Nowhere,
    Page,
    ReadEntry,
    Spot,
    Tier,
    Tracked,
    TrackFilter,
    Traits,
    Unread,
)


class Reader(Protocol):
    """A consistent view of the store. Every list is bounded by its page; nothing here changes anything."""

    def exists(self, kind: Kind, entity: str) -> bool: ...
    def registers(self, kind: Kind, entity: str) -> Registers:
        """The registers of one entity; empty where it does not exist."""

    def find(self, kind: Kind, name: str) -> str | None:
        """The entity with this id as commands print it (entity id, `extern_id`), or this `nummer` or `kenmerk`."""

    def shown_id(self, kind: Kind, entity: str) -> str:
        """The id as commands print it: `extern_id` where there is one, else the entity id."""

    def entities(self, kind: Kind) -> Sequence[str]:
        """All entities of a kind, sorted by the id as commands print it."""

    def conflicted(self, kind: Kind) -> Sequence[str]:
        """The entities of a kind with a field of which there are several versions, but for `read_only` ones."""

    def children(self, kind: Kind, parent: str) -> Sequence[str]:
        """Entities of `kind` whose `casus` or `expert` is `parent`, newest first."""

    def lie_together(self, first: str, second: str) -> bool:
        """Whether two cases lie in one space."""

    def sees(self, case: str) -> bool:
        """Whether this case is open to the reader, or does not exist."""

    def only_reads(self, case: str) -> bool:
        """Whether this case is open to the reader by emergency access alone."""

    def is_erased(self, entity: str) -> bool:
        """Whether this case was erased: nothing new can be written about it."""

    def read_only(self, kind: Kind) -> frozenset[str]:
        """The entities of a kind in spaces that this laptop is out of: they may be read and erased, no more."""

    def recent(self, kind: Kind, limit: int) -> Sequence[str]:
        """The entities of `kind` that were changed last, newest first."""

    def cases(self, wanted: CaseFilter, page: Page) -> Sequence[CaseRow]: ...
    def count_cases(self, wanted: CaseFilter) -> int: ...
    def case_row(self, entity: str) -> CaseRow | None: ...
    def numbered_cases(self, numbers: Sequence[int]) -> Mapping[int, CaseRow]:
        """The cases with these row numbers."""

    def tracked(self, wanted: TrackFilter) -> Sequence[Tracked]:
        """The cases whose clocks may run, with what these count from. Never those of `read_only`."""

    def active_ms(self, case: str) -> int:
        """When something was last done in a case, in milliseconds since 1970, as in `Tracked`."""

    def experts(self, wanted: ExpertFilter, page: Page) -> Sequence[ExpertRow]: ...
    def count_experts(self, wanted: ExpertFilter) -> int: ...
    def expert_row(self, entity: str) -> ExpertRow | None: ...
    def facets(self, wanted: ExpertFilter) -> Mapping[str, Mapping[str, int]]:
        """Counts per code for `expertise`, `domeinen`, `regio`, `soort`, `beschikbaarheid`, `raamovereenkomst`."""

    def namesakes(self, surname: str, born: str, first_name: str) -> Sequence[CaseRow]:
        """Cases with the same surname (folded) and birth date, or the same surname: brothers and sisters too."""

    def search(self, text: str, kinds: Sequence[Kind], limit: int) -> Sequence[Hit]:
        """Cases and experts that hold every word of `text` as a prefix; title and tag hits before body hits."""

    def numbered(self, kind: Kind, text: str, most: int) -> Sequence[int]:
        """The row numbers of the cases or documents whose number begins with `text`, the highest first.

        `26-0041` will do: the year and how many it was.
        """

    def holding(self, kind: Kind, text: str, most: int, nowhere: Nowhere | None = None) -> Mapping[int, Tier]:
        """The row numbers of records that hold every word of `text`, each with the best place where they stand.

        What gives nothing is noted in `nowhere`, and not looked for again with more letters.
        """

    def speaking(self, kind: Kind, text: str, most: int) -> Sequence[int]:
        """The row numbers of the newest records that hold every word of `text` anywhere, as a prefix."""

    def mentioning(self, kind: Kind, concepts: Mapping[str, float], most: int) -> Mapping[int, float]:
        """The records that mention one of `concepts` the most: how strongly, times the share of the concept."""

    def weighing(self, kind: Kind, numbers: Collection[int], concepts: Mapping[str, float]) -> Mapping[int, float]:
        """The same of the records with these row numbers, as far as they mention one."""

    def dated(self, wanted: Dated, most: int) -> tuple[Sequence[int], bool]:
        """The row numbers of such documents or discussions, the newest first, and whether older ones went unseen."""

    def traits(self, numbers: Sequence[int]) -> Traits:
        """What facets count of these records."""

    def lodged_since(self, day: date) -> frozenset[int]:
        """The row numbers of the cases with a datum aanmelding of this day or later."""

    def title_words(self) -> Sequence[str]:
        """Every word that stands in a title, folded as the index folds."""

    def hits(self, numbers: Sequence[int], text: str, spot: Spot) -> Sequence[Hit]:
        """What to show of these records, with a word of `text` marked, or else what `spot` finds in the record."""

    def unread(self, most: int) -> Sequence[Unread]:
        """Records whose concepts are still to be read, the newest first."""

    def count_unread(self) -> int: ...
    def history(self, entity: str, limit: int) -> Sequence[Operation]:
        """The operations on an entity and on what hangs below it, newest first."""

    def last_change(self, entity: str) -> Dot | None:
        """The newest of these by name, which is not opened."""

    def drafts(self) -> Sequence[Draft]: ...
    def draft(self, key: str) -> Draft | None: ...
    def local(self, key: str) -> str | None:
        """A setting of this laptop only."""

    def attachment(self, digest: str) -> bytes | None: ...
    def attached(self) -> int:
        """Bytes of all attachments together."""

    def read_log(self, entity: str, limit: int) -> Sequence[ReadEntry]: ...
    def version(self) -> int:
        """A number that changes whenever an entity changed; caches hang on it."""

    def changed_since(self, kind: Kind, version: int) -> Sequence[str]:
        """The entities of `kind` that changed after `version`."""


class Writer(Reader, Protocol):
    """A view that also writes, in one transaction with its author. Nothing is kept unless the block ends well."""

    def write(self, kind: Kind, entity: str, values: Values, seen: Registers | None = None) -> bool:
        """Bring an entity to `values` (None empties or removes); whether anything differed. Raises ReadOnlyError.

        With `seen`, what the author had before them: versions that came in since are kept beside the new ones.
        Logged as one operation per entity, folded into registers, projections and search by the same function as a
        colleague's operation.
        """

    def put_draft(self, key: str, body: str) -> None: ...
    def drop_draft(self, key: str) -> None: ...
    def set_local(self, key: str, value: str) -> None: ...
    def put_attachment(self, data: bytes) -> str:
        """Keep `data`; its SHA-256 in hex."""

    def keep_mentions(self, unread: Unread, weights: Mapping[str, float] | None) -> None:
        """Keep which concepts a record mentions (each over 0, up to 1; None: as before), unless it changed since."""

    def leave_all_unread(self, *, surely: bool = True) -> None:
        """Have everything read again, or looked at whether it must be; what was read counts until then."""

    def leave_unread(self, concepts: Collection[str]) -> None:
        """Have everything read again that was found to mention one of these; what was read counts until then."""

    def next_number(self, series: str) -> int:
        """The next number of a series of this laptop, from 1. Gaps appear only where a transaction was undone."""

    def log_read(self, entries: Sequence[ReadEntry]) -> None: ...
    @property
    def changes(self) -> Changes:
        """What this transaction has changed so far."""


class Store(Protocol):
    """The encrypted store of one profile, opened. Safe to use from several threads; writes wait for each other."""

    def read(self, reader: Author | None = None) -> AbstractContextManager[Reader]:
        """What `reader` may see: cases outside of the scope of their role are left out of every list and search.

        Reading one of them by its entity, or what hangs below it, raises NotAssignedError; so does writing. Without
        `reader` the program itself looks, at all there is.
        """

    def write(self, author: Author) -> AbstractContextManager[Writer]: ...
    @property
    def is_writing(self) -> bool:
        """Whether somebody writes at this moment, such as sync: a write now would wait."""

    def entity_for(self, kind: Kind, extern_id: str) -> str:
        """The entity id of an external id: a keyed hash of space, kind and id, equal on every laptop of the space."""

    def new_entity(self) -> str:
        """A fresh random entity id: 26 characters, base32 in lower case."""

    def integrity(self) -> Sequence[str]:
        """What is wrong with the file, in plain words without content; empty when all is well."""

    def state_hash(self) -> str:
        """A hash over all registers of all spaces, equal for equal contents."""

    def state_hashes(self) -> Mapping[str, str]:
        """The same per space, by its id."""

    def rebuild(self) -> None:
        """Make registers, projections and search anew from the operations."""

    def copy_to(self, target: Path) -> None:
        """An encrypted copy under the same key, verified by reopening."""

    def close(self) -> None: ...


class KeyVault(Protocol):
    """The key file of one profile folder, and the keyring behind it."""

    def exists(self) -> bool: ...
    def create(self, passphrase: str) -> Created: ...
    def open(self, passphrase: str) -> bytes: ...
    def open_with_recovery(self, code: str) -> bytes: ...
    def change_passphrase(self, key: bytes, new: str) -> KeyringState: ...
    def new_recovery_code(self, key: bytes) -> str: ...
    def keyring_state(self) -> KeyringState: ...
    def key_file(self, key: bytes) -> bytes:
        """The key file as it stands, for a backup."""

    def destroy(self) -> None:
        """Take the key away for good, from folder and keyring."""


class ErasedIds(Protocol):
    """The ids of erased cases, beside the key file."""

    def ids(self) -> frozenset[str]: ...
    def data(self) -> bytes:
        """The list as it goes into a backup."""

    def add(self, ids: Iterable[str]) -> None: ...


class Clock(Protocol):
    """The wall clock, so that tests can stand still."""

    def now_ms(self) -> int:
        """Milliseconds since 1970, UTC."""
