"""A concept of the thesaurus as a network changed it (decision 0017)."""

from __future__ import annotations

from typing import Annotated

from bren_desktop.domain.fields import Shape, neutral
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Line, Text, Words, YesNo
from bren_desktop.domain.vocabulary import CONCEPTS


class ConceptRecord(Record):
    """One concept, whole. Without `naam` it is out; without `herkomst` too, it is as the program has it."""

    extern_id: Annotated[Line, neutral("Kenmerk")] = ""
    naam: Annotated[Line, neutral("Begrip")] = ""
    ook: Annotated[Words, neutral("Andere woorden", shape=Shape.SET)] = ()
    verborgen: Annotated[Words, neutral("Schrijffouten die ook tellen", shape=Shape.SET)] = ()
    hints: Annotated[Words, neutral("Zwakke aanwijzingen", shape=Shape.SET)] = ()
    breder: Annotated[Words, neutral("Valt onder", vocabulary=CONCEPTS, shape=Shape.SET)] = ()
    verwant: Annotated[Words, neutral("Verwant met", vocabulary=CONCEPTS, shape=Shape.SET)] = ()
    codes: Annotated[Words, neutral("Codes", shape=Shape.SET)] = ()
    over_ouder: Annotated[YesNo, neutral("Betekent iets anders als het over een ouder gaat")] = None
    van_ouder: Annotated[Words, neutral("Betekent dan", vocabulary=CONCEPTS, shape=Shape.SET)] = ()
    contra: Annotated[Words, neutral("Hulp die dan niet bovenaan staat", vocabulary=CONCEPTS, shape=Shape.SET)] = ()
    toelichting: Annotated[Text, neutral("Toelichting", long=True)] = ""
    herkomst: Annotated[Line, neutral("Herkomst")] = ""
