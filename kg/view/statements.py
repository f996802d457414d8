"""Claims, quotations, memberships and nearness as statements: each with who says it and the sentence that has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.view.passages import Texts, article_of
from kg.view.reading import ROLES, Resource, Resources
from kg.view.scene import Article, Count, Statement

NOTHING: Resource = {}
LINKED = ("contradicts", "corroborates", "respondsTo")


def first(resource: Resource, name: str) -> str | None:
    """The first value of a property, if it has one."""
    return next(iter(resource.get(name, ())), None)


def number(text: str | None) -> float | None:
    """The value of a numeric literal, if there is one."""
    return float(text) if text else None


class StatementReader:
    """Builds the statements of a store's tables; statement order is that of their ids, kind by kind."""

    def __init__(
        self, tables: Mapping[str, Resources], links: Mapping[str, tuple[tuple[str, str], ...]], texts: Texts
    ) -> None:
        self._tables, self._texts = tables, texts
        self.articles = tuple(_article(each, tables) for each in tables["articles"])
        self._article_at = {each: at for at, each in enumerate(tables["articles"])}
        self._speaker = {quotation: speaker for speaker, quotation in (*links["said"], *links["spoke"])}
        self._fills: dict[str, set[str]] = defaultdict(set)
        for mention, entity in links["fills"]:
            self._fills[mention].add(entity)
        self._near = {proximity: subject for subject, proximity in links["near"]}

    def statements(self) -> tuple[Statement, ...]:
        """All statements, with links between claims as places in the result."""
        found = (*self._claims(), *self._bare_quotations(), *self._bare_events(), *self._records())
        places = {statement.id: at for at, statement in enumerate(found)}
        return tuple(_linked(each, self._tables["claims"].get(each.id, NOTHING), places) for each in found)

    def _claims(self) -> Iterator[Statement]:
        for each, claim in self._tables["claims"].items():
            quotation = first(claim, "inQuotation")
            description = first(claim, "about")
            claimant = first(claim, "claimant")
            speaks = claimant in self._tables["entities"] and claimant is not None
            yield replace(
                self._statement(each, "claim", claim, quotation, description),
                claimant=claimant if speaks else self._speaker.get(quotation or ""),
                voice=None if speaks else self._voice(each),
                figures=tuple(_count(self._tables["figures"].get(f, NOTHING)) for f in claim.get("states", ())),
                stance=first(claim, "stance"),
                certainty=first(claim, "certainty"),
                polarity=first(claim, "polarity"),
                temporality=first(claim, "temporality"),
            )

    def _bare_quotations(self) -> Iterator[Statement]:
        """Quotations that no claim stands for."""
        claimed = {quotation for claim in self._tables["claims"].values() for quotation in claim.get("inQuotation", ())}
        for each, quotation in self._tables["quotations"].items():
            if each not in claimed:
                found = self._statement(each, "quotation", quotation, each, None)
                yield replace(found, claimant=self._speaker.get(each), stance=first(quotation, "stance"))

    def _bare_events(self) -> Iterator[Statement]:
        """Events that no claim is about: the article's own words."""
        claimed = {event for claim in self._tables["claims"].values() for event in claim.get("about", ())}
        for each, event in self._tables["events"].items():
            if each not in claimed:
                yield replace(self._statement(each, "event", event, None, each), voice=self._voice(each))

    def _records(self) -> Iterator[Statement]:
        yield from self._memberships()
        yield from self._nearness()

    def _memberships(self) -> Iterator[Statement]:
        for each, membership in self._tables["memberships"].items():
            named = (first(membership, "rank"), first(membership, "role"))
            yield replace(
                self._statement(each, "membership", membership, None, None),
                claimant=first(membership, "member"),
                about=membership.get("organization", ()),
                post=", ".join(word for word in named if word) or None,
                voice=self._voice(each),
            )

    def _nearness(self) -> Iterator[Statement]:
        for each, proximity in self._tables["nearness"].items():
            subject, anchor = self._near.get(each), first(proximity, "anchor")
            yield replace(
                self._statement(each, "proximity", proximity, None, None),
                about=tuple(place for place in (subject, anchor) if place),
                post=first(proximity, "relationText"),
                voice=self._voice(each),
            )

    def _statement(
        self, each: str, kind: str, note: Resource, quotation: str | None, description: str | None
    ) -> Statement:
        event = self._tables["events"].get(description or "", NOTHING)
        said = self._tables["quotations"].get(quotation or "", NOTHING)
        anchor = first(event, "incident") or description
        return Statement(
            each,
            kind,
            self._article_at.get(article_of(each), -1),
            quotation=quotation,
            event=anchor,
            description=description,
            about=tuple(dict.fromkeys((*((anchor,) if anchor else ()), *_fillers(event)))),
            passages=self._texts.passages(_parts(note, event, said, self._tables), tuple(self._arguments(event))),
            confidence=number(first(note, "confidence")),
            found_by=first(note, "foundBy"),
        )

    def _arguments(self, event: Resource) -> Iterator[tuple[str, str]]:
        """The mentions that fill a role of the event, with the role that what they denote has in it."""
        for mention in event.get("argumentMention", ()):
            for role in ROLES:
                if self._fills[mention].intersection(event.get(role, ())):
                    yield role, mention

    def _voice(self, each: str) -> str:
        """The article's own voice: its publisher's name, or its title."""
        at = self._article_at.get(article_of(each))
        return "the article" if at is None else self.articles[at].publisher or self.articles[at].title


def _fillers(event: Resource) -> Iterator[str]:
    return (filler for role in ROLES for filler in event.get(role, ()))


def _parts(note: Resource, event: Resource, said: Resource, tables: Mapping[str, Resources]) -> list[tuple[str, str]]:
    """The mentions that a statement rests on with the part that each plays."""
    figures = (tables["figures"].get(figure, NOTHING) for figure in note.get("states", ()))
    found = [(part, mention) for part in ("source", "cue", "content") for mention in said.get(f"{part}Mention", ())]
    found += [("trigger", mention) for mention in event.get("trigger", ())]
    found += [("figure", mention) for figure in figures for mention in figure.get("evidence", ())]
    return found + [("evidence", mention) for mention in note.get("evidence", ())]


def _count(figure: Resource) -> Count:
    return Count(
        first(figure, "literal") or "?",
        first(figure, "measure") or "count",
        unit=first(figure, "unit"),
        population=first(figure, "population"),
        low=number(first(figure, "low")),
        best=number(first(figure, "best")),
        high=number(first(figure, "high")),
        bound=first(figure, "bound"),
    )


def _linked(statement: Statement, claim: Resource, places: Mapping[str, int]) -> Statement:
    contradicts, corroborates, responds = (
        tuple(sorted(places[other] for other in claim.get(name, ()) if other in places)) for name in LINKED
    )
    return replace(statement, contradicts=contradicts, corroborates=corroborates, responds_to=responds)


def _article(each: str, tables: Mapping[str, Resources]) -> Article:
    article = tables["articles"][each]
    publisher = first(article, "publisher")
    named = first(tables["entities"].get(publisher or "", NOTHING), "label") or publisher
    title = first(article, "title") or each.removeprefix("article/")
    return Article(each, title, named, first(article, "issued"), first(article, "url"))
