"""`bren --help` explains everything: whoever writes a script asks the program, and has nobody beside them."""

from __future__ import annotations

from argparse import Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterator

import pytest

from bren_desktop.cli.arguments import parser


def _commands(at: ArgumentParser, words: str = "bren") -> Iterator[tuple[str, ArgumentParser]]:
    """Every command by its words, the groups too."""
    yield words, at
    for action in at._actions:
        if isinstance(action, _SubParsersAction):
            for name, below in action.choices.items():
                yield from _commands(below, f"{words} {name}")


def _asked(at: ArgumentParser) -> Iterator[Action]:
    return (action for action in at._actions if not isinstance(action, _SubParsersAction))


def test_every_option_and_argument_has_help() -> None:
    commands = dict(_commands(parser()))
    assert "bren thesaurus export" in commands
    silent = [
        f"{words}: {'/'.join(action.option_strings) or action.metavar or action.dest}"
        for words, at in commands.items()
        for action in _asked(at)
        if not action.help
    ]
    assert not silent


def test_every_command_says_what_it_does_and_prints_its_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    for words, at in _commands(parser()):
        told = at.description or ""
        assert told.endswith("."), words
        assert told in " ".join(at.format_help().split()), words
