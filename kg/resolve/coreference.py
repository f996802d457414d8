"""Noun phrases and pronouns of an article to referents, in the order of reading.

A description ("the ministry", "the jihadists", "the mayor") means what was last so described, or last named and of
that kind; an indefinite one is new. A pronoun means what was last spoken of, of its number and gender, subjects
first; "I" and "we" inside a quotation mean who speaks, or the speaker's side. Distances are counted in mentions and
sentences, so that the cost is that of one pass.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.resolve.cast import ACTORS
from kg.resolve.vocabulary import singular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.records import ActorEntry, Mention, Quotation, TextSpan
    from kg.resolve.cast import Cast, Referent
    from kg.resolve.nesting import Nesting
    from kg.resolve.vocabulary import Words

#: How many mentions back an antecedent may stand.
MEMORY = 40
#: How many sentences back a pronoun reaches.
SENTENCES = 3
DEFINITE = ("the ", "this ", "that ", "these ", "those ", "both ")
#: Descriptions that any organization or company may go by.
GENERIC_BODIES = frozenset(
    [
        "organization",
        "organisation",
        "group",
        "company",
        "firm",
        "agency",
        "body",
        "party",
        "union",
        "newspaper",
        "network",
        "corporation",
        "manufacturer",
        "airline",
        "bank",
        "movement",
        "association",
        "institution",
        "charity",
        "maker",
        "team",
    ]
)
#: Fighters who are spoken of by what they are to the reporter: their group is meant.
PARTISANS = frozenset(
    ["militant", "jihadist", "jihadi", "insurgent", "extremist", "terrorist", "rebel", "islamist", "guerrilla"]
)
#: Nouns for the bodies of a state, so that "Iraqi police" is one body wherever it is named.
STATE_BODIES = frozenset(["Military"])
#: What people and bodies are quoted through.
DOCUMENTS = frozenset(
    ["statement", "report", "study", "tweet", "post", "release", "memo", "letter", "email", "finding"]
)
#: Posts that many hold: "the justice official" is not the last official.
COMMON_POSTS = frozenset(
    ["official", "officer", "leader", "chief", "member", "worker", "source", "spokesman", "expert"]
)
#: Concepts of nouns that a writer may call by turns whomever he has just named.
EPITHETS = frozenset(["Person", "Civilians", "Expert", "Activist", "Executive", "Journalist", "Judge", "Legislator"])
NAMED_KINDS = frozenset(["province", "region", "governorate", "city", "town", "village", "island", "state", "valley"])
GOVERNING = frozenset(["government", "authorities", "authority", "regime", "administration", "state"])


@dataclass(frozen=True, slots=True, eq=False)
class Voices:
    """Who speaks where.

    Attributes:
        innermost: Span of a mention -> the shortest quotation that holds it.
        outermost: Span of a mention -> the longest one that holds it and gives words as they were spoken.
        source_of: Span of a mention -> the quotation that it is the source of.
    """

    innermost: Mapping[TextSpan, Quotation]
    outermost: Mapping[TextSpan, Quotation]
    source_of: Mapping[TextSpan, Quotation]

    @classmethod
    def of(cls, quotations: Sequence[Quotation], nesting: Nesting) -> Voices:
        """Look up every mention in the quotations of an article."""
        by_length = sorted(quotations, key=lambda each: sum(span.end - span.start for span in each.content))
        held = [(mention.span, each) for each in by_length for span in each.content for mention in nesting.within(span)]
        sources = ((nesting.head_of(span), each) for each in quotations for span in each.source)
        return cls(
            innermost=dict(reversed(held)),
            outermost={span: each for span, each in held if each.kind != "indirect"},
            source_of={mention.span: each for mention, each in sources if mention},
        )


@dataclass(slots=True)
class Discourse:
    """What has been read so far.

    Attributes:
        voices: Who speaks where.
        side: The organization that a person speaks for.
        home: Id of the state that the article is about.
        recent: The last mentions with their referents, the newest last.
        sentence_number: Sentence -> its number in its part.
        speakers: Sources of quotations so far, the newest last.
        bodies: Armies and the like, by their state and the noun for them.
    """

    cast: Cast
    words: Words
    voices: Voices
    side: Callable[[Referent], Referent | None]
    home: str | None = None
    sentence_number: dict[TextSpan, int] = field(default_factory=dict)
    recent: deque[tuple[Mention, Referent]] = field(default_factory=lambda: deque(maxlen=MEMORY))
    speakers: list[Referent] = field(default_factory=list)
    bodies: dict[tuple[Referent, str], Referent] = field(default_factory=dict)

    def back(self, mention: Mention, reach: int = 10**6) -> Iterator[tuple[Mention, Referent]]:
        """Earlier mentions within so many sentences, the newest first."""
        here = self.number(mention)
        for earlier, referent in reversed(self.recent):
            if here - self.number(earlier) > reach:
                return
            yield earlier, referent.itself

    def number(self, mention: Mention) -> int:
        """The number of a mention's sentence, in the order of reading."""
        return self.sentence_number.setdefault(mention.sentence, len(self.sentence_number))


