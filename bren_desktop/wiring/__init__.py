"""The composition root: the one module that knows every adapter. Without Qt, so that `bren` never loads it."""

from __future__ import annotations

import json
import logging
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NoReturn

from bren_desktop import __version__, logs
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.keyring_state import Created
from bren_desktop.domain.values import clean_text
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import (
    InvalidInputError,
    NotFoundError,
    NoWriteAccessError,
    UserFacingError,
    WrongPassphraseError,
)
from bren_desktop.exchange.backup_file import unpack, verify
from bren_desktop.keystore.erased import ErasedList
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.services.backups import drop_unfinished
from bren_desktop.services.context import Context, author
from bren_desktop.services.erasing import purge
from bren_desktop.services.keys import Keys
from bren_desktop.services.numbers import leap
from bren_desktop.services.share_door import REPORTED_LOST
from bren_desktop.services.workspace import Workspace
from bren_desktop.storage.failures import explained
from bren_desktop.storage.founding import ASIDE, founding, is_present
from bren_desktop.storage.store import EncryptedStore
from bren_desktop.wiring import attempts, places
from bren_desktop.wiring.session import ACTOR, Session

RESTORED = "restored"
"""The local setting by which sync knows that this store is a copy from before."""
_log = logging.getLogger(__name__)


class WallClock:
    """The clock of this computer."""

    def now_ms(self) -> int:
        """Milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Founder:
    """Who sets up a profile: name, role, and a team code such as `HGL` or a region code such as `JZ24`."""

    name: str
    role: Role
    team: str

    def actor(self, person: str) -> Actor:
        """The acting person. Raises InvalidInputError for an empty name or an unknown team."""
        name = " ".join(str(clean_text(self.name)).split())
        if not name:
            raise InvalidInputError("Vul uw naam in. Er is nog niets gemaakt.", field="naam")
        team = team_code(self.team)
        region = str(vocabulary("teams").term(team).extra["regio"])
        return Actor(person, name, self.role, team, region)


def team_code(text: str) -> str:
    """The team meant by a team code or name, or by a region (its default team)."""
    teams = vocabulary("teams")
    region = vocabulary("jeugdregios").find(text)
    code = teams.find(text) or next((term.code for term in teams if term.extra["regio"] == region), None)
    if code is None:
        raise InvalidInputError(
            "Dit expertteam is niet bekend. Kies een code uit de lijst, bijvoorbeeld JZ24 of HGL.", field="team"
        )
    return code


class Profile:
    """One profile folder: the key file, the store, the log. `vault` is given by tests with cheap key work."""

    def __init__(self, folder: Path, vault: KeyVault | None = None) -> None:
        self.folder = folder
        self.vault = vault or KeyVault(folder)

    @property
    def state(self) -> str:
        """`absent` or `locked`.

        A profile whose founding was broken off is absent, for nothing was ever kept in it; so is one that was reported
        lost, for nothing opens it any more: a new one may be made in its place.
        """
        with explained(self.folder):
            return "locked" if is_present(self.folder) and not self._is_lost else "absent"

    @property
    def _is_lost(self) -> bool:
        return (self.folder / places.DROPPED).exists()

    def can_upgrade(self) -> bool:
        """Whether this installation can bring an older profile to its own version."""
        from bren_desktop.storage import rehearsal

        return rehearsal.succeeds()

    def found(self, passphrase: str, founder: Founder) -> tuple[Workspace, Created]:
        """Make a profile. Raises InvalidInputError where there is one already."""
        if self.state != "absent":
            raise InvalidInputError("In deze map staat al een profiel. Er is niets veranderd. Kies een andere map.")
        founder.actor("")
        self._make_folder()
        with ExitStack() as broken_off:
            with explained(self.folder, writing=True), founding(self.folder):
                self._forget_lost()
                created = self.vault.create(passphrase)
                store = EncryptedStore.create(self.folder, created.key, clock=WallClock())
                broken_off.callback(store.close)
                actor = founder.actor(store.new_entity())
                with store.write(author(actor)) as writer:
                    writer.set_local(ACTOR, json.dumps(asdict(actor)))
                workspace = self._workspace(store, created.key, actor)
            broken_off.pop_all()
        logs.start(self.folder)
        _log.info("profile created, BREN Desktop %s", __version__)
        return workspace, created

    def unlock(self, passphrase: str) -> Workspace:
        """Open the profile with its passphrase. Every known failure has its own error class."""
        return self._opened(lambda: self.vault.open(passphrase))

    def unlock_with_recovery(self, code: str) -> Workspace:
        """Open the profile with its recovery code."""
        return self._opened(lambda: self.vault.open_with_recovery(code))

    def restore(self, backup: Path, *, replacing: bool = False) -> None:
        """Put a backup in this folder, which holds no profile yet. What was erased here since stays erased.

        With `replacing` it takes the place of a profile that is here: that stays aside until the backup is opened.
        """
        if self.state != "absent" and not replacing:
            raise InvalidInputError("In deze map staat al een profiel. Er is niets veranderd. Kies een andere map.")
        verify(backup)
        self._make_folder()
        erased = ErasedList(self.folder)
        known, coming = erased.ids(), self._unpacked(backup)
        with explained(self.folder, writing=True), founding(self.folder, self._aside()):
            self._forget_lost()
            shutil.rmtree(self.folder / places.MIRROR, ignore_errors=True)
            for part in coming.iterdir():
                part.replace(self.folder / part.name)
            coming.rmdir()
            erased.add(known)
            (self.folder / places.RESTORED).touch()

    def _unpacked(self, backup: Path) -> Path:
        """The parts of a backup beside the profile: a full disk, or a file that is none, changes nothing yet."""
        coming = self.folder / places.COMING
        shutil.rmtree(coming, ignore_errors=True)
        with explained(self.folder, writing=True):
            coming.mkdir(mode=0o700)
            unpack(backup, coming)
        return coming

    def _aside(self) -> str:
        """Where what is here goes: a whole profile to a place of its own, which one that follows leaves alone."""
        is_whole = self.state != "absent" and not (self.folder / places.REPLACED).exists()
        return places.REPLACED if is_whole else ASIDE

    def _must_exist(self) -> None:
        if self._is_lost:
            self._refuse_lost()
        if self.state == "absent":
            raise NotFoundError("In deze map staat geen profiel. Maak er een met «bren init», of kies een andere map.")

    def _forget_lost(self) -> None:
        """Another profile comes in the place of one that was reported lost; what was left of that was put aside."""
        if self._is_lost:
            shutil.rmtree(self.folder / places.MIRROR, ignore_errors=True)
            (self.folder / places.DROPPED).unlink()

    def _refuse_lost(self) -> NoReturn:
        (self.folder / places.DROPPED).touch()
        self.vault.destroy()
        raise NotFoundError(
            "Deze laptop is als verloren gemeld. De sleutel van dit profiel is vernietigd; wat hier staat is niet "
            "meer te openen. Vraag uw voorzitter om een nieuwe uitnodiging en maak een nieuw profiel."
        )

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise NoWriteAccessError from error

    def _opened(self, find_key: Callable[[], bytes]) -> Workspace:
        self._must_exist()
        logs.start(self.folder)
        try:
            with logs.timed(_log, "unlock"):
                return self._workspace_of(find_key())
        except WrongPassphraseError:
            attempts.note(self.folder, WallClock().now_ms())
            logs.stop()
            raise
        except BaseException:
            logs.stop()
            raise

    def _workspace_of(self, key: bytes) -> Workspace:
        store = EncryptedStore.open(self.folder, key, clock=WallClock())
        try:
            self._made_current(store)
            with store.read() as reader:
                saved, lost = json.loads(reader.local(ACTOR) or "{}"), reader.local(REPORTED_LOST)
            if lost:
                self._refuse_lost()
            actor = Actor(**{**saved, "role": Role(saved["role"])})
            self._log_attempts(store, actor)
            opened = self._workspace(store, key, actor)
            self._catch_up(store, opened)
        except BaseException:
            store.close()
            raise
        _log.info("profile opened, BREN Desktop %s", __version__)
        return opened

    def _catch_up(self, store: EncryptedStore, opened: Workspace) -> None:
        """A restored profile hears from the share what was erased since, before anybody reads in it."""
        with store.read() as reader:
            restored = reader.local(RESTORED)
        if restored:
            with suppress(UserFacingError):
                opened.sharing.cycle(opened.actor)
            if self._is_lost:
                self._refuse_lost()

    def _log_attempts(self, store: EncryptedStore, actor: Actor) -> None:
        """Put into the read log that somebody tried, at the times when it was."""
        failed = Context(store, WallClock()).read_entry(actor, "aanmelden mislukt", Kind.TEAM, "")
        entries = [replace(failed, at_ms=at_ms) for at_ms in attempts.take(self.folder)]
        if entries:
            with store.write(author(actor)) as writer:
                writer.log_read(entries)

    def _made_current(self, store: EncryptedStore) -> None:
        """Take out what was erased since, and note that this is a backup: it goes on under a new name and numbers."""
        drop_unfinished(self.folder)
        erased = ErasedList(self.folder)
        if erased.ids():
            purge(store, erased)
        mark = self.folder / places.RESTORED
        if mark.exists():
            with store.sync() as rows:
                rows.set_local(RESTORED, "1")
                leap(rows, WallClock().now_ms())
            shutil.rmtree(self.folder / places.REPLACED, ignore_errors=True)
            mark.unlink()

    def _workspace(self, store: EncryptedStore, key: bytes, actor: Actor) -> Workspace:
        return Session(self.folder, store, Keys(self.vault, key), actor, WallClock()).workspace
