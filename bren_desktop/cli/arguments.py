"""The words of `bren`. What each command does stands in the module of its group."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, _SubParsersAction
from functools import cache

from bren_desktop import __version__
from bren_desktop.cli import (
    backup_commands,
    case_commands,
    clock_commands,
    conflict_commands,
    consent_commands,
    device_commands,
    document_commands,
    exchange_commands,
    hand_over_commands,
    life_commands,
    profile_commands,
    request_commands,
    share_commands,
    thesaurus_commands,
    worklist_commands,
)
from bren_desktop.domain.actors import Role
from bren_desktop.domain.papers.kinds import PAPERS
from bren_desktop.domain.sharing import GROUP_OF
from bren_desktop.services.share_door import InviteTo
from bren_desktop.usage import speak_dutch

_KINDS = ("experts", "cases")
_FOUND = (*_KINDS, "documents", "discussions")
_ROLES = [role.value for role in Role]
_MOST_COUNTED = 1_000_000
"""More than a profile holds of anything."""


@cache
def parser() -> ArgumentParser:
    """The whole command line."""
    speak_dutch()
    top = ArgumentParser(prog="bren", description="BREN Desktop zonder venster.")
    top.add_argument("--version", action="version", version=f"bren {__version__}", help="laat de versie zien")
    _common(top, defaults=True)
    commands = top.add_subparsers(required=True, metavar="OPDRACHT")
    _profile_group(commands)
    _case_group(commands)
    _consent_group(commands)
    _finding(commands)
    _letter(commands)
    _document(commands)
    _request_group(commands)
    _worklist(commands)
    _exchange_group(commands)
    _thesaurus_group(commands)
    _share_group(commands)
    _conflict_group(commands)
    _device_group(commands)
    _keeping_group(commands)
    return top


def _common(target: ArgumentParser, *, defaults: bool) -> None:
    missing = None if defaults else SUPPRESS
    target.add_argument("--profile", metavar="MAP", default=missing, help="map van het profiel (of BREN_PROFILE)")
    target.add_argument(
        "--passphrase-file", metavar="BESTAND", default=missing, help="wachtwoordbestand (of BREN_PASSPHRASE_FILE)"
    )
    target.add_argument(
        "--recovery-code-file",
        metavar="BESTAND",
        default=missing,
        help="bestand met de herstelcode, om zonder het wachtwoord te openen",
    )
    target.add_argument(
        "--json", action="store_true", default=False if defaults else SUPPRESS, help="uitvoer op één regel"
    )


def _command(commands: _SubParsersAction[ArgumentParser], name: str, description: str) -> ArgumentParser:
    made = commands.add_parser(name, help=description, description=description)
    _common(made, defaults=False)
    return made


def _profile_group(commands: _SubParsersAction[ArgumentParser]) -> None:
    init = _command(commands, "init", "Maakt een profiel en toont één keer de herstelcode.")
    init.add_argument("--team", required=True, metavar="CODE", help="team of regio, zoals HGL of JZ24")
    init.add_argument("--name", required=True, metavar="NAAM")
    init.add_argument("--role", required=True, choices=_ROLES)
    init.set_defaults(run=profile_commands.init)

    demo = _command(commands, "demo", "Vult een profiel met fictieve casussen en pareltjes.")
    demo.add_argument("--cases", type=_count, default=500, metavar="N")
    demo.add_argument("--experts", type=_count, default=300, metavar="N")
    demo.add_argument("--seed", type=int, default=1, metavar="N")
    demo.set_defaults(run=profile_commands.demo)

    doctor = _command(commands, "doctor", "Controleert machine, sleutelbos, bestanden en gegevens.")
    doctor.set_defaults(run=profile_commands.doctor)


def _case_group(commands: _SubParsersAction[ArgumentParser]) -> None:
    case = _command(commands, "case", "Casussen tonen, maken en wijzigen.").add_subparsers(required=True)
    _command(case, "list", "Toont alle casussen.").set_defaults(run=case_commands.list_cases)
    show = _command(case, "show", "Toont één casus.")
    show.add_argument("case", metavar="CASUS")
    show.set_defaults(run=case_commands.show_case)
    new = _command(case, "new", "Legt een casus vast.")
    new.add_argument("--file", required=True, metavar="BESTAND")
    new.set_defaults(run=case_commands.new_case)
    change = _command(case, "set", "Wijzigt één veld van een casus.")
    for name, shown in (("case", "CASUS"), ("field", "VELD"), ("value", "WAARDE")):
        change.add_argument(name, metavar=shown)
    change.set_defaults(run=case_commands.set_field)
    _moving(case)


def _finding(commands: _SubParsersAction[ArgumentParser]) -> None:
    search = _command(commands, "search", "Zoekt in casussen, pareltjes, besprekingen en documenten.")
    search.add_argument("text", metavar="TEKST")
    search.add_argument("--in", dest="kind", choices=_FOUND, metavar="SOORT")
    search.add_argument("--only", action="append", default=[], metavar="FACET=CODE")
    search.add_argument("--facets", action="store_true")
    search.add_argument("--limit", type=_count, default=20, metavar="N")
    search.set_defaults(run=case_commands.search)

    match = _command(commands, "match", "Zoekt de pareltjes die bij een casus passen.")
    which = match.add_mutually_exclusive_group(required=True)
    which.add_argument("case", metavar="CASUS", nargs="?")
    which.add_argument("--file", metavar="BESTAND")
    match.add_argument("--limit", type=_count, default=10, metavar="N")
    match.set_defaults(run=case_commands.match)


def _letter(commands: _SubParsersAction[ArgumentParser]) -> None:
    letter = _command(commands, "letter", "Maakt een consultatievraag aan een pareltje.")
    letter.add_argument("case", metavar="CASUS")
    letter.add_argument("--expert", required=True, metavar="ID")
    letter.add_argument("--out", required=True, metavar="BESTAND")
    letter.add_argument("--file", metavar="BESTAND", help="vragen en tekst van de brief")
    _releasing(letter, "geeft de brief vrij")
    letter.set_defaults(run=case_commands.letter)


def _releasing(parser: ArgumentParser, says: str) -> None:
    parser.add_argument("--release", action="store_true", help=says)
    parser.add_argument(
        "--despite-withdrawal", action="store_true", help="ook zonder naam als de toestemming is ingetrokken"
    )


def _document(commands: _SubParsersAction[ArgumentParser]) -> None:
    made = _command(commands, "document", "Maakt een document van een casus, als pdf, Word-bestand of e-mailconcept.")
    made.add_argument("case", metavar="CASUS")
    made.add_argument("kind", choices=[*(kind.key for kind in PAPERS), document_commands.CASE_SHEET])
    made.add_argument("--out", required=True, metavar="BESTAND", help="eindigt op .pdf, .docx of .eml")
    made.add_argument(
        "--to",
        action="append",
        default=[],
        metavar="WIE",
        help="een regel van het adres; bij een consultatievraag het pareltje",
    )
    made.add_argument("--file", metavar="BESTAND", help="tekst van de blokken, aanhef en wat nog meer wordt gevraagd")
    _releasing(made, "geeft het document vrij")
    made.add_argument("--password-file", metavar="BESTAND", help="beveiligt de pdf met het wachtwoord in dit bestand")
    made.set_defaults(run=document_commands.document)


def _moving(case: _SubParsersAction[ArgumentParser]) -> None:
    move = _command(case, "move", "Brengt een casus naar een volgende status.")
    move.add_argument("case", metavar="CASUS")
    move.add_argument("state", metavar="STATUS", help="code of naam, zoals ST-TRI of 'in triage'")
    move.add_argument(
        "--file",
        metavar="BESTAND",
        help="datum, reden en wat de stap nog meer vraagt; bij overdragen ook aan welk team",
    )
    move.set_defaults(run=life_commands.move)
    accept = _command(case, "accept", "Neemt een casus aan die een ander team overdroeg.")
    accept.add_argument("--from", dest="source", required=True, metavar="BESTAND")
    accept.add_argument(
        "--code", required=True, metavar="CODE", help="de code die het andere team u door de telefoon gaf"
    )
    accept.add_argument("--dry-run", action="store_true", help="toont alleen wat erin staat")
    accept.set_defaults(run=hand_over_commands.accept)


def _consent_group(commands: _SubParsersAction[ArgumentParser]) -> None:
    consent = _command(commands, "consent", "Toestemming van een casus.")
    consent.add_argument("case", metavar="CASUS")
    what = consent.add_subparsers(required=True)
    add = _command(what, "add", "Legt een toestemming vast.")
    add.add_argument("--file", required=True, metavar="BESTAND")
    add.set_defaults(run=consent_commands.add)
    _command(what, "list", "Toont wat vandaag mag, en waarom niet.").set_defaults(run=consent_commands.list_consents)
    withdraw = _command(what, "withdraw", "Legt vast dat een toestemming is ingetrokken.")
    withdraw.add_argument("consent", metavar="TOESTEMMING", help="het kenmerk dat list toont")
    withdraw.add_argument("--by", required=True, metavar="NAAM", help="wie haar intrekt")
    withdraw.add_argument("--on", metavar="DAG", help="zonder: vandaag")
    withdraw.set_defaults(run=consent_commands.withdraw)


def _request_group(commands: _SubParsersAction[ArgumentParser]) -> None:
    request = _command(commands, "request", "Wat een gezin van zijn dossier vraagt.")
    request.add_argument("case", metavar="CASUS")
    what = request.add_subparsers(required=True)
    inzage = _command(what, "inzage", "Maakt een kopie van alles over één jeugdige, als PDF en JSON.")
    inzage.add_argument("--out", required=True, metavar="MAP")
    inzage.set_defaults(run=request_commands.inzage)
    extend = _command(what, "verleng", "Legt vast dat het beantwoorden van een verzoek twee maanden langer duurt.")
    extend.add_argument("--reason", required=True, metavar="REDEN", help="waarom, zoals verteld aan wie het vroeg")
    extend.add_argument("--how", required=True, metavar="VORM", help="hoe dat is verteld: telefoon, brief, gesprek…")
    extend.add_argument("--on", metavar="DAG", help="wanneer dat is verteld; zonder: vandaag")
    extend.add_argument("--request", metavar="VERZOEK", help="welk verzoek, als er meer lopen")
    extend.set_defaults(run=request_commands.extend)
    destroy = _command(what, "vernietig", "Vernietigt een casus op verzoek, als een tweede rol dat ook vraagt.")
    destroy.add_argument("--out", metavar="MAP", help="waar de verklaring van vernietiging komt; zonder: deze map")
    _witness(destroy)
    destroy.set_defaults(run=request_commands.destroy)


def _exchange_group(commands: _SubParsersAction[ArgumentParser]) -> None:
    for name, description, run in (
        ("import", "Leest pareltjes of casussen uit een bestand.", exchange_commands.import_file),
        ("export", "Schrijft pareltjes of casussen naar een bestand.", exchange_commands.export_file),
    ):
        made = _command(commands, name, description)
        made.add_argument("kind", choices=_KINDS)
        made.add_argument("file", metavar="BESTAND")
        made.set_defaults(run=run)
        if run is exchange_commands.export_file:
            made.add_argument(
                "--purpose", choices=[*GROUP_OF], help="alleen casussen die daarvoor gedeeld mogen worden"
            )

    clock = _command(commands, "clock", "Rekent termijnen uit een bestand na, zonder profiel.")
    clock.add_argument("--file", required=True, metavar="BESTAND")
    clock.set_defaults(run=clock_commands.clock)


def _worklist(commands: _SubParsersAction[ArgumentParser]) -> None:
    made = _command(commands, "worklist", "Toont wat op u wacht, met de termijnen.")
    made.add_argument("--ics", metavar="BESTAND", help="schrijft uw termijnen als agendabestand, zonder namen")
    made.set_defaults(run=worklist_commands.worklist)


def _thesaurus_group(commands: _SubParsersAction[ArgumentParser]) -> None:
    thesaurus = _command(commands, "thesaurus", "De begrippen van het veld.").add_subparsers(required=True)
    check = _command(thesaurus, "check", "Controleert een thesaurus en noemt het begrip dat niet klopt.")
    check.add_argument("file", metavar="BESTAND", nargs="?", help="zonder: wat in het profiel geldt, en wat niet")
    check.set_defaults(run=thesaurus_commands.check)
    bring = _command(thesaurus, "import", "Maakt van een bestand de thesaurus van het netwerk.")
    bring.add_argument("file", metavar="BESTAND")
    bring.set_defaults(run=thesaurus_commands.import_file)
    export = _command(thesaurus, "export", "Schrijft de thesaurus, met --profile die van het netwerk.")
    export.add_argument("--out", required=True, metavar="BESTAND")
    export.add_argument("--skos", action="store_true", help="als SKOS in Turtle, voor andere programma's")
    export.set_defaults(run=thesaurus_commands.export)


def _share_group(commands: _SubParsersAction[ArgumentParser]) -> None:
    share = _command(commands, "share", "Samenwerken over een gedeelde map.").add_subparsers(required=True)
    create = _command(share, "create", "Sticht het netwerk en dit team op een lege gedeelde map.")
    create.add_argument("--share", required=True, metavar="MAP")
    create.add_argument("--network", required=True, metavar="NAAM")
    create.set_defaults(run=share_commands.create)
    invite = _command(share, "invite", "Maakt een uitnodiging en toont één keer de code.")
    invite.add_argument("--out", required=True, metavar="BESTAND")
    invite.add_argument("--space", choices=[to.value for to in InviteTo], default=InviteTo.TEAM.value)
    invite.add_argument(
        "--role", choices=_ROLES, help="zonder: secretaris van uw team, of voorzitter van een eigen team"
    )
    invite.add_argument("--team", metavar="CODE", help="een van uw teams, als u er meer hebt")
    invite.set_defaults(run=share_commands.invite)
    join = _command(share, "join", "Vraagt om toelating, met een uitnodiging en de code.")
    join.add_argument("--invite", required=True, metavar="BESTAND")
    join.add_argument("--code", required=True, metavar="CODE")
    join.set_defaults(run=share_commands.join)
    approve = _command(share, "approve", "Toont wie om toelating vraagt, of laat iemand toe.")
    which = approve.add_mutually_exclusive_group()
    which.add_argument("request", metavar="VERZOEK", nargs="?")
    which.add_argument("--all", action="store_true", help="laat iedereen toe, zonder woorden te vergelijken")
    approve.set_defaults(run=share_commands.approve)
    protect = _command(share, "protect", "Geeft een casus een eigen ruimte, met alleen deze laptops en die van u.")
    protect.add_argument("case", metavar="CASUS")
    protect.add_argument("devices", metavar="LAPTOP", nargs="*")
    protect.set_defaults(run=share_commands.protect)
    _command(share, "status", "Toont hoe het met de gedeelde map staat.").set_defaults(run=share_commands.status)
    _command(share, "check", "Leest en vergelijkt elk bestand op de gedeelde map.").set_defaults(
        run=share_commands.check
    )
    _rescue_group(share)
    _command(commands, "sync", "Synchroniseert één keer.").set_defaults(run=share_commands.sync)


def _rescue_group(share: _SubParsersAction[ArgumentParser]) -> None:
    recovery = _command(share, "recovery", "Maakt vóór het stichten de twee helften van het herstel van het netwerk.")
    recovery.add_argument("--it", required=True, metavar="BESTAND", help="de helft voor IT")
    recovery.add_argument("--coordinator", required=True, metavar="BESTAND", help="de helft voor de coördinator")
    recovery.set_defaults(run=share_commands.recovery)
    recover = _command(
        share, "recover", "Haalt met beide helften terug wat dit team had op een map waar niemand in kan."
    )
    recover.add_argument("--share", required=True, metavar="MAP")
    recover.add_argument("--it", required=True, metavar="BESTAND", help="de helft van IT")
    recover.add_argument("--coordinator", required=True, metavar="BESTAND", help="de helft van de coördinator")
    recover.add_argument("--space", metavar="KENMERK", help="welke ruimte, als dit team er meer dan één keer op staat")
    recover.add_argument("--protected", action="store_true", help="alleen de beschermde casussen, in een eigen profiel")
    recover.set_defaults(run=share_commands.recover)
    tray = _command(share, "tray", "Toont wat laptops die eruit zijn nog schreven, of neemt het over in uw naam.")
    tray.add_argument("device", metavar="LAPTOP", nargs="?")
    tray.set_defaults(run=share_commands.tray)


def _conflict_group(commands: _SubParsersAction[ArgumentParser]) -> None:
    conflicts = _command(commands, "conflicts", "Velden met meer versies.").add_subparsers(required=True)
    _command(conflicts, "list", "Toont elk veld met zijn versies.").set_defaults(run=conflict_commands.list_conflicts)
    settle = _command(conflicts, "settle", "Kiest een versie, of geeft een andere waarde.")
    settle.add_argument("entity", metavar="KENMERK")
    settle.add_argument("field", metavar="VELD")
    how = settle.add_mutually_exclusive_group(required=True)
    how.add_argument("--take", type=int, metavar="N")
    how.add_argument("--value", metavar="TEKST")
    how.add_argument("--empty", action="store_true", help="maakt het veld leeg")
    settle.set_defaults(run=conflict_commands.settle)


def _device_group(commands: _SubParsersAction[ArgumentParser]) -> None:
    device = _command(commands, "device", "De laptops van uw team en netwerk.").add_subparsers(required=True)
    _command(device, "list", "Toont de laptops.").set_defaults(run=device_commands.list_devices)
    role = _command(device, "role", "Geeft de gebruiker van een laptop een andere rol.")
    role.add_argument("device", metavar="LAPTOP")
    role.add_argument("role", choices=_ROLES)
    role.set_defaults(run=device_commands.set_role)
    for name, description, run in (
        ("revoke", "Sluit een laptop uit en vernieuwt de sleutels.", device_commands.revoke),
        ("lost", "Meldt een laptop als verloren: die verliest zijn sleutel.", device_commands.lost),
    ):
        out = _command(device, name, description)
        out.add_argument("device", metavar="LAPTOP")
        out.set_defaults(run=run)
    leave = _command(device, "leave", "Meldt deze laptop af en wist dit profiel.")
    leave.add_argument("--last", action="store_true", help="ook als daarna niemand de casussen nog kan openen")
    leave.set_defaults(run=device_commands.leave)


def _keeping_group(commands: _SubParsersAction[ArgumentParser]) -> None:
    backup = _command(commands, "backup", "Maakt een reservekopie in één bestand.")
    backup.add_argument("--out", required=True, metavar="BESTAND")
    backup.set_defaults(run=backup_commands.back_up)
    restore = _command(commands, "restore", "Zet een reservekopie terug in een lege profielmap.")
    restore.add_argument("--from", dest="source", required=True, metavar="BESTAND")
    restore.set_defaults(run=backup_commands.restore)
    erase = _command(commands, "erase", "Wist een casus, als een tweede rol dat ook vraagt.")
    erase.add_argument("case", metavar="CASUS")
    _witness(erase)
    erase.set_defaults(run=backup_commands.erase)


def _witness(command: ArgumentParser) -> None:
    command.add_argument("--getuige", default="", metavar="NAAM", help="wie meekijkt, als uw team één laptop heeft")


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= _MOST_COUNTED:
        raise ArgumentTypeError(f"Geef een getal van 0 tot en met {_MOST_COUNTED}.")
    return number
