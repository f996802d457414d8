"""The article itself, its words, and the entities that it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.terms import (
    DCTERMS,
    GEO,
    KG,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    WGS84,
    Triple,
    date,
    decimal,
    node,
    text,
    word,
)
from kg.records import Entity, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.article import Article
    from kg.records import Finding, Location, Membership, Proximity, TextSpan

GEONAMES = "https://sws.geonames.org/"


def article_node(article: Article) -> Iterator[Triple]:
    """The article's own data, and the run that read it; PROV describes the graph, not the news."""
    document, me = article.document, article.node
    yield me, RDF.type, KG.Article
    yield me, DCTERMS.identifier, text(document.id)
    yield me, DCTERMS.language, word(document.language)
    if document.title:
        yield me, DCTERMS.title, text(document.title)
    if document.published:
        yield me, DCTERMS.issued, date(document.published)
    if document.url:
        yield me, SCHEMA.url, text(document.url)
    yield me, DCTERMS.publisher, article.of(article.publisher())
    for note in article.resolution.extraction.notes:
        yield me, KG.note, text(f"{note.stage}: {note.text}")
    yield from _run(article)


def _run(article: Article) -> Iterator[Triple]:
    graph, run = node(article.iris.graph(article.document.id)), article.run
    me = article.of(f"run/{run.code}/{run.ontology}/{run.model}")
    yield graph, RDF.type, KG.ArticleGraph
    yield graph, PROV.wasDerivedFrom, article.node
    yield graph, PROV.wasGeneratedBy, me
    yield me, RDF.type, KG.Run
    yield me, KG.codeVersion, word(run.code)
    yield me, KG.ontologyVersion, word(run.ontology)
    yield me, KG.languageModel, word(run.model)


def sentences(article: Article) -> Iterator[Triple]:
    """Every sentence, so that a statement can be read where it was made."""
    for spans in article.sentences.values():
        for span in spans:
            me = article.spot(span)
            yield me, RDF.type, KG.Sentence
            yield from _string(article, span, me)
            yield me, KG.article, article.node
            yield me, KG.foundBy, word("parser")


def _string(article: Article, span: TextSpan, me: ox.NamedNode) -> Iterator[Triple]:
    yield me, KG.start, ox.Literal(span.start)
    yield me, KG.end, ox.Literal(span.end)
    yield me, KG.exact, article.words(span)
    if span.part == "title":
        yield me, KG.part, word("title")


def mentions(article: Article) -> Iterator[Triple]:
    """All words that some record refers to, or that name something: runs last, when the others have named theirs."""
    findings: dict[TextSpan, list[Finding]] = {}
    for finding in article.resolution.extraction.findings:
        record = finding.record
        if isinstance(record, Mention) and (record.span in article.denotes or record.span in article.spans):
            findings.setdefault(record.span, []).append(finding)
    for span in (*findings, *article.denotes):
        article.span(span, "coreference")
    for span, found_by in article.spans.items():
        me = article.spot(span)
        yield me, RDF.type, KG.Mention
        yield from _string(article, span, me)
        if sentence := article.sentence(span):
            yield me, KG.sentence, article.spot(sentence)
        yield from ((me, KG.denotes, entity) for entity in article.entity(span))
        yield me, KG.article, article.node
        if span not in findings:
            yield me, KG.foundBy, word(found_by)
        for finding in findings.get(span, ()):
            yield from _mention(finding, me)


def _mention(finding: Finding, me: ox.NamedNode) -> Iterator[Triple]:
    """Its kind and who found it; a statement that rests on the words says itself by whom it was found."""
    record = finding.record
    assert isinstance(record, Mention)  # noqa: S101  # narrows the type; the caller chose by it
    yield me, KG.mentionKind, word(record.kind)
    yield me, KG.foundBy, word(finding.found_by)
    if finding.confidence is not None:
        yield from ((me, KG.confidence, each) for each in decimal(finding.confidence))


def spoken_of(article: Article) -> Iterator[Entity]:
    """The article's entities, its publisher among them."""
    yield from article.entities.values()
    publisher = article.publisher()
    if publisher not in article.entities:
        name = " ".join((article.document.publisher or "").split())
        yield Entity(publisher, "Organization", name or "unnamed publisher")


def entities(article: Article) -> Iterator[Triple]:
    """What this article calls each entity; all that is known of one that only this article can speak of."""
    for entity in spoken_of(article):
        me = article.of(entity.id)
        yield me, KG.preferredName, text(entity.label)
        for name in dict.fromkeys((entity.label, *entity.names)):
            yield me, KG.name, text(name)
        if entity.id in article.entities:
            yield article.node, KG.mentions, me
        for other in entity.location.candidates if entity.location else ():
            yield me, KG.candidate, article.of(other)
        if not article.iris.shared(entity.id):
            yield me, KG.article, article.node
            yield me, KG.foundBy, word("resolution")
            yield from _named(entity, me)
            yield from _described(entity, me)
            yield from _containers(article, entity, me)


