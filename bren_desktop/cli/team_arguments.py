"""The words of `bren share`, `bren conflicts` and `bren device`: what is done together."""

from __future__ import annotations

from bren_desktop.cli import conflict_commands, device_commands, share_commands
from bren_desktop.cli.words import CASE, LAPTOP, ROLES, Commands, command, one_of
from bren_desktop.services.share_door import InviteTo


def add(commands: Commands) -> None:
    """Add them to the whole command line."""
    _share_group(commands)
    _conflict_group(commands)
    _device_group(commands)


def _share_group(commands: Commands) -> None:
    share = command(commands, "share", "Samenwerken over een gedeelde map.").add_subparsers(required=True)
    create = command(share, "create", "Sticht het netwerk en dit team op een lege gedeelde map.")
    create.add_argument("--share", required=True, metavar="MAP", help="de lege gedeelde map")
    create.add_argument("--network", required=True, metavar="NAAM", help="hoe het netwerk gaat heten")
    create.set_defaults(run=share_commands.create)
    invite = command(share, "invite", "Maakt een uitnodiging en toont één keer de code.")
    invite.add_argument("--out", required=True, metavar="BESTAND", help="een nieuw bestand, voor wie wordt uitgenodigd")
    invite.add_argument(
        "--space",
        choices=[to.value for to in InviteTo],
        default=InviteTo.TEAM.value,
        help="bij uw team (team), of met een eigen team bij het netwerk (network); zonder: team",
    )
    invite.add_argument(
        "--role", choices=ROLES, help="zonder: secretaris van uw team, of voorzitter van een eigen team"
    )
    invite.add_argument("--team", metavar="CODE", help="een van uw teams, als u er meer hebt")
    invite.set_defaults(run=share_commands.invite)
    join = command(share, "join", "Vraagt om toelating, met een uitnodiging en de code.")
    join.add_argument("--invite", required=True, metavar="BESTAND", help="de uitnodiging die u kreeg")
    join.add_argument("--code", required=True, metavar="CODE", help="de code die bij de uitnodiging hoort")
    join.set_defaults(run=share_commands.join)
    approve = command(share, "approve", "Toont wie om toelating vraagt, of laat iemand toe.")
    which = approve.add_mutually_exclusive_group()
    which.add_argument(
        "request", metavar="VERZOEK", nargs="?", help="wie wordt toegelaten; zonder: toont wie erom vraagt"
    )
    which.add_argument("--all", action="store_true", help="laat iedereen toe, zonder woorden te vergelijken")
    approve.set_defaults(run=share_commands.approve)
    protect = command(share, "protect", "Geeft een casus een eigen ruimte, met alleen deze laptops en die van u.")
    protect.add_argument("case", metavar="CASUS", help=CASE)
    protect.add_argument("devices", metavar="LAPTOP", nargs="*", help=LAPTOP)
    protect.set_defaults(run=share_commands.protect)
    command(share, "status", "Toont hoe het met de gedeelde map staat.").set_defaults(run=share_commands.status)
    command(share, "check", "Leest en vergelijkt elk bestand op de gedeelde map.").set_defaults(
        run=share_commands.check
    )
    _rescue_group(share)
    command(commands, "sync", "Synchroniseert één keer.").set_defaults(run=share_commands.sync)


def _rescue_group(share: Commands) -> None:
    recovery = command(share, "recovery", "Maakt vóór het stichten de twee helften van het herstel van het netwerk.")
    recovery.add_argument("--it", required=True, metavar="BESTAND", help="de helft voor IT")
    recovery.add_argument("--coordinator", required=True, metavar="BESTAND", help="de helft voor de coördinator")
    recovery.set_defaults(run=share_commands.recovery)
    recover = command(
        share, "recover", "Haalt met beide helften terug wat dit team had op een map waar niemand in kan."
    )
    recover.add_argument("--share", required=True, metavar="MAP", help="de gedeelde map; zij verandert niet")
    recover.add_argument("--it", required=True, metavar="BESTAND", help="de helft van IT")
    recover.add_argument("--coordinator", required=True, metavar="BESTAND", help="de helft van de coördinator")
    recover.add_argument("--space", metavar="KENMERK", help="welke ruimte, als dit team er meer dan één keer op staat")
    recover.add_argument("--protected", action="store_true", help="alleen de beschermde casussen, in een eigen profiel")
    recover.set_defaults(run=share_commands.recover)
    tray = command(share, "tray", "Toont wat laptops die eruit zijn nog schreven, of neemt het over in uw naam.")
    tray.add_argument(
        "device", metavar="LAPTOP", nargs="?", help="neemt over wat deze laptop schreef; zonder: een lijst"
    )
    tray.set_defaults(run=share_commands.tray)


def _conflict_group(commands: Commands) -> None:
    conflicts = command(commands, "conflicts", "Velden met meer versies.").add_subparsers(required=True)
    command(conflicts, "list", "Toont elk veld met zijn versies.").set_defaults(run=conflict_commands.list_conflicts)
    settle = command(conflicts, "settle", "Kiest een versie, of geeft een andere waarde.")
    settle.add_argument("entity", metavar="KENMERK", help="wat list bij entity toont")
    settle.add_argument("field", metavar="VELD", help="wat list bij field toont")
    how = settle.add_mutually_exclusive_group(required=True)
    how.add_argument("--take", type=int, metavar="N", help="kiest de versie die list met n = N toont")
    how.add_argument("--value", metavar="TEKST", help="geeft een andere waarde; een rij als JSON-object")
    how.add_argument("--empty", action="store_true", help="maakt het veld leeg")
    settle.set_defaults(run=conflict_commands.settle)


def _device_group(commands: Commands) -> None:
    device = command(commands, "device", "De laptops van uw team en netwerk.").add_subparsers(required=True)
    command(device, "list", "Toont de laptops.").set_defaults(run=device_commands.list_devices)
    role = command(device, "role", "Geeft de gebruiker van een laptop een andere rol.")
    role.add_argument("device", metavar="LAPTOP", help=LAPTOP)
    role.add_argument("role", choices=ROLES, metavar="ROL", help=f"de nieuwe rol: {one_of(ROLES)}")
    role.set_defaults(run=device_commands.set_role)
    for name, description, run in (
        ("revoke", "Sluit een laptop uit en vernieuwt de sleutels.", device_commands.revoke),
        ("lost", "Meldt een laptop als verloren: die verliest zijn sleutel.", device_commands.lost),
    ):
        out = command(device, name, description)
        out.add_argument("device", metavar="LAPTOP", help=LAPTOP)
        out.set_defaults(run=run)
    leave = command(device, "leave", "Meldt deze laptop af en wist dit profiel.")
    leave.add_argument("--last", action="store_true", help="ook als daarna niemand de casussen nog kan openen")
    leave.set_defaults(run=device_commands.leave)
