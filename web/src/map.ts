// The map: every located place that the filters let through, drawn as large as it is known.

import { geoCircle, geoMercator, geoPath, type GeoPath } from "d3-geo";
import { select as pick } from "d3-selection";
import { zoom, zoomIdentity, type ZoomTransform } from "d3-zoom";
import type { Basemap, Town } from "./basemap";
import { svg } from "./dom";
import type { Index } from "./index";
import { room, wide, type Box } from "./labels";
import type { Node } from "./scene";

const [MOST, MOST_EXTRA, NAMES] = [250, 40, 28];
const CLOSEST = 6000; // pixels a radian: a town with its surroundings
/** Kilometres around a point within which the place is, where no more than this is known. */
const REACH: Record<string, number> = { region: 45, area: 12 };
/** Pixels of letters, with what bold ones or wide spaces take up more. */
const SIZES: Record<Town["kind"] | "name", number> = { name: 12.9, town: 10, region: 10, country: 14 };
const KM = 1 / 111.2; // degrees of a great circle


export class PlaceMap {
  private readonly svg = svg("svg", { role: "img" });
  private readonly land = svg("g");
  private readonly marks = svg("g");
  private readonly extra = svg("g"); // what belongs to the selection and is not among the heaviest
  private readonly names = svg("g");
  private readonly projection = geoMercator();
  private readonly path: GeoPath = geoPath(this.projection);
  private readonly zoom = zoom<SVGElement, unknown>().scaleExtent([0.2, 60]);
  private home = { scale: 1, at: [0, 0] as [number, number] };
  private size: [number, number] = [400, 200];
  private places: Node[] = [];
  private drawn = new Map<string, SVGElement>();
  private related: ReadonlySet<string> = new Set();
  private selected: string | null = null;
  private wait = 0;

  constructor(private readonly pane: HTMLElement, private readonly index: Index, private readonly base: Basemap,
    select: (id: string) => void) {
    this.svg.append(this.land, this.marks, this.extra, this.names);
    this.pane.append(this.svg);
    this.zoom.on("zoom", (event: { transform: ZoomTransform }) => this.moved(event.transform));
    pick(this.svg).call(this.zoom).on("dblclick.zoom", null);
    this.svg.addEventListener("click", (event) => {
      const id = (event.target as SVGElement).dataset.id;
      if (id) select(id);
    });
  }

  /** New filters: other places, and another part of the world. */
  draw(passed: ReadonlySet<string>): void {
    this.places = this.index.scene.nodes.filter((node) => node.lat !== undefined && node.lon !== undefined && passed.has(node.id)).sort(heavier);
    this.size = [this.pane.clientWidth || 400, this.pane.clientHeight || 200];
    this.svg.setAttribute("viewBox", `0 0 ${this.size[0]} ${this.size[1]}`);
    this.svg.setAttribute("aria-label", `${this.places.length} places on a map`);
    this.fit(this.places);
  }

  /** Another selection: what belongs to it stands out; where nothing of it is in the picture, the picture moves. */
  mark(related: ReadonlySet<string>, selected: string | null): void {
    [this.related, this.selected] = [related, selected];
    const near = this.places.filter((node) => related.has(node.id) || node.id === selected);
    const small = near.filter((node) => node.precision !== "country");
    if (small.length && !small.some((node) => this.inside([node.lon!, node.lat!], 0))) this.fit(near);
    const added = near.filter((node) => !this.drawn.has(node.id)).slice(0, MOST_EXTRA);
    this.extra.replaceChildren(...added.map((node) => this.shape(node)));
    this.marks.classList.toggle("faded", related.size > 0);
    for (const each of this.marks.querySelectorAll(".related, .selected")) each.classList.remove("related", "selected");
    for (const node of near) this.drawn.get(node.id)?.classList.add("related");
    if (selected) (this.drawn.get(selected) ?? this.extra.querySelector(`[data-id="${CSS.escape(selected)}"]`))?.classList.add("selected");
    this.name(near);
  }

  private fit(places: Node[]): void {
    const points = core(places).map((node): [number, number] => [node.lon!, node.lat!]);
    const [width, height] = this.size;
    if (points.length) this.projection.fitExtent([[50, 24], [width - 50, height - 24]], { type: "MultiPoint", coordinates: points });
    else this.projection.scale(90).center([0, 0]).translate([width / 2, height / 2]);
    if (this.projection.scale() > CLOSEST) this.projection.scale(CLOSEST).translate([0, 0]).translate(this.offset(points));
    pick(this.svg).property("__zoom", zoomIdentity);
    this.home = { scale: this.projection.scale(), at: this.projection.translate() };
    this.redraw();
  }

  /** What brings the middle of the points into the middle of the pane. */
  private offset(points: [number, number][]): [number, number] {
    const middle = (at: 0 | 1) => (Math.min(...points.map((p) => p[at])) + Math.max(...points.map((p) => p[at]))) / 2;
    const [x, y] = this.projection([middle(0), middle(1)])!;
    return [this.size[0] / 2 - x, this.size[1] / 2 - y];
  }

