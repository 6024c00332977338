"""Failed attempts to unlock end up in the read log of who gets in at last."""

from __future__ import annotations

from pathlib import Path

import pytest

from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.actors import Role
from bren_desktop.errors import WrongPassphraseError
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.wiring import Founder, Profile, attempts, places

PASSPHRASE = "vier gele fietsen slapen"
CHEAP = Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / "profiel", KeyVault(tmp_path / "profiel", CHEAP))
    made.found(PASSPHRASE, Founder("Vera Voorbeeld", Role.VOORZITTER, "HGL"))[0].lock()
    return made


def test_who_gets_in_finds_what_was_tried(profile: Profile) -> None:
    for _ in range(3):
        with pytest.raises(WrongPassphraseError):
            profile.unlock("vijf gele fietsen slapen")
    assert (profile.folder / places.ATTEMPTS).exists()
    workspace = profile.unlock(PASSPHRASE)
    actions = [entry.action for entry in workspace.readlog.entries(workspace.actor, "")]
    workspace.lock()
    assert actions.count("aanmelden mislukt") == 3
    assert actions.count("aanmelden") == 2
    assert not (profile.folder / places.ATTEMPTS).exists()
    again = profile.unlock(PASSPHRASE)
    assert [entry.action for entry in again.readlog.entries(again.actor, "")].count("aanmelden mislukt") == 3
    again.lock()


def test_only_the_last_are_kept(tmp_path: Path) -> None:
    for at_ms in range(205):
        attempts.note(tmp_path, at_ms)
    assert attempts.take(tmp_path) == list(range(5, 205))
    assert attempts.take(tmp_path) == []


@pytest.mark.parametrize("text", ["x\n", "12\n\u0663\n-4\n9999999999999999999999\n", "\ud800", ""])
def test_a_file_that_says_something_else_is_no_harm(tmp_path: Path, text: str) -> None:
    (tmp_path / places.ATTEMPTS).write_bytes(text.encode("utf-8", "surrogatepass"))
    assert attempts.take(tmp_path) in ([], [12])
