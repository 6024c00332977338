"""The compiled forms are what ui/ says, and the compiler makes the same bytes each time."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

FORM = """<?xml version="1.0" encoding="UTF-8"?>
<ui version="4.0">
 <class>Unlock</class>
 <widget class="QDialog" name="Unlock">
  <property name="windowTitle"><string>Ontgrendelen</string></property>
  <layout class="QVBoxLayout" name="rows">
   <item>
    <widget class="QLabel" name="label"><property name="text"><string>Coördinator</string></property></widget>
   </item>
  </layout>
 </widget>
</ui>
"""


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"loaded_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def compiler(project: Path) -> ModuleType:
    return _load(project / "ui" / "compile_forms.py")


@pytest.fixture
def elsewhere(project: Path, tmp_path: Path) -> tuple[ModuleType, Path]:
    """The compiler in a tree of its own with one form."""
    (tmp_path / "ui").mkdir()
    shutil.copy(project / "ui" / "compile_forms.py", tmp_path / "ui")
    (tmp_path / "ui" / "unlock.ui").write_text(FORM, "utf-8")
    return _load(tmp_path / "ui" / "compile_forms.py"), tmp_path / "bren_desktop" / "gui" / "forms"


def test_the_committed_forms_are_up_to_date(compiler: ModuleType) -> None:
    assert compiler.main(["--check"]) == 0, "run `nox -s forms` and commit what it wrote"


def test_a_compiled_form_names_no_path_and_no_version(elsewhere: tuple[ModuleType, Path]) -> None:
    compiler, folder = elsewhere
    assert compiler.main([]) == 0
    text = (folder / "unlock.py").read_text("utf-8")
    assert text.startswith('"""Layout of unlock.ui, generated')
    assert "version" not in text
    assert str(folder.parents[2]) not in text
    assert 'QCoreApplication.translate("Unlock"' in text
    assert "def setupUi(self, Unlock: QDialog) -> None:" in text
    assert compiler.main(["--check"]) == 0


def test_a_hand_edited_form_is_found(elsewhere: tuple[ModuleType, Path], capsys: pytest.CaptureFixture[str]) -> None:
    compiler, folder = elsewhere
    compiler.main([])
    edited = folder / "unlock.py"
    edited.write_text(edited.read_text("utf-8") + "edited = True\n", "utf-8")
    capsys.readouterr()
    assert compiler.main(["--check"]) == 1
    assert "unlock.py" in capsys.readouterr().out


def test_a_module_without_a_form_is_removed(elsewhere: tuple[ModuleType, Path]) -> None:
    compiler, folder = elsewhere
    compiler.main([])
    (folder / "forgotten.py").write_text("", "utf-8")
    assert compiler.main(["--check"]) == 1
    compiler.main([])
    assert not (folder / "forgotten.py").exists()


def test_a_compiled_form_fills_a_dialog(elsewhere: tuple[ModuleType, Path], qtbot: object) -> None:
    from PySide6.QtWidgets import QDialog

    compiler, folder = elsewhere
    compiler.main([])
    form = _load(folder / "unlock.py").Ui_Unlock()
    dialog = QDialog()
    form.setupUi(dialog)
    assert dialog.windowTitle() == "Ontgrendelen"
    assert form.label.text() == "Coördinator"
