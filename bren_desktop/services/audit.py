"""The read log as NEN 7513 wants it: what is stored of an event, with the codes and fields of that norm.

A pure mapping. Names and codes are those of RFC 3881 and DICOM PS3.15, which NEN 7513 builds on; the one who is in
the file is named by the random id of the case only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from bren_desktop.domain.actors import Role
from bren_desktop.domain.rights import SCOPES, Scope
from bren_desktop.services.rows import ReadEntry

EMERGENCY, COPIED = "noodtoegang", "inzage-export maken"
RECORDED, AMENDED, SETTLED, ASSIGNED = "vastgelegd", "gewijzigd", "versie gekozen", "toewijzen"
"""What the operations themselves tell."""
HANDED_OVER, TAKEN_OVER, LOOKED_INTO = "overdragen", "overnemen", "overgedragen casus bekijken"
_SUCCESS, _FAILURE = "0", "8"
_MACHINE = "1"
_DISPLAY = "1"
"""An end-user interface, as RFC 3881 numbers kinds of sources."""


class Meaning(NamedTuple):
    """What an action means: action code, event, type of event, life cycle of what it touched, and plain words.

    `words` follow the name of a person: "Vera Voorbeeld … de casus".
    """

    code: str
    event: str
    type: str
    life_cycle: str
    words: str
    outcome: str = _SUCCESS


_RECORD, _QUERY, _EXPORT, _IMPORT, _SECURITY = "110110", "110112", "110106", "110107", "110113"
_LOGIN, _USED_LOG = "110114", "110101"
_READ, _OUT, _MADE, _CHANGED, _ERASED = "6", "10", "1", "3", "15"
ACTIONS: Mapping[str, Meaning] = {
    "aanmelden": Meaning("E", _LOGIN, "110122", "", "opende het programma"),
    "aanmelden mislukt": Meaning("E", _LOGIN, "110122", "", "gaf een verkeerde wachtzin", _FAILURE),
    "afmelden": Meaning("E", _LOGIN, "110123", "", "sloot het programma"),
    "lezen": Meaning("R", _RECORD, _RECORD, _READ, "bekeek de casus"),
    "openen": Meaning("R", _RECORD, _RECORD, _READ, "bekeek de casus"),
    "geweigerd": Meaning("R", _RECORD, _RECORD, _READ, "wilde de casus openen en mocht dat niet", _FAILURE),
    "lijst bekijken": Meaning("R", _QUERY, _QUERY, _READ, "bekeek de lijst met casussen"),
    "zoeken": Meaning("E", _QUERY, _QUERY, _READ, "zocht in de casussen"),
    "documenten bekijken": Meaning("R", _QUERY, _QUERY, _READ, "bekeek de lijst met documenten"),
    "document lezen": Meaning("R", _RECORD, _RECORD, _READ, "las een brief of document"),
    "bijlage lezen": Meaning("R", _RECORD, _RECORD, _READ, "bekeek een bijlage"),
    "versies bekijken": Meaning("R", _RECORD, _RECORD, _READ, "bekeek verschillen tussen wat collega's schreven"),
    "matchen": Meaning("R", _RECORD, _RECORD, _READ, "zocht een deskundige bij de casus"),
    "vergelijken": Meaning("R", _RECORD, _RECORD, _READ, "zocht casussen die op elkaar lijken"),
    "brief voorbereiden": Meaning("R", _RECORD, _RECORD, _READ, "bereidde een brief voor"),
    "brief maken": Meaning("C", _RECORD, _RECORD, _MADE, "maakte een brief"),
    "brief vrijgeven": Meaning("E", _EXPORT, _EXPORT, _OUT, "gaf een brief vrij om te versturen"),
    "delen zonder toestemming": Meaning("E", _EXPORT, _EXPORT, "11", "besloot te delen zonder toestemming"),
    "casuskaart maken": Meaning("R", _RECORD, _RECORD, "9", "maakte een casuskaart"),
    "afdrukken": Meaning("E", _EXPORT, _EXPORT, _OUT, "drukte een document af"),
    "opslaan als bestand": Meaning("E", _EXPORT, _EXPORT, _OUT, "bewaarde een document als bestand"),
    "opslaan als Word-bestand": Meaning("E", _EXPORT, _EXPORT, _OUT, "bewaarde een document als Word-bestand"),
    "e-mailconcept maken": Meaning("E", _EXPORT, _EXPORT, _OUT, "maakte een e-mail met een document"),
    "pdf met wachtwoord maken": Meaning("E", _EXPORT, _EXPORT, _OUT, "bewaarde een document met een wachtwoord"),
    "export": Meaning("E", _EXPORT, _EXPORT, _OUT, "exporteerde de casus naar een bestand"),
    "exporteren": Meaning("E", _EXPORT, _EXPORT, _OUT, "zette termijnen in een agenda"),
    COPIED: Meaning("E", _EXPORT, _EXPORT, _OUT, "maakte een kopie van het dossier voor het gezin"),
    HANDED_OVER: Meaning("E", _EXPORT, _EXPORT, _OUT, "droeg de casus over aan een ander team"),
    TAKEN_OVER: Meaning("C", _IMPORT, _IMPORT, _MADE, "nam de casus over van een ander team"),
    LOOKED_INTO: Meaning("R", _IMPORT, _IMPORT, _READ, "bekeek wat een ander team overdroeg"),
    "logboek bekijken": Meaning("R", _USED_LOG, _USED_LOG, _READ, "bekeek wie de casus heeft gezien"),
    "logboek exporteren": Meaning("E", _USED_LOG, _USED_LOG, _OUT, "bewaarde dit overzicht als bestand"),
    ASSIGNED: Meaning("U", _SECURITY, "110137", _CHANGED, "wijzigde aan wie de casus is toegewezen"),
    EMERGENCY: Meaning("E", _SECURITY, "110127", _READ, "opende de casus met noodtoegang"),
    "verzoeken bekijken": Meaning("R", _QUERY, _QUERY, _READ, "bekeek wat het gezin vroeg"),
    "noodtoegang bekijken": Meaning("R", _USED_LOG, _USED_LOG, _READ, "bekeek waar noodtoegang is gebruikt"),
    "noodtoegang beoordelen": Meaning("U", _SECURITY, _SECURITY, _CHANGED, "beoordeelde een noodtoegang"),
    "rol wijzigen": Meaning("U", _SECURITY, "110136", "", "gaf een collega een andere rol"),
    "rol gekregen": Meaning("U", _SECURITY, "110136", "", "kreeg een andere rol"),
    "laptop toelaten": Meaning("C", _SECURITY, "110137", "", "liet een laptop toe"),
    "laptop uitsluiten": Meaning("D", _SECURITY, "110137", "", "sloot een laptop uit"),
    "wissen": Meaning("D", _RECORD, "110105", _ERASED, "liet de casus wissen"),
    "synchroniseren": Meaning("E", _EXPORT, "110103", _OUT, "wisselde wijzigingen uit met collega's"),
    RECORDED: Meaning("C", _RECORD, _RECORD, _MADE, "legde iets vast"),
    AMENDED: Meaning("U", _RECORD, _RECORD, _CHANGED, "werkte de casus bij"),
    SETTLED: Meaning("U", _RECORD, _RECORD, _CHANGED, "koos tussen wat collega's schreven"),
}
"""Every action that the program logs."""


def meaning(action: str) -> Meaning:
    """What an action means; one of a newer version of the program is a reading of the record."""
    return ACTIONS.get(action) or Meaning("R", _RECORD, _RECORD, _READ, action)


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One event. The fields have the names of the norm, so that an export needs no key."""

    EventActionCode: str
    EventDateTime: str
    EventDateTimeLocal: str
    EventOutcomeIndicator: str
    EventID: str
    EventTypeCode: str
    UserID: str
    UserName: str
    UserIsRequestor: str
    RoleIDCode: str
    PurposeOfUse: str
    NetworkAccessPointTypeCode: str
    NetworkAccessPointID: str
    ParticipantObjectTypeCode: str
    ParticipantObjectTypeCodeRole: str
    ParticipantObjectDataLifeCycle: str
    ParticipantObjectIDTypeCode: str
    ParticipantObjectID: str
    ParticipantObjectDetail: str
    AuditEnterpriseSiteID: str
    AuditSourceID: str
    AuditSourceTypeCode: str
    Behandelrelatie: str


