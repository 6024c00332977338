"""The overbruggingsafspraak: what spans the time until the right help is there, who does it, and who watches safety."""

from __future__ import annotations

from bren_desktop.domain.aftercare import Bridge
from bren_desktop.domain.dutch import long_date, sentence
from bren_desktop.domain.papers import common
from bren_desktop.domain.papers.kind import Audience, PaperKind, Piece, Sources, standing


def _agreed(sources: Sources, bridge: Bridge) -> str:
    if not bridge.door:
        return sentence(bridge.vorm)
    return sources.phrase("afspraak", vorm=sentence(bridge.vorm), wie=bridge.door)


def _term(sources: Sources, bridge: Bridge) -> str:
    if bridge.tot is None:
        return ""
    if bridge.van is None:
        return sources.phrase("duur_tot", tot=long_date(bridge.tot))
    return sources.phrase("duur", van=long_date(bridge.van), tot=long_date(bridge.tot))


def _watched(sources: Sources, bridge: Bridge) -> str:
    return sources.phrase("veiligheid", wie=bridge.veiligheid_door) if bridge.veiligheid_door else ""


def _check(sources: Sources, bridge: Bridge) -> str:
    return sources.phrase("check", datum=long_date(bridge.volgende_check)) if bridge.volgende_check else ""


BRIDGE_AGREEMENT = PaperKind(
    key="overbruggingsafspraak",
    title="Overbruggingsafspraak",
    audience=Audience.REFERRER,
    pages=1,
    addressed=True,
    lacks=common.running_bridges,
    recipient=common.to_referrer,
    salutation=common.greet_referrer,
    signatures=lambda sources: (sources.phrase("tekenen"), sources.phrase("tekenen_verwijzer")),
    pieces=(
        Piece("waarom", standing("waarom")),
        Piece("afspraak", common.each_bridge(_agreed), mandatory=True),
        Piece("duur", common.each_bridge(_term), mandatory=True),
        Piece("veiligheid", common.each_bridge(_watched), mandatory=True),
        Piece("check", common.each_bridge(_check), mandatory=True),
        Piece("bereikbaar", standing("bereikbaar")),
        Piece("einde", standing("einde")),
        Piece("contact", common.contact, mandatory=True),
    ),
)
