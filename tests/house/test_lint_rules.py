"""The house's own lint rules bite: each refuses a line that a hurried colleague might write."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

OPENING = '"""A module."""\n\nfrom __future__ import annotations\n\n'

REFUSED = {
    "a clock to wait for": ("TID251", "import time\n\ntime.sleep(1)\n"),
    "a temp folder": ("TID251", "import tempfile\n\ntempfile.mkdtemp()\n"),
    "a browser": ("TID251", "import webbrowser\n\nwebbrowser.open('x')\n"),
    "markup in a label": ("TID251", "from PySide6.QtCore import Qt\n\nform = Qt.TextFormat.RichText\n"),
    "a nested event loop": (
        "TID251",
        "from PySide6.QtWidgets import QApplication\n\nQApplication.processEvents()\n",
    ),
    "the pool that forgets the key": ("TID251", "from sqlalchemy.dialects.sqlite import pysqlcipher\n\npysqlcipher\n"),
    "a relative import": ("TID252", "from . import errors\n\nerrors\n"),
    "print in the program": ("T201", "print('x')\n"),
    "the wall clock": ("DTZ011", "import datetime\n\nday = datetime.date.today()\n"),
    "a blind except": ("BLE001", "try:\n    open\nexcept Exception:\n    day = 1\n"),
    "code in a comment": ("ERA001", "# day = open(1)\n"),
    "a note for later": ("FIX002", "# TO" + "DO: later\n"),
    "a path as text": ("PTH118", "import os\n\nos.path.join('a', 'b')\n"),
    "XML from outside": ("S314", "from xml.etree import ElementTree\n\nElementTree.fromstring('x')\n"),
}


def _codes(project: Path, text: str, place: str) -> set[str]:
    command = [sys.executable, "-m", "ruff", "check", "--output-format", "json", "--stdin-filename", place, "-"]
    done = subprocess.run(command, input=text, cwd=project, capture_output=True, encoding="utf-8", check=False)
    return {found["code"] for found in json.loads(done.stdout)}


@pytest.mark.parametrize(("code", "line"), REFUSED.values(), ids=REFUSED.keys())
def test_the_program_may_not_hold(project: Path, code: str, line: str) -> None:
    assert code in _codes(project, OPENING + line, "bren_desktop/services/probe.py")


def test_a_plain_module_passes(project: Path) -> None:
    assert not _codes(project, OPENING + "HUNDRED = 100\n", "bren_desktop/services/probe.py")


def test_every_module_takes_annotations_from_the_future(project: Path) -> None:
    assert "I002" in _codes(project, '"""A module."""\n\nHUNDRED = 100\n', "bren_desktop/services/probe.py")
