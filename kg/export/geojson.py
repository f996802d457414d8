"""Located places as GeoJSON (RFC 7946), with the events that happened there: for maps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.store import Store

PLACES = (
    "SELECT DISTINCT ?place ?label ?lat ?long ?precision ?country { ?place wgs84:lat ?lat ; wgs84:long ?long ; "
    "rdfs:label ?label . FILTER EXISTS { ?article kg:mentions ?place } "
    "OPTIONAL { ?place kg:precision ?precision } OPTIONAL { ?place kg:countryCode ?country } }"
)
EVENTS = (
    "SELECT ?place ?event ?type ?earliest ?latest ?sentence ?article { ?event kg:place ?place ; a kg:Event ; "
    "kg:eventType ?type ; kg:article ?article . OPTIONAL { ?event kg:earliest ?earliest ; kg:latest ?latest } "
    "OPTIONAL { ?event kg:trigger/kg:sentence/kg:exact ?sentence } }"
)


def write(store: Store, out: BinaryIO) -> None:
    """One feature a place, by IRI; its events with type, time, sentence and article."""
    events: dict[str, list[dict[str, Any]]] = {}
    for row in store.select(EVENTS):
        events.setdefault(row["place"].value, []).append(
            _values(row, "event", "type", "earliest", "latest", "sentence", "article")
        )
    rows = {row["place"].value: row for row in store.select(PLACES)}
    features = [_feature(row, events.get(name, [])) for name, row in sorted(rows.items())]
    collection = {"type": "FeatureCollection", "features": features}
    out.write(json.dumps(collection, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8", "replace"))
    out.write(b"\n")


def _feature(row: ox.QuerySolution, events: list[dict[str, Any]]) -> dict[str, Any]:
    properties = _values(row, "label", "precision", "country")
    properties["events"] = sorted(events, key=lambda each: each["event"])
    point = [float(row["long"].value), float(row["lat"].value)]
    return {
        "type": "Feature",
        "id": row["place"].value,
        "geometry": {"type": "Point", "coordinates": point},
        "properties": properties,
    }


def _values(row: ox.QuerySolution, *names: str) -> dict[str, Any]:
    return {name: row[name].value for name in names if row[name] is not None}
