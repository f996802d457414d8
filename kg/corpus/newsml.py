"""NewsML-G2 (IPTC), the form in which agencies deliver: an item is an article, a message holds many.

Read element by element, so that a message of any size takes the memory of one item. Neither a document type nor an
entity is followed.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from kg.corpus.article import document
from kg.corpus.markup import text_of_tree
from kg.errors import InputError
from kg.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.corpus.sources import Source

NAR = "{http://iptc.org/std/nar/2006-10-01/}"
ITEM = f"{NAR}newsItem"

#: Kinds of items that have no text (IPTC's news item nature), and states in which an item must not be used.
NO_TEXT = frozenset({"picture", "graphic", "video", "audio", "animation", "composite"})
UNUSABLE = frozenset({"withheld", "canceled"})

REFUSED = "declares a document type, which NewsML-G2 has none of and which can be an attack; remove it"


def read_newsml(source: Source) -> Iterator[Document | Failure]:
    """Read the text items of a NewsML-G2 file, each under its guid.

    Raises:
        InputError: It declares a document type, or is no XML at all.
    """
    from lxml import etree  # noqa: PLC0415 - only for XML

    if b"<!DOCTYPE" in source.peek(8192).upper():
        raise InputError(REFUSED)
    context = etree.iterparse(
        source.stream, events=("end",), tag=ITEM, recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    faults, number = _Faults(context), 0
    try:
        for number, (_, item) in enumerate(context, 1):
            if item.getroottree().docinfo.internalDTD is not None:
                raise InputError(REFUSED)
            wrong = faults.within(item.sourceline, max(each.sourceline for each in item.iter()))
            yield from _broken(item, wrong, source.name) if wrong else _article(item, f"{source.name}: item {number}")
            _forget(item)
    except etree.XMLSyntaxError as error:
        yield Failure(source.name, "corpus", f"is no XML ({_short(error)}); get it anew")
        return
    if rest := faults.within(0, sys.maxsize):
        where = f"{source.name}:{rest[0].line}"
        yield Failure(where, "corpus", f"is no XML ({_short(rest[0].message)}), items may be missing; get it anew")
    elif not number:
        raise InputError("holds no news item; name the file as what it is")


class _Faults:
    """What the parser found wrong, each told once. It reads ahead of the item that it has just finished."""

    def __init__(self, context: Any) -> None:
        self.context, self.known = context, 0
        self.waiting: list[Any] = []

    def within(self, first: int, last: int) -> list[Any]:
        """Those on some lines."""
        log = self.context.error_log
        if len(log) > self.known:
            self.waiting += list(log)[self.known :]
            self.known = len(log)
        found = [each for each in self.waiting if first <= each.line <= last]
        self.waiting = [each for each in self.waiting if not first <= each.line <= last]
        return found


def _broken(item: Any, wrong: list[Any], name: str) -> Iterator[Failure]:
    where = item.get("guid") or f"{name}:{wrong[0].line}"
    yield Failure(where, "corpus", f"{name}:{wrong[0].line}: is no XML ({_short(wrong[0].message)}); get it anew")


def _forget(item: Any) -> None:
    """Free an item that was read, and those before it."""
    item.clear()
    while item.getprevious() is not None:
        del item.getparent()[0]


def _article(item: Any, where: str) -> Iterator[Document | Failure]:
    if _code(item, "itemMeta/itemClass") in NO_TEXT:
        return
    guid = item.get("guid")
    try:
        yield _document(item, guid)
    except InputError as error:
        yield Failure(guid or where, "corpus", f"{where}: {error}" if guid else str(error))


def _document(item: Any, guid: str | None) -> Document:
    status = _code(item, "itemMeta/pubStatus")
    if status in UNUSABLE:
        raise InputError(f"is {status} by its provider; leave it out")
    return document(
        text=_text(item),
        id=guid,
        title=_first(item, "contentMeta/headline", "itemMeta/title"),
        publisher=_first(item, "contentMeta/infoSource/name", "itemMeta/provider/name")
        or _named(item, "contentMeta/infoSource", "itemMeta/provider"),
        url=_web_address(item),
        published=_first(item, "contentMeta/contentCreated", "itemMeta/firstCreated", "itemMeta/versionCreated"),
        language=_language(item),
    )


def _text(item: Any) -> str:
    """The body, with the dateline before it where that is given apart."""
    inline = item.find(_path("contentSet/inlineXML"))
    if inline is not None:
        body = next((each for name in ("body.content", "body") for each in inline.iter(f"{{*}}{name}")), inline)
        text = text_of_tree(body)
    else:
        data = item.find(_path("contentSet/inlineData"))
        text = (data.text or "").strip() if data is not None else ""
    if not text and item.find(_path("contentSet/remoteContent")) is not None:
        raise InputError("has its text in another file; read that file instead")
    dateline = _first(item, "contentMeta/dateline")
    return f"{dateline}\n{text}" if text and dateline and dateline not in text[: 2 * len(dateline)] else text


def _path(path: str) -> str:
    return "/".join(NAR + name for name in path.split("/"))


def _first(item: Any, *paths: str) -> str | None:
    """The text of the first element that has one."""
    elements = (element for path in paths for element in item.iterfind(_path(path)))
    return next((text for each in elements if (text := " ".join("".join(each.itertext()).split()))), None)


def _named(item: Any, *paths: str) -> str | None:
    """The first literal or, without its scheme, code of an element: `nprov:WIRE` is WIRE."""
    elements = (element for path in paths for element in item.iterfind(_path(path)))
    names = (each.get("literal") or (each.get("qcode") or "").rpartition(":")[2] for each in elements)
    return next(filter(None, names), None)


def _code(item: Any, path: str) -> str:
    """The code of an element, without its scheme: `stat:canceled` is canceled."""
    element = item.find(_path(path))
    return "" if element is None else (element.get("qcode") or "").rpartition(":")[2]


def _web_address(item: Any) -> str | None:
    links = item.iterfind(_path("itemMeta/link"))
    found = (each.get("href") for each in links if (each.get("href") or "").startswith(("http:", "https:")))
    return next(found, None)


def _language(item: Any) -> str | None:
    element = item.find(_path("contentMeta/language"))
    declared = element.get("tag") if element is not None else None
    found: str | None = declared or item.get("{http://www.w3.org/XML/1998/namespace}lang")
    return found


def _short(error: object) -> str:
    return " ".join(str(error).split())[:80]
