"""What families ask of their file: registering it, deciding on it, and doing it; and statements of their own.

A request hangs below its case, and goes with it when the case is destroyed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, Protocol

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.certificates import Certificate
from bren_desktop.domain.clocks.calendar import Calendar
from bren_desktop.domain.clocks.due import Deadline, Facts, deadlines
from bren_desktop.domain.duties import REQUESTS
from bren_desktop.domain.entities import MODELS, Kind, wanted
from bren_desktop.domain.fields import notes
from bren_desktop.domain.records import Team
from bren_desktop.domain.requests import (
    ASKED,
    DECIDED,
    ENDING,
    EXTENDED,
    GRANTED,
    WITHDRAWN,
    Request,
    Sort,
    Statement,
    is_extended,
    missing_when_asked,
    missing_when_decided,
    missing_when_extended,
    missing_when_handled,
)
from bren_desktop.domain.rights import Right, may, require
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.oplog.registers import Registers
from bren_desktop.services import below
from bren_desktop.services.consents import check_codes
from bren_desktop.services.context import Context, author, local_day
from bren_desktop.services.course import handed_to
from bren_desktop.services.erasing import Erased, Erasing, must_not_be_held, together
from bren_desktop.services.loading import children, load, present, resolve
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.readlog import Sightings
from bren_desktop.services.rows import Changes
from bren_desktop.services.team import TeamSettings, calendar_of, read_team

_WITHOUT_REQUEST = "Er is gevraagd om deze casus te vernietigen. Het verzoek is bij het vernietigen vastgelegd."
_ASKED_CODES = {"soort": "soorten_verzoek", "relatie": "toestemminggever"}
_DECIDED_CODES = {"besluit": "besluiten_verzoek", "uitzondering": "uitzonderingen_vernietiging"}


class CertificateRenderer(Protocol):
    """What turns a verklaring van vernietiging into PDF."""

    def certificate(self, certificate: Certificate, team: Team) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Listed:
    """One request in the register. `title` is number and initials of its case; `deadline` only while it is open."""

    entity: str
    case: str
    title: str
    request: Request
    deadline: Deadline | None
    read_only: bool = False


class MadeCertificate(NamedTuple):
    """A verklaring van vernietiging: the entity of its case, and the PDF."""

    case: str
    pdf: bytes

    @property
    def name(self) -> str:
        """What its file is called: by the random id only."""
        return f"verklaring van vernietiging {self.case}.pdf"


class Requests:
    """Requests and statements in one profile."""

    def __init__(self, context: Context, erasing: Erasing, renderer: CertificateRenderer, team: TeamSettings) -> None:
        self._context = context
        self._erasing = erasing
        self._renderer = renderer
        self._team = team
        self._sightings = Sightings(context)

    def register(self, actor: Actor) -> Sequence[Listed]:
        """Every request that the actor may see: those that wait by their date, then the newest of the others.

        That they were looked at is logged.
        """
        require(actor, Right.HANDLE_REQUEST)
        self._sightings.note(actor, "verzoeken bekijken")
        return self._known(actor)

    def open_requests(self, actor: Actor) -> Sequence[tuple[str, Request, Deadline]]:
        """The case, the request and its deadline of all that wait, the most pressing first; nothing for who may not."""
        if not may(actor, Right.HANDLE_REQUEST):
            return ()
        return [(each.case, each.request, each.deadline) for each in self._known(actor) if each.deadline]

    def of(self, actor: Actor, case: str) -> Sequence[Listed]:
        """The requests about one case, in the order of the register."""
        require(actor, Right.HANDLE_REQUEST)
        with self._context.read(actor) as reader:
            present(reader, Kind.CASE, case)
        self._sightings.note(actor, "verzoeken bekijken", case)
        return self._known(actor, case)

    def add(self, actor: Actor, case: str, request: Request) -> str:
        """Register a request as it came in. Returns its entity. Raises InvalidInputError for what it lacks."""
        require(actor, Right.HANDLE_REQUEST)
        asked = Request(**request.model_dump(include=set(ASKED)))
        with self._context.store.write(author(actor)) as writer:
            present(writer, Kind.CASE, case)
            self._check_asked(writer, case, asked)
            return below.file_in(writer, self._context, Kind.REQUEST, case, asked)

    def amend(
        self, actor: Actor, request: str, record: Request, fields: Iterable[str], seen: Registers | None = None
    ) -> Changes:
        """Bring these fields of what was asked to what `record` says, until a decision is taken."""
        require(actor, Right.HANDLE_REQUEST)
        with self._context.store.write(author(actor)) as writer:
            self._check_asked(writer, _undecided(writer, request).casus, record)
            touched = frozenset(fields) & frozenset(ASKED)
            return below.amend_in(writer, self._context, Kind.REQUEST, request, record, touched, seen)

    def decide(self, actor: Actor, request: str, decision: Request) -> Changes:
        """Take a decision, with its reason. A refusal is the answer; what is granted waits until it is done.

        What was granted can still be withdrawn by who asked it.
        """
        require(actor, Right.HANDLE_REQUEST)
        check_codes(decision, _DECIDED_CODES)
        with self._context.store.write(author(actor)) as writer:
            asked = (_open if decision.besluit == WITHDRAWN else _undecided)(writer, request)
            decided = asked.model_copy(update={name: getattr(decision, name) for name in DECIDED})
            self._must_be_complete(writer, decided)
            _write(writer, request, decided.model_copy(update=self._signed(actor, decided)))
            return writer.changes

    def extend(self, actor: Actor, request: str, extension: Request) -> Changes:
        """Take two months longer, once: who asked was told so within the first month, with the reason."""
        require(actor, Right.HANDLE_REQUEST)
        check_codes(extension, {"verlengd_vorm": "contactvorm"})
        self._check_past(extension.verlengd_op, "verlengd_op")
        with self._context.store.write(author(actor)) as writer:
            asked = _open(writer, request)
            if asked.verlengd_op:
                raise InvalidInputError("De termijn van dit verzoek is al verlengd, en dat kan één keer.")
            longer = asked.model_copy(update={name: getattr(extension, name) for name in EXTENDED})
            below.refuse(missing_when_extended(longer))
            _write(writer, request, longer.model_copy(update={"verlengd_door": actor.name}))
            return writer.changes

    def handle(self, actor: Actor, request: str, changed: str = "") -> Changes:
        """Put away a request that was decided on. `changed` names what was corrected in the case."""
        require(actor, Right.HANDLE_REQUEST)
        with self._context.store.write(author(actor)) as writer:
            asked = _open(writer, request)
            done = Request.model_validate({**dict(asked), "gewijzigd": changed})
            below.refuse(missing_when_handled(done))
            _write(writer, request, done.model_copy(update=self._answered(actor)))
            return writer.changes

    def corrected(self, actor: Actor, request: str) -> str:
        """Which fields of the case were changed since a request was decided on: to begin saying what was corrected."""
        require(actor, Right.HANDLE_REQUEST)
        with self._context.read(actor) as reader:
            asked = load(reader, Kind.REQUEST, Request, request)
            since = asked.besloten_op or asked.ontvangen_op
            return ", ".join(_changed_since(reader, asked.casus, since) if since else ())

    def state(self, actor: Actor, case: str, statement: Statement) -> str:
        """Add what somebody of the family wants in the file in their own words. Returns its entity."""
        require(actor, Right.HANDLE_REQUEST)
        needed = {"van": "Vul in van wie de verklaring is.", "tekst": "Schrijf de verklaring op, in hun eigen woorden."}
        below.refuse((field, sentence) for field, sentence in needed.items() if not getattr(statement, field))
        self._check_past(statement.datum, "datum")
        dated = statement.model_copy(update={"datum": statement.datum or self._context.today()})
        return below.file(self._context, actor, Right.HANDLE_REQUEST, Kind.STATEMENT, case, dated)

    def statements(self, actor: Actor, case: str) -> Sequence[tuple[str, Statement]]:
        """The statements of a family in a file, the newest first."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return children(reader, Kind.STATEMENT, Statement, case)

    def destroy(self, actor: Actor, name: str, witness: str = "") -> Erased:
        """The actor's half of destroying the case called `name` because the family asked; with both halves it is done.

        In a team of one laptop a named `witness` takes the place of the other half.

        A request that is not there yet is registered, and one that waits for a decision is granted by it. Raises
        InvalidInputError where the case has to be kept, or the request was refused.
        """
        require(actor, Right.ERASE)
        require(actor, Right.HANDLE_REQUEST)
        seen_by = self._erasing.witness(actor, name, witness) if witness else ""
        with self._context.store.write(author(actor)) as writer:
            case = resolve(writer, Kind.CASE, name)
            must_not_be_held(writer, case)
            if case not in writer.read_only(Kind.CASE):
                self._grant(writer, actor, case)
        return self._erasing.erase(actor, case, seen_by)

    def certificate(self, actor: Actor, name: str, witness: str = "") -> MadeCertificate | None:
        """The verklaring van vernietiging, to be kept by the user before a case goes; None where it does not go yet.

        It stands nowhere in the store: what is left there is the random id. Raises what `destroy` would raise.
        """
        require(actor, Right.ERASE)
        require(actor, Right.HANDLE_REQUEST)
        team = self._team.get(actor)
        seen_by = self._erasing.witness(actor, name, witness) if witness else ""
        with self._context.read(actor) as reader:
            case = resolve(reader, Kind.CASE, name)
            must_not_be_held(reader, case)
            going, found = together(reader, case), _to_destroy(reader, case)
            elsewhere = handed_to(reader, going)
            request = self._granted(reader, actor, found[1]) if found else Request()
        asked = self._erasing.asked(actor, case)
        if not seen_by and (asked is None or not all(self._erasing.completes(actor, each) for each in going)):
            return None
        halves = asked.names if asked and not seen_by else ()
        today = self._context.today()
        made = Certificate(
            ids=going,
            team=team.naam,
            requested_on=request.ontvangen_op,
            decided_on=request.besloten_op or today,
            decided_by=request.besloten_door or actor.name,
            asked_by=(*halves, actor.name),
            destroyed_on=today,
            handed_to=elsewhere,
            witness=seen_by,
        )
        return MadeCertificate(case, self._renderer.certificate(made, team))

    def _known(self, actor: Actor, case: str = "") -> Sequence[Listed]:
        with self._context.read(actor) as reader:
            calendar = calendar_of(read_team(reader, self._context, actor))
            entities = reader.children(Kind.REQUEST, case) if case else reader.entities(Kind.REQUEST)
            found = list(_listed(reader, entities, self._context.today(), calendar))
        return sorted(found, key=_order)

    def _grant(self, writer: Writer, actor: Actor, case: str) -> None:
        found = _to_destroy(writer, case)
        if found is None:
            asked = Request(
                soort=Sort.DESTROY, ontvangen_op=self._context.today(), inhoud=_WITHOUT_REQUEST, besluit=GRANTED
            )
            below.file_in(
                writer, self._context, Kind.REQUEST, case, asked.model_copy(update=self._signed(actor, asked))
            )
            return
        entity, asked = found
        _write(writer, entity, self._granted(writer, actor, asked))

    def _granted(self, reader: Reader, actor: Actor, asked: Request) -> Request:
        """A request to destroy as it stands once it is granted. Raises InvalidInputError where it may not be."""
        if asked.besluit in ENDING:
            label = vocabulary("besluiten_verzoek").label(asked.besluit)
            raise InvalidInputError(
                "Het verzoek om deze casus te vernietigen is {besluit}. Er is niets vernietigd. Leg een nieuw verzoek "
                "vast als dat is veranderd.",
                field="besluit",
                besluit=label,
            )
        if asked.besluit:
            return asked
        granted = asked.model_copy(update={"besluit": GRANTED})
        self._must_be_complete(reader, granted)
        return granted.model_copy(update=self._signed(actor, granted))

    def _signed(self, actor: Actor, decided: Request) -> dict[str, object]:
        taken = {"besloten_op": self._context.today(), "besloten_door": actor.name}
        return {**taken, **self._answered(actor)} if decided.besluit in ENDING else taken

    def _answered(self, actor: Actor) -> dict[str, object]:
        return {"afgehandeld_op": self._context.today(), "afgehandeld_door": actor.name}

    def _check_asked(self, reader: Reader, case: str, request: Request) -> None:
        below.refuse(missing_when_asked(request))
        check_codes(request, _ASKED_CODES)
        self._check_past(request.ontvangen_op, "ontvangen_op")
        born = load(reader, Kind.CASE, Case, case).geboortedatum
        if born and request.ontvangen_op and request.ontvangen_op < born:
            raise below.refused("ontvangen_op", "Op deze dag was de jeugdige nog niet geboren. Kijk de datum na.")

    def _must_be_complete(self, reader: Reader, decided: Request) -> None:
        """Raise InvalidInputError for what a decision lacks."""
        case = load(reader, Kind.CASE, Case, decided.casus)
        below.refuse(missing_when_decided(decided, case, self._context.today()))

    def _check_past(self, day: date | None, field: str) -> None:
        if day and day > self._context.today():
            raise InvalidInputError("Deze dag ligt in de toekomst. Vul de dag in waarop het gebeurde.", field=field)


