"""Fields that colleagues changed at the same time: every version, what they replaced, and settling them.

A version has the same number on every laptop: 1 is the one that is shown, the latest by clock and dot. Whoever settles
replaces all versions at once; a version that came in since is never replaced unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.changing import may_change
from bren_desktop.domain.entities import BELOW_CASE, MODELS, Kind, build, flatten
from bren_desktop.domain.fields import Shape, notes
from bren_desktop.domain.rights import Right, may, require
from bren_desktop.domain.values import dutch_reason
from bren_desktop.errors import InvalidInputError, NotAllowedError, NotFoundError, UserFacingError
from bren_desktop.oplog.registers import conflicts, top_values
from bren_desktop.services import undo
from bren_desktop.services.context import Context, author
from bren_desktop.services.course import STATUS, write_settled
from bren_desktop.services.loading import present
from bren_desktop.services.numbers import KEPT_BY_PROGRAM
from bren_desktop.services.parsing import FieldProblem, parse_field, parse_record
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.rows import Changes
from bren_desktop.services.versions import Conflict, versions_of

_TO_CODE = "te_coderen"
_ACTION = "versies bekijken"
_READ: Mapping[Kind, Right | None] = {
    **dict.fromkeys(Kind, Right.READ_CASE),
    Kind.EMERGENCY_ACCESS: Right.REVIEW_ACCESS,
    Kind.CONSULT: Right.READ_POOL,
    Kind.EXPERT: Right.READ_POOL,
    Kind.PERSON: Right.READ_POOL,
    Kind.ORGANISATION: Right.READ_POOL,
    Kind.TEAM: None,
    Kind.CONCEPT: None,
    Kind.WEIGHING: None,
}
_SETTLE: Mapping[Kind, Right] = {
    **dict.fromkeys(Kind, Right.EDIT_CASE),
    Kind.EMERGENCY_ACCESS: Right.REVIEW_ACCESS,
    Kind.EXPERT: Right.EDIT_POOL,
    Kind.TEAM: Right.CONFIGURE,
    Kind.CONCEPT: Right.EDIT_CONCEPTS,
    Kind.WEIGHING: Right.WEIGH,
}


class SettledElsewhereError(UserFacingError):
    """There is only one version (any more)."""

    def __init__(self) -> None:
        super().__init__("Dit is al beslist: er is nog maar één versie. Er is niets veranderd.")


class UnknownFieldError(NotFoundError):
    """A record of this kind has no such field."""

    def __init__(self) -> None:
        super().__init__("Dit veld is hier niet bekend. Er is niets veranderd. Controleer de naam van het veld.")


class OtherVersionsError(UserFacingError):
    """A version came in that the person has not seen."""

    def __init__(self) -> None:
        super().__init__("Er is intussen een versie bij gekomen. Er is niets veranderd. Bekijk de versies opnieuw.")


@dataclass(frozen=True, slots=True)
class Conflicted:
    """A record with versions to choose from, without their content. What hangs below a case counts with it."""

    kind: Kind
    entity: str
    id: str
    title: str
    fields: int


class Conflicts:
    """What colleagues wrote at the same time, in one profile."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def overview(self, actor: Actor) -> Sequence[Conflicted]:
        """The records with several versions that the actor may settle, without content."""
        with self._context.read(actor) as reader:
            heads = dict.fromkeys(_head(reader, *each) for each in _conflicted(reader) if may_settle(actor, each[0]))
            return [_summary(reader, *head) for head in heads]

    def list(self, actor: Actor) -> Sequence[Conflict]:
        """Every field with several versions that the actor may read. The reading of each case is logged."""
        with self._context.read(actor) as reader:
            readable = [each for each in _conflicted(reader) if _may_read(actor, each[0])]
            found = [conflict for kind, entity in readable for conflict in versions_of(reader, kind, entity)]
            cases = {case: None for each in found if (case := _case_of(reader, each.kind, each.entity))}
        self._log(actor, cases)
        return found

    def of(self, actor: Actor, kind: Kind, entity: str) -> Sequence[Conflict]:
        """The fields with several versions of one record, and of what hangs below it. The reading is logged."""
        right = _READ[kind]
        if right is not None:
            require(actor, right)
        with self._context.read(actor) as reader:
            found = [conflict for each in _whole(reader, kind, entity) for conflict in versions_of(reader, *each)]
            case = _case_of(reader, kind, entity)
        self._log(actor, [case] if case and found else ())
        return found

    def about(self, actor: Actor, kind: Kind, entity: str) -> Conflicted:
        """One record by what people know it by, and how many fields have several versions. Raises NotFoundError."""
        right = _READ[kind]
        if right is not None:
            require(actor, right)
        with self._context.read(actor) as reader:
            present(reader, kind, entity)
            return _summary(reader, kind, entity)

    def settle(
        self,
        actor: Actor,
        entity: str,
        field: str,
        key: str = "",
        *,
        take: int | None = None,
        value: object = None,
        stamp: str = "",
    ) -> Changes:
        """Replace all versions of a field by version `take`, or by `value` as somebody typed it (empty empties).

        `entity` as commands print it; `field` may name its row too (`geschiedenis/ID`). With `stamp`, only the
        versions that were seen are replaced.

        Raises UnknownFieldError, SettledElsewhereError, OtherVersionsError or InvalidInputError.
        """
        field, _, row = field.partition("/")
        name = (field, key or row)
        with self._context.store.write(author(actor)) as writer:
            kind, found = _find(writer, entity, name)
            _require_settling(actor, kind, field)
            conflict = _conflict(writer, kind, found, name)
            if stamp and stamp != conflict.stamp:
                raise OtherVersionsError
            values = {name: _taken(conflict, take)} if take is not None else self._given(writer, conflict, value)
            writer.write(kind, found, values)
            if (kind, name) == (Kind.CASE, STATUS):
                write_settled(writer, self._context, actor, found, values[name])
            return writer.changes

    def undo(self, actor: Actor, kind: Kind, entity: str) -> Changes:
        """Take back the actor's last change of a record; where it settled versions, the one on top stands again."""
        require(actor, _SETTLE[kind])
        with self._context.store.write(author(actor)) as writer:
            undo.compensate(writer, kind, entity, actor.person, KEPT_BY_PROGRAM if kind is Kind.CASE else ())
            return writer.changes

    def _given(self, writer: Writer, conflict: Conflict, value: object) -> dict[tuple[str, str], Any]:
        """The values to write for what somebody typed. Raises InvalidInputError."""
        if not conflict.editable:
            raise InvalidInputError("Kies hier een van de versies. Er is niets veranderd.", field=conflict.field)
        name = (conflict.field, conflict.key)
        if value in (None, "", {}):
            return {name: None}
        model, today = MODELS[conflict.kind], self._context.today()
        if conflict.note and conflict.note.shape is Shape.ROWS:
            return _as_row(model, name, value)
        before = build(model, top_values(writer.registers(conflict.kind, conflict.entity)))
        if _TO_CODE not in notes(model):
            parsed = parse_record(model, {conflict.field: value}, today=today)
            _refuse(conflict.field, parsed.problems or _unlisted(conflict.field, parsed.to_code))
            return {name: flatten(parsed.record).get(name) if parsed.record else None}
        after = parse_field(before, conflict.field, value, today=today)
        stood, stands = flatten(before), flatten(after)
        coded = {each for each in (*stood, *stands) if each[0] == _TO_CODE and stood.get(each) != stands.get(each)}
        return {each: stands.get(each) for each in (name, *coded)}

    def _log(self, actor: Actor, cases: Iterable[str]) -> None:
        entries = [self._context.read_entry(actor, _ACTION, Kind.CASE, case) for case in cases]
        if entries:
            with self._context.store.write(author(actor)) as writer:
                writer.log_read(entries)


