"""The trained half: two linear-chain CRFs (Lafferty et al. 2001) read every cue again, a verdict decides.

The first says which candidates of a sentence are cues, the second which units around a cue are its source and its
content; a verdict then chooses between what the second and the rules read and what lies near, and a last model says
how sure one may be. Reading cue by cue, as semantic role labelling does, links the parts by construction and lets
quotations nest.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.quotations import certainty, verdict
from kg.extract.quotations.attribution import Attribution, tidy
from kg.extract.quotations.constructions import SAID_CLAUSES, below, beside_words
from kg.extract.quotations.readings import FAINT, FAINTEST, known_of, possible, readings
from kg.extract.quotations.rules import is_empty, is_quoted_saying, mute_because, takes_up
from kg.extract.quotations.sources import EXPLETIVES, RELATIVE, is_asked, phrase, speaker
from kg.extract.quotations.statements import sort_of
from kg.extract.quotations.weights import Models, open_model
from kg.extract.syntax import children, is_negated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pycrfsuite

    from kg.extract.quotations.choices import Read
    from kg.extract.quotations.lexicon import Lexicon
    from kg.extract.quotations.marks import Layout
    from kg.extract.quotations.weights import Weights
    from kg.extract.quotations.window import Told, Unit

#: Entities that speak.
SPEAKERS = frozenset({"PERSON", "ORG", "NORP", "GPE"})
#: A cue that is less likely hardly wins the verdict, and is not read.
WORTH = 0.3


def make_tagger(lexicon: Lexicon, weights: Weights) -> Callable[[Layout, Sequence[Attribution]], list[Attribution]]:
    """Prepare the tagger; it takes a page and the rules' attributions and returns those it believes in."""
    models = Models(*map(open_model, weights.models))

    def tag(page: Layout, by_rule: Sequence[Attribution]) -> list[Attribution]:
        ruled = {each.head: each for each in by_rule if each.head >= 0}
        passed_on = _passed_on(page, lexicon, ruled)
        chances = possible(page, lexicon, models.cues, weights.heads, ruled)
        settled = {
            at
            for at, rule in ruled.items()
            if _is_settled(page, lexicon, rule, ruled) or (at in chances and _is_plain(page, rule))
        }
        known = known_of(page, ruled, chances)
        worth = {
            at: chance
            for at, chance in chances.items()
            if at not in settled and (chance >= WORTH or at in passed_on or is_quoted_saying(page.doc[at]))
        }
        found = [tidy(page, replace(ruled[at], found_by="quotations.rules+tagger")) for at in sorted(settled)]
        for read in readings(page, lexicon, models.parts, known, worth):
            each = _judged(page, lexicon, models, known, read)
            tidied = tidy(page, each) if each is not None else None
            if tidied is None and each is not None and read.cue in ruled:
                tidied = tidy(page, replace(ruled[read.cue], confidence=each.confidence))
            if tidied is not None and _is_sure(page, tidied, weights, heard=tidied.head in passed_on):
                found.append(tidied)
        return [each for each in found if each is not None and not is_empty(page, each)]

    return tag


def _passed_on(page: Layout, lexicon: Lexicon, ruled: Mapping[int, Attribution]) -> frozenset[int]:
    """The cues within what an "according to" reports: the training data mark only one of the two, kg keeps both."""
    reporters = [each for head, each in ruled.items() if page.words[head].lower() in lexicon.phrases]
    return frozenset(at for each in reporters for at in each.content if at in ruled and ruled[at].source)


def _is_sure(page: Layout, found: Attribution, weights: Weights, *, heard: bool) -> bool:
    """Whether the verdict is sure enough: more has to be asked where nobody says a clause or words in marks."""
    if found.confidence is None or is_quoted_saying(page.doc[found.head]):
        return True
    least = weights.thresholds[sort_of(page, found)]
    return found.confidence >= (least * FAINTEST if heard else least)