def territories(article: Article) -> Iterator[Triple]:
    """The lands of states whose names may mean them."""
    for span, place in article.resolution.territories:
        yield from ((state, KG.territory, article.of(place)) for state in article.entity(span))


def shared_entities(article: Article) -> Iterator[Triple]:
    """Class and label of the entities that other articles may speak of too."""
    for entity in spoken_of(article):
        if article.iris.shared(entity.id):
            yield from _named(entity, article.of(entity.id))


def _named(entity: Entity, me: ox.NamedNode) -> Iterator[Triple]:
    yield me, RDF.type, KG[entity.type]
    yield me, RDFS.label, text(entity.label)
    if entity.country:
        yield me, KG.country, text(entity.country)


def reference(article: Article) -> Iterator[Triple]:
    """What the gazetteer and other data sets know of the shared entities: nothing that the article says."""
    for entity in article.entities.values():
        if article.iris.shared(entity.id):
            yield from _described(entity, article.of(entity.id))
            yield from _containers(article, entity, article.of(entity.id))


def _described(entity: Entity, me: ox.NamedNode) -> Iterator[Triple]:
    for same in entity.same_as:
        yield me, SKOS.exactMatch, _iri_or_text(same)
    if entity.location:
        yield from _location(entity.location, me)


def _containers(article: Article, entity: Entity, me: ox.NamedNode) -> Iterator[Triple]:
    """District, region and country that a place lies in: all of them, so that a query needs no path."""
    for each in entity.location.containers if entity.location else ():
        if each != entity.id:
            yield me, KG.within, article.of(each)


def _iri_or_text(value: str) -> ox.NamedNode | ox.Literal:
    try:
        return ox.NamedNode(value)
    except ValueError:
        return text(value)


def _location(location: Location, me: ox.NamedNode) -> Iterator[Triple]:
    yield me, KG.precision, word(location.precision)
    if location.geonames:
        yield me, SKOS.exactMatch, _iri_or_text(f"{GEONAMES}{location.geonames}/")
    if location.country:
        yield me, KG.countryCode, text(location.country)
    if location.population is not None:
        yield me, KG.inhabitants, ox.Literal(location.population)
    for name in location.within:
        yield me, KG.withinName, text(name)
    if location.lat is not None and location.lon is not None:
        yield from _point(location.lat, location.lon, me)


def _point(lat: float, lon: float, me: ox.NamedNode) -> Iterator[Triple]:
    """The same point for readers of wgs84 and of GeoSPARQL; WKT in CRS84 has the longitude first."""
    geometry = node(f"{me.value}/geometry")
    yield me, WGS84.lat, ox.Literal(float(lat))
    yield me, WGS84.long, ox.Literal(float(lon))
    yield me, GEO.hasGeometry, geometry
    yield geometry, RDF.type, GEO.Geometry
    yield geometry, GEO.asWKT, ox.Literal(f"POINT({float(lon)} {float(lat)})", datatype=GEO.wktLiteral)


def memberships(article: Article) -> Iterator[Triple]:
    """Who holds which post and rank where, as the words have it."""
    for number, record in enumerate(article.resolution.memberships, 1):
        yield from _membership(article, record, article.record("membership", number))


def _membership(article: Article, record: Membership, me: ox.NamedNode) -> Iterator[Triple]:
    yield me, RDF.type, KG.Membership
    yield me, KG.member, article.of(record.person)
    if record.organization:
        yield me, KG.organization, article.of(record.organization)
        yield article.of(record.person), KG.memberOf, article.of(record.organization)
    if record.role:
        yield me, KG.role, text(record.role)
    if record.rank:
        yield me, KG.rank, text(record.rank)
    yield me, KG.evidence, article.span(record.evidence, "memberships")
    yield from article.own(me, "memberships")


def proximities(article: Article) -> Iterator[Triple]:
    """What `locatedNear` rests on: the words, the anchor, distance and bearing."""
    for number, record in enumerate(article.nearness(), 1):
        yield from _proximity(article, record, article.record("proximity", number))


def _proximity(article: Article, record: Proximity, me: ox.NamedNode) -> Iterator[Triple]:
    yield article.of(record.subject), KG.near, me
    yield me, RDF.type, KG.Proximity
    yield me, KG.anchor, article.of(record.anchor)
    yield me, KG.relationText, article.words(record.evidence)
    yield me, KG.evidence, article.span(record.evidence, "nearness")
    if record.distance_km is not None:
        yield from ((me, KG.distanceKm, each) for each in decimal(record.distance_km))
    if record.bearing:
        yield me, KG.bearing, text(record.bearing)
    yield from article.own(me, "nearness")
