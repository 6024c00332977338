"""Everything a developer runs, one session each: `nox -s tests`, `nox -l` lists them all.

Each session keeps a small environment of its own under .nox; uv links the same files into all of them, so that a
second session costs seconds. Packages come from the two lock files, every one checked against its hash.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "types", "tests"]

SUPPORTED = ((3, 11), (3, 13))
LOCKS = {"requirements.lock": "build", "requirements-dev.lock": "dev"}
QT_PACKAGES = ("libgl1", "libegl1", "libxkbcommon0", "libglib2.0-0", "libfreetype6", "libfontconfig1", "libdbus-1-3")
WINDOW_PACKAGES = (
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxcb-xkb1"),
    "libxkbcommon-x11-0",
)
SBIN = ("/usr/sbin", "/usr/local/sbin")
"""Where servers lie, which ordinary users do not have in their PATH."""
TIME_TO_CLOSE_S = 10.0
"""After Ctrl+C: drafts are kept and the store is closed before the program ends."""
CAN_LOAD_QT = "import PySide6.QtWidgets"
CAN_OPEN_WINDOW = """
import ctypes, pathlib, PySide6.QtWidgets
ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqxcb.so"))
"""


@nox.session
def demo(session: nox.Session) -> None:
    """Do the main job on fictional data: in the window, or without a screen into demo-output/."""
    _set_up(session)
    _need_qt(session, window=_has_screen())
    if _has_screen():
        session.run("python", "-m", "bren_desktop", "--demo", *session.posargs, interrupt_timeout=TIME_TO_CLOSE_S)
    else:
        arguments = session.posargs or ["--out", "demo-output"]
        session.run("python", "-m", "bren_desktop", "--demo", "--headless", *arguments, env=_offscreen())


@nox.session
def app(session: nox.Session) -> None:
    """Start the program as its user does; what follows `--` is passed on."""
    _set_up(session)
    _need_qt(session, window=True)
    session.run("python", "-m", "bren_desktop", *session.posargs, interrupt_timeout=TIME_TO_CLOSE_S)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests, on every core; what follows `--` goes to pytest, which then runs in one process."""
    _set_up(session)
    _need_qt(session)
    session.run("python", "-m", "pytest", *(session.posargs or ["--numprocesses", "auto"]), env=_offscreen())


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, layout and the import contracts; `-- --fix` mends what can be mended."""
    _set_up(session)
    session.run("ruff", "check", *session.posargs, ".")
    session.run("ruff", "format", *([] if "--fix" in session.posargs else ["--check"]), ".")
    session.run("lint-imports", "--no-logo")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types, those of the tests too."""
    _set_up(session)
    session.run("mypy", *session.posargs)


@nox.session
def forms(session: nox.Session) -> None:
    """Compile the forms of ui/ into bren_desktop/gui/forms; `-- --check` only compares."""
    _set_up(session)
    session.run("python", "ui/compile_forms.py", *session.posargs)


@nox.session
def screenshots(session: nox.Session) -> None:
    """Take pictures of every screen into screenshots-output/."""
    _set_up(session)
    _need_qt(session)
    session.run("python", "tests/screenshots/take.py", *session.posargs, env=_offscreen())


@nox.session
def bench(session: nox.Session) -> None:
    """Measure the program against bare code in the same run and write bench.json."""
    _set_up(session)
    _need_qt(session)
    session.run("python", "tests/benchmarks/run.py", *session.posargs, env=_offscreen())


@nox.session
def quality(session: nox.Session) -> None:
    """Measure matching and search on the judged set, beside plain BM25; `-- --half both` shows every case and query."""
    _set_up(session)
    session.run("python", "tests/quality/run.py", *session.posargs)


@nox.session
def apart(session: nox.Session) -> None:
    """Run what belongs to the suite and is too slow for it: the installed wheel, small benchmarks, killed processes."""
    _set_up(session)
    _need_qt(session)
    session.run("python", "-m", "pytest", "-m", "apart and not torture", *session.posargs, env=_offscreen())


@nox.session
def torture(session: nox.Session) -> None:
    """Run the long campaigns that the suite samples."""
    _set_up(session)
    _need_qt(session)
    patient = ("-m", "torture", "-o", "faulthandler_timeout=0")
    session.run("python", "-m", "pytest", *patient, *session.posargs, env=_offscreen())


