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
from kg.extract.quotations import candidates, verdict, window
from kg.extract.quotations.candidates import Heads
from kg.extract.quotations.gold import marked, read_marked
from kg.extract.quotations.lexicon import make_lexicon
from kg.extract.quotations.marks import layout
from kg.extract.quotations.reading import by_rule
from kg.extract.quotations.readings import CUE, OTHER, known_of, possible, readings
from kg.extract.quotations.rules import LONGEST_SENTENCE
from kg.extract.quotations.statements import ANSWER, STATEMENT
from kg.extract.quotations.statements import OTHER as ELSE
from kg.extract.quotations.tagger import MODELS, open_model
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
PARAMETERS = {"c1": 0.0, "c2": 3.0, "max_iterations": 90, "feature.minfreq": 4, "feature.possible_transitions": True}
#: A word that headed a cue fewer times is no candidate for that.
FEWEST_HEADS = 3
#: A verb that was seen so often and never headed a cue is no candidate either.
OFTEN = 20
#: The verdict's model: one choice is a sequence of its own.
OF_VERDICT = {"c1": 0.0, "c2": 2.0, "max_iterations": 90, "feature.minfreq": 3}
#: How sure the verdict has to be, by the sort of attribution; how they were chosen stands in the model card.
THRESHOLDS = {STATEMENT: 0.42, ANSWER: 0.35, ELSE: 0.67}
#: Shares of the articles; the verdict learns from each what models of the others read in it.
FOLDS = 2
#: Share of the words that a content has in common with a marked one to be right, and to be right to the word.
RIGHT_FROM, EXACT_FROM = 0.5, 0.9


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
    whole, *folds = ((_trained(each.cues), _trained(each.parts)) for each in trainers)
    verdict = _trained(_of_verdict(lexicon, words, pages, folds))
    lists = {"heads": sorted(words.known), "never": sorted(words.never)}
    about = {"articles": len(pages), "quotations": count, "thresholds": THRESHOLDS, **lists}
    write(folder, dict(zip(MODELS, (*whole, verdict), strict=True)), about)
    return count


def _pages(
    rows: Sequence[Mapping[str, Any]], lexicon: Lexicon, parse: Callable[[Iterable[Document]], Iterable[Doc]]
) -> Iterator[Page]:
    """Every article with the rules' reading and the marked quotations."""
    documents = (Document(f"train/{number}", row["text"]) for number, row in enumerate(rows))
    for doc, row in zip(parse(documents), rows, strict=True):
        page = layout(doc, lexicon.furniture)
        yield page, by_rule(page, lexicon), marked(page, row["quotes"])


def _trained(trainer: pycrfsuite.Trainer) -> bytes:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "weights"
        trainer.train(str(path))
        return path.read_bytes()


def _of_verdict(
    lexicon: Lexicon, words: Heads, pages: Sequence[Page], folds: Sequence[tuple[bytes, bytes]]
) -> pycrfsuite.Trainer:
    """The verdict's examples: what the models of the other articles read in each article, and whether it is right."""
    trainer = pycrfsuite.Trainer(verbose=False, params=OF_VERDICT)
    for number, models in enumerate(folds):
        cues, parts = map(open_model, models)
        for page, rules, gold in pages[number::FOLDS]:
            ruled = {each.head: each for each in rules if each.head >= 0}
            chances = possible(page, lexicon, cues, words, ruled)
            known = known_of(page, ruled, chances)
            for read in readings(page, lexicon, parts, known, chances):
                told = verdict.features(page, known, read)
                for each, choice in zip(told, read.choices, strict=True):
                    content = verdict.tokens(read.around, choice)
                    trainer.append([each], [_quality(page, read.cue, content, gold)])
    return trainer


def _quality(page: Layout, cue: int, content: Sequence[int], gold: Sequence[Marked]) -> str:
    """How much of a content is what was marked for its cue, and of that how much it has; by letters."""
    shares = [_share(page, content, each.content) for each in gold if each.head == cue or cue in each.cue]
    share = max(shares, default=0.0)
    return verdict.EXACT if share >= EXACT_FROM else verdict.RIGHT if share >= RIGHT_FROM else verdict.WRONG


def _share(page: Layout, one: Iterable[int], other: Iterable[int]) -> float:
    def letters(tokens: Iterable[int]) -> int:
        return sum(len(page.words[at]) for at in tokens if page.words[at][0].isalnum())

    both, either = set(one) & set(other), set(one) | set(other)
    return letters(both) / (letters(either) or 1)


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


def write(folder: Path, models: Mapping[str, bytes], about: Mapping[str, Any]) -> None:
    """Put the models into a folder, compressed, with what they need to be read."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, weights in models.items():
        (folder / f"{name}.crfsuite.gz").write_bytes(gzip.compress(weights, mtime=0))
    (folder / "model.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
