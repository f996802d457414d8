"""What a picture of the graph is made of: nodes, edges, statements with their sentences, articles.

A scene is data for a page, projected from the store; it knows neither SPARQL nor HTML. Ids are IRI paths without the
data namespace. Offsets are half-open `[start, end)` in code points of the passage's own text.
"""

from __future__ import annotations

from dataclasses import dataclass

CLASSES = (
    "Incident",
    "Person",
    "Organization",
    "ArmedGroup",
    "State",
    "Coalition",
    "UnnamedSource",
    "Place",
    "Weapon",
    "Vehicle",
    "Facility",
    "Group",
    "Thing",
    "Quotation",
)
DEFAULT_CLASS = "Thing"


@dataclass(frozen=True, slots=True)
class Article:
    """One article: where a passage can be read in full."""

    id: str
    title: str
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A thing that is drawn. `type` is an incident's event type; times are ISO 8601, UTC.

    `opening`: shown when the page opens, then at `spot` (x, y in whole pixels, y downwards). `far`: where
    it stands in the overview of a large graph. `disputed`: claims
    about it contradict each other, or one of them denies it.
    """

    id: str
    cls: str
    label: str
    names: tuple[str, ...] = ()
    type: str | None = None
    earliest: str | None = None
    latest: str | None = None
    precision: str | None = None
    lat: float | None = None
    lon: float | None = None
    within: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    weight: int = 0
    opening: bool = False
    disputed: bool = False
    spot: tuple[int, int] | None = None
    far: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes; `statements` are places in `Scene.statements` of what it rests on.

    `mode` says when it is drawn: "always"; "events" and "direct" where incidents are nodes, or edges of their own;
    "summary" where quotations are not drawn as nodes.
    """

    source: str
    target: str
    predicate: str
    label: str
    statements: tuple[int, ...] = ()
    mode: str = "always"


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `[start, end)` of a passage and the part they play: source, cue, content, trigger, figure, a role."""

    start: int
    end: int
    part: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with what is marked in it; `start` is where it begins in the article's text or title."""

    text: str
    start: int
    part: str = "text"
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of a claim: its words, what is counted, and the interval that the words stand for."""

    text: str
    measure: str
    unit: str | None = None
    population: str | None = None
    low: float | None = None
    best: float | None = None
    high: float | None = None
    bound: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim, a quotation that claims nothing kg understands, a membership or a nearness, with its passages.

    `event` is the node of the incident (or of the lone event) that it speaks of, `description` the event as its article
    has it; `about` are all nodes that it belongs to beside its claimant. `voice` names who speaks where no node does:
    the publisher. The three tuples of numbers are places in `Scene.statements`.
    """

    id: str
    kind: str
    article: int
    claimant: str | None = None
    voice: str | None = None
    post: str | None = None
    stance: str | None = None
    certainty: str | None = None
    polarity: str | None = None
    temporality: str | None = None
    quotation: str | None = None
    event: str | None = None
    description: str | None = None
    about: tuple[str, ...] = ()
    figures: tuple[Count, ...] = ()
    passages: tuple[Passage, ...] = ()
    confidence: float | None = None
    found_by: str | None = None
    contradicts: tuple[int, ...] = ()
    corroborates: tuple[int, ...] = ()
    responds_to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a page may show of one graph.

    `folded`: ids that are drawn as another node, each with the id of that one: a link to them leads there.
    """

    title: str
    articles: tuple[Article, ...] = ()
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    statements: tuple[Statement, ...] = ()
    folded: tuple[tuple[str, str], ...] = ()
