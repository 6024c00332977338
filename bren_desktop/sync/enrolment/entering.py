"""What a cycle does for a join under way: leave the request, take the answer, and settle once all is here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import NamedTuple

from bren_desktop.services.context import local_day
from bren_desktop.services.share_door import REPORTED_LOST, Away, Trouble
from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, Standing, SyncRows
from bren_desktop.sync.engine import access, pens, settings
from bren_desktop.sync.engine.notes import Notes
from bren_desktop.sync.engine.place import Memo, Place
from bren_desktop.sync.engine.remote import Remote
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.engine.shelf import Shelf
from bren_desktop.sync.enrolment import asking, joining, moving, named, requested, settling
from bren_desktop.sync.enrolment.asking import Asking, Promise
from bren_desktop.sync.enrolment.desk import Desk
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format import names
from bren_desktop.sync.format.names import byte_id
from bren_desktop.sync.transport.share import Share


def knock(desk: Desk, share: Share) -> tuple[Trouble, ...]:
    """Leave the request where it is missing, and take every space that answered it or let us in. Raises ShareError."""
    with desk.store.look() as rows:
        join = asking.kept(rows)
        waiting = {space.id: space for space in rows.spaces() if space.standing is Standing.ASKING}
    promises = {promise.space: promise for promise in join.promises} if join else {}
    spoilt = requested.leave(share, join) if join and waiting.keys() & promises.keys() else ""
    troubles = [Trouble("damaged", spoilt)] if spoilt else []
    answers = {name: _answer(desk, share, one, promises.get(name)) for name, one in waiting.items()}
    troubles += [Trouble("gap", name) for name, answer in answers.items() if answer is _Answer.SHORT]
    if join and {answers[name] for name in answers.keys() & promises.keys()} == {_Answer.NONE}:
        troubles += _over(desk, share, join, {space.device for space in waiting.values()})
    return tuple(troubles)


class _Answer(Enum):
    """What lies there for us: nothing, the way in, or a key and less than was promised or something else."""

    NONE = auto()
    IN = auto()
    SHORT = auto()


def _answer(desk: Desk, share: Share, space: HeldSpace, promise: Promise | None) -> _Answer:
    """Come into a space if we can."""
    place = _place(desk, share, space)
    if space.kind is SpaceKind.CASE:
        is_in = named.come_in(place)
    else:
        is_in = _comes_in(desk, place, promise or Promise(space.id, (), ()))
    if is_in:
        return _Answer.IN
    has_key = any(space.device in file.boxes for file in place.memo.key_files.values())
    return _Answer.SHORT if has_key else _Answer.NONE


def _over(desk: Desk, share: Share, join: Asking, own: Collection[bytes]) -> Iterator[Trouble]:
    """Why no answer will come any more to a request that has none."""
    where = names.request_path(join.request)
    if requested.is_used(share, join.invite, join.key, own):
        yield Trouble("used", where)
    elif join.until_ms < desk.clock.now_ms():
        yield Trouble("stale", where)


def look_back(desk: Desk, share: Share) -> None:
    """Read whether we are out of a space still, and whether this laptop is lost by now. Raises ShareError.

    A revocation by somebody who was revoked himself may not count in the end: whoever is a member after all goes on,
    unless he erased a part of what he had.
    """
    with desk.store.look() as rows:
        spaces = _left(rows)
    for space in spaces:
        place = _place(desk, share, space)
        place.refresh()
        access.open_space(place)
        is_lost = Away.LOST in place.members.ways_out(space.device)
        with desk.store.sync() as rows:
            if pens.is_inside(place) and not place.setting(Setting.ERASED):
                rows.put_space(replace(space, standing=Standing.MEMBER))
            if is_lost:
                rows.set_local(REPORTED_LOST, "1")


def left(desk: Desk) -> tuple[Trouble, ...]:
    """The spaces that we are out of. Nothing waits there any more."""
    with desk.store.look() as rows:
        spaces = {space.id: space.name for space in _left(rows)}
        waiting = [item for item in rows.held() if item.space in spaces]
    if waiting:
        with desk.store.sync() as rows:
            for item in waiting:
                rows.release(item.space, item.name, item.counter)
    return tuple(Trouble("out", name) for name in spaces.values())


def _left(rows: SyncRows) -> Sequence[HeldSpace]:
    return [space for space in rows.spaces() if space.standing is Standing.OUT and space.sign_seed]


def unkept(desk: Desk) -> tuple[Trouble, ...]:
    """What an invite promised of spaces that we are in by now, and nobody has served yet."""
    with desk.store.look() as rows:
        join = asking.kept(rows)
    if join is None:
        return ()
    with desk.looking() as (rows, posts):
        by_space = {post.space.id: post for post in posts}
        held = [one for one in join.promises if one.space in by_space]
        return tuple(Trouble("gap", one.space) for one in held if not _is_reached(desk, rows, by_space[one.space], one))


def hear(desk: Desk) -> bool:
    """Hold the spaces that admins let us into; whether there are new ones to come into."""
    with desk.looking() as (rows, posts):
        held = {space.id for space in rows.spaces()}
        fresh = [one for post in posts for one in named.let_into(post) if one.space.id not in held]
    if fresh:
        with desk.store.sync() as rows:
            for space, secret in fresh:
                rows.put_space(space)
                settings.write(rows, space.id, {Setting.NAMED: secret.hex()})
    return bool(fresh)


def _comes_in(desk: Desk, place: Place, promise: Promise) -> bool:
    """Hold a space as a member, if we are one by now."""
    arrived = joining.arrived(place, promise)
    if arrived is not None:
        with desk.store.sync() as rows:
            rows.put_space(arrived)
    return arrived is not None


def _place(desk: Desk, share: Share, space: HeldSpace) -> Place:
    shelf = Shelf(desk.mirror, byte_id(space.id))
    return Place(desk.store, desk.mirror, Remote(share), shelf, space, Memo(), Notes(), desk.clock.now_ms())


def _is_reached(desk: Desk, rows: SyncRows, post: Post, promise: Promise) -> bool:
    return settling.is_reached(rows, post, Shelf(desk.mirror, post.id), promise)


class Settled(NamedTuple):
    """What settling changed, as (kind, entity), and what kept it from being done."""

    touched: frozenset[tuple[str, str]] = frozenset()
    troubles: tuple[Trouble, ...] = ()


def settle(desk: Desk) -> Settled | None:
    """Move the profile's own records once all that was promised is applied; None where there is nothing to settle.

    What is wrong is told, and tried again at the next cycle.
    """
    with desk.store.look() as rows:
        join = asking.kept(rows)
    if join is None:
        return None
    with desk.looking() as (rows, posts):
        by_space = {post.space.id: post for post in posts}
        if any(promise.space not in by_space for promise in join.promises):
            return None
        if not all(_is_reached(desk, rows, by_space[one.space], one) for one in join.promises):
            return None
    with desk.acting() as (rows, posts):
        if not any(space.standing is Standing.ALONE for space in rows.spaces()):
            asking.forget(rows)
            return Settled()
        plan = settling.settlement(rows, join, {post.space.id: post for post in posts})
        if moving.forbidden(rows, plan.actor, plan.way):
            return Settled(troubles=(Trouble("no-right", join.promises[0].space),))
        settling.settle(rows, plan, local_day(desk.clock.now_ms()))
        return Settled(rows.changes.touched)
