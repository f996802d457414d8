// The map: every located place that the filters let through, drawn as large as it is known.

import { geoCircle, geoMercator, geoPath, type GeoPath } from "d3-geo";
import { select as pick } from "d3-selection";
import { zoom, zoomIdentity, type ZoomTransform } from "d3-zoom";
import type { Basemap, Town } from "./basemap";
import { svg } from "./dom";
import type { Index } from "./index";
import type { Node } from "./scene";

const [MOST, NAMES] = [400, 24];
/** Kilometres around a point within which the place is, where no more than this is known. */
const REACH: Record<string, number> = { region: 45, area: 12 };
const KM = 1 / 111.2; // degrees of a great circle

type Box = [number, number, number, number];

export class PlaceMap {
  private readonly svg = svg("svg", { role: "img" });
  private readonly land = svg("g");
  private readonly marks = svg("g");
  private readonly projection = geoMercator();
  private readonly path: GeoPath = geoPath(this.projection);
  private readonly zoom = zoom<SVGElement, unknown>().scaleExtent([0.2, 60]);
  private width = 400;
  private height = 200;
  private places: Node[] = [];
  private drawn: [ReadonlySet<string>, string | null] = [new Set(), null];
  private wait = 0;

  constructor(private readonly pane: HTMLElement, private readonly index: Index, private readonly base: Basemap,
    private readonly select: (id: string) => void) {
    this.svg.append(this.land, this.marks);
    this.pane.append(this.svg);
    this.zoom.on("zoom", (event: { transform: ZoomTransform }) => this.moved(event.transform));
    pick(this.svg).call(this.zoom).on("dblclick.zoom", null);
  }

  /** New filters: other places, and another part of the world. */
  draw(passed: ReadonlySet<string>, related: ReadonlySet<string>, selected: string | null): void {
    this.places = this.index.scene.nodes.filter((node) => node.lat !== undefined && node.lon !== undefined && passed.has(node.id))
      .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
    [this.width, this.height] = [this.pane.clientWidth || 400, this.pane.clientHeight || 200];
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.svg.setAttribute("aria-label", `${this.places.length} places on a map`);
    this.mark(related, selected);
  }

  /** Another selection: what belongs to it stands out, and is brought into the picture. */
  mark(related: ReadonlySet<string>, selected: string | null): void {
    this.drawn = [related, selected];
    const near = this.places.filter((node) => related.has(node.id));
    this.fit(near.length ? near : this.places);
  }

  private fit(places: Node[]): void {
    const points = core(places).map((node): [number, number] => [node.lon!, node.lat!]);
    if (points.length) this.projection.fitExtent([[50, 24], [this.width - 50, this.height - 24]], { type: "MultiPoint", coordinates: points });
    else this.projection.scale(90).center([20, 20]).translate([this.width / 2, this.height / 2]);
    if (this.projection.scale() > 6000) this.projection.scale(6000).translate([0, 0]).translate(this.offset(points));
    pick(this.svg).property("__zoom", zoomIdentity);
    this.home = { scale: this.projection.scale(), at: this.projection.translate() };
    this.redraw();
  }

  private home = { scale: 1, at: [0, 0] as [number, number] };

  /** What brings the middle of the points into the middle of the pane. */
  private offset(points: [number, number][]): [number, number] {
    const middle = (at: 0 | 1) => (Math.min(...points.map((p) => p[at])) + Math.max(...points.map((p) => p[at]))) / 2;
    const [x, y] = this.projection([middle(0), middle(1)])!;
    return [this.width / 2 - x, this.height / 2 - y];
  }

  private moved({ k, x, y }: ZoomTransform): void {
    this.projection.scale(this.home.scale * k).translate([this.home.at[0] * k + x, this.home.at[1] * k + y]);
    cancelAnimationFrame(this.wait);
    this.wait = requestAnimationFrame(() => this.redraw());
  }