def _judged(page: Layout, lexicon: Lexicon, models: Models, known: Told, read: Read) -> Attribution | None:
    """The likeliest of a cue's contents, with its source and how likely it is right."""
    rule = known.ruled.get(read.cue)
    if rule is not None and _reports(page, lexicon, rule, known):
        return replace(rule, found_by="quotations.rules+tagger", confidence=round(read.chance, 3))
    told = verdict.features(page, known, read)
    at, right = verdict.pick(models.verdict, told)
    best = read.choices[at]
    beside = _coordinated(lexicon, page, known, read.cue) if best.origin != "rules" else frozenset[int]()
    beside |= _taken_up(page, lexicon, known, read.cue) | _gone_on(page, read.cue)
    content = _with_marks(page, [at for at in verdict.tokens(read.around, best) if at not in beside])
    if not content or _says_nothing(page, rule, content):
        return None
    plain = rule or Attribution(read.cue, (read.cue,), (), (), _stance(lexicon, page, read.cue) or "asserts")
    source = () if is_asked(page.doc[read.cue]) else _source(page, models.parts, known, read, content)
    return replace(
        plain,
        cue=tuple(at for at in plain.cue if at not in {*source, *content}) or (read.cue,),
        source=source,
        content=content,
        negated=is_negated(page.doc[read.cue]),
        found_by="quotations.rules+tagger" if rule and _agree(rule.content, content) else "quotations.tagger",
        confidence=round(certainty.chance(models.certainty, certainty.features(read, best, right, told[at])), 3),
    )


def _is_settled(page: Layout, lexicon: Lexicon, rule: Attribution, ruled: Mapping[int, Attribution]) -> bool:
    """What grammar settles, whatever the models know of the verb."""
    reported = _is_reported(page, lexicon, rule, ruled) or is_quoted_saying(page.doc[rule.head])
    return reported or takes_up(page, lexicon, rule) or _is_estimate(page, rule)


def _is_plain(page: Layout, rule: Attribution) -> bool:
    """What grammar settles if the verb is a cue at all."""
    return _is_charge(page, rule) or _is_told_of(page, rule) or _heads(page, rule) or _stands_between(page, rule)


def _is_reported(page: Layout, lexicon: Lexicon, rule: Attribution, ruled: Mapping[int, Attribution]) -> bool:
    """Reads “the coalition said …, according to its spokesman”: the main verb of what another cue passes on."""
    reporters = (at for at in page.about.children.get(rule.head, ()) if page.about.lower[at] in lexicon.phrases)
    return bool(rule.source) and any(at in ruled and rule.head in ruled[at].content for at in reporters)


def _is_charge(page: Layout, rule: Attribution) -> bool:
    """Reads “was accused by villagers of theft”."""
    verb = page.doc[rule.head]
    return bool(rule.source and rule.accused and children(verb, {"nsubjpass"}) and children(verb, {"agent"}))


def _is_estimate(page: Layout, rule: Attribution) -> bool:
    """Reads “put the dead at 60”: somebody's number."""
    if not rule.source or rule.stance != "estimates":
        return False
    at = (prep for prep in children(page.doc[rule.head], {"prep"}) if prep.lower_ == "at")
    numbers = (number for prep in at for number in children(prep, {"pobj"}))
    return any(each.pos_ == "NUM" or children(each, {"nummod"}) for each in numbers)


def _is_told_of(page: Layout, rule: Attribution) -> bool:
    """Reads “the raid, which the army said took place”."""
    if not rule.source or page.about.labels[rule.head] != "relcl":
        return False
    said = children(page.doc[rule.head], {"ccomp"})
    subjects = (at for each in said for at in page.about.children.get(each.i, ()))
    return any(at < rule.head and page.about.lower[at] in RELATIVE for at in subjects)


def _stands_between(page: Layout, rule: Attribution) -> bool:
    """Reads “It was late, said Li, “but not too late””: words before and behind a verb that its subject follows."""
    first, last = rule.content[0], rule.content[-1]
    inverted = any(each.i > rule.head for each in children(page.doc[rule.head], {"nsubj"}))
    return inverted and first < rule.head < last and page.words[rule.head - 1].endswith((",", "”", '"', "’"))


def _heads(page: Layout, rule: Attribution) -> bool:
    """Reads “According to the mayor, …”, at the head of its sentence."""
    start, _ = page.around(rule.head)
    return rule.head == start and len(rule.cue) > 1 and page.about.classes[rule.cue[-1]] == "ADP"


def _taken_up(page: Layout, lexicon: Lexicon, known: Told, cue: int) -> frozenset[int]:
    """What another cue of the sentence takes up: "…, a claim" that somebody denies is no part of the claim."""
    near = range(*page.around(cue))
    rules = (known.ruled[at] for at in near if at in known.ruled and at != cue)
    return frozenset(at for each in rules if takes_up(page, lexicon, each) for at in below(page.doc[each.head].head))