def has_objected(reader: Reader, case: str) -> bool:
    """Whether the family objects to research, and that was neither refused nor withdrawn."""
    found = children(reader, Kind.REQUEST, Request, case)
    return any(each.soort == Sort.OBJECT and each.besluit not in ENDING for _, each in found)


def _to_destroy(reader: Reader, case: str) -> tuple[str, Request] | None:
    found = [each for each in children(reader, Kind.REQUEST, Request, case) if each[1].soort == Sort.DESTROY]
    return next(iter(sorted(found, key=lambda each: not each[1].is_open)), None)


def deadline_of(request: Request, today: date, calendar: Calendar) -> Deadline | None:
    """By when a request must be answered; None once it is."""
    if not request.is_open or request.ontvangen_op is None:
        return None
    facts = _facts(request, request.ontvangen_op)
    return next(each for each in deadlines(facts, today, calendar) if each.code in REQUESTS)


def _facts(request: Request, received: date) -> Facts:
    nothing, days = Facts(state="", since=received), (received,)
    if request.soort == Sort.DESTROY:
        return replace(nothing, erasures=days)
    if is_extended(request.soort, received, request.verlengd_op):
        return replace(nothing, extended=days)
    return replace(nothing, requests=days)


def _listed(reader: Reader, entities: Iterable[str], today: date, calendar: Calendar) -> Iterator[Listed]:
    left = reader.read_only(Kind.CASE)
    for entity in entities:
        request = load(reader, Kind.REQUEST, Request, entity)
        row = reader.case_row(request.casus)
        if row is not None:
            deadline = deadline_of(request, today, calendar)
            yield Listed(entity, request.casus, row.title, request, deadline, request.casus in left)


