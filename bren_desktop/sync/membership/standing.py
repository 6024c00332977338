"""What a single entry is worth, given which entries do not count and which revocations do (share-format §4, rule 4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bren_desktop.domain.actors import Role
from bren_desktop.services.share_door import Away
from bren_desktop.sync.format.entries import Admit, Card, Erase, Found, Invite, NewEpoch, Open, Renew, Revoke, SetRole
from bren_desktop.sync.membership.history import History, Signer

ADMINS = frozenset({Role.VOORZITTER, Role.PLAATSVERVANGER})
ERASERS = frozenset({Role.VOORZITTER, Role.PLAATSVERVANGER, Role.SECRETARIS, Role.PROCESREGISSEUR})
"""Who gives the half of an erasure that `privacy` does not."""


_DEEPEST = 30


class World(NamedTuple):
    """Which entries do not count, and which revocations do; both as sets."""

    void: int = 0
    taken: int = 0

    def within(self, mask: int) -> World:
        return World(self.void & mask, self.taken & mask)


class Standing(NamedTuple):
    """The role of a device, and the entry since which it has been an admin, or a member where it is none."""

    role: Role
    since: int


class Judge:
    """Judges entries by their ancestors.

    `whole`: what may be given once only (an invite, an id, an epoch) goes to the first in the order of the whole log;
    without it, to the first among an entry's own ancestors.
    """

    def __init__(self, history: History, *, whole: bool) -> None:
        self._history = history
        self._whole = whole
        self._known: dict[tuple[int, World], bool] = {}
        self._depth = 0

    def has_effect(self, at: int, world: World) -> bool:
        """Whether an entry does what it says."""
        if world.void >> at & 1:
            return False
        if self._history.all_revokes >> at & 1:
            return bool(world.taken >> at & 1)
        key = at, world.within(self._scope(at))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._judged(at, world)
        return known

    def _judged(self, at: int, world: World) -> bool:
        """What `is_right` says. A question that goes deep is answered from the bottom: nobody exhausts the stack."""
        self._depth += 1
        try:
            if self._depth == _DEEPEST:
                for lower in range(at):
                    self.has_effect(lower, world)
            return self.is_right(at, world)
        finally:
            self._depth -= 1

    def is_right(self, at: int, world: World) -> bool:
        """Whether the signer of an entry may do what it says."""
        act, signer = self._history.entries[at].act, self._history.signers[at]
        if isinstance(act, Found):
            return at == 0
        standing = self.standing(signer, self._history.below[at], world)
        if standing is None:
            return False
        match act:
            case Renew():
                return self._may_renew(at, act, world)
            case Erase():
                return standing.role in ERASERS or standing.role is Role.PRIVACY
            case Revoke(why=why, epoch=epoch) if signer.device == act.device:
                return why is Away.LEFT and not epoch
        return standing.role in ADMINS and self._is_right_for_admin(at, world)

    def _is_right_for_admin(self, at: int, world: World) -> bool:
        history, act = self._history, self._history.entries[at].act
        match act:
            case Invite():
                return self._is_first(at, history.invites[act.id], world)
            case Admit():
                return self._may_admit(at, act, world)
            case SetRole():
                return self._is_inside(act.device, history.below[at], world)
        return isinstance(act, Revoke | NewEpoch | Open)

    def standing(self, signer: Signer, mask: int, world: World) -> Standing | None:
        """How a device stands by the entries in `mask`; None where it is no member by them, or not any more."""
        if mask & world.taken & self._history.revokes.get(signer.device, 0):
            return None
        start = self._admission(signer, mask, world)
        if start is None or self._any(self._history.renewals.get(signer, ()), mask, world):
            return None
        devices, root, card = self._lineage(start, mask, world)
        return self._after_changes(Standing(card.role, root), devices, mask, world)

    def lineage(self, signer: Signer, mask: int, world: World) -> tuple[list[bytes], int]:
        """The devices that a laptop has been, newest first, and the entry that let the first of them in."""
        start = self._admission(signer, mask, world)
        return ([], 0) if start is None else self._lineage(start, mask, world)[:2]

    def _lineage(self, at: int, mask: int, world: World) -> tuple[list[bytes], int, Card]:
        devices = []
        while True:
            entry = self._history.entries[at]
            card = self._history.cards[at]
            before = self._admission(self._history.signers[at], mask, world) if isinstance(entry.act, Renew) else None
            if card is None:
                raise AssertionError("an admission has a card")
            devices.append(card.device)
            if before is None:
                return devices, at, card
            at = before

    def _after_changes(self, start: Standing, devices: Iterable[bytes], mask: int, world: World) -> Standing:
        changes = sorted(at for device in devices for at in self._history.roles.get(device, ()))
        role, since = start
        for at in changes:
            act = self._history.entries[at].act
            if isinstance(act, SetRole) and mask >> at & 1 and self.has_effect(at, world):
                since = since if role in ADMINS or act.role not in ADMINS else at
                role = act.role
        return Standing(role, since)

    def _admission(self, signer: Signer, mask: int, world: World) -> int | None:
        for at in self._history.admissions.get(signer.device, ()):
            card = self._history.cards[at]
            same = card is not None and card.sign_key == signer.sign_key
            if same and mask >> at & 1 and self.has_effect(at, world):
                return at
        return None

    def _is_inside(self, device: bytes, mask: int, world: World) -> bool:
        keys = {card.sign_key for at in self._history.admissions.get(device, ()) if (card := self._history.cards[at])}
        return any(self.standing(Signer(device, key), mask, world) for key in keys)

    def _may_admit(self, at: int, act: Admit, world: World) -> bool:
        """An admission that says the same as another (two admins approve at once) is one with it."""
        entries = self._history.entries
        others = [*self._history.uses[act.invite], *self._history.admissions[act.card.device]]
        rivals = [one for one in others if entries[one].act != act]
        return self._is_invited(at, act, world) and self._is_first(at, rivals, world)

    def _is_invited(self, at: int, act: Admit, world: World) -> bool:
        for one in self._history.invites.get(act.invite, ()):
            invite = self._history.entries[one].act
            fits = isinstance(invite, Invite) and invite.role == act.card.role
            in_time = isinstance(invite, Invite) and self._history.entries[at].at_ms <= invite.until_ms
            if fits and in_time and self._history.below[at] >> one & 1 and self.has_effect(one, world):
                return True
        return False

    def _may_renew(self, at: int, act: Renew, world: World) -> bool:
        """The letters and the role of a renewed device are the old one's, whatever the card says."""
        start = self._admission(self._history.signers[at], self._history.below[at], world)
        old = None if start is None else self._history.cards[start]
        if old is None or (old.person, old.name, old.team) != (act.card.person, act.card.name, act.card.team):
            return False
        return self._is_first(at, self._history.admissions[act.card.device], world)

    def _is_first(self, at: int, rivals: Iterable[int], world: World) -> bool:
        return not self._any((one for one in rivals if one < at), self._scope(at), world)

    def _any(self, places: Iterable[int], mask: int, world: World) -> bool:
        return any(mask >> at & 1 and self.has_effect(at, world) for at in places)

    def _scope(self, at: int) -> int:
        return (1 << at) - 1 if self._whole else self._history.below[at]
