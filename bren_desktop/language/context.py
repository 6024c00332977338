"""What stands around a term: whether the text denies it, and whether it is about a parent instead of the child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bren_desktop.language.tokens import Token

_REACH = 7
_DENIALS = frozenset("geen gn zonder noch ontkent ontkennen ontkende ontkend nooit uitgesloten".split())
_NOT = "niet"
_WITHOUT = "zonder"
_NOT_REACH = 3
_NEVER = frozenset({_NOT, "nooit", "geen"})
_ENDS_DENIED = frozenset({"niet", "nooit", "nietmeer", "zichniet", "zichnietmeer", "ookniet"})
_VERBS_OF_HAVING = frozenset("heeft hebben had doet doen ziet zien gebruikt speelt".split())
_LISTED = 3
"""An item of a list such as `geen psychose, verslaving of ernstige agressie` has no more words than this."""
_KIN_REACH = 12
_TURNS = frozenset(
    "is zijn was heeft hebben wordt worden hij zij ze er maar als wel echter dus want omdat terwijl gaat zit die dat "
    "doordat en plek plekken plaats aanbod hulp behandeling behandelaar zorg therapie opvang aanbieder instelling "
    "kliniek school ruimte geld expertise kennis ervaring antwoord oplossing grip zicht vat vertrouwen contact idee "
    "invloed verbetering resultaat effect afname".split()
)
_TURNS_OF_OFFER = _TURNS - {
    "ervaring",
    "kennis",
    "expertise",
    "hulp",
    "behandeling",
    "zorg",
    "aanbod",
    "opvang",
    "plek",
}
_LACKING = _TURNS - _TURNS_OF_OFFER
_EXCEPT = frozenset("behalve uitgezonderd exclusief contraindicatie contraindicaties uitsluitingscriteria".split())
_SOFTENERS = frozenset({"alleen", "langer", "goed", "genoeg"})
_TO = frozenset({"met", "voor", "bij"})
_DENIED_AFTER = (
    ("niet", "aan", "orde"),
    ("geen", "sprake"),
    ("speelt", "niet"),
    ("is", "niet", "gebleken"),
    ("niet", "vastgesteld"),
    ("niet", "bevestigd"),
    ("niet", "aangetoond"),
    ("niet", "gevonden"),
    ("negatief",),
    ("verworpen",),
    ("niet", "bekend"),
    ("niet", "aanwezig"),
    ("ontkend",),
    ("geseponeerd",),
    ("uitgesloten",),
    ("nee",),
)
_SETTLED = (("geregeld",), ("afgerond",), ("opgeheven",), ("gaat", "goed"), ("loopt", "goed"), ("in", "orde"))
_UNSETTLED = frozenset("niet nog niets geen moet moeten wil willen als zodra half deels onvoldoende".split())
_SIGNS = frozenset("niet geen negatief verworpen ontkend geseponeerd uitgesloten nee".split())
_KIN = frozenset(
    "moeder moeders mdr vader vaders vdr ouder ouders mama papa stiefvader stiefmoeder pleegvader pleegmoeder oma opa "
    "grootouders beide stiefouder".split()
)
_SIBLING = frozenset("broer broertje zus zusje tweelingbroer tweelingzus halfbroer halfzus broers zussen".split())
_HAS = frozenset({"heeft", "had", "hebben", "hadden"})
_SIBLING_REACH = 4
_OTHERS = frozenset("hem haar hen ons elkaar".split())
_PREPOSITIONS = frozenset("met naar bij van tegen voor door aan over richting zonder tussen op".split())
_CHILD = frozenset(
    "hij zij ze hem jongen meisje jongere jeugdige kind dochter zoon puber kinderen broer zus zusje broertje haarzelf "
    "hemzelf zichzelf".split()
)
_TELLING = frozenset(
    "zegt zeggen meldt melden vertelt vertellen ziet zien merkt merken vindt vinden maakt maken zorgen zorg bang wil "
    "willen vraagt vragen denkt denken vreest vrezen vermoedt geeft geven noemt beschrijft herkent vroeg weet weten "
    "kan kunnen hoopt krijgt zoekt houdt houden wijt wijten schrijft schreef ontdekt ontdekte ontdekten vond vonden "
    "zag zagen hoorde hoorden betrapt betrapte betrapten moeten moesten".split()
)


def denied(text: Sequence[Token], places: Sequence[int], *, offer: bool = False) -> bool:
    """Whether the text says that what stands at `places` is not so, is settled, or is so of a brother or sister.

    In an `offer`, the profile of an expert, "geen ervaring met" and "niet voor" deny what follows; in a case they
    say what is lacking around it.
    """
    return (
        _denied_before(text, places, offer=offer)
        or _denied_within(text, places)
        or _denied_after(text, places)
        or (not offer and _settled(text, places))
        or _denied_verb(text, places)
        or _of_sibling(text, places)
    )


def of_parent(text: Sequence[Token], places: Sequence[int]) -> bool:
    """Whether what stands at `places` is said of a parent."""
    return _parent_before(text, places) or _parent_after(text, places)


def _denied_before(text: Sequence[Token], places: Sequence[int], *, offer: bool) -> bool:
    first = places[0]
    turns = _TURNS_OF_OFFER if offer else _TURNS
    for steps, place in enumerate(range(first - 1, max(-1, first - 1 - _REACH), -1), 1):
        token = text[place]
        if token.sentence != text[first].sentence or token.word in turns:
            return False
        if token.word in _DENIALS or (offer and token.word in _EXCEPT):
            return (token.word != _WITHOUT or not _needed(text, place)) and _reaches(text, place, first, offer=offer)
        if token.word == _NOT and token.clause == text[first].clause and text[place - 1].word != "dan":
            after = [near.word for near in text[place + 1 : place + 3]]
            return _SOFTENERS.isdisjoint(after[:1]) and (steps <= _NOT_REACH or (offer and not _TO.isdisjoint(after)))
    return False


def _reaches(text: Sequence[Token], denial: int, first: int, *, offer: bool) -> bool:
    """Whether a denial goes on past the commas up to `first`: only items of a list stand between.

    In an offer `geen inkomen, schulden` names two problems, and `geen ervaring met verslaving, agressie` denies both.
    """
    between = Counter(token.clause for token in text[denial + 1 : first] if token.clause != text[denial].clause)
    if text[first].clause == text[denial].clause or text[denial].word in _EXCEPT:
        return True
    if offer and text[denial + 1].word not in _LACKING:
        return False
    return max(between.values(), default=0) <= _LISTED


def _needed(text: Sequence[Token], without: int) -> bool:
    """Whether another denial turns `zonder` round, as in `kan niet zonder` and `zonder … slaapt hij niet`."""
    around = text[max(0, without - _NOT_REACH) : without + _REACH]
    return any(token.word == _NOT and token.clause == text[without].clause for token in around)


def _denied_within(text: Sequence[Token], places: Sequence[int]) -> bool:
    """Whether a denial stands between the words of a term, as in `drinkt niet op school`."""
    between = (place for place in range(places[0] + 1, places[-1]) if place not in places)
    return any(text[place].word in _NEVER and text[place + 1].word not in _SOFTENERS for place in between)


def _denied_verb(text: Sequence[Token], places: Sequence[int]) -> bool:
    """Whether `niet` ends the clause of a verb: `snijdt zich niet meer`, or `gamen doet hij niet`."""
    last = text[places[-1]]
    rest = [token.word for token in text[places[-1] + 1 : places[-1] + 6] if token.clause == last.clause]
    if rest and rest[0] in _VERBS_OF_HAVING:
        return "".join(rest[2:]) in _ENDS_DENIED
    return "".join(rest) in _ENDS_DENIED and any(text[place].word.endswith("t") for place in places)


def _denied_after(text: Sequence[Token], places: Sequence[int]) -> bool:
    last = places[-1]
    rest = text[last + 1 : last + 6]
    words = [token.word for token in rest if token.sentence == text[last].sentence and token.word not in ("de", "het")]
    return not _SIGNS.isdisjoint(words) and any(_opens_with(words, sign) for sign in _DENIED_AFTER)


def _settled(text: Sequence[Token], places: Sequence[int]) -> bool:
    """Whether it is no matter any more, as in `de Wlz is geregeld`."""
    last = text[places[-1]]
    words = [token.word for token in text[places[-1] + 1 : places[-1] + 6] if token.sentence == last.sentence]
    return _UNSETTLED.isdisjoint(words) and any(_opens_with(words, sign) for sign in _SETTLED)


def _of_sibling(text: Sequence[Token], places: Sequence[int]) -> bool:
    """Whether a brother or sister has it, as in `zijn broer heeft autisme`; what they did is another matter."""
    last, near = text[places[-1]], max(0, places[-1] - _SIBLING_REACH - 2)
    clause = [token.word for token in text[places[0] : places[-1] + 2] if token.clause == last.clause]
    before = [token.word for token in text[near : places[-1]] if token.clause == last.clause]
    has = next((place for place, word in enumerate(before) if word in _HAS), 0)
    if not has or _SIBLING.isdisjoint(before[max(0, has - 2) : has]) or len(before) - has > _SIBLING_REACH:
        return False
    return _OTHERS.isdisjoint(before[has:]) and not any(map(_is_deed, clause))


def _is_deed(word: str) -> bool:
    """Whether this may be the participle of what somebody did, as in `heeft zelfmoord gepleegd`."""
    return word.startswith(("ge", "be", "ver", "mis")) and word.endswith(("d", "t")) and word != "gehad"


def _opens_with(words: Sequence[str], sign: Sequence[str]) -> bool:
    """Whether `sign` follows at once, or after a few words such as `is` and `uitgezocht en`."""
    return any(tuple(words[skip : skip + len(sign)]) == tuple(sign) for skip in range(4))


def _parent_before(text: Sequence[Token], places: Sequence[int]) -> bool:
    first = places[0]
    for place in range(first - 1, max(-1, first - 1 - _KIN_REACH), -1):
        token = text[place]
        if token.clause != text[first].clause or token.word in _CHILD or token.word in _TELLING:
            return False
        if token.word in _KIN:
            return not _hangs_on_preposition(text, place)
    return False


def _hangs_on_preposition(text: Sequence[Token], place: int) -> bool:
    """Whether a kin word is no subject: `bij zijn moeder`, but not `Bij moeder` at the start of a clause."""
    clause = text[place].clause
    before = [index for index in (place - 1, place - 2) if index >= 0 and text[index].clause == clause]
    found = next((index for index in before if text[index].word in _PREPOSITIONS), None)
    return found is not None and found > 0 and text[found - 1].clause == clause


def _parent_after(text: Sequence[Token], places: Sequence[int]) -> bool:
    last = places[-1]
    rest = [token for token in text[last + 1 : last + 4] if token.clause == text[last].clause]
    if rest and rest[0].word in _KIN:
        return text[last].word.endswith("e")
    return len(rest) > 1 and rest[0].word in ("van", "bij") and any(token.word in _KIN for token in rest[1:])
