"""What a case asks of an expert."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Need:
    """A concept, expertise or domain that the case asks for.

    `strength` runs from 0 to 1; `evidence` holds the words of the case that ask for it, the most telling first, and is
    empty where those are of a criminal-law kind and may not be repeated.
    """

    code: str
    strength: float
    evidence: tuple[str, ...] = ()
    codes: tuple[tuple[str, float], ...] = ()
    """The codes of expertise that a concept belongs to, each with how much: who has one knows something of it."""

    @property
    def every_code(self) -> tuple[str, ...]:
        """The need itself and the codes that it belongs to."""
        return self.code, *(code for code, _ in self.codes)


@dataclass(frozen=True, slots=True)
class Warned:
    """A kind of help, a concept, that one does not put on top here, and the words of the case that say why."""

    concept: str
    label: str
    evidence: tuple[str, ...] = ()


class WishKind(StrEnum):
    """What a young person or parent may wish of the expert."""

    LANGUAGE = "taal"
    EXPERIENCE = "eigen ervaring"
    GENDER = "man of vrouw"
    REGION = "regio"


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish, with its words in the case. `value` is the language, `man` or `vrouw`, or the region."""

    kind: WishKind
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that matching knows of a case. `process` says how far it is a question of regie, money or law."""

    needs: tuple[Need, ...] = ()
    domains: tuple[Need, ...] = ()
    age: int | None = None
    region: str = ""
    urgent: bool = False
    wishes: tuple[Wish, ...] = ()
    process: float = 0.0
    process_evidence: tuple[str, ...] = ()
    warned: tuple[Warned, ...] = ()
