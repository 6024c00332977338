"""`bren device`: the laptops of this profile's spaces."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from bren_desktop.cli.output import show
from bren_desktop.cli.session import unlocked
from bren_desktop.domain.actors import Role
from bren_desktop.services.share_door import Away, Device
from bren_desktop.services.workspace import Workspace

_ADVICE = (
    "Deze reservekopieën staan er nog, en gaan open voor wie het wachtwoord of de herstelcode heeft. Wis ze, of geef "
    "ze aan wie ze moet bewaren."
)


def list_devices(options: Namespace) -> None:
    """Every laptop: whose it is, its role and spaces, and whether it is out."""
    with unlocked(options) as workspace:
        devices = workspace.sharing.devices(workspace.actor)
    show(options, [_device(each) for each in devices])


def set_role(options: Namespace) -> None:
    """Give the user of a laptop another role."""
    with unlocked(options) as workspace:
        workspace.sharing.set_role(workspace.actor, options.device, Role(options.role))
    show(options, {"id": options.device, "role": options.role})


def revoke(options: Namespace) -> None:
    """Take a laptop out; the cases that lay on it at its last sync."""
    _take_out(options, Away.REVOKED)


def lost(options: Namespace) -> None:
    """Take a lost laptop out: where it ever syncs again, it loses its key. The cases that lay on it."""
    _take_out(options, Away.LOST)


def leave(options: Namespace) -> None:
    """Say goodbye on the share and wipe this profile. Backups made by hand are named, for they stay."""
    with unlocked(options) as workspace:
        backups = list(workspace.backups.places(workspace.actor))
        workspace.sharing.leave(workspace.actor, last=options.last)
    advice = {"advice": _ADVICE} if backups else {}
    show(options, {"left": True, "backups": backups, **advice})


def _take_out(options: Namespace, why: Away) -> None:
    with unlocked(options) as workspace:
        entities = workspace.sharing.revoke(workspace.actor, options.device, why)
        cases = _cases(workspace, entities)
    show(options, {"id": options.device, "cases": cases})


def _cases(workspace: Workspace, entities: Iterable[str]) -> list[dict[str, object]]:
    rows = ((entity, workspace.cases.row(workspace.actor, entity)) for entity in entities)
    return [{"id": row.id if row else entity, "nummer": row.nummer if row else ""} for entity, row in rows]


def _device(device: Device) -> dict[str, object]:
    return {
        "id": device.id,
        "name": device.name,
        "role": device.role.value,
        "team": device.team,
        "letters": device.letters,
        "spaces": list(device.spaces),
        "mine": device.mine,
        "admin": device.admin,
        "away": device.away.value if device.away else None,
        "news_ms": device.news_ms,
    }