  private redraw(): void {
    this.projection.clipExtent([[-20, -20], [this.width + 20, this.height + 20]]);
    const layer = (cls: string, d: string | null) => svg("path", { class: cls, d: d ?? "" });
    this.land.replaceChildren(layer("land", this.path(this.base.coarse)), ...(this.base.fine ? [layer("land", this.path(this.base.fine))] : []));
    this.marked();
  }

  private marked(): void {
    const [related, selected] = this.drawn;
    const seen = this.places.filter((node) => related.has(node.id) || node.id === selected);
    const all = [...seen, ...this.places.filter((node) => !seen.includes(node)).slice(0, MOST)];
    const taken: Box[] = [];
    const shapes = all.map((node) => this.shape(node, related.size > 0 && !related.has(node.id), node.id === selected));
    const names = all.slice(0, 4 * NAMES).flatMap((node) => this.name([node.lon!, node.lat!], node.label, "name", taken)).slice(0, NAMES);
    const towns = this.base.towns.flatMap((town) => this.name([town.lon, town.lat], town.name, town.kind, taken));
    this.marks.replaceChildren(...towns, ...shapes.reverse().filter((each) => each !== null), ...names);
  }

  private shape(node: Node, faded: boolean, selected: boolean): SVGElement | null {
    const reach = REACH[node.precision ?? ""];
    const cls = `${faded ? "faded" : ""} ${selected ? "selected" : ""}`;
    if (node.precision === "country" && !selected && (faded || !this.drawn[0].size)) return null; // the borders are there anyway
    const made = reach ? this.circle(node, reach, cls) : node.precision === "country" ? this.country(node, cls) : this.dot(node, cls);
    if (!made) return null;
    made.append(svg("title", {}, [node.label, ...(node.within ?? [])].join(", ")));
    made.addEventListener("click", () => this.select(node.id));
    return made;
  }

  private dot(node: Node, cls: string): SVGElement | null {
    const at = this.inside([node.lon!, node.lat!]);
    return at && svg("circle", { cx: at[0], cy: at[1], r: Math.min(3 + Math.sqrt(node.weight) / 2.5, 10), class: `place ${cls}` });
  }

  private circle(node: Node, reach: number, cls: string): SVGElement {
    const around = geoCircle().center([node.lon!, node.lat!]).radius(reach * KM).precision(12)();
    return svg("path", { d: this.path(around) ?? "", class: `place area ${cls}` });
  }

  private country(node: Node, cls: string): SVGElement | null {
    const named = (each: { properties: { name?: string } }) => each.properties.name === node.label || node.names?.includes(each.properties.name ?? "");
    const found = this.base.fine?.features.find(named) ?? this.base.coarse.features.find(named);
    return found ? svg("path", { d: this.path(found) ?? "", class: `place country ${cls}` }) : this.dot(node, cls);
  }

  /** A name where it touches no other; towns for orientation have a point of their own. */
  private name(where: [number, number], text: string, cls: Town["kind"] | "name", taken: Box[]): SVGElement[] {
    const at = this.inside(where);
    if (!at) return [];
    const cut = text.length > 24 ? `${text.slice(0, 23)}…` : text;
    const half = cut.length * 2.9;
    const box: Box = [at[0] - half, at[1] - 19, at[0] + half, at[1] - 5];
    if (box[0] < 0 || box[2] > this.width || box[1] < 0 || taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) return [];
    taken.push(box);
    const words = svg("text", { x: at[0], y: at[1] - 8, class: cls, "text-anchor": "middle" }, cut);
    return cls === "town" ? [svg("circle", { cx: at[0], cy: at[1], r: 1.4, class: "town" }), words] : [words];
  }

  private inside(where: [number, number]): [number, number] | null {
    const at = this.projection(where);
    return at && at[0] > -20 && at[0] < this.width + 20 && at[1] > -20 && at[1] < this.height + 20 ? at : null;
  }
}

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
