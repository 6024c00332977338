"""The thesaurus without a window: a file checked, and what a profile has in force read, written and changed."""

from __future__ import annotations

import os
from argparse import Namespace
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

from bren_desktop import bundled
from bren_desktop.cli.files import read_file
from bren_desktop.cli.output import show
from bren_desktop.cli.session import profile, unlocked
from bren_desktop.errors import InvalidInputError
from bren_desktop.exchange.target import writing
from bren_desktop.language.skos import turtle
from bren_desktop.language.thesaurus import LARGEST, Thesaurus, parsed, shipped, written
from bren_desktop.services.concept_records import must_know_codes


def check(options: Namespace) -> None:
    """Say what a file holds, or which concept is wrong; without a file, what is in force in a profile and is not."""
    if options.file:
        told = parsed(_text(options.file))
        for concept in told.concepts.values():
            must_know_codes(concept)
        show(options, _counts(told))
        return
    with unlocked(options) as workspace:
        known = workspace.concepts.known(workspace.actor)
    left_out: defaultdict[str, list[str]] = defaultdict(list)
    for each in known.left_out:
        left_out[each.concept].append(each.why)
    show(options, {**_counts(known.thesaurus), "left_out": left_out})


def export(options: Namespace) -> None:
    """Write what is in force in the profile, or else what comes with the program, to be changed and read again."""
    if _has_profile(options):
        with unlocked(options) as workspace:
            thesaurus = workspace.concepts.known(workspace.actor).thesaurus
        data = written(thesaurus).encode()
    else:
        thesaurus = shipped()
        data = (bundled.folder("resources") / "thesaurus" / "jeugdhulp.toml").read_bytes()
    with writing(Path(options.out)) as file:
        file.write(turtle(thesaurus).encode() if options.skos else data)
    show(options, _counts(thesaurus))


def import_file(options: Namespace) -> None:
    """Make what a file holds the thesaurus of the network; all that differs, or nothing."""
    wanted = parsed(_text(options.file))
    with unlocked(options) as workspace:
        show(options, asdict(workspace.concepts.bring(workspace.actor, wanted)))


def _has_profile(options: Namespace) -> bool:
    """Whether one is named; a name that stands ready for other commands counts once there is a profile."""
    return bool(options.profile) or (bool(os.environ.get("BREN_PROFILE")) and profile(options).state != "absent")


def _text(path: str) -> str:
    try:
        return read_file(path, LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInputError("Het bestand is geen leesbare tekst in UTF-8.") from error


def _counts(known: Thesaurus) -> dict[str, object]:
    labels = sum(len(one.labels) for one in known.concepts.values())
    return {"concepts": len(known.concepts), "labels": labels}
