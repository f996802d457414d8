"""Files of XML: what is in one is told by its first element. A document type could define entities: it is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.corpus.encodings import MARKS
from kg.corpus.feed import read_feed
from kg.corpus.newsml import read_newsml
from kg.corpus.web import read_html
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.corpus.sources import Source
    from kg.records import Document, Failure

#: First element -> what reads it.
ROOTS: dict[str, Callable[[Source], Iterator[Document | Failure]]] = {
    "rss": read_feed,
    "rdf": read_feed,
    "feed": read_feed,
    "newsitem": read_newsml,
    "newsmessage": read_newsml,
    "html": read_html,
}

_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_PASSED = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)


def read_xml(source: Source) -> Iterator[Document | Failure]:
    """Read a file of XML as what its first element says that it is.

    Raises:
        InputError: It is nothing that kg reads.
    """
    root = first_element(source)
    if root not in ROOTS:
        raise InputError(f"is XML of a kind that kg does not read (<{root or '?'}>); convert it to NewsML-G2 or RSS")
    yield from ROOTS[root](source)


def read_markup(source: Source) -> Iterator[Document | Failure]:
    """Read a file that begins with a tag: XML that kg knows, else a web page."""
    yield from ROOTS.get(first_element(source), read_html)(source)


def first_element(source: Source) -> str:
    """The name of the first element in small letters, without its prefix; "" if there is none near the beginning."""
    head = source.peek(8192)
    encoding = next((name for mark, name in MARKS.items() if head.startswith(mark)), "utf-8")
    root = _ROOT.match(_PASSED.sub("", head.decode(encoding, "replace")).lstrip("\ufeff \t\r\n"))
    return root[1].lower() if root else ""
