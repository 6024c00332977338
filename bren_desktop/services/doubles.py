"""Merging two cases of one young person: everything of the second goes on in the first, and nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bren_desktop.domain import advising, doubles
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.advice import Advice
from bren_desktop.domain.cases import Case
from bren_desktop.domain.changing import may_change
from bren_desktop.domain.doubles import Choice, Difference
from bren_desktop.domain.entities import BELOW_CASE, MODELS, Kind, Values, build
from bren_desktop.domain.fields import notes
from bren_desktop.domain.growing_up import plan_entity
from bren_desktop.domain.links import Link
from bren_desktop.domain.records import ContactMoment
from bren_desktop.domain.renaming import followed
from bren_desktop.domain.requests import Request
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.states import ENDED, State
from bren_desktop.domain.transitions import Transition
from bren_desktop.errors import InvalidInputError
from bren_desktop.oplog.registers import conflicts, top_values
from bren_desktop.services import below
from bren_desktop.services.context import Context, author
from bren_desktop.services.course import keep_number, write_step
from bren_desktop.services.loading import children, load, present, resolve, writable
from bren_desktop.services.numbers import is_lasting
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.rows import CaseRow, Changes

_PARENT, _EARLIER, _EXPERT = ("casus", ""), ("eerder_kenmerk", ""), ("expert", "")
_TIE, _DECISION, _ALL = frozenset(("casus", "andere", "soort")), ("besluit",), 1_000
_STAMP = ("vrijgegeven_stempel", "")
_TOLD = "Samengevoegd met casus {nummer}. Wat daar of hier stond en niet is overgenomen:\n{regels}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two cases beside each other. `first` goes on, `second` is withdrawn; `copied` counts what hangs below it."""

    first: CaseRow
    second: CaseRow
    differences: tuple[Difference, ...]
    copied: int