  private moved({ k, x, y }: ZoomTransform): void {
    this.projection.scale(this.home.scale * k).translate([this.home.at[0] * k + x, this.home.at[1] * k + y]);
    cancelAnimationFrame(this.wait);
    this.wait = requestAnimationFrame(() => { this.redraw(); this.mark(this.related, this.selected); });
  }

  private redraw(): void {
    const [width, height] = this.size;
    this.projection.clipExtent([[-20, -20], [width + 20, height + 20]]);
    const layer = (d: string | null) => svg("path", { class: "land", d: d ?? "" });
    this.land.replaceChildren(layer(this.path(this.base.coarse)), ...(this.base.fine ? [layer(this.path(this.base.fine))] : []));
    const heaviest = this.places.filter((node) => node.precision !== "country").slice(0, MOST);
    this.drawn = new Map(heaviest.map((node) => [node.id, this.shape(node)]));
    this.marks.replaceChildren(...[...this.drawn.values()].reverse());
    this.name([]);
  }

  /** A dot, or as large as it is known: a circle around the point, the land of a country. */
  private shape(node: Node): SVGElement {
    const reach = REACH[node.precision ?? ""];
    const made = reach ? this.circle(node, reach) : node.precision === "country" ? this.country(node) : this.dot(node);
    made.dataset.id = node.id;
    made.append(svg("title", {}, [node.label, ...(node.within ?? [])].join(", ")));
    return made;
  }

  private dot(node: Node): SVGElement {
    const [x, y] = this.projection([node.lon!, node.lat!]) ?? [-99, -99];
    return svg("circle", { cx: x, cy: y, r: Math.min(3 + Math.sqrt(node.weight) / 2.5, 10), class: "place" });
  }

  /** The outline of a region's towns; where these are not known, a circle. */
  private circle(node: Node, reach: number): SVGElement {
    const outline = this.base.outlines.get(node.id);
    const around = outline ? { type: "Polygon" as const, coordinates: [outline] } : geoCircle().center([node.lon!, node.lat!]).radius(reach * KM).precision(12)();
    return svg("path", { d: this.path(around) ?? "", class: "place area" });
  }

  private country(node: Node): SVGElement {
    const named = (each: { properties: { name?: string } }) => each.properties.name === node.label || node.names?.includes(each.properties.name ?? "");
    const found = this.base.fine?.features.find(named) ?? this.base.coarse.features.find(named);
    return found ? svg("path", { d: this.path(found) ?? "", class: "place country" }) : this.dot(node);
  }

  /** Names where they touch no other: those that belong to the selection, the heaviest, then what lies around. */
  private name(near: Node[]): void {
    const taken: Box[] = [];
    const named = [...near, ...[...this.drawn.keys()].slice(0, 4 * NAMES).map((id) => this.index.node.get(id)!)];
    const names = named.flatMap((node) => this.text([node.lon!, node.lat!], node.label, node.precision === "country" ? "country" : "name", taken));
    const towns = this.base.towns.flatMap((town) => this.text([town.lon, town.lat], town.name, town.kind, taken));
    this.names.replaceChildren(...towns, ...names.slice(0, NAMES));
  }

  /** Towns for orientation have a point of their own. */
  private text(where: [number, number], text: string, cls: Town["kind"] | "name", taken: Box[]): SVGElement[] {
    const at = this.inside(where, 0);
    if (!at) return [];
    const cut = text.length > 24 ? `${text.slice(0, 23)}…` : text;
    const half = (wide(cut) * SIZES[cls]) / 2 + 2;
    const box: Box = [at[0] - half, at[1] - 19, at[0] + half, at[1] - 5];
    if (box[0] < 0 || box[2] > this.size[0] || box[1] < 0 || !room(box, taken)) return [];
    const words = svg("text", { x: at[0], y: at[1] - 8, class: cls, "text-anchor": "middle" }, cut);
    return cls === "town" ? [svg("circle", { cx: at[0], cy: at[1], r: 1.4, class: "town" }), words] : [words];
  }

  private inside(where: [number, number], margin: number): [number, number] | null {
    const [at, [width, height]] = [this.projection(where), this.size];
    return at && at[0] >= -margin && at[0] <= width + margin && at[1] >= -margin && at[1] <= height + margin ? at : null;
  }
}

function heavier(a: Node, b: Node): number { return b.weight - a.weight || (a.id < b.id ? -1 : 1); }

/** The places that most is said of, without countries: one place far away does not make it a map of the world. */
function core(places: Node[]): Node[] {
  const small = places.filter((node) => node.precision !== "country");
  const found = small.length ? small : places;
  const within = (value: (node: Node) => number) => {
    const sorted = [...found].sort((a, b) => value(a) - value(b));
    const all = sorted.reduce((sum, node) => sum + node.weight, 0);
    const at = (share: number) => { let sum = 0; return value(sorted.find((node) => (sum += node.weight) >= share * all) ?? sorted.at(-1)!); };
    return found.length < 8 ? [-Infinity, Infinity] as const : [at(0.04), at(0.96)] as const;
  };
  if (!found.length) return [];
  const [[south, north], [west, east]] = [within((node) => node.lat!), within((node) => node.lon!)];
  return found.filter((node) => node.lat! >= south && node.lat! <= north && node.lon! >= west && node.lon! <= east);
}
