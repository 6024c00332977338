"""Whatever people, files and disks come up with: taken as it is, or refused in a sentence with nothing lost."""

from __future__ import annotations

import ctypes
import hashlib
import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from pydantic import BaseModel
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bren_desktop.app import LateProfile
from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.fields import Sensitivity, notes
from bren_desktop.gui.dialogs.unlock import UnlockPanel
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.preferences import Preferences
from bren_desktop.gui.widgets.texts import LongText
from bren_desktop.gui.workbench import Workbench
from bren_desktop.services.context import author
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Profile, places

Bren = Callable[..., Any]
EveryField = Callable[[type[BaseModel], Callable[[str], str]], dict[str, object]]
MOST = 200_000
CASE = {"id": "c1", "omschrijving": "Eet niet.", "knelpunten": ["KP-SGGZ"], "regio": "JZ24"}
EXPERT = {"id": "e1", "naam": "B. Denkbeeld", "expertise": ["EX-EET"], "adres": "Postbus 12, 2500 AA Den Haag"}
LETTER = {"vragen": ["Wat past?"], "inzetvorm": "telefonisch consult", "uren": 4, "termijn": "binnen twee weken"}
NASTY = (
    "<b>vet</b> <script>&amp; {0} {naam} %s %(x)s ' \" \\ \\n `x` $(x) ${x} "
    "\N{SLIGHTLY SMILING FACE}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL} שלום مرحبا \N{RIGHT-TO-LEFT MARK}-- ; | ]]> \ufffd"
)
STARTS = ("=1+1 ", "+1 ", "-1 ", "@x ", "'=1 ", "")


class Typist(Protocol):
    """What `conftest.py` gives."""

    @property
    def bench(self) -> Workbench: ...
    @property
    def workspace(self) -> Workspace: ...
    def ctrl(self, key: Qt.Key) -> None: ...
    def free(self, text: str) -> None: ...
    def wait(self) -> None: ...


def written(path: Path, *values: object) -> Path:
    path.write_text("\n".join(json.dumps(value, ensure_ascii=False) for value in values), "utf-8")
    return path


def files(folder: Path) -> Mapping[str, str]:
    """What every file of a profile holds, the log and empty files of locks aside."""
    kept = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in {".log", ".lock"}]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


def assert_refused(answer: Any, *parts: str) -> None:
    """Exit 1, nothing on standard output, and one sentence that holds `parts`."""
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1, answer.err
    assert answer.err.rstrip().endswith((".", "?"))
    for part in parts:
        assert part in answer.err


@pytest.fixture
def filled(founded: Bren, tmp_path: Path) -> Bren:
    """A profile with one case and one pareltje."""
    assert founded("import", "experts", written(tmp_path / "e.jsonl", EXPERT)).code == 0
    assert founded("case", "new", "--file", written(tmp_path / "c.json", CASE)).code == 0
    return founded


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.mark.parametrize("field", ["geboortedatum", "datum_aanmelding", "leeftijd_op"])
def test_an_impossible_or_far_date_is_refused(founded: Bren, tmp_path: Path, field: str) -> None:
    for day in ("31-2-2010", "2010-13-01", "0000-00-00", "9999-12-31", "0001-01-01", "ooit", 20100203, ["2010"], True):
        path = written(tmp_path / "c.json", {field: day, "omschrijving": "x"})
        assert_refused(founded("case", "new", "--file", path), Case.model_fields[field].metadata[-1].label)
    assert founded("case", "list").value == []


def test_a_pareltje_from_the_far_future_is_a_rejected_row(founded: Bren, tmp_path: Path) -> None:
    rows = [
        {**EXPERT, "profiel_gecontroleerd": "9999-12-31"},
        {**EXPERT, "id": "e2", "profiel_gecontroleerd": "2199-12-31"},
    ]
    report = founded("import", "experts", written(tmp_path / "e.jsonl", *rows)).value
    assert [(each["line"], each["field"]) for each in report["rejected"]] == [(1, "profiel_gecontroleerd")]
    assert founded("match", "--file", written(tmp_path / "c.json", {"omschrijving": "eet niet"})).code == 0


