"""What came of the inzet of each pareltje in the cases that somebody may see, kept until an inzet changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from statistics import mean

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.aftercare import Deployment
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.matching.earlier import Past
from bren_desktop.oplog.operations import Author
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import built

_RESULTS = {"RS-JA": 1.0, "RS-DEELS": 0.5, "RS-NEE": 0.0}
_CONTENT = {"TV-1": 0.0, "TV-2": 0.25, "TV-3": 0.5, "TV-4": 0.75, "TV-5": 1.0}


class Outcomes:
    """The past of every pareltje that was ever asked, by entity."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._version: tuple[Author, int] | None = None
        self._deployments: dict[str, Deployment] = {}
        self._past: Mapping[str, Past] = {}

    def past(self, actor: Actor) -> Mapping[str, Past]:
        """As it stands now for `actor`; only what changed since the last time is read."""
        who = author(actor)
        with self._context.read(actor) as reader:
            version = who, reader.version()
            if version == self._version:
                return self._past
            there = frozenset(reader.entities(Kind.DEPLOYMENT))
            known = self._deployments if self._version and self._version[0] == who else {}
            changed = set(reader.changed_since(Kind.DEPLOYMENT, self._version[1])) if self._version and known else set()
            unread = changed | (there - known.keys())
            read = {one: built(Kind.DEPLOYMENT, Deployment, reader.registers(Kind.DEPLOYMENT, one)) for one in unread}
        self._deployments = {one: inzet for one, inzet in ({**known, **read}).items() if one in there}
        self._past, self._version = _by_expert(self._deployments.values()), version
        return self._past


def _by_expert(deployments: Iterable[Deployment]) -> Mapping[str, Past]:
    found: defaultdict[str, list[Deployment]] = defaultdict(list)
    for each in deployments:
        found[each.expert].append(each)
    return {expert: _past(each) for expert, each in found.items()}


def _past(deployments: list[Deployment]) -> Past:
    evaluated = [each for each in deployments if list(_rated(each))]
    results = Counter(vocabulary("resultaten").label(each.resultaat) for each in evaluated if each.resultaat)
    asked = max((each.gevraagd_op for each in deployments if each.gevraagd_op), default=None)
    return Past(tuple(mean(_rated(each)) for each in evaluated), dict(sorted(results.items())), asked)


def _rated(deployment: Deployment) -> Iterator[float]:
    """How the case fared, and how content people are: each from 0 to 1. Nothing before it is evaluated."""
    if deployment.evaluatie_op:
        told = (deployment.tevreden_verwijzer, deployment.tevreden_jeugdige, deployment.tevreden_ouders)
        yield from (_RESULTS[code] for code in (deployment.resultaat,) if code in _RESULTS)
        yield from (_CONTENT[code] for code in told if code in _CONTENT)
