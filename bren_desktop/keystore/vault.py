"""The key of one profile folder: make it, open it, give it another passphrase or recovery code.

Services reach this through the protocol in services/ports.py; how the key file is laid out stands in docs/key-file.md.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bren_desktop.crypto.derive import Argon2Work, calibrated_work
from bren_desktop.crypto.recovery import CODE_BYTES, format_code, parse_code
from bren_desktop.crypto.seal import KEY_BYTES
from bren_desktop.domain.dutch import counted
from bren_desktop.domain.keyring_state import Created, KeyringState
from bren_desktop.domain.passphrase import SHORTEST
from bren_desktop.errors import (
    DamagedKeyFileError,
    InvalidInputError,
    KeyringSecretLostError,
    KeyringUnavailableError,
    NewerStoreError,
    UserFacingError,
    WrongPassphraseError,
    WrongRecoveryCodeError,
)
from bren_desktop.keystore import keyfile, ring, slots
from bren_desktop.keystore.document import KeyFile
from bren_desktop.keystore.slots import Kind, Slot

LONGEST = 1024
_FIELD = "wachtwoord"
_EVERYDAY = (Kind.KEYRING, Kind.PASSPHRASE)
_WITHOUT_RING = (
    "Dit profiel opent met alleen het wachtwoord. Stel een nieuw wachtwoord in om ook de sleutelbos te gebruiken."
)


class KeyVault:
    """The key of one profile. `work` is for tests; without it a new passphrase gets work measured on this machine."""

    def __init__(
        self, folder: Path, work: Argon2Work | None = None, find_ring: Callable[[], ring.Ring] = ring.find
    ) -> None:
        self._folder = folder
        self._work = work
        self._find_ring = find_ring

    def exists(self) -> bool:
        """Whether the folder holds a key file."""
        return keyfile.exists(self._folder)

    def create(self, passphrase: str) -> Created:
        """A new random key with its slots; a folder that has a key file keeps it."""
        secret = _chosen(passphrase)
        if self.exists():
            raise InvalidInputError("In deze map staat al een profiel. Er is niets veranderd. Kies een andere map.")
        key, store, code = (secrets.token_bytes(size) for size in (KEY_BYTES, slots.STORE_BYTES, CODE_BYTES))
        ring_secret, state = self._new_ring_secret(store)
        everyday = self._everyday(key, store, secret, ring_secret)
        file = KeyFile(store, (everyday, slots.seal_recovery(key, store, code))).signed(key)
        try:
            keyfile.create(self._folder, file)
        except (OSError, UserFacingError):
            self._find_ring().forget(store.hex())
            raise
        return Created(key, format_code(code), state)

    def open(self, passphrase: str) -> bytes:
        """The database key. Wrong passphrase, damaged file, newer file and lost keyring secret are told apart."""
        secret = _typed(passphrase)
        return self._opened(lambda file: self._by_passphrase(file, secret))

    def open_with_recovery(self, code: str) -> bytes:
        """The database key by the code on paper; a typing error is told from a code of another profile."""
        secret = parse_code(code)
        return self._opened(lambda file: _by_code(file, secret))

    def change_passphrase(self, key: bytes, new: str) -> KeyringState:
        """Wrap the key anew; the keyring is used when it is usable now, and the answer says whether it is."""
        secret = _chosen(new)
        file = keyfile.signed_by(self._folder, key)
        ring_secret, state = self._ring_secret(file)
        self._put(file, key, self._everyday(key, file.store, secret, ring_secret))
        return state

    def new_recovery_code(self, key: bytes) -> str:
        """A new code; the one on paper stops working."""
        file = keyfile.signed_by(self._folder, key)
        code = secrets.token_bytes(CODE_BYTES)
        self._put(file, key, slots.seal_recovery(key, file.store, code))
        return format_code(code)

    def key_file(self, key: bytes) -> bytes:
        """The key file as it stands, for a backup: the key in it is wrapped."""
        return keyfile.signed_by(self._folder, key).to_bytes()

    def destroy(self) -> None:
        """Take the key away for good: from the folder and from the keyring. Nothing opens the store after this."""
        stores: set[str] = set()
        with suppress(NewerStoreError):
            stores.update(file.store.hex() for file in keyfile.candidates(self._folder))
        keyfile.remove(self._folder)
        for store in stores:
            self._find_ring().forget(store)

    def keyring_state(self) -> KeyringState:
        """Whether the keyring guards this profile; without a readable key file, whether it could."""
        try:
            file = keyfile.first(self._folder)
        except (DamagedKeyFileError, NewerStoreError):
            return self._find_ring().probe()
        found = self._find_ring()
        if file.slot(Kind.KEYRING):
            return found.holder(file.store.hex())
        state = found.probe()
        return KeyringState(usable=False, backend="", reason=_WITHOUT_RING) if state.usable else state

    def _everyday(self, key: bytes, store: bytes, secret: bytes, ring_secret: bytes | None) -> Slot:
        return slots.seal_passphrase(key, store, secret, self._work or calibrated_work(), ring_secret)

    def _new_ring_secret(self, store: bytes) -> tuple[bytes | None, KeyringState]:
        secret = secrets.token_bytes(ring.SECRET_BYTES)
        state = self._find_ring().keep(store.hex(), secret)
        return (secret if state.usable else None), state

    def _ring_secret(self, file: KeyFile) -> tuple[bytes | None, KeyringState]:
        """What the keyring holds for this store stays as it is: a crash cannot part it from the file in force.

        Nor does a copy of the profile elsewhere on this computer lose it.
        """
        found = self._find_ring()
        try:
            secret = found.secret(file.store.hex())
        except ring.RingUnreachableError:
            return None, found.unusable()
        return (secret, found.holder(file.store.hex())) if secret else self._new_ring_secret(file.store)

    def _opened(self, attempt: Callable[[KeyFile], bytes | None]) -> bytes:
        for file in keyfile.candidates(self._folder):
            key = attempt(file)
            if key and file.is_signed_by(key):
                keyfile.mend(self._folder, file)
                return key
        raise DamagedKeyFileError

    def _by_passphrase(self, file: KeyFile, secret: bytes) -> bytes | None:
        slot = file.slot(*_EVERYDAY)
        if slot is None:
            return None
        ring_secret = self._needed_secret(file, slot) if slot.kind is Kind.KEYRING else None
        key = slots.open_passphrase(slot, file.store, secret, ring_secret)
        if key is None:
            raise WrongPassphraseError
        return key

    def _needed_secret(self, file: KeyFile, slot: Slot) -> bytes:
        try:
            secret = self._find_ring().secret(file.store.hex())
        except ring.RingUnreachableError as error:
            raise KeyringUnavailableError from error
        if secret is None or not slots.wants(slot, secret):
            raise KeyringSecretLostError
        return secret

    def _put(self, file: KeyFile, key: bytes, slot: Slot) -> None:
        """Replace the slot of the same use."""
        uses = (Kind.RECOVERY,) if slot.kind is Kind.RECOVERY else _EVERYDAY
        kept = tuple(other for other in file.slots if other.kind not in uses)
        keyfile.replace(self._folder, file, KeyFile(file.store, (*kept, slot)).signed(key))


def _by_code(file: KeyFile, code: bytes) -> bytes | None:
    slot = file.slot(Kind.RECOVERY)
    if slot is None:
        return None
    key = slots.open_recovery(slot, file.store, code)
    if key is None:
        raise WrongRecoveryCodeError
    return key


def _chosen(passphrase: str) -> bytes:
    """A new passphrase as bytes, if it is long enough and can be typed again."""
    if len(passphrase) > LONGEST:
        raise InvalidInputError(
            "Kies een wachtwoord van ten hoogste {count} tekens.", field=_FIELD, count=counted(LONGEST)
        )
    text = _normalised(passphrase)
    if len(text.strip()) < SHORTEST:
        raise InvalidInputError("Kies een wachtwoord van ten minste {count} tekens.", field=_FIELD, count=SHORTEST)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidInputError("Het wachtwoord bevat een teken dat niet bestaat.", field=_FIELD) from error


def _typed(passphrase: str) -> bytes:
    """A passphrase as it was chosen; a later rule for new ones must not shut out an old one."""
    if len(passphrase) > LONGEST:
        raise WrongPassphraseError
    try:
        return _normalised(passphrase).encode("utf-8")
    except UnicodeEncodeError as error:
        raise WrongPassphraseError from error


def _normalised(passphrase: str) -> str:
    """A Mac and Windows send the same é as different characters."""
    return unicodedata.normalize("NFC", passphrase)
