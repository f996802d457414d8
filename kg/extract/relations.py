"""Relations that identity rests on: who is called what, who holds which rank and post, and for whom.

`apposition`, `copula` and `acronym` say that two stretches of text are one; `rank`, `post` and `affiliation` have a
person's name as their subject. "Coalition spokesman Col. Ada Brightwell", "Ada Brightwell, the mayor of Westerlund",
"the spokeswoman for the ministry, Ada Brightwell", "the River Brigade, a rebel group", "the Bridge Fund (BF)".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.mentions import ORGANIZED, Reading, is_acronym, make_reader
from kg.extract.syntax import SUBJECTS, children, span_of, token_span
from kg.records import Finding, Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc, Span, Token

    from kg.extract.mentions import Name
    from kg.records import Schema, TextSpan

#: How far before a name its rank, post and organization may begin, in tokens.
REACH = 10
#: Prepositions that join a post to an organization.
SERVING = frozenset(["of", "for", "at", "with", "in", "from", "to"])
#: Those that join a person's name to a body without a post.
BELONGING = frozenset(["of", "from", "at", "with"])
#: Participles that give another name: "also known as", "called", "named".
NAMING = frozenset(["know", "call", "name", "dub"])
#: What opens a phrase that names one person: an article, or whose.
OPENING = frozenset(["det", "poss"])
#: Kinds of places that are named by "of": "the city of Mosul".
NAMED_BY_OF = frozenset(
    ["city", "town", "village", "province", "state", "island", "region", "port", "district", "county"]
)


def make_relations(schema: Schema) -> Callable[[Doc], Iterator[Finding]]:
    """The extractor of relations for the vocabularies."""
    read = make_reader(schema)

    def extract(doc: Doc) -> Iterator[Finding]:
        reading = read(doc)
        for name in reading.names:
            span = doc[name.start : name.end]
            yield from _before(reading, name, span)
            yield from _behind(reading, span, name)
            yield from _brackets(reading, span)

    return extract


def _found(predicate: str, subject: TextSpan, thing: TextSpan, trigger: TextSpan | None = None) -> Finding:
    return Finding(Relation(predicate, subject, thing, trigger), predicate)


# -------------------------------------------------------------------------------- what stands before a name


def _before(reading: Reading, name: Name, span: Span) -> Iterator[Finding]:
    """Rank, title, post and organization before a name, read from right to left."""
    subject, at = span_of(span), name.start
    while length := reading.honorific(at):
        words = reading.doc[at - length : at]
        if reading.kind(words.text) == "rank":
            yield _found("rank", subject, span_of(words))
        at -= length
    if described := reading.description(name):
        yield _found("apposition", subject, token_span(*described))
    head = reading.doc[at - 1] if at else None
    if head is None or head.is_punct or head.is_space or head.i in reading.named:
        return
    if name.label == "Person" and reading.lexicon.post(head) and head.pos_ in {"NOUN", "PROPN", "ADJ"}:
        yield from _post(reading, subject, head, span)
    elif head.pos_ in {"NOUN", "PROPN"} and head.dep_ in {"compound", "nmod"} and reading.lexicon.label(head):
        yield _found("apposition", subject, token_span(_phrase(reading, head), head))
    elif head.lower_ == "of" and head.i and reading.doc[head.i - 1].lower_ in NAMED_BY_OF:
        yield _found("apposition", subject, reading.phrase_of(reading.doc[head.i - 1]))


def _post(reading: Reading, subject: TextSpan, head: Token, name: Span) -> Iterator[Finding]:
    """The post whose last word is `head`, and the organization that is named before it."""
    start = _phrase(reading, head)
    yield _found("post", subject, token_span(start, head))
    before = reading.doc[start.i - 1] if start.i else None
    while before is not None and (before.dep_ == "case" or before.text in {"-", "'s", "’s", "'"}) and before.i:
        before = reading.doc[before.i - 1]
    if before is not None and before.sent == name.sent:
        yield from _affiliation(reading, subject, before)


def _affiliation(reading: Reading, subject: TextSpan, token: Token) -> Iterator[Finding]:
    """The organization that ends with a token: a name, or a noun such as "coalition"."""
    if token.i in reading.named:
        name = reading.named[token.i]
        if name.label in ORGANIZED or name.label == "Demonym" or (name.label == "Place" and token.dep_ == "pobj"):
            yield _found("affiliation", subject, span_of(reading.doc[name.start : name.end]))
    elif reading.lexicon.label(token) in ORGANIZED and token.pos_ in {"NOUN", "PROPN"}:
        yield _found("affiliation", subject, reading.phrase_of(token))


def _phrase(reading: Reading, head: Token) -> Token:
    """Where the words of a post begin: "deputy prime minister", not the name or the organization before it."""
    start = head
    for at in range(head.i - 1, max(head.sent.start, head.i - REACH) - 1, -1):
        token = reading.doc[at]
        if at in reading.named or not (token.pos_ in {"NOUN", "PROPN", "ADJ"} or token.text == "-"):
            break
        form = reading.doc[at : head.i + 1].text.lower()
        if form not in reading.lexicon.posts and reading.lexicon.label(token) in ORGANIZED:
            break
        start = token
    return start if start.text != "-" else reading.doc[start.i + 1]


# -------------------------------------------------------------------------------- what stands behind a name


def _behind(reading: Reading, span: Span, name: Name) -> Iterator[Finding]:
    """Appositions and "X is the Y", and the post and organization in them."""
    root, subject = span.root, span_of(span)
    if name.label == "Person":
        yield from _served_by(reading, subject, root, name)
    if (described := _comma_before(reading, name)) is not None:
        yield _found("apposition", subject, reading.phrase_of(described))
        yield from _post_in(reading, subject, described, name)
    if (described := _comma_behind(reading, name)) is not None:
        yield _found("apposition", subject, reading.phrase_of(described))
        yield from _post_in(reading, subject, described, name)
    for described, predicate in _descriptions(root):
        if described.i in reading.named and reading.named[described.i] == name:
            continue
        if described.i in reading.named:
            other = reading.named[described.i]
            if other.label == name.label and described.dep_ == "appos":
                yield _found(predicate, subject, span_of(reading.doc[other.start : other.end]))
        elif described.pos_ in {"NOUN", "PROPN"} and reading.lexicon.label(described):
            yield _found(predicate, subject, reading.phrase_of(described))
            yield from _post_in(reading, subject, described, name)


def _comma_before(reading: Reading, name: Name) -> Token | None:
    """The post right before a comma and a person's name, whatever the parse: "the mayor, Ada Brightwell, said"."""
    doc, at = reading.doc, reading.before(name)
    if name.label != "Person" or at < 2 or doc[at - 1].text != ",":
        return None
    after = doc[name.end].lower_ if name.end < len(doc) else "."
    head = _served(reading, doc[at - 2])
    single = head.tag_ in {"NN", "NNP"} and head.i in reading.phrases and after not in {"and", "or", "("}
    return head if single and reading.lexicon.post(head) and doc[reading.phrases[head.i][0]].dep_ in OPENING else None


