"""Training the tagger from marked quotations; deterministic: the same lines give the same weights."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pycrfsuite

from kg.errors import InputError
from kg.extract.quotations import candidates, window
from kg.extract.quotations.candidates import Heads
from kg.extract.quotations.gold import marked, read_marked
from kg.extract.quotations.judging import cases, judges, trained
from kg.extract.quotations.lexicon import make_lexicon
from kg.extract.quotations.marks import layout
from kg.extract.quotations.reading import by_rule
from kg.extract.quotations.readings import CUE, OTHER
from kg.extract.quotations.rules import LONGEST_SENTENCE
from kg.extract.quotations.statements import ANSWER, NOBODY, STATEMENT
from kg.extract.quotations.statements import OTHER as ELSE
from kg.extract.quotations.weights import MODELS, open_model, write_weights
from kg.records import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Doc

    from kg.extract.quotations.attribution import Attribution
    from kg.extract.quotations.gold import Marked
    from kg.extract.quotations.lexicon import Lexicon
    from kg.extract.quotations.marks import Layout
    from kg.extract.quotations.window import Told, Unit
    from kg.records import Schema

    Page = tuple[Layout, Sequence[Attribution], Sequence[Marked]]

#: L-BFGS with both regularisers; features that a single article could have made are left out.
PARAMETERS = {"c1": 0.0, "c2": 1.2, "max_iterations": 120, "feature.minfreq": 4, "feature.possible_transitions": True}
#: A word that headed a cue fewer times is no candidate for that.
FEWEST_HEADS = 3
#: A verb that was seen so often and never headed a cue is no candidate either.
OFTEN = 20
#: How sure the verdict has to be, by the sort of attribution; how they were chosen stands in the model card.
THRESHOLDS = {STATEMENT: 0.42, ANSWER: 0.3, NOBODY: 0.9, ELSE: 0.58}
#: Shares of the articles; the last models learn from each what models of the others read in it.
FOLDS = 2


class Examples:
    """Training sequences of the two first models, gathered article by article."""

    def __init__(self, lexicon: Lexicon, words: Heads, trainers: Sequence[Trainers]) -> None:
        self.lexicon, self.words, self.trainers = lexicon, words, trainers

    def add(self, number: int, page: Layout, by_rule: Sequence[Attribution], gold: Sequence[Marked]) -> None:
        """Learn from one article: which candidates are cues, and what belongs to each cue."""
        mine = [each for each in self.trainers if each.takes(number)]
        ruled = {each.head: each for each in by_rule if each.head >= 0}
        heads = {each.head for each in gold}
        for tokens, told in candidates.sequences(page, self.lexicon, self.words, ruled, LONGEST_SENTENCE):
            sequence = pycrfsuite.ItemSequence(told)
            for each in mine:
                each.cues.append(sequence, [CUE if at in heads else OTHER for at in tokens])
        known = window.told(page, ruled, heads - {-1})
        for quote in gold:
            if quote.head >= 0 and len(range(*page.around(quote.head))) <= LONGEST_SENTENCE:
                self._add_parts(mine, page, known, quote)

    def _add_parts(self, mine: Sequence[Trainers], page: Layout, known: Told, quote: Marked) -> None:
        around = window.units(page, quote.head)
        if any(unit.start <= quote.head < unit.end for unit in around):
            told = pycrfsuite.ItemSequence(window.features(page, self.lexicon, known, quote.head, around))
            for each in mine:
                each.parts.append(told, labels(around, quote))


class Trainers:
    """The two first models of one run, which leaves out one share of the articles (-1: none)."""

    def __init__(self, left_out: int) -> None:
        self.left_out = left_out
        self.cues, self.parts = (pycrfsuite.Trainer(verbose=False, params=PARAMETERS) for _ in range(2))

    def takes(self, number: int) -> bool:
        """Whether it learns from the article of this number."""
        return number % FOLDS != self.left_out


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
        InputError: A file is missing or is not in the form, there is no quotation in any, or only one article.
    """
    lexicon, rows = make_lexicon(schema), list(read_marked(files))
    pages = list(_pages(rows, lexicon, parse))
    count = sum(len(gold) for _, _, gold in pages)
    if not count:
        raise InputError("kg train quotations: there is no quotation in the files; nothing was written")
    if len(pages) < FOLDS:
        raise InputError("kg train quotations: at least two articles are needed, one to learn from and one to judge")
    words = heads_of([(page, gold) for page, _, gold in pages])
    trainers = [Trainers(number) for number in (-1, *range(FOLDS))]
    examples = Examples(lexicon, words, trainers)
    for number, page in enumerate(pages):
        examples.add(number, *page)
    whole, *folds = ((trained(each.cues), trained(each.parts)) for each in trainers)
    shares = [
        list(cases(lexicon, words, pages[number::FOLDS], (open_model(cues), open_model(parts))))
        for number, (cues, parts) in enumerate(folds)
    ]
    lists = {"heads": sorted(words.known), "never": sorted(words.never)}
    about = {"articles": len(pages), "quotations": count, "thresholds": THRESHOLDS, **lists}
    write_weights(folder, dict(zip(MODELS, (*whole, *judges(shares)), strict=True)), about)
    return count


def _pages(
    rows: Sequence[Mapping[str, Any]], lexicon: Lexicon, parse: Callable[[Iterable[Document]], Iterable[Doc]]
) -> Iterator[Page]:
    """Every article with the rules' reading and the marked quotations."""
    documents = (Document(f"train/{number}", row["text"]) for number, row in enumerate(rows))
    for doc, row in zip(parse(documents), rows, strict=True):
        page = layout(doc, lexicon.furniture)
        yield page, by_rule(page, lexicon), marked(page, row["quotes"])


def heads_of(pages: Sequence[tuple[Layout, Sequence[Marked]]]) -> Heads:
    """The words, beyond verbs, that head cues often enough to be looked at, and common verbs that never do."""
    counts = Counter(candidates.key(page.about, each.head) for page, gold in pages for each in gold if each.head >= 0)
    verbs = Counter(
        candidates.key(page.about, at)
        for page, _ in pages
        for at, pos in enumerate(page.about.classes)
        if pos == "VERB"
    )
    known = frozenset(word for word, count in counts.items() if count >= FEWEST_HEADS and not word.endswith("/VERB"))
    return Heads(known, frozenset(word for word, count in verbs.items() if count >= OFTEN and not counts[word]))
