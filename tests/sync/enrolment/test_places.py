"""An invite leads to a plain folder or nowhere."""

from __future__ import annotations

import pytest

from bren_desktop.sync.transport.places import BadPlaceError, checked


@pytest.mark.parametrize(
    "place",
    [
        "/srv/bren/share",
        "S:\\BREN\\share",
        "s:/bren",
        "\\\\server.voorbeeld\\bren",
        "\\\\server\\bren$\\netwerk zuid-west",
        "C:\\Gebruikers\\Noor de Wit\\bren",
    ],
)
def test_a_plain_folder_is_taken_as_it_is(place: str) -> None:
    assert checked(place) == place


@pytest.mark.parametrize(
    "place",
    [
        "",
        "share",
        "..\\share",
        "/srv/../etc",
        "C:share",
        "C:\\a\\..\\b",
        "\\\\?\\C:\\share",
        "\\\\.\\pipe\\bren",
        "\\\\server\\pipe\\bren",
        "\\\\server\\IPC$",
        "\\\\server@SSL\\DavWWWRoot\\bren",
        "\\\\server@8080\\bren",
        "\\\\server\\DavWWWRoot\\bren",
        "\\\\server",
        "//server/bren",
        "https://server/bren",
        "file:///srv/bren",
        "/srv/bren\n/etc",
        "C:\\con\\bren",
        "C:\\bren\\a|b",
        "C:\\bren:stroom",
        "/" + "a" * 500,
    ],
)
def test_anything_else_is_refused_with_a_sentence(place: str) -> None:
    with pytest.raises(BadPlaceError, match="wijst niet naar een gewone map"):
        checked(place)
