"""Which places bear a name: a packed table of GeoNames data, with the places of the ontology beside it.

The table (`kg/data/gazetteer.bin.gz`, written by `benchmarks/build_gazetteer.py`, described in `kg/data/README.md`) is
columns of numbers and one sorted text of folded names, so that loading is one decompression and a look-up is one
binary search. Nothing of it becomes a Python object before somebody asks for its name.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import OntologyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.records import PlaceEntry

TABLE = Path(__file__).parent / "data" / "gazetteer.bin.gz"

#: The columns of the table in the order of the file, with their array type codes; `names` and `labels` are text.
COLUMNS = (
    ("geonames", "I"),
    ("latitude", "i"),
    ("longitude", "i"),
    ("population", "I"),
    ("parent", "I"),
    ("feature", "B"),
    ("postings", "I"),
    ("first_posting", "I"),
)
#: What a place is, by the number in the column `feature`, largest container first.
FEATURES = ("country", "region", "district", "capital", "seat", "settlement", "section", "natural", "continent", "area")
#: How a name belongs to a place, by the low bits of a posting: its own name, another one, a code ("AL") as in a
#: postal address, which counts only behind the name of a town; one that only sounds the same.
SENSES = ("name", "alternate", "code", "sound")

DEGREE = 10_000  # coordinates are stored in ten-thousandths of a degree: 11 m
NO_PARENT = 0xFFFFFFFF

#: Articles of Arabic names in the ways they are written in Latin letters.
ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az|ud|ul) (?=\w{3})")
_MARKS = re.compile(r"[\u0300-\u036f'’‘`´ʻʼʾʿ\u02b9-\u02bb.]+")
_SAINT = re.compile(r"\bsaint (?=\w)")
_GAPS = re.compile(r"[\s\-–—_/,]+")
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may stand for.

    `key` identifies it: the GeoNames id, else the GeoNames code ("IQ.01"), else the path of the ontology's own
    (`region/middle-east`). `containers` are keys, `within` labels, both smallest first. `sense` is one of `SENSES`.
    """

    key: str
    label: str
    feature: str
    lat: float
    lon: float
    population: int = 0
    geonames: str | None = None
    country: str | None = None
    containers: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    sense: str = "name"


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The name without case, accents, apostrophes and points, one blank for a hyphen: Al-Ḩawījah, al hawijah."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS))
    return _SAINT.sub("st ", _GAPS.sub(" ", _MARKS.sub("", plain)).strip())


def without_article(folded: str) -> str:
    """A folded name without an Arabic article at its start."""
    return ARTICLE.sub("", folded)


