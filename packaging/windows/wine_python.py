"""A genuine Windows CPython 3.11 under Wine on Debian, so that Windows behaviour is tested where no Windows is.

    python packaging/windows/wine_python.py set-up FOLDER
    python packaging/windows/wine_python.py run FOLDER ARGUMENT ...

It is made of python311.dll and the standard extension modules as they lie inside the wheel of panda3d, a python.exe of
four lines, the standard library of the Python 3.11 that runs this script, the runtime wheels of requirements.lock for
Windows, and stand-ins for three libraries that Wine 8 lacks. The recipe is adapted from the client's `windows-python`.
For tests only: never ship anything made with it. Wine is not Windows: what fails here is worth understanding, and what
passes here can still fail there.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from uv import find_uv_bin

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
LOCK = PROJECT / "requirements.lock"
COMPILER = "x86_64-w64-mingw32-gcc"
TOOLS = {"wine": "wine wine64", COMPILER: "gcc-mingw-w64-x86-64", "Xvfb": "xvfb"}
BESIDE_MODULES = {"libffi-8.dll", "libcrypto-3.dll", "libssl-3.dll", "sqlite3.dll"}
NOT_FOR_WINDOWS = ("site-packages", "dist-packages", "test", "lib-dynload", "config-3.11*", "__pycache__")


def set_up(home: Path) -> None:
    """Make the Python in `home`, unless it is there already for these same sources and this same lock."""
    if sys.version_info[:2] != (3, 11):
        raise SystemExit(
            "The Windows Python takes its standard library from the Python that makes it: use Python 3.11."
        )
    _need_tools()
    ready = home / "ready"
    if ready.is_file() and ready.read_text("utf-8") == _fingerprint():
        return
    shutil.rmtree(home, ignore_errors=True)
    (home / "build").mkdir(parents=True)
    _call("wine", "wineboot", "-i", environment=_environment(home))
    _call("wineserver", "-w", environment=_environment(home))
    _lay_interpreter(home)
    _compile_libraries(home)
    _install(home / "python" / "Lib" / "site-packages", LOCK)
    shutil.rmtree(home / "build")
    if run(home, ["-c", "import sys, ssl, sqlite3; print('Windows Python', sys.version.split()[0], 'is in place')"]):
        raise SystemExit("The Windows Python does not start.")
    ready.write_text(_fingerprint(), "utf-8")


def run(home: Path, arguments: list[str]) -> int:
    """Run its python.exe on a screen of its own; what it prints is passed on, its exit code comes back."""
    with _screen() as display:
        environment = {
            **_environment(home),
            "DISPLAY": display,
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": "Z:" + str(PROJECT).replace("/", "\\"),
        }
        command = ["wine", str(home / "python" / "python.exe"), *arguments]
        # Wine 8 gives Python usable streams only when input is given and output goes to a pipe.
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            for line in process.stdout or ():
                print(line.decode("utf-8", "replace").rstrip(), flush=True)
        _call("wineserver", "-k", environment=environment, check=False)
        return process.returncode


def _need_tools() -> None:
    missing = [packages for tool, packages in TOOLS.items() if shutil.which(tool) is None]
    if not missing:
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *" ".join(missing).split()]
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise SystemExit(f"This needs Wine. Run this once, then start again:\n  sudo {' '.join(install)}")
    _call("apt-get", "update", "--quiet")
    _call(*install, environment={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def _fingerprint() -> str:
    """Changes when anything that the Python is made of changes."""
    sources = [LOCK, *sorted(path for path in HERE.rglob("*") if path.is_file() and path.suffix != ".pyc")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_", "VIRTUAL_ENV"))}
    wine = {
        "WINEPREFIX": str(home / "prefix"),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscms=n,b;mshtml=;winedbg.exe=d",  # no dialog after a crash: nobody would close it
    }
    return {**kept, **wine}


def _lay_interpreter(home: Path) -> None:
    """Put python311.dll, the extension modules and the standard library in their places."""
    python = home / "python"
    (python / "DLLs").mkdir(parents=True)
    _install(home / "build" / "panda3d", HERE / "panda3d.lock")
    for library in (home / "build" / "panda3d" / "deploy_libs").iterdir():
        beside = library.suffix == ".pyd" or library.name in BESIDE_MODULES
        shutil.move(library, python / "DLLs" if beside else python)
    library_of_ours = sysconfig.get_path("stdlib")
    shutil.copytree(library_of_ours, python / "Lib", ignore=shutil.ignore_patterns(*NOT_FOR_WINDOWS))
    (python / "Lib" / "site-packages").mkdir()
    shutil.copy(HERE / "stand_ins" / "sitecustomize.py", python / "Lib" / "site-packages")


def _install(target: Path, lock: Path) -> None:
    """Unpack the wheels of a lock for Windows."""
    platform = ("--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11", "--only-binary", ":all:")
    options = ("--quiet", "--no-deps", "--require-hashes", "--target", str(target))
    _call(find_uv_bin(), "pip", "install", *options, *platform, "--requirements", str(lock), environment=os.environ)


def _compile_libraries(home: Path) -> None:
    """Compile python.exe, python3.dll and the stand-ins for what Wine lacks."""
    python, system = home / "python", home / "prefix" / "drive_c" / "windows" / "system32"
    _compile("python.c", python / "python.exe", "-municode", str(python / "python311.dll"))
    exports = home / "build" / "python3.def"
    exports.write_text(_forwarded(python / "python311.dll"), "utf-8")
    _compile("python3.c", python / "python3.dll", "-shared", "-nostdlib", "-Wl,-e,DllMain", str(exports))
    for name in ("bcryptprimitives", "icuuc", "mscms"):
        _compile(f"{name}.c", system / f"{name}.dll", "-shared", "-ladvapi32")


def _compile(source: str, target: Path, *options: str) -> None:
    # Options that name libraries come after the source: the linker reads from left to right.
    _call(COMPILER, "-O2", "-w", "-o", str(target), str(HERE / "stand_ins" / source), *options)


def _forwarded(library: Path) -> str:
    """An export list that passes every name of a library on to it."""
    table = _call("x86_64-w64-mingw32-objdump", "-p", str(library)).split("[Ordinal/Name Pointer] Table", 1)[1]
    names = re.findall(r"^\s*\[ *\d+\](?:.*\s)?(\w+)$", table.split("\n\n", 1)[0], re.MULTILINE)
    return "LIBRARY python3\nEXPORTS\n" + "".join(f"  {name} = python311.{name}\n" for name in names)


@contextmanager
def _screen() -> Iterator[str]:
    """An X server of our own on a free display, gone afterwards."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


def _call(*command: str, environment: Mapping[str, str] | None = None, check: bool = True) -> str:
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )
    if check and done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> int:
    """Set up or run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", choices=["set-up", "run"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    if given.work == "set-up":
        set_up(given.folder.resolve())
        return 0
    return run(given.folder.resolve(), given.arguments)


if __name__ == "__main__":
    sys.exit(main())
