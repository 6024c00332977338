"""Accepting a case that another team handed over: read, shown, and recorded as a new case (decision 0016)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from pydantic import BaseModel

from bren_desktop.crypto.packages import open_package
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case, initials, known_age, missing_for_intake
from bren_desktop.domain.dutch import listing, short_date
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.file_kinds import FileKind, plain_name, recognised
from bren_desktop.domain.growing_up import plan_entity
from bren_desktop.domain.records import ContactMoment
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.states import State
from bren_desktop.domain.transitions import Transition
from bren_desktop.domain.values import LONGEST_TEXT
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import ErasedCaseError, InvalidInputError, NotFoundError
from bren_desktop.services.attachments import kept
from bren_desktop.services.audit import LOOKED_INTO, TAKEN_OVER
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import resolve
from bren_desktop.services.numbers import numbered
from bren_desktop.services.package_contents import Contents, Package, unpacked
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.rows import CaseRow

_CONSENTS_STAY = (
    "Toestemmingen gaan niet mee: die waren voor het andere team. Vraag ze opnieuw voordat u de casus bespreekt."
)
_SAID_HERE = {Kind.CONTACT: {"datum"}, Kind.ATTACHMENT: {"datum", "door"}, Kind.TRANSITION: {"op", "door"}}
"""What the receiving laptop says itself of a record."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A package as it is judged before it is accepted; nothing of it is stored.

    `missing`: what aanmelding requires and is not in it. `refused`: names of attachments that a case may not hold.
    `already`: the case that it became when it was accepted before. `alike`: cases of what may be the same young person.
    """

    package: Package
    initials: str
    age: int | None
    urgency: str
    missing: tuple[str, ...]
    attachments: tuple[str, ...]
    refused: tuple[str, ...]
    already: CaseRow | None
    alike: tuple[CaseRow, ...]


class TakingOver:
    """The cases that other teams hand over to this one."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def look(self, actor: Actor, file: bytes, code: str) -> Offered:
        """What is in a package. Nothing is stored but that somebody looked. Raises a UserFacingError."""
        require(actor, Right.IMPORT)
        contents = self._opened(actor, file, code)
        with self._context.store.write(author(actor)) as writer:
            writer.log_read([self._context.read_entry(actor, LOOKED_INTO, Kind.CASE, "")])
            return self._offered(writer, contents)

    def accept(self, actor: Actor, file: bytes, code: str) -> str:
        """Record the case in a package as a new one, aangemeld today. Returns its entity."""
        require(actor, Right.IMPORT)
        contents = self._opened(actor, file, code)
        with self._context.store.write(author(actor)) as writer:
            entity = self._entity(Kind.CASE, contents.package)
            if writer.exists(Kind.CASE, entity):
                row = writer.case_row(entity)
                raise InvalidInputError(
                    "Deze casus is al aangenomen{nummer}. Er is niets veranderd.",
                    field="bestand",
                    nummer=f", als {row.nummer}" if row else "",
                )
            if writer.is_erased(entity):
                raise ErasedCaseError
            _Arrival(writer, self._context, actor, contents, entity).write()
            writer.log_read([self._context.read_entry(actor, TAKEN_OVER, Kind.CASE, entity)])
            return entity

    def _opened(self, actor: Actor, file: bytes, code: str) -> Contents:
        contents = unpacked(open_package(file, code), self._context.today())
        if contents.package.naar_team != actor.team:
            raise InvalidInputError(
                "Deze casus is niet aan uw team overgedragen, maar aan: {team}. Er is niets overgenomen. Bel het team "
                "dat u het bestand stuurde, en verwijder het.",
                field="bestand",
                team=vocabulary("teams").label(contents.package.naar_team),
            )
        return contents

    def _offered(self, reader: Reader, contents: Contents) -> Offered:
        case, package = contents.case, contents.package
        judged = list(_judged(contents))
        return Offered(
            package=package,
            initials=initials(case),
            age=known_age(case, self._context.today()),
            urgency=case.urgentie,
            missing=missing_for_intake(_arrived(case, package, self._context.today())),
            attachments=tuple(plain_name(name, kind) for name, kind, _ in judged if kind),
            refused=tuple(name for name, kind, _ in judged if not kind),
            already=reader.case_row(self._entity(Kind.CASE, package)),
            alike=tuple(_alike(reader, case, package.nummer)),
        )

    def _entity(self, kind: Kind, package: Package) -> str:
        return _entity(self._context, kind, package)


