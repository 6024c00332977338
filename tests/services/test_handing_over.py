"""Handing a case over: what goes and what stays by the annotation of every field, when it may, and what comes of it."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast, get_args

import pytest
from pydantic import BaseModel, ValidationError

from bren_desktop.crypto import packages
from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.attachments import Attachment
from bren_desktop.domain.blackening import SAFETY
from bren_desktop.domain.cases import Case, GapRow, ToCodeRow
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.entities import BELOW_CASE, MODELS, Kind, flatten
from bren_desktop.domain.fields import Sensitivity, Shape, notes
from bren_desktop.domain.handing_over import _WAYS, TOLD, Way, landsdeel, verdict_to, way_of
from bren_desktop.domain.requests import MaskRow, Request
from bren_desktop.domain.rights import Right
from bren_desktop.domain.transitions import Transition
from bren_desktop.domain.values import LONGEST_TEXT
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import (
    ErasedCaseError,
    InvalidInputError,
    MissingConsentError,
    NotFoundError,
)
from bren_desktop.services import below
from bren_desktop.services.attachments import Attachments
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.consents import Consents
from bren_desktop.services.context import Context, author
from bren_desktop.services.course import handed_to
from bren_desktop.services.disclosures import Disclosures
from bren_desktop.services.dossier import Dossier
from bren_desktop.services.handing_over import HandingOver, Recipient, Sealed
from bren_desktop.services.life import Life
from bren_desktop.services.loading import children
from bren_desktop.services.readlog import ReadLog
from bren_desktop.services.rows import CaseFilter
from bren_desktop.services.sync_ports import SyncStore
from bren_desktop.services.taking_over import TakingOver
from tests.delivery import exchanged

TODAY = date(2026, 11, 22)
FAR = Recipient("TWE")
WHY = Transition(reden="Het gezin is verhuisd.")
COMPLETE = Case(
    datum_aanmelding=date(2026, 11, 2),
    verwijzer="VW-GI",
    verwijzer_naam="Mw. Verzonnen",
    hulpvraag="Wie denkt mee?",
    vastloopredenen=("VR-1",),
    toestemming_status="TS-JA",
    regio="JZ24",
    roepnaam="Sam",
    achternaam="Verzonnen",
    geboortedatum=date(2009, 2, 3),
)
CONSENT = Consent(doelen=("TD-E",), gevers=("TG-JEUGD",), gegeven_op=TODAY, vorm="TV-SCHR")
DECISION = Disclosure(
    doel="TD-E",
    ontvanger="Expertteam Twente",
    grond="GZT-GEDW",
    afweging="Het kan niet wachten.",
    geraadpleegd="Anouk Voorbeeld",
    gezin_ingelicht=True,
)
ID = "a2b3c4d5e6f7" * 2 + "zz"
TOLD_OF_ORIGIN = frozenset({"nummer", "status", "datum_aanmelding"})
"""What the new case says about the old one."""


@pytest.fixture(autouse=True)
def cheap_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_WORK", Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1))


@pytest.fixture
def there(new_context: Callable[[], Context]) -> Context:
    """The store of a team in another landsdeel."""
    return new_context()


@pytest.fixture
def receiver(secretary: Actor) -> Actor:
    return replace(secretary, person="p9", name="Rik Ontvanger", team="TWE", region="JZ14")


@pytest.fixture
def case(cases: CaseWork, context: Context, actor: Actor) -> str:
    """A case that may be shared with another landsdeel."""
    entity = cases.record(actor, COMPLETE).entity
    Consents(context).add(actor, entity, CONSENT)
    return entity


def handed(context: Context, actor: Actor, case: str, to: Recipient = FAR) -> Sealed:
    return HandingOver(context).hand_over(actor, case, to, WHY)


def stories(context: Context, actor: Actor, case: str) -> str:
    return "\n".join(moment.tekst for _, moment in reversed(Dossier(context).contacts(actor, case)))


class Filler:
    """A record of a kind with something in every field that is found again."""

    def __init__(self) -> None:
        self._numbers = itertools.count()

    def record(self, kind: Kind) -> BaseModel:
        model = MODELS[kind]
        return model(**{name: self._value(model, name) for name in notes(model)})

    def _value(self, model: type[BaseModel], name: str) -> Any:
        note = notes(model)[name]
        if note.shape is Shape.ROWS:
            return (self._row(get_args(model.model_fields[name].annotation)[0]),)
        if note.vocabulary:
            code = next(term.code for term in vocabulary(note.vocabulary) if not term.criminal)
            return (code,) if note.shape is Shape.SET else code
        return self._fitting(model, name)

    def _row(self, row: type[BaseModel]) -> BaseModel:
        if row is GapRow:
            lists = {"id": "ontbrekend_aanbod", "aard": "aard_ontbrekend_aanbod", "hiaat": "soort_hiaat"}
            return GapRow(**{name: vocabulary(each).terms[0].code for name, each in lists.items()})
        if row is ToCodeRow:
            return ToCodeRow(veld="knelpunten", tekst="merk van een woord")
        return row(**{name: ID if name in ("id", "persoon") else self._fitting(row, name) for name in row.model_fields})

    def _fitting(self, model: type[BaseModel], name: str) -> Any:
        number = next(self._numbers)
        marker = f"merk{number:04}x"
        for value in (marker, (marker,), date(2009, 1, 1) + timedelta(days=number), True, 7):
            try:
                model(**{name: value})
            except ValidationError:
                continue
            return value
        raise AssertionError(name)


def parts(value: Any) -> Iterator[Any]:
    """What a value consists of, without the ids of rows."""
    if isinstance(value, BaseModel):
        yield from (part for name, each in value if name not in ("id", "persoon") for part in parts(each))
    elif isinstance(value, tuple):
        yield from (part for each in value for part in parts(each))
    else:
        yield value


def shown(kind: Kind, name: str, part: Any) -> str:
    """A value as a reader of the history sees it."""
    if isinstance(part, date):
        return short_date(part)
    if isinstance(part, bool):
        return "ja"
    coded = notes(MODELS[kind])[name].vocabulary
    return vocabulary(coded).label(part) if coded else str(part)


@pytest.mark.parametrize("reason", ["", "Nodig voor de veiligheid van de groep."])
def test_every_field_goes_as_the_table_says_and_nothing_else(
    context: Context, there: Context, actor: Actor, receiver: Actor, case: str, reason: str
) -> None:
    filler = Filler()
    old = {kind: filler.record(kind) for kind in (Kind.CASE, *BELOW_CASE)}
    with context.store.write(author(actor)) as writer:
        kept = {"status", "team", "extern_id", "toegewezen"}
        values = flatten(old[Kind.CASE].model_copy(update={"extern_id": "", "toegewezen": (), "team": "HGL"}))
        writer.write(Kind.CASE, case, {name: value for name, value in values.items() if name[0] not in kept})
        for kind, record in old.items():
            if kind not in (Kind.CASE, Kind.CONSENT, Kind.REQUEST, Kind.TRANSITION):
                entity = context.store.new_entity()
                writer.write(kind, entity, flatten(record.model_copy(update={"casus": case})))
    sealed = handed(context, actor, case, replace(FAR, criminal_reason=reason))
    content = packages.open_package(sealed.data, sealed.code).decode(errors="replace")
    new_entity = TakingOver(there).accept(receiver, sealed.data, sealed.code)
    new = CaseWork(there).open(receiver, new_entity).case
    story = stories(there, receiver, new_entity)
    with there.store.read() as reader:
        records: dict[Kind, Any] = {
            kind: [each for _, each in children(reader, kind, MODELS[kind], new_entity)] for kind in BELOW_CASE
        }
    records[Kind.CASE] = [new]
    assert {kind for kind, found in records.items() if found} == {
        Kind.CASE,
        Kind.CONTACT,
        Kind.TRANSITION,
        *(kind for kind, way in _WAYS.items() if way is Way.FIELD),
    }
    assert ID not in content
    for kind, record in old.items():
        for name in notes(MODELS[kind]):
            way, was = way_of(kind, name, criminal=bool(reason)), list(parts(getattr(record, name)))
            place = f"{kind.value}.{name}"
            if way is Way.FIELD:
                assert list(parts(getattr(records[kind][0], name))) == was, place
            elif way is Way.TEXT:
                assert all(shown(kind, name, part) in story for part in was), place
            elif name not in TOLD_OF_ORIGIN:
                marks = [str(part) for part in was if isinstance(part, date) or str(part).startswith("merk")]
                assert not any(mark in content or mark in story for mark in marks), place


def test_every_kind_of_a_case_is_placed() -> None:
    assert _WAYS.keys() == {Kind.CASE, *BELOW_CASE}


def test_no_history_that_is_told_holds_a_term_of_a_criminal_kind() -> None:
    for kind in TOLD:
        for note in notes(MODELS[kind]).values():
            assert note.sensitivity is not Sensitivity.CRIMINAL
            assert not note.vocabulary or not any(term.criminal for term in vocabulary(note.vocabulary))


@pytest.mark.parametrize("criminal", [True, False])
def test_terms_of_a_criminal_kind_go_with_a_reason_only(
    context: Context, there: Context, actor: Actor, receiver: Actor, case: str, *, criminal: bool
) -> None:
    CaseWork(context).amend(actor, case, COMPLETE.model_copy(update={"knelpunten": ("KP-FOR", "KP-OND")}))
    sealed = handed(context, actor, case, replace(FAR, criminal_reason="Nodig." if criminal else ""))
    new = TakingOver(there).accept(receiver, sealed.data, sealed.code)
    points = CaseWork(there).open(receiver, new).case.knelpunten
    assert set(points) == ({"KP-FOR", "KP-OND"} if criminal else {"KP-OND"})
    step = Life(context).history(actor, case)[0][1]
    assert ("Strafrechtelijke gegevens gingen mee: Nodig." in step.reden) is criminal
    assert ("Strafrechtelijke gegevens gingen mee: Nodig." in stories(there, receiver, new)) is criminal


def test_the_origin_closes_and_tells_where_the_case_went(context: Context, actor: Actor, case: str) -> None:
    before = CaseWork(context).open(actor, case).case
    sealed = handed(context, actor, case)
    after = CaseWork(context).open(actor, case).case
    assert after == before.model_copy(update={"status": "ST-OVG"})
    step = Life(context).history(actor, case)[0][1]
    assert (step.doorgeleid_naar, step.besluit, step.reden) == ("Expertteam Twente", actor.name, WHY.reden)
    with context.store.read(author(actor)) as reader:
        assert handed_to(reader, [case]) == ("Expertteam Twente",)
    logged = {(each.action, each.detail) for each in ReadLog(context).entries(actor, case)}
    assert ("overdragen", "Expertteam Twente") in logged
    assert before.nummer.encode() not in sealed.data
    assert sealed.code.replace("-", "").encode() not in sealed.data


def test_the_receiver_has_a_new_case_that_says_where_it_came_from(
    context: Context, there: Context, actor: Actor, receiver: Actor, case: str
) -> None:
    old, sealed = CaseWork(context).open(actor, case).case, handed(context, actor, case)
    entity = TakingOver(there).accept(receiver, sealed.data, sealed.code)
    new = CaseWork(there).open(receiver, entity).case
    assert entity != case
    assert (new.status, new.team, new.datum_aanmelding) == ("ST-AAN", "TWE", TODAY)
    assert (new.nummer, new.eerder_kenmerk) == ("BREN-TWE-2026-AA0001", old.nummer)
    step = Life(there).history(receiver, entity)[0][1]
    assert step.reden == f"Overgenomen van Expertteam Haaglanden, nummer daar {old.nummer}"
    told = stories(there, receiver, entity)
    assert "Op grond van: toestemming van jeugdige, gegeven op 22-11-2026" in told
    assert "Het gezin is verhuisd." in told
    assert "Vraag ze opnieuw" in told
    assert Consents(there).of(receiver, entity) == ()


def test_an_advice_that_was_not_released_stays_and_an_objection_is_told(
    context: Context, there: Context, actor: Actor, receiver: Actor, case: str
) -> None:
    for kind, record in (
        (Kind.ADVICE, Advice(samenvatting="Nog niet rijp.")),
        (Kind.REQUEST, Request(soort="VZ-BEZW", ontvangen_op=TODAY, besluit="BZ-TOE", afgehandeld_op=TODAY)),
    ):
        below.file(context, actor, Right.EDIT_CASE, kind, case, record)
    sealed = handed(context, actor, case)
    told = stories(there, receiver, TakingOver(there).accept(receiver, sealed.data, sealed.code))
    assert "Nog niet rijp." not in told
    assert "bezwaar tegen gebruik voor onderzoek" in told


def test_a_case_that_comes_once_more_from_the_same_case_is_known_by_its_number(
    context: Context, there: Context, actor: Actor, receiver: Actor, case: str
) -> None:
    CaseWork(context).amend(actor, case, Case(), ["achternaam"])
    sealed = handed(context, actor, case)
    first = TakingOver(there).accept(receiver, sealed.data, sealed.code)
    Life(context).move(actor, case, "ST-HER", Transition(reden="Toch niet."))
    sealed = handed(context, actor, case)
    offered = TakingOver(there).look(receiver, sealed.data, sealed.code)
    assert (offered.already, [row.entity for row in offered.alike]) == (None, [first])


def test_looking_first_stores_nothing(
    context: Context, there: Context, actor: Actor, receiver: Actor, case: str
) -> None:
    sealed, cases_there = handed(context, actor, case), CaseWork(there)
    alike = cases_there.record(receiver, Case(roepnaam="Sam", achternaam="Verzonnen")).entity
    before = there.store.state_hash()
    offered = TakingOver(there).look(receiver, sealed.data, sealed.code)
    assert there.store.state_hash() == before
    assert (offered.initials, offered.age, offered.already, offered.missing) == ("S. V.", 17, None, ())
    assert offered.package.sender == "Expertteam Haaglanden"
    assert [row.entity for row in offered.alike] == [alike]
    entity = TakingOver(there).accept(receiver, sealed.data, sealed.code)
    known = TakingOver(there).look(receiver, sealed.data, sealed.code).already
    assert known is not None
    assert known.entity == entity


def test_every_part_of_a_long_text_says_whose_words_it_holds(
    context: Context, there: Context, actor: Actor, receiver: Actor, case: str
) -> None:
    talk = Discussion(datum=TODAY, overwegingen="x" * LONGEST_TEXT)
    below.file(context, actor, Right.EDIT_CASE, Kind.DISCUSSION, case, talk)
    sealed = handed(context, actor, case)
    told = Dossier(there).contacts(receiver, TakingOver(there).accept(receiver, sealed.data, sealed.code))
    assert sum(moment.tekst.count("x") for _, moment in told) >= LONGEST_TEXT
    assert {moment.met for _, moment in told} == {"Expertteam Haaglanden"}
    assert all(moment.tekst.startswith("Overgenomen van Expertteam Haaglanden, nummer") for _, moment in told)


def test_what_is_kept_from_the_family_is_told_by_telephone_only(
    context: Context, there: Context, actor: Actor, receiver: Actor, case: str
) -> None:
    assert handed(context, actor, case).caution == ""
    black = Request(soort="VZ-INZ", ontvangen_op=TODAY, afgehandeld_op=TODAY, zwart=(MaskRow(id="a", reden=SAFETY),))
    secretly = DECISION.model_copy(update={"gezin_ingelicht": False, "datum": TODAY})
    for kind, record in ((Kind.REQUEST, black), (Kind.DISCLOSURE, secretly)):
        with context.store.write(author(actor)) as writer:
            entity = below.file_in(writer, context, kind, case, record)
        sealed = HandingOver(context).again(actor, case, FAR)
        assert "voor iemands veiligheid" in sealed.caution
        assert b"veiligheid" not in packages.open_package(sealed.data, sealed.code)
        with context.store.write(author(actor)) as writer:
            writer.write(kind, entity, {("casus", ""): ""})


def test_what_is_not_complete_becomes_a_concept(
    context: Context, there: Context, actor: Actor, receiver: Actor, case: str
) -> None:
    CaseWork(context).amend(actor, case, Case(), ["verwijzer_naam"])
    sealed = handed(context, actor, case)
    assert TakingOver(there).look(receiver, sealed.data, sealed.code).missing == ("verwijzer_contact",)
    new = CaseWork(there).open(receiver, TakingOver(there).accept(receiver, sealed.data, sealed.code)).case
    assert (new.status, new.nummer[:8]) == ("ST-CON", "CONCEPT-")


def test_twice_accepted_is_one_case_also_on_two_laptops(
    context: Context, twins: tuple[Context, Context], actor: Actor, receiver: Actor, case: str
) -> None:
    sealed = handed(context, actor, case)
    again = HandingOver(context).again(actor, case, FAR)
    assert again.code != sealed.code
    first, second = (TakingOver(twin) for twin in twins)
    entity = first.accept(receiver, sealed.data, sealed.code)
    with pytest.raises(InvalidInputError, match="al aangenomen, als BREN-TWE-2026-AA0001"):
        first.accept(receiver, again.data, again.code)
    assert second.accept(replace(receiver, device="AB"), sealed.data, sealed.code) == entity
    exchanged(*(cast("SyncStore", twin.store) for twin in twins))
    assert len(Dossier(twins[1]).contacts(receiver, entity)) == 1


def test_two_files_of_one_case_that_laptops_accept_apart_cover_nothing_of_each_other(
    context: Context, twins: tuple[Context, Context], actor: Actor, receiver: Actor, case: str
) -> None:
    files = [Attachments(context).add(actor, case, f"{name.decode()}.txt", name * 9) for name in (b"een", b"twee")]
    sealed = handed(context, actor, case, replace(FAR, attachments=(files[0],)))
    again = HandingOver(context).again(actor, case, replace(FAR, attachments=(files[1], files[0])))
    entity = TakingOver(twins[0]).accept(receiver, sealed.data, sealed.code)
    TakingOver(twins[1]).accept(replace(receiver, device="AB", name="Ander"), again.data, again.code)
    exchanged(*(cast("SyncStore", twin.store) for twin in twins))
    with twins[1].store.read() as reader:
        found = {kind: reader.children(kind, entity) for kind in (Kind.ATTACHMENT, Kind.CONTACT)}
        names = {each.bestand for _, each in children(reader, Kind.ATTACHMENT, Attachment, entity)}
    assert (len(found[Kind.ATTACHMENT]), len(found[Kind.CONTACT]), len(names)) == (2, 1, 2)


def test_a_lost_package_is_made_again_for_the_same_team_only(context: Context, actor: Actor, case: str) -> None:
    handing = HandingOver(context)
    with pytest.raises(InvalidInputError, match="niet met een bestand overgedragen"):
        handing.again(actor, case, FAR)
    handed(context, actor, case)
    with pytest.raises(InvalidInputError, match="Expertteam Twente"):
        handing.again(actor, case, Recipient("DRE"))
    handing.again(actor, case, replace(FAR, criminal_reason="Toch nodig."))
    assert "opnieuw gemaakt" in stories(context, actor, case)
    assert "Toch nodig." in stories(context, actor, case)
    Consents(context).withdraw(actor, Consents(context).of(actor, case)[0][0], TODAY, "jeugdige")
    with pytest.raises(MissingConsentError):
        handing.again(actor, case, FAR)
    Life(context).move(actor, case, "ST-HER", Transition(reden="Twente neemt de casus niet aan."))
    with pytest.raises(InvalidInputError):
        handing.again(actor, case, FAR)


def test_why_criminal_data_went_is_told_with_those_data_only(
    context: Context, there: Context, actor: Actor, receiver: Actor, case: str
) -> None:
    handed(context, actor, case, replace(FAR, criminal_reason="Verdacht van brand."))
    plain = HandingOver(context).again(actor, case, FAR)
    assert b"brand" not in packages.open_package(plain.data, plain.code)
    sealed = HandingOver(context).again(actor, case, replace(FAR, criminal_reason="Toch nodig."))
    told = stories(there, receiver, TakingOver(there).accept(receiver, sealed.data, sealed.code))
    assert "Strafrechtelijke gegevens gingen mee: Toch nodig." in told


def test_without_consent_it_takes_a_decision_for_that_team_on_that_day(
    context: Context, there: Context, cases: CaseWork, actor: Actor, receiver: Actor
) -> None:
    entity = cases.record(actor, COMPLETE).entity
    with pytest.raises(MissingConsentError, match="niet overgedragen"):
        handed(context, actor, entity)
    assert cases.open(actor, entity).case.status == "ST-AAN"
    assert Life(context).history(actor, entity)[0][1].naar == "ST-AAN"
    Disclosures(context).add(actor, entity, DECISION)
    sealed = handed(context, actor, entity)
    new = TakingOver(there).accept(receiver, sealed.data, sealed.code)
    assert "Op grond van: zonder toestemming; gedwongen kader" in stories(there, receiver, new)
    assert DECISION.afweging not in stories(there, receiver, new)


@pytest.mark.parametrize(
    ("team", "said", "allowed"),
    [
        ("TWE", {"doelen": ("TD-E",)}, True),
        ("TWE", {"doelen": ("TD-E",), "ontvangersgroepen": ("OG-LAND",)}, True),
        ("TWE", {"doelen": ("TD-E",), "ontvangers": ("Expertteam Drenthe",)}, False),
        ("TWE", {"doelen": ("TD-A",), "ontvangers": ("Expertteam Twente",)}, False),
        ("RIJ", {"doelen": ("TD-A",), "ontvangers": ("Expertteam Rijnmond",)}, True),
        ("RIJ", {"doelen": ("TD-A",)}, False),
        ("RIJ", {"doelen": ("TD-A",), "ontvangersgroepen": ("OG-TEAM",)}, False),
        ("RIJ", {"doelen": ("TD-E",)}, False),
    ],
)
def test_who_must_have_been_asked_for_which_team(team: str, said: dict[str, object], *, allowed: bool) -> None:
    consent = CONSENT.model_copy(update={"doelen": (), **said})
    assert verdict_to(COMPLETE, [consent], [], "HGL", team, TODAY).allowed is allowed


def test_a_general_consent_that_was_taken_back_ends_an_older_one_that_named_the_team() -> None:
    named = CONSENT.model_copy(update={"doelen": ("TD-A",), "ontvangers": ("RIJ",), "gegeven_op": date(2026, 10, 1)})
    general = named.model_copy(update={"ontvangers": (), "ingetrokken_op": TODAY})
    assert verdict_to(COMPLETE, [named], [], "HGL", "RIJ", TODAY).allowed
    assert not verdict_to(COMPLETE, [named, general], [], "HGL", "RIJ", TODAY).allowed


def test_every_team_works_in_a_landsdeel() -> None:
    assert {landsdeel(team.code) for team in vocabulary("teams")} == {each.code for each in vocabulary("netwerken")}


def test_what_is_not_ready_does_not_go(context: Context, cases: CaseWork, actor: Actor, case: str) -> None:
    for team in ("HGL", "XXX"):
        with pytest.raises(InvalidInputError, match="ander expertteam"):
            handed(context, actor, case, Recipient(team))
    below.file(context, actor, Right.HANDLE_REQUEST, Kind.REQUEST, case, Request(soort="VZ-INZ", ontvangen_op=TODAY))
    with pytest.raises(InvalidInputError, match="verzoek van het gezin"):
        handed(context, actor, case)
    with context.store.write(author(actor)) as writer:
        request = writer.children(Kind.REQUEST, case)[0]
        writer.write(Kind.REQUEST, request, {("afgehandeld_op", ""): "2026-11-22"})
        writer.write(Kind.CASE, case, {("geboortedatum", ""): "1950-01-01"})
    with pytest.raises(InvalidInputError, match="Er klopt iets niet bij geboortedatum"):
        handed(context, actor, case)
    assert cases.open(actor, case).case.status == "ST-AAN"
    with pytest.raises(InvalidInputError, match="De reden is te lang"):
        handed(context, actor, case, replace(FAR, criminal_reason="x" * LONGEST_TEXT))


def test_attachments_go_one_by_one_and_are_judged_again(
    context: Context, there: Context, actor: Actor, receiver: Actor, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = Attachments(context)
    entities = [taken.add(actor, case, f"{name}.txt", name.encode() * 9) for name in ("verslag", "notitie", "anders")]
    sealed = handed(context, actor, case, replace(FAR, attachments=tuple(entities[:2])))
    assert TakingOver(there).look(receiver, sealed.data, sealed.code).attachments == ("verslag.txt", "notitie.txt")
    new = TakingOver(there).accept(receiver, sealed.data, sealed.code)
    found = Attachments(there)
    files = {found.open(receiver, each).data for each, _ in found.of(receiver, new)}
    assert files == {b"verslag" * 9, b"notitie" * 9}
    taken.set_aside(actor, entities[2])
    for gone in ("x" * 26, entities[2]):
        with pytest.raises(NotFoundError):
            HandingOver(context).again(actor, case, replace(FAR, attachments=(gone,)))
    monkeypatch.setattr("bren_desktop.services.handing_over.MOST_ATTACHED", 100)
    with pytest.raises(InvalidInputError, match="samen groter"):
        HandingOver(context).again(actor, case, replace(FAR, attachments=tuple(entities[:2])))


def test_what_a_case_may_not_hold_is_left_out_and_named(
    context: Context, there: Context, actor: Actor, receiver: Actor, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with context.store.write(author(actor)) as writer:
        file = Attachment(naam="kaart.pdf", bestand=writer.put_attachment(b"MZ a program"))
        entity = below.file_in(writer, context, Kind.ATTACHMENT, case, file)
    with pytest.raises(InvalidInputError):
        handed(context, actor, case, replace(FAR, attachments=(entity,)))
    monkeypatch.setattr("bren_desktop.services.handing_over.given_out", lambda _, data: (None, data))
    sealed = handed(context, actor, case, replace(FAR, attachments=(entity,)))
    offered = TakingOver(there).look(receiver, sealed.data, sealed.code)
    assert (offered.attachments, offered.refused) == ((), ("kaart.pdf",))
    new = TakingOver(there).accept(receiver, sealed.data, sealed.code)
    assert Attachments(there).of(receiver, new) == []
    assert "Deze bijlagen zijn niet overgenomen, omdat een casus ze niet mag bevatten: kaart.pdf." in stories(
        there, receiver, new
    )


def test_another_team_or_another_code_gets_nothing(
    context: Context, there: Context, cases: CaseWork, actor: Actor, receiver: Actor, case: str
) -> None:
    other = cases.record(actor, COMPLETE).entity
    Consents(context).add(actor, other, CONSENT)
    one, two = handed(context, actor, case), handed(context, actor, other)
    taking, file = TakingOver(there), one.data
    with pytest.raises(InvalidInputError, match="maar aan: Expertteam Twente"):
        taking.accept(replace(receiver, team="DRE"), file, one.code)
    for code in (two.code, "0000-0000-0000-0000"):
        with pytest.raises(packages.WrongPackageCodeError):
            taking.look(receiver, file, code)
    with pytest.raises(InvalidInputError, match="16 tekens"):
        taking.look(receiver, file, "0000")
    spoiled = file[:-1] + bytes([file[-1] ^ 1])
    swapped = two.data[:50] + file[50:]
    for bad in (spoiled, swapped, file[:-1], file + b"\0", file[:200]):
        with pytest.raises(packages.WrongPackageCodeError):
            taking.look(receiver, bad, one.code)
    for bad in (b"", file[:40], b"%PDF-" + file):
        with pytest.raises(packages.NoPackageError):
            taking.look(receiver, bad, one.code)
    with pytest.raises(packages.NewerPackageError):
        taking.look(receiver, b"BRENO\x02" + file[6:], one.code)
    assert CaseWork(there).count(receiver, CaseFilter()) == 0


def test_a_case_that_was_destroyed_does_not_come_back(
    context: Context, there: Context, actor: Actor, receiver: Actor, case: str
) -> None:
    sealed = handed(context, actor, case)
    entity = TakingOver(there).accept(receiver, sealed.data, sealed.code)
    with cast("SyncStore", there.store).sync() as rows:
        rows.erase(base64.b32decode(f"{entity.upper()}======"))
    with pytest.raises(ErasedCaseError):
        TakingOver(there).accept(receiver, sealed.data, sealed.code)
