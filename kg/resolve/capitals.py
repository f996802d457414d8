"""Capitals that are not named: "the Libyan capital", "Libya's capital", "the capital of Libya", "the capital"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.resolve.ranking import Toponym

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.gazetteer import Gazetteer
    from kg.records import Document, Mention, Schema, TextSpan

    Capitals = Callable[[Document, Iterable[Mention], str | None], list[Toponym]]

#: The words of a description; a provincial, a financial and a former capital are none.
CAPITAL = re.compile(
    r"(?:the )?(?:(?P<state>[A-Z][\w. -]*?)(?:['’]s?)? )?(?:besieged |embattled |war-torn |seaside )*capital(?: city)?"
    r"(?: of (?:the )?(?P<of>[A-Z][\w. -]*))?",
)
OF_STATE = re.compile(r" of (?:the )?(?P<of>[A-Z][\w-]*(?: [A-Z][\w-]*)*)")


def make_capitals(schema: Schema, gazetteer: Gazetteer) -> Capitals:
    """Prepare for the listed states; the result finds an article's descriptions of capitals.

    Its last argument is the ISO code of the country that the article is about, if that is known.
    """
    states = {
        name.casefold(): entry.country
        for entry in schema.actors
        if entry.type == "State" and entry.country
        for name in (entry.label, *entry.aliases, *entry.demonyms)
    }

    def capitals(document: Document, mentions: Iterable[Mention], home: str | None) -> list[Toponym]:
        found: dict[str, Toponym] = {}
        for mention in mentions:
            code = _country(document, mention.span, states, home) if mention.kind == "nominal" else None
            city = gazetteer.capital(code) if code else None
            if city is not None:
                name = found.setdefault(city.key, Toponym(city.label, candidates=(city,), belief=(1.0,)))
                name.spans.append(mention.span)
        return list(found.values())

    return capitals


def _country(document: Document, span: TextSpan, states: Mapping[str, str], home: str | None) -> str | None:
    """The code of the country whose capital a noun phrase means; None where it means no such thing."""
    text = document.text if span.part == "text" else document.title or ""
    words = " ".join(document.words(span).split())
    read = CAPITAL.fullmatch(words[:1].lower() + words[1:] if words.startswith("The ") else words)
    if read is None:
        return None
    of = OF_STATE.match(text, span.end)
    stated = read["state"] or read["of"] or (of["of"] if of else None)
    return states.get(stated.casefold()) if stated else home if words.casefold().startswith("the ") else None
