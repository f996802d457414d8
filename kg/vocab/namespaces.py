"""The namespaces of the ontology, and the prefixes that queries and exports declare."""

ONTOLOGY = "https://w3id.org/newskg/ontology#"
KG = ONTOLOGY
DATA = "https://w3id.org/newskg/data/"

SCHEMES = {
    "ev": "https://w3id.org/newskg/event/",
    "stance": "https://w3id.org/newskg/stance/",
    "measure": "https://w3id.org/newskg/measure/",
    "bound": "https://w3id.org/newskg/bound/",
    "role": "https://w3id.org/newskg/role/",
    "post": "https://w3id.org/newskg/post/",
    "rank": "https://w3id.org/newskg/rank/",
    "thing": "https://w3id.org/newskg/thing/",
    "time": "https://w3id.org/newskg/time/",
    "region": "https://w3id.org/newskg/region/",
    "certainty": "https://w3id.org/newskg/certainty/",
    "polarity": "https://w3id.org/newskg/polarity/",
    "temporality": "https://w3id.org/newskg/temporality/",
    "modality": "https://w3id.org/newskg/modality/",
    "word": "https://w3id.org/newskg/word/",
    "tense": "https://w3id.org/newskg/tense/",
}

PREFIXES = {
    "kg": KG,
    **SCHEMES,
    "data": DATA,
    "actor": DATA + "actor/",
    "place": DATA + "place/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "sh": "http://www.w3.org/ns/shacl#",
}
