"""Two laptops imported one file before they met: no needless second versions, and nothing that people wrote is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.services import said
from bren_desktop.sync.enrolment.same_file import met

FIELDS = ("hulpvraag", "omschrijving", "krachten", "schade")
texts = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["een", "twee", "drie"]), max_size=4)


def imported(file: dict[str, str], edits: dict[str, str]) -> dict[tuple[str, str], Any]:
    """What a laptop holds that took in `file` and changed `edits` since."""
    plain = {(field, ""): text for field, text in file.items()}
    marks = {name: value for name, value in said.merged({}, plain, FIELDS).items() if name[0] == said.FIELD}
    return {**plain, **{(field, ""): text for field, text in edits.items()}, **marks}


@given(texts, texts, texts)
def test_what_i_wrote_is_there_alone_or_beside_what_they_wrote(
    file: dict[str, str], my_edits: dict[str, str], their_edits: dict[str, str]
) -> None:
    mine, theirs = imported(file, my_edits), imported(file, their_edits)
    meeting = met(mine, theirs)
    for field, text in my_edits.items():
        name = field, ""
        kept = meeting.replacing.get(name, meeting.beside.get(name, theirs.get(name)))
        assert kept == text or text == file.get(field)
    for field, text in their_edits.items():
        if (field, "") in meeting.replacing:
            assert text == file.get(field)


def test_two_untouched_imports_have_nothing_to_say_to_each_other() -> None:
    mine, theirs = imported({"hulpvraag": "een"}, {}), imported({"hulpvraag": "een"}, {})
    assert not met(mine, theirs).replacing
    assert not met(mine, theirs).beside


def test_without_a_file_both_wrote_it_themselves() -> None:
    meeting = met({("hulpvraag", ""): "een", ("schade", ""): "x"}, {("hulpvraag", ""): "twee"})
    assert (meeting.beside, meeting.replacing) == ({("hulpvraag", ""): "een"}, {("schade", ""): "x"})
