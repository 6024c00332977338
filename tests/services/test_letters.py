"""Letters through the service and the real renderer: rights, consent, what is told, and what is filed."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bren_desktop.documents.renderer import Documents
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.fields import Sensitivity, Shape, notes
from bren_desktop.domain.letters import LetterRequest, parse_request
from bren_desktop.errors import InvalidInputError, MissingConsentError, NotAllowedError
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.consents import Consents
from bren_desktop.services.context import Context
from bren_desktop.services.disclosures import Disclosures
from bren_desktop.services.dossier import Dossier
from bren_desktop.services.gathering import gathered, passages
from bren_desktop.services.letters import Letters
from bren_desktop.services.pool import Pool
from bren_desktop.services.readlog import Leaving
from bren_desktop.services.releasing import WithdrawnConsentError
from bren_desktop.services.team import TeamSettings

QUESTIONS = ["Welke vorm van wonen past?", "Hoe begint de behandeling?"]
COMPLETE = {"vragen": QUESTIONS, "inzetvorm": "second opinion", "uren": 4, "termijn": "2026-12-11"}
CASE: dict[str, object] = {
    "roepnaam": "Daan",
    "tussenvoegsel": "de",
    "achternaam": "Vries",
    "geboortedatum": "2011-03-04",
    "geslacht": "GE-M",
    "regio": "JZ24",
    "gemeente": "Waterstad",
    "woonsituatie": "HV-V2",
    "maatregelen": ["MA-OTS", "MA-JR"],
    "wettelijk_kader": ["WK-JW"],
    "domeinen": ["DM-JGGZ", "DM-OND", "DM-FOR"],
    "hulpvraag": "Daan slaapt slecht na trauma. Zijn school zoekt hulp. Karin ook. Een vierde zin.",
    "krachten": "Daan is trouw aan zijn zusje.",
    "stem_ouders": "Moeder Karin vertelt dat rust helpt.",
    "knelpunten": ["KP-OND", "KP-FOR"],
    "strafrechtelijk": "Er loopt een zaak.",
    "gezag": "GZ-BEIDE",
    "betrokkenen": [{"naam": "Karin de Vries", "relatie": "Moeder", "gezag": True}],
    "geschiedenis": [{"van": "2019", "tot": "2020", "vorm": "pleegzorg", "aanbieder": "Stichting Veer"}],
}
EXPERT: dict[str, object] = {
    "naam": "S. van Dijk",
    "organisatie": "Kenniscentrum De Linde",
    "adres": "Lindelaan 12, 1234 ab Voorbeeld",
    "expertise": ["EX-TRAUMA", "EX-AGR"],
    "domeinen": ["DM-JGGZ", "DM-FOR"],
    "raamovereenkomst": "ja",
}


@dataclass
class Desk:
    """A store with one case and one expert, and the services around them."""

    context: Context
    team: TeamSettings
    letters: Letters
    dossier: Dossier
    consents: Consents
    case: str
    expert: str

    def documents(self, actor: Actor) -> int:
        return len(self.dossier.documents(actor, self.case))


@pytest.fixture
def desk(context: Context, actor: Actor) -> Desk:
    team = TeamSettings(context)
    case = CaseWork(context).record(actor, Case.model_validate(CASE)).entity
    expert = Pool(context).record(actor, Expert.model_validate(EXPERT)).entity
    return Desk(context, team, Letters(context, Documents(), team), Dossier(context), Consents(context), case, expert)


@pytest.fixture
def secretary() -> Actor:
    return Actor("p3", "Saar Voorbeeld", Role.SECRETARIS, "HGL", "JZ24")


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def consent(**other: object) -> Consent:
    given: dict[str, object] = {
        "doelen": ["TD-C"],
        "gevers": ["TG-JEUGD", "TG-OUDER1", "TG-OUDER2"],
        "gegeven_op": date(2026, 11, 3),
        "vorm": "TV-SCHR",
    }
    return Consent.model_validate({**given, **other})


def test_a_complete_letter_is_released_filed_and_read_back(desk: Desk, actor: Actor) -> None:
    letter = desk.letters.prepare(actor, desk.case, desk.expert, parse_request(COMPLETE))
    assert letter.missing == ()
    filed = desk.letters.file(actor, letter, release=True, channel="post")
    text = text_of(filed.pdf)
    for words in (
        "Kenniscentrum De Linde t.a.v. S. van Dijk Lindelaan 12",
        "1. Welke vorm van wonen past? 2. Hoe begint de behandeling?",
        "Het gaat om een jongen van 15 jaar.",
        "Kader en maatregel: Jeugdwet en ondertoezichtstelling",
        "uw deskundigheid op het gebied van trauma en hechting",
        "Verbinding onderwijs",
        "Vorm: second opinion. Tijd: 4 uur. Termijn: 11 december 2026.",
        "Deze vraag is geanonimiseerd.",
        "raamovereenkomst met Kenniscentrum De Linde",
        f"Betreft: consultatievraag, kenmerk {filed.kenmerk}",
    ):
        assert words in text
    [(entity, document)] = desk.dossier.documents(actor, desk.case)
    assert (entity, document.kenmerk, document.kanaal) == (filed.entity, filed.kenmerk, "VK-POST")
    assert (document.vrijgegeven_door, document.gemaakt_door) == (actor.name, actor.name)
    assert document.expert == desk.expert
    assert desk.letters.pdf(actor, entity) == filed.pdf
    assert json.loads(document.inhoud)["released_by"] == actor.name
    told = CaseWork(desk.context).timeline(actor, desk.case)
    assert f"Consultatievraag gemaakt, kenmerk {filed.kenmerk}." in [event.text for event in told]


def test_what_was_left_out_is_composed_but_never_the_questions(desk: Desk, actor: Actor) -> None:
    letter = desk.letters.prepare(actor, desk.case, desk.expert, LetterRequest())
    assert letter.missing == ("vragen", "inzet")
    occasion = next(block for block in letter.blocks if block.name == "aanleiding")
    assert occasion.text == "De jeugdige slaapt slecht na trauma. Zijn school zoekt hulp. Moeder ook."
    filed = desk.letters.file(actor, letter, release=False)
    text = text_of(filed.pdf)
    assert filed.missing == ("vragen", "inzet")
    assert "[Nog invullen: Vragen]" in text
    assert "[Nog invullen: Gewenste inzet]" in text
    assert "CONCEPT" in text


def test_a_letter_without_hours_names_just_that_gap(desk: Desk, actor: Actor) -> None:
    letter = desk.letters.prepare(actor, desk.case, desk.expert, parse_request({**COMPLETE, "uren": ""}))
    assert letter.missing == ("inzet",)
    text = text_of(desk.letters.preview(actor, letter))
    assert "Vorm: second opinion." in text
    assert "[Nog invullen: uren]" in text


def test_an_empty_case_lacks_every_mandatory_block(desk: Desk, actor: Actor) -> None:
    case = CaseWork(desk.context).record(actor, Case()).entity
    expert = Pool(desk.context).record(actor, Expert(naam="S. van Dijk")).entity
    letter = desk.letters.prepare(actor, case, expert, LetterRequest())
    lacking = {"aanleiding", "vragen", "waarom_deze_expert", "schets", "knelpunten", "inzet"}
    assert set(letter.missing) == lacking
    with pytest.raises(InvalidInputError) as raised:
        desk.letters.file(actor, letter, release=True)
    assert all(heading in str(raised.value) for heading in letter.missing_headings)
    assert not desk.dossier.documents(actor, case)


def test_a_letter_with_a_gap_is_not_released_and_not_filed(desk: Desk, actor: Actor) -> None:
    letter = desk.letters.prepare(actor, desk.case, desk.expert, LetterRequest())
    with pytest.raises(InvalidInputError, match="Vragen en Gewenste inzet") as raised:
        desk.letters.file(actor, letter, release=True)
    assert raised.value.field == "vragen"
    assert desk.documents(actor) == 0


def test_a_secretary_releases_only_where_the_team_allows_it(desk: Desk, actor: Actor, secretary: Actor) -> None:
    letter = desk.letters.prepare(secretary, desk.case, desk.expert, parse_request(COMPLETE))
    with pytest.raises(NotAllowedError, match="als concept"):
        desk.letters.file(secretary, letter, release=True)
    assert desk.documents(actor) == 0
    assert "nog niet vrijgegeven" in text_of(desk.letters.file(secretary, letter, release=False).pdf)
    desk.team.save(actor, desk.team.get(actor).model_copy(update={"secretaris_geeft_vrij": True}))
    assert "vrijgegeven door Saar" in text_of(desk.letters.file(secretary, letter, release=True).pdf)


@pytest.mark.parametrize("role", [Role.LID, Role.PROJECTLEIDER, Role.PRIVACY, Role.IT])
def test_other_roles_make_no_letters(desk: Desk, actor: Actor, role: Role) -> None:
    other = dataclasses.replace(actor, role=role)
    letter = desk.letters.prepare(actor, desk.case, desk.expert, parse_request(COMPLETE))
    with pytest.raises(NotAllowedError):
        desk.letters.prepare(other, desk.case, desk.expert, LetterRequest())
    with pytest.raises(NotAllowedError):
        desk.letters.preview(other, letter)
    with pytest.raises(NotAllowedError):
        desk.letters.file(other, letter, release=False)


def test_two_laptops_never_give_one_kenmerk(desk: Desk, actor: Actor) -> None:
    elsewhere = dataclasses.replace(actor, person="p4", device="AB")
    here = desk.letters.prepare(actor, desk.case, desk.expert, parse_request(COMPLETE))
    there = desk.letters.prepare(elsewhere, desk.case, desk.expert, parse_request(COMPLETE))
    assert (here.kenmerk[-9:], there.kenmerk[-9:]) == ("A0001/B01", "01/AB-B01")
    filed = [desk.letters.file(who, here, release=False).kenmerk for who in (elsewhere, actor, elsewhere)]
    assert [kenmerk.partition("/")[2] for kenmerk in filed] == ["AB-B01", "B02", "AB-B03"]


def test_making_a_letter_anew_never_overwrites(desk: Desk, actor: Actor) -> None:
    letter = desk.letters.prepare(actor, desk.case, desk.expert, parse_request(COMPLETE))
    made = [desk.letters.file(actor, letter, release=release) for release in (False, True, True)]
    assert [filed.kenmerk[-4:] for filed in made] == ["/B01", "/B02", "/B03"]
    assert [desk.letters.pdf(actor, filed.entity) for filed in made] == [filed.pdf for filed in made]
    assert desk.documents(actor) == 3


def test_reading_and_making_are_logged_with_the_case(desk: Desk, actor: Actor) -> None:
    letter = desk.letters.prepare(actor, desk.case, desk.expert, parse_request(COMPLETE))
    filed = desk.letters.file(actor, letter, release=True)
    desk.letters.pdf(actor, filed.entity)
    desk.letters.case_sheet(actor, desk.case)
    with desk.context.store.read() as reader:
        actions = {entry.action for entry in reader.read_log(desk.case, 50)}
    assert {"brief voorbereiden", "brief vrijgeven", "document lezen", "casuskaart maken"} <= actions


@pytest.mark.parametrize(
    ("recorded", "reason"),
    [
        (None, "geen toestemming vastgelegd"),
        ({"doelen": ["TD-A"]}, "geen toestemming vastgelegd"),
        ({"gevers": ["TG-OUDER1"]}, "jeugdige en andere ouder met gezag"),
        ({"geldig_tot": date(2026, 11, 10)}, "verlopen"),
        ({"ontvangers": ["Iemand anders"]}, "geldt niet voor deze ontvanger"),
    ],
)
def test_a_letter_with_a_name_needs_consent(
    desk: Desk, actor: Actor, recorded: dict[str, object] | None, reason: str
) -> None:
    if recorded is not None:
        desk.consents.add(actor, desk.case, consent(**recorded))
    request = parse_request({**COMPLETE, "identificerend": True})
    with pytest.raises(MissingConsentError, match=reason) as raised:
        desk.letters.prepare(actor, desk.case, desk.expert, request)
    assert "Daan" not in str(raised.value)


@pytest.mark.parametrize("recipients", [[], ["S. van Dijk"], ["kenniscentrum de linde"]])
def test_with_consent_the_letter_names_the_young_person(desk: Desk, actor: Actor, recipients: list[str]) -> None:
    desk.consents.add(actor, desk.case, consent(ontvangers=recipients))
    request = parse_request({**COMPLETE, "identificerend": "ja"})
    text = text_of(desk.letters.preview(actor, desk.letters.prepare(actor, desk.case, desk.expert, request)))
    assert "Het gaat om Daan de Vries, een jongen van 15 jaar." in text
    assert "Jeugdige en ouders gaven op 3 november 2026 toestemming voor consult door een pareltje." in text
    assert "Moeder Karin vertelt" in text


def test_a_consent_withdrawn_after_the_preview_keeps_the_letter_as_a_concept(desk: Desk, actor: Actor) -> None:
    given_by_all = desk.consents.add(actor, desk.case, consent())
    request = parse_request({**COMPLETE, "identificerend": True})
    letter = desk.letters.prepare(actor, desk.case, desk.expert, request)
    desk.letters.preview(actor, letter)
    desk.consents.withdraw(actor, given_by_all, date(2026, 11, 22), "jeugdige")
    with pytest.raises(MissingConsentError, match=r"ingetrokken op 22-11-2026\. Er is geen brief gemaakt"):
        desk.letters.preview(actor, letter)
    with pytest.raises(
        MissingConsentError, match=r"ingetrokken op 22-11-2026\. De brief is niet vrijgegeven"
    ) as raised:
        desk.letters.file(actor, letter, release=True)
    [(_, kept)] = desk.dossier.documents(actor, desk.case)
    assert (kept.vrijgegeven_door, kept.identificerend) == ("", True)
    assert kept.kenmerk in str(raised.value)


def test_a_letter_without_a_name_is_released_after_a_withdrawal_only_by_who_saw_it(desk: Desk, actor: Actor) -> None:
    given_by_all = desk.consents.add(actor, desk.case, consent())
    desk.consents.withdraw(actor, given_by_all, date(2026, 11, 22), "jeugdige")
    letter = desk.letters.prepare(actor, desk.case, desk.expert, parse_request(COMPLETE))
    with pytest.raises(WithdrawnConsentError, match=r"ingetrokken op 22-11-2026\. Een brief zonder naam mag"):
        desk.letters.file(actor, letter, release=True)
    assert desk.documents(actor) == 0
    desk.letters.file(actor, letter, release=True, despite_withdrawal=True)
    assert desk.documents(actor) == 1


def test_a_released_letter_no_longer_leaves_once_consent_is_withdrawn(desk: Desk, actor: Actor) -> None:
    given_by_all = desk.consents.add(actor, desk.case, consent())
    request = parse_request({**COMPLETE, "identificerend": True})
    named = desk.letters.file(actor, desk.letters.prepare(actor, desk.case, desk.expert, request), release=True)
    plain_request = parse_request(COMPLETE)
    plain = desk.letters.file(actor, desk.letters.prepare(actor, desk.case, desk.expert, plain_request), release=True)
    desk.letters.check_leaving(actor, named.entity)
    desk.consents.withdraw(actor, given_by_all, date(2026, 11, 22), "jeugdige")
    desk.letters.check_leaving(actor, plain.entity)
    with pytest.raises(MissingConsentError, match=r"ingetrokken op 22-11-2026\. Het document gaat niet naar buiten"):
        desk.letters.check_leaving(actor, named.entity)
    assert desk.letters.pdf(actor, named.entity) == named.pdf


def test_a_group_that_consent_names_is_the_group_of_the_pareltje(desk: Desk, actor: Actor) -> None:
    desk.consents.add(actor, desk.case, consent(ontvangersgroepen=["OG-PAREL"]))
    experienced = Pool(desk.context).record(actor, Expert.model_validate({**EXPERT, "soort": "SE-ERVO"})).entity
    request = parse_request({**COMPLETE, "identificerend": True})
    assert desk.letters.prepare(actor, desk.case, desk.expert, request).identifying
    with pytest.raises(MissingConsentError, match="geldt niet voor deze ontvanger"):
        desk.letters.prepare(actor, desk.case, experienced, request)


def test_a_letter_may_go_without_consent_on_the_day_of_the_decision_and_says_so(desk: Desk, actor: Actor) -> None:
    decision = Disclosure(
        doel="TD-C",
        ontvanger="s. van dijk",
        grond="GZT-MELD",
        afweging="Het is niet veilig.",
        geraadpleegd="Een collega van Veilig Thuis",
        gezin_ingelicht=False,
        niet_ingelicht_reden="Dan wordt het onveiliger.",
    )
    Disclosures(desk.context).add(actor, desk.case, decision)
    letter = desk.letters.prepare(actor, desk.case, desk.expert, parse_request({**COMPLETE, "identificerend": True}))
    text = text_of(desk.letters.file(actor, letter, release=True).pdf)
    assert "zonder toestemming. De grond is: meldcode huiselijk geweld en kindermishandeling." in text
    assert "Het is niet veilig" not in text


def test_criminal_data_stay_out_unless_ticked_with_a_reason(desk: Desk, actor: Actor) -> None:
    told = ("Er loopt een zaak.", "forensische doelgroep", "jeugdreclassering", "forensisch")
    plain = desk.letters.prepare(actor, desk.case, desk.expert, parse_request(COMPLETE))
    assert not [words for words in told if words in text_of(desk.letters.preview(actor, plain))]
    with pytest.raises(InvalidInputError, match="reden"):
        parse_request({**COMPLETE, "strafrechtelijk_opnemen": True})
    reason = "De vraag gaat over jeugdreclassering."
    ticked = {**COMPLETE, "strafrechtelijk_opnemen": True, "strafrechtelijk_reden": reason}
    letter = desk.letters.prepare(actor, desk.case, desk.expert, parse_request(ticked))
    filed = desk.letters.file(actor, letter, release=True)
    assert all(words in text_of(filed.pdf) for words in told)
    [(_, document)] = desk.dossier.documents(actor, desk.case)
    assert json.loads(document.inhoud)["criminal_reason"] == reason
    assert reason not in text_of(filed.pdf)


def test_the_explanation_of_a_hidden_home_is_hidden_too(desk: Desk, actor: Actor) -> None:
    case = {**CASE, "woonsituatie": "HV-J1", "woonsituatie_toelichting": "Hij zit vast."}
    entity = CaseWork(desk.context).record(actor, Case.model_validate(case)).entity
    letter = desk.letters.prepare(actor, entity, desk.expert, parse_request(COMPLETE))
    assert "Hij zit vast" not in repr(letter)


def test_every_block_can_be_edited_and_an_emptied_one_is_left_out(desk: Desk, actor: Actor) -> None:
    edited = {"aanleiding": "Daan heeft hulp nodig.", "vragen": "1. Een?\n2) Twee?", "krachten": "", "schets": ""}
    letter = desk.letters.prepare(actor, desk.case, desk.expert, parse_request({**COMPLETE, "blokken": edited}))
    blocks = {block.name: block for block in letter.blocks}
    assert blocks["aanleiding"].text == "De jeugdige heeft hulp nodig."
    assert blocks["vragen"].items == ("Een?", "Twee?")
    assert "krachten" not in blocks
    assert letter.missing == ("schets",)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"vragen": ["a", "b", "c", "d"]}, "vragen"),
        ({"vragen": 3}, "vragen"),
        ({"onbekend": "x"}, "onbekend"),
        ({"blokken": {"onbekend": "x"}}, ""),
        ({"blokken": {"vragen": "a\nb\nc\nd"}}, ""),
        ({"aanleiding": ["x"]}, "aanleiding"),
        ({"identificerend": "misschien"}, "identificerend"),
        ({"uren": {"x": 1}}, "uren"),
        ([], ""),
        ("tekst", ""),
    ],
)
def test_a_request_that_cannot_be_is_refused_in_dutch(wrong: object, field: str) -> None:
    with pytest.raises(InvalidInputError) as raised:
        parse_request(wrong)
    assert raised.value.field == field
    assert str(raised.value).endswith(".")


def test_a_way_of_sending_that_nobody_knows_is_refused(desk: Desk, actor: Actor) -> None:
    letter = desk.letters.prepare(actor, desk.case, desk.expert, parse_request(COMPLETE))
    with pytest.raises(InvalidInputError, match="verzenden"):
        desk.letters.file(actor, letter, release=True, channel="postduif")
    assert desk.documents(actor) == 0


def test_without_a_postal_address_a_letter_does_not_go_by_post(desk: Desk, actor: Actor) -> None:
    expert = Pool(desk.context).record(actor, Expert(naam="S. van Dijk", organisatie="De Linde")).entity
    request = parse_request({**COMPLETE, "waarom_deze_expert": "U kent dit werk."})
    letter = desk.letters.prepare(actor, desk.case, expert, request)
    assert letter.recipient == ("De Linde", "t.a.v. S. van Dijk")
    with pytest.raises(InvalidInputError, match="postadres"):
        desk.letters.file(actor, letter, release=True, channel="VK-POST")
    assert desk.letters.file(actor, letter, release=True, channel="VK-VMAIL").kenmerk.endswith("/B01")


NAMES = st.text(st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F), min_size=4, max_size=9).map(
    lambda text: f"Xq{text.lower()}zx"
)
TEXT_FIELDS = [
    name
    for name, note in notes(Case).items()
    if note.long and note.shape is Shape.SINGLE and note.sensitivity is not Sensitivity.CRIMINAL
]
PERSON_FIELDS = [
    "roepnaam",
    "achternaam",
    "verwijzer_naam",
    "verwijzer_organisatie",
    "regisseur",
    "jim_naam",
    "gemeente",
]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, field=st.sampled_from(PERSON_FIELDS), involved=st.booleans(), form=st.integers(0, 4))
@example(name="Xqéláñzx", field="roepnaam", involved=True, form=2)
def test_a_name_in_any_text_never_reaches_a_pseudonymous_document(
    desk: Desk, actor: Actor, name: str, field: str, *, involved: bool, form: int
) -> None:
    written = (name, name.upper(), f"{name}s", f"“{name}”", f"moeder ({name}),")[form]
    text = f"Volgens {written} gaat het beter. {written} slaapt."
    case = Case.model_validate(
        {
            **dict.fromkeys(TEXT_FIELDS, text),
            "leeftijd": 12,
            "knelpunten": [f"Iets met {name}"],
            **({"betrokkenen": [{"naam": name, "relatie": "oma"}]} if involved else {field: name}),
            "geschiedenis": [{"vorm": written, "reden_einde": text, "ervaring": text, "van": written}],
        }
    )
    entity = CaseWork(desk.context).record(actor, case).entity
    typed = dict.fromkeys(("aanleiding", "niet_gevraagd", "waarom_deze_expert", "termijn", "uw_kenmerk"), written)
    request = parse_request({**COMPLETE, **typed, "vragen": [written], "bijlagen": [written], "uren": written})
    letter = desk.letters.prepare(actor, entity, desk.expert, request)
    told = text_of(desk.letters.preview(actor, letter)) + repr(letter)
    sheet = text_of(desk.letters.case_sheet(actor, entity).pdf)
    assert name.casefold() not in told.casefold()
    assert field == "regisseur" or name.casefold() not in sheet.casefold()


def test_a_case_sheet_is_two_pages_at_most_and_names_nobody(desk: Desk, actor: Actor) -> None:
    text = text_of(desk.letters.case_sheet(actor, desk.case).pdf)
    for words in (
        "Casuskaart",
        "D. d. V.",
        "15 jaar",
        "04-03-2029",
        "Moeder (gezag)",
        "Pleegzorg, 2019 tot 2020",
        "Notities",
    ):
        assert words in text
    assert not [word for word in ("Daan", "Vries", "Karin", "Stichting Veer", "Er loopt een zaak") if word in text]


def test_a_case_sheet_is_filed_when_it_leaves_and_once_while_it_says_the_same(desk: Desk, actor: Actor) -> None:
    sheet = desk.letters.case_sheet(actor, desk.case)
    assert desk.documents(actor) == 0, "looking at it files nothing"
    kenmerk = desk.letters.sheet_left(actor, sheet, Leaving.PRINTED)
    again = desk.letters.case_sheet(dataclasses.replace(actor, name="Iemand Anders"), desk.case)
    assert again.pdf != sheet.pdf
    assert desk.letters.sheet_left(actor, again, Leaving.SAVED) == kenmerk
    [(entity, filed)] = desk.dossier.documents(actor, desk.case)
    assert (filed.soort, filed.kenmerk, filed.gemaakt_door) == ("Casuskaart", kenmerk, actor.name)
    assert (filed.datum, filed.is_concept, desk.letters.pdf(actor, entity)) == (sheet.date, False, sheet.pdf)
    assert "Daan" not in filed.inhoud
    with desk.context.store.read() as reader:
        copied = {passage.text for passage in passages(gathered(reader, desk.case))}
    assert any("Vraag in één zin:" in text for text in copied), "the family reads it in its copy"
    CaseWork(desk.context).amend(actor, desk.case, Case(krachten="Zwemt graag."), ["krachten"])
    desk.letters.sheet_left(actor, desk.letters.case_sheet(actor, desk.case), Leaving.PRINTED)
    assert desk.documents(actor) == 2
    for way in (desk.letters.check_leaving, desk.letters.begun):
        with pytest.raises(InvalidInputError, match="eigen gebruik"):
            way(actor, entity)


def test_who_only_reads_prints_a_case_sheet_that_is_logged_but_not_filed(desk: Desk, actor: Actor) -> None:
    reader = dataclasses.replace(actor, role=Role.PRIVACY)
    sheet = desk.letters.case_sheet(reader, desk.case)
    assert (desk.letters.sheet_left(reader, sheet, Leaving.PRINTED), desk.documents(actor)) == ("", 0)
    with desk.context.store.read() as rows:
        assert "afdrukken" in {entry.action for entry in rows.read_log(desk.case, 50)}


def test_the_longest_case_still_fits_on_two_pages(desk: Desk, actor: Actor) -> None:
    long = "Dit is een zin over wat er gebeurt en wat helpt. " * 2000
    rows = [{"naam": f"Persoon {n}", "relatie": f"relatie nummer {n}" * 12} for n in range(60)]
    case = Case.model_validate(
        {
            **CASE,
            **dict.fromkeys(TEXT_FIELDS, long),
            "betrokkenen": rows,
            "knelpunten": [f"knelpunt {n} " * 40 for n in range(50)],
            "geschiedenis": [{"vorm": "x" * 400, "reden_einde": long} for _ in range(9)],
        }
    )
    entity = CaseWork(desk.context).record(actor, case).entity
    request = parse_request({**COMPLETE, "vragen": ["Wat is wijs? " * 150] * 3, "aanleiding": long})
    letter = desk.letters.preview(actor, desk.letters.prepare(actor, entity, desk.expert, request))
    sheet = desk.letters.case_sheet(actor, entity).pdf
    for data, mark in ((letter, "… [ingekort]"), (sheet, "… zie dossier")):
        assert len(PdfReader(BytesIO(data)).pages) == 2
        assert mark in text_of(data)


def test_documents_load_reportlab_only_when_one_is_made(project: Path) -> None:
    code = "import sys, bren_desktop.wiring; print([m for m in sys.modules if m.startswith(('reportlab', 'PIL'))])"
    found = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
