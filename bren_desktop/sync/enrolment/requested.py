"""The requests to join that lie on the share: ours is left there, those on our invites are read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress

from bren_desktop.services.sync_ports import SyncRows
from bren_desktop.sync.engine.mirror import put_somewhere
from bren_desktop.sync.enrolment import approving, inviting
from bren_desktop.sync.enrolment.approving import Asked
from bren_desktop.sync.enrolment.asking import Asking
from bren_desktop.sync.enrolment.desk import Desk, needed
from bren_desktop.sync.enrolment.posts import Post
from bren_desktop.sync.enrolment.recovering import key_files
from bren_desktop.sync.format import invites, names
from bren_desktop.sync.format.invites import AskingDevice
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.transport.share import AbsentError, BusyError, Entry, RefusedError, Share, listing

_LARGEST = 16 * 1024
_MOST = 2_000


def leave(share: Share, join: Asking) -> str:
    """Have our request on the share; the path where other bytes lie, or empty."""
    path = names.request_path(join.request)
    where, _ = put_somewhere(share, path, join.file)
    return path if where != path else ""


def on_our_invites(desk: Desk, rows: SyncRows, posts: Sequence[Post]) -> Iterator[Asked]:
    """The requests that our invites open. One that did is not read again while its name and size are the same."""
    with needed():
        share = desk.share()
        for entry in _listed(share):
            file = desk.requests.get(entry) or _read(share, entry)
            asked = approving.read(file, posts)
            if asked and inviting.is_of(rows, asked.invite.id, asked.text.invite_file):
                desk.requests[entry] = file
                yield asked


def is_used(share: Share, invite: bytes, key: bytes, own: Collection[bytes]) -> bool:
    """Whether somebody else was let in on an invite, as far as who has no other key can see.

    A request that its code opens, with devices that are not our `own`, and a box with a key for one of them.
    """
    others = [device for device in _asking_on(share, invite, key) if device.device not in own]
    for space in {device.space for device in others}:
        boxed = {device for file in key_files(share, space) for device in file.boxes}
        if any(device.device in boxed for device in others if device.space == space):
            return True
    return False


def _asking_on(share: Share, invite: bytes, key: bytes) -> Iterator[AskingDevice]:
    """The devices of all requests on one invite."""
    for entry in _listed(share):
        file = _read(share, entry)
        with suppress(FormatError):
            if invites.requested_invite(file) == invite:
                yield from invites.read_request(file, key).devices


def _listed(share: Share) -> Sequence[Entry]:
    """What has the name of a request comes first: whatever else lies there hides none."""
    files = listing(share, names.JOIN).files
    return sorted(files, key=lambda entry: names.parse(f"{names.JOIN}/{entry.name}") is None)[:_MOST]


def _read(share: Share, entry: Entry) -> bytes:
    """A file that may be a request; nothing where it cannot be read, or is too large."""
    with suppress(AbsentError, BusyError, RefusedError):
        file = share.read(f"{names.JOIN}/{entry.name}", _LARGEST + 1)
        return file if len(file) <= _LARGEST else b""
    return b""
