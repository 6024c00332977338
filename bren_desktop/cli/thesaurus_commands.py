"""The thesaurus without a window: a file of somebody checked, and ours written to a file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from bren_desktop import bundled
from bren_desktop.cli.files import read_file
from bren_desktop.cli.output import show
from bren_desktop.errors import InvalidInputError
from bren_desktop.exchange.target import writing
from bren_desktop.language.skos import turtle
from bren_desktop.language.thesaurus import LARGEST, Thesaurus, parsed, shipped


def check(options: Namespace) -> None:
    """Say what a thesaurus holds, or which concept is wrong."""
    show(options, _counts(parsed(_text(options.file))))


def export(options: Namespace) -> None:
    """Write the thesaurus as the file that can be changed and checked, or as SKOS."""
    source = bundled.folder("resources") / "thesaurus" / "jeugdhulp.toml"
    data = turtle(shipped()).encode() if options.skos else source.read_bytes()
    with writing(Path(options.out)) as file:
        file.write(data)
    show(options, _counts(shipped()))


def _text(path: str) -> str:
    try:
        return read_file(path, LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInputError("Het bestand is geen leesbare tekst in UTF-8.") from error


def _counts(known: Thesaurus) -> dict[str, int]:
    labels = sum(len(one.labels) for one in known.concepts.values())
    return {"concepts": len(known.concepts), "labels": labels}
