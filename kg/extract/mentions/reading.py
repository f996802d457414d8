"""One parse with its names and noun phrases: found once, for the extractors of mentions and of relations."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.mentions.lexicon import Lexicon, make_lexicon, plain, texts
from kg.extract.mentions.names import Name
from kg.extract.mentions.recall import names
from kg.extract.syntax import span_of, token_span
from kg.extract.toponyms import make_toponyms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from spacy.tokens import Doc, Token

    from kg.records import Schema, TextSpan

#: Classes that a person may speak for.
ORGANIZED = frozenset(["Organization", "ArmedGroup", "Coalition", "State"])
AGENTS = ORGANIZED | {"Group"}
NOMINAL = frozenset(["NOUN", "PROPN", "ADJ"])
#: How far before a name its description may begin, in tokens.
REACH = 10
#: The longest rank, in tokens: "Lt. Col." may be four.
LONGEST_RANK = 5
#: The longest field, in tokens.
LONGEST_FIELD = 4


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What is known of one parse.

    Attributes:
        named: Token index -> the name that holds it.
        phrases: Index of the head -> tokens `[start, end)`, of the noun phrases that no name is the head of.
        sentences: The index of the first token of every sentence, and its characters.
    """

    doc: Doc
    lexicon: Lexicon
    names: tuple[Name, ...]
    named: Mapping[int, Name]
    phrases: Mapping[int, tuple[int, int]]
    sentences: tuple[tuple[int, TextSpan], ...]

    @property
    def affiliations(self) -> Iterator[int]:
        """Nouns for those who act, before a post or a deed: "coalition spokesman", "rebel fire"."""
        taken = {at for start, end in self.phrases.values() for at in range(start, end)}
        for name in self.names:
            if name.label == "Person":
                yield from (
                    at for at in range(name.start - 1, max(0, name.start - 7), -1) if self._affiliates(at, taken)
                )

        for head, (start, _) in self.phrases.items():
            if head > start and self._affiliates(head - 1, set()) and not self.lexicon.label(self.doc[head]):
                yield head - 1

    def _affiliates(self, at: int, taken: set[int]) -> bool:
        token = self.doc[at]
        return (
            token.dep_ in {"compound", "nmod"}
            and token.pos_ in {"NOUN", "PROPN"}
            and at not in self.named
            and at not in taken
            and self.lexicon.label(token) in AGENTS
        )

    def phrase_of(self, head: Token) -> TextSpan:
        """The noun phrase of a head; the head alone where it has none of its own."""
        start, end = self.phrases.get(head.i, (head.i, head.i + 1))
        first = next((token for token in self.doc[start:end] if not token.is_punct), head)
        return token_span(first, self._last(head, self.doc[end - 1]))

    def tells_age(self, head: Token) -> bool:
        """Whether the noun phrase says how old somebody is: "the 26-year-old right wing"."""
        start, end = self.phrases.get(head.i, (head.i, head.i))
        return "year" in texts(self.doc)[start:end] and "old" in texts(self.doc)[start:end]

    def _last(self, head: Token, last: Token) -> Token:
        """Where the phrase ends: "the ministry of defense" has its field behind it."""
        after = self.doc[head.i + 1] if head.i + 1 < len(self.doc) else head
        fielded = after.lower_ == "of" and after.head == head and head.lemma_.lower() in self.lexicon.sets["Office"]
        if last.i != head.i or not fielded:
            return last
        field = [token for token in after.subtree if token.i > after.i]
        whole = 0 < len(field) <= LONGEST_FIELD and not any(at.i in self.named or at.is_punct for at in field)
        return field[-1] if whole else last

    def is_field(self, head: Token) -> bool:
        """Whether a bare noun only says of what an office is one: the staff of "chief of staff"."""
        of, office = head.head, head.head.head
        bare = self.phrases.get(head.i, (head.i, 0))[0] == head.i
        return (
            bare and of.lower_ == "of" and of.i == head.i - 1 and office.lemma_.lower() in self.lexicon.sets["Office"]
        )

    def before(self, name: Name) -> int:
        """Where the ranks and titles before a person's name begin; the name's own start where there are none."""
        at = name.start
        while length := self.honorific(at):
            at -= length
        return at

    def honorific(self, end: int) -> int:
        """How many tokens before `end` are a rank or a title."""
        words = texts(self.doc)
        if not end or (not words[end - 1][0].isupper() and words[end - 1] != "."):
            return 0
        lengths = (n for n in range(LONGEST_RANK, 0, -1) if n <= end and words[end - n] != ".")
        return next((n for n in lengths if self.kind(" ".join(words[end - n : end]))), 0)

    def sentence_of(self, token: Token) -> TextSpan:
        """The sentence of a token."""
        return self.sentences[bisect_right(self.sentences, token.i, key=lambda each: each[0]) - 1][1]

    def description(self, name: Name) -> tuple[Token, Token] | None:
        """First and last token of a person's post before the name, with the organization: "the mill's director"."""
        at = self.before(name)
        last = self.doc[at - 1] if at else None
        if last is None or name.label != "Person" or last.i in self.named or last.pos_ not in NOMINAL:
            return None
        if not self.lexicon.post(last):
            return None
        first = last
        while first.i > max(last.sent.start, last.i - REACH) and self._goes_on(self.doc[first.i - 1]):
            first = self.doc[first.i - 1]
        return (first, last) if first.i < last.i else None

    def _goes_on(self, token: Token) -> bool:
        """Whether a word before a post belongs to its description."""
        return token.pos_ in NOMINAL or token.pos_ in {"DET", "PART", "NUM"} or token.text == "-"

    def kind(self, words: str) -> str | None:
        """Whether the words are a rank or a title."""
        form = plain(words)
        return "rank" if form in self.lexicon.ranks else "title" if form in self.lexicon.titles else None


@lru_cache(maxsize=1)
def make_reader(schema: Schema) -> Callable[[Doc], Reading]:
    """Prepare the reading of parses for the vocabularies; a parse that was just read is not read again."""
    lexicon, toponyms = make_lexicon(schema), make_toponyms(schema)

    @lru_cache(maxsize=2)
    def read(doc: Doc) -> Reading:
        found = tuple(names(doc, lexicon, toponyms(doc)))
        named = {at: name for name in found for at in range(name.start, name.end)}
        chunks = ((chunk.root.i, (chunk.start, chunk.end)) for chunk in doc.noun_chunks)
        phrases = {head: span for head, span in chunks if head not in named}
        sentences = tuple((sent.start, span_of(sent)) for sent in doc.sents)
        return Reading(doc, lexicon, found, named, phrases, sentences)

    return read
