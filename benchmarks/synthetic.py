"""Readings of invented articles in the shape of real ones, as many as are asked for: the same seed, the same readings.

Nine kinds of sentences, as often as they give the mix of classes that news has; names are drawn from a fixed stock with
a long tail, so that some actors are in every tenth article and most in few. Days and towns recur, so that articles tell
of the same incidents with other numbers, and deny each other's.
"""

from __future__ import annotations

import datetime as dt
import random
import re
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
    Proximity,
    Quotation,
    Resolution,
    TextSpan,
    Timing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    Spans = dict[str, TextSpan]

FIRST = ("Mara", "Olga", "Ilse", "Tomas", "Yusuf", "Anwar", "Petra", "Hamid", "Lena", "Karim", "Nadia", "Viktor")
LAST = ("Venn", "Tarn", "Brandt", "Okoye", "Halabi", "Moreau", "Lind", "Sadiq", "Roth", "Ferro", "Danso", "Kral")
BEFORE = (
    "Tar",
    "Nor",
    "Ade",
    "Bre",
    "Cor",
    "Dur",
    "Esk",
    "Far",
    "Gav",
    "Hes",
    "Ilm",
    "Jor",
    "Kel",
    "Lam",
    "Mor",
    "Ost",
)
AFTER = ("sk", "vik", "lun", "msa", "van", "san", "eld", "row", "ro", "tin", "ba", "dor", "gan", "mir", "nas", "pet")
TOWNS = tuple(before + after for after in AFTER for before in BEFORE)
STATES = ("Ostmark", "Velland", "Corria", "Tarsia")
KINDS = ("AirStrike", "Shelling", "Bombing", "Attack", "ArmedClash", "DroneStrike")
WEAPONS = ("rockets", "artillery", "a drone", "mortars")
START = dt.date(2030, 1, 1)
SENTENCES = 21

#: How often of a hundred, the words ([key=words], or [key] for a name that is drawn), which method reads them.
PATTERNS = (
    (15, "[army] has held [town] since [other] left, and [person] went there; [he=he] met [state].", "_background"),
    (6, "Soldiers of [army] and [state] saw [person] with [officer=a commander] in [town].", "_background"),
    (12, "[rank=Colonel] [person], [post=spokesman] for [army], [cue=said] [head=it] [trigger=hit] "  # noqa: ISC004
     "[target=militants] at [town] on [day=Monday].", "_statement"),
    (7, "[source=A local official] [cue=said] [head=the road to] [town] [end=was open].", "_unnamed"),
    (16, '"[head=We shall not leave] [end=this country]," [he=he] [cue=said] to [state].', "_direct"),
    (15, "[army] [trigger=shelled] [target=a depot] in [town] with [weapon].", "_report"),
    (14, "The raid [trigger=killed] [figure] [victim=fighters] at [town] on [day=Tuesday].", "_toll"),
    (9, "[person] [cue=denied] that [head=anybody had been] [trigger=wounded] in [town].", "_denial"),
    (6, "[area=A village] lies [near=12 km north of] [town], where [army] and [state] [trigger=met].", "_near"),
)  # fmt: skip
_MARK = re.compile(r"\[(\w+)(?:=([^\]]*))?\]")


def resolutions(number: int, seed: int = 7, first: int = 0, sentences: int = SENTENCES) -> Iterator[Resolution]:
    """Readings `first` to `first + number`; reading N does not depend on the others."""
    for at in range(first, first + number):
        yield _Article(at, random.Random(f"{seed}/{at}")).resolution(sentences)