def event(entry: ReadEntry, site: str) -> AuditEvent:
    """An entry of the log of the team `site` in the terms of the norm."""
    means = meaning(entry.action)
    at = datetime.fromtimestamp(entry.at_ms / 1000, tz=UTC)
    about_case = bool(entry.entity)
    return AuditEvent(
        EventActionCode=means.code,
        EventDateTime=at.isoformat(timespec="milliseconds"),
        EventDateTimeLocal=at.astimezone().isoformat(timespec="milliseconds"),
        EventOutcomeIndicator=means.outcome,
        EventID=means.event,
        EventTypeCode=means.type,
        UserID=entry.person,
        UserName=entry.name,
        UserIsRequestor="true",
        RoleIDCode=entry.role,
        PurposeOfUse=purpose(entry),
        NetworkAccessPointTypeCode=_MACHINE,
        NetworkAccessPointID=entry.device,
        ParticipantObjectTypeCode="1" if about_case else "2",
        ParticipantObjectTypeCodeRole="1" if about_case else "13",
        ParticipantObjectDataLifeCycle=means.life_cycle,
        ParticipantObjectIDTypeCode="2" if about_case else "12",
        ParticipantObjectID=entry.entity or entry.kind,
        ParticipantObjectDetail=entry.detail,
        AuditEnterpriseSiteID=site,
        AuditSourceID=entry.origin or entry.device,
        AuditSourceTypeCode=_DISPLAY,
        Behandelrelatie=_relation(entry),
    )


def purpose(entry: ReadEntry) -> str:
    """What it was for, as a code of HL7's list of purposes: emergency, supervision by the privacy officer, or care."""
    if entry.action == EMERGENCY:
        return "ETREAT"
    if entry.role == Role.PRIVACY or meaning(entry.action).event == _USED_LOG:
        return "HCOMPL"
    return "HOPERAT" if entry.role == Role.IT else "TREAT"


def _relation(entry: ReadEntry) -> str:
    """How the person stands to the case: by the role in the team, or assigned to it."""
    if not entry.entity or entry.role not in SCOPES:
        return ""
    if entry.action == EMERGENCY:
        return "noodtoegang"
    return "toegewezen of open voor het team" if SCOPES[Role(entry.role)] is Scope.ASSIGNED else "rol in het team"