def may_settle(actor: Actor, kind: Kind) -> bool:
    """Whether the actor may choose between versions of a record of this kind."""
    return may(actor, _SETTLE[kind])


def _may_read(actor: Actor, kind: Kind) -> bool:
    right = _READ[kind]
    return right is None or may(actor, right)


def _require_settling(actor: Actor, kind: Kind, field: str) -> None:
    require(actor, _SETTLE[kind])
    if not may_change(actor.role, kind, (field,)):
        raise NotAllowedError(
            "Met de rol {role} mag u dit niet beslissen. Er is niets veranderd. Vraag een collega met een andere rol.",
            role=actor.role.value,
        )


def _conflicted(reader: Reader) -> Iterator[tuple[Kind, str]]:
    return ((kind, entity) for kind in Kind for entity in reader.conflicted(kind))


def _whole(reader: Reader, kind: Kind, entity: str) -> Iterator[tuple[Kind, str]]:
    """The record itself and what hangs below it, as far as there are versions to choose from."""
    yield kind, entity
    if kind is Kind.CASE:
        for below in BELOW_CASE:
            found = frozenset(reader.conflicted(below))
            yield from ((below, child) for child in reader.children(below, entity) if child in found)


def _head(reader: Reader, kind: Kind, entity: str) -> tuple[Kind, str]:
    """The case that a record hangs below, or the record itself."""
    case = _case_of(reader, kind, entity) if kind in BELOW_CASE else ""
    return (Kind.CASE, case) if case and reader.exists(Kind.CASE, case) else (kind, entity)