class Doubles:
    """Cases that turn out to be one."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def compare(self, actor: Actor, one: str, other: str) -> Comparison:
        """What differs between two cases, and which of them goes on. Raises InvalidInputError where they cannot be one.

        Both are read, and that is logged.
        """
        require(actor, Right.DECIDE)
        with self._context.store.write(author(actor)) as writer:
            pair = _pair(writer, one, other)
            writer.log_read([self._context.read_entry(actor, "lezen", Kind.CASE, each) for each in pair])
            return _compared(writer, *pair)

    def merge(self, actor: Actor, one: str, other: str, choices: Mapping[str, Choice]) -> Changes:
        """Make two cases one, by `choices` per field that differs. All of it happens, or nothing."""
        require(actor, Right.DECIDE)
        with self._context.store.write(author(actor)) as writer:
            first, second = _pair(writer, one, other)
            merge = _Merge(writer, self._context, actor, first, second)
            merge.copy_below()
            merge.unite(choices)
            merge.end_second()
            keep_number(writer, self._context, actor, first)
            return writer.changes


class _Merge:
    """One merge, within one transaction."""

    def __init__(self, writer: Writer, context: Context, actor: Actor, first: str, second: str) -> None:
        self._writer, self._context, self._actor = writer, context, actor
        self._first, self._second = first, second
        self._left: list[str] = []
        records = [*_records(writer, second)]
        self._records = records
        self._names = {second: first, plan_entity(second): plan_entity(first)}
        self._names.update(
            {entity: doubles.copy_entity(first, entity) for kind, entity in records if kind is not Kind.FUTURE_PLAN}
        )

    def copy_below(self) -> None:
        """File a copy of what hangs below the second case, the oldest first."""
        for kind, entity in self._records:
            values = _filled(self._writer, kind, entity)
            copy, new = _stamped(kind, values, followed(values, self._names)), self._names[entity]
            if kind is Kind.LINK and copy.get(_PARENT) == copy.get(("andere", "")):
                continue
            if kind is Kind.FUTURE_PLAN or self._writer.exists(kind, new):
                self._unite_into(kind, new, copy, {})
            else:
                self._writer.write(kind, new, copy)
            if kind is Kind.CONSULT:
                self._writer.write(kind, entity, {_EXPERT: None})

    def unite(self, choices: Mapping[str, Choice]) -> None:
        """Bring the first case to what both hold, and tell what does not go on."""
        number = self._number(self._second)
        self._unite_into(Kind.CASE, self._first, _filled(self._writer, Kind.CASE, self._second), choices)
        united = _filled(self._writer, Kind.CASE, self._first)
        if not united.get(_EARLIER):
            self._writer.write(Kind.CASE, self._first, {_EARLIER: number})
        seen_by = {name: value for name, value in united.items() if name[0] == "toegewezen"}
        self._writer.write(Kind.CASE, self._second, seen_by)
        text = _TOLD.format(nummer=number, regels="\n".join(f"- {line}" for line in self._left))
        told = ContactMoment(datum=self._context.today(), tekst=text)
        below.file_in(self._writer, self._context, Kind.CONTACT, self._first, told)

    def end_second(self) -> None:
        """Tie the second case to the first, and withdraw it where it is still open."""
        link = Link(andere=self._second, soort=doubles.MERGED)
        below.file_in(self._writer, self._context, Kind.LINK, self._first, link)
        status = load(self._writer, Kind.CASE, Case, self._second).status
        if status not in ENDED:
            reason = f"Samengevoegd met casus {self._number(self._first)}."
            step = Transition(
                van=status,
                naar=State.WITHDRAWN.value,
                op=self._context.today(),
                door=self._actor.name,
                besluit=self._actor.name,
                reden=reason,
            )
            write_step(self._writer, self._context, self._second, step)

    def _unite_into(self, kind: Kind, entity: str, second: Values, choices: Mapping[str, Choice]) -> None:
        known, mine = notes(MODELS[kind]), _filled(self._writer, kind, entity)
        self._left.extend(doubles.left_out(known, mine, second, choices))
        self._writer.write(kind, entity, doubles.united(known, mine, second, choices))

    def _number(self, case: str) -> str:
        return str(_filled(self._writer, Kind.CASE, case).get(("nummer", "")) or "")


def absorbed(reader: Reader, case: str) -> tuple[str, ...]:
    """The ended cases that were merged into this one: whose data these are, they belong to it."""
    links = children(reader, Kind.LINK, Link, case)
    second = {link.andere for entity, link in links if link.casus == case and _ties(reader, entity, link)}
    return tuple(sorted(each for each in second if _has_ended(reader, each)))


def goes_on_in(reader: Reader, case: str) -> str:
    """The case in which a merged one goes on; the case itself where it is no double, or was reopened."""
    seen = {case}
    while (into := _merged_into(reader, case)) not in {None, *seen}:
        seen.add(case := str(into))
    return case


def left_behind(reader: Reader, first: str, second: str) -> Iterator[tuple[Kind, str]]:
    """What hangs below a case that was merged and has no copy below the first: its own steps, and what came later."""
    for kind in BELOW_CASE:
        for entity in reversed(reader.children(kind, second)):
            is_copied = kind is Kind.FUTURE_PLAN or reader.registers(kind, doubles.copy_entity(first, entity))
            if reader.registers(kind, entity) and not is_copied:
                yield kind, entity


def _merged_into(reader: Reader, case: str) -> str | None:
    if not _has_ended(reader, case):
        return None
    links = children(reader, Kind.LINK, Link, case)
    return next((link.casus for entity, link in links if link.andere == case and _ties(reader, entity, link)), None)


def _ties(reader: Reader, entity: str, link: Link) -> bool:
    """Whether a link tells of a merge: every laptop takes any link from who may edit, but only a chair merges."""
    if link.soort != doubles.MERGED:
        return False
    written = [each for each in reader.history(entity, _ALL) if any(one.field in _TIE for one in each.changes)]
    return all(may_change(each.author.role, Kind.TRANSITION, _DECISION) for each in written)


def _stamped(kind: Kind, values: Values, copy: Values) -> Values:
    """The copy of an advice that is as it was released counts as released too: its stamp holds what it hangs below."""
    if kind is not Kind.ADVICE or not advising.is_as_released(build(Advice, values)):
        return copy
    return {**copy, _STAMP: advising.stamp(build(Advice, copy))}


def _has_ended(reader: Reader, case: str) -> bool:
    return bool(reader.registers(Kind.CASE, case)) and load(reader, Kind.CASE, Case, case).status in ENDED


def _pair(writer: Writer, one: str, other: str) -> tuple[str, str]:
    """Both cases, the one that goes on first. Raises InvalidInputError where they cannot be made one."""
    found = [resolve(writer, Kind.CASE, name) for name in (one, other)]
    if found[0] == found[1]:
        raise InvalidInputError("Kies twee verschillende casussen. Er is niets samengevoegd.", field="andere")
    for each in found:
        writable(writer, Kind.CASE, each)
        _must_be_settled(writer, each)
    if not writer.lie_together(*found):
        raise InvalidInputError(
            "Een van deze casussen is beschermd en ligt in een eigen ruimte. Alleen casussen in dezelfde ruimte kunnen "
            "worden samengevoegd. Er is niets samengevoegd.",
            field="andere",
        )
    first, second = sorted(found, key=lambda entity: _order(writer, entity))
    if any(request.is_open for _, request in children(writer, Kind.REQUEST, Request, second)):
        raise InvalidInputError(
            "Bij de casus {nummer} loopt nog een verzoek van het gezin. Handel dat eerst af. Er is niets samengevoegd.",
            field="andere",
            nummer=load(writer, Kind.CASE, Case, second).nummer,
        )
    return first, second


def _order(reader: Reader, entity: str) -> tuple[bool, bool, str, str]:
    case = load(reader, Kind.CASE, Case, entity)
    return doubles.goes_first(case, entity, lasting=is_lasting(case.nummer))


def _must_be_settled(reader: Reader, case: str) -> None:
    """Nothing of a case may stand in two versions: only one of them would go on."""
    torn = conflicts(present(reader, Kind.CASE, case)) or any(
        conflicts(reader.registers(kind, entity)) for kind, entity in _records(reader, case)
    )
    if torn:
        raise InvalidInputError(
            "In een van deze casussen staan twee versies van een veld. Kies daar eerst welke geldt. Er is niets "
            "samengevoegd.",
            field="andere",
        )


def _compared(reader: Reader, first: str, second: str) -> Comparison:
    rows = [reader.case_row(each) for each in (first, second)]
    mine, yours = (_filled(reader, Kind.CASE, each) for each in (first, second))
    if rows[0] is None or rows[1] is None:
        raise InvalidInputError("Een van deze casussen is er niet meer. Er is niets samengevoegd.", field="andere")
    found = doubles.differences(notes(Case), mine, yours)
    return Comparison(rows[0], rows[1], found, len([*_records(reader, second)]))


def _records(reader: Reader, case: str) -> Iterator[tuple[Kind, str]]:
    """What hangs below a case and can go on below another, the oldest first."""
    for kind in BELOW_CASE:
        if kind not in doubles.LEFT_BEHIND:
            yield from ((kind, entity) for entity in reversed(reader.children(kind, case)))


def _filled(reader: Reader, kind: Kind, entity: str) -> Values:
    return top_values(reader.registers(kind, entity))
