"""What can go wrong in a way that a user can act on; anything else is a bug.

A message says in whole sentences what happened, what is safe and what to do now. It is kept as a Dutch
template with named values apart, so that the window can translate the template. Values never hold case
content, a name or a key.
"""

from __future__ import annotations


class UserFacingError(Exception):
    """A known failure. `str()` gives the Dutch sentence; `template` and `values` are there to translate it."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values)


class InvalidInputError(UserFacingError):
    """A value from outside that cannot be taken as it is. `field` is the key of the field, or empty."""

    def __init__(self, template: str, *, field: str = "", **values: object) -> None:
        super().__init__(template, **values)
        self.field = field


class NotAllowedError(UserFacingError):
    """The acting person's role does not give this right."""


class NotFoundError(UserFacingError):
    """No such case, expert, document or profile (any more)."""


class WrongPassphraseError(UserFacingError):
    """No slot of the key file opens with what was given."""

    def __init__(self) -> None:
        super().__init__(
            "Het wachtwoord klopt niet. Er is niets veranderd. "
            "Controleer Caps Lock en probeer het opnieuw, of gebruik uw herstelcode."
        )


class WrongRecoveryCodeError(WrongPassphraseError):
    """A recovery code without typing errors that does not belong to this profile."""

    def __init__(self) -> None:
        UserFacingError.__init__(
            self,
            "Deze herstelcode hoort niet bij dit profiel. Er is niets veranderd. "
            "Gebruik de laatst afgedrukte code: een nieuwe code maakt de vorige ongeldig.",
        )


class KeyringSecretLostError(UserFacingError):
    """The keyring works, but no longer holds the secret that this profile needs."""

    def __init__(self) -> None:
        super().__init__(
            "De sleutelbos van deze computer kent dit profiel niet (meer), zoals na een nieuw Windows-profiel of op "
            "een andere laptop. Uw gegevens zijn veilig. Open het profiel met uw herstelcode en stel daarna een nieuw "
            "wachtwoord in."
        )


class KeyringUnavailableError(UserFacingError):
    """This profile needs the keyring, and the keyring cannot be reached now."""

    def __init__(self) -> None:
        super().__init__(
            "De sleutelbos van deze computer is vergrendeld of niet bereikbaar, en dit profiel heeft hem nodig. "
            "Uw gegevens zijn veilig. Ontgrendel de sleutelbos en probeer het opnieuw, of gebruik uw herstelcode."
        )


class DamagedKeyFileError(UserFacingError):
    """The key file and its previous copy cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            "Het sleutelbestand is beschadigd of ontbreekt. Uw gegevens staan er nog, maar kunnen zo niet open. "
            "Zet keys.json terug uit een reservekopie en start opnieuw."
        )


class DamagedStoreError(UserFacingError):
    """The store opens with the right key but its pages do not verify, or it is no store at all."""

    def __init__(self) -> None:
        super().__init__(
            "Het gegevensbestand is beschadigd of ontbreekt. Er is niets overschreven. "
            "Zet een reservekopie terug, of vraag uw beheerder om hulp."
        )


class StoreInUseError(UserFacingError):
    """Another process holds this profile."""

    def __init__(self) -> None:
        super().__init__(
            "Dit profiel is al geopend in een ander venster of door een ander programma. Er is niets veranderd. "
            "Ga naar dat venster, of sluit het en probeer het opnieuw."
        )


class DiskFullError(UserFacingError):
    """No space left while writing."""

    def __init__(self) -> None:
        super().__init__(
            "De schijf is vol. Wat al was opgeslagen is veilig; de laatste wijziging is niet opgeslagen. "
            "Maak ruimte vrij en sla opnieuw op."
        )


class NewerStoreError(UserFacingError):
    """The store or key file was written by a newer version of the program."""

    def __init__(self) -> None:
        super().__init__(
            "Dit profiel is gemaakt met een nieuwere versie van BREN Desktop. Er is niets veranderd. "
            "Werk het programma bij en probeer het opnieuw."
        )


class NoWriteAccessError(UserFacingError):
    """The folder cannot be written."""

    def __init__(self) -> None:
        super().__init__(
            "In deze map mag niet worden geschreven. Er is niets veranderd. "
            "Kies een andere map, of vraag uw beheerder om schrijfrechten."
        )


class UnreadableFileError(UserFacingError):
    """A file from outside that cannot be read as what it should be."""


class ReadOnlyError(NotAllowedError):
    """Something new in a team or network that this laptop is out of."""

    def __init__(self) -> None:
        super().__init__(
            "Deze laptop is uit dit team of netwerk. Wat hier staat kunt u nog lezen, maar niet wijzigen, exporteren "
            "of in een brief zetten. Er is niets veranderd. Vraag een collega die nog wel meedoet."
        )


class NotAssignedError(NotAllowedError):
    """A case of the own team that is assigned to others, and that emergency access opens."""

    def __init__(self) -> None:
        super().__init__(
            "Deze casus is niet aan u toegewezen. Vraag de secretaris of voorzitter om hem aan u toe te wijzen. "
            "Kan dat niet wachten, gebruik dan noodtoegang: u geeft een reden, die achteraf wordt beoordeeld."
        )


class OnlyReadingError(NotAllowedError):
    """A change in a case that is open by emergency access alone."""

    def __init__(self) -> None:
        super().__init__(
            "Met noodtoegang leest u deze casus alleen. Er is niets gewijzigd. Moet u erin werken, vraag dan de "
            "secretaris of voorzitter om de casus aan u toe te wijzen."
        )


class MissingConsentError(UserFacingError):
    """Sharing identifying data without valid consent for that recipient."""


class ErasedCaseError(UserFacingError):
    """Something new about a case that was erased."""

    def __init__(self) -> None:
        super().__init__("Deze casus is gewist en kan niet opnieuw worden vastgelegd.")
