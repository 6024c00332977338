"""The consultatievraag to a pareltje: what somebody filled in, or else what follows from the case and the expert.

Questions, form, hours and term are never made up: a person asks them. Everything else has a default where the data
allow one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bren_desktop.domain import case_words
from bren_desktop.domain.consent import PURPOSE_EXPERT, Consent
from bren_desktop.domain.dutch import capitalised, listing, long_date
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.letter_address import recipient_lines, salutation
from bren_desktop.domain.letter_texts import CONSULTATION as KEY
from bren_desktop.domain.letters import Marks
from bren_desktop.domain.overlap import shared_domains, shared_expertise
from bren_desktop.domain.papers.common import contact, from_case
from bren_desktop.domain.papers.kind import Audience, PaperKind, Piece, Release, Said, Sources, Unfinished, standing
from bren_desktop.domain.vocabulary import vocabulary


def _questions(sources: Sources) -> Sequence[str]:
    return [sources.mask(question) for question in sources.consult.vragen]


def _not_asked(sources: Sources) -> str:
    return sources.mask(sources.consult.niet_gevraagd) or sources.phrase("niet_gevraagd")


def _occasion(sources: Sources) -> str:
    return sources.mask(sources.consult.aanleiding) or case_words.reason_for_writing(sources.case)


def _why_you(sources: Sources) -> str:
    if sources.consult.waarom_deze_expert:
        return sources.mask(sources.consult.waarom_deze_expert)
    case, expert = sources.case, sources.expert
    skills = shared_expertise(case, expert, sources.asked_by)
    domains = shared_domains(case, expert)
    reasons = [sources.phrase("waarom_expertise", wat=case_words.named(skills))] if skills else []
    reasons += [sources.phrase("waarom_domeinen", wat=case_words.named(domains))] if domains else []
    if reasons and case.leeftijd is not None and _age_fits(case.leeftijd, expert):
        reasons.append(sources.phrase("waarom_leeftijd"))
    return " ".join(reasons)


def _age_fits(age: int, expert: Expert) -> bool:
    if expert.leeftijd_van is None and expert.leeftijd_tot is None:
        return False
    return (expert.leeftijd_van or 0) <= age <= (99 if expert.leeftijd_tot is None else expert.leeftijd_tot)


def _help_wanted(sources: Sources) -> Said:
    request = sources.consult
    form = vocabulary("inzetvormen").label(request.inzetvorm)
    wanted = {"inzetvorm": form, "uren": request.uren, "termijn": request.termijn}
    said = [
        sources.phrase(f"inzet_{key}", wat=sources.mask(value).rstrip(".")) for key, value in wanted.items() if value
    ]
    lacking = [key for key, value in wanted.items() if not value]
    if not said:
        return ""
    return Unfinished(" ".join(said), listing(lacking)) if lacking else " ".join(said)


def _wish(sources: Sources, name: str, value: str) -> str:
    return sources.phrase(f"inzet_{name}", wat=sources.mask(value).rstrip("."))


def _fee(sources: Sources) -> str:
    agreement, expert = sources.expert.raamovereenkomst.casefold(), sources.expert
    if not agreement and not expert.tarief:
        return ""
    holder = expert.raamovereenkomst_organisatie or expert.organisatie or "u"
    covered = agreement not in ("", "nee")
    says = sources.phrase("vergoeding_ja", wie=holder) if covered else sources.phrase("vergoeding_nee")
    rate = sources.phrase("vergoeding_tarief", wat=expert.tarief.rstrip(".")) if expert.tarief else ""
    return " ".join(filter(None, (says, rate)))


def _consent(sources: Sources) -> str:
    share = sources.share
    if share is None:
        return sources.phrase("toestemming_anoniem")
    if share.without is not None:
        ground = vocabulary("gronden_zonder_toestemming").label(share.without.grond)
        return sources.phrase("toestemming_zonder", grond=ground)
    said = [_given(sources, consent, consent.gegeven_op) for consent in share.by if consent.gegeven_op is not None]
    ends = [consent.geldig_tot for consent in share.by if consent.geldig_tot is not None]
    until = sources.phrase("toestemming_tot", datum=long_date(min(ends))) if ends else ""
    return " ".join(filter(None, (*said, until)))


def _given(sources: Sources, consent: Consent, day: date) -> str:
    givers = _givers(consent)
    return sources.phrase(
        "toestemming_met_naam",
        wie=capitalised(listing(givers)),
        gaf="gaven" if len(givers) > 1 or givers == ("ouders",) else "gaf",
        datum=long_date(day),
        waarvoor=listing(case_words.labels("toestemmingsdoelen", consent.doelen)),
    )


def _givers(consent: Consent) -> tuple[str, ...]:
    both = {"TG-OUDER1", "TG-OUDER2"} <= set(consent.gevers)
    names = ["jeugdige"] if "TG-JEUGD" in consent.gevers else []
    names += ["ouders"] if both else []
    rest = (code for code in consent.gevers if code != "TG-JEUGD" and not (both and code.startswith("TG-OUDER")))
    return (*names, *case_words.labels("toestemminggever", rest))


def _contact(sources: Sources) -> str:
    lead = " van ".join(filter(None, (sources.case.regisseur, sources.case.regisseur_organisatie)))
    return " ".join(filter(None, (contact(sources), sources.phrase("contact_regie", wie=lead) if lead else "")))


CONSULTATION = PaperKind(
    key=KEY,
    title="Consultatievraag",
    audience=Audience.EXPERT,
    release=Release.CHAIR_OR_SETTING,
    purpose=PURPOSE_EXPERT,
    addressed=True,
    recipient=lambda sources: recipient_lines(sources.expert),
    salutation=lambda sources: salutation(sources.expert),
    pieces=(
        Piece("aanleiding", _occasion, mandatory=True),
        Piece("vragen", _questions, mandatory=True, marks=Marks.NUMBERS),
        Piece("niet_gevraagd", _not_asked),
        Piece("waarom_deze_expert", _why_you, mandatory=True),
        Piece("schets", from_case(case_words.sketch), mandatory=True),
        Piece("krachten", from_case(case_words.strengths)),
        Piece("analyse", from_case(case_words.analysis)),
        Piece("geprobeerd", from_case(case_words.tried)),
        Piece("stem_jeugdige", from_case(lambda case: case.stem_jeugdige)),
        Piece("stem_ouders", from_case(lambda case: case.stem_ouders)),
        Piece("knelpunten", from_case(case_words.stuck_points), mandatory=True, marks=Marks.BULLETS),
        Piece("strafrechtelijk", from_case(lambda case: case.strafrechtelijk)),
        Piece("veiligheid_urgentie", from_case(case_words.urgency)),
        Piece("inzet", _help_wanted, mandatory=True),
        Piece("vergoeding", _fee),
        Piece("toestemming", _consent, mandatory=True),
        Piece("contact", _contact),
        Piece("vervolg", standing("vervolg")),
    ),
)
