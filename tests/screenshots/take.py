"""Takes a picture of every screen, light and dark, on a small and a large display: `python tests/screenshots/take.py`.

Each `scenes_*.py` beside this file has functions `scene_NAME(stage) -> QPixmap`, in the order of the pictures. A scene
leaves the stage as it found it: dialogs closed, the window unlocked. `--only WORD` takes the scenes with that word in
their name.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

from PySide6.QtCore import QSize  # noqa: E402
from PySide6.QtGui import QPixmap  # noqa: E402

from tests.screenshots.stage import Stage  # noqa: E402

SIZES = {"1366x768": QSize(1366, 768), "1920x1080": QSize(1920, 1080)}
THEMES = ("light", "dark", "contrast")
Scene = Callable[[Stage], QPixmap]


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures that are asked for."""
    wanted = _parser().parse_args(arguments)
    wanted.out.mkdir(parents=True, exist_ok=True)
    work = wanted.out / "profile-of-the-pictures"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    _own_settings(work)
    from bren_desktop import app

    stage = Stage(app.make_app(), work)
    scenes = [(name, scene) for name, scene in _scenes() if wanted.only in name]
    failed = 0
    try:
        for theme in wanted.theme or THEMES[:2]:
            for size in wanted.size or SIZES:
                stage.dress(theme, SIZES[size])
                for name, scene in scenes:
                    failed += not _take(stage, scene, wanted.out / f"{name}-{theme}-{size}.png")
    finally:
        stage.close()
        shutil.rmtree(work, ignore_errors=True)
    return 1 if failed else 0


def _take(stage: Stage, scene: Scene, file: Path) -> bool:
    """Take one picture; a scene that fails is told and the next one is played."""
    try:
        taken = scene(stage).save(str(file))
    except Exception:  # noqa: BLE001 - one broken screen must not hide the others
        traceback.print_exc()
        taken = False
    print(file if taken else f"failed: {file}")
    return taken


def _scenes() -> Iterator[tuple[str, Scene]]:
    for file in sorted(HERE.glob("scenes_*.py")):
        for name, scene in vars(_module(file)).items():
            if name.startswith("scene_"):
                yield name.removeprefix("scene_").replace("_", "-"), scene


def _module(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"tests.screenshots.{file.stem}", file)
    if spec is None or spec.loader is None:
        raise SystemExit(f"not a module: {file}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _own_settings(folder: Path) -> None:
    """Keep the pictures apart from what the program remembers for its user."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA"):
        os.environ[name] = str(folder.resolve())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("screenshots-output"))
    parser.add_argument("--only", default="", help="part of the name of a scene")
    parser.add_argument("--theme", action="append", choices=THEMES)
    parser.add_argument("--size", action="append", choices=list(SIZES))
    return parser


if __name__ == "__main__":
    sys.exit(main())
