"""The blocks of a consultatievraag: what somebody filled in, or else what follows from the case and the expert.

Questions, form, hours and term are never made up: a person asks them. Everything else has a default where the data
allow one. The case given here is one that `masking.disclosed` made; `mask` goes over what was typed for this letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bren_desktop.domain import case_words
from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.dutch import capitalised, listing, long_date, shortened
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.letter_texts import phrase
from bren_desktop.domain.letters import EDITABLE, MANDATORY, Block, LetterRequest, items
from bren_desktop.domain.masking import LONGEST_SHOWN
from bren_desktop.domain.overlap import shared_domains, shared_expertise
from bren_desktop.domain.sharing import Verdict
from bren_desktop.domain.vocabulary import vocabulary

_LISTS = frozenset({"vragen", "knelpunten"})


@dataclass(frozen=True, slots=True)
class Sources:
    """What a letter is composed from. `share` is there for an identifying letter only: why it may be sent.

    `asked_by` says per code of a case which expertise it asks for, and how strongly.
    """

    case: Case
    expert: Expert
    request: LetterRequest
    share: Verdict | None
    contact: str
    made_by: str
    mask: Callable[[str], str]
    asked_by: Mapping[str, Mapping[str, float]]


def blocks(sources: Sources) -> tuple[Block, ...]:
    """Every block that says something, and every mandatory one, in the order of the letter."""
    made = (_block(name, sources) for name in EDITABLE)
    return tuple(block for block in made if block.plain or block.gap)


def _block(name: str, sources: Sources) -> Block:
    edited = sources.request.blokken.get(name)
    block = _COMPOSERS[name](name, sources) if edited is None else _edited(name, sources.mask(edited))
    if name in MANDATORY and not block.plain and not block.gap:
        return Block(name, gap=block.heading)
    return block


def _edited(name: str, text: str) -> Block:
    if name in _LISTS:
        lines = items(text)
        return _listed(name, lines if isinstance(lines, tuple) else ())
    return _running(name, text)


def _running(name: str, text: str) -> Block:
    return Block(name, text=shortened(text.strip(), LONGEST_SHOWN))


def _listed(name: str, lines: Iterable[str]) -> Block:
    return Block(name, items=tuple(shortened(line, LONGEST_SHOWN // 3) for line in lines), numbered=name == "vragen")


def _questions(name: str, sources: Sources) -> Block:
    return _listed(name, (sources.mask(question) for question in sources.request.vragen))


def _not_asked(name: str, sources: Sources) -> Block:
    return _running(name, sources.mask(sources.request.niet_gevraagd) or phrase("niet_gevraagd"))


def _occasion(name: str, sources: Sources) -> Block:
    typed = sources.mask(sources.request.aanleiding)
    return _running(name, typed or case_words.reason_for_writing(sources.case))


def _why_you(name: str, sources: Sources) -> Block:
    if sources.request.waarom_deze_expert:
        return _running(name, sources.mask(sources.request.waarom_deze_expert))
    case, expert = sources.case, sources.expert
    skills = shared_expertise(case, expert, sources.asked_by)
    domains = shared_domains(case, expert)
    reasons = [phrase("waarom_expertise", wat=case_words.named(skills))] if skills else []
    reasons += [phrase("waarom_domeinen", wat=case_words.named(domains))] if domains else []
    if reasons and case.leeftijd is not None and _age_fits(case.leeftijd, expert):
        reasons.append(phrase("waarom_leeftijd"))
    return _running(name, " ".join(reasons))


def _age_fits(age: int, expert: Expert) -> bool:
    if expert.leeftijd_van is None and expert.leeftijd_tot is None:
        return False
    return (expert.leeftijd_van or 0) <= age <= (99 if expert.leeftijd_tot is None else expert.leeftijd_tot)


def _help_wanted(name: str, sources: Sources) -> Block:
    request = sources.request
    form = vocabulary("inzetvormen").label(request.inzetvorm)
    wanted = {"inzetvorm": form, "uren": request.uren, "termijn": request.termijn}
    said = [phrase(f"inzet_{key}", wat=sources.mask(value).rstrip(".")) for key, value in wanted.items() if value]
    lacking = [key for key, value in wanted.items() if not value]
    gap = listing(lacking) if said else Block(name).heading
    return Block(name, text=" ".join(said), gap=gap if lacking else "")


def _fee(name: str, sources: Sources) -> Block:
    agreement, expert = sources.expert.raamovereenkomst.casefold(), sources.expert
    if not agreement and not expert.tarief:
        return Block(name)
    holder = expert.raamovereenkomst_organisatie or expert.organisatie or "u"
    covered = agreement not in ("", "nee")
    says = phrase("vergoeding_ja", wie=holder) if covered else phrase("vergoeding_nee")
    rate = phrase("vergoeding_tarief", wat=expert.tarief.rstrip(".")) if expert.tarief else ""
    return _running(name, " ".join(filter(None, (says, rate))))


def _consent(name: str, sources: Sources) -> Block:
    share = sources.share
    if share is None:
        return _running(name, phrase("toestemming_anoniem"))
    if share.without is not None:
        ground = vocabulary("gronden_zonder_toestemming").label(share.without.grond)
        return _running(name, phrase("toestemming_zonder", grond=ground))
    said = [_given(consent, consent.gegeven_op) for consent in share.by if consent.gegeven_op is not None]
    ends = [consent.geldig_tot for consent in share.by if consent.geldig_tot is not None]
    until = phrase("toestemming_tot", datum=long_date(min(ends))) if ends else ""
    return _running(name, " ".join(filter(None, (*said, until))))


def _given(consent: Consent, day: date) -> str:
    givers = _givers(consent)
    return phrase(
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


def _contact(name: str, sources: Sources) -> Block:
    lead = " van ".join(filter(None, (sources.case.regisseur, sources.case.regisseur_organisatie)))
    says = (
        phrase("contact", wie=sources.made_by) if sources.made_by else "",
        phrase("contact_weg", wat=sources.contact.replace(" · ", " of ")) if sources.contact else "",
        phrase("contact_regie", wie=lead) if lead else "",
    )
    return _running(name, " ".join(filter(None, says)))


def _from_case(compose: Callable[[Case], str]) -> Callable[[str, Sources], Block]:
    return lambda name, sources: _running(name, compose(sources.case))


_COMPOSERS: dict[str, Callable[[str, Sources], Block]] = {
    "aanleiding": _occasion,
    "vragen": _questions,
    "niet_gevraagd": _not_asked,
    "waarom_deze_expert": _why_you,
    "schets": _from_case(case_words.sketch),
    "krachten": _from_case(case_words.strengths),
    "analyse": _from_case(case_words.analysis),
    "geprobeerd": _from_case(case_words.tried),
    "stem_jeugdige": _from_case(lambda case: case.stem_jeugdige),
    "stem_ouders": _from_case(lambda case: case.stem_ouders),
    "knelpunten": lambda name, sources: _listed(name, case_words.stuck_points(sources.case)),
    "strafrechtelijk": _from_case(lambda case: case.strafrechtelijk),
    "veiligheid_urgentie": _from_case(case_words.urgency),
    "inzet": _help_wanted,
    "vergoeding": _fee,
    "toestemming": _consent,
    "contact": _contact,
    "vervolg": lambda name, _: _running(name, phrase("vervolg")),
}