def _served(reading: Reading, last: Token) -> Token:
    """The post that a name ends, where it tells whom the post serves: "the governor of Tarsk Province"."""
    if last.i not in reading.named:
        return last
    name = reading.named[last.i]
    root = reading.doc[name.start : name.end].root
    preposition = root.head
    return preposition.head if root.dep_ == "pobj" and preposition.lower_ in SERVING else last


def _comma_behind(reading: Reading, name: Name) -> Token | None:
    """The post right behind a person's name and a comma: "Ada Brightwell, acting director of the mill"."""
    doc, start = reading.doc, name.end + 1
    if name.label != "Person" or start >= len(doc) or doc[name.end].text != ",":
        return None
    heads = (at for at in range(start, min(start + REACH, len(doc))) if reading.phrases.get(at, (0, 0))[0] == start)
    head = next((doc[at] for at in heads), None)
    if head is None or head.dep_ in SUBJECTS or head.tag_ not in {"NN", "NNP"} or doc[start].dep_ == "cc":
        return None
    return head if reading.lexicon.post(head) else None


def _descriptions(root: Token) -> Iterator[tuple[Token, str]]:
    """Heads of the phrases that say what a name is."""
    for child in children(root, {"appos"}):
        yield child, "apposition"
    if root.dep_ == "appos":
        yield root.head, "apposition"
    verb = root.head
    if root.dep_ == "attr" and verb.lemma_ == "be" and not children(verb, {"neg"}):
        yield from ((subject, "copula") for subject in children(verb, {"nsubj"}))
    if root.dep_ == "nsubj" and verb.lemma_ == "be" and not children(verb, {"neg"}):
        yield from ((attribute, "copula") for attribute in children(verb, {"attr"}))
    for child in root.children:
        if child.dep_ in {"acl", "relcl"} and child.lemma_ in NAMING:
            yield from ((alias, "copula") for alias in _aliases(child))


