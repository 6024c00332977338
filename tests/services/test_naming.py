"""What a trouble is about, named as lists do, for whoever may read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.experts import Expert
from bren_desktop.services.context import Context
from bren_desktop.services.naming import Naming
from bren_desktop.services.share_door import Trouble

if TYPE_CHECKING:
    from bren_desktop.services.cases import CaseWork
    from bren_desktop.services.pool import Pool


@pytest.mark.parametrize(
    ("role", "knows"),
    [(Role.SECRETARIS, {"casus", "pareltje"}), (Role.PROJECTLEIDER, {"pareltje"}), (Role.IT, set())],
)
def test_a_record_is_named_to_who_may_read_it(
    context: Context, cases: CaseWork, pool: Pool, secretary: Actor, role: Role, knows: set[str]
) -> None:
    case = cases.record(secretary, Case(roepnaam="Noor"))
    expert = pool.record(secretary, Expert(naam="Dr. A. Verzonnen", profiel="Denkt mee."))
    troubles = [Trouble("no-right", "x", record=record) for record in (case.entity, expert.entity, "weg", "")]

    found = Naming(context).of_troubles(replace(secretary, role=role), troubles)

    names = {case.entity: f"casus {case.case.nummer or case.id}", expert.entity: "pareltje Dr. A. Verzonnen"}
    assert found == {entity: name for entity, name in names.items() if name.split()[0] in knows}
