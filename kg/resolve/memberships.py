"""Who holds which rank and post, and for whom: memberships, and the side that a speaker speaks for.

A rank, post and organization that one sentence gives to one name are one membership. A spokesperson of whom no
organization is said speaks for the one that the same sentence quotes or names before. An unnamed source keeps what
its description says: "a US official" is an official of the United States.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.records import Membership
from kg.resolve.vocabulary import singular

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.records import Mention, Relation, TextSpan
    from kg.resolve.cast import Cast, Referent
    from kg.resolve.nesting import Nesting
    from kg.resolve.vocabulary import Words

SERVED = frozenset(["Organization", "ArmedGroup", "Coalition", "State"])
#: Concepts of posts whose holder speaks for somebody even where the sentence does not say for whom.
SPEAKING = frozenset(["Spokesperson"])


class Bonds:
    """What an article says of persons: name span -> rank, post, organization."""

    def __init__(
        self, cast: Cast, mentions: Sequence[Mention], relations: Sequence[Relation], words: Words, nesting: Nesting
    ) -> None:
        self.cast, self.words, self.nesting = cast, words, nesting
        self.said: dict[TextSpan, dict[str, TextSpan]] = defaultdict(dict)
        for relation in relations:
            if relation.predicate in {"rank", "post", "affiliation"}:
                self.said[relation.subject].setdefault(relation.predicate, relation.object)
        self.by_sentence: dict[TextSpan, list[Mention]] = defaultdict(list)
        for mention in mentions:
            self.by_sentence[mention.sentence].append(mention)
        self.nominal = tuple(each for each in mentions if each.kind == "nominal" and each.label == "Person")

    def side(self, speaker: Referent) -> Referent | None:
        """The organization that a person speaks for."""
        for span in speaker.spans:
            if span in self.said and (organization := self._organization(span)):
                return organization
        return None

    def memberships(self, ids: Mapping[Referent, str]) -> Iterator[Membership]:
        """All memberships in text order; the same one once."""
        found = [*self._of_names(ids), *self._of_sources(ids)]
        first = {(each.person, each.organization, each.role, each.rank): each for each in reversed(found)}
        yield from sorted(first.values(), key=lambda each: (each.evidence, each.person, each.role or ""))

    def _of_names(self, ids: Mapping[Referent, str]) -> Iterator[Membership]:
        for span, said in self.said.items():
            person, organization = self.cast.of(span), self._organization(span)
            if person is None:
                continue
            rank = self.words.rank(self._words(said["rank"])) if "rank" in said else None
            role = self._words(said["post"]) if "post" in said else None
            if rank or role or organization:
                yield Membership(
                    ids[person], ids[organization] if organization else None, role, rank, _around(span, said)
                )

    def _of_sources(self, ids: Mapping[Referent, str]) -> Iterator[Membership]:
        """Unnamed sources that hold a post."""
        for mention in self.nominal:
            person = self.cast.of(mention.span)
            if person is None or not person.source or person.names:
                continue
            inside = [each for each in self.nesting.within(mention.span) if each is not mention]
            organization = next((self.cast.of(each.span) for each in inside if each.label in SERVED), None)
            if organization:
                person.country = self._country(organization)
            yield Membership(
                ids[person],
                ids[organization] if organization else None,
                singular(self._words(mention.head).lower()),
                None,
                mention.span,
            )

    def _country(self, organization: Referent) -> str | None:
        listed = self.words.actors.get(organization.listed or "")
        return listed.country if listed else None

    def _words(self, span: TextSpan) -> str:
        return " ".join(self.cast.document.words(span).split())

    def _organization(self, span: TextSpan) -> Referent | None:
        """Whom the bearer of a name belongs to, said or implied."""
        said = self.said[span]
        if "affiliation" in said:
            mention = self.nesting.head_of(said["affiliation"])
            return self.cast.of(mention.span) if mention else None
        if "post" not in said:
            return None
        post = self._words(said["post"])
        return self._implied(span) if self.words.concept(post) in SPEAKING else None

    def _implied(self, span: TextSpan) -> Referent | None:
        """The last organization before a spokesperson's name in the same sentence."""
        mention = self.nesting.at[span]
        before = [each for each in self.by_sentence[mention.sentence] if each.span < span and each.label in SERVED]
        subjects = [each for each in before if each.function == "subject"] or before
        return self.cast.of(subjects[-1].span) if subjects else None


def _around(span: TextSpan, said: Mapping[str, TextSpan]) -> TextSpan:
    """From the first word of rank, post and name to the last: the words that say so."""
    spans = [span, *(each for name, each in said.items() if name != "affiliation")]
    return type(span)(span.document, min(each.start for each in spans), max(each.end for each in spans), span.part)
