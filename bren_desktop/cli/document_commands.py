"""`bren document`: any document of a case, filed with it and written to a file, as the window does."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from bren_desktop.cli.files import read_object
from bren_desktop.cli.output import show
from bren_desktop.cli.secrets import first_line
from bren_desktop.cli.session import unlocked
from bren_desktop.domain.letters import Letter, LetterRequest, PaperRequest, parse_paper_request
from bren_desktop.domain.papers.consultation import CONSULTATION
from bren_desktop.errors import InvalidInputError
from bren_desktop.exchange.target import writing
from bren_desktop.services.letters import FiledLetter
from bren_desktop.services.readlog import Leaving
from bren_desktop.services.workspace import Workspace

CASE_SHEET = "casuskaart"
PDF, WORD, MAIL = ".pdf", ".docx", ".eml"
_LARGEST_FILE = 20_000_000


def document(options: Namespace) -> None:
    """Make a document of a case, a concept or released, in the form that the name of the file asks for."""
    target = Path(options.out)
    password = first_line(Path(options.password_file)) if options.password_file else ""
    _check_form(target.suffix.lower(), password, released=options.release)
    with unlocked(options) as workspace:
        if target.suffix.lower() in (WORD, MAIL):
            workspace.outgoing.check_plain(workspace.actor)
        case = workspace.cases.open(workspace.actor, options.case).entity
        make = _sheet if options.kind == CASE_SHEET else _paper
        with writing(target) as file:
            data, result = make(workspace, case, options, password)
            file.write(data)
    show(options, {"path": str(target.resolve()), **result})


def _check_form(form: str, password: str, *, released: bool) -> None:
    if form not in (PDF, WORD, MAIL) or (password and form != PDF):
        raise InvalidInputError(
            "Geef het bestand een naam die eindigt op .pdf, .docx of .eml. Een wachtwoord kan alleen op een pdf. "
            "Er is niets gemaakt.",
            field="out",
        )
    if not released and (password or form == MAIL):
        raise InvalidInputError(
            "Een e-mailconcept of een pdf met wachtwoord kan alleen van een vrijgegeven document: voeg --release toe. "
            "Er is niets gemaakt.",
            field="release",
        )


def _sheet(workspace: Workspace, case: str, options: Namespace, password: str) -> tuple[bytes, dict[str, object]]:
    if options.release or password or not options.out.lower().endswith(PDF):
        raise InvalidInputError("De casuskaart is een pdf voor eigen gebruik, zonder vrijgave of wachtwoord.")
    sheet = workspace.letters.case_sheet(workspace.actor, case)
    return sheet.pdf, {"kenmerk": workspace.letters.sheet_left(workspace.actor, sheet, Leaving.SAVED)}


def _paper(workspace: Workspace, case: str, options: Namespace, password: str) -> tuple[bytes, dict[str, object]]:
    letter = _prepared(workspace, case, options)
    filed = workspace.letters.file(
        workspace.actor, letter, release=options.release, despite_withdrawal=options.despite_withdrawal
    )
    data = _in_form(workspace, case, filed, Path(options.out).suffix.lower(), password)
    return data, {"kenmerk": filed.kenmerk, "missing": list(filed.missing)}


def _prepared(workspace: Workspace, case: str, options: Namespace) -> Letter:
    raw = dict(read_object(options.file, _LARGEST_FILE)) if options.file else {}
    actor, letters = workspace.actor, workspace.letters
    if options.kind != CONSULTATION.key:
        raw |= {"ontvanger": "\n".join(options.to)} if options.to else {}
        return letters.prepare_paper(actor, options.kind, case, parse_paper_request(raw, PaperRequest))
    if len(options.to) != 1:
        raise InvalidInputError("Noem met --to één keer het pareltje aan wie de vraag gaat.", field="to")
    expert = workspace.pool.open(actor, options.to[0]).entity
    return letters.prepare(actor, case, expert, parse_paper_request(raw, LetterRequest))


def _in_form(workspace: Workspace, case: str, filed: FiledLetter, form: str, password: str) -> bytes:
    """What leaves the program; consent is judged once more, and each way out is logged."""
    actor, outgoing = workspace.actor, workspace.outgoing
    if form == WORD:
        return outgoing.word(actor, filed.entity)
    if form == MAIL:
        return outgoing.mail(actor, filed.entity)
    if password:
        return outgoing.protected(actor, filed.entity, password).pdf
    workspace.letters.check_leaving(actor, filed.entity)
    workspace.readlog.note_leaving(actor, case, Leaving.SAVED, filed.kenmerk)
    return filed.pdf
