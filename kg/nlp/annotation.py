"""Parts of speech and lemmas as the model's own rules give them, each looked up once for a word and its tags.

spaCy's `attribute_ruler` and `lemmatizer` work in Python on every token anew, and take a third of the parse. What they
say of a token depends on the word, its tag and its dependency label alone, except where a pattern spans two tokens. So
the result of each such triple is kept; the model's components still make it, and the annotation is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG  # type: ignore[import-not-found] # compiled, without stubs
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.vocab import Vocab

Key = tuple[int, ...]

RULER, LEMMATIZER = "attribute_ruler", "lemmatizer"

#: Attributes of a pattern that depend on nothing but word, tag and dependency label.
LOCAL = frozenset({"ORTH", "TEXT", "LOWER", "SHAPE", "TAG", "DEP", "IS_SPACE", "IS_PUNCT", "IS_ALPHA", "LIKE_NUM"})

#: What is looked up by, and what is kept; a rule may set no more than the latter.
GIVEN: Key = (ORTH, TAG, DEP)
KEPT: Key = (POS, MORPH, LEMMA, DEP, TAG)
KEPT_NAMES = frozenset({"POS", "MORPH", "LEMMA", "DEP", "TAG"})

#: Most triples that are kept, some 60 MB: then it begins again, since new names have no end.
MOST = 100_000


def speed_up(nlp: Language) -> None:
    """Let one remembering component do the work of the ruler and the lemmatizer, where it can do it alike."""
    if not _are_local(nlp):
        return
    ruler, lemmatizer = nlp.get_pipe(RULER), nlp.get_pipe(LEMMATIZER)
    _index(lemmatizer)
    nlp.select_pipes(disable=[RULER, LEMMATIZER])
    nlp.add_pipe("annotation", after=LEMMATIZER)
    annotation: Any = nlp.get_pipe("annotation")
    annotation.prepare(ruler, lemmatizer)


def _are_local(nlp: Language) -> bool:
    names = nlp.pipe_names
    if not {RULER, LEMMATIZER} <= set(names) or names.index(LEMMATIZER) < names.index(RULER):
        return False
    ruler: Any = nlp.get_pipe(RULER)
    lemmatizer: Any = nlp.get_pipe(LEMMATIZER)
    tokens = [token for rule in ruler.patterns for pattern in rule["patterns"] for token in pattern]
    return (
        lemmatizer.mode in {"rule", "lookup"}
        and not lemmatizer.overwrite
        and all(set(map(str.upper, token)) <= LOCAL for token in tokens)
        and all(set(map(str.upper, rule["attrs"])) <= KEPT_NAMES for rule in ruler.patterns)
    )


def _index(lemmatizer: Any) -> None:
    """Make sets of the lists of known words: whether a word is in one is most of the lemmatizer's work."""
    table = lemmatizer.lookups.get_table("lemma_index", {})
    for kind in list(table):
        table[kind] = frozenset(table[kind])


@Language.factory("annotation", assigns=["token.pos", "token.morph", "token.lemma"])
def _make(nlp: Language, name: str) -> Annotation:
    del name
    return Annotation(nlp.vocab)


class Annotation:
    """The component: sets what the ruler and the lemmatizer would set."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.known: dict[Key, Key] = {}
        self.opening: set[Key] = set()

    def prepare(self, ruler: Any, lemmatizer: Any) -> None:
        """Take over from the two components."""
        self.ruler, self.lemmatizer = ruler, lemmatizer
        long = [pattern for rule in ruler.patterns for pattern in rule["patterns"] if len(pattern) > 1]
        self.reach = max(map(len, long), default=1) - 1
        self.spans, self.starts = Matcher(self.vocab), Matcher(self.vocab)
        if long:
            self.spans.add("spans", long)
            self.starts.add("starts", [pattern[:1] for pattern in long])

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one parsed text."""
        keys = _get(doc, GIVEN)
        self._learn(keys)
        values = [self.known[key] for key in keys]
        for at in self._spanned(doc, keys):
            first = max(0, at - self.reach)
            values[at] = self._values(keys[first : at + self.reach + 1])[at - first]
        if values:
            _set(doc, KEPT, values)
        return doc

    def _learn(self, keys: list[Key]) -> None:
        if len(self.known) > MOST:
            self.known.clear()
            self.opening.clear()
        new = [key for key in dict.fromkeys(keys) if key not in self.known]
        self.known.update(zip(new, self._values(new), strict=True))
        if not new or not len(self.spans):
            return
        doc = self._doc(new)
        self.opening.update(new[at] for _, at, _ in self.starts(doc, allow_missing=True))
        for at in self._spanned(doc, new):  # neighbours by chance, which may have said something of each other
            self.known[new[at]] = self._values([new[at]])[0]

    def _spanned(self, doc: Doc, keys: list[Key]) -> set[int]:
        """The tokens that stand in a pattern of more than one: what is said of them may depend on their neighbours.

        The first word of such a pattern is rare; only behind one is there anything to match.
        """
        firsts = [at for at, key in enumerate(keys) if key in self.opening] if self.opening else ()
        found: set[int] = set()
        for first in firsts:
            spans = self.spans(doc[first : first + self.reach + 1], allow_missing=True, as_spans=True)
            found.update(at for span in spans for at in range(span.start, span.end))
        return found

    def _values(self, keys: list[Key]) -> list[Key]:
        """What the model's components say of these tokens, in a row."""
        doc = self.lemmatizer(self.ruler(self._doc(keys)))
        return _get(doc, KEPT)

    def _doc(self, keys: list[Key]) -> Doc:
        doc = Doc(self.vocab, words=[self.vocab.strings[key[0]] for key in keys])
        if keys:
            _set(doc, GIVEN[1:], [key[1:] for key in keys])
        return doc


def _get(doc: Doc, attributes: Key) -> list[Key]:
    rows: Any = doc.to_array(list(attributes)).reshape(-1, len(attributes))
    return [tuple(row) for row in rows.tolist()]


def _set(doc: Doc, attributes: Key, rows: list[Key]) -> None:
    array: Any = np.array(rows, dtype="uint64")
    doc.from_array(list(attributes), array)
