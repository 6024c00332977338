"""The life of a case (requirements 5 with decision 19): which step leads where, who makes it, and what it needs.

Moving into a state asks for the same wherever one comes from, so that no path leads around it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bren_desktop.domain import needs
from bren_desktop.domain.actors import Role
from bren_desktop.domain.course import Course
from bren_desktop.domain.needs import Lack, Need
from bren_desktop.domain.states import FLAGS, OPEN, State
from bren_desktop.domain.transitions import Transition

CHAIR = frozenset({Role.VOORZITTER, Role.PLAATSVERVANGER})
OFFICE = CHAIR | {Role.SECRETARIS}
FOLLOWERS = CHAIR | {Role.PROCESREGISSEUR}


@dataclass(frozen=True, slots=True)
class Step:
    """From one of `sources` to `target`, by one of `roles`; `verb` is what people choose.

    `asks` names fields of the transition that must be filled in, `takes` those that may be. Where the voorzitter
    decides, the transition bears that decision.
    """

    sources: Collection[State]
    target: State
    verb: str
    roles: frozenset[Role]
    needs: Sequence[Need] = ()
    asks: Sequence[str] = ()
    takes: Sequence[str] = ()
    decides: bool = False

    def lacks(self, course: Course) -> tuple[Lack, ...]:
        """What `course` still lacks for this step, in the order in which people fill it in."""
        found = [lack for need in self.needs for lack in need(course)]
        return (*found, *needs.details(course, self.asks))


S = State
_CODES = frozenset(state.value for state in State)
_TRIAGE = (needs.intake, needs.handler)
_TABLE = (needs.intake, needs.ready_for_the_table, needs.ready_to_be_discussed)
STEPS: tuple[Step, ...] = (
    Step({S.CONCEPT}, S.REGISTERED, "Aanmelden", OFFICE, (needs.intake,)),
    Step({S.REGISTERED}, S.TRIAGE, "In triage nemen", OFFICE, _TRIAGE),
    Step({S.AWAITING}, S.TRIAGE, "De aanvulling is binnen", OFFICE, _TRIAGE),
    Step({S.REOPENED, *FLAGS}, S.TRIAGE, "Opnieuw in triage nemen", OFFICE, _TRIAGE),
    Step(
        {S.TRIAGE, S.REOPENED, *FLAGS},
        S.TEAM,
        "Naar het regionale expertteam",
        CHAIR,
        _TABLE,
        decides=True,
    ),
    Step({S.TRIAGE}, S.AWAITING, "Aanvulling vragen", OFFICE, asks=("wacht_op", "reden")),
    Step(
        {S.TRIAGE},
        S.DECLINED,
        "Niet in behandeling nemen",
        CHAIR,
        (needs.told_why_not,),
        asks=("reden", "doorgeleid_naar"),
        decides=True,
    ),
    Step(
        {S.TEAM, S.AGENDA, S.DEPLOYED},
        S.DISCUSSED,
        "Bespreking afronden",
        OFFICE,
        (needs.discussed, needs.discussed_with_consent),
    ),
    Step({S.DISCUSSED}, S.ADVISED, "Advies uitbrengen", CHAIR, (needs.discussed, needs.advised), decides=True),
    Step({S.TEAM, S.AGENDA, S.DISCUSSED}, S.DEPLOYED, "Pareltje inzetten", FOLLOWERS, (needs.expert_engaged,)),
    Step(
        {S.TEAM},
        S.AGENDA,
        "Agenderen voor interregionale intervisie",
        CHAIR,
        (needs.ready_for_other_regions,),
        decides=True,
    ),
    Step(
        {S.ADVISED},
        S.CARRIED_OUT,
        "Het advies gaat in uitvoering",
        FOLLOWERS,
        (needs.accepted,),
        takes=("verwijzer_akkoord",),
    ),
    Step({S.CARRIED_OUT}, S.MONITORED, "Naar monitoring", FOLLOWERS, (needs.under_way,)),
    Step({S.MONITORED}, S.CLOSED, "Afsluiten", CHAIR, (needs.closed,), decides=True),
    Step({S.AGENDA}, S.TEAM, "Van de agenda halen", CHAIR, _TABLE, asks=("reden",), decides=True),
    Step(
        {S.CARRIED_OUT, S.MONITORED},
        S.TEAM,
        "Advies mislukt: terug naar het expertteam",
        FOLLOWERS,
        _TABLE,
        asks=("reden",),
    ),
    Step(
        {S.CLOSED},
        S.REOPENED,
        "Heropenen",
        CHAIR,
        (needs.consent_checked,),
        asks=("reden",),
        takes=("toestemming_nagekeken",),
        decides=True,
    ),
    Step({S.DECLINED, S.WITHDRAWN}, S.REOPENED, "Heropenen", CHAIR, asks=("reden",), decides=True),
    Step({S.TRANSFERRED}, S.REOPENED, "Terugnemen", CHAIR, (needs.handed_over,), asks=("reden",), decides=True),
    Step(OPEN, S.WITHDRAWN, "Aanmelding intrekken", OFFICE, asks=("reden",)),
    Step(
        OPEN,
        S.TRANSFERRED,
        "Overdragen aan een andere regio",
        CHAIR,
        asks=("reden", "doorgeleid_naar"),
        decides=True,
    ),
)


def steps_from(state: str) -> tuple[Step, ...]:
    """The steps that lead on from `state`, the usual one first; what no list knows leads on as a concept does."""
    known = state if state in _CODES else State.CONCEPT
    return tuple(step for step in STEPS if known in step.sources)


def step_to(state: str, target: str) -> Step | None:
    """The step from `state` to `target`, if there is one."""
    return next((step for step in steps_from(state) if step.target == target), None)


def is_undecided(made: Transition) -> bool:
    """Whether a step that the voorzitter decides was made without: another program or version may let that pass."""
    step = step_to(made.van, made.naar)
    return step is not None and step.decides and not made.besluit
