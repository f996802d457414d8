"""Training the tagger from marked quotations; deterministic: the same lines give the same weights."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pycrfsuite

from kg.errors import InputError
from kg.extract.quotations import candidates, window
from kg.extract.quotations.gold import marked, read_marked
from kg.extract.quotations.lexicon import make_lexicon
from kg.extract.quotations.marks import layout
from kg.extract.quotations.reading import by_rule
from kg.extract.quotations.rules import LONGEST_SENTENCE
from kg.extract.quotations.tagger import CUE, OTHER
from kg.records import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from spacy.tokens import Doc

    from kg.extract.quotations.attribution import Attribution
    from kg.extract.quotations.gold import Marked
    from kg.extract.quotations.lexicon import Lexicon
    from kg.extract.quotations.marks import Layout
    from kg.extract.quotations.window import Unit
    from kg.records import Schema

#: L-BFGS with both regularisers; features that a single article could have made are left out.
PARAMETERS = {"c1": 0.0, "c2": 3.0, "max_iterations": 120, "feature.minfreq": 4, "feature.possible_transitions": True}
#: A word that headed a cue fewer times is no candidate for that.
FEWEST_HEADS = 3
#: How sure of a cue the tagger has to be; tuned on the development sets, see the model card.
THRESHOLDS = {
    "listed": 0.6,  # a word of the ontology
    "unlisted": 0.85,  # a word that the ontology does not know
    "ruled": 0.9,  # times this, where the rules read the cue too
    # the mind of a source rather than its words
    **dict.fromkeys(("believes", "hopes", "fears", "supports", "opposes", "reports"), 0.75),
    **dict.fromkeys(("announces", "declares", "estimates", "warns"), 0.45),
    # what other claims hang on: better one too many
    **dict.fromkeys(("denies", "accuses", "confirms", "claimsResponsibility"), 0.15),
}


class Examples:
    """Training sequences of both models, gathered article by article."""

    def __init__(self, lexicon: Lexicon, seen: frozenset[str]) -> None:
        self.lexicon, self.seen = lexicon, seen
        self.cues, self.parts = (pycrfsuite.Trainer(verbose=False, params=PARAMETERS) for _ in range(2))

    def add(self, page: Layout, by_rule: Sequence[Attribution], gold: Sequence[Marked]) -> None:
        """Learn from one article: which candidates are cues, and what belongs to each cue."""
        ruled = {each.head: each for each in by_rule if each.head >= 0}
        heads = {each.head for each in gold}
        for tokens, told in candidates.sequences(page, self.lexicon, self.seen, ruled, LONGEST_SENTENCE):
            self.cues.append(told, [CUE if at in heads else OTHER for at in tokens])
        known = window.told(page, ruled, heads - {-1})
        for each in gold:
            if each.head >= 0 and len(range(*page.around(each.head))) <= LONGEST_SENTENCE:
                around = window.units(page, each.head)
                if any(unit.start <= each.head < unit.end for unit in around):
                    told = window.features(page, self.lexicon, known, each.head, around)
                    self.parts.append(told, labels(around, each))


def labels(around: Sequence[Unit], gold: Marked) -> list[str]:
    """Begin and inside of source and content; a quotation counts as what most of it is."""
    found: list[str] = []
    for unit in around:
        tokens = range(unit.start, unit.end)
        part = "O"
        for name, marks in (("C", gold.content), ("S", gold.source)):
            if 2 * sum(at in marks for at in tokens) > len(tokens):
                part = name
        before = found[-1][-1] if found else "O"
        found.append(part if part == "O" else f"{'I' if before == part else 'B'}-{part}")
    return found


def train(
    files: Iterable[Path], folder: Path, schema: Schema, parse: Callable[[Iterable[Document]], Iterable[Doc]]
) -> int:
    """Train the tagger and write its weights.

    Args:
        files: JSON lines with `text` and `quotes`; a quote has source, cue and content as lists of `[start, end]`.
        folder: Where the weights go; `kg build --quotation-model` takes them from there.
        schema: The vocabularies that the rules read by.
        parse: The parses of documents, in order; one for each.

    Returns:
        How many quotations were learned from.

    Raises:
        InputError: A file is missing or is not in the form, or there is no quotation in any.
    """
    lexicon, rows = make_lexicon(schema), list(read_marked(files))
    documents = (Document(f"train/{number}", row["text"]) for number, row in enumerate(rows))
    pages = [
        (page := layout(doc), marked(page, row["quotes"])) for doc, row in zip(parse(documents), rows, strict=True)
    ]
    count = sum(len(gold) for _, gold in pages)
    if not count:
        raise InputError("kg train quotations: there is no quotation in the files; nothing was written")
    examples = Examples(lexicon, heads_of(pages))
    for page, gold in pages:
        examples.add(page, by_rule(page, lexicon), gold)
    write(examples, folder, {"articles": len(pages), "quotations": count})
    return count


def heads_of(pages: Iterable[tuple[Layout, Sequence[Marked]]]) -> frozenset[str]:
    """The words, beyond verbs, that head cues often enough to be looked at."""
    counts = Counter(candidates.key(page.doc[each.head]) for page, gold in pages for each in gold if each.head >= 0)
    return frozenset(word for word, count in counts.items() if count >= FEWEST_HEADS and not word.endswith("/VERB"))


def write(examples: Examples, folder: Path, about: Mapping[str, Any]) -> None:
    """Train both models and put them into a folder, compressed, with what they need to be read."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, trainer in (("cues", examples.cues), ("parts", examples.parts)):
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "weights"
            trainer.train(str(path))
            (folder / f"{name}.crfsuite.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    card = {**about, "heads": sorted(examples.seen), "thresholds": THRESHOLDS}
    (folder / "model.json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
