"""Every kind of document through the service and the real renderer, read back: what it says, to whom, how long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pydantic import ValidationError
from pypdf import PdfReader

from bren_desktop.documents.renderer import Documents
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.advice import Advice, Discussion, MoneyRow, PlanRow, PointRow, PresentRow
from bren_desktop.domain.aftercare import BigFiveRow, Bridge, FuturePlan
from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Lesson
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.dutch import CUT_MARK
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.fields import Sensitivity, Shape, notes
from bren_desktop.domain.letter_texts import Texts
from bren_desktop.domain.letters import Letter, PaperRequest, kept_letter
from bren_desktop.domain.papers.consultation import CONSULTATION
from bren_desktop.domain.papers.kind import Audience, PaperKind, Release
from bren_desktop.domain.papers.kinds import PAPERS, paper
from bren_desktop.domain.plain_dutch import too_hard
from bren_desktop.domain.transitions import Transition
from bren_desktop.errors import InvalidInputError, MissingConsentError, NotAllowedError
from bren_desktop.services import below
from bren_desktop.services.aftercare import Aftercare
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.consents import Consents
from bren_desktop.services.context import Context, author
from bren_desktop.services.dossier import Dossier
from bren_desktop.services.doubles import Doubles
from bren_desktop.services.letters import Letters
from bren_desktop.services.team import TeamSettings

TODAY = date(2026, 11, 22)
OTHERS = tuple(kind for kind in PAPERS if kind is not CONSULTATION)
FOR_FAMILY = tuple(kind for kind in OTHERS if kind.audience is Audience.FAMILY)
FOR_OTHERS = tuple(kind for kind in OTHERS if kind.audience is not Audience.FAMILY)
HOSTILE = "<18 jaar & ouder <img src=//x> =cmd|x {0.__class__} \u202e \x07 " + "lang " * 2000
CASE: dict[str, object] = {
    "roepnaam": "Daan",
    "tussenvoegsel": "de",
    "achternaam": "Vries",
    "geboortedatum": "2012-03-04",
    "geslacht": "GE-M",
    "regio": "JZ24",
    "gemeente": "Waterstad",
    "datum_aanmelding": "2026-11-03",
    "verwijzer": "VW-GI",
    "verwijzer_naam": "mevrouw A. van Dijk",
    "verwijzer_organisatie": "Jeugdbescherming De Linde",
    "verwijzer_contact": "a.vandijk@linde.example",
    "hulpvraag": "Hoe krijgt Daan weer een vaste plek om te wonen en te leren?",
    "vastloopredenen": ["VR-1"],
    "toestemming_status": "TS-JA",
    "samenvatting": "Daan woont sinds juni bij een tante en gaat niet naar school. Zijn ouders wonen apart.",
    "krachten": "Daan is trouw aan zijn zusje en kookt graag voor anderen.",
    "wat_werkte": "Een vast ritme en korte afspraken.",
    "analyse_samenhang": "Na het overlijden van oma verloor Daan zijn vaste plek. Moeder Karin werkt in ploegen.",
    "gezag": "GZ-BEIDE",
    "strafrechtelijk": "Er loopt een zaak bij de kinderrechter.",
    "betrokkenen": [{"naam": "Karin de Vries", "relatie": "Moeder", "gezag": True}],
}
ADVICE = Advice(
    soort="SA-PLAN",
    samenvatting="Daan heeft rust nodig en een plek die blijft. School en wonen horen in één plan. Moeder denkt mee.",
    analyse="Daan haakt af als volwassenen wisselen. Met een vaste begeleider houdt hij afspraken goed vol.",
    punten=(
        PointRow(
            id="p1",
            wat="Zoek een gezinshuis in de buurt van zijn zusje",
            eigenaar="Jeugdbescherming De Linde",
            uiterlijk=date(2026, 12, 18),
            waarom="Nabijheid van zijn zusje geeft houvast",
        ),
        PointRow(
            id="p2",
            wat="Start met twee dagdelen onderwijs op een zorgboerderij",
            eigenaar="samenwerkingsverband",
            uiterlijk=date(2027, 1, 8),
            waarom="Hij leert beter door te doen",
        ),
        PointRow(id="p3", wat="Spreek elke week met moeder", eigenaar="wijkteam", uiterlijk=date(2026, 12, 4)),
    ),
    plannen=(
        PlanRow(id="A", tekst="Een gezinshuis in de eigen regio", stand="PS-GEK"),
        PlanRow(id="B", tekst="Bij tante blijven met intensieve hulp", stand="PS-OPEN"),
    ),
    overbrugging_nodig=True,
    geld=(
        MoneyRow(
            id="g1", soort="Overbruggingsfinanciering", bedrag=12500, garantsteller="de gemeente", tot=date(2027, 2, 1)
        ),
    ),
    mandaat_bij="J. Bakker, gemeente",
    hoofdaannemer="Zorggroep Noord",
    procesregisseur="Petra Voorbeeld",
    procesregisseur_contact="06 00 00 00 00",
    besproken_met_gezin="Daan en zijn moeder hoorden het advies op 20 november.",
    reactie_gezin="Daan wil graag dicht bij zijn zusje wonen. Moeder is opgelucht.",
    opvolgmoment=date(2026, 12, 4),
    vrijgegeven_op=date(2026, 11, 21),
    vrijgegeven_door="Vera Voorbeeld",
)
BRIDGE = Bridge(
    vorm="Drie middagen per week begeleiding thuis bij tante",
    door="Zorggroep Noord",
    van=date(2026, 11, 23),
    tot=date(2027, 1, 31),
    veiligheid_door="Petra Voorbeeld",
    volgende_check=date(2026, 12, 4),
)


@dataclass
class Desk:
    """A store with one case in its later life, and the services around it."""

    context: Context
    letters: Letters
    dossier: Dossier
    team: TeamSettings
    case: str

    def put(self, kind: Kind, record: Any, actor: Actor) -> str:
        with self.context.store.write(author(actor)) as writer:
            return below.file_in(writer, self.context, kind, self.case, record)

    def change(self, actor: Actor, **fields: object) -> None:
        with self.context.store.write(author(actor)) as writer:
            writer.write(Kind.CASE, self.case, {(name, ""): value for name, value in fields.items()})

    def made(self, actor: Actor, kind: PaperKind, **asked: object) -> Letter:
        """As somebody makes it who read what others wrote about the young person, and left it as it was."""
        letter = self.letters.prepare_paper(actor, kind.key, self.case, PaperRequest.model_validate(asked))
        if not kind.to_young or asked:
            return letter
        return self.made(actor, kind, blokken={block.name: block.plain for block in letter.blocks if block.gap})


def fitted(desk: Desk, actor: Actor, kind: PaperKind) -> None:
    """Bring the case in the state in which this kind of document makes sense."""
    desk.change(actor, status="ST-AFB" if kind.key == "afwijzing" else "ST-ADV")


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def pages_of(data: bytes) -> int:
    return len(PdfReader(BytesIO(data)).pages)


@pytest.fixture
def desk(new_context: Callable[..., Context], actor: Actor) -> Desk:
    context = new_context("a case in its later life", lambda empty: _lead_a_life(empty, actor))
    with context.store.read() as view:
        (case,) = view.entities(Kind.CASE)
    return _desk(context, case)


def _desk(context: Context, case: str) -> Desk:
    team = TeamSettings(context)
    return Desk(context, Letters(context, Documents(), team), Dossier(context), team, case)


def _lead_a_life(context: Context, actor: Actor) -> None:
    """A team with an address, and a case with all that it leaves behind."""
    made = _desk(context, CaseWork(context).record(actor, Case.model_validate(CASE)).entity)
    settings = {"telefoon": "070 000 00 00", "email": "team@voorbeeld.example", "adres": "Postbus 1\n2500 AA Den Haag"}
    made.team.save(actor, made.team.get(actor).model_copy(update=settings))
    talked = made.put(
        Kind.DISCUSSION,
        Discussion(
            datum=date(2026, 11, 18),
            vraag="Waar kan Daan de komende jaren wonen en leren?",
            aanwezigen=(PresentRow(naam="Iemand Geheim", rol="lid"),),
        ),
        actor,
    )
    made.put(Kind.ADVICE, ADVICE.model_copy(update={"bespreking": talked}), actor)
    made.put(Kind.BRIDGE, BRIDGE, actor)
    made.put(Kind.LESSON, Lesson(tekst="Vraag eerst wie er blijft, dan pas waar."), actor)
    step = Transition(
        van="ST-TRI",
        naar="ST-AFB",
        op=TODAY,
        reden="De regio heeft zelf passende hulp die nog niet is geprobeerd",
        doorgeleid_naar="Het wijkteam van Daan in Waterstad",
    )
    made.put(Kind.TRANSITION, step, actor)


@pytest.mark.parametrize("kind", OTHERS, ids=lambda kind: kind.key)
def test_every_mandatory_block_stands_in_it_under_its_heading(desk: Desk, actor: Actor, kind: PaperKind) -> None:
    fitted(desk, actor, kind)
    letter = desk.made(actor, kind)
    assert letter.missing == ()
    filed = desk.letters.file(actor, letter, release=True)
    text = text_of(filed.pdf)
    headings = Texts(kind.key).headings
    assert all(headings[name] in text for name in kind.mandatory), kind.key
    assert set(headings) == set(kind.editable)
    assert filed.kenmerk in text
    assert "CONCEPT" not in text
    assert pages_of(filed.pdf) <= kind.pages
    ((_, document),) = desk.dossier.documents(actor, desk.case)
    assert (document.soort, document.vrijgegeven_door) == (kind.title, actor.name)
    kept = kept_letter(document.inhoud)
    assert (kept.blocks, kept.kenmerk, kept.date) == (letter.blocks, filed.kenmerk, TODAY)


@pytest.mark.parametrize("kind", OTHERS, ids=lambda kind: kind.key)
def test_who_reads_it_sees_nothing_that_is_not_theirs(desk: Desk, actor: Actor, kind: PaperKind) -> None:
    fitted(desk, actor, kind)
    text = text_of(desk.letters.preview(actor, desk.made(actor, kind)))
    assert "kinderrechter" not in text
    assert "Iemand Geheim" not in text
    named = [word for word in ("Daan", "Vries", "Karin", "Waterstad") if word in text]
    assert kind.audience is Audience.FAMILY or named == []


ALLOWED = {
    Audience.REFERRER: {Sensitivity.NEUTRAL, Sensitivity.SENSITIVE},
    Audience.FAMILY: {Sensitivity.NEUTRAL, Sensitivity.SENSITIVE, Sensitivity.PERSONAL},
}
THEIR_OWN = {"verwijzer_naam", "verwijzer_organisatie"}


@pytest.mark.parametrize("kind", OTHERS, ids=lambda kind: kind.key)
def test_the_annotation_of_a_field_decides_who_reads_it(desk: Desk, actor: Actor, kind: PaperKind) -> None:
    """A word in every text field of the case: what comes out is allowed for this recipient by its annotation."""
    marks = {
        name: f"merk{number}woord"
        for number, (name, note) in enumerate(notes(Case).items())
        if note.shape is Shape.SINGLE and not note.vocabulary and Case.model_fields[name].annotation is str
        if name not in ("nummer", "eerder_kenmerk", "status", "team", "extern_id")
    }
    desk.change(actor, **marks)
    fitted(desk, actor, kind)
    letter = desk.made(actor, kind)
    told = " ".join((*letter.recipient, letter.salutation, *(block.plain for block in letter.blocks)))
    for name, mark in marks.items():
        note = notes(Case)[name]
        is_open = note.sensitivity in ALLOWED[kind.audience] or name in THEIR_OWN
        assert mark not in told or is_open, name


@pytest.mark.parametrize("kind", OTHERS, ids=lambda kind: kind.key)
@pytest.mark.parametrize("text", [HOSTILE, "Een gewone zin die best lang is. " * 320, "x" * 9999])
def test_hostile_and_endless_text_breaks_nothing_and_fills_no_page_too_many(
    desk: Desk, actor: Actor, kind: PaperKind, text: str
) -> None:
    fitted(desk, actor, kind)
    letter = desk.made(actor, kind, blokken=dict.fromkeys(kind.editable, text), ontvanger=text[:200], aanhef=text[:60])
    pdf = desk.letters.preview(actor, letter)
    assert pages_of(pdf) <= kind.pages
    assert text[:8] in text_of(pdf)


@pytest.mark.parametrize("key", ["adviesbrief", "adviesbrief_ouders", "overbruggingsafspraak"])
def test_who_goes_on_with_a_concept_finds_it_as_it_was(desk: Desk, actor: Actor, key: str) -> None:
    """With whom to call in it, though numbers that are typed elsewhere are masked."""
    edited = (
        {"verantwoordelijkheid": ""} if key == "adviesbrief" else {"contact": "Bel 070 000 00 00 of Petra Voorbeeld."}
    )
    letter = desk.made(actor, paper(key), blokken=edited, ontvanger="Postbus 1\n2500 AA  DEN HAAG")
    begun = desk.letters.begun(actor, desk.letters.file(actor, letter, release=False).entity)
    again = desk.made(actor, begun.kind, **begun.fields)
    assert (again.blocks, again.recipient, again.salutation) == (letter.blocks, letter.recipient, letter.salutation)
    released = desk.letters.file(actor, again, release=True)
    with pytest.raises(InvalidInputError, match="vrijgegeven"):
        desk.letters.begun(actor, released.entity)


def test_a_mandatory_block_is_never_shortened_in_what_is_released(desk: Desk, actor: Actor) -> None:
    """An adviespunt without its owner is no adviespunt: the advice is made shorter, or it stays a concept."""
    points = "\n".join(f"Doe dit {'samen met iedereen ' * 12}{n}. Wie: wijkteam." for n in range(40))
    blocks = {"advies": points, "leerpunt": "x " * 3000}
    letter = desk.made(actor, paper("adviesbrief"), blokken=blocks)
    assert set(desk.letters.cut(actor, letter)) == {"Ons advies", "Wat wij ervan leren"}
    with pytest.raises(InvalidInputError, match=r"past niet op 3 bladzijden\. Maak korter: Ons advies"):
        desk.letters.file(actor, letter, release=True)
    assert "CONCEPT" in text_of(desk.letters.file(actor, letter, release=False).pdf)
    short = desk.made(actor, paper("adviesbrief"), blokken={"advies": points[:400]})
    assert desk.letters.cut(actor, short) == ()


TO_READ = tuple(kind for kind in FOR_FAMILY if kind.key != "toestemmingsformulier")
"""A form has choices to tick rather than sentences to read."""


@pytest.mark.parametrize("kind", TO_READ, ids=lambda kind: kind.key)
def test_standing_sentences_for_families_are_short_and_plain(kind: PaperKind) -> None:
    for name, said in Texts(kind.key).sentences.items():
        assert not too_hard(said.format_map(dict.fromkeys(("naam", "wie", "datum", "wat", "contact"), "X"))), name


@pytest.mark.parametrize("kind", TO_READ, ids=lambda kind: kind.key)
def test_the_letter_to_a_family_reads_plainly(desk: Desk, actor: Actor, kind: PaperKind) -> None:
    told = "\n".join(block.plain for block in desk.made(actor, kind).blocks)
    hard = too_hard(told)
    assert not hard, hard
    if "krachten" in kind.editable:
        assert told.index("trouw aan zijn zusje") < told.index("gezinshuis")
    assert ("Je " in told) is kind.to_young


@pytest.mark.parametrize("kind", [kind for kind in PAPERS if kind.to_young], ids=lambda kind: kind.key)
def test_what_others_wrote_of_the_young_person_is_read_before_it_goes(
    desk: Desk, actor: Actor, kind: PaperKind
) -> None:
    letter = desk.letters.prepare_paper(actor, kind.key, desk.case, PaperRequest())
    taken = [block.name for block in letter.blocks if block.plain and block.name in {"krachten", "advies", "punten"}]
    assert set(taken) <= set(letter.missing)
    with pytest.raises(InvalidInputError, match="nog niet worden vrijgegeven"):
        desk.letters.file(actor, letter, release=True)
    assert "in woorden aan de jeugdige" in text_of(desk.letters.file(actor, letter, release=False).pdf)


def test_a_family_is_promised_no_day_that_has_passed(desk: Desk, actor: Actor) -> None:
    points = tuple(PointRow(id=f"p{day}", wat="Bel school", uiterlijk=date(2026, 11, day)) for day in (13, 27))
    desk.put(Kind.ADVICE, ADVICE.model_copy(update={"punten": points, "vrijgegeven_op": TODAY}), actor)
    told = " ".join(block.plain for block in desk.made(actor, paper("adviesbrief_ouders")).blocks)
    assert "klaar op 27 november" in told
    assert "13 november" not in told


def test_jargon_of_professionals_is_explained_once(desk: Desk, actor: Actor) -> None:
    words = {"krachten": "Daan deed EMDR. De EMDR hielp."}
    desk.change(actor, **words)
    letter = desk.made(actor, paper("adviesbrief_ouders"))
    assert letter.blocks[0].plain.count("(een behandeling om nare herinneringen minder erg te maken)") == 1


@pytest.mark.parametrize(
    ("born", "authority", "signers"),
    [
        ("2018-03-04", "GZ-BEIDE", ("Ouder met gezag", "Andere ouder met gezag")),
        ("2012-03-04", "GZ-BEIDE", ("Jeugdige", "Ouder met gezag", "Andere ouder met gezag")),
        ("2010-03-04", "GZ-BEIDE", ("Jeugdige",)),
        ("2012-03-04", "GZ-VOOGD", ("Jeugdige", "Voogd, namens")),
    ],
)
def test_the_consent_form_comes_in_four_variants(
    desk: Desk, actor: Actor, born: str, authority: str, signers: tuple[str, ...]
) -> None:
    desk.change(actor, geboortedatum=born, gezag=authority)
    letter = desk.made(actor, paper("toestemmingsformulier"))
    assert letter.signatures == signers
    text = text_of(desk.letters.preview(actor, letter))
    assert all(signer in text for signer in signers)
    assert text.count("☐ ja of ☐ nee:") == 5
    assert "geeft raad (pareltje)" in text
    assert "Intrekken kan altijd" in text
    assert ("Je kunt je toestemming" in text) == (signers == ("Jeugdige",))
    assert ("jonger dan 12" in text) == ("Jeugdige" not in signers)


@pytest.mark.parametrize(
    ("age", "signer", "said"),
    [
        (20, "Wettelijk vertegenwoordiger", "De jeugdige kan dit nu niet zelf beslissen."),
        (16, "Ouder met gezag", "De jeugdige kan dit nu niet zelf beslissen."),
        (9, "Ouder met gezag", "De jeugdige is jonger dan 12."),
    ],
)
def test_who_decides_for_somebody_else_is_spoken_to(desk: Desk, actor: Actor, age: int, signer: str, said: str) -> None:
    desk.change(actor, geboortedatum=f"{TODAY.year - age}-01-01", wilsbekwaam=False)
    letter = desk.made(actor, paper("toestemmingsformulier"))
    told = " ".join(block.plain for block in letter.blocks)
    assert letter.signatures[0] == signer
    assert said in told
    assert "Je kunt" not in told
    assert "mijn ouders" not in told


TO_PARENTS = ("adviesbrief_ouders", "opvolgbrief_ouders")


@pytest.mark.parametrize(
    ("age", "stated_on", "parents", "young"),
    [
        (15, TODAY, True, True),
        (15, TODAY - timedelta(days=30), False, True),
        (15, None, False, False),
        (20, TODAY, False, True),
        (11, TODAY, True, False),
    ],
)
def test_a_letter_waits_for_an_age_that_nobody_can_mistake(
    desk: Desk, actor: Actor, age: int, stated_on: date | None, parents: bool, young: bool
) -> None:
    desk.change(actor, geboortedatum=None, leeftijd=age, leeftijd_op=stated_on and stated_on.isoformat())
    offered = {kind.key for kind in desk.letters.kinds(actor, desk.case)}
    assert offered.issuperset(TO_PARENTS) == parents
    assert ("adviesbrief_jeugdige" in offered) == young


@pytest.mark.parametrize(
    ("authority", "greeting"),
    [
        ("GZ-BEIDE", "Beste ouders van Daan,"),
        ("GZ-EEN", "Beste ouder van Daan,"),
        ("GZ-VOOGD", "Geachte voogd van Daan,"),
    ],
)
def test_the_letter_greets_who_has_gezag(desk: Desk, actor: Actor, authority: str, greeting: str) -> None:
    desk.change(actor, gezag=authority)
    assert desk.made(actor, paper("adviesbrief_ouders")).salutation == greeting


def test_a_lesson_for_the_board_is_not_told_to_the_referrer(desk: Desk, actor: Actor) -> None:
    desk.put(Kind.LESSON, Lesson(tekst="De verwijzer belde te laat.", doelgroep="LD-MGT"), actor)
    told = " ".join(block.plain for block in desk.made(actor, paper("adviesbrief")).blocks)
    assert "Vraag eerst wie er blijft" in told
    assert "belde te laat" not in told


def test_a_letter_to_the_parents_stays_in_from_the_sixteenth_birthday(desk: Desk, actor: Actor) -> None:
    letter = desk.made(actor, paper("adviesbrief_ouders"))
    filed = desk.letters.file(actor, letter, release=True)
    desk.letters.check_leaving(actor, filed.entity)
    desk.change(actor, geboortedatum=TODAY.replace(year=TODAY.year - 16).isoformat())
    with pytest.raises(NotAllowedError, match="Vanaf 16 jaar"):
        desk.letters.check_leaving(actor, filed.entity)
    with pytest.raises(NotAllowedError, match="niets opgeborgen"):
        desk.letters.file(actor, letter, release=True)


def test_a_team_without_a_number_names_who_is_asked_about_privacy(desk: Desk, actor: Actor) -> None:
    desk.team.save(actor, desk.team.get(actor).model_copy(update={"telefoon": "", "email": ""}))
    told = desk.made(actor, paper("toestemmingsformulier")).blocks
    assert f"(FG): via {actor.name}." in " ".join(block.plain for block in told)


def test_an_agreement_tells_two_bridges_apart_in_full(desk: Desk, actor: Actor) -> None:
    weekend = Bridge.model_validate({**BRIDGE.model_dump(), "vorm": "Logeren", "door": "De Hoeve", "tot": "2027-02-28"})
    desk.put(Kind.BRIDGE, weekend, actor)
    letter = desk.made(actor, paper("overbruggingsafspraak"))
    text = text_of(desk.letters.preview(actor, letter))
    assert "1. Logeren. Door: De Hoeve. 2. Drie middagen" in text
    assert "1. Van 23 november 2026 tot en met 28 februari 2027. 2. Van 23 november 2026 tot en met 31 januari" in text
    assert "crisisdienst van uw regio of 112" in text
    assert CUT_MARK not in text
    assert [signer.partition(",")[0] for signer in letter.signatures] == ["De Hoeve", "Zorggroep Noord", "De verwijzer"]


def test_a_letter_tells_nothing_of_an_earlier_refusal_and_promises_no_day_that_is_past(
    desk: Desk, actor: Actor
) -> None:
    desk.change(actor, status="ST-TRI")
    assert {"reden", "doorgeleiding"} <= set(desk.made(actor, paper("afwijzing")).missing)
    terms = next(block for block in desk.made(actor, paper("ontvangstbevestiging")).blocks if block.name == "termijnen")
    assert "10 november" not in terms.plain
    assert "24 november" in terms.plain


@pytest.mark.parametrize("lines", [2, 7])
def test_an_address_fits_the_window_and_the_post(desk: Desk, actor: Actor, lines: int) -> None:
    typed = "\n".join(f"Regel {number}" for number in range(lines))
    with pytest.raises((ValidationError, InvalidInputError), match=r"zes regels|boven de brief"):
        desk.letters.file(actor, desk.made(actor, paper("adviesbrief"), ontvanger=typed), release=True, channel="post")


def test_a_name_to_the_referrer_needs_consent(desk: Desk, actor: Actor) -> None:
    kind = paper("adviesbrief")
    with pytest.raises(MissingConsentError):
        desk.made(actor, kind, identificerend=True)
    given = Consent(
        doelen=("TD-A",), gevers=("TG-JEUGD", "TG-OUDER1", "TG-OUDER2"), gegeven_op=date(2026, 11, 3), vorm="TV-SCHR"
    )
    consent = Consents(desk.context).add(actor, desk.case, given)
    letter = desk.made(actor, kind, identificerend=True)
    assert "Daan" in text_of(desk.letters.preview(actor, letter))
    filed = desk.letters.file(actor, letter, release=True)
    Consents(desk.context).withdraw(actor, consent, TODAY, "jeugdige")
    with pytest.raises(MissingConsentError):
        desk.letters.check_leaving(actor, filed.entity)


@pytest.mark.parametrize("kind", FOR_OTHERS, ids=lambda kind: kind.key)
def test_what_never_names_refuses_a_name(desk: Desk, actor: Actor, kind: PaperKind) -> None:
    fitted(desk, actor, kind)
    if not kind.purpose:
        with pytest.raises(InvalidInputError, match="zonder naam"):
            desk.made(actor, kind, identificerend=True)
    with pytest.raises(InvalidInputError, match="consultatievraag"):
        desk.made(actor, kind, strafrechtelijk_opnemen=True, strafrechtelijk_reden="x")


@pytest.mark.parametrize("kind", OTHERS, ids=lambda kind: kind.key)
@pytest.mark.parametrize("role", [Role.SECRETARIS, Role.PROCESREGISSEUR, Role.PLAATSVERVANGER])
def test_who_lets_it_go(desk: Desk, actor: Actor, kind: PaperKind, role: Role) -> None:
    fitted(desk, actor, kind)
    who = replace(actor, role=role)
    letter = desk.made(actor, kind)
    may = role is Role.PLAATSVERVANGER or (role is Role.SECRETARIS and kind.release is Release.OFFICE)
    if may:
        assert desk.letters.file(who, letter, release=True).pdf
        return
    with pytest.raises(NotAllowedError):
        desk.letters.file(who, letter, release=True)
    assert "CONCEPT" in text_of(desk.letters.file(who, letter, release=False).pdf)


def test_only_what_makes_sense_is_offered(desk: Desk, actor: Actor) -> None:
    def offered() -> set[str]:
        return {kind.key for kind in desk.letters.kinds(actor, desk.case)}

    desk.change(actor, status="ST-ADV")
    assert offered() == {kind.key for kind in OTHERS} - {"afwijzing"}
    desk.change(actor, status="ST-TRI", geboortedatum="2018-01-01")
    assert offered() == {kind.key for kind in OTHERS if not kind.to_young}
    desk.change(actor, geboortedatum="2010-01-01")
    assert "adviesbrief_ouders" not in offered()
    fresh = CaseWork(desk.context).record(actor, Case(roepnaam="Noor")).entity
    assert {kind.key for kind in desk.letters.kinds(actor, fresh)} == {"toestemmingsformulier"}
    with pytest.raises(InvalidInputError, match="geen vrijgegeven advies"):
        desk.letters.prepare_paper(actor, "adviesbrief", fresh, PaperRequest())


def test_a_merged_double_gets_no_more_documents(desk: Desk, actor: Actor) -> None:
    double = (
        CaseWork(desk.context).record(actor, Case.model_validate({**CASE, "datum_aanmelding": "2026-11-10"})).entity
    )
    Doubles(desk.context).merge(actor, desk.case, double, {})
    number = CaseWork(desk.context).open(actor, desk.case).case.nummer
    assert desk.letters.kinds(actor, desk.case)
    assert not desk.letters.kinds(actor, double)
    with pytest.raises(InvalidInputError, match=number):
        desk.letters.prepare_paper(actor, "adviesbrief", double, PaperRequest())


def test_a_team_says_it_in_its_own_words(desk: Desk, actor: Actor) -> None:
    name, words = "verantwoordelijkheid", "Eigen woorden {0.__class__} {wie}."
    before = desk.team.get(actor)
    desk.team.say(actor, "adviesbrief", {name: words, "dank": ""})
    desk.team.save(actor, before)
    assert words in text_of(desk.letters.preview(actor, desk.made(actor, paper("adviesbrief"))))
    desk.team.say(actor, "adviesbrief", {name: " "})
    assert desk.team.get(actor).teksten == ()
    assert words not in text_of(desk.letters.preview(actor, desk.made(actor, paper("adviesbrief"))))
    with pytest.raises(InvalidInputError, match="bestaat niet"):
        desk.team.say(actor, "adviesbrief", {"onzin": "x"})
    for name, text, gone in (("doel", "☐ ja: {doel}", "☐"), ("duur", "Een jaar.", "{datum}")):
        with pytest.raises(InvalidInputError, match=gone):
            desk.team.say(actor, "toestemmingsformulier", {name: text})
    desk.team.say(actor, "toestemmingsformulier", {"duur": "Tot {datum}."})


def test_the_agreement_names_what_it_lacks(desk: Desk, actor: Actor) -> None:
    desk.put(Kind.BRIDGE, Bridge(vorm="Logeren", tot=date(2027, 1, 1)), actor)
    letter = desk.made(actor, paper("overbruggingsafspraak"))
    assert letter.missing == ("veiligheid", "check")


def test_the_case_sheet_tells_what_is_to_be_followed_within_two_pages(desk: Desk, actor: Actor) -> None:
    five = FuturePlan(big5=(BigFiveRow(id="B5-WO", stand="BS-LOOPT", wie="Petra"),))
    Aftercare(desk.context).plan_future(actor, desk.case, five, ["big5"])
    sheet = desk.letters.case_sheet(actor, desk.case).pdf
    text = text_of(sheet)
    assert "☐ Start met twee dagdelen onderwijs op een zorgboerderij." in text
    assert "nog niet begonnen" in text
    assert "volgende check 04-12-2026" in text
    assert "Big 5" not in text
    assert not any(name in text for name in ("Daan", "Vries", "Karin"))
    long = dict.fromkeys(("krachten", "stem_jeugdige", "veiligheid", "analyse_ontstaan"), "Een hele zin. " * 700)
    desk.change(actor, geboortedatum="2010-03-04", **long)
    older = desk.letters.case_sheet(actor, desk.case).pdf
    assert "☐ Wonen: loopt · Petra" in text_of(older)
    assert "☐ Zoek een gezinshuis" in text_of(older)
    assert "… zie dossier" in text_of(older)
    assert pages_of(sheet) <= pages_of(older) == 2


def test_a_block_that_is_not_there_is_refused(desk: Desk, actor: Actor) -> None:
    with pytest.raises(InvalidInputError, match="bestaat niet"):
        desk.made(actor, paper("adviesbrief"), blokken={"onzin": "x"})


@pytest.mark.parametrize("word", ["", "a" * 61, "jan de vries", "Daan", "<b>", "06-12345678"])
def test_an_own_word_is_one_word_that_is_no_name(desk: Desk, actor: Actor, word: str) -> None:
    with pytest.raises(InvalidInputError, match="Een eigen woord"):
        desk.team.learn(actor, word, known=True)
    desk.team.learn(actor, "jeugdhulpregio", known=True)
    assert desk.team.get(actor).eigen_woorden == ("jeugdhulpregio",)
