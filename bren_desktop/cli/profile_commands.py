"""`bren init`, `bren demo` and `bren doctor`."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from bren_desktop.cli.output import show
from bren_desktop.cli.secrets import has_secret, opened, passphrase
from bren_desktop.cli.session import profile
from bren_desktop.domain.actors import Role
from bren_desktop.errors import UserFacingError
from bren_desktop.fiction.filling import fill
from bren_desktop.services.checkup import examine
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Founder, Profile

_DEMO_FOUNDER = Founder("Robin Voorbeeld", Role.VOORZITTER, "JZ24")


def init(options: Namespace) -> None:
    """Make a profile and show its recovery code, once."""
    target = profile(options)
    founder = Founder(options.name, Role(options.role), options.team)
    workspace, created = target.found(passphrase(options), founder)
    workspace.lock()
    keyring = {
        "usable": created.keyring.usable,
        "backend": created.keyring.backend,
        "reason": created.keyring.reason,
    }
    show(options, {"profile": str(target.folder.resolve()), "recovery_code": created.recovery_code, "keyring": keyring})


def demo(options: Namespace) -> None:
    """Fill a profile with fictional data; make it where it is absent."""
    target = profile(options)
    workspace = _opened_or_made(target, passphrase(options))
    try:
        filled = fill(workspace, cases=options.cases, experts=options.experts, seed=options.seed)
    finally:
        workspace.lock()
    show(options, {"profile": str(target.folder.resolve()), "cases": filled.cases, "experts": filled.experts})


def doctor(options: Namespace) -> None:
    """Say how machine, keyring, files and store are; integrity too when a secret is given.

    A store that does not open, or is damaged, is a failure too, so that a script notices.
    """
    target = profile(options)
    facts = examine(target, partial(opened, options, target) if has_secret(options) else None)
    show(options, facts)
    if "problem" in facts:
        raise UserFacingError("{problem}", problem=facts["problem"])
    if facts["store"] == "damaged":
        raise UserFacingError(
            "Het gegevensbestand is beschadigd. Werk er niet in verder en zet een reservekopie terug; de kopie die er "
            "nu ligt kan nog nodig zijn."
        )


def _opened_or_made(target: Profile, secret: str) -> Workspace:
    if target.state == "absent":
        return target.found(secret, _DEMO_FOUNDER)[0]
    return target.unlock(secret)
