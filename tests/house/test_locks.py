"""The lock files pin everything by hash, agree with each other and hold no address."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
# Put together from parts, so that this file does not hold what it looks for.
REGISTRY_HOSTS = tuple(".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org")))


def _pins(lock: Path) -> dict[str, str]:
    return dict(PIN.findall(lock.read_text("utf-8")))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address_and_no_path(project: Path, name: str) -> None:
    text = (project / name).read_text("utf-8")
    assert "://" not in text
    assert "/" not in text
    assert "@" not in text


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(project: Path, name: str) -> None:
    text = (project / name).read_text("utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(_pins(project / name)) > 10
    assert not [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]


def test_both_locks_pin_the_same_versions(project: Path) -> None:
    runtime, dev = (_pins(project / name) for name in LOCKS)
    assert runtime.items() <= dev.items()


def test_the_locks_hold_what_the_project_file_asks_for(project: Path) -> None:
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    groups = settings["dependency-groups"]
    dev = [entry for entry in groups["dev"] if isinstance(entry, str)]
    wanted = {
        "requirements.lock": settings["project"]["dependencies"] + groups["build"],
        "requirements-dev.lock": settings["project"]["dependencies"] + groups["build"] + dev,
    }
    for name, requirements in wanted.items():
        pins = _pins(project / name)
        for requirement in map(Requirement, requirements):
            version = pins.get(canonicalize_name(requirement.name))
            assert version, f"{requirement.name} is not in {name}: run `nox -s lock`"
            assert requirement.specifier.contains(version)


def test_no_tracked_file_names_a_registry(project: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=project, capture_output=True, check=True).stdout
    files = [project / name for name in listed.decode("utf-8").split("\0") if name]
    assert files
    naming = [
        str(file.relative_to(project))
        for file in files
        if file.is_file() and any(host.encode() in file.read_bytes() for host in REGISTRY_HOSTS)
    ]
    assert not naming
