"""What README and CI say is what there is: the two commands, the sessions, the version."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import bren_desktop

SET_UP = 'python3 -m venv .venv && .venv/bin/python -m pip install "nox[uv]" && .venv/bin/nox -s'
SET_UP_ON_WINDOWS = r'py -m venv .venv && .venv\Scripts\python -m pip install "nox[uv]" && .venv\Scripts\nox -s'


@pytest.fixture
def readme(project: Path) -> str:
    return (project / "README.md").read_text("utf-8")


@pytest.mark.parametrize("session", ["demo", "tests"])
@pytest.mark.parametrize("set_up", [SET_UP, SET_UP_ON_WINDOWS])
def test_the_readme_has_both_commands_in_both_spellings(readme: str, set_up: str, session: str) -> None:
    assert f"    {set_up} {session}\n" in readme


def test_ci_runs_the_command_of_the_readme(project: Path) -> None:
    assert f"{SET_UP} tests\n" in (project / ".ci" / "run").read_text("utf-8")


def test_the_readme_names_every_session(project: Path, readme: str) -> None:
    tree = ast.parse((project / "noxfile.py").read_text("utf-8"))
    sessions = {
        node.name.replace("_", "-")
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and any("nox.session" in ast.unparse(d) for d in node.decorator_list)
    }
    assert sessions == set(re.findall(r"^\| `([a-z-]+)` \|", readme, re.MULTILINE))


def test_every_file_that_the_papers_point_to_is_there(project: Path) -> None:
    papers = [*project.glob("*.md"), *(project / "docs").rglob("*.md")]
    links = [(paper, link) for paper in papers for link in re.findall(r"\]\(([^)#:]+)[)#]", paper.read_text("utf-8"))]
    assert links
    assert not [f"{paper.name}: {link}" for paper, link in links if not (paper.parent / link).exists()]


def test_the_version_stands_in_one_place(project: Path) -> None:
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    assert settings["project"]["dynamic"] == ["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", bren_desktop.__version__)


def test_the_licence_is_the_european_one(project: Path) -> None:
    text = (project / "LICENSE").read_text("utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "15.Applicable Law" in text
