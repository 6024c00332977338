"""The least that publishing could cost: what cannot be left out, and no line of the program around it but the format.

Operations and new case keys come out of the encrypted store and are sealed, signed and hashed; the mirror has the
segment on the disk before one commit counts it, and the share gets both files and gives them back.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bren_desktop.services.sync_ports import CaseKey, Parcel
from bren_desktop.sync.format.bundles import bundle_file
from bren_desktop.sync.format.envelope import NO_DIGEST, SignedFile
from bren_desktop.sync.format.pen import Pen
from bren_desktop.sync.format.segments import Segment, segment_file

_DEVICE = "SELECT num FROM vector ORDER BY counter DESC LIMIT 1"
_AFTER = "SELECT coalesce(max(counter), 0), coalesce(max(seq), 0) FROM link WHERE device = ?"
_OPERATIONS = "SELECT counter, subject, body FROM op WHERE device = ? AND counter > ? ORDER BY counter"
_KEYS = "SELECT subject, id, key FROM new_case_key CROSS JOIN case_key USING (id)"
_COUNT = "INSERT INTO link (device, seq, digest, counter, heads, role) VALUES (?, ?, ?, ?, x'', '')"
PEN = Pen(*(secrets.token_bytes(size) for size in (16, 16, 16, 32, 16, 32)))


def publish(driver: Any, mirror: Path, share: Path) -> Sequence[Path]:
    """Publish what is unsent in a store whose first cycle is over; the files on the share."""
    driver.execute("BEGIN")
    ((device,),) = driver.execute(_DEVICE)
    ((counter, seq),) = driver.execute(_AFTER, (device,))
    parcels = tuple(map(Parcel._make, driver.execute(_OPERATIONS, (device, counter))))
    keys = list(map(CaseKey._make, driver.execute(_KEYS)))
    driver.execute("COMMIT")
    bundle = bundle_file(PEN, keys)
    segment = segment_file(PEN, Segment(counter + 1, 2, "1", parcels=parcels), seq + 1, NO_DIGEST)
    _keep(mirror, bundle, flush=False)
    _keep(mirror, segment, flush=True)
    driver.execute("BEGIN IMMEDIATE")
    driver.execute("DELETE FROM new_case_key")
    driver.execute(_COUNT, (device, seq + 1, segment.digest, parcels[-1].counter))
    driver.execute("COMMIT")
    return [_upload(share, file) for file in (bundle, segment)]


def _keep(folder: Path, file: SignedFile, *, flush: bool) -> Path:
    part, path = folder / "part", folder / file.digest.hex()
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    os.write(handle, file.data)
    if flush:
        os.fsync(handle)
    os.close(handle)
    part.rename(path)
    return path


def _upload(folder: Path, file: SignedFile) -> Path:
    path = _keep(folder, file, flush=True)
    if path.read_bytes() != file.data:
        raise SystemExit("the disk does not keep what it is given")
    return path
