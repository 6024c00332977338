"""Colleagues over one folder, through `bren` alone: founding, joining, conflicts, roles, laptops that go, erasure."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader

from bren_desktop import wiring
from bren_desktop.services.sync_ports import SyncStore
from bren_desktop.sync.enrolment.desk import put_folder
from bren_desktop.sync.transport import diagnosis
from bren_desktop.wiring import Profile

Bren = Callable[..., Any]
KEYS = {"published", "received", "conflicts", "quarantined", "missing", "reachable", "troubles"}
DAY_MS = 24 * 60 * 60 * 1000
MARK = "Zonnebloemstraat"


@dataclass
class Laptop:
    """One profile, with `bren` on it."""

    bren: Bren
    folder: Path
    code: str = ""

    def __call__(self, *words: str | Path) -> Any:
        return self.bren(*words, "--profile", self.folder)

    def must(self, *words: str | Path) -> Any:
        """What a command prints that must go well."""
        answer = self(*words)
        assert (answer.code, answer.err) == (0, ""), answer.err
        return answer.value

    def init(self, name: str, role: str, team: str = "HGL") -> Laptop:
        self.code = self.must("init", "--team", team, "--name", name, "--role", role)["recovery_code"]
        return self

    def sync(self) -> dict[str, Any]:
        report: dict[str, Any] = self.must("sync")
        assert report.keys() == KEYS
        assert report["reachable"] is True
        assert report["troubles"] == []
        return report

    def new_case(self, **fields: str) -> str:
        path = self.folder.with_suffix(".json")
        path.write_text(json.dumps({"omschrijving": "Een casus.", **fields}), "utf-8")
        made: str = self.must("case", "new", "--file", path)["id"]
        return made

    def put(self, case: str, field: str, value: str) -> None:
        self.must("case", "set", case, field, value)

    def field(self, case: str, field: str) -> Any:
        return self.must("case", "show", case)[field]

    def ids(self) -> set[str]:
        return {row["id"] for row in self.must("case", "list")}

    def exported(self, kind: str = "cases") -> bytes:
        path = self.folder.with_suffix(".jsonl")
        self.must("export", kind, path)
        return path.read_bytes()

    def hashes(self) -> dict[str, Any]:
        facts = self.must("doctor")
        assert facts["store"] == "ok"
        return {name: facts[name] for name in ("state_hash", "state_hashes")}

    def conflicts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.must("conflicts", "list")
        return found

    def devices(self) -> dict[str, dict[str, Any]]:
        return {each["name"]: each for each in self.must("device", "list")}


@dataclass
class Office:
    """A share, and the laptop of the voorzitter who founded it."""

    bren: Bren
    root: Path
    share: Path

    def laptop(self, name: str) -> Laptop:
        return Laptop(self.bren, self.root / name)

    def founded(self) -> Laptop:
        chair = self.laptop("vera").init("Vera Voorbeeld", "voorzitter")
        chair.must("share", "create", "--share", self.share, "--network", "ZW")
        return chair

    def join(self, chair: Laptop, name: str, role: str, *words: str, team: str = "HGL") -> Laptop:
        """A colleague who asks, is let in, and has everything."""
        joiner = self.laptop(name.partition(" ")[0].lower()).init(name, role, team)
        invite = self.root / f"{joiner.folder.name}-1.bri"
        code = chair.must("share", "invite", "--out", invite, "--role", role, *words)["code"]
        said = joiner.must("share", "join", "--invite", invite, "--code", code)["words"]
        [asked] = chair.must("share", "approve")
        assert asked["fingerprint"].split() == said
        assert (asked["name"], asked["role"]) == (name, role)
        assert chair.must("share", "approve", asked["id"]) == {"approved": [asked["id"]]}
        settle(joiner, chair)
        return joiner


def settle(*laptops: Laptop) -> None:
    """Sync until nobody has news."""
    for _ in range(5):
        moved = [laptop.sync() for laptop in laptops]
        if not any(report["published"] or report["received"] for report in moved):
            return
    raise AssertionError("news without end")


def the_same(*laptops: Laptop) -> bool:
    """Whether all hold the same, byte for byte."""
    return all(
        laptop.hashes() == laptops[0].hashes()
        and laptop.exported() == laptops[0].exported()
        and laptop.exported("experts") == laptops[0].exported("experts")
        for laptop in laptops[1:]
    )


@pytest.fixture
def office(bren: Bren, tmp_path: Path) -> Office:
    (tmp_path / "share").mkdir()
    return Office(bren, tmp_path, tmp_path / "share")


@pytest.fixture
def pair(office: Office, tmp_path_factory: pytest.TempPathFactory, secret: str) -> tuple[Laptop, Laptop]:
    """The voorzitter, and a secretaris in the same team: made once, and copied for every test."""
    mould = tmp_path_factory.getbasetemp() / "team"
    if not mould.exists():
        found_team(office.bren, mould)
    shutil.copytree(mould, office.root, dirs_exist_ok=True)
    laptops = []
    for name, code in json.loads((mould / "codes").read_text("utf-8")).items():
        laptops.append(Laptop(office.bren, office.root / name, code))
        workspace = Profile(laptops[-1].folder).unlock(secret)
        with cast("SyncStore", workspace.context.store).sync() as rows:
            put_folder(rows, str(office.share))
        workspace.lock()
    return laptops[0], laptops[1]


def found_team(bren: Bren, mould: Path) -> None:
    """Found a team of two in a folder."""
    (mould / "share").mkdir(parents=True)
    office = Office(bren, mould, mould / "share")
    vera = office.founded()
    anouk = office.join(vera, "Anouk Voorbeeld", "secretaris")
    (mould / "codes").write_text(json.dumps({each.folder.name: each.code for each in (vera, anouk)}), "utf-8")


@pytest.fixture
def secret(passphrase_file: Path) -> str:
    return passphrase_file.read_text("utf-8").strip()


def test_a_colleague_joins_and_both_hold_the_same(pair: tuple[Laptop, Laptop]) -> None:
    vera, anouk = pair
    case = vera.new_case(achternaam=MARK)
    vera.must("demo", "--cases", "3", "--experts", "4")
    assert vera.sync()["published"] > 7
    assert anouk.sync()["received"] > 7
    anouk.put(case, "wensen", "Rust.")
    settle(anouk, vera)
    assert vera.field(case, "wensen") == "Rust."
    assert the_same(vera, anouk)
    assert set(vera.hashes()["state_hashes"]) == set(anouk.hashes()["state_hashes"])
    assert len(vera.hashes()["state_hashes"]) == 2


def test_a_folder_may_be_named_from_where_one_stands(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    vera = office.laptop("vera").init("Vera Voorbeeld", "voorzitter")
    monkeypatch.chdir(office.root)
    assert vera.must("share", "create", "--share", "share", "--network", "ZW")["share"] == str(office.share)
    monkeypatch.chdir("/")
    vera.new_case()
    assert vera.sync()["published"] == 1


def test_numbers_bear_the_letters_of_their_laptop(pair: tuple[Laptop, Laptop]) -> None:
    vera, anouk = pair
    numbers = {laptop.field(laptop.new_case(), "nummer") for laptop in pair}
    assert numbers == {"CONCEPT-AA0001", "CONCEPT-AB0001"}
    assert anouk.devices()["Anouk Voorbeeld"]["letters"] == "AB"
    settle(vera, anouk)
    assert the_same(vera, anouk)


def test_cases_from_before_come_along_with_their_number(office: Office) -> None:
    vera = office.founded()
    first = vera.new_case(id="c1", wensen="van Vera")
    vera.sync()
    anouk = office.laptop("anouk").init("Anouk Voorbeeld", "secretaris")
    own = anouk.new_case(achternaam="Lindewater")
    before = anouk.field(own, "nummer")
    same = anouk.new_case(id="c1", wensen="van Anouk")
    joined(office, vera, anouk, "secretaris")
    settle(anouk, vera, anouk)
    assert first == same == "c1"
    assert len(vera.ids()) == 2
    [moved] = vera.ids() - {"c1"}
    assert vera.field(moved, "eerder_kenmerk") == before
    assert [each["field"] for each in vera.conflicts()] == ["wensen"]
    assert the_same(vera, anouk)


def joined(office: Office, chair: Laptop, joiner: Laptop, role: str, *words: str) -> None:
    invite = office.root / f"{joiner.folder.name}-2.bri"
    code = chair.must("share", "invite", "--out", invite, "--role", role, *words)["code"]
    joiner.must("share", "join", "--invite", invite, "--code", code)
    chair.must("share", "approve", "--all")


def test_both_versions_are_kept_until_one_settles_for_all(pair: tuple[Laptop, Laptop]) -> None:
    vera, anouk = pair
    case = vera.new_case(wensen="eerst")
    settle(vera, anouk)
    vera.put(case, "wensen", "van Vera")
    anouk.put(case, "wensen", "van Anouk")
    settle(vera, anouk)
    assert vera.sync()["conflicts"] == anouk.sync()["conflicts"] == 1
    [found] = vera.conflicts()
    assert anouk.conflicts() == [found]
    assert (found["entity"], found["type"], found["field"]) == (case, "casus", "wensen")
    assert {(each["value"], each["who"]) for each in found["versions"]} == {
        ("van Vera", "Vera Voorbeeld"),
        ("van Anouk", "Anouk Voorbeeld"),
    }
    assert [each["n"] for each in found["versions"]] == [1, 2]
    kept = found["versions"][1]["value"]
    anouk.must("conflicts", "settle", case, "wensen", "--take", "2")
    settle(anouk, vera)
    assert vera.field(case, "wensen") == kept
    assert vera.conflicts() == anouk.conflicts() == []
    assert "al beslist" in vera("conflicts", "settle", case, "wensen", "--take", "1").err
    assert the_same(vera, anouk)


def test_a_third_value_settles_too(pair: tuple[Laptop, Laptop]) -> None:
    vera, anouk = pair
    case = vera.new_case(wensen="eerst")
    settle(vera, anouk)
    vera.put(case, "wensen", "een")
    anouk.put(case, "wensen", "twee")
    settle(vera, anouk)
    assert "Er is geen versie 3" in vera("conflicts", "settle", case, "wensen", "--take", "3").err
    assert "hier niet bekend" in vera("conflicts", "settle", case, "onbekendveld", "--take", "1").err
    for empty in ("", " "):
        assert "--empty" in vera("conflicts", "settle", case, "wensen", "--value", empty).err
    assert len(vera.conflicts()) == 1
    vera.must("conflicts", "settle", case, "wensen", "--value", "een en twee")
    settle(vera, anouk)
    assert anouk.field(case, "wensen") == "een en twee"
    assert anouk.conflicts() == []


def test_a_field_is_emptied_when_that_is_said(pair: tuple[Laptop, Laptop]) -> None:
    vera, anouk = pair
    case = vera.new_case(wensen="eerst")
    settle(vera, anouk)
    vera.put(case, "geboortedatum", "2012-03-04")
    anouk.put(case, "geboortedatum", "2012-04-03")
    settle(vera, anouk)
    vera.must("conflicts", "settle", case, "geboortedatum", "--empty")
    assert not vera.field(case, "geboortedatum")
    assert vera.conflicts() == []


def test_a_share_that_is_away_is_no_failure(pair: tuple[Laptop, Laptop], office: Office) -> None:
    vera, anouk = pair
    office.share.rename(office.root / "weg")
    case = vera.new_case(wensen="zonder share")
    answer = vera("sync")
    assert answer.code == 0
    assert (answer.value["reachable"], answer.value["published"]) == (False, 0)
    assert vera.must("share", "status")["unsent"] == 1
    (office.root / "weg").rename(office.share)
    settle(vera, anouk)
    assert anouk.field(case, "wensen") == "zonder share"
    assert vera.must("share", "status")["unsent"] == 0


def test_what_was_written_in_an_old_role_is_not_lost(pair: tuple[Laptop, Laptop]) -> None:
    vera, anouk = pair
    case = vera.new_case(wensen="eerst")
    settle(vera, anouk)
    device = anouk.devices()["Anouk Voorbeeld"]["id"]
    anouk.put(case, "wensen", "als secretaris")
    for role in ("procesregisseur", "lid"):
        assert vera.must("device", "role", device, role) == {"id": device, "role": role}
    settle(anouk, vera)
    assert vera.field(case, "wensen") == "als secretaris"
    assert anouk.devices()["Anouk Voorbeeld"]["role"] == "lid"
    refused = anouk("case", "set", case, "wensen", "als lid")
    assert (refused.code, "rol lid" in refused.err) == (1, True)
    vera.must("device", "role", device, "plaatsvervanger")
    anouk.sync()
    anouk.put(case, "wensen", "als plaatsvervanger")
    settle(anouk, vera)
    assert vera.field(case, "wensen") == "als plaatsvervanger"
    assert the_same(vera, anouk)


def test_what_is_written_bears_the_role_of_the_card(pair: tuple[Laptop, Laptop], secret: str) -> None:
    vera, anouk = pair
    case = vera.new_case(wensen="eerst")
    settle(vera, anouk)
    workspace = Profile(anouk.folder).unlock(secret)
    before = workspace.actor
    vera.must("device", "role", vera.devices()["Anouk Voorbeeld"]["id"], "plaatsvervanger")
    workspace.sharing.cycle(before)
    assert workspace.actor.role == "plaatsvervanger"
    workspace.cases.set_field(before, case, "wensen", "met een oude rol in de hand")
    workspace.sharing.cycle(before)
    workspace.lock()
    settle(anouk, vera)
    assert vera.field(case, "wensen") == "met een oude rol in de hand"
    assert the_same(vera, anouk)


def test_who_is_revoked_gets_nothing_more_and_loses_nothing(pair: tuple[Laptop, Laptop]) -> None:
    vera, anouk = pair
    case = vera.new_case(wensen="eerst")
    settle(vera, anouk)
    anouk.put(case, "wensen", "te laat")
    device = anouk.devices()["Anouk Voorbeeld"]["id"]
    out = vera.must("device", "revoke", device)
    assert [each["id"] for each in out["cases"]] == [case]
    assert vera.devices()["Anouk Voorbeeld"]["away"] == "revoked"
    later = vera.new_case(achternaam=MARK)
    vera.must("sync")
    anouk("sync")
    assert anouk.must("share", "status")["standing"] == "out"
    assert later not in anouk.ids()
    assert vera.field(case, "wensen") == "eerst"
    report = vera.must("sync")
    assert {each["reason"] for each in report["troubles"]} == {"late"}
    assert vera.field(case, "wensen") == "eerst"
    [late] = vera.must("share", "tray")
    assert (late["id"], late["name"], late["reason"]) == (device, "Anouk Voorbeeld (AB)", "late")
    assert "voorzitter" in anouk("share", "tray").err
    assert vera.must("share", "tray", device) == {"id": device, "taken": 1}
    assert vera.field(case, "wensen") == "te laat"
    assert vera.must("share", "tray") == []


def test_what_one_is_out_of_can_be_read_and_erased_and_no_more(pair: tuple[Laptop, Laptop], office: Office) -> None:
    vera, anouk = pair
    case = vera.new_case(wensen="eerst")
    settle(vera, anouk)
    vera.must("device", "revoke", anouk.devices()["Anouk Voorbeeld"]["id"])
    anouk("sync")
    refused = anouk("case", "set", case, "wensen", "anders")
    assert (refused.code, "niet wijzigen" in refused.err) == (1, True)
    assert anouk.field(case, "wensen") == "eerst"
    assert anouk("export", "cases", office.root / "uit.jsonl").code == 1
    assert not (office.root / "uit.jsonl").exists()
    assert any("alleen nog te lezen" in each for each in anouk.must("share", "status")["warnings"])
    assert anouk.must("erase", case)["state"] == "done"
    assert anouk.ids() == set()
    assert vera.ids() == {case}


def test_who_founds_a_team_can_let_others_in(pair: tuple[Laptop, Laptop], office: Office) -> None:
    vera, invite = pair[0], office.root / "n.bri"
    refused = vera("share", "invite", "--out", invite, "--space", "network", "--role", "secretaris")
    assert (refused.code, refused.out, invite.exists()) == (1, "", False)
    assert "voorzitter of plaatsvervanger" in refused.err
    code = vera.must("share", "invite", "--out", invite, "--space", "network")["code"]
    bas = office.laptop("bas").init("Bas Voorbeeld", "voorzitter", "RIJ")
    bas.must("share", "join", "--invite", invite, "--code", code)
    [asked] = vera.must("share", "approve")
    assert (asked["role"], asked["space"]) == ("voorzitter", "network")


def test_a_lost_laptop_destroys_its_key(pair: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    vera, anouk = pair
    case = vera.new_case(achternaam=MARK)
    settle(vera, anouk)
    device = anouk.devices()["Anouk Voorbeeld"]["id"]
    assert [each["id"] for each in vera.must("device", "lost", device)["cases"]] == [case]
    answer = anouk("sync")
    assert (answer.code, answer.value.keys()) == (1, KEYS)
    assert "als verloren gemeld" in answer.err
    assert not list(anouk.folder.glob("keys.json*"))
    code = tmp_path / "code"
    code.write_text(anouk.code, "utf-8")
    code.chmod(0o600)
    for words in (("case", "list"), ("case", "list", "--recovery-code-file", code), ("sync",)):
        again = anouk(*words)
        assert (again.code, again.out) == (1, "")
        assert "als verloren gemeld" in again.err
    anouk.init("Anouk Voorbeeld", "secretaris")
    assert anouk.ids() == set()
    fresh = anouk.new_case()
    assert anouk.ids() == {fresh}
    assert list((anouk.folder / "unfinished").glob("store.db"))


def test_a_lost_laptop_that_does_anything_else_first_destroys_its_key_too(pair: tuple[Laptop, Laptop]) -> None:
    vera, anouk = pair
    device = anouk.devices()["Anouk Voorbeeld"]["id"]
    vera.must("device", "role", device, "plaatsvervanger")
    settle(anouk, vera)
    vera.must("device", "lost", device)
    assert anouk("share", "invite", "--out", anouk.folder.with_suffix(".bri")).code == 1
    again = anouk("case", "list")
    assert (again.code, "als verloren gemeld" in again.err) == (1, True)
    assert not list(anouk.folder.glob("keys.json*"))


def test_who_leaves_takes_nothing_along_and_leaves_the_work(pair: tuple[Laptop, Laptop]) -> None:
    vera, anouk = pair
    case = anouk.new_case(achternaam=MARK)
    backup = anouk.folder.with_suffix(".bren")
    anouk.must("backup", "--out", backup)
    left = anouk.must("device", "leave")
    assert "Wis ze" in left.pop("advice")
    assert left == {"left": True, "backups": [str(backup)]}
    left = {path.name for path in anouk.folder.rglob("*")}
    assert left <= {"profile.lock", "window.lock"}
    vera.must("sync")
    assert vera.ids() == {case}
    assert vera.devices()["Anouk Voorbeeld"]["away"] == "left"


def test_who_cannot_reach_the_share_does_not_leave(pair: tuple[Laptop, Laptop], office: Office) -> None:
    _, anouk = pair
    case = anouk.new_case()
    office.share.rename(office.root / "weg")
    answer = anouk("device", "leave")
    assert (answer.code, answer.out) == (1, "")
    assert "niet bereikbaar" in answer.err
    assert anouk.ids() == {case}


def test_too_long_without_contact_closes_the_cases(
    pair: tuple[Laptop, Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    vera, anouk = pair
    case = vera.new_case()
    settle(vera, anouk)
    now = wiring.WallClock().now_ms()
    for days, warned, shut in ((44, False, False), (46, True, False), (60, True, True)):
        monkeypatch.setattr(wiring.WallClock, "now_ms", lambda _, days=days: now + days * DAY_MS)
        assert bool(anouk.must("share", "status")["warnings"]) is warned
        answer = anouk("case", "show", case)
        assert (answer.code, "te lang geen contact" in answer.err) == (int(shut), shut)
        assert anouk("search", "casus", "--in", "cases").value == ([] if shut else anouk.must("search", "casus"))
    anouk.must("sync")
    assert anouk.ids() == {case}


def test_a_restored_laptop_goes_on_as_another(pair: tuple[Laptop, Laptop], office: Office) -> None:
    vera, anouk = pair
    case = vera.new_case(wensen="eerst")
    settle(vera, anouk)
    backup = office.root / "b.bren"
    anouk.put(case, "stem_jeugdige", "nog niet gedeeld")
    anouk.must("backup", "--out", backup)
    anouk.put(case, "wensen", "na de back-up")
    settle(anouk, vera)
    shutil.rmtree(anouk.folder)
    anouk.must("restore", "--from", backup)
    assert anouk.field(case, "wensen") == "na de back-up", "it catches up before anybody reads in it"
    settle(anouk, vera)
    anouk.put(case, "krachten", "na het herstel")
    settle(anouk, vera)
    for laptop in (vera, anouk):
        shown = laptop.must("case", "show", case)
        assert shown["wensen"] == "na de back-up"
        assert shown["stem_jeugdige"] == "nog niet gedeeld"
        assert shown["krachten"] == "na het herstel"
    assert the_same(vera, anouk)


def test_who_has_seen_a_case_is_known_on_all_laptops(pair: tuple[Laptop, Laptop], secret: str, office: Office) -> None:
    vera, anouk = pair
    case = vera.new_case(achternaam=MARK)
    settle(vera, anouk)
    anouk.must("export", "cases", office.root / "uit.csv")
    report = anouk.sync()
    assert report["published"] == 0
    anouk.put(case, "wensen", "Rust.")
    settle(anouk, vera, anouk, vera)
    for laptop in pair:
        workspace = Profile(laptop.folder).unlock(secret)
        with workspace.context.store.read() as reader:
            entries = reader.read_log(case, 100)
        workspace.lock()
        seen = [(entry.name, entry.action) for entry in entries]
        assert seen.count(("Anouk Voorbeeld", "export")) == 1
    assert vera.hashes() == anouk.hashes()


def test_a_protected_case_is_for_those_who_are_named(office: Office) -> None:
    vera = office.founded()
    anouk = office.join(vera, "Anouk Voorbeeld", "secretaris")
    lena = office.join(vera, "Lena Voorbeeld", "lid")
    case, stays = vera.new_case(achternaam=MARK), vera.new_case()
    settle(vera, anouk, lena)
    moved = vera.must("share", "protect", case, vera.devices()["Anouk Voorbeeld"]["id"])["id"]
    settle(vera, anouk, lena)
    anouk.put(moved, "wensen", "Alleen voor ons.")
    settle(anouk, vera, lena)
    assert vera.field(moved, "wensen") == "Alleen voor ons."
    assert moved not in lena.ids()
    assert stays in lena.ids()
    assert the_same(vera, anouk)
    assert len(vera.hashes()["state_hashes"]) == 3


def test_the_keys_of_a_network_are_recovered_by_two(office: Office) -> None:
    vera = office.laptop("vera").init("Vera Voorbeeld", "voorzitter")
    halves = [office.root / "it", office.root / "coordinator"]
    assert "eigen bestand" in vera("share", "recovery", "--it", halves[0], "--coordinator", halves[0]).err
    assert not halves[0].exists()
    made = vera.must("share", "recovery", "--it", halves[0], "--coordinator", halves[1])
    assert made == {"it": str(halves[0]), "coordinator": str(halves[1])}
    assert halves[0].read_bytes() != halves[1].read_bytes() != b""
    vera.must("share", "create", "--share", office.share, "--network", "ZW")
    assert "al" in vera("share", "recovery", "--it", halves[0], "--coordinator", halves[1]).err


def test_a_team_without_laptops_has_its_cases_again(office: Office) -> None:
    vera = office.laptop("vera").init("Vera Voorbeeld", "voorzitter")
    halves = ("--it", office.root / "it", "--coordinator", office.root / "coordinator")
    vera.must("share", "recovery", *halves)
    vera.must("share", "create", "--share", office.share, "--network", "ZW")
    vera.must("demo", "--cases", "3", "--experts", "2")
    anouk = office.join(vera, "Anouk Voorbeeld", "secretaris")
    mine = anouk.new_case(wensen="eerst", achternaam=MARK)
    settle(anouk, vera)
    before = {row["id"]: row["nummer"] for row in vera.must("case", "list")}
    pool = vera.exported("experts")
    for laptop in (vera, anouk):
        shutil.rmtree(laptop.folder)
    frozen = {path: path.read_bytes() for path in office.share.rglob("*") if path.is_file()}
    bram = office.laptop("bram").init("Bram Voorbeeld", "voorzitter")
    assert bram.must("share", "recover", "--share", office.share, *halves) == {
        "cases": 4,
        "experts": 2,
        "held": 0,
        "missing": 0,
        "protected": 0,
    }
    assert {row["nummer"] for row in bram.must("case", "list")} == set(before.values())
    assert bram.field(before[mine], "wensen") == "eerst"
    assert bram.exported("experts") == pool
    assert {path: path.read_bytes() for path in office.share.rglob("*") if path.is_file()} == frozen
    again = bram("share", "recover", "--share", office.share, *halves)
    assert (again.code, "bevat al casussen" in again.err) == (1, True)
    fresh = office.root / "opnieuw"
    fresh.mkdir()
    bram.must("share", "create", "--share", fresh, "--network", "ZW")
    carla = office.join(bram, "Carla Voorbeeld", "secretaris")
    assert carla.exported() == bram.exported()


def test_one_half_or_another_team_recovers_nothing(office: Office) -> None:
    vera = office.laptop("vera").init("Vera Voorbeeld", "voorzitter")
    it, coordinator = office.root / "it", office.root / "coordinator"
    vera.must("share", "recovery", "--it", it, "--coordinator", coordinator)
    vera.must("share", "create", "--share", office.share, "--network", "ZW")
    bas = office.laptop("bas").init("Bas Voorbeeld", "voorzitter", "RIJ")
    anouk = office.laptop("anouk").init("Anouk Voorbeeld", "secretaris")
    for laptop, first, second, part in (
        (bas, it, coordinator, "Ze openen: HGL"),
        (bas, coordinator, it, "herstelsleutelbestand"),
        (bas, it, it, "herstelsleutelbestand"),
        (bas, office.root / "weg", it, "Controleer het pad"),
        (anouk, it, coordinator, "voorzitter of plaatsvervanger"),
    ):
        answer = laptop("share", "recover", "--share", office.share, "--it", first, "--coordinator", second)
        assert (answer.code, answer.out) == (1, "")
        assert part in answer.err
        assert laptop.ids() == set()


def leaks(folder: Path, mark: str) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if mark in path.name or (path.is_file() and mark.encode() in path.read_bytes()):
            yield path


def test_an_erased_case_is_nowhere_any_more(office: Office) -> None:
    vera = office.founded()
    anouk = office.join(vera, "Anouk Voorbeeld", "secretaris")
    petra = office.join(vera, "Petra Voorbeeld", "privacy")
    case, stays = vera.new_case(achternaam=MARK), vera.new_case(achternaam="Lindewater")
    settle(vera, anouk, petra)
    backup = office.root / "b.bren"
    anouk.must("backup", "--out", backup)
    asked = anouk.must("erase", case)
    assert "privacyfunctionaris" in asked.pop("next")
    assert asked == {"id": case, "state": "asked", "outside": [], "backups": [], "filters": []}
    assert anouk.ids() == {case, stays}
    done = petra.must("erase", case)
    assert (done["state"], "next" in done) == ("done", False)
    settle(petra, vera, anouk)
    for laptop in (vera, anouk, petra):
        assert laptop.ids() == {stays}
        assert laptop("case", "show", case).code == 1
        assert laptop.must("search", MARK) == []
        assert json.loads((laptop.folder / "erased.json").read_text("utf-8"))["erased"] == [case]
    assert not list(leaks(office.root, MARK))
    other = office.laptop("terug")
    other.must("restore", "--from", backup)
    assert other.ids() == {stays}
    assert the_same(vera, anouk)
    assert vera.hashes() == petra.hashes()


def test_who_completes_a_destruction_gets_the_verklaring(office: Office) -> None:
    vera = office.founded()
    petra = office.join(vera, "Petra Voorbeeld", "privacy")
    case = vera.new_case(achternaam=MARK)
    settle(vera, petra)
    out = office.root / "uit"
    out.mkdir()
    asked = petra.must("request", case, "vernietig", "--out", out)
    assert (asked["state"], asked["verklaring"]) == ("asked", None)
    settle(petra, vera)
    done = vera.must("request", case, "vernietig", "--out", out)
    assert done["state"] == "done"
    [kept] = out.iterdir()
    assert Path(done["verklaring"]) == kept.resolve()
    text = " ".join(PdfReader(kept).pages[0].extract_text().split())
    assert case in text
    assert "Petra Voorbeeld" in text
    assert MARK not in text
    settle(vera, petra)
    assert (vera.ids(), petra.ids()) == (set(), set())


def test_the_pool_goes_to_everybody_and_cases_to_their_team(office: Office) -> None:
    vera = office.founded()
    chair = office.join(vera, "Bas Voorbeeld", "voorzitter", "--space", "network", team="RIJ")
    vera.must("demo", "--cases", "2", "--experts", "3")
    other = chair.new_case(achternaam=MARK)
    settle(vera, chair)
    assert chair.ids() == {other}
    assert len(vera.ids()) == 2
    assert vera.exported("experts") == chair.exported("experts")
    shared = set(vera.hashes()["state_hashes"].items()) & set(chair.hashes()["state_hashes"].items())
    assert len(shared) == 1


def test_warnings_outlive_the_command_that_saw_them(
    pair: tuple[Laptop, Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    vera, _ = pair
    said = ["Deze map wordt gesynchroniseerd."]
    with monkeypatch.context() as patch:
        patch.setattr(diagnosis, "warnings", lambda share, profile: said)
        vera.must("sync")
        patch.setattr(diagnosis, "warnings", lambda share, profile: pytest.fail("looked at the share"))
        assert vera.must("share", "status")["warnings"] == said
        assert vera.must("doctor")["share"]["warnings"] == said
    vera.must("sync")
    assert said[0] not in vera.must("share", "status")["warnings"]


def test_nothing_readable_leaves_a_laptop(pair: tuple[Laptop, Laptop], office: Office) -> None:
    vera, anouk = pair
    vera.new_case(achternaam=MARK, wensen=MARK)
    vera.must("backup", "--out", office.root / "b.bren")
    settle(vera, anouk)
    for path in office.root.glob("*.json*"):
        path.unlink()
    assert not list(leaks(office.root, MARK))
    assert not list(leaks(office.share, "Vera"))


def test_the_share_can_be_checked_and_mended(pair: tuple[Laptop, Laptop], office: Office) -> None:
    vera, anouk = pair
    vera.new_case()
    settle(vera, anouk)
    assert vera.must("share", "check")["troubles"] == []
    segments = sorted(office.share.glob("sp/*/log/*/*.brs"))
    segments[0].unlink()
    segments[-1].write_bytes(b"x" * 100)
    report = vera.must("share", "check")
    assert report["reachable"] is True
    assert report["files"] > 0
    assert report["mended"] >= 2


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("share", "create", "--share", "{root}/leeg", "--network", "ZW"), "voorzitter of plaatsvervanger"),
        (("share", "invite", "--out", "{root}/i.bri"), "voorzitter of plaatsvervanger"),
        (("share", "approve"), "voorzitter of plaatsvervanger"),
        (("device", "lost", "x"), "voorzitter of plaatsvervanger"),
        (("share", "join", "--invite", "{root}/weg.bri", "--code", "X"), "Controleer het pad"),
        (("conflicts", "settle", "x", "wensen", "--take", "1"), "kenmerk"),
        (("erase", "x"), "Controleer het nummer"),
        (("restore", "--from", "{root}/weg.bren"), "staat al een profiel"),
        (("backup", "--out", "{root}/geen/b.bren"), "map om in op te slaan bestaat niet"),
    ],
)
def test_wrong_uses_are_one_sentence_and_change_nothing(office: Office, words: tuple[str, ...], part: str) -> None:
    anouk = office.laptop("anouk").init("Anouk Voorbeeld", "secretaris")
    answer = anouk(*(word.format(root=office.root) for word in words))
    assert (answer.code, answer.out) == (1, "")
    assert part in answer.err
    assert not (office.root / "i.bri").exists()


def test_wrong_uses_of_a_share_are_one_sentence(pair: tuple[Laptop, Laptop], office: Office) -> None:
    vera, anouk = pair
    newcomer = office.laptop("nieuw").init("Nina Voorbeeld", "voorzitter")
    invite = office.root / "n.bri"
    code = vera.must("share", "invite", "--out", invite)["code"]
    for laptop, words in (
        (newcomer, ("share", "create", "--share", office.share, "--network", "ZW")),
        (newcomer, ("share", "create", "--share", office.root / "weg", "--network", "ZW")),
        (newcomer, ("share", "create", "--share", invite, "--network", "ZW")),
        (newcomer, ("share", "join", "--invite", invite, "--code", code[:-1] + ("0" if code[-1] != "0" else "1"))),
        (vera, ("device", "role", "weg", "lid")),
        (anouk, ("share", "join", "--invite", invite, "--code", code)),
        (vera, ("share", "approve", "weg")),
        (vera, ("device", "revoke", "weg")),
        (vera, ("device", "role", vera.devices()["Vera Voorbeeld"]["id"], "lid")),
        (vera, ("device", "revoke", vera.devices()["Vera Voorbeeld"]["id"])),
    ):
        answer = laptop(*words)
        assert (answer.code, answer.out) == (1, ""), words
        assert answer.err.rstrip().endswith("."), words


@pytest.mark.parametrize(
    "words",
    [
        ("share",),
        ("share", "create"),
        ("share", "invite", "--out", "x", "--space", "ergens"),
        ("share", "approve", "x", "--all"),
        ("conflicts", "settle", "x", "wensen"),
        ("conflicts", "settle", "x", "wensen", "--take", "1", "--value", "y"),
        ("device", "role", "x", "koning"),
        ("backup",),
        ("restore",),
        ("erase",),
    ],
)
def test_wrong_words_are_exit_2(bren: Bren, words: tuple[str, ...]) -> None:
    assert bren(*words).code == 2


def test_a_profile_alone_syncs_with_nobody(office: Office) -> None:
    alone = office.laptop("alleen").init("Anouk Voorbeeld", "secretaris")
    report = alone.must("sync")
    assert (report["reachable"], report["published"], report["troubles"]) == (False, 0, [])
    assert alone.must("share", "status")["standing"] == "alone"
    assert alone.must("device", "list") == []
    assert alone.must("conflicts", "list") == []
