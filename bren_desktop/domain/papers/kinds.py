"""Every kind of document, in the order in which a case needs them. A new one is added here."""

from __future__ import annotations

from bren_desktop.domain.papers.advice_letter import ADVICE_LETTER
from bren_desktop.domain.papers.bridge_agreement import BRIDGE_AGREEMENT
from bren_desktop.domain.papers.consent_form import CONSENT_FORM
from bren_desktop.domain.papers.consultation import CONSULTATION
from bren_desktop.domain.papers.family_advice import TO_PARENTS, TO_YOUNG_PERSON
from bren_desktop.domain.papers.follow_up_letter import (
    FOLLOW_UP_LETTER,
    FOLLOW_UP_TO_PARENTS,
    FOLLOW_UP_TO_YOUNG_PERSON,
)
from bren_desktop.domain.papers.kind import PaperKind
from bren_desktop.domain.papers.receipt import RECEIPT
from bren_desktop.domain.papers.refusal import REFUSAL
from bren_desktop.errors import NotFoundError

PAPERS: tuple[PaperKind, ...] = (
    RECEIPT,
    CONSENT_FORM,
    REFUSAL,
    CONSULTATION,
    ADVICE_LETTER,
    TO_YOUNG_PERSON,
    TO_PARENTS,
    BRIDGE_AGREEMENT,
    FOLLOW_UP_LETTER,
    FOLLOW_UP_TO_YOUNG_PERSON,
    FOLLOW_UP_TO_PARENTS,
)


def paper(key: str) -> PaperKind:
    """The kind with this key or title. Raises NotFoundError."""
    for kind in PAPERS:
        if key in (kind.key, kind.title):
            return kind
    raise NotFoundError("Deze soort document bestaat niet.")
