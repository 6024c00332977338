"""Wrong usage and help in Dutch: argparse looks each of its texts up by the English one, as gettext does."""

from __future__ import annotations

import argparse

_DUTCH = {
    "usage: ": "gebruik: ",
    "positional arguments": "wat erbij hoort",
    "options": "opties",
    "show this help message and exit": "laat deze hulp zien",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s klopt niet. %(message)s",
    "unrecognized arguments: %s": "Dit hoort niet bij deze opdracht: %s.",
    "the following arguments are required: %s": "Dit ontbreekt nog: %s.",
    "one of the arguments %s is required": "Een hiervan is nodig: %s.",
    "not allowed with argument %s": "Het gaat niet samen met %s.",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r bestaat hier niet. Kies uit %(choices)s.",
    "invalid %(type)s value: %(value)r": "%(value)r is geen heel getal.",
    "expected one argument": "Geef er een waarde bij.",
    "expected at most one argument": "Geef er ten hoogste een waarde bij.",
    "expected at least one argument": "Geef er minstens een waarde bij.",
    "expected %s argument": "Geef er %s waarde bij.",
    "expected %s arguments": "Geef er %s waarden bij.",
    "ignored explicit argument %r": "De waarde %r hoort er niet bij.",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kan meer betekenen: %(matches)s.",
}


def speak_dutch() -> None:
    """Have argparse say everything in Dutch, by putting this in the place of what it took from gettext."""
    vars(argparse).update(_=_said, ngettext=_counted)


def _said(text: str) -> str:
    return _DUTCH.get(text, text)


def _counted(one: str, more: str, count: int) -> str:
    return _said(one if count == 1 else more)
