"""How pages reach each other: they name where to go, and the main window brings the user there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

ADDRESS = "adres"
CONCEPT = "begrip"
VERSIONS = "versies"
STAND_IN = "waarneming"
EMERGENCY = "noodtoegang"
REQUEST = "verzoek"
_TABS = {
    "bespreking": "advies",
    "advies": "advies",
    **dict.fromkeys(("opvolging", "inzet", "overbrugging", "escalatie", "toekomstplan"), "opvolging"),
}


class Navigator(QObject):
    """Requests to go somewhere, as identifiers and plain names.

    A draft key says where its form lives: `casus:ENTITY` (with `:KIND:ENTITY` for what hangs below it) and
    `pareltje:ENTITY` for changes to what exists, `intake:ANYTHING` for a case that is not recorded yet, `team` for the
    letterhead, `adres:ENTITY`, `adres:persoon` and `adres:organisatie` for the address book, `begrip:ID` for the
    thesaurus, `versies:KIND:ENTITY`
    where versions are settled, `noodtoegang:reden` for the reason to open a case.
    """

    page_wanted = Signal(str)
    case_wanted = Signal(str, str)
    intake_wanted = Signal(str)
    expert_wanted = Signal(str)
    addresses_wanted = Signal(str)
    concepts_wanted = Signal(str)
    addresses_changed = Signal()
    conflicts_wanted = Signal(str, str, str)
    sharing_wanted = Signal(str)
    erasing_wanted = Signal(str)
    protecting_wanted = Signal(str)
    requests_wanted = Signal(str)
    recovering_wanted = Signal()
    emergency_wanted = Signal(str)
    records_changed = Signal(object)
    """What changed behind the pages, as a set of (kind, entity): by sync, or where versions were settled."""

    def show(self, page: str) -> None:
        """Show a page by its name, such as `casussen`."""
        self.page_wanted.emit(page)

    def open_case(self, entity: str, tab: str = "aanmelding") -> None:
        """Open a case on a tab, or at a field as `tab/field`."""
        self.case_wanted.emit(entity, tab)

    def new_case(self, draft: str = "") -> None:
        """Start the intake of a new case, or go on with the draft of that key."""
        self.intake_wanted.emit(draft)

    def open_expert(self, entity: str) -> None:
        """Open a pareltje."""
        self.expert_wanted.emit(entity)

    def open_addresses(self, entry: str = "") -> None:
        """Open the address book, at an entry or with the form of a new `persoon` or `organisatie` before it."""
        self.addresses_wanted.emit(entry)

    def open_conflicts(self, kind: str, entity: str, field: str = "") -> None:
        """Show the versions of a record, to settle them; those of `field` first."""
        self.conflicts_wanted.emit(kind, entity, field)

    def open_sharing(self, tab: str = "") -> None:
        """Show how this laptop works together with others, at a tab."""
        self.sharing_wanted.emit(tab)

    def open_concepts(self, entry: str = "") -> None:
        """Show the thesaurus, at the concept with this id where it is given."""
        self.concepts_wanted.emit(entry)

    def open_erasing(self, entity: str) -> None:
        """Show how far the erasure of a case is, and offer to ask for it."""
        self.erasing_wanted.emit(entity)

    def open_requests(self, entity: str) -> None:
        """Show what families ask of all files, at the request about this case that is most pressing."""
        self.requests_wanted.emit(entity)

    def open_protecting(self, entity: str) -> None:
        """Offer to move a case into a space of its own."""
        self.protecting_wanted.emit(entity)

    def open_recovering(self) -> None:
        """Offer to bring back what a team had, with both recovery files."""
        self.recovering_wanted.emit()

    def open_emergency(self, number: str = "") -> None:
        """Offer to open a case that is not assigned to the user, the one with this number where it is known."""
        self.show("casussen")
        self.emergency_wanted.emit(number)

    def resume(self, draft: str) -> None:
        """Go on with a draft where it was typed."""
        form, _, entity = draft.partition(":")
        if form == "casus":
            case, _, part = entity.partition(":")
            kind = part.partition(":")[0]
            if kind == REQUEST:
                self.open_requests(case)
            else:
                self.open_case(case, _TABS.get(kind, "aanmelding"))
        elif form == "pareltje":
            self.open_expert(entity.partition(":")[0])
        elif form == "team":
            self.show("beheer")
        elif form == VERSIONS:
            kind, _, which = entity.partition(":")
            self.open_conflicts(kind, which)
        elif form == EMERGENCY:
            self.open_emergency()
        elif form == ADDRESS:
            self.open_addresses(entity)
        elif form == CONCEPT:
            self.open_concepts(entity)
        else:
            self.new_case(draft)
