"""The import contracts of pyproject.toml hold; each reads as a sentence that a reviewer would say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from importlinter import api

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_the_import_contracts_hold(project: Path) -> None:
    """In a process of its own: import-linter sets up logging anew and so silences every logger that exists."""
    words = [sys.executable, "-c", LINT_IMPORTS, "--no-cache", "--no-logo"]
    done = subprocess.run(words, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_adapters_are_kept_apart(project: Path) -> None:
    contracts = api.read_configuration(str(project / "pyproject.toml"))["contracts_options"]
    rings = next(contract for contract in contracts if contract["id"] == "rings")
    assert rings["exhaustive"]
    adapters = "(gui) | (storage) | (keystore) | (sync) | (documents) | (exchange) | (fiction)"
    assert adapters in rings["layers"]


def test_the_asset_folders_are_no_packages(project: Path) -> None:
    folders = ("ui", "db", "resources", "packaging", "tests")
    assert not [str(found) for folder in folders for found in (project / folder).rglob("__init__.py")]


def test_every_package_of_the_program_says_what_it_is(project: Path) -> None:
    folders = {module.parent for module in (project / "bren_desktop").rglob("*.py")}
    openings = {folder.name: (folder / "__init__.py").read_text("utf-8") for folder in folders}
    assert not [name for name, text in openings.items() if not text.startswith('"""')]
