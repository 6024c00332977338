"""Help on the screen in front: a few short paragraphs and the keys that work there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from bren_desktop import bundled
from bren_desktop.gui.commands import Command

_WIDTH, _HEIGHT = 560, 520


class HelpDialog(QDialog):
    """Reads `resources/help/<page>.md`: `# ` begins a heading, `- ` a point; everything else is a paragraph."""

    def __init__(self, page: str, title: str, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Hulp"))
        self.resize(_WIDTH, _HEIGHT)
        lines = [f"# {title}", *_text(page).splitlines(), self.tr("# Sneltoetsen")]
        lines += [f"- {command.keys}: {command.text}" for command in commands if command.keys]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.addWidget(self._scroll(_sheet(lines)))
        buttons = QDialogButtonBox(self)
        buttons.setContentsMargins(0, 0, 16, 0)
        close = buttons.addButton(self.tr("&Sluiten"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _scroll(self, sheet: QWidget) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.tr("Hulp bij dit scherm"))
        area.setWidget(sheet)
        return area


def _text(page: str) -> str:
    file = bundled.folder("resources") / "help" / f"{page}.md"
    return file.read_text("utf-8") if file.is_file() else ""


def _sheet(lines: Sequence[str]) -> QWidget:
    sheet = QWidget()
    layout = QVBoxLayout(sheet)
    layout.setContentsMargins(28, 24, 28, 16)
    layout.setSpacing(8)
    for line in filter(None, (line.strip() for line in lines)):
        if line.startswith("# "):
            layout.addWidget(_label(line.removeprefix("# "), "heading" if layout.count() else "title"))
        elif line.startswith("- "):
            layout.addLayout(_point(line.removeprefix("- ")))
        else:
            layout.addWidget(_label(line))
    layout.addStretch()
    return sheet


def _label(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


def _point(text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(QLabel("•"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(_label(text), 1)
    return row
