// What lies under the places: borders of Natural Earth, and the towns and regions that the page brings for orientation.

import { feature } from "topojson-client";
import type { FeatureCollection, MultiPolygon, Polygon } from "geojson";
import type { GeometryCollection, Topology } from "topojson-specification";
import world from "world-atlas/countries-110m.json";

export interface Town { name: string; lat: number; lon: number; kind: "town" | "region" | "country" }
type Named = FeatureCollection<Polygon | MultiPolygon, { name?: string }>;

/** `outlines` are closed rings of longitude and latitude by the id of their region. */
export interface Basemap { coarse: Named; fine: Named | null; towns: Town[]; outlines: Map<string, [number, number][]> }
interface Block { outlines?: Record<string, [number, number][]>; towns: [name: string, lat: number, lon: number, kind: number][]; borders?: Topology<{ countries: GeometryCollection }> }

const KINDS = ["town", "region", "country"] as const;

export function basemap(): Basemap {
  const coarse = features(world as unknown as Topology<{ countries: GeometryCollection }>);
  const text = document.getElementById("basemap")?.textContent;
  if (!text) return { coarse, fine: null, towns: [], outlines: new Map() };
  const block = JSON.parse(text) as Block;
  const towns = block.towns.map(([name, lat, lon, kind]) => ({ name, lat, lon, kind: KINDS[kind] ?? "town" }));
  return { coarse, fine: block.borders ? features(block.borders) : null, towns, outlines: new Map(Object.entries(block.outlines ?? {})) };
}

function features(topology: Topology<{ countries: GeometryCollection }>): Named {
  return feature(topology, topology.objects.countries) as unknown as Named;
}
