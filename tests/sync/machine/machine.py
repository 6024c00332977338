"""The state machine of sync.md 2.2: two to six real laptops on a share that does whatever shares do."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from tests.sync.doubles import Moment, Plan
from tests.sync.machine import verdict
from tests.sync.machine.fleet import PLANS, Fleet, Worked, killing
from tests.sync.world import PEOPLE

NAMES = tuple(PEOPLE)
FIELDS = {Kind.CASE: ("hulpvraag", "veiligheid", "nieuw_veld"), Kind.EXPERT: ("titel", "functie"), Kind.TEAM: ("naam",)}
TAGS = ("KP-WLZ", "KP-LVB", "KP-GGZ")
YEARS = 10 * 365 * 24 * 60 * 60 * 1000
ANY = st.integers(0, 10**6)
WHO = st.integers(0, 5)
ODD = ("reordered", "sizeless", "torn", "conflicting", "doubled")
HIDDEN = ("hidden", "unseen", "busy", "placeholders")
COUNTS: Counter[str] = Counter()
"""How often each rule did something, over all examples."""
STEP = "step"
ALL = frozenset(
    {f"cut {moment.name}" for moment in (Moment.BEFORE, Moment.HALF, Moment.AFTER)}
    | {f"killed in {where}" for where in PLANS}
    | {*HIDDEN, *ODD}
    | set(
        "write tag empty section sync check full later clock flip truncate delete swap upper copy replay snapshot "
        "roll_back stale clear image restore clone join revoke role epoch_race role_race newer_program erase".split()
    )
)
"""What is counted: every rule, and every choice in it."""


def machine_for(worked: Worked, base: Path) -> type[RuleBasedStateMachine]:
    """The machine over copies of this team."""
    numbers = itertools.count()

    class Bound(Machine):
        def new_fleet(self, names: tuple[str, ...]) -> Fleet:
            return worked.fleet(base / str(next(numbers)), names)

    return Bound


class Machine(RuleBasedStateMachine):
    """Every rule takes plain numbers, so that an example can be written down and played again."""

    fleet: Fleet

    def new_fleet(self, names: tuple[str, ...]) -> Fleet:
        raise NotImplementedError

    @initialize(size=st.integers(2, 6))
    def found(self, size: int) -> None:
        self.fleet = self.new_fleet(NAMES[:size])

    def teardown(self) -> None:
        if not hasattr(self, "fleet"):
            return
        try:
            verdict.stabilize(self.fleet)
            verdict.judge(self.fleet)
        finally:
            self.fleet.close()

    def name(self, who: int) -> str:
        names = list(self.fleet.laptops)
        return names[who % len(names)]

    def path(self, which: int) -> str:
        paths = self.fleet.store.paths()
        return paths[which % len(paths)] if paths else ""

    def did(self, rule_name: str, done: object = True) -> None:
        COUNTS[rule_name] += bool(done)

    @invariant()
    def step(self) -> None:
        self.did(STEP)

    # work ------------------------------------------------------------------------------------------------------

    @rule(who=WHO, kind=st.sampled_from(list(FIELDS)), which=ANY, field=ANY, fresh=st.booleans())
    def write(self, who: int, kind: Kind, which: int, field: int, fresh: bool) -> None:
        entities = self.fleet.entities[kind]
        entity = entities[which % len(entities)] if entities and not fresh else ""
        name = FIELDS[kind][field % len(FIELDS[kind])]
        self.did("write", self.fleet.write(self.name(who), kind, entity, {(name, ""): self.fleet.value()}))

    @rule(who=WHO, kind=st.sampled_from([Kind.CASE, Kind.EXPERT]))
    def write_the_same(self, who: int, kind: Kind) -> None:
        """The field that everybody writes."""
        changes = {(FIELDS[kind][0], ""): self.fleet.value()}
        self.did("write", self.fleet.write(self.name(who), kind, self.fleet.entities[kind][0], changes))

    @rule(who=WHO, kind=st.sampled_from([Kind.CASE, Kind.EXPERT]))
    def write_and_sync(self, who: int, kind: Kind) -> None:
        self.write_the_same(who, kind)
        self.sync(who)

    @rule(who=WHO, which=ANY, tag=st.sampled_from(TAGS), there=st.booleans())
    def tag(self, who: int, which: int, tag: str, there: bool) -> None:
        cases = self.fleet.entities[Kind.CASE]
        value = True if there else None
        done = cases and self.fleet.write(
            self.name(who), Kind.CASE, cases[which % len(cases)], {("knelpunten", tag): value}
        )
        self.did("tag", done)

    @rule(who=WHO, which=ANY)
    def empty(self, who: int, which: int) -> None:
        cases = self.fleet.entities[Kind.CASE]
        done = cases and self.fleet.write(
            self.name(who), Kind.CASE, cases[which % len(cases)], {("hulpvraag", ""): None}
        )
        self.did("empty", done)

    @rule(who=WHO, which=ANY)
    def section(self, who: int, which: int) -> None:
        cases = self.fleet.entities[Kind.CASE]
        text = f"{self.fleet.value()} " * 400
        done = cases and self.fleet.write(
            self.name(who), Kind.CASE, cases[which % len(cases)], {("omschrijving", ""): text}
        )
        self.did("section", done)

    # sync ------------------------------------------------------------------------------------------------------

    @rule(who=WHO)
    def sync(self, who: int) -> None:
        self.did("sync", self.fleet.sync(self.name(who)))

    @rule()
    def sync_all(self) -> None:
        for name in list(self.fleet.laptops):
            self.did("sync", self.fleet.sync(name))

    @rule(who=WHO)
    def check(self, who: int) -> None:
        self.did("check", self.fleet.check(self.name(who)))

    @rule(who=WHO, first=st.integers(1, 40), moment=st.sampled_from([Moment.BEFORE, Moment.HALF, Moment.AFTER]))
    def sync_cut(self, who: int, first: int, moment: Moment) -> None:
        seat = self.fleet.seats[self.name(who)]
        plan = seat.plan = Plan(first, moment=moment)
        self.fleet.sync(self.name(who))
        self.did(f"cut {moment.name}", plan.seen >= first)

    @rule(
        who=WHO,
        first=st.integers(1, 10),
        moment=st.sampled_from([Moment.BEFORE, Moment.HALF, Moment.AFTER]),
        where=st.sampled_from(PLANS),
    )
    def killed(self, who: int, first: int, moment: Moment, where: str) -> None:
        name = self.name(who)
        self.write_the_same(who, Kind.CASE)
        setattr(self.fleet.seats[name], where, killing(first, moment))
        self.did(f"killed in {where}", not self.fleet.sync(name))

    @rule(who=WHO)
    def full(self, who: int) -> None:
        view = self.fleet.seats[self.name(who)].view
        view.troubles.full = True
        self.fleet.sync(self.name(who))
        view.troubles.full = False
        self.did("full")

    @rule(minutes=st.sampled_from([20, 60 * 26, 60 * 24 * 8]))
    def later(self, minutes: int) -> None:
        self.fleet.later(minutes)
        self.did("later")

    @rule(who=WHO, ms=st.sampled_from([-YEARS, -3_600_000, 0, 3_600_000, YEARS]))
    def clock(self, who: int, ms: int) -> None:
        self.fleet.laptops[self.name(who)].clock.off = ms
        self.did("clock", ms)

    # the share -------------------------------------------------------------------------------------------------

    @rule(which=ANY, bit=ANY)
    def flip(self, which: int, bit: int) -> None:
        if path := self.path(which):
            self.fleet.store.flip(path, bit)
            self.did("flip")

    @rule(which=ANY, keep=st.integers(0, 600))
    def truncate(self, which: int, keep: int) -> None:
        if path := self.path(which):
            self.fleet.store.truncate(path, keep)
            self.did("truncate")

    @rule(which=ANY)
    def delete(self, which: int) -> None:
        if path := self.path(which):
            self.fleet.store.delete(path)
            self.did("delete")

    @rule(one=ANY, other=ANY)
    def swap(self, one: int, other: int) -> None:
        if self.path(one) != self.path(other):
            self.fleet.store.swap(self.path(one), self.path(other))
            self.did("swap")

    @rule(which=ANY, upper=st.booleans())
    def duplicate(self, which: int, upper: bool) -> None:
        if path := self.path(which):
            self.fleet.store.upper(path) if upper else self.fleet.store.conflict(path)
            self.did("upper" if upper else "copy")

    @rule(which=ANY)
    def replay(self, which: int) -> None:
        paths = [path for path in self.fleet.store.paths() if len(self.fleet.store.ever.get(path, ())) > 1]
        if paths:
            self.fleet.store.replay(paths[which % len(paths)])
            self.did("replay")

    @precondition(lambda self: len(self.fleet.snapshots) < 3)
    @rule()
    def snapshot(self) -> None:
        self.fleet.snapshots.append(self.fleet.store.snapshot())
        self.did("snapshot")

    @precondition(lambda self: self.fleet.snapshots)
    @rule(which=ANY)
    def roll_back(self, which: int) -> None:
        self.fleet.store.roll_back(self.fleet.snapshots[which % len(self.fleet.snapshots)])
        self.did("roll_back")

    @rule(who=WHO, which=ANY, verb=st.sampled_from(HIDDEN))
    def hide(self, who: int, which: int, verb: str) -> None:
        if path := self.path(which):
            getattr(self.fleet.seats[self.name(who)].view.troubles, verb).add(path)
            self.did(verb)

    @rule(who=WHO, act=st.sampled_from(ODD))
    def odd(self, who: int, act: str) -> None:
        setattr(self.fleet.seats[self.name(who)].view.troubles, act, True)
        self.did(act)

    @rule(who=WHO)
    def stale(self, who: int) -> None:
        self.fleet.seats[self.name(who)].view.troubles.stale = self.fleet.store.snapshot()
        self.did("stale")

    @rule(who=WHO)
    def clear(self, who: int) -> None:
        view = self.fleet.seats[self.name(who)].view
        view.troubles = type(view.troubles)()
        self.did("clear")

    # laptops ---------------------------------------------------------------------------------------------------

    @rule(who=WHO)
    def image(self, who: int) -> None:
        self.fleet.image(self.name(who))
        self.did("image")

    @rule(who=WHO)
    def restore(self, who: int) -> None:
        self.did("restore", self.fleet.restore(self.name(who)))

    @rule(who=WHO, unsent=st.booleans())
    def fall_back(self, who: int, unsent: bool) -> None:
        """The road that chance seldom takes: what was sent since the image is on the share, and it writes on."""
        self.image(who)
        self.write_and_sync(who, Kind.CASE)
        if unsent:
            self.write_the_same(who, Kind.CASE)
        self.restore(who)
        self.write_and_sync(who, Kind.CASE)

    @precondition(lambda self: len(self.fleet.laptops) < 7)
    @rule(who=WHO)
    def clone(self, who: int) -> None:
        name = self.name(who)
        if name != "noor" and "+" not in name and f"{name}+" not in self.fleet.laptops:
            self.fleet.clone(name, f"{name}+")
            self.did("clone")

    @precondition(lambda self: len(self.fleet.laptops) < 7)
    @rule(who=WHO, person=WHO)
    def join(self, who: int, person: int) -> None:
        new = f"new{len(self.fleet.laptops)}"
        if new not in self.fleet.laptops:
            self.did("join", self.fleet.join(self.name(who), new, NAMES[person]))

    @rule(who=WHO, other=WHO)
    def revoke(self, who: int, other: int) -> None:
        one, two = self.name(who), self.name(other)
        if two not in {"noor", one}:
            self.did("revoke", self.fleet.revoke(one, two))

    @rule(who=WHO, other=WHO, role=st.sampled_from([Role.LID, Role.SECRETARIS, Role.VOORZITTER]))
    def role(self, who: int, other: int, role: Role) -> None:
        one, two = self.name(who), self.name(other)
        if two not in {"noor", one}:
            self.did("role", self.fleet.set_role(one, two, role))

    @rule(one=WHO, other=WHO)
    def epoch_race(self, one: int, other: int) -> None:
        """Two admins who do not see each other each put somebody out."""
        admins = [name for name in ("noor", "ali") if name in self.fleet.laptops and name not in self.fleet.out]
        if len(admins) < 2 or not {self.name(one), self.name(other)}.isdisjoint(admins):
            return
        for admin, target in zip(admins, (self.name(one), self.name(other)), strict=True):
            self.fleet.seats[admin].view.troubles.hidden.add("sp/")
            self.did("epoch_race", self.fleet.revoke(admin, target))
        for admin in admins:
            self.fleet.seats[admin].view.troubles.hidden.discard("sp/")

    @rule(other=WHO, role=st.sampled_from([Role.SECRETARIS, Role.VOORZITTER]))
    def role_race(self, other: int, role: Role) -> None:
        """A role that turns out never to have been given, once what a more senior admin did beside it comes in."""
        target = self.name(other)
        if not {"noor", "ali"} <= set(self.fleet.laptops) - self.fleet.out or target in {"noor", "ali"}:
            return
        hidden = self.fleet.seats["noor"].view.troubles.hidden
        hidden.add("sp/")
        given = self.fleet.sync("ali") and self.fleet.set_role("ali", target, role)
        self.sync(other)
        self.write_and_sync(other, Kind.CASE)
        self.write_the_same(other, Kind.CASE)
        self.did("role_race", given and self.fleet.revoke("noor", "ali"))
        hidden.discard("sp/")

    @rule(who=WHO)
    def upgrade(self, who: int) -> None:
        """From here on it writes what older programs must hold."""
        self.fleet.upgrade(self.name(who))
        self.did("newer_program")

    @rule(who=WHO, which=ANY)
    def erase(self, who: int, which: int) -> None:
        cases = self.fleet.entities[Kind.CASE]
        self.did("erase", cases and self.fleet.erase(self.name(who), cases[which % len(cases)]))


def play(machine: type[RuleBasedStateMachine], *steps: tuple[str, dict[str, Any]]) -> None:
    """One written-down example: rules by name with their numbers, then the verdict."""
    state = machine()
    try:
        for name, values in steps:
            act: Callable[..., None] = getattr(state, name)
            act(**values)
    except BaseException:
        state.fleet.close()  # type: ignore[attr-defined]
        raise
    state.teardown()
