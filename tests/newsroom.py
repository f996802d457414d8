"""A small graph in the shape that kg.graph writes, made by hand so that every sentence and name can be hostile."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.vocab import KG, PREFIXES

DATA = PREFIXES["data"]
XSD = PREFIXES["xsd"]


def term(value):
    """A curie or a data path in angle brackets becomes an IRI, a number a typed literal, all else a string."""
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))
    if isinstance(value, float):
        return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "double"))
    if value.startswith("<"):
        return ox.NamedNode(DATA + value[1:-1])
    prefix, colon, local = value.partition(":")
    if colon and prefix in PREFIXES and local.isalnum():
        return ox.NamedNode(PREFIXES[prefix] + local)
    return ox.Literal(value)


class Newsroom:
    """Adds resources to a store: `add(path, class, property=value or list)`; mentions are found by their words."""

    def __init__(self):
        self.store = ox.Store()
        self.texts = {}

    def ask(self, sparql):
        return self.store.query(sparql, use_default_graph_as_union=True)

    def add(self, path, cls, graph="graph/entities", **properties):
        subject, home = ox.NamedNode(DATA + path), ox.NamedNode(DATA + graph)
        rows = [("rdf_type", f"kg:{cls}"), *properties.items()]
        for name, values in rows:
            prefix, _, local = name.rpartition("_")
            predicate = ox.NamedNode(PREFIXES[prefix or "kg"] + local)
            for value in values if isinstance(values, list) else [values]:
                self.store.add(ox.Quad(subject, predicate, term(value), home))
        return f"<{path}>"

    def article(self, name, sentences, **about):
        article, start = f"article/{name}", 0
        self.texts[article] = " ".join(sentences)
        for sentence in sentences:
            end = start + len(sentence)
            path = f"{article}#char={start},{end}"
            self.note(path, "Sentence", article, start=start, end=end, exact=sentence)
            start = end + 1
        self.add(article, "Article", f"{article}/graph", **about)
        return article

    def note(self, path, cls, article, **properties):
        return self.add(path, cls, f"{article}/graph", article=f"<{article}>", **properties)

    def mention(self, article, phrase, denotes=()):
        start = self.texts[article].index(phrase)
        end = start + len(phrase)
        path = f"{article}#char={start},{end}"
        return self.note(path, "Mention", article, start=start, end=end, exact=phrase, denotes=list(denotes))


def bridge_raid(room, payload=""):
    """Two papers on one raid: a spokesman's 40 dead, a ministry's denial; `payload` goes into every text."""
    raid = bridge_people(room, payload)
    first = room.article(
        "herald-1",
        [
            f"Jets bombed a depot near Varna Ford on Monday{payload}.",
            "“We killed at least 40 fighters 🛩 there,” Colonel Ada Brook, a spokeswoman of the River Alliance, said.",
            f"The depot lies 15 km north of Varna Ford{payload}.",
        ],
        dcterms_title=f"Jets bomb a depot{payload}",
        dcterms_publisher="<actor/herald>",
        dcterms_issued="2019-05-07",
        schema_url=payload or "https://herald.example/raid",
    )
    second = room.article(
        "courier-1",
        ["The Ministry of Stone denied the raid.", f"“Fewer than 10 people died{payload},” it said.", "Talks go on."],
        dcterms_title="Ministry denies raid",
        dcterms_publisher="Courier",
        dcterms_issued="2019-05-08",
        schema_url="https://courier.example/denial",
    )
    raid_claims(room, first, second, raid)
    return room


def bridge_people(room, payload):
    room.add("actor/herald", "Organization", rdfs_label="Herald")
    room.add(
        "actor/alliance", "Coalition", rdfs_label=f"River Alliance{payload}", name=["River Alliance", "the Alliance"]
    )
    room.add("actor/person/ada-brook", "Person", rdfs_label=f"Ada Brook{payload}")
    room.add("actor/ministry", "Organization", rdfs_label="Ministry of Stone")
    room.add("actor/stone-guard", "ArmedGroup", rdfs_label="Stone Guard")
    room.add("article/herald-1/thing/1", "Facility", rdfs_label="a depot")
    where = {"wgs84_lat": 43.2, "wgs84_long": 27.9, "precision": "settlement", "withinName": ["Coast", "Moravia"]}
    room.add("place/1", "Place", rdfs_label=f"Varna Ford{payload}", **where)
    room.add("place/2", "Place", rdfs_label="north of Varna Ford", wgs84_lat=43.33, wgs84_long=27.9, precision="area")
    times = {"earliest": "2019-05-06T00:00:00Z", "latest": "2019-05-07T00:00:00Z", "timePrecision": "day"}
    return room.add("incident/herald-1-1", "Incident", eventType="ev:AirStrike", place="<place/1>", **times)


def raid_claims(room, first, second, raid):
    for article in (first, second):
        depot = {"target": "<article/herald-1/thing/1>"} if article == first else {}
        trigger = room.mention(article, "bombed" if article == first else "raid")
        words = [room.mention(first, "a depot", ["<article/herald-1/thing/1>"])] if article == first else []
        words += [room.mention(first, "the River Alliance", ["<actor/alliance>"])] if article == first else []
        room.note(
            f"{article}/event/1",
            "Event",
            article,
            eventType="ev:AirStrike",
            incident=raid,
            trigger=trigger,
            argumentMention=words,
            attacker="<actor/alliance>",
            place="<place/1>",
            earliest="2019-05-06T00:00:00Z",
            latest="2019-05-07T00:00:00Z",
            timePrecision="day",
            **depot,
        )
    spoken(
        room,
        first,
        "“We killed at least 40 fighters 🛩 there,”",
        cue="said",
        source="Colonel Ada Brook",
        speaker="<actor/person/ada-brook>",
    )
    spoken(room, second, "raid", cue="denied", source="The Ministry of Stone", speaker="<actor/ministry>")
    figures(room, first, second)
    claim(room, first, 1, claimant="<actor/herald>", stance="stance:asserts", evidence=room.mention(first, "bombed"))
    own = {
        "inQuotation": f"<{first}/quotation/1>",
        "claimant": "<actor/person/ada-brook>",
        "states": f"<{first}/figure/1>",
    }
    claim(room, first, 2, stance="stance:asserts", **own, contradicts=f"<{second}/claim/1>", confidence=0.6)
    denial = {
        "inQuotation": f"<{second}/quotation/1>",
        "claimant": "<actor/ministry>",
        "states": f"<{second}/figure/1>",
    }
    claim(room, second, 1, stance="stance:denies", polarity="negative", **denial, contradicts=f"<{first}/claim/2>")
    beside_the_raid(room, first, second)


def beside_the_raid(room, first, second):
    room.note(f"{second}/quotation/2", "Quotation", second, content="Talks go on.", stance="stance:asserts")
    room.store.add(
        ox.Quad(
            *(term(t) for t in ("<actor/ministry>", "kg:said", f"<{second}/quotation/2>")), term(f"<{second}/graph>")
        )
    )
    held = {
        "member": "<actor/person/ada-brook>",
        "organization": "<actor/alliance>",
        "role": "spokeswoman",
        "rank": "Colonel",
    }
    room.note(f"{first}/membership/1", "Membership", first, **held, evidence=room.mention(first, "Colonel Ada Brook"))
    near = {"anchor": "<place/1>", "distanceKm": 15.0, "bearing": "N", "relationText": "15 km north of"}
    near["evidence"] = room.mention(first, "15 km north of Varna Ford")
    nearness = room.note(f"{first}/proximity/1", "Proximity", first, **near)
    room.add("place/2", "Place", near=nearness, locatedNear="<place/1>")
    room.add("actor/alliance", "Coalition", strikeOn="<article/herald-1/thing/1>")


def spoken(room, article, content, *, cue, source, speaker):
    room.note(
        f"{article}/quotation/1",
        "Quotation",
        article,
        content=content,
        quotationKind="direct",
        stance="stance:asserts",
        speaker=speaker,
        contentMention=room.mention(article, content),
        cueMention=room.mention(article, cue),
        sourceMention=room.mention(article, source, [speaker]),
    )
    said = "kg:spokespersonSaid" if "brook" in speaker else "kg:said"
    room.store.add(ox.Quad(term(speaker), term(said), term(f"<{article}/quotation/1>"), term(f"<{article}/graph>")))


def figures(room, first, second):
    about = {"measure": "measure:killed", "unit": "person"}
    room.note(
        f"{first}/figure/1", "Figure", first, **about, low=40, best=40, bound="bound:atLeast", literal="at least 40"
    )
    room.note(
        f"{second}/figure/1",
        "Figure",
        second,
        **about,
        best=10,
        high=10,
        bound="bound:lessThan",
        literal="Fewer than 10",
    )


def claim(room, article, number, **properties):
    axes = {"certainty": "certain", "polarity": "positive", "temporality": "nonFuture"}
    path = f"{article}/claim/{number}"
    room.note(path, "Claim", article, about=f"<{article}/event/1>", foundBy="test.rule", **{**axes, **properties})


def sentences(room):
    """Joins each mention to its sentence, as `kg build` does."""
    rows = room.ask(
        f"PREFIX kg: <{KG}> SELECT ?m ?s ?g {{ GRAPH ?g {{ ?m a kg:Mention ; kg:article ?a ; kg:start ?from . "
        "?s a kg:Sentence ; kg:article ?a ; kg:start ?begin ; kg:end ?end FILTER(?begin <= ?from && ?from < ?end) } }"
    )
    return [ox.Quad(row["m"], ox.NamedNode(f"{KG}sentence"), row["s"], row["g"]) for row in rows]


@pytest.fixture
def room():
    return Newsroom()


@pytest.fixture
def raid(room):
    return bridge_raid(room)


@pytest.fixture
def scenes():
    """Builds the two-paper graph with a payload in its texts."""
    return lambda payload="": bridge_raid(Newsroom(), payload)
