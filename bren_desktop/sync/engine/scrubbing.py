"""Read a few files of the share again in every cycle, all of them in turn: a spoilt byte shows in no listing."""

from __future__ import annotations

import secrets
from bisect import bisect_right
from collections.abc import Sequence

from bren_desktop.sync.engine import peers
from bren_desktop.sync.engine.fetch import canonical
from bren_desktop.sync.engine.incoming import SETTLED
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.format import names
from bren_desktop.sync.transport.share import AbsentError, BusyError, DeniedError

FILES = 3
"""Files that one cycle reads again, each in another folder; and as many that were no use."""


def scrub(place: Place, folders: Sequence[str]) -> None:
    """Compare the next file of the next few folders, and one of ours that nobody has named yet, if there is any.

    What differs is remembered as spoilt.
    """
    filled = sorted(folder for folder in folders if place.mirror.files(folder))
    unread = _unread(place)
    own = place.paths.chain(place.device)
    for folder in sorted({*_next_few(place, filled), *([own] if unread else [])}):
        compare_next(place, folder, unread if folder == own else ())
    _doubt_some(place)


def compare_next(place: Place, folder: str, first: Sequence[str] = ()) -> None:
    """Read the next file of a folder again; one of `first` if it can be."""
    path = _next_file(place, folder, first)
    if path:
        compare(place, path)


def compare(place: Place, there: str) -> None:
    """Remember whether a file on the share, a repair too, is what the mirror has under its canonical name."""
    path = canonical(there)
    try:
        same = place.mirror.holds(path, place.remote.read(there, place.mirror.size(path) + 1))
    except DeniedError:
        same = False
    except (AbsentError, BusyError):
        return
    if same:
        place.memo.spoilt.discard(there)
    else:
        place.memo.spoilt.add(there)


def _doubt_some(place: Place) -> None:
    """Let the next cycle read a few files of no use again, in turn: what was mended in its place has the same size.

    Only under names of ours: what somebody left there may be large.
    """
    useless = sorted(path for path, item in place.memo.bad.items() if item.reason in SETTLED and names.parse(path))
    for path in _next(useless, place.memo.read_again):
        place.memo.read_again = path
        place.memo.doubted.add(path)
        place.memo.quiet.pop(path.rpartition("/")[0], None)


def _next_few(place: Place, folders: Sequence[str]) -> Sequence[str]:
    if not folders:
        return ()
    chosen = _next(folders, place.memo.scrubbed_folder or secrets.choice(folders))
    place.memo.scrubbed_folder = chosen[-1]
    return chosen


def _next(paths: Sequence[str], last: str) -> Sequence[str]:
    """The few that come after `last`, in the round."""
    at = bisect_right(paths, last)
    return [*paths[at:], *paths[:at]][:FILES]


def _unread(place: Place) -> Sequence[str]:
    """The names of our segments that no colleague says to have."""
    named = max((peer.has for peer in peers.read(place.setting(Setting.PEERS)).values()), default=0)
    loose = place.shelf.chain(place.device).loose
    return [path.rpartition("/")[2] for seq, paths in loose.items() if seq > named for path in paths]


def _next_file(place: Place, folder: str, first: Sequence[str]) -> str:
    """A file on the share that the mirror has, a repair too; one of `first` if it can be."""
    known = sorted(place.remote.sizes(folder)) if place.mirror.files(folder) else []
    known = [name for name in known if canonical(name) in place.mirror.files(folder)]
    known = [name for name in known if canonical(name) in first] or known
    if not known:
        return ""
    last = place.memo.scrubbed.get(folder) or secrets.choice(known)
    name = [*known, *known][bisect_right(known, last)]
    place.memo.scrubbed[folder] = name
    return f"{folder}/{name}"
