"""The keyring: only backends from our list, only if they work, and never an exception that is not ours."""

from __future__ import annotations

import base64
import sys
import threading
from types import ModuleType

import pytest

from bren_desktop.keystore import ring
from bren_desktop.keystore.ring import Ring, RingUnreachableError

STORE, SECRET = "00" * 16, bytes(range(32))
Entries = dict[tuple[str, str], str]


class Forgetful:
    """Takes everything and keeps nothing, as a null backend does."""

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        return None

    def delete_password(self, service: str, username: str) -> None:
        return None


class Waiting(Forgetful):
    """Prompts on a screen that nobody sees."""

    def __init__(self) -> None:
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait()
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.released.wait()


class Viable(Forgetful):
    """A backend class as keyring has them."""

    viable = True


class NotViable(Viable):
    viable = False


class Broken(Viable):
    def __init__(self) -> None:
        raise RuntimeError("no D-Bus")


class TestAWorkingKeyring:
    def test_the_secret_comes_back(self, memory_ring: Ring) -> None:
        assert memory_ring.keep(STORE, SECRET).usable
        assert memory_ring.secret(STORE) == SECRET
        assert memory_ring.holder(STORE).usable

    def test_it_is_kept_as_44_characters_under_a_name_that_says_nothing(
        self, memory_ring: Ring, entries: Entries
    ) -> None:
        memory_ring.keep(STORE, SECRET)
        assert entries == {(f"BREN Desktop {STORE}", "database-key"): base64.b64encode(SECRET).decode()}

    def test_forgetting_leaves_nothing(self, memory_ring: Ring, entries: Entries) -> None:
        memory_ring.keep(STORE, SECRET)
        memory_ring.forget(STORE)
        memory_ring.forget(STORE)
        assert entries == {}
        assert memory_ring.secret(STORE) is None

    def test_a_probe_leaves_nothing(self, memory_ring: Ring, entries: Entries) -> None:
        assert memory_ring.probe().usable
        assert entries == {}

    @pytest.mark.parametrize("text", ["", "x", "é" * 44, base64.b64encode(SECRET[:-1]).decode(), "A" * 2560])
    def test_what_is_no_secret_is_not_taken_for_one(self, memory_ring: Ring, entries: Entries, text: str) -> None:
        entries[f"BREN Desktop {STORE}", "database-key"] = text
        assert memory_ring.secret(STORE) is None


class TestAKeyringThatFails:
    def test_no_keyring_is_said(self, no_ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("BREN_KEYRING")
        assert not no_ring.keep(STORE, SECRET).usable
        assert "geen sleutelbos gevonden" in no_ring.probe().reason
        with pytest.raises(RingUnreachableError):
            no_ring.secret(STORE)

    def test_a_locked_one_is_said(self, locked_ring: Ring) -> None:
        assert "vergrendeld" in locked_ring.keep(STORE, SECRET).reason
        assert "vergrendeld" in locked_ring.probe().reason
        assert "vergrendeld" in locked_ring.holder(STORE).reason
        locked_ring.forget(STORE)
        with pytest.raises(RingUnreachableError):
            locked_ring.secret(STORE)

    def test_one_that_keeps_nothing_is_not_usable(self) -> None:
        assert not Ring([Forgetful()]).keep(STORE, SECRET).usable
        assert not Ring([Forgetful()]).probe().usable

    def test_a_secret_that_is_gone_is_not_a_keyring_that_is_away(self, memory_ring: Ring) -> None:
        assert memory_ring.secret(STORE) is None
        assert "kent dit profiel niet" in memory_ring.holder(STORE).reason

    def test_one_that_prompts_for_ever_is_left_alone(self) -> None:
        backend = Waiting()
        try:
            waiting = Ring([backend], patience=0)
            assert not waiting.keep(STORE, SECRET).usable
            with pytest.raises(RingUnreachableError):
                waiting.secret(STORE)
        finally:
            backend.released.set()

    def test_the_next_one_helps_out(self, memory_ring: Ring, locked_ring: Ring) -> None:
        both = Ring([*locked_ring._backends, *memory_ring._backends])
        assert both.keep(STORE, SECRET).usable
        assert both.secret(STORE) == SECRET
        assert both.holder(STORE).backend == "conftest.Memory"


class TestFind:
    @pytest.fixture(autouse=True)
    def _switched_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("BREN_KEYRING", raising=False)

    @pytest.fixture
    def modules(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
        """A computer with fake backends only: a name that is not here cannot be imported."""
        here: dict[str, ModuleType] = {}

        def imported(name: str) -> ModuleType:
            try:
                return here[name]
            except KeyError as error:
                raise ImportError(name) from error

        monkeypatch.setattr("importlib.import_module", imported)
        return here

    def put(self, modules: dict[str, ModuleType], module: str, name: str, kind: type[Viable]) -> None:
        modules[module] = ModuleType(module)
        setattr(modules[module], name, kind)

    @pytest.mark.parametrize(
        ("platform", "module", "name"),
        [
            ("win32", "keyring.backends.Windows", "WinVaultKeyring"),
            ("darwin", "keyring.backends.macOS", "Keyring"),
            ("linux", "keyring.backends.SecretService", "Keyring"),
            ("linux", "keyring.backends.libsecret", "Keyring"),
            ("linux", "keyring.backends.kwallet", "DBusKeyring"),
        ],
    )
    def test_each_platform_has_its_own(
        self, monkeypatch: pytest.MonkeyPatch, modules: dict[str, ModuleType], platform: str, module: str, name: str
    ) -> None:
        monkeypatch.setattr(sys, "platform", platform)
        self.put(modules, module, name, Viable)
        assert [type(backend) for backend in ring.find()._backends] == [Viable]

    def test_windows_keeps_it_on_this_machine(
        self, monkeypatch: pytest.MonkeyPatch, modules: dict[str, ModuleType]
    ) -> None:
        monkeypatch.setattr(sys, "platform", "win32")
        self.put(modules, "keyring.backends.Windows", "WinVaultKeyring", Viable)
        (backend,) = ring.find()._backends
        assert vars(backend) == {"persist": "local machine"}

    @pytest.mark.parametrize("kind", [NotViable, Broken])
    def test_one_that_does_not_work_here_is_passed_over(
        self, monkeypatch: pytest.MonkeyPatch, modules: dict[str, ModuleType], kind: type[Viable]
    ) -> None:
        monkeypatch.setattr(sys, "platform", "linux")
        self.put(modules, "keyring.backends.SecretService", "Keyring", kind)
        assert ring.find()._backends == []

    @pytest.mark.parametrize("module", ["fail", "null", "chainer", "plain"])
    def test_what_is_not_on_the_list_is_never_taken(
        self, monkeypatch: pytest.MonkeyPatch, modules: dict[str, ModuleType], module: str
    ) -> None:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"keyring.backends.{module}.Keyring")
        self.put(modules, f"keyring.backends.{module}", "Keyring", Viable)
        for platform in ("linux", "win32", "darwin", "plan9"):
            monkeypatch.setattr(sys, "platform", platform)
            assert ring.find()._backends == []

    def test_the_real_list_on_this_machine_never_raises(self) -> None:
        assert isinstance(ring.find().probe().usable, bool)

    @pytest.mark.parametrize("value", ["none", " NONE "])
    def test_it_can_be_switched_off(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("BREN_KEYRING", value)
        found = ring.find()
        assert found._backends == []
        assert "BREN_KEYRING=none" in found.probe().reason
