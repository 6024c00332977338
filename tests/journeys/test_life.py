"""The life of one case, by keyboard alone, through the hands of the four who work on it.

Fenna Bedenksel does not exist. Sanne registers her, Vera's table advises, Pieter follows that up, and in the end Fenna
asks Petra what there is about her, and that it goes. Each works at a laptop of their own; the share carries it over.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from pypdf import PdfReader
from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.team import Team
    from tests.journeys.typist import Typist

DISSENT = "De kinderarts kiest toch voor een korte opname."
LESSON = "Een vaste begeleider aan tafel werkte beter dan wisselende hulp."


def test_a_case_from_aanmelding_to_afsluiting_and_vernietiging(team: Team) -> None:
    with team.at_desk("Sanne") as secretaris:
        _take_in_between_two_phone_calls(secretaris)
        _register(secretaris)
        _prepare_for_the_table(secretaris)
    with team.at_desk("Vera") as voorzitter:
        _bring_to_the_table(voorzitter)
        _record_the_discussion(voorzitter)
        _write_the_advice(voorzitter)
        _release_it_once_there_is_a_procesregisseur(voorzitter)
    with team.at_desk("Pieter") as procesregisseur:
        _begin_from_the_werkvoorraad(procesregisseur)
        _tell_how_each_point_stands(procesregisseur)
        _print_the_casuskaart(procesregisseur, team.printed)
        _propose_to_close(procesregisseur)
    with team.at_desk("Vera") as voorzitter:
        _confirm_and_close(voorzitter)
    with team.at_desk("Petra") as privacy_officer:
        _register_that_fenna_wants_to_see_it(privacy_officer)
        _give_her_a_copy(privacy_officer, team.files)
        _ask_to_destroy_it(privacy_officer)
    with team.at_desk("Vera") as voorzitter:
        _destroy_it_as_the_second_person(voorzitter)
    _nobody_has_her_name(team)


def _take_in_between_two_phone_calls(sanne: Typist) -> None:
    """Much is still missing; a concept can always be saved."""
    sanne.ctrl(Qt.Key.Key_N)
    sanne.wait()
    sanne.choose("Gemeente", "zoe")
    sanne.choose("Soort verwijzer", "gi")
    sanne.write("Naam verwijzer", "Mw. Verzonnen")
    sanne.ctrl(Qt.Key.Key_PageDown)
    sanne.write("Roepnaam", "Fenna")
    sanne.write("Achternaam", "Bedenksel")
    sanne.write("Geboortedatum", "4-3-2010")
    sanne.choose("Gezag", "be")
    sanne.ctrl(Qt.Key.Key_PageDown)
    sanne.write("Hulpvraag", "Wie denkt mee over eten en autisme? Fenna gaat niet meer naar school.")
    sanne.choose("Knelpunten", "ass", "ond")
    sanne.record()
    assert sanne.bar.startswith("Casus vastgelegd: CONCEPT-")
    assert sanne.here == "Opnieuw zoeken", "nobody in the pool fits yet"


def _register(sanne: Typist) -> None:
    """Volgende stap names what aanmelding still needs, and leads there; once all is there the case is registered."""
    assert sanne.steps()["Aanmelden"] == "Vul nog in: Vastloopredenen en Toestemming bij de aanmelding."
    sanne.press(Qt.Key.Key_Escape)
    for field, letters in (("Vastloopredenen", "hyp"), ("Toestemming bij de aanmelding", "ja")):
        sanne.step("Aanmelden")
        assert sanne.here == field
        sanne.add(letters)
        sanne.save()
    sanne.step("In triage nemen")
    assert sanne.here == "Behandelaar"
    sanne.free("Sanne")
    sanne.save()
    sanne.step("In triage nemen")
    sanne.record()
    assert sanne.bar == "De status is nu 'in triage'."


def _prepare_for_the_table(sanne: Typist) -> None:
    """The step is the voorzitter's; what it needs is Sanne's to fill in, and it leads her from one to the next."""
    assert sanne.steps()["Naar het regionale expertteam"].startswith(
        "Dit doet de voorzitter of plaatsvervanger. Vul nog in: Domeinen, Urgentie, Samenvatting,"
    )
    sanne.press(Qt.Key.Key_Escape)
    for field, text in (
        ("Domeinen", "jgg"),
        ("Urgentie", "sp"),
        ("Samenvatting", "Fenna eet te weinig en zit thuis."),
        ("JIM of vertrouwenspersoon", "ja"),
        ("Stem van de jeugdige", "Ik wil thuis blijven wonen."),
        ("Stem van de ouders", "Wij willen dat iemand naar ons luistert."),
    ):
        sanne.step("Naar het regionale expertteam")
        assert sanne.here == field
        (sanne.free if " " in text else sanne.add)(text)
        sanne.save()
    sanne.step("Naar het regionale expertteam")
    assert sanne.bar == "Vraag toestemming om de casus te bespreken in het regionale expertteam."
    sanne.push("Toestemming vastleggen…")
    sanne.choose("Waarvoor", "casusb")
    sanne.alt(Qt.Key.Key_O)
    sanne.choose("Vorm", "schr")
    sanne.record()
    assert sanne.steps()["Naar het regionale expertteam"] == "Dit doet de voorzitter of plaatsvervanger."
    sanne.press(Qt.Key.Key_Escape)


def _bring_to_the_table(vera: Typist) -> None:
    _first_in_the_werkvoorraad(vera)
    vera.step("Naar het regionale expertteam")
    vera.record()
    assert vera.bar == "De status is nu 'in regionaal expertteam'."


def _record_the_discussion(vera: Typist) -> None:
    """Who sat there, the question, what was weighed and who thought otherwise; what is missing shows the way."""
    vera.step("Bespreking afronden")
    assert vera.here == "Datum van de bespreking"
    vera.choose("Waar besproken", "regionaal")
    vera.push("Iemand toevoegen")
    vera.row("Vera", "voorzitter", "Expertteam", None)
    vera.press(Qt.Key.Key_Return)
    vera.row("Joke Ervaren", "moeder", "Ouderplatform", None)
    assert vera.here == "Ervaringsdeskundige"
    vera.press(Qt.Key.Key_Space)
    vera.write("Vraag aan de tafel", "Waar kan Fenna eten leren en thuis blijven wonen?")
    vera.write("Overwegingen", "Opname maakt haar wereld kleiner; thuis lukt alleen met iedere dag hulp.")
    vera.write("Afwijkend standpunt", DISSENT)
    vera.save()
    vera.step("Bespreking afronden")
    assert vera.here == "Uitkomst"
    vera.free("Thuis met iedere dag hulp bij het eten, en school op afstand.")
    vera.save()
    vera.step("Bespreking afronden")
    assert vera.here.startswith("Oordeel: BV-01")
    vera.letters("jjj-jjjjjjjn")
    vera.free("Dat wordt nu geagendeerd.")
    vera.save()
    vera.step("Bespreking afronden")
    vera.record()
    assert vera.bar == "De status is nu 'besproken'."


def _write_the_advice(vera: Typist) -> None:
    """Points with one owner each, plan A and B, and what happens when it does not work."""
    vera.step("Advies uitbrengen")
    assert vera.here == "Soort advies"
    vera.choose("Soort advies", "juiste")
    vera.write("Samenvatting", "Dagelijks hulp bij het eten, thuis. School op afstand.")
    vera.write("Analyse", "Eten en autisme houden elkaar in stand. Rust en vaste mensen helpen.")
    vera.push("Adviespunt toevoegen")
    vera.row("Dagelijks hulp bij het eten regelen", "Pieter", "+3d", "Dan komt zij aan zonder opname.")
    vera.push("Adviespunt toevoegen")
    vera.row("School op afstand afspreken", "mw. Verzonnen", "+21d", "Zij mist haar klas.")
    vera.write("Wat houdt het in: Plan A", "Thuis, met een vaste begeleider aan tafel.")
    vera.write("Wat houdt het in: Plan B", "Een eetgroep dicht bij huis.")
    vera.choose("Overbrugging nodig", "nee")
    vera.write("Wie heeft het mandaat", "Vera")
    vera.write("Wat is met jeugdige en ouders besproken", "Dat zij thuis kan blijven als zij aankomt.")
    vera.write("Wat zij ervan vinden", "Fenna is opgelucht; haar ouders durven het aan.")
    vera.write("Eerste opvolgmoment", "+14d")
    vera.write("Wat te doen als het niet lukt", "Dan belt Pieter dezelfde dag met de voorzitter.")
    vera.save()


def _release_it_once_there_is_a_procesregisseur(vera: Typist) -> None:
    """Refused without; afterwards the program says whose work it is, and Vera assigns it."""
    vera.step("Advies uitbrengen")
    assert vera.here == "Vrijgeven"
    vera.press(Qt.Key.Key_Space)
    assert vera.here == "Noem de procesregisseur. Zonder procesregisseur wordt geen advies vrijgegeven."
    vera.press(Qt.Key.Key_Space)
    assert vera.here == "Procesregisseur"
    vera.free("Pieter")
    vera.write("Telefoon of e-mail van de procesregisseur", "06 00000000")
    vera.save()
    with vera.asked("Vrijgeven") as questions:
        vera.alt(Qt.Key.Key_V)
    assert questions == ["Na het vrijgeven kan niemand dit advies nog wijzigen. Wilt u het vrijgeven?"]
    assert vera.bar.endswith("Werkt Pieter ook met dit programma? Wijs de casus dan nu toe: Meer, Toewijzen.")
    vera.step("Advies uitbrengen")
    vera.record()
    assert vera.bar == "De status is nu 'advies uitgebracht'."
    vera.more(Qt.Key.Key_T)
    vera.press(Qt.Key.Key_Space)
    vera.record()
    assert vera.bar == "Toegewezen."


def _begin_from_the_werkvoorraad(pieter: Typist) -> None:
    _first_in_the_werkvoorraad(pieter)
    assert pieter.here == "Adviespunten"
    pieter.step("Het advies gaat in uitvoering")
    pieter.choose("De verwijzer gaat akkoord met het advies", "ja")
    pieter.record()
    assert pieter.bar == "De status is nu 'advies in uitvoering'."


def _tell_how_each_point_stands(pieter: Typist) -> None:
    """One key for each point of the printed sheet; only what was not followed whole asks why."""
    pieter.step("Naar monitoring")
    assert pieter.here == "Adviespunten"
    pieter.letters("g")
    pieter.record()
    pieter.press(Qt.Key.Key_Down)
    pieter.letters("d")
    assert pieter.here.startswith("Waarom deels of niet: 2. School op afstand afspreken")
    pieter.free("De school zoekt nog een vaste begeleider.")
    pieter.record()
    assert pieter.bar == "Opvolging vastgelegd."
    pieter.step("Naar monitoring")
    pieter.record()
    assert pieter.bar == "De status is nu 'monitoring'."


def _print_the_casuskaart(pieter: Typist, printed: list[bytes]) -> None:
    pieter.ctrl(Qt.Key.Key_P)
    pieter.wait()
    pieter.ctrl(Qt.Key.Key_P)
    pieter.wait()
    pieter.press(Qt.Key.Key_Escape)
    (sheet,) = printed
    text = _text(sheet)
    assert "Casuskaart" in text
    assert "Procesregisseur: Pieter, 06 00000000" in text
    assert "School op afstand afspreken" in text
    assert "F. B." in text
    assert "Bedenksel" not in text, "the sheet goes along on a visit without the name"


def _propose_to_close(pieter: Typist) -> None:
    """The voorzitter closes; Pieter is led to the proposal that this needs. Proposing asks for a lesson."""
    pieter.step("Afsluiten")
    assert pieter.here == "Resultaat"
    pieter.choose("Resultaat", "deels")
    pieter.write("Toelichting op het resultaat", "Fenna eet weer aan tafel en volgt les op afstand.")
    for who in ("verwijzer", "jeugdige", "ouders"):
        pieter.choose(f"Tevredenheid {who}", "4")
    pieter.choose("Knelpunten en ontbrekend aanbod nagekeken", "ja")
    pieter.choose("Bewaartermijn", "jeugdhulp")
    pieter.record()
    assert pieter.here == "Leerpunt toevoegen…"
    pieter.push("Leerpunt toevoegen…")
    pieter.choose("Soort", "bev")
    pieter.write("Leerpunt", LESSON)
    pieter.record()
    pieter.record()
    assert pieter.bar == "De afsluiting is voorgesteld. Een tweede persoon moet die bevestigen."


def _confirm_and_close(vera: Typist) -> None:
    _first_in_the_werkvoorraad(vera)
    vera.step("Afsluiten")
    assert vera.here == "Wat er is ingevuld"
    vera.record()
    assert vera.bar == "De afsluiting is bevestigd."
    vera.step("Afsluiten")
    vera.record()
    assert vera.bar == "De status is nu 'afgesloten'."


def _register_that_fenna_wants_to_see_it(petra: Typist) -> None:
    petra.ctrl(Qt.Key.Key_2)
    petra.wait()
    petra.press(Qt.Key.Key_Return)
    petra.wait()
    petra.more(Qt.Key.Key_V)
    _register_request(petra, "inz")


def _give_her_a_copy(petra: Typist, files: Path) -> None:
    """What somebody else thought is not hers to read. She gets the rest on paper and as a file."""
    petra.alt(Qt.Key.Key_D)
    for _ in range(3):
        petra.ctrl(Qt.Key.Key_PageDown)
    petra.read_to("Afwijkend standpunt")
    petra.ctrl(Qt.Key.Key_D)
    petra.alt(Qt.Key.Key_L)
    petra.alt(Qt.Key.Key_O)
    (pdf,), (data,) = files.glob("*.pdf"), files.glob("*.json")
    text, told = _text(pdf.read_bytes()), data.read_text("utf-8")
    assert json.loads(told)
    for copy in (text, told):
        assert "Ik wil thuis blijven wonen." in copy
        assert LESSON in copy
        assert DISSENT not in copy
    petra.alt(Qt.Key.Key_A)
    assert petra.bar == "Verzoek afgehandeld."


def _ask_to_destroy_it(petra: Typist) -> None:
    _register_request(petra, "vern")
    petra.alt(Qt.Key.Key_V)
    petra.alt(Qt.Key.Key_D)
    petra.alt(Qt.Key.Key_W)
    assert petra.here == "Sluiten", "it is asked; the second person destroys it"
    petra.press(Qt.Key.Key_Escape)


def _destroy_it_as_the_second_person(vera: Typist) -> None:
    _first_in_the_werkvoorraad(vera)
    vera.alt(Qt.Key.Key_D)
    vera.alt(Qt.Key.Key_W)
    vera.press(Qt.Key.Key_Escape)
    vera.wait()
    assert vera.here == "Nieuwe casus", "nothing waits any more"


def _nobody_has_her_name(team: Team) -> None:
    """Not on a laptop, once it has heard of it, and not on the share."""
    for name in ("Petra", "Sanne", "Pieter"):
        team.bring_up_to_date(name)
    assert "Verklaring van vernietiging" in _text((team.files / "verklaring.pdf").read_bytes())
    for words in ("Fenna", "Bedenksel", DISSENT, LESSON):
        assert team.mentions(words) == []


def _first_in_the_werkvoorraad(typist: Typist) -> None:
    """Enter on what is most pressing leads to where it is done."""
    typist.ctrl(Qt.Key.Key_1)
    typist.wait()
    assert typist.here == "Wat op u wacht"
    typist.press(Qt.Key.Key_Return)
    typist.wait()


def _register_request(petra: Typist, sort: str) -> None:
    """What Fenna asks, and that it is granted."""
    petra.push("Nieuw verzoek…")
    petra.choose("Soort verzoek", sort)
    petra.write("Van wie", "Fenna")
    petra.choose("Wie is dat", "jeu")
    petra.write("Hoe is vastgesteld wie het vraagt", "rijbewijs")
    petra.record()
    petra.alt(Qt.Key.Key_B)
    petra.add("toe")
    petra.record()
    assert petra.bar == "Besluit vastgelegd."


def _text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