def test_no_age_but_a_number_is_taken(founded: Bren, tmp_path: Path) -> None:
    for value in ("twaalf", -1, 28, 12.5, True, [12], {"a": 1}, "12,5", 10**30, "1" * 5000):
        path = written(tmp_path / "c.json", {"omschrijving": "x", "leeftijd": value})
        assert_refused(founded("case", "new", "--file", path), "Leeftijd: ", "getal")


STRANGE = (
    "[" * 10_000 + "]" * 10_000,
    '{"omschrijving":' + "[" * 10_000 + "]" * 10_000 + "}",
    '{"geschiedenis":' + "[" * 900 + "]" * 900 + "}",
    '{"ontbrekend_aanbod":[{"code":"x","verfijning":' + '[{"code":"x","verfijning":' * 450 + "1" + "}]" * 450 + "}]}",
    '{"leeftijd": NaN}',
    '{"leeftijd": Infinity}',
    '{"leeftijd": ' + "9" * 5000 + "}",
    '{"hulpvraag": "',
    "[]",
    "",
    "PK\x03\x04",
    '{"Noor Bedenksel, 070 1234": 1}',
    '{"nieuw_veld": 1}',
)


def test_strange_json_is_refused_without_repeating_it(founded: Bren, tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    for text in STRANGE:
        path.write_text(text, "utf-8")
        answer = founded("case", "new", "--file", path)
        assert_refused(answer)
        assert len(answer.err) < 200
        assert "Bedenksel" not in answer.err
    assert founded("case", "list").value == []


def test_a_file_without_end_is_refused(founded: Bren) -> None:
    if Path("/dev/zero").exists():
        assert_refused(founded("case", "new", "--file", "/dev/zero"), "te groot")


def test_the_longest_text_is_taken_and_more_is_refused(filled: Bren, tmp_path: Path, folder: Path) -> None:
    text = "Wél 🙂 " * (MOST // 6) + "x" * (MOST % 6)
    long = {**CASE, "id": "c2", "hulpvraag": text[:MOST]}
    assert filled("case", "new", "--file", written(tmp_path / "c.json", long)).code == 0
    assert filled("case", "show", "c2").value["hulpvraag"] == text[:MOST].strip()
    longer = {**CASE, "id": "c3", "hulpvraag": "x" * (MOST + 1)}
    assert_refused(filled("case", "new", "--file", written(tmp_path / "c.json", longer)), "te lang", str(MOST))
    assert_refused(filled("case", "set", "c1", "achternaam", "x" * 501), "te lang")
    assert filled("case", "show", "c1").value["omschrijving"] == "Eet niet."
    assert len(filled("case", "list").value) == 2


def test_a_long_paste_is_taken_whole_and_a_longer_one_not_at_all(sit_down: Callable[[Role], Typist]) -> None:
    typist = sit_down(Role.VOORZITTER)
    typist.ctrl(Qt.Key.Key_N)
    typist.wait()
    page = typist.bench.page
    assert isinstance(page, CasesPage)
    page.intake.show_screen(2)
    editor = page.intake.binding.fields["hulpvraag"].editor
    assert isinstance(editor, LongText)
    paste, refused = QMimeData(), list[str]()
    editor.refused.connect(refused.append)
    editor.insertPlainText("Wat er al stond. ")
    paste.setText("x" * MOST)
    editor.insertFromMimeData(paste)
    assert editor.raw() == "Wat er al stond. "
    assert "Er is niets geplakt" in refused[0]
    editor.clear()
    editor.insertFromMimeData(paste)
    typist.ctrl(Qt.Key.Key_Return)
    typist.wait()
    (hit,) = typist.workspace.search.find(typist.workspace.actor, "xxxx")
    assert typist.workspace.cases.open(typist.workspace.actor, hit.entity).case.hulpvraag == "x" * MOST


def nasty(name: str) -> str:
    """A text full of markup, formulas and odd characters; each start of a formula falls to some field."""
    return f"{STARTS[len(name) % len(STARTS)]}{name.replace('_', '')} {NASTY}"


def test_every_text_goes_round_through_every_format(founded: Bren, tmp_path: Path, every_field: EveryField) -> None:
    for kind, model in (("cases", Case), ("experts", Expert)):
        raw = {**every_field(model, nasty), "id": "=1"}
        report = founded("import", kind, written(tmp_path / "first.jsonl", raw)).value
        assert (report["imported"], report["rejected"]) == (1, [])
        first = tmp_path / f"{kind}.jsonl"
        founded("export", kind, first)
        taken = json.loads(first.read_text("utf-8"))
        assert {name: taken[name] for name, value in raw.items() if isinstance(value, str)} == {
            name: value for name, value in raw.items() if isinstance(value, str)
        }
        for ending in ("csv", "xlsx", "jsonl"):
            assert_goes_round(founded, tmp_path, kind, first, ending)


def assert_goes_round(bren: Bren, tmp_path: Path, kind: str, first: Path, ending: str) -> None:
    """A file of one format, taken by an empty profile, gives the same records."""
    there, again = tmp_path / f"x.{ending}", tmp_path / "again.jsonl"
    elsewhere = ("--profile", tmp_path / f"{kind}-{ending}")
    assert bren("export", kind, there).code == 0
    assert bren("import", kind, there).value["unchanged"] == 1
    assert bren("init", "--team", "JZ24", "--name", "B", "--role", "voorzitter", *elsewhere).code == 0
    report = bren("import", kind, there, *elsewhere).value
    assert (report["imported"], report["rejected"]) == (1, [])
    bren("export", kind, again, *elsewhere)
    assert without_number(again) == without_number(first)


def without_number(path: Path) -> object:
    return {**json.loads(path.read_text("utf-8")), "nummer": ""}


def is_personal(name: str) -> bool:
    """Whether a letter masks what stands in this field of a case, wherever it occurs."""
    return notes(Case)[name].sensitivity is Sensitivity.PERSONAL


def test_every_text_reaches_search_match_letter_and_sheet(
    filled: Bren, tmp_path: Path, every_field: EveryField, profile_of: Callable[[], Workspace]
) -> None:
    case = {
        **{name: value for name, value in every_field(Case, nasty).items() if not is_personal(name)},
        "id": "c2",
        "roepnaam": "Noor<i>",
        "achternaam": "=Be&denksel",
    }
    letter = {**LETTER, "vragen": [nasty("vraag")], "aanleiding": nasty("aanleiding"), "uw_kenmerk": nasty("kenmerk")}
    expert = {**every_field(Expert, nasty), "id": "e2", "adres": "<b>Weg</b> 1, 2500 AA Den Haag"}
    filled("import", "cases", written(tmp_path / "c.jsonl", case))
    filled("import", "experts", written(tmp_path / "e.jsonl", expert))
    assert filled("search", "hulpvraag", "--in", "cases").value[0]["id"] == "c2"
    assert {each["id"] for each in filled("match", "c2").value} == {"e1", "e2"}
    words = ("--expert", "e2", "--out", tmp_path / "l.pdf", "--file", written(tmp_path / "l.json", letter))
    assert filled("letter", "c2", *words).code == 0
    text = pdf_text(tmp_path / "l.pdf")
    for part in ("<b>vet</b> <script>&amp; {0} {naam} %s", "<b>Weg</b> 1", nasty("vraag")[:40]):
        assert part in text
    assert "denksel" not in text
    workspace = profile_of()
    (tmp_path / "sheet.pdf").write_bytes(
        workspace.letters.case_sheet(workspace.actor, workspace.cases.open(workspace.actor, "c2").entity).pdf
    )
    workspace.lock()
    assert "<b>vet</b> <script>&amp; {0}" in pdf_text(tmp_path / "sheet.pdf")


@pytest.fixture
def profile_of(folder: Path, passphrase: str) -> Callable[[], Workspace]:
    return lambda: Profile(folder).unlock(passphrase)


def pdf_text(path: Path) -> str:
    pages = PdfReader(path).pages
    assert len(pages) <= 2
    return " ".join(" ".join(page.extract_text() for page in pages).split())


CSV = "naam;functie;leeftijd_van\r\nZoë d’Arel;€ uur — één;12\r\n=cmd;@x;13\r\n"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16", "utf-16-le", "utf-8"])
def test_a_table_from_excel_is_read_whatever_its_encoding(founded: Bren, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "pool.csv"
    path.write_bytes(CSV.encode(encoding))
    assert founded("import", "experts", path).value["imported"] == 2
    founded("export", "experts", tmp_path / "out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    found = {(row["naam"], row["functie"], row["leeftijd_van"]) for row in rows}
    assert found == {("Zoë d’Arel", "€ uur — één", 12), ("=cmd", "@x", 13)}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "json"])
def test_a_file_of_another_program_is_refused(founded: Bren, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"x.{ending}"
    for data in (
        b"",
        b"\0" * 5000,
        b"%PDF-1.7\n%",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04",
        b"MZ\x90\0",
        b"\xd0\xcf\x11\xe0",
    ):
        path.write_bytes(data)
        assert_refused(founded("import", "cases", path), "Er is niets geïmporteerd")


def test_a_truncated_workbook_changes_nothing(filled: Bren, tmp_path: Path) -> None:
    filled("export", "experts", tmp_path / "x.xlsx")
    data = (tmp_path / "x.xlsx").read_bytes()
    for part in (0.1, 0.5, 0.9, 0.99):
        (tmp_path / "x.xlsx").write_bytes(data[: int(len(data) * part)])
        assert_refused(filled("import", "cases", tmp_path / "x.xlsx"), "beschadigd", "Er is niets geïmporteerd")


def test_a_folder_and_a_link_to_nowhere_are_no_files_and_a_link_to_a_file_is(filled: Bren, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "nowhere.csv").symlink_to(tmp_path / "gone.csv")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "e.jsonl")
    for name in ("folder.csv", "nowhere.csv"):
        assert_refused(filled("import", "experts", tmp_path / name), "kan niet worden geopend")
    assert filled("import", "experts", tmp_path / "link.jsonl").value["unchanged"] == 1


@pytest.mark.parametrize("place", ["folder", "nowhere/x", "c.json/x", "x" * 300])
def test_where_nothing_can_be_written_nothing_is_filed(
    filled: Bren, tmp_path: Path, profile_of: Callable[[], Workspace], place: str
) -> None:
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "folder.csv").mkdir()
    before = sorted(tmp_path.rglob("*"))
    words = ("--expert", "e1", "--file", written(tmp_path / "l.json", LETTER), "--release")
    assert_refused(filled("letter", "c1", *words, "--out", tmp_path / f"{place}.pdf"))
    assert_refused(filled("export", "cases", tmp_path / f"{place}.csv"))
    workspace = profile_of()
    assert workspace.dossier.recent_documents(workspace.actor, 5) == []
    workspace.lock()
    assert [path for path in sorted(tmp_path.rglob("*")) if path.suffix != ".json"] == [
        path for path in before if path.suffix != ".json"
    ]


def test_a_name_that_nobody_has_is_not_found(filled: Bren) -> None:
    for name in ("\udcff", "../../c1", "", "%", "c1\n", "c" * 10_000):
        assert_refused(filled("case", "show", name), "Er is geen casus")
        assert_refused(filled("letter", "c1", "--expert", name, "--out", "x.pdf"), "Er is geen pareltje")


def test_no_search_is_a_command(filled: Bren) -> None:
    for text in (
        '"',
        "(",
        "AND",
        "*",
        "NEAR(a b)",
        "{a}:b",
        "^x",
        "-",
        "' OR 1=1 --",
        "\udcff",
        "\N{SLIGHTLY SMILING FACE}",
    ):
        assert filled("search", "--", text).code == 0


def harm_key_file(folder: Path) -> None:
    for name in ("keys.json", "keys.json.previous"):
        (folder / name).write_bytes((folder / name).read_bytes()[:-40])


def newer_key_file(folder: Path) -> None:
    body: dict[str, object] = {"format": 2, "anders": True}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    body["checksum"] = hashlib.sha256(text.encode()).hexdigest()
    for name in ("keys.json", "keys.json.previous"):
        (folder / name).write_text(json.dumps(body), "utf-8")


def harm_page(folder: Path) -> None:
    data = bytearray((folder / "store.db").read_bytes())
    chance = random.Random(1)
    for page in range(4096, len(data), 4096):
        data[page + chance.randrange(4096)] ^= 0xFF
    (folder / "store.db").write_bytes(bytes(data))


def harm_header(folder: Path) -> None:
    (folder / "store.db").write_bytes(b"\0" * 4096 + (folder / "store.db").read_bytes()[4096:])


def newer_store(folder: Path) -> None:
    workspace = Profile(folder).unlock("vier gele fietsen slapen")
    with workspace.context.store.write(author(workspace.actor)) as writer:
        writer._sql.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")  # type: ignore[attr-defined]
    workspace.lock()


def other_passphrase(folder: Path) -> None:
    (folder.parent / "passphrase").write_text("een heel ander wachtwoord", "utf-8")


SENTENCES: Mapping[Callable[[Path], None], str] = {
    harm_key_file: "Het sleutelbestand is beschadigd of ontbreekt.",
    newer_key_file: "Dit profiel is gemaakt met een nieuwere versie",
    harm_page: "Het gegevensbestand is beschadigd of ontbreekt.",
    harm_header: "Het gegevensbestand is beschadigd of ontbreekt.",
    newer_store: "Dit profiel is gemaakt met een nieuwere versie",
    other_passphrase: "Het wachtwoord klopt niet.",
}


@pytest.mark.parametrize("harm", SENTENCES, ids=lambda harm: harm.__name__)
def test_each_harm_has_its_sentence_and_nothing_changes(
    filled: Bren, folder: Path, harm: Callable[[Path], None]
) -> None:
    harm(folder)
    before = files(folder)
    for words in (("case", "list"), ("search", "x"), ("case", "set", "c1", "wensen", "rust")):
        assert_refused(filled(*words), SENTENCES[harm])
    assert filled("doctor").value["store"] in {"closed", "damaged"}
    assert {name: data for name, data in files(folder).items() if name != places.ATTEMPTS} == before


def test_the_copy_mends_a_damaged_key_file(filled: Bren, folder: Path) -> None:
    before = files(folder)
    (folder / "keys.json").write_bytes(b"{")
    assert filled("case", "show", "c1").code == 0
    assert files(folder)["keys.json"] == before["keys.json"]


def test_a_profile_in_use_is_left_alone_by_the_other(
    sit_down: Callable[[Role], Typist], bren: Bren, folder: Path
) -> None:
    sit_down(Role.VOORZITTER)
    before = files(folder)
    for words in (("case", "list"), ("demo", "--cases", "1"), ("case", "new", "--file", folder / "keys.json")):
        answer = bren(*words)
        assert (answer.code, answer.out) == (1, "")
    assert_refused(bren("case", "list"), "al geopend")
    assert files(folder) == before


def test_the_window_says_so_while_bren_is_busy(
    filled: Bren, folder: Path, passphrase: str, profile_of: Callable[[], Workspace], qtbot: QtBot
) -> None:
    busy = profile_of()
    window = MainWindow(LateProfile(folder), Preferences())
    qtbot.addWidget(window)
    window.show_door()
    window.show()
    panel = window.findChild(UnlockPanel)
    assert panel is not None
    QTest.keyClicks(panel.ui.passphrase, passphrase)
    QTest.keyClick(panel.ui.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "al geopend" in panel.ui.problem.text())
    busy.lock()
    QTest.keyClick(panel.ui.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session is not None)
    window.lock()
    window.close()


if sys.platform != "win32":
    import resource

    LIBC = ctypes.CDLL(None)

    class Head(ctypes.Structure):
        _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))

    class Sets(ctypes.Structure):
        _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))

    @contextmanager
    def small_disk(room: int) -> Iterator[None]:
        """Every write beyond so many bytes of a file fails as on a full disk."""
        usual, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (usual, most))

    @contextmanager
    def without_rights() -> Iterator[None]:
        """Root too keeps to the rights on files (this thread does without CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH)."""
        head, sets = Head(0x20080522, 0), (Sets * 2)()
        assert LIBC.capget(ctypes.byref(head), sets) == 0
        usual = sets[0].effective
        sets[0].effective &= ~0b110
        assert LIBC.capset(ctypes.byref(head), sets) == 0
        try:
            yield
        finally:
            sets[0].effective = usual
            assert LIBC.capset(ctypes.byref(head), sets) == 0

    def test_on_a_full_disk_nothing_is_lost_and_no_half_file_stays(filled: Bren, tmp_path: Path) -> None:
        shown = filled("case", "show", "c1").value
        long = written(tmp_path / "long.json", {**CASE, "id": "c2", "hulpvraag": "x" * 150_000})
        line = written(tmp_path / "c.json", json.loads(long.read_text()))
        before = files(tmp_path)
        with small_disk(60_000):
            assert_refused(filled("case", "new", "--file", long), "De schijf is vol")
            assert_refused(filled("import", "cases", line), "schijf is vol")
            assert_refused(filled("letter", "c1", "--expert", "e1", "--out", tmp_path / "l.pdf"), "De schijf is vol")
        assert filled("case", "show", "c1").value == shown
        assert len(filled("case", "list").value) == 1
        assert filled("doctor").value["store"] == "ok"
        assert {path.name for path in tmp_path.iterdir() if path.suffix == ".pdf" or "part" in path.name} == set()
        assert before.keys() <= files(tmp_path).keys()

    def test_an_export_to_a_full_disk_leaves_the_old_file(filled: Bren, tmp_path: Path) -> None:
        long = written(tmp_path / "long.json", {**CASE, "id": "c2", "hulpvraag": "x" * 150_000})
        assert filled("case", "new", "--file", long).code == 0
        (tmp_path / "x.csv").write_text("oud")
        with small_disk(100_000):
            assert_refused(filled("export", "cases", tmp_path / "x.csv"), "De schijf is vol")
        assert (tmp_path / "x.csv").read_text() == "oud"
        assert not list(tmp_path.glob("*.part"))

    @pytest.mark.parametrize("limit", [10, 9000])
    def test_founding_on_a_full_disk_can_be_done_again(bren: Bren, limit: int) -> None:
        words = ("init", "--team", "JZ24", "--name", "Ada", "--role", "voorzitter")
        with small_disk(limit):
            assert_refused(bren(*words), "De schijf is vol")
        assert_refused(bren("case", "list"), "staat geen profiel")
        assert bren(*words).code == 0
        assert bren("case", "list").value == []

    def test_a_profile_that_may_not_be_written_says_so(filled: Bren, folder: Path) -> None:
        before = files(folder)
        folder.chmod(0o500)
        with without_rights():
            answer = filled("case", "show", "c1")
        folder.chmod(0o700)
        assert_refused(answer, "mag niet worden geschreven")
        assert files(folder) == before

    def test_a_folder_of_somebody_else_is_refused_for_a_profile_and_for_files(filled: Bren, tmp_path: Path) -> None:
        closed = tmp_path / "closed"
        closed.mkdir()
        closed.chmod(0o500)
        words = ("init", "--team", "JZ24", "--name", "Ada", "--role", "voorzitter", "--profile")
        with without_rights():
            answers = [
                filled(*words, closed),
                filled(*words, closed / "deeper"),
                filled("export", "cases", closed / "x.csv"),
                filled("letter", "c1", "--expert", "e1", "--out", closed / "l.pdf"),
            ]
        closed.chmod(0o700)
        for answer in answers:
            assert_refused(answer)
        assert list(closed.iterdir()) == []
