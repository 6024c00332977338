"""Handing a case over to another team: the step, and the package that the other team accepts (decision 0016)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bren_desktop.crypto.codes import format_code, new_code
from bren_desktop.crypto.packages import seal_package
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.attachments import Attachment
from bren_desktop.domain.blackening import SAFETY
from bren_desktop.domain.cases import Case
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.dutch import listing, short_date
from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.handing_over import BELOW, TOLD, Way, portable, verdict_to, way_of
from bren_desktop.domain.masking import without_criminal
from bren_desktop.domain.records import ContactMoment
from bren_desktop.domain.requests import Request
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.sharing import Verdict, require_consent
from bren_desktop.domain.states import State
from bren_desktop.domain.transitions import Transition
from bren_desktop.domain.values import LONGEST_TEXT
from bren_desktop.domain.vocabulary import CONCEPTS, Vocabulary, vocabulary
from bren_desktop.errors import InvalidInputError, NotFoundError, UserFacingError
from bren_desktop.oplog.registers import conflicts
from bren_desktop.services import below
from bren_desktop.services.attachments import given_out
from bren_desktop.services.audit import HANDED_OVER
from bren_desktop.services.consents import given
from bren_desktop.services.context import Context, author
from bren_desktop.services.gathering import gathered
from bren_desktop.services.life import make_step
from bren_desktop.services.loading import children, load
from bren_desktop.services.package_contents import (
    MOST_ATTACHED,
    Enclosed,
    Told,
    UnfitPackageError,
    packed,
    unpacked,
)
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.requests import has_objected
from bren_desktop.services.team import read_team

_NOTHING_LEFT = "De casus is niet overgedragen en er is niets verstuurd."
_RELEASED = "vrijgegeven_op"
_OBJECTION = "Het gezin maakt bezwaar tegen gebruik voor onderzoek. Leg dat ook hier als verzoek vast."
_CRIMINAL = "Strafrechtelijke gegevens gingen mee: {reden}"
_FOR_SAFETY = (
    "Bij deze casus is iets voor het gezin verzwegen, voor iemands veiligheid. Het bestand zegt dat niet en alles gaat "
    "mee. Zeg daarom aan de telefoon wat het andere team nooit aan het gezin mag geven."
)
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Recipient:
    """To which team (its code), with which attachments (their entities).

    `criminal_reason`: why data of a criminal-law kind go along; without one they stay.
    """

    team: str
    attachments: tuple[str, ...] = ()
    criminal_reason: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A package to be kept in a file, and the code that is told by telephone. Neither stands in the store.

    `caution`: what else must be told, because written down the family would read it at the other team.
    """

    data: bytes
    code: str
    caution: str = ""


class NotWrittenError(UserFacingError):
    """The step was made, and the package did not come into its file."""

    def __init__(self, reason: UserFacingError) -> None:
        super().__init__(
            "{reden} De casus staat al op overgedragen. Maak het bestand opnieuw, in een andere map.", reden=reason
        )


