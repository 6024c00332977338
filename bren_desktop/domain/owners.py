"""Whether a text names exactly one who can be called to account: the owner of a point, or the procesregisseur.

People write a name, a name with an organisation, or an organisation alone; many of those hold an "en" and are one.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from bren_desktop.domain.vocabulary import folded, vocabulary


class Naming(Enum):
    """How many a text names."""

    ONE = "een"
    SEVERAL = "meer"
    GROUP = "groep"
    """A family or another group, of which nobody is named."""
    NOBODY = "niemand"


_APART = re.compile(r"[;/\\|+\n]")
_WITH = re.compile(r"&|(?<!\S)\(?(?:en|and|of|plus|met|samen met|i\.?s\.?m\.?)(?!\S)")
_DESCRIBED = re.compile(r",|(?<=\s)[-–—](?=\s)")
_AND_OTHERS = re.compile(r"(?<!\S)(?:c\.?s\.?|e\.a\.?)(?!\S)")
_HALF_WORD = re.compile(r"(?<=\w)-\s+(?:en|&|of)\s+(?=\w)")
"""As in Zorg- en Veiligheidshuis: one name, of which a part is left out."""
_ON_RIVER = re.compile(r"\b([a-z])/([a-z])\b")
"""As in Alphen a/d Rijn."""
_JOINT = ("jeugd en gezin", "jeugd & gezin", "zorg en veiligheid", "werk en inkomen")
_FIRM = re.compile(r"(?:zonen|zoon|zn|dochters?|partners|co|cie)\b")
_ARTICLES = r"(?:(?:de|het|een|alle|beide|zijn|haar|hun)\s+)*"
_TEAM = re.compile(
    rf"{_ARTICLES}(?:\w*(?:team|stichting|vereniging|bureau|centrum|afdeling|dienst|loket|praktijk|instituut)|cluster)\b"
)
"""What a name with several words in it begins with."""
_ORGANISATION = re.compile(
    r"\b(?:gemeente|regio|raad|rechtbank|politie|ggz\w*|jeugd\w*|mee|veilig thuis|gezinshuis|ziekenhuis"
    r"|\w*(?:school|team|stichting|vereniging|bureau|centrum|afdeling|dienst|loket|praktijk|instituut|huisartsenpost"
    r"|bescherming|zorg|zorggroep|instelling|organisatie|reclassering|kliniek|verband|aanbieder|opvang))\b"
)
_ROLE = re.compile(
    r"\b(?:voogd|mentor|docent|oma|opa|tante|oom|zus|broer|directeur|wethouder|secretaris|voorzitter"
    r"|\w*(?:vader|moeder|arts|coach|werker|begeleider|behandelaar|beschermer|regisseur|leider|consulent|psycholoog"
    r"|psychiater|pedagoog|therapeut|manager|adviseur|coordinator|leerkracht|verwijzer|deskundige))\b"
)
_GROUP = re.compile(
    rf"{_ARTICLES}(?:\w*ouders|\w*ouder\(s\)|gezin|familie|verzorgers|broers|zussen|kinderen|wij|allen|allemaal|iedereen"
    r"|betrokkenen)(?!\w)"
)
_UNKNOWN = re.compile(
    r"(?:nog |nader )?(?:niet bekend|onbekend|te bepalen|volgt(?: nog)?|geen|niemand|vacature|wie)"
    r"|n\.?t\.?b\.?|n\.?v\.?t\.?"
)
_NAME = re.compile(r"[^\W\d_]{2}")


def naming(text: str) -> Naming:
    """How many `text` names: "Jan en Piet" are several, "Team Zorg en Veiligheid" and "Jan, gemeente Delft" are one."""
    bare = "\n".join(map(folded, text.splitlines()))
    if not _NAME.search(bare) or _UNKNOWN.fullmatch(bare.strip("?!.()-– ")):
        return Naming.NOBODY
    if _GROUP.match(bare):
        return Naming.GROUP
    whole = _joint_names().sub("x", _ON_RIVER.sub(r"\1\2", _HALF_WORD.sub("-", bare)))
    several = _AND_OTHERS.search(whole) or len(_named(_APART.split(whole))) > 1 or _are_several(whole)
    return Naming.SEVERAL if several else Naming.ONE


def _are_several(text: str) -> bool:
    """Whether a part names several, or the parts are not one name with what describes it."""
    parts = _named(_DESCRIBED.split(text))
    if any(_is_joined(part) for part in parts):
        return True
    names = [part for part in parts if not (_ORGANISATION.search(part) or _ROLE.search(part))]
    return len(names) > 1 or (len(parts) > 1 and not names and not _TEAM.match(parts[0]))


def _is_joined(part: str) -> bool:
    """Whether an "en" or the like joins two, and is not within the name of one organisation."""
    joined = _named(_WITH.split(part))
    if len(joined) < 2 or _FIRM.match(joined[1]):
        return len(joined) > 2
    return not (_TEAM.match(joined[0]) and len(joined[1].split()) == 1 and not _TEAM.match(joined[1]))


def _named(parts: list[str]) -> list[str]:
    return [part.strip() for part in parts if any(map(str.isalpha, part))]


@cache
def _joint_names() -> re.Pattern[str]:
    """Names that hold an "en" and mean one: those of municipalities and regions, and what the field calls itself."""
    places = {
        folded(str(name)) for term in vocabulary("jeugdregios") for name in (term.label, *term.extra["gemeenten"])
    }
    joint = sorted({*_JOINT, *filter(_WITH.search, places)})
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, joint))})(?!\w)")
