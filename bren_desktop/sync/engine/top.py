"""The hint at the top of a share: what this folder is. Trust comes from the invite; the hint is only kept whole."""

from __future__ import annotations

import json

from bren_desktop.services.share_door import Trouble
from bren_desktop.sync.engine.remote import Remote
from bren_desktop.sync.format.envelope import READER
from bren_desktop.sync.format.names import NETWORK, text_id
from bren_desktop.sync.transport.share import AwayError, ShareError

FORMAT = "bren-share"


def hint(network: bytes) -> bytes:
    """The content of `network.json`."""
    return json.dumps({"format": FORMAT, "reader": READER, "network": text_id(network)}).encode()


def mend(remote: Remote, network: bytes) -> list[Trouble]:
    """Put the hint back, or beside another one. It is only a hint: nothing waits for it."""
    is_there = NETWORK in remote.sizes("")
    try:
        if is_there and remote.holds(NETWORK, hint(network)):
            return []
        put = remote.put(NETWORK, hint(network))
    except AwayError:
        raise
    except ShareError as error:
        return [Trouble(error.reason, NETWORK)]
    return [Trouble("damaged" if is_there else "rolled-back", NETWORK)] if put else []
