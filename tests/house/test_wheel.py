"""The wheel holds the whole program and does the main job in an environment of its own, outside the tree."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from uv import find_uv_bin

pytestmark = pytest.mark.apart


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the backend that is installed: no network, no isolation."""
    folder = tmp_path_factory.mktemp("wheel")
    _call(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder), cwd=project)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with `bren` and `python` of an environment that has the wheel, and our libraries but not our tree."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=sys.platform != "win32")
    folder = home / ("Scripts" if sys.platform == "win32" else "bin")
    _call(find_uv_bin(), "pip", "install", "--offline", "--no-deps", "--python", str(home), str(wheel), cwd=home)
    (site_packages,) = {path.parent for path in home.rglob("bren_desktop-*.dist-info")}
    # A .pth file inside a folder that a .pth file adds is not read: the editable install stays out of sight.
    (site_packages / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return folder


def _call(*command: str, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_what_is_needed_and_nothing_else(wheel: Path, project: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"bren_desktop"}
    assert not [name for name in names if name.endswith((".pyc", ".ui"))]
    written = [path for path in (project / "db").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    wanted = {f"bren_desktop/_bundled/{path.relative_to(project).as_posix()}" for path in written}
    assert wanted
    assert wanted <= set(names)
    assert [name for name in names if name.endswith("licenses/LICENSE")]


def test_the_installed_program_finds_its_own_files(programs: Path, tmp_path: Path) -> None:
    code = "from bren_desktop import bundled; print(bundled.folder('db') / 'reference')"
    found = Path(_call(str(programs / "python"), "-c", code, cwd=tmp_path).strip())
    assert found.is_dir()
    assert found.is_relative_to(programs.parent)


def test_the_installed_program_does_the_main_job(programs: Path, project: Path, tmp_path: Path) -> None:
    printed = _call(sys.executable, str(project / "packaging" / "smoke.py"), str(programs), cwd=tmp_path)
    steps = [line.split(":")[0].split() for line in printed.splitlines()]
    names = ("travels", "init", "demo", "exchange", "case", "match", "letter", "clock", "doctor", "window")
    assert steps == [["ok", name] for name in names]
