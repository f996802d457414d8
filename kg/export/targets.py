"""Triple stores that the graph can be pushed to: what each calls its endpoints, and how it wants to be spoken to.

`tested` says whether the tests of this project drive the real product; the others follow their documentation, and the
tests drive a server that imitates their requests. Paths are appended to the URL that the user gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Auth = Literal["none", "basic", "digest", "bearer", "sigv4"]


@dataclass(frozen=True, slots=True)
class Target:
    """One product.

    `graphs` is the path of its SPARQL 1.1 Graph Store Protocol and `parameter` what names the graph there; without a
    path, graphs are written by SPARQL Update. `batch` is the number of statements that one request may hold. `url` is
    an example of what the user gives, `bulk` the product's own command for files, `notes` what it does to statements.
    """

    name: str
    url: str
    query: str
    update: str
    graphs: str | None
    parameter: str = "graph"
    batch: int = 50_000
    auth: Auth = "none"
    tested: bool = False
    bulk: str = ""
    bulk_format: str = "nquads"
    notes: str = ""


VIRTUOSO_LOADER = """isql 1111 dba PASSWORD exec="ld_dir('{folder}', '{name}', ''); rdf_loader_run(); checkpoint;\""""
NEPTUNE_LOADER = (
    "curl -X POST CLUSTER:8182/loader -H 'Content-Type: application/json' "
    """-d '{{"source": "s3://BUCKET/{name}", "format": "nquads", "iamRoleArn": "ROLE", "region": "REGION"}}'"""
)

TARGETS: dict[str, Target] = {
    each.name: each
    for each in (
        Target(
            "oxigraph",
            "http://localhost:7878",
            "/query",
            "/update",
            "/store",
            tested=True,
            bulk="oxigraph load --location DATA --file {file}",
            notes="start it with --union-default-graph, which the shipped queries count on",
        ),
        Target(
            "virtuoso",
            "http://localhost:8890",
            "/sparql",
            "/sparql-auth",
            "/sparql-graph-crud-auth",
            parameter="graph-uri",
            batch=5_000,
            auth="digest",
            tested=True,
            bulk=VIRTUOSO_LOADER,
            notes="geo:wktLiteral becomes virtrdf:Geometry; its digits and xsd:double's change from the sixth on",
        ),
        Target(
            "fuseki",
            "http://localhost:3030/DATASET",
            "/query",
            "/update",
            "/data",
            auth="basic",
            bulk="tdb2.tdbloader --loc DATABASE {file}",
            notes="set tdb2:unionDefaultGraph true, which the shipped queries count on",
        ),
        Target(
            "graphdb",
            "http://localhost:7200/repositories/NAME",
            "",
            "/statements",
            "/rdf-graphs/service",
            auth="basic",
            bulk="importrdf load --force --repository NAME {file}",
            notes="make the repository first, with the ruleset “empty”",
        ),
        Target(
            "rdf4j",
            "http://localhost:8080/rdf4j-server/repositories/NAME",
            "",
            "/statements",
            "/rdf-graphs/service",
            auth="basic",
            bulk="",
            notes="make the repository first",
        ),
        Target(
            "blazegraph",
            "http://localhost:9999/blazegraph/namespace/kb/sparql",
            "",
            "",
            None,
            batch=5_000,
            bulk="java -cp blazegraph.jar com.bigdata.rdf.store.DataLoader -namespace kb blazegraph.properties {file}",
            notes="the namespace must have been made in quads mode",
        ),
        Target(
            "stardog",
            "http://localhost:5820/DATABASE",
            "/query",
            "/update",
            "",
            auth="basic",
            bulk="stardog data add DATABASE {file}",
            notes="literals are written in their canonical forms unless index.literals.canonical is false",
        ),
        Target(
            "neptune",
            "https://CLUSTER:8182",
            "/sparql",
            "/sparql",
            "/sparql/gsp/",
            bulk=NEPTUNE_LOADER,
            notes="with IAM authentication: --auth sigv4, which needs newskg[aws]",
        ),
        Target(
            "qlever",
            "http://localhost:7001",
            "",
            "",
            "",
            auth="bearer",
            bulk="qlever index  # with INPUT_FILES = {name} and FORMAT = nq in the Qleverfile",
            notes="the token is the server's access token; the default graph is the union",
        ),
    )
}
