"""`bren consent`: recording, withdrawing and listing the consents of a case."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from pydantic_core import PydanticCustomError

from bren_desktop.cli.files import read_json
from bren_desktop.cli.output import show
from bren_desktop.cli.session import unlocked
from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.purposes import Standing
from bren_desktop.domain.sharing import is_valid, purposes_left
from bren_desktop.domain.values import parse_day
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.context import local_day
from bren_desktop.services.exporting import exchange_row
from bren_desktop.services.parsing import parse_strict
from bren_desktop.wiring import WallClock

_LARGEST_FILE = 2_000_000


def add(options: Namespace) -> None:
    """Record a consent from a JSON file, and say what may be shared then."""
    raw = read_json(options.file, _LARGEST_FILE)
    if not isinstance(raw, dict):
        raise InvalidInputError("Het bestand moet één JSON-object bevatten.")
    consent = parse_strict(Consent, raw, today=local_day(WallClock().now_ms()))
    with unlocked(options) as workspace:
        case = workspace.cases.open(workspace.actor, options.case).entity
        entity = workspace.consents.add(workspace.actor, case, consent)
        standings = workspace.consents.standings(workspace.actor, case)
    show(options, {"id": entity, "doelen": [_standing(each) for each in standings if each.purpose in consent.doelen]})


def withdraw(options: Namespace) -> None:
    """Record that a consent was withdrawn, today unless a day is given."""
    day = _day(options.on) if options.on else local_day(WallClock().now_ms())
    with unlocked(options) as workspace:
        case = workspace.cases.open(workspace.actor, options.case).entity
        if options.consent not in dict(workspace.consents.of(workspace.actor, case)):
            raise InvalidInputError("Deze casus heeft geen toestemming met dit kenmerk. Er is niets veranderd.")
        workspace.consents.withdraw(workspace.actor, options.consent, day, options.by)
        standings = workspace.consents.standings(workspace.actor, case)
    show(options, {"id": options.consent, "doelen": [_standing(each) for each in standings]})


def list_consents(options: Namespace) -> None:
    """How the case stands today for every purpose, and every consent that was ever given."""
    with unlocked(options) as workspace:
        opened, today = workspace.cases.open(workspace.actor, options.case), workspace.context.today()
        consents = workspace.consents.of(workspace.actor, opened.entity)
        standings = workspace.consents.standings(workspace.actor, opened.entity)
        prompts = workspace.consents.prompts(workspace.actor, opened.entity)
    given = [consent for _, consent in consents]
    found = {
        "doelen": [_standing(each) for each in standings],
        "opnieuw_vragen": [{"doel": each.purpose, "voor": each.due.isoformat()} for each in prompts],
        "toestemmingen": [
            {**exchange_row(entity, consent), "geldig_vandaag": bool(_still_for(consent, given, opened.case, today))}
            for entity, consent in consents
        ],
    }
    show(options, found)


def _still_for(consent: Consent, given: Sequence[Consent], case: Case, day: date) -> Sequence[str]:
    """The purposes for which it holds by itself on `day`."""
    return purposes_left(consent, given, day) if is_valid(consent, case, day) else ()


def _standing(standing: Standing) -> dict[str, object]:
    found = standing.verdict
    return {
        "doel": standing.purpose,
        "label": vocabulary("toestemmingsdoelen").label(standing.purpose),
        "mag": found.allowed,
        "stand": found.state.value,
        "uitleg": found.sentence,
        "tot": found.until.isoformat() if found.until and found.allowed else None,
        "ontbreekt": list(found.missing),
        "alleen_voor": list(standing.names),
    }


def _day(text: str) -> date:
    try:
        day = parse_day(text)
    except PydanticCustomError as error:
        raise InvalidInputError("{reden}", field="on", reden=str(error)) from error
    if not isinstance(day, date):
        raise InvalidInputError("Geef de dag zoals 2026-11-22.", field="on")
    return day
