"""What a document needs before it is released and sent: who may, whether it is complete, and whether it fits."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.dutch import listing
from bren_desktop.domain.letter_address import FEWEST_LINES
from bren_desktop.domain.letters import Letter
from bren_desktop.domain.papers.kind import PaperKind, Release
from bren_desktop.domain.records import Team
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.sharing import State, Verdict
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError, NotAllowedError, UserFacingError

_BY_POST = "VK-POST"


class WithdrawnConsentError(UserFacingError):
    """A letter without a name, which may go, where the family took its consent back: who releases it must see that."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "{reden} Een brief zonder naam mag dan nog wel, maar bedenk of het gezin dit nog wil. "
            "Er is nog niets vrijgegeven.",
            reden=why,
        )


def may_release(actor: Actor, team: Team, kind: PaperKind) -> bool:
    """Whether the acting person may release this kind of document."""
    if may(actor, Right.RELEASE_LETTER):
        return True
    by_setting = kind.release is Release.CHAIR_OR_SETTING and team.secretaris_geeft_vrij is True
    return actor.role is Role.SECRETARIS and (by_setting or kind.release is Release.OFFICE)


def must_release(actor: Actor, team: Team, kind: PaperKind) -> None:
    """Raise NotAllowedError for who may not release it."""
    if not may_release(actor, team, kind):
        raise NotAllowedError(
            "Met de rol {role} maakt u deze brief als concept. De voorzitter of plaatsvervanger geeft hem vrij. "
            "Er is niets vrijgegeven.",
            role=actor.role.value,
        )


def must_be_complete(letter: Letter) -> None:
    """Raise InvalidInputError where something is still to be filled in."""
    if letter.missing:
        raise InvalidInputError(
            "De brief kan nog niet worden vrijgegeven. Vul eerst in: {blokken}. Er is niets opgeborgen.",
            field=letter.missing[0],
            blokken=listing(letter.missing_headings),
        )


def must_fit(letter: Letter, cut: Sequence[str]) -> None:
    """Raise InvalidInputError where a mandatory block was shortened: the reader has no other text."""
    mandatory = [block.name for block in letter.blocks if block.mandatory and block.name in cut]
    if mandatory:
        raise InvalidInputError(
            "De brief past niet op {n} bladzijden. Maak korter: {blokken}. Er is niets opgeborgen.",
            field=mandatory[0],
            n=letter.pages,
            blokken=listing(letter.headings_of(mandatory)),
        )


def must_not_be_withdrawn(share: Verdict) -> None:
    """Raise WithdrawnConsentError where what was allowed was taken back."""
    if share.state is State.WITHDRAWN:
        raise WithdrawnConsentError(share.sentence)


def channel_of(text: str, letter: Letter) -> str:
    """The code of a way of sending. Raises InvalidInputError for one that is not known or does not suit the letter."""
    code = vocabulary("verzendkanaal").find(text) if text else ""
    if code is None:
        raise InvalidInputError("Deze manier van verzenden is niet bekend. Kies er een uit de lijst.", field="kanaal")
    if code == _BY_POST and len(letter.recipient) < FEWEST_LINES:
        raise InvalidInputError(
            "Van deze ontvanger is geen postadres bekend. Vul het adres in {waar}, of kies een andere manier van "
            "verzenden.",
            field="kanaal",
            waar="bij het pareltje" if letter.expert else "boven de brief",
        )
    return code
