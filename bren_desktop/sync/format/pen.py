"""Who writes, and under which key: what every file that this laptop seals in one space has in common."""

from __future__ import annotations

from dataclasses import dataclass, field

from bren_desktop.sync.format.envelope import NO_DIGEST, FileKind, Header, SignedFile, in_clear, sealed


@dataclass(frozen=True, slots=True)
class Pen:
    """A device of ours in a space, and the epoch that it writes in."""

    network: bytes
    space: bytes
    device: bytes
    sign_seed: bytes = field(repr=False)
    epoch: bytes
    epoch_key: bytes = field(repr=False)

    def header(self, kind: FileKind, seq: int = 0, prev: bytes = NO_DIGEST) -> Header:
        """The header of a file of ours."""
        return Header(kind, self.network, self.space, self.epoch, self.device, seq, prev)

    def sealed(self, kind: FileKind, text: bytes, seq: int = 0, prev: bytes = NO_DIGEST) -> SignedFile:
        """The file of `text`."""
        return sealed(self.header(kind, seq, prev), text, self.epoch_key, self.sign_seed)

    def in_clear(self, kind: FileKind, body: bytes) -> SignedFile:
        """The file of a body that needs no sealing."""
        return in_clear(self.header(kind), body, self.sign_seed)
