"""A reader of share format 1, written from docs/share-format.md alone: it imports nothing of bren_desktop."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_uppercase
from typing import Any, NamedTuple

import msgpack
import zstandard
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.signing import VerifyKey

RESOURCES = Path(__file__).parents[3] / "resources/share"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ADMINS = {"voorzitter", "plaatsvervanger"}
ERASERS = {"voorzitter", "plaatsvervanger", "secretaris", "procesregisseur"}
CAP = 16 * 2**20
ENDLESS = 2**63
SCHEMAS = {1, 2}
POOL = {"pareltje", "persoon", "organisatie"}
OFFICE = ADMINS | {"secretaris"}
"""The rights table of schema 1 (docs/formats.md): kinds and fields that need more than the rest."""
NEEDS = {"pareltje": OFFICE, "team": OFFICE}
FIELDS = {("document", "vrijgegeven_door"): OFFICE, ("team", "secretaris_geeft_vrij"): ADMINS}


class UnreadableError(Exception):
    """These bytes are not what the page says, or are closed to us."""


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def hkdf(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt or None, info).derive(key)


def aead(key: bytes, nonce: bytes, aad: bytes, sealed: bytes) -> bytes:
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, aad, nonce, key)
    except (CryptoError, TypeError, ValueError) as problem:
        raise UnreadableError("closed") from problem


def unpack(data: bytes) -> Any:
    try:
        value = msgpack.unpackb(data, strict_map_key=False)
    except Exception as problem:
        raise UnreadableError("msgpack") from problem
    return value


def unpad(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:4], "big") + 4
    e = length.bit_length() - 1
    step = 1 << (e - e.bit_length())
    if len(padded) != -(-length // step) * step or any(padded[length:]):
        raise UnreadableError("padding")
    return padded[4:length]


class File(NamedTuple):
    """One envelope of kind A, C, K or S, as it lies there."""

    kind: bytes
    header: list[Any]
    nonce: bytes
    body: bytes
    before: bytes
    raw: bytes

    @property
    def ids(self) -> tuple[bytes, bytes, bytes, int]:
        return self.header[2], self.header[3], self.header[4], self.header[5]

    def signed_by(self, key: bytes) -> bool:
        try:
            VerifyKey(key).verify(b"bren/sign/v1" + sha(self.raw[:-64]), self.raw[-64:])
        except (CryptoError, ValueError):
            return False
        return True

    def text(self, epoch_key: bytes) -> bytes:
        space, _, device, seq = self.ids
        derived = hkdf(epoch_key, space, b"bren/file/v1" + self.kind + device + seq.to_bytes(8, "big") + self.nonce, 48)
        if derived[32:] != self.header[8]:
            raise UnreadableError("commitment")
        return unpad(aead(derived[:32], self.nonce, self.before, self.body))


def _header(data: bytes) -> list[Any]:
    """The nine positions of a header; empty where these bytes are none."""
    kinds = (int, bytes, bytes, bytes, bytes, int, bytes, int, bytes)
    try:
        header = unpack(data)
    except UnreadableError:
        return []
    good = type(header) is list and len(header) >= len(kinds)
    return header if good and all(type(part) is kind for part, kind in zip(header, kinds, strict=False)) else []


def files_in(data: bytes) -> Iterator[File]:
    """Every whole envelope in these bytes, one after the other (a pack holds several)."""
    while data[:4] == b"BREN" and data[4:5] in {b"A", b"C", b"K", b"S"} and data[5:6] == b"\1":
        start = 10 + int.from_bytes(data[6:10], "big")
        header = _header(data[10:start])
        if not header:
            return
        end = start + 24 + header[7]
        if len(data) < end + 64:
            return
        yield File(
            data[4:5], header, data[start : start + 24], data[start + 24 : end], data[: start + 24], data[: end + 64]
        )
        data = data[end + 64 :]


class Entry(NamedTuple):
    """One entry of the membership log."""

    hash: bytes
    n: int
    device: bytes
    epoch: bytes
    parents: list[bytes]
    at: int
    action: str
    values: list[Any]


@dataclass
class Members:
    """What a set of entries gives, folded in the order of (n, hash)."""

    cards: dict[bytes, list[Any]] = field(default_factory=dict)
    gone: set[bytes] = field(default_factory=set)
    roots: dict[bytes, bytes] = field(default_factory=dict)
    """By device the first of its laptop's devices, whose role and seniority a renewed one has."""
    roles: dict[bytes, str] = field(default_factory=dict)
    since: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)
    invites: dict[bytes, list[Any]] = field(default_factory=dict)

    def role(self, device: bytes) -> str:
        return self.roles[self.roots[device]] if device in self.cards and device not in self.gone else ""

    def letters(self, wish: str) -> str:
        taken = {card[7] for card in self.cards.values()}
        free = (a + b for a in ascii_uppercase for b in ascii_uppercase if a + b not in taken)
        return wish if wish not in taken else next(free)

    def take(self, entry: Entry) -> None:
        values, card = entry.values, card_in(entry)
        if card and card[0] not in self.cards:
            old = self.cards[entry.device] if entry.action == "renew" else None
            self.cards[card[0]] = [*card[:7], old[7] if old else self.letters(card[7])]
            self.roots[card[0]] = self.roots[entry.device] if old else card[0]
            self.roles.setdefault(self.roots[card[0]], card[5])
            self.since.setdefault(self.roots[card[0]], (entry.n, entry.hash))
        if entry.action == "invite":
            self.invites[values[0]] = values
        elif entry.action == "role":
            root = self.roots[values[0]]
            if values[1] in ADMINS and self.roles[root] not in ADMINS:
                self.since[root] = (entry.n, entry.hash)
            self.roles[root] = values[1]
        elif entry.action == "revoke":
            self.gone.add(values[0])
        elif entry.action == "renew":
            self.gone.add(entry.device)

    def allow(self, entry: Entry, rivals: Sequence[Entry]) -> bool:
        """Whether the signer may do this; of what is given once, `rivals` were earlier."""
        role, values = self.role(entry.device), entry.values
        admin = role in ADMINS
        if entry.action == "found":
            return entry.n == 0
        if entry.action == "revoke" and values[0] == entry.device:
            return bool(role) and values[3] == "left" and not values[4]
        if entry.action == "renew":
            old = self.cards.get(entry.device, [None] * 8)
            same = [values[2][at] for at in (3, 4, 6)] == [old[at] for at in (3, 4, 6)]
            return bool(role) and same and not rivals
        if entry.action == "admit":
            invite = self.invites.get(values[1], [None] * 5)
            invited = values[0][5] == invite[3] and entry.at <= invite[4]
            return admin and invited and all(rival.values == values for rival in rivals)
        right = {"role": admin and bool(self.role(values[0])), "erase": role == "privacy" or role in ERASERS}
        return right.get(entry.action, entry.action not in {"invite", "epoch", "revoke"} or admin) and not rivals


