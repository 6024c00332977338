"""Marker strings in everything that a person can write, and then every byte that the program left on the disk.

They may stand in the files that the user asked for, and nowhere else; the log must be of use all the same.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest
from pydantic import BaseModel
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.records import Consult, ContactMoment, Organisation, Person
from bren_desktop.gui import crash
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.workbench import Workbench
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Profile

Bren = Callable[..., Any]
EveryField = Callable[[type[BaseModel], Callable[[str], str]], dict[str, object]]
TOKEN = "qzxmerk"
ENCODED = tuple(TOKEN.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def marked(name: str) -> str:
    """A text that occurs nowhere by itself."""
    return f"{TOKEN}{name.replace('_', '').replace('-', '')}"


class Typist(Protocol):
    """What `conftest.py` gives."""

    @property
    def bench(self) -> Workbench: ...
    @property
    def workspace(self) -> Workspace: ...
    def ctrl(self, key: Qt.Key) -> None: ...
    def press(self, key: Qt.Key) -> None: ...
    def free(self, text: str) -> None: ...
    def wait(self) -> None: ...


class Secrets:
    """Files and texts in which no marker may stand."""

    def __init__(self, places: list[Path], codes: list[str]) -> None:
        self.places, self.codes = places, codes

    def assert_kept(self) -> None:
        """No file below the places, nor its name, holds a marker, the passphrase or the recovery code."""
        looked = 0
        for path in (path for place in self.places for path in place.rglob("*")):
            assert not holds_marker(path.name.encode()), path
            if path.is_file():
                looked += 1
                data = path.read_bytes()
                assert not holds_marker(data), path
                assert not any(code.encode() in data for code in self.codes), path
        assert looked


def holds_marker(data: bytes) -> bool:
    found = data.lower()
    return any(each in found for each in ENCODED)


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """Where the user keeps what they import and asked for."""
    (tmp_path / "asked").mkdir()
    return tmp_path / "asked"


@pytest.fixture
def secrets(bren: Bren, tmp_path: Path, temporary: Path, passphrase: str, caplog: pytest.LogCaptureFixture) -> Secrets:
    """A new profile, and the places where its content must not come."""
    founded = bren("init", "--team", "JZ24", "--name", "Ada", "--role", "voorzitter", "--json")
    assert founded.code == 0
    (tmp_path / "settings").mkdir()
    (tmp_path / "share").mkdir()
    names = ("profile", "settings", "share")
    places = [*(tmp_path / name for name in names), temporary, Path(os.environ["HOME"])]
    return Secrets(places, [founded.value["recovery_code"], passphrase])


def written(path: Path, *values: object) -> Path:
    path.write_text("\n".join(json.dumps(value) for value in values), "utf-8")
    return path


def do_the_main_job(bren: Bren, asked: Path, every_field: EveryField) -> None:
    """Every command with markers wherever a text can stand."""
    case = {**every_field(Case, marked), "id": marked("case"), "ontbrekend_aanbod": [marked("aanbod")]}
    expert = {**every_field(Expert, marked), "id": marked("expert"), "adres": f"{marked('weg')} 1, 2500 AA Den Haag"}
    letter = {
        "vragen": [marked("vraag")],
        "aanleiding": marked("aanleiding"),
        "waarom_deze_expert": marked("waarom"),
        "inzetvorm": marked("inzet"),
        "uren": 4,
        "termijn": marked("termijn"),
        "uw_kenmerk": marked("kenmerk"),
        "bijlagen": [marked("bijlage")],
        "niet_gevraagd": marked("niet"),
    }
    out = asked / f"{marked('brief')}.pdf"
    words = ("letter", marked("case"), "--expert", marked("expert"), "--out", out)
    commands = [
        ("import", "experts", written(asked / "e.jsonl", expert)),
        ("case", "new", "--file", written(asked / "c.json", case)),
        ("case", "set", marked("case"), "wensen", marked("wens")),
        ("search", marked("hulpvraag")),
        ("match", marked("case")),
        (*words, "--file", written(asked / "l.json", letter), "--release"),
        *(("export", kind, asked / f"{kind}.{end}") for kind in ("cases", "experts") for end in ("csv", "xlsx")),
        *(("import", kind, asked / f"{kind}.{end}") for kind in ("cases", "experts") for end in ("csv", "xlsx")),
    ]
    for command in commands:
        answer = bren(*command)
        assert answer.code == 0, answer.err
        assert answer.err == ""


def test_what_the_commands_do_stays_in_the_store_and_in_the_files_asked_for(
    bren: Bren,
    secrets: Secrets,
    asked: Path,
    tmp_path: Path,
    every_field: EveryField,
    appeared: Callable[[], bytes],
) -> None:
    do_the_main_job(bren, asked, every_field)
    assert bren("share", "create", "--share", tmp_path / "share", "--network", marked("net")).code == 0
    assert bren("sync").value["reachable"]
    assert list((tmp_path / "share").glob("sp/*/log/*/*.brs")), "what was written is on the share"
    secrets.assert_kept()
    assert appeared() == b""
    assert holds_marker((asked / "cases.csv").read_bytes()), "the search for markers finds them where they are"
    log = (tmp_path / "profile" / "bren.log").read_text("utf-8")
    for line in (
        "profile created",
        "profile opened",
        "import of pareltje: ",
        ", imported 1, unchanged 0, rejected 0",
        "export of casus: ",
        ", exported 1",
        "letter: ",
        ", released True, identifying False, missing 0",
        "profile closed",
    ):
        assert line in log, line


def test_what_is_refused_is_not_repeated(
    bren: Bren, secrets: Secrets, asked: Path, tmp_path: Path, every_field: EveryField, passphrase_file: Path
) -> None:
    do_the_main_job(bren, asked, every_field)
    bad = marked("fout")
    rows = [{"id": bad, "naam": bad, "leeftijd_van": bad}, {bad: bad}, {"naam": bad, "gezag_sinds": bad}]
    report = bren("import", "experts", written(asked / "bad.jsonl", *rows))
    assert len(report.value["rejected"]) == 2
    assert not any(TOKEN in json.dumps(each["reason"]) for each in report.value["rejected"])
    refused = [
        ("case", "show", bad),
        ("case", "set", marked("case"), "geboortedatum", bad),
        ("case", "set", marked("case"), "leeftijd", bad),
        ("case", "set", marked("case"), "knelpunten", f'["{bad}'),
        ("case", "set", marked("case"), "betrokkenen", bad),
        ("case", "new", "--file", asked / bad),
        ("case", "new", "--file", written(asked / "x.json", {"omschrijving": bad, "geboortedatum": bad})),
        ("case", "new", "--file", written(asked / "y.json", {"omschrijving": bad, f"{bad} is hier": bad})),
        ("letter", marked("case"), "--expert", bad, "--out", asked / "x.pdf"),
        ("letter", bad, "--expert", marked("expert"), "--out", asked / "x.pdf"),
        (
            *("letter", marked("case"), "--expert", marked("expert"), "--out", asked / "x.pdf", "--file"),
            written(asked / "z.json", {"identificerend": True, "aanleiding": bad}),
        ),
        ("export", "cases", asked / bad / f"{bad}.csv"),
        ("import", "cases", asked / f"{bad}.csv"),
    ]
    for command in refused:
        answer = bren(*command)
        assert (answer.code, answer.out) == (1, ""), command
        assert TOKEN not in answer.err.casefold(), command
    passphrase_file.write_text(marked("wachtwoord"), "utf-8")
    assert bren("case", "list").code == 1
    secrets.assert_kept()
    log = (tmp_path / "profile" / "bren.log").read_text("utf-8")
    for failure in ("WrongPassphraseError", "MissingConsentError", "InvalidInputError", "NotFoundError"):
        assert f"failed: {failure}, " in log, failure


def fill_by_services(workspace: Workspace) -> str:
    """What the commands cannot write; the entity of a case."""
    actor, today = workspace.actor, workspace.context.today()
    case = workspace.cases.record(actor, Case(roepnaam=marked("roep"), hulpvraag=marked("hulp"), leeftijd=17)).entity
    expert = workspace.pool.record(actor, Expert(naam=marked("naam"), organisatie=marked("org"))).entity
    workspace.dossier.add_contact(actor, case, ContactMoment(datum=today, met=marked("met"), tekst=marked("tekst")))
    workspace.consents.add(actor, case, _consent(today))
    workspace.pool.register_consult(actor, Consult(expert=expert, casus=case, datum=today, minuten=5))
    workspace.addresses.add(actor, Person(naam=marked("persoon"), telefoon=marked("tel")))
    workspace.addresses.add(actor, Organisation(naam=marked("organisatie"), adres=marked("adres")))
    team = workspace.team.get(actor)
    workspace.team.save(actor, team.model_copy(update={"naam": marked("team"), "voettekst": marked("voet")}))
    workspace.letters.case_sheet(actor, case)
    return case


def _consent(day: date) -> Consent:
    return Consent(
        doelen=("TD-C",),
        ontvangers=(marked("ontvanger"),),
        gevers=("TG-JEUGD",),
        gegeven_op=day,
        vorm="TV-MOND",
        toelichting=marked("toelichting"),
    )


def titles() -> str:
    """The titles of every window, and what a system would show in their place."""
    windows = [
        *QApplication.topLevelWidgets(),
        *(w for t in QApplication.topLevelWidgets() for w in t.findChildren(QWidget)),
    ]
    return " ".join(f"{window.windowTitle()} {window.windowFilePath()}" for window in windows)


def test_the_window_leaves_nothing_behind(
    secrets: Secrets,
    tmp_path: Path,
    passphrase: str,
    look_again: Callable[[Workspace], Typist],
    appeared: Callable[[], bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workspace = Profile(tmp_path / "profile").unlock(passphrase)
    case = fill_by_services(workspace)
    typist = look_again(workspace)
    typist.ctrl(Qt.Key.Key_N)
    typist.wait()
    typist.ctrl(Qt.Key.Key_PageDown)
    typist.free(marked("concept"))
    typist.ctrl(Qt.Key.Key_PageDown)
    typist.free(marked("getypt"))
    page = typist.bench.page
    assert isinstance(page, CasesPage)
    page.intake.keep_draft()
    typist.ctrl(Qt.Key.Key_K)
    typist.free(marked("roep"))
    typist.wait()
    typist.bench.desk.navigator.open_case(case)
    typist.wait()
    assert TOKEN not in titles()
    assert (tmp_path / "profile" / "store.db-wal").stat().st_size, "the log of the store is looked at while it is open"
    secrets.assert_kept()
    window = typist.bench.window()
    window.close()
    QSettings().sync()
    assert list((tmp_path / "settings").rglob("*.ini")), "the window did keep its place"
    secrets.assert_kept()
    assert appeared() == b""
    again = Profile(tmp_path / "profile").unlock(passphrase)
    assert any(marked("getypt") in str(draft.fields) for draft in again.drafts.all(again.actor))
    again.lock()


def test_a_crash_report_names_no_content(caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []
    before = sys.excepthook
    crash.install(told.append)
    try:
        with caplog.at_level(logging.ERROR, "bren_desktop"):
            sys.excepthook(*_failure())
    finally:
        sys.excepthook = before
    assert "UnicodeDecodeError" in told[0]
    assert "JSONDecodeError" in told[0]
    assert TOKEN not in told[0] + caplog.text


def _failure() -> tuple[type[BaseException], BaseException, Any]:
    try:
        try:
            json.loads(f'{{"{marked("inhoud")}": {marked("waarde")}}}')
        except ValueError as error:
            raise UnicodeDecodeError("utf-8", marked("bytes").encode(), 0, 1, marked("reden")) from error
    except UnicodeDecodeError as error:
        return type(error), error, error.__traceback__
    raise AssertionError
