"""Who is a member of a space, since when and as what: a pure function of the set of its entries (share-format §4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bren_desktop.domain.actors import Role
from bren_desktop.sync.format.entries import Admit, Card, Entry, Found, Invite, NewEpoch, Open, Renew, Revoke, Unknown
from bren_desktop.sync.membership import erasures
from bren_desktop.sync.membership.history import Signer, bits
from bren_desktop.sync.membership.letters import given_letters
from bren_desktop.sync.membership.placing import placed
from bren_desktop.sync.membership.standing import ADMINS, Judge, Standing

RENEWED = "renewed"


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the chain of a device ends: the last segment that stands. `why` is a word of `Away`, or `renewed`."""

    seq: int
    digest: bytes
    why: str
    by: bytes


class Membership:
    """The members of one space, by the entries that are here. Entries that hang in the air are `unplaced`."""

    def __init__(self, founding: bytes, entries: Iterable[Entry]) -> None:
        self._history, self._revocations, self.unplaced = placed(founding, entries)
        self._world = self._revocations.world(self._history.all)
        self._judge = Judge(self._history, whole=True)
        self._counting = 0
        for at in range(len(self._history.entries)):
            self._counting |= self._judge.has_effect(at, self._world) << at
        self._signers: dict[bytes, Signer] = {}
        self._sets: dict[tuple[bytes, ...], int | None] = {}
        self._roles: dict[tuple[bytes, int], Role | None] = {}
        for entry in self._counted():
            if entry.card is not None:
                self._signers.setdefault(entry.card.device, Signer(entry.card.device, entry.card.sign_key))

    @classmethod
    def of(cls, founding: bytes, entries: Iterable[Entry]) -> Membership:
        """The members by `entries`, in any order; `founding` is the digest of the entry that founded the space."""
        return cls(founding, entries)

    @cached_property
    def entries(self) -> Mapping[bytes, Entry]:
        """The entries that have their place, by digest, in the order (n, hash)."""
        return {entry.digest: entry for entry in self._history.entries}

    @cached_property
    def heads(self) -> tuple[bytes, ...]:
        """The entries that no other rests on, sorted."""
        return tuple(sorted(self._history.entries[at].digest for at in bits(self._history.heads)))

    def knows(self, heads: Iterable[bytes]) -> bool:
        """Whether these entries and all their ancestors are here."""
        return all(head in self._history.place for head in heads)

    def ancestors(self, heads: Iterable[bytes]) -> frozenset[bytes]:
        """These entries and all their ancestors; those that are not here are left out."""
        here = self._history.set_of(head for head in heads if head in self._history.place) or 0
        return frozenset(self._history.entries[at].digest for at in bits(here))

    def next_n(self, parents: Iterable[bytes]) -> int:
        """The depth of an entry with these parents."""
        return 1 + max(self._history.entries[self._history.place[parent]].n for parent in parents)

    def counts(self, digest: bytes) -> bool:
        """Whether an entry does what it says."""
        at = self._history.place.get(digest)
        return at is not None and bool(self._counting >> at & 1)

    @cached_property
    def found(self) -> Found | None:
        """The entry that founded the space; None while it is not here."""
        act = self._history.entries[0].act if self._history.entries else None
        return act if isinstance(act, Found) else None

    @cached_property
    def overreaching(self) -> tuple[Entry, ...]:
        """The entries that their signers had no right to by their own ancestors alone: no honest program signs one."""
        wrong = self._history.all & ~self._revocations.sound
        entries = (self._history.entries[at] for at in bits(wrong))
        return tuple(entry for entry in entries if not isinstance(entry.act, Unknown))

    @cached_property
    def cards(self) -> Mapping[bytes, Card]:
        """Everybody who is or was a member, by device. Role and letters of now are `role` and `letters`."""
        found: dict[bytes, Card] = {}
        for entry in self._counted():
            if entry.card is not None:
                found.setdefault(entry.card.device, entry.card)
        return found

    @property
    def let_in(self) -> Collection[bytes]:
        """Every device that an entry would let in, whether that counts or not."""
        return self._history.admissions.keys()

    def is_let_in(self, device: bytes, heads: Iterable[bytes]) -> bool:
        """Whether one of these entries or their ancestors would let a device in, whether that counts or not."""
        mask = self._set_of(heads) or 0
        return any(mask >> at & 1 for at in self._history.admissions.get(device, ()))

    def card(self, device: bytes) -> Card | None:
        """The card of a device."""
        return self.cards.get(device)

    @cached_property
    def inside(self) -> frozenset[bytes]:
        """The devices that are members now."""
        return frozenset(device for device in self._signers if self.role(device) is not None)

    def role(self, device: bytes) -> Role | None:
        """The role of a member now; None for who is none, or out."""
        return self._role_in(device, self._history.all)

    def role_at(self, device: bytes, heads: Iterable[bytes]) -> Role | None:
        """The role of a device by these entries and their ancestors, as far as they count in the whole log."""
        mask = self._set_of(heads)
        return None if mask is None else self._role_in(device, mask)

    def _set_of(self, heads: Iterable[bytes]) -> int | None:
        key = tuple(heads)
        if key not in self._sets:
            self._sets[key] = self._history.set_of(key)
        return self._sets[key]

    def is_admin(self, device: bytes) -> bool:
        """Whether a member may change the membership now."""
        return self.role(device) in ADMINS

    @cached_property
    def _letters(self) -> Mapping[bytes, str]:
        firsts = [entry.card for entry in self._counted() if entry.card and not isinstance(entry.act, Renew)]
        return given_letters((card.device, card.letters) for card in firsts)

    def letters(self, device: bytes) -> str:
        """The letters of a device in case numbers; empty for who never was a member."""
        signer = self._signers.get(device)
        if signer is None:
            return ""
        devices, _ = self._judge.lineage(signer, self._history.all, self._world)
        return self._letters[devices[-1]]

    @cached_property
    def _cuts(self) -> Mapping[bytes, tuple[Cut, ...]]:
        found: dict[bytes, list[Cut]] = {}
        for entry in self._counted():
            if isinstance(entry.act, Revoke):
                cut = Cut(entry.act.seq, entry.act.digest, entry.act.why.value, entry.device)
                found.setdefault(entry.act.device, []).append(cut)
            elif isinstance(entry.act, Renew):
                cut = Cut(entry.act.seq, entry.act.digest, RENEWED, entry.device)
                found.setdefault(entry.device, []).append(cut)
        return {device: tuple(sorted(cuts, key=lambda cut: (cut.seq, cut.digest))) for device, cuts in found.items()}

    def cut(self, device: bytes) -> Cut | None:
        """Where the chain of a device ends: of several cuts the lowest. None for who goes on."""
        cuts = self._cuts.get(device)
        return cuts[0] if cuts else None

    def is_kept_out(self, device: bytes) -> bool:
        """Whether a device was let in by an entry that does not count in the end."""
        return device not in self.cards and device in self._history.admissions

    def ways_out(self, device: bytes) -> frozenset[str]:
        """All that was said of why a laptop is out: words of `Away`, or `renewed`.

        Of one whose renewal does not count also what was said of the device that it was.
        """
        places = self._history.admissions[device] if self.is_kept_out(device) else ()
        renewals = [entry for at in places if isinstance((entry := self._history.entries[at]).act, Renew)]
        devices = (device, *(entry.device for entry in renewals))
        return frozenset(cut.why for one in devices for cut in self._cuts.get(one, ()))

    def renewed_as(self, device: bytes) -> bytes | None:
        """The device that goes on for a restored or cloned one."""
        return self._renewed.get(device)

    @cached_property
    def _renewed(self) -> Mapping[bytes, bytes]:
        return {entry.device: entry.act.card.device for entry in self._counted() if isinstance(entry.act, Renew)}

    @cached_property
    def epochs(self) -> frozenset[bytes]:
        """The epochs whose keys are good to read with."""
        return frozenset(self._started(bits(self._revocations.sound)))

    @cached_property
    def _writing(self) -> bytes | None:
        knowing = (at for at in bits(self._counting) if not self._world.taken & ~(self._history.below[at] | 1 << at))
        started = self._started(knowing)
        return started[-1] if started else None

    def epoch_to_write(self) -> bytes | None:
        """The epoch to seal under; None where an admin must make one first."""
        return self._writing

    @cached_property
    def invites(self) -> Mapping[bytes, Invite]:
        """The invites that count, used and expired ones too, by id."""
        return {entry.act.id: entry.act for entry in self._counted() if isinstance(entry.act, Invite)}

    @cached_property
    def used_invites(self) -> frozenset[bytes]:
        """The invites that somebody was admitted by."""
        return frozenset(entry.act.invite for entry in self._counted() if isinstance(entry.act, Admit))

    @cached_property
    def opened(self) -> tuple[Open, ...]:
        """What admins said of other spaces."""
        return tuple(entry.act for entry in self._counted() if isinstance(entry.act, Open))

    @cached_property
    def halves(self) -> Mapping[bytes, frozenset[erasures.Half]]:
        """Who asked for an erasure with the right to it, by subject; in force or not."""
        return erasures.halves(self._history, self._revocations, self._is_alone)

    @cached_property
    def erased(self) -> frozenset[bytes]:
        """The subjects whose erasure is in force."""
        return self._erased_by_two | {subject for subject, asked in self.halves.items() if erasures.by_one(asked)}

    @cached_property
    def _erased_by_two(self) -> frozenset[bytes]:
        return frozenset(subject for subject, asked in self.halves.items() if erasures.by_two(asked))

    def erased_for(self, device: bytes) -> frozenset[bytes]:
        """What a laptop acts on: who is out so far, and may be in after all, on nothing that one erased alone."""
        is_out = device in self._history.admissions and self.role(device) is None
        return self._erased_by_two if is_out else self.erased

    @cached_property
    def erase_asked(self) -> Mapping[bytes, frozenset[bytes]]:
        """The devices that asked for an erasure with the right to it, by subject; in force or not."""
        return {subject: frozenset(half.device for half in asked) for subject, asked in self.halves.items()}

    def _is_alone(self, at: int) -> bool:
        """Whether each other device that counts was out by an entry's ancestors, or came in on top of it.

        So no laptop loses a case by what it is not let in after, whatever its signer says to have known.
        """
        below, own = self._history.below, self._history.entries[at].device
        others = ((one, device) for one, device in self._let_in if device != own and not below[one] >> at & 1)
        return all(below[at] >> one & 1 and not self._role_in(device, below[at]) for one, device in others)

    @cached_property
    def _let_in(self) -> tuple[tuple[int, bytes], ...]:
        """Every entry that counts and lets a device in."""
        cards = ((at, self._history.cards[at]) for at in bits(self._counting))
        return tuple((at, card.device) for at, card in cards if card)

    def _counted(self) -> list[Entry]:
        return [self._history.entries[at] for at in bits(self._counting)]

    def _started(self, places: Iterable[int]) -> list[bytes]:
        """The epochs that entries start, in order."""
        epochs = (_epoch(self._history.entries[at]) for at in places)
        return [epoch for epoch in epochs if epoch]

    def _standing(self, device: bytes, mask: int) -> Standing | None:
        signer = self._signers.get(device)
        return self._judge.standing(signer, mask, self._world) if signer else None

    def _role_in(self, device: bytes, mask: int) -> Role | None:
        key = device, mask
        if key not in self._roles:
            standing = self._standing(device, mask)
            self._roles[key] = standing.role if standing else None
        return self._roles[key]


def _epoch(entry: Entry) -> bytes:
    """The epoch that an entry starts; empty where it starts none, or one whose id is not the check of its key."""
    match entry.act:
        case Found(check=check):
            epoch = entry.epoch
        case NewEpoch(epoch=epoch, check=check) | Revoke(epoch=epoch, check=check):
            pass
        case _:
            return b""
    return epoch if epoch == check else b""
