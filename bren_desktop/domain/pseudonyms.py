"""Names in running text become roles: "Daan" becomes "de jeugdige", whatever its accents, capitals or genitive.

What is replaced comes from the personal fields of the case itself, and from shapes that identify by themselves: e-mail
addresses, telephone numbers, postcodes and numbers of nine digits. A nickname or a school that no field knows stays:
a person reads the letter before it goes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

from bren_desktop.domain.cases import Case, InvolvedRow
from bren_desktop.domain.dutch import capitalised, long_date
from bren_desktop.domain.fields import Sensitivity, Shape, notes

LEFT_OUT = "[…]"
"""Stands where a quote or a search result would have a name: a reason may end up in a letter."""
NAME_LINES = ("roepnaam", "tussenvoegsel", "achternaam", "jim_naam")
"""The fields with the names of the young person and the JIM; those of others around them stand in `betrokkenen`."""
YOUNG_PERSON = "de jeugdige"
SOMEBODY = "[naam]"

_ROLES = {
    "roepnaam": YOUNG_PERSON,
    "verwijzer_naam": "de verwijzer",
    "verwijzer_organisatie": "de organisatie van de verwijzer",
    "regisseur": "de regisseur",
    "regisseur_organisatie": "de organisatie van de regisseur",
    "jim_naam": "de JIM",
    "analyse_door": "de opsteller",
    "gemeente": "de gemeente",
}
_PEOPLE = ("verwijzer_naam", "regisseur", "jim_naam", "analyse_door")
_SURNAME_FIELDS = ("tussenvoegsel", "achternaam")

_PREFIXES = frozenset(
    "van von de der den het t ten ter te in op aan bij la le el al bin ibn ben da di du dos das del della st".split()
)
_TITLES = frozenset("mevrouw mevr mw meneer mijnheer heer dhr dr drs mr ir ing prof familie fam".split())
_RELATIONS = frozenset(
    "moeder vader ouder ouders oma opa broer zus zusje broertje oom tante voogd mentor mama papa stiefvader "
    "stiefmoeder pleegvader pleegmoeder pleegouders grootouders".split()
)
_ORDINARY = frozenset(
    "al an bakker bas beek ben berg blok boer bos brink broek bruin dam dekker dijk groot haar hart hoek hoog hout "
    "jet jong joy klein koning kok korte kramer kuiper laan lange lente linde lot mark may meer mees merel min molen "
    "mulder oud park post pot prins rood roos ruiter schipper sky smit snel steen ster storm timmer velden visser vos "
    "wijs wil wit wolf zee zon zwart".split()
)
"""Names that are everyday words too: they count as a name only with a capital."""

_PLAIN = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŋ": "n", "ŧ": "t"}
    | dict.fromkeys("’‘ʼ`", "'")
    | dict.fromkeys("\u2010\u2011\u2013", "-")
)
"""Letters that Unicode does not take apart, as people type them without, and the marks that word processors make."""
_LETTER = r"[^\W\d_]"
_TITLE = r"(?:(?:mevrouw|mevr\.?|mw\.?|meneer|mijnheer|de heer|dhr\.?|(?:de\s+)?gemeente|familie|fam\.?)\s+)?"
_ADDRESS = re.compile(r"[\w.+-]+(?P<at>@[\w-]+\.[\w.-]*\w)?")
"""Or what else could begin one, taken whole: else a word of 200,000 letters is tried again from each of them."""
_SHAPES = (
    (re.compile(r"(?<![\w+])(?:\+31|0031|0)[\s-]?(?:\d[\s-]?){8}\d(?!\d)"), "[telefoonnummer]"),
    (re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b"), "[postcode]"),
    (re.compile(r"(?<!\d)\d{4}([. ]?)\d{2}\1\d{3}(?!\d)"), "[nummer]"),
)


def mask_for(case: Case, instead: str = "") -> Callable[[str], str]:
    """What replaces every name that `case` knows (by a role, or `instead`), and what else identifies, in a text."""
    names = [(key, instead or role) for key, role in _names(case) if len(_joined(key)) > 1]
    pattern = _pattern(sorted({key for key, _ in names}, key=len, reverse=True))
    roles = {_joined(key): role for key, role in names}
    twice = _said_twice(roles)

    def mask(text: str) -> str:
        if "@" in text:
            text = _ADDRESS.sub(lambda found: "[e-mailadres]" if found["at"] else found[0], text)
        for shape, words in _SHAPES:
            text = shape.sub(words, text)
        return twice.sub(r"\1", _replaced(text, pattern, roles))

    return mask


def named_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of these names that may stand in `text`, whole or in part: quick, to ask before a mask is made."""
    said = _key(text)
    return tuple(name for name in names if any(part in said for part in _parts(name)))


