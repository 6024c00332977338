"""Documents of cases: composing, looking at, releasing and filing them; the casuskaart."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bren_desktop import logs
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.letters import Letter, LetterRequest, PaperRequest, content, kept_letter, request_of
from bren_desktop.domain.papers.consultation import CONSULTATION
from bren_desktop.domain.papers.kind import PaperKind
from bren_desktop.domain.papers.kinds import paper
from bren_desktop.domain.records import CASE_SHEET, FiledDocument, Team
from bren_desktop.domain.rights import Right, may, require
from bren_desktop.domain.sharing import Verdict, require_consent
from bren_desktop.errors import InvalidInputError, MissingConsentError, NotAllowedError, NotFoundError
from bren_desktop.services.case_sheet import CaseSheet
from bren_desktop.services.case_sheet import compose as compose_sheet
from bren_desktop.services.composing import Order, compose, fitting, judge, read_ahead, read_sources
from bren_desktop.services.consents import given
from bren_desktop.services.context import Context, author
from bren_desktop.services.doubles import goes_on_in
from bren_desktop.services.loading import load, writable
from bren_desktop.services.numbers import make_lasting, next_reference
from bren_desktop.services.ports import Reader
from bren_desktop.services.readlog import Leaving
from bren_desktop.services.releasing import (
    channel_of,
    must_be_complete,
    must_fit,
    must_not_be_withdrawn,
    must_release,
)
from bren_desktop.services.sheets import MadeSheet, filed_sheet, made, reference_of

_NOTHING_MADE = "Er is geen brief gemaakt. Een brief zonder naam kan wel."
_KEPT = "{reden} De brief is niet vrijgegeven en niet verzonden. Hij staat als concept bij de casus: {kenmerk}."
_NOTHING_FILED = "Er is niets opgeborgen."
_STAYS = "Het document gaat niet naar buiten; het blijft bij de casus staan."
_log = logging.getLogger(__name__)


class LetterRenderer(Protocol):
    """What turns letters into PDF."""

    def letter(self, letter: Letter, team: Team, logo: bytes | None) -> bytes: ...
    def cut(self, letter: Letter) -> tuple[str, ...]: ...
    def case_sheet(self, sheet: CaseSheet, team: Team) -> bytes: ...


class TeamSource(Protocol):
    """How the acting person's team presents itself."""

    def get(self, actor: Actor) -> Team: ...
    def logo(self, actor: Actor) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class FiledLetter:
    """A letter as it was filed. `missing` names the mandatory blocks that a concept still lacks."""

    entity: str
    kenmerk: str
    pdf: bytes
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """A concept to go on with: what it is about, and what was filled in, as a draft holds it."""

    kind: PaperKind
    case: str
    expert: str
    fields: Mapping[str, object]


