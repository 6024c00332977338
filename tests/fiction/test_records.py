"""Fictional records are the same everywhere, valid, and belong to nobody."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from bren_desktop.domain.cases import Case, missing_for_intake
from bren_desktop.domain.experts import Expert, address_lines
from bren_desktop.domain.fields import Shape, notes
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.fiction import names
from bren_desktop.fiction.cases import case
from bren_desktop.fiction.days import ANCHOR
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.experts import expert

EMAIL = re.compile(r"[\w.+-]+@([\w.-]+)")
MOBILE = re.compile(r"(?<!\d)(?:06|\+31\s?6|0031\s?6)[\s-]?[1-9](?:[\s-]?\d){7}")
POSTCODE = re.compile(r"\b[1-9]\d{3}\s?([A-Z]{2})\b")
NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)")
NEVER_GIVEN_OUT = {"SA", "SD", "SS"}

DIGEST = """
import hashlib
from bren_desktop.fiction.cases import case
from bren_desktop.fiction.experts import expert
made = [case(3, n) for n in range(1, 30)] + [case(3, n, realistic=True) for n in range(1, 9)] + [
    expert(3, n) for n in range(1, 40)]
print(hashlib.sha256("".join(each.model_dump_json() for each in made).encode()).hexdigest())
"""


def _texts(record: BaseModel) -> Iterator[str]:
    """All text of a record but the ids of its rows."""
    for name, value in record:
        if name == "id":
            continue
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, BaseModel):
                yield from _texts(item)
            elif isinstance(item, str):
                yield item


def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed(project: Path) -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=project,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(project)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_another_seed_gives_other_people() -> None:
    ours = [case(1, number).model_copy(update={"extern_id": ""}) for number in range(1, 30)]
    theirs = [case(2, number).model_copy(update={"extern_id": ""}) for number in range(1, 30)]
    assert not [one for one, other in zip(ours, theirs, strict=True) if one == other]


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.integers(1, 20_000), st.booleans())
def test_every_code_is_in_its_list(seed: int, number: int, realistic: bool) -> None:
    for record in (case(seed, number, realistic=realistic), expert(seed, number)):
        for name, note in notes(type(record)).items():
            value = getattr(record, name)
            codes = value if note.shape is Shape.SET else (value,)
            if note.vocabulary:
                assert all(code in vocabulary(note.vocabulary) for code in codes if code), name


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.integers(1, 20_000))
def test_no_placeholder_is_left_in_a_text(seed: int, number: int) -> None:
    found = [text for text in _texts(case(seed, number, realistic=True)) if re.search(r"[{}<>\[\]|]", text)]
    assert not found


@given(st.integers(), st.lists(st.integers(), min_size=1, unique=True), st.integers(0, 40))
def test_some_are_different_and_in_order(seed: int, items: list[int], count: int) -> None:
    taken = Dice(seed).some(items, count)
    assert len(taken) == min(count, len(items))
    assert taken == [item for item in items if item in taken]
    assert sorted(Dice(seed).shuffled(items)) == sorted(items)


def test_a_realistic_case_is_the_one_that_measurements_ask_for() -> None:
    for number in range(1, 120):
        made = case(5, number, realistic=True)
        filled = [name for name, value in made if value not in ("", None, ())]
        size = sum(len(text.encode()) for text in _texts(made))
        assert len(filled) >= 60, number
        assert 8_000 <= size <= 11_500, size
        assert (len(made.geschiedenis), len(made.betrokkenen)) == (8, 4)
        assert len(made.knelpunten) + len(made.ontbrekend_aanbod) == 6
        assert not missing_for_intake(made)


def test_no_contact_data_can_belong_to_anybody(cases: Sequence[Case], experts: Sequence[Expert]) -> None:
    told = [text for record in (*cases, *experts) for text in _texts(record)]
    domains = {domain for text in told for domain in EMAIL.findall(text)}
    letters = {found for text in told for found in POSTCODE.findall(text)}
    assert domains == {"example.nl", "example.org"}
    assert letters == NEVER_GIVEN_OUT
    assert not [text for text in told if MOBILE.search(text) or NINE_DIGITS.search(text)]


def test_phone_numbers_lie_outside_every_plan() -> None:
    for seed in range(50):
        assert re.fullmatch(r"06-0000 \d{4}", names.phone(Dice(seed)))
        assert re.fullmatch(r"070-000 \d{4}", names.landline(Dice(seed)))


def test_an_address_of_a_pareltje_fits_an_envelope(experts: Sequence[Expert]) -> None:
    for made in experts:
        street, place = address_lines(made.adres)
        assert re.fullmatch(r"\D+ \d+", street)
        assert re.fullmatch(r"\d{4} S[ADS]  [A-Z' -]+", place), place


def test_nothing_lies_after_the_anchor_that_already_happened(cases: Sequence[Case], experts: Sequence[Expert]) -> None:
    days = [day for made in cases for day in (made.datum_aanmelding, made.analyse_datum, made.geboortedatum) if day]
    days += [made.profiel_gecontroleerd for made in experts if made.profiel_gecontroleerd]
    assert max(days) <= ANCHOR
