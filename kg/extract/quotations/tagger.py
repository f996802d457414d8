"""The trained half: two linear-chain CRFs (Lafferty et al. 2001) read every cue again.

The first says which candidates of a sentence are cues, the second which units around a cue are its source and its
content. Reading cue by cue, as semantic role labelling does, links the parts by construction and lets quotations nest.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pycrfsuite

from kg.errors import ModelError
from kg.extract.quotations import candidates, window
from kg.extract.quotations.attribution import Attribution, tidy
from kg.extract.quotations.constructions import below
from kg.extract.quotations.rules import LONGEST_SENTENCE, is_quoted_saying, mute_because
from kg.extract.quotations.sources import EXPLETIVES, RELATIVE, phrase, speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.extract.quotations.lexicon import Lexicon
    from kg.extract.quotations.marks import Layout
    from kg.extract.quotations.window import Told, Unit

#: The weights that come with kg.
SHIPPED = Path(__file__).parent.parent.parent / "data" / "quotations"
#: A unit that is less likely to be content is none, whatever the others are.
FAINTEST = 0.1
#: Entities that speak.
SPEAKERS = frozenset({"PERSON", "ORG", "NORP", "GPE"})
CUE, OTHER = "U", "O"


@dataclass(frozen=True, slots=True)
class Weights:
    """Where the two models and the list of cue heads are; how sure of a cue the tagger has to be, by stance."""

    cues: bytes
    parts: bytes
    seen: frozenset[str]
    thresholds: Mapping[str, float]


def load_weights(folder: Path = SHIPPED) -> Weights:
    """Read the weights.

    Raises:
        ModelError: The folder or a file in it is missing or damaged.
    """
    try:
        about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        cues, parts = (gzip.decompress((folder / f"{name}.crfsuite.gz").read_bytes()) for name in ("cues", "parts"))
        return Weights(cues, parts, frozenset(about["heads"]), dict(about["thresholds"]))
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise ModelError(
            f"{folder}: holds no quotation model ({error}); run kg train quotations, or --rules-only"
        ) from error


def weights_name(folder: Path = SHIPPED) -> str:
    """What the provenance calls the weights: by their content, since there is no other name for trained ones."""
    content = b"".join((folder / f"{name}.crfsuite.gz").read_bytes() for name in ("cues", "parts"))
    return f"quotations {hashlib.sha256(content).hexdigest()[:8]}"


def make_tagger(lexicon: Lexicon, weights: Weights) -> Callable[[Layout, Sequence[Attribution]], list[Attribution]]:
    """Prepare the tagger; it takes a page and the rules' attributions and returns those it believes in."""
    cue_model, part_model = _open(weights.cues), _open(weights.parts)

    def tag(page: Layout, by_rule: Sequence[Attribution]) -> list[Attribution]:
        ruled = {each.head: each for each in by_rule if each.head >= 0}
        passed_on = _passed_on(page, lexicon, ruled)
        sure = {
            at: how
            for at, how in _chances(page, lexicon, cue_model, weights, ruled)
            if how >= _least(page, lexicon, at, ruled, weights) * (FAINTEST if at in passed_on else 1)
            and not mute_because(lexicon, page.doc[at])
        }
        known = window.told(page, ruled, sure)
        found = (_read(page, lexicon, part_model, known, at) for at in sure)
        tidied = (tidy(page, replace(each, confidence=round(sure[each.head], 3))) for each in found if each is not None)
        return [each for each in tidied if each is not None]

    return tag


def _passed_on(page: Layout, lexicon: Lexicon, ruled: Mapping[int, Attribution]) -> frozenset[int]:
    """The cues within what an "according to" reports: the training data mark only one of the two, kg keeps both."""
    reporters = [each for head, each in ruled.items() if page.words[head].lower() in lexicon.phrases]
    return frozenset(at for each in reporters for at in each.content if at in ruled and ruled[at].source)


def _chances(
    page: Layout, lexicon: Lexicon, model: pycrfsuite.Tagger, weights: Weights, ruled: Mapping[int, Attribution]
) -> Iterator[tuple[int, float]]:
    """The candidates, with the probability that each is a cue."""
    for tokens, told in candidates.sequences(page, lexicon, weights.seen, ruled, LONGEST_SENTENCE):
        model.set(told)
        for number, at in enumerate(tokens):
            yield at, model.marginal(CUE, number)


def _least(page: Layout, lexicon: Lexicon, at: int, ruled: Mapping[int, Attribution], weights: Weights) -> float:
    """How sure the tagger has to be: less of what the rules read too, most of words that the ontology does not list."""
    if at in ruled and is_quoted_saying(page.doc[at]):
        return 0.0
    stance = ruled[at].stance if at in ruled else _stance(lexicon, page, at)
    least = weights.thresholds.get(stance or "unlisted", weights.thresholds["listed"])
    return least * weights.thresholds["ruled"] if at in ruled else least


def _open(weights: bytes) -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(weights)
    return tagger


