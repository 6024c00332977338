"""Names that are short enough for a list or a chip; the whole label is in the tooltip and in the list of choices."""

from __future__ import annotations

from collections.abc import Iterable

from bren_desktop.domain.vocabulary import vocabulary

_STICKING_POINTS = {
    "KP-SAM": "Samenwerking",
    "KP-WLZ": "Wlz",
    "KP-VGGZ": "v-GGZ",
    "KP-WMO": "Wmo",
    "KP-OND": "Onderwijs",
    "KP-FOR": "Forensisch",
    "KP-JZPLUS": "JeugdzorgPlus",
    "KP-SGGZ": "s-GGZ",
    "KP-ASS": "ASS",
    "KP-INK": "Inkoop",
    "KP-MET": "Trends",
}
_REASONS = {
    "VR-1": "Integrale jeugdhulp lukt niet",
    "VR-2": "Oplossing buiten de jeugdhulp lukt niet",
    "VR-3": "Wachtlijst: overbrugging nodig",
    "VR-4": "Hyperspecialistische kennis nodig",
    "VR-5": "Jeugdige is klaar met jeugdhulp",
}
_DOMAINS = {
    "DM-WMO": "ondersteuning (Wmo)",
    "DM-ZVW": "somatiek (Zvw)",
    "DM-FOR": "forensisch",
    "DM-JB": "jeugdbescherming",
    "DM-WELZ": "welzijn en netwerk",
    "DM-VB": "verstandelijke beperking",
}
_FORMS_OF_HELP = {
    "HV-Z1": "wijk- of buurtteam",
    "HV-Z2": "ambulante hulp",
    "HV-Z3": "daghulp",
    "HV-Z4": "in eigen netwerk",
    "HV-V1": "pleegzorg",
    "HV-V2": "gezinshuis",
    "HV-V3": "gesloten jeugdhulp",
    "HV-V4": "groep of kliniek",
    "HV-J1": "jeugdinrichting",
    "HV-O1": "logeeropvang",
    "HV-O2": "zorgboerderij",
    "HV-O3": "beschermd wonen",
    "HV-O4": "Wlz-zorg",
    "HV-O5": "JIM of steungezin",
    "HV-O6": "geen hulp, wachtlijst",
}
_STATES = {
    "ST-AFB": "niet in behandeling",
    "ST-AGE": "geagendeerd",
    "ST-INZ": "inzet loopt",
    "ST-OVG": "overgedragen",
}
_SHORT = {**_REASONS, **_DOMAINS, **_FORMS_OF_HELP, **_STATES}


def sticking_points(codes: Iterable[str]) -> str:
    """Knelpunten in a few words each, for a cell of a list."""
    return ", ".join(_STICKING_POINTS.get(code, vocabulary("knelpunten").label(code)) for code in codes)


def short_label(code: str) -> str:
    """The short name of a code whose label is too long to show; empty for every other."""
    return _SHORT.get(code, "")
