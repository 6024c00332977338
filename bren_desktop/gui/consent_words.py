"""What the window says about consent: who decides and why, and how a case stands for each purpose."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent, has_begun, is_over, is_withdrawn
from bren_desktop.domain.deciders import GUARDIANSHIP, Variant, deciders, has_guardian, is_aged_out, possible_ages
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.dutch import listing, short_date
from bren_desktop.domain.purposes import Standing
from bren_desktop.domain.sharing import State, missing_givers, purposes_left
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.models.columns import Badge, Tone

_SUPERVISED = frozenset({"MA-OTS", "MA-VOTS", "MA-MUHP"})
_PARENTS = frozenset({"GZ-BEIDE", "GZ-EEN"})
_UNKNOWN = frozenset({"", "GZ-ONB"})
_LOOKS = {
    State.ALLOWED: (Tone.GOOD, "check"),
    State.WITHOUT: (Tone.WARN, "warning"),
    State.PARTIAL: (Tone.WARN, "clock"),
    State.AGAIN: (Tone.WARN, "cake"),
    State.LATER: (Tone.INFO, "calendar"),
    State.OVER: (Tone.WARN, "calendar"),
    State.WITHDRAWN: (Tone.ALARM, "cross"),
}


def why(case: Case, day: date) -> str:
    """Who decides on `day`, and what that follows from."""
    sentences = (_by_age(case, day), _by_capacity(case, day), _by_authority(case, day))
    return " ".join(filter(None, sentences))


def standing_badge(standing: Standing, *, again: bool) -> Badge:
    """The badge of one purpose; `again` where it is still valid and about to lapse."""
    if again:
        return Badge(_tr("opnieuw vragen"), Tone.WARN, icon="clock")
    tone, icon = _LOOKS.get(standing.verdict.state, (Tone.QUIET, "question"))
    return Badge(standing.verdict.state.value, tone, icon=icon)


def standing_line(standing: Standing) -> str:
    """Until when, who is still to be asked, or why not."""
    if standing.verdict.state is State.NONE:
        return ""
    names = [vocabulary("ontvangersgroepen").label(name) for name in standing.names]
    only = _tr("Alleen voor: {namen}.").format(namen=listing(names)) if names else ""
    return " ".join(filter(None, (standing.verdict.sentence, only)))


def consent_line(consent: Consent, case: Case, given: Collection[Consent], today: date) -> str:
    """One consent in the list, among all that were `given`: when, for what, by whom, and how it stands."""
    purposes = listing([vocabulary("toestemmingsdoelen").label(code) for code in consent.doelen])
    givers = listing([vocabulary("toestemminggever").label(code) for code in consent.gevers])
    form = vocabulary("toestemmingsvorm").label(consent.vorm)
    facts = " · ".join(filter(None, (givers, form, _taken_back(consent, given, today) or _state(consent, case, today))))
    return f"{short_date(consent.gegeven_op) if consent.gegeven_op else ''}  {purposes}\n{facts}"


def disclosure_line(disclosure: Disclosure) -> str:
    """One decision to share without consent in the list."""
    purpose = vocabulary("toestemmingsdoelen").label(disclosure.doel)
    ground = vocabulary("gronden_zonder_toestemming").label(disclosure.grond)
    day = short_date(disclosure.datum) if disclosure.datum else ""
    shared = _tr("Zonder toestemming: {doel}").format(doel=purpose)
    facts = _tr("met {wie} · {grond} · besloten door {naam}")
    return f"{day}  {shared}\n{facts.format(wie=disclosure.ontvanger, grond=ground, naam=disclosure.door)}"


def _taken_back(consent: Consent, given: Collection[Consent], today: date) -> str:
    """For what it ended with another consent that was withdrawn; nothing where it was not so."""
    left = purposes_left(consent, given, today)
    ended = [purpose for purpose in consent.doelen if purpose not in left]
    if not ended:
        return ""
    labels = listing([vocabulary("toestemmingsdoelen").label(purpose) for purpose in ended])
    return _tr("later ingetrokken voor: {doelen}").format(doelen=labels)


def _state(consent: Consent, case: Case, today: date) -> str:
    if is_withdrawn(consent, today) and consent.ingetrokken_op:
        by = _tr("ingetrokken op {dag} door {wie}") if consent.ingetrokken_door else _tr("ingetrokken op {dag}")
        return by.format(dag=short_date(consent.ingetrokken_op), wie=consent.ingetrokken_door)
    if is_over(consent, today) and consent.geldig_tot:
        return _tr("verlopen op {dag}").format(dag=short_date(consent.geldig_tot))
    if consent.gegeven_op and is_aged_out(case, consent.gegeven_op, today):
        return _tr("verlopen door de leeftijd")
    if not has_begun(consent, today) and consent.begins:
        return _tr("geldig vanaf {dag}").format(dag=short_date(consent.begins))
    lacking = missing_givers(consent, case, today)
    if lacking:
        givers = listing([vocabulary("toestemminggever").label(code) for code in lacking])
        return _tr("geldt pas samen met: {gevers}").format(gevers=givers)
    until = _tr("geldig tot en met {dag}").format(dag=short_date(consent.geldig_tot)) if consent.geldig_tot else ""
    return until or _tr("geldig zonder einddatum")


def _by_age(case: Case, day: date) -> str:
    ages = possible_ages(case, day)
    if not ages and case.leeftijd is not None:
        return _tr("Bij de leeftijd staat geen datum, daarom moet iedereen toestemming geven.")
    if not ages:
        return _tr("De leeftijd is niet bekend, daarom moet iedereen toestemming geven.")
    age = _tr("{n} jaar.").format(n=_tr(" of ").join(map(str, ages)))
    return f"{age} {_who_decides(case, day)}"


def _who_decides(case: Case, day: date) -> str:
    if case.wilsbekwaam is False:
        return ""
    decide = deciders(case, day)
    if decide.variant is Variant.GUARDIAN:
        together = _tr("De voogd beslist, samen met de jeugdige.")
        return together if decide.excepted else _tr("De voogd beslist. De jeugdige hoort wat er gebeurt.")
    return {
        Variant.PARENTS: _tr("Onder de 12 beslissen de ouders met gezag. De jeugdige hoort wat er gebeurt."),
        Variant.TOGETHER: _tr("Van 12 tot 16 beslissen de jeugdige en de ouders met gezag samen."),
        Variant.OWN: _tr("Vanaf 16 beslist de jeugdige zelf. Ouders lezen mee als de jeugdige dat wil."),
    }[decide.variant]


def _by_capacity(case: Case, day: date) -> str:
    if case.wilsbekwaam is not False:
        return ""
    givers = deciders(case, day).ways[0]
    who = listing([vocabulary("toestemminggever").label(giver) for giver in givers])
    return _tr("De jeugdige is wilsonbekwaam. Daarom beslist: {wie}.").format(wie=who)


def _by_authority(case: Case, day: date) -> str:
    """What gezag and measures mean for it, where that is easily got wrong."""
    if deciders(case, day).variant is Variant.OWN:
        return ""
    if has_guardian(case) and case.gezag in _PARENTS:
        return _tr("Bij Gezag staan ouders en bij Maatregelen voogdij: voogdij gaat voor. Controleer of dat klopt.")
    if not GUARDIANSHIP.isdisjoint(case.maatregelen) or has_guardian(case):
        return ""
    if not _SUPERVISED.isdisjoint(case.maatregelen):
        return _tr("Met een ondertoezichtstelling of uithuisplaatsing houden ouders het gezag.")
    return _tr("Wie het gezag heeft, is niet ingevuld: vraag beide ouders.") if case.gezag in _UNKNOWN else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Consents", text)
