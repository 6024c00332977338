"""A case in whole sentences and labels, for documents. Give it a case that `masking.disclosed` made."""

from __future__ import annotations

from collections.abc import Iterable

from bren_desktop.domain.cases import Case, HistoryRow, full_name, known_date
from bren_desktop.domain.dutch import first_sentences, listing, sentence
from bren_desktop.domain.letter_texts import phrase, plain_form_of_help
from bren_desktop.domain.vocabulary import TO_CODE, vocabulary

_BOY_OR_GIRL = {"GE-M": ("een jongen", "een man"), "GE-V": ("een meisje", "een vrouw")}
_NO_MEASURE = "MA-GEEN"
_VOLUNTARY = "vrijwillig kader"


def who(case: Case) -> str:
    """`een jongen van 15 jaar`, with the name in front where the case still has one."""
    age = case.leeftijd
    child, adult = _BOY_OR_GIRL.get(case.geslacht, ("een jeugdige", "een jongere"))
    kind = adult if age is not None and age >= 18 else child
    aged = kind if age is None else f"{kind} van {age} jaar"
    return f"{full_name(case)}, {aged}" if case.roepnaam else aged


def labels(name: str, codes: Iterable[str]) -> tuple[str, ...]:
    """The labels of `codes` in list `name`, each once; what is still to be coded says nothing to a reader."""
    return tuple(dict.fromkeys(vocabulary(name).label(code) for code in codes if code and code != TO_CODE))


def named(texts: tuple[str, ...]) -> str:
    """`a, b en c`, or `a; b, c en d` where a label holds such words itself."""
    compound = any("," in text or " en " in text for text in texts)
    return "; ".join(texts) if compound else listing(texts)


def reason_for_writing(case: Case) -> str:
    """Why the team asks for help, in at most three sentences."""
    return first_sentences(case.hulpvraag or case.omschrijving, 3)


def sketch(case: Case) -> str:
    """Age, home, legal frame and domains; empty where nothing of it is known."""
    domains = labels("domeinen", case.domeinen)
    known = (
        case.leeftijd is not None or bool(case.roepnaam),
        bool(case.woonsituatie or case.woonsituatie_toelichting),
        bool(legal_frame(case)),
        bool(domains),
    )
    if not any(known):
        return ""
    home = form_of_help(case.woonsituatie)
    parts = [
        phrase("schets_wie", wie=who(case)),
        phrase("schets_wonen", wat=home) if home else "",
        sentence(case.woonsituatie_toelichting),
        phrase("schets_kader", wat=named(legal_frame(case))) if legal_frame(case) else "",
        phrase("schets_domeinen", wat=named(domains)) if domains else "",
    ]
    return " ".join(filter(None, parts))


def legal_frame(case: Case) -> tuple[str, ...]:
    """Legal frame and measures as labels; "no measure" is said as vrijwillig kader."""
    measures = (code for code in case.maatregelen if code != _NO_MEASURE)
    voluntary = (_VOLUNTARY,) if _NO_MEASURE in case.maatregelen else ()
    return (*labels("wettelijk_kader", case.wettelijk_kader), *labels("maatregelen", measures), *voluntary)


def strengths(case: Case) -> str:
    """What goes well, what protects and what worked."""
    return paragraphs(case.krachten, case.analyse_bescherming, case.wat_werkte)


def analysis(case: Case) -> str:
    """The core of the verklarende analyse."""
    return paragraphs(case.analyse_samenhang, case.analyse_ontstaan, case.analyse_instandhouding, case.hypothesen)


def in_time(rows: Iterable[HistoryRow]) -> list[HistoryRow]:
    """The periods by when they began, as far as that is known; the rest come first."""
    return sorted(rows, key=lambda row: known_date(row.van) or known_date(row.tot))


def tried(case: Case) -> str:
    """What was tried and why it stopped."""
    periods = " ".join(period(row) for row in in_time(case.geschiedenis))
    seen = labels("besproken_in", case.besproken_in)
    return paragraphs(
        case.wat_is_geprobeerd, periods, case.schade, phrase("besproken_in", wat=listing(seen)) if seen else ""
    )


def period(row: HistoryRow) -> str:
    """One period of help as a sentence: what, when, and why it ended."""
    form = form_of_help(row.vorm)
    by = f"bij {row.aanbieder}" if form and row.aanbieder else row.aanbieder
    span = f"{row.van} tot {row.tot}" if row.van and row.tot else f"sinds {row.van}" if row.van else row.tot
    what = ", ".join(filter(None, (" ".join(filter(None, (form, by))) or "hulp", span)))
    ended = row.reden_einde.strip()
    return sentence(f"{what}{'.' if ended[0].isupper() else ':'} {ended}" if ended else what)


def form_of_help(value: str) -> str:
    """What people call a form of help: `pleegzorg`."""
    known = vocabulary("hulpvormen")
    code = known.find(value) or value
    return plain_form_of_help(code) or known.label(code)


def stuck_points(case: Case) -> tuple[str, ...]:
    """Knelpunten and missing provisions as labels."""
    natures = {row.id: vocabulary("aard_ontbrekend_aanbod").label(row.aard) for row in case.aard_ontbrekend_aanbod}
    return (
        *labels("knelpunten", case.knelpunten),
        *(_provision(code, natures.get(code, "")) for code in case.ontbrekend_aanbod if code != TO_CODE),
    )


def _provision(code: str, nature: str) -> str:
    """`Urgente plaatsingen: kwetsbare doelgroep, te weinig capaciteit`: a finer code is named after its parent."""
    known = vocabulary("ontbrekend_aanbod")
    parent = known.term(code).parent
    label = f"{known.label(parent)}: {known.label(code)}" if parent else known.label(code)
    return f"{label} – {nature}" if nature else label


def urgency(case: Case) -> str:
    """How urgent it is and why, and what is said about safety."""
    label = vocabulary("urgentie").label(case.urgentie)
    return paragraphs(
        " ".join(filter(None, (phrase("urgentie", wat=label) if label else "", sentence(case.urgentie_reden)))),
        case.veiligheid,
    )


def paragraphs(*texts: str) -> str:
    """The texts that hold something, a paragraph each."""
    return "\n".join(text.strip() for text in texts if text.strip())
