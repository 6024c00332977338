"""`bren backup`, `bren restore` and `bren erase`."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from bren_desktop.cli.output import show
from bren_desktop.cli.secrets import has_secret, opened
from bren_desktop.cli.session import profile, unlocked
from bren_desktop.domain.actors import Role
from bren_desktop.errors import DamagedStoreError, UserFacingError
from bren_desktop.services.erasing import Erased
from bren_desktop.services.rows import ReadEntry
from bren_desktop.services.share_door import Erasing

_PRIVACY = "Dit is een verzoek. De casus wordt gewist zodra ook een privacyfunctionaris het vraagt."
_OTHERS = (
    "Dit is een verzoek. De casus wordt gewist zodra ook een voorzitter, plaatsvervanger, secretaris of "
    "procesregisseur het vraagt."
)


def back_up(options: Namespace) -> None:
    """Write store and key file to one file, and read it back."""
    target = Path(options.out)
    with unlocked(options) as workspace:
        size = workspace.backups.make(workspace.actor, target)
    show(options, {"path": str(target.resolve()), "bytes": size})


def restore(options: Namespace) -> None:
    """Put a backup in an empty profile folder; with a secret at hand, see whether it opens and is sound."""
    target = profile(options)
    target.restore(Path(options.source))
    result: dict[str, object] = {"profile": str(target.folder.resolve())}
    if has_secret(options):
        try:
            workspace = opened(options, target)
        except UserFacingError as error:
            show(options, result | {"opened": False, "problem": str(error)})
            return
        try:
            if workspace.context.store.integrity():
                raise DamagedStoreError
        finally:
            workspace.lock()
    show(options, result | {"opened": has_secret(options)})


def erase(options: Namespace) -> None:
    """Ask for the erasure of a case; it is done once a second role asked too."""
    with unlocked(options) as workspace:
        erased = workspace.erasing.erase(workspace.actor, options.case, options.getuige)
        role = workspace.actor.role
    show(options, erasure(erased, role))


def erasure(erased: Erased, role: Role) -> dict[str, object]:
    """How far an erasure is, and what people must see to, for who asked with this role."""
    result: dict[str, object] = {
        "id": erased.id,
        "state": erased.state.value,
        "outside": [_left(each) for each in erased.outside],
        "backups": list(erased.backups),
        "filters": list(erased.filters),
    }
    if erased.state is Erasing.ASKED:
        result["next"] = _OTHERS if role is Role.PRIVACY else _PRIVACY
    return result


def _left(entry: ReadEntry) -> dict[str, object]:
    return {"at_ms": entry.at_ms, "who": entry.name, "what": entry.action}
