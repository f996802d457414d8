"""Names of things in the data: a record's path becomes an IRI, injectively, whatever characters an id holds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from kg.vocab.namespaces import DATA

if TYPE_CHECKING:
    from kg.records import TextSpan

#: `article/ID/kind/N`: what stands between the first and the last two segments is the id, slashes included.
_IN_ARTICLE = re.compile(r"article/(.*)/([a-z]+)/([0-9]+)", re.DOTALL)
_ARTICLE_GRAPH = re.compile(r"(.*)article/([^/]*)/graph", re.DOTALL)


class Iris:
    """The names under one base IRI. Ids are percent-encoded, so that no id can break out of its path segment."""

    def __init__(self, base: str = DATA) -> None:
        self.base = base
        self.entities = f"{base}graph/entities"
        self.reference = f"{base}graph/reference"
        self.ontology = f"{base}graph/ontology"

    def article(self, article_id: str) -> str:
        """The article itself."""
        return f"{self.base}article/{segment(article_id)}"

    def graph(self, article_id: str) -> str:
        """The named graph that holds what the article says."""
        return f"{self.article(article_id)}/graph"

    def derived(self, name: str) -> str:
        """A graph of statements that were inferred: `incidents`, `claims`."""
        return f"{self.base}graph/derived/{name}"

    def article_derived(self, article_id: str) -> str:
        """The graph of edges inferred from one article's statements alone."""
        return self.derived(f"article/{segment(article_id)}")

    def record(self, article_id: str, kind: str, number: int) -> str:
        """A record of an article, by its number from 1."""
        return f"{self.article(article_id)}/{kind}/{number}"

    def span(self, span: TextSpan) -> str:
        """Characters of an article, as RFC 5147 writes them; a title that was given apart has offsets of its own."""
        part = "/title" if span.part == "title" else ""
        return f"{self.article(span.document)}{part}#char={span.start},{span.end}"

    def of(self, path: str) -> str:
        """The IRI of an id as records hold it: `actor/…`, `place/…`, `incident/…`, `article/ID/actor/3`."""
        if scoped := _IN_ARTICLE.fullmatch(path):
            return self.record(scoped[1], scoped[2], int(scoped[3]))
        return self.base + "/".join(map(segment, path.split("/")))

    def shared(self, path: str) -> bool:
        """Whether an id names something that other articles may speak of too."""
        return not path.startswith("article/")


@lru_cache(maxsize=65536)
def segment(text: str) -> str:
    """One path segment: percent-encoded UTF-8; dots alone are encoded too, since `..` would climb."""
    encoded = quote(text, safe="", errors="surrogatepass")
    return encoded if encoded.strip(".") else encoded.replace(".", "%2E")


def article_of_graph(iri: str) -> tuple[str, str] | None:
    """Base IRI and article id that an article's graph is named after; None if it is another graph."""
    found = _ARTICLE_GRAPH.fullmatch(iri)
    return (found[1], unquote(found[2], errors="surrogatepass")) if found else None
