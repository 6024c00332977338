"""One step in the life of a case: a dated event that is never rewritten, so that terms survive a merge."""

from __future__ import annotations

from typing import Annotated

from bren_desktop.domain.fields import neutral, personal, sensitive
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Text, YesNo


class Transition(Record):
    """A case went from one state to another (overgang). A mistake is put right by a next one.

    `reden` also says what is asked for (aanvulling), or why the verwijzer deviates from the advice.
    """

    casus: Annotated[Line, neutral("Casus")] = ""
    van: Annotated[Line, neutral("Van", vocabulary="casusstatus")] = ""
    naar: Annotated[Line, neutral("Naar", vocabulary="casusstatus")] = ""
    op: Annotated[Day, neutral("Datum")] = None
    door: Annotated[Line, personal("Door")] = ""
    besluit: Annotated[Line, personal("Besluit van de voorzitter")] = ""
    reden: Annotated[Text, sensitive("Reden", long=True)] = ""
    wacht_op: Annotated[Line, personal("Wacht op")] = ""
    doorgeleid_naar: Annotated[Line, neutral("Doorgeleid naar")] = ""
    toestemming_nagekeken: Annotated[YesNo, neutral("De toestemming is opnieuw nagekeken")] = None
    verwijzer_akkoord: Annotated[YesNo, neutral("De verwijzer gaat akkoord met het advies")] = None
