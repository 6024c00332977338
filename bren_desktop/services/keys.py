"""Changing the passphrase and the recovery code of the opened profile."""

from __future__ import annotations

from bren_desktop.domain.keyring_state import KeyringState
from bren_desktop.services.ports import KeyVault


class Keys:
    """The key of an opened profile. It is forgotten when the profile locks."""

    def __init__(self, vault: KeyVault, key: bytes) -> None:
        self._vault = vault
        self._key = key

    def change_passphrase(self, current: str, new: str) -> KeyringState:
        """Give the profile a new passphrase. Raises WrongPassphraseError where `current` does not open it."""
        self._vault.open(current)
        return self._vault.change_passphrase(self._key, new)

    def replace_passphrase(self, new: str) -> KeyringState:
        """Give the profile a new passphrase after it was opened with the recovery code."""
        return self._vault.change_passphrase(self._key, new)

    def new_recovery_code(self, current: str) -> str:
        """A new recovery code; the old one stops working. Raises WrongPassphraseError as above."""
        self._vault.open(current)
        return self._vault.new_recovery_code(self._key)

    def keyring_state(self) -> KeyringState:
        """Whether the keyring of this computer guards the profile."""
        return self._vault.keyring_state()

    def key_file(self) -> bytes:
        """The key file for a backup: the key in it is wrapped."""
        return self._vault.key_file(self._key)

    def destroy(self) -> None:
        """Take the key away for good: nothing opens this profile after that."""
        self._vault.destroy()
        self.forget()

    def forget(self) -> None:
        """Let go of the key."""
        self._key = b""
