"""The words of `bren`. What each command does stands in the module of its group."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import cache

from bren_desktop import __version__
from bren_desktop.cli import (
    backup_commands,
    case_commands,
    clock_commands,
    consent_commands,
    document_commands,
    exchange_commands,
    finding_commands,
    hand_over_commands,
    life_commands,
    profile_commands,
    request_commands,
    team_arguments,
    thesaurus_commands,
    worklist_commands,
)
from bren_desktop.cli.words import CASE, EXPERT, ROLES, Commands, command, common, count, one_of
from bren_desktop.domain.papers.kinds import PAPERS
from bren_desktop.domain.sharing import GROUP_OF
from bren_desktop.services.facets import FACETS
from bren_desktop.usage import speak_dutch

_KINDS = ("experts", "cases")
_FOUND = (*_KINDS, "documents", "discussions")


@cache
def parser() -> ArgumentParser:
    """The whole command line."""
    speak_dutch()
    top = ArgumentParser(prog="bren", description="BREN Desktop zonder venster.")
    top.add_argument("--version", action="version", version=f"bren {__version__}", help="laat de versie zien")
    common(top, defaults=True)
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
    team_arguments.add(commands)
    _keeping_group(commands)
    return top


def _profile_group(commands: Commands) -> None:
    init = command(commands, "init", "Maakt een profiel en toont één keer de herstelcode.")
    init.add_argument("--team", required=True, metavar="CODE", help="team of regio, zoals HGL of JZ24")
    init.add_argument("--name", required=True, metavar="NAAM", help="uw naam, zoals collega's haar lezen")
    init.add_argument("--role", required=True, choices=ROLES, help="uw rol in het team; zij bepaalt wat u mag")
    init.set_defaults(run=profile_commands.init)

    demo = command(commands, "demo", "Vult een profiel met fictieve casussen en pareltjes.")
    demo.add_argument(
        "--cases", type=count, default=500, metavar="N", help="hoeveel casussen er zijn als het klaar is; zonder: 500"
    )
    demo.add_argument("--experts", type=count, default=300, metavar="N", help="hoeveel pareltjes; zonder: 300")
    demo.add_argument(
        "--seed", type=int, default=1, metavar="N", help="een ander getal geeft andere gegevens; zonder: 1"
    )
    demo.set_defaults(run=profile_commands.demo)

    doctor = command(commands, "doctor", "Controleert machine, sleutelbos, bestanden en gegevens.")
    doctor.set_defaults(run=profile_commands.doctor)


def _case_group(commands: Commands) -> None:
    case = command(commands, "case", "Casussen tonen, maken en wijzigen.").add_subparsers(required=True)
    command(case, "list", "Toont alle casussen.").set_defaults(run=case_commands.list_cases)
    show = command(case, "show", "Toont één casus.")
    show.add_argument("case", metavar="CASUS", help=CASE)
    show.set_defaults(run=case_commands.show_case)
    new = command(case, "new", "Legt een casus vast.")
    new.add_argument("--file", required=True, metavar="BESTAND", help="de casus, als JSON-object")
    new.set_defaults(run=case_commands.new_case)
    change = command(case, "set", "Wijzigt één veld van een casus.")
    change.add_argument("case", metavar="CASUS", help=CASE)
    change.add_argument("field", metavar="VELD", help="naam van het veld, zoals bren case show haar toont")
    change.add_argument(
        "value", metavar="WAARDE", help="de nieuwe waarde; een lijst als JSON, en '' maakt het veld leeg"
    )
    change.set_defaults(run=case_commands.set_field)
    _moving(case)


def _finding(commands: Commands) -> None:
    search = command(commands, "search", "Zoekt in casussen, pareltjes, besprekingen en documenten.")
    search.add_argument(
        "text",
        nargs="+",
        metavar="TEKST",
        help="een naam, een nummer, woorden of een hele zin; begint zij met een streepje, zet er dan -- voor",
    )
    search.add_argument(
        "--in", dest="kind", choices=_FOUND, metavar="SOORT", help=f"zoekt in één soort: {one_of(_FOUND)}"
    )
    search.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="FACET=CODE",
        help=f"laat alleen zien wat die code heeft, zoals regio=JZ24; mag vaker. FACET is {one_of([*FACETS])}",
    )
    search.add_argument("--facets", action="store_true", help="zoekt in alle soorten en telt per facet hoeveel er zijn")
    search.add_argument("--limit", type=count, default=20, metavar="N", help="toont er hooguit zoveel; zonder: 20")
    search.set_defaults(run=finding_commands.search)

    match = command(commands, "match", "Zoekt de pareltjes die bij een casus passen.")
    which = match.add_mutually_exclusive_group(required=True)
    which.add_argument("case", metavar="CASUS", nargs="?", help=CASE)
    which.add_argument("--file", metavar="BESTAND", help="een casus die niet is vastgelegd, als JSON-object")
    match.add_argument("--limit", type=count, default=10, metavar="N", help="toont er hooguit zoveel; zonder: 10")
    match.add_argument(
        "--why-not", metavar="ID", help="alleen waar dit pareltje staat en waarom daar; ook wie niet past"
    )
    match.set_defaults(run=finding_commands.match)

    similar = command(commands, "similar", "Zoekt eerdere casussen die op een casus lijken, en wat daar hielp.")
    similar.add_argument("case", metavar="CASUS", help=CASE)
    similar.add_argument("--limit", type=count, default=5, metavar="N", help="toont er hooguit zoveel; zonder: 5")
    similar.set_defaults(run=finding_commands.similar)


def _letter(commands: Commands) -> None:
    letter = command(commands, "letter", "Maakt een consultatievraag aan een pareltje.")
    letter.add_argument("case", metavar="CASUS", help=CASE)
    letter.add_argument("--expert", required=True, metavar="ID", help=EXPERT)
    letter.add_argument("--out", required=True, metavar="BESTAND", help="de pdf die wordt gemaakt")
    letter.add_argument("--file", metavar="BESTAND", help="vragen en tekst van de brief")
    _releasing(letter, "geeft de brief vrij")
    letter.set_defaults(run=case_commands.letter)


def _releasing(parser: ArgumentParser, says: str) -> None:
    parser.add_argument("--release", action="store_true", help=says)
    parser.add_argument(
        "--despite-withdrawal", action="store_true", help="ook zonder naam als de toestemming is ingetrokken"
    )


def _document(commands: Commands) -> None:
    made = command(commands, "document", "Maakt een document van een casus, als pdf, Word-bestand of e-mailconcept.")
    made.add_argument("case", metavar="CASUS", help=CASE)
    kinds = [*(kind.key for kind in PAPERS), document_commands.CASE_SHEET]
    made.add_argument("kind", choices=kinds, metavar="SOORT", help=f"welk document: {one_of(kinds)}")
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


def _moving(case: Commands) -> None:
    move = command(case, "move", "Brengt een casus naar een volgende status.")
    move.add_argument("case", metavar="CASUS", help=CASE)
    move.add_argument("state", metavar="STATUS", help="code of naam, zoals ST-TRI of 'in triage'")
    move.add_argument(
        "--file",
        metavar="BESTAND",
        help="datum, reden en wat de stap nog meer vraagt; bij overdragen ook aan welk team",
    )
    move.set_defaults(run=life_commands.move)
    accept = command(case, "accept", "Neemt een casus aan die een ander team overdroeg.")
    accept.add_argument(
        "--from", dest="source", required=True, metavar="BESTAND", help="het verzegelde bestand van het andere team"
    )
    accept.add_argument(
        "--code", required=True, metavar="CODE", help="de code die het andere team u door de telefoon gaf"
    )
    accept.add_argument("--dry-run", action="store_true", help="toont alleen wat erin staat")
    accept.set_defaults(run=hand_over_commands.accept)


def _consent_group(commands: Commands) -> None:
    consent = command(commands, "consent", "Toestemming van een casus.")
    consent.add_argument("case", metavar="CASUS", help=CASE)
    what = consent.add_subparsers(required=True)
    add = command(what, "add", "Legt een toestemming vast.")
    add.add_argument("--file", required=True, metavar="BESTAND", help="de toestemming, als JSON-object")
    add.set_defaults(run=consent_commands.add)
    command(what, "list", "Toont wat vandaag mag, en waarom niet.").set_defaults(run=consent_commands.list_consents)
    withdraw = command(what, "withdraw", "Legt vast dat een toestemming is ingetrokken.")
    withdraw.add_argument("consent", metavar="TOESTEMMING", help="het kenmerk dat list toont")
    withdraw.add_argument("--by", required=True, metavar="NAAM", help="wie haar intrekt")
    withdraw.add_argument("--on", metavar="DAG", help="zonder: vandaag")
    withdraw.set_defaults(run=consent_commands.withdraw)


def _request_group(commands: Commands) -> None:
    request = command(commands, "request", "Wat een gezin van zijn dossier vraagt.")
    request.add_argument("case", metavar="CASUS", help=CASE)
    what = request.add_subparsers(required=True)
    inzage = command(what, "inzage", "Maakt een kopie van alles over één jeugdige, als PDF en JSON.")
    inzage.add_argument("--out", required=True, metavar="MAP", help="bestaande map waarin de kopie komt")
    inzage.set_defaults(run=request_commands.inzage)
    extend = command(what, "verleng", "Legt vast dat het beantwoorden van een verzoek twee maanden langer duurt.")
    extend.add_argument("--reason", required=True, metavar="REDEN", help="waarom, zoals verteld aan wie het vroeg")
    extend.add_argument("--how", required=True, metavar="VORM", help="hoe dat is verteld: telefoon, brief, gesprek…")
    extend.add_argument("--on", metavar="DAG", help="wanneer dat is verteld; zonder: vandaag")
    extend.add_argument("--request", metavar="VERZOEK", help="welk verzoek, als er meer lopen")
    extend.set_defaults(run=request_commands.extend)
    destroy = command(what, "vernietig", "Vernietigt een casus op verzoek, als een tweede rol dat ook vraagt.")
    destroy.add_argument("--out", metavar="MAP", help="waar de verklaring van vernietiging komt; zonder: deze map")
    _witness(destroy)
    destroy.set_defaults(run=request_commands.destroy)


def _exchange_group(commands: Commands) -> None:
    for name, description, run in (
        ("import", "Leest pareltjes of casussen uit een bestand.", exchange_commands.import_file),
        ("export", "Schrijft pareltjes of casussen naar een bestand.", exchange_commands.export_file),
    ):
        made = command(commands, name, description)
        made.add_argument("kind", choices=_KINDS, metavar="SOORT", help="experts (pareltjes) of cases (casussen)")
        made.add_argument("file", metavar="BESTAND", help="eindigt op .xlsx, .csv of .jsonl")
        made.set_defaults(run=run)
        if run is exchange_commands.export_file:
            made.add_argument(
                "--purpose", choices=[*GROUP_OF], help="alleen casussen die daarvoor gedeeld mogen worden"
            )

    clock = command(commands, "clock", "Rekent termijnen uit een bestand na, zonder profiel.")
    clock.add_argument("--file", required=True, metavar="BESTAND", help="de vragen, als JSON")
    clock.set_defaults(run=clock_commands.clock)


def _worklist(commands: Commands) -> None:
    made = command(commands, "worklist", "Toont wat op u wacht, met de termijnen.")
    made.add_argument("--ics", metavar="BESTAND", help="schrijft uw termijnen als agendabestand, zonder namen")
    made.set_defaults(run=worklist_commands.worklist)


def _thesaurus_group(commands: Commands) -> None:
    thesaurus = command(commands, "thesaurus", "De begrippen van het veld.").add_subparsers(required=True)
    check = command(thesaurus, "check", "Controleert een thesaurus en noemt het begrip dat niet klopt.")
    check.add_argument("file", metavar="BESTAND", nargs="?", help="zonder: wat in het profiel geldt, en wat niet")
    check.set_defaults(run=thesaurus_commands.check)
    bring = command(thesaurus, "import", "Maakt van een bestand de thesaurus van het netwerk.")
    bring.add_argument("file", metavar="BESTAND", help="een hele thesaurus in TOML, zoals export haar schrijft")
    bring.set_defaults(run=thesaurus_commands.import_file)
    export = command(thesaurus, "export", "Schrijft de thesaurus, met --profile die van het netwerk.")
    export.add_argument("--out", required=True, metavar="BESTAND", help="het bestand dat wordt geschreven")
    export.add_argument("--skos", action="store_true", help="als SKOS in Turtle, voor andere programma's")
    export.set_defaults(run=thesaurus_commands.export)


def _keeping_group(commands: Commands) -> None:
    backup = command(commands, "backup", "Maakt een reservekopie in één bestand.")
    backup.add_argument("--out", required=True, metavar="BESTAND", help="de reservekopie die wordt gemaakt")
    backup.set_defaults(run=backup_commands.back_up)
    restore = command(commands, "restore", "Zet een reservekopie terug in een lege profielmap.")
    restore.add_argument("--from", dest="source", required=True, metavar="BESTAND", help="de reservekopie")
    restore.set_defaults(run=backup_commands.restore)
    erase = command(commands, "erase", "Wist een casus, als een tweede rol dat ook vraagt.")
    erase.add_argument("case", metavar="CASUS", help=CASE)
    _witness(erase)
    erase.set_defaults(run=backup_commands.erase)


def _witness(command: ArgumentParser) -> None:
    command.add_argument("--getuige", default="", metavar="NAAM", help="wie meekijkt, als uw team één laptop heeft")
