"""The store as its users see it: articles in, articles out, queries over the union of all graphs."""

from __future__ import annotations

import errno
import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.changes import FINGERPRINT, Change, Changes, NewArticle, Quad, Quads, base_of
from kg.store.memory import trim
from kg.vocab import DATA, PREFIXES, Iris
from kg.vocab.iris import article_of_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Self

    import networkx as nx
    import rdflib

#: What RocksDB writes before `CURRENT`, with which a database begins to exist; none of it holds data.
_BEGUN = re.compile(r"LOCK|LOG|LOG\.old\.\d+|IDENTITY|MANIFEST-0*1|0*[01]\.dbtmp|OPTIONS-\d+(\.dbtmp)?")
#: Quads that are written together, whole articles at a time. A bulk load of so many is one step for the database, and
#: costs a third of as many transactions; what RocksDB merges in the background falls with it (by two thirds from
#: 60,000 to 240,000, `benchmarks/scale.py` shows it); more would cost memory.
BATCH = 200_000
#: From this many quads on, a bulk load costs less than a transaction.
WORTH_BULK = 4_000


class StoredArticle(NamedTuple):
    """One article as the store lists it, with the versions that have read it."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    fingerprint: str
    code: str | None = None
    ontology: str | None = None
    model: str | None = None


def open_store(path: Path | str | None, *, read_only: bool = False) -> Store:
    """Open the store in a folder; without a path, an empty one in memory.

    Args:
        path: The folder. It is made if there is none, unless the store is only read.
        read_only: See what is there now, beside a writer; a reader does not see what is written later.

    Raises:
        StoreError: There is no store, another process writes to it, or the folder holds something else.
    """
    if path is None:
        return Store(ox.Store(), None)
    folder = Path(path)
    if read_only and not (folder / "CURRENT").is_file():
        raise StoreError(f"{folder}: holds no graph yet; run kg build, or name another folder with --store")
    if not read_only and folder.is_dir() and not (folder / "CURRENT").is_file() and not _unborn(folder):
        raise StoreError(f"{folder}: is not empty and holds no graph; name another folder with --store")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        database = ox.Store.read_only(str(folder)) if read_only else ox.Store(str(folder))
    except OSError as error:
        raise StoreError(_why(folder, error)) from error
    except RuntimeError as error:  # whoever began it was stopped before its first byte of data
        raise StoreError(f"{folder}: holds no graph yet; run kg build, or name another folder with --store") from error
    return Store(database, folder, read_only=read_only)


def _unborn(folder: Path) -> bool:
    """Whether a folder holds nothing, or what RocksDB leaves if it is killed before there is a database."""
    return all(_BEGUN.fullmatch(each.name) for each in folder.iterdir())


def _why(folder: Path, error: OSError) -> str:
    text = str(error).splitlines()[0]
    if "lock" in text.lower():
        return f"{folder}: another process is writing to this store; wait for it, or name another folder with --store"
    if error.errno == errno.ENOSPC or "No space left" in text:
        return f"{folder}: the disk is full; free some space and repeat"
    return f"{folder}: cannot be opened as a store ({text}); name another folder with --store"


class Store:
    """An open store; use it in a `with`, so that its lock is given back."""

    def __init__(self, database: ox.Store, path: Path | None, *, read_only: bool = False) -> None:
        self._database: ox.Store | None = database
        self.path = path
        self.read_only = read_only

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Write out what is buffered and give the lock back; pyoxigraph does it when the last reference goes."""
        if self._database is not None and not self.read_only:
            self._database.flush()
        self._database = None

    @property
    def database(self) -> ox.Store:
        """The Oxigraph store itself.

        Raises:
            StoreError: The store was closed.
        """
        if self._database is None:
            raise StoreError("the store is closed; open it again")
        return self._database

    # ---------------------------------------------------------------------------- articles

    def replace(self, article_id: str, fingerprint: str, quads: Iterable[Quad]) -> None:
        """Store an article in the place of the one with its id: all of it or, if anything happens, nothing.

        Args:
            article_id: The article's id, as its document has it.
            fingerprint: What its reading depended on; `fingerprint` gives it back.
            quads: What `kg.graph` made of the article.

        Raises:
            StoreError: The quads are another article's, or have another base IRI than what is stored.
        """
        self._write({article_id: NewArticle(article_id, fingerprint, list(quads))})

    def replace_all(self, articles: Iterable[tuple[str, str, Iterable[ox.Quad]]]) -> Iterator[str]:
        """Store articles in batches; an id is yielded once its article is safe. The last of equal ids stays."""
        batch: dict[str, NewArticle] = {}
        size = 0
        for name, mark, quads in articles:
            batch[name] = NewArticle(name, mark, list(quads))
            size += len(batch[name].quads)
            if size >= BATCH:
                yield from self._write(batch)
                size = 0
        if batch:
            yield from self._write(batch)

    def retract(self, article_id: str) -> bool:
        """Withdraw an article with all that only it said; False if the store does not hold it."""
        if not self.database.contains_named_graph(ox.NamedNode(self._iris().graph(article_id))):
            return False
        changes = Changes(self.database, self._iris())
        changes.retract(article_id)
        self._apply(changes.finish())
        return True

    def fingerprint(self, article_id: str) -> str | None:
        """The fingerprint that an article was stored with; None if the store does not hold it."""
        graph = ox.NamedNode(self._iris().graph(article_id))
        found = next(iter(self.database.quads_for_pattern(graph, FINGERPRINT, None, graph)), None)
        return str(getattr(found.object, "value", "")) if found else None

    def articles(self) -> Iterator[StoredArticle]:
        """All articles, by id."""
        rows = self.select(
            "SELECT ?id ?title ?publisher ?issued ?mark ?code ?ontology ?model { ?a a kg:Article ; "
            "dcterms:identifier ?id . ?g prov:wasDerivedFrom ?a ; kg:fingerprint ?mark ; prov:wasGeneratedBy ?run . "
            "GRAPH ?g { ?run kg:codeVersion ?code ; kg:ontologyVersion ?ontology ; kg:languageModel ?model } "
            "OPTIONAL { ?a dcterms:title ?title } OPTIONAL { ?a dcterms:issued ?issued } "
            "OPTIONAL { ?a dcterms:publisher ?p . ?p rdfs:label ?publisher } }"
        )
        names = ("id", "title", "publisher", "issued", "mark", "code", "ontology", "model")
        values: Iterable[list[Any]] = ([row[name].value if row[name] else None for name in names] for row in rows)
        yield from sorted({each[0]: StoredArticle(*each) for each in values}.values())

    def _write(self, batch: dict[str, NewArticle]) -> tuple[str, ...]:
        """Store a batch of articles, by their ids, which are given back; the batch is emptied on the way."""
        names = tuple(batch)
        changes = Changes(self.database, self._iris(batch.values()))
        for name in names:
            changes.replace(batch.pop(name))
        self._apply(changes.finish())
        return names

    def _iris(self, articles: Iterable[NewArticle] = ()) -> Iris:
        """The names under the base IRI that the store was begun with."""
        marked = self.database.quads_for_pattern(None, FINGERPRINT, None, None)
        base = base_of(islice(marked, 1)) or next(filter(None, (base_of(each.quads) for each in articles)), None)
        return Iris(base or DATA)

    def _apply(self, change: Change) -> None:
        """Make a change: one step where there is nothing to remove, else two.

        One SPARQL update request is a transaction, but slow for many quads. So what is new goes first, apart from the
        fingerprints: until they come, with all that is changed, an article counts as not stored and is read anew.
        """
        try:
            if change.removed or change.dropped:
                marks = [quad for quad in change.fresh if quad.predicate == FINGERPRINT]
                change.fresh = [quad for quad in change.fresh if quad.predicate != FINGERPRINT]
                self._add(change.fresh)
                self.database.update(_update(change, [*change.added, *marks]))
            else:
                change.fresh.extend(change.added)
                self._add(change.fresh)
        except OSError as error:
            raise StoreError(_why(self.path or Path(), error)) from error

    def _add(self, quads: list[Quad]) -> None:
        """Add quads in one step: a transaction, or a bulk load, which Oxigraph ingests as one set of files.

        A bulk load empties the list: what Oxigraph has taken need not be in memory twice, and there lies the peak.
        """
        if len(quads) >= WORTH_BULK:
            self.database.bulk_extend(_taken(quads))
        elif quads:
            self.database.extend(quads)

    # ---------------------------------------------------------------------------- other graphs

    def set_graphs(self, quads: Iterable[Quad], *names: str) -> None:
        """Make graphs hold these quads and no others: derived graphs, the ontology.

        Args:
            quads: Quads of named graphs.
            names: Further graphs, which are emptied unless quads are for them.
        """
        wanted: dict[str, Quads] = {name: set() for name in names}
        for quad in quads:
            wanted.setdefault(quad.graph_name.value, set()).add(quad)
        change = Change()
        for name, new in wanted.items():
            old = set(self.database.quads_for_pattern(None, None, None, ox.NamedNode(name)))
            change.added |= new - old
            change.removed |= old - new
        self._apply(change)

    def patch(self, added: Iterable[Quad], removed: Iterable[Quad]) -> None:
        """Add and remove quads of named graphs, in one step: for what is derived, a part at a time."""
        change = Change(added=set(added), removed=set(removed))
        if change.added or change.removed:
            self._apply(change)

    def graphs(self) -> list[str]:
        """The names of all graphs, sorted."""
        return sorted(graph.value for graph in self.database.named_graphs())

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one graph, or of all."""
        return self.database.quads_for_pattern(None, None, None, ox.NamedNode(graph) if graph else None)

    def article_graphs(self) -> Iterator[tuple[str, str]]:
        """Article id and graph name of every article."""
        for name in self.graphs():
            if found := article_of_graph(name):
                yield found[1], name

    # ---------------------------------------------------------------------------- questions

    def query(
        self, sparql: str, values: Mapping[str, ox.NamedNode | ox.Literal] | None = None, *, union: bool = True
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Evaluate SPARQL over the union of all graphs; the prefixes of `kg.vocab.PREFIXES` are declared.

        Args:
            sparql: A query of kg's own: nothing is refused here, see `kg.query` for other people's.
            values: Terms for variables.
            union: Whether the default graph is the union; not, where the query names its graphs with FROM.

        Raises:
            QueryError: The query is malformed.
        """
        bound: dict[ox.Variable, Any] = {ox.Variable(name): term for name, term in (values or {}).items()}
        try:
            return self.database.query(
                sparql, prefixes=PREFIXES, use_default_graph_as_union=union, substitutions=bound or None
            )
        except SyntaxError as error:
            raise QueryError(f"the query is malformed: {_short(error)}") from error

    def select(self, sparql: str, **values: ox.NamedNode | ox.Literal) -> ox.QuerySolutions:
        """The rows of a SELECT query.

        Raises:
            QueryError: The query is malformed, or of another form.
        """
        found = self.query(sparql, values)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("a SELECT query is needed here")
        return found

    def snapshot(self) -> Store:
        """A copy in memory, several times faster to query than the disk; it does not follow later changes."""
        memory = ox.Store()
        memory.bulk_extend(self.quads())
        return Store(memory, None)

    def optimize(self) -> None:
        """Compact the files, after a large build: halves the time of analytic queries."""
        self.database.optimize()

    def rdflib(self) -> rdflib.Dataset:
        """The same data as an `rdflib.Dataset` in memory, its default graph the union."""
        from kg.store.views import to_rdflib  # noqa: PLC0415  # rdflib takes half a second to import

        return to_rdflib(self)

    def networkx(self) -> nx.MultiDiGraph:
        """Entities and what links them, as a networkx graph: a projection, not the statements."""
        from kg.store.views import to_networkx  # noqa: PLC0415  # as above

        return to_networkx(self)

    def __len__(self) -> int:
        """The number of quads."""
        return len(self.database)


def _short(error: SyntaxError) -> str:
    """Where the parser stopped; all that it could have taken there would fill a page."""
    place, _, expected = str(error).partition(": ")
    return f"{place} (line:column): {expected[:60]}{'…' if len(expected) > 60 else ''}".replace("\n", " ")


def _taken(quads: list[Quad]) -> Iterator[Quad]:
    """The quads in their order; each leaves the list as it is taken. The last is followed by Oxigraph's tables."""
    quads.reverse()
    while quads:
        yield quads.pop()
    trim()


def _update(change: Change, added: list[Quad]) -> str:
    """One update request; graphs that are given up are dropped whole."""
    dropped = set(change.dropped)
    removed: list[Quad] = [quad for quad in change.removed if quad.graph_name.value not in dropped]
    parts = [f"DROP SILENT GRAPH <{name}>" for name in change.dropped]
    if removed:
        parts.append(f"DELETE DATA {{ {_data(removed)} }}")
    if added:
        parts.append(f"INSERT DATA {{ {_data(added)} }}")
    return " ;\n".join(parts)


def _data(quads: Iterable[Quad]) -> str:
    return "\n".join(f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }}" for quad in quads)