def read_on(discourse: Discourse, mention: Mention, inside: list[Mention]) -> None:
    """Find or make the referent of a mention that is no name, and remember it.

    Args:
        discourse: What was read so far.
        mention: The next mention of the article.
        inside: Mentions within this one: the "Iraqi" of "Iraqi police".
    """
    cast = discourse.cast
    discourse.number(mention)
    if mention.span not in cast.at:
        find = _pronoun if mention.kind == "pronoun" else _description
        referent = find(discourse, mention, inside)
        if referent is not None:
            if cast.of(mention.span) is None:
                cast.add(referent, mention)
        elif mention.kind == "nominal":
            cast.new(mention)
    referent = cast.of(mention.span)
    if referent is not None:
        discourse.recent.append((mention, referent))
        if mention.span in discourse.voices.source_of:
            discourse.speakers.append(referent)


# -------------------------------------------------------------------------------- descriptions


def _description(discourse: Discourse, mention: Mention, inside: list[Mention]) -> Referent | None:
    text = discourse.cast.document.words(mention.span)
    head = singular(discourse.cast.document.words(mention.head).lower())
    for rule in (_of_a_state, _of_a_group, _of_a_place, _of_an_author):
        if found := rule(discourse, mention, inside, head):
            return found
    definite = text.lower().startswith(DEFINITE) or mention.label == "Coalition" or head == "authority"
    if definite or _possessed(mention, inside):
        return _definite(discourse, mention, head)
    return None


def _possessed(mention: Mention, inside: list[Mention]) -> bool:
    """Whether a person is described by whom he serves: "Canada's prime minister"."""
    if mention.label != "Person" or mention.number != "singular":
        return False
    return any(each.function == "possessive" and each.kind == "name" for each in inside)


def _of_a_state(discourse: Discourse, mention: Mention, inside: list[Mention], head: str) -> Referent | None:
    """The "Iraqi government" is the state; "Iraqi police" a body that keeps its name in every article."""
    states = [found for each in inside if each.label == "State" and (found := discourse.cast.of(each.span))]
    if len(states) != 1 or mention.label == "Person":
        return None
    if mention.label == "State" and (head in GOVERNING or mention.number == "plural"):
        return states[0]
    if mention.label == "Organization" and discourse.words.concept(head) in STATE_BODIES:
        return _body(discourse, mention, states[0], head)
    return None


def _body(discourse: Discourse, mention: Mention, state: Referent, head: str) -> Referent:
    """The army, the police … of a state."""
    key = (state, head)
    if key not in discourse.bodies:
        referent = discourse.bodies[key] = discourse.cast.new(mention)
        listed = discourse.words.actors.get(state.listed or "")
        if listed and listed.demonyms:
            referent.names.append(f"{listed.demonyms[0]} {discourse.cast.document.words(mention.head).lower()}")
    return discourse.bodies[key]


def _of_a_group(discourse: Discourse, mention: Mention, inside: list[Mention], head: str) -> Referent | None:
    """The group that "IS militants", "the Taliban fighters" fight for is meant."""
    if mention.label not in {"Group", "ArmedGroup"}:
        return None
    if discourse.words.concept(head) not in {"Fighters", "ArmedGroup"} and head not in {"group", "member"}:
        return None
    groups = [found for each in inside if each.label == "ArmedGroup" and (found := discourse.cast.of(each.span))]
    return groups[0] if len(groups) == 1 else None


def _of_an_author(discourse: Discourse, mention: Mention, inside: list[Mention], head: str) -> Referent | None:
    """Whoever is quoted through a document: "her statement", "the RCMP statement"."""
    if mention.span not in discourse.voices.source_of or head not in DOCUMENTS:
        return None
    found = (discourse.cast.of(each.span) for each in inside if each.function in {"possessive", "modifier"})
    return next((each for each in found if each is not None and each.label in ACTORS), None)


