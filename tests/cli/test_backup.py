"""`bren backup` and `bren restore`: from one folder to another, here by the passphrase, elsewhere by the code."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bren_desktop.errors import UnreadableFileError
from bren_desktop.wiring import Profile

Bren = Callable[..., Any]
MARK = "Zonnebloemstraat"


@pytest.fixture
def code_file(tmp_path: Path) -> Path:
    return tmp_path / "code"


@pytest.fixture
def filled(bren: Bren, tmp_path: Path, code_file: Path) -> Bren:
    made = bren("init", "--team", "JZ24", "--name", "Robin Voorbeeld", "--role", "voorzitter").value
    code_file.write_text(made["recovery_code"], "utf-8")
    code_file.chmod(0o600)
    case = tmp_path / "case.json"
    case.write_text(json.dumps({"id": "c1", "omschrijving": MARK}), "utf-8")
    assert bren("case", "new", "--file", case).code == 0
    return bren


def test_a_backup_comes_back_whole(filled: Bren, tmp_path: Path) -> None:
    backup, other = tmp_path / "b.bren", tmp_path / "other"
    made = filled("backup", "--out", backup)
    assert made.value == {"path": str(backup.resolve()), "bytes": backup.stat().st_size}
    assert MARK.encode() not in backup.read_bytes()
    back = filled("restore", "--profile", other, "--from", backup)
    assert back.value == {"profile": str(other.resolve()), "opened": True}
    for profile in (tmp_path / "profile", other):
        assert filled("case", "show", "c1", "--profile", profile).value["omschrijving"] == MARK


def test_what_a_crash_left_of_a_backup_goes_at_the_next_start(filled: Bren, tmp_path: Path) -> None:
    left = [tmp_path / "profile" / name for name in ("backup.part", "backup.part.part")]
    for path in left:
        path.write_bytes(b"half a copy")
    assert filled("case", "show", "c1").code == 0
    assert not any(path.exists() for path in left)


def test_a_restored_profile_goes_on_as_a_copy(filled: Bren, tmp_path: Path, passphrase_file: Path) -> None:
    backup, other = tmp_path / "b.bren", tmp_path / "other"
    filled("backup", "--out", backup)
    filled("restore", "--profile", other, "--from", backup)
    for profile, flag in ((other, "1"), (tmp_path / "profile", None)):
        workspace = Profile(profile).unlock(passphrase_file.read_text("utf-8").strip())
        with workspace.context.store.read() as reader:
            assert reader.local("restored") == flag
        workspace.lock()


def test_no_number_that_was_given_after_the_backup_is_given_again(filled: Bren, tmp_path: Path) -> None:
    backup, first, second = tmp_path / "b.bren", tmp_path / "first", tmp_path / "second"
    filled("backup", "--out", backup)
    given = {new_number(filled, tmp_path, tmp_path / "profile") for _ in range(3)}
    filled("restore", "--profile", first, "--from", backup)
    given |= {new_number(filled, tmp_path, first) for _ in range(3)}
    assert len(given) == 6
    again = tmp_path / "again.bren"
    filled("backup", "--out", again, "--profile", first)
    filled("restore", "--profile", second, "--from", again)
    assert new_number(filled, tmp_path, second) not in given


def new_number(bren: Bren, tmp_path: Path, profile: Path) -> str:
    case = tmp_path / "new.json"
    case.write_text(json.dumps({"omschrijving": "Nog een."}), "utf-8")
    made = bren("case", "new", "--file", case, "--profile", profile).value["id"]
    return str(bren("case", "show", made, "--profile", profile).value["nummer"])


def test_elsewhere_it_opens_by_the_recovery_code(
    filled: Bren, tmp_path: Path, code_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup, other = tmp_path / "b.bren", tmp_path / "other"
    filled("backup", "--out", backup)
    monkeypatch.delenv("BREN_PASSPHRASE_FILE")
    assert filled("restore", "--profile", other, "--from", backup).value["opened"] is False
    assert filled("case", "list", "--profile", other).code == 1
    opened = filled("case", "list", "--profile", other, "--recovery-code-file", code_file)
    assert [row["id"] for row in opened.value] == ["c1"]
    third = tmp_path / "third"
    words = ("restore", "--profile", third, "--from", backup, "--recovery-code-file", code_file)
    assert filled(*words).value["opened"] is True


def test_a_backup_that_does_not_open_with_what_is_given_is_there_all_the_same(filled: Bren, tmp_path: Path) -> None:
    backup, other, wrong = tmp_path / "b.bren", tmp_path / "other", tmp_path / "wrong"
    filled("backup", "--out", backup)
    wrong.write_text("een heel ander wachtwoord\n", "utf-8")
    wrong.chmod(0o600)
    answer = filled("restore", "--profile", other, "--from", backup, "--passphrase-file", wrong)
    assert (answer.code, answer.value["opened"]) == (0, False)
    assert "wachtwoord klopt niet" in answer.value["problem"]
    assert filled("case", "show", "c1", "--profile", other).code == 0


def test_a_profile_is_never_overwritten(filled: Bren, tmp_path: Path) -> None:
    backup = tmp_path / "b.bren"
    filled("backup", "--out", backup)
    before = (tmp_path / "profile" / "keys.json").read_bytes()
    answer = filled("restore", "--from", backup)
    assert (answer.code, answer.out) == (1, "")
    assert "staat al een profiel" in answer.err
    assert (tmp_path / "profile" / "keys.json").read_bytes() == before


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: b"", lambda data: data[:999] + b"x" * 10])
def test_what_is_no_backup_leaves_no_profile(filled: Bren, tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    backup, other = tmp_path / "b.bren", tmp_path / "other"
    filled("backup", "--out", backup)
    backup.write_bytes(spoil(backup.read_bytes()))
    answer = filled("restore", "--profile", other, "--from", backup)
    assert answer.code == 1
    assert "geen reservekopie" in answer.err
    assert not other.exists()
    assert "Controleer het pad" in filled("restore", "--profile", other, "--from", tmp_path / "weg").err


def test_what_was_erased_since_stays_erased(filled: Bren, tmp_path: Path) -> None:
    backup, other = tmp_path / "b.bren", tmp_path / "other"
    case = tmp_path / "case.json"
    case.write_text(json.dumps({"omschrijving": "tweede"}), "utf-8")
    entity = filled("case", "new", "--file", case).value["id"]
    filled("backup", "--out", backup)
    other.mkdir()
    (other / "erased.json").write_text(json.dumps({"format": 1, "erased": [entity]}), "utf-8")
    assert filled("restore", "--profile", other, "--from", backup).value["opened"] is True
    assert [row["id"] for row in filled("case", "list", "--profile", other).value] == ["c1"]
    assert filled("case", "show", entity, "--profile", other).code == 1
    shutil.copy(tmp_path / "profile" / "store.db", other / "store.db")
    assert filled("case", "show", entity, "--profile", other).code == 1


def test_a_backup_takes_the_place_of_a_profile_without_losing_it_before_it_opens(
    filled: Bren, tmp_path: Path, passphrase_file: Path
) -> None:
    """Broken off, done twice, a file that is none: until the backup was opened, the profile of before is there."""
    backup, profile = tmp_path / "b.bren", Profile(tmp_path / "profile")
    filled("backup", "--out", backup)
    before = (profile.folder / "store.db").read_bytes()
    other = tmp_path / "other.bren"
    other.write_bytes(b"iets anders")
    with pytest.raises(UnreadableFileError):
        profile.restore(other, replacing=True)
    assert (profile.folder / "store.db").read_bytes() == before
    for _ in range(2):
        profile.restore(backup, replacing=True)
        assert (profile.folder / "replaced" / "store.db").read_bytes() == before
    profile.unlock(passphrase_file.read_text("utf-8").strip()).lock()
    assert not (profile.folder / "replaced").exists()
    assert filled("case", "show", "c1").value["omschrijving"] == MARK
