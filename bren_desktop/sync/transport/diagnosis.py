"""What is not well about the folder that laptops share, in whole sentences for whoever chose it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bren_desktop.sync.transport import disk_errors, safe_paths
from bren_desktop.sync.transport.places import are_nested
from bren_desktop.sync.transport.share import RefusedError
from bren_desktop.sync.transport.synced_folders import keeper
from bren_desktop.sync.transport.windows_network import keeps_offline_copies

LITTLE_SPACE = 500_000_000
"""Bytes: some years of segments of a network of sixty laptops."""
_PROBE = safe_paths.draft(bytes(4), bytes(13))
"""One name for all laptops: what somebody left who was killed just then, the next one takes away."""


def warnings(folder: Path, profile: Path | None = None) -> tuple[str, ...]:
    """Sentences about the shared folder, and about the profile folder beside it; none where all is well."""
    found = [*_about_share(folder)]
    if profile is not None:
        found += _about_profile(folder, profile)
    return tuple(found)


def _about_share(folder: Path) -> Iterator[str]:
    if program := keeper(folder):
        yield (
            f"De gedeelde map wordt bijgehouden door {program}. Bestanden komen dan later aan en er kunnen dubbele "
            "ontstaan; er gaat niets verloren. Een map op een bestandsserver is beter. Kan dat niet, zet de map dan op "
            "elke laptop op ‘Altijd behouden op dit apparaat’."
        )
    if keeps_offline_copies(folder):
        yield (
            "Windows houdt van de gedeelde map een eigen kopie bij (Offlinebestanden). U kunt dan oude gegevens zien "
            "zonder dat iemand het merkt. Vraag uw beheerder om voor deze map het opslaan in de cache uit te zetten."
        )
    if _is_read_only(folder):
        yield (
            "In de gedeelde map mag u niet schrijven. U ontvangt wel wat collega's delen, maar uw eigen wijzigingen "
            "blijven op deze laptop. Vraag uw beheerder om het recht om te wijzigen."
        )
    with suppress(OSError):
        free = shutil.disk_usage(folder).free
        if free < LITTLE_SPACE:
            yield (
                f"Waar de gedeelde map staat, is nog {free // 1_000_000} MB vrij. Is de ruimte op, dan blijven nieuwe "
                "wijzigingen op de laptops staan. Vraag uw beheerder om ruimte."
            )


def _about_profile(folder: Path, profile: Path) -> Iterator[str]:
    if are_nested(folder, profile):
        yield (
            "De gedeelde map en de profielmap liggen in elkaar. Het profiel is alleen voor deze laptop: kies een "
            "gedeelde map daarbuiten."
        )
    if program := keeper(profile):
        yield (
            f"De profielmap wordt bijgehouden door {program}. Zo kan een andere laptop uw gegevens door oude "
            "vervangen. Zet het profiel in een gewone map op deze laptop."
        )


def _is_read_only(folder: Path) -> bool:
    """Whether nothing can be put there, found out by trying; a folder that cannot be reached is not read-only."""
    probe = folder / _PROBE
    try:
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        pass
    except OSError as error:
        return type(disk_errors.failure(error)) is RefusedError
    with suppress(OSError):
        probe.unlink()
    return False
