"""`bren share` and `bren sync`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from bren_desktop.cli.files import read_file, resolved, writing_new
from bren_desktop.cli.output import show
from bren_desktop.cli.session import unlocked
from bren_desktop.domain.actors import Role
from bren_desktop.errors import InvalidInputError, UserFacingError
from bren_desktop.services.share_door import LARGEST_HALF, REASONS, InviteTo, Request, ShareStatus, Trouble
from bren_desktop.services.workspace import Workspace

_LARGEST_INVITE = 1_000_000
_USUAL = {InviteTo.TEAM: Role.SECRETARIS, InviteTo.NETWORK: Role.VOORZITTER}
"""The role of an invite that names none: whoever founds a team must be able to let others in."""


def create(options: Namespace) -> None:
    """Found the network and this profile's team on an empty share."""
    with unlocked(options) as workspace:
        workspace.sharing.create(workspace.actor, str(Path(options.share).absolute()), options.network)
        status = workspace.sharing.status(workspace.actor)
    show(options, _status(status))


def recovery(options: Namespace) -> None:
    """Write the two halves of the network's recovery, each to be kept offline by another person."""
    it_path, other_path = Path(options.it), Path(options.coordinator)
    if resolved(it_path) == resolved(other_path):
        raise InvalidInputError("Geef de twee helften elk een eigen bestand. Er is niets veranderd.")

    def write(it: bytes, coordinator: bytes) -> None:
        with writing_new(it_path) as first, writing_new(other_path) as second:
            first.write(it)
            second.write(coordinator)

    with unlocked(options) as workspace:
        workspace.sharing.make_recovery(workspace.actor, write)
    show(options, {"it": str(it_path.resolve()), "coordinator": str(other_path.resolve())})


def recover(options: Namespace) -> None:
    """Bring back what this team had on a share that nobody can enter any more."""
    halves = read_file(options.it, LARGEST_HALF), read_file(options.coordinator, LARGEST_HALF)
    with unlocked(options) as workspace:
        folder = str(Path(options.share).absolute())
        found = workspace.sharing.recover(
            workspace.actor, folder, halves, space=options.space or "", protected=options.protected
        )
    show(options, asdict(found))


def tray(options: Namespace) -> None:
    """List what laptops that are out still wrote; with a laptop, take its part over in one's own name."""
    with unlocked(options) as workspace:
        if options.device:
            taken = workspace.sharing.take_from_tray(workspace.actor, options.device)
            show(options, {"id": options.device, "taken": taken})
            return
        waiting = workspace.sharing.tray(workspace.actor)
        rows = _told(workspace, waiting)
    show(options, [{"id": one.device, **row} for one, row in zip(waiting, rows, strict=True)])


def protect(options: Namespace) -> None:
    """Give a case a space of its own."""
    with unlocked(options) as workspace:
        entity = workspace.cases.open(workspace.actor, options.case).entity
        moved = workspace.sharing.protect(workspace.actor, entity, options.devices)
        opened = workspace.cases.open(workspace.actor, moved)
    show(options, {"id": opened.id, "nummer": opened.case.nummer})


def invite(options: Namespace) -> None:
    """Write an invite and show its one-time code."""
    to = InviteTo(options.space)
    role = Role(options.role) if options.role else _USUAL[to]
    with unlocked(options) as workspace, writing_new(Path(options.out)) as file:
        data, code = workspace.sharing.invite(workspace.actor, to, role, options.team or "")
        file.write(data)
    show(options, {"code": code})


def join(options: Namespace) -> None:
    """Leave a request to join; the words are compared before somebody approves."""
    data = read_file(options.invite, _LARGEST_INVITE)
    with unlocked(options) as workspace:
        words = workspace.sharing.join(workspace.actor, data, options.code)
    show(options, {"words": list(words)})


def approve(options: Namespace) -> None:
    """List who asks to join; with a request, or all of them, let them in."""
    with unlocked(options) as workspace:
        requests = workspace.sharing.requests(workspace.actor)
        if options.all:
            _approve_all(options, workspace, requests)
        elif options.request:
            workspace.sharing.approve(workspace.actor, options.request)
            show(options, {"approved": [options.request]})
        else:
            show(options, [_request(each) for each in requests])


def _approve_all(options: Namespace, workspace: Workspace, requests: Iterable[Request]) -> None:
    """Let in whoever may come in, and say of the others why not."""
    approved, refused = [], []
    for request in requests:
        try:
            workspace.sharing.approve(workspace.actor, request.id)
            approved.append(request.id)
        except UserFacingError as error:
            refused.append({"id": request.id, "name": request.name, "sentence": str(error)})
    show(options, {"approved": approved, "refused": refused})
    if refused:
        raise UserFacingError("Niet iedereen is toegelaten. Bij «refused» staat per verzoek waarom.")


def status(options: Namespace) -> None:
    """How this profile stands to the share."""
    with unlocked(options) as workspace:
        reachable = workspace.sharing.reaches(workspace.actor)
        found = workspace.sharing.status(workspace.actor)
        troubles = _told(workspace, found.troubles)
    show(options, {"reachable": reachable, **_status(found), "troubles": troubles})


def check(options: Namespace) -> None:
    """Read and compare every file of the share, and put back what is missing."""
    with unlocked(options) as workspace:
        report = workspace.sharing.check(workspace.actor)
        troubles = _told(workspace, report.troubles)
    show(
        options,
        {
            "reachable": report.reachable,
            "files": report.files,
            "mended": report.mended,
            "troubles": troubles,
        },
    )


def sync(options: Namespace) -> None:
    """One run of sync: counts, and by name what is held or wrong."""
    with unlocked(options) as workspace:
        report = workspace.sharing.cycle(workspace.actor)
        troubles = [] if report.dropped else _told(workspace, report.troubles)
    show(
        options,
        {
            "published": report.published,
            "received": report.received,
            "conflicts": report.conflicts,
            "quarantined": report.quarantined,
            "missing": report.missing,
            "reachable": report.reachable,
            "troubles": troubles,
        },
    )
    if report.dropped:
        raise UserFacingError(
            "Deze laptop is als verloren gemeld. De sleutel van dit profiel is vernietigd; wat hier staat is niet meer "
            "te openen."
        )


def _told(workspace: Workspace, troubles: Sequence[Trouble]) -> list[dict[str, object]]:
    """Troubles as they are printed, each with its sentence and whose laptop it is about."""
    devices = workspace.sharing.devices(workspace.actor) if troubles else ()
    names = {device.id: f"{device.name} ({device.letters})" for device in devices}
    records = workspace.naming.of_troubles(workspace.actor, troubles)
    return [
        {
            "reason": one.reason,
            "sentence": REASONS[one.reason],
            "where": one.where,
            "name": names.get(one.device) or names.get(one.where, ""),
            "record": records.get(one.record, ""),
            "times": one.times,
        }
        for one in troubles
    ]


def _request(request: Request) -> dict[str, object]:
    return {
        "id": request.id,
        "name": request.name,
        "fingerprint": " ".join(request.words),
        "team": request.team,
        "role": request.role.value,
        "space": request.to.value,
    }


def _status(status: ShareStatus) -> dict[str, object]:
    return {
        "standing": status.standing,
        "network": status.network,
        "share": status.folder,
        "spaces": [{"kind": kind, "name": name, "standing": standing} for kind, name, standing in status.spaces],
        "requests": status.requests,
        "unsent": status.unsent,
        "on_share": status.on_share,
        "received": {str(colleagues): count for colleagues, count in sorted(status.received.items())},
        "last_ms": status.last_ms,
        "warnings": list(status.warnings),
    }