def _read(page: Layout, lexicon: Lexicon, model: pycrfsuite.Tagger, known: Told, cue: int) -> Attribution | None:
    """Source and content of one cue."""
    around = window.units(page, cue)
    if not any(unit.start <= cue < unit.end for unit in around):
        return None
    labels = model.tag(window.features(page, lexicon, known, cue, around))
    rule = known.ruled.get(cue)
    if rule is not None and _reports(page, lexicon, rule, known):
        return replace(rule, found_by="quotations.rules+tagger")
    plain = rule or Attribution(cue, (cue,), (), (), stance=_stance(lexicon, page, cue) or "asserts")
    content, source = _tokens(around, labels, "C"), _tokens(around, labels, "S")
    content = content or _likeliest(model, around)
    beside = _coordinated(lexicon, page, known, cue)
    content = tuple(at for at in content if at not in beside)
    if (rule is None and _is_title(page, content)) or all(page.doc[at].ent_type_ in {"DATE", "TIME"} for at in content):
        return None
    agreed = rule is not None and _agree(rule.content, content)
    return replace(
        plain,
        cue=tuple(at for at in plain.cue if at not in {*source, *content}) or (cue,),
        source=_antecedent(page, cue, source) or _subject(page, cue, content) or _swallowed(page, cue, content),
        content=content,
        found_by="quotations.rules+tagger" if agreed else "quotations.tagger",
    )


def _reports(page: Layout, lexicon: Lexicon, rule: Attribution, known: Told) -> bool:
    """Whether an "according to" passes on what another cue introduces; the training data know of no such nesting."""
    return page.words[rule.head].lower() in lexicon.phrases and not known.heads.isdisjoint(rule.content)


def _is_title(page: Layout, content: Sequence[int]) -> bool:
    """Whether the content begins with the title of a work in marks: "she read “The Long River” on the train"."""
    number = page.quoted[content[0]] if content else -1
    if number < 0 or page.quotes[number].speech:
        return False
    title = page.words[page.quotes[number].start : page.quotes[number].end]
    return all(word[0].isupper() for word in title if word[0].isalpha() and len(word) > SHORT)


#: Words that a title may write small.
SHORT = 3


def _coordinated(lexicon: Lexicon, page: Layout, known: Told, cue: int) -> frozenset[int]:
    """What stands beside the cue as a cue of its own, or as silence: "denied it and declined to comment"."""
    own = [child for child in page.doc[cue].rights if child.dep_ == "conj"]
    apart = [child for child in own if child.i in known.heads or mute_because(lexicon, child)]
    return frozenset(at for child in apart for at in (child.left_edge.i - 1, *below(child)))


def _tokens(around: Sequence[Unit], labels: Sequence[str], part: str) -> tuple[int, ...]:
    """The tokens whose label is the beginning or the inside of a part."""
    tagged = (unit for unit, label in zip(around, labels, strict=True) if label.endswith(part))
    return tuple(at for unit in tagged for at in range(unit.start, unit.end))


def _antecedent(page: Layout, cue: int, source: tuple[int, ...]) -> tuple[int, ...]:
    """A source that is but a relative pronoun, with the noun that it stands for."""
    verb = page.doc[cue]
    if len(source) != 1 or page.doc[source[0]].lower_ not in RELATIVE or verb.dep_ != "relcl":
        return source
    return tuple(sorted({*phrase(verb.head, verb), *source}))


def _subject(page: Layout, cue: int, content: tuple[int, ...]) -> tuple[int, ...]:
    """The grammatical speaker of a cue that the tagger gave no source: "he stood up and warned them"."""
    verb = page.doc[cue]
    head = speaker(verb) if verb.pos_ == "VERB" else None
    if head is None or head.lower_ in EXPLETIVES:
        return ()
    return tuple(at for at in phrase(head, verb) if at not in set(content))


def _swallowed(page: Layout, cue: int, content: tuple[int, ...]) -> tuple[int, ...]:
    """A name or pronoun right before the cue that the content took in, for want of a comma: "it rained it said"."""
    at = cue - 1
    if page.doc[cue].pos_ != "VERB" or at not in content or at - 1 not in content or page.quoted[at] >= 0:
        return ()
    if page.doc[at].lower_ in {"he", "she", "it", "they"}:
        return (at,)
    start = at + 1
    while page.doc[start - 1].ent_type_ in SPEAKERS and start - 1 in content:
        start -= 1
    if start <= at and page.doc[start - 1].pos_ == "DET":
        start -= 1
    return tuple(range(start, cue))


def _likeliest(model: pycrfsuite.Tagger, around: Sequence[Unit]) -> tuple[int, ...]:
    """The content of a cue for which no content at all came out: what is at least half as likely as the best unit."""
    chances = [model.marginal("B-C", at) + model.marginal("I-C", at) for at in range(len(around))]
    least = max(FAINTEST, max(chances) / 2)
    return tuple(
        at
        for unit, chance in zip(around, chances, strict=True)
        if chance >= least
        for at in range(unit.start, unit.end)
    )


def _agree(one: Sequence[int], other: Sequence[int]) -> bool:
    both, either = set(one) & set(other), set(one) | set(other)
    return 2 * len(both) >= len(either)


def _stance(lexicon: Lexicon, page: Layout, cue: int) -> str:
    """The stance of a cue that no construction was found for: the first that its lemma has; empty if it has none."""
    token = page.doc[cue]
    if token.lower_ in lexicon.phrases:
        return lexicon.phrases[token.lower_][0].stance
    table = lexicon.nouns if token.pos_ == "NOUN" else lexicon.verbs
    return next((each.stance for each in table.get(token.lemma_.lower(), ()) if not each.rest), "")
