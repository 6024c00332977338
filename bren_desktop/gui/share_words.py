"""How the window says where changes are, when the share was last there, and what was not taken over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.dutch import counted
from bren_desktop.domain.moments import moment_of
from bren_desktop.services.deliveries import Delivery
from bren_desktop.services.share_door import REASONS, Device, ShareStatus, Trouble
from bren_desktop.services.sync_ports import Standing

_QUIET = frozenset({"incomplete", "busy", "no-key", "gap", "keyless", "lost"})
"""Reasons that go away by themselves at a later run."""
_LONG_MS = 3 * 24 * 60 * 60 * 1000
"""What waits longer does not go away by itself."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sharing", text)


def state_line(status: ShareStatus | None) -> str:
    """Where the changes of this laptop are, in one line: the change that is least far counts."""
    if status is None or status.standing == Standing.ALONE:
        return _tr("Opgeslagen op deze laptop")
    if status.standing == Standing.MEMBER:
        return _member_line(status)
    if status.standing == Standing.ASKING:
        return _tr("Wacht op toelating tot {network}").format(network=status.network or _tr("het netwerk"))
    return _tr("Deze laptop doet niet meer mee")


def _member_line(status: ShareStatus) -> str:
    if status.unsent:
        return _counted(status.unsent, _tr("1 wijziging staat alleen op deze laptop"), _tr("{n} alleen op deze laptop"))
    if status.on_share:
        return _counted(status.on_share, _tr("1 wijziging staat op de share"), _tr("{n} op de share"))
    if status.received:
        colleagues = min(status.received)
        return _counted(colleagues, _tr("Ontvangen door 1 collega"), _tr("Ontvangen door {n} collega's"))
    return _tr("Bij met de share")


def states(status: ShareStatus) -> Sequence[str]:
    """The three states of this laptop's changes, a line each."""
    here = _tr("Opgeslagen op deze laptop, nog niet op de share: {n}").format(n=counted(status.unsent))
    there = _tr("Op de share, nog door niemand opgehaald: {n}").format(n=counted(status.on_share))
    lines = [here, there]
    for colleagues, count in sorted(status.received.items()):
        text = _tr("Ontvangen door 1 collega: {n}") if colleagues == 1 else _tr("Ontvangen door {c} collega's: {n}")
        lines.append(text.format(c=colleagues, n=count))
    return lines


def delivery_words(delivery: Delivery) -> str:
    """Where one change is."""
    if not delivery.shared:
        return _tr("alleen op deze laptop")
    if not delivery.colleagues:
        return _tr("op de share")
    return _counted(delivery.colleagues, _tr("ontvangen door 1 collega"), _tr("ontvangen door {n} collega's"))


def contact_line(status: ShareStatus | None, *, reachable: bool = True) -> str:
    """When the share was last there; a share that is away is no trouble."""
    if status is None or status.standing == Standing.ALONE:
        return ""
    last = moment(status.last_ms)
    if not reachable:
        away = _tr("De share is nu niet bereikbaar. U kunt gewoon doorwerken.")
        return f"{away} {_tr('Laatst bereikt op {last}.').format(last=last)}" if last else away
    return _tr("Laatst bijgewerkt op {last}.").format(last=last) if last else _tr("Nog niet bijgewerkt.")


def moment(at_ms: int) -> str:
    """A moment as `22-11-2026 om 09.30 uur`, or nothing."""
    if not at_ms:
        return ""
    return moment_of(at_ms).astimezone().strftime("%d-%m-%Y om %H.%M uur")


def versions_line(count: int) -> str:
    """How many records have versions to choose from."""
    return _counted(count, _tr("Versies kiezen: 1"), _tr("Versies kiezen: {n}"))


def held_line(count: int) -> str:
    """How much was not taken over."""
    return _counted(count, _tr("1 melding"), _tr("{n} meldingen"))


def _counted(count: int, one: str, more: str) -> str:
    return one if count == 1 else more.format(n=counted(count))


@dataclass(frozen=True, slots=True)
class TroubleLine:
    """One line of what was held, refused or wrong: the reason, about what, and what one can do."""

    reason: str
    about: str
    advice: str
    serious: bool


def trouble_lines(
    troubles: Iterable[Trouble],
    devices: Iterable[Device] = (),
    records: Mapping[str, str] = MappingProxyType({}),
    now_ms: int = 0,
) -> list[TroubleLine]:
    """Each trouble as its reader can act on it, by colleague and record where these are known; serious ones first.

    What would go away by itself and still has not by `now_ms` (milliseconds since 1970) is serious too.
    """
    names = {device.id: f"{device.name} ({device.letters})" for device in devices}
    lines = [_line(trouble, names, records.get(trouble.record, ""), now_ms) for trouble in troubles]
    return sorted(lines, key=lambda line: not line.serious)


def _line(trouble: Trouble, names: Mapping[str, str], record: str, now_ms: int) -> TroubleLine:
    name = names.get(trouble.device) or names.get(trouble.where, "")
    since = _tr("sinds {day}").format(day=_day(trouble.since_ms)) if trouble.since_ms else ""
    times = _tr("{n} keer").format(n=trouble.times) if trouble.times > 1 else ""
    where = record or ("" if trouble.where in names else trouble.where)
    about = " · ".join(part for part in (name, where, times, since) if part)
    passes = trouble.reason in _QUIET
    stays = passes and 0 < trouble.since_ms < now_ms - _LONG_MS
    advice = _tr("Dit duurt al lang. Vraag een voorzitter, een plaatsvervanger of IT om mee te kijken.")
    words = REASONS.get(trouble.reason, trouble.reason), about, advice if stays else _advice(trouble.reason)
    return TroubleLine(*words, serious=stays or not passes)


def _day(at_ms: int) -> str:
    return moment_of(at_ms).astimezone().strftime("%d-%m-%Y")


def _advice(reason: str) -> str:
    """What one can do; what the sentence of the reason says already is not said again."""
    if reason in _QUIET:
        return _tr("U hoeft niets te doen: bij een volgende keer wordt dit opnieuw geprobeerd.")
    return {
        "late": _tr("Een voorzitter of plaatsvervanger kan dit bij Te beoordelen overnemen of laten liggen."),
        "no-right": _tr("Vraag uw collega wie dit wel mag. Een voorzitter kan het bij Te beoordelen overnemen."),
        "silent": _tr("Vraag uw collega om BREN Desktop te openen op een plek waar de share bereikbaar is."),
        "outsider": _tr("Wat u opslaat, blijft op deze laptop tot u weer meedoet."),
        "clock": _tr("Kijk of de datum en tijd van deze laptop kloppen; laat anders die van uw collega goed zetten."),
        "out": _tr("Wat u hier nog leest, bewaart u niet langer dan nodig. Een voorzitter kan u opnieuw uitnodigen."),
        "used": _tr("Sluit opnieuw aan met de nieuwe uitnodiging; uw eigen casussen blijven staan."),
        "stale": _tr("Sluit opnieuw aan met de nieuwe uitnodiging; uw eigen casussen blijven staan."),
        "fork": _tr("Vraag IT of een laptop is teruggezet uit een kopie. Gebruik maar één van de twee."),
    }.get(reason, _tr("Uw gegevens op deze laptop zijn veilig. Komt dit terug, laat het dan aan IT zien."))