def _gone_on(page: Layout, cue: int) -> frozenset[int]:
    """What the parser hung on the content and is the speaker's own: "…, adding that the water was clean"."""
    verb = page.doc[cue]
    after = (each for said in children(verb, SAID_CLAUSES) for each in beside_words(page, verb, said))
    return frozenset(at for each in after for at in each)


def _with_marks(page: Layout, content: Sequence[int]) -> tuple[int, ...]:
    """The content with the marks that open or close its words, which a choice is trimmed of."""
    found = set(content)
    for at in content:
        for step in (-1, 1):
            beside = at + step
            while (
                0 <= beside < len(page.words) and page.quoted[beside] == page.quoted[at] >= 0 and _is_sign(page, beside)
            ):
                found.add(beside)
                beside += step
    return tuple(sorted(found))


def _is_sign(page: Layout, at: int) -> bool:
    return not page.words[at][0].isalnum()


def _source(
    page: Layout, model: pycrfsuite.Tagger, known: Told, read: Read, content: tuple[int, ...]
) -> tuple[int, ...]:
    """The source as it was tagged, else the grammatical speaker, else what is likeliest to be one."""
    if page.about.classes[read.cue] == "ADV":  # "have reportedly fled": whoever reports it is not named
        return ()
    inside = {*content, read.cue}
    tagged = tuple(at for at in _tokens(read.around, read.labels, "S") if at not in inside)
    if not children(page.doc[read.cue], {"nsubj", "nsubjpass"}):
        tagged = _before_cues(known, tagged)
    return (
        _antecedent(page, read.cue, tagged)
        or _subject(page, read.cue, content)
        or tuple(at for at in _likeliest(model, read.around) if at not in inside)
        or _swallowed(page, read.cue, content)
        or _put_between(page, read.cue, content)
    )


def _before_cues(known: Told, source: tuple[int, ...]) -> tuple[int, ...]:
    """The first piece of a source that also says what is between: "he conceded that some might leave but said …"."""
    for at, (one, second) in enumerate(pairwise(source), start=1):
        between = (known.ruled[cue].source for cue in range(one + 1, second) if cue in known.ruled)
        if any(not set(source[:at]).isdisjoint(each) for each in between):
            return source[:at]
    return source


def _says_nothing(page: Layout, rule: Attribution | None, content: tuple[int, ...]) -> bool:
    """A title of a work that no rule took for words, or nothing but a date."""
    return (rule is None and _is_title(page, content)) or all(
        page.doc[at].ent_type_ in {"DATE", "TIME"} for at in content
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


def _put_between(page: Layout, cue: int, content: Sequence[int]) -> tuple[int, ...]:
    """Who stands behind a verb between two quotations: "“What worries me,” says Olga Dunn, 71, “is …”"."""
    if page.quoted[cue] >= 0 or cue == 0 or page.quoted[cue - 1] < 0:
        return ()
    inside, end = set(content), cue + 1
    while end in inside and page.quoted[end] < 0:
        end += 1
    while end > cue + 1 and _is_sign(page, end - 1):
        end -= 1
    return tuple(range(cue + 1, end))


def _likeliest(model: pycrfsuite.Tagger, around: Sequence[Unit]) -> tuple[int, ...]:
    """The likeliest source of a cue for which none came out: the best unit and its neighbours half as likely."""
    chances = [model.marginal("B-S", at) + model.marginal("I-S", at) for at in range(len(around))]
    best = max(range(len(chances)), key=chances.__getitem__)
    least = max(FAINT, chances[best] / 2)
    if chances[best] < least:
        return ()
    start, end = best, best + 1
    while start > 0 and chances[start - 1] >= least:
        start -= 1
    while end < len(chances) and chances[end] >= least:
        end += 1
    return tuple(at for unit in around[start:end] for at in range(unit.start, unit.end))


def _agree(one: Sequence[int], other: Sequence[int]) -> bool:
    both, either = set(one) & set(other), set(one) | set(other)
    return 2 * len(both) >= len(either)


def _stance(lexicon: Lexicon, page: Layout, cue: int) -> str:
    """The stance of a cue that no construction was found for: the plainest that its lemma has; empty if it has none."""
    token = page.doc[cue]
    if token.lower_ in lexicon.phrases:
        return lexicon.phrases[token.lower_][0].stance
    table = lexicon.nouns if token.pos_ == "NOUN" else lexicon.verbs
    return next((each.stance for each in table.get(token.lemma_.lower(), ()) if not each.rest), "")
