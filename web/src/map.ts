// The map: borders of Natural Earth at 1:110 million, every located place that the filters let through.

import { geoGraticule10, geoMercator, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import world from "world-atlas/countries-110m.json";
import { svg } from "./dom";
import type { Index, Node } from "./scene";

const [WIDTH, HEIGHT, MOST] = [1000, 420, 300];
const topology = world as unknown as Topology<{ countries: GeometryCollection }>;
const countries = feature(topology, topology.objects.countries);

export function map(pane: HTMLElement, index: Index, nodes: Set<string>, selected: string | null, select: (id: string) => void): void {
  const places = index.scene.nodes.filter((node) => node.lat !== undefined && node.lon !== undefined && nodes.has(node.id))
    .sort((a, b) => b.weight - a.weight).slice(0, MOST);
  const made = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${places.length} places on a map` });
  const points = { type: "MultiPoint" as const, coordinates: heaviest(places).map((node) => [node.lon!, node.lat!]) };
  const projection = geoMercator();
  if (places.length > 1) projection.fitExtent([[60, 40], [WIDTH - 60, HEIGHT - 40]], points);
  else projection.center([places[0]?.lon ?? 0, places[0]?.lat ?? 20]).translate([WIDTH / 2, HEIGHT / 2]);
  projection.scale(Math.min(projection.scale(), 6000)).clipExtent([[0, 0], [WIDTH, HEIGHT]]);
  const path = geoPath(projection);
  made.append(svg("path", { d: path(geoGraticule10()) ?? "", class: "graticule" }));
  made.append(svg("path", { d: path(countries) ?? "", class: "land" }));
  const taken: [number, number][] = [];
  for (const node of places) made.append(...dot(node, projection([node.lon!, node.lat!]), node.id === selected, taken, select));
  pane.replaceChildren(made);
}

/** A settlement is a dot; what is only known as a region or a country is a ring. Labels that would collide are left out. */
function dot(node: Node, at: [number, number] | null, selected: boolean, taken: [number, number][], select: (id: string) => void): SVGElement[] {
  if (!at) return [];
  const area = node.precision !== "settlement" && node.precision !== "point";
  const made = svg("circle", { cx: at[0], cy: at[1], r: area ? 12 : Math.min(4 + Math.sqrt(node.weight), 11),
    class: `place ${area ? "area" : ""} ${selected ? "selected" : ""}` });
  made.append(svg("title", {}, [node.label, ...(node.within ?? [])].join(", ")));
  made.addEventListener("click", () => select(node.id));
  if (taken.some(([x, y]) => Math.abs(x - at[0]) < 90 && Math.abs(y - at[1]) < 16)) return [made];
  taken.push(at);
  return [made, svg("text", { x: at[0] + 12, y: at[1] + 4, class: "name" }, node.label)];
}

/** The places that most is said of: what the map is fitted to, so that one place far away does not make it a world map. */
function heaviest(places: Node[]): Node[] {
  const all = places.reduce((sum, node) => sum + node.weight, 0);
  let sum = 0;
  return places.filter((node) => (sum += node.weight) - node.weight < 0.8 * all);
}
