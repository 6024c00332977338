"""A case to another team and from one: the package of `bren case move CASE overgedragen`, and `bren case accept`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from bren_desktop.cli import steps
from bren_desktop.cli.files import read_file, writing_new
from bren_desktop.cli.output import show
from bren_desktop.cli.session import unlocked
from bren_desktop.crypto.packages import LARGEST_FILE
from bren_desktop.domain.fields import Shape, neutral
from bren_desktop.domain.records import Record
from bren_desktop.domain.states import State
from bren_desktop.domain.values import Line, Text, Words
from bren_desktop.errors import InvalidInputError, NotFoundError, UserFacingError
from bren_desktop.services.context import local_day
from bren_desktop.services.handing_over import NotWrittenError, Recipient, package_name
from bren_desktop.services.parsing import parse_strict
from bren_desktop.services.taking_over import Offered
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import WallClock

HAND_OVER = "overdracht"


class Said(Record):
    """What a file says of handing over: to which team, and in which folder the package comes."""

    team: Annotated[Line, neutral("Team", vocabulary="teams")] = ""
    map: Annotated[Line, neutral("Map")] = ""
    bijlagen: Annotated[Words, neutral("Bijlagen", shape=Shape.SET)] = ()
    strafrechtelijk_reden: Annotated[Text, neutral("Waarom strafrechtelijke gegevens meegaan")] = ""


def hand_over(options: Namespace, said: Mapping[str, object]) -> None:
    """Make the step and the package, or the package again of a case that was handed over; the code is printed once."""
    today, raw = local_day(WallClock().now_ms()), said[HAND_OVER]
    if not isinstance(raw, dict):
        raise InvalidInputError("{veld} moet een JSON-object zijn.", field=HAND_OVER, veld=HAND_OVER)
    to = parse_strict(Said, raw, today=today)
    if "doorgeleid_naar" in said:
        raise steps.filled_in("doorgeleid_naar")
    details = steps.details({name: value for name, value in said.items() if name != HAND_OVER}, today)
    path = _folder(to.map) / package_name()
    with unlocked(options) as workspace:
        opened = workspace.cases.open(workspace.actor, options.case)
        recipient = Recipient(to.team, tuple(_attachments(workspace, opened.entity, to)), to.strafrechtelijk_reden)
        handing = workspace.handing_over
        if opened.case.status == State.TRANSFERRED:
            sealed = handing.again(workspace.actor, opened.entity, recipient)
        else:
            sealed = handing.hand_over(workspace.actor, opened.entity, recipient, details)
        after = steps.where_it_is(workspace, opened.entity)
    try:
        with writing_new(path) as file:
            file.write(sealed.data)
    except UserFacingError as error:
        raise NotWrittenError(error) from error
    notice = " ".join(filter(None, (str(after.pop("let_op", "")), sealed.caution)))
    made = {**after, "bestand": str(path.resolve()), "code": sealed.code}
    show(options, {**made, "let_op": notice} if notice else made)


def accept(options: Namespace) -> None:
    """Record a case that another team handed over; with --dry-run, only say what is in the package."""
    data = read_file(options.source, LARGEST_FILE)
    with unlocked(options) as workspace:
        taking, actor = workspace.taking_over, workspace.actor
        if options.dry_run:
            show(options, _summary(taking.look(actor, data, options.code)))
            return
        case = taking.accept(actor, data, options.code)
        show(options, steps.where_it_is(workspace, case))


def _summary(offered: Offered) -> dict[str, object]:
    """What there is to judge by; full names stay inside."""
    package = offered.package
    return {
        "van": package.sender,
        "nummer_daar": package.nummer,
        "overgedragen_op": package.dag.isoformat() if package.dag else None,
        "door": package.door,
        "contact": package.contact,
        "reden": package.reden,
        "grond": package.grond,
        "initialen": offered.initials,
        "leeftijd": offered.age,
        "urgentie": offered.urgency,
        "teksten": len(package.verhaal),
        "bijlagen": list(offered.attachments),
        "bijlagen_geweigerd": list(offered.refused),
        "ontbreekt": list(offered.missing),
        "al_aangenomen_als": offered.already.nummer if offered.already else None,
        "lijkt_op": [row.nummer or row.id for row in offered.alike],
    }


def _folder(path: str) -> Path:
    folder = Path(path)
    if not path or not folder.is_dir():
        raise NotFoundError("De map voor het bestand bestaat niet. Er is niets overgedragen. Kies een andere map.")
    return folder


def _attachments(workspace: Workspace, case: str, said: Said) -> Iterator[str]:
    """The attachments that are meant by their names."""
    known = workspace.attachments.of(workspace.actor, case)
    for name in said.bijlagen:
        found = [entity for entity, attachment in known if attachment.naam == name]
        if not found:
            raise NotFoundError("Een bijlage met deze naam hangt niet bij de casus. Er is niets overgedragen.")
        yield from found