@nox.session
def samba(session: nox.Session) -> None:
    """Try sync on a real Samba server on this machine; `-- -m torture` runs its long campaigns."""
    _set_up(session)
    _need_samba(session)
    session.run("python", "-m", "pytest", "tests/sync", "-k", "samba", *session.posargs, env=_offscreen())


@nox.session(name="windows-smoke")
def windows_smoke(session: nox.Session) -> None:
    """Do the main job on Windows, or with the Windows build of Python under Wine."""
    _set_up(session)
    if sys.platform == "win32":
        session.run("python", "tests/windows/smoke.py", *session.posargs)
        return
    home = Path(".nox", "windows").resolve()
    session.run("python", "packaging/windows/wine_python.py", "set-up", str(home))
    session.run("python", "packaging/windows/wine_python.py", "run", str(home), "tests/windows/smoke.py")


@nox.session
def freeze(session: nox.Session) -> None:
    """Freeze the program into dist/bren-desktop and do the main job with it, outside the tree."""
    _set_up(session)
    _need_qt(session, window=True)
    session.run("pyinstaller", "--noconfirm", "--clean", "--log-level", "WARN", "packaging/bren.spec")
    session.run("python", "packaging/smoke.py", "dist/bren-desktop", *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Remake both lock files; `-- --upgrade` takes the newest versions, `-- --upgrade-package NAME` one."""
    for name, group in LOCKS.items():
        session.run(
            *("uv", "pip", "compile", "pyproject.toml", "--group", group, "--output-file", name, "--quiet"),
            *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header"),
            *session.posargs,
            external=True,
        )


def _set_up(session: nox.Session) -> None:
    """Bring the session's environment to exactly the development lock, with the program itself in place."""
    if not SUPPORTED[0] <= sys.version_info[:2] <= SUPPORTED[1]:
        session.error("BREN Desktop runs on Python 3.11, 3.12 and 3.13: make the environment with one of these.")
    session.run_install("uv", "pip", "sync", "--quiet", "--require-hashes", "requirements-dev.lock", external=True)
    session.install("--quiet", "--no-deps", "--no-build-isolation", "--editable", ".")


def _has_screen() -> bool:
    return sys.platform in {"win32", "darwin"} or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _offscreen() -> dict[str, str]:
    return {} if _has_screen() else {"QT_QPA_PLATFORM": "offscreen"}


def _need_qt(session: nox.Session, *, window: bool = False) -> None:
    """Install the shared libraries that Qt needs on Debian when we may, and else say the one command to run."""
    probe, packages = (CAN_OPEN_WINDOW, QT_PACKAGES + WINDOW_PACKAGES) if window else (CAN_LOAD_QT, QT_PACKAGES)
    if sys.platform != "linux" or _python_can(session, probe):
        return
    if shutil.which("apt-get") is None:
        session.error(f"Qt misses shared libraries; on Debian they are in: {' '.join(packages)}")
    _install_packages(session, packages, "Qt misses shared libraries.")
    if not _python_can(session, probe):
        session.error("Qt still misses shared libraries; this shows which: python -c 'import PySide6.QtWidgets'")


def _need_samba(session: nox.Session) -> None:
    """Install a Samba server on Debian when we may, and else say the one command to run."""
    path = os.pathsep.join((os.environ.get("PATH", ""), *SBIN))
    if shutil.which("smbd", path=path):
        return
    if sys.platform != "linux" or shutil.which("apt-get") is None:
        session.error("This needs Samba's server, smbd.")
    _install_packages(session, ("samba",), "This needs Samba's server.")
    if not shutil.which("smbd", path=path):
        session.error("There still is no smbd.")


def _install_packages(session: nox.Session, packages: Sequence[str], why: str) -> None:
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not _may_administer(session):
        session.error(f"{why} Run this once, then start again:\n  sudo {' '.join(install)}")
    as_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    session.run(*as_root, "apt-get", "update", "--quiet", external=True)
    session.run(*as_root, "env", "DEBIAN_FRONTEND=noninteractive", *install, external=True)


def _python_can(session: nox.Session, code: str) -> bool:
    marker = "it can"
    script = f"try:\n    exec({code!r})\n    print({marker!r})\nexcept (ImportError, OSError): pass"
    answer = session.run("python", "-c", script, silent=True, log=False)
    return answer is None or marker in answer  # None: nox only installs


def _may_administer(session: nox.Session) -> bool:
    if os.geteuid() == 0:
        return True
    if shutil.which("sudo") is None:
        return False
    asked = session.run("sudo", "--non-interactive", "true", external=True, success_codes=range(256), silent=True)
    return asked == ""
