"""From an empty folder to two laptops in one team, and what must not come in on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bren_desktop.crypto import codes
from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.growing_up import plan_entity
from bren_desktop.errors import InvalidInputError, NotAllowedError, NotFoundError, UserFacingError
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.sync_ports import SpaceKind, Standing

if TYPE_CHECKING:
    from tests.sync.doubles import MemoryStore
    from tests.sync.laptops import HandClock, Joining, Laptop, NewLaptop

INTAKE = {
    "datum_aanmelding": "2026-11-02",
    "verwijzer": "VW-GECERT",
    "hulpvraag": "Waar kan zij wonen?",
    "vastloopredenen": ["R01"],
    "toestemming_status": "TS-JA",
    "verwijzer_naam": "Noor de Wit",
    "regio": "JZ24",
    "leeftijd": 15,
}


def test_a_founder_is_the_first_admin_with_the_letters_aa(vera: Laptop) -> None:
    (device,) = vera.door.devices()
    assert (device.name, device.role, device.letters) == ("Vera Voorbeeld", Role.VOORZITTER, "AA")
    assert device.mine
    assert device.admin
    assert device.spaces == ("network", "HGL")
    status = vera.door.status()
    assert (status.standing, status.network) == (Standing.MEMBER, "Jeugdnetwerk Zuid")


def test_a_joiner_gets_the_cases_of_the_team_and_brings_his_own(vera: Laptop, new_laptop: NewLaptop) -> None:
    vera.add_case(hulpvraag="van Vera")
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    noor.add_case(hulpvraag="van Noor")
    file, code = vera.invite()
    shown = noor.door.join(noor.actor, file, code)
    assert noor.door.status().standing == Standing.ASKING
    request = vera.approve_only()
    assert request.words == shown
    noor.restart()
    assert noor.door.status().words == shown, "whoever restarts the program can still compare them"
    assert (request.name, request.role, request.to) == ("Noor de Wit", Role.SECRETARIS, InviteTo.TEAM)
    noor.sync()
    vera.sync()
    assert noor.questions() == vera.questions() == ["van Noor", "van Vera"]
    assert noor.store.state_hash() == vera.store.state_hash()
    assert (noor.actor.device, noor.actor.role) == ("AB", Role.SECRETARIS)


def test_the_cases_that_a_founder_had_are_the_teams(new_laptop: NewLaptop, join: Joining, vera: Laptop) -> None:
    entity = vera.add_case(**INTAKE)
    number = vera.case(entity).nummer
    noor = join("Noor de Wit")
    assert noor.case(entity).nummer == number


def test_what_a_joiner_brings_gets_a_number_of_the_team_and_keeps_the_old_one(
    vera: Laptop, new_laptop: NewLaptop
) -> None:
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    old = noor.add_case(**INTAKE)
    before = noor.case(old)
    noor.enter(vera)
    vera.sync()
    ((entity, case),) = vera.cases().items()
    assert before.nummer.endswith("AA0001")
    assert entity != old
    assert case.nummer == before.nummer.replace("AA", "AB")
    assert case.eerder_kenmerk == before.nummer
    assert case.model_copy(update={"nummer": "", "eerder_kenmerk": ""}) == before.model_copy(
        update={"nummer": "", "eerder_kenmerk": ""}
    )
    assert noor.cases() == vera.cases()


def test_references_follow_into_the_new_spaces(vera: Laptop, new_laptop: NewLaptop) -> None:
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    case = noor.add_case(hulpvraag="met contact")
    expert = noor.add_expert(naam="Pim Pareltje")
    noor.write(Kind.CONTACT, {("casus", ""): case, ("tekst", ""): "gebeld"})
    noor.write(Kind.CONSULT, {("casus", ""): case, ("expert", ""): expert})
    noor.write(Kind.FUTURE_PLAN, {("casus", ""): case, ("coach", ""): "Oma"})
    noor.keep_draft(f"case:{case}", "getypt")
    noor.enter(vera)
    vera.sync()
    (case,) = vera.cases()
    assert vera.all(Kind.FUTURE_PLAN) == {plan_entity(case): {("casus", ""): case, ("coach", ""): "Oma"}}
    ((_, contact),) = vera.all(Kind.CONTACT).items()
    ((_, consult),) = vera.all(Kind.CONSULT).items()
    (expert,) = vera.all(Kind.EXPERT)
    assert contact["casus", ""] == consult["casus", ""] == case
    assert consult["expert", ""] == expert
    assert noor.draft(f"case:{case}") is not None


def test_what_was_decided_alone_is_told_to_the_team_and_decided_by_it(vera: Laptop, new_laptop: NewLaptop) -> None:
    noor = new_laptop("Noor de Wit", Role.VOORZITTER)
    case = noor.add_case(hulpvraag="alleen begonnen", status="ST-ADV", toegewezen=("p9",))
    step = {"casus": case, "naar": "ST-RET", "op": "2026-11-02", "besluit": "Noor de Wit"}
    noor.write(Kind.TRANSITION, {(name, ""): value for name, value in step.items()})
    advice = {"casus": case, "samenvatting": "Rust", "vrijgegeven_op": "2026-11-09", "vrijgegeven_door": "Noor de Wit"}
    noor.write(Kind.ADVICE, {(name, ""): value for name, value in {**advice, "vrijgegeven_stempel": "x"}.items()})
    noor.enter(vera)
    vera.sync()
    (case,) = vera.cases()
    assert vera.case(case).toegewezen == ("p9",)
    ((_, moved),) = vera.all(Kind.TRANSITION).items()
    assert moved == {("casus", ""): case, ("naar", ""): "ST-RET", ("op", ""): "2026-11-02"}
    ((_, concept),) = vera.all(Kind.ADVICE).items()
    assert concept == {("casus", ""): case, ("samenvatting", ""): "Rust"}
    ((_, told),) = vera.all(Kind.CONTACT).items()
    assert told["casus", ""] == case
    for said in ("in regionaal expertteam; Datum: 02-11-2026; Besluit van de voorzitter: Noor de Wit", "09-11-2026"):
        assert said in told["tekst", ""]


@pytest.mark.parametrize(("role", "ids"), [(Role.SECRETARIS, []), (Role.PLAATSVERVANGER, ["zeeziekte"])])
def test_own_concepts_come_along_where_the_role_may_write_them(
    vera: Laptop, new_laptop: NewLaptop, role: Role, ids: list[str]
) -> None:
    noor = new_laptop("Noor de Wit", Role.VOORZITTER)
    noor.write(Kind.CONCEPT, {("extern_id", ""): "zeeziekte", ("naam", ""): "zeeziekte", ("herkomst", ""): "Noor"})
    noor.enter(vera, role=role)
    vera.sync()
    found = [values["extern_id", ""] for values in vera.all(Kind.CONCEPT).values()]
    assert found == [values["extern_id", ""] for values in noor.all(Kind.CONCEPT).values()] == ids


def test_two_laptops_that_imported_one_file_converge(vera: Laptop, new_laptop: NewLaptop) -> None:
    vera.add_case(extern_id="DOS-1", hulpvraag="uit het bestand")
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    noor.add_case(extern_id="DOS-1", hulpvraag="uit het bestand", krachten="van Noor")
    noor.enter(vera)
    vera.sync()
    ((entity, case),) = vera.cases().items()
    assert noor.cases() == {entity: case}
    assert (case.krachten, case.eerder_kenmerk) == ("van Noor", "")
    assert vera.sync().conflicts == 0


def test_the_number_that_a_case_had_with_us_is_kept_beside_the_teams(vera: Laptop, new_laptop: NewLaptop) -> None:
    vera.add_case(hulpvraag="eerst")
    vera.add_case(extern_id="DOS-1", **INTAKE)
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    for number in range(3):
        noor.add_case(extern_id=f"DOS-{number}", **INTAKE)
    noor.enter(vera)
    vera.sync()
    found = {case.extern_id: (case.nummer[-6:], case.eerder_kenmerk[-6:]) for case in vera.cases().values()}
    assert found["DOS-1"] == ("AA0001", "AA0002")
    assert sorted(found[name] for name in ("DOS-0", "DOS-2")) == [("AB0001", "AA0001"), ("AB0002", "AA0003")]


def test_what_both_wrote_about_one_young_person_is_kept_twice(vera: Laptop, new_laptop: NewLaptop) -> None:
    vera.add_case(extern_id="DOS-1", hulpvraag="van Vera")
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    noor.add_case(extern_id="DOS-1", hulpvraag="van Noor")
    noor.enter(vera)
    assert vera.sync().conflicts == 1


def test_an_invite_to_the_network_founds_a_team_of_ones_own(vera: Laptop, new_laptop: NewLaptop) -> None:
    vera.add_case(hulpvraag="van HGL")
    vera.add_expert(naam="Pim Pareltje")
    zoe = new_laptop("Zoë Zwart", Role.VOORZITTER, "ZHZ", "JZ25")
    case = zoe.add_case(hulpvraag="van de anderen")
    zoe.add_expert(naam="Ans Ander")
    zoe.enter(vera, InviteTo.NETWORK, Role.VOORZITTER)
    vera.sync()
    assert zoe.questions() == ["van de anderen"]
    assert zoe.case(case).hulpvraag == "van de anderen"
    assert vera.questions() == ["van HGL"]
    assert len(vera.all(Kind.EXPERT)) == len(zoe.all(Kind.EXPERT)) == 2
    own = next(device for device in zoe.door.devices() if device.mine)
    assert set(own.spaces) == {"network", "ZHZ"}
    assert own.admin


def test_a_team_founded_in_another_role_is_written_anew_and_loses_nothing(vera: Laptop, new_laptop: NewLaptop) -> None:
    zoe = new_laptop("Zoë Zwart", Role.VOORZITTER, "ZHZ", "JZ25")
    before = zoe.case(zoe.add_case(**INTAKE))
    zoe.enter(vera, InviteTo.NETWORK, Role.PLAATSVERVANGER)
    assert list(zoe.cases().values()) == [before]
    zoe.add_case(hulpvraag="erna")
    assert zoe.sync().quarantined == 0
    third = new_laptop("Tom Derde", Role.SECRETARIS, "ZHZ", "JZ25")
    third.enter(zoe)
    assert third.questions() == [before.hulpvraag, "erna"]


def test_somebody_joins_a_second_team_and_stays_at_home_in_the_first(
    vera: Laptop, new_laptop: NewLaptop, join: Joining
) -> None:
    zoe = join("Zoë Zwart", Role.VOORZITTER, InviteTo.NETWORK, "ZHZ")
    zoe.add_case(hulpvraag="van ZHZ")
    vera.add_case(hulpvraag="van HGL")
    file, code = vera.invite(role=Role.VOORZITTER)
    zoe.door.join(zoe.actor, file, code)
    vera.approve_only()
    zoe.sync()
    zoe.add_case(hulpvraag="ook van ZHZ")
    zoe.sync()
    vera.sync()
    assert zoe.questions() == ["ook van ZHZ", "van HGL", "van ZHZ"]
    assert vera.questions() == ["van HGL"]
    assert zoe.actor.team == "ZHZ"
    own = next(device for device in zoe.door.devices() if device.mine)
    assert set(own.spaces) == {"network", "ZHZ", "HGL"}
    changed = next(entity for entity, case in zoe.cases().items() if case.hulpvraag == "van HGL")
    zoe.amend(changed, krachten="van Zoë")
    zoe.sync()
    assert vera.sync().quarantined == 0
    assert vera.case(changed).krachten == "van Zoë"


def test_who_got_another_role_joins_a_second_team_in_that(vera: Laptop, new_laptop: NewLaptop, join: Joining) -> None:
    zoe = join("Zoë Zwart", Role.VOORZITTER, InviteTo.NETWORK, "ZHZ")
    tom = new_laptop("Tom Derde", Role.SECRETARIS, "ZHZ", "JZ25")
    tom.enter(zoe)
    zoe.sync()
    device = next(one.id for one in zoe.door.devices() if one.name == "Tom Derde")
    zoe.door.set_role(zoe.actor, device, Role.PLAATSVERVANGER)
    tom.sync()
    tom.enter(vera, role=Role.PLAATSVERVANGER)
    own = next(device for device in tom.door.devices() if device.mine)
    assert set(own.spaces) == {"network", "ZHZ", "HGL"}


# what must not come in ---------------------------------------------------------------------------------------------


def test_a_wrong_code_opens_nothing_and_leaves_no_request(
    vera: Laptop, new_laptop: NewLaptop, memory: MemoryStore
) -> None:
    file, _ = vera.invite()
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    with pytest.raises(InvalidInputError, match="past niet bij deze uitnodiging"):
        noor.door.join(noor.actor, file, "0000-0000-0000-0000")
    assert memory.paths(".brj") == []
    assert noor.door.status().standing == Standing.ALONE


def test_a_swapped_invite_does_not_open_with_the_code(vera: Laptop, new_laptop: NewLaptop) -> None:
    _, code = vera.invite()
    file, _ = vera.invite()
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    with pytest.raises(InvalidInputError, match="past niet bij deze uitnodiging"):
        noor.door.join(noor.actor, file, code)


def test_a_file_that_is_no_invite_is_named(new_laptop: NewLaptop) -> None:
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    with pytest.raises(UserFacingError, match="geen uitnodiging"):
        noor.door.join(noor.actor, b"%PDF-1.7", "0000-0000-0000-0000")


def test_a_swapped_request_shows_other_words_or_nothing(
    vera: Laptop, new_laptop: NewLaptop, memory: MemoryStore
) -> None:
    """Who runs the share exchanges two requests, or forges one: only whoever has the code can make one that opens."""
    first, second = new_laptop("Noor de Wit", Role.SECRETARIS), new_laptop("Mallory", Role.SECRETARIS)
    invites = [vera.invite(), vera.invite()]
    shown = [
        laptop.door.join(laptop.actor, file, code)
        for laptop, (file, code) in zip((first, second), invites, strict=True)
    ]
    one, other = memory.paths(".brj")
    memory.swap(one, other)
    assert {request.name: request.words for request in vera.door.requests()} == {
        "Noor de Wit": shown[0],
        "Mallory": shown[1],
    }
    memory.flip(one, 600)
    vera.restart()
    assert len(vera.door.requests()) == 1


def test_an_invite_is_over_after_seven_days(vera: Laptop, new_laptop: NewLaptop, clock: HandClock) -> None:
    file, code = vera.invite()
    late, later = new_laptop("Noor de Wit", Role.SECRETARIS), new_laptop("Piet Puntje", Role.SECRETARIS)
    late.door.join(late.actor, file, code)
    (request,) = vera.door.requests()
    clock.days(8)
    assert vera.door.requests() == []
    with pytest.raises(UserFacingError, match="verlopen"):
        vera.door.approve(vera.actor, request.id)
    with pytest.raises(UserFacingError, match="verlopen"):
        later.door.join(later.actor, file, code)


def test_an_invite_is_good_for_one_laptop(vera: Laptop, new_laptop: NewLaptop) -> None:
    file, code = vera.invite()
    first, second = new_laptop("Noor de Wit", Role.SECRETARIS), new_laptop("Piet Puntje", Role.SECRETARIS)
    first.door.join(first.actor, file, code)
    second.door.join(second.actor, file, code)
    requests = {request.name: request.id for request in vera.door.requests()}
    vera.door.approve(vera.actor, requests["Noor de Wit"])
    with pytest.raises(UserFacingError, match="geldt één keer"):
        vera.door.approve(vera.actor, requests["Piet Puntje"])
    assert vera.door.requests() == []


def test_a_secretary_cannot_approve_invite_or_revoke(vera: Laptop, join: Joining, new_laptop: NewLaptop) -> None:
    noor = join("Noor de Wit")
    file, code = vera.invite()
    piet = new_laptop("Piet Puntje", Role.SECRETARIS)
    piet.door.join(piet.actor, file, code)
    (request,) = vera.door.requests()
    mine = next(device.id for device in vera.door.devices() if device.mine)
    for act in (
        lambda: noor.door.approve(noor.actor, request.id),
        noor.door.requests,
        noor.invite,
        lambda: noor.door.set_role(noor.actor, mine, Role.LID),
    ):
        with pytest.raises(NotAllowedError, match="Alleen een voorzitter of plaatsvervanger"):
            act()
    as_if = noor.as_role(Role.VOORZITTER)
    with pytest.raises(NotAllowedError, match="Alleen een voorzitter of plaatsvervanger"):
        noor.door.approve(as_if, request.id)


def test_a_secretary_does_not_found_a_network(new_laptop: NewLaptop, memory: MemoryStore) -> None:
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    with pytest.raises(NotAllowedError, match="Alleen een voorzitter of plaatsvervanger"):
        noor.create()
    assert memory.files == {}


def test_a_folder_with_a_share_is_not_founded_again(vera: Laptop, new_laptop: NewLaptop, memory: MemoryStore) -> None:
    before = memory.snapshot()
    other = new_laptop("Zoë Zwart")
    with pytest.raises(UserFacingError, match="staat al een share"):
        other.create()
    assert memory.snapshot() == before
    assert other.door.status().standing == Standing.ALONE
    with pytest.raises(UserFacingError, match="doet al mee"):
        vera.create()


def test_an_unknown_request_is_not_approved(vera: Laptop) -> None:
    with pytest.raises(NotFoundError, match="geen verzoek"):
        vera.door.approve(vera.actor, "a" * 26)


def test_a_profile_whose_records_the_role_may_not_write_does_not_ask(
    vera: Laptop, new_laptop: NewLaptop, memory: MemoryStore
) -> None:
    reader = new_laptop("Lid Lezer", Role.VOORZITTER)
    reader.add_case(hulpvraag="van mijzelf")
    file, code = vera.invite(role=Role.LID)
    with pytest.raises(NotAllowedError, match="rol lid"):
        reader.door.join(reader.actor, file, code)
    assert memory.paths(".brj") == []
    assert reader.questions() == ["van mijzelf"]


def test_the_code_is_never_on_the_share_or_in_the_invite(
    vera: Laptop, new_laptop: NewLaptop, memory: MemoryStore
) -> None:
    from bren_desktop.crypto.codes import parse_code

    file, code = vera.invite()
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    noor.door.join(noor.actor, file, code)
    vera.approve_only()
    noor.sync()
    needles = [code.encode(), code.replace("-", "").encode(), parse_code(code), parse_code(code).hex().encode()]
    everything = [file, *memory.files.values(), *noor.mirror.files.values(), *vera.mirror.files.values()]
    assert not [needle for needle in needles for data in everything if needle in data]


def test_the_share_shows_no_names(vera: Laptop, join: Joining, memory: MemoryStore) -> None:
    join("Noor de Wit")
    words = (b"Vera", b"Noor", b"Jeugdnetwerk", b"HGL", b"secretaris", b"voorzitter")
    paths = [path.encode() for path in memory.files]
    assert not [word for word in words for data in (*memory.files.values(), *paths) if word in data]


def test_an_old_world_is_not_believed(vera: Laptop, new_laptop: NewLaptop, memory: MemoryStore) -> None:
    """Whoever runs the share cannot serve a newcomer the log of before: heads and news of the invite are awaited."""
    vera.add_case(hulpvraag="eerst")
    vera.sync()
    old = memory.snapshot()
    vera.add_case(hulpvraag="later")
    vera.sync()
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    noor.add_case(hulpvraag="van Noor")
    file, code = vera.invite()
    noor.door.join(noor.actor, file, code)
    vera.approve_only()
    new = memory.snapshot()
    memory.roll_back(old)
    noor.sync()
    assert noor.questions() == ["van Noor"]
    kept_back = [path for path in new if path.endswith(".brs")]
    memory.roll_back({path: data for path, data in new.items() if path not in kept_back or path in old})
    noor.sync()
    assert noor.door.status().standing == Standing.ASKING
    memory.roll_back(new)
    noor.sync()
    assert noor.questions() == ["eerst", "later", "van Noor"]
    assert noor.door.status().standing == Standing.MEMBER


def test_a_share_that_is_away_is_no_contact(vera: Laptop, new_laptop: NewLaptop, clock: HandClock) -> None:
    file, code = vera.invite()
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    noor.share.troubles.away = True
    with pytest.raises(UserFacingError, match="niet bereikbaar"):
        noor.door.join(noor.actor, file, code)
    assert noor.door.status().standing == Standing.ALONE
    noor.share.troubles.away = False
    noor.door.join(noor.actor, file, code)
    noor.share.troubles.away = True
    assert not noor.sync().reachable
    assert noor.door.status().last_ms == 0
    vera.share.troubles.away = True
    clock.days(60)
    assert not vera.sync().reachable
    assert vera.door.lease().over
    assert any("60 dagen" in sentence for sentence in vera.door.status().warnings)
    vera.share.troubles.away = False
    vera.sync()
    assert not vera.door.lease().over


def test_a_name_of_somebody_else_is_not_taken(vera: Laptop, join: Joining, new_laptop: NewLaptop) -> None:
    """A second request in the name of a member, from another profile, is refused: his laptop is in already."""
    noor = join("Noor de Wit")
    other = new_laptop("Noor de Wit", Role.SECRETARIS)
    other.actor = noor.as_role(Role.SECRETARIS)
    file, code = vera.invite()
    other.door.join(other.actor, file, code)
    (request,) = vera.door.requests()
    with pytest.raises(UserFacingError, match="past niet bij de uitnodiging"):
        vera.door.approve(vera.actor, request.id)


def test_spaces_are_held_as_members_hold_them(vera: Laptop, join: Joining) -> None:
    noor = join("Noor de Wit")
    for laptop in (vera, noor):
        with laptop.store.look() as rows:
            held = rows.spaces()
        assert {space.kind for space in held} == {SpaceKind.NETWORK, SpaceKind.TEAM}
        assert all(space.standing is Standing.MEMBER and space.home for space in held)
    with vera.store.look() as ours, noor.store.look() as theirs:
        assert {one.id for one in ours.spaces()} == {one.id for one in theirs.spaces()}
        assert not {one.device for one in ours.spaces()} & {one.device for one in theirs.spaces()}
        keys = [one.sign_seed for one in (*ours.spaces(), *theirs.spaces())]
        assert len(set(keys)) == len(keys)


def test_an_invite_leads_no_member_to_another_share_or_network(
    vera: Laptop, new_laptop: NewLaptop, memory: MemoryStore
) -> None:
    """Somebody who knows the id of our network, which stands on the share, writes an invite to a place of his."""
    from bren_desktop.sync.format import invites

    _, code = vera.invite()
    with vera.store.look() as rows:
        network = rows.spaces()[0].network
    spaces = tuple(
        invites.InvitedSpace(bytes([at]) * 16, bytes(32), (), (), kind)
        for at, kind in enumerate((SpaceKind.NETWORK, SpaceKind.TEAM))
    )
    text = invites.InviteText(
        bytes(16), network, "/srv/mallory", spaces, "Mallory", Role.LID, InviteTo.TEAM, vera.clock.ms
    )
    forged = invites.invite_file(text, codes.parse_code(code))
    before = memory.snapshot()
    with pytest.raises(UserFacingError, match="doet al mee"):
        vera.door.join(vera.actor, forged, code)
    assert vera.door.status().folder == "/srv/bren"
    vera.sync()
    assert memory.paths(".brj") == []
    assert set(before) == set(memory.files)
