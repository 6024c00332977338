"""Every public method of every service asks for the rights that stand here; one that does not stand here fails."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast, get_type_hints

import pytest

from bren_desktop.documents.renderer import Documents
from bren_desktop.domain import rights
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.aftercare import Bridge, Deployment, Escalation, FuturePlan
from bren_desktop.domain.bridging import BridgeCheck
from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Closing, Lesson
from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.following import FollowUpSheet
from bren_desktop.domain.letters import Letter, LetterRequest, PaperRequest
from bren_desktop.domain.planning import Snooze, StandIn
from bren_desktop.domain.records import Consult, ContactMoment, Person, Team
from bren_desktop.domain.requests import Request, Statement
from bren_desktop.domain.rights import Right
from bren_desktop.domain.transitions import Transition
from bren_desktop.errors import NotAllowedError, NotAssignedError, UserFacingError
from bren_desktop.exchange.backup_file import pack
from bren_desktop.exchange.files import read_table, write_table
from bren_desktop.keystore.erased import ErasedList
from bren_desktop.language.thesaurus import Thesaurus
from bren_desktop.services.access import Access
from bren_desktop.services.addresses import Addresses
from bren_desktop.services.advising import Advising
from bren_desktop.services.aftercare import Aftercare
from bren_desktop.services.attachments import Attachments
from bren_desktop.services.backups import Backups
from bren_desktop.services.calendar import WorkCalendar
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.closing import ClosingWork
from bren_desktop.services.concepts import Concepts
from bren_desktop.services.conflicts import Conflicts
from bren_desktop.services.consents import Consents
from bren_desktop.services.context import Context
from bren_desktop.services.deliveries import Deliveries
from bren_desktop.services.disclosures import Disclosures
from bren_desktop.services.dossier import Dossier
from bren_desktop.services.doubles import Doubles
from bren_desktop.services.drafts import Drafts
from bren_desktop.services.erasing import Erasing
from bren_desktop.services.exporting import Exporting
from bren_desktop.services.file_copies import FileCopies
from bren_desktop.services.filters import SavedFilters
from bren_desktop.services.gathering import Chapter
from bren_desktop.services.handing_over import HandingOver, Recipient
from bren_desktop.services.importing import Importing, ImportPreview
from bren_desktop.services.letters import Letters
from bren_desktop.services.life import Life
from bren_desktop.services.links import Links
from bren_desktop.services.mapping import ColumnMapping
from bren_desktop.services.matchmaking import Matchmaking
from bren_desktop.services.outgoing import Outgoing
from bren_desktop.services.planning import Planning
from bren_desktop.services.pool import Pool
from bren_desktop.services.reading_through import Reading
from bren_desktop.services.readlog import Leaving, ReadLog
from bren_desktop.services.requests import Requests
from bren_desktop.services.rows import CaseFilter, ExpertFilter, Page
from bren_desktop.services.search import Search
from bren_desktop.services.share_door import Away, InviteTo
from bren_desktop.services.sharing import Sharing
from bren_desktop.services.sheets import MadeSheet
from bren_desktop.services.similar import Similar
from bren_desktop.services.sync_ports import SyncStore
from bren_desktop.services.tables import Table
from bren_desktop.services.taking_over import TakingOver
from bren_desktop.services.team import TeamSettings
from bren_desktop.services.weighing import DELIVERED, Weighing
from bren_desktop.services.worklist import Worklist
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring.formats import DocumentFormats

DAY = date(2026, 11, 22)
PNG = b"\x89PNG\r\n\x1a\n"
CONSENT = Consent(doelen=("TD-C",), gevers=("TG-JEUGD",), gegeven_op=DAY, vorm="TV-MOND")
DISCLOSURE = Disclosure(
    doel="TD-C", ontvanger="A", grond="GZT-MELD", afweging="x", geraadpleegd="B", gezin_ingelicht=True
)
LETTER = Letter("c", "e", "K/B01", DAY, (), False, "", (), "", "", "", "")
ASKED = Request(soort="VZ-INZ", door="Moeder", ontvangen_op=DAY)
NOTHING_READ = Reading((), Chapter(Kind.CASE, "", ()), (), read=False, changed=frozenset())
SNOOZE = Snooze(klok="TM-TRIAGE", tot=DAY + timedelta(days=3), reden="x")
STAND_IN = StandIn(persoon="p1", rol="lid", waarnemer="p2", van=DAY, tot=DAY)
LESSON = Lesson(niveau="LN-CASUS", soort="LS-BEV", tekst="x")
TABLE = Table(("naam",), ())
R = Right


@dataclass(frozen=True)
class Call:
    """A method as `service.method`, the rights that it needs, and what to call it with after the actor."""

    name: str
    needs: frozenset[Right]
    args: tuple[Any, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


def call(name: str, needs: Right | tuple[Right, ...], *args: Any, **options: Any) -> Call:
    return Call(name, frozenset([needs] if isinstance(needs, Right) else needs), args, options)


def columns(kind: Kind) -> ColumnMapping:
    return ColumnMapping(kind=kind, columns={"naam": "naam"})


def preview(kind: Kind) -> ImportPreview:
    return ImportPreview(kind, columns(kind), "s", (), (), (), ())


CALLS = (
    call("cases.page", R.READ_CASE, CaseFilter(), Page()),
    call("cases.count", R.READ_CASE, CaseFilter()),
    call("cases.row", R.READ_CASE, "c"),
    call("cases.open", R.READ_CASE, "c"),
    call("cases.record", R.EDIT_CASE, Case()),
    call("cases.record_all", R.EDIT_CASE, [Case()]),
    call("cases.amend", R.EDIT_CASE, "c", Case()),
    call("cases.set_field", R.EDIT_CASE, "c", "wensen", "x"),
    call("cases.undo", R.EDIT_CASE, "c"),
    call("cases.lookalikes", R.READ_CASE, "", "Berg", ""),
    call("cases.timeline", R.READ_CASE, "c"),
    call("dossier.add_contact", R.EDIT_CASE, "c", ContactMoment()),
    call("attachments.add", R.EDIT_CASE, "c", "a.txt", b"x"),
    call("attachments.of", R.READ_CASE, "c"),
    call("attachments.open", R.READ_CASE, "a"),
    call("attachments.set_aside", R.EDIT_CASE, "a"),
    call("attachments.total", R.READ_CASE),
    call("doubles.compare", R.DECIDE, "c", "d"),
    call("doubles.merge", R.DECIDE, "c", "d", {}),
    call("dossier.contacts", R.READ_CASE, "c"),
    call("consents.add", R.EDIT_CASE, "c", CONSENT),
    call("consents.of", R.READ_CASE, "c"),
    call("consents.withdraw", R.EDIT_CASE, "t", DAY, "jeugdige"),
    call("consents.verdict", R.READ_CASE, "c", "TD-C", ("A",)),
    call("consents.standings", R.READ_CASE, "c"),
    call("consents.prompts", R.READ_CASE, "c"),
    call("disclosures.add", R.SHARE_WITHOUT_CONSENT, "c", DISCLOSURE),
    call("disclosures.of", R.READ_CASE, "c"),
    call("dossier.documents", R.READ_CASE, "c"),
    call("dossier.document", R.READ_CASE, "d"),
    call("dossier.recent_documents", R.READ_CASE),
    call("life.steps", R.READ_CASE, "c"),
    call("life.flags", R.READ_CASE, "c"),
    call("life.history", R.READ_CASE, "c"),
    call("life.terms", R.READ_CASE, "c"),
    call("life.move", R.MOVE_CASE, "c", "ST-ING", Transition(reden="x")),
    call("handing_over.verdict", R.READ_CASE, "c", "TWE"),
    call("handing_over.team_of", R.READ_CASE, "c"),
    call("handing_over.hand_over", (R.MOVE_CASE, R.DECIDE), "c", Recipient("TWE"), Transition(reden="x")),
    call("handing_over.again", R.DECIDE, "c", Recipient("TWE")),
    call("taking_over.look", R.IMPORT, b"", ""),
    call("taking_over.accept", R.IMPORT, b"", ""),
    call("drafts.keep", R.READ_CASE, "casus:c", {}),
    call("drafts.keep", R.READ_POOL, "pareltje:e", {}),
    call("drafts.get", R.READ_CASE, "casus:c"),
    call("drafts.get", R.READ_POOL, "pareltje:e"),
    call("drafts.get", (), "team"),
    call("drafts.drop", R.READ_CASE, "intake:x"),
    call("drafts.drop", R.READ_POOL, "pareltje:e"),
    call("filters.all", R.READ_CASE, Kind.CASE),
    call("filters.all", R.READ_POOL, Kind.EXPERT),
    call("filters.keep", R.READ_CASE, Kind.CASE, "n", {}),
    call("filters.keep", R.READ_POOL, Kind.EXPERT, "n", {}),
    call("filters.rename", R.READ_CASE, Kind.CASE, "n", "m"),
    call("filters.rename", R.READ_POOL, Kind.EXPERT, "n", "m"),
    call("filters.drop", R.READ_CASE, Kind.CASE, "n"),
    call("filters.drop", R.READ_POOL, Kind.EXPERT, "n"),
    call("pool.page", R.READ_POOL, ExpertFilter(), Page()),
    call("pool.count", R.READ_POOL, ExpertFilter()),
    call("pool.facets", R.READ_POOL, ExpertFilter()),
    call("pool.row", R.READ_POOL, "e"),
    call("pool.thin", (R.READ_POOL, R.READ_CASE)),
    call("pool.open", R.READ_POOL, "e"),
    call("pool.record", R.EDIT_POOL, Expert(naam="A")),
    call("pool.record_all", R.EDIT_POOL, [Expert(naam="A")]),
    call("pool.amend", R.EDIT_POOL, "e", Expert()),
    call("pool.confirm_profile", R.EDIT_POOL, "e"),
    call("pool.register_consult", R.EDIT_CASE, Consult(expert="e")),
    call("pool.consults", R.READ_POOL, "e"),
    call("addresses.everything", R.READ_POOL),
    call("addresses.people", R.READ_POOL),
    call("addresses.organisations", R.READ_POOL),
    call("addresses.add", R.EDIT_CASE, Person(naam="A")),
    call("addresses.amend", R.EDIT_CASE, "a", Person(naam="A")),
    call("matching.match", (R.READ_CASE, R.READ_POOL), "c"),
    call("matching.match_case", (R.READ_CASE, R.READ_POOL), Case()),
    call("matching.moved_by", (R.READ_CASE, R.READ_POOL), DELIVERED),
    call("similar.to", R.READ_CASE, "c"),
    call("matching.names", R.READ_POOL),
    call("matching.propose", (R.READ_CASE, R.READ_POOL), "c"),
    call("matching.propose_for", (R.READ_CASE, R.READ_POOL), Case()),
    call("matching.warm", R.READ_POOL),
    call("matching.why", (R.READ_CASE, R.READ_POOL), "c", "e"),
    call("matching.why_for", (R.READ_CASE, R.READ_POOL), Case(), "e"),
    call("letters.prepare", R.MAKE_LETTER, "c", "e", LetterRequest()),
    call("letters.kinds", R.MAKE_LETTER, "c"),
    call("letters.prepare_paper", R.MAKE_LETTER, "adviesbrief", "c", PaperRequest()),
    call("letters.preview", R.MAKE_LETTER, LETTER),
    call("letters.cut", R.MAKE_LETTER, LETTER),
    call("letters.file", R.MAKE_LETTER, LETTER, release=False),
    call("letters.file", (R.MAKE_LETTER, R.RELEASE_LETTER), LETTER, release=True),
    call("outgoing.word", (R.MAKE_LETTER, R.READ_CASE), "d"),
    call("outgoing.mail", (R.MAKE_LETTER, R.READ_CASE), "d"),
    call("outgoing.protected", (R.MAKE_LETTER, R.READ_CASE), "d"),
    call("outgoing.check_plain", R.MAKE_LETTER),
    call("letters.pdf", R.READ_CASE, "d"),
    call("letters.begun", R.MAKE_LETTER, "d"),
    call("letters.check_leaving", R.READ_CASE, "d"),
    call("letters.case_sheet", R.READ_CASE, "c"),
    call("letters.sheet_left", R.READ_CASE, MadeSheet("c", "K", DAY, "", b""), Leaving.PRINTED),
    call("importing.propose", (R.IMPORT, R.EDIT_CASE), TABLE, Kind.CASE),
    call("importing.propose", (R.IMPORT, R.EDIT_POOL), TABLE, Kind.EXPERT),
    call("importing.preview", (R.IMPORT, R.EDIT_CASE), TABLE, columns(Kind.CASE)),
    call("importing.preview", (R.IMPORT, R.EDIT_POOL), TABLE, columns(Kind.EXPERT)),
    call("importing.take", (R.IMPORT, R.EDIT_CASE), preview(Kind.CASE)),
    call("importing.take", (R.IMPORT, R.EDIT_POOL), preview(Kind.EXPERT)),
    call("exporting.export", R.EXPORT_CASES, Kind.CASE, Path("uit.csv")),
    call("exporting.export", R.READ_POOL, Kind.EXPERT, Path("uit.csv")),
    call("exporting.share", R.EXPORT_CASES, "TD-D", Path("uit.csv")),
    call("exporting.log", R.READ_LOG, "c", Path("log.csv")),
    call("access.colleagues", R.READ_CASE),
    call("access.chair", R.READ_CASE),
    call("access.assigned", R.READ_CASE, ["c"]),
    call("access.assign", R.ASSIGN, ["c"], ["p2"], []),
    call("access.open_in_emergency", R.EMERGENCY, "c", "Moeder belt in paniek."),
    call("access.lasts_until", R.READ_CASE, "c"),
    call("access.emergencies", R.REVIEW_ACCESS),
    call("access.review", R.REVIEW_ACCESS, "n", "Terecht."),
    call("team.save", R.CONFIGURE, Team()),
    call("team.say", R.CONFIGURE, "adviesbrief", {"dank": "Dank."}),
    call("weighing.settle", R.WEIGH, DELIVERED),
    call("weighing.undo", R.WEIGH),
    call("team.learn", R.CONFIGURE, "woord", known=True),
    call("team.set_logo", R.CONFIGURE, PNG),
    call("concepts.save", R.EDIT_CONCEPTS, ConceptRecord(naam="zeeziekte", herkomst="proef")),
    call("concepts.take_out", R.EDIT_CONCEPTS, "autisme", "Proef."),
    call("concepts.put_back", R.EDIT_CONCEPTS, "autisme"),
    call("concepts.undo", R.EDIT_CONCEPTS, "autisme"),
    call("concepts.bring", R.EDIT_CONCEPTS, Thesaurus({})),
    call("conflicts.of", R.READ_CASE, Kind.CASE, "c"),
    call("conflicts.of", R.READ_POOL, Kind.EXPERT, "e"),
    call("conflicts.about", R.READ_CASE, Kind.CASE, "c"),
    call("conflicts.about", R.READ_POOL, Kind.EXPERT, "e"),
    call("conflicts.settle", R.EDIT_CASE, "c", "wensen", take=1),
    call("conflicts.settle", R.EDIT_POOL, "e", "naam", take=1),
    call("conflicts.undo", R.EDIT_CASE, Kind.CASE, "c"),
    call("conflicts.undo", R.EDIT_POOL, Kind.EXPERT, "e"),
    call("conflicts.undo", R.CONFIGURE, Kind.TEAM, "t"),
    call("conflicts.undo", R.EDIT_CONCEPTS, Kind.CONCEPT, "t"),
    call("deliveries.last", R.READ_CASE, Kind.CASE, "c"),
    call("deliveries.last", R.READ_POOL, Kind.EXPERT, "e"),
    call("sharing.status", R.SYNC),
    call("sharing.reaches", R.SYNC),
    call("sharing.create", R.ADMIT, "Z:\\bren", "ZW"),
    call("sharing.make_recovery", R.ADMIT, lambda *halves: None),
    call("sharing.protect", (R.ADMIT, R.EDIT_CASE), "c", ["d"]),
    call("sharing.invite", R.ADMIT, InviteTo.TEAM, Role.SECRETARIS),
    call("sharing.join", R.SYNC, b"", ""),
    call("sharing.requests", R.ADMIT),
    call("sharing.approve", R.ADMIT, "r"),
    call("sharing.devices", R.SYNC),
    call("sharing.set_role", R.ADMIT, "d", Role.LID),
    call("sharing.revoke", R.ADMIT, "d", Away.LOST),
    call("sharing.leave", R.SYNC),
    call("sharing.cycle", R.SYNC),
    call("sharing.recover", R.ADMIT, "/srv", (b"", b"")),
    call("sharing.check", R.SYNC),
    call("sharing.tray", R.ADMIT),
    call("sharing.take_from_tray", R.ADMIT, "d"),
    call("erasing.outside", R.ERASE, "c"),
    call("erasing.doubles", R.ERASE, "c"),
    call("erasing.erase", (R.ERASE, R.SYNC, R.BACK_UP), "c"),
    call("erasing.is_alone", R.ERASE),
    call("erasing.witness", R.ERASE, "c", "Wil Buurman"),
    call("erasing.asked", R.ERASE, "c"),
    call("erasing.completes", R.ERASE, "c"),
    call("requests.register", R.HANDLE_REQUEST),
    call("requests.of", R.HANDLE_REQUEST, "c"),
    call("requests.add", R.HANDLE_REQUEST, "c", ASKED),
    call("requests.amend", R.HANDLE_REQUEST, "v", ASKED, ["door"]),
    call("requests.decide", R.HANDLE_REQUEST, "v", ASKED),
    call("requests.extend", R.HANDLE_REQUEST, "v", ASKED),
    call("requests.handle", R.HANDLE_REQUEST, "v"),
    call("requests.corrected", R.HANDLE_REQUEST, "v"),
    call("requests.state", R.HANDLE_REQUEST, "c", Statement(van="Sam", tekst="x")),
    call("requests.statements", R.READ_CASE, "c"),
    call("requests.certificate", (R.ERASE, R.HANDLE_REQUEST), "c"),
    call("requests.destroy", (R.ERASE, R.HANDLE_REQUEST, R.SYNC, R.BACK_UP), "c"),
    call("file_copies.read", (R.HANDLE_REQUEST, R.READ_LOG), "v"),
    call("file_copies.keep", (R.HANDLE_REQUEST, R.READ_LOG), "v", [], NOTHING_READ),
    call("file_copies.kenmerk", R.HANDLE_REQUEST, "c"),
    call("file_copies.make", (R.HANDLE_REQUEST, R.READ_LOG), "c"),
    call("erasing.settle", (R.SYNC, R.BACK_UP)),
    call("advising.of", R.READ_CASE, "c"),
    call("advising.add_discussion", R.ADVISE, "c", Discussion()),
    call("advising.amend_discussion", R.ADVISE, "b", Discussion(), ["vraag"]),
    call("advising.draft", R.ADVISE, "b"),
    call("advising.successor", R.ADVISE, "a"),
    call("advising.add_advice", R.ADVISE, "c", Advice()),
    call("advising.amend_advice", R.ADVISE, "a", Advice(), ["analyse"]),
    call("advising.undo", R.ADVISE, "a"),
    call("advising.release", R.RELEASE_ADVICE, "a"),
    call("aftercare.standings", R.READ_CASE, "c"),
    call("aftercare.plans", R.READ_CASE, "c"),
    call("aftercare.follow_up", R.FOLLOW_UP, "c", FollowUpSheet()),
    call("aftercare.deployments", R.READ_CASE, "c"),
    call("aftercare.request_expert", R.FOLLOW_UP, "c", Deployment()),
    call("aftercare.amend_deployment", R.FOLLOW_UP, "d", Deployment(), ["minuten"]),
    call("aftercare.bridges", R.READ_CASE, "c"),
    call("aftercare.start_bridge", R.FOLLOW_UP, "c", Bridge()),
    call("aftercare.check_bridge", R.FOLLOW_UP, "b", BridgeCheck()),
    call("aftercare.amend_bridge", R.FOLLOW_UP, "b", Bridge(), ["tot"]),
    call("aftercare.escalations", R.READ_CASE, "c"),
    call("aftercare.suggested", R.READ_CASE, "c"),
    call("aftercare.escalate", R.FOLLOW_UP, "c", Escalation()),
    call("aftercare.amend_escalation", R.FOLLOW_UP, "s", Escalation(), ["reden"]),
    call("aftercare.future", R.READ_CASE, "c"),
    call("aftercare.plan_future", R.FOLLOW_UP, "c", FuturePlan(), ["coach"]),
    call("links.of", R.READ_CASE, "c"),
    call("links.add", R.EDIT_CASE, "c", "d", "SV-BRZ"),
    call("links.end", R.EDIT_CASE, "v"),
    call("closing.of", R.READ_CASE, "c"),
    call("closing.retention", R.READ_CASE, "c"),
    call("closing.is_alone", R.CLOSE_CASE),
    call("closing.add_lesson", R.CLOSE_CASE, "c", LESSON),
    call("closing.amend_lesson", R.CLOSE_CASE, "l", LESSON, ["tekst"]),
    call("closing.propose", R.CLOSE_CASE, "c", Closing()),
    call("closing.confirm", R.CLOSE_CASE, "a"),
    call("closing.confirm_with_witness", R.CLOSE_CASE, "a", "Wil Voorbeeld"),
    call("closing.withdraw_proposal", R.CLOSE_CASE, "a"),
    call("backups.make", R.BACK_UP, Path("b.bren")),
    call("backups.places", R.BACK_UP),
    call("backups.left", R.BACK_UP),
    call("backups.warnings", R.BACK_UP),
    call("backups.settle", R.BACK_UP),
    call("readlog.entries", R.READ_LOG, "c"),
    call("readlog.seen", R.READ_LOG, "c"),
    call("readlog.events", R.READ_LOG, "c"),
    call("readlog.note_leaving", R.READ_CASE, "c", Leaving.PRINTED, "B01"),
    call("planning.snooze", R.PLAN_WORK, "c", SNOOZE),
    call("planning.wake", R.PLAN_WORK, "c", SNOOZE.klok),
    call("planning.stand_ins", R.PLAN_WORK),
    call("planning.let_stand_in", R.PLAN_WORK, STAND_IN),
    call("planning.end_stand_in", R.PLAN_WORK, "w"),
    call("calendar.write", R.READ_CASE, Path("termijnen.ics")),
)
FOR_EVERYBODY = {
    "access.to_review": "gives what the actor may judge, and nothing else",
    "conflicts.overview": "gives what the actor may settle, without content, and nothing else",
    "conflicts.list": "gives what the actor may read, and nothing else",
    "drafts.all": "gives what the actor may read, and nothing else",
    "filters.everything": "gives what the actor may read, and nothing else",
    "search.find": "gives what the actor may read, and nothing else",
    "search.warm": "makes ready, and gives nothing",
    "search.look": "gives what the actor may read, and nothing else",
    "naming.of_troubles": "names what the actor may read, and nothing else",
    "worklist.entries": "gives what the actor may read, and nothing else",
    "requests.open_requests": "gives what the actor may handle, and nothing else",
    "weighing.in_force": "is how matching weighs, and nothing of a case",
    "understanding.catch_up": "the program reads for search, and shows nothing of it",
    "concepts.known": "is the thesaurus, and nothing of a case",
    "concepts.overview": "is the thesaurus, and nothing of a case",
    "concepts.open": "is the thesaurus, and nothing of a case",
    "concepts.count": "counts what the actor may read, and nothing else",
    "importing.read": "reads a file of the user's own and touches no store",
    "team.get": "is the letterhead, and whether the secretary releases",
    "team.logo": "is the letterhead",
}
WITHOUT_AN_ACTOR = frozenset({"actor", "context", "keys", "lock"})
"""What a workspace holds besides services; the passphrase guards `keys`."""


@pytest.fixture
def context(new_context: Callable[..., Context], actor: Actor) -> Context:
    """A store with a case and a pareltje."""

    def fill(context: Context) -> None:
        CaseWork(context).record(actor, Case(extern_id="c"))
        Pool(context).record(actor, Expert(extern_id="e", naam="A"))

    return new_context("a case and a pareltje", fill)


@pytest.fixture
def services(context: Context, door: Any, tmp_path: Path) -> dict[str, object]:
    team, erased = TeamSettings(context), ErasedList(tmp_path)
    letters = Letters(context, Documents(), team)
    backups = Backups(context, tmp_path, lambda: b"{}", erased, pack)
    erasing = Erasing(context, cast("SyncStore", context.store), lambda: door, erased, backups)
    return {
        "cases": CaseWork(context),
        "dossier": Dossier(context),
        "attachments": Attachments(context),
        "doubles": Doubles(context),
        "life": Life(context),
        "handing_over": HandingOver(context),
        "taking_over": TakingOver(context),
        "consents": Consents(context),
        "disclosures": Disclosures(context),
        "drafts": Drafts(context),
        "filters": SavedFilters(context),
        "pool": Pool(context),
        "addresses": Addresses(context),
        "search": Search(context),
        "matching": Matchmaking(context),
        "weighing": Weighing(context),
        "similar": Similar(context),
        "letters": letters,
        "outgoing": Outgoing(context, letters, team, DocumentFormats()),
        "importing": Importing(context, read_table),
        "exporting": Exporting(context, write_table),
        "team": team,
        "conflicts": Conflicts(context),
        "concepts": Concepts(context),
        "sharing": Sharing(lambda: door, lambda report: None, lambda: None),
        "erasing": erasing,
        "requests": Requests(context, erasing, Documents(), team),
        "file_copies": FileCopies(context, Documents(), team, ReadLog(context)),
        "backups": backups,
        "advising": Advising(context),
        "aftercare": Aftercare(context),
        "links": Links(context),
        "closing": ClosingWork(context, door.devices),
        "access": Access(context, tuple),
        "readlog": ReadLog(context),
        "worklist": Worklist(context),
        "planning": Planning(context),
        "calendar": WorkCalendar(context, Worklist(context), lambda *_: None),
        "deliveries": Deliveries(context),
    }


def methods() -> Iterator[str]:
    for name, service in get_type_hints(Workspace).items():
        if name not in WITHOUT_AN_ACTOR:
            yield from (
                f"{name}.{each}" for each, _ in inspect.getmembers(service, inspect.isfunction) if each[0] != "_"
            )


def test_every_method_of_every_service_stands_here() -> None:
    assert {each.name for each in CALLS} | FOR_EVERYBODY.keys() == set(methods())


def attempt(services: dict[str, object], actor: Actor, each: Call) -> None:
    service, method = each.name.split(".")
    getattr(services[service], method)(actor, *each.args, **each.options)


@pytest.mark.parametrize("each", CALLS, ids=lambda each: each.name)
def test_without_one_of_its_rights_it_is_refused(
    services: dict[str, object], actor: Actor, each: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    for right in each.needs:
        monkeypatch.setitem(rights.RIGHTS, Role.VOORZITTER, frozenset(Right) - {right})
        with pytest.raises(NotAllowedError):
            attempt(services, actor, each)


@pytest.mark.parametrize("each", CALLS, ids=lambda each: each.name)
def test_its_rights_are_all_that_it_needs(
    services: dict[str, object], actor: Actor, each: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(rights.RIGHTS, Role.VOORZITTER, each.needs)
    try:
        attempt(services, actor, each)
    except UserFacingError as error:
        assert not isinstance(error, NotAllowedError)  # noqa: PT017 - what else it says is not asked here


NOT_ABOUT_CONTENT = {
    "cases.row": "gives nothing for a case that is hidden, as for one that is not there",
    "drafts.keep": "keeps what the actor typed",
    "drafts.drop": "forgets what the actor typed",
    "letters.cut": "measures a letter that the actor has",
    "erasing.asked": "says who asked to erase it, as every laptop of the space knows",
    "erasing.completes": "the same",
    "readlog.note_leaving": "notes what happened, and shows nothing",
    "access.open_in_emergency": "is the way in",
    "access.lasts_until": "gives a day of the actor's own",
    "sharing.protect": "asks the door, which only a chair reaches",
}
"""Methods that take a case and need not refuse who may not see it."""


def about(entity: str, value: Any) -> Any:
    """An argument of a call with the case `c` in it named by its entity."""
    if isinstance(value, list):
        return [about(entity, each) for each in value]
    if isinstance(value, Letter):
        return replace(value, case=entity, identifying=True)
    return {"c": entity, "casus:c": f"casus:{entity}"}.get(value, value) if isinstance(value, str) else value


VALIDATED_FIRST = frozenset(
    "advising.add_discussion advising.add_advice aftercare.follow_up aftercare.request_expert aftercare.start_bridge "
    "aftercare.escalate letters.preview letters.file links.add doubles.compare doubles.merge".split()
)
"""What is refused for an empty form, or for what else it names, before the case is looked at."""
WITH_A_CASE = [each for each in CALLS if about("?", list(each.args)) != list(each.args)]


@pytest.mark.parametrize("each", WITH_A_CASE, ids=lambda each: each.name)
@pytest.mark.parametrize("role", [Role.LID, Role.PROJECTLEIDER])
def test_who_is_not_assigned_gets_nothing_though_every_right_is_theirs(
    services: dict[str, Any], context: Context, actor: Actor, each: Call, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    entity = context.store.entity_for(Kind.CASE, "c")
    services["access"].assign(actor, [entity], ["p9"], [])
    monkeypatch.setitem(rights.RIGHTS, role, frozenset(Right))
    other = replace(actor, person="p2", role=role)
    assert services["cases"].row(other, entity) is None
    if each.name in NOT_ABOUT_CONTENT:
        return
    with pytest.raises(UserFacingError) as refused:
        attempt(services, other, Call(each.name, each.needs, tuple(about(entity, list(each.args))), each.options))
    assert isinstance(refused.value, NotAssignedError) or each.name in VALIDATED_FIRST


def test_who_may_read_nothing_finds_nothing(
    services: dict[str, Any], context: Context, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    services["cases"].record(actor, Case(achternaam="Zonnebloem", urgentie="UR-CRISIS"))
    services["pool"].record(actor, Expert(naam="Zonnebloem"))
    services["drafts"].keep(actor, "casus:c", {"wensen": "x"})
    services["drafts"].keep(actor, "pareltje:e", {})
    for may_read, hits, waiting, drafts in (
        ({R.READ_CASE, R.READ_POOL}, 2, 3, 2),
        ({R.READ_POOL}, 1, 1, 1),
        (set(), 0, 0, 0),
    ):
        monkeypatch.setitem(rights.RIGHTS, Role.VOORZITTER, frozenset(may_read))
        assert len(services["search"].find(actor, "zonne")) == hits
        assert len(services["worklist"].entries(actor)) == waiting
        assert len(services["drafts"].all(actor)) == drafts
