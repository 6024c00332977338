"""Copying a secret: kept out of the history of the clipboard and of other devices, and taken back after a minute.

Or sooner, when the program ends.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtWidgets import QApplication

FORGET_AFTER_MS = 60_000
_WINDOWS = 'application/x-qt-windows-mime;value="{name}"'
_OURS = "application/x-bren-desktop"
_NO = b"\x00\x00\x00\x00"


def copy_secret(text: str) -> None:
    """Put `text` on the clipboard for a minute."""
    data = QMimeData()
    data.setText(text)
    data.setData(_WINDOWS.format(name="ExcludeClipboardContentFromMonitorProcessing"), _NO)
    data.setData(_WINDOWS.format(name="CanIncludeInClipboardHistory"), _NO)
    data.setData(_WINDOWS.format(name="CanUploadToCloudClipboard"), _NO)
    data.setData("x-kde-passwordManagerHint", b"secret")
    data.setData(_OURS, b"")
    QApplication.clipboard().setMimeData(data)
    QTimer.singleShot(FORGET_AFTER_MS, QApplication.clipboard(), lambda: forget(text))


def forget(text: str) -> None:
    """Empty the clipboard, unless something else was copied since."""
    clipboard = QApplication.clipboard()
    if clipboard.text() == text:
        clipboard.clear()


def forget_all() -> None:
    """Empty the clipboard where it still holds a secret of ours."""
    if QApplication.instance() is None:
        return
    clipboard = QApplication.clipboard()
    if clipboard.text() and clipboard.mimeData().hasFormat(_OURS):
        clipboard.clear()