#: Ways of writing the same sounds of Arabic, Persian, Russian and their neighbours in Latin letters, in order.
SOUNDS = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"kh|q|ck|c(?=[aou])"), "k"),
    (re.compile(r"gh|dj|j"), "g"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"th"), "t"),
    (re.compile(r"sch|sh|ch|cz"), "s"),
    (re.compile(r"ph|v"), "f"),
    (re.compile(r"ou|oo|aw|au|w|o"), "u"),
    (re.compile(r"ei|ey|ay|ai|ie|iy|y|e"), "i"),
    (re.compile(r"(?<=[aiu])h?$|(?<=[aiu])h(?=[^aiu])"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
#: What marks the key of a name by its sounds among the names of the table.
BY_SOUND = "~"


def sounds(folded: str) -> str:
    """A folded name by its sounds, for what news spells in many ways: hodeidah, hudaydah; deir ezzor, deir ez zor."""
    name = without_article(folded).replace(" ", "")
    for pattern, sound in SOUNDS:
        name = pattern.sub(sound, name)
    return BY_SOUND + name


class Gazetteer:
    """The table of places; `candidates` is what it is for."""

    def __init__(self, table: Table, entries: tuple[PlaceEntry, ...] = ()) -> None:
        self._columns, self._names, self._labels, self.codes = table
        self._rows = {code: row for row, code in enumerate(self.codes)}
        self._entries = _by_name(entries)
        self._points = {
            self._rows.get(entry.code): (entry.lat, entry.lon)
            for entry in entries
            if entry.code and entry.lat is not None and entry.lon is not None
        }
        self.candidates = lru_cache(maxsize=8192)(self._candidates)

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        """Every place that the name may stand for, those of the ontology first, then in the order of the table.

        A name with an article ("al-Hawija") that the table does not know is looked for without it, and one of six
        letters or more that it does not know then by its sounds.
        """
        folded = fold(name)
        found = self._known(folded) or self._known(without_article(folded))
        return found or (self._known(sounds(folded)) if len(folded) > 5 else ())

    def country(self, code: str) -> Candidate | None:
        """The country with an ISO 3166-1 code."""
        row = self._rows.get(code)
        return None if row is None else self._candidate(row)

    def capital(self, code: str) -> Candidate | None:
        """The capital of the country with an ISO 3166-1 code."""
        row = self._capitals.get(code)
        return None if row is None else self._candidate(row)

    @cached_property
    def _capitals(self) -> dict[str, int]:
        feature = FEATURES.index("capital")
        return {self._country(row): row for row, each in enumerate(self._columns["feature"]) if each == feature}

    def _known(self, folded: str) -> tuple[Candidate, ...]:
        listed = tuple(self._listed(entry) for entry in self._entries.get(folded, ()))
        keys = {each.key for each in listed}
        return listed + tuple(each for each in self._packed(folded) if each.key not in keys)

    def _packed(self, folded: str) -> Iterator[Candidate]:
        at = bisect_left(self._names, folded.encode())
        if at < len(self._names) and self._names[at] == folded.encode():
            first = self._columns["first_posting"]
            for posting in self._columns["postings"][first[at] : first[at + 1]]:
                yield self._candidate(posting >> 2, SENSES[posting & 3])

    def _candidate(self, row: int, sense: str = "name") -> Candidate:
        parents = tuple(self._parents(row))
        lat, lon = self._point(row)
        geonames = self._columns["geonames"][row]
        return Candidate(
            key=self.key(row),
            label=self._labels[row],
            feature=FEATURES[self._columns["feature"][row]],
            lat=lat,
            lon=lon,
            population=self._columns["population"][row],
            geonames=str(geonames) if geonames else None,
            country=self._country(row),
            containers=tuple(map(self.key, parents)),
            within=tuple(self._labels[each] for each in parents),
            sense=sense,
        )

    def _listed(self, entry: PlaceEntry) -> Candidate:
        if entry.code:
            return self._candidate(self._rows[entry.code])
        parent = self._rows.get(entry.country or "", None)
        around = () if parent is None else (parent, *self._parents(parent))
        return Candidate(
            key=entry.geonames or entry.id.removeprefix("place/"),
            label=entry.label,
            feature=entry.feature,
            lat=entry.lat or 0.0,
            lon=entry.lon or 0.0,
            geonames=entry.geonames,
            country=None if parent is None else self._country(parent),
            containers=tuple(map(self.key, around)),
            within=tuple(self._labels[each] for each in around),
        )

    def key(self, row: int) -> str:
        """What identifies the place of a row: its GeoNames id, else its GeoNames code."""
        return str(self._columns["geonames"][row] or self.codes[row])

    def _point(self, row: int) -> tuple[float, float]:
        if listed := self._points.get(row):
            return listed
        return self._columns["latitude"][row] / DEGREE, self._columns["longitude"][row] / DEGREE

    def _parents(self, row: int) -> Iterator[int]:
        while (row := self._columns["parent"][row]) != NO_PARENT:
            yield row

    def _country(self, row: int) -> str:
        return self.codes[(row, *self._parents(row))[-1]]

    def __len__(self) -> int:
        return len(self._labels)


@lru_cache(maxsize=2)
def load_gazetteer(entries: tuple[PlaceEntry, ...] = (), table: Path = TABLE) -> Gazetteer:
    """Read the table that comes with the package.

    Args:
        entries: Places and further names of places from the ontology (`Schema.regions`).
        table: Another table in the same format.

    Raises:
        OntologyError: The table is missing or damaged, or an entry points to a code that it does not have.
    """
    try:
        gazetteer = Gazetteer(_read(table), entries)
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise OntologyError(f"{table}: is no gazetteer ({error}); reinstall kg or run build_gazetteer.py") from error
    if unknown := [entry.id for entry in entries if entry.code and entry.code not in gazetteer.codes]:
        raise OntologyError(f"places.ttl: {unknown[0]} has a code that the gazetteer lacks; look it up in GeoNames")
    return gazetteer


@lru_cache(maxsize=2)
def _read(table: Path) -> Table:
    """The table of a file; gazetteers with other entries share it, for it takes most of the time and the memory."""
    return unpack(gzip.decompress(table.read_bytes()))


def _by_name(entries: tuple[PlaceEntry, ...]) -> dict[str, tuple[PlaceEntry, ...]]:
    named: dict[str, tuple[PlaceEntry, ...]] = {}
    for entry in entries:
        for name in dict.fromkeys(map(fold, (entry.label, *entry.aliases))):
            named[name] = (*named.get(name, ()), entry)
    return named


Table = tuple[dict[str, "array[int]"], list[bytes], list[str], list[str]]


def pack(columns: dict[str, list[int]], names: list[str], labels: list[str], codes: list[str], about: str) -> bytes:
    """The table as bytes: a line of JSON that says how long each section is, then the sections, little-endian."""
    sections = [_little(array(code, columns[name])).tobytes() for name, code in COLUMNS]
    sections += ["\n".join(each).encode() for each in (names, labels, codes)]
    header = {"about": about, "lengths": [len(each) for each in sections]}
    return b"\n".join((json.dumps(header).encode(), b"".join(sections)))


def unpack(packed: bytes) -> Table:
    """What `pack` was given: columns, sorted folded names as UTF-8, labels by row, codes of the first rows."""
    at = packed.index(b"\n") + 1
    sections = []
    for length in json.loads(packed[:at])["lengths"]:
        sections.append(packed[at : at + length])
        at += length
    columns = {}
    for (name, code), section in zip(COLUMNS, sections, strict=False):
        columns[name] = _little(array(code, section))
    names, labels, codes = sections[len(COLUMNS) :]
    return columns, names.split(b"\n"), labels.decode().split("\n"), codes.decode().split("\n")


def _little(column: array[int]) -> array[int]:
    if sys.byteorder == "big":
        column.byteswap()
    return column
