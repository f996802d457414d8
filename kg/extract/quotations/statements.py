"""What sort of attribution one is: a statement that somebody made, what somebody thinks or means to do, a mere topic.

The tagger asks for more certainty where nobody says a clause or words in marks: "she said the road was open" is a
statement; "he hopes to win" and "they discussed the budget" tell of a mind and a topic. It asks for most where words
are nobody's: "the bridge is considered safe", "rain is expected" are the article's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.quotations.attribution import Attribution
    from kg.extract.quotations.marks import Layout

#: Statement; what other claims hang on (a charge, a denial, a victory declared: better one too many); words of nobody
#: that stand in no marks (a question is somebody's, though nobody is named); and all else.
STATEMENT, ANSWER, NOBODY, OTHER = "statement", "answer", "nobody", "other"
ANSWERS = frozenset({"denies", "accuses", "confirms", "claimsResponsibility", "apologises", "declares", "estimates"})
#: Stances of a mind, a plan or a document rather than of a voice; a fear that news tell of was voiced.
MINDS = frozenset({"believes", "hopes", "supports", "opposes", "reports", "promises", "demands", "praises", "condemns"})


def sort_of(page: Layout, found: Attribution) -> str:
    """Statement, answer, nobody's or other."""
    if not found.source:
        return OTHER if found.stance == "asks" or _is_marked(page, found) else NOBODY
    if found.stance in ANSWERS:
        return ANSWER
    said = found.stance not in MINDS and (_is_marked(page, found) or _is_clause(page, found))
    return STATEMENT if said else OTHER


def _is_marked(page: Layout, found: Attribution) -> bool:
    """Whether most of the words stand in marks that the cue is outside of."""
    words = [at for at in found.content if page.words[at][0].isalnum()]
    own = page.quoted[found.head]
    return 2 * sum(page.quoted[at] not in {-1, own} for at in words) >= len(words)


def _is_clause(page: Layout, found: Attribution) -> bool:
    """Whether the widest phrase of the content is governed by a verb, infinitives aside."""
    inside = set(found.content)
    tops = [page.doc[at] for at in found.content if page.doc[at].head.i not in inside or page.doc[at].head.i == at]
    main = max(tops, key=lambda top: top.right_edge.i - top.left_edge.i, default=None)
    return main is not None and main.pos_ in {"VERB", "AUX"} and not _is_infinitive(main)


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ in {"VB", "VBG", "VBN"} and any(child.tag_ == "TO" for child in verb.lefts)
