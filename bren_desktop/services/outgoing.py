"""Filed documents on their way out in other forms: a Word file, an e-mail draft, and a PDF with a password.

Word and e-mail lie in plain form outside the store (decision 21): the user is told, it is logged, a team may close it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Protocol

from bren_desktop.crypto.spelling import grouped, spelled
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.letters import Letter, kept_letter
from bren_desktop.domain.passphrase import SHORTEST
from bren_desktop.domain.records import FiledDocument, Team
from bren_desktop.domain.rights import Right, require
from bren_desktop.errors import InvalidInputError, NotAllowedError
from bren_desktop.services.context import Context
from bren_desktop.services.letters import Letters, TeamSource
from bren_desktop.services.loading import load
from bren_desktop.services.readlog import Leaving

_PASSWORD_BYTES = 10


class Formats(Protocol):
    """What writes a document in another form."""

    def word(self, letter: Letter, team: Team) -> bytes: ...
    def mail(self, subject: str, text: str, name: str, pdf: bytes) -> bytes: ...
    def protected(self, pdf: bytes, password: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Protected:
    """A PDF that opens with `password`, which is shown once and kept nowhere."""

    pdf: bytes
    password: str


class Outgoing:
    """The ways out for the documents of a case. Consent for an identifying one is judged each time."""

    def __init__(self, context: Context, letters: Letters, team: TeamSource, formats: Formats) -> None:
        self._context = context
        self._letters = letters
        self._team = team
        self._formats = formats

    def word(self, actor: Actor, document: str) -> bytes:
        """The text of a filed document as a Word file."""
        filed = self._leaving(actor, document, is_plain=True)
        made = self._formats.word(kept_letter(filed.inhoud), self._team.get(actor))
        self._log(actor, Leaving.WORD, filed)
        return made

    def mail(self, actor: Actor, document: str) -> bytes:
        """An e-mail draft with the PDF: nobody it is to, and a subject without a name."""
        filed = self._leaving(actor, document, is_plain=True)
        _must_be_released(filed)
        pdf, team = self._letters.pdf(actor, document), self._team.get(actor)
        subject = f"{filed.soort[:1].upper()}{filed.soort[1:]}, kenmerk {filed.kenmerk}"
        made = self._formats.mail(subject, _message(filed, team), f"{filed.kenmerk.replace('/', '-')}.pdf", pdf)
        self._log(actor, Leaving.MAILED, filed)
        return made

    def protected(self, actor: Actor, document: str, password: str = "") -> Protected:
        """The PDF with a password, for people outside: one made for this time, or an agreed one that is long enough."""
        if password and len(password.strip()) < SHORTEST:
            raise InvalidInputError("Dit wachtwoord is te kort. Kies er een van ten minste {n} tekens.", n=SHORTEST)
        filed = self._leaving(actor, document, is_plain=False)
        _must_be_released(filed)
        password = password or grouped(spelled(secrets.token_bytes(_PASSWORD_BYTES)))
        made = self._formats.protected(self._letters.pdf(actor, document), password)
        self._log(actor, Leaving.PROTECTED, filed)
        return Protected(made, password)

    def check_plain(self, actor: Actor) -> None:
        """Raise NotAllowedError where the team lets nothing out in plain form."""
        require(actor, Right.MAKE_LETTER)
        if self._team.get(actor).geen_open_bestanden is True:
            raise NotAllowedError(
                "Uw team maakt geen Word-bestanden en e-mailconcepten. Een pdf met wachtwoord kan wel. "
                "Er is niets gemaakt."
            )

    def _leaving(self, actor: Actor, document: str, *, is_plain: bool) -> FiledDocument:
        require(actor, Right.MAKE_LETTER)
        if is_plain:
            self.check_plain(actor)
        self._letters.check_leaving(actor, document)
        with self._context.read(actor) as reader:
            return load(reader, Kind.DOCUMENT, FiledDocument, document)

    def _log(self, actor: Actor, way: Leaving, filed: FiledDocument) -> None:
        self._context.log_read(actor, way, Kind.CASE, filed.casus, filed.kenmerk)


def _must_be_released(filed: FiledDocument) -> None:
    if not filed.vrijgegeven_door:
        raise InvalidInputError("Dit document is nog een concept. Geef het eerst vrij.", field="vrijgegeven_door")


def _message(filed: FiledDocument, team: Team) -> str:
    lines = (
        f"Bij dit bericht hoort een vertrouwelijk document met kenmerk {filed.kenmerk}.",
        "Is het niet voor u bestemd? Verwijder het bericht dan en laat het ons weten.",
        "",
        "Met vriendelijke groet,",
        filed.gemaakt_door,
        team.naam,
    )
    return "\n".join(lines)