class HandingOver:
    """Handing over the cases of one profile."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def verdict(self, actor: Actor, case: str, team: str) -> Verdict:
        """Whether a case may be handed over to a team today, and by what."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return _verdict(reader, actor, case, team, self._context.today())

    def team_of(self, actor: Actor, case: str) -> str:
        """The name of the team to which a case was handed over in a package. Raises InvalidInputError."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return handed_over(reader, case)[1].doorgeleid_naar

    def hand_over(self, actor: Actor, case: str, to: Recipient, details: Transition) -> Sealed:
        """Make the step to *overgedragen* and the package, which the caller writes to a file afterwards.

        Raises MissingConsentError, or an InvalidInputError for what is not ready to go.
        """
        require(actor, Right.MOVE_CASE)
        require(actor, Right.DECIDE)
        label = _label(actor, to.team)
        said = details.model_copy(update={"doorgeleid_naar": label, "reden": _reason(details.reden, to)})
        with self._context.store.write(author(actor)) as writer:
            entity, step = make_step(writer, self._context, actor, case, State.TRANSFERRED, said)
            return self._sealed(writer, actor, case, to, (entity, step))

    def again(self, actor: Actor, case: str, to: Recipient) -> Sealed:
        """The package of a case that was handed over, made again with a new code: the first was lost."""
        require(actor, Right.DECIDE)
        with self._context.store.write(author(actor)) as writer:
            entity, step = handed_over(writer, case)
            if _label(actor, to.team) != step.doorgeleid_naar:
                raise InvalidInputError(
                    "Deze casus is overgedragen aan een ander team: {team}. Er is niets gemaakt. Neem de casus eerst "
                    "terug als hij naar een ander team moet.",
                    field="team",
                    team=step.doorgeleid_naar,
                )
            told = [f"Het bestand voor {step.doorgeleid_naar} is opnieuw gemaakt, met een nieuwe code."]
            told += [_CRIMINAL.format(reden=to.criminal_reason)] if to.criminal_reason else []
            moment = ContactMoment(datum=self._context.today(), tekst="\n".join(told))
            below.file_in(writer, self._context, Kind.CONTACT, case, moment)
            return self._sealed(writer, actor, case, to, (entity, step))

    def _sealed(self, writer: Writer, actor: Actor, case: str, to: Recipient, made: tuple[str, Transition]) -> Sealed:
        today = self._context.today()
        _must_be_ready(writer, case)
        allowed = require_consent(_verdict(writer, actor, case, to.team, today), _NOTHING_LEFT)
        files = list(_files(writer, case, to.attachments))
        team = read_team(writer, self._context, actor)
        said = {
            "pakket": made[0],
            "van_team": actor.team,
            "naar_team": to.team,
            "dag": today,
            "door": actor.name,
            "contact": ", ".join(filter(None, (team.telefoon, team.email))),
            "status": made[1].van,
            "reden": made[1].reden.partition(_CRIMINAL.format(reden=""))[0].rstrip(),
            "grond": _ground(allowed),
            "strafrechtelijk_reden": to.criminal_reason,
            "bijlagen": [_enclosed(*file) for file in files],
            **_going(writer, case, self._context.listed(CONCEPTS), criminal=bool(to.criminal_reason)),
        }
        content = _content(said, [data for _, data in files], today)
        writer.log_read([self._context.read_entry(actor, HANDED_OVER, Kind.CASE, case, made[1].doorgeleid_naar)])
        code = new_code()
        caution = _FOR_SAFETY if _is_kept_from_family(writer, case) else ""
        return Sealed(seal_package(content, code), format_code(code), caution)


def package_name() -> str:
    """A name for the file of a package that tells nothing of what is in it."""
    return f"overdracht-{secrets.token_hex(4)}.bren"


def handed_over(reader: Reader, case: str) -> tuple[str, Transition]:
    """The step by which a case went to another team that works with the program. Raises InvalidInputError."""
    steps = children(reader, Kind.TRANSITION, Transition, case)
    is_there = load(reader, Kind.CASE, Case, case).status == State.TRANSFERRED
    entity, step = steps[0] if steps else ("", Transition())
    if not is_there or vocabulary("teams").find(step.doorgeleid_naar) is None:
        raise InvalidInputError("Deze casus is niet met een bestand overgedragen aan een ander team.", field="status")
    return entity, step


def _reason(reason: str, to: Recipient) -> str:
    """What the step says: why, and why data of a criminal-law kind went along."""
    both = [reason, _CRIMINAL.format(reden=to.criminal_reason) if to.criminal_reason else ""]
    text = "\n\n".join(filter(None, both))
    if len(text) > LONGEST_TEXT:
        raise InvalidInputError("De reden is te lang. Maak haar korter. {gevolg}", field="reden", gevolg=_NOTHING_LEFT)
    return text


def _label(actor: Actor, team: str) -> str:
    teams = vocabulary("teams")
    if team not in teams or team == actor.team:
        raise InvalidInputError(
            "Kies aan welk ander expertteam u de casus overdraagt. {gevolg}", field="team", gevolg=_NOTHING_LEFT
        )
    return teams.label(team)


def _verdict(reader: Reader, actor: Actor, case: str, team: str, day: date) -> Verdict:
    decided = [each for _, each in children(reader, Kind.DISCLOSURE, Disclosure, case)]
    return verdict_to(load(reader, Kind.CASE, Case, case), given(reader, case), decided, actor.team, team, day)


def _must_be_ready(reader: Reader, case: str) -> None:
    """Nothing that goes may stand in two versions, and what the family asked is answered first."""
    records = [(kind, entity) for kind in BELOW for entity in reader.children(kind, case)]
    if any(conflicts(reader.registers(kind, entity)) for kind, entity in [(Kind.CASE, case), *records]):
        raise InvalidInputError(
            "In deze casus staan twee versies van een veld. Kies eerst welke geldt. {gevolg}", gevolg=_NOTHING_LEFT
        )
    if any(request.is_open for _, request in children(reader, Kind.REQUEST, Request, case)):
        raise InvalidInputError(
            "Bij deze casus loopt nog een verzoek van het gezin. Handel dat eerst af. {gevolg}", gevolg=_NOTHING_LEFT
        )


def _is_kept_from_family(reader: Reader, case: str) -> bool:
    """Whether something was made black for somebody's safety, or shared without telling the family."""
    requests = children(reader, Kind.REQUEST, Request, case)
    shared = children(reader, Kind.DISCLOSURE, Disclosure, case)
    is_black = any(mask.reden == SAFETY for _, request in requests for mask in request.zwart)
    return is_black or any(each.gezin_ingelicht is False for _, each in shared)