def once(entry: Entry) -> set[tuple[str, bytes]]:
    """What an entry gives or uses that can be given or used once only."""
    values, card = entry.values, card_in(entry)
    names = {("device", card[0])} if card else set()
    if entry.action in {"invite", "admit"}:
        names.add((entry.action, values[0] if entry.action == "invite" else values[1]))
    return names


def epoch_in(entry: Entry) -> bytes:
    """The epoch that an entry starts; empty where its id is not its check."""
    named = {"found": [entry.epoch, *entry.values[6:7]], "epoch": entry.values[:2], "revoke": entry.values[4:6]}
    epoch, check = named.get(entry.action, [b"", b""])
    return bytes(epoch) if epoch == check else b""


def card_in(entry: Entry) -> list[Any] | None:
    """The card of the device that an entry would let in."""
    place = {"found": 5, "admit": 0, "renew": 2}.get(entry.action)
    return None if place is None else list(entry.values[place])


class Log:
    """The membership log of one space: §4, "Reading the log"."""

    def __init__(self, founding: bytes, entries: Mapping[bytes, Entry], signed: Callable[[bytes, bytes], bool]) -> None:
        self.order: list[Entry] = []
        self.under: dict[bytes, frozenset[bytes]] = {}
        self.local: set[bytes] = set()
        """What is right by its own ancestors alone."""
        self.rank: dict[bytes, tuple[Any, ...]] = {}
        self.verdicts: dict[frozenset[bytes], tuple[set[bytes], set[bytes]]] = {}
        for entry in sorted(entries.values(), key=lambda e: (e.n, e.hash)):
            if all(parent in self.under for parent in entry.parents) and bool(entry.parents) == (
                entry.hash != founding
            ):
                self._place(entry, signed)
        self.counting = self.judge(frozenset(self.under), whole=True)

    def _place(self, entry: Entry, signed: Callable[[bytes, bytes], bool]) -> None:
        under = frozenset(entry.parents).union(*(self.under[parent] for parent in entry.parents))
        depth = 1 + max((e.n for e in self.order if e.hash in entry.parents), default=-1)
        cards = [card for e in self.order if e.hash in under & self.local and (card := card_in(e))]
        own = card_in(entry)
        signers = [own] if own and not under else cards
        if depth != entry.n or not any(c[0] == entry.device and signed(entry.hash, c[1]) for c in signers):
            return
        counting = self.judge(under, whole=False)
        members = self.fold(counting)
        self.order.append(entry)
        self.under[entry.hash] = under
        rivals = [e for e in self.order[:-1] if e.hash in counting and once(e) & once(entry)]
        if members.allow(entry, [] if entry.action == "revoke" else rivals):
            self.local.add(entry.hash)
            since = members.since.get(members.roots.get(entry.device, b""), (0, b""))
            self.rank[entry.hash] = (entry.values[0] == entry.device, since, entry.n, entry.hash)

    def verdict(self, scope: frozenset[bytes]) -> tuple[set[bytes], set[bytes]]:
        """What does not count of an ancestor-closed set, and the revocations in it that do."""
        if scope not in self.verdicts:
            self.verdicts[scope] = self._verdict(scope)
        return self.verdicts[scope]

    def _verdict(self, scope: frozenset[bytes]) -> tuple[set[bytes], set[bytes]]:
        revocations = [e for e in self.order if e.action == "revoke" and e.hash in scope & self.local]
        taken: list[Entry] = []
        for entry in sorted(revocations, key=lambda e: self.rank[e.hash]):
            void = (self._split(scope, revocations) | self._beside(taken)) - {e.hash for e in taken}
            own_void, own_taken = self.verdict(self.under[entry.hash])
            both = void | own_void, {e.hash for e in taken} | own_taken
            if entry.hash not in void and self.fold(self._judged(self.under[entry.hash], *both)).allow(entry, []):
                taken.append(entry)
        hashes = {e.hash for e in taken}
        return (self._split(scope, taken) | self._beside(taken)) - hashes, hashes

    def _beside(self, revocations: Sequence[Entry]) -> set[bytes]:
        """What revoked devices wrote beside any of their revocations."""
        out = {(r.values[0], e.hash) for r in revocations for e in self.order if e.hash not in self.under[r.hash]}
        return {e.hash for e in self.order if (e.device, e.hash) in out}

    def _split(self, scope: frozenset[bytes], revocations: Sequence[Entry]) -> set[bytes]:
        """What does not count of devices whose entries are no line, but for what revocations of them rest on."""
        out: set[bytes] = set()
        mine = [e for e in self.order if e.hash in scope]
        for a in mine:
            for b in mine:
                apart = a.hash not in self.under[b.hash] and b.hash not in self.under[a.hash]
                if a.device == b.device and a.hash < b.hash and apart:
                    both = self.under[a.hash] & self.under[b.hash]
                    out |= {e.hash for e in mine if e.device == a.device} - both
        saved = {(r.values[0], under) for r in revocations for under in self.under[r.hash] | {r.hash}}
        return {e.hash for e in mine if e.hash in out and (e.device, e.hash) not in saved}

    def judge(self, scope: frozenset[bytes], *, whole: bool) -> set[bytes]:
        return self._judged(scope, *self.verdict(scope), whole=whole)

    def _judged(
        self, scope: frozenset[bytes], void: set[bytes], taken: set[bytes], *, whole: bool = False
    ) -> set[bytes]:
        counting: set[bytes] = set()
        for entry in (e for e in self.order if e.hash in scope and e.hash not in void):
            under = counting & self.under[entry.hash]
            rivals = [e for e in self.order if e.hash in (counting if whole else under) and once(e) & once(entry)]
            if entry.hash in taken or (entry.action != "revoke" and self.fold(under).allow(entry, rivals)):
                counting.add(entry.hash)
        return counting

    def fold(self, hashes: set[bytes]) -> Members:
        members = Members()
        for entry in self.order:
            if entry.hash in hashes:
                members.take(entry)
        return members

    def at(self, heads: list[bytes]) -> Members:
        known = set(heads).union(*(self.under[head] for head in heads))
        return self.fold(known & self.counting)

    def cuts(self) -> dict[bytes, tuple[int, bytes]]:
        found: dict[bytes, tuple[int, bytes]] = {}
        for entry in self.order:
            if entry.hash in self.counting and entry.action in {"revoke", "renew"}:
                device = entry.values[0] if entry.action == "revoke" else entry.device
                seq, last = entry.values[1:3] if entry.action == "revoke" else entry.values[:2]
                found[device] = min(found.get(device, (seq, last)), (seq, last))
        return found

    def epoch_to_write(self) -> bytes:
        """The epoch that a writer uses, or empty."""
        counting = [entry for entry in self.order if entry.hash in self.counting]
        revoked = {entry.hash for entry in counting if entry.action == "revoke"}
        fit = [e for e in counting if epoch_in(e) and revoked <= self.under[e.hash] | {e.hash}]
        return epoch_in(fit[-1]) if fit else b""

    def erased(self) -> set[bytes]:
        halves: dict[bytes, list[tuple[str, str]]] = {}
        alone = set()
        for entry in self.order:
            if entry.action == "erase" and entry.hash in self.local:
                members = self.fold(self.judge(self.under[entry.hash], whole=False))
                half = (str(members.cards[entry.device][3]), members.role(entry.device))
                halves.setdefault(entry.values[0], []).append(half)
                then = self.at([entry.hash])
                others = [(e, card[0]) for e in self.order if e.hash in self.counting and (card := card_in(e))]
                beside = [
                    device
                    for each, device in others
                    if device != entry.device
                    and entry.hash not in self.under[each.hash]
                    and (each.hash not in self.under[entry.hash] or then.role(device))
                ]
                if [value is True for value in entry.values[1:2]] == [True] and not beside:
                    alone.add(entry.values[0])
        return alone | {
            subject
            for subject, by in halves.items()
            if any(a[1] == "privacy" and b[1] in ERASERS and a[0] != b[0] for a in by for b in by)
        }


