"""The sources as nodes of syntax trees, and a closing report of the functions that are getting long."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

LONG_FUNCTIONS = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def sources(project: Path) -> Mapping[Path, Sequence[ast.AST]]:
    """The nodes of every module of the program that people write, by its path in the project."""
    written = [path for path in (project / "bren_desktop").rglob("*.py") if "forms" not in path.parts]
    trees = {path.relative_to(project): ast.parse(path.read_text("utf-8")) for path in sorted(written)}
    return {path: [*ast.walk(tree)] for path, tree in trees.items()}


@pytest.fixture
def long_functions(pytestconfig: pytest.Config) -> list[str]:
    """Where a test notes functions worth splitting; they are listed after the run."""
    return pytestconfig.stash.setdefault(LONG_FUNCTIONS, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """List the functions over 40 lines."""
    noted = config.stash.get(LONG_FUNCTIONS, [])
    if noted:
        terminalreporter.section("functions over 40 lines: worth splitting")
        for line in noted:
            terminalreporter.write_line(line)
