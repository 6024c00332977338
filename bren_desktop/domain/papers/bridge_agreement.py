"""The overbruggingsafspraak: what spans the time until the right help is there, who does it, and who watches safety."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain.aftercare import Bridge
from bren_desktop.domain.dutch import long_date, sentence
from bren_desktop.domain.papers import common
from bren_desktop.domain.papers.kind import Audience, PaperKind, Piece, Sources, standing

_MOST_SIGNERS = 5
"""As many as a page has room for below the letter."""


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


def _signers(sources: Sources) -> Sequence[str]:
    """Who bridges, each with room to sign, and the verwijzer."""
    providers = dict.fromkeys(bridge.door for bridge in sources.bridges)
    named = [sources.phrase("tekenen_door", wie=who) if who else sources.phrase("tekenen") for who in providers]
    return (
        *(named if len(named) <= _MOST_SIGNERS else [sources.phrase("tekenen")]),
        sources.phrase("tekenen_verwijzer"),
    )


BRIDGE_AGREEMENT = PaperKind(
    key="overbruggingsafspraak",
    title="Overbruggingsafspraak",
    audience=Audience.REFERRER,
    addressed=True,
    lacks=common.running_bridges,
    recipient=common.to_referrer,
    salutation=common.greet_referrer,
    signatures=_signers,
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