def _content(said: Mapping[str, Any], files: Sequence[bytes], today: date) -> bytes:
    """What goes in the file. What the receiver could not take is put right here, where somebody knows what is meant."""
    try:
        content = packed(said, files)
        unpacked(content, today)
    except UnfitPackageError as error:
        raise InvalidInputError(
            "Er klopt iets niet bij {veld}: {reden} Verbeter dat eerst. {gevolg}",
            field=error.problem.field,
            veld=error.problem.field,
            reden=error.problem.reason,
            gevolg=_NOTHING_LEFT,
        ) from error
    return content


def _going(reader: Reader, case: str, concepts: Vocabulary, *, criminal: bool) -> dict[str, Any]:
    """What of the case goes: fields, records below it, and history as text."""
    record = load(reader, Kind.CASE, Case, case)
    shown = record if criminal else without_criminal(record, concepts)
    below_it = {kind: children(reader, kind, MODELS[kind], case) for kind in BELOW}
    return {
        "nummer": record.nummer,
        "datum_aanmelding": record.datum_aanmelding,
        "casus": portable(Kind.CASE, shown, criminal=criminal),
        "hieronder": {
            kind.value: [portable(kind, each, criminal=criminal) for _, each in reversed(found)]
            for kind, found in below_it.items()
            if found
        },
        "verhaal": tuple(_told(reader, case, criminal=criminal)),
    }


def _told(reader: Reader, case: str, *, criminal: bool) -> Iterator[Told]:
    """The history as text: of advice what was released, and of every record what may be told."""
    if has_objected(reader, case):
        yield Told(titel="Bezwaar", tekst=_OBJECTION)
    for chapter in gathered(reader, case):
        for entry in chapter.entries if chapter.kind in TOLD else ():
            stays = chapter.kind is Kind.ADVICE and not any(each.field == _RELEASED for each in entry.passages)
            lines = [
                f"{each.label}: {each.text}"
                for each in entry.passages
                if not stays and way_of(chapter.kind, each.field.partition("/")[0], criminal=criminal) is Way.TEXT
            ]
            text = "\n".join(lines)
            yield from (
                Told(titel=entry.title, tekst=text[at : at + LONGEST_TEXT]) for at in range(0, len(text), LONGEST_TEXT)
            )


def _ground(found: Verdict) -> str:
    """By what it was allowed to hand over."""
    if found.without is not None:
        return f"zonder toestemming; {vocabulary('gronden_zonder_toestemming').label(found.without.grond)}"
    givers = vocabulary("toestemminggever")
    said = [
        f"toestemming van {listing([givers.label(giver) for giver in each.gevers])}, "
        f"gegeven op {short_date(each.gegeven_op) if each.gegeven_op else 'een dag die niet is ingevuld'}"
        for each in found.by
    ]
    return "; ".join(said)


def _files(reader: Reader, case: str, chosen: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The name and bytes of the attachments that were chosen, judged once more."""
    below_case, total = children(reader, Kind.ATTACHMENT, Attachment, case), 0
    known = {entity: each for entity, each in below_case if each.weggelegd_op is None}
    for entity in dict.fromkeys(chosen):
        data = reader.attachment(known[entity].bestand) if entity in known else None
        if data is None:
            raise NotFoundError("Een van de gekozen bijlagen is er niet (meer) op deze computer. Kies opnieuw.")
        _, data = given_out(known[entity].naam, data)
        total += len(data)
        if total > MOST_ATTACHED:
            raise InvalidInputError(
                "De gekozen bijlagen zijn samen groter dan {mb} MB. Kies er minder. {gevolg}",
                field="bijlagen",
                mb=MOST_ATTACHED // _MB,
                gevolg=_NOTHING_LEFT,
            )
        yield known[entity].naam, data


def _enclosed(name: str, data: bytes) -> Enclosed:
    return Enclosed(naam=name, grootte=len(data), sha256=hashlib.sha256(data).hexdigest())