def _names(case: Case) -> Iterator[tuple[str, str]]:
    """Folded names with their roles; later pairs win, so the most telling come last."""
    for period in case.geschiedenis:
        yield _key(period.aanbieder), "een aanbieder"
    for row in case.betrokkenen:
        yield from _involved(row)
    yield from _fields(case)
    surname = " ".join(filter(None, (case.tussenvoegsel, case.achternaam)))
    yield from ((part, SOMEBODY) for part in (*_parts(case.achternaam), _key(case.achternaam), _key(surname)))
    yield from ((part, YOUNG_PERSON) for part in _parts(case.roepnaam))
    whole = f"{case.roepnaam} {surname}"
    for own in (case.roepnaam, f"{case.roepnaam} {case.achternaam}", _with_initial(whole), whole):
        yield _key(own if case.roepnaam else ""), YOUNG_PERSON


def _fields(case: Case) -> Iterator[tuple[str, str]]:
    for name, note in notes(Case).items():
        value = getattr(case, name)
        if note.sensitivity is not Sensitivity.PERSONAL or note.vocabulary or name in _SURNAME_FIELDS:
            continue
        role = _ROLES.get(name, "[persoonsgegeven]")
        if isinstance(value, date):
            yield from ((form, "[geboortedatum]") for form in _date_forms(value))
        elif note.shape is Shape.SINGLE and value:
            yield from ((form, role) for form in (_forms(value) if name in _PEOPLE else ()))
            yield _key(value), role


def _date_forms(day: date) -> tuple[str, ...]:
    forms = [f"{day:%Y-%m-%d}"]
    for year in (f"{day.year}", f"{day:%y}", f"'{day:%y}"):
        forms.append(long_date(day).replace(f"{day.year}", year))
        forms += [f"{day.day}{mark}{day.month}{mark}{year}" for mark in "-/."]
        forms += [f"{day:%d}{mark}{day:%m}{mark}{year}" for mark in "-/."]
    return tuple(forms)


def _involved(row: InvolvedRow) -> Iterator[tuple[str, str]]:
    role = _role(row)
    yield _key(row.organisatie), "een organisatie"
    for contact in (row.telefoon, row.email):
        yield _key(contact), "[contactgegevens]"
    yield from ((form, role) for form in _forms(row.naam))
    if _parts(row.naam):
        yield _key(row.naam), role


def _role(row: InvolvedRow) -> str:
    relation = row.relatie.strip()
    if not relation or set(_words(relation)) & set(_parts(row.naam)):
        return "een betrokkene"
    first = _words(relation)[:1]
    bare = first and (first[0] in _RELATIONS or first[0] in ("de", "het", "een"))
    lower = relation[:1].lower() + relation[1:]
    return lower if bare else f"de {lower}"


