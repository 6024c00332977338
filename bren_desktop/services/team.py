"""How a team presents itself in letters, and what it has settled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.clocks.calendar import Calendar
from bren_desktop.domain.dutch import listing
from bren_desktop.domain.entities import Kind, build, flatten, wanted
from bren_desktop.domain.fields import notes
from bren_desktop.domain.letter_texts import Texts, lost
from bren_desktop.domain.papers.consent_form import CONSENT_FORM
from bren_desktop.domain.records import Team, TextRow
from bren_desktop.domain.rights import Right, may, require
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError, NotAllowedError
from bren_desktop.language.spelling import judged_words
from bren_desktop.oplog.registers import top_values
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import stored
from bren_desktop.services.ports import Reader

LARGEST_LOGO = 1024 * 1024
LONGEST_WORD = 60
CHAIRS_OWN = ("secretaris_geeft_vrij", "alleen_toegewezen", "geen_open_bestanden")
"""The settings that only a chair changes."""
_APART = frozenset({"teksten", "gewichten"})
"""What is saved by itself, so that a form that was open longer does not put it back."""
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class TeamSettings:
    """The settings of the actor's team."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def get(self, actor: Actor) -> Team:
        """The settings; a team that never saved any goes by its name in the reference list."""
        with self._context.read(actor) as reader:
            team = read_team(reader, self._context, actor)
        return team.model_copy(
            update={
                "code": actor.team,
                "naam": team.naam or vocabulary("teams").label(actor.team),
            }
        )

    def save(self, actor: Actor, team: Team) -> None:
        """Keep the settings. What the chair decides stays as it is for others."""
        require(actor, Right.CONFIGURE)
        self._check_chairs_own(actor, team)
        with self._context.store.write(author(actor)) as writer:
            registers = writer.registers(Kind.TEAM, self._entity(actor))
            writer.write(Kind.TEAM, self._entity(actor), wanted(stored(registers), team, _fields(actor)))

    def logo(self, actor: Actor) -> bytes | None:
        """The logo as PNG or JPEG, if there is one."""
        digest = self.get(actor).logo
        with self._context.read(actor) as reader:
            return reader.attachment(digest) if digest else None

    def set_logo(self, actor: Actor, picture: bytes) -> None:
        """Keep `picture` as the team's logo. Raises InvalidInputError for anything but a PNG or JPEG up to 1 MB."""
        require(actor, Right.CONFIGURE)
        if len(picture) > LARGEST_LOGO or not picture.startswith(_PICTURES):
            raise InvalidInputError(
                "Het logo moet een PNG- of JPEG-afbeelding zijn van ten hoogste 1 MB. Het oude logo blijft staan.",
                field="logo",
            )
        with self._context.store.write(author(actor)) as writer:
            digest = writer.put_attachment(picture)
            registers = writer.registers(Kind.TEAM, self._entity(actor))
            settings = build(Team, top_values(registers)).model_copy(update={"code": actor.team, "logo": digest})
            writer.write(Kind.TEAM, self._entity(actor), wanted(stored(registers), settings, _fields(actor)))

    def say(self, actor: Actor, kind: str, said: Mapping[str, str]) -> None:
        """Put the team's own words in the place of standing sentences of a kind of document; empty gives them back."""
        require(actor, Right.CONFIGURE)
        ours = Texts(kind).sentences
        if not said.keys() <= ours.keys():
            raise InvalidInputError("Deze zin bestaat niet in dit document. Er is niets opgeslagen.", field="teksten")
        own = {name: text for name, text in said.items() if text.strip() not in ("", ours[name])}
        _must_keep_form(kind, ours, own)
        rows = Team(teksten=tuple(TextRow(id=f"{kind}.{name}", tekst=text) for name, text in own.items()))
        values: dict[tuple[str, str], Any] = {("teksten", f"{kind}.{name}"): None for name in said.keys() - own.keys()}
        values |= {key: value for key, value in flatten(rows).items() if key[0] == "teksten"}
        with self._context.store.write(author(actor)) as writer:
            writer.write(Kind.TEAM, self._entity(actor), {("code", ""): actor.team, **values})

    def learn(self, actor: Actor, word: str, *, known: bool) -> None:
        """Add a word to those that the spelling of the team's texts knows, or take it out."""
        require(actor, Right.CONFIGURE)
        if known and (len(word) > LONGEST_WORD or [each.text for each in judged_words(word)] != [word]):
            raise InvalidInputError(
                "Een eigen woord is één woord in kleine letters, van hooguit {n} letters. Er is niets toegevoegd.",
                field="eigen_woorden",
                n=LONGEST_WORD,
            )
        with self._context.store.write(author(actor)) as writer:
            values = {("code", ""): actor.team, ("eigen_woorden", word): True if known else None}
            writer.write(Kind.TEAM, self._entity(actor), values)

    def _check_chairs_own(self, actor: Actor, team: Team) -> None:
        before = self.get(actor)
        changed = any(bool(getattr(team, name)) != bool(getattr(before, name)) for name in CHAIRS_OWN)
        if changed and not may(actor, Right.DECIDE):
            raise NotAllowedError(
                "De voorzitter of plaatsvervanger bepaalt of de secretaris brieven vrijgeeft, of leden alleen "
                "toegewezen casussen zien, en of documenten als Word-bestand of e-mail naar buiten mogen. "
                "Er is niets veranderd."
            )

    def _entity(self, actor: Actor) -> str:
        return self._context.store.entity_for(Kind.TEAM, actor.team)


def read_team(reader: Reader, context: Context, actor: Actor) -> Team:
    """What the actor's team has settled, as it is stored."""
    return build(Team, top_values(reader.registers(Kind.TEAM, context.store.entity_for(Kind.TEAM, actor.team))))


def _must_keep_form(kind: str, ours: Mapping[str, str], own: Mapping[str, str]) -> None:
    """On the form that the law asks for, what is filled in and what is ticked stays."""
    for name, text in own.items() if kind == CONSENT_FORM.key else ():
        if gone := lost(ours[name], text):
            raise InvalidInputError(
                "Laat in het toestemmingsformulier staan wat wordt ingevuld of aangekruist: {wat}. Het gaat om de zin "
                "die begint met: {zin}… Er is niets opgeslagen.",
                field="teksten",
                wat=listing(gone),
                zin=" ".join(ours[name].split()[:5]),
            )


def calendar_of(team: Team) -> Calendar:
    """The working days of a team."""
    return Calendar(team.goede_vrijdag_vrij is True, team.bevrijdingsdag_vrij is True)


def _fields(actor: Actor) -> frozenset[str]:
    """The settings that `actor` may write."""
    return frozenset(notes(Team)) - _APART - frozenset(() if may(actor, Right.DECIDE) else CHAIRS_OWN)
