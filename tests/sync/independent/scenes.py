"""Random scenes of a team: chains that fork, see each other, wait and break; a log that cuts them; ways to arrive."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import hypothesis.strategies as st

from tests.sync.independent import forge, stage
from tests.sync.independent.histories import made
from tests.sync.independent.stage import FIRST, HEADS, LAST, NAMES, NONE, PENS, Change, Epoch, Log, Piece

WRITERS = ("bo", "cas", "ali", "noor")
SUBJECTS = tuple(made(number, 16, "case") for number in range(2))
ACTIONS = ("revoke", "revoke", "revoke", "left", "role", "epoch", "renew", "erase")
UNKNOWN = b"?" * 32
BUNDLES = [stage.bundle(subject).data for subject in SUBJECTS]


@dataclass
class Scene:
    """What was written so far, oldest first; `said` tells it to who reads a failure."""

    log: Log = field(default_factory=stage.team_log)
    segments: list[Piece] = field(default_factory=list)
    entries: list[Piece] = field(default_factory=list)
    under: dict[bytes, set[bytes]] = field(default_factory=dict)
    epochs: list[Epoch] = field(default_factory=lambda: [FIRST])
    files: dict[bytes, bytes] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    tags: dict[bytes, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "\n" + "\n".join(self.said)

    def add(self, piece: Piece, tag: str, said: str) -> None:
        self.files[piece.hash] = piece.data
        self.tags.setdefault(piece.hash, f"{tag}{len(self.tags)}")
        self.said.append(f"{self.tags[piece.hash]} ({piece.hash.hex()[:4]}) {said}")

    def of(self, name: str) -> list[Piece]:
        return [one for one in self.segments if one.device == PENS[name].device]

    def named(self, digest: bytes) -> str:
        found = [tag for h, tag in self.tags.items() if digest and h.startswith(digest)]
        return found[0] if found else digest.hex()[:4]

    def dots(self, dots: tuple[stage.Dot, ...]) -> str:
        return " ".join(f"{NAMES[device]}.{counter}" for device, counter in dots)


@st.composite
def scenes(draw: st.DrawFn, most: int = 12) -> Scene:
    scene = Scene()
    for _ in range(draw(st.integers(2, most))):
        if draw(st.integers(0, 4)):
            _segment(draw, scene)
        else:
            _entry(draw, scene)
    return scene


def _segment(draw: st.DrawFn, scene: Scene) -> None:
    name = draw(st.sampled_from([*WRITERS[:3] * 2, *WRITERS, *(NAMES[one.device] for one in scene.segments)]))
    own = scene.of(name)
    after = draw(st.sampled_from([*own[-1:] * 2, *own[::-1], None])) if own else None
    seen = [one for other in PENS if other != name and (one := _sight(draw, scene, other))]
    changes = [_change(draw, scene, name, seen) for _ in range(draw(st.sampled_from([1, 0, 1, 2])))]
    gap = draw(st.sampled_from([0] * 9 + [1]))
    heads = _heads(draw, scene)
    schema = draw(st.sampled_from([1] * 29 + [99]))
    role = draw(st.sampled_from([""] * 11 + ["procesregisseur"]))
    epoch = draw(st.sampled_from([FIRST] * 3 + scene.epochs[-1:]))
    salt = draw(st.integers(0, 3))
    made_now = stage.segment(
        name,
        changes,
        after=after,
        seen=seen,
        heads=heads,
        gap=gap,
        salt=salt,
        role=role,
        epoch=epoch,
        schema=schema,
    )
    scene.segments.append(made_now)
    sights = [f"{NAMES[d]}.{seq}={scene.named(start)}" for d, seq, start in seen]
    said = [f"{c.kind}/{c.subject.hex()[:2]} for [{scene.dots(c.replaces)}]" for c in changes]
    odd = f"gap {gap} schema {schema} role {role!r} epoch {epoch.id.hex()[:4]} salt {salt}"
    on, by = scene.named(after.hash) if after else "nothing", [scene.named(h) for h in heads if h != LAST.hash]
    scene.add(made_now, name, f"seq {made_now.seq} on {on} sees {sights} heads {by} says {said} {odd}")


def _sight(draw: st.DrawFn, scene: Scene, other: str) -> list[Any] | None:
    """How somebody names a device: mostly by a segment, else by one that nobody has, or not at all."""
    pieces = scene.of(other)
    if not pieces:
        return [PENS[other].device, 1, UNKNOWN[:8]] if not draw(st.integers(0, 29)) else None
    strange = [[PENS[other].device, seq, UNKNOWN[:8]] for seq in (1, 2, 9)]
    likely: list[Any] = [*(piece.seen for piece in pieces[:-4:-1]), None]
    sight: list[Any] | None = draw(st.sampled_from(likely * 5 + strange))
    return sight


def _change(draw: st.DrawFn, scene: Scene, name: str, seen: list[list[Any]]) -> Change:
    named = [dot for one in scene.segments if one.seen in seen for dot in one.dots]
    known = [dot for one in scene.segments for dot in one.dots]
    strange = [(PENS[other].device, counter) for other in WRITERS for counter in (1, 3)]
    some = st.lists(st.sampled_from(known * 2 + strange), max_size=3)
    replaces = tuple(sorted(set(draw(some) if draw(st.integers(0, 2)) == 2 else named)))
    value = f"{name} {len(scene.segments)} {draw(st.integers(0, 1))}"
    kind = draw(st.sampled_from(["team"] * 6 + ["adres"] * 2 + ["casus", "contactmoment"]))
    subject = draw(st.sampled_from(SUBJECTS)) if kind not in {"team", "adres"} else b""
    if kind == "casus":
        return Change(value, replaces, "roepnaam", kind, forge.base32(subject), subject)
    if kind == "contactmoment":
        return Change(value, replaces, "notitie", kind, forge.base32(made(0, 16, f"below {subject.hex()}")), subject)
    return Change(value, replaces, "naam" if kind == "team" else "adres")


def _heads(draw: st.DrawFn, scene: Scene) -> list[bytes]:
    if not scene.entries:
        return list(HEADS)
    how = draw(st.integers(0, 19))
    if how == 19:
        return [UNKNOWN]
    if how in {17, 18}:
        return list(HEADS)
    if how in {13, 14, 15, 16}:
        return [draw(st.sampled_from(scene.entries)).hash]
    return _tips(scene, {one.hash for one in scene.entries})


def _tips(scene: Scene, known: set[bytes]) -> list[bytes]:
    """The heads of these entries with all that they rest on."""
    return sorted(h for h in known if not any(h in scene.under[other] for other in known))


def _entry(draw: st.DrawFn, scene: Scene) -> None:
    action = draw(st.sampled_from(ACTIONS))
    who = draw(st.sampled_from(("noor", "ali", "pia") if action != "left" else WRITERS))
    of = draw(st.sampled_from(WRITERS))
    parents = _parents(draw, scene, who)
    values: tuple[Any, ...] = ()
    if action in {"revoke", "left"}:
        of = who if action == "left" else of
        why = "left" if action == "left" else draw(st.sampled_from(["revoked", "lost"]))
        seq, last = draw(st.sampled_from(_ends(scene, of)))
        entry = scene.log.revoke(who, parents, of, seq, last, why)
        values = of, seq, scene.named(last)
    elif action == "renew":
        old = draw(st.sampled_from(("ali", "bo", "cas")))
        values = draw(st.sampled_from(_ends(scene, old)))
        who = old
        entry = scene.log.enter(who, parents, action, *values, PENS[f"{old}2"].card())
        _first_of(scene, f"{old}2")
    elif action == "role":
        role = draw(st.sampled_from(["lid", "secretaris", "voorzitter", "procesregisseur"]))
        values = of, role
        entry = scene.log.enter(who, parents, action, PENS[of].device, role)
    elif action == "epoch":
        epoch = Epoch.of(f"of {len(scene.entries)}")
        scene.epochs.append(epoch)
        entry = scene.log.enter(who, parents, action, epoch.id, epoch.id)
        scene.add(keys(epoch, who), "key", f"of {epoch.id.hex()[:4]}")
    else:
        subject = draw(st.sampled_from(SUBJECTS))
        values = (subject.hex()[:2],)
        entry = scene.log.enter(who, parents, action, subject)
    scene.under[entry.hash] = set(parents).union(*(scene.under.get(parent, set()) for parent in parents))
    scene.entries.append(entry)
    scene.add(entry, "entry", f"{action} by {who} on {[scene.named(p) for p in parents if p != LAST.hash]} {values}")


def _first_of(scene: Scene, name: str) -> None:
    """A renewed device has a first segment, so that it is drawn as a writer from then on."""
    first = stage.segment(name)
    scene.segments.append(first)
    scene.add(first, name, "first")


def _ends(scene: Scene, of: str) -> list[tuple[int, bytes]]:
    """Where a chain may be cut."""
    own = [(one.seq, one.hash) for one in scene.of(of)]
    return [*own[::-1], (0, NONE), *((seq, UNKNOWN) for seq in (1, 2, 3)), *((seq + 1, last) for seq, last in own)]


def _parents(draw: st.DrawFn, scene: Scene, who: str) -> list[bytes]:
    """Mostly all that there is; else a part of it, mostly with what the signer wrote before."""
    known = {one.hash for one in scene.entries}
    if not known:
        return [LAST.hash]
    if not draw(st.booleans()):
        known = set(draw(st.lists(st.sampled_from(sorted(known)), max_size=2)))
    closed = known.union(*(scene.under[one] for one in known)) & set(scene.under)
    return _tips(scene, closed) or [LAST.hash]


@cache
def keys(epoch: Epoch, name: str) -> Piece:
    return stage.key_file(epoch, name)


Batches = list[tuple[list[bytes], bool]]
"""What comes in together, and whether the program is started again after it."""


@st.composite
def arrivals(draw: st.DrawFn, scene: Scene) -> Batches:
    """All files but a few, in batches: about as they were written, or in any order."""
    files = [*BUNDLES, *scene.files.values()]
    lost = draw(st.lists(st.sampled_from(files), max_size=2)) if not draw(st.integers(0, 2)) else []
    wanted = [one for one in files if one not in lost]
    late = {one: draw(st.sampled_from([0, 0, 0, 0, 1])) for one in wanted}
    order = draw(st.permutations(wanted)) if draw(st.integers(0, 5)) == 5 else sorted(wanted, key=lambda one: late[one])
    ends = [number for number in range(1, len(order)) if draw(st.booleans())]
    parts = [order[a:b] for a, b in zip([0, *ends], [*ends, len(order)], strict=True)]
    return [(part, not draw(st.integers(0, 4))) for part in parts if part]


def told(scene: Scene, batches: Batches) -> str:
    tags = {scene.files[h]: tag for h, tag in scene.tags.items()}
    return "\n".join(f"{[tags.get(one, 'bundle') for one in part]} restart {again}" for part, again in batches)