def _forms(name: str) -> Iterator[str]:
    """How people write a name: each part, the surname with what belongs to it, and with an initial or initials."""
    yield from _parts(name)
    said = " ".join(word for word in _key(name).split() if word.strip(".") not in _TITLES)
    words = said.split()
    surname = next((place for place, word in enumerate(words) if place and word.strip("'") in _PREFIXES), len(words))
    if _parts(name) and len(words) > 1:
        yield from filter(None, (" ".join(words[surname:]), _with_initial(said), said))


def _with_initial(name: str) -> str:
    """`S. Jansen` for Sem Jansen."""
    first, _, rest = name.strip().partition(" ")
    return f"{first[:1]}. {rest}" if rest else first


def _parts(name: str) -> tuple[str, ...]:
    """The words of a name that name somebody by themselves."""
    known = _PREFIXES | _TITLES | _RELATIONS
    return tuple(word for word in _words(name) if len(word) > 1 and word not in known)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(rf"{_LETTER}+", _key(text)))


def _key(text: str) -> str:
    return " ".join("".join(_fold(char) for char in text).split())


@cache
def _fold(char: str) -> str:
    """One character without case and accents; nothing for what is invisible."""
    bare = unicodedata.normalize("NFKD", char.casefold()).casefold().translate(_PLAIN)
    return "".join(part for part in bare if not unicodedata.combining(part) and unicodedata.category(part) != "Cf")


def _joined(key: str) -> str:
    """A name however its parts are joined: "Jan-Willem", "Jan Willem", "JanWillem"."""
    return re.sub(r"[\s'-]", "", key)


def _pattern(longest: list[str]) -> re.Pattern[str] | None:
    if not longest:
        return None
    names = "|".join(_expression(name) for name in longest)
    return re.compile(rf"(?<!{_LETTER}){_TITLE}(?P<name>{names})(?P<genitive>'?s|')?(?!{_LETTER})")


def _said_twice(roles: dict[str, str]) -> re.Pattern[str]:
    """Finds "moeder moeder", which "moeder Karin" becomes."""
    nouns = {role.rpartition(" ")[2] for role in roles.values() if role[0] != "["} or {YOUNG_PERSON}
    either = "|".join(re.escape(noun) for noun in sorted(nouns, key=len, reverse=True))
    return re.compile(rf"\b({either})\s+(?:(?:de|het|een)\s+)?(?i:\1)\b", re.IGNORECASE)


def _expression(name: str) -> str:
    if name[0].isdigit():
        return rf"(?<!\d){re.escape(name)}(?!\d)".replace(r"\ ", r"\s+")
    return r"[\s'-]*".join(re.escape(part) for part in re.split(r"[\s'-]+", name) if part)


def _replaced(text: str, pattern: re.Pattern[str] | None, roles: dict[str, str]) -> str:
    if pattern is None or not text:
        return text
    folded, where = _folded(text)
    pieces: list[str] = []
    done = 0
    for found in pattern.finditer(folded):
        start, end = where[found.start()], where[found.end()]
        name = _joined(_key(found["name"]))
        if _is_ordinary(found["name"]) and not text[where[_last_word(found)]].isupper():
            continue
        words = "diens" if found["genitive"] and roles[name][0] != "[" else roles[name]
        pieces += [text[done:start], capitalised(words) if _opens_sentence(text, start) else words]
        done = end
    return "".join([*pieces, text[done:]])


def _is_ordinary(name: str) -> bool:
    """Whether a name is an everyday word, by itself or behind a prefix: "de boer"."""
    telling = [word for word in _words(name) if word not in _PREFIXES]
    return len(telling) == 1 and telling[0] in _ORDINARY


def _last_word(found: re.Match[str]) -> int:
    return found.end("name") - len(_words(found["name"])[-1])


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in `text` that it came from."""
    folded: list[str] = []
    where: list[int] = []
    for place, char in enumerate(text):
        bare = _fold(char)
        folded.append(bare)
        where += [place] * len(bare)
    return "".join(folded), [*where, len(text)]


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"“‘'(")
    return not before or before[-1] in ".!?\n"
