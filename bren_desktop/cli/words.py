"""What the words of every command have in common: options that each has, and how its arguments are explained."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, _SubParsersAction
from collections.abc import Sequence
from typing import TypeAlias

from bren_desktop.domain.actors import Role

Commands: TypeAlias = "_SubParsersAction[ArgumentParser]"
CASE = "nummer of kenmerk van de casus"
EXPERT = "kenmerk van het pareltje, zoals bren match dat toont"
LAPTOP = "kenmerk van de laptop, zoals bren device list dat toont"
ROLES = [role.value for role in Role]
_MOST_COUNTED = 1_000_000
"""More than a profile holds of anything."""


def common(target: ArgumentParser, *, defaults: bool) -> None:
    """Add the options of every command: only the top has `defaults`, or else it would undo what was given before."""
    missing = None if defaults else SUPPRESS
    target.add_argument("--profile", metavar="MAP", default=missing, help="map van het profiel (of BREN_PROFILE)")
    target.add_argument(
        "--passphrase-file", metavar="BESTAND", default=missing, help="wachtwoordbestand (of BREN_PASSPHRASE_FILE)"
    )
    target.add_argument(
        "--recovery-code-file",
        metavar="BESTAND",
        default=missing,
        help="bestand met de herstelcode, om zonder het wachtwoord te openen",
    )
    target.add_argument(
        "--json", action="store_true", default=False if defaults else SUPPRESS, help="uitvoer op één regel"
    )


def command(commands: Commands, name: str, description: str) -> ArgumentParser:
    """Add a command with the options that each has."""
    made = commands.add_parser(name, help=description, description=description)
    common(made, defaults=False)
    return made


def count(text: str) -> int:
    """A number of records. Raises ArgumentTypeError."""
    number = int(text)
    if not 0 <= number <= _MOST_COUNTED:
        raise ArgumentTypeError(f"Geef een getal van 0 tot en met {_MOST_COUNTED}.")
    return number


def one_of(words: Sequence[str]) -> str:
    """`a, b of c`."""
    return " of ".join(filter(None, (", ".join(words[:-1]), words[-1])))
