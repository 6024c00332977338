"""The passphrase or the recovery code, from a file that only its owner can read."""

from __future__ import annotations

import os
import stat
import sys
from argparse import Namespace
from pathlib import Path

from bren_desktop.errors import InvalidInputError
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Profile

_LARGEST = 10_000


def passphrase(options: Namespace) -> str:
    """The first line of the file given by --passphrase-file or BREN_PASSPHRASE_FILE."""
    given = options.passphrase_file or os.environ.get("BREN_PASSPHRASE_FILE")
    if not given:
        raise InvalidInputError("Geef een wachtwoordbestand met --passphrase-file of BREN_PASSPHRASE_FILE.")
    return first_line(Path(given))


def has_secret(options: Namespace) -> bool:
    """Whether a file with the passphrase or the recovery code was named."""
    return bool(options.recovery_code_file or options.passphrase_file or os.environ.get("BREN_PASSPHRASE_FILE"))


def opened(options: Namespace, target: Profile) -> Workspace:
    """The profile, opened by the recovery code where one is given, else by the passphrase."""
    if options.recovery_code_file:
        return target.unlock_with_recovery(first_line(Path(options.recovery_code_file), "bestand met de herstelcode"))
    return target.unlock(passphrase(options))


def first_line(path: Path, called: str = "wachtwoordbestand") -> str:
    """The secret in the file `path`, `called` so when others can read it, or nobody can: InvalidInputError."""
    try:
        with path.open("rb") as file:
            _refuse_shared(os.fstat(file.fileno()).st_mode, called)
            data = file.read(_LARGEST)
        lines = data.decode("utf-8-sig").splitlines()
    except OSError as error:
        raise InvalidInputError("Het {bestand} kan niet worden gelezen. Controleer het pad.", bestand=called) from error
    except UnicodeDecodeError as error:
        raise InvalidInputError("Het {bestand} is geen tekst in UTF-8.", bestand=called) from error
    if not lines or not lines[0]:
        raise InvalidInputError("Het {bestand} is leeg.", bestand=called)
    return lines[0]


def _refuse_shared(mode: int, called: str) -> None:
    if sys.platform != "win32" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise InvalidInputError(
            "Anderen kunnen het {bestand} lezen. Maak het alleen voor uzelf leesbaar (chmod 600) en probeer "
            "het opnieuw.",
            bestand=called,
        )
