"""The licences of the program and of what it brings along."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from bren_desktop import bundled

_WIDTH, _HEIGHT = 820, 560


class LicencesDialog(QDialog):
    """A list of parts at the left, their text at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Licenties"))
        self.resize(_WIDTH, _HEIGHT)
        self._texts = dict(_licences())
        self.names = QListWidget(self)
        self.names.setAccessibleName(self.tr("Onderdelen"))
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Tekst van de licentie"))
        self.names.addItems(list(self._texts))
        self.names.currentTextChanged.connect(self._show)
        self.names.setCurrentRow(0)
        self._lay_out()

    def _lay_out(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(12)
        sides.addWidget(self.names, 1)
        sides.addWidget(self.text, 3)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.tr("&Sluiten"), QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 12)
        layout.addLayout(sides)
        layout.addWidget(buttons)

    def _show(self, name: str) -> None:
        self.text.setPlainText(self._texts.get(name, ""))


def _licences() -> Iterator[tuple[str, str]]:
    """Our own parts from files, then the libraries by what they say of themselves."""
    folder = bundled.folder("resources") / "LICENSES"
    for file in sorted(folder.glob("*")):
        if file.is_file():
            yield file.stem, file.read_text("utf-8", errors="replace")
    for name in sorted({dist.name for dist in metadata.distributions()}, key=str.casefold):
        yield name, _about(name)


def _about(name: str) -> str:
    dist = metadata.distribution(name)
    said = "".join(dist.metadata.get_all("License-Expression") or dist.metadata.get_all("License") or ())
    classes = dist.metadata.get_all("Classifier") or ()
    classified = [line.rpartition("::")[2].strip() for line in classes if line.startswith("License")]
    files = [Path(str(dist.locate_file(file))) for file in dist.files or () if "LICEN" in file.name.upper()]
    texts = [file.read_text("utf-8", errors="replace") for file in files if file.is_file()]
    return "\n\n".join([f"{dist.name} {dist.version}", said or ", ".join(classified), *texts]).strip()
