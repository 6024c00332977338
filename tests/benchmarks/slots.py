"""How long the window's own slots take while somebody types: with nothing under way, and while cases come in."""

from __future__ import annotations

import shutil
from pathlib import Path

from bren_desktop.domain.actors import Role
from bren_desktop.fiction.cases import case
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.services.share_door import InviteTo
from bren_desktop.wiring import Founder, Profile
from tests.benchmarks import imports
from tests.benchmarks.children import PASSPHRASE, run
from tests.benchmarks.figures import Figure, Spent, latency
from tests.benchmarks.workload import FOUNDER, SEED, Workload

JOINER = Founder("Joris Voorbeeld", Role.SECRETARIS, "JZ24")
NEW_CASES, IDLE_SECONDS = 1000, 6
SLOT = "a key in the search box of the open window, until the window is ready for the next"


def measure(workload: Workload, runs: int) -> list[Figure]:
    """One window; a figure over every key that was typed."""
    folder, share = workload.folder / "typist", workload.folder / "typist-share"
    _prepare(workload, folder, share)
    share.rename(f"{share}.away")
    seconds = IDLE_SECONDS if workload.cases >= NEW_CASES else 1
    told = run("typing_while_syncing", workload.home, str(folder), str(share), str(seconds))
    idle, busy = ([Spent(*each) for each in told[key]] for key in ("idle", "busy"))
    return [
        latency("a slot of the window, idle", SLOT, idle, 16),
        latency("a slot of the window while a sync runs", f"{SLOT}, while new cases come in", busy, 50),
    ]


def _prepare(workload: Workload, folder: Path, share: Path) -> None:
    """A colleague has new cases on the share; the profile in `folder` is a member and has not seen them."""
    other = workload.folder / "typist-colleague"
    for left in (folder, share, other, Path(f"{share}.away")):
        shutil.rmtree(left, ignore_errors=True)
    share.mkdir(parents=True)
    founder, _ = Profile(other, KeyVault(other, work=imports.CHEAP)).found(PASSPHRASE, FOUNDER)
    founder.sharing.create(founder.actor, str(share), "Meting")
    joiner, _ = Profile(folder, KeyVault(folder, work=imports.CHEAP)).found(PASSPHRASE, JOINER)
    joiner.sharing.join(joiner.actor, *founder.sharing.invite(founder.actor, InviteTo.TEAM, Role.SECRETARIS))
    for request in founder.sharing.requests(founder.actor):
        founder.sharing.approve(founder.actor, request.id)
    founder.sharing.cycle(founder.actor)
    joiner.sharing.cycle(joiner.actor)
    joiner.lock()
    count = min(NEW_CASES, workload.cases)
    founder.cases.record_all(founder.actor, [case(SEED, each, realistic=True) for each in range(1, count + 1)])
    founder.sharing.cycle(founder.actor)
    founder.lock()