class Letters:
    """The letters and case sheets of one profile."""

    def __init__(self, context: Context, renderer: LetterRenderer, team: TeamSource) -> None:
        self._context = context
        self._renderer = renderer
        self._team = team

    def kinds(self, actor: Actor, case_entity: str) -> Sequence[PaperKind]:
        """The kinds of document that make sense for a case as it is now; a consultatievraag asks a pareltje first."""
        require(actor, Right.MAKE_LETTER)
        team = self._team.get(actor)
        with self._context.read(actor) as reader:
            if goes_on_in(reader, case_entity) != case_entity:
                return ()
            found = fitting(reader, case_entity, team, actor, self._context.today())
        return [kind for kind in found if kind is not CONSULTATION]

    def prepare(self, actor: Actor, case_entity: str, expert_entity: str, request: LetterRequest) -> Letter:
        """The consultatievraag as it would be made now."""
        return self._prepared(actor, Order(CONSULTATION, case_entity, request, expert_entity))

    def prepare_paper(self, actor: Actor, kind: str, case_entity: str, request: PaperRequest) -> Letter:
        """Another document as it would be made now; `kind` is the key of one of `kinds`."""
        return self._prepared(actor, Order(paper(kind), case_entity, request))

    def _prepared(self, actor: Actor, order: Order) -> Letter:
        """Raises MissingConsentError for an identifying document without consent, and InvalidInputError."""
        require(actor, Right.MAKE_LETTER)
        team, today = self._team.get(actor), self._context.today()
        with self._context.store.write(author(actor)) as writer:
            writable(writer, Kind.CASE, order.case)
            _must_go_on_here(writer, order.case)
            case = load(writer, Kind.CASE, Case, order.case)
            share = None
            if order.request.identificerend and order.kind.purpose:
                share = self._may_share(writer, order.kind, order.case, order.expert)
            sources = read_sources(writer, order, team, actor, today, share)
            letter = compose(order, sources, actor, team, next_reference(writer, actor, order.case, case))
            entry = self._context.read_entry(actor, "brief voorbereiden", Kind.CASE, order.case)
            writer.log_read([entry])
        return letter

    def preview(self, actor: Actor, letter: Letter) -> bytes:
        """The pages as they would be filed, as a concept. Nothing is kept."""
        require(actor, Right.MAKE_LETTER)
        with self._context.read(actor) as reader:
            self._check_letter(reader, letter)
        return self._renderer.letter(letter, self._team.get(actor), self._team.logo(actor))

    def cut(self, actor: Actor, letter: Letter) -> Sequence[str]:
        """The headings of the blocks that lose text because the letter is too long for its pages."""
        require(actor, Right.MAKE_LETTER)
        return letter.headings_of(self._renderer.cut(letter))

    def file(
        self, actor: Actor, letter: Letter, *, release: bool, channel: str = "", despite_withdrawal: bool = False
    ) -> FiledLetter:
        """Make the PDF and file it with the case; released, or as a concept.

        Raises NotAllowedError or InvalidInputError (a released letter with gaps); nothing is filed then. Consent is
        judged at this moment: where it no longer holds the letter becomes a concept, as MissingConsentError says.
        One without a name needs none; was it withdrawn, then WithdrawnConsentError asks to release it
        `despite_withdrawal`.
        """
        with logs.timed(_log, "letter") as facts:
            try:
                filed = self._filed(actor, letter, release, channel, despite_withdrawal)
            except MissingConsentError as error:
                concept = self._filed(actor, letter, release=False, channel=channel)
                raise MissingConsentError(_KEPT, **{**error.values, "kenmerk": concept.kenmerk}) from error
            facts.update(released=release, identifying=letter.identifying, missing=len(filed.missing))
        return filed

    def _filed(
        self, actor: Actor, letter: Letter, release: bool, channel: str, despite_withdrawal: bool = False
    ) -> FiledLetter:
        require(actor, Right.MAKE_LETTER)
        team, logo = self._team.get(actor), self._team.logo(actor)
        if release:
            must_release(actor, team, paper(letter.kind))
            must_be_complete(letter)
            must_fit(letter, self._renderer.cut(letter))
        sent_by = channel_of(channel, letter)
        with self._context.store.write(author(actor)) as writer:
            case = load(writer, Kind.CASE, Case, letter.case)
            if release:
                self._check_letter(writer, letter)
                if not despite_withdrawal:
                    self._check_withdrawal(writer, letter)
                team_entity = self._context.store.entity_for(Kind.TEAM, actor.team)
                case = make_lasting(writer, actor, letter.case, team_entity, self._context.today().year)
            final = replace(
                letter,
                kenmerk=next_reference(writer, actor, letter.case, case),
                date=self._context.today(),
                released_by=actor.name if release else "",
            )
            pdf = self._renderer.letter(final, team, logo)
            entity = self._context.store.new_entity()
            filed = _record(final, sent_by, writer.put_attachment(pdf))
            writer.write(Kind.DOCUMENT, entity, flatten(filed))
            action = "brief vrijgeven" if release else "brief maken"
            writer.log_read([self._context.read_entry(actor, action, Kind.CASE, letter.case, final.kenmerk)])
        return FiledLetter(entity, final.kenmerk, pdf, final.missing)

    def pdf(self, actor: Actor, document_entity: str) -> bytes:
        """The bytes of a filed document; the reading is logged with its case."""
        require(actor, Right.READ_CASE)
        with self._context.store.write(author(actor)) as writer:
            filed = load(writer, Kind.DOCUMENT, FiledDocument, document_entity)
            data = writer.attachment(filed.pdf)
            entry = self._context.read_entry(actor, "document lezen", Kind.CASE, filed.casus, filed.kenmerk)
            writer.log_read([entry])
        if data is None:
            raise NotFoundError("Het bestand van dit document staat niet op deze computer.")
        return data

    def begun(self, actor: Actor, document_entity: str) -> Begun:
        """What somebody filed as a concept, for who goes on with it or releases it. The reading is logged."""
        require(actor, Right.MAKE_LETTER)
        with self._context.store.write(author(actor)) as writer:
            filed = load(writer, Kind.DOCUMENT, FiledDocument, document_entity)
            if filed.vrijgegeven_door:
                raise InvalidInputError(
                    "Dit document is vrijgegeven en blijft zoals het is. Maak zo nodig een nieuw document.",
                    field="vrijgegeven_door",
                )
            entry = self._context.read_entry(actor, "document lezen", Kind.CASE, filed.casus, filed.kenmerk)
            writer.log_read([entry])
        kind = _letter_kind(filed)
        fields = request_of(kept_letter(filed.inhoud), kind.editable)
        return Begun(kind, filed.casus, filed.expert, fields)

    def check_leaving(self, actor: Actor, document_entity: str) -> None:
        """Raise where a document may not go to its recipient today: MissingConsentError, or NotAllowedError by age.

        Ask before each way out.
        """
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            filed = load(reader, Kind.DOCUMENT, FiledDocument, document_entity)
            kind = _letter_kind(filed)
            self._may_go(reader, kind, filed.casus, _STAYS)
            if filed.identificerend and kind.purpose:
                self._may_share(reader, kind, filed.casus, filed.expert, _STAYS)

    def case_sheet(self, actor: Actor, case_entity: str) -> MadeSheet:
        """The casuskaart of a case: at most two pages, without the name of the young person. Nothing is filed yet."""
        require(actor, Right.READ_CASE)
        team = self._team.get(actor)
        with self._context.store.write(author(actor)) as writer:
            writable(writer, Kind.CASE, case_entity)
            case = load(writer, Kind.CASE, Case, case_entity)
            consents, ahead = given(writer, case_entity), read_ahead(writer, case_entity)
            writer.log_read([self._context.read_entry(actor, "casuskaart maken", Kind.CASE, case_entity)])
        sheet = compose_sheet(case, consents, actor.name, self._context.today(), ahead)
        return made(case_entity, sheet, self._renderer.case_sheet(sheet, team))

    def sheet_left(self, actor: Actor, sheet: MadeSheet, way: Leaving) -> str:
        """File a casuskaart that was printed or saved, and log it; its kenmerk, or nothing where it was not filed.

        The same content on the same day is filed once. Who only reads files nothing: colleagues take no document in.
        """
        require(actor, Right.READ_CASE)
        with self._context.store.write(author(actor)) as writer:
            kenmerk = reference_of(writer, sheet)
            if not kenmerk and may(actor, Right.MAKE_LETTER):
                document = filed_sheet(writer, actor, sheet)
                writer.write(Kind.DOCUMENT, self._context.store.new_entity(), flatten(document))
                kenmerk = document.kenmerk
            about = kenmerk or f"{CASE_SHEET} {sheet.nummer}"
            writer.log_read([self._context.read_entry(actor, way, Kind.CASE, sheet.case, about)])
        return kenmerk

    def _check_letter(self, reader: Reader, letter: Letter) -> None:
        kind = paper(letter.kind)
        self._may_go(reader, kind, letter.case, _NOTHING_FILED)
        if letter.identifying and kind.purpose:
            self._may_share(reader, kind, letter.case, letter.expert)

    def _check_withdrawal(self, reader: Reader, letter: Letter) -> None:
        kind = paper(letter.kind)
        if kind.purpose and not letter.identifying:
            must_not_be_withdrawn(judge(reader, kind, letter.case, letter.expert, self._context.today()))

    def _may_go(self, reader: Reader, kind: PaperKind, case: str, consequence: str) -> None:
        why = kind.withheld(load(reader, Kind.CASE, Case, case), self._context.today())
        if why:
            raise NotAllowedError("{reden} {gevolg}", reden=why, gevolg=consequence)

    def _may_share(
        self, reader: Reader, kind: PaperKind, case: str, expert: str, consequence: str = _NOTHING_MADE
    ) -> Verdict:
        return require_consent(judge(reader, kind, case, expert, self._context.today()), consequence)


def _letter_kind(filed: FiledDocument) -> PaperKind:
    """What kind of letter it is. Raises InvalidInputError for a casuskaart."""
    if filed.is_sheet:
        raise InvalidInputError(
            "De casuskaart is een pdf voor eigen gebruik. Bewerken of versturen kan niet; maak zo nodig een nieuwe.",
            field="soort",
        )
    return paper(filed.soort)


def _must_go_on_here(reader: Reader, case: str) -> None:
    if (into := goes_on_in(reader, case)) != case:
        raise InvalidInputError(
            "Deze casus is samengevoegd met casus {nummer}. Maak het document daar.",
            field="soort",
            nummer=load(reader, Kind.CASE, Case, into).nummer,
        )


def _record(letter: Letter, channel: str, digest: str) -> FiledDocument:
    return FiledDocument(
        casus=letter.case,
        expert=letter.expert,
        soort=letter.title,
        kenmerk=letter.kenmerk,
        datum=letter.date,
        gemaakt_door=letter.made_by,
        vrijgegeven_door=letter.released_by,
        identificerend=letter.identifying,
        kanaal=channel,
        inhoud=json.dumps(content(letter), ensure_ascii=False, sort_keys=True),
        pdf=digest,
    )
