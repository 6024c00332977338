"""How a profile stands to the share, from what is known on this laptop: no look at the share itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bren_desktop.domain.dutch import listing
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.services.share_door import AskedErasure, ShareStatus, Stretch, Trouble
from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, Standing, SyncRows
from bren_desktop.sync.engine import peers
from bren_desktop.sync.engine.notes import as_trouble
from bren_desktop.sync.enrolment import admission, asking, laptops, reviewing
from bren_desktop.sync.enrolment.desk import Desk, folder_of
from bren_desktop.sync.enrolment.lease import Contact, Lease, lease
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.format.names import text_id

CONTACT = "sync/contact"
_CLOCK_THEN = "sync/contact-clock"
REQUESTS = "sync/requests"
WARNINGS = "sync/warnings"
_ORDER = (Standing.MEMBER, Standing.ASKING, Standing.OUT, Standing.ALONE)


def status(desk: Desk) -> ShareStatus:
    """The whole picture."""
    with desk.looking() as (rows, posts):
        spaces = rows.spaces()
        sealed = {post.space.device: _stretches(rows, post) for post in posts}
        delivered = _delivered(sealed.values())
        kept, asked = lease_of(rows, desk.clock.now_ms()), asking.kept(rows)
        return ShareStatus(
            standing=_standing(rows, spaces),
            network=next((space.name for space in spaces if space.kind is SpaceKind.NETWORK and space.network), ""),
            folder=folder_of(rows),
            spaces=tuple((space.kind.value, space.name, space.standing.value) for space in spaces),
            requests=int(rows.local(REQUESTS) or 0),
            unsent=sum(rows.count_unsealed(post.space.id) for post in posts),
            on_share=delivered.pop(0, 0),
            received=dict(sorted(delivered.items())),
            sealed=sealed,
            last_ms=int(rows.local(CONTACT) or 0),
            warnings=tuple(sentence for sentence in (kept.warning, _left(spaces), *_warnings(rows)) if sentence),
            troubles=laptops.by_laptop(posts, [*map(as_trouble, rows.held())]),
            words=asked.words if asked else (),
            erasures=tuple(erasure for post in posts for erasure in _asked_erasures(post)),
        )


def note_contact(desk: Desk) -> None:
    """Remember that the share was reached, and how many requests wait there. Raises ShareError, ShareAwayError."""
    with desk.store.sync() as rows:
        _keep_contact(rows, desk.clock.now_ms())
    with desk.looking() as (rows, posts):
        waiting = len(list(admission.open_requests(desk, rows, posts))) if any(post.is_admin for post in posts) else 0
        known = int(rows.local(REQUESTS) or 0)
    if waiting != known:
        with desk.store.sync() as rows:
            rows.set_local(REQUESTS, str(waiting))


def note_absence(desk: Desk) -> None:
    """The share was not reached. A contact that would be later than now counts as now: the clock ran ahead then."""
    now = desk.clock.now_ms()
    with desk.store.look() as rows:
        is_later = int(rows.local(CONTACT) or 0) > now
    if is_later:
        with desk.store.sync() as rows:
            _keep_contact(rows, now)


def _keep_contact(rows: SyncRows, now_ms: int) -> None:
    rows.set_local(CONTACT, str(now_ms))
    rows.set_local(_CLOCK_THEN, str(milliseconds(rows.clock())))


def note_warnings(desk: Desk, warnings: Sequence[str]) -> None:
    """Remember what was seen of the folder when it was last reached."""
    with desk.store.look() as rows:
        if list(warnings) == _warnings(rows):
            return
    with desk.store.sync() as rows:
        rows.set_local(WARNINGS, json.dumps(list(warnings)))


def _left(spaces: Sequence[HeldSpace]) -> str:
    """What is still to be done with what lies here of spaces that we are out of; empty where there are none."""
    names = [space.name for space in spaces if space.standing is Standing.OUT]
    if not names:
        return ""
    return (
        f"Deze laptop is uit {listing(names)}. Wat daarvan hier staat is alleen nog te lezen; bewaar het niet langer "
        "dan nodig. «bren device leave» wist dit hele profiel, «bren erase» één casus."
    )


def _warnings(rows: SyncRows) -> list[str]:
    return list(json.loads(rows.local(WARNINGS) or "[]"))


def late(desk: Desk) -> Sequence[Trouble]:
    """What lies in the review tray, and whose it is: what came late of who is out, or was written without right."""
    with desk.looking() as (rows, posts):
        found, waiting = laptops.laptops(posts), [item for item in rows.held() if reviewing.lies_in_tray(item)]
        return [
            as_trouble(item)._replace(device=laptop.id)
            for post in posts
            for item in waiting
            for laptop in found
            if item.space == post.space.id and laptop.goes_by(post, item.device)
        ]


def lease_of(rows: SyncRows, now_ms: int) -> Lease:
    """How long this laptop has been without contact."""
    contact = Contact(int(rows.local(CONTACT) or 0), int(rows.local(_CLOCK_THEN) or 0))
    return lease(contact, now_ms, clock_ms=milliseconds(rows.clock()))


def _standing(rows: SyncRows, spaces: Sequence[HeldSpace]) -> str:
    """That of the home team; asking as long as a first join is not settled."""
    home = next((space for space in spaces if space.kind is SpaceKind.TEAM and space.home), None)
    if home is None:
        return next(one.value for one in _ORDER if any(space.standing is one for space in spaces))
    if home.standing is Standing.ALONE and asking.kept(rows):
        return Standing.ASKING.value
    return home.standing.value


def _asked_erasures(post: Post) -> Iterator[AskedErasure]:
    """The erasures in a space that one half asked for."""
    members = post.membership
    for subject in sorted(members.halves.keys() - members.erased):
        halves = members.halves[subject]
        yield AskedErasure(
            case=text_id(subject),
            names=tuple(sorted({half.name for half in halves})),
            private=any(half.private for half in halves),
            mine=any(half.device == post.space.device for half in halves),
        )


def _stretches(rows: SyncRows, post: Post) -> tuple[Stretch, ...]:
    """How far our own operations in a space came: the colleagues whose laptops have them never grow in number."""
    device = post.space.device
    known = peers.peers(rows, post.space.id)
    reached = [known[other].has for other in post.membership.inside - {device} if other in known]
    last: dict[int, int] = {}
    for link in rows.links(post.space.id, device):
        last[sum(has >= link.seq for has in reached)] = link.counter
    return tuple(Stretch(counter, colleagues) for colleagues, counter in last.items())


def _delivered(sealed: Iterable[Sequence[Stretch]]) -> Counter[int]:
    """Our own operations by the number of colleagues whose laptops have them."""
    found = Counter[int]()
    for stretches in sealed:
        for before, (counter, colleagues) in pairwise((Stretch(0, 0), *stretches)):
            if counter > before.counter:
                found[colleagues] += counter - before.counter
    return found
