"""Which office is near, and which place a message names."""

import pytest

from bot.branches.finding import find, kilometres, nearest, worth_naming
from bot.branches.table import Known, branches, places, provinces

MEULABOH_SQUARE = (4.1436, 96.1286)

ACEH = {
    "aceh barat": "Meulaboh",
    "aceh barat daya": "Blangpidie",
    "aceh besar": "Banda Aceh",
    "aceh jaya": "Calang",
    "aceh selatan": "Tapaktuan",
    "aceh singkil": "Singkil",
    "aceh tamiang": "Kuala Simpang",
    "aceh tengah": "Takengon",
    "aceh tenggara": "Kutacane",
    "aceh timur": "Idi",
    "aceh utara": "Lhoksukon",
    "bener meriah": "Redelong",
    "bireuen": "Bireuen",
    "gayo lues": "Blangkejeren",
    "nagan raya": "Suka Makmue",
    "pidie": "Sigli",
    "pidie jaya": "Meureudu",
    "simeulue": "Sinabang",
    "banda aceh": "Banda Aceh",
    "langsa": "Langsa",
    "lhokseumawe": "Lhokseumawe",
    "sabang": "Sabang",
    "subulussalam": "Subulussalam",
}
"""The 18 regencies and 5 cities."""
MAIN_OF_ACEH = {"Banda Aceh", "Meulaboh", "Lhokseumawe", "Langsa"}
SUB_OF_ACEH = {"Sigli", "Bireuen", "Takengon", "Tapaktuan", "Kutacane"}


def test_every_province_has_a_row() -> None:
    assert len(provinces()) == 38
    assert {branch.province for branch in branches()} == set(provinces())


def test_every_branch_of_aceh_is_there() -> None:
    cities = {branch.city for branch in branches() if branch.province == "Aceh" and branch.listed}
    assert cities == MAIN_OF_ACEH | SUB_OF_ACEH


def test_only_papua_pegunungan_has_no_known_office() -> None:
    listed = {branch.province for branch in branches() if branch.listed}
    assert set(provinces()) - listed == {"Papua Pegunungan"}


def test_a_telephone_number_belongs_to_an_office_with_an_address() -> None:
    for branch in branches():
        assert not branch.phone or (branch.address and branch.phone.startswith("0")), branch


def test_an_address_is_given_only_where_a_source_gives_it() -> None:
    for branch in branches():
        assert branch.source
        assert bool(branch.address) or branch.known is not Known.ADDRESS, branch
        assert branch.listed or not (branch.address or branch.phone or branch.exact), branch


def test_every_position_lies_in_indonesia() -> None:
    for _, (latitude, longitude) in places().values():
        assert -11 < latitude < 6 and 95 < longitude < 142


def test_the_nearest_to_the_square_of_meulaboh_is_meulaboh() -> None:
    [(first, distance), *others] = nearest(*MEULABOH_SQUARE)
    assert (first.city, len(others)) == ("Meulaboh", 2)
    assert distance < 1 < others[0][1] < others[1][1]


def test_a_distance_is_measured_over_the_ground() -> None:
    a_degree_at_the_equator = kilometres((0, 100), (0, 101))
    assert a_degree_at_the_equator == pytest.approx(111.2, abs=0.1)
    assert kilometres((60, 100), (60, 101)) == pytest.approx(a_degree_at_the_equator / 2, rel=0.01)


def test_where_no_office_is_known_the_nearest_known_one_is_named_too() -> None:
    wamena = find("wamena")
    assert wamena
    assert [branch.city for branch, _ in worth_naming(wamena.position)] == ["Wamena", "Timika"]


@pytest.mark.parametrize(("name", "town"), ACEH.items())
def test_every_regency_and_city_of_aceh_is_known(name: str, town: str) -> None:
    place = find(f"kantor bpjs di {name}")
    assert place and place.name == town


@pytest.mark.parametrize("province", provinces())
def test_every_province_is_known_by_name(province: str) -> None:
    assert find(f"alamat cabang {province} dimana")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("kantor bpjs di meulaboh", "Meulaboh"),
        ("bna", "Banda Aceh"),
        ("cabang jogja", "Yogyakarta"),
        ("alamat meulabooh", "Meulaboh"),
        ("kantor melaboh", "Meulaboh"),
        ("LHOKSEUMWE", "Lhokseumawe"),
        ("yang dekat takengn", "Takengon"),
        ("aceh brat", "Meulaboh"),
        ("sulsel", "Sulawesi Selatan"),
    ],
)
def test_a_place_is_found_as_people_write_it(text: str, name: str) -> None:
    place = find(text)
    assert place and place.name == name


@pytest.mark.parametrize(
    "text",
    [
        "kantor cabang terdekat",
        "langsung ke kantor saja",
        "jam buka kantor",
        "apa seorang istri boleh datang",
        "/contact_branch",
        "",
    ],
)
def test_a_message_without_a_place_names_none(text: str) -> None:
    assert find(text) is None
