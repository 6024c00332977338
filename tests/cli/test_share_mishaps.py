"""What goes wrong at the edges of joining and leaving, through `bren` alone, and what it says then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Bren = Callable[..., Any]


class Team:
    """A share, and profiles by name."""

    def __init__(self, bren: Bren, root: Path) -> None:
        self._bren, self.root, self.share = bren, root, root / "share"
        self.share.mkdir()

    def __call__(self, who: str, *words: str | Path) -> Any:
        return self._bren(*words, "--profile", self.root / who)

    def must(self, who: str, *words: str | Path) -> Any:
        answer = self(who, *words)
        assert (answer.code, answer.err) == (0, ""), answer.err
        return answer.value

    def init(self, who: str, role: str = "secretaris") -> None:
        self.must(who, "init", "--team", "HGL", "--name", f"{who} Voorbeeld", "--role", role)

    def invite(self, name: str) -> tuple[str | Path, ...]:
        """The words by which somebody joins on a fresh invite."""
        path = self.root / f"{name}.bri"
        return "--invite", path, "--code", self.must("Vera", "share", "invite", "--out", path)["code"]

    def device(self, name: str) -> str:
        found: str = next(row["id"] for row in self.must("Vera", "device", "list") if row["name"].startswith(name))
        return found


@pytest.fixture
def team(bren: Bren, tmp_path: Path) -> Team:
    """Vera founded the network; Noor is in."""
    team = Team(bren, tmp_path)
    team.init("Vera", "voorzitter")
    team.must("Vera", "share", "create", "--share", team.share, "--network", "ZW")
    team.init("Noor")
    team.must("Noor", "share", "join", *team.invite("noor"))
    team.must("Vera", "share", "approve", "--all")
    team.must("Noor", "sync")
    return team


def test_one_odd_request_keeps_nobody_out(team: Team) -> None:
    invite = team.invite("twee")
    for who in ("Piet", "Pia", "Zoe"):
        team.init(who)
    for who in ("Piet", "Pia"):
        team.must(who, "share", "join", *invite)
    team.must("Zoe", "share", "join", *team.invite("een"))
    answer = team("Vera", "share", "approve", "--all")
    assert (answer.code, len(answer.value["approved"])) == (1, 2)
    (refused,) = answer.value["refused"]
    assert refused["name"] in ("Piet Voorbeeld", "Pia Voorbeeld")
    assert "geldt één keer" in refused["sentence"]
    assert "Niet iedereen is toegelaten" in answer.err
    assert team.must("Zoe", "sync")["troubles"] == []
    late = refused["name"].split()[0]
    assert [each["reason"] for each in team.must(late, "sync")["troubles"]] == ["used"]
    assert team.must("Vera", "share", "approve", "--all") == {"approved": [], "refused": []}


def test_an_invite_is_not_written_over_another_file(team: Team) -> None:
    path = team.root / "uitnodiging.bri"
    team.must("Vera", "share", "invite", "--out", path)
    before = path.read_bytes()
    answer = team("Vera", "share", "invite", "--out", path)
    assert (answer.code, path.read_bytes()) == (1, before)
    assert "staat al een bestand" in answer.err


def test_who_is_out_hears_it_everywhere(team: Team) -> None:
    noor = team.device("Noor")
    team.must("Vera", "device", "revoke", noor)
    team.must("Noor", "sync")
    said = team.must("Noor", "sync")["troubles"]
    assert [(each["reason"], each["where"]) for each in said] == [("out", "ZW"), ("out", "HGL")]
    status = team.must("Noor", "share", "status")
    assert status["standing"] == "out"
    assert any("Deze laptop is uit" in sentence for sentence in status["warnings"])
    assert "er al uit" in team("Vera", "device", "role", noor, "lid").err
    assert team.must("Vera", "device", "lost", noor)["id"] == noor
    assert "als verloren gemeld" in team("Noor", "sync").err
    assert team("Noor", "sync").code == 1


def test_the_last_of_a_team_does_not_leave_by_accident(team: Team) -> None:
    team.must("Vera", "device", "revoke", team.device("Noor"))
    answer = team("Vera", "device", "leave")
    assert answer.code == 1
    assert "de laatste van een team" in answer.err
    backup = team.root / "vera.bak"
    team.must("Vera", "backup", "--out", backup)
    left = team.must("Vera", "device", "leave", "--last")
    assert left["backups"] == [str(backup)]
    assert "Wis ze" in left["advice"]


@pytest.mark.parametrize(
    ("place", "said"), [("Tom/mirror", "liggen in elkaar"), ("bestand", "een bestand en geen map")]
)
def test_what_cannot_be_shared_is_no_share(team: Team, place: str, said: str) -> None:
    team.init("Tom", "voorzitter")
    (team.root / "bestand").write_text("tekst", "utf-8")
    (team.root / "Tom" / "mirror").mkdir(exist_ok=True)
    answer = team("Tom", "share", "create", "--share", team.root / place, "--network", "ZW")
    assert answer.code == 1
    assert said in answer.err
    assert team.must("Tom", "share", "status")["standing"] == "alone"


def test_a_member_founds_no_second_network(team: Team) -> None:
    (team.root / "leeg").mkdir()
    answer = team("Vera", "share", "create", "--share", team.root / "leeg", "--network", "ZW")
    assert answer.code == 1
    assert "Er is niets gemaakt" in answer.err
    assert "uitnodiging" not in answer.err


def test_the_status_says_that_the_share_is_away(team: Team) -> None:
    assert team.must("Vera", "share", "status")["reachable"] is True
    team.share.rename(team.root / "weg")
    assert team.must("Vera", "share", "status")["reachable"] is False