class Operation(NamedTuple):
    """One parcel that opened."""

    device: bytes
    counter: int
    subject: bytes
    operation: list[Any]
    attachments: list[Any]
    covers: Mapping[bytes, int]
    """Up to which counter of each device this operation may replace versions."""


@dataclass
class Space:
    """All that these keys open of one space."""

    id: bytes
    kind: str = ""
    name: str = ""
    members: Members = field(default_factory=Members)
    epochs: dict[bytes, bytes] = field(default_factory=dict)
    case_keys: dict[bytes, dict[bytes, bytes]] = field(default_factory=dict)
    erased: set[bytes] = field(default_factory=set)
    operations: list[Operation] = field(default_factory=list)
    reads: list[tuple[bytes, int, bytes, bytes]] = field(default_factory=list)
    refused: list[tuple[bytes, int, str]] = field(default_factory=list)
    review: list[tuple[bytes, int]] = field(default_factory=list)
    held: list[tuple[bytes, int, str]] = field(default_factory=list)


class Reader:
    """One space of a share folder, for who has some devices' box keys and knows the hash of the founding entry."""

    newest = 1
    """The highest `min_reader` that is understood."""

    def __init__(self, share: Sequence[bytes], space: bytes, founding: bytes, privates: Mapping[bytes, bytes]) -> None:
        self.out = Space(space)
        self.founding, self.privates = founding, privates
        self.blobs = {sha(data): data for data in share if data[:6] == b"BREN\x42\x01"}
        files = {sha(f.raw): f for data in share for f in files_in(data)}
        self.files = {h: f for h, f in files.items() if f.header[2] == space}
        self.candidates: dict[bytes, set[bytes]] = {}
        self.mine: dict[bytes, dict[bytes, File]] = {}
        """All segments that a device signed, whatever stands of them."""
        self.chains: dict[bytes, list[tuple[bytes, File]]] = {}
        self.ends: dict[bytes, int] = {}
        """Where each chain ends for good."""
        self.done: dict[bytes, int] = {}
        self.clear: dict[bytes, list[Any]] = {}

    def read(self) -> Space:
        self._collect_keys()
        entries = self._entries()
        if self.founding not in entries:
            return self.out
        self.log = Log(self.founding, entries, lambda h, key: self.files[h].signed_by(key))
        self._name_space(entries[self.founding])
        self._open_bundles()
        for device in sorted(self.out.members.cards):
            self.chains[device] = self._chain(device)
        moved = True
        while moved:
            moved = sum(self._apply(device) for device in self.chains) > 0
        return self.out

    def _of(self, kind: bytes) -> list[tuple[bytes, File]]:
        return sorted((h, f) for h, f in self.files.items() if f.kind == kind and f.header[0] <= self.newest)

    def _collect_keys(self) -> None:
        keys = list(self._key_files())
        for file, _, boxes in keys:
            for device, box in boxes.items():
                if device in self.privates:
                    self._candidate(file.header[3], _unbox(self.privates[device], box))
        for _ in keys:
            for file, wraps, _ in keys:
                for wrap in wraps:
                    self._unwrap(file, *wrap)

    def _key_files(self) -> Iterator[tuple[File, list[tuple[bytes, bytes, bytes]], dict[bytes, bytes]]]:
        """The K files that are shaped like one, with what they wrap and box: nobody known need have signed them yet."""
        for _, file in self._of(b"K"):
            try:
                wraps, boxes, _ = unpack(file.body)
                found = file, [(before, nonce, key) for before, nonce, key in wraps], dict(boxes)
            except (UnreadableError, TypeError, ValueError):
                continue
            if all(type(part) is bytes for parts in (*found[1], *found[2].items()) for part in parts):
                yield found

    def _candidate(self, epoch: bytes, key: bytes) -> None:
        self.candidates.setdefault(epoch, set()).add(key)

    def _unwrap(self, file: File, before: bytes, nonce: bytes, wrapped: bytes) -> None:
        space, epoch = self.out.id, file.header[3]
        for key in set(self.candidates.get(epoch, ())):
            wrapping = hkdf(key, space, b"bren/epoch-wrap/v1", 32)
            try:
                self._candidate(before, aead(wrapping, nonce, b"bren/epoch/v1" + space + before + epoch, wrapped))
            except UnreadableError:
                continue

    def _open(self, file: File, keys: set[bytes]) -> Any:
        for key in keys:
            try:
                return unpack(file.text(key))
            except UnreadableError:
                continue
        raise UnreadableError("no key")

    def _entries(self) -> dict[bytes, Entry]:
        found = {}
        for h, file in self._of(b"A"):
            try:
                parents, at, action, values = self._open(file, self.candidates.get(file.header[3], set()))
            except UnreadableError:
                continue
            found[h] = Entry(h, file.header[5], file.header[4], file.header[3], parents, at, action, values)
        return found

    def _name_space(self, found: Entry) -> None:
        self.out.kind, self.out.name = found.values[0], found.values[1]
        self.out.members = self.log.fold(self.log.counting)
        self.out.erased = self.log.erased()
        for epoch in {epoch_in(e) for e in self.log.order if e.hash in self.log.local} - {b""}:
            for key in self.candidates.get(epoch, ()):
                if hkdf(key, self.out.id, b"bren/epoch-check/v1", 16) == epoch:
                    self.out.epochs[epoch] = key

    def _open_bundles(self) -> None:
        for _, file in self._of(b"C"):
            card = self.out.members.cards.get(file.header[4])
            if card is None or not file.signed_by(card[1]) or file.header[3] not in self.out.epochs:
                continue
            for subject, key in unpack(file.text(self.out.epochs[file.header[3]])):
                name = hkdf(key, self.out.id + subject, b"bren/case-key/v1", 16)
                if subject not in self.out.erased:
                    self.out.case_keys.setdefault(subject, {})[name] = key

    def _chain(self, device: bytes) -> list[tuple[bytes, File]]:
        """The branch that stands, up to a cut or a fork; what lies beyond goes to the review tray."""
        card = self.out.members.cards[device]
        mine = {h: f for h, f in self._of(b"S") if f.header[4] == device and f.signed_by(card[1])}
        last, cut = self.log.cuts().get(device, (ENDLESS, b""))
        named: dict[int, bytes] = {}
        while cut in mine and mine[cut].header[5] == last - len(named):
            named[last - len(named)] = cut
            cut = mine[cut].header[6]
        awaited = last - len(named) if any(cut) else ENDLESS
        chain: list[tuple[bytes, File]] = []
        forked = False
        while len(chain) < min(last, awaited - 1) and not forked:
            at = {h for h, f in mine.items() if f.header[5] == len(chain) + 1}
            prev = chain[-1][0] if chain else bytes(32)
            fitting = {h for h in at if mine[h].header[6] == prev} & {named.get(len(chain) + 1, h) for h in at}
            forked = len(at) > 1 and len(chain) + 1 not in named
            if not fitting or (forked and awaited < ENDLESS):
                break
            chain.append((min(fitting), mine[min(fitting)]))
        ended = forked and awaited == ENDLESS
        self.mine[device] = mine
        self.ends[device] = len(chain) if ended or len(chain) == last else ENDLESS
        standing = {h for h, _ in chain}
        beyond = sorted((f.header[5], h) for h, f in mine.items() if h not in standing)
        self.out.review += [(device, seq) for seq, _ in beyond if seq > last or len(chain) >= seq or ended]
        return chain

    def _apply(self, device: bytes) -> bool:
        """Apply the next segment of a chain, if all that it rests on is in hand."""
        at = self.done.get(device, 0)
        if at >= len(self.chains[device]):
            return False
        h, file = self.chains[device][at]
        text = self._text(h, file)
        reason = self._rests_on(text) if text else "epoch key"
        self.out.held = [item for item in self.out.held if item[0] != device]
        if text is None or reason:
            self.out.held.append((device, at + 1, reason))
            return False
        if self._breaks(device, at, text):
            self.out.review += [(device, seq + 1) for seq in range(at, len(self.chains[device]))]
            del self.chains[device][at:]
            self.ends[device] = at
            return True
        self.done[device] = at + 1
        members = self.log.at(text[5])
        covers = {peer: self._reach(peer, seq, start) or 0 for peer, seq, start in self._named(text)}
        for counter, (subject, body) in enumerate(text[8], text[7]):
            self._take(members, {**covers, device: counter - 1}, device, counter, (subject, body))
        self.out.reads += [
            (device, number, subject, self._read(device, *event))
            for event in text[9][:500]
            for number, subject in [event[:2]]
            if subject not in self.out.erased
        ]
        return True

    def _named(self, text: list[Any]) -> list[Any]:
        """What a text names of devices that its heads let in."""
        known = set(text[5]).union(*(self.log.under[head] for head in text[5]))
        let_in = {card[0] for entry in self.log.order if entry.hash in known and (card := card_in(entry))}
        return [seen for seen in text[4] if seen[0] in let_in]

    def _reach(self, device: bytes, seq: int, start: bytes) -> int | None:
        """The last counter that a seen segment covers; None while that is waited for."""
        mine, end, done = self.mine.get(device, {}), self.ends.get(device, 0), self.done.get(device, 0)
        standing = [h for h, _ in self.chains.get(device, [])]
        seqs = Counter(f.header[5] for f in mine.values())
        fork = min((seq for seq, times in seqs.items() if times > 1), default=0)
        at = next((h for h, f in mine.items() if f.header[5] == seq and h.startswith(start)), b"")
        if done < min(seq, end):
            return self._aside(device, at, done)
        if seq > done and not (fork and at):
            return self._counter(standing[: min(fork - 1, done) if fork else done])
        return self._shared(device, at)

    def _aside(self, device: bytes, at: bytes, done: int) -> int | None:
        """The last counter in common where another segment stands next than `at` follows; else None."""
        mine, standing, first = self.mine.get(device, {}), self.chains.get(device, []), at
        while at in mine and mine[at].header[5] > done + 1:
            at = mine[at].header[6]
        if at not in mine or done >= len(standing) or at == standing[done][0]:
            return None
        return self._shared(device, first)

    def _shared(self, device: bytes, at: bytes) -> int | None:
        """The last counter that the chain of segment `at` has in common with what stands; None while not in hand."""
        mine, standing = self.mine.get(device, {}), [h for h, _ in self.chains.get(device, [])]
        while at in mine and at not in standing:
            at = mine[at].header[6]
        if at not in mine:
            return None if any(at) or not at else 0
        return self._counter(standing[: standing.index(at) + 1])

    def _counter(self, chain: Sequence[bytes]) -> int:
        """The last counter in these segments."""
        text = self.clear[chain[-1]] if chain else None
        return int(text[7] + len(text[8]) - 1) if text else 0

    def waiting(self) -> Iterator[list[Any]]:
        """The operations in segments that wait for others that are not in hand."""
        for device, at, reason in self.out.held:
            for h, file in self.chains[device][at - 1 :] if reason == "seen" else ():
                text = self._text(h, file) or [b""] * 9
                for counter, (subject, body) in enumerate(text[8], text[7]):
                    binary, _ = self._open_body(b"bren/parcel/v1", device, counter, subject, body)
                    yield unpack(binary)

    def _breaks(self, device: bytes, at: int, text: list[Any]) -> bool:
        """Whether this text cannot follow the one before: the chain is cut here."""
        if not at:
            return bool(text[7] != 1)
        before = self.clear[self.chains[device][at - 1][0]]
        under = set(text[5]).union(*(self.log.under[head] for head in text[5]))
        return bool(text[7] != before[7] + len(before[8]) or set(before[5]) - under)

    def _text(self, h: bytes, file: File) -> list[Any] | None:
        if h not in self.clear and file.header[3] in self.out.epochs:
            self.clear[h] = unpack(file.text(self.out.epochs[file.header[3]]))
        return self.clear.get(h)

    def _rests_on(self, text: list[Any]) -> str:
        if any(head not in self.log.under for head in text[5]):
            return "heads"
        if text[3] not in SCHEMAS:
            return "schema"
        for subject, body in [*text[8], *(event[1:] for event in text[9])]:
            if (
                subject
                and body[:1] == b"\1"
                and body[1:17] not in self.out.case_keys.get(subject, {})
                and subject not in self.out.erased
            ):
                return "case key"
        return "seen" if any(self._reach(*seen) is None for seen in self._named(text)) else ""

    def _open_body(self, name: bytes, device: bytes, number: int, subject: bytes, body: bytes) -> Any:
        if body[:1] == b"\1" and subject:
            key = self.out.case_keys[subject][body[1:17]]
            aad = name + self.out.id + device + number.to_bytes(8, "big") + subject
            packed = aead(key, body[17:41], aad, body[41:])
        elif body[:1] == b"\0" and not subject:
            packed = body[1:]
        else:
            raise UnreadableError("form")
        size = zstandard.get_frame_parameters(packed).content_size
        if not 0 <= size <= min(CAP, 64 * len(packed)):
            raise UnreadableError("size")
        words = zstandard.ZstdCompressionDict((RESOURCES / "parcels-1.zdict").read_bytes())
        named = zstandard.get_frame_parameters(packed).dict_id
        return unpack(zstandard.ZstdDecompressor(dict_data=words if named else None).decompress(packed))

    def _read(self, device: bytes, number: int, subject: bytes, body: bytes) -> bytes:
        return msgpack.packb(self._open_body(b"bren/read/v1", device, number, subject, body))  # type: ignore[no-any-return]

    def _take(
        self,
        members: Members,
        covers: Mapping[bytes, int],
        device: bytes,
        counter: int,
        parcel: tuple[bytes, bytes],
    ) -> None:
        subject, body = parcel
        if subject in self.out.erased:
            return
        try:
            binary, attachments = self._open_body(b"bren/parcel/v1", device, counter, subject, body)
            operation = unpack(binary)
            author = [members.cards[device][3], members.cards[device][4], members.role(device)]
            space26 = base32(self.out.id)
            if operation[1:3] != [device, counter] or operation[4] != space26 or operation[7] != author:
                raise UnreadableError("not the parcel's device, counter, space or author")
            self._judge(subject, operation)
        except (UnreadableError, zstandard.ZstdError, KeyError, IndexError, ValueError) as problem:
            self.out.refused.append((device, counter, str(problem)))
            return
        self.out.operations.append(Operation(device, counter, subject, operation, attachments, covers))

    def _judge(self, subject: bytes, operation: list[Any]) -> None:
        kind, entity, role = operation[5], operation[6], operation[7][2]
        fields = [change[0] for change in operation[8]]
        if any(
            role not in need
            for need in (NEEDS.get(kind, ERASERS), *(FIELDS.get((kind, f), OFFICE | ERASERS) for f in fields))
        ):
            raise UnreadableError("right")
        if (kind in POOL) != (self.out.kind == "network"):
            raise UnreadableError("kind")
        known = {o.operation[6]: o.subject for o in self.out.operations}
        if (kind == "casus" and entity != base32(subject)) or known.get(entity, subject) != subject:
            raise UnreadableError("subject")

    def attachment(self, of: bytes, blob: bytes, key: bytes) -> bytes:
        data = self.blobs[blob]
        content = unpad(aead(key, data[6:30], b"bren/blob/v1" + self.out.id, data[30:]))
        if sha(content) != of:
            raise UnreadableError("another attachment")
        return content


