"""`bren sync` killed again and again: nothing acknowledged is lost, all laptops converge, no number is used twice."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bren_desktop import wiring
from bren_desktop.cli import main
from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.sync import door
from bren_desktop.sync.format.envelope import FileKind, parse_first
from tests.sync.samba import SambaServer, SmbShare
from tests.sync.transport import dying

pytestmark = pytest.mark.apart

IN_THE_SUITE, ROUNDS, PER_ROUND = 5, 20, 10
"""Kills; in torture two hundred."""
EARLIEST, LATE, LATEST = 3, 8, 10
"""Powers of two: after so many touches of files or messages comes the kill. A sync has some hundreds."""
NAMES = ("anna", "bob", "carla")
FIELDS = ("hulpvraag", "wensen", "woonsituatie_toelichting")
MOST_CYCLES = 8
SEALED = (".bra", ".brc", ".brk", ".brs", ".brp")


class Team:
    """Some laptops on one share; what was acknowledged to whom is remembered."""

    def __init__(self, folder: Path, share: Path, samba: str = "", *, chance: int = 0, laptops: int = 3) -> None:
        self.folder, self.share, self.samba = folder, share, samba
        self.names = NAMES[:laptops]
        self.chance = random.Random(chance)
        self.promised: dict[str, dict[str, str]] = {}
        self.numbers: dict[tuple[bytes, bytes, int], bytes] = {}
        self.killed = 0
        (folder / "passphrase").write_text("een lang wachtwoord\n", "utf-8")
        (folder / "passphrase").chmod(0o600)
        self._enrol()

    def bren(self, who: str, *words: object) -> Any:
        """One command in this process, to its end."""
        printed = io.StringIO()
        with redirect_stdout(printed):
            assert main(self._arguments(who, *words)) == 0
        return json.loads(printed.getvalue())

    def sync_and_die(self, who: str, latest: int) -> None:
        """A real process that syncs until it is killed somewhere on its way."""
        places = f"{self.folder / who}:{self.share}"
        calls = int(2 ** self.chance.uniform(EARLIEST, latest))
        command = [sys.executable, str(Path(dying.__file__)), str(calls), places, self.samba]
        project = str(Path(__file__).parents[3])
        done = subprocess.run(
            [*command, *self._arguments(who, "sync")],
            env={**os.environ, "PYTHONPATH": project},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode in {0, -9}, done.stderr
        self.killed += done.returncode == -9
        self._note_numbers()

    def work(self) -> None:
        """One laptop records a case, or fills a field of one that nobody filled: so far nothing to settle."""
        who = self.chance.choice(self.names)
        known = [each["id"] for each in self.bren(who, "case", "list")]
        free = [(case, field) for case in known for field in FIELDS if field not in self.promised[case]]
        text = f"tekst {self.chance.getrandbits(64):x}"
        if free and self.chance.random() < 0.5:
            case, field = self.chance.choice(free)
            self.bren(who, "case", "set", case, field, text)
            self.promised[case][field] = text
        else:
            file = self.folder / "case.json"
            file.write_text(json.dumps({"omschrijving": text}), "utf-8")
            made = self.bren(who, "case", "new", "--file", file)
            self.promised[made["id"]] = {"omschrijving": text}

    def settle(self) -> None:
        """Sync in turns until nothing moves any more."""
        for _ in range(MOST_CYCLES):
            reports = [self.bren(who, "sync") for who in self.names]
            self._note_numbers()
            if not any(report["published"] or report["received"] for report in reports):
                assert not any(report["missing"] or report["quarantined"] for report in reports), reports
                return
        pytest.fail("it never comes to rest")

    def check(self) -> None:
        """Every laptop has all that was promised to any, and the same."""
        exported = {self._exported(who) for who in self.names}
        assert len(exported) == 1
        cases = {case["id"]: case for case in map(json.loads, exported.pop().splitlines())}
        for case, fields in self.promised.items():
            assert {name: cases[case][name] for name in fields} == fields
        found = [self.bren(who, "doctor") for who in self.names]
        assert [each["integrity"] for each in found] == [[]] * len(self.names)
        assert len({each["state_hash"] for each in found}) == 1
        assert not self.bren(self.names[0], "conflicts", "list")

    def _enrol(self) -> None:
        for who, role in zip(self.names, ("voorzitter", "secretaris", "secretaris"), strict=False):
            self.bren(who, "init", "--team", "HGL", "--name", f"{who.title()} Verzonnen", "--role", role)
        self.bren("anna", "share", "create", "--share", self.share, "--network", "Zuid")
        for who in self.names[1:]:
            file = self.folder / f"invite {who}"
            code = self.bren("anna", "share", "invite", "--out", file)["code"]
            self.bren(who, "share", "join", "--invite", file, "--code", code)
            self.bren("anna", "sync")
            self.bren("anna", "share", "approve", "--all")
            self.bren(who, "sync")
        self._note_numbers()

    def _arguments(self, who: str, *words: object) -> list[str]:
        own = ("--profile", self.folder / who, "--passphrase-file", self.folder / "passphrase", "--json")
        return [str(word) for word in (*words, *own)]

    def _exported(self, who: str) -> bytes:
        file = self.folder / f"{who}.jsonl"
        self.bren(who, "export", "cases", file)
        return file.read_bytes()

    def _note_numbers(self) -> None:
        """Every sealed file that anybody has is whole, and a number of a device stands for one segment for ever."""
        for place in (self.share, *(self.folder / who / "mirror" for who in self.names)):
            for path in place.rglob("*.br?"):
                if path.suffix in SEALED:
                    self._note(path)

    def _note(self, path: Path) -> None:
        rest = path.read_bytes()
        while rest:
            envelope, rest = parse_first(rest)
            header = envelope.header
            if header.kind is FileKind.SEGMENT:
                number = (header.space, header.device, header.seq)
                assert self.numbers.setdefault(number, envelope.digest) == envelope.digest, "a number was used twice"


@pytest.fixture
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "KeyVault", partial(KeyVault, work=Argon2Work(1, 8 * 1024, 1)))


@pytest.fixture
def on_samba(samba: SambaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, str]]:
    """The share as a folder of the server, and how a process reaches it over SMB."""
    share = samba.folder / tmp_path.name
    share.mkdir()
    opened: list[SmbShare] = []

    def open_samba() -> SmbShare:
        opened.append(samba.share(tmp_path.name))
        return opened[-1]

    monkeypatch.setattr(door, "FolderShare", dying.samba_at(str(share), open_samba))
    yield share, f"{samba.port} {samba.password} {tmp_path.name}"
    for each in opened:
        each.close()


def _kill_and_check(team: Team, kills: int, latest: int = LATEST) -> None:
    while team.killed < kills:
        team.work()
        team.sync_and_die(team.chance.choice(team.names), latest)
    team.settle()
    team.check()
    if not team.samba:
        assert not [*team.folder.rglob("~*.tmp")], "drafts of an earlier life are taken away"


def _folder(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path / "share"


@pytest.mark.usefixtures("cheap_keys")
def test_killed_syncs_in_a_folder_lose_nothing(tmp_path: Path) -> None:
    _kill_and_check(Team(tmp_path, _folder(tmp_path), laptops=2), IN_THE_SUITE, LATE)


@pytest.mark.usefixtures("cheap_keys")
def test_killed_syncs_on_samba_lose_nothing(tmp_path: Path, on_samba: tuple[Path, str]) -> None:
    _kill_and_check(Team(tmp_path, *on_samba, laptops=2), IN_THE_SUITE, LATE)


@pytest.mark.torture
@pytest.mark.usefixtures("cheap_keys")
@pytest.mark.parametrize("chance", range(ROUNDS))
def test_many_killed_syncs_in_a_folder_lose_nothing(tmp_path: Path, chance: int) -> None:
    _kill_and_check(Team(tmp_path, _folder(tmp_path), chance=chance), PER_ROUND)


@pytest.mark.torture
@pytest.mark.usefixtures("cheap_keys")
@pytest.mark.parametrize("chance", range(ROUNDS))
def test_many_killed_syncs_on_samba_lose_nothing(tmp_path: Path, on_samba: tuple[Path, str], chance: int) -> None:
    _kill_and_check(Team(tmp_path, *on_samba, chance=chance), PER_ROUND)
