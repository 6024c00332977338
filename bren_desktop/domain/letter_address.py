"""Whom a letter goes to: the lines in the window of the envelope, and the salutation."""

from __future__ import annotations

import re

from bren_desktop.domain.dutch import capitalised
from bren_desktop.domain.experts import Expert, address_lines
from bren_desktop.domain.records import Team

FEWEST_LINES, MOST_LINES = 3, 6
"""Lines of a postal address, as PostNL asks."""
_TITLE = re.compile(r"(?P<title>mevrouw|mevr\.?|mw\.?|de heer|dhr\.?|meneer)\s+(?P<rest>.+)", re.IGNORECASE)
_TELLING = re.compile(r"jeugd|expertteam|casu[iï]stiek|hulp|zorg", re.IGNORECASE)
_BEFORE_SURNAME = re.compile(r"(?:(?:prof|drs|dr|mr|ing|ir)\.?\s+)*(?:(?:[A-Z][a-z]?\.\s*)+)?")
"""Degrees and initials, which a salutation leaves out."""
_NUMBERED = re.compile(r"\d")


def recipient_lines(expert: Expert) -> tuple[str, ...]:
    """Organisation, name, street, postcode and place: at most six lines; none where nobody is named.

    Without an address only organisation and name remain: the letter then goes by secure e-mail.
    """
    if not expert.naam and not expert.organisatie:
        return ()
    who = [expert.organisatie, f"t.a.v. {expert.naam}" if expert.naam else ""] if expert.organisatie else [expert.naam]
    named = [line for line in who if line]
    street = [line for line in address_lines(expert.adres) if line not in named]
    return (*named, *street[-(MOST_LINES - len(named)) :])


def salutation(expert: Expert) -> str:
    """How a letter to an expert begins."""
    return greeting(expert.naam, expert.titel)


def greeting(name: str, title: str = "") -> str:
    """`Geachte mevrouw Van Dijk,` where the name says so, else `Geachte A. de Vries,`."""
    if not name:
        return "Geachte collega,"
    found = _TITLE.fullmatch(name)
    if not found:
        return f"Geachte {' '.join(filter(None, (title, name)))},"
    lady = found["title"].casefold().startswith("m") and found["title"].casefold() != "meneer"
    surname = _BEFORE_SURNAME.sub("", found["rest"], count=1) or found["rest"]
    return f"Geachte {'mevrouw' if lady else 'heer'} {capitalised(surname)},"


def sender_line(team: Team, *, at_home: bool) -> str:
    """The return address above the address. What shows in a window at home never tells that it is about youth care."""
    lines = address_lines(team.adres)
    if not at_home:
        return team.afzender or ", ".join(lines)
    neutral = ", ".join(line for line in lines if _NUMBERED.search(line) or not _TELLING.search(line))
    return neutral if _TELLING.search(team.afzender) else team.afzender or neutral