def _order(listed: Listed) -> tuple[object, ...]:
    newest = -(listed.request.ontvangen_op or date.min).toordinal()
    return listed.deadline is None, listed.deadline.due if listed.deadline else date.max, newest, listed.entity


def _open(writer: Writer, request: str) -> Request:
    asked = load(writer, Kind.REQUEST, Request, request)
    if not asked.is_open:
        raise InvalidInputError("Dit verzoek is al afgehandeld. Er is niets veranderd.")
    return asked


def _undecided(writer: Writer, request: str) -> Request:
    asked = load(writer, Kind.REQUEST, Request, request)
    if asked.besluit or not asked.is_open:
        raise InvalidInputError("Over dit verzoek is al besloten. Er is niets veranderd.")
    return asked


def _write(writer: Writer, request: str, record: Request) -> None:
    told = frozenset(notes(Request)) - frozenset(ASKED) - {"casus", "zwart"}
    before = load(writer, Kind.REQUEST, Request, request)
    changed = [name for name in told if getattr(before, name) != getattr(record, name)]
    writer.write(Kind.REQUEST, request, wanted({}, record, changed))


def _changed_since(reader: Reader, case: str, since: date) -> Iterable[str]:
    """The labels of the fields of the case itself that were written since that day, each once."""
    known, found = notes(MODELS[Kind.CASE]), dict[str, None]()
    for operation in reader.history(case, 500):
        if operation.kind == Kind.CASE and local_day(milliseconds(operation.clock)) >= since:
            found.update({known[each.field].label: None for each in operation.changes if each.field in known})
    return found
