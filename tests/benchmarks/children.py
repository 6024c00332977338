"""Starting a window in a process of its own and hearing what its stopwatch saw."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "vier gele fietsen meten"
TOO_LONG_S = 1800
"""A window that met a fault shows it and waits for somebody to read it; nobody is here."""


def run(module: str, home: Path, *arguments: str, stdin: object = None) -> dict[str, Any]:
    """Run `tests.benchmarks.<module>`; its answer, with `spawned` as the moment before it was started."""
    environment = {**os.environ, **_own_places(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    spawned = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments],
        input=json.dumps(stdin),
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=TOO_LONG_S,
    )
    if done.returncode:
        raise SystemExit(f"{module} ended with {done.returncode}:\n{done.stderr}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {"spawned": spawned, **answer}


def _own_places(home: Path) -> dict[str, str]:
    """The user's own settings are neither read nor written."""
    return dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA"), str(home))


def peak_memory() -> int:
    """The most memory that this process has held, in bytes; 0 where the system does not say.

    Not `ru_maxrss`: Linux hands that of the process before `exec` down, and the runner is a large one.
    """
    status = Path("/proc/self/status")
    lines = status.read_text("ascii").splitlines() if status.is_file() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)
