"""The hint at the top of a share: what this folder is. Trust comes from the invite; the hint is only kept whole."""

from __future__ import annotations

import json

from bren_desktop.services.share_door import Trouble
from bren_desktop.sync.engine.remote import Remote
from bren_desktop.sync.format.envelope import READER
from bren_desktop.sync.format.names import NETWORK, text_id

FORMAT = "bren-share"


def hint(network: bytes) -> bytes:
    """The content of `network.json`."""
    return json.dumps({"format": FORMAT, "reader": READER, "network": text_id(network)}).encode()


def mend(remote: Remote, network: bytes) -> list[Trouble]:
    """Put the hint back, or beside another one."""
    is_there = NETWORK in remote.sizes("")
    if is_there and remote.holds(NETWORK, hint(network)):
        return []
    return [Trouble("damaged" if is_there else "rolled-back", NETWORK)] if remote.put(NETWORK, hint(network)) else []
