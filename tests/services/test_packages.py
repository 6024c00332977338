"""The file between two teams: read for ever as it was frozen, and hostile until it is parsed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bren_desktop.crypto import packages
from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.handing_over import BELOW
from bren_desktop.errors import UserFacingError
from bren_desktop.services.context import Context
from bren_desktop.services.package_contents import UnfitPackageError, unpacked
from bren_desktop.services.taking_over import TakingOver

TODAY = date(2026, 11, 22)
FROZEN = (Path(__file__).parent / "frozen" / "overdracht-1.bren").read_bytes()
CODE = "000G-40R4-0M30-E209"
CONTENT = packages.open_package(FROZEN, CODE)
END = 4 + int.from_bytes(CONTENT[:4], "big")
SAID = json.loads(CONTENT[4:END])
MAY_COME = {Kind.CASE, Kind.CONTACT, Kind.TRANSITION, Kind.ATTACHMENT, *BELOW}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def content_of(said: object) -> bytes:
    text = json.dumps(said).encode()
    return len(text).to_bytes(4, "big") + text + CONTENT[END:]


def nested(depth: int) -> object:
    return [nested(depth - 1)] if depth else "x"


def places(value: object, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield here
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from places(each, (*here, key))


def changed(value: Any, place: tuple[Any, ...], new: object) -> Any:
    if not place:
        return new
    copy = value.copy()
    copy[place[0]] = changed(value[place[0]], place[1:], new)
    return copy


def test_a_package_of_version_1_reads_for_ever() -> None:
    assert hashlib.sha256(FROZEN).hexdigest() == "95fbc501c646cff8495201d0361ac3a20d061a8d324abf35d6b8f17f98e47ba5"
    assert hashlib.sha256(CONTENT).hexdigest() == "7e185634a5e0e5e9654a8fe47887c0c6c50e151b1a6c9a5244952cb503955b0e"
    contents = unpacked(CONTENT, TODAY)
    assert (contents.package.van_team, contents.package.naar_team, contents.package.dag) == ("HGL", "TWE", TODAY)
    assert (contents.case.roepnaam, contents.case.te_coderen[0].tekst) == ("Sam", "iets eigens")
    assert [kind for kind, _ in contents.below] == [Kind.BRIDGE, Kind.FUTURE_PLAN, Kind.STATEMENT]
    assert contents.package.verhaal[0].tekst == "Uitkomst: een eigen plek."
    assert contents.files == (b"Een verslag van vroeger.\n", b"%PDF-1.4 fictief")


@given(at=st.integers(0, len(FROZEN) - 1), new=st.binary(max_size=3), cut=st.integers(0, 3))
@settings(max_examples=30)
def test_whatever_was_done_to_a_file_is_refused_with_a_sentence(at: int, new: bytes, cut: int) -> None:
    spoiled = FROZEN[:at] + new + FROZEN[at + cut :]
    if spoiled != FROZEN:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(packages, "_WORK", Argon2Work(1, 8 * 1024, 1))
            with pytest.raises(UserFacingError):
                packages.open_package(spoiled, CODE)


@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_has_the_code_can_still_not_say_more_than_a_package_may(
    context: Context, secretary: Actor, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from(list(places(SAID))))
    said = changed(SAID, place, data.draw(JSON))
    if isinstance(said, dict) and place != ("pakket",):
        said = {**said, "pakket": data.draw(st.from_regex("[a-z2-7]{26}", fullmatch=True)), "naar_team": "HGL"}
    monkeypatch.setattr("bren_desktop.services.taking_over.open_package", lambda *_: content_of(said))
    before = kinds(context)
    try:
        TakingOver(context).accept(secretary, b"", "")
    except UserFacingError:
        assert kinds(context) == before
    assert kinds(context).keys() <= MAY_COME


def kinds(context: Context) -> dict[Kind, int]:
    with context.store.read() as reader:
        return {kind: count for kind in Kind if (count := len(reader.entities(kind)))}


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("status", "ST-AFG"),
        ("toegewezen", ["p3"]),
        ("extern_id", "c1"),
        ("id", "c1"),
        ("nummer", "BREN-TWE-2026-AA0001"),
        ("grondslag", "GS-TAAK"),
        ("bewaarplicht_reden", "Altijd."),
        ("onbekend", "x"),
    ],
)
def test_what_is_not_for_another_team_to_say_is_refused(place: str, value: object) -> None:
    with pytest.raises(UnfitPackageError):
        unpacked(content_of(changed(SAID, ("casus",), {**SAID["casus"], place: value})), TODAY)


def test_no_record_comes_along_that_has_a_meaning_of_its_own_here() -> None:
    for kind in set(Kind) - set(BELOW):
        with pytest.raises(UnfitPackageError):
            unpacked(content_of({**SAID, "hieronder": {kind.value: [{}]}}), TODAY)


def test_rows_name_nothing_that_is_known_here() -> None:
    row = {"id": "a" * 26, "naam": "Ans", "persoon": "b" * 26}
    (read,) = unpacked(content_of(changed(SAID, ("casus", "betrokkenen"), [row])), TODAY).case.betrokkenen
    assert (read.naam, read.persoon) == ("Ans", "")
    assert read.id != row["id"]


def test_what_is_to_be_coded_is_about_a_field_that_goes() -> None:
    rows = [{"veld": veld, "tekst": "besloten"} for veld in ("status", "team", "onbekend", "", "maatregelen")]
    read = unpacked(content_of(changed(SAID, ("casus", "te_coderen"), [*rows, {"tekst": "x"}])), TODAY).case
    assert {row.veld for row in read.te_coderen} == {"maatregelen"}


@pytest.mark.parametrize(("key", "value"), [("van_team", "moeder"), ("van_naam", "moeder"), ("dag", None), ("dag", "")])
def test_who_hands_over_is_a_team_of_our_list_on_a_day(key: str, value: object) -> None:
    with pytest.raises(UnfitPackageError):
        unpacked(content_of({**SAID, key: value}), TODAY)


def test_a_term_that_no_list_knows_is_to_be_coded() -> None:
    read = unpacked(content_of(changed(SAID, ("casus", "knelpunten"), ["KP-NIEUW"])), TODAY).case
    assert read.knelpunten == ("OVERIG",)
    assert {row.tekst for row in read.te_coderen} >= {"KP-NIEUW"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\0\0\0",
        CONTENT[:40],
        CONTENT + b"more",
        CONTENT[:-1] + b"x",
        (2**32 - 1).to_bytes(4, "big") + CONTENT[4:],
        b"\0\x01\0\0" + b"[" * 65_536,
        *(content_of({**SAID, "casus": {"hulpvraag": nested(depth)}}) for depth in range(100, 960, 60)),
        content_of({**SAID, "bijlagen": [{**SAID["bijlagen"][0], "grootte": -1}]}),
        content_of({**SAID, "bijlagen": SAID["bijlagen"][::-1]}),
        content_of({**SAID, "verhaal": SAID["verhaal"] * 3_000}),
        content_of({**SAID, "hieronder": {"verklaring": [{"tekst": "x"}] * 101}}),
        content_of({**SAID, "hieronder": {"overbrugging": [{"checks": [{}] * 501}]}}),
        *(content_of({**SAID, "casus": {name: [{}] * 501}}) for name in ("betrokkenen", "knelpunten", "te_coderen")),
        *(content_of({**SAID, "casus": {name: "[]"}}) for name in ("betrokkenen", "knelpunten")),
        content_of({**SAID, "casus": {"ontbrekend_aanbod": [{"code": "OA-01", "verfijning": ["x"] * 501}]}}),
    ],
)
def test_lengths_and_counts_are_bounded_and_must_agree(content: bytes) -> None:
    with pytest.raises(UserFacingError):
        unpacked(content, TODAY)