def _of_a_place(discourse: Discourse, mention: Mention, inside: list[Mention], head: str) -> Referent | None:
    """The "western Anbar province" is Anbar."""
    if mention.label != "Place" or discourse.words.concept(head) != "Place" or head not in NAMED_KINDS:
        return None
    named = [each for each in inside if each.label == "Place" and each.kind == "name" and each.function == "modifier"]
    return discourse.cast.of(named[0].span) if len(named) == 1 else None


def _definite(discourse: Discourse, mention: Mention, head: str) -> Referent | None:
    """The last referent that was so described, else the last of the kind that the noun names."""
    if mention.label == "State" and discourse.home and (home := _home(discourse)):
        return home
    fits = _FITS.get(mention.label, _no_kind)
    phrase = _undetermined(discourse.cast.document.words(mention.span))
    actors = discourse.words.actors
    return (
        _again(discourse, mention, lambda other: phrase in other.heads and _same_sort(other, mention))
        or _again(discourse, mention, lambda other: _described_so(other, phrase, head) and _same_sort(other, mention))
        or _again(discourse, mention, lambda other: _named_so(other, phrase, actors) and _same_sort(other, mention))
        or _again(discourse, mention, lambda other: fits(other, mention, head))
        or _only(discourse, mention, lambda other: fits(other, mention, head))
        or _epithet(discourse, mention, head)
    )


def _described_so(referent: Referent, phrase: str, head: str) -> bool:
    """Whether a referent was described by the noun; one of many needs more than the noun."""
    return head in referent.heads and (phrase == head or head not in COMMON_POSTS)


def _epithet(discourse: Discourse, mention: Mention, head: str) -> Referent | None:
    """Who is quoted as "the 26-year-old", "the professor": the person just named."""
    concept = discourse.words.concept(head)
    if mention.label != "Person" or mention.number != "singular" or mention.span not in discourse.voices.source_of:
        return None
    if concept is not None and concept not in EPITHETS:
        return None
    recent = (referent for earlier, referent in discourse.back(mention, 2) if earlier.kind == "name")
    return next((each for each in recent if each.label == "Person" and _genders_agree(each, mention)), None)


def _only(discourse: Discourse, mention: Mention, fits: Callable[[Referent], bool]) -> Referent | None:
    """The one that fits in the whole article, for a name that was left far behind or is still to come."""
    if mention.label not in {"Coalition", "ArmedGroup"}:
        return None
    found = [each for each in discourse.cast.living() if fits(each)]
    return found[0] if len(found) == 1 else None


def _home(discourse: Discourse) -> Referent | None:
    """The state that the article is about, where it is named."""
    return next((each for each in discourse.cast.living() if each.listed == discourse.home), None)


def _again(discourse: Discourse, mention: Mention, fits: Callable[[Referent], bool]) -> Referent | None:
    return next((referent for _, referent in discourse.back(mention) if fits(referent)), None)


def _same_sort(referent: Referent, mention: Mention) -> bool:
    """A person is no organization, and one man is not the men."""
    if (referent.label in {"Person", "UnnamedSource"}) != (mention.label == "Person"):
        return False
    numbers = {referent.number, mention.number}
    return "unknown" in numbers or len(numbers) == 1 or bool(referent.names)


def _undetermined(words: str) -> str:
    """A phrase in lower case, without its first word where that is a determiner."""
    first, _, rest = " ".join(words.lower().split()).partition(" ")
    return rest if rest and first + " " in DEFINITE else f"{first} {rest}".strip()


def _named_so(referent: Referent, phrase: str, actors: Mapping[str, ActorEntry]) -> bool:
    """Whether a name of the referent ends or begins so: "the commission", "the observatory", "the air force"."""
    if referent.label in {"Person", "State"}:
        return False
    listed = actors.get(referent.listed or "")
    names = [name.lower() for name in (*referent.names, *(listed.aliases if listed else ()))]
    return any(name.endswith(" " + phrase) or name.startswith(phrase + " ") for name in names)


def _fits_body(referent: Referent, mention: Mention, head: str) -> bool:
    named = bool(referent.names) and mention.number == "singular"
    if head == "group":
        return named and referent.label in {"ArmedGroup", "Organization"}
    return named and head in GENERIC_BODIES and referent.label == "Organization"


