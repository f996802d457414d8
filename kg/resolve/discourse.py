"""What has been read of an article, while it is read: who was spoken of, who speaks where."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.records import Mention, Quotation, TextSpan
    from kg.resolve.cast import Cast, Referent
    from kg.resolve.nesting import Nesting
    from kg.resolve.vocabulary import Words

#: How many mentions back an antecedent may stand.
MEMORY = 40


@dataclass(frozen=True, slots=True, eq=False)
class Voices:
    """Who speaks where.

    Attributes:
        innermost: Span of a mention -> the shortest quotation that holds it.
        outermost: Span of a mention -> the longest one that holds it and gives words as they were spoken.
        source_of: Span of a mention -> the quotation that it is the source of.
        sources: Quotation -> the mentions at the heads of its source: the name in "Ada Lund, 41, a baker".
    """

    innermost: Mapping[TextSpan, Quotation]
    outermost: Mapping[TextSpan, Quotation]
    source_of: Mapping[TextSpan, Quotation]
    sources: Mapping[Quotation, tuple[TextSpan, ...]]

    @classmethod
    def of(cls, quotations: Sequence[Quotation], nesting: Nesting) -> Voices:
        """Look up every mention in the quotations of an article."""
        by_length = sorted(quotations, key=lambda each: sum(span.end - span.start for span in each.content))
        held = [(mention.span, each) for each in by_length for span in each.content for mention in nesting.within(span)]
        sources = {
            each: tuple(head.span for span in each.source if (head := nesting.head_of(span))) for each in quotations
        }
        return cls(
            innermost=dict(reversed(held)),
            outermost={span: each for span, each in held if each.kind != "indirect"},
            source_of={span: each for each, heads in sources.items() for span in heads},
            sources=sources,
        )


@dataclass(slots=True)
class Discourse:
    """What has been read so far.

    Attributes:
        voices: Who speaks where.
        side: The organization that a person speaks for.
        home: Id of the state that the article is about.
        recent: The last mentions with their referents, the newest last.
        sentence_number: Sentence -> its number in its part.
        speakers: Sources of quotations so far, the newest last.
        bodies: Armies and the like, by their state and the noun for them.
    """

    cast: Cast
    words: Words
    voices: Voices
    side: Callable[[Referent], Referent | None]
    home: str | None = None
    sentence_number: dict[TextSpan, int] = field(default_factory=dict)
    recent: deque[tuple[Mention, Referent]] = field(default_factory=lambda: deque(maxlen=MEMORY))
    speakers: list[Referent] = field(default_factory=list)
    bodies: dict[tuple[Referent, str], Referent] = field(default_factory=dict)

    def back(self, mention: Mention, reach: int = 10**6) -> Iterator[tuple[Mention, Referent]]:
        """Earlier mentions within so many sentences, the newest first."""
        here = self.number(mention)
        for earlier, referent in reversed(self.recent):
            if here - self.number(earlier) > reach:
                return
            yield earlier, referent.itself

    def number(self, mention: Mention) -> int:
        """The number of a mention's sentence, in the order of reading."""
        return self.sentence_number.setdefault(mention.sentence, len(self.sentence_number))


def genders_agree(referent: Referent, mention: Mention) -> bool:
    """Whether a pronoun or a description allows the gender of a referent."""
    return "unknown" in {referent.gender, mention.gender} or referent.gender == mention.gender
