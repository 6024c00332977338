"""`bren request`: what a family asks of its file, without a screen."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from glob import escape
from pathlib import Path

from bren_desktop.cli.backup_commands import erasure
from bren_desktop.cli.files import TakenNameError, is_folder, writing_new
from bren_desktop.cli.output import show
from bren_desktop.cli.session import unlocked
from bren_desktop.domain.requests import Request
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError, NotFoundError, UserFacingError
from bren_desktop.services.context import local_day
from bren_desktop.services.parsing import parse_strict
from bren_desktop.services.requests import Listed, MadeCertificate
from bren_desktop.wiring import WallClock

_UNREAD = (
    "Niemand heeft deze kopie doorgelezen. Alleen namen van anderen en contactgegevens die het programma herkent, zijn "
    "zwart gemaakt. Lees haar eerst door voordat u haar geeft."
)


def inzage(options: Namespace) -> None:
    """Write the copy of a case as PDF and JSON, with its attachments, and say whether anybody read it through."""
    folder = _folder(options.out)
    with unlocked(options) as workspace:
        name = workspace.file_copies.kenmerk(workspace.actor, options.case).replace("/", "-")
        if any(folder.glob(f"{escape(name)}*")):
            raise TakenNameError
        made = workspace.file_copies.make(workspace.actor, options.case)
    files = {folder / f"{name}{ending}": data for ending, data in made.files.items()}
    for path, data in files.items():
        with writing_new(path) as file:
            file.write(data)
    result: dict[str, object] = {
        "kenmerk": made.kenmerk,
        "bestanden": [str(path.resolve()) for path in files],
        "doorgelezen_door": made.read_by or None,
    }
    show(options, result if made.read_by else {**result, "let_op": _UNREAD})


def extend(options: Namespace) -> None:
    """Record that who asked was told that it takes two months longer, and why."""
    today = local_day(WallClock().now_ms())
    told = {
        "verlengd_op": options.on or today.isoformat(),
        "verlengd_vorm": options.how,
        "verlengd_reden": options.reason,
    }
    extension = parse_strict(Request, told, today=today)
    with unlocked(options) as workspace:
        case = workspace.cases.open(workspace.actor, options.case).entity
        entity = _waiting(workspace.requests.of(workspace.actor, case), options.request)
        workspace.requests.extend(workspace.actor, entity, extension)
        [listed] = [each for each in workspace.requests.of(workspace.actor, case) if each.entity == entity]
    show(options, {"id": entity, "uiterlijk": listed.deadline.due.isoformat() if listed.deadline else None})


def destroy(options: Namespace) -> None:
    """One half of destroying a case; the other half also gets the verklaring, which is kept nowhere else."""
    folder = _folder(options.out or ".")
    with unlocked(options) as workspace:
        certificate = workspace.requests.certificate(workspace.actor, options.case, options.getuige)
        path = _kept(folder, certificate) if certificate else None
        try:
            erased = workspace.requests.destroy(workspace.actor, options.case, options.getuige)
        except UserFacingError:
            if path and certificate and workspace.cases.row(workspace.actor, certificate.case):
                path.unlink()
            raise
        result = erasure(erased, workspace.actor.role)
    show(options, {**result, "verklaring": str(path.resolve()) if path else None})


def _waiting(requests: Sequence[Listed], wanted: str | None) -> str:
    """The request that is meant: by name, or the only one whose term can be extended."""
    if wanted:
        if wanted not in {each.entity for each in requests}:
            raise NotFoundError("Deze casus heeft geen verzoek met dit kenmerk. Er is niets veranderd.")
        return wanted
    extendable = [each for each in requests if each.request.may_take_longer]
    if not extendable:
        raise NotFoundError("Deze casus heeft geen verzoek waarvan de termijn verlengd kan worden.")
    if len(extendable) > 1:
        names = ", ".join(f"{each.entity} ({_sort(each)})" for each in extendable)
        raise InvalidInputError("Er lopen meer verzoeken. Kies er een met --request: {names}.", names=names)
    return extendable[0].entity


def _sort(listed: Listed) -> str:
    return vocabulary("soorten_verzoek").label(listed.request.soort)


def _folder(path: str) -> Path:
    folder = Path(path)
    if not is_folder(folder):
        raise NotFoundError("De map om in op te slaan bestaat niet. Er is niets gedaan. Kies een andere map.")
    return folder


def _kept(folder: Path, certificate: MadeCertificate) -> Path:
    path = folder / certificate.name
    with writing_new(path) as file:
        file.write(certificate.pdf)
    return path