def _served_by(reading: Reading, subject: TextSpan, root: Token, name: Name) -> Iterator[Finding]:
    """The body right behind a name ("Ada Lund of the Harbour Board"), or that a clause says is led ("who heads …")."""
    for child in root.children:
        if child.dep_ == "prep" and child.i == name.end and child.lower_ in BELONGING:
            bodies = children(child, {"pobj"})
        elif child.dep_ == "relcl" and child.lemma_ in reading.lexicon.sets["Leading"] and _who(child):
            bodies = children(child, {"dobj"})
        else:
            continue
        yield from (_found("affiliation", subject, body) for each in bodies if (body := _body(reading, each)))


def _who(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ == "who" for child in verb.children)


def _body(reading: Reading, token: Token) -> TextSpan | None:
    """The name of an organization or an armed group that a token is in."""
    name = reading.named.get(token.i)
    if name is None or name.label not in {"Organization", "ArmedGroup", "Coalition"}:
        return None
    return span_of(reading.doc[name.start : name.end])


def _aliases(participle: Token) -> Iterator[Token]:
    """The X of "known as X", "called X"."""
    yield from children(participle, {"oprd"})
    for preposition in children(participle, {"prep"}):
        if preposition.lower_ == "as":
            yield from children(preposition, {"pobj"})


def _post_in(reading: Reading, subject: TextSpan, head: Token, name: Name) -> Iterator[Finding]:
    """The post in a description, and for whom: "HRW's deputy director", "commander of the fleet"."""
    if name.label != "Person" or not reading.lexicon.post(head):
        return
    yield _found("post", subject, token_span(_phrase(reading, head), head))
    for child in head.children:
        if child.dep_ in {"poss", "compound", "nmod", "amod"}:
            yield from _affiliation(reading, subject, child)
        elif child.dep_ == "prep" and child.lower_ in SERVING:
            for noun in children(child, {"pobj"}):
                yield from _affiliation(reading, subject, noun)


# -------------------------------------------------------------------------------- brackets


def _brackets(reading: Reading, span: Span) -> Iterator[Finding]:
    """A short name in brackets behind the long one, or the long one behind the short."""
    doc, opening = reading.doc, span.end
    if opening + 2 >= len(doc) or doc[opening].text not in {"(", "["}:
        return
    closing = next((at for at in range(opening + 1, min(opening + 9, len(doc))) if doc[at].text in {")", "]"}), 0)
    if closing <= opening + 1:
        return
    inner = doc[opening + 1 : closing]
    short, long = sorted((span, inner), key=lambda each: len(each.text))
    if is_acronym(short.text, long.text):
        yield _found("acronym", span_of(span), span_of(inner))
    elif _same_kind(reading, span, inner):
        yield _found("apposition", span_of(span), span_of(inner), token_span(doc[opening]))


def _same_kind(reading: Reading, span: Span, inner: Span) -> bool:
    """Whether the brackets hold just a name of the same kind."""
    name = reading.named.get(inner.start)
    return name is not None and name.end == inner.end and name.label == reading.named[span.start].label != "Place"
