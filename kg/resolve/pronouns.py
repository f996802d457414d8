"""Pronouns of an article to referents.

A pronoun means what was last spoken of, of its number and gender, subjects first; "he said" goes on with the speaker;
"I" and "we" inside a quotation mean who speaks, or the speaker's side.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from kg.resolve.cast import ACTORS
from kg.resolve.discourse import MEMORY, genders_agree

if TYPE_CHECKING:
    from kg.records import Mention, Quotation
    from kg.resolve.cast import Referent
    from kg.resolve.discourse import Discourse

#: How many sentences back a pronoun reaches.
SENTENCES = 3


def pronoun(discourse: Discourse, mention: Mention, _inside: list[Mention]) -> Referent | None:
    """The referent that a pronoun stands for; None where none agrees."""
    word = discourse.cast.document.words(mention.span).lower()
    if word in {"who", "which"}:
        return _right_before(discourse, mention)
    if word in {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}:
        return _first_person(discourse, mention)
    quoted = discourse.voices.innermost.get(mention.span)
    speaker = _speaker(discourse, quoted) if quoted and quoted.kind == "direct" else None
    if mention.span in discourse.voices.source_of:
        return _last_speaker(discourse, mention) or _nearest(discourse, mention, None)
    return _nearest(discourse, mention, speaker)


def _right_before(discourse: Discourse, mention: Mention) -> Referent | None:
    """What ends last before a relative pronoun; of "Lund's aide, who" the aide."""
    before = [each for each in discourse.back(mention, 0) if _ends_before(each[0], mention)]
    return max(before, key=lambda each: each[0].span.end, default=(None, None))[1]


def _ends_before(earlier: Mention, mention: Mention) -> bool:
    return earlier.span.end <= mention.span.start and mention.span.start - earlier.span.end < 40


def _speaker(discourse: Discourse, quotation: Quotation) -> Referent | None:
    found = (discourse.cast.of(span) for span in discourse.voices.sources[quotation])
    return next((each for each in found if each), None)


def _first_person(discourse: Discourse, mention: Mention) -> Referent | None:
    """Who speaks; for "we" the speaker's side, where it is known."""
    quotation = discourse.voices.outermost.get(mention.span) or discourse.voices.innermost.get(mention.span)
    speaker = _speaker(discourse, quotation) if quotation else None
    if speaker is None and quotation is not None and discourse.speakers:
        speaker = discourse.speakers[-1].itself
    if speaker is not None and mention.number == "plural":
        return discourse.side(speaker) or speaker
    return speaker


def _last_speaker(discourse: Discourse, mention: Mention) -> Referent | None:
    """For "he said", "they added": who spoke last, if nobody fit to speak was the subject, or named, since."""
    since = [
        (earlier.function == "subject", referent)
        for earlier, referent in discourse.back(mention, 1 + _sentences_quoted(discourse, mention))
        if _agrees(referent, mention) and not _is_spoken_of(discourse, earlier, mention)
    ]
    last = discourse.speakers[-1].itself if discourse.speakers else None
    subjects = [referent for is_subject, referent in since if is_subject]
    fit = subjects or [referent for _, referent in since]
    if last is None or not _agrees(last, mention) or (fit and last not in fit):
        return None
    return last


def _sentences_quoted(discourse: Discourse, mention: Mention) -> int:
    """How many sentences the words take up whose source stands behind them: "“Yes. It was.” he said"."""
    start = min(span.start for span in discourse.voices.source_of[mention.span].content)
    back = takewhile(lambda sentence: sentence.end > start, reversed(discourse.sentence_number))
    return max(0, sum(1 for _ in back) - 1)


def _nearest(discourse: Discourse, mention: Mention, speaker: Referent | None) -> Referent | None:
    """The best antecedent: near, subject, named; who is quoted word for word does not call himself "he"."""
    personal = mention.gender in {"male", "female"}
    here, best, top = discourse.number(mention), None, 0.0
    for earlier, referent in discourse.back(mention, MEMORY if personal else SENTENCES):
        if referent is speaker or not _agrees(referent, mention) or earlier.span.overlaps(mention.span):
            continue
        score = _salience(earlier, referent, mention) / (1 + here - discourse.number(earlier))
        score *= _SPOKEN_OF if _is_spoken_of(discourse, earlier, mention) else 1.0
        if score > top:
            best, top = referent, score
    return best


#: What a name counts as the antecedent of a speaker's pronoun if it is only named in somebody's direct words.
_SPOKEN_OF = 0.3


def _is_spoken_of(discourse: Discourse, earlier: Mention, mention: Mention) -> bool:
    """Whether a mention stands in a direct quotation and the pronoun, a source, outside of it."""
    quoted = discourse.voices.innermost.get(earlier.span)
    return quoted is not None and quoted.kind == "direct" and mention.span in discourse.voices.source_of


def _salience(earlier: Mention, referent: Referent, mention: Mention) -> float:
    """How much a referent stands out: by the function of its mention, its name, a gender that is known to agree."""
    function = {"subject": 2.0, "agent": 1.5, "object": 1.0}.get(earlier.function, 0.5)
    named = 1.0 if any(" " in name for name in referent.names) or referent.listed else 0.0
    agreed = 1.0 if mention.gender == referent.gender and mention.gender != "unknown" else 0.0
    return 0.5 + function + named + agreed


def _agrees(referent: Referent, mention: Mention) -> bool:
    """Whether number, gender and class allow the pronoun."""
    if mention.gender in {"male", "female"}:
        return (
            referent.label in {"Person", "UnnamedSource"}
            and referent.number != "plural"
            and genders_agree(referent, mention)
        )
    if mention.gender == "neuter":
        return referent.label not in {"Person", "UnnamedSource", "Place"} and referent.number != "plural"
    return referent.number == "plural" or referent.label in ACTORS - {"Person", "State"}
