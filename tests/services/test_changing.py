"""What a service lets a role write, every receiver takes in; and a role that no service serves is refused by all."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast, get_type_hints

import pytest

from bren_desktop.crypto import packages
from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.documents.renderer import Documents
from bren_desktop.domain.access import EmergencyAccess
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.advice import Advice, Discussion, PlanRow, PointRow, PresentRow, RequirementRow
from bren_desktop.domain.aftercare import Bridge, Deployment, Escalation, FuturePlan
from bren_desktop.domain.bridging import BridgeCheck
from bren_desktop.domain.cases import Case
from bren_desktop.domain.changing import SCHEMA, SCHEMAS, may_change
from bren_desktop.domain.closing import Closing, Lesson
from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.entities import MODELS, NETWORK_KINDS, Kind, flatten
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.fields import notes
from bren_desktop.domain.following import FollowUpSheet, ToldRow
from bren_desktop.domain.letters import parse_request
from bren_desktop.domain.planning import Snooze, StandIn
from bren_desktop.domain.records import Consult, ContactMoment, Organisation, Person
from bren_desktop.domain.requests import Request, Statement
from bren_desktop.domain.transitions import Transition
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError, NotAllowedError, UserFacingError
from bren_desktop.exchange.files import read_table, write_table
from bren_desktop.oplog.operations import Operation
from bren_desktop.services.access import Access
from bren_desktop.services.addresses import Addresses
from bren_desktop.services.advising import Advising
from bren_desktop.services.aftercare import Aftercare
from bren_desktop.services.attachments import Attachments
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.closing import ClosingWork
from bren_desktop.services.concepts import Concepts
from bren_desktop.services.conflicts import Conflicts
from bren_desktop.services.consents import Consents
from bren_desktop.services.context import Context, author
from bren_desktop.services.disclosures import Disclosures
from bren_desktop.services.dossier import Dossier
from bren_desktop.services.doubles import Doubles
from bren_desktop.services.erasing import Erasing
from bren_desktop.services.exporting import Exporting
from bren_desktop.services.file_copies import FileCopies
from bren_desktop.services.handing_over import HandingOver, Recipient
from bren_desktop.services.importing import Importing
from bren_desktop.services.letters import Letters
from bren_desktop.services.life import Life
from bren_desktop.services.links import Links
from bren_desktop.services.planning import Planning
from bren_desktop.services.pool import Pool
from bren_desktop.services.readlog import Leaving, ReadLog
from bren_desktop.services.requests import Requests
from bren_desktop.services.sync_ports import SyncStore
from bren_desktop.services.tables import Table, TableRow
from bren_desktop.services.taking_over import TakingOver
from bren_desktop.services.team import TeamSettings
from bren_desktop.services.weighing import DELIVERED, Weighing
from bren_desktop.services.workspace import Workspace

DAY = date(2026, 11, 22)
LATER = date(2027, 1, 15)
FULL = Case(
    achternaam="Lindewater",
    datum_aanmelding=DAY,
    regio="JZ24",
    gemeente="Delft",
    geboortedatum=date(2010, 2, 3),
    omschrijving="Woont bij haar moeder.",
    hulpvraag="Slaapt slecht. Zoekt hulp.",
    knelpunten=("KP-OND",),
)
REQUEST = parse_request(
    {
        "vragen": ["Welke behandeling past nu?"],
        "waarom_deze_expert": "Uw ervaring.",
        "inzetvorm": "second opinion",
        "uren": 4,
        "termijn": "2026-12-11",
    }
)
CONSENT = Consent(doelen=("TD-C",), gevers=("TG-JEUGD",), gegeven_op=DAY, vorm="TV-SCHR")
DISCLOSURE = Disclosure(
    doel="TD-C", ontvanger="Dr. A", grond="GZT-MELD", afweging="x", geraadpleegd="B", gezin_ingelicht=True
)
ASKED = Request(soort="VZ-RECT", door="Sam", relatie="TG-JEUGD", ontvangen_op=DAY, identiteit="rijbewijs")
LIGHTER = {**DELIVERED, "expertise": DELIVERED["expertise"] - 1, "regio": DELIVERED["regio"] + 1}
SNOOZE = Snooze(klok="TM-TRIAGE", tot=date(2026, 12, 1), reden="Wacht op de school.")
LESSON = Lesson(niveau="LN-CASUS", soort="LS-BEV", tekst="Er was steeds één aanspreekpunt.")
CLOSING = Closing(
    resultaat="RS-JA",
    tevreden_verwijzer="TV-4",
    tevreden_jeugdige="TV-5",
    tevreden_ouders="TV-NG",
    codes_bevestigd=True,
    bewaarprofiel="BP-AFSCHR",
)
EXPERT = Expert(naam="Dr. A", organisatie="De Boog", adres="Weg 1\n1234 SS Delft")
ANSWER = ("antwoord", "antwoord_op")
COUNT = itertools.count()
EDITORS = {Role.SECRETARIS, Role.VOORZITTER, Role.PLAATSVERVANGER, Role.PROCESREGISSEUR}


@dataclass(frozen=True)
class Desk:
    """The services, and what the voorzitter made before anybody tries."""

    context: Context
    cases: CaseWork
    dossier: Dossier
    pool: Pool
    addresses: Addresses
    letters: Letters
    importing: Importing
    team: TeamSettings
    conflicts: Conflicts
    concepts: Concepts
    weighing: Weighing
    advising: Advising
    closing: ClosingWork
    store: SyncStore
    chair: Actor
    case: str
    expert: str
    consent: str
    person: str

    def lettered(self, actor: Actor, *, release: bool) -> None:
        letter = self.letters.prepare(actor, self.case, self.expert, REQUEST)
        self.letters.file(actor, letter, release=release, channel="VK-VMAIL" if release else "")

    def in_two_versions(self, kind: Kind, entity: str, field: str) -> None:
        with self.store.sync() as rows:
            space, value = rows.space_of(kind, entity) or "", f"anders {next(COUNT)}"
            rows.write_in(space, author(self.chair), kind, entity, {(field, ""): value})

    def chosen(self, actor: Actor) -> None:
        for kind, field in (
            (Kind.CASE, "omschrijving"),
            (Kind.EXPERT, "naam"),
            (Kind.DOCUMENT, "vrijgegeven_door"),
            (Kind.TEAM, "secretaris_geeft_vrij"),
        ):
            with self.context.store.read() as reader:
                filled = (each for each in reader.entities(kind) if (field, "") in reader.registers(kind, each))
                entity = next(filled)
            self.in_two_versions(kind, entity, field)
            with suppress(NotAllowedError):
                self.conflicts.settle(actor, entity, field, take=2)

    def chosen_and_undone(self, actor: Actor) -> None:
        self.in_two_versions(Kind.CASE, self.case, "hulpvraag")
        self.conflicts.settle(actor, self.case, "hulpvraag", take=2)
        self.conflicts.undo(actor, Kind.CASE, self.case)

    def imported(self, actor: Actor) -> None:
        for kind, text in itertools.product((Kind.CASE, Kind.EXPERT), ("een", "twee")):
            fields = {"id": f"{actor.role}1", "naam" if kind is Kind.EXPERT else "omschrijving": text}
            table = Table(tuple(fields), (TableRow(2, fields),))
            self.importing.take(actor, self.importing.preview(actor, table, self.importing.propose(actor, table, kind)))

    def settled(self, actor: Actor) -> None:
        team = self.team.get(self.chair)
        self.team.save(actor, team.model_copy(update={"voettekst": actor.role.value}))
        self.team.save(actor, team.model_copy(update={"secretaris_geeft_vrij": not team.secretaris_geeft_vrij}))

    def undone(self, actor: Actor) -> None:
        self.cases.set_field(actor, self.case, "wensen", actor.name)
        self.cases.undo(actor, self.case)

    def stepped(self, actor: Actor) -> None:
        """One step that the procesregisseur makes, one of the secretaris, and one that the voorzitter decides."""
        for target in ("ST-UIT", "ST-ING", "ST-OVG"):
            (case,) = self.cases.record_all(self.chair, [FULL.model_copy(update={"status": "ST-ADV"})])
            with suppress(NotAllowedError):
                said = Transition(reden="x", doorgeleid_naar="x", verwijzer_akkoord=True)
                Life(self.context).move(actor, case, target, said)

    def handed_over(self, actor: Actor) -> None:
        """A case that goes to another team, its package once more, and what that team makes of it."""
        (case,) = self.cases.record_all(self.chair, [FULL])
        Consents(self.context).add(self.chair, case, CONSENT.model_copy(update={"doelen": ("TD-E",)}))
        handing, to = HandingOver(self.context), Recipient("TWE")
        if actor.role in (Role.VOORZITTER, Role.PLAATSVERVANGER):
            handing.hand_over(actor, case, to, Transition(reden="x"))
            sealed = handing.again(actor, case, to)
        else:
            sealed = handing.hand_over(self.chair, case, to, Transition(reden="x"))
        TakingOver(self.context).accept(replace(actor, team="TWE"), sealed.data, sealed.code)

    def linked(self, actor: Actor) -> None:
        links, other = Links(self.context), self.cases.record(self.chair, FULL).entity
        links.end(actor, links.add(actor, self.case, other, "SV-BRZ"))

    def attached(self, actor: Actor) -> None:
        attachments = Attachments(self.context)
        attachments.set_aside(actor, attachments.add(actor, self.case, "a.txt", actor.role.encode()))

    def handled(self, actor: Actor) -> None:
        """A correction from its coming in to its answer, a copy that is read through, and a destruction."""
        erasing = cast("Erasing", SimpleNamespace(erase=lambda *_: None))
        team = TeamSettings(self.context)
        requests = Requests(self.context, erasing, Documents(), team)
        correct = requests.add(actor, self.case, ASKED)
        requests.amend(actor, correct, ASKED.model_copy(update={"door": "Vader"}), ["door"])
        requests.extend(
            actor, correct, Request(verlengd_op=DAY, verlengd_vorm="CV-BRIEF", verlengd_reden="Er is veel.")
        )
        requests.decide(actor, correct, Request(besluit="BZ-TOE"))
        requests.handle(actor, correct, "De geboortedatum.")
        requests.state(actor, self.case, Statement(van="Sam", tekst="Dat klopt niet."))
        requests.destroy(actor, self.case)

    def read_through(self, actor: Actor) -> None:
        asked = Requests(self.context, cast("Erasing", None), Documents(), TeamSettings(self.context))
        see = asked.add(self.chair, self.case, ASKED.model_copy(update={"soort": "VZ-INZ"}))
        copies = FileCopies(self.context, Documents(), TeamSettings(self.context), ReadLog(self.context))
        reading = copies.read(actor, see)
        copies.keep(actor, see, reading.masks, reading)

    def merged(self, actor: Actor) -> None:
        first, second = (self.cases.record(self.chair, FULL).entity for _ in range(2))
        Doubles(self.context).merge(actor, second, first, {})

    def closed(self, actor: Actor) -> None:
        (case,) = self.cases.record_all(self.chair, [FULL.model_copy(update={"status": "ST-MON"})])
        lesson = self.closing.add_lesson(actor, case, LESSON)
        self.closing.amend_lesson(actor, lesson, LESSON.model_copy(update={"gedeeld": True}), ["gedeeld"])
        self.closing.withdraw_proposal(actor, self.closing.propose(actor, case, CLOSING))
        self.closing.confirm_with_witness(actor, self.closing.propose(actor, case, CLOSING), "Wil Voorbeeld")

    def confirmed(self, actor: Actor) -> None:
        (case,) = self.cases.record_all(self.chair, [FULL.model_copy(update={"status": "ST-MON"})])
        self.closing.add_lesson(self.chair, case, LESSON)
        colleague = replace(self.chair, person="p-collega")
        self.closing.confirm(actor, self.closing.propose(colleague, case, CLOSING))

    def discussed(self, actor: Actor) -> str:
        present = PresentRow(naam="Ervaren Voorbeeld", ervaringsdeskundig=True)
        verdicts = tuple(RequirementRow(id=term.code, oordeel="OB-JA") for term in vocabulary("basisvereisten"))
        discussion = Discussion(
            gremium="GR-RET",
            aanwezigen=(present,),
            vraag="v",
            overwegingen="o",
            uitkomst="u",
            basisvereisten=verdicts,
        )
        return self.advising.add_discussion(actor, self.case, discussion)

    def advised(self, actor: Actor) -> str:
        texts = ("samenvatting", "analyse", "mandaat_bij", "procesregisseur", "procesregisseur_contact")
        more = ("besproken_met_gezin", "reactie_gezin", "bij_stagnatie")
        advice = Advice(
            bespreking=self.discussed(actor),
            soort="SA-HULP",
            punten=(PointRow(wat="w", eigenaar="Jan", uiterlijk=LATER, waarom="w"),),
            plannen=(PlanRow(id="A", tekst="a"),),
            overbrugging_nodig=False,
            opvolgmoment=LATER,
        )
        return self.advising.add_advice(
            actor, self.case, advice.model_copy(update=dict.fromkeys((*texts, *more), "tekst"))
        )

    def advised_and_undone(self, actor: Actor) -> None:
        entity = self.advised(actor)
        self.advising.amend_advice(actor, entity, Advice(analyse="anders"), ["analyse"])
        self.advising.undo(actor, entity)

    def cared_for(self, actor: Actor) -> None:
        aftercare, case = Aftercare(self.context), self.case
        self.advising.release(self.chair, self.advised(self.chair))
        point = aftercare.standings(self.chair, case)[0]
        told = ToldRow(id=point.point.id, stand="OS-JA")
        aftercare.follow_up(actor, case, FollowUpSheet(advies=point.advies, opvolging=(told,)))
        asked = aftercare.request_expert(actor, case, Deployment(expert=self.expert, inzetvorm="IV-TEL"))
        aftercare.amend_deployment(actor, asked, Deployment(antwoord="IA-JA", antwoord_op=DAY), ANSWER)
        bridge = aftercare.start_bridge(actor, case, Bridge(vorm="v", door="d", tot=LATER, veiligheid_door="w"))
        aftercare.check_bridge(actor, bridge, BridgeCheck(bevinding="Het werkt."))
        aftercare.amend_bridge(actor, bridge, Bridge(beeindigd_op=DAY, afloop="a"), ["beeindigd_op", "afloop"])
        asking = {"reden": "r", "waarom_niet_hoger": "w", "gevraagd_besluit": "g", "uiterlijk": LATER}
        step = aftercare.escalate(actor, case, Escalation(stap="ES-1", **asking))
        aftercare.amend_escalation(actor, step, Escalation(reden="anders"), ["reden"])
        aftercare.plan_future(actor, case, FuturePlan(coach=actor.name), ["coach"])

    def opened_in_emergency(self, actor: Actor) -> None:
        """By a lid: a role that sees every case has no use for it, so their record is written by hand."""
        other = self.cases.record(self.chair, Case()).entity
        access = Access(self.context, tuple)
        access.assign(self.chair, [other], [self.chair.person], [])
        try:
            access.open_in_emergency(actor, other, "Moeder belt in paniek.")
        except InvalidInputError:
            self.used(actor, other)

    def used(self, actor: Actor, case: str) -> str:
        """Emergency access that `actor` used."""
        with self.context.store.write(author(actor)) as writer:
            entity = self.context.store.new_entity()
            use = EmergencyAccess(casus=case, persoon=actor.person, op=DAY, reden="Moeder belt in paniek.")
            writer.write(Kind.EMERGENCY_ACCESS, entity, flatten(use))
        return entity

    def reviewed(self, actor: Actor) -> None:
        used = self.used(replace(self.chair, person="p9"), self.case)
        Access(self.context, tuple).review(actor, used, "Terecht.")

    def woken(self, actor: Actor) -> None:
        Planning(self.context).snooze(self.chair, self.case, SNOOZE)
        Planning(self.context).wake(actor, self.case, SNOOZE.klok)

    def stood_in(self, actor: Actor) -> str:
        away = StandIn(persoon=actor.person, rol=actor.role, waarnemer="p9", van=DAY, tot=DAY)
        return Planning(self.context).let_stand_in(actor, away)

    def stood_in_no_longer(self, actor: Actor) -> None:
        away = StandIn(persoon=actor.person, rol=actor.role, waarnemer="p9", van=DAY, tot=DAY)
        Planning(self.context).end_stand_in(actor, Planning(self.context).let_stand_in(self.chair, away))

    def operations(self) -> Iterator[Operation]:
        with self.context.store.read() as reader:
            for kind in Kind:
                for entity in reader.entities(kind):
                    yield from (each for each in reader.history(entity, 1000) if each.entity == entity)


def concept(actor: Actor) -> ConceptRecord:
    return ConceptRecord(naam=f"zee van een {actor.role}", herkomst="proef")


Deed = Callable[[Desk, Actor], object]
DEEDS: Mapping[str, Deed] = {
    "concepts.save": lambda desk, actor: desk.concepts.save(actor, concept(actor)),
    "concepts.take_out": lambda desk, actor: desk.concepts.take_out(actor, "autisme", "Proef."),
    "concepts.undo": lambda desk, actor: desk.concepts.undo(actor, "autisme"),
    "concepts.put_back": lambda desk, actor: desk.concepts.put_back(actor, "autisme"),
    "concepts.bring": lambda desk, actor: desk.concepts.bring(actor, desk.concepts.known(actor).thesaurus),
    "cases.record": lambda desk, actor: desk.cases.record(actor, FULL),
    "cases.record_all": lambda desk, actor: desk.cases.record_all(actor, [Case(extern_id=f"x{actor.role}")] * 2),
    "cases.amend": lambda desk, actor: desk.cases.amend(actor, desk.case, FULL),
    "cases.set_field": lambda desk, actor: desk.cases.set_field(actor, desk.case, "knelpunten", ["KP-WLZ"]),
    "cases.undo": Desk.undone,
    "dossier.add_contact": lambda desk, actor: desk.dossier.add_contact(actor, desk.case, ContactMoment(tekst="x")),
    "consents.add": lambda desk, actor: Consents(desk.context).add(actor, desk.case, CONSENT),
    "consents.withdraw": lambda desk, actor: Consents(desk.context).withdraw(
        actor, desk.consent, DAY, actor.role.value
    ),
    "disclosures.add": lambda desk, actor: Disclosures(desk.context).add(actor, desk.case, DISCLOSURE),
    "pool.record": lambda desk, actor: desk.pool.record(actor, Expert(naam="A")),
    "pool.record_all": lambda desk, actor: desk.pool.record_all(actor, [Expert(naam="B")]),
    "pool.amend": lambda desk, actor: desk.pool.amend(actor, desk.expert, Expert(naam=actor.role), ["naam"]),
    "pool.confirm_profile": lambda desk, actor: desk.pool.confirm_profile(actor, desk.expert),
    "pool.register_consult": lambda desk, actor: desk.pool.register_consult(actor, Consult(expert=desk.expert)),
    "addresses.add": lambda desk, actor: (
        desk.addresses.add(actor, Person(naam="A")),
        desk.addresses.add(actor, Organisation(naam="B")),
    ),
    "addresses.amend": lambda desk, actor: desk.addresses.amend(actor, desk.person, Person(naam=actor.role.value)),
    "letters.prepare": lambda desk, actor: desk.lettered(actor, release=False),
    "letters.file": lambda desk, actor: desk.lettered(actor, release=True),
    "letters.sheet_left": lambda desk, actor: desk.letters.sheet_left(
        actor, desk.letters.case_sheet(actor, desk.case), Leaving.PRINTED
    ),
    "importing.take": Desk.imported,
    "advising.add_discussion": lambda desk, actor: desk.discussed(actor),
    "advising.amend_discussion": lambda desk, actor: desk.advising.amend_discussion(
        actor, desk.discussed(actor), Discussion(vraag="x"), ["vraag"]
    ),
    "advising.add_advice": lambda desk, actor: desk.advised(actor),
    "advising.amend_advice": lambda desk, actor: desk.advising.amend_advice(
        actor, desk.advised(actor), Advice(analyse="x"), ["analyse"]
    ),
    "advising.undo": Desk.advised_and_undone,
    "advising.release": lambda desk, actor: desk.advising.release(actor, desk.advised(desk.chair)),
    "conflicts.settle": Desk.chosen,
    "conflicts.undo": Desk.chosen_and_undone,
    **dict.fromkeys(
        (
            "aftercare.follow_up",
            "aftercare.request_expert",
            "aftercare.amend_deployment",
            "aftercare.start_bridge",
            "aftercare.check_bridge",
            "aftercare.amend_bridge",
            "aftercare.escalate",
            "aftercare.amend_escalation",
            "aftercare.plan_future",
        ),
        Desk.cared_for,
    ),
    "attachments.add": Desk.attached,
    "attachments.set_aside": Desk.attached,
    "doubles.merge": Desk.merged,
    "links.add": Desk.linked,
    "links.end": Desk.linked,
    "life.move": Desk.stepped,
    **dict.fromkeys(("handing_over.hand_over", "handing_over.again", "taking_over.accept"), Desk.handed_over),
    "closing.add_lesson": Desk.closed,
    "closing.amend_lesson": Desk.closed,
    "closing.propose": Desk.closed,
    "closing.withdraw_proposal": Desk.closed,
    "closing.confirm_with_witness": Desk.closed,
    "closing.confirm": Desk.confirmed,
    "access.assign": lambda desk, actor: Access(desk.context, tuple).assign(actor, [desk.case], [actor.person], []),
    "access.open_in_emergency": Desk.opened_in_emergency,
    "access.review": Desk.reviewed,
    **dict.fromkeys(
        (f"requests.{name}" for name in ("add", "amend", "extend", "decide", "handle", "state", "destroy")),
        Desk.handled,
    ),
    "file_copies.keep": Desk.read_through,
    "planning.snooze": lambda desk, actor: Planning(desk.context).snooze(actor, desk.case, SNOOZE),
    "planning.wake": Desk.woken,
    "planning.let_stand_in": Desk.stood_in,
    "planning.end_stand_in": Desk.stood_in_no_longer,
    "team.save": Desk.settled,
    "weighing.settle": lambda desk, actor: desk.weighing.settle(actor, LIGHTER),
    "weighing.undo": lambda desk, actor: desk.weighing.undo(actor),
    "team.say": lambda desk, actor: desk.team.say(actor, "adviesbrief", {"dank": f"Dank namens {actor.role}."}),
    "team.learn": lambda desk, actor: desk.team.learn(actor, f"woord{actor.role}", known=True),
    "team.set_logo": lambda desk, actor: desk.team.set_logo(actor, b"\x89PNG\r\n\x1a\n" + actor.role.encode()),
}
"""Every public method that writes operations."""
WRITE_NONE = frozenset(
    "cases.page cases.count cases.row cases.open cases.lookalikes cases.timeline dossier.contacts "
    "consents.of consents.verdict consents.standings consents.prompts disclosures.of letters.check_leaving "
    "letters.begun letters.cut "
    "exporting.share "
    "dossier.documents dossier.document dossier.recent_documents drafts.keep drafts.get drafts.drop drafts.all "
    "pool.page pool.count "
    "pool.thin pool.facets pool.row pool.open pool.consults addresses.everything addresses.people "
    "addresses.organisations "
    "concepts.known concepts.overview concepts.open concepts.count "
    "search.find search.look search.warm matching.match matching.match_case matching.warm weighing.in_force "
    "matching.moved_by matching.names similar.to "
    "matching.propose "
    "matching.propose_for matching.why matching.why_for understanding.catch_up letters.preview letters.pdf "
    "outgoing.word outgoing.mail outgoing.protected outgoing.check_plain letters.kinds letters.prepare_paper "
    "letters.case_sheet importing.read importing.propose importing.preview exporting.export team.get team.logo "
    "access.colleagues access.assigned access.lasts_until access.emergencies access.to_review exporting.log "
    "readlog.seen readlog.events readlog.entries readlog.note_leaving worklist.entries "
    "planning.stand_ins calendar.write access.chair "
    "conflicts.overview conflicts.list conflicts.of "
    "advising.of advising.draft advising.successor conflicts.about deliveries.last naming.of_troubles "
    "doubles.compare attachments.of attachments.open attachments.total "
    "handing_over.verdict handing_over.team_of taking_over.look "
    "links.of filters.all filters.everything filters.keep filters.rename filters.drop "
    "closing.of closing.retention closing.is_alone life.steps life.flags life.history life.terms "
    "erasing.is_alone erasing.witness "
    "aftercare.standings aftercare.plans aftercare.deployments aftercare.bridges aftercare.escalations "
    "aftercare.suggested aftercare.future "
    "sharing.status sharing.create sharing.invite sharing.join sharing.requests sharing.approve sharing.devices "
    "sharing.set_role sharing.revoke sharing.leave sharing.cycle sharing.check sharing.tray sharing.take_from_tray "
    "sharing.make_recovery sharing.recover sharing.protect sharing.reaches erasing.outside erasing.doubles "
    "requests.register requests.open_requests requests.of requests.corrected requests.statements requests.certificate "
    "file_copies.read file_copies.make file_copies.kenmerk erasing.asked erasing.completes erasing.erase "
    "erasing.settle "
    "backups.make backups.places backups.left backups.warnings backups.settle".split()
)
WITHOUT_AN_ACTOR = frozenset({"actor", "context", "keys", "lock"})


@pytest.fixture
def desk(context: Context, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(packages, "_WORK", Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1))
    team, cases, dossier, pool = TeamSettings(context), CaseWork(context), Dossier(context), Pool(context)
    (case,) = cases.record_all(actor, [FULL.model_copy(update={"gemeente": "", "status": "ST-MON"})])
    addresses = Addresses(context)
    team.save(actor, team.get(actor).model_copy(update={"secretaris_geeft_vrij": True}))
    made = Desk(
        context=context,
        cases=cases,
        dossier=dossier,
        pool=pool,
        addresses=addresses,
        letters=Letters(context, Documents(), team),
        importing=Importing(context, read_table),
        team=team,
        conflicts=Conflicts(context),
        concepts=Concepts(context),
        weighing=Weighing(context),
        advising=Advising(context),
        closing=ClosingWork(context, lambda: ()),
        store=cast("SyncStore", context.store),
        chair=actor,
        case=case,
        expert=pool.record(actor, EXPERT).entity,
        consent=Consents(context).add(actor, case, CONSENT),
        person=addresses.add(actor, Person(naam="P")),
    )
    made.lettered(actor, release=True)
    return made


def attempts(desk: Desk, role: Role) -> Mapping[str, bool]:
    """Which deeds someone with `role` could do."""
    actor = Actor(f"p-{role}", f"Iemand {role}", role, "HGL", "JZ24")
    done = {}
    for name, deed in DEEDS.items():
        try:
            deed(desk, actor)
            done[name] = True
        except UserFacingError:
            done[name] = False
    return done


def written(desk: Desk, role: Role) -> list[Operation]:
    return [each for each in desk.operations() if each.author.person == f"p-{role}"]


def fields(operation: Operation) -> set[str]:
    return {change.field for change in operation.changes}


def test_every_method_is_known_to_write_or_not() -> None:
    services = {name: kind for name, kind in get_type_hints(Workspace).items() if name not in WITHOUT_AN_ACTOR}
    methods = {
        f"{name}.{each}"
        for name, kind in services.items()
        for each, _ in inspect.getmembers(kind, inspect.isfunction)
        if each[0] != "_"
    }
    assert DEEDS.keys() | WRITE_NONE == methods


def test_the_chair_can_do_everything_here(desk: Desk) -> None:
    assert [name for name, done in attempts(desk, Role.VOORZITTER).items() if not done] == []
    assert {operation.kind for operation in written(desk, Role.VOORZITTER)} == set(Kind)


@pytest.mark.parametrize("role", Role)
def test_what_a_service_lets_through_every_receiver_takes_in(desk: Desk, role: Role) -> None:
    attempts(desk, role)
    operations = written(desk, role)
    assert all(may_change(each.author.role, each.kind, fields(each), SCHEMA) for each in operations)
    reached = {each.kind for each in operations}
    assert reached == {kind for kind in Kind if may_change(role, kind, (), SCHEMA)}
    written_fields = {(each.kind, field) for each in operations for field in fields(each)}
    for kind, field in ((Kind.DOCUMENT, "vrijgegeven_door"), (Kind.TEAM, "secretaris_geeft_vrij")):
        assert ((kind, field) in written_fields) is may_change(role, kind, [field], SCHEMA)


@pytest.mark.parametrize("role", [*Role, "burgemeester", ""])
@pytest.mark.parametrize("kind", [*Kind, "besluit"])
def test_the_table_is_frozen(kind: str, role: str) -> None:
    office = EDITORS - {Role.PROCESREGISSEUR}
    expected: set[str] = {*office} if kind in {Kind.EXPERT, Kind.TEAM} else {*EDITORS}
    assert may_change(role, kind, ["naam", "een_veld_van_later"], 1) is (role in expected)
    special: dict[tuple[str, str], set[str]] = {
        ("document", "vrijgegeven_door"): {*office},
        ("team", "secretaris_geeft_vrij"): {Role.VOORZITTER, Role.PLAATSVERVANGER},
    }
    for single in () if kind == "besluit" else notes(MODELS[Kind(kind)]):
        assert may_change(role, kind, [single], 1) is (role in special.get((kind, single), expected))


OFFICE = EDITORS - {Role.PROCESREGISSEUR}
CHAIR = OFFICE - {Role.SECRETARIS}
SECOND_KINDS: dict[str, set[Role]] = {
    **dict.fromkeys(("pareltje", "team"), OFFICE),
    **dict.fromkeys(("begrip", "weging"), CHAIR),
    **dict.fromkeys(("verzoek", "verklaring"), EDITORS | {Role.PRIVACY}),
    "noodtoegang": EDITORS | {Role.PRIVACY, Role.LID},
}
SECOND_FIELDS: dict[tuple[str, str], set[Role]] = {
    ("document", "vrijgegeven_door"): OFFICE,
    ("casus", "toegewezen"): OFFICE,
    ("overgang", "besluit"): CHAIR,
    **dict.fromkeys((("team", name) for name in ("secretaris_geeft_vrij", "alleen_toegewezen")), CHAIR),
    **dict.fromkeys((("advies", f"vrijgegeven_{what}") for what in ("op", "door", "stempel")), CHAIR),
    **dict.fromkeys(
        (("noodtoegang", name) for name in ("beoordeeld_op", "beoordeeld_door", "oordeel")), CHAIR | {Role.PRIVACY}
    ),
}
"""Schema 2 as `docs/formats.md` shows it: who may write a kind (the editors where it is not named), and a field."""


@pytest.mark.parametrize("role", [*Role, "burgemeester", ""])
@pytest.mark.parametrize("kind", [*Kind, "iets_van_later"])
def test_the_second_table_is_frozen(kind: str, role: str) -> None:
    expected = SECOND_KINDS.get(kind, EDITORS)
    assert may_change(role, kind, ["een_veld_van_later"], 2) is (role in expected)
    for single in () if kind == "iets_van_later" else notes(MODELS[Kind(kind)]):
        allowed = SECOND_FIELDS.get((kind, single), expected)
        assert may_change(role, kind, [single], 2) is (role in allowed)
        assert may_change(role, kind, [single, "een_veld_van_later"], 2) is (role in allowed & expected)


def test_every_field_of_the_second_table_exists() -> None:
    assert all(single in notes(MODELS[Kind(kind)]) for kind, single in SECOND_FIELDS)


def test_the_document_shows_the_second_table(project: Path) -> None:
    told = (project / "docs/formats.md").read_text("utf-8").split("## Rights table, schema 2")[1].split("## ")[0]
    named = {*SECOND_KINDS, *(name for pair in SECOND_FIELDS for name in pair)} - {"pareltje"}
    elsewhere = {"document", "vrijgegeven_door", "secretaris_geeft_vrij"}
    assert {name for name in named - elsewhere if f"`{name}`" not in told} == set()


def test_this_version_writes_a_schema_that_it_can_judge() -> None:
    assert SCHEMA in SCHEMAS
    assert {str(kind) for kind in NETWORK_KINDS} == {"pareltje", "persoon", "organisatie", "begrip", "weging"}


@pytest.mark.parametrize("role", Role)
def test_nobody_writes_what_others_would_refuse(context: Context, actor: Actor, role: Role) -> None:
    for kind in Kind:
        refused = False
        try:
            with context.store.write(author(replace(actor, role=role))) as writer:
                writer.write(kind, context.store.new_entity(), {("naam", ""): "x"})
        except NotAllowedError:
            refused = True
        assert refused is not may_change(role, kind, ["naam"])


def test_exporting_writes_no_operation(desk: Desk, actor: Actor, tmp_path: Any) -> None:
    before = list(desk.operations())
    Exporting(desk.context, write_table).export(actor, Kind.CASE, tmp_path / "uit.csv")
    assert list(desk.operations()) == before
