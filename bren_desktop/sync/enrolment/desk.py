"""What every act of enrolment works with: the store, the mirror, the share and the clock of one profile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from bren_desktop.errors import NotFoundError, UserFacingError
from bren_desktop.services.ports import Clock
from bren_desktop.services.share_door import Away
from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, Standing, SyncRows, SyncStore
from bren_desktop.sync.engine import outbox
from bren_desktop.sync.engine.mirror import Mirror, MirrorError
from bren_desktop.sync.enrolment.posts import Post, Posts
from bren_desktop.sync.transport.share import Entry, Share, ShareError

_FOLDER = "sync/folder"


class ShareAwayError(UserFacingError):
    """The share is needed for this, and cannot be reached or does not let us."""

    def __init__(self) -> None:
        super().__init__(
            "De share is nu niet bereikbaar, of u mag er niet schrijven. Er is niets veranderd. "
            "Controleer de verbinding en de map, en probeer het opnieuw."
        )


class NoNetworkError(NotFoundError):
    """This profile is in no network."""

    def __init__(self) -> None:
        super().__init__(
            "Dit profiel doet nog niet mee aan een netwerk. Maak er een met «bren share create», "
            "of sluit aan met een uitnodiging."
        )


class DiskError(UserFacingError):
    """Our own disk does not let us read or keep what was signed."""

    def __init__(self) -> None:
        super().__init__(
            "De kopie van de share op deze laptop kan niet worden gelezen of geschreven. Er is niets veranderd. "
            "Laat IT de schijf en de vrije ruimte nakijken, en probeer het daarna opnieuw."
        )


@contextmanager
def needed() -> Iterator[None]:
    """Do something that cannot be done without the share. Raises ShareAwayError, DiskError."""
    try:
        with _own_disk():
            yield
    except ShareError as error:
        raise ShareAwayError from error


@dataclass
class Desk:
    """One opened profile. `open_share` gives the driver of a folder; `require_suitable` raises for one that is none."""

    store: SyncStore
    mirror: Mirror
    open_share: Callable[[str], Share]
    clock: Clock
    require_suitable: Callable[[str], None] = lambda _folder: None

    def __post_init__(self) -> None:
        self._posts = Posts(self.mirror)
        self.requests: dict[Entry, bytes] = {}

    def folder(self) -> str:
        """Where the share is; empty for a profile that never had one."""
        with self.store.look() as rows:
            return folder_of(rows)

    def share(self) -> Share:
        """The share of this profile. Raises NoNetworkError, ShareError."""
        folder = self.folder()
        if not folder:
            raise NoNetworkError
        return self.open_share(folder)

    def flush(self) -> None:
        """Bring what was signed to the mirror. Raises DiskError."""
        with _own_disk():
            outbox.flush(self.store, self.mirror)

    def posts(self, rows: SyncRows) -> Sequence[Post]:
        """The spaces that this profile is a member of, the network first. Raises DiskError."""
        return self._of(rows, members(rows))

    def _of(self, rows: SyncRows, spaces: Iterable[HeldSpace]) -> Sequence[Post]:
        now = self.clock.now_ms()
        with _own_disk():
            return [self._posts.of(rows, space, now) for space in spaces]

    def is_lost(self) -> bool:
        """Whether somebody reported this laptop lost; read again at every start, until its key is gone."""
        with self.store.look() as rows:
            posts = self._of(rows, (space for space in rows.spaces() if space.standing is Standing.OUT))
            return any(Away.LOST in post.membership.ways_out(post.space.device) for post in posts)

    @contextmanager
    def acting(self) -> Iterator[tuple[SyncRows, Sequence[Post]]]:
        """Sign entries in one transaction: what is kept by its end is on its way to the share, all or nothing."""
        self.flush()
        with self.store.sync() as rows:
            posts = self.posts(rows)
            yield rows, posts
            for one in posts:
                if one.files:
                    one.keep(rows)
        with suppress(DiskError):
            self.flush()

    @contextmanager
    def looking(self) -> Iterator[tuple[SyncRows, Sequence[Post]]]:
        """See how the spaces stand."""
        with suppress(DiskError):
            self.flush()
        with self.store.look() as rows:
            yield rows, self.posts(rows)


@contextmanager
def _own_disk() -> Iterator[None]:
    try:
        yield
    except MirrorError as error:
        raise DiskError from error


def folder_of(rows: SyncRows) -> str:
    """Where the share is; empty for a profile that never had one."""
    return rows.local(_FOLDER) or ""


def put_folder(rows: SyncRows, folder: str) -> None:
    """Remember where the share is."""
    rows.set_local(_FOLDER, folder)


def members(rows: SyncRows) -> Sequence[HeldSpace]:
    """The spaces that we are a member of: the network, the home team, others."""
    spaces = [space for space in rows.spaces() if space.standing is Standing.MEMBER]
    return sorted(spaces, key=lambda space: (list(SpaceKind).index(space.kind), not space.home, space.id))
