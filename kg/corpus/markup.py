"""Markup inside feeds and news items, to text: a block is a paragraph, and what is no text for readers is left out."""

from __future__ import annotations

from typing import Any

BLOCKS = frozenset(
    "address article aside blockquote body br byline dateline dd div dl dt figcaption footer h1 h2 h3 h4 h5 h6 header "
    "hedline hl1 hl2 hr li main note ol p pre section table tr ul".split()
)
UNREAD = frozenset("script style noscript template iframe object svg form button figure media head".split())

#: A paragraph mark; blanks of the markup, line ends among them, mean nothing.
MARK = "\0"


def text_of_html(html: str) -> str:
    """The text of an HTML fragment, a line for each paragraph."""
    from lxml.html import fragment_fromstring  # noqa: PLC0415 - only for markup

    plain = html.replace(MARK, "").strip()
    return text_of_tree(fragment_fromstring(plain, create_parent="div")) if "<" in plain or "&" in plain else plain


def text_of_tree(root: Any) -> str:
    """The text below an element, HTML's or NITF's, a line for each paragraph."""
    pieces: list[str] = []
    open_elements = [(root, iter(root))]
    _enter(root, pieces)
    while open_elements:
        element, children = open_elements[-1]
        child = next(children, None)
        if child is None:
            open_elements.pop()
            _leave(element, pieces, with_tail=bool(open_elements))
        elif _name(child) in UNREAD or not _name(child):
            pieces.append(child.tail or "")
        else:
            _enter(child, pieces)
            open_elements.append((child, iter(child)))
    lines = (" ".join(line.split()) for line in "".join(pieces).split(MARK))
    return "\n".join(line for line in lines if line)


def _enter(element: Any, pieces: list[str]) -> None:
    pieces += [MARK if _name(element) in BLOCKS else "", element.text or ""]


def _leave(element: Any, pieces: list[str], *, with_tail: bool) -> None:
    pieces.append(MARK if _name(element) in BLOCKS else "")
    if with_tail:
        pieces.append(element.tail or "")


def _name(element: Any) -> str:
    """The name without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