def read_space(share: Sequence[bytes], space: bytes, founding: bytes, privates: Mapping[bytes, bytes]) -> Space:
    """All that the holder of these private box keys (X25519, by device) can read of one space."""
    return Reader(share, space, founding, privates).read()


def spaces_on(share: Sequence[bytes]) -> set[bytes]:
    """The spaces of which there are files: all that a share tells without a key."""
    return {file.header[2] for data in share for file in files_in(data)}


def base32(id16: bytes) -> str:
    import base64

    return base64.b32encode(id16).decode().rstrip("=").lower()


def code_bytes(code: str) -> bytes:
    number = 0
    for sign in code.upper().replace("-", "").replace(" ", ""):
        number = number * 32 + ALPHABET.index(sign)
    return number.to_bytes(10, "big")


def open_invite(data: bytes, code: str) -> list[Any]:
    """The text of an invite file."""
    if data[:6] != b"BRENI\1":
        raise UnreadableError("no invite")
    key = hkdf(code_bytes(code), b"", b"bren/invite/v1", 32)
    text = unpack(aead(key, data[6:30], data[:6], data[30:]))
    return list(text)


def open_request(data: bytes, code: str, invite: bytes) -> tuple[list[Any], list[str]]:
    """The text of a request and the six words that both screens show."""
    if data[:6] != b"BRENJ\1" or data[6:22] != invite:
        raise UnreadableError("no request to this invite")
    key = hkdf(code_bytes(code), invite, b"bren/request/v1", 32)
    text = unpack(aead(key, data[22:46], data[:46], data[46:]))
    picks = hash_secret_raw(sha(data), sha(key)[:16], 3, 65536, 1, 6, Type.ID, 0x13)
    words = (RESOURCES / "words-1.txt").read_text(encoding="utf-8").split()
    return list(text), [words[pick] for pick in picks]


def _unbox(private: bytes, box: bytes) -> bytes:
    try:
        return bytes(SealedBox(PrivateKey(private)).decrypt(box))
    except (CryptoError, ValueError):
        return b""


def contents(folder: Path) -> list[bytes]:
    """Every file of a share folder; names and places do not matter."""
    return [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".tmp"]
