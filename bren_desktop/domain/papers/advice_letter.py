"""The adviesbrief to the verwijzer: what the table advises, who does what, and what if it does not work."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain import case_words
from bren_desktop.domain.advice import MoneyRow
from bren_desktop.domain.dutch import euros, first_sentences, long_date, sentence
from bren_desktop.domain.letters import Marks
from bren_desktop.domain.papers import common
from bren_desktop.domain.papers.common import from_case
from bren_desktop.domain.papers.kind import Audience, PaperKind, Piece, Release, Sources, standing
from bren_desktop.domain.vocabulary import vocabulary

_FAILED, _NOT_YET = "PS-STR", "PS-OPEN"
_CASE_LEVEL, _WORKERS = "LN-CASUS", "LD-UITV"


def _thanks(sources: Sources) -> str:
    day = sources.case.datum_aanmelding
    about = case_words.who(sources.case)
    if day is None:
        return sources.phrase("dank", wie=about)
    return sources.phrase("dank_datum", wie=about, datum=long_date(day))


def _question(sources: Sources) -> str:
    asked = sources.discussion.vraag if sources.discussion else ""
    return asked or sources.case.inbrengvraag or sources.case.hulpvraag


def _summary(sources: Sources) -> str:
    told = sources.advice.samenvatting if sources.advice else ""
    return first_sentences(told or sources.case.samenvatting or sources.case.omschrijving, 5)


def _analysis(sources: Sources) -> str:
    told = sources.advice.analyse if sources.advice else ""
    return told or case_words.analysis(sources.case)


def _plans(sources: Sources) -> Sequence[str]:
    if sources.advice is None:
        return ()
    rows = sorted(sources.advice.plannen, key=lambda row: row.id)
    return [
        sources.phrase("plan", letter=row.id, tekst=sentence(row.tekst), stand=_stand(row.stand, row.reden))
        for row in rows
        if row.tekst
    ]


def _stand(code: str, reason: str) -> str:
    if code in ("", _NOT_YET):
        return ""
    label = vocabulary("planstanden").label(code)
    return f" ({label}: {reason.rstrip('.')})" if code == _FAILED and reason else f" ({label})"


def _money(sources: Sources) -> Sequence[str]:
    advice = sources.advice
    if advice is None:
        return ()
    mandate = sentence(sources.phrase("mandaat", wie=advice.mandaat_bij)) if advice.mandaat_bij else ""
    main = sources.phrase("hoofdaannemer", wie=advice.hoofdaannemer) if advice.hoofdaannemer else ""
    return [*(_agreed(sources, row) for row in advice.geld), mandate, main]


def _agreed(sources: Sources, row: MoneyRow) -> str:
    """One agreement, a sentence for each thing agreed: a letter that must be shorter leaves out whole sentences."""
    says = (
        f"{row.soort}: {euros(row.bedrag)}" if row.bedrag is not None else row.soort,
        sources.phrase("geld_garant", wie=row.garantsteller) if row.garantsteller else "",
        sources.phrase("geld_tot", datum=long_date(row.tot)) if row.tot else "",
        sources.phrase("geld_afwikkeling", wie=row.afwikkeling_met) if row.afwikkeling_met else "",
    )
    return " ".join(sentence(said) for said in says if said)


def _family(sources: Sources) -> str:
    advice = sources.advice
    return case_words.paragraphs(advice.besproken_met_gezin, advice.reactie_gezin) if advice else ""


def _if_it_fails(sources: Sources) -> str:
    told = sources.advice.bij_stagnatie if sources.advice else ""
    return told or sources.phrase("stagnatie")


def _lessons(sources: Sources) -> Sequence[str]:
    """What was learnt about this case for who carries the advice out; the rest is for others."""
    own = (each for each in sources.lessons if each.niveau in ("", _CASE_LEVEL) and each.doelgroep in ("", _WORKERS))
    return [sentence(lesson.tekst) for lesson in own]


def _copies(sources: Sources) -> Sequence[str]:
    lead = sources.advice.procesregisseur if sources.advice else ""
    return [sources.phrase("afschrift_regie", wie=lead)] if lead else ()


ADVICE_LETTER = PaperKind(
    key="adviesbrief",
    title="Adviesbrief",
    audience=Audience.REFERRER,
    pages=3,
    release=Release.CHAIR,
    purpose="TD-A",
    addressed=True,
    lacks=common.lacks_advice,
    recipient=common.to_referrer,
    salutation=common.greet_referrer,
    pieces=(
        Piece("dank", _thanks),
        Piece("vraag", _question, mandatory=True),
        Piece("samenvatting", _summary, mandatory=True),
        Piece("krachten", from_case(case_words.strengths)),
        Piece("analyse", _analysis, mandatory=True),
        Piece("advies", common.points, mandatory=True, marks=Marks.NUMBERS),
        Piece("plannen", _plans, marks=Marks.BULLETS),
        Piece("overbrugging", common.bridging),
        Piece("procesregisseur", common.coordinator, mandatory=True),
        Piece("geld", _money, marks=Marks.BULLETS),
        Piece("gezin", _family),
        Piece("opvolgmoment", common.next_day, mandatory=True),
        Piece("stagnatie", _if_it_fails),
        Piece("leerpunt", _lessons, marks=Marks.BULLETS),
        Piece("verantwoordelijkheid", standing("verantwoordelijkheid")),
        Piece("contact", common.contact),
        Piece("afschriften", _copies, marks=Marks.BULLETS),
    ),
)