def _fits_fighters(referent: Referent, mention: Mention, head: str) -> bool:
    return mention.number == "plural" and head in PARTISANS and referent.label == "ArmedGroup" and bool(referent.names)


def _fits_state(referent: Referent, _mention: Mention, head: str) -> bool:
    return referent.label == "State" and bool(referent.names) and head in GOVERNING | {"country", "nation"}


def _fits_label(referent: Referent, mention: Mention, head: str) -> bool:
    return referent.label == mention.label and bool(referent.names) and head != "allies"


def _fits_place(referent: Referent, mention: Mention, head: str) -> bool:
    one = mention.number == "singular" and head in {"city", "town", "village"}
    return one and referent.label == "Place" and bool(referent.names)


def _no_kind(_referent: Referent, _mention: Mention, _head: str) -> bool:
    return False


_FITS: dict[str, Callable[[Referent, Mention, str], bool]] = {
    "Organization": _fits_body,
    "Group": _fits_fighters,
    "ArmedGroup": _fits_label,
    "Coalition": _fits_label,
    "State": _fits_state,
    "Place": _fits_place,
}


# -------------------------------------------------------------------------------- pronouns


def _pronoun(discourse: Discourse, mention: Mention, _inside: list[Mention]) -> Referent | None:
    word = discourse.cast.document.words(mention.span).lower()
    if word in {"who", "which"}:
        return next(
            (referent for earlier, referent in discourse.back(mention, 0) if _ends_before(earlier, mention)), None
        )
    if word in {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}:
        return _first_person(discourse, mention)
    quoted = discourse.voices.innermost.get(mention.span)
    speaker = _speaker(discourse, quoted) if quoted and quoted.kind == "direct" else None
    if mention.span in discourse.voices.source_of:
        return _last_speaker(discourse, mention) or _nearest(discourse, mention, None)
    return _nearest(discourse, mention, speaker)


def _ends_before(earlier: Mention, mention: Mention) -> bool:
    return earlier.span.end <= mention.span.start and mention.span.start - earlier.span.end < 40


def _speaker(discourse: Discourse, quotation: Quotation) -> Referent | None:
    found = (discourse.cast.of(span) for span in quotation.source)
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
    """For "he said", "they added": who spoke last, if nobody fit to speak was named since."""
    since = [referent for _, referent in discourse.back(mention, 1) if _agrees(referent, mention)]
    last = discourse.speakers[-1].itself if discourse.speakers else None
    if last is None or not _agrees(last, mention) or (since and last not in since):
        return None
    return last


def _nearest(discourse: Discourse, mention: Mention, speaker: Referent | None) -> Referent | None:
    """The best antecedent: near, subject, named; who is quoted word for word does not call himself "he"."""
    personal = mention.gender in {"male", "female"}
    here, best, top = discourse.number(mention), None, 0.0
    for earlier, referent in discourse.back(mention, MEMORY if personal else SENTENCES):
        if referent is speaker or not _agrees(referent, mention) or earlier.span.overlaps(mention.span):
            continue
        score = _salience(earlier, referent, mention) / (1 + here - discourse.number(earlier))
        if score > top:
            best, top = referent, score
    return best


def _salience(earlier: Mention, referent: Referent, mention: Mention) -> float:
    """How much a referent stands out: by the function of its mention, its name, a gender that is known to agree."""
    function = {"subject": 2.0, "agent": 1.5, "object": 1.0}.get(earlier.function, 0.5)
    named = 1.0 if any(" " in name for name in referent.names) or referent.listed else 0.0
    agreed = 1.0 if mention.gender == referent.gender and mention.gender != "unknown" else 0.0
    return 0.5 + function + named + agreed


def _genders_agree(referent: Referent, mention: Mention) -> bool:
    return "unknown" in {referent.gender, mention.gender} or referent.gender == mention.gender


def _agrees(referent: Referent, mention: Mention) -> bool:
    """Whether number, gender and class allow the pronoun."""
    if mention.gender in {"male", "female"}:
        return (
            referent.label in {"Person", "UnnamedSource"}
            and referent.number != "plural"
            and _genders_agree(referent, mention)
        )
    if mention.gender == "neuter":
        return referent.label not in {"Person", "UnnamedSource", "Place"} and referent.number != "plural"
    return referent.number == "plural" or referent.label in ACTORS - {"Person", "State"}
