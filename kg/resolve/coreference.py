"""Noun phrases and pronouns of an article to referents, in the order of reading.

Distances are counted in mentions and sentences, so that the cost is that of one pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.resolve.noun_phrases import description
from kg.resolve.pronouns import pronoun

if TYPE_CHECKING:
    from kg.records import Mention
    from kg.resolve.discourse import Discourse


def read_on(discourse: Discourse, mention: Mention, inside: list[Mention]) -> None:
    """Find or make the referent of a mention that is no name, and remember it.

    Args:
        discourse: What was read so far.
        mention: The next mention of the article.
        inside: Mentions within this one: the "Iraqi" of "Iraqi police".
    """
    cast = discourse.cast
    discourse.number(mention)
    if mention.span not in cast.at:
        find = pronoun if mention.kind == "pronoun" else description
        referent = find(discourse, mention, inside)
        if referent is not None:
            if cast.of(mention.span) is None:
                cast.add(referent, mention)
        elif mention.kind == "nominal":
            cast.new(mention)
    referent = cast.of(mention.span)
    if referent is not None:
        discourse.recent.append((mention, referent))
        if mention.span in discourse.voices.source_of:
            discourse.speakers.append(referent)
