"""A profile's key through the door that services use: with a keyring, without, and after things went wrong."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from bren_desktop.crypto.recovery import format_code
from bren_desktop.domain.keyring_state import Created
from bren_desktop.errors import (
    DamagedKeyFileError,
    InvalidInputError,
    KeyringSecretLostError,
    KeyringUnavailableError,
    NewerStoreError,
    WrongPassphraseError,
    WrongRecoveryCodeError,
)
from bren_desktop.keystore import slots
from bren_desktop.keystore.ring import Ring
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.services import ports

OLD, NEW = "zeven blauwe fietsen", "acht groene fietsen"

MakeVault = Callable[[Ring], KeyVault]
Entries = dict[tuple[str, str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profiel"


@pytest.fixture
def plain(make_vault: MakeVault, no_ring: Ring) -> KeyVault:
    """A vault on a computer without a keyring."""
    return make_vault(no_ring)


@pytest.fixture
def guarded(make_vault: MakeVault, memory_ring: Ring) -> KeyVault:
    """A vault on a computer with a keyring."""
    return make_vault(memory_ring)


def kinds(folder: Path) -> list[str]:
    return [slot["kind"] for slot in json.loads((folder / "keys.json").read_bytes())["slots"]]


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def test_the_vault_is_what_services_ask_for(plain: KeyVault) -> None:
    port: ports.KeyVault = plain
    assert not port.exists()


class TestWithoutKeyring:
    def test_the_passphrase_and_the_code_open(self, plain: KeyVault, folder: Path) -> None:
        created = plain.create(OLD)
        assert plain.exists()
        assert plain.open(OLD) == plain.open_with_recovery(created.recovery_code) == created.key
        assert len(created.key) == 32
        assert kinds(folder) == ["passphrase", "recovery"]

    def test_it_is_said_plainly(self, plain: KeyVault) -> None:
        state = plain.create(OLD).keyring
        assert (state.usable, state.backend) == (False, "")
        assert "alleen het wachtwoord" in state.reason
        assert plain.keyring_state().reason == state.reason

    def test_two_profiles_share_nothing(self, plain: KeyVault, folder: Path) -> None:
        first = plain.create(OLD)
        shutil.rmtree(folder)
        second = plain.create(OLD)
        assert first.key != second.key
        with pytest.raises(WrongRecoveryCodeError):
            plain.open_with_recovery(first.recovery_code)

    def test_a_keyring_that_came_later_is_offered_and_taken_with_a_new_passphrase(
        self, plain: KeyVault, guarded: KeyVault, folder: Path
    ) -> None:
        key = plain.create(OLD).key
        assert "Stel een nieuw wachtwoord in" in guarded.keyring_state().reason
        assert guarded.change_passphrase(key, NEW).usable
        assert kinds(folder) == ["recovery", "keyring+passphrase"]
        assert guarded.open(NEW) == key


class TestWithKeyring:
    def test_the_passphrase_opens_with_the_keyring_only(self, plain: KeyVault, guarded: KeyVault, folder: Path) -> None:
        created = guarded.create(OLD)
        assert created.keyring == guarded.keyring_state()
        assert created.keyring.usable
        assert kinds(folder) == ["keyring+passphrase", "recovery"]
        assert guarded.open(OLD) == created.key
        with pytest.raises(KeyringUnavailableError):
            plain.open(OLD)

    def test_the_keyring_holds_one_secret_of_44_characters(self, guarded: KeyVault, entries: Entries) -> None:
        guarded.create(OLD)
        assert [len(text) for text in entries.values()] == [44]

    def test_a_wrong_passphrase_is_not_a_lost_secret(self, guarded: KeyVault) -> None:
        guarded.create(OLD)
        with pytest.raises(WrongPassphraseError):
            guarded.open(NEW)

    def test_a_lost_secret_is_named_and_the_code_and_a_new_passphrase_mend_it(
        self, guarded: KeyVault, entries: Entries
    ) -> None:
        created = guarded.create(OLD)
        entries.clear()
        with pytest.raises(KeyringSecretLostError, match="herstelcode"):
            guarded.open(OLD)
        assert not guarded.keyring_state().usable
        assert guarded.open_with_recovery(created.recovery_code) == created.key
        assert guarded.change_passphrase(created.key, NEW).usable
        assert guarded.open(NEW) == created.key

    @pytest.mark.parametrize("other", ["A" * 43 + "=", "geen base64", "", "AAAA"])
    def test_another_secret_in_its_place_is_a_lost_one(self, guarded: KeyVault, entries: Entries, other: str) -> None:
        created = guarded.create(OLD)
        entries.update(dict.fromkeys(entries, other))
        with pytest.raises(KeyringSecretLostError):
            guarded.open(OLD)
        assert guarded.change_passphrase(created.key, NEW).usable
        assert guarded.open(NEW) == created.key

    def test_a_copy_of_the_profile_does_not_take_the_secret_away(
        self, guarded: KeyVault, plain: KeyVault, folder: Path
    ) -> None:
        key = plain.create(OLD).key
        older = folder.with_name("backup")
        shutil.copytree(folder, older)
        guarded.change_passphrase(key, NEW)
        current = {path.name: path.read_bytes() for path in folder.iterdir()}
        for path in older.iterdir():
            shutil.copy(path, folder)
        assert guarded.change_passphrase(key, OLD).usable
        for name, data in current.items():
            (folder / name).write_bytes(data)
        assert guarded.open(NEW) == key

    def test_a_locked_keyring_is_not_a_lost_secret(
        self, guarded: KeyVault, make_vault: MakeVault, locked_ring: Ring
    ) -> None:
        created = guarded.create(OLD)
        locked = make_vault(locked_ring)
        with pytest.raises(KeyringUnavailableError, match="Ontgrendel"):
            locked.open(OLD)
        assert "vergrendeld" in locked.keyring_state().reason
        assert locked.open_with_recovery(created.recovery_code) == created.key
        assert guarded.open(OLD) == created.key

    def test_a_new_passphrase_keeps_the_secret(self, guarded: KeyVault, entries: Entries) -> None:
        key = guarded.create(OLD).key
        before = dict(entries)
        assert guarded.change_passphrase(key, NEW).usable
        assert entries == before

    def test_a_new_passphrase_while_the_keyring_is_away_says_that_it_stands_alone(
        self, guarded: KeyVault, make_vault: MakeVault, locked_ring: Ring, folder: Path
    ) -> None:
        key = guarded.create(OLD).key
        state = make_vault(locked_ring).change_passphrase(key, NEW)
        assert not state.usable
        assert kinds(folder) == ["recovery", "passphrase"]
        assert make_vault(locked_ring).open(NEW) == key

    def test_a_profile_that_cannot_be_written_leaves_nothing_in_the_keyring(
        self, guarded: KeyVault, folder: Path, entries: Entries
    ) -> None:
        folder.write_text("a file where the folder should be")
        with pytest.raises(InvalidInputError, match="geen map"):
            guarded.create(OLD)
        assert entries == {}


class TestChange:
    def test_the_old_passphrase_opens_neither_file(self, plain: KeyVault, folder: Path) -> None:
        created = plain.create(OLD)
        plain.change_passphrase(created.key, NEW)
        assert plain.open(NEW) == plain.open_with_recovery(created.recovery_code) == created.key
        (folder / "keys.json").unlink()
        with pytest.raises(WrongPassphraseError):
            plain.open(OLD)
        assert plain.open(NEW) == created.key

    def test_both_files_are_new_before_the_change_is_told(self, plain: KeyVault, folder: Path) -> None:
        key = plain.create(OLD).key
        plain.change_passphrase(key, NEW)
        assert (folder / "keys.json").read_bytes() == (folder / "keys.json.previous").read_bytes()

    def test_a_new_code_makes_the_old_one_worthless(self, plain: KeyVault) -> None:
        created = plain.create(OLD)
        code = plain.new_recovery_code(created.key)
        assert plain.open_with_recovery(code) == plain.open(OLD) == created.key
        with pytest.raises(WrongRecoveryCodeError):
            plain.open_with_recovery(created.recovery_code)

    def test_another_key_changes_nothing(self, plain: KeyVault, folder: Path) -> None:
        created = plain.create(OLD)
        before = (folder / "keys.json").read_bytes()
        with pytest.raises(DamagedKeyFileError):
            plain.change_passphrase(bytes(32), NEW)
        with pytest.raises(DamagedKeyFileError):
            plain.new_recovery_code(bytes(32))
        assert (folder / "keys.json").read_bytes() == before
        assert plain.open(OLD) == created.key

    def test_a_profile_is_never_made_over_another(self, plain: KeyVault) -> None:
        created = plain.create(OLD)
        with pytest.raises(InvalidInputError, match="staat al een profiel"):
            plain.create(NEW)
        assert plain.open(OLD) == created.key


class TestPassphrase:
    @pytest.mark.parametrize("passphrase", ["", "negen tek", " " * 12, "e\u0301" * 9, "  kort    " * 1])
    def test_a_short_one_is_refused(self, plain: KeyVault, passphrase: str) -> None:
        with pytest.raises(InvalidInputError, match="ten minste 10") as caught:
            plain.create(passphrase)
        assert caught.value.field == "wachtwoord"
        assert not plain.exists()

    def test_a_pasted_book_is_refused(self, plain: KeyVault) -> None:
        with pytest.raises(InvalidInputError, match="ten hoogste"):
            plain.create("x" * 200_000)

    def test_half_a_character_is_refused(self, plain: KeyVault) -> None:
        with pytest.raises(InvalidInputError, match="teken dat niet bestaat"):
            plain.create("twaalf tekens \ud800")

    @pytest.mark.parametrize("typed", ["x" * 200_000, "\ud800", "", "kort"])
    def test_what_could_not_be_chosen_is_simply_wrong(self, plain: KeyVault, typed: str) -> None:
        plain.create(OLD)
        with pytest.raises(WrongPassphraseError):
            plain.open(typed)

    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def test_a_mac_and_windows_type_the_same(self, plain: KeyVault, form: str) -> None:
        text = "één café in Oudemirdum \U0001f6b2"
        key = plain.create(unicodedata.normalize("NFD" if form == "NFC" else "NFC", text)).key
        assert plain.open(unicodedata.normalize("NFC" if form == "NFC" else "NFD", text)) == key

    def test_case_and_spaces_count(self, plain: KeyVault) -> None:
        plain.create(OLD)
        for typed in (OLD.upper(), OLD + " ", " " + OLD):
            with pytest.raises(WrongPassphraseError):
                plain.open(typed)


class TestDamage:
    def test_wrong_damaged_and_newer_are_told_apart(self, plain: KeyVault, folder: Path) -> None:
        plain.create(OLD)
        with pytest.raises(WrongPassphraseError):
            plain.open(NEW)
        newer = {"format": 2, "anything": ["else"]}
        newer["checksum"] = _checksum(newer)
        (folder / "keys.json").write_text(json.dumps(newer), encoding="utf-8")
        with pytest.raises(NewerStoreError):
            plain.open(OLD)
        for name in ("keys.json", "keys.json.previous"):
            (folder / name).write_bytes(b"")
        with pytest.raises(DamagedKeyFileError):
            plain.open(OLD)

    def test_a_spoilt_file_is_mended_from_the_previous_one(self, plain: KeyVault, folder: Path) -> None:
        key = plain.create(OLD).key
        sound = (folder / "keys.json").read_bytes()
        for name in ("keys.json", "keys.json.previous"):
            spoil(folder / name)
            assert plain.open(OLD) == key
            assert (folder / name).read_bytes() == sound

    @pytest.mark.parametrize("gone", [["keys.json"], ["keys.json.previous"]])
    def test_a_lost_file_is_mended(self, plain: KeyVault, folder: Path, gone: list[str]) -> None:
        key = plain.create(OLD).key
        for name in gone:
            (folder / name).unlink()
        assert plain.exists()
        assert plain.open(OLD) == key
        assert sorted(path.name for path in folder.iterdir()) == ["keys.json", "keys.json.previous"]

    def test_no_file_at_all_is_a_damaged_one(self, plain: KeyVault) -> None:
        with pytest.raises(DamagedKeyFileError):
            plain.open(OLD)
        with pytest.raises(DamagedKeyFileError):
            plain.change_passphrase(bytes(32), NEW)

    def test_a_folder_in_the_place_of_the_file_leaves_the_previous_one(self, plain: KeyVault, folder: Path) -> None:
        key = plain.create(OLD).key
        (folder / "keys.json").unlink()
        (folder / "keys.json").mkdir()
        assert plain.open(OLD) == key

    def test_a_slot_taken_out_unnoticed_is_noticed(self, plain: KeyVault, folder: Path) -> None:
        created = plain.create(OLD)
        _forge(folder, lambda shape: shape["slots"].pop())
        assert plain.open(OLD) == created.key
        assert kinds(folder) == ["passphrase", "recovery"]
        _forge(folder, lambda shape: shape["slots"].pop(), "keys.json", "keys.json.previous")
        with pytest.raises(DamagedKeyFileError):
            plain.open(OLD)
        with pytest.raises(DamagedKeyFileError):
            plain.open_with_recovery(created.recovery_code)

    def test_weaker_work_written_into_the_file_opens_nothing(self, plain: KeyVault, folder: Path) -> None:
        plain.create(OLD)
        _forge(folder, lambda shape: shape["slots"][0].update(t=2), "keys.json", "keys.json.previous")
        with pytest.raises(WrongPassphraseError):
            plain.open(OLD)

    def test_a_slot_of_another_profile_opens_nothing(self, plain: KeyVault, folder: Path) -> None:
        plain.create(OLD)
        foreign = json.loads((folder / "keys.json").read_bytes())["slots"]
        shutil.rmtree(folder)
        plain.create(OLD)
        _forge(folder, lambda shape: shape.update(slots=foreign))
        with pytest.raises(WrongPassphraseError):
            plain.open(OLD)

    def test_a_wrong_code_without_typing_errors_is_told_from_a_typo(self, plain: KeyVault) -> None:
        created = plain.create(OLD)
        with pytest.raises(WrongRecoveryCodeError, match="hoort niet bij dit profiel"):
            plain.open_with_recovery(format_code(bytes(20)))
        with pytest.raises(InvalidInputError):
            plain.open_with_recovery(created.recovery_code[:-1])


def test_nothing_secret_shows_in_a_repr(plain: KeyVault) -> None:
    created: Created = plain.create(OLD)
    assert created.recovery_code not in repr(created)
    assert repr(created.key) not in repr(created)


def test_no_cryptography_and_no_keyring_are_loaded_before_the_dialog_stands() -> None:
    heavy = "{'argon2', 'nacl', 'cryptography', 'keyring', 'cffi'}"
    script = f"import sys, bren_desktop.keystore.vault; print(*{heavy} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.strip(), ran.stderr) == (0, "", "")


def _checksum(body: dict[str, object]) -> str:
    return hashlib.sha256(slots.canonical(body)).hexdigest()


def _forge(folder: Path, change: Callable[[dict[str, list[dict[str, object]]]], object], *names: str) -> None:
    """What an attacker with write access does: change the file and set the checksum right."""
    for name in names or ("keys.json",):
        shape = json.loads((folder / name).read_bytes())
        change(shape)
        del shape["checksum"]
        (folder / name).write_text(json.dumps(shape | {"checksum": _checksum(shape)}), encoding="utf-8")


class TestDestroying:
    def test_nothing_opens_any_more(self, guarded: KeyVault, folder: Path, entries: Entries) -> None:
        code = guarded.create(OLD).recovery_code
        guarded.change_passphrase(guarded.open(OLD), NEW)
        guarded.destroy()
        assert list(folder.iterdir()) == []
        assert not entries
        assert not guarded.exists()
        with pytest.raises(DamagedKeyFileError):
            guarded.open(NEW)
        with pytest.raises(DamagedKeyFileError):
            guarded.open_with_recovery(code)

    def test_a_damaged_or_newer_key_file_goes_too(self, plain: KeyVault, folder: Path) -> None:
        plain.create(OLD)
        spoil(folder / "keys.json")
        plain.destroy()
        plain.destroy()
        assert list(folder.iterdir()) == []

    def test_the_key_file_goes_along_with_a_backup_as_it_stands(self, plain: KeyVault, folder: Path) -> None:
        created = plain.create(OLD)
        data = plain.key_file(created.key)
        assert data == (folder / "keys.json").read_bytes()
        with pytest.raises(DamagedKeyFileError):
            plain.key_file(b"x" * 32)
