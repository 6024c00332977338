"""`bren search`, `bren match` and `bren similar`: what is found, and why."""

from __future__ import annotations

import re
from argparse import Namespace
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bren_desktop.cli.case_commands import case_in
from bren_desktop.cli.output import show
from bren_desktop.cli.session import unlocked
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.dutch import listing
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import RIGHTS, require
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.facets import FACETS, KIND, Chosen
from bren_desktop.services.rows import Found, Hit
from bren_desktop.services.search import NEEDS
from bren_desktop.services.similar import SimilarCase
from bren_desktop.services.views import Match, Standing
from bren_desktop.services.workspace import Workspace

_KINDS = {"cases": Kind.CASE, "experts": Kind.EXPERT, "documents": Kind.DOCUMENT, "discussions": Kind.DISCUSSION}
_WITHOUT_KIND = (Kind.CASE, Kind.EXPERT)
_WITHOUT_MARKS = str.maketrans("", "", "\x02\x03")
_CODES = {
    **dict.fromkeys(FACETS, re.compile(r"[A-Z0-9-]+")),
    KIND: re.compile("|".join(kind.value for kind in _KINDS.values())),
    "jaar": re.compile(r"\d{4}"),
}
"""What a code of each facet looks like."""
_READ_AT_ONCE = 100


def search(options: Namespace) -> None:
    """The best hits for a text; with `--facets` also how many there are by facet."""
    kinds = (_KINDS[options.kind],) if options.kind else tuple(_KINDS.values()) if options.facets else _WITHOUT_KIND
    chosen = _chosen(options.only)
    with unlocked(options) as workspace:
        _must_read_one_of(workspace.actor, kinds)
        _read_up(workspace)
        found = workspace.search.look(workspace.actor, " ".join(options.text), kinds, options.limit, chosen)
    hits = [_hit(each) for each in found.hits[: options.limit]]
    counted = {"hits": hits, "facets": _facets(found), "more": sorted(found.more), "meant": found.meant}
    show(options, counted if options.facets else hits)


def _must_read_one_of(actor: Actor, kinds: Sequence[Kind]) -> None:
    """The window finds nothing for a role that may read nothing; a script would take that for an answer."""
    if not any(NEEDS[kind] in RIGHTS[actor.role] for kind in kinds):
        require(actor, NEEDS[kinds[0]])


def _hit(hit: Hit) -> Mapping[str, str]:
    return {"id": hit.id, "kind": hit.kind, "title": hit.title, "snippet": hit.snippet.translate(_WITHOUT_MARKS)}


def _chosen(only: Sequence[str]) -> Chosen:
    chosen: defaultdict[str, list[str]] = defaultdict(list)
    for facet, _, text in (each.partition("=") for each in only):
        if facet not in FACETS or not text:
            message = "Verfijnen kan op {facetten}. Schrijf bijvoorbeeld --only regio=JZ24."
            raise InvalidInputError(message, facetten=listing([*FACETS]))
        chosen[facet].append(_code(facet, text))
    return chosen


def _code(facet: str, text: str) -> str:
    """The code that is meant, by itself or by its label; a list that is newer than ours may know a code we do not."""
    code = vocabulary(FACETS[facet]).find(text) if FACETS[facet] else None
    if code is None and not _CODES[facet].fullmatch(text):
        message = "Dit is geen code van {facet}. Met --facets ziet u welke er zijn, en hoeveel."
        raise InvalidInputError(message, facet=facet)
    return code or text


def _facets(found: Found) -> Mapping[str, Sequence[Mapping[str, object]]]:
    """The codes of each facet with label and count, the most common first."""
    labels = {facet: vocabulary(name).label if name else str for facet, name in FACETS.items()}
    return {
        facet: [
            {"code": code, "label": labels[facet](code), "count": count}
            for code, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        ]
        for facet, counts in found.facets.items()
    }


def match(options: Namespace) -> None:
    """The experts that fit a case, with the reasons; or where one of them stands, and why."""
    show(options, _best(options) if options.why_not is None else _why(options))


def _best(options: Namespace) -> Sequence[Mapping[str, object]]:
    loose = case_in(options.file) if options.file else None
    with unlocked(options) as workspace:
        actor, matching = workspace.actor, workspace.matching
        if loose is not None:
            return [_match(each) for each in matching.match_case(actor, loose, options.limit)]
        entity = workspace.cases.open(actor, options.case).entity
        return [_match(each) for each in matching.match(actor, entity, options.limit)]


def _why(options: Namespace) -> Mapping[str, object]:
    loose = case_in(options.file) if options.file else None
    with unlocked(options) as workspace:
        actor, matching = workspace.actor, workspace.matching
        expert = workspace.pool.open(actor, options.why_not).entity
        if loose is not None:
            return _standing(matching.why_for(actor, loose, expert))
        return _standing(matching.why(actor, workspace.cases.open(actor, options.case).entity, expert))


def _standing(standing: Standing) -> Mapping[str, object]:
    place = {"place": standing.place, "of": standing.of, "first": standing.first, "behind": list(standing.behind)}
    return {**_match(standing.match), **place}


def _match(found: Match) -> Mapping[str, object]:
    return {
        "id": found.id,
        "naam": found.name,
        "organisatie": found.organisation,
        "score": found.score,
        "available": found.available,
        "available_from": found.available_from.isoformat() if found.available_from else None,
        "reasons": [
            {"criterion": reason.criterion, "verdict": reason.verdict, "text": reason.text} for reason in found.reasons
        ],
    }


def similar(options: Namespace) -> None:
    """Earlier cases like one, with what was advised there and what came of it."""
    with unlocked(options) as workspace:
        case = workspace.cases.open(workspace.actor, options.case).entity
        _read_up(workspace)
        found = workspace.similar.to(workspace.actor, case, options.limit)
    show(options, [_similar(each) for each in found])


def _similar(found: SimilarCase) -> Mapping[str, object]:
    row = found.row
    return {
        "id": row.id,
        "nummer": row.nummer,
        "initialen": row.initials,
        "leeftijd": found.age,
        "status": row.status,
        "shared": list(found.shared),
        "advised": list(found.advised),
        "result": found.result,
        "lessons": list(found.lessons),
    }


def _read_up(workspace: Workspace) -> None:
    """Read what no window read yet: records are found by what they are about, not by their words alone."""
    before = -1
    while (waiting := workspace.understanding.catch_up(workspace.actor, _READ_AT_ONCE)) not in (0, before):
        before = waiting
