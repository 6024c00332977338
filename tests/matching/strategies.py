"""Any question and any profile, as matching may be asked about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from bren_desktop.domain.vocabulary import TO_CODE, vocabulary
from bren_desktop.matching.candidate import Profile, Told
from bren_desktop.matching.earlier import Past
from bren_desktop.matching.question import Need, Question, Warned, Wish, WishKind

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Row:
    """A row of the pool, as matching asks for it."""

    entity: str = "e1"
    id: str = "1"
    naam: str = "Jo Voorbeeld"
    functie: str = ""
    organisatie: str = ""
    soort: str = "SE-PARELTJE"
    regio: str = ""
    regios: tuple[str, ...] = ()
    landelijk_inzetbaar: bool | None = None
    expertise: tuple[str, ...] = ()
    domeinen: tuple[str, ...] = ()
    leeftijd_van: int | None = None
    leeftijd_tot: int | None = None
    beschikbaarheid: str = ""
    beschikbaar_vanaf: date | None = None
    afwezig_tot: date | None = None
    uren_per_maand: int | None = None
    raamovereenkomst: str = ""
    talen: tuple[str, ...] = ()
    titel: str = ""
    mandaat: str = ""
    profiel: str = ""
    profiel_gecontroleerd: date | None = None


def _codes(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([term.code for term in vocabulary(name)])


EXPERTISE = st.sampled_from(["EX-ASS", "EX-JUR", "EX-ERV", "EX-OND"]) | _codes("expertise_pareltjes")
DOMAINS = st.sampled_from(["DM-JGGZ", "DM-FOR"]) | _codes("domeinen")
"""Some of them more often, so that question and profile meet."""
REGIONS = _codes("jeugdregios") | st.sampled_from(["JZ18", "JZ24", "JZ29", "JZ31", TO_CODE])
"""Some of them near each other, and one that no list knows."""
CONCEPTS = st.sampled_from(["autisme", "bemiddeling", "thuiszitten"])
DAYS = st.none() | st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))
AGES = st.none() | st.integers(11, 16) | st.integers(0, 27)
STRENGTHS = st.floats(0.05, 1.0)

ROWS = st.builds(
    Row,
    entity=st.uuids().map(str),
    id=st.uuids().map(str),
    naam=st.text(max_size=8),
    titel=st.sampled_from(["", "mevr.", "dhr.", "drs."]),
    soort=_codes("soort_expert"),
    regio=st.just("") | REGIONS,
    regios=st.lists(REGIONS, max_size=2).map(tuple),
    landelijk_inzetbaar=st.none() | st.booleans(),
    expertise=st.lists(EXPERTISE, max_size=9, unique=True).map(tuple),
    domeinen=st.lists(DOMAINS, max_size=3, unique=True).map(tuple),
    leeftijd_van=AGES,
    leeftijd_tot=AGES,
    beschikbaarheid=st.sampled_from(["", "BS-DIRECT", "BS-BEPERKT", "BS-VANAF", "BS-NIET", TO_CODE]),
    beschikbaar_vanaf=DAYS,
    afwezig_tot=DAYS,
    uren_per_maand=st.none() | st.integers(0, 40),
    raamovereenkomst=st.sampled_from(["", "ja", "nee", "RO-2024-11", "geen, loopt nog"]),
    talen=st.lists(st.sampled_from(["Turks", "Arabisch"]), max_size=2, unique=True).map(tuple),
    mandaat=st.sampled_from(["", "Mag een plek toezeggen."]),
)
WORDS = st.sampled_from([("woord",), ("iets", "anders")])
TOLD = st.dictionaries(EXPERTISE | CONCEPTS, st.builds(Told, STRENGTHS, WORDS), max_size=4)


def profile(row: Row, told: dict[str, Told] | None = None, mandate: str = "", experience: str = "") -> Profile:
    """`row`, with what its text tells."""
    spoken = {language: language for language in row.talen}
    return Profile(row, told or {}, spoken, mandate, experience, {"mevr.": "vrouw", "dhr.": "man"}.get(row.titel, ""))


PROFILES = st.builds(profile, ROWS, TOLD, st.sampled_from(["", "mandaat"]), st.sampled_from(["", "eigen ervaring"]))
WISHES = st.sampled_from(
    [
        Wish(WishKind.LANGUAGE, "Turks", "Turkssprekend"),
        Wish(WishKind.LANGUAGE, "Pools", "Pools"),
        Wish(WishKind.REGION, "JZ24", "uit Delft"),
        Wish(WishKind.EXPERIENCE, "", "eigen ervaring"),
        Wish(WishKind.GENDER, "vrouw", "een vrouw"),
    ]
)
EVIDENCE = st.sampled_from([(), ("slaapt niet",), ("a", "b", "c")])
NEEDS = st.builds(Need, EXPERTISE, STRENGTHS, EVIDENCE) | st.builds(
    Need,
    CONCEPTS,
    STRENGTHS,
    EVIDENCE,
    st.dictionaries(EXPERTISE, STRENGTHS, max_size=2).map(lambda codes: tuple(codes.items())),
)
WARNED = st.builds(Warned, st.just("bemiddeling"), st.just("bemiddeling"), EVIDENCE)
QUESTIONS = st.builds(
    Question,
    needs=st.lists(NEEDS, max_size=5, unique_by=lambda need: need.code).map(tuple),
    domains=st.lists(st.builds(Need, DOMAINS, STRENGTHS), max_size=4, unique_by=lambda need: need.code).map(tuple),
    age=AGES,
    region=st.just("") | REGIONS,
    urgent=st.booleans(),
    wishes=st.lists(WISHES, max_size=3, unique=True).map(tuple),
    process=st.floats(0, 1),
    process_evidence=EVIDENCE,
    warned=st.lists(WARNED, max_size=1).map(tuple),
)


@st.composite
def _pasts(draw: st.DrawFn) -> Past:
    """Inzetten of which not every one has a result."""
    ratings = draw(st.lists(st.floats(0, 1), max_size=4).map(tuple))
    times = draw(st.integers(0, len(ratings)))
    asked = draw(st.none() | st.integers(0, 400).map(lambda days: TODAY - timedelta(days=days)))
    return Past(ratings, {"opgelost": times} if times else {}, asked)


PAST = _pasts()