class _Article:
    """One article being made up, sentence by sentence; each sentence gives its records."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.id, self.chance = f"synthetic-{number:07}", chance
        self.published = START + dt.timedelta(days=chance.randrange(500))
        self.text = ""
        self.sentences: list[TextSpan] = []
        self.findings: list[Finding] = []
        self.entities: dict[str, Entity] = {}
        self.denotes: dict[TextSpan, str] = {}
        self.claims: list[Claim] = []
        self.memberships: list[Membership] = []
        self.timings: list[Timing] = []
        self.proximities: list[Proximity] = []
        self.links: list[Link] = []
        self.event: Event | None = None
        self.speaker = self._named("Person", self._person())
        self.town = self._tail(TOWNS, 0.05)

    def resolution(self, sentences: int) -> Resolution:
        """The reading of as many sentences."""
        weights = [weight for weight, _, _ in PATTERNS]
        for _, pattern, read in self.chance.choices(PATTERNS, weights, k=sentences):
            getattr(self, read)(self._write(pattern))
        publisher = f"Courier {self.chance.randrange(40)}"
        url = f"https://news.example/{self.id}"
        document = Document(self.id, self.text, f"{self.town} hit", publisher, url, self.published)
        return Resolution(
            document,
            Extraction(self.id, tuple(self.findings), sentences=tuple(self.sentences)),
            tuple(self.entities.values()),
            tuple(self.denotes.items()),
            tuple(self.memberships),
            tuple(self.timings),
            tuple(self.proximities),
            claims=tuple(self.claims),
            links=tuple(self.links),
        )

    # ---------------------------------------------------------------------------- words

    def _write(self, pattern: str) -> Spans:
        """Put the words of a sentence down, and where each key's words stand; names become mentions."""
        start, at, spans, names = len(self.text), 0, {}, {}
        for mark in _MARK.finditer(pattern):
            self.text += pattern[at : mark.start()]
            words, names[mark[1]] = (mark[2], "") if mark[2] else self._filler(mark[1])
            spans[mark[1]] = TextSpan(self.id, len(self.text), len(self.text) + len(words))
            self.text, at = self.text + words, mark.end()
        self.text += pattern[at:]
        self.sentences.append(TextSpan(self.id, start, len(self.text)))
        self.text += " "
        for key, entity in names.items():
            if entity:
                self._mention(spans[key], entity, "name")
        if "he" in spans:
            self._mention(spans["he"], self.speaker, "pronoun")
        return spans

    def _filler(self, key: str) -> tuple[str, str]:
        """Words for a key, and the entity that they name, if they name one."""
        if key in {"figure", "weapon"}:
            return f"at least {self.chance.randrange(2, 90)}" if key == "figure" else self.chance.choice(WEAPONS), ""
        if key == "town":
            name = self.town if self.chance.random() < 0.6 else self._tail(TOWNS, 0.05)
            return name, self._named("Place", name, _location(name))
        if key == "state":
            name = self._tail(STATES, 0.7)
            return name, self._named("State", name)
        if key == "person":
            if self.chance.random() < 0.6:
                self.speaker = self._named("Person", self._person())
            return self.entities[self.speaker].label, self.speaker
        name = f"Army of {self._tail(TOWNS, 0.15)}"
        return name, self._named("Organization", name)

    def _person(self) -> str:
        number = int(self.chance.paretovariate(0.7)) % 3000
        return f"{self._tail(FIRST, 0.3)} {self._tail(LAST, 0.3)} {_roman(number)}"

    def _tail(self, names: tuple[str, ...], steepness: float) -> str:
        return names[min(int(self.chance.expovariate(steepness)), len(names) - 1)]

    # ---------------------------------------------------------------------------- entities

    def _named(self, kind: str, name: str, location: Location | None = None) -> str:
        slug = name.casefold().replace(" ", "-")
        path = f"place/{1000 + TOWNS.index(name)}" if location else f"actor/{kind.casefold()}/{slug}"
        self.entities.setdefault(path, Entity(path, kind, name, (name, name.rsplit(maxsplit=1)[-1]), location=location))
        return path

    def _own(self, span: TextSpan, kind: str, label: str, location: Location | None = None) -> str:
        """Somebody or something that only this article tells of."""
        path = f"article/{self.id}/{label}/{len(self.entities) + 1}"
        self.entities[path] = Entity(path, kind, self.text[span.start : span.end], location=location)
        self._mention(span, path, "nominal")
        return path

    def _mention(self, span: TextSpan, entity: str, kind: str) -> None:
        self.denotes[span] = entity
        mention = Mention(span, self.entities[entity].type, span, kind, self.sentences[-1])  # type: ignore[arg-type]
        self.findings.append(Finding(mention, "noun phrase" if kind == "nominal" else kind))

    # ---------------------------------------------------------------------------- sentences

    def _background(self, spans: Spans) -> None:
        if "officer" in spans:
            self._own(spans["officer"], "Person", "actor")

    def _statement(self, spans: Spans) -> None:
        self._own(spans["target"], "Group", "thing")
        quotation = self._quotation(spans, "person", "indirect", "asserts")
        event = self._event(self.chance.choice(KINDS), spans, attacker="army", target="target", place="town")
        self._claim(spans, "asserts", quotation, event)
        self._link("strikeOn", spans, "army", "target")
        army = self.denotes[spans["army"]]
        words = TextSpan(self.id, spans["rank"].start, spans["post"].end)
        self.memberships.append(Membership(self.speaker, army, "spokesman", "Colonel", words))

    def _unnamed(self, spans: Spans) -> None:
        self.speaker = self._own(spans["source"], "UnnamedSource", "actor")
        self._claim(spans, "asserts", self._quotation(spans, "source", "indirect", "asserts"))

    def _direct(self, spans: Spans) -> None:
        self._claim(spans, "asserts", self._quotation(spans, "he", "direct", "demands"))

    def _report(self, spans: Spans) -> None:
        self._own(spans["target"], "Facility", "thing")
        self._own(spans["weapon"], "Weapon", "thing")
        roles = {"attacker": "army", "target": "target", "place": "town", "instrument": "weapon"}
        self._claim(spans, "asserts", event=self._event("Shelling", spans, (), **roles))
        self._link("strikeOn", spans, "army", "target")

    def _toll(self, spans: Spans) -> None:
        self._own(spans["victim"], "Group", "thing")
        count = int(self.text[spans["figure"].start : spans["figure"].end].rsplit(" ", 1)[1])
        figure = Figure(spans["figure"], "killed", "person", None, count, count, None, "atLeast")
        self.findings.append(Finding(figure, "figures"))
        event = self._event("Killing", spans, figures=(figure,), victim="victim", place="town")
        self._claim(spans, "asserts", event=event, figures=(figure,))

    def _denial(self, spans: Spans) -> None:
        event = self._event("Injury", spans, place="town")
        quotation = self._quotation(spans, "person", "indirect", "denies", end="trigger")
        self._claim(spans, "denies", quotation, self.event if self.chance.random() < 0.7 else event)

    def _near(self, spans: Spans) -> None:
        area = self._own(spans["area"], "Place", "place", Location(None, None, "area"))
        town = self.denotes[spans["town"]]
        self.proximities.append(Proximity(area, town, spans["near"], 12.0, "N"))
        self._link("locatedNear", spans, "area", "town")
        self._claim(spans, "asserts", event=self._event("Talks", spans, agent="army", place="area"))

    # ---------------------------------------------------------------------------- records

    def _quotation(self, spans: Spans, source: str, kind: str, stance: str, end: str = "") -> Quotation:
        last = spans.get(end) or spans.get("end") or spans["town"]
        content = (TextSpan(self.id, spans["head"].start, last.end),)
        found = Quotation(content, (spans["cue"],), (spans[source],), kind, stance=stance)  # type: ignore[arg-type]
        self.findings.append(Finding(found, "quotations.rules+tagger", 0.9))
        number = sum(isinstance(each.record, Quotation) for each in self.findings)
        said = "spokespersonSaid" if "post" in spans else "said"
        self.links.append(Link(said, self.speaker, f"article/{self.id}/quotation/{number}", spans["cue"]))
        return found

    def _event(self, kind: str, spans: Spans, figures: tuple[Figure, ...] = (), **roles: str) -> Event:
        arguments = tuple(Argument(role, spans[key]) for role, key in roles.items())
        cause = self.event.trigger if figures and self.event else None
        event = Event(kind, spans["trigger"], arguments, time=spans.get("day"), figures=figures, caused_by=cause)
        self.findings.append(Finding(event, "events"))
        if "day" in spans:
            day = dt.datetime.combine(self.published, dt.time(), dt.UTC)
            self.timings.append(Timing(spans["day"], day, day + dt.timedelta(hours=24, seconds=-1), "day"))
        self.event = event if kind in KINDS or not self.event else self.event
        return event

    def _claim(
        self,
        spans: Spans,
        stance: str,
        quotation: Quotation | None = None,
        event: Event | None = None,
        figures: tuple[Figure, ...] = (),
    ) -> None:
        who = self.speaker if quotation else None
        polarity = "negative" if stance == "denies" else "positive"
        words = spans["cue"] if quotation else spans["trigger"]
        self.claims.append(Claim(who, stance, "certain", polarity, "nonFuture", words, event, figures, quotation))  # type: ignore[arg-type]

    def _link(self, predicate: str, spans: Spans, subject: str, target: str) -> None:
        self.links.append(Link(predicate, self.denotes[spans[subject]], self.denotes[spans[target]], spans[subject]))


def _roman(number: int) -> str:
    """A number as letters, so that it can end a name."""
    return "".join("IVXLCDMBEG"[int(digit)] for digit in str(number))


def _location(town: str) -> Location:
    """Somewhere on a grid of some degrees; some names are other towns' too, and some towns nobody knows."""
    at = TOWNS.index(town)
    if at % 11 == 10:
        return Location(None, None, "unknown", str(1000 + at))
    others = (f"place/{2000 + at}",) if at % 7 == 0 else ()
    return Location(
        30 + at % 16 / 4, 40 + at / 64, "settlement", str(1000 + at), "ZZ", ("Oster",), 1000 * (at + 1), others
    )
