"""One 32-byte secret per profile in the keyring of the computer, in backends from our own list only.

Backends are imported by class, so that neither a setting nor a variable can bring in one that keeps plain text.
Whatever goes wrong with a keyring means that there is none: the program works without. The imports stand inside
functions, because keyring costs 150 ms.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import importlib
import os
import queue
import secrets
import sys
import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from bren_desktop.domain.keyring_state import KeyringState

T = TypeVar("T")

SECRET_BYTES = 32
PATIENCE_SECONDS = 60.0
_USER = "database-key"
_PROBE = "probe"
_ALLOWED = {
    "win32": (("keyring.backends.Windows", "WinVaultKeyring"),),
    "darwin": (("keyring.backends.macOS", "Keyring"),),
    "linux": (
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.libsecret", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
    ),
}
_SWITCHED_OFF = "De sleutelbos is uitgeschakeld met BREN_KEYRING=none. Dit profiel opent met alleen het wachtwoord."
_ABSENT = "Op deze computer is geen sleutelbos gevonden. Dit profiel opent met alleen het wachtwoord."
_LOST = "De sleutelbos van deze computer kent dit profiel niet. Open het met de herstelcode."
_FAILING = (
    "De sleutelbos van deze computer is vergrendeld of bewaart niets. Dit profiel opent met alleen het wachtwoord."
)


class Backend(Protocol):
    """The part of a keyring backend that is used."""

    def get_password(self, service: str, username: str, /) -> str | None: ...
    def set_password(self, service: str, username: str, password: str, /) -> None: ...
    def delete_password(self, service: str, username: str, /) -> None: ...


class RingUnreachableError(Exception):
    """A keyring that is there does not answer: locked, dismissed, broken or waiting for ever."""


class Ring:
    """The usable backends of this computer, best first; none is fine too."""

    def __init__(self, backends: list[Backend], patience: float = PATIENCE_SECONDS) -> None:
        self._backends = backends
        self._patience = patience

    def secret(self, store: str) -> bytes | None:
        """The secret of a profile, or None when no keyring knows it."""
        found = self._lookup(store)
        return found[1] if found else None

    def keep(self, store: str, secret: bytes) -> KeyringState:
        """Store the secret where it reads back, and say where that is."""
        for backend in self._backends:
            if self._kept(backend, store, secret):
                return KeyringState(usable=True, backend=_name(backend), reason="")
        return self.unusable()

    def forget(self, store: str) -> None:
        """Take the secret of a profile out of every keyring that answers."""
        for backend in self._backends:
            with contextlib.suppress(RingUnreachableError):
                self._forget(backend, store)

    def holder(self, store: str) -> KeyringState:
        """The state for a profile whose secret this computer should know."""
        try:
            found = self._lookup(store)
        except RingUnreachableError:
            return self.unusable()
        if found is None:
            return KeyringState(usable=False, backend="", reason=_LOST)
        return KeyringState(usable=True, backend=_name(found[0]), reason="")

    def probe(self) -> KeyringState:
        """Whether a secret that is stored now reads back; it is taken away again."""
        state = self.keep(_PROBE, secrets.token_bytes(SECRET_BYTES))
        if state.usable:
            self.forget(_PROBE)
        return state

    def unusable(self) -> KeyringState:
        """The state that says why the keyring cannot be used."""
        reason = _FAILING if self._backends else _SWITCHED_OFF if _is_switched_off() else _ABSENT
        return KeyringState(usable=False, backend="", reason=reason)

    def _lookup(self, store: str) -> tuple[Backend, bytes] | None:
        unreachable = not self._backends
        for backend in self._backends:
            try:
                secret = self._read(backend, store)
            except RingUnreachableError:
                unreachable = True
                continue
            if secret is not None:
                return backend, secret
        if unreachable:
            raise RingUnreachableError
        return None

    def _read(self, backend: Backend, store: str) -> bytes | None:
        return _decoded(self._in_time(lambda: backend.get_password(_service(store), _USER)))

    def _kept(self, backend: Backend, store: str, secret: bytes) -> bool:
        text = base64.b64encode(secret).decode("ascii")
        try:
            self._in_time(lambda: backend.set_password(_service(store), _USER, text))
            if self._read(backend, store) == secret:
                return True
            self._forget(backend, store)
        except RingUnreachableError:
            return False
        return False

    def _forget(self, backend: Backend, store: str) -> None:
        self._in_time(lambda: backend.delete_password(_service(store), _USER))

    def _in_time(self, call: Callable[[], T]) -> T:
        """The answer of a keyring; one that prompts where nobody sees it must not hold the program for ever."""
        answers: queue.SimpleQueue[tuple[T] | None] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put((call(),))
            except Exception:  # noqa: BLE001 - backends raise anything; all of it means: no keyring
                answers.put(None)

        threading.Thread(target=ask, name="keyring", daemon=True).start()
        try:
            answer = answers.get(timeout=self._patience)
        except queue.Empty:
            answer = None
        if answer is None:
            raise RingUnreachableError
        return answer[0]


def find() -> Ring:
    """The keyrings of this computer; with BREN_KEYRING=none, no keyring."""
    if _is_switched_off():
        return Ring([])
    found = (_backend(module, name) for module, name in _ALLOWED.get(sys.platform, ()))
    return Ring([backend for backend in found if backend is not None])


def _backend(module: str, name: str) -> Backend | None:
    try:
        kind = getattr(importlib.import_module(module), name)
        if not kind.viable:
            return None
        backend: Backend = kind()
        if sys.platform == "win32":
            backend.persist = "local machine"  # type: ignore[attr-defined]
    except Exception:  # noqa: BLE001 - a backend without its service, bus or library may raise anything
        return None
    return backend


def _is_switched_off() -> bool:
    return os.environ.get("BREN_KEYRING", "").strip().lower() == "none"


def _service(store: str) -> str:
    return f"BREN Desktop {store}"


def _name(backend: Backend) -> str:
    return type(backend).__module__.rpartition(".")[2] + "." + type(backend).__name__


def _decoded(text: str | None) -> bytes | None:
    try:
        secret = base64.b64decode(text or "", validate=True)
    except (binascii.Error, ValueError):
        return None
    return secret if len(secret) == SECRET_BYTES else None