def _entity(context: Context, kind: Kind, package: Package, record: BaseModel | None = None) -> str:
    """Equal on every laptop of the team, and known to nobody outside: two that accept apart make one case.

    By what a record says, without what differs between them: where they accept two files of one case, what is in both
    is there once, and what is in one does not cover what is in the other.
    """
    said = record.model_dump_json(exclude=_SAID_HERE.get(kind)) if record else ""
    return context.store.entity_for(kind, f"overdracht {package.pakket} {sha256(said.encode()).hexdigest()}")


def _arrived(case: Case, package: Package, day: date) -> Case:
    return case.model_copy(update={"datum_aanmelding": day, "eerder_kenmerk": package.nummer})


def _alike(reader: Reader, case: Case, number: str) -> Iterator[CaseRow]:
    """Cases of what may be the same young person: by name, or because it came from the same case before."""
    born = case.geboortedatum.isoformat() if case.geboortedatum else ""
    found = reader.namesakes(case.achternaam, born, case.roepnaam) if case.achternaam else ()
    yield from found
    with suppress(NotFoundError):
        row = reader.case_row(resolve(reader, Kind.CASE, number))
        if row is not None and row not in found:
            yield row


def _judged(contents: Contents) -> Iterator[tuple[str, FileKind | None, bytes]]:
    """Each attachment by its content; without a kind where a case may not hold it."""
    for enclosed, data in zip(contents.package.bijlagen, contents.files, strict=True):
        try:
            yield enclosed.naam, recognised(enclosed.naam, data), data
        except InvalidInputError:
            yield enclosed.naam, None, data


class _Arrival:
    """The new case, within one transaction."""

    def __init__(self, writer: Writer, context: Context, actor: Actor, contents: Contents, case: str) -> None:
        self._writer, self._context, self._actor = writer, context, actor
        self._contents, self._case = contents, case
        self._today = context.today()

    def write(self) -> None:
        """The case first: what hangs below it is sealed under its key."""
        package = self._contents.package
        team = self._context.store.entity_for(Kind.TEAM, self._actor.team)
        new = numbered(self._writer, self._actor, _arrived(self._contents.case, package, self._today), team)
        self._writer.write(Kind.CASE, self._case, flatten(new))
        if new.status == State.REGISTERED:
            self._put(Kind.TRANSITION, self._registered())
        for kind, record in self._contents.below:
            self._put(kind, record)
        self._tell("", _provenance(package))
        for told in package.verhaal:
            self._tell(told.titel, told.tekst)
        self._attach()

    def _registered(self) -> Transition:
        return Transition(
            van=State.CONCEPT.value,
            naar=State.REGISTERED.value,
            op=self._today,
            door=self._actor.name,
            reden=_from(self._contents.package),
        )

    def _attach(self) -> None:
        refused = []
        for name, kind, data in _judged(self._contents):
            if kind is None:
                refused.append(name)
                continue
            file = kept(self._writer, self._actor, name, kind, data)
            self._put(Kind.ATTACHMENT, file.model_copy(update={"datum": self._today}))
        if refused:
            text = f"Deze bijlagen zijn niet overgenomen, omdat een casus ze niet mag bevatten: {listing(refused)}."
            self._tell("", text)

    def _tell(self, title: str, text: str) -> None:
        """A contact moment, or several where the text is long; each says whose words it holds."""
        package = self._contents.package
        head = ": ".join(filter(None, (_from(package), title))) + "\n\n"
        room = LONGEST_TEXT - len(head)
        for at in range(0, max(1, len(text)), room):
            told = ContactMoment(datum=self._today, met=package.sender, tekst=head + text[at : at + room])
            self._put(Kind.CONTACT, told)

    def _put(self, kind: Kind, record: BaseModel) -> None:
        is_plan = kind is Kind.FUTURE_PLAN
        entity = plan_entity(self._case) if is_plan else _entity(self._context, kind, self._contents.package, record)
        self._writer.write(kind, entity, flatten(record.model_copy(update={"casus": self._case})))


def _from(package: Package) -> str:
    return f"Overgenomen van {package.sender}, nummer daar {package.nummer or 'onbekend'}"


def _provenance(package: Package) -> str:
    """Where the case comes from, in sentences that stay with it; what the other team wrote comes last."""
    days = {"Overgedragen op": package.dag, "Daar aangemeld op": package.datum_aanmelding}
    told = {name: short_date(day) for name, day in days.items() if day}
    told |= {
        "Door": package.door,
        "Contact": package.contact,
        "Status daar": vocabulary("casusstatus").label(package.status),
        "Op grond van": " ".join(package.grond.split()),
        "Strafrechtelijke gegevens gingen mee": " ".join(package.strafrechtelijk_reden.split()),
    }
    lines = [f"{name}: {text}" for name, text in told.items() if text]
    return "\n".join([*lines, _CONSENTS_STAY, "", "Zij schreven:", package.reden])