def _summary(reader: Reader, kind: Kind, entity: str) -> Conflicted:
    fields = sum(len(conflicts(reader.registers(*each))) for each in _whole(reader, kind, entity))
    return Conflicted(kind, entity, reader.shown_id(kind, entity), _title(reader, kind, entity), fields)


def _title(reader: Reader, kind: Kind, entity: str) -> str:
    """What people know a record by: number and initials, or the name of somebody from the pool or address book."""
    if kind is Kind.CASE:
        row = reader.case_row(entity)
        return row.title if row else ""
    return str(top_values(reader.registers(kind, entity)).get(("naam", ""), ""))


def _case_of(reader: Reader, kind: Kind, entity: str) -> str:
    if kind is Kind.CASE:
        return entity
    return str(top_values(reader.registers(kind, entity)).get(("casus", ""), ""))


def _find(reader: Reader, name: str, register: tuple[str, str]) -> tuple[Kind, str]:
    """The record that `name` means; among kinds that share an id, the one in which the field has versions."""
    found = [(kind, entity) for kind in Kind if (entity := reader.find(kind, name)) is not None]
    if not found:
        raise NotFoundError("Er is niets met dit kenmerk. Controleer het kenmerk.")
    return next((each for each in found if register in conflicts(reader.registers(*each))), found[0])


def _conflict(reader: Reader, kind: Kind, entity: str, name: tuple[str, str]) -> Conflict:
    found = next((each for each in versions_of(reader, kind, entity) if (each.field, each.key) == name), None)
    if found is None and name[0] not in MODELS[kind].model_fields:
        raise UnknownFieldError
    if found is None:
        raise SettledElsewhereError
    return found


def _taken(conflict: Conflict, n: int) -> Any:
    found = [version for version in conflict.versions if version.n == n]
    if not found:
        raise InvalidInputError(
            "Er is geen versie {n}. Er is niets veranderd. Kies een nummer van 1 tot en met {last}.",
            field=conflict.field,
            n=n,
            last=len(conflict.versions),
        )
    return found[0].value


def _as_row(model: type[BaseModel], name: tuple[str, str], value: object) -> dict[tuple[str, str], Any]:
    """A row with the parts given; what no version of the program knows stays in it."""
    field, key = name
    row = get_args(model.model_fields[field].annotation)[0].model_fields
    if not isinstance(value, Mapping):
        raise InvalidInputError("Kies hier een van de versies. Er is niets veranderd.", field=field)
    unseen = {part: each for part, each in value.items() if part not in row}
    try:
        record = model.model_validate({field: [{**{p: v for p, v in value.items() if p in row}, "id": key}]})
    except ValidationError as error:
        raise InvalidInputError("{reason}", field=field, reason=dutch_reason(error.errors()[0])) from None
    return {name: {**flatten(record)[name], **unseen}}


def _unlisted(field: str, to_code: Sequence[tuple[str, str]]) -> tuple[FieldProblem, ...]:
    return (FieldProblem(field, "Kies een waarde uit de lijst."),) if to_code else ()


def _refuse(field: str, problems: Sequence[FieldProblem]) -> None:
    if problems:
        raise InvalidInputError("{reason}", field=field, reason=problems[0].reason)
