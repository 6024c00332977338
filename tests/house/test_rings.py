"""The import contracts of pyproject.toml hold; each reads as a sentence that a reviewer would say."""

from __future__ import annotations

from pathlib import Path

from importlinter import api, cli


def test_the_import_contracts_hold(project: Path) -> None:
    outcome = cli.lint_imports(config_filename=str(project / "pyproject.toml"), no_cache=True, no_logo=True)
    assert outcome == cli.EXIT_STATUS_SUCCESS, "see the broken contracts above"


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
