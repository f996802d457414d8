"""Readings of invented articles in the shape of real ones, as many as are asked for: the same seed, the same readings.

Names are drawn from a fixed stock with a long tail, so that some actors are in every tenth article and most in few.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

from kg.records import (
    Argument,
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Figure,
    Finding,
    Link,
    Location,
    Membership,
    Mention,
    Quotation,
    Resolution,
    TextSpan,
    Timing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = ("Mara", "Olga", "Ilse", "Tomas", "Yusuf", "Anwar", "Petra", "Hamid", "Lena", "Karim", "Nadia", "Viktor")
LAST = ("Venn", "Tarn", "Brandt", "Okoye", "Halabi", "Moreau", "Lind", "Sadiq", "Roth", "Ferro", "Danso", "Kral")
TOWNS = ("Tarsk", "Norvik", "Adelun", "Bremsa", "Corvan", "Dursan", "Eskeld", "Farrow", "Gavro", "Hestin")
KINDS = ("AirStrike", "Shelling", "Bombing", "Attack", "ArmedClash", "DroneStrike")
START = dt.date(2030, 1, 1)
SENTENCES = 24


def resolutions(number: int, seed: int = 7, first: int = 0, sentences: int = SENTENCES) -> Iterator[Resolution]:
    """Readings `first` to `first + number`; reading N does not depend on the others."""
    for at in range(first, first + number):
        yield _Article(at, random.Random(f"{seed}/{at}")).resolution(sentences)


class _Article:
    """One article being made up, sentence by sentence; each sentence gives its records."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.id, self.chance = f"synthetic-{number:07}", chance
        self.published = START + dt.timedelta(days=chance.randrange(700))
        self.text = ""
        self.sentences: list[TextSpan] = []
        self.findings: list[Finding] = []
        self.entities: dict[str, Entity] = {}
        self.denotes: dict[TextSpan, str] = {}
        self.claims: list[Claim] = []
        self.memberships: list[Membership] = []
        self.timings: list[Timing] = []
        self.links: list[Link] = []

    def resolution(self, sentences: int) -> Resolution:
        """The reading of as many sentences."""
        for _ in range(sentences):
            self._sentence()
        title = f"{self.chance.choice(TOWNS)} hit"
        publisher = f"Courier {self.chance.randrange(40)}"
        document = Document(self.id, self.text, title, publisher, f"https://news.example/{self.id}", self.published)
        return Resolution(
            document,
            Extraction(self.id, tuple(self.findings), sentences=tuple(self.sentences)),
            tuple(self.entities.values()),
            tuple(self.denotes.items()),
            tuple(self.memberships),
            tuple(self.timings),
            claims=tuple(self.claims),
            links=tuple(self.links),
        )

    def _sentence(self) -> None:
        person, army, town = self._person(), f"Army of {self._tail(TOWNS)}", self._tail(TOWNS)
        count, cue = self.chance.randrange(2, 200), self.chance.choice(("said", "reported", "confirmed"))
        words = (
            ("rank", "Colonel "), ("person", person), ("", ", spokesman of the "), ("army", army), ("", ", "),
            ("cue", cue), ("", " on "), ("day", "Monday"), ("", " that "), ("content", "its guns "),
            ("trigger", "hit"), ("", " "), ("target", "militants"), ("", " at "), ("town", town), ("", ", killing "),
            ("figure", f"at least {count}"), ("", " of them."),
        )  # fmt: skip
        spans = self._write(words)
        self._actors(spans, person, army, town)
        self._statement(spans, count)

    def _write(self, words: tuple[tuple[str, str], ...]) -> dict[str, TextSpan]:
        start, spans = len(self.text), {}
        for name, each in words:
            if name:
                at = len(self.text)
                spans[name] = TextSpan(self.id, at, at + len(each.rstrip()))
            self.text += each
        self.sentences.append(TextSpan(self.id, start, len(self.text)))
        self.text += " "
        return spans

    def _actors(self, spans: dict[str, TextSpan], person: str, army: str, town: str) -> None:
        names = (
            ("person", f"actor/person/{_slug(person)}", "Person", person, None),
            ("army", f"actor/organization/{_slug(army)}", "Organization", army, None),
            ("town", f"place/{1000 + TOWNS.index(town)}", "Place", town, _location(town)),
            ("target", f"article/{self.id}/thing/{len(self.sentences)}", "Group", "militants", None),
        )
        for role, name, kind, label, location in names:
            self.entities.setdefault(name, Entity(name, kind, label, (label,), location=location))
            self.denotes[spans[role]] = name
            mention = Mention(spans[role], kind, spans[role], "name", self.sentences[-1])
            self.findings.append(Finding(mention, "mentions"))

    def _statement(self, spans: dict[str, TextSpan], count: int) -> None:
        figure = Figure(spans["figure"], "killed", "person", None, count, count, None, "atLeast")
        roles = (("attacker", "army"), ("target", "target"), ("place", "town"))
        arguments = tuple(Argument(role, spans[name]) for role, name in roles)
        event = Event(self.chance.choice(KINDS), spans["trigger"], arguments, time=spans["day"], figures=(figure,))
        content = (TextSpan(self.id, spans["content"].start, spans["figure"].end),)
        quotation = Quotation(content, (spans["cue"],), (spans["person"],), "indirect")
        for record in (event, figure, quotation):
            self.findings.append(Finding(record, "synthetic", 0.9))
        monday = dt.datetime.combine(self.published, dt.time(), dt.UTC)
        self.timings.append(Timing(spans["day"], monday, monday + dt.timedelta(hours=24, seconds=-1), "day"))
        who, army = self.denotes[spans["person"]], self.denotes[spans["army"]]
        claim = Claim(who, "asserts", "certain", "positive", "nonFuture", spans["cue"], event, (figure,), quotation)
        self.claims.append(claim)
        self.memberships.append(Membership(who, army, "spokesman", "Colonel", spans["rank"]))
        said = f"article/{self.id}/quotation/{len(self.claims)}"
        self.links.append(Link("spokespersonSaid", who, said, spans["cue"]))
        self.links.append(Link("strikeOn", army, self.denotes[spans["target"]], spans["trigger"]))

    def _person(self) -> str:
        number = int(self.chance.paretovariate(0.7)) % 3000
        return f"{self._tail(FIRST)} {self._tail(LAST)} {_roman(number)}"

    def _tail(self, names: tuple[str, ...]) -> str:
        return names[min(int(self.chance.expovariate(0.3)), len(names) - 1)]


def _roman(number: int) -> str:
    """A number as letters, so that it can end a name."""
    return "".join("IVXLCDMBEG"[int(digit)] for digit in str(number))


def _slug(name: str) -> str:
    return name.casefold().replace(" ", "-")


def _location(town: str) -> Location:
    at = TOWNS.index(town)
    return Location(30 + at / 3, 40 + at / 7, "settlement", str(1000 + at), "ZZ", ("Oster",), 10_000 * (at + 1))
