"""The copy of everything on one jeugdige that a family asks for (inzage), as it is written: JSON, and read into PDF."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

FORMAT: Literal["bren-inzage"] = "bren-inzage"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CopiedField(_Part):
    """A filled field: `waarde` as people read it, `codes` where it comes from a list, `zwart` why parts are black."""

    veld: str
    label: str
    waarde: str
    codes: tuple[str, ...] = ()
    zwart: tuple[str, ...] = ()


class CopiedRecord(_Part):
    """One record, or one row of a list."""

    titel: str
    velden: tuple[CopiedField, ...]


class CopiedChapter(_Part):
    """Everything of one kind. `soort` is the kind of record as in `docs/formats.md`."""

    soort: str
    titel: str
    onderdelen: tuple[CopiedRecord, ...]


class SeenLine(_Part):
    """What somebody did with the file on one day, `keer` times; `zwart` says why parts of `wat` are black."""

    dag: date
    wie: str
    rol: str
    wat: str
    keer: int
    laptop: str
    noodtoegang: bool
    waarover: str
    zwart: tuple[str, ...] = ()


class FileCopy(_Part):
    """The copy. Without `doorgelezen_door` nobody read it through: only what is proposed is black."""

    formaat: Literal["bren-inzage"] = FORMAT
    versie: Literal[1] = 1
    kenmerk: str
    gemaakt_op: date
    gemaakt_door: str
    team: str
    verzoek_ontvangen_op: date | None = None
    doorgelezen_op: date | None = None
    doorgelezen_door: str = ""
    toelichting: tuple[str, ...]
    hoofdstukken: tuple[CopiedChapter, ...]
    gezien: tuple[SeenLine, ...]
